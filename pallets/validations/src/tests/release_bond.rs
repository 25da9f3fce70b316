//! Tests of `release_bond`.

use crate::{
	mock::{Validations, *},
	*,
};
use frame_support::{assert_noop, assert_ok};

#[test]
fn release_bond_should_return_the_bond_when_the_challenge_period_has_elapsed() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		set_now(START + CHALLENGE);
		reset_events();

		assert_ok!(Validations::release_bond(signed(STRANGER), validation));

		let hard = ValidationState::Hard {
			answer: answer_at(80, START),
			wallet: WALLET,
			bond: Bond::Released,
		};
		assert_eq!(state(validation), hard);
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
		assert_eq!(free(WALLET), WEALTH + FEE);
		assert_eq!(summary(None), (1, 80));
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 0 });
		assert!(!OpenValidations::<Test>::contains_key(VALIDATOR));
		assert_eq!(events(), [Event::BondReleased { validation, wallet: WALLET, bond: BOND }]);
	});
}

#[test]
fn release_bond_should_leave_other_bonds_alone() {
	build_and_execute(|| {
		let first = Request::numbered(1).hard(80);
		set_now(START + 1);
		let second = Request::numbered(2).hard(90);
		set_now(START + CHALLENGE);

		assert_ok!(Validations::release_bond(signed(WALLET), first));

		assert_eq!(held(HoldReason::Bond, WALLET), BOND);
		assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
		assert_noop!(
			Validations::release_bond(signed(WALLET), second),
			Error::<Test>::ChallengePeriodNotElapsed
		);
	});
}

#[test]
fn release_bond_should_pay_the_wallet_that_answered_when_the_validator_has_another() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		alter_agent(VALIDATOR, |agent| agent.wallet = Some(STRANGER));

		release_bond(validation);

		assert_eq!(free(WALLET), WEALTH + FEE);
		assert_eq!(free(STRANGER), WEALTH);
	});
}

#[test]
fn release_bond_should_fail_when_there_is_no_such_validation() {
	build_and_execute(|| {
		assert_noop!(
			Validations::release_bond(signed(WALLET), FIRST),
			Error::<Test>::ValidationNotFound
		);
	});
}

#[test]
fn release_bond_should_fail_when_there_is_no_hard_answer() {
	build_and_execute(|| {
		let validations = [
			Request::numbered(1).request(),
			Request::numbered(2).soft(40),
			Request::numbered(3).expired(),
		];
		for validation in validations {
			assert_noop!(
				Validations::release_bond(signed(WALLET), validation),
				Error::<Test>::NotAnswered
			);
		}
	});
}

#[test]
fn release_bond_should_fail_when_the_challenge_period_has_not_elapsed() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		set_now(START + CHALLENGE - 1);
		assert_noop!(
			Validations::release_bond(signed(WALLET), validation),
			Error::<Test>::ChallengePeriodNotElapsed
		);
	});
}

#[test]
fn release_bond_should_fail_when_the_bond_is_not_held_any_more() {
	build_and_execute(|| {
		let slashed = Request::numbered(1).hard(80);
		slash(slashed);
		let released = Request::numbered(2).hard(80);
		release_bond(released);
		for validation in [slashed, released] {
			assert_noop!(
				Validations::release_bond(signed(WALLET), validation),
				Error::<Test>::BondNotHeld
			);
		}
	});
}

#[test]
fn release_bond_should_fail_when_the_answer_is_disputed() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		set_now(START + CHALLENGE);
		assert_noop!(
			Validations::release_bond(signed(WALLET), validation),
			Error::<Test>::UnderDispute
		);
	});
}
