//! What somebody could try: each row of the table of abuse, and what comes of it.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::{ActionId, Parameter, RiskClass, Target, Work};
use aitbc_telemetry::Series;
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchResult, Perbill, TokenError};

#[test]
fn kind_that_is_not_listed_should_be_refused_whatever_it_is_to_do() {
	build_and_execute(|| {
		for recommended in [restart(ALICE), alert(ALICE), set_level(1, 0)] {
			let unlisted = Recommendation { kind: NO_KIND, ..recommended };
			assert_noop!(try_recommend(SAGE, unlisted), Error::<Test>::KindNotFound);
		}
		assert_ok!(Actions::remove_kind(root(), RESTART));
		let gone = || recommendation(RESTART, Target::Validator(ALICE), command(vec![]));
		assert_noop!(try_recommend(SAGE, gone()), Error::<Test>::KindNotFound);
	});
}

#[test]
fn parameters_should_be_refused_when_they_are_not_what_the_catalogue_says() {
	build_and_execute(|| {
		let with = |parameters| Recommendation { proposal: command(parameters), ..restart(ALICE) };
		let [name, delay, force] = <[Parameter; 3]>::try_from(restart_parameters()).expect("three");
		let sshd = Parameter::Word(word("sshd"));
		let late = Parameter::Integer(3_600);
		for (parameters, error) in [
			(vec![sshd, delay.clone(), force.clone()], Error::<Test>::ParameterOutOfBounds),
			(vec![name.clone(), late, force.clone()], Error::<Test>::ParameterOutOfBounds),
			(vec![name.clone(), force.clone(), delay.clone()], Error::<Test>::WrongParameterType),
			(vec![name.clone(), delay.clone()], Error::<Test>::WrongParameterCount),
			(vec![name, delay, force.clone(), force], Error::<Test>::WrongParameterCount),
		] {
			assert_noop!(try_recommend(SAGE, with(parameters)), error);
		}
	});
}

#[test]
fn executor_should_claim_nothing_when_the_target_is_anothers() {
	build_and_execute(|| {
		let (of_alice, of_dave) = (verified(restart(ALICE)), verified(restart(DAVE)));
		assert_noop!(try_claim(OTHER_HAND, of_alice), Error::<Test>::NotBound);
		assert_noop!(try_claim(HAND, of_dave), Error::<Test>::NotBound);
		// It can't bind itself either.
		let target = Target::Validator(ALICE);
		let bound =
			|| Actions::bind_executor(signed(OTHER_HAND), target.clone(), Some(OTHER_EXECUTOR));
		assert_noop!(bound(), Error::<Test>::NotOperator);
	});
}

#[test]
fn approvals_should_not_count_when_they_come_after_the_expiry() {
	build_and_execute(|| {
		let id = recommend(Recommendation { expires: START + 2, ..restart(ALICE) });
		assert_ok!(try_approve(ANN, id));
		// The hook had no room to end it.
		skip_blocks(3);
		assert_noop!(try_approve(BEN, id), Error::<Test>::Expired);
		poll();
		assert_noop!(try_approve(BEN, id), Error::<Test>::NotWaiting);
		assert_eq!(outcome(id), Outcome::Expired);
	});
}

#[test]
fn approver_should_count_once_when_it_approves_twice() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(try_approve(ANN, id));
		assert_noop!(try_approve(ANN, id), Error::<Test>::AlreadySaid);
		assert_eq!(stored(id).approvals, accounts([ANN]));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
	});
}

#[test]
fn approvals_should_be_refused_when_they_name_another_hash() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		let other = hash_of(recommend(restart(BOB)));
		for hash in [other, [0; 32]] {
			let approved = || Actions::approve(signed(ANN), id, hash);
			assert_noop!(approved(), Error::<Test>::HashMismatch);
			let forced = || Actions::force_approve(root(), id, hash);
			assert_noop!(forced(), Error::<Test>::HashMismatch);
		}
	});
}

/// Changes an order in some way.
type Change = fn(&mut Order<AccountId>);

