//! Each invariant, broken once.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::{ActionId, Target};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
};
use sp_runtime::DispatchError;

/// Waits for approvals.
const PROPOSED: ActionId = ActionId(0);
/// Runs, on the node of [`ALICE`].
const RUNNING: ActionId = ActionId(1);
/// Is watched, on the node of [`BOB`].
const WATCHED: ActionId = ActionId(2);
/// Ended.
const ENDED: ActionId = ActionId(3);
/// Waits for its turn, and is the chain's.
const REFLEX: ActionId = ActionId(4);

/// Sets up an action in each state; lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		// In the order of the ids above; what begins first can't be in the way of what ends.
		let proposed = recommend(restart(CAROL));
		assert_ok!(try_approve(ANN, proposed));
		assert_ok!(Actions::declare_spam(signed(ANN), proposed));
		running(restart(ALICE));
		done(watched_by_lag(restart(BOB)));
		failed(tune());
		let reflex = Reflex { kind: LOOK, parameters: Default::default() };
		let series = aitbc_telemetry::Series::Cpu;
		alter_kind(LOOK, |kind| kind.blast_radius = sp_runtime::Perbill::one());
		assert_ok!(Actions::set_reflex(root(), series, Some(reflex)));
		notice(0, CAROL, series);
		pass_blocks(1);
		assert_eq!(stored(PROPOSED).state, State::Proposed);
		assert!(matches!(stored(RUNNING).state, State::Running { .. }));
		assert!(matches!(stored(WATCHED).state, State::Watching { .. }));
		assert_eq!(outcome(ENDED), Outcome::Failed);
		assert_eq!(
			(stored(REFLEX).source, stored(REFLEX).state),
			(Source::Anomaly, State::Verified)
		);
		assert_ok!(Actions::do_try_state());

		corrupt();

		assert_eq!(Actions::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

#[test]
fn try_state_should_notice_when_an_action_that_is_over_has_a_deposit() {
	assert_noticed("an action that is over has a deposit", || {
		alter_action(ENDED, |action| {
			action.source = source_of(SAGE, 1);
		});
	});
}

#[test]
fn try_state_should_notice_when_the_held_money_is_not_the_deposits() {
	let complaint = "what is held is not what actions say";
	let reason = HoldReason::Deposit.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &SAGE, 1));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::decrease_balance_on_hold(&reason, &SAGE, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		alter_action(RUNNING, |action| {
			action.source = source_of(SAGE, DEPOSIT + 1);
		});
	});
	assert_noticed(complaint, || {
		alter_action(PROPOSED, |action| {
			action.source = source_of(STRANGER, DEPOSIT);
		});
	});
}

#[test]
fn try_state_should_notice_when_the_agenda_has_more_or_fewer() {
	let complaint = "the agenda has more or fewer";
	assert_noticed(complaint, || Agenda::<Test>::insert(1_000, PROPOSED, ()));
	assert_noticed(complaint, || Agenda::<Test>::insert(1_000, ActionId(99), ()));
	assert_noticed(complaint, || Agenda::<Test>::remove(stored(ENDED).due(), ENDED));
}

#[test]
fn try_state_should_notice_when_an_action_is_not_on_the_agenda() {
	for id in [PROPOSED, RUNNING, WATCHED, ENDED, REFLEX] {
		assert_noticed("an action is not on the agenda", || {
			let due = stored(id).due();
			Agenda::<Test>::remove(due, id);
			Agenda::<Test>::insert(due + 1, id, ());
		});
	}
}

#[test]
fn try_state_should_notice_when_an_action_is_on_an_agenda_that_is_done() {
	assert_noticed("an action is on an agenda that is done", || {
		let last = agenda().pop().expect("there are some").0;
		AgendaFrom::<Test>::put(last + 1);
	});
}

#[test]
fn try_state_should_notice_when_an_action_has_an_id_that_is_to_come() {
	assert_noticed("an action has an id that is to come", || NextActionId::<Test>::put(REFLEX));
}

