//! Weights of `pallet_escrow`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_escrow.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls weigh.
pub trait WeightInfo {
	/// Opening a contract with `m` milestones.
	fn open(m: u32) -> Weight;
	/// Funding a contract.
	fn fund() -> Weight;
	/// Cancelling a contract.
	fn cancel() -> Weight;
	/// Submitting a milestone.
	fn submit() -> Weight;
	/// Releasing the last milestone, which closes the contract.
	fn release() -> Weight;
	/// Settling the last milestone, which closes the contract.
	fn settle() -> Weight;
	/// Refunding the last milestone, which closes the contract.
	fn refund() -> Weight;
	/// Collecting a claim.
	fn collect() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn open(component: u32) -> Weight {
		Weight::from_parts(1_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn fund() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn cancel() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn submit() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn release() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn settle() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn refund() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn collect() -> Weight {
		Weight::from_parts(8_000, 0)
	}
}
