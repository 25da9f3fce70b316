//! Tests of the breakers, and of `open_by_half`.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged, Subject};
use aitbc_core::{ActionId, RiskClass};
use frame_support::{assert_noop, assert_ok};

/// What a breaker says to the log when it moves.
fn moved(event: Logged) -> Written {
	written(event, Actor::Chain, &[Subject::Network], &[])
}

/// Terms on which tests of a single breaker are.
const TERMS: BreakerTerms = BreakerTerms { failures: 3, starts: 2, period: 10, recoveries: 2 };

/// Has restarts fail as often as opens their breaker.
fn open_low() {
	without_cooldown(RESTART);
	for _ in 0..MAX_FAILURES {
		failed(restart(ALICE));
	}
	assert!(matches!(position(LOW), Position::Open { .. }));
}

#[test]
fn breaker_should_open_when_too_much_fails_without_a_success_between() {
	let mut breaker = Breaker::default();
	assert!(!breaker.count_failure(5, &TERMS));
	assert!(!breaker.count_failure(6, &TERMS));
	assert!(!breaker.count_success(&TERMS));
	assert_eq!(breaker, Breaker::default());
	assert!(!breaker.count_failure(7, &TERMS));
	assert!(!breaker.count_failure(8, &TERMS));
	assert!(breaker.count_failure(9, &TERMS));
	let position = Position::Open { until: 19 };
	assert_eq!(breaker, Breaker { position, failures: 0, openings: 1, starts: (9, 0) });
}

#[test]
fn breaker_should_open_when_more_begins_in_a_period_than_may() {
	let mut breaker = Breaker::default();
	for now in [100, 101] {
		assert!(!breaker.count_start(now, &TERMS));
	}
	assert_eq!(breaker.starts, (100, 2));
	// A new period.
	assert!(!breaker.count_start(110, &TERMS));
	assert_eq!(breaker.starts, (110, 1));
	assert!(!breaker.count_start(118, &TERMS));
	assert!(breaker.count_start(119, &TERMS));
	assert_eq!(breaker.position, Position::Open { until: 129 });
	assert_eq!(breaker.starts, (119, 0));
}

#[test]
fn breaker_should_stay_open_twice_as_long_each_time_up_to_eight_times() {
	let mut breaker = Breaker::default();
	let mut now = 1_000;
	for times in [1, 2, 4, 8, 8, 8] {
		assert!(breaker.open(now, &TERMS));
		let until = now + 10 * times;
		assert_eq!(breaker.position, Position::Open { until });
		// What is open doesn't open.
		assert!(!breaker.open(now, &TERMS));
		assert!(!breaker.pass_time(until - 1));
		assert!(breaker.pass_time(until));
		assert_eq!(breaker.position, HALF_OPEN);
		assert!(!breaker.pass_time(until + 1));
		now = until + 3;
	}
	let mut ancient = Breaker { openings: u32::MAX, ..Default::default() };
	assert!(ancient.open(1_000, &TERMS));
	assert_eq!(ancient.position, Position::Open { until: 1_080 });
	assert_eq!(ancient.openings, u32::MAX);
	let mut late = Breaker::default();
	assert!(late.open(u32::MAX - 1, &TERMS));
	assert_eq!(late.position, Position::Open { until: u32::MAX });
}

#[test]
fn breaker_should_open_again_when_the_first_fails_after_it_opened_by_half() {
	let mut breaker = Breaker { position: HALF_OPEN, openings: 1, ..Default::default() };
	assert!(!breaker.count_success(&TERMS));
	assert_eq!(breaker.position, Position::HalfOpen { successes: 1 });
	assert!(breaker.count_failure(50, &TERMS));
	let position = Position::Open { until: 70 };
	assert_eq!(breaker, Breaker { position, failures: 0, openings: 2, starts: (50, 0) });
	// It has to recover anew.
	assert!(breaker.open_by_half());
	assert_eq!(breaker.position, HALF_OPEN);
}

#[test]
fn breaker_should_close_and_forget_when_enough_went_well() {
	let starts = (40, 2);
	let mut breaker = Breaker { position: HALF_OPEN, openings: 3, failures: 0, starts };
	assert!(!breaker.count_success(&TERMS));
	assert!(breaker.count_success(&TERMS));
	// How much began still counts.
	assert_eq!(breaker, Breaker { starts, ..Default::default() });
	assert!(breaker.open(50, &TERMS));
	assert_eq!(breaker.position, Position::Open { until: 60 });
}

