//! Tests of `report`.

use crate::{mock::*, *};
use aitbc_core::{Balance, JobId};
use aitbc_traits::OnContractClosed;
use frame_support::{assert_noop, assert_ok};

#[track_caller]
fn assert_refused(job: JobId, error: Error<Test>) {
	let result = || Market::report(signed(STRANGER), job).map_err(|failure| failure.error);
	assert_noop!(result(), error);
}

/// Why the first lease of the last call ended.
fn cause() -> LeaseEnd {
	let cause = events().into_iter().find_map(|event| match event {
		Event::LeaseEnded { cause, .. } => Some(cause),
		_ => None,
	});
	cause.expect("a lease ended")
}

#[test]
fn report_should_give_the_job_to_a_backup_when_the_start_was_missed() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		let provider = free(wallet(PROVIDER));
		wait(START_WITHIN);
		assert_refused(job, Error::<Test>::NotOverdue);
		wait(1);
		reset_events();

		let weight = Market::report(signed(STRANGER), job).expect("it is overdue").actual_weight;

		assert_eq!(lease(job).agent, RIVAL);
		assert_eq!(cause(), LeaseEnd::StartMissed);
		// It costs nothing but the job: all of the bond is back.
		assert_eq!(free(wallet(PROVIDER)), provider + PRICE / 10);
		let own = <()>::report(1) + escrow::TERMINATE_WEIGHT + escrow::ENGAGE_WEIGHT;
		let listener = <Market as OnContractClosed<AccountId, Balance>>::weight();
		assert_eq!(weight, Some(own + listener));
	});
}

#[test]
fn report_should_end_the_job_when_a_due_block_was_missed_and_there_is_no_backup() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		submit(job, 0);
		assert_ok!(MockEscrow::release(contract(job), 0));
		wait(START_WITHIN + 40);
		assert_refused(job, Error::<Test>::NotOverdue);
		wait(1);
		reset_events();

		assert_ok!(Market::report(signed(STRANGER), job));

		assert_eq!(cause(), LeaseEnd::DueMissed);
		assert_eq!(settled(job).outcome, JobOutcome::Partial);
		assert_eq!(settled(job).paid(), 5_000);
		let closed = &Heard::get()[0].1;
		assert_eq!((closed.missed, closed.refunded), (3_000, 5_000));
		assert_eq!(closed.slashed, 150, "half of the bond's 30 %");
		assert_eq!(counted().partial, 1);
	});
}

#[test]
fn report_should_give_the_rest_to_a_backup_when_a_due_block_was_missed() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		start(job);
		submit(job, 1);
		assert_ok!(MockEscrow::release(contract(job), 1));
		wait(START_WITHIN + 21);
		assert_ok!(Market::report(signed(STRANGER), job));
		let scope = Scope::Milestones(vec![PlanIndex(0), PlanIndex(2)].try_into().expect("few"));
		assert_eq!((lease(job).agent, lease(job).scope), (RIVAL, scope));
	});
}

#[test]
fn report_should_be_open_to_the_client_and_to_backups() {
	build_and_execute(|| {
		for caller in [CLIENT, wallet(RIVAL), wallet(PROVIDER)] {
			let job = Posting::default().assign(1_000, &[]);
			wait(START_WITHIN + 1);
			assert_ok!(Market::report(signed(caller), job));
		}
	});
}

#[test]
fn report_should_fail_when_there_is_no_such_job_or_nobody_has_it() {
	build_and_execute(|| {
		assert_refused(JOB, Error::<Test>::JobNotFound);
		let job = Posting::default().post();
		wait(1_000);
		assert_refused(job, Error::<Test>::NotAssigned);
	});
}

#[test]
fn report_should_fail_when_submitted_work_awaits_review_or_ruling() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		submit(job, 0);
		wait(500);
		assert_refused(job, Error::<Test>::UnderReview);
		assert_ok!(MockEscrow::dispute(contract(job), 0));
		assert_refused(job, Error::<Test>::UnderReview);
		assert_ok!(MockEscrow::rule(contract(job), 0, percent(100)));
		assert_ok!(Market::report(signed(STRANGER), job));
	});
}

/// Their time is over, and the escrow ends them; a meter's provider may still bring in a voucher.
#[test]
fn report_should_fail_when_a_stream_or_a_meter_has_started() {
	for payment in [STREAM, METER] {
		build_and_execute(|| {
			let job = Posting::paid_by(payment).assign(15, &[(RIVAL, 15)]);
			start(job);
			wait(START_WITHIN + 101);
			assert_refused(job, Error::<Test>::NotOverdue);
			wait(REVIEW);
			assert_ok!(MockEscrow::stop_late(contract(job)));
			assert!(SettledJobs::<Test>::contains_key(job));
			assert_eq!(bond_held(wallet(RIVAL)), 0);
		});
	}
}

#[test]
fn report_should_pass_on_a_stream_or_a_meter_that_never_started() {
	for payment in [STREAM, METER] {
		build_and_execute(|| {
			let job = Posting::paid_by(payment).assign(15, &[(RIVAL, 15)]);
			let scope = lease(job).scope;
			wait(START_WITHIN + 1);
			assert_ok!(Market::report(signed(STRANGER), job));
			assert_eq!((lease(job).agent, lease(job).scope), (RIVAL, scope));
		});
	}
}

#[test]
fn report_should_end_the_job_when_the_client_gave_notice_and_the_start_was_missed() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[(RIVAL, 15)]);
		assert_ok!(MockEscrow::stop(contract(job)));
		wait(START_WITHIN + 1);
		reset_events();

		assert_ok!(Market::report(signed(STRANGER), job));

		assert_eq!(cause(), LeaseEnd::StartMissed);
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!((settled(job).leases.len(), bond_held(wallet(RIVAL))), (1, 0));
		assert_eq!((counted().refunded, counted().reassigned), (1, 0));
	});
}

/// Its provider may be paid for what the client signs until the notice is over, and not beyond.
#[test]
fn report_should_fail_when_the_client_gave_notice_to_a_meter() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[(RIVAL, 15)]);
		start(job);
		assert_ok!(MockEscrow::stop(contract(job)));
		wait(500);
		assert_refused(job, Error::<Test>::NotOverdue);
	});
}

/// It answers for no due block that had passed before it started.
#[test]
fn report_should_cost_the_bond_nothing_when_the_due_block_passed_before_a_late_start() {
	build_and_execute(|| {
		let job = Posting::paid_by(milestones(&[(50, 0), (50, 50)])).assign(PRICE, &[]);
		wait(START_WITHIN + 1);
		start(job);
		reset_events();

		assert_ok!(Market::report(signed(STRANGER), job));

		assert_eq!(cause(), LeaseEnd::DueMissed);
		assert_eq!((Heard::get()[0].1.slashed, Heard::get()[0].1.missed), (0, 0));
	});
}

/// No escrow does that; if one did, nobody's money stays because of it.
#[test]
fn report_should_end_a_job_whose_contract_is_gone_without_a_word() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		submit(job, 0);
		MockEscrow::vanish(contract(job));

		assert_ok!(Market::report(signed(STRANGER), job));

		assert_eq!(settled(job).leases, vec![]);
		assert_eq!(settled(job).receipts, vec![], "a receipt of no lease");
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!((in_use(PROVIDER), bond_held(wallet(RIVAL))), (0, 0));
		assert_eq!(Heard::get(), []);
		wait(RETENTION);
		assert_ok!(Market::forget(signed(STRANGER), job));
		let deposits: Balance = [CLIENT].into_iter().map(deposit_held).sum();
		assert_eq!(deposits, 0);
	});
}