#[test]
fn approvals_should_not_be_of_an_order_that_changed_since() {
	build_and_execute(|| {
		let changes: [Change; 6] = [
			|order| {
				order.work = Work::Command(vec![Parameter::Integer(1)].try_into().expect("few"))
			},
			|order| order.target = Target::Validator(BOB),
			|order| order.kind = LOOK,
			|order| order.version += 1,
			|order| order.rollback = Some(Work::Note),
			|order| order.series = Some(Series::BlockTime),
		];
		let id = recommend(restart(ALICE));
		let (before, hash) = (stored(id), hash_of(id));
		for change in changes {
			// No call does that; the hash is there for whatever might.
			alter_action(id, |action| change(&mut action.order));
			let approved = || Actions::approve(signed(ANN), id, hash);
			assert_noop!(approved(), Error::<Test>::HashMismatch);
			alter_action(id, |action| *action = before.clone());
		}
		assert_ok!(Actions::approve(signed(ANN), id, hash));
	});
}

#[test]
fn approvals_should_be_worth_nothing_when_the_kind_changed_after_them() {
	build_and_execute(|| {
		let (approved, waits) = (verified(restart(ALICE)), recommend(restart(BOB)));
		// What was approved would now be done to other bounds.
		alter_kind(RESTART, |kind| kind.verification = Verification::Approvers(1));
		assert_noop!(try_claim(HAND, approved), Error::<Test>::KindChanged);
		assert_noop!(try_approve(ANN, waits), Error::<Test>::KindChanged);
	});
}

#[test]
fn approvals_should_not_count_when_they_are_of_former_approvers() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		assert_ok!(Actions::set_approvers(root(), accounts([BEN, CLEO])));
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_noop!(try_approve(ANN, id), Error::<Test>::NotApprover);
		assert_ok!(try_approve(CLEO, id));
		claim(id);
	});
}

#[test]
fn approvals_should_not_count_when_they_are_of_who_had_the_idea() {
	build_and_execute(|| {
		assert_ok!(Actions::set_approvers(root(), accounts([SAGE_OWNER, ALICE, ANN, BEN])));
		// One approver has an agent of its own, and one is the operator.
		let of_agent = recommend(restart(ALICE));
		assert_noop!(try_approve(SAGE_OWNER, of_agent), Error::<Test>::OwnRecommendation);
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		assert_noop!(try_approve(ALICE, SECOND), Error::<Test>::OwnRecommendation);
		for id in [of_agent, SECOND] {
			assert_ok!(try_approve(ANN, id));
			assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
			assert_ok!(try_approve(BEN, id));
			assert_eq!(stored(id).state, State::Verified);
		}
	});
}

#[test]
fn approver_should_not_approve_its_own_recommendation_when_it_gave_the_agent_away() {
	build_and_execute(|| {
		assert_ok!(Actions::set_approvers(root(), accounts([SAGE_OWNER, ANN, BEN])));
		let id = recommend(restart(ALICE));
		alter_agent(ADVISOR, |agent| agent.owner = STRANGER);
		assert_noop!(try_approve(SAGE_OWNER, id), Error::<Test>::OwnRecommendation);
		// Who got it had no part in the idea.
		alter_agent(ADVISOR, |agent| agent.owner = ANN);
		assert_ok!(try_approve(ANN, id));
		assert_ok!(try_approve(BEN, id));
		claim(id);
	});
}

#[test]
fn approval_of_the_operator_should_not_count_when_the_target_has_another_since() {
	build_and_execute(|| {
		let id = verified(tune());
		alter_agent(SERVICE, |agent| agent.owner = STRANGER);
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_noop!(try_approve(SERVICE_OWNER, id), Error::<Test>::NotApprover);
		assert_ok!(try_approve(STRANGER, id));
		claim(id);
	});
}

