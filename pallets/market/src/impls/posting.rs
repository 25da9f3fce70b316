//! From a wish to an open job, and back when nobody gets it: post, cancel, expire.

use super::counters::add_one;
use crate::*;
use aitbc_core::{uri, Balance, BlockNumber, JobId};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
	BoundedVec,
};
use sp_runtime::{
	traits::SaturatedConversion, ArithmeticError, DispatchError, DispatchResult, Perbill,
};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::post`].
	pub(crate) fn do_post(
		client: T::AccountId,
		work: WorkTerms<T::AccountId, Vec<u8>>,
		demand: Demand,
		bidding: BiddingWindow,
	) -> DispatchResult {
		let work = Self::checked_work(work)?;
		Self::ensure_capability(demand.capability)?;
		Self::ensure_minimum(&demand.requirements.resource)?;
		ensure!(demand.max_backups <= MAX_BACKUPS, Error::<T>::TooManyBackups);
		Self::cost(&work, demand.price_limit)?;
		Self::ensure_window(&bidding)?;
		let (id, deposits) = Self::add_job(&client, &work, &demand, Some(bidding))?;

		OpenJobs::<T>::insert(demand.capability, id, ());
		let state = JobState::Bidding(bidding);
		Jobs::<T>::insert(id, Self::new_job(client, work, demand, deposits, state));
		Ok(())
	}

	/// See [`Pallet::cancel`]. Says how many bids there were.
	pub(crate) fn do_cancel(caller: T::AccountId, id: JobId) -> Result<u32, DispatchError> {
		let job = Self::job_record(id)?;
		ensure!(caller == job.client, Error::<T>::NotClient);
		ensure!(matches!(job.state, JobState::Bidding(_)), Error::<T>::AlreadyAssigned);

		let bids = Self::remove_unassigned(id, job);
		Self::count(|counters| add_one(&mut counters.cancelled));
		Self::deposit_event(Event::JobCancelled { job: id });
		Ok(bids)
	}

	/// See [`Pallet::expire`]. Says how many bids there were.
	pub(crate) fn do_expire(id: JobId) -> Result<u32, DispatchError> {
		let job = Self::job_record(id)?;
		let JobState::Bidding(BiddingWindow { assign_by, .. }) = job.state else {
			return Err(Error::<T>::AlreadyAssigned.into());
		};
		ensure!(T::Clock::now() > assign_by, Error::<T>::AssignmentNotEnded);

		let bids = Self::remove_unassigned(id, job);
		Self::count(|counters| add_one(&mut counters.expired));
		Self::deposit_event(Event::JobExpired { job: id });
		Ok(bids)
	}

	/// The job with the id `id`, if it has not ended.
	pub(crate) fn job_record(id: JobId) -> Result<JobOf<T>, Error<T>> {
		Jobs::<T>::get(id).ok_or(Error::<T>::JobNotFound)
	}

	/// Gives a new job its id, holds its deposits and tells of it. The caller stores it.
	pub(crate) fn add_job(
		client: &T::AccountId,
		work: &WorkTerms<T::AccountId, UriOf<T>>,
		demand: &Demand,
		bidding: Option<BiddingWindow>,
	) -> Result<(JobId, JobDeposits), DispatchError> {
		let job = NextJobId::<T>::get();
		let next = job.next().ok_or(ArithmeticError::Overflow)?;
		let deposits = Self::deposits_of(work, demand.max_backups);
		Self::hold(HoldReason::Deposit, client, deposits.total())?;

		NextJobId::<T>::put(next);
		JobsByParty::<T>::insert(client, job, ());
		Self::count(|counters| add_one(&mut counters.posted));
		Self::deposit_event(Event::JobPosted {
			job,
			client: client.clone(),
			work: work.clone(),
			demand: demand.clone(),
			bidding,
			deposits,
		});
		Ok((job, deposits))
	}

	/// A job that nobody has had yet.
	pub(crate) fn new_job(
		client: T::AccountId,
		work: WorkTerms<T::AccountId, UriOf<T>>,
		demand: Demand,
		deposits: JobDeposits,
		state: JobState<T::AccountId>,
	) -> JobOf<T> {
		let (past, receipts) = (BoundedVec::new(), BoundedVec::new());
		Job { client, work, demand, deposits, past, receipts, state }
	}

	/// The storage deposits of a job for `work`.
	pub fn deposits_of<Uri: AsRef<[u8]>>(
		work: &WorkTerms<T::AccountId, Uri>,
		max_backups: u32,
	) -> JobDeposits {
		let uri_length = work.specification.uri.as_ref().len().saturated_into();
		let milestones = match &work.payment {
			PaymentPlan::Milestones(plan) => plan.len().saturated_into(),
			PaymentPlan::Stream { .. } | PaymentPlan::Metered { .. } => 0,
		};
		Self::job_deposits(uri_length, milestones, max_backups)
	}

	/// What all of `work` costs at `price`, in plancks, if any account could take each payment.
	pub(crate) fn cost<Uri>(
		work: &WorkTerms<T::AccountId, Uri>,
		price: Balance,
	) -> Result<Balance, DispatchError> {
		ensure!(price > 0, Error::<T>::PriceZero);
		let scope = work.whole();
		let cost = work.payment.cost(&scope, price).ok_or(ArithmeticError::Overflow)?;
		let least =
			work.payment.smallest_payment(&scope, price).ok_or(ArithmeticError::Overflow)?;
		ensure!(least >= T::Currency::minimum_balance(), Error::<T>::PriceTooLow);
		Ok(cost)
	}

	/// Checks what is to be done and how it is paid for, whatever it costs.
	pub(crate) fn checked_work(
		work: WorkTerms<T::AccountId, Vec<u8>>,
	) -> Result<WorkTerms<T::AccountId, UriOf<T>>, Error<T>> {
		Self::ensure_uri(&work.specification.uri)?;
		ensure!(work.units > 0, Error::<T>::UnitsZero);
		ensure!(work.start_within > 0, Error::<T>::DurationZero);
		match &work.payment {
			PaymentPlan::Milestones(plan) => Self::ensure_milestones(plan)?,
			PaymentPlan::Stream { blocks } | PaymentPlan::Metered { blocks, .. } => {
				ensure!(*blocks > 0, Error::<T>::DurationZero);
			},
		}
		let duration = work.start_within.saturating_add(work.payment.duration());
		ensure!(duration <= T::MaxDuration::get(), Error::<T>::DurationTooLong);
		Self::ensure_review_period(work.review_period)?;
		// The length was checked with the form.
		Ok(work.map_uri(BoundedVec::truncate_from))
	}

	/// Checks the form of a URI, which the chain can't fetch.
	fn ensure_uri(uri: &[u8]) -> Result<(), Error<T>> {
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		let most: usize = T::MaxUriLength::get().saturated_into();
		ensure!(uri.len() <= most, Error::<T>::UriTooLong);
		ensure!(uri::is_absolute(uri), Error::<T>::UriMalformed);
		Ok(())
	}

	/// Checks that the shares of `plan` make a whole.
	fn ensure_milestones(plan: &[MilestonePlan]) -> Result<(), Error<T>> {
		ensure!(!plan.is_empty(), Error::<T>::NoMilestones);
		ensure!(plan.iter().all(|one| !one.share.is_zero()), Error::<T>::ShareZero);
		let sum: u64 = plan.iter().map(|one| u64::from(one.share.deconstruct())).sum();
		ensure!(sum == u64::from(Perbill::one().deconstruct()), Error::<T>::SharesNotWhole);
		Ok(())
	}

	/// Checks that the client will have time to review, and not for ever.
	fn ensure_review_period(review_period: BlockNumber) -> Result<(), Error<T>> {
		ensure!(review_period >= T::MinReviewPeriod::get(), Error::<T>::ReviewPeriodTooShort);
		ensure!(review_period <= T::MaxReviewPeriod::get(), Error::<T>::ReviewPeriodTooLong);
		Ok(())
	}

	/// Checks that there is time to bid and to decide, and not for ever.
	fn ensure_window(bidding: &BiddingWindow) -> Result<(), Error<T>> {
		let now = T::Clock::now();
		ensure!(bidding.until > now, Error::<T>::BiddingEndNotInFuture);
		ensure!(bidding.assign_by >= bidding.until, Error::<T>::AssignmentBeforeBiddingEnd);
		let latest = now.saturating_add(T::MaxBiddingPeriod::get());
		ensure!(bidding.assign_by <= latest, Error::<T>::AssignmentTooLate);
		Ok(())
	}

	/// Removes a job that nobody ever got, and says how many bids it had.
	fn remove_unassigned(id: JobId, job: JobOf<T>) -> u32 {
		let bids = Self::release_bids(id, BidEnd::JobEnded);
		Jobs::<T>::remove(id);
		OpenJobs::<T>::remove(job.demand.capability, id);
		JobsByParty::<T>::remove(&job.client, id);
		Self::give_back(ClaimKind::Deposit, &job.client, job.deposits.total());
		bids
	}
}
