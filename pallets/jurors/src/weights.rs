//! Weights of `pallet_jurors`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_jurors.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls and hook weigh, and what others ask of it.
pub trait WeightInfo {
	/// Becoming a juror, in a slot that was vacant.
	fn bond() -> Weight;
	/// Taking out some of a bond.
	fn unbond() -> Weight;
	/// Withdrawing the last of a bond.
	fn withdraw() -> Weight;
	/// Refreshing a weight.
	fn refresh() -> Weight;
	/// Asking for a jury.
	fn request() -> Weight;
	/// Forfeiting a stake.
	fn forfeit() -> Weight;
	/// Unlocking a stake.
	fn unlock() -> Weight;
	/// Finding nothing due in a block.
	fn service() -> Weight;
	/// Drawing a jury of `s` seats for each of which every attempt fails.
	fn draw(s: u32) -> Weight;
	/// Seating a juror.
	fn seat() -> Weight;
	/// Applying a change of weight.
	fn apply() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn bond() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn unbond() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn withdraw() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn refresh() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn request() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn forfeit() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn unlock() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn service() -> Weight {
		Weight::from_parts(8_000, 0)
	}

	fn draw(component: u32) -> Weight {
		let seats = Weight::from_parts(90, 0).saturating_mul(component.into());
		Weight::from_parts(9_000, 0).saturating_add(seats)
	}

	fn seat() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn apply() -> Weight {
		Weight::from_parts(11_000, 0)
	}
}
