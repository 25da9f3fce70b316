//! Tests of `prune`.

use crate::{mock::*, *};
use aitbc_core::{ContractId, WorkId};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResultWithPostInfo, Pays},
};

fn prune(work: WorkId) -> DispatchResultWithPostInfo {
	Reputation::prune(signed(STRANGER), work)
}

#[test]
fn prune_should_free_the_storage_without_a_fee_when_retention_elapsed() {
	build_and_execute(|| {
		let (work, _) = give_feedback(CLIENT, rating());
		let other = Deal::by(STRANGER).close();
		let before = record(AGENT);
		wait(RETENTION);
		reset_events();

		assert_eq!(prune(work).expect("it is time").pays_fee, Pays::No);

		assert_eq!(SettledWork::<Test>::iter_keys().collect::<Vec<_>>(), [other]);
		assert_eq!(record(AGENT), before);
		assert!(Feedback::<Test>::contains_key((AGENT, CLIENT, FIRST)), "feedback stays");
		assert_eq!(events(), [Event::WorkPruned { work }]);
	});
}

#[test]
fn prune_should_end_the_time_to_rate() {
	build_and_execute(|| {
		let work = Deal::default().close();
		wait(RETENTION);
		assert_ok!(prune(work));
		assert_noop!(
			Reputation::rate(signed(CLIENT), AGENT, work, rating()),
			Error::<Test>::WorkNotFound
		);
	});
}

#[test]
fn prune_should_fail_when_there_is_no_such_work() {
	build_and_execute(|| {
		assert_noop!(prune(WorkId::Contract(ContractId(3))), Error::<Test>::WorkNotFound);
	});
}

#[test]
fn prune_should_fail_when_the_work_may_still_be_rated() {
	build_and_execute(|| {
		let work = Deal::default().close();
		wait(RETENTION - 1);
		assert_noop!(prune(work), Error::<Test>::RetentionNotElapsed);
		wait(1);
		assert_ok!(prune(work));
	});
}
