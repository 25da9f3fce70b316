//! Tests of `expire`.

use crate::{
	mock::{Validations, *},
	*,
};
use frame_support::{assert_noop, assert_ok};

#[test]
fn expire_should_return_the_fee_when_nothing_was_answered() {
	build_and_execute(|| {
		let validation = Request::default().request();
		set_now(DEADLINE + 1);
		reset_events();

		assert_ok!(Validations::expire(signed(STRANGER), validation));

		assert_eq!(state(validation), ValidationState::Expired { soft: None });
		assert_eq!(held(HoldReason::Fee, REQUESTER), 0);
		assert_eq!(held(HoldReason::Deposit, REQUESTER), deposit());
		assert_eq!(free(REQUESTER), WEALTH - deposit());
		assert_eq!(OpenRequests::<Test>::iter().count(), 0);
		let record = ValidatorRecord::default();
		assert_eq!(validator_record(), record, "anybody can send requests, so none is missed");
		let expired = Event::ValidationExpired {
			validation,
			requester: REQUESTER,
			fee: FEE,
			is_missed: false,
		};
		assert_eq!(events(), [expired]);
	});
}

#[test]
fn expire_should_keep_the_soft_answer_and_count_it_as_missed() {
	build_and_execute(|| {
		let validation = Request::default().soft(40);
		set_now(DEADLINE + 1);
		reset_events();

		assert_ok!(Validations::expire(signed(STRANGER), validation));

		let soft = Some(answer_at(40, START));
		assert_eq!(state(validation), ValidationState::Expired { soft });
		assert_eq!(free(REQUESTER), WEALTH - deposit());
		assert_eq!(free(WALLET), WEALTH);
		assert_eq!(summary(None), (0, 0));
		assert_eq!(validator_record(), ValidatorRecord { answered: 0, missed: 1, overturned: 0 });
		assert!(!OpenValidations::<Test>::contains_key(VALIDATOR));
		let expired = Event::ValidationExpired {
			validation,
			requester: REQUESTER,
			fee: FEE,
			is_missed: true,
		};
		assert_eq!(events(), [expired]);
	});
}

#[test]
fn expire_should_pass_when_no_fee_was_offered() {
	build_and_execute(|| {
		let validation = Request { fee: 0, ..Request::default() }.expired();
		assert_eq!(state(validation), ValidationState::Expired { soft: None });
	});
}

#[test]
fn expire_should_pass_when_the_validator_left() {
	build_and_execute(|| {
		let validation = Request::default().request();
		Registry::set(&Default::default());
		set_now(DEADLINE + 1);
		assert_ok!(Validations::expire(signed(STRANGER), validation));
		assert_eq!(free(REQUESTER), WEALTH - deposit());
	});
}

#[test]
fn expire_should_fail_when_there_is_no_such_validation() {
	build_and_execute(|| {
		assert_noop!(
			Validations::expire(signed(STRANGER), FIRST),
			Error::<Test>::ValidationNotFound
		);
	});
}

#[test]
fn expire_should_fail_when_the_validator_still_has_time() {
	build_and_execute(|| {
		for validation in [Request::numbered(1).request(), Request::numbered(2).soft(40)] {
			set_now(DEADLINE);
			assert_noop!(
				Validations::expire(signed(REQUESTER), validation),
				Error::<Test>::DeadlineNotPassed
			);
		}
	});
}

#[test]
fn expire_should_fail_when_the_hard_answer_is_given() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		set_now(DEADLINE + 1);
		assert_noop!(
			Validations::expire(signed(REQUESTER), validation),
			Error::<Test>::AlreadyAnswered
		);
	});
}

#[test]
fn expire_should_fail_when_it_is_done() {
	build_and_execute(|| {
		let validation = Request::default().expired();
		assert_noop!(
			Validations::expire(signed(REQUESTER), validation),
			Error::<Test>::AlreadyExpired
		);
	});
}
