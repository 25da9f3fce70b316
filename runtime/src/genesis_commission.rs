//! Gives staking's minimum commission to genesis.
//!
//! pallet-staking's genesis has no field for it and validates its stakers at 0 %, which panics once
//! a minimum is set. So this pallet stands at the last index, where staking's genesis is done: it
//! sets the minimum and gives the first validators the commission that they ask for, or else the
//! minimum, for the first era too. It has no call and no storage of its own.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use alloc::vec::Vec;
	use frame_support::pallet_prelude::*;
	use pallet_staking::{ErasValidatorPrefs, MinCommission, ValidatorPrefs, Validators};
	use sp_runtime::Perbill;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	#[pallet::disable_frame_system_supertrait_check]
	pub trait Config: pallet_staking::Config {}

	/// What genesis may configure.
	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T: Config> {
		/// The least commission that a validator may take; none when left out.
		pub minimum: Perbill,
		/// What validators of genesis take, by stash; the minimum for those that are not in it.
		pub commissions: Vec<(T::AccountId, Perbill)>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			MinCommission::<T>::put(self.minimum);
			let raised = |stash: &T::AccountId, mut prefs: ValidatorPrefs| {
				let asked = self.commissions.iter().find(|(who, _)| who == stash);
				prefs.commission = asked.map_or(prefs.commission, |(_, commission)| *commission);
				prefs.commission = prefs.commission.max(self.minimum);
				Some(prefs)
			};
			Validators::<T>::translate(|stash, prefs| raised(&stash, prefs));
			// Session's genesis has started the first era already, with the commissions of then.
			ErasValidatorPrefs::<T>::translate(|_, stash, prefs| raised(&stash, prefs));
		}
	}
}
