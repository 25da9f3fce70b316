//! When a provider fails: the job goes on to a backup, or ends.

use super::{counters::add_one, work::AssignedJob};
use crate::*;
use aitbc_core::{Balance, BlockNumber, JobId};
use aitbc_traits::{ContractStanding, DeadlineClock, Escrow, OnContractClosed};
use frame_support::{ensure, storage::with_storage_layer, weights::Weight};
use sp_runtime::{traits::SaturatedConversion, DispatchError};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::give_up`]. Says how many backups there were.
	pub(crate) fn do_give_up(caller: T::AccountId, id: JobId) -> Result<u32, DispatchError> {
		let assigned = Self::job_of_provider(&caller, id)?;
		let standing = T::Escrow::standing(assigned.lease.contract).unwrap_or_default();
		ensure!(!standing.under_review, Error::<T>::UnderReview);
		// Nothing goes on of a stream or a meter whose time is over, or that its client has stopped.
		let is_over = standing.overdue && !assigned.lease.has_milestones();
		Self::fail(id, assigned, LeaseEnd::GivenUp, !is_over && !standing.under_notice)
	}

	/// See [`Pallet::report`]. Says how many backups there were.
	pub(crate) fn do_report(id: JobId) -> Result<u32, DispatchError> {
		let assigned = Self::assigned_job(id)?;
		let Some(standing) = T::Escrow::standing(assigned.lease.contract) else {
			return Ok(Self::end_without_contract(id, assigned));
		};
		ensure!(!standing.under_review, Error::<T>::UnderReview);
		let AssignedJob { lease, start_by, .. } = &assigned;
		let cause = Self::failure(lease, *start_by, &standing).ok_or(Error::<T>::NotOverdue)?;
		// A meter may be stopped before its provider starts.
		Self::fail(id, assigned, cause, !standing.under_notice)
	}

	/// What the provider of a lease that was to start by `start_by` failed at, as of now, if it did.
	///
	/// A stream or a meter whose time has ended did not fail: it is ended on the escrow, where the
	/// provider of a meter still has time to bring in its last voucher.
	pub(super) fn failure(
		lease: &LeaseOf<T>,
		start_by: BlockNumber,
		standing: &ContractStanding,
	) -> Option<LeaseEnd> {
		match standing.started {
			None => (T::Clock::now() > start_by).then_some(LeaseEnd::StartMissed),
			Some(_) => (lease.has_milestones() && standing.overdue).then_some(LeaseEnd::DueMissed),
		}
	}

	/// The most that the failure of a provider weighs when the job has `backups`, and this pallet's
	/// part in it `own`.
	pub(crate) fn failure_weight(own: Weight, backups: u32) -> Weight {
		let heard = <Self as OnContractClosed<T::AccountId, Balance>>::weight();
		let engaged = T::Escrow::engage_weight().saturating_mul(backups.into());
		own.saturating_add(T::Escrow::terminate_weight())
			.saturating_add(heard)
			.saturating_add(engaged)
	}

	/// Ends the lease, and gives the job to the first backup that can take over if it `goes_on`, or
	/// ends it. Says how many backups there were.
	fn fail(
		id: JobId,
		assigned: AssignedJob<T>,
		cause: LeaseEnd,
		goes_on: bool,
	) -> Result<u32, DispatchError> {
		let AssignedJob { mut job, lease, .. } = assigned;
		let Lease { contract, price, scope, .. } = lease.clone();
		job.state = JobState::Reassigning { lease, cause };
		Jobs::<T>::insert(id, job);
		let remainder = T::Escrow::terminate(id, contract)?;
		// The escrow has told us by now, and the job has one more past lease.
		let job = Self::job_record(id)?;
		let has_heard = job.past.last().is_some_and(|past| past.contract == contract);
		ensure!(has_heard, DispatchError::Corruption);
		let backups = Bids::<T>::decode_len(id).unwrap_or_default().saturated_into();
		let successor = scope
			.rest(&remainder, price)
			.filter(|_| goes_on)
			.and_then(|rest| Self::hand_over(id, &job, rest, remainder.amount));
		match successor {
			Some((state, bond)) => {
				Self::count(|counters| add_one(&mut counters.reassigned));
				Self::put_assigned(id, Job { state, ..job }, bond);
			},
			None => Self::conclude(id, job),
		}
		Ok(backups)
	}

	/// Engages the first backup that does `rest` for at most `most` plancks, and says what the job's
	/// state is then and what that backup has at risk. Those before it are released.
	fn hand_over(
		id: JobId,
		job: &JobOf<T>,
		rest: Scope,
		most: Balance,
	) -> Option<(JobState<T::AccountId>, Balance)> {
		let backups = Bids::<T>::get(id);
		for (place, bid) in backups.iter().enumerate() {
			let state = Self::take_over(id, job, bid, &rest, most);
			let later = backups.iter().skip(place.saturating_add(1)).cloned().collect();
			Self::put_bids(id, later);
			match state {
				Ok(state) => return Some((state, bid.terms.bond)),
				Err(_) => Self::release_bid(id, bid, BidEnd::Skipped),
			}
		}
		None
	}

	/// Engages one backup that does `rest` for at most `most` plancks, or changes nothing.
	fn take_over(
		id: JobId,
		job: &JobOf<T>,
		bid: &BidOf<T>,
		rest: &Scope,
		most: Balance,
	) -> Result<JobState<T::AccountId>, DispatchError> {
		let cost = job.work.payment.cost(rest, bid.terms.price);
		ensure!(cost.is_some_and(|cost| cost <= most), Error::<T>::PriceAboveLimit);
		with_storage_layer(|| {
			Self::free_bond(bid)?;
			Self::engage(id, &job.client, &job.work, bid, rest.clone())
		})
	}

	/// Ends a job whose contract is gone without a word, which no escrow does. Nobody's money stays
	/// because of it. Says how many backups there were.
	fn end_without_contract(id: JobId, assigned: AssignedJob<T>) -> u32 {
		let AssignedJob { mut job, lease, .. } = assigned;
		log::error!(
			target: LOG_TARGET,
			"contract {} of job {} is gone, and the escrow did not say so",
			lease.contract.0,
			id.0,
		);
		let backups = Bids::<T>::decode_len(id).unwrap_or_default().saturated_into();
		Self::vacate(lease.offer, lease.units);
		// Nothing is known of how this lease ended, so nothing is kept of it. An account has one lease
		// of a job at most.
		JobsByParty::<T>::remove(&lease.account, id);
		job.receipts.retain(|receipt| receipt.contract != lease.contract);
		Self::conclude(id, job);
		backups
	}
}
