//! Weights of `pallet_actions`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_actions.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls and hook weigh.
pub trait WeightInfo {
	/// Putting a kind in the place of another.
	fn set_kind() -> Weight;
	/// Taking a kind out of the catalogue.
	fn remove_kind() -> Weight;
	/// Naming the approvers.
	fn set_approvers() -> Weight;
	/// Admitting an agent, or not any more.
	fn set_recommender() -> Weight;
	/// Tying a kind to a series.
	fn set_reflex() -> Weight;
	/// Turning the kill switch.
	fn set_kill_switch() -> Weight;
	/// Opening a breaker by half.
	fn open_by_half() -> Weight;
	/// Binding an executor.
	fn bind_executor() -> Weight;
	/// Pulling a brake, or letting it go.
	fn set_brake() -> Weight;
	/// Recommending an action, beside trying its calls.
	fn recommend() -> Weight;
	/// Approving as the last one needed.
	fn approve() -> Weight;
	/// Approving by governance.
	fn force_approve() -> Weight;
	/// Vetoing.
	fn veto() -> Weight;
	/// Saying that something is spam as the last one needed.
	fn declare_spam() -> Weight;
	/// Saying that a simulation went well as the last thing that was needed.
	fn simulate_passed() -> Weight;
	/// Saying that it went badly.
	fn simulate_refuted() -> Weight;
	/// Claiming.
	fn claim() -> Weight;
	/// Reporting a failure that opens breakers.
	fn report() -> Weight;
	/// Performing a call, beside the call.
	fn perform() -> Weight;
	/// Recommending what a report leads to.
	fn on_anomaly() -> Weight;
	/// Moving on `n` actions that made things worse.
	fn pass_time(n: u32) -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn set_kind() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn remove_kind() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn set_approvers() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn set_recommender() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn set_reflex() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn set_kill_switch() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn open_by_half() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn bind_executor() -> Weight {
		Weight::from_parts(8_000, 0)
	}

	fn set_brake() -> Weight {
		Weight::from_parts(9_000, 0)
	}

	fn recommend() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn approve() -> Weight {
		Weight::from_parts(11_000, 0)
	}

	fn force_approve() -> Weight {
		Weight::from_parts(12_000, 0)
	}

	fn veto() -> Weight {
		Weight::from_parts(13_000, 0)
	}

	fn declare_spam() -> Weight {
		Weight::from_parts(14_000, 0)
	}

	fn simulate_passed() -> Weight {
		Weight::from_parts(15_000, 0)
	}

	fn simulate_refuted() -> Weight {
		Weight::from_parts(15_500, 0)
	}

	fn claim() -> Weight {
		Weight::from_parts(16_000, 0)
	}

	fn report() -> Weight {
		Weight::from_parts(17_000, 0)
	}

	fn perform() -> Weight {
		Weight::from_parts(18_000, 0)
	}

	fn on_anomaly() -> Weight {
		Weight::from_parts(19_000, 0)
	}

	fn pass_time(actions: u32) -> Weight {
		Weight::from_parts(20_000_u64.saturating_add(u64::from(actions).saturating_mul(100)), 0)
	}
}
