//! Tests of `slash`.

use crate::{
	mock::{Validations, *},
	*,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn slash_should_take_the_bond_and_uncount_the_answer() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		reset_events();

		assert_ok!(Validations::slash(RuntimeOrigin::root(), validation));

		let hard = ValidationState::Hard {
			answer: answer_at(80, START),
			wallet: WALLET,
			bond: Bond::Slashed,
		};
		assert_eq!(state(validation), hard);
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
		assert_eq!(free(TREASURY), ED + BOND);
		assert_eq!(Summaries::<Test>::iter().count(), 0);
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 1 });
		assert!(!OpenValidations::<Test>::contains_key(VALIDATOR));
		let overturned = Event::AnswerOverturned {
			validation,
			case: None,
			wallet: WALLET,
			bond: BOND,
			rewarded: 0,
			returned: 0,
		};
		assert_eq!(events(), [overturned]);
	});
}

#[test]
fn slash_should_leave_other_answers_counted() {
	build_and_execute(|| {
		let validation = Request::numbered(1).hard(80);
		Request::numbered(2).hard(30);
		Request { tag: Some(OTHER_TAG), ..Request::numbered(3) }.hard(7);

		slash(validation);

		assert_eq!(summary(None), (2, 37));
		assert_eq!(summary(Some(TAG)), (1, 30));
		assert_eq!(summary(Some(OTHER_TAG)), (1, 7));
		assert_eq!(held(HoldReason::Bond, WALLET), 2 * BOND);
		assert_eq!(Validations::open_validations_of(VALIDATOR), 2);
	});
}

#[test]
fn slash_should_be_possible_when_the_bond_could_be_released() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		set_now(START + CHALLENGE + 1);
		assert_ok!(Validations::slash(RuntimeOrigin::root(), validation));
	});
}

#[test]
fn slash_should_take_the_bond_of_the_wallet_that_answered_when_the_validator_left() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		Registry::set(&Default::default());

		slash(validation);

		assert_eq!(free(TREASURY), ED + BOND);
	});
}

#[test]
fn slash_should_fail_when_the_origin_is_not_the_admin() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		for origin in [signed(REQUESTER), signed(SUBJECT_OWNER), RuntimeOrigin::none()] {
			assert_noop!(Validations::slash(origin, validation), DispatchError::BadOrigin);
		}
	});
}

#[test]
fn slash_should_fail_when_there_is_no_such_validation() {
	build_and_execute(|| {
		assert_noop!(
			Validations::slash(RuntimeOrigin::root(), FIRST),
			Error::<Test>::ValidationNotFound
		);
	});
}

#[test]
fn slash_should_fail_when_there_is_no_hard_answer() {
	build_and_execute(|| {
		let validations = [
			Request::numbered(1).request(),
			Request::numbered(2).soft(40),
			Request::numbered(3).expired(),
		];
		for validation in validations {
			assert_noop!(
				Validations::slash(RuntimeOrigin::root(), validation),
				Error::<Test>::NotAnswered
			);
		}
	});
}

#[test]
fn slash_should_fail_when_the_bond_is_not_held_any_more() {
	build_and_execute(|| {
		let slashed = Request::numbered(1).hard(80);
		slash(slashed);
		let released = Request::numbered(2).hard(80);
		release_bond(released);
		for validation in [slashed, released] {
			assert_noop!(
				Validations::slash(RuntimeOrigin::root(), validation),
				Error::<Test>::BondNotHeld
			);
		}
	});
}

#[test]
fn slash_should_fail_when_the_answer_is_disputed() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		set_now(START + CHALLENGE + 1);
		assert_noop!(
			Validations::slash(RuntimeOrigin::root(), validation),
			Error::<Test>::UnderDispute
		);
	});
}

#[test]
fn slash_should_fail_when_the_treasury_can_not_be_credited() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		ExistentialDeposit::set(&(2 * BOND));
		assert_noop!(
			Validations::slash(RuntimeOrigin::root(), validation),
			Error::<Test>::PayeeNotCreditable
		);
	});
}
