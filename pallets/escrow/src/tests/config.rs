//! Tests of `integrity_test`, origins, weights and indices.

use crate::{mock::*, *};
use aitbc_core::Voucher;
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
};
use sp_keyring::Sr25519Keyring as Key;
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
	let voucher = Voucher { contract, units: 1, sequence: 1 };
	vec![
		Call::open { provider: PROVIDER, agreement: Deal::of(10).agreement },
		Call::fund { contract, expected: AMOUNT },
		Call::cancel { contract },
		Call::submit { contract, milestone, evidence: evidence() },
		Call::release { contract, milestone },
		Call::settle { contract, milestone },
		Call::refund { contract, milestone },
		Call::collect { contract, kind: ClaimKind::Payment },
		Call::accept { contract, bonds: BONDS, total: AMOUNT },
		Call::start { contract },
		Call::approve { contract, milestone },
		Call::settle_stream { contract },
		Call::top_up { contract, amount: AMOUNT },
		Call::stop { contract },
		Call::redeem { contract, voucher, signature: signature(voucher, Key::Alice) },
		Call::offer_split { contract, milestone, provider_share: 0 },
		Call::withdraw_split { contract, milestone },
		Call::accept_split { contract, milestone, expected: 0 },
		Call::dispute { contract, milestone: None, claim: CLAIM },
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
	let calls = new_test_ext().execute_with(calls);
	let names: Vec<_> = calls.iter().map(GetCallName::get_call_name).collect();
	assert_eq!(
		names,
		[
			"open",
			"fund",
			"cancel",
			"submit",
			"release",
			"settle",
			"refund",
			"collect",
			"accept",
			"start",
			"approve",
			"settle_stream",
			"top_up",
			"stop",
			"redeem",
			"offer_split",
			"withdraw_split",
			"accept_split",
			"dispute",
		]
	);
	let indices: Vec<_> = calls.iter().map(GetCallIndex::get_call_index).collect();
	assert!(indices.into_iter().eq(0..19));
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
	assert_eq!(HoldReason::Escrow.encode(), [1]);
	assert_eq!(HoldReason::Bond.encode(), [2]);
}

#[test]
fn calls_should_weigh_whom_they_ask_and_tell() {
	type W = <Test as Config>::WeightInfo;
	let expected = [
		W::open(10).saturating_add(REBATE_WEIGHT),
		W::fund(),
		W::cancel().saturating_add(LISTENER_WEIGHT),
		W::submit(),
		W::release().saturating_add(LISTENER_WEIGHT),
		W::settle().saturating_add(LISTENER_WEIGHT),
		W::refund().saturating_add(LISTENER_WEIGHT),
		W::collect(),
		W::accept(),
		W::start(),
		W::approve().saturating_add(LISTENER_WEIGHT),
		W::settle_stream(),
		W::top_up(),
		W::stop().saturating_add(LISTENER_WEIGHT),
		W::redeem().saturating_add(LISTENER_WEIGHT),
		W::offer_split(),
		W::withdraw_split(),
		W::accept_split().saturating_add(LISTENER_WEIGHT),
		W::dispute().saturating_add(COURT_WEIGHT),
	];
	let calls = new_test_ext().execute_with(calls);
	let weights: Vec<_> = calls.iter().map(|call| call.get_dispatch_info().call_weight).collect();
	assert_eq!(weights, expected);
}

#[test]
fn open_should_weigh_as_with_one_milestone_when_it_has_none() {
	for deal in [Deal::stream(), Deal::metered()] {
		let call = Call::<Test>::open { provider: PROVIDER, agreement: deal.agreement };
		let expected = <Test as Config>::WeightInfo::open(1).saturating_add(REBATE_WEIGHT);
		assert_eq!(call.get_dispatch_info().call_weight, expected);
	}
}
