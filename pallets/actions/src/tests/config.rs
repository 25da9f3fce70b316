//! Tests of `integrity_test`, origins, weights, indices and constants.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::{KindId, Target};
use aitbc_telemetry::Series;
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
	weights::Weight,
};
use sp_runtime::{traits::Dispatchable, DispatchError};

type W = <Test as Config>::WeightInfo;

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Actions::integrity_test);
}

#[test]
#[should_panic(expected = "a deposit must be creditable")]
fn integrity_test_should_fail_when_the_deposit_is_below_the_existential_deposit() {
	new_test_ext().execute_with(|| {
		Deposit::set(&(ED - 1));
		Actions::integrity_test();
	});
}

/// Expects that nothing could begin with this config.
#[track_caller]
fn assert_idle(change: fn()) {
	let outcome = std::panic::catch_unwind(|| {
		new_test_ext().execute_with(|| {
			change();
			Actions::integrity_test();
		});
	});
	let panic = outcome.expect_err("the config is unsound");
	assert_eq!(panic.downcast_ref::<&str>(), Some(&"nothing could begin"));
}

#[test]
fn integrity_test_should_fail_when_nothing_could_begin() {
	assert_idle(|| MaxFailures::set(&0));
	assert_idle(|| MaxStarts::set(&0));
	assert_idle(|| Recoveries::set(&0));
	assert_idle(|| MaxOpen::set(&0));
}

/// The calls of governance, in the order of their indices.
fn governed_calls() -> Vec<Call<Test>> {
	vec![
		Call::set_kind { id: KindId(20), kind: plain("scale") },
		Call::remove_kind { id: RESTART },
		Call::set_approvers { approvers: accounts([ANN]) },
		Call::set_recommender { agent: SERVICE, is_admitted: true },
		Call::set_reflex { series: Series::Cpu, reflex: None },
		Call::set_kill_switch { is_on: true },
		Call::open_by_half { scope: Scope::All },
	]
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let mut calls = governed_calls();
	let (action, hash) = (FIRST, [0; 32]);
	let target = Target::Validator(ALICE);
	let result = Verdict::Succeeded;
	calls.extend([
		Call::bind_executor { target: target.clone(), executor: None },
		Call::set_brake { target, is_on: true },
		Call::recommend { recommendation: Box::new(restart(ALICE)) },
		Call::approve { action, hash },
		Call::force_approve { action, hash },
		Call::veto { action, reason: REASON },
		Call::declare_spam { action },
		Call::simulate { action, hash, has_passed: true, evidence: EVIDENCE },
		Call::claim { action, hash },
		Call::report { action, result, evidence: EVIDENCE },
		Call::perform { action, call: Box::new(set_level_call(1)) },
	]);
	calls
}

/// Checks that `call` fails as one of the wrong origin when it is made with `origin`.
#[track_caller]
fn assert_bad_origin(call: Call<Test>, origin: RuntimeOrigin) {
	let call = RuntimeCall::from(call);
	assert_noop!(call.dispatch(origin).map_err(|failure| failure.error), DispatchError::BadOrigin);
}

#[test]
fn calls_should_fail_when_the_origin_is_wrong() {
	build_and_execute(|| {
		let verified = || RuntimeOrigin::from(Origin::Verified(RESTART));
		for call in calls() {
			assert_bad_origin(call.clone(), RuntimeOrigin::none());
			// An action has no say about actions.
			assert_bad_origin(call, verified());
		}
		let forced = Call::force_approve { action: FIRST, hash: [0; 32] };
		for call in governed_calls().into_iter().chain([forced]) {
			for who in [ALICE, ANN, SAGE, HAND, STRANGER] {
				assert_bad_origin(call.clone(), signed(who));
			}
		}
		for call in calls().split_off(7) {
			let is_governances = matches!(call, Call::force_approve { .. } | Call::veto { .. });
			if !is_governances {
				assert_bad_origin(call, root());
			}
		}
	});
}

#[test]
fn calls_should_keep_their_indices() {
	let calls = new_test_ext().execute_with(calls);
	let names: Vec<_> = calls.iter().map(GetCallName::get_call_name).collect();
	let expected = [
		"set_kind",
		"remove_kind",
		"set_approvers",
		"set_recommender",
		"set_reflex",
		"set_kill_switch",
		"open_by_half",
		"bind_executor",
		"set_brake",
		"recommend",
		"approve",
		"force_approve",
		"veto",
		"declare_spam",
		"simulate",
		"claim",
		"report",
		"perform",
	];
	assert_eq!(names, expected);
	let indices: Vec<_> = calls.iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, Vec::from_iter(0..18));
}

