//! Weights of `pallet_validator_performance`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_validator_performance.rs`.

use frame_support::weights::Weight;

/// What the pallet's work weighs.
pub trait WeightInfo {
	/// Counting a block whose parent is in the slot before, with the most validators.
	fn count_block() -> Weight;
	/// Counting `s` slots that nobody filled, each another validator's.
	fn count_skipped(s: u32) -> Weight;
	/// Closing an era of `v` validators, a third of them silent.
	fn close_era(v: u32) -> Weight;
	/// Remembering a report of `o` offenders, beside what slashing weighs.
	fn record_offences(o: u32) -> Weight;
	/// Cancelling a slash of one of the most validators whose slashes wait for the same era.
	fn cancel_slash() -> Weight;
}

/// For tests.
impl WeightInfo for () {
	fn count_block() -> Weight {
		Weight::from_parts(100, 100)
	}

	fn count_skipped(s: u32) -> Weight {
		Weight::from_parts(10, 10).saturating_mul(s.into())
	}

	fn close_era(v: u32) -> Weight {
		Weight::from_parts(1_000, 1_000)
			.saturating_add(Weight::from_parts(20, 20).saturating_mul(v.into()))
	}

	fn record_offences(o: u32) -> Weight {
		Weight::from_parts(30, 30).saturating_mul(o.into())
	}

	fn cancel_slash() -> Weight {
		Weight::from_parts(200, 200)
	}
}