#[test]
fn breaker_should_not_move_when_it_is_open_and_something_ends() {
	let open = Breaker { position: Position::Open { until: 90 }, ..Default::default() };
	let mut breaker = open;
	for now in 50..60 {
		assert!(!breaker.count_failure(now, &TERMS));
	}
	assert!(!breaker.count_success(&TERMS));
	assert_eq!(breaker, open);
	assert!(!Breaker::default().open_by_half());
	assert!(!Breaker { position: HALF_OPEN, ..Default::default() }.open_by_half());
}

#[test]
fn breakers_should_each_be_found_by_its_scope() {
	let mut breakers = Breakers::default();
	for (number, scope) in (1..).zip(Scope::ALL) {
		breakers.of_mut(scope).failures = number;
	}
	let Breakers { all, info, low, medium, high } = breakers;
	let failures = [all, info, low, medium, high].map(|breaker| breaker.failures);
	assert_eq!(failures, [1, 2, 3, 4, 5]);
	assert_eq!(Scope::ALL.map(|scope| breakers.of(scope).failures), failures);
}

#[test]
fn breakers_should_open_when_failures_follow_each_other() {
	build_and_execute(|| {
		without_cooldown(RESTART);
		failed(restart(ALICE));
		let lost = running(restart(BOB));
		report(lost, crate::Verdict::Unknown);
		assert_eq!((breaker(LOW).failures, breaker(Scope::All).failures), (2, 2));
		let last = running(restart(ALICE));
		reset();

		report(last, crate::Verdict::Failed);

		let opened = Position::Open { until: START + PERIOD };
		assert_eq!((position(LOW), position(Scope::All)), (opened, Position::Closed));
		assert_eq!(breaker(Scope::All).failures, 3);
		assert_eq!(log()[1..], [moved(Logged::BreakerOpened)]);
		assert_eq!(events()[1..], [told_moved(LOW, opened), told_return(last, Outcome::Failed),]);
		assert_noop!(try_recommend(SAGE, restart(CAROL)), Error::<Test>::BreakerOpen);
		// Others have breakers of their own.
		running(reconfigure(ALICE));
	});
}

#[test]
fn breakers_should_not_open_when_a_success_is_between() {
	build_and_execute(|| {
		without_cooldown(RESTART);
		for _ in 0..3 {
			failed(restart(ALICE));
			failed(restart(ALICE));
			done(restart(ALICE));
		}
		assert_eq!((position(LOW), breaker(LOW).failures), (Position::Closed, 0));
	});
}

#[test]
fn breakers_should_count_a_lease_that_ran_out_as_a_failure() {
	build_and_execute(|| {
		running(restart(ALICE));
		pass_blocks(11);
		assert_eq!((breaker(LOW).failures, breaker(Scope::All).failures), (1, 1));
	});
}

#[test]
fn global_breaker_should_open_when_twice_as_much_fails() {
	build_and_execute(|| {
		for id in [RESTART, RECONFIGURE, LOOK] {
			without_cooldown(id);
		}
		// Two of each class open none of these.
		for _ in 0..2 {
			failed(restart(ALICE));
			failed(reconfigure(ALICE));
		}
		failed(look(ALICE));
		assert_eq!(breaker(Scope::All).failures, 5);
		let last = running(look(ALICE));
		reset();

		report(last, crate::Verdict::Failed);

		let opened = Position::Open { until: START + PERIOD };
		assert_eq!(position(Scope::All), opened);
		for class in RiskClass::ALL {
			assert_eq!(position(Scope::Class(class)), Position::Closed);
		}
		assert_eq!(events()[1], told_moved(Scope::All, opened));
		for recommended in [restart(ALICE), reconfigure(ALICE), look(ALICE), alert(ALICE), tune()] {
			assert_noop!(try_recommend(SAGE, recommended), Error::<Test>::BreakerOpen);
		}
	});
}

