//! Tests of `integrity_test`, origins, weights and indices.

use crate::{mock::*, *};
use aitbc_core::Balance;
use aitbc_traits::OnContractClosed;
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	pallet_prelude::Weight,
	traits::{GetCallIndex, GetCallName, Hooks},
};
use sp_runtime::{traits::Dispatchable, DispatchError};
use std::collections::BTreeSet;

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Market::integrity_test);
}

#[test]
#[should_panic(expected = "bidding must end in the future")]
fn integrity_test_should_fail_when_no_bidding_is_allowed() {
	new_test_ext().execute_with(|| {
		MaxBiddingPeriod::set(&0);
		Market::integrity_test();
	});
}

#[test]
#[should_panic(expected = "work must be due in the future")]
fn integrity_test_should_fail_when_no_work_is_allowed() {
	new_test_ext().execute_with(|| {
		MaxDuration::set(&0);
		Market::integrity_test();
	});
}

#[test]
#[should_panic(expected = "some review period must be allowed")]
fn integrity_test_should_fail_when_no_review_period_is_allowed() {
	new_test_ext().execute_with(|| {
		MinReviewPeriod::set(&(MaxReviewPeriod::get() + 1));
		Market::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a bond must be worth something, and creditable")]
fn integrity_test_should_fail_when_the_bond_is_below_the_existential_deposit() {
	new_test_ext().execute_with(|| {
		MinBond::set(&(ED - 1));
		Market::integrity_test();
	});
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let (offer, job, agent) = (OFFER, JOB, PROVIDER);
	let terms = BidTerms { offer, price: PRICE, bond: PRICE };
	let mut work = work();
	work.specification.uri = uri_of(9);
	let bidding = BiddingWindow { until: 20, assign_by: 30 };
	vec![
		Call::create_offer { terms: offer_terms() },
		Call::pause_offer { offer },
		Call::resume_offer { offer },
		Call::withdraw_offer { offer },
		Call::post { work: work.clone(), demand: demand(), bidding },
		Call::bid { job, terms, stays_as_backup: true },
		Call::withdraw_bid { job },
		Call::assign { job, agent, expected: terms },
		Call::hire { offer, work, expected_price: PRICE },
		Call::start { job },
		Call::submit { job, milestone: None, evidence: evidence(1) },
		Call::give_up { job },
		Call::report { job },
		Call::cancel { job },
		Call::expire { job },
		Call::forget { job },
		Call::collect { account: CLIENT, kind: ClaimKind::Bond },
	]
}

#[test]
fn calls_should_fail_when_the_origin_is_wrong() {
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
	let expected = [
		"create_offer",
		"pause_offer",
		"resume_offer",
		"withdraw_offer",
		"post",
		"bid",
		"withdraw_bid",
		"assign",
		"hire",
		"start",
		"submit",
		"give_up",
		"report",
		"cancel",
		"expire",
		"forget",
		"collect",
	];
	assert_eq!(names, expected);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, (0..17).collect::<Vec<u8>>());
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
	assert_eq!(HoldReason::Bond.encode(), [1]);
}

#[test]
fn calls_should_weigh_what_they_carry() {
	type W = <Test as Config>::WeightInfo;
	let heard = <() as WeightInfo>::on_contract_closed() + LISTENER_WEIGHT;
	assert_eq!(<Market as OnContractClosed<AccountId, Balance>>::weight(), heard);
	let failure = escrow::TERMINATE_WEIGHT + heard + escrow::ENGAGE_WEIGHT * 3;
	let expected = [
		W::create_offer(),
		W::pause_offer(),
		W::resume_offer(),
		W::withdraw_offer(),
		W::post(9),
		W::bid() + REPUTATION_WEIGHT,
		W::withdraw_bid(),
		W::assign(16) + escrow::ENGAGE_WEIGHT,
		W::hire(9) + escrow::ENGAGE_WEIGHT,
		W::start() + escrow::START_WEIGHT,
		W::submit() + escrow::SUBMIT_WEIGHT,
		W::give_up(3) + failure,
		W::report(3) + failure,
		W::cancel(16),
		W::expire(16),
		W::forget(),
		W::collect(),
	];
	let weights: Vec<_> = calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
	assert_eq!(weights, expected);
}

#[test]
fn test_weights_should_tell_calls_apart() {
	type W = <Test as Config>::WeightInfo;
	let weights = [
		W::create_offer(),
		W::pause_offer(),
		W::resume_offer(),
		W::withdraw_offer(),
		W::post(1),
		W::bid(),
		W::withdraw_bid(),
		W::assign(1),
		W::hire(1),
		W::start(),
		W::submit(),
		W::give_up(1),
		W::report(1),
		W::cancel(1),
		W::expire(1),
		W::forget(),
		W::collect(),
		<() as WeightInfo>::on_contract_closed(),
	];
	let distinct: BTreeSet<_> = weights.iter().map(Weight::ref_time).collect();
	assert_eq!(distinct.len(), weights.len());
}
