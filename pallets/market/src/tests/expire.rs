//! Tests of `expire`.

use crate::{mock::*, *};
use aitbc_core::JobId;
use frame_support::{assert_noop, assert_ok};

#[track_caller]
fn assert_refused(job: JobId, error: Error<Test>) {
	let result = || Market::expire(signed(STRANGER), job).map_err(|failure| failure.error);
	assert_noop!(result(), error);
}

#[test]
fn expire_should_return_every_bond_and_the_deposits() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let bond = place(job, PROVIDER, PRICE).bond;
		wait(51);
		reset_events();

		let weight = Market::expire(signed(STRANGER), job).expect("its time is over").actual_weight;

		assert_eq!(Jobs::<Test>::iter().count(), 0);
		assert_eq!(OpenJobs::<Test>::iter().count(), 0);
		assert_eq!(JobsByParty::<Test>::iter().count(), 0);
		assert_eq!(bond_held(wallet(PROVIDER)), 0);
		assert_eq!(free(CLIENT), WEALTH);
		let released = Event::BidReleased {
			job,
			agent: PROVIDER,
			account: wallet(PROVIDER),
			bond,
			cause: BidEnd::JobEnded,
		};
		assert_eq!(events(), [released, Event::JobExpired { job }]);
		assert_eq!(counted(), Counters { posted: 1, expired: 1, ..Default::default() });
		assert_eq!(weight, Some(<()>::expire(1)));
	});
}

#[test]
fn expire_should_pass_when_nobody_bid() {
	build_and_execute(|| {
		let job = Posting::default().post();
		wait(51);
		assert_ok!(Market::expire(signed(STRANGER), job));
		assert_eq!(free(CLIENT), WEALTH);
	});
}

#[test]
fn expire_should_fail_when_there_is_no_such_job() {
	build_and_execute(|| assert_refused(JOB, Error::<Test>::JobNotFound));
}

#[test]
fn expire_should_fail_when_the_client_may_still_decide() {
	build_and_execute(|| {
		let job = Posting::default().post();
		wait(50);
		assert_refused(job, Error::<Test>::AssignmentNotEnded);
	});
}

#[test]
fn expire_should_fail_when_somebody_has_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		wait(500);
		assert_refused(job, Error::<Test>::AlreadyAssigned);
	});
}
