//! What the provider does that has the job: start, submit.

use crate::*;
use aitbc_core::{BlockNumber, EvidenceHash, JobId};
use aitbc_traits::Escrow;
use frame_support::ensure;
use sp_runtime::{DispatchError, DispatchResult};

/// A job that somebody has.
pub(super) struct AssignedJob<T: Config> {
	pub job: JobOf<T>,
	pub lease: LeaseOf<T>,
	pub start_by: BlockNumber,
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::start`].
	pub(crate) fn do_start(caller: T::AccountId, id: JobId) -> DispatchResult {
		let AssignedJob { lease, .. } = Self::job_of_provider(&caller, id)?;
		let contract = lease.contract;
		T::Escrow::start(id, contract)?;

		Self::deposit_event(Event::JobStarted { job: id, contract });
		Ok(())
	}

	/// See [`Pallet::submit`].
	pub(crate) fn do_submit(
		caller: T::AccountId,
		id: JobId,
		milestone: Option<PlanIndex>,
		evidence: EvidenceHash,
	) -> DispatchResult {
		let AssignedJob { mut job, lease, .. } = Self::job_of_provider(&caller, id)?;
		let contract = lease.contract;
		let milestone = match (milestone, &lease.scope) {
			(None, Scope::Stream { .. } | Scope::Metered { .. }) => None,
			(Some(place), scope) => {
				Some(scope.milestone_of(place).ok_or(Error::<T>::MilestoneNotFound)?)
			},
			(None, Scope::Milestones(_)) => return Err(Error::<T>::MilestoneNotFound.into()),
		};
		match milestone {
			Some(milestone) => T::Escrow::submit(id, contract, milestone, evidence)?,
			None => {
				let standing = T::Escrow::standing(contract);
				let has_started = standing.is_some_and(|standing| standing.started.is_some());
				ensure!(has_started, Error::<T>::NotStarted);
			},
		}

		let receipt = WorkReceipt { contract, milestone, evidence };
		job.receipts.retain(|old| (old.contract, old.milestone) != (contract, milestone));
		// Each milestone of the plan has one, or else each lease, and there are no more of these than
		// the list has room for.
		job.receipts.try_push(receipt).map_err(|_| DispatchError::Corruption)?;
		Jobs::<T>::insert(id, job);
		Self::deposit_event(Event::ReceiptFiled { job: id, receipt });
		Ok(())
	}

	/// The job with the id `id`, if somebody has it.
	pub(super) fn assigned_job(id: JobId) -> Result<AssignedJob<T>, Error<T>> {
		let job = Self::job_record(id)?;
		match job.state.clone() {
			JobState::Assigned { lease, start_by } => Ok(AssignedJob { job, lease, start_by }),
			JobState::Bidding(_) | JobState::Reassigning { .. } => Err(Error::<T>::NotAssigned),
		}
	}

	/// The job with the id `id`, if `caller` has it.
	pub(super) fn job_of_provider(
		caller: &T::AccountId,
		id: JobId,
	) -> Result<AssignedJob<T>, Error<T>> {
		let assigned = Self::assigned_job(id)?;
		ensure!(*caller == assigned.lease.account, Error::<T>::NotProvider);
		Ok(assigned)
	}
}
