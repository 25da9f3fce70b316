//! Weights of `pallet_telemetry`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_telemetry.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls and hook weigh.
pub trait WeightInfo {
	/// Naming a worker key in the place of another.
	fn set_worker_key() -> Weight;
	/// Taking a worker key back.
	fn remove_worker_key() -> Weight;
	/// Committing to a digest.
	fn commit() -> Weight;
	/// Checking that a commitment may be made.
	fn authorize_commit() -> Weight;
	/// Revealing a digest.
	fn reveal() -> Weight;
	/// Checking that a digest may be revealed.
	fn authorize_reveal() -> Weight;
	/// Reporting an alarm.
	fn report() -> Weight;
	/// Checking that an alarm may be reported.
	fn authorize_report() -> Weight;
	/// Judging a report.
	fn judge_report() -> Weight;
	/// Claiming a share of an era's pot.
	fn claim() -> Weight;
	/// Settling a window with `r` digests and `a` reports, when an era ends and one with `r` reporters
	/// expires.
	fn settle(r: u32, a: u32) -> Weight;
	/// Forgetting `n` reports.
	fn forget_reports(n: u32) -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn set_worker_key() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn remove_worker_key() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn commit() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn authorize_commit() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn reveal() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn authorize_reveal() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn report() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn authorize_report() -> Weight {
		Weight::from_parts(8_000, 0)
	}

	fn judge_report() -> Weight {
		Weight::from_parts(9_000, 0)
	}

	fn claim() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn settle(reporters: u32, alarms: u32) -> Weight {
		let each = u64::from(reporters).saturating_mul(100).saturating_add(alarms.into());
		Weight::from_parts(11_000_u64.saturating_add(each), 0)
	}

	fn forget_reports(count: u32) -> Weight {
		Weight::from_parts(12_u64.saturating_add(count.into()), 0)
	}
}
