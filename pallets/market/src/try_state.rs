//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_core::{Balance, ContractId, JobId, OfferId};
use aitbc_traits::Escrow;
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use core::cmp::Reverse;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

/// What is expected on hold, by account.
type Expected<T> = BTreeMap<<T as frame_system::Config>::AccountId, Balance>;

/// What the invariants are about. Each map is read once, because reading is what takes the time.
struct Stored<T: Config> {
	offers: BTreeMap<OfferId, OfferOf<T>>,
	jobs: BTreeMap<JobId, JobOf<T>>,
	settled: BTreeMap<JobId, SettledJobOf<T>>,
	bids: BTreeMap<JobId, BidsOf<T>>,
	claims: Vec<(T::AccountId, ClaimKind, Balance)>,
}

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let stored = Stored::<T> {
			offers: Offers::<T>::iter().collect(),
			jobs: Jobs::<T>::iter().collect(),
			settled: SettledJobs::<T>::iter().collect(),
			bids: Bids::<T>::iter().collect(),
			claims: Claims::<T>::iter().collect(),
		};
		stored.try_ids_below_next()?;
		stored.try_offers_well_formed()?;
		stored.try_offers_indexed()?;
		stored.try_capacity_used()?;
		stored.try_jobs_well_formed()?;
		stored.try_leases_engaged()?;
		stored.try_receipts_of_leases()?;
		stored.try_open_jobs_indexed()?;
		stored.try_parties_indexed()?;
		stored.try_bids_well_formed()?;
		stored.try_bids_counted()?;
		stored.try_counters_in_place()?;
		stored.try_claims_well_formed()?;
		stored.try_money_held()
	}
}

impl<T: Config> Stored<T> {
	/// Every id that is in use was given out.
	fn try_ids_below_next(&self) -> Result<(), TryRuntimeError> {
		let next = NextOfferId::<T>::get();
		ensure!(self.offers.keys().all(|id| *id < next), "an offer has a future id");
		let next = NextJobId::<T>::get();
		let mut jobs = self.jobs.keys().chain(self.settled.keys());
		ensure!(jobs.all(|id| *id < next), "a job has a future id");
		Ok(())
	}

	/// Offers have a price, and their units are in order.
	fn try_offers_well_formed(&self) -> Result<(), TryRuntimeError> {
		for Offer { terms, in_use, .. } in self.offers.values() {
			let is_ordered = 0 < terms.min_units
				&& terms.min_units <= terms.max_units
				&& terms.max_units <= terms.capacity;
			ensure!(terms.price > 0 && is_ordered, "an offer makes no sense");
			ensure!(*in_use <= terms.capacity, "more of an offer is in use than there is");
		}
		Ok(())
	}

	/// The indexes name each offer under its agent and under its tag, and nothing else.
	fn try_offers_indexed(&self) -> Result<(), TryRuntimeError> {
		let expected = self.offers.iter().map(|(id, offer)| (offer.agent, *id));
		ensure!(
			OffersByAgent::<T>::iter_keys().collect::<BTreeSet<_>>() == expected.collect(),
			"the index of agents differs from the offers"
		);
		let expected = self.offers.iter().map(|(id, offer)| (offer.terms.capability, *id));
		ensure!(
			OffersByTag::<T>::iter_keys().collect::<BTreeSet<_>>() == expected.collect(),
			"the index of tags differs from the offers"
		);
		Ok(())
	}

