//! Weights of `pallet_escrow`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_escrow.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls weigh, and what others ask of it.
pub trait WeightInfo {
	/// Opening a contract with `m` milestones.
	fn open(m: u32) -> Weight;
	/// Funding a contract.
	fn fund() -> Weight;
	/// Cancelling a funded contract, which refunds all of its milestones.
	fn cancel() -> Weight;
	/// Submitting a milestone, which starts the contract.
	fn submit() -> Weight;
	/// Releasing the last milestone, which closes the contract.
	fn release() -> Weight;
	/// Settling the last milestone, which closes the contract.
	fn settle() -> Weight;
	/// Refunding the last milestone, which was missed, so that the bond is slashed and the contract
	/// closes.
	fn refund() -> Weight;
	/// Collecting a claim.
	fn collect() -> Weight;
	/// Accepting a contract that asks for a bond.
	fn accept() -> Weight;
	/// Starting a contract.
	fn start() -> Weight;
	/// Approving the last milestone for the last time, which closes the contract.
	fn approve() -> Weight;
	/// Settling a stream.
	fn settle_stream() -> Weight;
	/// Topping up a stream of another, which is settled first.
	fn top_up() -> Weight;
	/// Stopping a stream, which is settled, refunded and closed.
	fn stop() -> Weight;
	/// Redeeming the last voucher of a meter, which closes the contract.
	fn redeem() -> Weight;
	/// Offering to divide a milestone.
	fn offer_split() -> Weight;
	/// Withdrawing such an offer.
	fn withdraw_split() -> Weight;
	/// Accepting such an offer for the last milestone, which closes the contract.
	fn accept_split() -> Weight;
	/// Disputing a milestone.
	fn dispute() -> Weight;
	/// A ruling on the last milestone that slashes both bonds and closes the contract.
	fn on_ruling() -> Weight;
	/// Opening, accepting and funding a contract with as many milestones as there may be.
	fn engage() -> Weight;
	/// Terminating a contract that missed as many milestones as there may be.
	fn terminate() -> Weight;
	/// Looking for a fact in the longest receipt.
	fn fact() -> Weight;
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

	fn accept() -> Weight {
		Weight::from_parts(9_000, 0)
	}

	fn start() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn approve() -> Weight {
		Weight::from_parts(11_000, 0)
	}

	fn settle_stream() -> Weight {
		Weight::from_parts(12_000, 0)
	}

	fn top_up() -> Weight {
		Weight::from_parts(13_000, 0)
	}

	fn stop() -> Weight {
		Weight::from_parts(14_000, 0)
	}

	fn redeem() -> Weight {
		Weight::from_parts(15_000, 0)
	}

	fn offer_split() -> Weight {
		Weight::from_parts(16_000, 0)
	}

	fn withdraw_split() -> Weight {
		Weight::from_parts(17_000, 0)
	}

	fn accept_split() -> Weight {
		Weight::from_parts(18_000, 0)
	}

	fn dispute() -> Weight {
		Weight::from_parts(19_000, 0)
	}

	fn on_ruling() -> Weight {
		Weight::from_parts(20_000, 0)
	}

	fn engage() -> Weight {
		Weight::from_parts(21_000, 0)
	}

	fn terminate() -> Weight {
		Weight::from_parts(22_000, 0)
	}

	fn fact() -> Weight {
		Weight::from_parts(23_000, 0)
	}
}
