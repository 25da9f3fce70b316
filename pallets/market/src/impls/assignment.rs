//! From a bid or an offer to a lease, with all money on the escrow.

use super::counters::add_one;
use crate::*;
use aitbc_core::{AgentId, Agreement, Balance, Bonds, JobId, OfferId};
use aitbc_traits::{DeadlineClock, Escrow};
use alloc::vec::Vec;
use frame_support::{ensure, storage::with_storage_layer};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::assign`]. Says how many bids there were.
	pub(crate) fn do_assign(
		caller: T::AccountId,
		id: JobId,
		agent: AgentId,
		expected: BidTerms,
	) -> Result<u32, DispatchError> {
		let mut job = Self::job_record(id)?;
		ensure!(caller == job.client, Error::<T>::NotClient);
		let JobState::Bidding(BiddingWindow { assign_by, .. }) = job.state else {
			return Err(Error::<T>::AlreadyAssigned.into());
		};
		ensure!(T::Clock::now() <= assign_by, Error::<T>::AssignmentEnded);
		let mut bids = Bids::<T>::get(id).into_inner();
		let count = bids.len().saturated_into();
		let bid = Self::take_bid(&mut bids, agent)?;
		ensure!(bid.terms == expected, Error::<T>::BidChanged);
		job.state = with_storage_layer(|| {
			Self::free_bond(&bid)?;
			Self::engage(id, &job.client, &job.work, &bid, job.work.whole())
		})?;

		OpenJobs::<T>::remove(job.demand.capability, id);
		Self::keep_backups(id, bids, expected.price, job.demand.max_backups);
		Self::count(|counters| add_one(&mut counters.assigned));
		Self::put_assigned(id, job, expected.bond);
		Ok(count)
	}

	/// See [`Pallet::hire`].
	pub(crate) fn do_hire(
		client: T::AccountId,
		offer: OfferId,
		work: WorkTerms<T::AccountId, Vec<u8>>,
		expected_price: Balance,
	) -> DispatchResult {
		let work = Self::checked_work(work)?;
		let Offer { agent, account, terms, .. } = Self::offer_record(offer)?;
		Self::ensure_capability(terms.capability)?;
		let price = Self::hiring_price(&terms, &work).ok_or(ArithmeticError::Overflow)?;
		ensure!(price == expected_price, Error::<T>::PriceChanged);
		Self::ensure_units(&terms, work.units)?;
		let bond = Self::least_bond(Self::cost(&work, price)?);
		let demand = Demand {
			capability: terms.capability,
			unit: terms.unit,
			requirements: Requirements::default(),
			price_limit: price,
			max_backups: 0,
		};
		let terms = BidTerms { offer, price, bond };
		let at = T::Clock::now();
		let bid = Bid { agent, account, terms, stays_as_backup: false, at };
		with_storage_layer(|| {
			let (id, deposits) = Self::add_job(&client, &work, &demand, None)?;
			let state = Self::engage(id, &client, &work, &bid, work.whole())?;
			Self::count(|counters| add_one(&mut counters.assigned));
			Self::put_assigned(id, Self::new_job(client, work, demand, deposits, state), bond);
			Ok(())
		})
	}

	/// What `work` costs by an offer on `terms`, as [`BidTerms::price`]. `None` when that is no
	/// balance.
	///
	/// Rounded down for a stream, so that the client never pays more than was offered.
	pub(crate) fn hiring_price<Uri>(
		terms: &OfferTerms,
		work: &WorkTerms<T::AccountId, Uri>,
	) -> Option<Balance> {
		match &work.payment {
			PaymentPlan::Milestones(_) => terms.price.checked_mul(work.units.into()),
			PaymentPlan::Stream { blocks } => {
				terms.price.checked_mul(work.units.into())?.checked_div((*blocks).into())
			},
			PaymentPlan::Metered { .. } => Some(terms.price),
		}
	}

	/// Engages the bidder on the escrow for `scope`, takes the capacity of its offer, and says what
	/// the job's state is then. Its bond must be free. Fails or does all of it.
	pub(crate) fn engage(
		id: JobId,
		client: &T::AccountId,
		work: &WorkTerms<T::AccountId, UriOf<T>>,
		bid: &BidOf<T>,
		scope: Scope,
	) -> Result<JobState<T::AccountId>, DispatchError> {
		let Bid { agent, account, terms: BidTerms { offer, price, bond }, .. } = bid.clone();
		let units = scope.occupied(work.units);
		Self::ensure_available(agent, &account, offer, client, units)?;
		let since = T::Clock::now();
		// A job's duration is bounded, so nothing saturates for ages.
		let start_by = since.saturating_add(work.start_within);
		let payment = work.payment.payment(&scope, price, start_by);
		let agreement = Agreement {
			terms: work.specification.hash,
			payment: payment.ok_or(ArithmeticError::Overflow)?,
			review_period: work.review_period,
			approvers: None,
			bonds: Bonds { client: 0, provider: bond },
		};
		with_storage_layer(|| {
			Self::occupy(offer, units)?;
			let contract = T::Escrow::engage(id, client, &account, agreement)?;
			let lease = Lease { agent, account, offer, contract, price, scope, units, since };
			Ok(JobState::Assigned { lease, start_by })
		})
	}

	/// Stores a job that is assigned now, and tells of it.
	pub(crate) fn put_assigned(id: JobId, job: JobOf<T>, bond: Balance) {
		if let JobState::Assigned { lease, start_by } = &job.state {
			JobsByParty::<T>::insert(&lease.account, id, ());
			Self::deposit_event(Event::JobAssigned {
				job: id,
				lease: lease.clone(),
				bond,
				start_by: *start_by,
			});
		}
		Jobs::<T>::insert(id, job);
	}
}
