//! Weights of `pallet_active_clock`, estimated until they are generated.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_active_clock::WeightInfo for WeightInfo<T> {
	fn tick() -> Weight {
		Weight::from_parts(10_000_000, 0).saturating_add(T::DbWeight::get().reads_writes(2, 2))
	}
}
