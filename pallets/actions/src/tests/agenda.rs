//! Tests of what the chain itself does when the time has come.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged};
use aitbc_core::{ActionId, Target};
use frame_support::{
	assert_noop, assert_ok, assert_storage_noop,
	traits::Hooks,
	weights::{Weight, WeightMeter},
};

/// What it weighs to move so many actions on.
fn passing(moved: u32) -> Weight {
	// Six records for each, and one for each breaker.
	let records = u64::from(6 * moved + 5);
	<Test as Config>::WeightInfo::pass_time(moved) + GROWTH_WEIGHT * records
}

/// Has the hook run with so much room, and says how much it took.
fn poll_with(room: Weight) -> Weight {
	let mut meter = WeightMeter::with_limit(room);
	Actions::on_poll(System::block_number(), &mut meter);
	meter.consumed()
}

#[test]
fn action_should_expire_when_nobody_claimed_it_in_time() {
	build_and_execute(|| {
		for verify in [false, true] {
			let id = recommend(Recommendation { expires: now() + 3, ..restart(ALICE) });
			if verify {
				approve(id);
			}
			let before = stored(id);
			pass_blocks(3);
			assert_eq!(stored(id), before);
			reset();

			pass_blocks(1);

			let source = source_of(SAGE, 0);
			assert_eq!(stored(id), Action { source, state: ended(Outcome::Expired), ..before });
			assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
			assert_eq!(log(), [written_of(Logged::ActionExpired, Actor::Chain, id, &[])]);
			assert_eq!(events(), [told_return(id, Outcome::Expired)]);
		}
	});
}

#[test]
fn action_should_be_unknown_when_its_lease_ran_out() {
	build_and_execute(|| {
		let id = running(watched_by_lag(restart(ALICE)));
		let before = stored(id);
		pass_blocks(10);
		assert_eq!(stored(id), before);
		reset();

		pass_blocks(1);

		let source = source_of(SAGE, 0);
		assert_eq!(stored(id), Action { source, state: ended(Outcome::Unknown), ..before });
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
		assert_eq!(RunningCount::<Test>::iter_keys().count(), 0);
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 0);
		let cools = Cooldowns::<Test>::get(RESTART, Target::Validator(ALICE));
		assert_eq!(cools, Some(now() + 5));
		assert_eq!(log(), [written_of(Logged::ActionUnknown, Actor::Chain, id, &[])]);
		assert_eq!(events(), [told_return(id, Outcome::Unknown)]);
		let expected = TrackRecord { unknown: 1, ..Default::default() };
		assert_eq!(record_of(RESTART), Some(expected));
	});
}

#[test]
fn action_should_be_reported_in_the_last_block_of_its_lease() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		pass_blocks(10);
		report(id, Verdict::Succeeded);
		assert_eq!(outcome(id), Outcome::Unjudged);
	});
}

#[test]
fn action_should_be_forgotten_when_it_was_kept_for_long_enough() {
	build_and_execute(|| {
		let id = done(restart(ALICE));
		pass_blocks(KEPT - 1);
		assert_eq!(
			stored(id).state,
			State::Ended { outcome: Outcome::Unjudged, at: START, until: START + KEPT }
		);
		reset();

		pass_blocks(1);

		assert_eq!(crate::Actions::<Test>::get(id), None);
		assert_eq!((agenda(), log()), (vec![], vec![]));
		assert_eq!(events(), [Event::ActionForgotten { action: id }]);
		assert_eq!(Cooldowns::<Test>::iter_keys().count(), 0);
		assert_eq!(OldestActionId::<Test>::get(), SECOND);
		// Its id doesn't come back.
		assert_eq!(NextActionId::<Test>::get(), SECOND);
		assert_noop!(try_report_again(id), Error::<Test>::ActionNotFound);
	});
}

fn try_report_again(id: ActionId) -> sp_runtime::DispatchResult {
	try_report(HAND, id, Verdict::Succeeded)
}

