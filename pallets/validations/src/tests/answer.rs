//! Tests of `answer`.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::AgentKind;
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, TokenError};

#[test]
fn answer_should_keep_the_score_and_move_no_money_when_it_is_soft() {
	build_and_execute(|| {
		let validation = Request::default().request();
		reset_events();

		assert_ok!(try_answer(WALLET, validation, 40, Finality::Soft));

		let answer = answer_at(40, START);
		assert_eq!(state(validation), ValidationState::Soft { answer: answer.clone() });
		assert_eq!(held(HoldReason::Fee, REQUESTER), FEE);
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
		assert_eq!(free(WALLET), WEALTH);
		assert_eq!(summary(None), (0, 0));
		assert_eq!(validator_record(), ValidatorRecord::default());
		assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
		assert_eq!(events(), [Event::SoftAnswerGiven { validation, answer }]);
	});
}

#[test]
fn answer_should_replace_a_soft_one_when_it_is_soft() {
	build_and_execute(|| {
		let validation = Request::default().soft(40);
		set_now(START + 5);
		reset_events();

		assert_ok!(try_answer(WALLET, validation, 60, Finality::Soft));

		let answer = answer_at(60, START + 5);
		assert_eq!(state(validation), ValidationState::Soft { answer: answer.clone() });
		assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
		assert_eq!(events(), [Event::SoftAnswerGiven { validation, answer }]);
	});
}

#[test]
fn answer_should_pay_the_fee_and_hold_the_bond_when_it_is_hard() {
	build_and_execute(|| {
		let validation = Request::default().request();
		reset_events();

		assert_ok!(try_answer(WALLET, validation, 100, Finality::Hard));

		let answer = answer_at(100, START);
		let until = START + CHALLENGE;
		let bond = Bond::Held { amount: BOND, from: START, until };
		let hard = ValidationState::Hard { answer: answer.clone(), wallet: WALLET, bond };
		assert_eq!(state(validation), hard);
		assert_eq!(held(HoldReason::Fee, REQUESTER), 0);
		assert_eq!(held(HoldReason::Deposit, REQUESTER), deposit());
		assert_eq!(free(REQUESTER), WEALTH - deposit() - FEE);
		assert_eq!(held(HoldReason::Bond, WALLET), BOND);
		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
		assert_eq!(OpenRequests::<Test>::iter().count(), 0);
		assert_eq!(summary(None), (1, 100));
		assert_eq!(summary(Some(TAG)), (1, 100));
		assert_eq!(summary(Some(OTHER_TAG)), (0, 0));
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 0 });
		assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
		let given = Event::HardAnswerGiven {
			validation,
			answer,
			wallet: WALLET,
			fee: FEE,
			bond: BOND,
			until,
		};
		assert_eq!(events(), [given]);
	});
}

#[test]
fn answer_should_move_from_soft_to_hard_when_the_validator_has_made_up_its_mind() {
	build_and_execute(|| {
		let validation = Request::default().soft(40);
		set_now(DEADLINE);

		assert_ok!(try_answer(WALLET, validation, 70, Finality::Hard));

		let hard = ValidationState::Hard {
			answer: answer_at(70, DEADLINE),
			wallet: WALLET,
			bond: Bond::Held { amount: BOND, from: DEADLINE, until: DEADLINE + CHALLENGE },
		};
		assert_eq!(state(validation), hard);
		assert_eq!(summary(None), (1, 70));
		assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
	});
}

#[test]
fn answer_should_take_a_score_of_zero() {
	build_and_execute(|| {
		Request::default().hard(0);
		assert_eq!(summary(None), (1, 0));
	});
}

#[test]
fn answer_should_count_for_all_answers_only_when_there_is_no_tag() {
	build_and_execute(|| {
		Request { tag: None, ..Request::numbered(1) }.hard(30);
		Request { tag: Some(OTHER_TAG), ..Request::numbered(2) }.hard(50);
		Request::numbered(3).hard(90);

		assert_eq!(summary(None), (3, 170));
		assert_eq!(summary(Some(TAG)), (1, 90));
		assert_eq!(summary(Some(OTHER_TAG)), (1, 50));
		assert_eq!(validator_record().answered, 3);
		assert_eq!(held(HoldReason::Bond, WALLET), 3 * BOND);
	});
}

