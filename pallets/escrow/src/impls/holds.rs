//! Money onto hold, and the ways out, none of which a party can block.

use crate::*;
use aitbc_core::{Balance, ContractId};
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, MutateHold},
		tokens::{Fortitude, Precision, Restriction},
		DefensiveSaturating, Get,
	},
};
use sp_runtime::{DispatchResult, TokenError};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::collect`].
	pub(crate) fn do_collect(contract: ContractId, kind: ClaimKind) -> DispatchResult {
		let Claim { payer, payee, amount } =
			Claims::<T>::get(contract, kind).ok_or(Error::<T>::ClaimNotFound)?;
		Self::credit(kind.hold_reason(), &payer, &payee, amount)
			.map_err(|_| Error::<T>::PayeeNotCreditable)?;

		Claims::<T>::remove(contract, kind);
		Self::deposit_event(Event::ClaimCollected { contract, kind, payee, amount });
		Ok(())
	}

	/// Pays `amount`, which is held on `payer`, to `payee`, or turns it into a claim.
	pub(crate) fn pay(
		contract: ContractId,
		kind: ClaimKind,
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) {
		if amount == 0 || Self::credit(kind.hold_reason(), payer, payee, amount).is_ok() {
			return;
		}
		Claims::<T>::mutate(contract, kind, |claim| {
			let waiting = claim.as_ref().map_or(0, |claim| claim.amount);
			*claim = Some(Claim {
				payer: payer.clone(),
				payee: payee.clone(),
				// Both parts are held on the payer, so their sum is at most what it owns.
				amount: waiting.defensive_saturating_add(amount),
			});
		});
		Self::deposit_event(Event::ClaimOpened {
			contract,
			kind,
			payer: payer.clone(),
			payee: payee.clone(),
			amount,
		});
	}

	/// Pays `fee` from the client's escrow to the protocol, and says how much it took.
	///
	/// All of it, or nothing when the receiver can't be credited: a fee never blocks an exit, and
	/// the provider then gets the whole amount.
	pub(crate) fn take_fee(contract: ContractId, client: &T::AccountId, fee: Balance) -> Balance {
		if fee == 0 {
			return 0;
		}
		match Self::credit(HoldReason::Escrow, client, &T::FeeReceiver::get(), fee) {
			Ok(()) => fee,
			Err(error) => {
				log::error!(
					target: LOG_TARGET,
					"waived the fee of {fee} plancks on contract {}: its receiver can't be \
					 credited: {error:?}",
					contract.0,
				);
				0
			},
		}
	}

	/// Holds `amount` of the free balance of `who`.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		Self::keeping_total(who, || T::Currency::hold(&reason.into(), who, amount))
	}

	/// Moves `amount` from a hold on `payer` to the free balance of `payee`, or changes nothing.
	fn credit(
		reason: HoldReason,
		payer: &T::AccountId,
		payee: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		let reason = reason.into();
		if payer == payee {
			return Self::keeping_total(payer, || {
				T::Currency::release(&reason, payer, amount, Precision::Exact).map(|_| ())
			});
		}
		with_storage_layer(|| {
			T::Currency::transfer_on_hold(
				&reason,
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
		with_storage_layer(|| {
			let owned = T::Currency::total_balance(who);
			change()?;
			ensure!(T::Currency::total_balance(who) == owned, TokenError::FundsUnavailable);
			Ok(())
		})
	}
}
