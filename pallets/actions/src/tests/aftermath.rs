//! Tests of what comes after an action: whether it helped, and what follows if it made things worse.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_anomaly::Value;
use aitbc_audit::{Actor, Event as Logged};
use aitbc_core::{Target, Work};
use aitbc_telemetry::Series;
use aitbc_traits::Reading;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

/// How an action ends before and after which this was seen.
fn verdict(series: Series, before: Reading, after: Reading) -> Outcome {
	let mut found = None;
	build_and_execute(|| {
		begin_window(series, before);
		let id = done(Recommendation { series: Some(series), ..restart(ALICE) });
		begin_window(series, after);
		pass_blocks(8);
		found = Some(outcome(id));
	});
	found.expect("it was judged")
}

/// A reading of so many millionths, on which all agree.
fn exact(millionths: i64) -> Reading {
	Reading { window: 0, median: Value::from_millionths(millionths), spread: Value::default() }
}

/// A reading of so much, give or take.
fn about(median: i64, spread: i64) -> Reading {
	let (median, spread) = (Value::from_integer(median), Value::from_integer(spread));
	Reading { window: 0, median, spread }
}

#[test]
fn verdict_should_be_by_what_is_beyond_the_noise() {
	let series = Series::FinalityLag;
	assert_eq!(series.grain().millionths(), 3_000_000);
	for (before, after, expected) in [
		(about(10, 0), about(10, 0), Outcome::NoEffect),
		(about(10, 0), about(13, 0), Outcome::NoEffect),
		(about(10, 0), about(7, 0), Outcome::NoEffect),
		(about(10, 0), about(14, 0), Outcome::Worse),
		(about(10, 0), about(6, 0), Outcome::Helped),
		// What reporters differed by is no difference, whether before or after.
		(about(10, 5), about(15, 0), Outcome::NoEffect),
		(about(10, 0), about(15, 5), Outcome::NoEffect),
		(about(10, 5), about(16, 1), Outcome::Worse),
		(about(10, 1), about(5, 5), Outcome::NoEffect),
		(about(10, 1), about(4, 5), Outcome::Helped),
		// Nor is what lies within the series' grain.
		(about(10, 1), about(12, 1), Outcome::NoEffect),
		(exact(0), exact(3_000_000), Outcome::NoEffect),
		(exact(0), exact(3_000_001), Outcome::Worse),
		(exact(5_000_000), exact(2_000_000), Outcome::NoEffect),
		(exact(5_000_000), exact(1_999_999), Outcome::Helped),
		(exact(0), exact(i64::MAX), Outcome::Worse),
		(exact(i64::MIN), exact(i64::MAX), Outcome::Worse),
		(exact(i64::MAX), exact(i64::MIN), Outcome::Helped),
	] {
		assert_eq!(verdict(series, before, after), expected, "{before:?} {after:?}");
	}
	assert_eq!(verdict(Series::BlockTime, about(6, 0), about(12, 0)), Outcome::Worse);
	assert_eq!(verdict(Series::BlockTime, about(6, 0), about(2, 0)), Outcome::Helped);
}

#[test]
fn effect_should_be_told_and_counted_when_the_watch_is_over() {
	for (change, outcome, event, record) in [
		(-20, Outcome::Helped, Logged::ActionHelped, TrackRecord { helped: 1, ..none() }),
		(0, Outcome::NoEffect, Logged::ActionNoEffect, TrackRecord { no_effect: 1, ..none() }),
		(20, Outcome::Worse, Logged::ActionWorse, TrackRecord { worse: 1, ..none() }),
	] {
		build_and_execute(|| {
			see(50);
			let id = done(watched_by_lag(restart(ALICE)));
			let before = stored(id);
			see(50 + change);
			pass_blocks(7);
			assert_eq!(stored(id), before);
			reset();

			pass_blocks(1);

			let source = source_of(SAGE, 0);
			assert_eq!(stored(id), Action { source, state: ended(outcome), ..before });
			assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
			assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
			assert_eq!(ValidatorsUnderAction::<Test>::get(), 0);
			let cools = Cooldowns::<Test>::get(RESTART, Target::Validator(ALICE));
			assert_eq!(cools, Some(now() + 5));
			assert_eq!(record_of(RESTART), Some(record));
			assert_eq!(log()[0], written_of(event, Actor::Chain, id, &[]));
			assert!(events().contains(&told_return(id, outcome)));
			if outcome != Outcome::Worse {
				assert_eq!((log().len(), events().len()), (1, 1));
			}
		});
	}
}

