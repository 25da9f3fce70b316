//! When a contract closes, whoever closed it; what is kept of the job then, and for how long.

use super::counters::{add, add_one};
use crate::*;
use aitbc_core::{Balance, ClosedContract, JobId};
use aitbc_traits::{DeadlineClock, OnContractClosed, OnJobSettled};
use frame_support::{defensive, ensure, traits::Get, weights::Weight};
use sp_runtime::DispatchResult;

impl<T: Config> OnContractClosed<T::AccountId, Balance> for Pallet<T> {
	fn on_contract_closed(closed: &ClosedContract<T::AccountId, Balance>) {
		// Contracts of two parties alone are no business of the market.
		let Some(id) = closed.job else { return };
		let Some(job) = Jobs::<T>::get(id) else {
			log::error!(target: LOG_TARGET, "a contract closed of job {}, which is gone", id.0);
			return;
		};
		match job.state.clone() {
			JobState::Assigned { lease, .. } if lease.contract == closed.contract => {
				let job = Self::end_lease(id, job, lease, closed, LeaseEnd::Closed);
				Self::conclude(id, job);
			},
			JobState::Reassigning { lease, cause } if lease.contract == closed.contract => {
				let job = Self::end_lease(id, job, lease, closed, cause);
				// Who is reassigning goes on from here.
				Jobs::<T>::insert(id, job);
			},
			_ => {
				let (contract, id) = (closed.contract.0, id.0);
				log::error!(target: LOG_TARGET, "contract {contract} is not that of job {id}");
				return;
			},
		}
		T::OnJobSettled::on_job_settled(id, closed);
	}

	fn weight() -> Weight {
		T::WeightInfo::on_contract_closed().saturating_add(T::OnJobSettled::weight())
	}
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::forget`].
	pub(crate) fn do_forget(id: JobId) -> DispatchResult {
		let settled = SettledJobs::<T>::get(id).ok_or(Error::<T>::JobNotFound)?;
		// The clock never goes back, so nothing saturates.
		let elapsed = T::Clock::now().saturating_sub(settled.settled_at);
		ensure!(elapsed >= T::RetentionPeriod::get(), Error::<T>::RetentionPeriodNotElapsed);

		SettledJobs::<T>::remove(id);
		let SettledJob { client, leases, deposit, .. } = settled;
		JobsByParty::<T>::remove(&client, id);
		for lease in leases {
			JobsByParty::<T>::remove(&lease.account, id);
		}
		Self::give_back(ClaimKind::Deposit, &client, deposit);
		Self::deposit_event(Event::JobForgotten { job: id, client, deposit });
		Ok(())
	}

	/// Takes note of what became of a lease. The caller stores the job.
	fn end_lease(
		id: JobId,
		mut job: JobOf<T>,
		lease: LeaseOf<T>,
		closed: &ClosedContract<T::AccountId, Balance>,
		cause: LeaseEnd,
	) -> JobOf<T> {
		Self::vacate(lease.offer, lease.units);
		let past = PastLease::new(lease.agent, closed);
		if job.past.try_push(past.clone()).is_err() {
			defensive!("a job goes to no more than the first and each backup");
		}
		Self::count(|counters| {
			add(&mut counters.value_settled, closed.released);
			if closed.disputed {
				add_one(&mut counters.disputed);
			}
		});
		Self::deposit_event(Event::LeaseEnded { job: id, lease: past, cause });
		job
	}

	/// Ends a job that somebody had got: releases its backups, and keeps what receipts are checked
	/// against.
	pub(super) fn conclude(id: JobId, job: JobOf<T>) {
		Self::release_bids(id, BidEnd::JobEnded);
		Jobs::<T>::remove(id);
		let Job { client, work, deposits, past: leases, receipts, .. } = job;
		Self::give_back(ClaimKind::Deposit, &client, deposits.job);
		let (outcome, at) = (JobOutcome::of(&leases), T::Clock::now());
		Self::count(|counters| match outcome {
			JobOutcome::Completed => add_one(&mut counters.completed),
			JobOutcome::Partial => add_one(&mut counters.partial),
			JobOutcome::Refunded => add_one(&mut counters.refunded),
		});
		let settled = SettledJob {
			client: client.clone(),
			specification: work.specification.hash,
			leases,
			receipts,
			outcome,
			settled_at: at,
			deposit: deposits.record,
		};
		let paid = settled.paid();
		SettledJobs::<T>::insert(id, settled);
		Self::deposit_event(Event::JobSettled { job: id, client, outcome, paid, at });
	}
}
