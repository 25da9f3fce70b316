//! Tests of `integrity_test` and of what a call weighs.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use frame_support::{dispatch::GetDispatchInfo, traits::Hooks};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(ValidatorPerformance::integrity_test);
}

#[test]
#[should_panic(expected = "slots could not be carried over")]
fn integrity_test_should_fail_when_no_era_is_kept() {
	new_test_ext().execute_with(|| {
		HistoryDepth::set(&0);
		ValidatorPerformance::integrity_test();
	});
}

#[test]
#[should_panic(expected = "no offence could be remembered")]
fn integrity_test_should_fail_when_no_offence_is_kept() {
	new_test_ext().execute_with(|| {
		MaxSlashes::set(&0);
		ValidatorPerformance::integrity_test();
	});
}

#[test]
#[should_panic(expected = "nobody could be counted")]
fn integrity_test_should_fail_when_there_may_be_no_validators() {
	new_test_ext().execute_with(|| {
		MaxValidators::set(&0);
		ValidatorPerformance::integrity_test();
	});
}

#[test]
#[should_panic(expected = "an era must be closed in one block")]
fn integrity_test_should_fail_when_an_era_is_too_large_for_a_block() {
	new_test_ext().execute_with(|| {
		MaxValidators::set(&u32::MAX);
		ValidatorPerformance::integrity_test();
	});
}

#[test]
fn cancel_slash_should_weigh_what_was_measured() {
	let call = Call::<Test>::cancel_slash { validator: ALICE, era: ERA };
	let weight = call.get_dispatch_info().call_weight;
	assert_eq!(weight, <() as WeightInfo>::cancel_slash());
}
