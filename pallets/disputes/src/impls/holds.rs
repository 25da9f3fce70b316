//! Money onto hold, and the ways out, none of which anybody can block.

use crate::*;
use aitbc_core::Balance;
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, MutateHold},
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

impl<T: Config> Pallet<T> {
	/// Holds `amount` of the free balance of `who`.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		if amount == 0 {
			return Ok(());
		}
		Self::keeping_total(who, || T::Currency::hold(&reason.into(), who, amount))
	}

	/// Pays `amount`, which is held on `payer`, to `payee`, and says how much that came to: nothing if
	/// the account of `payee` can't take it.
	pub(crate) fn pay(
		reason: HoldReason,
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> Balance {
		if amount == 0 {
			return 0;
		}
		let paid = if payer == payee {
			Self::release(reason, payer, amount)
		} else {
			Self::credit(reason, payer, payee, amount)
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
		if amount == 0 || Self::release(reason, who, amount).is_ok() {
			return;
		}
		let held = &reason.into();
		let swept = if amount < T::Currency::minimum_balance() {
			Self::credit(reason, who, &T::FeeReceiver::get(), amount).or_else(|_| {
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

	/// Moves `amount` from a hold on `who` to its free balance, or changes nothing.
	fn release(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		Self::keeping_total(who, || {
			T::Currency::release(&reason.into(), who, amount, Precision::Exact).map(|_| ())
		})
	}

	/// Moves `amount` from a hold on `payer` to the free balance of `payee`, or changes nothing.
	///
	/// Whatever the payer froze does not stand in the way.
	fn credit(
		reason: HoldReason,
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		with_storage_layer(|| {
			T::Currency::transfer_on_hold(
				&reason.into(),
				payer,
				payee,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)
			.map(|_| ())
		})
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
		with_storage_layer::<_, DispatchError, _>(|| {
			let owned = T::Currency::total_balance(who);
			change()?;
			ensure!(T::Currency::total_balance(who) == owned, TokenError::FundsUnavailable);
			Ok(())
		})
	}
}
