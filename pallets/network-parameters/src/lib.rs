#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod types;

pub use pallet::*;
pub use types::{InvalidConstants, NetworkConstants};

use aitbc_core::BlockNumber;
use core::marker::PhantomData;
use frame_support::traits::Get;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::BlockNumberFor;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {}

	/// The network's constants. Written by genesis, removed by nobody, and production's by default.
	#[pallet::storage]
	pub type Constants<T: Config> = StorageValue<_, NetworkConstants, ValueQuery>;

	/// What genesis may configure.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The network's constants; production's when left out.
		pub constants: NetworkConstants,
		#[serde(skip)]
		#[allow(missing_docs)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		#[allow(clippy::panic, reason = "no chain may start from an invalid genesis")]
		fn build(&self) {
			if let Err(reason) = self.constants.validate() {
				panic!("invalid network parameters in genesis: {reason}");
			}
			Constants::<T>::put(self.constants);
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Constants::<T>::get()
				.validate()
				.map_err(|_| "the network's constants are not valid".into())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The network's constants.
		pub fn constants() -> NetworkConstants {
			Constants::<T>::get()
		}
	}
}

/// Gives the length of an epoch, in blocks.
pub struct EpochLength<T>(PhantomData<T>);

impl<T: Config> Get<u64> for EpochLength<T> {
	fn get() -> u64 {
		Constants::<T>::get().epoch_length.into()
	}
}

/// Gives the length of an era, in sessions.
pub struct SessionsPerEra<T>(PhantomData<T>);

impl<T: Config> Get<u32> for SessionsPerEra<T> {
	fn get() -> u32 {
		Constants::<T>::get().sessions_per_era
	}
}

/// Gives how long stake stays bonded after it was unbonded, in eras.
pub struct BondingEras<T>(PhantomData<T>);

impl<T: Config> Get<u32> for BondingEras<T> {
	fn get() -> u32 {
		Constants::<T>::get().bonding_eras
	}
}

/// Gives how long a slash waits before it is applied, in eras.
pub struct SlashDeferEras<T>(PhantomData<T>);

impl<T: Config> Get<u32> for SlashDeferEras<T> {
	fn get() -> u32 {
		Constants::<T>::get().slash_defer_eras
	}
}

impl<T: Config> Pallet<T> {
	/// Gives this network's length of a period that takes `production` blocks in production: that
	/// many divided by the time scale, rounded down, and at least one block.
	pub fn scaled(production: BlockNumber) -> BlockNumber {
		Constants::<T>::get().scaled(production)
	}
}
