//! What happens to a funded milestone: submit, release, settle, refund.

use crate::*;
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
		let mut record = Self::contract_record(contract)?;
		ensure!(caller == record.provider, Error::<T>::NotProvider);
		let milestone = Self::outstanding(&mut record.state, index)?;
		ensure!(milestone.state == MilestoneState::Pending, Error::<T>::AlreadySubmitted);
		let at = T::Clock::now();
		ensure!(at <= milestone.due, Error::<T>::DuePassed);

		milestone.state = MilestoneState::Submitted { at, evidence };
		if let ContractState::Funded { accepted, .. } = &mut record.state {
			*accepted = true;
		}
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
		Self::pay_provider(contract, record, index, ReleaseCause::Approval)
	}

	/// See [`Pallet::settle`].
	pub(crate) fn do_settle(contract: ContractId, index: MilestoneIndex) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let milestone = Self::outstanding(&mut record.state, index)?;
		let MilestoneState::Submitted { at, .. } = milestone.state else {
			return Err(Error::<T>::NotSubmitted.into());
		};
		// The clock never goes back, so nothing saturates.
		let elapsed = T::Clock::now().saturating_sub(at);
		ensure!(elapsed >= record.review_period, Error::<T>::ReviewPeriodNotElapsed);
		Self::pay_provider(contract, record, index, ReleaseCause::Silence)
	}

	/// See [`Pallet::refund`].
	pub(crate) fn do_refund(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let milestone = Self::outstanding(&mut record.state, index)?;
		let missed = !milestone.is_in_time(T::Clock::now());
		let cause = if caller == record.provider {
			RefundCause::Withdrawal
		} else {
			ensure!(milestone.state == MilestoneState::Pending, Error::<T>::NotProvider);
			ensure!(missed, Error::<T>::DueNotPassed);
			RefundCause::MissedDue
		};

		milestone.state = MilestoneState::Refunded { missed };
		let amount = milestone.amount;
		let client = record.client.clone();
		Self::pay(contract, ClaimKind::Refund, &client, &client, amount);
		Self::deposit_event(Event::MilestoneRefunded {
			contract,
			milestone: index,
			client,
			amount,
			cause,
			missed,
		});
		Self::store_or_close(contract, record);
		Ok(())
	}

	/// Pays an outstanding milestone to the provider, less the fee.
	fn pay_provider(
		contract: ContractId,
		mut record: Contract<T>,
		index: MilestoneIndex,
		cause: ReleaseCause,
	) -> DispatchResult {
		let milestone = Self::outstanding(&mut record.state, index)?;

		let on_time = milestone.is_in_time(T::Clock::now());
		let amount = milestone.amount;
		let fee = Self::take_fee(contract, &record.client, record.fee_rate.mul_ceil(amount));
		milestone.state = MilestoneState::Released { fee, on_time };
		let provider = record.provider.clone();
		// A rate is at most one, so the fee is at most the amount.
		let net = amount.saturating_sub(fee);
		Self::pay(contract, ClaimKind::Payment, &record.client, &provider, net);
		Self::deposit_event(Event::MilestoneReleased {
			contract,
			milestone: index,
			provider,
			amount,
			fee,
			cause,
			on_time,
		});
		Self::store_or_close(contract, record);
		Ok(())
	}

	/// The milestone at `index`, if its money waits for a decision.
	fn outstanding(
		state: &mut ContractState<T>,
		index: MilestoneIndex,
	) -> Result<&mut Milestone, Error<T>> {
		let ContractState::Funded { milestones, .. } = state else {
			return Err(Error::<T>::NotFunded);
		};
		let milestone =
			milestones.get_mut(index.position()).ok_or(Error::<T>::MilestoneNotFound)?;
		ensure!(milestone.state.is_outstanding(), Error::<T>::MilestoneConcluded);
		Ok(milestone)
	}
}
