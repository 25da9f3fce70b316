//! Money onto hold, and the ways out, none of which a party can block.

use crate::*;
use aitbc_core::{Balance, ContractId};
use aitbc_traits::WholeHold;
use frame_support::traits::{
	fungible::MutateHold,
	tokens::{Fortitude, Precision, Preservation},
	DefensiveSaturating, Get,
};
use sp_runtime::DispatchResult;

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

	/// Pays `amount` of the client's escrow to the provider, less `fee` for the protocol, and says
	/// how much the protocol took.
	pub(crate) fn pay_for_work(
		contract: ContractId,
		client: &T::AccountId,
		provider: &T::AccountId,
		amount: Balance,
		fee: Balance,
	) -> Balance {
		let fee = Self::pay_treasury(contract, HoldReason::Escrow, client, fee);
		// A rate is at most one, so the fee is at most the amount.
		let net = amount.saturating_sub(fee);
		Self::pay(contract, ClaimKind::Payment, client, provider, net);
		fee
	}

	/// Pays `released` of `amount` of the client's escrow to the provider, less `fee`, and returns
	/// the rest. Says how much the protocol took and how much returned.
	pub(crate) fn divide(
		contract: ContractId,
		client: &T::AccountId,
		provider: &T::AccountId,
		amount: Balance,
		released: Balance,
		fee: Balance,
	) -> (Balance, Balance) {
		let fee = Self::pay_for_work(contract, client, provider, released, fee);
		// What is released is a share of the amount.
		let refunded = amount.saturating_sub(released);
		Self::pay(contract, ClaimKind::Refund, client, client, refunded);
		(fee, refunded)
	}

	/// Pays `amount`, which is held on `payer`, to the treasury, and says how much it took.
	///
	/// All of it, or nothing when the treasury's account can't be credited: what is the protocol's
	/// never blocks an exit, and it is waived then.
	pub(crate) fn pay_treasury(
		contract: ContractId,
		reason: HoldReason,
		payer: &T::AccountId,
		amount: Balance,
	) -> Balance {
		if amount == 0 {
			return 0;
		}
		match Self::credit(reason, payer, &T::FeeReceiver::get(), amount) {
			Ok(()) => amount,
			Err(error) => {
				log::error!(
					target: LOG_TARGET,
					"waived {amount} plancks of contract {}: the treasury can't be credited: \
					 {error:?}",
					contract.0,
				);
				0
			},
		}
	}

	/// Holds `amount` of the free balance of `who`.
	pub(crate) fn hold(reason: HoldReason, who: &T::AccountId, amount: Balance) -> DispatchResult {
		T::Currency::hold_whole(&reason.into(), who, amount)
	}

	/// Holds `amount` of the free balance of `payer` as escrow on `client`, whose own it is then.
	/// The account of `payer` goes on.
	pub(crate) fn hold_from(
		payer: &T::AccountId,
		client: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		if payer == client {
			return Self::hold(HoldReason::Escrow, client, amount);
		}
		T::Currency::keeping_total(&[payer, client], || {
			T::Currency::transfer_and_hold(
				&HoldReason::Escrow.into(),
				payer,
				client,
				amount,
				Precision::Exact,
				Preservation::Preserve,
				Fortitude::Polite,
			)
			.map(|_| ())
		})
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
			T::Currency::release_whole(&reason, payer, amount)
		} else {
			T::Currency::pay_whole(&reason, payer, payee, amount)
		}
	}
}
