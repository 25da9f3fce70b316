//! Tests of `integrity_test`, origins, weights and indices.

use crate::{mock::*, *};
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Escrow::integrity_test);
}

#[test]
#[should_panic(expected = "a milestone must be due in the future")]
fn integrity_test_should_fail_when_no_due_block_is_allowed() {
	new_test_ext().execute_with(|| {
		MaxDuration::set(&0);
		Escrow::integrity_test();
	});
}

#[test]
#[should_panic(expected = "the client needs time to review")]
fn integrity_test_should_fail_when_there_may_be_no_review() {
	new_test_ext().execute_with(|| {
		MinReviewPeriod::set(&0);
		Escrow::integrity_test();
	});
}

#[test]
#[should_panic(expected = "no review period would be allowed")]
fn integrity_test_should_fail_when_the_review_bounds_are_crossed() {
	new_test_ext().execute_with(|| {
		MaxReviewPeriod::set(&(MinReviewPeriod::get() - 1));
		Escrow::integrity_test();
	});
}

#[test]
#[should_panic(expected = "nothing would be left for the provider")]
fn integrity_test_should_fail_when_the_fee_takes_all() {
	new_test_ext().execute_with(|| {
		FeeRate::set(&Perbill::one());
		Escrow::integrity_test();
	});
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let (contract, milestone) = (FIRST, M0);
	vec![
		Call::open {
			provider: PROVIDER,
			terms: terms(),
			milestones: Deal::of(10).milestones,
			review_period: REVIEW,
		},
		Call::fund { contract, expected: AMOUNT },
		Call::cancel { contract },
		Call::submit { contract, milestone, evidence: evidence() },
		Call::release { contract, milestone },
		Call::settle { contract, milestone },
		Call::refund { contract, milestone },
		Call::collect { contract, kind: ClaimKind::Payment },
	]
}

#[test]
fn calls_should_fail_when_the_origin_is_not_signed() {
	build_and_execute(|| {
		for call in calls() {
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
				let call = RuntimeCall::from(call.clone());
				assert_noop!(
					call.dispatch(origin).map_err(|failure| failure.error),
					DispatchError::BadOrigin
				);
			}
		}
	});
}

#[test]
fn calls_should_keep_their_indices() {
	let names: Vec<_> = calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(
		names,
		["open", "fund", "cancel", "submit", "release", "settle", "refund", "collect"]
	);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
	assert_eq!(HoldReason::Escrow.encode(), [1]);
}

#[test]
fn calls_should_weigh_their_listener_when_they_may_close_a_contract() {
	type W = <Test as Config>::WeightInfo;
	let expected = [
		W::open(10),
		W::fund(),
		W::cancel().saturating_add(LISTENER_WEIGHT),
		W::submit(),
		W::release().saturating_add(LISTENER_WEIGHT),
		W::settle().saturating_add(LISTENER_WEIGHT),
		W::refund().saturating_add(LISTENER_WEIGHT),
		W::collect(),
	];
	let weights: Vec<_> = calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
	assert_eq!(weights, expected);
}
