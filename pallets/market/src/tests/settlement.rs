//! Tests of what the market makes of a contract that closes on the escrow, whoever closed it.

use crate::{mock::*, *};
use aitbc_core::{ClosedContract, ContractId, ContractOutcome, JobId};
use aitbc_traits::OnContractClosed;
use frame_support::{assert_ok, assert_storage_noop};

/// A job with a backup, of which all milestones are submitted.
fn submitted() -> JobId {
	let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
	start(job);
	for place in 0..3 {
		submit(job, place);
	}
	job
}

#[test]
fn job_should_be_settled_when_the_client_releases_on_the_escrow() {
	build_and_execute(|| {
		let job = submitted();
		let contract = contract(job);
		for milestone in [0, 1] {
			assert_ok!(MockEscrow::release(contract, milestone));
		}
		assert!(Jobs::<Test>::contains_key(job));
		wait(3);
		let client = free(CLIENT);
		reset_events();

		assert_ok!(MockEscrow::release(contract, 2));

		let lease = PastLease {
			agent: PROVIDER,
			account: wallet(PROVIDER),
			contract,
			outcome: ContractOutcome::Completed,
			released: PRICE,
			refunded: 0,
		};
		let record = settled(job);
		assert_eq!(record.leases, vec![lease.clone()]);
		assert_eq!(record.receipts.len(), 3);
		assert_eq!((record.outcome, record.settled_at), (JobOutcome::Completed, START + 3));
		assert_eq!((record.client, record.specification), (CLIENT, specification()));
		assert_eq!(record.paid(), PRICE);
		let (live, kept) = (deposits(2).job, deposits(2).record);
		assert_eq!((deposit_held(CLIENT), record.deposit), (kept, kept));
		assert_eq!(free(CLIENT), client + live + escrow::DEPOSIT);
		assert_eq!((bond_held(wallet(RIVAL)), in_use(PROVIDER)), (0, 0));
		assert_eq!(Bids::<Test>::iter().count(), 0);
		// The parties find it until it is forgotten.
		assert_eq!(JobsByParty::<Test>::iter().count(), 2);
		let expected = Counters {
			posted: 1,
			assigned: 1,
			completed: 1,
			value_settled: PRICE,
			..Default::default()
		};
		assert_eq!(counted(), expected);
		assert_eq!(Heard::get().len(), 1);
		assert_eq!((Heard::get()[0].0, Heard::get()[0].1.contract), (job, contract));
		let released = Event::BidReleased {
			job,
			agent: RIVAL,
			account: wallet(RIVAL),
			bond: PRICE / 10,
			cause: BidEnd::JobEnded,
		};
		let outcome = JobOutcome::Completed;
		let expected = [
			Event::LeaseEnded { job, lease, cause: LeaseEnd::Closed },
			released,
			Event::JobSettled { job, client: CLIENT, outcome, paid: PRICE, at: START + 3 },
		];
		assert_eq!(events(), expected);
	});
}

#[test]
fn job_should_be_settled_when_a_stranger_settles_on_the_escrow() {
	build_and_execute(|| {
		let job = submitted();
		let contract = contract(job);
		wait(REVIEW);
		for milestone in 0..3 {
			assert_ok!(MockEscrow::settle(contract, milestone));
		}
		assert_eq!(settled(job).outcome, JobOutcome::Completed);
	});
}

#[test]
fn job_should_be_settled_by_a_ruling_and_count_as_disputed_whoever_wins() {
	build_and_execute(|| {
		for (share, outcome) in
			[(100, JobOutcome::Completed), (40, JobOutcome::Partial), (0, JobOutcome::Refunded)]
		{
			let job = Posting::paid_by(milestones(&[(100, 20)])).assign(PRICE, &[]);
			submit(job, 0);
			let contract = contract(job);
			let before = counted().disputed;
			assert_ok!(MockEscrow::dispute(contract, 0));
			assert_ok!(MockEscrow::rule(contract, 0, percent(share)));
			assert_eq!(settled(job).outcome, outcome);
			assert_eq!(counted().disputed, before + 1);
		}
	});
}

#[test]
fn lease_should_count_as_disputed_once_and_when_it_ends() {
	build_and_execute(|| {
		let job = submitted();
		let contract = contract(job);
		for milestone in [0, 1] {
			assert_ok!(MockEscrow::dispute(contract, milestone));
			assert_ok!(MockEscrow::rule(contract, milestone, percent(100)));
		}
		assert_eq!(counted().disputed, 0);
		assert_ok!(MockEscrow::release(contract, 2));
		assert_eq!(counted().disputed, 1);
	});
}

#[test]
fn lease_should_not_count_as_disputed_when_the_parties_divided_the_money() {
	build_and_execute(|| {
		let job = Posting::paid_by(milestones(&[(100, 20)])).assign(PRICE, &[]);
		assert_ok!(MockEscrow::split(contract(job), 0, percent(40)));
		assert_eq!((settled(job).outcome, counted().disputed), (JobOutcome::Partial, 0));
	});
}

#[test]
fn job_should_be_settled_when_the_client_stops_a_stream() {
	build_and_execute(|| {
		let job = Posting::paid_by(STREAM).assign(150, &[(RIVAL, 150)]);
		start(job);
		wait(20);
		assert_ok!(MockEscrow::stop(contract(job)));
		assert_eq!((settled(job).outcome, settled(job).paid()), (JobOutcome::Partial, 3_000));
		// Who stops wants no successor.
		assert_eq!(bond_held(wallet(RIVAL)), 0);
	});
}

#[test]
fn job_should_be_settled_when_a_meter_is_billed_to_the_end() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[]);
		start(job);
		assert_ok!(MockEscrow::bill(contract(job), UNITS));
		assert_eq!((settled(job).outcome, settled(job).paid()), (JobOutcome::Completed, 15_000));
	});
}

/// The balance sheet of a contract that the market does not know.
fn unknown(job: Option<JobId>) -> ClosedContract<AccountId, u128> {
	ClosedContract {
		contract: ContractId(77),
		job,
		client: CLIENT,
		provider: STRANGER,
		agent: None,
		outcome: ContractOutcome::Completed,
		accepted: true,
		disputed: false,
		released: 5,
		refunded: 0,
		fee: 1,
		on_time: 5,
		missed: 0,
		disputed_lost: 0,
		slashed: 0,
	}
}

#[test]
fn contracts_that_are_no_jobs_should_change_nothing() {
	build_and_execute(|| {
		let job = submitted();
		let open = Posting::default().post();
		for of in [None, Some(JobId(99)), Some(job), Some(open)] {
			assert_storage_noop!(Market::on_contract_closed(&unknown(of)));
		}
	});
}
