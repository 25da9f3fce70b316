//! Money onto hold, and the ways out.
//!
//! Every way out moves all of the money or none: when an account can't take it, the call is refused
//! and the money stays held until it can. Anybody may send that account the existential deposit.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::WholeHold;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Holds `amount` of the free balance of `who`.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold_whole(&reason.into(), who, amount)
	}

	/// Gives `amount`, which is held on `who`, back to its free balance.
	pub(crate) fn give_back(
		reason: HoldReason,
		who: &T::AccountId,
		amount: Balance,
	) -> Result<(), Error<T>> {
		T::Currency::release_whole(&reason.into(), who, amount)
			.map_err(|_| Error::<T>::PayeeNotCreditable)
	}

	/// Moves `amount`, which is held on `payer`, to the free balance of `payee`.
	///
	/// Whatever the payer froze does not stand in the way.
	pub(crate) fn pay(
		reason: HoldReason,
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> Result<(), Error<T>> {
		T::Currency::pay_whole(&reason.into(), payer, payee, amount)
			.map_err(|_| Error::<T>::PayeeNotCreditable)
	}
}
