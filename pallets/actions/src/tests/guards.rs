//! Tests of the guardrails: when an action is recommended, and again when it is claimed.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::{ActionId, RiskClass, Target};
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, Perbill};

/// Has a restart of the node of [`ALICE`] verified, lets `stop` happen, and expects that neither that can be
/// claimed nor another be recommended; that both can after `release`.
#[track_caller]
fn assert_stopped(error: Error<Test>, stop: impl FnOnce(), release: impl FnOnce()) {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		let error = DispatchError::from(error);
		stop();
		assert_noop!(try_claim(HAND, id), error);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), error);
		release();
		assert_ok!(try_recommend(SAGE, restart(ALICE)));
		assert_ok!(try_claim(HAND, id));
	});
}

#[test]
fn actions_should_be_held_back_when_the_kill_switch_is_on() {
	let set = |is_on| {
		assert_ok!(Actions::set_kill_switch(root(), is_on));
	};
	assert_stopped(Error::<Test>::KillSwitchOn, || set(true), || set(false));
}

#[test]
fn actions_should_be_held_back_when_the_brake_is_on() {
	let set = |is_on| {
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), is_on));
	};
	assert_stopped(Error::<Test>::BrakeOn, || set(true), || set(false));
}

#[test]
fn actions_should_be_held_back_when_a_breaker_is_open() {
	for scope in [Scope::All, LOW] {
		let set = |position| set_position(scope, position);
		assert_stopped(Error::<Test>::BreakerOpen, || set(OPEN), || set(Position::Closed));
	}
}

#[test]
fn actions_should_begin_when_the_breaker_of_another_class_is_open() {
	build_and_execute(|| {
		for class in [RiskClass::Info, RiskClass::Medium, RiskClass::High] {
			set_position(Scope::Class(class), OPEN);
		}
		running(restart(ALICE));
	});
}

#[test]
fn actions_should_be_held_back_when_the_target_does_not_validate_any_more() {
	let set = |stake| set_stake(ALICE, stake);
	assert_stopped(Error::<Test>::TargetNotFound, || set(0), || set(1));
}

#[test]
fn actions_should_be_held_back_when_the_agent_left() {
	build_and_execute(|| {
		let id = verified(tune());
		alter_agent(SERVICE, |agent| agent.status = AgentStatus::Deregistering { bond_until: 9 });
		assert_noop!(try_claim(HAND, id), Error::<Test>::TargetNotFound);
		remove_agent(SERVICE);
		assert_noop!(try_claim(HAND, id), Error::<Test>::TargetNotFound);
	});
}

#[test]
fn actions_should_be_held_back_when_the_target_is_under_another() {
	build_and_execute(|| {
		let (first, second) = (verified(restart(ALICE)), verified(reconfigure(ALICE)));
		claim(first);
		assert_eq!(UnderAction::<Test>::get(Target::Validator(ALICE)), Some(first));
		for recommended in [restart(ALICE), look(ALICE)] {
			assert_noop!(try_recommend(SAGE, recommended), Error::<Test>::TargetBusy);
		}
		assert_noop!(try_claim(HAND, second), Error::<Test>::TargetBusy);
		// Other targets are free.
		running(restart(BOB));
		report(first, crate::Verdict::Succeeded);
		assert_eq!(UnderAction::<Test>::get(Target::Validator(ALICE)), None);
		claim(second);
	});
}

#[test]
fn notes_should_be_written_down_when_the_target_is_under_action() {
	build_and_execute(|| {
		without_cooldown(ALERT);
		let id = running(watched_by_lag(restart(ALICE)));
		assert_eq!(outcome(recommend(alert(ALICE))), Outcome::Noted);
		report(id, crate::Verdict::Succeeded);
		assert_eq!(outcome(recommend(alert(ALICE))), Outcome::Noted);
		// They don't change what the target is under.
		assert_eq!(UnderAction::<Test>::get(Target::Validator(ALICE)), Some(id));
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 1);
	});
}

