//! Money onto hold, and the ways out, none of which anybody can block.

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

	/// Pays `amount`, which is held on `payer`, to `payee`, and says how much that came to: nothing if
	/// the account of `payee` can't take it.
	pub(crate) fn pay(
		reason: HoldReason,
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> Balance {
		let held = &reason.into();
		let paid = if payer == payee {
			T::Currency::release_whole(held, payer, amount)
		} else {
			T::Currency::pay_whole(held, payer, payee, amount)
		};
		match paid {
			Ok(()) => amount,
			Err(error) => {
				log::error!(
					target: LOG_TARGET,
					"{amount} plancks stay with {payer:?}: {payee:?} can't take them: {error:?}",
				);
				0
			},
		}
	}

	/// Gives `amount`, which is held on `who`, back to its free balance.
	///
	/// Nobody can block that: see [`WholeHold::return_or_sweep`], which sweeps to the treasury.
	pub(crate) fn give_back(reason: HoldReason, who: &T::AccountId, amount: Balance) {
		let sink = T::FeeReceiver::get();
		if let Err(error) = T::Currency::return_or_sweep(&reason.into(), who, amount, &sink) {
			log::error!(
				target: LOG_TARGET,
				"{amount} plancks stay on hold on {who:?}: {error:?}",
			);
		}
	}
}