#[test]
fn calls_should_weigh_what_was_measured() {
	let expected = [
		(W::set_kind(), 1),
		(W::remove_kind(), 1),
		(W::set_approvers(), 1),
		(W::set_recommender(), 1),
		(W::set_reflex(), 1),
		(W::set_kill_switch(), 1),
		(W::open_by_half(), 1),
		(W::bind_executor(), 1),
		(W::set_brake(), 1),
		(W::recommend(), 3),
		(W::approve(), 2),
		(W::force_approve(), 2),
		(W::veto(), 1),
		(W::declare_spam(), 1),
		(W::simulate_passed().max(W::simulate_refuted()), 2),
		(W::claim(), 4),
		(W::report(), 4),
		(W::perform() + LEVEL_WEIGHT, 7),
	];
	new_test_ext().execute_with(|| {
		let weights: Vec<Weight> =
			calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
		// Each on an empty log, and so much more for each record on one that has grown.
		let expected = expected.map(|(weight, records)| weight + GROWTH_WEIGHT * records);
		assert_eq!(weights, expected);
	});
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
}

#[test]
fn errors_should_keep_their_indices() {
	type E = Error<Test>;
	let errors = [
		E::KillSwitchOn,
		E::BreakerOpen,
		E::BrakeOn,
		E::KindNotFound,
		E::KindChanged,
		E::UnsoundKind,
		E::NameTaken,
		E::CatalogueFull,
		E::UnsoundReversal,
		E::Twice,
		E::WrongTarget,
		E::TargetNotFound,
		E::NotOperator,
		E::NotAnExecutor,
		E::NotRecommender,
		E::WrongProposal,
		E::WrongParameterCount,
		E::WrongParameterType,
		E::ParameterOutOfBounds,
		E::CallNotAllowed,
		E::CallTooLong,
		E::CallWouldFail,
		E::WrongRollback,
		E::BadUri,
		E::ReportNotFound,
		E::SeriesNotJudged,
		E::BadExpiry,
		E::TooManyOpen,
		E::ActionNotFound,
		E::NotWaiting,
		E::HashMismatch,
		E::NotApprover,
		E::AlreadySaid,
		E::Expired,
		E::NotSimulated,
		E::NoSimulationAwaited,
		E::NotBound,
		E::NotVerified,
		E::TargetBusy,
		E::CoolingDown,
		E::RateLimited,
		E::BlastRadius,
		E::NotRunning,
		E::NotClaimant,
		E::BreakerNotOpen,
		E::Unchanged,
		E::SeriesNeeded,
		E::OwnRecommendation,
		E::TooManyRecommenders,
		E::WrongReport,
	];
	for (index, error) in (0u8..).zip(errors) {
		assert_eq!(error.encode(), [index], "{error:?}");
	}
}

#[test]
fn events_should_keep_their_indices() {
	type E = Event<Test>;
	let (action, id, hash) = (FIRST, RESTART, [0; 32]);
	let (evidence, reason, target) = (EVIDENCE, REASON, Target::Network);
	new_test_ext().execute_with(|| {
		let order = order_of(&restart(ALICE));
		let events = [
			E::KindSet { id, version: 1, kind: plain("scale") },
			E::KindRemoved { id },
			E::ApproversSet { approvers: accounts([ANN]) },
			E::RecommenderSet { agent: ADVISOR, is_admitted: true },
			E::ReflexSet { series: Series::Cpu, reflex: None },
			E::KillSwitchSet { is_on: true },
			told_moved(Scope::All, Position::Closed),
			E::ExecutorBound { target: target.clone(), executor: None },
			E::BrakeSet { target, is_on: true },
			E::ActionRecommended {
				action,
				hash,
				source: Source::Anomaly,
				order,
				idea: None,
				report: None,
				expires: 0,
			},
			E::ReflexBlocked { report: 0, reason: DispatchError::BadOrigin },
			E::ActionSimulated { action, has_passed: true, evidence },
			E::ActionApproved { action, who: None },
			E::ActionVerified { action },
			E::ActionVetoed { action, who: None, reason },
			E::SpamDeclared { action, who: ANN },
			E::ActionClaimed {
				action,
				executor: Executor { agent: EXECUTOR, wallet: HAND },
				until: 0,
			},
			E::ActionReported { action, result: Verdict::Failed, evidence },
			E::ActionPerformed { action, result: Ok(()) },
			told_end(action, Outcome::Noted),
			E::RollbackBlocked { action },
			E::ActionForgotten { action },
		];
		for (index, event) in (0u8..).zip(events) {
			assert_eq!(event.encode()[0], index, "{event:?}");
		}
	});
}

#[test]
fn constants_should_be_what_the_readme_says() {
	assert_eq!((MAX_DUE, MAX_KINDS, MAX_RECOMMENDERS), (8, 64, 64));
	assert_eq!((MAX_APPROVERS, MAX_WORDS, MAX_KIND_STARTS, MAX_URI), (16, 8, 16, 256));
	assert_eq!((runtime_api::MAX_PAGE, runtime_api::MAX_SCANNED), (100, 1_000));
}