/// Recommends so many actions, and has them end in this order, each in a block of its own.
fn end_in_turn(count: u32, order: impl IntoIterator<Item = u64>) {
	recommend_many(count, START + 30);
	for number in order {
		assert_ok!(Actions::veto(root(), ActionId(number), REASON));
		pass_blocks(1);
	}
}

/// Lets the next action be forgotten, and says which is the oldest then.
fn oldest_after_one_more() -> u64 {
	let count = || crate::Actions::<Test>::iter_keys().count();
	let before = count();
	while count() == before {
		pass_blocks(1);
	}
	assert_eq!(count() + 1, before, "one at a time");
	assert_ok!(Actions::do_try_state());
	OldestActionId::<Test>::get().0
}

#[test]
fn oldest_should_go_up_when_actions_are_forgotten_in_order() {
	build_and_execute(|| {
		end_in_turn(4, 0..4);
		assert_eq!(OldestActionId::<Test>::get(), FIRST);
		for expected in 1..=4 {
			assert_eq!(oldest_after_one_more(), expected);
		}
		// A new one is the oldest, and the only one.
		assert_eq!(recommend(restart(ALICE)), ActionId(4));
		assert_eq!(OldestActionId::<Test>::get(), ActionId(4));
	});
}

#[test]
fn oldest_should_wait_and_catch_up_when_a_late_one_is_forgotten_first() {
	build_and_execute(|| {
		// The first ends after three others; then it moves on over two at a time.
		end_in_turn(6, [1, 2, 3, 0, 4, 5]);
		assert_eq!(MAX_PASSED, 2);
		for expected in [0, 0, 0, 2, 4, 6] {
			assert_eq!(oldest_after_one_more(), expected);
		}
	});
}

#[test]
fn oldest_should_lag_behind_until_the_next_are_forgotten_when_the_first_is_the_last_to_end() {
	build_and_execute(|| {
		end_in_turn(5, [4, 3, 2, 1, 0]);
		for expected in [0, 0, 0, 0, 2] {
			assert_eq!(oldest_after_one_more(), expected);
		}
		// Nothing is left, and the page is empty and the last.
		let any = ActionFilter { target: None, is_open: false };
		let page = Actions::actions(&any, None, 10);
		assert_eq!(page, ActionPage { actions: vec![], next: None });
		for expected in [4, 6] {
			let id = recommend(restart(ALICE));
			assert_ok!(Actions::veto(root(), id, REASON));
			assert_eq!(oldest_after_one_more(), expected);
		}
	});
}

#[test]
fn cooldown_should_be_forgotten_with_its_action_when_it_is_longer_than_that_is_kept() {
	build_and_execute(|| {
		let target = || Target::Validator(ALICE);
		alter_kind(RESTART, |kind| kind.cooldown = 2 * KEPT);
		let id = done(restart(ALICE));
		pass_blocks(2 * KEPT - 1);
		assert!(crate::Actions::<Test>::contains_key(id));
		assert!(Cooldowns::<Test>::contains_key(RESTART, target()));
		pass_blocks(1);
		assert!(!crate::Actions::<Test>::contains_key(id));
		assert!(!Cooldowns::<Test>::contains_key(RESTART, target()));
	});
}

