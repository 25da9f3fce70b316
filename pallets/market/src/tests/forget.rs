//! Tests of `forget`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn forget_should_remove_what_is_kept_and_return_its_deposit() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		give_up(job);
		give_up(job);
		let (kept, before) = (deposits(2).record, free(CLIENT));
		assert_eq!(deposit_held(CLIENT), kept);
		wait(RETENTION);
		reset_events();

		assert_ok!(Market::forget(signed(STRANGER), job));

		assert_eq!(SettledJobs::<Test>::iter().count(), 0);
		assert_eq!(JobsByParty::<Test>::iter().count(), 0);
		assert_eq!(deposit_held(CLIENT), 0);
		assert_eq!(free(CLIENT), before + kept);
		assert_eq!(events(), [Event::JobForgotten { job, client: CLIENT, deposit: kept }]);
	});
}

#[test]
fn forget_should_fail_when_the_job_was_never_settled() {
	build_and_execute(|| {
		assert_noop!(Market::forget(signed(STRANGER), JOB), Error::<Test>::JobNotFound);
		let job = Posting::default().assign(PRICE, &[]);
		wait(RETENTION);
		assert_noop!(Market::forget(signed(STRANGER), job), Error::<Test>::JobNotFound);
	});
}

#[test]
fn forget_should_fail_when_it_must_stay_for_longer() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		wait(7);
		give_up(job);
		wait(RETENTION - 1);
		for caller in [STRANGER, CLIENT] {
			assert_noop!(
				Market::forget(signed(caller), job),
				Error::<Test>::RetentionPeriodNotElapsed
			);
		}
		wait(1);
		assert_ok!(Market::forget(signed(STRANGER), job));
	});
}

#[test]
fn forget_should_happen_once() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		give_up(job);
		wait(RETENTION);
		assert_ok!(Market::forget(signed(STRANGER), job));
		assert_noop!(Market::forget(signed(STRANGER), job), Error::<Test>::JobNotFound);
	});
}
