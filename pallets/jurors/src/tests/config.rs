//! Tests of `integrity_test`, origins, weights and indices.

use crate::{
	mock::{Jurors, *},
	*,
};
use aitbc_traits::{JurorPool, ReputationInspect};
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
	weights::Weight,
};
use sp_runtime::{traits::Dispatchable, DispatchError};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(|| {
		ServiceWeight::set(&(Jurors::draw_weight(MAX_SEATS) + <()>::service()));
		Jurors::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a bond must be worth something, and creditable")]
fn integrity_test_should_fail_when_the_bond_is_below_the_existential_deposit() {
	new_test_ext().execute_with(|| {
		MinBond::set(&(ED - 1));
		Jurors::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a jury must have a seat")]
fn integrity_test_should_fail_when_a_jury_may_have_no_seat() {
	new_test_ext().execute_with(|| {
		MaxSeats::set(&0);
		Jurors::integrity_test();
	});
}

#[test]
#[should_panic(expected = "the largest jury must fit into a block's service")]
fn integrity_test_should_fail_when_the_largest_jury_fits_into_no_block() {
	new_test_ext().execute_with(|| {
		let largest = Jurors::draw_weight(MAX_SEATS) + <()>::service();
		ServiceWeight::set(&(largest - Weight::from_parts(1, 0)));
		Jurors::integrity_test();
	});
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	vec![
		Call::bond { amount: BOND },
		Call::unbond { amount: BOND },
		Call::withdraw { account: JUROR },
		Call::refresh { account: JUROR },
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
	assert_eq!(names, ["bond", "unbond", "withdraw", "refresh"]);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, [0, 1, 2, 3]);
}

#[test]
fn hold_reasons_should_keep_their_indices() {
	assert_eq!(HoldReason::Bond.encode(), [0]);
}

#[test]
fn calls_should_weigh_what_they_ask() {
	type W = <Test as Config>::WeightInfo;
	let asking = Reputations::weight();
	let expected = [W::bond() + asking, W::unbond() + asking, W::withdraw(), W::refresh() + asking];
	let weights: Vec<_> = calls().iter().map(|call| call.get_dispatch_info().call_weight).collect();
	assert_eq!(weights, expected);
}

#[test]
fn pool_should_weigh_what_it_is_asked_for() {
	type W = <Test as Config>::WeightInfo;
	let asking = Reputations::weight();
	assert_eq!(<Jurors as JurorPool<_>>::request_weight(), W::request());
	assert_eq!(<Jurors as JurorPool<_>>::forfeit_weight(), W::forfeit() + asking);
	assert_eq!(<Jurors as JurorPool<_>>::unlock_weight(), W::unlock() + asking);
}
