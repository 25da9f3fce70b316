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

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
pub mod weights;

pub use pallet::*;
pub use weights::WeightInfo;

use aitbc_core::BlockNumber;
use aitbc_traits::{DeadlineClock, PauseInspect};

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::BlockNumberFor;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Tells whether the chain is paused.
		type Pause: PauseInspect;

		/// Weights of this pallet's hook.
		type WeightInfo: WeightInfo;
	}

	/// The time now, in active blocks since genesis. Written by the hook of every active block.
	#[pallet::storage]
	pub type Now<T: Config> = StorageValue<_, BlockNumber, ValueQuery>;

	/// Present while the clock stands still. Written and removed by the hook.
	#[pallet::storage]
	pub type Stopped<T: Config> = StorageValue<_, (), OptionQuery>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// The clock stands still at `at` from this block on, because the chain is paused.
		#[codec(index = 0)]
		ClockStopped {
			/// The time at which it stands, in active blocks.
			at: BlockNumber,
		},
		/// The clock went on: this block is the first that counts again.
		#[codec(index = 1)]
		ClockResumed {
			/// The time now, in active blocks.
			at: BlockNumber,
		},
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			if T::Pause::is_paused() {
				Self::stand_still();
			} else {
				Self::advance();
			}
			T::WeightInfo::tick().saturating_add(T::Pause::weight())
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(block: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			use sp_runtime::traits::UniqueSaturatedInto;
			let block: BlockNumber = block.unique_saturated_into();
			ensure!(Now::<T>::get() <= block, "the active clock is ahead of the block number");
			Ok(())
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The time now, in active blocks since genesis.
		pub fn now() -> BlockNumber {
			Now::<T>::get()
		}

		/// Whether the clock stands still because the chain is paused.
		pub fn is_stopped() -> bool {
			Stopped::<T>::exists()
		}
	}
}

impl<T: Config> Pallet<T> {
	/// Lets one active block pass.
	fn advance() {
		// At 3 s a block, 2^32 blocks last 408 years; the clock then stands still.
		let now = Now::<T>::get().saturating_add(1);
		Now::<T>::put(now);
		if Stopped::<T>::take().is_some() {
			Self::deposit_event(Event::ClockResumed { at: now });
		}
	}

	/// Lets a block pass that does not count.
	fn stand_still() {
		if !Stopped::<T>::exists() {
			Stopped::<T>::put(());
			Self::deposit_event(Event::ClockStopped { at: Now::<T>::get() });
		}
	}
}

impl<T: Config> DeadlineClock for Pallet<T> {
	fn now() -> BlockNumber {
		Now::<T>::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_now(now: BlockNumber) {
		Now::<T>::put(now);
	}
}
