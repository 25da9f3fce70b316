//! Gives staking's minimum commission to genesis.
//!
//! pallet-staking's genesis has no field for it and validates its stakers at 0 %, which panics once
//! a minimum is set. So this pallet stands at the last index, where staking's genesis is done: it
//! sets the minimum and raises the first validators to it, for the first era too. It has no call and
//! no storage of its own.

pub use pallet::*;

#[frame_support::pallet]
pub mod pallet {
	use core::marker::PhantomData;
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
		#[serde(skip)]
		#[allow(missing_docs)]
		pub _config: PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		fn build(&self) {
			MinCommission::<T>::put(self.minimum);
			let raised = |mut prefs: ValidatorPrefs| {
				prefs.commission = prefs.commission.max(self.minimum);
				Some(prefs)
			};
			Validators::<T>::translate_values(raised);
			// Session's genesis has started the first era already, with the commissions of then.
			ErasValidatorPrefs::<T>::translate_values(raised);
		}
	}
}