	/// What is in use of each offer is what the leases by it take.
	fn try_capacity_used(&self) -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<OfferId, u64>::new();
		for lease in self.jobs.values().filter_map(Job::lease) {
			let used = expected.entry(lease.offer).or_default();
			*used = used.checked_add(lease.units).ok_or(ArithmeticError::Overflow)?;
		}
		for (id, offer) in &self.offers {
			let used = expected.remove(id).unwrap_or(0);
			ensure!(offer.in_use == used, "what is in use of an offer differs from its leases");
		}
		ensure!(expected.is_empty(), "a lease is by an offer that is gone");
		Ok(())
	}

	/// No job is between two leases, none is both live and settled, a lease does a part of the plan for
	/// no more than the job allows, and each settled job has the outcome that its leases have.
	fn try_jobs_well_formed(&self) -> Result<(), TryRuntimeError> {
		for (id, job) in &self.jobs {
			let is_between = matches!(job.state, JobState::Reassigning { .. });
			ensure!(!is_between, "a job is between two leases");
			let is_untouched = job.past.is_empty() && job.receipts.is_empty();
			let is_bidding = matches!(job.state, JobState::Bidding(_));
			ensure!(!is_bidding || is_untouched, "a job that nobody got has a past");
			ensure!(job.demand.max_backups <= MAX_BACKUPS, "a job wants too many backups");
			if let Some(Lease { scope, price, .. }) = job.lease() {
				let cost = job.work.payment.cost(scope, *price);
				ensure!(cost.is_some_and(|cost| cost > 0), "a lease does nothing of the plan");
				let is_within = *price <= job.demand.price_limit;
				ensure!(is_within, "a lease is above its job's limit");
			}
			ensure!(!self.settled.contains_key(id), "a job is both live and settled");
		}
		for settled in self.settled.values() {
			let outcome = JobOutcome::of(&settled.leases);
			ensure!(settled.outcome == outcome, "a settled job's outcome is not its leases'");
		}
		Ok(())
	}

	/// The escrow has a contract for each lease, a different one, and none for those that ended.
	fn try_leases_engaged(&self) -> Result<(), TryRuntimeError> {
		let is_engaged = |contract: ContractId| T::Escrow::standing(contract).is_some();
		let mut contracts = BTreeSet::new();
		for lease in self.jobs.values().filter_map(Job::lease) {
			ensure!(contracts.insert(lease.contract), "two leases have one contract");
			ensure!(is_engaged(lease.contract), "a lease has no contract");
		}
		let live = self.jobs.values().flat_map(|job| &job.past);
		let settled = self.settled.values().flat_map(|job| &job.leases);
		for lease in live.chain(settled) {
			ensure!(contracts.insert(lease.contract), "two leases have one contract");
			ensure!(!is_engaged(lease.contract), "a lease that ended has a contract");
		}
		Ok(())
	}

	/// Each receipt is of one of its job's leases, and of each milestone, or else of each lease, there is
	/// one at most.
	fn try_receipts_of_leases(&self) -> Result<(), TryRuntimeError> {
		let live = self.jobs.values().map(|job| (&job.past, job.lease(), &job.receipts));
		let settled = self.settled.values().map(|job| (&job.leases, None, &job.receipts));
		for (past, present, receipts) in live.chain(settled) {
			let contracts: BTreeSet<_> = past
				.iter()
				.map(|lease| lease.contract)
				.chain(present.map(|lease| lease.contract))
				.collect();
			let is_known = |receipt: &WorkReceipt| contracts.contains(&receipt.contract);
			ensure!(receipts.iter().all(is_known), "a receipt is of no lease");
			let places: BTreeSet<_> =
				receipts.iter().map(|receipt| (receipt.contract, receipt.milestone)).collect();
			ensure!(places.len() == receipts.len(), "a receipt is there twice");
		}
		Ok(())
	}

	/// `OpenJobs` names each job that waits for bids, under its tag, and nothing else.
	fn try_open_jobs_indexed(&self) -> Result<(), TryRuntimeError> {
		let waiting = self.jobs.iter().filter(|(_, job)| job.lease().is_none());
		let expected = waiting.map(|(id, job)| (job.demand.capability, *id));
		ensure!(
			OpenJobs::<T>::iter_keys().collect::<BTreeSet<_>>() == expected.collect(),
			"OpenJobs differs from the jobs that wait for bids"
		);
		Ok(())
	}

	/// `JobsByParty` names each job, live or settled, under its client and all that it went to, and
	/// nothing else.
	fn try_parties_indexed(&self) -> Result<(), TryRuntimeError> {
		let mut expected = BTreeSet::new();
		let mut expect =
			|account: &T::AccountId, id: &JobId| expected.insert((account.clone(), *id));
		for (id, job) in &self.jobs {
			let past = job.past.iter().map(|lease| &lease.account);
			for account in past.chain(job.lease().map(|lease| &lease.account)) {
				expect(account, id);
			}
			expect(&job.client, id);
		}
		for (id, job) in &self.settled {
			for lease in &job.leases {
				expect(&lease.account, id);
			}
			expect(&job.client, id);
		}
		let named: BTreeSet<_> = JobsByParty::<T>::iter_keys().collect();
		ensure!(named == expected, "JobsByParty differs from the jobs' parties");
		Ok(())
	}

	/// Each list is of a live job, and within its bounds; each agent and account is on it once; those
	/// that stay as backups want to, ask for no more than who has the job, and stand in the order of
	/// their turns.
	fn try_bids_well_formed(&self) -> Result<(), TryRuntimeError> {
		for (id, bids) in &self.bids {
			let job = self.jobs.get(id).ok_or("bids are for no live job")?;
			ensure!(!bids.is_empty(), "an empty list is stored");
			let agents: BTreeSet<_> = bids.iter().map(|bid| bid.agent).collect();
			let accounts: BTreeSet<_> = bids.iter().map(|bid| &bid.account).collect();
			let is_once = agents.len() == bids.len() && accounts.len() == bids.len();
			ensure!(is_once, "an agent or account is on a list twice");
			let limit = job.demand.price_limit;
			let is_within = bids.iter().all(|bid| bid.terms.price <= limit);
			ensure!(is_within, "a bid is above its job's limit");
			if let Some(lease) = job.lease() {
				let most: usize = job.demand.max_backups.saturated_into();
				ensure!(bids.len() <= most, "a job has too many backups");
				let is_willing = bids.iter().all(|bid| bid.stays_as_backup);
				ensure!(is_willing, "a backup did not want to stay");
				let is_payable = bids.iter().all(|bid| bid.terms.price <= lease.price);
				ensure!(is_payable, "a backup is dearer than who has the job");
				let is_ordered = bids.is_sorted_by_key(|bid| (Reverse(bid.terms.price), bid.at));
				ensure!(is_ordered, "backups are out of turn");
			}
		}
		Ok(())
	}

	/// `OpenBids` counts the bids of each account, and is absent where there are none.
	fn try_bids_counted(&self) -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<T::AccountId, u32>::new();
		for bid in self.bids.values().flatten() {
			let count = expected.entry(bid.account.clone()).or_default();
			*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}
		let counted: BTreeMap<_, _> = OpenBids::<T>::iter().collect();
		ensure!(counted == expected, "OpenBids differs from the bids");
		Ok(())
	}

	/// Each era's counters stand in their place, and none is of the future.
	fn try_counters_in_place(&self) -> Result<(), TryRuntimeError> {
		for (place, entry) in CountersByEra::<T>::iter() {
			let of_era = Pallet::<T>::place_of(entry.era);
			ensure!(place == of_era, "an era is counted in another's place");
			ensure!(entry.era <= T::Era::get(), "a future era was counted");
		}
		Ok(())
	}

	/// Each claim is of something.
	fn try_claims_well_formed(&self) -> Result<(), TryRuntimeError> {
		ensure!(self.claims.iter().all(|(.., amount)| *amount > 0), "a claim is of nothing");
		Ok(())
	}

	/// What is held on each account, also on one of which nothing is expected, is the deposits of its
	/// offers and jobs, the bonds of its bids, and what waits to return of either.
	fn try_money_held(&self) -> Result<(), TryRuntimeError> {
		let mut deposits = self.claimed(ClaimKind::Deposit)?;
		for Offer { account, deposit, .. } in self.offers.values() {
			Self::expect(&mut deposits, account, *deposit)?;
		}
		for Job { client, deposits: both, .. } in self.jobs.values() {
			Self::expect(&mut deposits, client, both.total())?;
		}
		for SettledJob { client, deposit, .. } in self.settled.values() {
			Self::expect(&mut deposits, client, *deposit)?;
		}
		let mut bonds = self.claimed(ClaimKind::Bond)?;
		for Bid { account, terms, .. } in self.bids.values().flatten() {
			Self::expect(&mut bonds, account, terms.bond)?;
		}
		for who in frame_system::Account::<T>::iter_keys() {
			let held = |reason: HoldReason| T::Currency::balance_on_hold(&reason.into(), &who);
			let deposit = deposits.remove(&who).unwrap_or(0);
			let is_held = held(HoldReason::Deposit) == deposit;
			ensure!(is_held, "deposits held differ from those recorded");
			let bond = bonds.remove(&who).unwrap_or(0);
			ensure!(held(HoldReason::Bond) == bond, "bonds held differ from those bid");
		}
		let mut others = deposits.values().chain(bonds.values());
		ensure!(others.all(|amount| *amount == 0), "something is to be held where no account is");
		Ok(())
	}

	/// What claims say waits of this kind on each account.
	fn claimed(&self, kind: ClaimKind) -> Result<Expected<T>, TryRuntimeError> {
		let mut expected = Expected::<T>::new();
		for (account, _, amount) in self.claims.iter().filter(|(_, of, _)| *of == kind) {
			Self::expect(&mut expected, account, *amount)?;
		}
		Ok(expected)
	}

	/// Expects `amount` more on `who`.
	fn expect(
		expected: &mut Expected<T>,
		who: &T::AccountId,
		amount: Balance,
	) -> Result<(), ArithmeticError> {
		let total = expected.entry(who.clone()).or_default();
		*total = total.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		Ok(())
	}
}
