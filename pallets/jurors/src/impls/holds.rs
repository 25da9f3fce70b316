//! Money onto hold, and the ways out.
//!
//! Every way out moves all of the money or none: when an account can't take it, the call is refused
//! and the money stays held until it can. Anybody may send that account the existential deposit.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::WholeHold;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Holds `amount` of the free balance of `who` as its bond.
	pub(crate) fn hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold_whole(&HoldReason::Bond.into(), who, amount)
	}

	/// Gives `amount` of the bond that is held on `who` back to its free balance.
	pub(crate) fn give_back(who: &T::AccountId, amount: Balance) -> Result<(), Error<T>> {
		T::Currency::release_whole(&HoldReason::Bond.into(), who, amount)
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
		T::Currency::pay_whole(&HoldReason::Bond.into(), payer, payee, amount)
			.map_err(|_| Error::<T>::PayeeNotCreditable)
	}
}
