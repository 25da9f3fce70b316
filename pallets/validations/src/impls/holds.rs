//! Money onto hold, and the ways out.
//!
//! Every way out by a call moves all of the money or none: when an account can't take it, the call is
//! refused and the money stays held until it can. Anybody may send that account the existential
//! deposit. A ruling can't be refused: what one account can't take goes to another.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::WholeHold;
use frame_support::traits::Get;
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

	/// Moves `amount` of the bond that is held on `wallet` to `payee`, and says how much that came to:
	/// nothing if the account of `payee` can't take it.
	pub(crate) fn pay_if_creditable(
		wallet: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> Balance {
		match Self::pay(HoldReason::Bond, wallet, payee, amount) {
			Ok(()) => amount,
			Err(_) => {
				log::error!(
					target: LOG_TARGET,
					"{amount} plancks of the bond of {wallet:?} are not for {payee:?}, which can't \
					 take them",
				);
				0
			},
		}
	}

	/// Gives `amount` of its bond back to `wallet`, and says how much of it that has: see
	/// [`WholeHold::return_or_sweep`], which sweeps to the treasury.
	pub(crate) fn return_bond(wallet: &T::AccountId, amount: Balance) -> Balance {
		let (held, sink) = (HoldReason::Bond.into(), T::SlashReceiver::get());
		T::Currency::return_or_sweep(&held, wallet, amount, &sink).unwrap_or_else(|error| {
			log::error!(
				target: LOG_TARGET,
				"{amount} plancks stay on hold on {wallet:?}: {error:?}",
			);
			0
		})
	}
}