#[test]
fn notes_should_be_written_down_when_as_many_validators_are_under_action_as_may() {
	build_and_execute(|| {
		alter_kind(ALERT, |kind| kind.blast_radius = Perbill::zero());
		alter_kind(LOOK, |kind| kind.blast_radius = Perbill::zero());
		running(restart(ALICE));
		assert_noop!(try_recommend(SAGE, look(BOB)), Error::<Test>::BlastRadius);
		assert_eq!(outcome(recommend(alert(BOB))), Outcome::Noted);
	});
}

#[test]
fn notes_should_be_held_back_when_their_kind_cools_down_or_began_as_often_as_may() {
	build_and_execute(|| {
		alter_kind(ALERT, |kind| kind.rate_limit = RateLimit { count: 2, period: 10 });
		running(restart(ALICE));
		recommend(alert(ALICE));
		assert_noop!(try_recommend(SAGE, alert(ALICE)), Error::<Test>::CoolingDown);
		recommend(alert(BOB));
		assert_noop!(try_recommend(SAGE, alert(CAROL)), Error::<Test>::RateLimited);
	});
}

#[test]
fn actions_should_be_held_back_when_the_target_is_watched() {
	build_and_execute(|| {
		let id = done(watched_by_lag(restart(ALICE)));
		assert!(stored(id).state.is_under_way());
		assert_noop!(try_recommend(SAGE, look(ALICE)), Error::<Test>::TargetBusy);
		pass_blocks(8);
		assert!(!stored(id).state.is_under_way());
		assert_ok!(try_recommend(SAGE, look(ALICE)));
	});
}

#[test]
fn actions_should_be_held_back_when_the_kind_cools_down_on_the_target() {
	build_and_execute(|| {
		let waiting = verified(restart(ALICE));
		done(restart(ALICE));
		let until = START + 5;
		assert_eq!(Cooldowns::<Test>::get(RESTART, Target::Validator(ALICE)), Some(until));
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::CoolingDown);
		assert_noop!(try_claim(HAND, waiting), Error::<Test>::CoolingDown);
		// Other kinds and other targets don't.
		assert_ok!(try_recommend(SAGE, reconfigure(ALICE)));
		assert_ok!(try_recommend(SAGE, restart(BOB)));
		pass_blocks(4);
		assert_noop!(try_claim(HAND, waiting), Error::<Test>::CoolingDown);
		pass_blocks(1);
		assert_ok!(try_recommend(SAGE, restart(ALICE)));
		claim(waiting);
	});
}

#[test]
fn actions_should_cool_down_as_long_as_was_said_when_they_were_recommended() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		without_cooldown(RESTART);
		report(id, crate::Verdict::Failed);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::CoolingDown);
	});
}

#[test]
fn actions_should_not_cool_down_when_they_never_began() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		assert_ok!(Actions::veto(signed(ANN), id, REASON));
		assert_eq!(Cooldowns::<Test>::iter_keys().count(), 0);
		running(restart(ALICE));
	});
}

#[test]
fn actions_should_be_held_back_when_as_many_of_the_kind_began_lately_as_may() {
	build_and_execute(|| {
		alter_kind(RESTART, |kind| kind.rate_limit = RateLimit { count: 2, period: 10 });
		let last = verified(restart(CAROL));
		done(restart(ALICE));
		pass_blocks(3);
		done(restart(BOB));
		assert_eq!(Starts::<Test>::get(RESTART).into_inner(), [START, START + 3]);
		assert_noop!(try_recommend(SAGE, restart(CAROL)), Error::<Test>::RateLimited);
		assert_noop!(try_claim(HAND, last), Error::<Test>::RateLimited);
		// Other kinds have limits of their own.
		assert_ok!(try_recommend(SAGE, reconfigure(CAROL)));
		pass_blocks(6);
		assert_noop!(try_claim(HAND, last), Error::<Test>::RateLimited);
		// The period is a sliding one: now the first is out of it, and only that.
		pass_blocks(1);
		assert_eq!(now(), START + 10);
		claim(last);
		assert_eq!(Starts::<Test>::get(RESTART).into_inner(), [START + 3, START + 10]);
		assert_noop!(try_recommend(SAGE, restart(DAVE)), Error::<Test>::RateLimited);
	});
}

