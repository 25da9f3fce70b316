//! Tests of `simulate`, `claim` and `report`, beside the guardrails.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged};
use aitbc_core::{ActionId, AgentKind, Target};
use aitbc_telemetry::Series;
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

/// No action has this id.
const NO_ACTION: ActionId = ActionId(99);

fn try_simulate(who: AccountId, id: ActionId, has_passed: bool) -> DispatchResult {
	Actions::simulate(signed(who), id, hash_of(id), has_passed, EVIDENCE)
}

/// The wallet of [`EXECUTOR`].
fn hand() -> Executor<AccountId> {
	Executor { agent: EXECUTOR, wallet: HAND }
}

#[test]
fn simulate_should_let_others_approve_when_it_went_well() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		let before = stored(id);
		reset();

		assert_ok!(try_simulate(HAND, id, true));

		let simulation = Simulation::Passed(EVIDENCE);
		assert_eq!(stored(id), Action { simulation, ..before });
		let record = written_of(Logged::ActionSimulated, by(HAND), id, &[EVIDENCE.0 .0]);
		assert_eq!(log(), [record]);
		let simulated = Event::ActionSimulated { action: id, has_passed: true, evidence: EVIDENCE };
		assert_eq!(events(), [simulated]);
		assert_eq!(free(HAND), WEALTH - FEE);
		approve(id);
		claim(id);
	});
}

#[test]
fn simulate_should_verify_when_nobody_has_to_agree() {
	build_and_execute(|| {
		alter_kind(LOOK, |kind| kind.needs_simulation = true);
		let id = recommend(look(ALICE));
		let agenda_before = agenda();
		reset();

		assert_ok!(try_simulate(HAND, id, true));

		assert_eq!(stored(id).state, State::Verified);
		assert_eq!(agenda(), agenda_before);
		let records = [
			written_of(Logged::ActionSimulated, by(HAND), id, &[EVIDENCE.0 .0]),
			written_of(Logged::ActionVerified, by(HAND), id, &[hash_of(id)]),
		];
		assert_eq!(log(), records);
		assert_eq!(free(HAND), WEALTH - 2 * FEE);
		let simulated = Event::ActionSimulated { action: id, has_passed: true, evidence: EVIDENCE };
		assert_eq!(events(), [simulated, Event::ActionVerified { action: id }]);
		claim(id);
	});
}

#[test]
fn simulate_should_not_verify_when_a_breaker_is_half_open() {
	build_and_execute(|| {
		alter_kind(LOOK, |kind| kind.needs_simulation = true);
		let id = recommend(look(ALICE));
		set_position(Scope::All, HALF_OPEN);
		reset();
		assert_ok!(try_simulate(HAND, id, true));
		assert_eq!(stored(id).state, State::Proposed);
		assert_eq!(logged(), [Logged::ActionSimulated]);
		assert_ok!(try_approve(ANN, id));
		assert_eq!(stored(id).state, State::Verified);
	});
}

/// Has a simulation awaited, lets `stop` happen, and expects that nobody can say how it went; that one can
/// after `release`.
#[track_caller]
fn assert_not_simulated(error: Error<Test>, stop: impl FnOnce(), release: impl FnOnce()) {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		let error = DispatchError::from(error);
		stop();
		for has_passed in [true, false] {
			assert_noop!(try_simulate(HAND, id, has_passed), error);
		}
		release();
		assert_ok!(try_simulate(HAND, id, true));
	});
}

#[test]
fn simulate_should_fail_when_all_or_the_target_is_stopped() {
	let kill = |is_on| {
		assert_ok!(Actions::set_kill_switch(root(), is_on));
	};
	assert_not_simulated(Error::<Test>::KillSwitchOn, || kill(true), || kill(false));
	let brake = |is_on| {
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), is_on));
	};
	assert_not_simulated(Error::<Test>::BrakeOn, || brake(true), || brake(false));
}

