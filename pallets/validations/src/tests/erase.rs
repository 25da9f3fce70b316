//! Tests of `erase`.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::ValidationId;
use frame_support::{assert_noop, assert_ok};

/// Erases `validation`, which must leave no trace but what was counted.
#[track_caller]
fn assert_erased(validation: ValidationId) {
	reset_events();

	assert_ok!(Validations::erase(signed(REQUESTER), validation));

	assert!(!crate::Validations::<Test>::contains_key(validation));
	assert_eq!(ValidationsBySubject::<Test>::iter().count(), 0);
	assert_eq!(ValidationsByValidator::<Test>::iter().count(), 0);
	assert_eq!(held(HoldReason::Deposit, REQUESTER), 0);
	let (requester, deposit) = (REQUESTER, deposit());
	assert_eq!(events(), [Event::ValidationErased { validation, requester, deposit }]);
}

#[test]
fn erase_should_return_the_deposit_when_the_validation_expired() {
	build_and_execute(|| {
		assert_erased(Request::default().expired());
		assert_eq!(free(REQUESTER), WEALTH);
	});
}

#[test]
fn erase_should_leave_the_summary_when_the_bond_is_released() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		release_bond(validation);

		assert_erased(validation);

		assert_eq!(free(REQUESTER), WEALTH - FEE);
		assert_eq!(summary(None), (1, 80));
		assert_eq!(summary(Some(TAG)), (1, 80));
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 0 });
	});
}

#[test]
fn erase_should_leave_the_validators_record_when_the_answer_was_overturned() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		slash(validation);

		assert_erased(validation);

		assert_eq!(summary(None), (0, 0));
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 1 });
	});
}

#[test]
fn erase_should_return_what_is_held_when_the_price_of_storage_changed() {
	build_and_execute(|| {
		let validation = Request::default().expired();
		PriceFactor::set(&3);
		assert_erased(validation);
		assert_eq!(free(REQUESTER), WEALTH);
	});
}

#[test]
fn erase_should_fail_when_there_is_no_such_validation() {
	build_and_execute(|| {
		assert_noop!(
			Validations::erase(signed(REQUESTER), FIRST),
			Error::<Test>::ValidationNotFound
		);
		let validation = Request::default().expired();
		assert_erased(validation);
		assert_noop!(
			Validations::erase(signed(REQUESTER), validation),
			Error::<Test>::ValidationNotFound
		);
	});
}

#[test]
fn erase_should_fail_when_the_caller_is_not_the_requester() {
	build_and_execute(|| {
		let validation = Request::default().expired();
		for caller in [OWNER, WALLET, SUBJECT_OWNER, STRANGER] {
			assert_noop!(
				Validations::erase(signed(caller), validation),
				Error::<Test>::NotRequester
			);
		}
	});
}

#[test]
fn erase_should_fail_when_the_validation_is_not_concluded() {
	build_and_execute(|| {
		let validations = [
			Request::numbered(1).request(),
			Request::numbered(2).soft(40),
			Request::numbered(3).hard(50),
			Request::numbered(4).disputed(50),
		];
		set_now(DEADLINE + CHALLENGE);
		for validation in validations {
			assert_noop!(
				Validations::erase(signed(REQUESTER), validation),
				Error::<Test>::NotConcluded
			);
		}
	});
}
