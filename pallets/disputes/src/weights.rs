//! Weights of `pallet_disputes`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_disputes.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls weigh, and what others ask of it. Whom the pallet asks or tells is weighed
/// apart.
pub trait WeightInfo {
	/// Opening a case that has a court.
	fn open_case() -> Weight;
	/// Offering to settle.
	fn offer() -> Weight;
	/// Accepting such an offer.
	fn accept() -> Weight;
	/// Defending a case that has a court.
	fn defend() -> Weight;
	/// Submitting evidence with the longest URI.
	fn submit_evidence() -> Weight;
	/// Deciding a case.
	fn rule() -> Weight;
	/// Committing to a vote in the largest jury.
	fn commit() -> Weight;
	/// Revealing a vote in the largest jury.
	fn reveal() -> Weight;
	/// Denouncing a vote in the largest jury.
	fn denounce() -> Weight;
	/// Staking against an appeal to the last round, which begins.
	fn appeal() -> Weight;
	/// Ruling in the place of the last jury.
	fn force_rule() -> Weight;
	/// Ending the time to settle.
	fn end_settlement() -> Weight;
	/// Counting the votes of the largest jury.
	fn judge() -> Weight;
	/// Dismissing a jury of `m` members and asking for another.
	fn dismiss(m: u32) -> Weight;
	/// Ending the time to appeal.
	fn end_appeal() -> Weight;
	/// Paying a jury of `m` members.
	fn pay(m: u32) -> Weight;
	/// Closing a case with `e` pieces of evidence, and returning what both sides staked for a round that
	/// nobody judged.
	fn close(e: u32) -> Weight;
	/// Telling whether a juror is excluded from a case with as many rounds as there may be.
	fn is_excluded() -> Weight;
	/// Seating a jury of `m` members.
	fn on_jury_drawn(m: u32) -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn open_case() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn offer() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn accept() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn defend() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn submit_evidence() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn rule() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn commit() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn reveal() -> Weight {
		Weight::from_parts(8_000, 0)
	}

	fn denounce() -> Weight {
		Weight::from_parts(9_000, 0)
	}

	fn appeal() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn force_rule() -> Weight {
		Weight::from_parts(11_000, 0)
	}

	fn end_settlement() -> Weight {
		Weight::from_parts(12_000, 0)
	}

	fn judge() -> Weight {
		Weight::from_parts(13_000, 0)
	}

	fn dismiss(m: u32) -> Weight {
		Weight::from_parts(14_000, 0)
			.saturating_add(Weight::from_parts(1, 0).saturating_mul(m.into()))
	}

	fn end_appeal() -> Weight {
		Weight::from_parts(15_000, 0)
	}

	fn pay(m: u32) -> Weight {
		Weight::from_parts(16_000, 0)
			.saturating_add(Weight::from_parts(1, 0).saturating_mul(m.into()))
	}

	fn close(e: u32) -> Weight {
		Weight::from_parts(19_000, 0)
			.saturating_add(Weight::from_parts(1, 0).saturating_mul(e.into()))
	}

	fn is_excluded() -> Weight {
		Weight::from_parts(17_000, 0)
	}

	fn on_jury_drawn(m: u32) -> Weight {
		Weight::from_parts(18_000, 0)
			.saturating_add(Weight::from_parts(1, 0).saturating_mul(m.into()))
	}
}
