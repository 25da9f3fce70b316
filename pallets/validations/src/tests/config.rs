//! Tests of `integrity_test`, origins, weights and indices.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_traits::{CaseFacts, OnRuling};
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
};
use sp_runtime::{traits::Dispatchable, DispatchError};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Validations::integrity_test);
}

#[test]
#[should_panic(expected = "a deadline must be in the future")]
fn integrity_test_should_fail_when_no_deadline_is_allowed() {
	new_test_ext().execute_with(|| {
		MaxResponseTime::set(&0);
		Validations::integrity_test();
	});
}

#[test]
#[should_panic(expected = "nobody could challenge an answer")]
fn integrity_test_should_fail_when_there_is_no_challenge_period() {
	new_test_ext().execute_with(|| {
		ChallengePeriod::set(&0);
		Validations::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a bond must be worth something, and creditable")]
fn integrity_test_should_fail_when_the_bond_is_below_the_existential_deposit() {
	new_test_ext().execute_with(|| {
		BondAmount::set(&(ED - 1));
		Validations::integrity_test();
	});
}

/// Every call, in the order of its index; `answer` once for each finality.
fn calls() -> Vec<Call<Test>> {
	let validation = FIRST;
	let answer = |finality| Call::answer {
		validation,
		score: score(50),
		finality,
		evidence: Document { uri: uri_of(7), hash: evidence().hash },
	};
	vec![
		Call::request {
			validator: VALIDATOR,
			subject: SUBJECT,
			work: Work { uri: uri_of(9), hash: work_hash(1) },
			tag: None,
			fee: FEE,
			deadline: DEADLINE,
		},
		answer(Finality::Soft),
		answer(Finality::Hard),
		Call::expire { validation },
		Call::release_bond { validation },
		Call::slash { validation },
		Call::erase { validation },
		Call::dispute { validation },
	]
}

#[test]
fn calls_should_fail_when_the_origin_is_wrong() {
	build_and_execute(|| {
		for call in calls() {
			let wrong = match call {
				Call::slash { .. } => signed(REQUESTER),
				_ => RuntimeOrigin::root(),
			};
			for origin in [wrong, RuntimeOrigin::none()] {
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
		["request", "answer", "answer", "expire", "release_bond", "slash", "erase", "dispute"]
	);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, [0, 1, 1, 2, 3, 4, 5, 6]);
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
	assert_eq!(HoldReason::Fee.encode(), [1]);
	assert_eq!(HoldReason::Bond.encode(), [2]);
}

#[test]
fn calls_should_weigh_what_they_carry() {
	type W = <Test as Config>::WeightInfo;
	let expected = [
		W::request(9),
		W::answer_soft(7),
		W::answer_hard(7),
		W::expire(),
		W::release_bond(),
		W::slash(),
		W::erase(),
		W::dispute() + COURT_WEIGHT,
	];
	let weights: Vec<_> = calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
	assert_eq!(weights, expected);
}

#[test]
fn rulings_and_facts_should_weigh_what_they_do() {
	type W = <Test as Config>::WeightInfo;
	assert_eq!(<Validations as OnRuling>::weight(), W::on_ruling());
	for bytes in [0, 1_000] {
		assert_eq!(<Validations as CaseFacts>::weight(bytes), W::fact());
	}
}
