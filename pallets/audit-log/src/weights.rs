//! Weights of `pallet_audit_log`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_audit_log.rs`.

use frame_support::weights::Weight;

/// What the pallet's work weighs.
pub trait WeightInfo {
	/// Putting the commitment into a block's digest.
	fn commit() -> Weight;
	/// Appending a record that is in five lists, for a fee, to a log of `h` heights: of 2^h - 1 records.
	fn append(h: u32) -> Weight;
	/// Looking whether a body is to be forgotten.
	fn look() -> Weight;
	/// Forgetting a body that is in five lists.
	fn forget() -> Weight;
}

/// For tests.
impl WeightInfo for () {
	fn commit() -> Weight {
		Weight::from_parts(1, 1)
	}

	fn append(h: u32) -> Weight {
		Weight::from_parts(100, 0)
			.saturating_add(Weight::from_parts(10, 0).saturating_mul(h.into()))
	}

	fn look() -> Weight {
		Weight::from_parts(2, 2)
	}

	fn forget() -> Weight {
		Weight::from_parts(10, 10)
	}
}