#[test]
fn answer_should_pay_nothing_when_no_fee_was_offered() {
	build_and_execute(|| {
		Request { fee: 0, ..Request::default() }.hard(50);
		assert_eq!(free(WALLET), WEALTH - BOND);
		assert_eq!(free(REQUESTER), WEALTH - deposit());
	});
}

#[test]
fn answer_should_take_the_bond_out_of_the_fee_when_the_wallet_owns_too_little() {
	build_and_execute(|| {
		let validation = Request { fee: BOND + ED, ..Request::default() }.request();
		drain(WALLET);

		assert_ok!(try_answer(WALLET, validation, 50, Finality::Hard));

		assert_eq!(held(HoldReason::Bond, WALLET), BOND);
		assert_eq!(free(WALLET), ED);
	});
}

#[test]
fn answer_should_keep_bond_and_period_when_governance_changes_them_later() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		BondAmount::set(&(2 * BOND));
		ChallengePeriod::set(&1);

		let bond = Bond::Held { amount: BOND, from: START, until: START + CHALLENGE };
		let hard = ValidationState::Hard { answer: answer_at(50, START), wallet: WALLET, bond };
		assert_eq!(state(validation), hard);
		set_now(START + CHALLENGE - 1);
		assert_noop!(
			Validations::release_bond(signed(STRANGER), validation),
			Error::<Test>::ChallengePeriodNotElapsed
		);
	});
}

#[test]
fn answer_should_pass_when_the_validator_takes_no_new_work() {
	build_and_execute(|| {
		let validation = Request::default().request();
		alter_agent(VALIDATOR, |agent| agent.status = AgentStatus::Inactive);
		assert_ok!(try_answer(WALLET, validation, 50, Finality::Hard));
	});
}

#[test]
fn answer_should_pass_when_the_subject_left() {
	build_and_execute(|| {
		let validation = Request::default().request();
		let mut registry = Registry::get();
		registry.remove(&SUBJECT);
		Registry::set(&registry);
		assert_ok!(try_answer(WALLET, validation, 50, Finality::Hard));
	});
}

#[test]
fn answer_should_be_the_new_wallets_when_the_validator_changed_it() {
	build_and_execute(|| {
		let validation = Request::default().soft(40);
		alter_agent(VALIDATOR, |agent| agent.wallet = Some(STRANGER));

		assert_noop!(
			try_answer(WALLET, validation, 50, Finality::Hard),
			Error::<Test>::NotValidator
		);
		assert_ok!(try_answer(STRANGER, validation, 50, Finality::Hard));

		assert_eq!(free(STRANGER), WEALTH + FEE - BOND);
		assert_eq!(held(HoldReason::Bond, STRANGER), BOND);
	});
}

#[test]
fn answer_should_fail_when_the_request_is_unknown() {
	build_and_execute(|| {
		for finality in [Finality::Soft, Finality::Hard] {
			assert_noop!(
				try_answer(WALLET, FIRST, 50, finality),
				Error::<Test>::ValidationNotFound
			);
		}
	});
}

#[test]
fn answer_should_fail_when_the_caller_is_not_the_validator_that_was_asked() {
	build_and_execute(|| {
		let validation = Request::default().request();
		let other_validator = aitbc_core::AgentId(2);
		put_agent(other_validator, AgentKind::Validator, BANK, STRANGER);
		for caller in [OWNER, REQUESTER, SUBJECT_OWNER, STRANGER] {
			for finality in [Finality::Soft, Finality::Hard] {
				assert_noop!(
					try_answer(caller, validation, 50, finality),
					Error::<Test>::NotValidator
				);
			}
		}
	});
}

#[test]
fn answer_should_fail_when_the_deadline_has_passed() {
	build_and_execute(|| {
		let validation = Request::default().request();
		set_now(DEADLINE + 1);
		for finality in [Finality::Soft, Finality::Hard] {
			assert_noop!(
				try_answer(WALLET, validation, 50, finality),
				Error::<Test>::DeadlinePassed
			);
		}
		assert_ok!(Validations::expire(signed(STRANGER), validation));
		assert_noop!(
			try_answer(WALLET, validation, 50, Finality::Hard),
			Error::<Test>::DeadlinePassed
		);
	});
}