#[test]
fn cooldown_should_stay_when_a_later_action_began_it_anew() {
	build_and_execute(|| {
		let target = || Target::Validator(ALICE);
		done(restart(ALICE));
		pass_blocks(KEPT - 2);
		let later = done(restart(ALICE));
		let until = now() + 5;
		pass_blocks(2);
		// The first is forgotten, and what the second wrote is not.
		assert_eq!(crate::Actions::<Test>::iter_keys().collect::<Vec<_>>(), [later]);
		assert_eq!(Cooldowns::<Test>::get(RESTART, target()), Some(until));
		pass_blocks(KEPT);
		assert_eq!(Cooldowns::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn cooldown_should_not_be_there_when_it_has_no_length() {
	build_and_execute(|| {
		without_cooldown(RESTART);
		done(restart(ALICE));
		assert_eq!(Cooldowns::<Test>::iter_keys().count(), 0);
		running(restart(ALICE));
	});
}

/// Recommends so many actions that expire in this block.
fn recommend_many(count: u32, expires: u32) -> Vec<ActionId> {
	MaxOpen::set(&1_000);
	(0..count).map(|_| recommend(Recommendation { expires, ..restart(ALICE) })).collect()
}

/// How many of these actions still wait.
fn waiting(ids: &[ActionId]) -> usize {
	ids.iter().filter(|id| stored(**id).state.is_waiting()).count()
}

#[test]
fn hook_should_leave_the_rest_for_later_when_more_is_due_than_it_moves() {
	build_and_execute(|| {
		let first = recommend_many(2 * MAX_DUE + 3, START + 4);
		let next = recommend_many(MAX_DUE, START + 5);
		pass_blocks(4);
		assert_eq!((waiting(&first), waiting(&next)), (19, 8));
		for (first_left, next_left) in [(11, 8), (3, 8), (0, 3), (0, 0)] {
			pass_blocks(1);
			assert_eq!((waiting(&first), waiting(&next)), (first_left, next_left));
			assert_ok!(Actions::do_try_state());
		}
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
		assert_eq!(AgendaFrom::<Test>::get(), Some(now() + 1));
	});
}

#[test]
fn hook_should_say_what_it_weighed() {
	build_and_execute(|| {
		recommend_many(MAX_DUE + 2, START);
		for moved in [MAX_DUE, 2, 0] {
			skip_blocks(1);
			assert_eq!(poll(), passing(moved));
		}
	});
}

#[test]
fn hook_should_do_nothing_when_there_is_no_room() {
	build_and_execute(|| {
		let id = recommend(Recommendation { expires: START, ..restart(ALICE) });
		set_position(LOW, Position::Open { until: START + 1 });
		skip_blocks(3);
		let most = passing(MAX_DUE);
		let little = most - Weight::from_parts(1, 0);
		assert_storage_noop!(assert_eq!(poll_with(little), Weight::zero()));
		assert!(stored(id).state.is_waiting());
	});
}

#[test]
fn hook_should_catch_up_when_there_is_room_again() {
	build_and_execute(|| {
		pass_blocks(1);
		let ids: Vec<_> = (0..3)
			.map(|number| recommend(Recommendation { expires: now() + number, ..restart(ALICE) }))
			.collect();
		set_position(LOW, Position::Open { until: now() + 1 });
		skip_blocks(5);
		assert_eq!(waiting(&ids), 3);
		let most = passing(MAX_DUE);
		assert_eq!(poll_with(most), passing(3));
		assert_eq!((waiting(&ids), position(LOW)), (0, HALF_OPEN));
		assert_eq!(AgendaFrom::<Test>::get(), Some(now() + 1));
	});
}

#[test]
fn hook_should_end_what_was_due_when_it_never_ran_before() {
	build_and_execute(|| {
		assert_eq!(AgendaFrom::<Test>::get(), None);
		let id = recommend(Recommendation { expires: START, ..restart(ALICE) });
		skip_blocks(3);
		poll();
		assert_eq!(outcome(id), Outcome::Expired);
		assert_eq!(held(SAGE), 0);
	});
}

#[test]
fn hook_should_look_at_few_blocks_when_many_were_missed() {
	build_and_execute(|| {
		pass_blocks(1);
		let from = now() + 1;
		let id = recommend(Recommendation { expires: now() + 12, ..restart(ALICE) });
		skip_blocks(100);
		assert_eq!(poll(), passing(0));
		assert_eq!(AgendaFrom::<Test>::get(), Some(from + MAX_DUE + 1));
		assert!(stored(id).state.is_waiting());
		assert_eq!(poll(), passing(1));
		assert_eq!(outcome(id), Outcome::Expired);
	});
}

#[test]
fn action_should_be_claimed_by_nobody_when_its_time_is_over_and_the_hook_has_no_room() {
	build_and_execute(|| {
		let id = verified(Recommendation { expires: START + 2, ..restart(ALICE) });
		skip_blocks(3);
		assert_noop!(try_claim(HAND, id), Error::<Test>::Expired);
		assert_noop!(try_approve(CLEO, id), Error::<Test>::Expired);
	});
}
