//! The end of a stream or a meter, and of all that is outstanding at once.

use crate::{
	types::{Money, Sheet},
	*,
};
use aitbc_core::{Balance, ContractId};
use aitbc_traits::{DeadlineClock, Remainder};
use alloc::vec::Vec;
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::stop`].
	pub(crate) fn do_stop(caller: T::AccountId, contract: ContractId) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let (party, is_controlled) = (record.party(&caller), record.job.is_some());
		let Money { funded, review_period, .. } = record.money()?;
		let now = T::Clock::now();
		let is_over = match &funded.progress {
			Progress::Milestones(_) => return Err(Error::<T>::PaidByMilestones.into()),
			Progress::Stream(stream) => {
				ensure!(stream.dispute.is_none(), Error::<T>::UnderDispute);
				now > stream.until
			},
			Progress::Metered(meter) => {
				let until = meter.vouchers_until(review_period).ok_or(Error::<T>::UnderDispute)?;
				now > until
			},
		};
		if !is_over {
			let party = party.ok_or_else(|| Self::why_not_stopped_yet(&funded.progress))?;
			ensure!(party == Party::Client || !is_controlled, Error::<T>::Controlled);
			if let (Party::Client, Progress::Metered(_)) = (party, &funded.progress) {
				return Self::give_notice(contract, record);
			}
		}
		Self::end(contract, record)?;
		Ok(())
	}

	/// Why a stranger can't stop yet.
	fn why_not_stopped_yet(progress: &Progress<T>) -> Error<T> {
		match progress {
			Progress::Metered(Meter { phase: MeterPhase::Stopping { .. }, .. }) => {
				Error::<T>::NoticeNotElapsed
			},
			_ => Error::<T>::NotParty,
		}
	}

	/// The client gives notice to a meter: the provider may still bring in a last voucher.
	fn give_notice(contract: ContractId, mut record: Contract<T>) -> DispatchResult {
		let Money { funded, review_period, .. } = record.money()?;
		let meter = funded.meter_mut()?;
		ensure!(meter.phase == MeterPhase::Running, Error::<T>::NoticeNotElapsed);

		let since = T::Clock::now();
		meter.phase = MeterPhase::Stopping { since };
		let vouchers_until = meter.vouchers_until(review_period).ok_or(Error::<T>::UnderDispute)?;
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::MeterStopping { contract, since, vouchers_until });
		Ok(())
	}

	/// Pays what a stream earned, returns what it or a meter still holds, and closes the contract.
	/// Says how much returned, and how many units were not billed.
	fn end(contract: ContractId, mut record: Contract<T>) -> Result<(Balance, u64), Error<T>> {
		let is_stream = matches!(record.money()?.funded.progress, Progress::Stream(_));
		if is_stream {
			Self::pay_earned(contract, record.money()?)?;
		}
		let Money { client, funded, .. } = record.money()?;
		let (paid, fee, amount, units) = match &funded.progress {
			Progress::Milestones(_) => return Err(Error::<T>::PaidByMilestones),
			Progress::Stream(stream) => (stream.paid, stream.fee, stream.held, 0),
			Progress::Metered(meter) => (meter.paid(), meter.fee, meter.held(), meter.unbilled()),
		};
		Self::pay(contract, ClaimKind::Refund, client, client, amount);
		let client = client.clone();
		Self::deposit_event(Event::RemainderRefunded { contract, client, amount });
		let sheet =
			Sheet { released: paid, refunded: amount, fee, on_time: paid, ..Sheet::default() };
		Self::close(contract, record, sheet);
		Ok((amount, units))
	}

	/// Returns all that is outstanding to the client, slashes for what was missed, and closes the
	/// contract. Nothing of it is under review.
	///
	pub(crate) fn return_all(
		contract: ContractId,
		mut record: Contract<T>,
		cause: RefundCause,
	) -> Result<Remainder, Error<T>> {
		let Money { client, funded, .. } = record.money()?;
		let started = funded.started();
		let Ok(milestones) = funded.milestones_mut() else {
			let (amount, units) = Self::end(contract, record)?;
			return Ok(Remainder { amount, units, ..Remainder::default() });
		};
		let now = T::Clock::now();
		let mut remainder = Remainder::default();
		let mut refunds = Vec::new();
		let mut missed_amounts = Vec::new();
		for (index, milestone) in (0..).map(MilestoneIndex).zip(milestones) {
			if !milestone.state.is_pending() {
				continue;
			}
			let missed = milestone.is_missed(now, started);
			milestone.state = MilestoneState::Refunded { missed };
			// The sum of all amounts is a balance.
			remainder.amount = remainder.amount.saturating_add(milestone.amount);
			remainder.milestones.push(index);
			if missed {
				missed_amounts.push(milestone.amount);
			}
			refunds.push((index, milestone.amount, missed));
		}
		let client = client.clone();
		Self::pay(contract, ClaimKind::Refund, &client, &client, remainder.amount);
		for (milestone, amount, missed) in refunds {
			Self::deposit_event(Event::MilestoneRefunded {
				contract,
				milestone,
				client: client.clone(),
				amount,
				cause,
				missed,
			});
		}
		let penalty = Self::penalty_for_missing(&record, missed_amounts);
		Self::slash(contract, &mut record, Party::Provider, penalty);
		remainder.slashed = record.bonds.provider.saturating_sub(record.bonds_held().provider);
		Self::store_or_close(contract, record);
		Ok(remainder)
	}
}