#[test]
fn simulate_should_fail_when_the_kind_changed_or_left() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		alter_kind(REPLACE, |_| {});
		for has_passed in [true, false] {
			assert_noop!(try_simulate(HAND, id, has_passed), Error::<Test>::KindChanged);
		}
		assert_ok!(Actions::remove_kind(root(), REPLACE));
		for has_passed in [true, false] {
			assert_noop!(try_simulate(HAND, id, has_passed), Error::<Test>::KindNotFound);
		}
	});
}

#[test]
fn simulate_should_fail_when_the_time_is_over() {
	let recommended = || Recommendation { expires: now() + 3, ..replace(ALICE) };
	build_and_execute(|| {
		let id = recommend(recommended());
		skip_blocks(4);
		for has_passed in [true, false] {
			assert_noop!(try_simulate(HAND, id, has_passed), Error::<Test>::Expired);
		}
	});
	build_and_execute(|| {
		let id = recommend(recommended());
		skip_blocks(3);
		assert_ok!(try_simulate(HAND, id, true));
	});
}

#[test]
fn simulate_should_end_the_action_when_it_went_badly() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		reset();

		assert_ok!(try_simulate(HAND, id, false));

		assert_eq!(stored(id).state, ended(Outcome::Refuted));
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
		let record = written_of(Logged::ActionRefuted, by(HAND), id, &[EVIDENCE.0 .0]);
		assert_eq!(log(), [record]);
		let simulated =
			Event::ActionSimulated { action: id, has_passed: false, evidence: EVIDENCE };
		assert_eq!(events(), [simulated, told_return(id, Outcome::Refuted)]);
		// It never began.
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 0);
		assert_eq!(Cooldowns::<Test>::iter_keys().count(), 0);
		assert_eq!(AllBreakers::<Test>::get(), Breakers::default());
	});
}

#[test]
fn simulate_should_fail_when_none_is_awaited() {
	build_and_execute(|| {
		let (id, other) = (recommend(replace(ALICE)), recommend(restart(BOB)));
		assert_ok!(try_simulate(HAND, id, true));
		for has_passed in [true, false] {
			let error = || Error::<Test>::NoSimulationAwaited;
			assert_noop!(try_simulate(HAND, id, has_passed), error());
			assert_noop!(try_simulate(HAND, other, has_passed), error());
		}
	});
}

#[test]
fn simulate_should_fail_when_the_caller_is_not_the_executor_of_the_target() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		for who in [OTHER_HAND, STRANGER, ALICE, SAGE] {
			assert_noop!(try_simulate(who, id, true), Error::<Test>::NotBound);
		}
	});
}

#[test]
fn simulate_should_fail_when_the_hash_is_another_or_it_waits_for_nothing() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		let other = hash_of(recommend(replace(BOB)));
		let simulate = |id, hash| Actions::simulate(signed(HAND), id, hash, true, EVIDENCE);
		assert_noop!(simulate(id, other), Error::<Test>::HashMismatch);
		assert_noop!(simulate(NO_ACTION, other), Error::<Test>::ActionNotFound);
		assert_ok!(Actions::veto(root(), id, REASON));
		assert_noop!(simulate(id, hash_of(id)), Error::<Test>::NotWaiting);
	});
}

#[test]
fn simulate_should_fail_when_it_cant_be_written_down() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		LogIsFull::set(&true);
		assert_noop!(try_simulate(HAND, id, true), LOG_FULL);
		assert_noop!(try_simulate(HAND, id, false), LOG_FULL);
	});
}

#[test]
fn simulate_should_fail_when_only_one_of_two_records_can_be_paid() {
	build_and_execute(|| {
		alter_kind(LOOK, |kind| kind.needs_simulation = true);
		let id = recommend(look(ALICE));
		keep_free(HAND, 2 * FEE + ED - 1);
		assert_noop!(try_simulate(HAND, id, true), TokenError::NotExpendable);
		assert_ok!(try_simulate(HAND, id, false));
	});
}