#[test]
fn try_state_should_notice_when_an_action_is_older_than_the_oldest() {
	assert_noticed("an action is older than the oldest", || OldestActionId::<Test>::put(RUNNING));
}

#[test]
fn try_state_should_notice_when_a_target_is_free_that_is_not() {
	let complaint = "a target is free that is not";
	for stash in [ALICE, BOB] {
		assert_noticed(complaint, || UnderAction::<Test>::remove(Target::Validator(stash)));
	}
	assert_noticed(complaint, || {
		UnderAction::<Test>::insert(Target::Validator(ALICE), WATCHED);
	});
	// Two on one target.
	assert_noticed(complaint, || {
		alter_action(WATCHED, |action| action.order.target = Target::Validator(ALICE));
	});
}

#[test]
fn try_state_should_notice_when_a_target_is_under_no_action() {
	assert_noticed("a target is under no action", || {
		UnderAction::<Test>::insert(Target::Validator(CAROL), PROPOSED);
	});
	assert_noticed("a target is under no action", || {
		UnderAction::<Test>::insert(Target::Network, ActionId(99));
	});
}

#[test]
fn try_state_should_notice_when_validators_are_miscounted() {
	for count in [0, 1, 3] {
		assert_noticed("validators are miscounted", || ValidatorsUnderAction::<Test>::put(count));
	}
}

#[test]
fn try_state_should_notice_when_open_recommendations_are_miscounted() {
	let complaint = "open recommendations are miscounted";
	assert_noticed(complaint, || OpenCount::<Test>::insert(SAGE, 4));
	assert_noticed(complaint, || OpenCount::<Test>::remove(SAGE));
	assert_noticed(complaint, || OpenCount::<Test>::insert(STRANGER, 1));
	// What is zero is not there.
	assert_noticed(complaint, || OpenCount::<Test>::insert(STRANGER, 0));
}

#[test]
fn try_state_should_notice_when_running_actions_are_miscounted() {
	let complaint = "running actions are miscounted";
	assert_noticed(complaint, || RunningCount::<Test>::insert(EXECUTOR, 2));
	assert_noticed(complaint, || RunningCount::<Test>::remove(EXECUTOR));
	assert_noticed(complaint, || RunningCount::<Test>::insert(OTHER_EXECUTOR, 0));
}

#[test]
fn try_state_should_notice_when_somebody_said_a_thing_twice() {
	let complaint = "somebody said a thing twice";
	let twice = || accounts([ANN, BEN, ANN]);
	assert_noticed(complaint, || alter_action(PROPOSED, |action| action.approvals = twice()));
	assert_noticed(complaint, || alter_action(PROPOSED, |action| action.spam = twice()));
}

#[test]
fn try_state_should_notice_when_a_name_leads_to_no_kind() {
	let complaint = "a name leads to no kind";
	assert_noticed(complaint, || KindNames::<Test>::insert(word("ghost"), RESTART));
	assert_noticed(complaint, || KindNames::<Test>::remove(word("restart")));
	assert_noticed(complaint, || Catalogue::<Test>::remove(RESTART));
}

#[test]
fn try_state_should_notice_when_a_kind_is_not_sound() {
	assert_noticed("a kind is not sound", || {
		Catalogue::<Test>::mutate(RESTART, |listed| {
			listed.as_mut().expect("it is in the catalogue").kind.lease = 0;
		});
	});
}

#[test]
fn try_state_should_notice_when_a_kinds_name_is_not_its_own() {
	assert_noticed("a kind's name is not its own", || {
		KindNames::<Test>::insert(word("restart"), RESTORE);
	});
}

#[test]
fn try_state_should_notice_when_starts_are_not_in_order() {
	assert_noticed("starts are not in order", || {
		Starts::<Test>::mutate(RESTART, |starts| {
			starts.try_insert(0, now() + 1).expect("there is room");
		});
	});
}