#[test]
fn flood_should_cost_deposits_and_end_when_as_many_are_open_as_may() {
	build_and_execute(|| {
		let ids: Vec<_> = (0..MAX_OPEN).map(|_| recommend(restart(ALICE))).collect();
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::TooManyOpen);
		assert_eq!(held(SAGE), u128::from(MAX_OPEN) * DEPOSIT);
		// A veto returns the deposit.
		assert_ok!(Actions::veto(signed(ALICE), ids[0], REASON));
		assert_eq!(held(SAGE), 3 * DEPOSIT);
		// Fewer than have to don't take it, and enough do.
		assert_ok!(Actions::declare_spam(signed(ANN), ids[1]));
		assert_eq!(held(SAGE), 3 * DEPOSIT);
		let treasury = free(TREASURY);
		assert_ok!(Actions::declare_spam(signed(CLEO), ids[1]));
		assert_eq!((held(SAGE), free(TREASURY)), (2 * DEPOSIT, treasury + DEPOSIT + FEE));
		// What nobody says anything about expires, and returns it too.
		pass_blocks(21);
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
		assert_eq!(free(SAGE), WEALTH - DEPOSIT - u128::from(MAX_OPEN) * FEE);
	});
}

#[test]
fn flood_should_end_when_the_account_has_no_money_left() {
	build_and_execute(|| {
		MaxOpen::set(&1_000);
		keep_free(SAGE, 2 * (DEPOSIT + FEE) + ED);
		recommend(restart(ALICE));
		recommend(restart(ALICE));
		assert_noop!(try_recommend(SAGE, restart(ALICE)), TokenError::FundsUnavailable);
		assert_noop!(try_recommend(SAGE, alert(ALICE)), TokenError::Frozen);
	});
}

#[test]
fn running_action_should_end_as_it_would_when_governance_removes_its_kind() {
	build_and_execute(|| {
		see(50);
		let runs = running(reconfigure(ALICE));
		let (waits, approved) = (recommend(reconfigure(BOB)), verified(reconfigure(BOB)));
		let terms = stored(runs).terms;
		assert_ok!(Actions::remove_kind(root(), RECONFIGURE));
		// What waits waits for nothing.
		assert_noop!(try_claim(HAND, approved), Error::<Test>::KindNotFound);
		assert_noop!(try_approve(ANN, waits), Error::<Test>::KindNotFound);
		// What runs has its lease, its watch and its rollback.
		pass_blocks(terms.lease);
		report(runs, Verdict::Succeeded);
		see(90);
		pass_blocks(terms.watch);
		assert_eq!(outcome(runs), Outcome::Worse);
		let id = ActionId(3);
		assert_eq!(stored(id).source, Source::Rollback(runs));
		claim(id);
		pass_blocks(3);
		for id in [waits, approved] {
			assert_eq!(outcome(id), Outcome::Expired);
		}
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
	});
}

#[test]
fn claim_should_be_refused_when_the_action_runs_or_its_lease_ran_out() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		for who in [HAND, OTHER_HAND] {
			assert_noop!(try_claim(who, id), Error::<Test>::NotWaiting);
		}
		pass_blocks(11);
		assert_eq!(outcome(id), Outcome::Unknown);
		// It is never done twice.
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotWaiting);
		assert_noop!(try_approve(CLEO, id), Error::<Test>::NotWaiting);
	});
}

#[test]
fn report_should_be_refused_when_somebody_else_makes_it() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		for who in [OTHER_HAND, ALICE, SAGE, ANN, STRANGER] {
			let reported = || try_report(who.clone(), id, Verdict::Succeeded);
			assert_noop!(reported(), Error::<Test>::NotClaimant);
		}
	});
}

#[test]
fn report_should_be_refused_when_it_is_late_or_made_twice() {
	build_and_execute(|| {
		let late = running(restart(ALICE));
		pass_blocks(11);
		let reported = |id| try_report(HAND, id, Verdict::Succeeded);
		assert_noop!(reported(late), Error::<Test>::NotRunning);
		let twice = running(restart(BOB));
		assert_ok!(reported(twice));
		assert_noop!(reported(twice), Error::<Test>::NotRunning);
		let watched = running(watched_by_lag(restart(CAROL)));
		assert_ok!(reported(watched));
		assert_noop!(reported(watched), Error::<Test>::NotRunning);
	});
}

