//! Weights of `pallet_telemetry`: provisional, until `scripts/benchmark` has measured them.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_telemetry::WeightInfo for WeightInfo<T> {
	fn set_worker_key() -> Weight {
		Weight::from_parts(300_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	fn remove_worker_key() -> Weight {
		Weight::from_parts(200_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	fn commit() -> Weight {
		Weight::from_parts(150_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn authorize_commit() -> Weight {
		Weight::from_parts(200_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().writes(0_u64))
	}
	fn reveal() -> Weight {
		Weight::from_parts(120_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	fn authorize_reveal() -> Weight {
		Weight::from_parts(80_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(0_u64))
	}
	fn report() -> Weight {
		Weight::from_parts(150_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn authorize_report() -> Weight {
		Weight::from_parts(200_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(0_u64))
	}
	fn judge_report() -> Weight {
		Weight::from_parts(200_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	fn claim() -> Weight {
		Weight::from_parts(200_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	fn settle(r: u32, a: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(Weight::from_parts(150_000_000, 6_000).saturating_mul(r.into()))
			.saturating_add(Weight::from_parts(50_000_000, 4_000).saturating_mul(a.into()))
	}
	fn forget_reports(n: u32) -> Weight {
		Weight::from_parts(20_000_000, 4_000)
			.saturating_add(Weight::from_parts(60_000_000, 4_000).saturating_mul(n.into()))
	}
}
