//! From an offer on paper to money on hold, and back: open, accept, fund, cancel.

use crate::{types::Sheet, *};
use aitbc_core::{Agreement, Balance, Bonds, ContractId, JobId};
use aitbc_traits::{AgentInspect, DeadlineClock};
use frame_support::ensure;
use sp_runtime::{ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::open`].
	pub(crate) fn do_open(
		client: T::AccountId,
		provider: T::AccountId,
		agreement: Agreement<T::AccountId>,
	) -> DispatchResult {
		Self::open_for(None, client, provider, agreement).map(|_| ())
	}

	/// Opens a contract, for a job if its controller asks for it, and says which.
	pub(crate) fn open_for(
		job: Option<JobId>,
		client: T::AccountId,
		provider: T::AccountId,
		agreement: Agreement<T::AccountId>,
	) -> Result<ContractId, DispatchError> {
		Self::ensure_provider(&client, &provider)?;
		Self::ensure_review_period(agreement.review_period)?;
		let fee_rate = Self::fee_rate_for(&provider);
		let payment = Self::checked_payment(agreement.payment.clone())?;
		Self::ensure_payable(&payment, fee_rate)?;
		Self::ensure_ends(&payment)?;
		let check = |approvers| Self::checked_approvers(approvers, &payment, [&client, &provider]);
		let approvers = agreement.approvers.clone().map(check).transpose()?;
		let contract = NextContractId::<T>::get();
		let next = contract.next().ok_or(ArithmeticError::Overflow)?;
		let deposit = Self::storage_deposit(&agreement);
		let agent = T::Agents::agent_of_wallet(&provider);
		Self::hold(HoldReason::Deposit, &client, deposit)?;

		NextContractId::<T>::put(next);
		ContractsByParty::<T>::insert(&client, contract, ());
		ContractsByParty::<T>::insert(&provider, contract, ());
		let record = Contract {
			client: client.clone(),
			provider: provider.clone(),
			agent,
			job,
			terms: agreement.terms,
			review_period: agreement.review_period,
			approvers,
			bonds: agreement.bonds,
			fee_rate,
			deposit,
			state: ContractState::Open { accepted: false, payment },
		};
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::ContractOpened {
			contract,
			job,
			client,
			provider,
			agent,
			agreement,
			fee_rate,
			deposit,
		});
		Ok(contract)
	}

	/// See [`Pallet::accept`].
	pub(crate) fn do_accept(
		caller: T::AccountId,
		contract: ContractId,
		bonds: Bonds,
		total: Balance,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		ensure!(caller == record.provider, Error::<T>::NotProvider);
		let ContractState::Open { accepted, payment } = &mut record.state else {
			return Err(Error::<T>::AlreadyFunded.into());
		};
		ensure!(!*accepted, Error::<T>::AlreadyAccepted);
		ensure!(record.bonds == bonds, Error::<T>::BondsMismatch);
		ensure!(Self::total(payment)? == total, Error::<T>::TotalMismatch);
		Self::hold(HoldReason::Bond, &record.provider, bonds.provider)?;

		*accepted = true;
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::ContractAccepted { contract, bond: bonds.provider });
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
		let ContractState::Open { accepted, payment } = &record.state else {
			return Err(Error::<T>::AlreadyFunded.into());
		};
		ensure!(*accepted || record.bonds.provider == 0, Error::<T>::NotAccepted);
		let amount = Self::total(payment)?;
		ensure!(amount == expected, Error::<T>::TotalMismatch);
		let now = T::Clock::now();
		ensure!(now <= payment.first_end(), Error::<T>::MilestoneOverdue);
		// The existential deposit may have risen since the contract opened.
		Self::ensure_payable(payment, record.fee_rate)?;
		Self::ensure_agent_stayed(&record)?;
		let bond = record.bonds.client;
		Self::hold(HoldReason::Escrow, &record.client, amount)?;
		Self::hold(HoldReason::Bond, &record.client, bond)?;

		let commitment = if *accepted { Commitment::Accepted } else { Commitment::None };
		Self::begin_work(&record, commitment, now)?;
		let progress = Progress::from(payment);
		record.state =
			ContractState::Funded(Funded { since: now, commitment, bonds: record.bonds, progress });
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::ContractFunded { contract, amount, bond, since: now });
		Ok(())
	}

	/// See [`Pallet::cancel`].
	pub(crate) fn do_cancel(caller: T::AccountId, contract: ContractId) -> DispatchResult {
		let record = Self::contract_record(contract)?;
		match &record.state {
			ContractState::Open { payment, .. } => {
				let is_dead = payment.first_end() < T::Clock::now();
				ensure!(record.party(&caller).is_some() || is_dead, Error::<T>::NotParty);
				Self::close(contract, record, Sheet::default());
			},
			ContractState::Funded(funded) => {
				ensure!(caller == record.provider, Error::<T>::NotProvider);
				ensure!(record.job.is_none(), Error::<T>::Controlled);
				ensure!(funded.started().is_none(), Error::<T>::AlreadyStarted);
				Self::return_all(contract, record, RefundCause::Withdrawal)?;
			},
		}
		Ok(())
	}

	/// Checks that the agent which is to answer for `record` still works under the provider's account.
	///
	/// From the funding on an agent can neither leave nor be transferred. Before, it can: it would
	/// answer for work on which it, or its new owner, has no influence.
	fn ensure_agent_stayed(record: &Contract<T>) -> Result<(), Error<T>> {
		let Some(agent) = record.agent else { return Ok(()) };
		let is_there = T::Agents::agent_of_wallet(&record.provider) == Some(agent);
		ensure!(is_there, Error::<T>::AgentChanged);
		Ok(())
	}

	/// The contract with the id `contract`, if it is open or funded.
	pub(crate) fn contract_record(contract: ContractId) -> Result<Contract<T>, Error<T>> {
		Contracts::<T>::get(contract).ok_or(Error::<T>::ContractNotFound)
	}
}
