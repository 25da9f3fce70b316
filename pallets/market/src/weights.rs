//! Weights of `pallet_market`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_market.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls weigh. What the escrow does for them comes on top, and is weighed a second
/// time where a benchmark can't do without it: an overestimate, never an underestimate.
pub trait WeightInfo {
	/// Making an offer.
	fn create_offer() -> Weight;
	/// Pausing an offer.
	fn pause_offer() -> Weight;
	/// Resuming an offer.
	fn resume_offer() -> Weight;
	/// Withdrawing an abandoned offer.
	fn withdraw_offer() -> Weight;
	/// Posting a job with a specification at a URI of `u` bytes.
	fn post(u: u32) -> Weight;
	/// Bidding on a job whose list is full, which evicts another bid.
	fn bid() -> Weight;
	/// Withdrawing a bid.
	fn withdraw_bid() -> Weight;
	/// Assigning a job with `b` bids, of which none stays as a backup.
	fn assign(b: u32) -> Weight;
	/// Hiring for work with a specification at a URI of `u` bytes.
	fn hire(u: u32) -> Weight;
	/// Starting.
	fn start() -> Weight;
	/// Submitting.
	fn submit() -> Weight;
	/// Giving up a job with `b` backups, of which only the last can take over.
	fn give_up(b: u32) -> Weight;
	/// Reporting on a job with `b` backups, of which only the last can take over.
	fn report(b: u32) -> Weight;
	/// Cancelling a job with `b` bids.
	fn cancel(b: u32) -> Weight;
	/// Letting a job with `b` bids expire.
	fn expire(b: u32) -> Weight;
	/// Forgetting a settled job.
	fn forget() -> Weight;
	/// Collecting a claim.
	fn collect() -> Weight;
	/// Hearing that the contract of a job with all of its backups closed.
	fn on_contract_closed() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn create_offer() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn pause_offer() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn resume_offer() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn withdraw_offer() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn post(component: u32) -> Weight {
		Weight::from_parts(5_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn bid() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn withdraw_bid() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn assign(component: u32) -> Weight {
		Weight::from_parts(8_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn hire(component: u32) -> Weight {
		Weight::from_parts(9_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn start() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn submit() -> Weight {
		Weight::from_parts(11_000, 0)
	}

	fn give_up(component: u32) -> Weight {
		Weight::from_parts(12_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn report(component: u32) -> Weight {
		Weight::from_parts(13_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn cancel(component: u32) -> Weight {
		Weight::from_parts(14_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn expire(component: u32) -> Weight {
		Weight::from_parts(15_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn forget() -> Weight {
		Weight::from_parts(16_000, 0)
	}

	fn collect() -> Weight {
		Weight::from_parts(17_000, 0)
	}

	fn on_contract_closed() -> Weight {
		Weight::from_parts(18_000, 0)
	}
}