#[test]
fn claim_should_put_the_target_under_action_when_all_agree() {
	build_and_execute(|| {
		see(7);
		let id = verified(watched_by_lag(restart(ALICE)));
		let (before, money) = (stored(id), held(SAGE));
		pass_blocks(2);
		reset();

		assert_ok!(try_claim(HAND, id));

		let until = now() + 10;
		let baseline = Some(Baseline { series: Series::FinalityLag, reading: seen() });
		let state = State::Running { executor: hand(), until, baseline };
		assert_eq!(stored(id), Action { state, ..before });
		assert_eq!(agenda(), [(until + 1, id)]);
		assert_eq!(UnderAction::<Test>::get(Target::Validator(ALICE)), Some(id));
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 1);
		assert_eq!(Actions::running_of(EXECUTOR), 1);
		assert_eq!(Starts::<Test>::get(RESTART).into_inner(), [now()]);
		assert_eq!((breaker(LOW).starts.1, breaker(Scope::All).starts.1), (1, 1));
		assert_eq!(log(), [written_of(Logged::ActionClaimed, by(HAND), id, &[hash_of(id)])]);
		assert_eq!(events(), [Event::ActionClaimed { action: id, executor: hand(), until }]);
		assert_eq!(free(HAND), WEALTH - FEE);
		assert_eq!(held(SAGE), money);
	});
}

#[test]
fn claim_should_have_no_baseline_when_no_series_is_named_or_read() {
	build_and_execute(|| {
		let baseline = |id| match stored(id).state {
			State::Running { baseline, .. } => baseline,
			other => panic!("{other:?}"),
		};
		assert_eq!(baseline(running(restart(ALICE))), None);
		let unread = Baseline { series: Series::FinalityLag, reading: None };
		assert_eq!(baseline(running(watched_by_lag(restart(BOB)))), Some(unread));
	});
}

#[test]
fn claim_should_let_one_executor_carry_out_many() {
	build_and_execute(|| {
		let ids = [running(restart(ALICE)), running(reconfigure(BOB)), running(tune())];
		assert_eq!(Actions::running_of(EXECUTOR), 3);
		for (id, left) in ids.into_iter().zip([2, 1, 0]) {
			report(id, crate::Verdict::Failed);
			assert_eq!(Actions::running_of(EXECUTOR), left);
		}
		assert_eq!(RunningCount::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn claim_should_fail_when_the_caller_is_not_the_executor_of_the_target() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		for who in [OTHER_HAND, STRANGER, ALICE, SAGE, ANN] {
			assert_noop!(try_claim(who, id), Error::<Test>::NotBound);
		}
	});
}

#[test]
fn claim_should_fail_when_the_executor_is_not_active_or_nobody_is_bound() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		for status in [
			AgentStatus::Registered,
			AgentStatus::Inactive,
			AgentStatus::Suspended,
			AgentStatus::Deregistering { bond_until: 9 },
		] {
			alter_agent(EXECUTOR, |agent| agent.status = status);
			assert_noop!(try_claim(HAND, id), Error::<Test>::NotBound);
		}
		remove_agent(EXECUTOR);
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotBound);
		put_agent(EXECUTOR, AgentKind::Executor, STRANGER, HAND);
		let target = Target::Validator(ALICE);
		assert_ok!(Actions::bind_executor(signed(ALICE), target, None));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotBound);
	});
}

#[test]
fn claim_should_follow_the_executors_wallet_when_it_changes() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		alter_agent(EXECUTOR, |agent| agent.wallet = Some(STRANGER));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotBound);
		assert_ok!(try_claim(STRANGER, id));
	});
}

#[test]
fn claim_should_fail_when_the_hash_is_another() {
	build_and_execute(|| {
		let (id, other) = (verified(restart(ALICE)), verified(restart(BOB)));
		for hash in [hash_of(other), [0; 32]] {
			let claimed = || Actions::claim(signed(HAND), id, hash);
			assert_noop!(claimed(), Error::<Test>::HashMismatch);
		}
	});
}