#[test]
fn answer_should_fail_when_the_hard_one_is_given() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		for finality in [Finality::Soft, Finality::Hard] {
			assert_noop!(
				try_answer(WALLET, validation, 60, finality),
				Error::<Test>::AlreadyAnswered
			);
		}
		release_bond(validation);
		assert_noop!(
			try_answer(WALLET, validation, 60, Finality::Hard),
			Error::<Test>::AlreadyAnswered
		);
	});
}

#[test]
fn answer_should_fail_when_the_validator_is_suspended() {
	build_and_execute(|| {
		let validation = Request::default().soft(40);
		alter_agent(VALIDATOR, |agent| agent.status = AgentStatus::Suspended);
		for finality in [Finality::Soft, Finality::Hard] {
			assert_noop!(
				try_answer(WALLET, validation, 50, finality),
				Error::<Test>::ValidatorSuspended
			);
		}
	});
}

#[test]
fn answer_should_fail_when_a_conflict_of_interest_came_up_since_the_request() {
	build_and_execute(|| {
		let validation = Request::default().request();
		for owner in [SUBJECT_OWNER, SUBJECT_WALLET, REQUESTER] {
			alter_agent(VALIDATOR, |agent| agent.owner = owner);
			assert_noop!(
				try_answer(WALLET, validation, 50, Finality::Hard),
				Error::<Test>::ConflictOfInterest
			);
		}
		alter_agent(VALIDATOR, |agent| agent.owner = OWNER);
		alter_agent(SUBJECT, |agent| agent.wallet = Some(OWNER));
		assert_noop!(
			try_answer(WALLET, validation, 50, Finality::Soft),
			Error::<Test>::ConflictOfInterest
		);
	});
}

#[test]
fn answer_should_fail_when_the_uri_of_the_evidence_is_bad() {
	build_and_execute(|| {
		let validation = Request::default().request();
		for finality in [Finality::Soft, Finality::Hard] {
			for (uri, error) in [
				(vec![], Error::<Test>::UriEmpty),
				(uri_of(MAX_URI + 1), Error::<Test>::UriTooLong),
				(b"evidence".to_vec(), Error::<Test>::UriMalformed),
			] {
				let evidence = Document { uri, hash: evidence().hash };
				let origin = signed(WALLET);
				assert_noop!(
					Validations::answer(origin, validation, score(50), finality, evidence),
					error
				);
			}
		}
	});
}

#[test]
fn answer_should_fail_when_the_wallet_can_not_hold_the_bond() {
	build_and_execute(|| {
		let validation = Request::default().request();
		// With the fee, the wallet misses one planck of the bond beside the existential deposit.
		let spare = WEALTH + FEE - BOND - ED + 1;
		assert_ok!(Balances::transfer_allow_death(signed(WALLET), BANK, spare));
		assert_noop!(
			try_answer(WALLET, validation, 50, Finality::Hard),
			TokenError::FundsUnavailable
		);
		assert_ok!(try_answer(WALLET, validation, 50, Finality::Soft));
		assert_ok!(Balances::transfer_allow_death(signed(BANK), WALLET, 1));
		assert_ok!(try_answer(WALLET, validation, 50, Finality::Hard));
	});
}

#[test]
fn answer_should_fail_when_the_wallet_can_not_take_the_fee() {
	build_and_execute(|| {
		let validation = Request::default().request();
		drain(WALLET);
		set_existential_deposit(FEE + 1);
		assert_noop!(
			try_answer(WALLET, validation, 50, Finality::Hard),
			Error::<Test>::PayeeNotCreditable
		);
	});
}

#[test]
fn answer_should_fail_when_too_much_is_open() {
	new_test_ext().execute_with(|| {
		let validation = Request::default().request();
		OpenValidations::<Test>::insert(VALIDATOR, u32::MAX);
		for finality in [Finality::Soft, Finality::Hard] {
			assert_noop!(try_answer(WALLET, validation, 50, finality), ArithmeticError::Overflow);
		}
	});
}
