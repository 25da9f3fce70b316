//! What happens to a funded milestone: submit, release, settle, refund.

use crate::{
	types::{position, Money},
	*,
};
use aitbc_core::{ContractId, EvidenceHash};
use aitbc_traits::DeadlineClock;
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::submit`].
	pub(crate) fn do_submit(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
		evidence: EvidenceHash,
	) -> DispatchResult {
		let record = Self::contract_record(contract)?;
		ensure!(caller == record.provider, Error::<T>::NotProvider);
		ensure!(record.job.is_none(), Error::<T>::Controlled);
		Self::submit_record(contract, record, index, evidence)
	}

	/// The provider of `record` submits a milestone.
	pub(crate) fn submit_record(
		contract: ContractId,
		mut record: Contract<T>,
		index: MilestoneIndex,
		evidence: EvidenceHash,
	) -> DispatchResult {
		let milestone = Self::outstanding(record.money()?.funded, index)?;
		ensure!(milestone.state.is_pending(), Error::<T>::AlreadySubmitted);
		let at = T::Clock::now();
		ensure!(at <= milestone.due, Error::<T>::DuePassed);

		let approvals = Approvals::default();
		milestone.state = MilestoneState::Submitted { at, evidence, approvals, offer: None };
		Self::note_start(contract, record.money()?)?;
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::MilestoneSubmitted { contract, milestone: index, at, evidence });
		Ok(())
	}

	/// See [`Pallet::release`].
	pub(crate) fn do_release(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
	) -> DispatchResult {
		let record = Self::contract_record(contract)?;
		ensure!(caller == record.client, Error::<T>::NotClient);
		Self::pay_milestone(contract, record, index, ReleaseCause::Approval)
	}

	/// See [`Pallet::settle`].
	pub(crate) fn do_settle(contract: ContractId, index: MilestoneIndex) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let Money { funded, review_period, .. } = record.money()?;
		let milestone = Self::outstanding(funded, index)?;
		let MilestoneState::Submitted { at, .. } = milestone.state else {
			return Err(Error::<T>::NotSubmitted.into());
		};
		// The clock never goes back, so nothing saturates.
		let elapsed = T::Clock::now().saturating_sub(at);
		ensure!(elapsed >= review_period, Error::<T>::ReviewPeriodNotElapsed);
		Self::pay_milestone(contract, record, index, ReleaseCause::Silence)
	}

	/// See [`Pallet::refund`].
	pub(crate) fn do_refund(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		ensure!(record.job.is_none(), Error::<T>::Controlled);
		let Money { client, provider, funded, .. } = record.money()?;
		let started = funded.started();
		let milestone = Self::outstanding(funded, index)?;
		let now = T::Clock::now();
		let cause = if caller == *provider {
			RefundCause::Withdrawal
		} else {
			ensure!(milestone.state.is_pending(), Error::<T>::NotProvider);
			ensure!(!milestone.is_in_time(now), Error::<T>::DueNotPassed);
			RefundCause::MissedDue
		};

		let missed = milestone.is_missed(now, started);
		milestone.state = MilestoneState::Refunded { missed };
		let (client, amount) = (client.clone(), milestone.amount);
		Self::pay(contract, ClaimKind::Refund, &client, &client, amount);
		Self::deposit_event(Event::MilestoneRefunded {
			contract,
			milestone: index,
			client,
			amount,
			cause,
			missed,
		});
		if missed {
			let penalty = Self::penalty_for_missing(&record, [amount]);
			Self::slash(contract, &mut record, Party::Provider, penalty);
		}
		Self::store_or_close(contract, record);
		Ok(())
	}

	/// Pays an outstanding milestone to the provider, less the fee.
	pub(crate) fn pay_milestone(
		contract: ContractId,
		mut record: Contract<T>,
		index: MilestoneIndex,
		cause: ReleaseCause,
	) -> DispatchResult {
		let Money { client, provider, fee_rate, funded, .. } = record.money()?;
		let milestone = Self::outstanding(funded, index)?;

		let on_time = milestone.is_in_time(T::Clock::now());
		let amount = milestone.amount;
		let fee = Self::pay_for_work(contract, client, provider, amount, fee_rate.mul_ceil(amount));
		milestone.state = MilestoneState::Released { fee, on_time };
		Self::deposit_event(Event::MilestoneReleased {
			contract,
			milestone: index,
			provider: provider.clone(),
			amount,
			fee,
			cause,
			on_time,
		});
		Self::store_or_close(contract, record);
		Ok(())
	}

	/// The milestone at `index`, if its money waits for a decision that is not a ruling's.
	pub(crate) fn outstanding(
		funded: &mut Funded<T>,
		index: MilestoneIndex,
	) -> Result<&mut Milestone, Error<T>> {
		let milestones = funded.milestones_mut()?;
		let milestone = milestones.get_mut(position(index)).ok_or(Error::<T>::MilestoneNotFound)?;
		ensure!(milestone.state.is_outstanding(), Error::<T>::MilestoneConcluded);
		let is_disputed = matches!(milestone.state, MilestoneState::Disputed { .. });
		ensure!(!is_disputed, Error::<T>::UnderDispute);
		Ok(milestone)
	}
}
