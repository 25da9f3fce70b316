//! Each invariant, broken once.

use crate::{mock::*, *};
use aitbc_core::{ContractId, JobId, OfferId};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
	BoundedVec,
};
use sp_runtime::DispatchError;

/// It has two bids.
const BIDDING: JobId = JobId(0);
/// [`PROVIDER`] has it, with two backups.
const ASSIGNED: JobId = JobId(1);
/// [`RIVAL`] has it after [`PROVIDER`], with a receipt of each.
const PASSED_ON: JobId = JobId(2);
/// Its only milestone is paid.
const SETTLED: JobId = JobId(3);

/// Sets up a job in each state; lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let job = Posting::default().post();
		place(job, THIRD, PRICE);
		place(job, FOURTH, PRICE);
		Posting::default().assign(PRICE, &[(THIRD, 9_000), (FOURTH, 9_500)]);
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		submit(job, 0);
		assert_ok!(MockEscrow::release(contract(job), 0));
		give_up(job);
		submit(job, 1);
		let job = Posting::paid_by(milestones(&[(100, 20)])).assign(PRICE, &[]);
		submit(job, 0);
		assert_ok!(MockEscrow::release(contract(job), 0));
		assert_ok!(Market::do_try_state());

		corrupt();

		assert_eq!(Market::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes a job behind the pallet's back.
fn alter(job: JobId, change: impl FnOnce(&mut JobOf<Test>)) {
	Jobs::<Test>::mutate(job, |record| change(record.as_mut().expect("the job is live")));
}

/// Changes a lease behind the pallet's back.
fn alter_lease(job: JobId, change: impl FnOnce(&mut LeaseOf<Test>)) {
	alter(job, |record| {
		let JobState::Assigned { lease, .. } = &mut record.state else {
			panic!("the job is assigned");
		};
		change(lease);
	});
}

/// Changes an offer behind the pallet's back.
fn alter_offer(offer: OfferId, change: impl FnOnce(&mut OfferOf<Test>)) {
	Offers::<Test>::mutate(offer, |record| change(record.as_mut().expect("it is in storage")));
}

/// Changes the bids of a job behind the pallet's back.
fn alter_bids(job: JobId, change: impl FnOnce(&mut BidsOf<Test>)) {
	Bids::<Test>::mutate(job, change);
}

/// An offer by which somebody works.
fn used() -> OfferId {
	lease(ASSIGNED).offer
}

#[test]
fn try_state_should_notice_when_an_id_is_of_the_future() {
	assert_noticed("an offer has a future id", || NextOfferId::<Test>::put(OfferId(0)));
	assert_noticed("a job has a future id", || NextJobId::<Test>::put(BIDDING));
	assert_noticed("a job has a future id", || NextJobId::<Test>::put(SETTLED));
}

#[test]
fn try_state_should_notice_when_an_offer_makes_no_sense() {
	let complaint = "an offer makes no sense";
	assert_noticed(complaint, || alter_offer(used(), |offer| offer.terms.price = 0));
	assert_noticed(complaint, || alter_offer(used(), |offer| offer.terms.min_units = 0));
	assert_noticed(complaint, || alter_offer(used(), |offer| offer.terms.max_units = 1));
	assert_noticed(complaint, || alter_offer(used(), |offer| offer.terms.capacity = 1_999));
	assert_noticed("more of an offer is in use than there is", || {
		alter_offer(used(), |offer| offer.in_use = CAPACITY + 1);
	});
}

#[test]
fn try_state_should_notice_when_an_index_of_offers_is_wrong() {
	let complaint = "the index of agents differs from the offers";
	assert_noticed(complaint, || OffersByAgent::<Test>::remove(PROVIDER, used()));
	assert_noticed(complaint, || OffersByAgent::<Test>::insert(PROVIDER, OfferId(99), ()));
	let complaint = "the index of tags differs from the offers";
	assert_noticed(complaint, || OffersByTag::<Test>::remove(TAG, used()));
	assert_noticed(complaint, || OffersByTag::<Test>::insert(OTHER_TAG, used(), ()));
}

#[test]
fn try_state_should_notice_when_capacity_is_miscounted() {
	let complaint = "what is in use of an offer differs from its leases";
	assert_noticed(complaint, || alter_offer(used(), |offer| offer.in_use -= 1));
	assert_noticed(complaint, || alter_lease(ASSIGNED, |lease| lease.units += 1));
	assert_noticed("a lease is by an offer that is gone", || {
		let units = lease(ASSIGNED).units;
		alter_offer(used(), |offer| offer.in_use -= units);
		alter_lease(ASSIGNED, |lease| lease.offer = OfferId(99));
	});
}

#[test]
fn try_state_should_notice_when_a_job_makes_no_sense() {
	assert_noticed("a job is between two leases", || {
		let lease = lease(ASSIGNED);
		alter(ASSIGNED, |job| {
			job.state = JobState::Reassigning { lease, cause: LeaseEnd::GivenUp };
		});
	});
	assert_noticed("a job that nobody got has a past", || {
		let past = live(PASSED_ON).past;
		alter(BIDDING, |job| job.past = past);
	});
	assert_noticed("a job that nobody got has a past", || {
		let receipts = live(PASSED_ON).receipts;
		alter(BIDDING, |job| job.receipts = receipts);
	});
	assert_noticed("a job wants too many backups", || {
		alter(BIDDING, |job| job.demand.max_backups = MAX_BACKUPS + 1);
	});
	let complaint = "a lease does nothing of the plan";
	assert_noticed(complaint, || {
		alter_lease(ASSIGNED, |lease| lease.scope = Scope::Stream { blocks: 1 });
	});
	assert_noticed(complaint, || {
		alter_lease(ASSIGNED, |lease| lease.scope = Scope::Milestones(BoundedVec::new()));
	});
	assert_noticed("a lease is above its job's limit", || {
		alter_lease(ASSIGNED, |lease| lease.price = LIMIT + 1);
	});
	assert_noticed("a job is both live and settled", || {
		SettledJobs::<Test>::insert(BIDDING, settled(SETTLED));
	});
	assert_noticed("a settled job's outcome is not its leases'", || {
		let record = SettledJob { outcome: JobOutcome::Refunded, ..settled(SETTLED) };
		SettledJobs::<Test>::insert(SETTLED, record);
	});
}

#[test]
fn try_state_should_notice_when_leases_and_contracts_differ() {
	assert_noticed("a lease has no contract", || {
		alter_lease(ASSIGNED, |lease| lease.contract = ContractId(99));
	});
	assert_noticed("two leases have one contract", || {
		let other = contract(PASSED_ON);
		alter_lease(ASSIGNED, |lease| lease.contract = other);
	});
	assert_noticed("a lease that ended has a contract", || {
		let open = escrow::Contracts::<Test>::get(contract(ASSIGNED)).expect("it is engaged");
		escrow::Contracts::<Test>::insert(settled(SETTLED).leases[0].contract, open);
	});
}

#[test]
fn try_state_should_notice_when_a_receipt_is_of_no_lease_or_twice_there() {
	assert_noticed("a receipt is of no lease", || {
		alter(PASSED_ON, |job| job.receipts[0].contract = ContractId(99));
	});
	assert_noticed("a receipt is there twice", || {
		alter(PASSED_ON, |job| {
			let again = job.receipts[0];
			assert_ok!(job.receipts.try_push(again));
		});
	});
}

#[test]
fn try_state_should_notice_when_open_jobs_are_wrong() {
	let complaint = "OpenJobs differs from the jobs that wait for bids";
	assert_noticed(complaint, || OpenJobs::<Test>::remove(TAG, BIDDING));
	assert_noticed(complaint, || OpenJobs::<Test>::insert(TAG, ASSIGNED, ()));
}

#[test]
fn try_state_should_notice_when_a_party_is_missing_or_too_many() {
	let complaint = "JobsByParty differs from the jobs' parties";
	for (who, job) in [
		(CLIENT, BIDDING),
		(CLIENT, SETTLED),
		(wallet(PROVIDER), ASSIGNED),
		(wallet(PROVIDER), PASSED_ON),
		(wallet(RIVAL), PASSED_ON),
		(wallet(PROVIDER), SETTLED),
	] {
		assert_noticed(complaint, || JobsByParty::<Test>::remove(who, job));
	}
	assert_noticed(complaint, || JobsByParty::<Test>::insert(STRANGER, BIDDING, ()));
}

#[test]
fn try_state_should_notice_when_bids_are_not_in_order() {
	assert_noticed("bids are for no live job", || {
		let bids = Bids::<Test>::take(BIDDING);
		Bids::<Test>::insert(SETTLED, bids);
	});
	assert_noticed("an empty list is stored", || {
		Bids::<Test>::insert(BIDDING, BidsOf::<Test>::default());
	});
	let complaint = "an agent or account is on a list twice";
	assert_noticed(complaint, || alter_bids(BIDDING, |bids| bids[0].agent = FOURTH));
	assert_noticed(complaint, || alter_bids(BIDDING, |bids| bids[0].account = wallet(FOURTH)));
	assert_noticed("a bid is above its job's limit", || {
		alter_bids(BIDDING, |bids| bids[0].terms.price = LIMIT + 1);
	});
	assert_noticed("a job has too many backups", || {
		alter(ASSIGNED, |job| job.demand.max_backups = 1);
	});
	assert_noticed("a backup did not want to stay", || {
		alter_bids(ASSIGNED, |bids| bids[0].stays_as_backup = false);
	});
	assert_noticed("a backup is dearer than who has the job", || {
		alter_bids(ASSIGNED, |bids| bids[0].terms.price = PRICE + 1);
	});
	assert_noticed("backups are out of turn", || {
		alter_bids(ASSIGNED, |bids| {
			let reversed: Vec<_> = bids.iter().rev().cloned().collect();
			*bids = BoundedVec::truncate_from(reversed);
		})
	});
}

#[test]
fn try_state_should_notice_when_bids_are_miscounted() {
	let complaint = "OpenBids differs from the bids";
	assert_noticed(complaint, || OpenBids::<Test>::insert(wallet(THIRD), 1));
	assert_noticed(complaint, || OpenBids::<Test>::remove(wallet(FOURTH)));
	assert_noticed(complaint, || OpenBids::<Test>::insert(STRANGER, 0));
}

#[test]
fn try_state_should_notice_when_an_era_is_counted_elsewhere_or_too_early() {
	assert_noticed("an era is counted in another's place", || {
		let entry = EraCounters { era: 6, ..Default::default() };
		CountersByEra::<Test>::insert(7 % HISTORY, entry);
	});
	assert_noticed("a future era was counted", || Era::set(&6));
}

#[test]
fn try_state_should_notice_when_a_claim_is_of_nothing() {
	assert_noticed("a claim is of nothing", || {
		Claims::<Test>::insert(CLIENT, ClaimKind::Bond, 0);
	});
}

#[test]
fn try_state_should_notice_when_a_deposit_is_not_held() {
	let complaint = "deposits held differ from those recorded";
	let reason = HoldReason::Deposit.into();
	for who in [CLIENT, wallet(PROVIDER)] {
		assert_noticed(complaint, || {
			assert_ok!(Balances::decrease_balance_on_hold(&reason, &who, 1, Precision::Exact));
		});
	}
	assert_noticed(complaint, || alter_offer(used(), |offer| offer.deposit += 1));
	assert_noticed(complaint, || alter(BIDDING, |job| job.deposits.record += 1));
	assert_noticed(complaint, || Claims::<Test>::insert(CLIENT, ClaimKind::Deposit, 1));
	assert_noticed(complaint, || {
		let record = settled(SETTLED);
		let record = SettledJob { deposit: record.deposit - 1, ..record };
		SettledJobs::<Test>::insert(SETTLED, record);
	});
}

#[test]
fn try_state_should_notice_when_a_bond_is_not_held() {
	let complaint = "bonds held differ from those bid";
	let reason = HoldReason::Bond.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &wallet(THIRD), 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &STRANGER, 1));
	});
	assert_noticed(complaint, || alter_bids(ASSIGNED, |bids| bids[0].terms.bond += 1));
	assert_noticed(complaint, || Claims::<Test>::insert(CLIENT, ClaimKind::Bond, 1));
}

#[test]
fn try_state_should_notice_when_something_is_to_be_held_on_no_account() {
	const NOBODY: AccountId = 999;
	for kind in [ClaimKind::Deposit, ClaimKind::Bond] {
		assert_noticed("something is to be held where no account is", || {
			Claims::<Test>::insert(NOBODY, kind, 1);
		});
	}
}
