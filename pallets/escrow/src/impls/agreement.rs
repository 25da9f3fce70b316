//! From an offer on paper to money on hold: open, fund, cancel.

use crate::{types::checked_sum, *};
use aitbc_core::{Balance, BlockNumber, ContractId, TermsHash};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
	BoundedVec,
};
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult, Perbill};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::open`].
	pub(crate) fn do_open(
		client: T::AccountId,
		provider: T::AccountId,
		terms: TermsHash,
		milestones: Vec<MilestoneTerms>,
		review_period: BlockNumber,
	) -> DispatchResult {
		Self::ensure_provider(&client, &provider)?;
		Self::ensure_review_period(review_period)?;
		let fee_rate = T::FeeRate::get();
		let milestones = Self::checked_milestones(milestones)?;
		Self::ensure_payable(&milestones, fee_rate)?;
		Self::ensure_dues(&milestones)?;
		let contract = NextContractId::<T>::get();
		let next = contract.next().ok_or(ArithmeticError::Overflow)?;
		let deposit = Self::storage_deposit(milestones.len());
		Self::hold(HoldReason::Deposit, &client, deposit)?;

		NextContractId::<T>::put(next);
		ContractsByParty::<T>::insert(&client, contract, ());
		ContractsByParty::<T>::insert(&provider, contract, ());
		let state = ContractState::Open { milestones: milestones.clone() };
		let record = Contract {
			client: client.clone(),
			provider: provider.clone(),
			terms,
			review_period,
			fee_rate,
			deposit,
			state,
		};
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::ContractOpened {
			contract,
			client,
			provider,
			terms,
			milestones,
			review_period,
			fee_rate,
			deposit,
		});
		Ok(())
	}

	/// See [`Pallet::fund`].
	pub(crate) fn do_fund(
		caller: T::AccountId,
		contract: ContractId,
		expected: Balance,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		ensure!(caller == record.client, Error::<T>::NotClient);
		let ContractState::Open { milestones } = &record.state else {
			return Err(Error::<T>::AlreadyFunded.into());
		};
		let total = Self::total(milestones)?;
		ensure!(total == expected, Error::<T>::TotalMismatch);
		let now = T::Clock::now();
		ensure!(milestones.iter().all(|terms| now <= terms.due), Error::<T>::MilestoneOverdue);
		// The existential deposit may have risen since the contract opened.
		Self::ensure_payable(milestones, record.fee_rate)?;
		let work =
			OpenWork::<T>::get(&record.provider).checked_add(1).ok_or(ArithmeticError::Overflow)?;
		Self::hold(HoldReason::Escrow, &record.client, total)?;

		// The bound is the same on both sides, so nothing is cut off.
		let milestones =
			BoundedVec::truncate_from(milestones.iter().map(Milestone::from).collect());
		record.state = ContractState::Funded { since: now, accepted: false, milestones };
		OpenWork::<T>::insert(&record.provider, work);
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::ContractFunded { contract, amount: total, since: now });
		Ok(())
	}

	/// See [`Pallet::cancel`].
	pub(crate) fn do_cancel(caller: T::AccountId, contract: ContractId) -> DispatchResult {
		let record = Self::contract_record(contract)?;
		let ContractState::Open { milestones } = &record.state else {
			return Err(Error::<T>::AlreadyFunded.into());
		};
		let is_party = caller == record.client || caller == record.provider;
		let now = T::Clock::now();
		let is_dead = milestones.iter().any(|terms| terms.due < now);
		ensure!(is_party || is_dead, Error::<T>::NotParty);

		Self::close(contract, record);
		Ok(())
	}

	/// The contract with the id `contract`, if it is open or funded.
	pub(crate) fn contract_record(contract: ContractId) -> Result<Contract<T>, Error<T>> {
		Contracts::<T>::get(contract).ok_or(Error::<T>::ContractNotFound)
	}

	/// Checks that `provider` can work for `client` and be paid.
	fn ensure_provider(client: &T::AccountId, provider: &T::AccountId) -> Result<(), Error<T>> {
		ensure!(client != provider, Error::<T>::ProviderIsClient);
		let owned = T::Currency::total_balance(provider);
		ensure!(owned >= T::Currency::minimum_balance(), Error::<T>::ProviderNotFound);
		Ok(())
	}

	/// Checks that the client will have time to review, and not for ever.
	fn ensure_review_period(review_period: BlockNumber) -> Result<(), Error<T>> {
		ensure!(review_period >= T::MinReviewPeriod::get(), Error::<T>::ReviewPeriodTooShort);
		ensure!(review_period <= T::MaxReviewPeriod::get(), Error::<T>::ReviewPeriodTooLong);
		Ok(())
	}

	/// Checks the number of `milestones`, and that their sum is a balance.
	fn checked_milestones(
		milestones: Vec<MilestoneTerms>,
	) -> Result<BoundedVec<MilestoneTerms, T::MaxMilestones>, DispatchError> {
		ensure!(!milestones.is_empty(), Error::<T>::NoMilestones);
		let milestones =
			BoundedVec::try_from(milestones).map_err(|_| Error::<T>::TooManyMilestones)?;
		Self::total(&milestones)?;
		Ok(milestones)
	}

	/// Checks that each milestone, net of its fee, could be paid to an empty account.
	fn ensure_payable(milestones: &[MilestoneTerms], fee_rate: Perbill) -> Result<(), Error<T>> {
		let minimum = T::Currency::minimum_balance();
		for terms in milestones {
			ensure!(terms.amount > 0, Error::<T>::AmountZero);
			let net = terms.amount.saturating_sub(fee_rate.mul_ceil(terms.amount));
			ensure!(net >= minimum, Error::<T>::AmountTooSmall);
		}
		Ok(())
	}

	/// Checks that each milestone is due in the future, and in time.
	fn ensure_dues(milestones: &[MilestoneTerms]) -> Result<(), Error<T>> {
		let now = T::Clock::now();
		let latest = now.saturating_add(T::MaxDuration::get());
		for terms in milestones {
			ensure!(terms.due > now, Error::<T>::DueNotInFuture);
			ensure!(terms.due <= latest, Error::<T>::DueTooFar);
		}
		Ok(())
	}

	/// What funding takes: the sum of all amounts, in plancks.
	fn total(milestones: &[MilestoneTerms]) -> Result<Balance, ArithmeticError> {
		checked_sum(milestones.iter().map(|terms| terms.amount)).ok_or(ArithmeticError::Overflow)
	}
}