fn none() -> TrackRecord {
	TrackRecord::default()
}

#[test]
fn effect_should_be_unjudged_when_there_is_nothing_to_compare() {
	// Nothing before; nothing since; nothing at all.
	for (before, after) in [(None, Some(10)), (Some(50), None), (None, None)] {
		build_and_execute(|| {
			if let Some(lag) = before {
				see(lag);
			}
			let id = done(watched_by_lag(restart(ALICE)));
			reset();
			if let Some(lag) = after {
				see(lag);
			}
			pass_blocks(8);
			assert_eq!(outcome(id), Outcome::Unjudged);
			assert_eq!(log(), [written_of(Logged::ActionUnjudged, Actor::Chain, id, &[])]);
			assert_eq!(events(), [told_return(id, Outcome::Unjudged)]);
			let expected = TrackRecord { unjudged: 1, ..none() };
			assert_eq!(record_of(RESTART), Some(expected));
		});
	}
}

#[test]
fn effect_should_be_judged_by_windows_that_began_after_it_was_done() {
	build_and_execute(|| {
		see(50);
		let id = running(watched_by_lag(restart(ALICE)));
		// This window began before the end of the action, so it says nothing of it.
		see(90);
		report(id, crate::Verdict::Succeeded);
		pass_blocks(8);
		assert_eq!(outcome(id), Outcome::Unjudged);
	});
}

#[test]
fn effect_should_be_compared_with_what_was_seen_before_the_action_began() {
	build_and_execute(|| {
		see(50);
		let id = running(watched_by_lag(restart(ALICE)));
		see(10);
		report(id, crate::Verdict::Succeeded);
		see(50);
		pass_blocks(8);
		assert_eq!(outcome(id), Outcome::NoEffect);
	});
}

#[test]
fn effect_should_be_that_of_the_series_that_is_named() {
	build_and_execute(|| {
		begin_window(Series::BlockTime, about(6, 0));
		let recommended = Recommendation { series: Some(Series::BlockTime), ..restart(ALICE) };
		let id = done(recommended);
		begin_window(Series::FinalityLag, about(500, 0));
		begin_window(Series::BlockTime, about(6, 0));
		pass_blocks(8);
		assert_eq!(outcome(id), Outcome::NoEffect);
	});
}

#[test]
fn outcomes_should_be_counted_for_each_kind_agent_and_model() {
	build_and_execute(|| {
		MaxFailures::set(&100);
		for id in [RESTART, RECONFIGURE, RESTORE] {
			without_cooldown(id);
		}
		let other = Model { name: word("oracle-7b"), version: 4 };
		// Another agent says that it is the same model.
		assert_ok!(Actions::set_recommender(root(), SERVICE, true));
		assert_ok!(try_recommend(extra(20), restart(BOB)));
		approve(FIRST);
		claim(FIRST);
		report(FIRST, crate::Verdict::Failed);
		judged(restart(ALICE), -20);
		judged(restart(ALICE), -20);
		judged(restart(ALICE), 0);
		judged(reconfigure(ALICE), -20);
		judged(Recommendation { model: other.clone(), ..restart(ALICE) }, 0);
		failed(restart(ALICE));
		done(restart(ALICE));
		let lost = running(restart(ALICE));
		report(lost, crate::Verdict::Unknown);
		let expected =
			TrackRecord { helped: 2, no_effect: 1, worse: 0, unjudged: 1, failed: 1, unknown: 1 };
		assert_eq!(record_of(RESTART), Some(expected));
		let expected = TrackRecord { helped: 1, ..none() };
		assert_eq!(record_of(RECONFIGURE), Some(expected));
		let expected = TrackRecord { no_effect: 1, ..none() };
		assert_eq!(TrackRecords::<Test>::get((RESTART, ADVISOR, other)), Some(expected));
		let expected = TrackRecord { failed: 1, ..none() };
		assert_eq!(TrackRecords::<Test>::get((RESTART, SERVICE, model())), Some(expected));
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 4);
	});
}