#[test]
fn claim_should_fail_when_the_action_is_not_there_or_waits_for_nothing() {
	build_and_execute(|| {
		let claimed = || Actions::claim(signed(HAND), NO_ACTION, [0; 32]);
		assert_noop!(claimed(), Error::<Test>::ActionNotFound);
		let ids = [
			recommend(alert(CAROL)),
			done(tune()),
			running(restart(ALICE)),
			done(watched_by_lag(restart(BOB))),
		];
		for id in ids {
			assert_noop!(try_claim(HAND, id), Error::<Test>::NotWaiting);
		}
	});
}

#[test]
fn claim_should_fail_when_it_cant_be_written_down_or_paid() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		LogIsFull::set(&true);
		assert_noop!(try_claim(HAND, id), LOG_FULL);
		LogIsFull::set(&false);
		keep_free(HAND, FEE + ED - 1);
		assert_noop!(try_claim(HAND, id), TokenError::NotExpendable);
	});
}

#[test]
fn claim_should_say_that_it_is_verified_once_when_an_approver_came_back() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(try_approve(ANN, id));
		assert_ok!(Actions::set_approvers(root(), accounts([BEN])));
		assert_ok!(try_approve(BEN, id));
		assert_eq!(stored(id).state, State::Proposed);
		assert_ok!(Actions::set_approvers(root(), accounts([ANN, BEN])));
		let verified_before = verified(restart(BOB));
		reset();
		claim(id);
		assert_eq!(logged(), [Logged::ActionVerified, Logged::ActionClaimed]);
		reset();
		claim(verified_before);
		assert_eq!(logged(), [Logged::ActionClaimed]);
	});
}

#[test]
fn claim_should_fail_when_only_one_of_two_records_can_be_paid() {
	build_and_execute(|| {
		set_position(Scope::All, HALF_OPEN);
		let id = recommend(look(ALICE));
		set_position(Scope::All, Position::Closed);
		keep_free(HAND, 2 * FEE + ED - 1);
		assert_noop!(try_claim(HAND, id), TokenError::NotExpendable);
	});
}

#[test]
fn report_should_end_the_action_when_it_succeeded_and_nothing_is_watched() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		let before = stored(id);
		pass_blocks(3);
		reset();

		assert_ok!(try_report(HAND, id, crate::Verdict::Succeeded));

		let source = source_of(SAGE, 0);
		let state = ended(Outcome::Unjudged);
		assert_eq!(stored(id), Action { source, state, ..before });
		assert_eq!(agenda(), [(now() + KEPT, id)]);
		assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - FEE));
		assert_eq!(OpenCount::<Test>::iter_keys().count(), 0);
		assert_eq!(RunningCount::<Test>::iter_keys().count(), 0);
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 0);
		let records = [
			written_of(Logged::ActionSucceeded, by(HAND), id, &[EVIDENCE.0 .0]),
			written_of(Logged::ActionUnjudged, Actor::Chain, id, &[]),
		];
		assert_eq!(log(), records);
		let result = crate::Verdict::Succeeded;
		let reported = Event::ActionReported { action: id, result, evidence: EVIDENCE };
		assert_eq!(events(), [reported, told_return(id, Outcome::Unjudged)]);
		let expected = TrackRecord { unjudged: 1, ..Default::default() };
		assert_eq!(record_of(RESTART), Some(expected));
	});
}

