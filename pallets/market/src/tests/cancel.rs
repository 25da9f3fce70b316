//! Tests of `cancel`.

use crate::{mock::*, *};
use aitbc_core::JobId;
use frame_support::{assert_noop, assert_ok};

#[track_caller]
fn assert_refused(caller: AccountId, job: JobId, error: Error<Test>) {
	let result = || Market::cancel(signed(caller), job).map_err(|failure| failure.error);
	assert_noop!(result(), error);
}

#[test]
fn cancel_should_return_every_bond_and_the_deposits() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let bonds = [PROVIDER, RIVAL].map(|agent| (agent, place(job, agent, PRICE).bond));
		reset_events();

		let weight = Market::cancel(signed(CLIENT), job).expect("nobody has it").actual_weight;

		assert_eq!(Jobs::<Test>::iter().count(), 0);
		assert_eq!(OpenJobs::<Test>::iter().count(), 0);
		assert_eq!(JobsByParty::<Test>::iter().count(), 0);
		assert_eq!(Bids::<Test>::iter().count(), 0);
		assert_eq!(OpenBids::<Test>::iter().count(), 0);
		assert_eq!(free(CLIENT), WEALTH);
		let released = bonds.map(|(agent, bond)| Event::BidReleased {
			job,
			agent,
			account: wallet(agent),
			bond,
			cause: BidEnd::JobEnded,
		});
		assert_eq!(events()[..2], released);
		assert_eq!(events()[2..], [Event::JobCancelled { job }]);
		assert_eq!(bond_held(wallet(PROVIDER)) + bond_held(wallet(RIVAL)), 0);
		assert_eq!(counted(), Counters { posted: 1, cancelled: 1, ..Default::default() });
		assert_eq!(weight, Some(<()>::cancel(2)));
	});
}

#[test]
fn cancel_should_pass_after_the_time_to_decide() {
	build_and_execute(|| {
		let job = Posting::default().post();
		wait(500);
		assert_ok!(Market::cancel(signed(CLIENT), job));
	});
}

#[test]
fn cancel_should_fail_when_there_is_no_such_job() {
	build_and_execute(|| assert_refused(CLIENT, JOB, Error::<Test>::JobNotFound));
}

#[test]
fn cancel_should_fail_when_the_caller_is_not_the_client() {
	build_and_execute(|| {
		let job = Posting::default().post();
		assert_refused(STRANGER, job, Error::<Test>::NotClient);
	});
}

#[test]
fn cancel_should_fail_when_somebody_has_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		assert_refused(CLIENT, job, Error::<Test>::AlreadyAssigned);
		// Nor when the start was missed: anybody reports that, the client too.
		wait(START_WITHIN + 1);
		assert_refused(CLIENT, job, Error::<Test>::AlreadyAssigned);
		assert_ok!(Market::report(signed(CLIENT), job));
	});
}