#[test]
fn actions_should_be_held_back_when_the_limit_was_lowered_below_what_began() {
	build_and_execute(|| {
		done(restart(ALICE));
		done(restart(BOB));
		alter_kind(RESTART, |kind| kind.rate_limit = RateLimit { count: 1, period: 100 });
		pass_blocks(20);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::RateLimited);
		alter_kind(RESTART, |kind| kind.rate_limit.count = 2);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::RateLimited);
		alter_kind(RESTART, |kind| kind.rate_limit.count = 3);
		running(restart(ALICE));
		assert_eq!(Starts::<Test>::get(RESTART).len(), 3);
	});
}

#[test]
fn actions_should_begin_as_often_as_the_greatest_limit_says() {
	build_and_execute(|| {
		MaxStarts::set(&100);
		alter_kind(ALERT, |kind| {
			kind.cooldown = 0;
			kind.rate_limit = RateLimit { count: MAX_KIND_STARTS, period: 100 };
		});
		for _ in 0..MAX_KIND_STARTS {
			recommend(alert(ALICE));
		}
		assert_eq!(Starts::<Test>::get(ALERT).len(), MAX_KIND_STARTS as usize);
		assert_noop!(try_recommend(SAGE, alert(ALICE)), Error::<Test>::RateLimited);
		pass_blocks(100);
		recommend(alert(ALICE));
		assert_eq!(Starts::<Test>::get(ALERT).into_inner(), [START + 100]);
	});
}

/// Which of these validators can be under action at a time by a kind of this radius.
fn let_in(radius: Perbill, validators: &[AccountId]) -> usize {
	let mut count = 0;
	new_test_ext().execute_with(|| {
		for stash in [ALICE, BOB, CAROL, DAVE] {
			set_stake(stash, 0);
		}
		for stash in validators {
			set_stake(stash.clone(), STAKE);
		}
		alter_kind(RESTART, |kind| kind.blast_radius = radius);
		let ids: Vec<_> = validators.iter().map(|stash| verified(restart(stash.clone()))).collect();
		for id in ids {
			match try_claim(hand_of(id), id) {
				Ok(()) => count += 1,
				Err(error) => assert_eq!(error, Error::<Test>::BlastRadius.into()),
			}
		}
		assert_eq!(ValidatorsUnderAction::<Test>::get() as usize, count);
		assert_ok!(Actions::do_try_state());
	});
	count
}

#[test]
fn actions_should_be_held_back_when_as_many_validators_are_under_action_as_may() {
	let all = [ALICE, BOB, CAROL, DAVE];
	for (percent, validators, expected) in [
		// One always may.
		(0, &all[..], 1),
		(24, &all, 1),
		(25, &all, 1),
		(49, &all, 1),
		(50, &all, 2),
		(74, &all, 2),
		(75, &all, 3),
		(100, &all, 4),
		(33, &all[..3], 1),
		(67, &all[..3], 2),
		(50, &all[..1], 1),
	] {
		let count = let_in(Perbill::from_percent(percent), validators);
		assert_eq!(count, expected, "{percent} % of {}", validators.len());
	}
}

#[test]
fn actions_should_be_held_back_by_their_own_radius_when_others_are_wider() {
	build_and_execute(|| {
		alter_kind(RECONFIGURE, |kind| kind.blast_radius = Perbill::from_percent(25));
		let narrow = verified(reconfigure(BOB));
		let wide = running(restart(ALICE));
		assert_noop!(try_claim(HAND, narrow), Error::<Test>::BlastRadius);
		assert_noop!(try_recommend(SAGE, reconfigure(CAROL)), Error::<Test>::BlastRadius);
		// The wider one begins all the same.
		let other = running(restart(CAROL));
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 2);
		assert_noop!(try_recommend(SAGE, restart(DAVE)), Error::<Test>::BlastRadius);
		report(wide, crate::Verdict::Succeeded);
		assert_noop!(try_claim(HAND, narrow), Error::<Test>::BlastRadius);
		report(other, crate::Verdict::Succeeded);
		claim(narrow);
	});
}

