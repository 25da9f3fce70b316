//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_core::{Balance, OfferId};
use aitbc_traits::Escrow;
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

/// What is expected on hold, by account.
type Expected<T> = BTreeMap<<T as frame_system::Config>::AccountId, Balance>;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_ids_below_next()?;
		Self::try_offers_well_formed()?;
		Self::try_offers_indexed()?;
		Self::try_capacity_used()?;
		Self::try_jobs_well_formed()?;
		Self::try_leases_engaged()?;
		Self::try_receipts_of_leases()?;
		Self::try_open_jobs_indexed()?;
		Self::try_parties_indexed()?;
		Self::try_bids_well_formed()?;
		Self::try_bids_counted()?;
		Self::try_counters_in_place()?;
		Self::try_deposits_held()?;
		Self::try_bonds_held()
	}

	/// Every id that is in use was given out.
	fn try_ids_below_next() -> Result<(), TryRuntimeError> {
		let next = NextOfferId::<T>::get();
		ensure!(Offers::<T>::iter_keys().all(|id| id < next), "an offer has a future id");
		let next = NextJobId::<T>::get();
		ensure!(Jobs::<T>::iter_keys().all(|id| id < next), "a job has a future id");
		ensure!(SettledJobs::<T>::iter_keys().all(|id| id < next), "a job has a future id");
		Ok(())
	}

	/// Offers have a price, and their units are in order.
	fn try_offers_well_formed() -> Result<(), TryRuntimeError> {
		for Offer { terms, in_use, .. } in Offers::<T>::iter_values() {
			let is_ordered = 0 < terms.min_units
				&& terms.min_units <= terms.max_units
				&& terms.max_units <= terms.capacity;
			ensure!(terms.price > 0 && is_ordered, "an offer makes no sense");
			ensure!(in_use <= terms.capacity, "more of an offer is in use than there is");
		}
		Ok(())
	}

	/// The indexes name each offer under its agent and under its tag, and nothing else.
	fn try_offers_indexed() -> Result<(), TryRuntimeError> {
		for (id, Offer { agent, terms, .. }) in Offers::<T>::iter() {
			let is_indexed = OffersByAgent::<T>::contains_key(agent, id)
				&& OffersByTag::<T>::contains_key(terms.capability, id);
			ensure!(is_indexed, "an index lacks an offer");
		}
		let offers = Offers::<T>::iter_keys().count();
		ensure!(
			OffersByAgent::<T>::iter_keys().count() == offers,
			"the index of agents names what is not there"
		);
		ensure!(
			OffersByTag::<T>::iter_keys().count() == offers,
			"the index of tags names what is not there"
		);
		Ok(())
	}

	/// What is in use of each offer is what the leases by it take.
	fn try_capacity_used() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<OfferId, u64>::new();
		for lease in Jobs::<T>::iter_values().filter_map(|job| job.lease().cloned()) {
			let used = expected.entry(lease.offer).or_default();
			*used = used.checked_add(lease.units).ok_or(ArithmeticError::Overflow)?;
		}
		for (id, offer) in Offers::<T>::iter() {
			let used = expected.remove(&id).unwrap_or(0);
			ensure!(offer.in_use == used, "what is in use of an offer differs from its leases");
		}
		ensure!(expected.is_empty(), "a lease is by an offer that is gone");
		Ok(())
	}

	/// No job is between two leases, none is both live and settled, and each has an outcome that its
	/// leases have.
	fn try_jobs_well_formed() -> Result<(), TryRuntimeError> {
		for (id, job) in Jobs::<T>::iter() {
			let is_between = matches!(job.state, JobState::Reassigning { .. });
			ensure!(!is_between, "a job is between two leases");
			let is_untouched = job.past.is_empty() && job.receipts.is_empty();
			let is_bidding = matches!(job.state, JobState::Bidding(_));
			ensure!(!is_bidding || is_untouched, "a job that nobody got has a past");
			ensure!(job.demand.max_backups <= MAX_BACKUPS, "a job wants too many backups");
			ensure!(!SettledJobs::<T>::contains_key(id), "a job is both live and settled");
		}
		for settled in SettledJobs::<T>::iter_values() {
			let outcome = JobOutcome::of(&settled.leases);
			ensure!(settled.outcome == outcome, "a settled job's outcome is not its leases'");
		}
		Ok(())
	}

	/// The escrow has a contract for each lease, a different one, and none for those that ended.
	fn try_leases_engaged() -> Result<(), TryRuntimeError> {
		let mut contracts = BTreeSet::new();
		let mut is_new = |contract| {
			ensure!(contracts.insert(contract), "two leases have one contract");
			Ok::<_, TryRuntimeError>(())
		};
		let mut past = Vec::new();
		for job in Jobs::<T>::iter_values() {
			past.extend(job.past.iter().map(|lease| lease.contract));
			if let Some(lease) = job.lease() {
				is_new(lease.contract)?;
				let is_engaged = T::Escrow::standing(lease.contract).is_some();
				ensure!(is_engaged, "a lease has no contract");
			}
		}
		for settled in SettledJobs::<T>::iter_values() {
			past.extend(settled.leases.iter().map(|lease| lease.contract));
		}
		for contract in past {
			is_new(contract)?;
			let is_over = T::Escrow::standing(contract).is_none();
			ensure!(is_over, "a lease that ended has a contract");
		}
		Ok(())
	}

	/// Each receipt is of one of its job's leases, and there is one of each milestone or meter.
	fn try_receipts_of_leases() -> Result<(), TryRuntimeError> {
		let live = Jobs::<T>::iter_values().map(|job| {
			let present = job.lease().map(|lease| lease.contract);
			(job.past, present, job.receipts)
		});
		let settled = SettledJobs::<T>::iter_values().map(|one| (one.leases, None, one.receipts));
		for (past, present, receipts) in live.chain(settled) {
			let is_known = |receipt: &WorkReceipt| {
				present == Some(receipt.contract)
					|| past.iter().any(|lease| lease.contract == receipt.contract)
			};
			ensure!(receipts.iter().all(is_known), "a receipt is of no lease");
			let count_of = |one: &WorkReceipt| {
				let place = (one.contract, one.milestone);
				receipts.iter().filter(|other| (other.contract, other.milestone) == place).count()
			};
			ensure!(receipts.iter().all(|one| count_of(one) == 1), "a receipt is there twice");
		}
		Ok(())
	}

	/// `OpenJobs` names each job that waits for bids, under its tag, and nothing else.
	fn try_open_jobs_indexed() -> Result<(), TryRuntimeError> {
		let mut waiting = 0usize;
		for (id, job) in Jobs::<T>::iter() {
			if matches!(job.state, JobState::Bidding(_)) {
				let is_indexed = OpenJobs::<T>::contains_key(job.demand.capability, id);
				ensure!(is_indexed, "a job that waits for bids can't be found");
				waiting = waiting.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		ensure!(
			OpenJobs::<T>::iter_keys().count() == waiting,
			"OpenJobs names what waits for no bids"
		);
		Ok(())
	}

	/// `JobsByParty` names each job, live or settled, under its client and all that it went to, and
	/// nothing else.
	fn try_parties_indexed() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeSet::new();
		for (id, job) in Jobs::<T>::iter() {
			let past = job.past.iter().map(|lease| lease.account.clone());
			let present = job.lease().map(|lease| lease.account.clone());
			expected.extend(past.chain(present).map(|account| (account, id)));
			expected.insert((job.client, id));
		}
		for (id, settled) in SettledJobs::<T>::iter() {
			expected.extend(settled.leases.into_iter().map(|lease| (lease.account, id)));
			expected.insert((settled.client, id));
		}
		let named: BTreeSet<_> = JobsByParty::<T>::iter_keys().collect();
		ensure!(named == expected, "JobsByParty differs from the jobs' parties");
		Ok(())
	}

	/// Each list is of a live job, and within its bounds; each agent and account is on it once; those
	/// that stay as backups want to, and stand in the order of their turns.
	fn try_bids_well_formed() -> Result<(), TryRuntimeError> {
		for (id, bids) in Bids::<T>::iter() {
			let job = Jobs::<T>::get(id).ok_or("bids are for no live job")?;
			ensure!(!bids.is_empty(), "an empty list is stored");
			let agents: BTreeSet<_> = bids.iter().map(|bid| bid.agent).collect();
			let accounts: BTreeSet<_> = bids.iter().map(|bid| bid.account.clone()).collect();
			let is_once = agents.len() == bids.len() && accounts.len() == bids.len();
			ensure!(is_once, "an agent or account is on a list twice");
			let limit = job.demand.price_limit;
			let is_within = bids.iter().all(|bid| bid.terms.price <= limit);
			ensure!(is_within, "a bid is above its job's limit");
			if job.lease().is_some() {
				let most: usize = job.demand.max_backups.saturated_into();
				ensure!(bids.len() <= most, "a job has too many backups");
				let is_willing = bids.iter().all(|bid| bid.stays_as_backup);
				ensure!(is_willing, "a backup did not want to stay");
				let is_ordered = bids.is_sorted_by_key(|bid| (bid.terms.price, bid.at));
				ensure!(is_ordered, "backups are out of turn");
			}
		}
		Ok(())
	}

	/// `OpenBids` counts the bids of each account, and is absent where there are none.
	fn try_bids_counted() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<T::AccountId, u32>::new();
		for bid in Bids::<T>::iter_values().flatten() {
			let count = expected.entry(bid.account).or_default();
			*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}
		let counted: BTreeMap<_, _> = OpenBids::<T>::iter().collect();
		ensure!(counted == expected, "OpenBids differs from the bids");
		Ok(())
	}

	/// Each era's counters stand in their place, and none is of the future.
	fn try_counters_in_place() -> Result<(), TryRuntimeError> {
		for (place, entry) in CountersByEra::<T>::iter() {
			ensure!(place == Self::place_of(entry.era), "an era is counted in another's place");
			ensure!(entry.era <= T::Era::get(), "a future era was counted");
		}
		Ok(())
	}

	/// What is held as deposit on each account is the deposits of its offers and jobs, and those that
	/// wait to return.
	fn try_deposits_held() -> Result<(), TryRuntimeError> {
		let mut expected = Self::claimed(ClaimKind::Deposit)?;
		for Offer { account, deposit, .. } in Offers::<T>::iter_values() {
			Self::expect(&mut expected, account, deposit)?;
		}
		for Job { client, deposits, .. } in Jobs::<T>::iter_values() {
			Self::expect(&mut expected, client, deposits.total())?;
		}
		for SettledJob { client, deposit, .. } in SettledJobs::<T>::iter_values() {
			Self::expect(&mut expected, client, deposit)?;
		}
		Self::ensure_held(HoldReason::Deposit, expected, "deposits held differ from those recorded")
	}

	/// What is held as bond on each account is the bonds of its bids, and those that wait to return.
	fn try_bonds_held() -> Result<(), TryRuntimeError> {
		let mut expected = Self::claimed(ClaimKind::Bond)?;
		for bid in Bids::<T>::iter_values().flatten() {
			Self::expect(&mut expected, bid.account, bid.terms.bond)?;
		}
		Self::ensure_held(HoldReason::Bond, expected, "bonds held differ from those bid")
	}

	/// What claims say waits of this kind on each account.
	fn claimed(kind: ClaimKind) -> Result<Expected<T>, TryRuntimeError> {
		let mut expected = Expected::<T>::new();
		for (account, of, amount) in Claims::<T>::iter() {
			ensure!(amount > 0, "a claim is of nothing");
			if of == kind {
				Self::expect(&mut expected, account, amount)?;
			}
		}
		Ok(expected)
	}

	/// Expects `amount` more on `who`.
	fn expect(
		expected: &mut Expected<T>,
		who: T::AccountId,
		amount: Balance,
	) -> Result<(), ArithmeticError> {
		let total = expected.entry(who).or_default();
		*total = total.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		Ok(())
	}

	/// Checks that each account, also one of which nothing is expected, has exactly the expected
	/// amount on hold for `reason`.
	fn ensure_held(
		reason: HoldReason,
		mut expected: Expected<T>,
		mismatch: &'static str,
	) -> Result<(), TryRuntimeError> {
		for who in frame_system::Account::<T>::iter_keys() {
			expected.entry(who).or_default();
		}
		let reason = reason.into();
		for (who, amount) in expected {
			ensure!(T::Currency::balance_on_hold(&reason, &who) == amount, mismatch);
		}
		Ok(())
	}
}
