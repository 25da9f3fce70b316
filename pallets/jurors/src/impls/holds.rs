//! Money onto hold, and the ways out.
//!
//! Every way out moves all of the money or none: when an account can't take it, the call is refused
//! and the money stays held until it can. Anybody may send that account the existential deposit.

use crate::*;
use aitbc_core::Balance;
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, MutateHold},
		tokens::{Fortitude, Precision, Restriction},
	},
};
use sp_runtime::{DispatchResult, TokenError};

impl<T: Config> Pallet<T> {
	/// Holds `amount` of the free balance of `who` as its bond.
	pub(crate) fn hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		Self::keeping_total(who, || T::Currency::hold(&HoldReason::Bond.into(), who, amount))
	}

	/// Gives `amount` of the bond that is held on `who` back to its free balance.
	pub(crate) fn give_back(who: &T::AccountId, amount: Balance) -> Result<(), Error<T>> {
		if amount == 0 {
			return Ok(());
		}
		let reason = HoldReason::Bond.into();
		Self::keeping_total(who, || {
			T::Currency::release(&reason, who, amount, Precision::Exact).map(|_| ())
		})
		.map_err(|_| Error::<T>::PayeeNotCreditable)
	}

	/// Moves `amount` of the bond that is held on `payer` to the free balance of `payee`.
	///
	/// Whatever the payer froze does not stand in the way.
	pub(crate) fn pay(
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> Result<(), Error<T>> {
		with_storage_layer(|| {
			T::Currency::transfer_on_hold(
				&HoldReason::Bond.into(),
				payer,
				payee,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)
		})
		.map(|_| ())
		.map_err(|_| Error::<T>::PayeeNotCreditable)
	}

	/// Does `change`, which holds or releases money of `who`, or changes nothing if it fails.
	///
	/// Neither changes what an account owns, but for one case: while the free balance is below the
	/// existential deposit and no hold is left, or none is there yet, pallet-balances sweeps the
	/// free balance away as dust, and may drop the released amount with it. This is refused.
	fn keeping_total(
		who: &T::AccountId,
		change: impl FnOnce() -> DispatchResult,
	) -> DispatchResult {
		with_storage_layer(|| {
			let owned = T::Currency::total_balance(who);
			change()?;
			ensure!(T::Currency::total_balance(who) == owned, TokenError::FundsUnavailable);
			Ok(())
		})
	}
}
