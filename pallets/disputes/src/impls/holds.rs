//! Money onto hold, and the ways out, none of which anybody can block.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::WholeHold;
use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, MutateHold},
		tokens::{Fortitude, Precision},
		Get,
	},
};
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
	/// That may fail where the free balance is below the existential deposit, which is so only after
	/// that was raised, or on an account with another provider reference. Then the dust beside the
	/// amount is swept; an amount that is dust itself goes to the treasury, or is burnt if that can't
	/// take it either.
	pub(crate) fn give_back(reason: HoldReason, who: &T::AccountId, amount: Balance) {
		let held = &reason.into();
		if T::Currency::release_whole(held, who, amount).is_ok() {
			return;
		}
		let swept = if amount < T::Currency::minimum_balance() {
			T::Currency::pay_whole(held, who, &T::FeeReceiver::get(), amount).or_else(|_| {
				with_storage_layer(|| {
					T::Currency::burn_held(held, who, amount, Precision::Exact, Fortitude::Force)
				})
				.map(|_| ())
			})
		} else {
			with_storage_layer(|| T::Currency::release(held, who, amount, Precision::Exact))
				.map(|_| ())
		};
		if let Err(error) = swept {
			log::error!(
				target: LOG_TARGET,
				"{amount} plancks stay on hold on {who:?}: {error:?}",
			);
		}
	}
}
