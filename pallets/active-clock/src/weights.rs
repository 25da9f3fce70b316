//! Weights of `pallet_active_clock`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_active_clock.rs`.

use frame_support::weights::Weight;

/// What the pallet's work weighs.
pub trait WeightInfo {
	/// The hook of one block, without asking whether the chain is paused.
	fn tick() -> Weight;
}

/// For tests, which do not weigh.
impl WeightInfo for () {
	fn tick() -> Weight {
		Weight::zero()
	}
}