#[test]
fn report_should_let_the_series_be_watched_when_it_succeeded_and_one_is_named() {
	build_and_execute(|| {
		see(7);
		let before_it = seen();
		assert_eq!(before_it.map(|reading| reading.window), Some(WINDOW + 1));
		let id = running(watched_by_lag(restart(ALICE)));
		let before = stored(id);
		pass_blocks(3);
		see(8);
		reset();

		assert_ok!(try_report(HAND, id, crate::Verdict::Succeeded));

		let until = now() + 8;
		let baseline = Baseline { series: Series::FinalityLag, reading: before_it };
		let state = State::Watching { until, baseline, window: WINDOW + 2 };
		assert_eq!(stored(id), Action { state, ..before });
		assert_eq!(agenda(), [(until, id)]);
		// The target is still under action, and the executor is free.
		assert_eq!(UnderAction::<Test>::get(Target::Validator(ALICE)), Some(id));
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 1);
		assert_eq!(RunningCount::<Test>::iter_keys().count(), 0);
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (DEPOSIT, 1));
		assert_eq!(logged(), [Logged::ActionSucceeded]);
		let result = crate::Verdict::Succeeded;
		let reported = Event::ActionReported { action: id, result, evidence: EVIDENCE };
		assert_eq!(events(), [reported]);
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn report_should_end_the_action_when_it_failed_or_nobody_knows() {
	for (result, outcome, event) in [
		(crate::Verdict::Failed, Outcome::Failed, Logged::ActionFailed),
		(crate::Verdict::Unknown, Outcome::Unknown, Logged::ActionUnknown),
	] {
		build_and_execute(|| {
			// That a series is named changes nothing.
			let id = running(watched_by_lag(restart(ALICE)));
			reset();

			assert_ok!(try_report(HAND, id, result));

			assert_eq!(stored(id).state, ended(outcome));
			assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
			assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
			assert_eq!(log(), [written_of(event, by(HAND), id, &[EVIDENCE.0 .0])]);
			let reported = Event::ActionReported { action: id, result, evidence: EVIDENCE };
			assert_eq!(events(), [reported, told_return(id, outcome)]);
			assert_eq!((breaker(LOW).failures, breaker(Scope::All).failures), (1, 1));
			let record = record_of(RESTART).expect("there is one");
			assert_eq!(
				(record.failed, record.unknown),
				match outcome {
					Outcome::Failed => (1, 0),
					_ => (0, 1),
				}
			);
		});
	}
}

#[test]
fn report_should_work_when_all_is_stopped() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		assert_ok!(Actions::set_kill_switch(root(), true));
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), true));
		assert_ok!(Actions::remove_kind(root(), RESTART));
		set_position(Scope::All, OPEN);
		set_position(LOW, OPEN);
		set_stake(ALICE, 0);
		alter_agent(EXECUTOR, |agent| agent.status = AgentStatus::Suspended);
		assert_ok!(try_report(HAND, id, crate::Verdict::Succeeded));
		assert_eq!(outcome(id), Outcome::Unjudged);
	});
}

#[test]
fn report_should_be_of_who_claimed_when_the_wallet_or_the_executor_changes() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		alter_agent(EXECUTOR, |agent| agent.wallet = Some(STRANGER));
		bind(ALICE, OTHER_EXECUTOR);
		for who in [STRANGER, OTHER_HAND, ALICE] {
			let reported = || try_report(who.clone(), id, crate::Verdict::Succeeded);
			assert_noop!(reported(), Error::<Test>::NotClaimant);
		}
		assert_ok!(try_report(HAND, id, crate::Verdict::Failed));
		assert_eq!(Actions::running_of(EXECUTOR), 0);
	});
}

#[test]
fn report_should_fail_when_the_action_does_not_run() {
	build_and_execute(|| {
		let reported = || try_report(HAND, NO_ACTION, crate::Verdict::Succeeded);
		assert_noop!(reported(), Error::<Test>::ActionNotFound);
		let ids = [
			recommend(alert(CAROL)),
			recommend(restart(CAROL)),
			verified(reconfigure(CAROL)),
			done(tune()),
			done(watched_by_lag(restart(BOB))),
		];
		for id in ids {
			let reported = || try_report(HAND, id, crate::Verdict::Failed);
			assert_noop!(reported(), Error::<Test>::NotRunning);
		}
	});
}

#[test]
fn report_should_fail_when_it_cant_be_written_down_or_paid() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		LogIsFull::set(&true);
		assert_noop!(try_report(HAND, id, crate::Verdict::Failed), LOG_FULL);
		LogIsFull::set(&false);
		keep_free(HAND, FEE + ED - 1);
		let reported = || try_report(HAND, id, crate::Verdict::Succeeded);
		assert_noop!(reported(), TokenError::NotExpendable);
	});
}