#[test]
fn breakers_should_open_when_too_much_begins() {
	build_and_execute(|| {
		without_cooldown(RESTART);
		for _ in 0..MAX_STARTS {
			done(restart(ALICE));
		}
		assert_eq!((position(LOW), breaker(LOW).starts), (Position::Closed, (0, MAX_STARTS)));
		let last = verified(restart(ALICE));
		reset();

		claim(last);

		// The one that is too many begins, and none after it.
		assert!(stored(last).state.is_under_way());
		let opened = Position::Open { until: START + PERIOD };
		assert_eq!((position(LOW), position(Scope::All)), (opened, Position::Closed));
		assert_eq!(breaker(Scope::All).starts.1, MAX_STARTS + 1);
		assert_eq!(log()[1..], [moved(Logged::BreakerOpened)]);
		assert_eq!(events()[0], told_moved(LOW, opened));
		assert_noop!(try_recommend(SAGE, restart(BOB)), Error::<Test>::BreakerOpen);
	});
}

#[test]
fn breakers_should_open_at_once_when_an_action_made_things_worse() {
	build_and_execute(|| {
		let id = judged(reconfigure(ALICE), 20);
		assert_eq!(outcome(id), Outcome::Worse);
		assert_eq!(position(MEDIUM), Position::Open { until: now() + PERIOD });
		// For the global one it is one failure.
		assert_eq!(breaker(Scope::All).failures, 1);
		assert_eq!(position(Scope::All), Position::Closed);
		assert_noop!(try_recommend(SAGE, reconfigure(BOB)), Error::<Test>::BreakerOpen);
		running(restart(BOB));
	});
}

#[test]
fn breakers_should_open_once_when_it_was_worse_and_the_last_failure() {
	build_and_execute(|| {
		without_cooldown(RECONFIGURE);
		failed(reconfigure(ALICE));
		failed(reconfigure(ALICE));
		reset();
		judged(reconfigure(ALICE), 20);
		let opened = |event: &&Event<Test>| matches!(event, Event::BreakerMoved { .. });
		assert_eq!(events().iter().filter(opened).count(), 1);
		assert_eq!(breaker(MEDIUM).openings, 1);
	});
}

#[test]
fn breakers_should_open_by_half_when_their_time_has_come() {
	build_and_execute(|| {
		open_low();
		pass_blocks(PERIOD - 1);
		assert!(matches!(position(LOW), Position::Open { .. }));
		reset();

		pass_blocks(1);

		assert_eq!(position(LOW), HALF_OPEN);
		assert_eq!(log(), [moved(Logged::BreakerHalfOpened)]);
		assert_eq!(events(), [told_moved(LOW, HALF_OPEN)]);
		assert_ok!(try_recommend(SAGE, restart(ALICE)));
	});
}

#[test]
fn breakers_should_all_open_by_half_when_the_time_of_all_has_come() {
	build_and_execute(|| {
		for scope in Scope::ALL {
			set_position(scope, Position::Open { until: START + 1 });
		}
		pass_blocks(1);
		assert_eq!(events(), Scope::ALL.map(|scope| told_moved(scope, HALF_OPEN)));
		assert_eq!(log().len(), 5);
	});
}

#[test]
fn half_open_breaker_should_ask_for_an_approval_when_nobody_had_to_agree() {
	for scope in [Scope::All, Scope::Class(RiskClass::Info)] {
		build_and_execute(|| {
			// It was verified while the breaker was closed.
			let before = recommend(look(ALICE));
			set_position(scope, HALF_OPEN);
			reset();
			let since = recommend(look(BOB));
			assert_eq!(logged(), [Logged::ActionRecommended]);
			assert_eq!(
				(stored(before).state, stored(since).state),
				(State::Verified, State::Proposed)
			);
			for id in [before, since] {
				assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
				assert_ok!(try_approve(ANN, id));
				claim(id);
			}
		});
	}
}

#[test]
fn half_open_breaker_should_let_notes_be_written_down() {
	build_and_execute(|| {
		set_position(Scope::All, HALF_OPEN);
		assert_eq!(outcome(recommend(alert(ALICE))), Outcome::Noted);
	});
}