#[test]
fn report_should_be_refused_when_it_is_late_and_the_hook_had_no_room() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		skip_blocks(10);
		let on_time = stored(id);
		skip_blocks(1);
		let reported = try_report(HAND, id, Verdict::Succeeded);
		assert!(reported.is_err(), "its lease is over");
		assert_eq!(stored(id), on_time);
		// The hook catches up a few blocks at a time.
		pass_blocks(2);
		assert_eq!(outcome(id), Outcome::Unknown);
	});
}

#[test]
fn kill_switch_should_stop_everything_that_begins_and_nothing_that_ends() {
	build_and_execute(|| {
		let waits = recommend(restart(ALICE));
		let approved = verified(restart(BOB));
		let call = verified(set_level(7, 3));
		let runs = running(reconfigure(CAROL));
		assert_ok!(Actions::set_kill_switch(root(), true));
		let off = || Error::<Test>::KillSwitchOn;
		assert_noop!(try_recommend(ALICE, look(ALICE)), off());
		assert_noop!(try_recommend(ALICE, alert(ALICE)), off());
		assert_noop!(try_approve(ANN, waits), off());
		assert_noop!(try_claim(HAND, approved), off());
		let perform = || Actions::perform(signed(STRANGER), call, Box::new(set_level_call(7)));
		assert_noop!(perform(), off());
		report(runs, Verdict::Succeeded);
		assert_ok!(Actions::veto(signed(ANN), waits, REASON));
		assert_ok!(Actions::set_kill_switch(root(), false));
		claim(approved);
		assert_ok!(perform());
	});
}

#[test]
fn kill_switch_and_catalogue_should_be_governances_alone() {
	build_and_execute(|| {
		let bad = sp_runtime::DispatchError::BadOrigin;
		for who in [ALICE, ANN, SAGE, SAGE_OWNER, HAND, STRANGER] {
			let origin = || signed(who.clone());
			assert_noop!(Actions::set_kill_switch(origin(), true), bad);
			assert_noop!(Actions::set_kind(origin(), RESTART, plain("restart")), bad);
			assert_noop!(Actions::remove_kind(origin(), RESTART), bad);
			assert_noop!(Actions::set_approvers(origin(), accounts([STRANGER])), bad);
			assert_noop!(Actions::set_recommender(origin(), SERVICE, true), bad);
			assert_noop!(Actions::open_by_half(origin(), Scope::All), bad);
		}
	});
}

#[test]
fn brake_should_be_pulled_for_ones_own_target_only() {
	build_and_execute(|| {
		let pull = |who, stash| Actions::set_brake(signed(who), Target::Validator(stash), true);
		assert_noop!(pull(ALICE, BOB), Error::<Test>::NotOperator);
		assert_ok!(pull(ALICE, ALICE));
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::BrakeOn);
		// Nor does the operator itself get by.
		assert_noop!(try_recommend(ALICE, restart(ALICE)), Error::<Test>::BrakeOn);
		running(restart(BOB));
	});
}

#[test]
fn breaker_should_go_open_half_open_and_closed_when_things_fail_and_recover() {
	build_and_execute(|| {
		without_cooldown(RESTART);
		for _ in 0..MAX_FAILURES {
			assert_eq!(position(LOW), Position::Closed);
			failed(restart(ALICE));
		}
		// Open: nothing begins.
		assert_eq!(position(LOW), Position::Open { until: START + PERIOD });
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::BreakerOpen);
		pass_blocks(PERIOD);
		// Half open: one that fails opens it again, for twice as long.
		assert_eq!(position(LOW), HALF_OPEN);
		done(restart(ALICE));
		failed(restart(ALICE));
		assert_eq!(position(LOW), Position::Open { until: START + 3 * PERIOD });
		pass_blocks(2 * PERIOD);
		// Closed, but not by one success alone.
		done(restart(ALICE));
		assert_eq!(position(LOW), Position::HalfOpen { successes: 1 });
		done(restart(ALICE));
		assert_eq!(position(LOW), Position::Closed);
		failed(restart(ALICE));
		assert_eq!(position(LOW), Position::Closed);
	});
}