#[test]
fn actions_should_not_count_for_the_radius_when_they_are_not_on_validators() {
	build_and_execute(|| {
		alter_kind(RESTART, |kind| kind.blast_radius = Perbill::zero());
		running(tune());
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 0);
		running(restart(ALICE));
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 1);
	});
}

#[test]
fn actions_should_be_held_back_when_their_time_is_over() {
	build_and_execute(|| {
		let id = verified(Recommendation { expires: START + 3, ..restart(ALICE) });
		skip_blocks(4);
		assert_noop!(try_claim(HAND, id), Error::<Test>::Expired);
	});
}

#[test]
fn actions_should_begin_in_the_last_block_of_their_time() {
	build_and_execute(|| {
		let id = verified(Recommendation { expires: START + 3, ..restart(ALICE) });
		pass_blocks(3);
		claim(id);
	});
}

#[test]
fn actions_should_be_held_back_when_their_kind_changed_or_left() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		// Nothing of it is another, and still somebody looked at it anew.
		alter_kind(RESTART, |_| {});
		assert_noop!(try_claim(HAND, id), Error::<Test>::KindChanged);
		assert_ok!(Actions::remove_kind(root(), RESTART));
		assert_noop!(try_claim(HAND, id), Error::<Test>::KindNotFound);
		// That it comes back doesn't bring the action back.
		assert_ok!(Actions::set_kind(root(), RESTART, plain("restart")));
		assert_noop!(try_claim(HAND, id), Error::<Test>::KindChanged);
	});
}

#[test]
fn actions_should_be_held_back_when_approvals_are_missing() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_ok!(try_approve(ANN, id));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_ok!(try_approve(BEN, id));
		assert_ok!(try_claim(HAND, id));
	});
}

#[test]
fn actions_should_be_held_back_when_there_was_no_simulation() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotSimulated);
	});
}

#[test]
fn guardrails_should_be_asked_in_this_order_when_many_hold_an_action_back() {
	build_and_execute(|| {
		let id = recommend(Recommendation { expires: START, ..restart(ALICE) });
		let refusal = || try_claim(HAND, id).expect_err("it is held back");
		skip_blocks(1);
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), true));
		set_stake(ALICE, 0);
		set_position(LOW, OPEN);
		alter_kind(RESTART, |_| {});
		assert_ok!(Actions::set_kill_switch(root(), true));
		let version = listed(RESTART).version;
		let steps: [(Error<Test>, Lift); 6] = [
			(Error::<Test>::KillSwitchOn, |_, _| KillSwitch::<Test>::kill()),
			(Error::<Test>::BrakeOn, |_, _| Brakes::<Test>::remove(Target::Validator(ALICE))),
			(Error::<Test>::KindChanged, |id, version| {
				alter_action(id, |action| action.order.version = version)
			}),
			(Error::<Test>::BreakerOpen, |_, _| set_position(LOW, Position::Closed)),
			(Error::<Test>::Expired, |_, _| skip_back()),
			(Error::<Test>::TargetNotFound, |_, _| set_stake(ALICE, STAKE)),
		];
		for (error, lift) in steps {
			assert_eq!(refusal(), error.into());
			lift(id, version);
		}
		assert_eq!(refusal(), Error::<Test>::NotVerified.into());
	});
}

/// Lets go what holds an action back, given the version that its kind has now.
type Lift = fn(ActionId, u32);

/// Goes a block back in time.
fn skip_back() {
	System::set_block_number(System::block_number() - 1);
}