#[test]
fn half_open_breaker_should_ask_for_an_approver_when_the_operator_had_to_agree() {
	build_and_execute(|| {
		set_position(LOW, HALF_OPEN);
		let id = recommend(tune());
		assert_ok!(try_approve(SERVICE_OWNER, id));
		assert_eq!(stored(id).state, State::Proposed);
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_ok!(try_approve(ANN, id));
		assert_eq!(stored(id).state, State::Verified);
		// Nor is an approver enough without the operator, and governance is.
		let id = recommend(tune());
		assert_ok!(try_approve(ANN, id));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_ok!(Actions::force_approve(root(), id, hash_of(id)));
		claim(id);
	});
}

#[test]
fn half_open_breaker_should_take_the_operator_for_an_approver_when_another_had_the_idea() {
	build_and_execute(|| {
		set_position(LOW, HALF_OPEN);
		assert_ok!(Actions::set_approvers(root(), accounts([ANN, SERVICE_OWNER])));
		let id = recommend(tune());
		assert_ok!(try_approve(SERVICE_OWNER, id));
		assert_eq!(stored(id).state, State::Verified);
		claim(id);
	});
}

#[test]
fn half_open_breaker_should_ask_for_another_when_the_operator_is_an_approver_and_had_the_idea() {
	// It recommends itself; its agent does.
	for who in [SERVICE_OWNER, SAGE] {
		build_and_execute(|| {
			set_position(LOW, HALF_OPEN);
			assert_ok!(Actions::set_approvers(root(), accounts([ANN, SERVICE_OWNER])));
			alter_agent(ADVISOR, |agent| agent.owner = SERVICE_OWNER);
			assert_ok!(try_recommend(who.clone(), tune()));
			reset();
			assert_ok!(try_approve(SERVICE_OWNER, FIRST));
			assert_eq!(stored(FIRST).state, State::Proposed);
			assert_eq!(logged(), [Logged::ActionApproved]);
			assert_noop!(try_claim(HAND, FIRST), Error::<Test>::NotVerified);
			assert_ok!(try_approve(ANN, FIRST));
			assert_eq!(stored(FIRST).state, State::Verified);
			claim(FIRST);
		});
	}
}

#[test]
fn half_open_breaker_should_let_actions_begin_without_an_approval_once_it_is_closed() {
	build_and_execute(|| {
		set_position(Scope::All, HALF_OPEN);
		let id = recommend(look(ALICE));
		set_position(Scope::All, Position::Closed);
		assert_eq!(stored(id).state, State::Proposed);
		reset();

		claim(id);

		// Who claims it finds out that it is verified.
		let records = [Logged::ActionVerified, Logged::ActionClaimed]
			.map(|event| written_of(event, by(HAND), id, &[hash_of(id)]));
		assert_eq!(log(), records);
		assert_eq!(events()[0], Event::ActionVerified { action: id });
		assert_eq!(free(HAND), WEALTH - 2 * FEE);
	});
}

#[test]
fn breakers_should_close_when_enough_went_well() {
	build_and_execute(|| {
		open_low();
		pass_blocks(PERIOD);
		done(restart(ALICE));
		assert_eq!(position(LOW), Position::HalfOpen { successes: 1 });
		let last = running(restart(ALICE));
		reset();

		report(last, crate::Verdict::Succeeded);

		assert_eq!((position(LOW), breaker(LOW).openings), (Position::Closed, 0));
		let records = [Logged::ActionSucceeded, Logged::ActionUnjudged, Logged::BreakerClosed];
		assert_eq!(logged(), records);
		assert_eq!(log()[2], moved(Logged::BreakerClosed));
		assert_eq!(events()[1], told_moved(LOW, Position::Closed));
	});
}

#[test]
fn breakers_should_open_for_twice_as_long_when_something_fails_while_half_open() {
	build_and_execute(|| {
		open_low();
		for times in [2, 4, 8, 8] {
			let Position::Open { until } = position(LOW) else { panic!("it is open") };
			pass_blocks(until - now());
			failed(restart(ALICE));
			assert_eq!(position(LOW), Position::Open { until: now() + times * PERIOD });
		}
		// It recovers, and begins anew.
		let Position::Open { until } = position(LOW) else { panic!("it is open") };
		pass_blocks(until - now());
		done(restart(ALICE));
		done(restart(ALICE));
		open_low();
		assert_eq!(position(LOW), Position::Open { until: now() + PERIOD });
	});
}

