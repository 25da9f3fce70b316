//! The deposit, the penalties, and the account of the pot.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::WholeHold;
use frame_support::traits::{
	fungible::Inspect,
	tokens::{Fortitude, Preservation},
	Get,
};
use sp_runtime::{traits::AccountIdConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Holds `amount` of the free balance of `who`.
	pub(crate) fn hold(who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold_whole(&HoldReason::Deposit.into(), who, amount)
	}

	/// Gives `amount`, which is held on `who`, back to its free balance.
	pub(crate) fn give_back(who: &T::AccountId, amount: Balance) -> Result<(), Error<T>> {
		T::Currency::release_whole(&HoldReason::Deposit.into(), who, amount)
			.map_err(|_| Error::<T>::PayeeNotCreditable)
	}

	/// Takes `penalty` of the deposit of `reporter`, or what is left of it, and says how much that
	/// came to: nothing if the receiver can't take it, or if there is no worker.
	pub(crate) fn punish(reporter: &T::AccountId, penalty: Balance) -> Balance {
		let Some(mut worker) = Workers::<T>::get(reporter) else { return 0 };
		let penalty = penalty.min(worker.deposit);
		let (reason, receiver) = (HoldReason::Deposit.into(), T::PenaltyReceiver::get());
		match T::Currency::pay_whole(&reason, reporter, &receiver, penalty) {
			Ok(()) => {
				worker.deposit = worker.deposit.saturating_sub(penalty);
				Workers::<T>::insert(reporter, worker);
				penalty
			},
			Err(error) => {
				log::warn!(
					target: LOG_TARGET,
					"a penalty of {penalty} stays with its payer: {error:?}"
				);
				0
			},
		}
	}

	/// What a deposit must cover so that its worker may send, in plancks.
	pub(crate) fn dearest_penalty() -> Balance {
		T::MissPenalty::get().max(T::SpamPenalty::get())
	}

	/// The account of the pot.
	pub fn pot_account() -> T::AccountId {
		T::PotId::get().into_account_truncating()
	}

	/// What the pot has that is not set aside for eras that are over, in plancks. The existential
	/// deposit stays in it.
	pub fn pot() -> Balance {
		T::Currency::reducible_balance(
			&Self::pot_account(),
			Preservation::Preserve,
			Fortitude::Polite,
		)
		.saturating_sub(SetAside::<T>::get())
	}
}