#[test]
fn bad_reconfiguration_should_touch_one_validator_when_it_goes_out_to_all() {
	build_and_execute(|| {
		alter_kind(RECONFIGURE, |kind| kind.blast_radius = Perbill::zero());
		see(50);
		let ids: Vec<_> = [ALICE, BOB, CAROL].map(|stash| verified(reconfigure(stash))).into();
		claim(ids[0]);
		for id in &ids[1..] {
			assert_noop!(try_claim(HAND, *id), Error::<Test>::BlastRadius);
		}
		report(ids[0], Verdict::Succeeded);
		see(90);
		pass_blocks(8);
		assert_eq!(outcome(ids[0]), Outcome::Worse);
		for id in &ids[1..] {
			assert_noop!(try_claim(HAND, *id), Error::<Test>::BreakerOpen);
		}
		let rollback = ActionId(3);
		claim(rollback);
		report(rollback, Verdict::Succeeded);
		see(50);
		pass_blocks(8);
		assert_eq!(outcome(rollback), Outcome::Helped);
	});
}

#[test]
fn executors_death_should_free_the_target_and_the_deposit() {
	build_and_execute(|| {
		let id = running(restart(ALICE));
		alter_agent(EXECUTOR, |agent| agent.status = AgentStatus::Suspended);
		remove_agent(EXECUTOR);
		pass_blocks(11);
		assert_eq!((outcome(id), held(SAGE)), (Outcome::Unknown, 0));
		assert_eq!(Actions::running_of(EXECUTOR), 0);
		bind(ALICE, OTHER_EXECUTOR);
		pass_blocks(5);
		let again = running(restart(ALICE));
		assert!(matches!(&stored(again).state, State::Running { executor, .. }
			if executor.wallet == OTHER_HAND));
	});
}

#[test]
fn note_should_be_limited_when_somebody_repeats_it() {
	build_and_execute(|| {
		assert_ok!(try_recommend(SAGE, alert(ALICE)));
		assert_noop!(try_recommend(ALICE, alert(ALICE)), Error::<Test>::CoolingDown);
		alter_kind(ALERT, |kind| kind.rate_limit = RateLimit { count: 2, period: 10 });
		assert_ok!(try_recommend(SAGE, alert(BOB)));
		assert_noop!(try_recommend(SAGE, alert(CAROL)), Error::<Test>::RateLimited);
	});
}

#[test]
fn call_should_be_refused_when_somebody_performs_another_or_one_nobody_verified() {
	build_and_execute(|| {
		let perform = |id, level| -> DispatchResult {
			Actions::perform(signed(SAGE), id, Box::new(set_level_call(level)))
		};
		let id = recommend(set_level(7, 3));
		assert_noop!(perform(id, 7), Error::<Test>::NotVerified);
		approve(id);
		assert_noop!(perform(id, 8), Error::<Test>::CallNotAllowed);
		assert_ok!(perform(id, 7));
		assert_noop!(perform(id, 7), Error::<Test>::NotWaiting);
		assert_eq!(machine_level().0, 7);
	});
}

#[test]
fn agent_should_not_get_by_the_people_when_it_has_every_role_but_theirs() {
	build_and_execute(|| {
		// The same wallet recommends and carries out.
		alter_agent(EXECUTOR, |agent| agent.wallet = Some(SAGE));
		let id = recommend(restart(ALICE));
		assert_noop!(try_approve(SAGE, id), Error::<Test>::NotApprover);
		assert_noop!(try_claim(SAGE, id), Error::<Test>::NotVerified);
		// Nor does the class of a kind come from who recommends.
		assert_eq!(stored(id).terms.class, RiskClass::Low);
	});
}