#[test]
fn breakers_should_count_what_began_before_they_opened() {
	build_and_execute(|| {
		alter_kind(RESTART, |kind| kind.blast_radius = sp_runtime::Perbill::one());
		without_cooldown(RESTART);
		let ids = [running(restart(ALICE)), running(restart(BOB)), running(restart(CAROL))];
		set_position(LOW, Position::Open { until: START + PERIOD });
		report(ids[0], crate::Verdict::Failed);
		report(ids[1], crate::Verdict::Succeeded);
		assert!(matches!(position(LOW), Position::Open { .. }));
		assert_ok!(Actions::open_by_half(root(), LOW));
		report(ids[2], crate::Verdict::Failed);
		assert!(matches!(position(LOW), Position::Open { .. }));
	});
}

#[test]
fn open_by_half_should_move_the_breaker_when_it_is_open() {
	build_and_execute(|| {
		for scope in Scope::ALL {
			set_position(scope, OPEN);
			reset();
			assert_ok!(Actions::open_by_half(root(), scope));
			assert_eq!(position(scope), HALF_OPEN);
			let by_governance =
				written(Logged::BreakerHalfOpened, Actor::Governance, &[Subject::Network], &[]);
			assert_eq!(log(), [by_governance]);
			assert_eq!(events(), [told_moved(scope, HALF_OPEN)]);
		}
	});
}

#[test]
fn open_by_half_should_fail_when_the_breaker_is_not_open() {
	build_and_execute(|| {
		for position in [Position::Closed, HALF_OPEN, Position::HalfOpen { successes: 1 }] {
			set_position(LOW, position);
			let opened = || Actions::open_by_half(root(), LOW);
			assert_noop!(opened(), Error::<Test>::BreakerNotOpen);
		}
	});
}

#[test]
fn breakers_should_count_what_nobody_judged_as_done() {
	build_and_execute(|| {
		without_cooldown(RESTART);
		failed(restart(ALICE));
		let id = done(restart(ALICE));
		assert_eq!((outcome(id), breaker(LOW).failures), (Outcome::Unjudged, 0));
	});
}

#[test]
fn breakers_should_keep_the_class_of_when_it_was_recommended() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		alter_kind(RESTART, |kind| kind.class = RiskClass::High);
		report(id, crate::Verdict::Failed);
		assert_eq!(breaker(LOW).failures, 1);
		assert_eq!(breaker(Scope::Class(RiskClass::High)).failures, 0);
	});
}

#[test]
fn breakers_should_not_count_what_never_began() {
	build_and_execute(|| {
		let ends: [fn(ActionId); 2] = [
			|id| {
				assert_ok!(Actions::veto(root(), id, REASON));
			},
			|_| pass_blocks(21),
		];
		for end in ends {
			end(verified(restart(ALICE)));
		}
		assert_eq!(AllBreakers::<Test>::get(), Breakers::default());
	});
}

#[test]
fn breakers_should_not_count_what_operators_note_about_their_own_targets() {
	build_and_execute(|| {
		without_cooldown(ALERT);
		alter_kind(ALERT, |kind| kind.rate_limit = RateLimit { count: 1, period: 1 });
		let notes = |who: AccountId| {
			for _ in 0..=2 * MAX_STARTS {
				pass_blocks(1);
				assert_ok!(try_recommend(who.clone(), alert(ALICE)));
			}
		};
		notes(ALICE);
		assert_eq!(AllBreakers::<Test>::get(), crate::Breakers::default());
		// Nor when its own agent has the idea.
		alter_agent(ADVISOR, |agent| agent.owner = ALICE);
		notes(SAGE);
		assert_eq!(AllBreakers::<Test>::get(), crate::Breakers::default());
		// What others note counts.
		alter_agent(ADVISOR, |agent| agent.owner = SAGE_OWNER);
		pass_blocks(1);
		assert_ok!(try_recommend(SAGE, alert(ALICE)));
		assert_eq!(breaker(Scope::Class(RiskClass::Info)).starts.1, 1);
	});
}

#[test]
fn breakers_should_not_count_what_the_operators_own_agent_recommended() {
	build_and_execute(|| {
		without_cooldown(LOOK);
		alter_agent(ADVISOR, |agent| agent.owner = ALICE);
		for _ in 0..2 * MAX_FAILURES {
			failed(look(ALICE));
		}
		assert_eq!(AllBreakers::<Test>::get(), crate::Breakers::default());
	});
}
