//! Money onto hold, and off it again. All of it stays its owner's: the market never pays anybody.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::WholeHold;
use frame_support::traits::DefensiveSaturating;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::collect`].
	pub(crate) fn do_collect(account: T::AccountId, kind: ClaimKind) -> DispatchResult {
		let amount = Claims::<T>::get(&account, kind).ok_or(Error::<T>::ClaimNotFound)?;
		Self::release(kind, &account, amount)?;

		Claims::<T>::remove(&account, kind);
		Self::deposit_event(Event::ClaimCollected { account, kind, amount });
		Ok(())
	}

	/// Holds `amount` of the free balance of `who`.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold_whole(&reason.into(), who, amount)
	}

	/// Releases `amount`, which is held on `who`, or changes nothing.
	pub(crate) fn release(
		kind: ClaimKind,
		who: &T::AccountId,
		amount: Balance,
	) -> Result<(), Error<T>> {
		T::Currency::release_whole(&kind.hold_reason().into(), who, amount)
			.map_err(|_| Error::<T>::PayeeNotCreditable)
	}

	/// Releases `amount`, which is held on `who`, or turns it into a claim.
	pub(crate) fn give_back(kind: ClaimKind, who: &T::AccountId, amount: Balance) {
		if Self::release(kind, who, amount).is_ok() {
			return;
		}
		Claims::<T>::mutate(who, kind, |claim| {
			// All parts are held on the account, so their sum is at most what it owns.
			*claim = Some(claim.unwrap_or(0).defensive_saturating_add(amount));
		});
		Self::deposit_event(Event::ClaimOpened { account: who.clone(), kind, amount });
	}

	/// Changes what is held on `who` as bond of one bid from `old` to `new`, or nothing.
	pub(crate) fn move_bond(who: &T::AccountId, old: Balance, new: Balance) -> DispatchResult {
		match (new.checked_sub(old), old.checked_sub(new)) {
			(Some(more), _) => Self::hold(HoldReason::Bond, who, more),
			(None, Some(less)) => Ok(Self::release(ClaimKind::Bond, who, less)?),
			(None, None) => Ok(()),
		}
	}
}
