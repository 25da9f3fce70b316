//! Estimates of the weights of `pallet_audit_log`, until `scripts/benchmark` has run.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_audit_log::WeightInfo for WeightInfo<T> {
	fn commit() -> Weight {
		// provisional
		Weight::from_parts(5_000_000, 1_600).saturating_add(T::DbWeight::get().reads_writes(2, 1))
	}

	fn append(h: u32) -> Weight {
		// provisional
		Weight::from_parts(150_000_000, 20_000)
			.saturating_add(Weight::from_parts(5_000_000, 2_600).saturating_mul(h.into()))
			.saturating_add(T::DbWeight::get().reads_writes(11, 15))
			.saturating_add(T::DbWeight::get().reads_writes(1, 1).saturating_mul(h.into()))
	}

	fn look() -> Weight {
		// provisional
		Weight::from_parts(8_000_000, 4_500).saturating_add(T::DbWeight::get().reads(2))
	}

	fn forget() -> Weight {
		// provisional
		Weight::from_parts(40_000_000, 15_000)
			.saturating_add(T::DbWeight::get().reads_writes(5, 12))
	}
}
