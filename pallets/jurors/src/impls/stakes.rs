//! What jurors have at stake for their seats.

use crate::*;
use aitbc_core::{Balance, CaseId, Round};
use aitbc_traits::{JurorPool, ReputationInspect};
use frame_support::{defensive, weights::Weight};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Puts `amount` of the bond of `account` at stake.
	pub(crate) fn lock(account: &T::AccountId, amount: Balance) {
		let Some(mut juror) = Jurors::<T>::get(account) else {
			defensive!("only a juror is seated");
			return;
		};
		juror.locked = juror.locked.saturating_add(amount).min(juror.bond);
		Self::reweigh(account, &mut juror);
		Jurors::<T>::insert(account, juror);
	}

	/// See [`JurorPool::forfeit`].
	fn do_forfeit(account: &T::AccountId, amount: Balance, to: &T::AccountId) -> DispatchResult {
		let mut juror = Self::juror_of(account)?;
		let locked = juror.locked.checked_sub(amount).ok_or(Error::<T>::StakeTooSmall)?;
		if amount == 0 {
			return Ok(());
		}
		Self::pay(account, to, amount)?;

		juror.locked = locked;
		juror.bond = juror.bond.saturating_sub(amount);
		juror.clamp_leaving();
		Self::reweigh(account, &mut juror);
		Jurors::<T>::insert(account, juror);
		let (juror, to) = (account.clone(), to.clone());
		Self::deposit_event(Event::StakeForfeited { juror, amount, to });
		Ok(())
	}

	/// See [`JurorPool::unlock`].
	pub(crate) fn do_unlock(account: &T::AccountId, amount: Balance) {
		let Some(mut juror) = Jurors::<T>::get(account) else { return };
		let amount = amount.min(juror.locked);
		if amount == 0 {
			return;
		}
		juror.locked = juror.locked.saturating_sub(amount);
		Self::reweigh(account, &mut juror);
		Jurors::<T>::insert(account, juror);
		Self::deposit_event(Event::StakeUnlocked { juror: account.clone(), amount });
	}
}

impl<T: Config> JurorPool<T::AccountId> for Pallet<T> {
	fn request_jury(case: CaseId, round: Round, seats: u32, stake: Balance) -> DispatchResult {
		Self::do_request_jury(case, round, seats, stake)
	}

	fn forfeit(juror: &T::AccountId, amount: Balance, to: &T::AccountId) -> DispatchResult {
		Self::do_forfeit(juror, amount, to)
	}

	fn unlock(juror: &T::AccountId, amount: Balance) {
		Self::do_unlock(juror, amount);
	}

	fn request_weight() -> Weight {
		T::WeightInfo::request()
	}

	fn forfeit_weight() -> Weight {
		T::WeightInfo::forfeit().saturating_add(T::Reputation::weight())
	}

	fn unlock_weight() -> Weight {
		T::WeightInfo::unlock().saturating_add(T::Reputation::weight())
	}
}
