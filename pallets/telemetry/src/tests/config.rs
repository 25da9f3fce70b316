//! Tests of `integrity_test`, origins, weights and indices.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_telemetry::{Series, MODEL};
use aitbc_traits::OnAnomaly;
use codec::Encode;
use frame_support::{
	assert_noop,
	pallet_prelude::TransactionSource,
	traits::{Authorize, Get, GetCallIndex, GetCallName, Hooks},
	weights::Weight,
};
use sp_runtime::{traits::Dispatchable, DispatchError};

type W = <Test as Config>::WeightInfo;

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Telemetry::integrity_test);
}

#[test]
#[should_panic(expected = "a window must have a block")]
fn integrity_test_should_fail_when_a_window_has_no_block() {
	new_test_ext().execute_with(|| {
		WindowLength::set(&0);
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a deposit must cover a penalty")]
fn integrity_test_should_fail_when_a_missed_digest_costs_more_than_the_deposit() {
	new_test_ext().execute_with(|| {
		MissPenalty::set(&(DEPOSIT + 1));
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a deposit must cover a penalty")]
fn integrity_test_should_fail_when_spam_costs_more_than_the_deposit() {
	new_test_ext().execute_with(|| {
		SpamPenalty::set(&(DEPOSIT + 1));
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a deposit must be creditable")]
fn integrity_test_should_fail_when_the_deposit_is_below_the_existential_deposit() {
	new_test_ext().execute_with(|| {
		ExistentialDeposit::set(&(DEPOSIT + 1));
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "nobody could report")]
fn integrity_test_should_fail_when_nobody_could_report() {
	new_test_ext().execute_with(|| {
		MaxReporters::set(&0);
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a report must be there when its window is settled")]
fn integrity_test_should_fail_when_reports_are_forgotten_before_they_are_settled() {
	new_test_ext().execute_with(|| {
		KeptReports::set(&3);
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "nobody could claim")]
fn integrity_test_should_fail_when_nobody_could_claim() {
	new_test_ext().execute_with(|| {
		ClaimEras::set(&0);
		Telemetry::integrity_test();
	});
}

#[test]
#[should_panic(expected = "settling a window must leave three quarters of a block")]
fn integrity_test_should_fail_when_settling_a_window_takes_too_much_of_a_block() {
	new_test_ext().execute_with(|| {
		// Each report weighs one more.
		MaxReports::set(&u32::MAX);
		MaxReporters::set(&u32::MAX);
		let limits: frame_system::limits::BlockWeights =
			<Test as frame_system::Config>::BlockWeights::get();
		let block = limits.max_block;
		let most = W::settle(u32::MAX, u32::MAX);
		assert!(most.any_gt(block.saturating_div(4)), "{most:?} of {block:?}");
		Telemetry::integrity_test();
	});
}

/// Those that are signed, in the order of their indices.
fn signed_calls() -> Vec<Call<Test>> {
	vec![
		Call::set_worker_key { key: key(ALICE), proof: proof(ALICE, ALICE) },
		Call::remove_worker_key {},
		Call::claim { era: ERA, reporter: ALICE },
	]
}

/// Those that authorize themselves, in the order of their indices.
fn worker_calls() -> Vec<Call<Test>> {
	vec![
		commit_call(ALICE, &digest(START - 1)),
		reveal_call(ALICE, &digest(START - 2)),
		report_call(ALICE, START, alarm(Series::Cpu)),
	]
}

fn judging() -> Call<Test> {
	Call::judge_report { report: ReportId(0), is_right: true }
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let mut calls = signed_calls();
	let claim = calls.pop().expect("there are three");
	calls.extend(worker_calls());
	calls.extend([judging(), claim]);
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
		set_keys(&[ALICE]);
		let authorized = || RuntimeOrigin::from(frame_system::Origin::<Test>::Authorized);
		for call in signed_calls() {
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none(), authorized()] {
				assert_bad_origin(call.clone(), origin);
			}
		}
		for call in worker_calls() {
			for origin in [signed(ALICE), RuntimeOrigin::root(), RuntimeOrigin::none()] {
				assert_bad_origin(call.clone(), origin);
			}
		}
		for origin in [signed(ALICE), RuntimeOrigin::none(), authorized()] {
			assert_bad_origin(judging(), origin);
		}
	});
}

#[test]
fn calls_should_authorize_themselves_when_they_are_those_of_a_worker() {
	build_and_execute(|| {
		let authorizes = |call: &Call<Test>| call.authorize(TransactionSource::External).is_some();
		assert!(worker_calls().iter().all(authorizes));
		assert!(!signed_calls().iter().any(authorizes));
		assert!(!authorizes(&judging()));
	});
}

#[test]
fn calls_should_keep_their_indices() {
	let calls = new_test_ext().execute_with(calls);
	let names: Vec<_> = calls.iter().map(GetCallName::get_call_name).collect();
	let expected = [
		"set_worker_key",
		"remove_worker_key",
		"commit",
		"reveal",
		"report",
		"judge_report",
		"claim",
	];
	assert_eq!(names, expected);
	let indices: Vec<_> = calls.iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, [0, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn calls_should_weigh_what_was_measured() {
	let expected = [
		(W::set_worker_key(), Weight::zero()),
		(W::remove_worker_key(), Weight::zero()),
		(W::commit(), W::authorize_commit()),
		(W::reveal(), W::authorize_reveal()),
		(
			W::report().saturating_add(<Heard as OnAnomaly<AccountId>>::weight()),
			W::authorize_report(),
		),
		(W::judge_report(), Weight::zero()),
		(W::claim(), Weight::zero()),
	];
	new_test_ext().execute_with(|| {
		let weights: Vec<_> = calls().iter().map(weights).collect();
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
		E::NotActive,
		E::KeyTaken,
		E::InvalidSignature,
		E::NoWorkerKey,
		E::StillReporting,
		E::UnknownKey,
		E::ReporterNotActive,
		E::DepositTooLow,
		E::WrongWindow,
		E::AlreadyCommitted,
		E::TooManyReporters,
		E::NotCommitted,
		E::CommitmentMismatch,
		E::AlreadyRevealed,
		E::UnsoundDigest,
		E::AlreadyReported,
		E::TooManyReports,
		E::ReportNotFound,
		E::AlreadyJudged,
		E::EraNotOver,
		E::EraNotFound,
		E::NothingToClaim,
		E::PayeeNotCreditable,
	];
	for (index, error) in (0u8..).zip(errors) {
		assert_eq!(error.encode(), [index], "{error:?}");
	}
}

#[test]
fn events_should_keep_their_indices() {
	type E = Event<Test>;
	let (reporter, window, era, report) = (ALICE, START, ERA, ReportId(0));
	let (digest, alarm) = (digest(START), alarm(Series::Cpu));
	let by = Confirmation::Governance;
	let events = [
		E::WorkerKeySet { reporter, key: key(ALICE), deposit: 0 },
		E::WorkerKeyRemoved { reporter, deposit: 0 },
		E::DigestCommitted { reporter, window, commitment: Commitment([0; 32]) },
		E::DigestRevealed { reporter, digest },
		E::DigestMissed { reporter, window, penalty: 0 },
		E::FeedSettled { window, feed: Feed::default(), points: 0 },
		E::AlarmReported { report, reporter, window, alarm, model: MODEL, evidence: EVIDENCE },
		E::ReportConfirmed { report, reporter, by },
		E::ReportDismissed { report, reporter, penalty: 0 },
		E::EraClosed { era, points: 0, pot: 0 },
		E::RewardPaid { era, reporter, points: 0, amount: 0 },
		E::EraExpired { era, unclaimed: 0 },
	];
	for (index, event) in (0u8..).zip(events) {
		assert_eq!(event.encode()[0], index, "{event:?}");
	}
}

#[test]
fn constants_should_be_what_the_readme_says() {
	assert_eq!((CONFIRMED_POINTS, MAX_FORGOTTEN), (10, 16));
	assert_eq!((impls::COMMIT_LAG, impls::REVEAL_LAG), (1, 2));
	assert_eq!(KEY_TYPE.0, *b"aitm");
}
