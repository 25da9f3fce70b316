//! What a juror puts in, and takes out.

use crate::*;
use aitbc_core::Balance;
use frame_support::{ensure, traits::Get};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::bond`].
	pub(crate) fn do_bond(who: T::AccountId, amount: Balance) -> DispatchResult {
		ensure!(amount > 0, Error::<T>::AmountZero);
		let known = Jurors::<T>::get(&who);
		let before = known.as_ref().map_or(0, Juror::staying);
		let staying = before.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		ensure!(staying >= T::MinBond::get(), Error::<T>::BondTooSmall);
		let mut juror = match known {
			Some(juror) => juror,
			None => Juror::new(Self::next_slot()?),
		};
		let bond = juror.bond.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		Self::hold(&who, amount)?;

		if known.is_none() {
			Self::take_slot(juror.slot, &who);
		}
		juror.bond = bond;
		Self::reweigh(&who, &mut juror);
		Jurors::<T>::insert(&who, juror);
		Self::deposit_event(Event::JurorBonded { juror: who, amount, bond });
		Ok(())
	}

	/// See [`Pallet::unbond`].
	pub(crate) fn do_unbond(who: T::AccountId, amount: Balance) -> DispatchResult {
		let mut juror = Self::juror_of(&who)?;
		ensure!(amount > 0, Error::<T>::AmountZero);
		let staying = juror.staying().checked_sub(amount).ok_or(Error::<T>::BondExceeded)?;
		ensure!(staying == 0 || staying >= T::MinBond::get(), Error::<T>::RemainderTooSmall);

		let leaving = juror.bond.saturating_sub(staying);
		juror.leaving = Some(Leaving { amount: leaving, behind: None });
		Self::reweigh(&who, &mut juror);
		juror.leaving = Some(Leaving { amount: leaving, behind: juror.change });
		Jurors::<T>::insert(&who, juror);
		Self::deposit_event(Event::JurorUnbonded { juror: who, amount, leaving });
		Ok(())
	}

	/// See [`Pallet::withdraw`].
	pub(crate) fn do_withdraw(account: T::AccountId) -> DispatchResult {
		let mut juror = Self::juror_of(&account)?;
		let amount = Self::withdrawable(&juror)?;
		Self::give_back(&account, amount)?;

		juror.bond = juror.bond.saturating_sub(amount);
		juror.leaving = juror.leaving.and_then(|leaving| leaving.without(amount));
		let is_gone = juror.is_gone();
		if is_gone {
			Self::vacate_slot(juror.slot);
			Jurors::<T>::remove(&account);
		} else {
			Jurors::<T>::insert(&account, juror);
		}
		Self::deposit_event(Event::BondWithdrawn { juror: account, amount, is_gone });
		Ok(())
	}

	/// How much of what is leaving may go now: what no weight counts and no seat has at stake. Nothing
	/// for a juror that lost its whole bond and can be removed.
	pub(crate) fn withdrawable(juror: &Juror) -> Result<Balance, Error<T>> {
		let Some(leaving) = juror.leaving else {
			ensure!(juror.bond == 0, Error::<T>::NothingLeaving);
			ensure!(juror.is_gone(), Error::<T>::StillCounted);
			return Ok(0);
		};
		let head = ChangeQueueEnds::<T>::get().head;
		ensure!(leaving.behind.is_none_or(|change| change < head), Error::<T>::StillCounted);
		let amount = leaving.amount.min(juror.lockable());
		ensure!(amount > 0, Error::<T>::BondLocked);
		Ok(amount)
	}

	/// The juror that `account` is.
	pub(crate) fn juror_of(account: &T::AccountId) -> Result<Juror, Error<T>> {
		Jurors::<T>::get(account).ok_or(Error::<T>::JurorNotFound)
	}
}
