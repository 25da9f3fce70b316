//! Estimates of the weights of `pallet_actions`, until `scripts/benchmark` has run.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo<T> {
	/// So much computing, proof and storage. The record that most calls write is in it.
	fn of(micros: u64, proof: u64, reads: u64, writes: u64) -> Weight {
		Weight::from_parts(micros.saturating_mul(1_000_000), proof)
			.saturating_add(T::DbWeight::get().reads_writes(reads, writes))
	}
}

impl<T: frame_system::Config> pallet_actions::WeightInfo for WeightInfo<T> {
	fn set_kind() -> Weight {
		// provisional
		Self::of(300, 40_000, 20, 20)
	}

	fn remove_kind() -> Weight {
		// provisional
		Self::of(250, 40_000, 18, 20)
	}

	fn set_approvers() -> Weight {
		// provisional
		Self::of(30, 2_000, 1, 1)
	}

	fn set_recommender() -> Weight {
		// provisional
		Self::of(30, 2_000, 1, 1)
	}

	fn set_reflex() -> Weight {
		// provisional
		Self::of(60, 6_000, 2, 1)
	}

	fn set_kill_switch() -> Weight {
		// provisional
		Self::of(200, 30_000, 16, 17)
	}

	fn open_by_half() -> Weight {
		// provisional
		Self::of(220, 30_000, 16, 17)
	}

	fn bind_executor() -> Weight {
		// provisional
		Self::of(60, 10_000, 6, 1)
	}

	fn set_brake() -> Weight {
		// provisional
		Self::of(250, 40_000, 20, 18)
	}

	fn recommend() -> Weight {
		// provisional
		Self::of(500, 100_000, 45, 26)
	}

	fn approve() -> Weight {
		// provisional
		Self::of(600, 80_000, 40, 40)
	}

	fn force_approve() -> Weight {
		// provisional
		Self::of(500, 80_000, 36, 40)
	}

	fn veto() -> Weight {
		// provisional
		Self::of(400, 60_000, 28, 26)
	}

	fn declare_spam() -> Weight {
		// provisional
		Self::of(400, 60_000, 28, 26)
	}

	fn simulate() -> Weight {
		// provisional
		Self::of(400, 60_000, 30, 26)
	}

	fn claim() -> Weight {
		// provisional
		Self::of(500, 100_000, 48, 28)
	}

	fn report() -> Weight {
		// provisional
		Self::of(800, 120_000, 50, 60)
	}

	fn perform() -> Weight {
		// provisional
		Self::of(500, 100_000, 45, 28)
	}

	fn on_anomaly() -> Weight {
		// provisional
		Self::of(400, 80_000, 34, 24)
	}

	fn pass_time(n: u32) -> Weight {
		// provisional
		Self::of(40, 20_000, 14, 2)
			.saturating_add(Self::of(1_500, 150_000, 90, 110).saturating_mul(n.into()))
	}
}
