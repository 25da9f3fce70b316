//! Tests of `integrity_test`, origins, weights and indices.

use crate::{mock::*, *};
use aitbc_core::{ContractId, WorkId};
use aitbc_traits::{OnAgentTransferred, OnContractClosed, ReputationInspect};
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::{GetDispatchInfo, Pays},
	traits::{GetCallIndex, GetCallName, Hooks},
};
use sp_runtime::{traits::Dispatchable, DispatchError};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Reputation::integrity_test);
}

#[test]
#[should_panic(expected = "evidence must last for some time")]
fn integrity_test_should_fail_when_evidence_does_not_last() {
	new_test_ext().execute_with(|| {
		HalfLife::set(&0);
		Reputation::integrity_test();
	});
}

#[test]
#[should_panic(expected = "evidence, and its storage, must cost something")]
fn integrity_test_should_fail_when_evidence_is_free() {
	new_test_ext().execute_with(|| {
		MinFee::set(&0);
		Reputation::integrity_test();
	});
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let work = WorkId::Contract(ContractId(0));
	let (agent, author, index) = (AGENT, CLIENT, FIRST);
	vec![
		Call::rate { agent, work, rating: rating() },
		Call::revoke { agent, index },
		Call::respond { agent, author, index, uri: URI.to_vec(), hash: hash(2) },
		Call::erase { agent, author, index },
		Call::prune { work },
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
	assert_eq!(names, ["rate", "revoke", "respond", "erase", "prune"]);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, [0, 1, 2, 3, 4]);
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
}

#[test]
fn calls_should_weigh_what_their_benchmarks_say() {
	type W = <Test as Config>::WeightInfo;
	let texts = (ENDPOINT.len() + URI.len()) as u32;
	let expected =
		[W::rate(texts), W::revoke(), W::respond(URI.len() as u32), W::erase(), W::prune()];
	let weights: Vec<_> = calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
	assert_eq!(weights, expected);
	let all_pay = calls().iter().all(|call| call.get_dispatch_info().pays_fee == Pays::Yes);
	assert!(all_pay, "what fails is paid for");
}

#[test]
fn answers_to_others_should_weigh_what_their_benchmarks_say() {
	use crate::weights::WeightInfo as W;
	let closed = <Reputation as OnContractClosed<_, _>>::weight();
	assert_eq!(closed, <() as W>::on_contract_closed());
	let transferred = <Reputation as OnAgentTransferred<AccountId>>::weight();
	assert_eq!(transferred, <() as W>::on_agent_transferred());
	assert_eq!(<Reputation as ReputationInspect>::weight(), <() as W>::inspect());
}
