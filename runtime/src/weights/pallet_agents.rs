//! Weights of `pallet_agents`: not measured yet, far above what any call takes. `scripts/benchmark`
//! replaces this file.

#![allow(missing_docs)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights of `pallet_agents`.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_agents::WeightInfo for WeightInfo<T> {
	fn register(_u: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn update(_u: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn set_wallet_with_proof() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn set_wallet_without_proof() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn accept_wallet() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn remove_wallet(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn activate(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn deactivate(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn deregister(_c: u32, _m: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn release_bond() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn heartbeat(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn refresh(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn set_capability() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn remove_capability() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn set_metadata(_v: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn remove_metadata() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn add_card_key() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn remove_card_key() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn offer_transfer() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn accept_transfer(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn suspend(_c: u32) -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn reinstate() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn create_tag() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}

	fn retire_tag() -> Weight {
		Weight::from_parts(200_000_000, 20_000)
			.saturating_add(T::DbWeight::get().reads_writes(60, 60))
	}
}