#[test]
fn outcomes_should_not_be_counted_when_an_operator_had_the_idea() {
	build_and_execute(|| {
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		approve(FIRST);
		claim(FIRST);
		report(FIRST, crate::Verdict::Failed);
		assert_eq!(outcome(FIRST), Outcome::Failed);
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn outcomes_should_be_counted_for_the_agent_of_then_when_it_left_or_has_another_wallet() {
	build_and_execute(|| {
		let (first, second) = (running(restart(ALICE)), running(restart(BOB)));
		// Its wallet is that of another now, which may recommend too.
		alter_agent(ADVISOR, |agent| agent.wallet = Some(extra(20)));
		alter_agent(SERVICE, |agent| agent.wallet = Some(SAGE));
		assert_ok!(Actions::set_recommender(root(), SERVICE, true));
		report(first, crate::Verdict::Failed);
		remove_agent(ADVISOR);
		report(second, crate::Verdict::Unknown);
		let expected = TrackRecord { failed: 1, unknown: 1, ..none() };
		assert_eq!(record_of(RESTART), Some(expected));
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 1);
	});
}

#[test]
fn outcomes_should_be_kept_when_the_kind_left_and_actions_are_forgotten() {
	build_and_execute(|| {
		done(restart(ALICE));
		assert_ok!(Actions::remove_kind(root(), RESTART));
		pass_blocks(KEPT);
		assert_eq!(crate::Actions::<Test>::iter_keys().count(), 0);
		let expected = TrackRecord { unjudged: 1, ..none() };
		assert_eq!(record_of(RESTART), Some(expected));
	});
}

/// The rollback of the first action, which [`reconfigure`]s the node of [`ALICE`] and made things worse.
fn rollback() -> ActionOf<Test> {
	let Listed { version, kind } = listed(RESTORE);
	Action {
		source: Source::Rollback(FIRST),
		order: Order {
			kind: RESTORE,
			version,
			target: Target::Validator(ALICE),
			work: Work::Command(Default::default()),
			rollback: None,
			series: Some(Series::FinalityLag),
		},
		terms: Terms {
			class: kind.class,
			cooldown: kind.cooldown,
			lease: kind.lease,
			watch: kind.watch,
			reversible_by: None,
		},
		idea: None,
		report: None,
		expires: now() + 30,
		simulation: Simulation::NotNeeded,
		approvals: Default::default(),
		is_forced: false,
		spam: Default::default(),
		state: State::Verified,
	}
}

#[test]
fn rollback_should_be_verified_when_an_action_made_things_worse() {
	build_and_execute(|| {
		see(50);
		let id = done(reconfigure(ALICE));
		see(70);
		pass_blocks(7);
		reset();

		pass_blocks(1);

		assert_eq!(outcome(id), Outcome::Worse);
		assert_eq!(stored(SECOND), rollback());
		assert_eq!(NextActionId::<Test>::get(), THIRD);
		assert_eq!(agenda(), [(now() + 31, SECOND), (now() + KEPT, id)]);
		// The chain holds nothing, and is nobody's.
		assert_eq!((held(SAGE), OpenCount::<Test>::iter_keys().count()), (0, 0));
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		let opened = Position::Open { until: now() + PERIOD };
		assert_eq!((position(MEDIUM), position(Scope::All)), (opened, Position::Closed));
		assert_eq!(
			logged(),
			[
				Logged::ActionWorse,
				Logged::BreakerOpened,
				Logged::ActionRecommended,
				Logged::ActionVerified,
			]
		);
		assert!(log().iter().all(|record| record.payer.is_none()));
		let expected = [
			told_moved(MEDIUM, opened),
			told_return(id, Outcome::Worse),
			told(SECOND, &rollback()),
			Event::ActionVerified { action: SECOND },
		];
		assert_eq!(events(), expected);
	});
}

#[test]
fn rollback_should_be_written_down_with_its_hash_as_the_chains() {
	build_and_execute(|| {
		judged(reconfigure(ALICE), 20);
		let hash = hash_of(SECOND);
		let records = [Logged::ActionRecommended, Logged::ActionVerified]
			.map(|event| written_of(event, Actor::Chain, SECOND, &[hash]));
		assert!(log().ends_with(&records), "{:?}", log());
	});
}

#[test]
fn rollback_should_be_the_one_that_was_approved() {
	build_and_execute(|| {
		let rules = restart_rules();
		alter_kind(RESTORE, |kind| kind.performer = commanded(rules));
		alter_kind(RECONFIGURE, |_| {});
		let recommended =
			Recommendation { rollback: Some(command(restart_parameters())), ..reconfigure(ALICE) };
		judged(recommended, 20);
		let parameters = restart_parameters().try_into().expect("there are few");
		assert_eq!(stored(SECOND).order.work, Work::Command(parameters));
	});
}

#[test]
fn rollback_should_be_carried_out_when_breakers_limits_and_the_radius_say_no() {
	build_and_execute(|| {
		alter_kind(RESTORE, |kind| {
			kind.rate_limit = RateLimit { count: 1, period: 1_000 };
			kind.blast_radius = Perbill::zero();
		});
		alter_kind(RECONFIGURE, |_| {});
		// It used its kind up, the node cools down from it, and another node is under action.
		let earlier = done(recommendation(RESTORE, Target::Validator(ALICE), command(vec![])));
		Cooldowns::<Test>::insert(RESTORE, Target::Validator(ALICE), 1_000);
		judged(reconfigure(ALICE), 20);
		let others = running(restart(BOB));
		set_position(Scope::All, OPEN);
		assert!(matches!(position(MEDIUM), Position::Open { .. }));
		let id = aitbc_core::ActionId(earlier.0 + 2);
		assert!(stored(id).is_rollback());
		let starts = (Starts::<Test>::get(RESTORE), breaker(MEDIUM), breaker(Scope::All));

		claim(id);

		assert_eq!(UnderAction::<Test>::get(Target::Validator(ALICE)), Some(id));
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 2);
		// It doesn't count as a start either.
		let now_started = (Starts::<Test>::get(RESTORE), breaker(MEDIUM), breaker(Scope::All));
		assert_eq!(now_started, starts);
		report(others, crate::Verdict::Succeeded);
		report(id, crate::Verdict::Succeeded);
		see(50);
		pass_blocks(8);
		assert_eq!(outcome(id), Outcome::Helped);
		// Nobody's model is credited with it.
		assert_eq!(TrackRecords::<Test>::iter_prefix((RESTORE,)).count(), 1);
		assert_eq!(record_of(RESTORE), Some(TrackRecord { unjudged: 1, ..none() }));
	});
}

#[test]
fn rollback_should_be_held_back_when_the_kill_switch_or_the_brake_is_on() {
	build_and_execute(|| {
		judged(reconfigure(ALICE), 20);
		assert_ok!(Actions::set_kill_switch(root(), true));
		assert_noop!(try_claim(HAND, SECOND), Error::<Test>::KillSwitchOn);
		assert_ok!(Actions::set_kill_switch(root(), false));
		let target = Target::Validator(ALICE);
		assert_ok!(Actions::set_brake(signed(ALICE), target.clone(), true));
		assert_noop!(try_claim(HAND, SECOND), Error::<Test>::BrakeOn);
		assert_ok!(Actions::set_brake(signed(ALICE), target, false));
		claim(SECOND);
	});
}

#[test]
fn rollback_should_be_held_back_when_its_kind_changed_or_left_or_it_waited_too_long() {
	build_and_execute(|| {
		judged(reconfigure(ALICE), 20);
		set_stake(ALICE, 0);
		assert_noop!(try_claim(HAND, SECOND), Error::<Test>::TargetNotFound);
		set_stake(ALICE, STAKE);
		alter_kind(RESTORE, |_| {});
		assert_noop!(try_claim(HAND, SECOND), Error::<Test>::KindChanged);
		assert_ok!(Actions::remove_kind(root(), RESTORE));
		assert_noop!(try_claim(HAND, SECOND), Error::<Test>::KindNotFound);
		pass_blocks(31);
		assert_eq!(outcome(SECOND), Outcome::Expired);
	});
}

#[test]
fn rollback_should_wait_its_turn_when_another_action_came_first() {
	build_and_execute(|| {
		let other = verified(restart(ALICE));
		judged(reconfigure(ALICE), 20);
		claim(other);
		assert_noop!(try_claim(HAND, THIRD), Error::<Test>::TargetBusy);
		report(other, crate::Verdict::Succeeded);
		claim(THIRD);
	});
}

#[test]
fn rollback_should_be_stopped_when_somebody_vetoes_it() {
	build_and_execute(|| {
		judged(reconfigure(ALICE), 20);
		reset();
		assert_ok!(Actions::veto(signed(ALICE), SECOND, REASON));
		assert_eq!(outcome(SECOND), Outcome::Vetoed);
		assert_eq!(events().pop(), Some(told_end(SECOND, Outcome::Vetoed)));
	});
}

#[test]
fn rollback_should_not_be_reversed_when_it_makes_things_worse_itself() {
	build_and_execute(|| {
		judged(reconfigure(ALICE), 20);
		claim(SECOND);
		report(SECOND, crate::Verdict::Succeeded);
		see(90);
		pass_blocks(8);
		assert_eq!(outcome(SECOND), Outcome::Worse);
		assert_eq!(NextActionId::<Test>::get(), THIRD);
	});
}

#[test]
fn rollback_should_be_blocked_when_its_kind_changed_or_left() {
	let changes: [fn(); 2] = [
		|| alter_kind(RESTORE, |_| {}),
		|| {
			assert_ok!(Actions::remove_kind(root(), RESTORE));
		},
	];
	for change in changes {
		build_and_execute(|| {
			see(50);
			let id = done(reconfigure(ALICE));
			change();
			see(70);
			pass_blocks(7);
			reset();

			pass_blocks(1);

			assert_eq!(outcome(id), Outcome::Worse);
			assert_eq!(NextActionId::<Test>::get(), SECOND);
			let blocked = written_of(Logged::ActionBlocked, Actor::Chain, id, &[]);
			assert_eq!(log().pop(), Some(blocked));
			assert_eq!(events().pop(), Some(Event::RollbackBlocked { action: id }));
		});
	}
}

#[test]
fn rollback_should_not_be_there_when_the_kind_cant_be_reversed_or_it_is_not_worse() {
	build_and_execute(|| {
		without_cooldown(RECONFIGURE);
		judged(restart(ALICE), 20);
		judged(reconfigure(ALICE), 0);
		judged(reconfigure(ALICE), -20);
		failed(reconfigure(ALICE));
		assert_eq!(NextActionId::<Test>::get(), aitbc_core::ActionId(4));
		assert!(!events().iter().any(|event| matches!(event, Event::RollbackBlocked { .. })));
	});
}
