//! Each invariant, broken once.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::{AgentId, AgentKind, BlockNumber, CaseId, TagId, ValidationId};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
};
use sp_runtime::DispatchError;

const REQUESTED: ValidationId = ValidationId(0);
const SOFT: ValidationId = ValidationId(1);
const HARD: ValidationId = ValidationId(2);
const SLASHED: ValidationId = ValidationId(3);
const MISSED: ValidationId = ValidationId(4);
const DISPUTED: ValidationId = ValidationId(5);
const DISPUTED_TOO: ValidationId = ValidationId(6);

/// Gave the disputed answers, under [`OTHER_WALLET`].
const OTHER_VALIDATOR: AgentId = AgentId(7);
const OTHER_WALLET: AccountId = BANK;
/// What the disputed answers are about.
const OTHER_SUBJECT: AgentId = AgentId(8);

/// Sets up a validation in each state; lets `corrupt` break the storage, and expects to hear
/// `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let later = |number| Request { deadline: 500, ..Request::numbered(number) };
		later(1).request();
		later(2).soft(40);
		later(3).hard(60);
		slash(later(4).hard(80));
		Request::numbered(5).soft(20);
		set_now(DEADLINE + 1);
		assert_ok!(Validations::expire(signed(STRANGER), MISSED));
		put_agent(OTHER_VALIDATOR, AgentKind::Validator, OWNER, OTHER_WALLET);
		put_agent(OTHER_SUBJECT, AgentKind::Oracle, SUBJECT_OWNER, SUBJECT_WALLET);
		for number in [6, 7] {
			let (validator, subject) = (OTHER_VALIDATOR, OTHER_SUBJECT);
			let validation = Request { validator, subject, ..later(number) }.request();
			assert_ok!(try_answer(OTHER_WALLET, validation, 10, Finality::Hard));
			dispute(validation);
		}
		assert_ok!(Validations::do_try_state());

		corrupt();

		assert_eq!(Validations::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes a validation behind the pallet's back.
fn alter(validation: ValidationId, change: impl FnOnce(&mut ValidationOf<Test>)) {
	crate::Validations::<Test>::mutate(validation, |record| {
		change(record.as_mut().expect("the validation is in storage"))
	});
}

/// Changes a dispute behind the pallet's back: its challenger, its case and what was left of the
/// challenge period.
fn alter_dispute(
	validation: ValidationId,
	change: impl FnOnce(&mut AccountId, &mut CaseId, &mut BlockNumber),
) {
	alter(validation, |record| {
		let ValidationState::Hard { bond, .. } = &mut record.state else {
			panic!("it is answered for good");
		};
		let Bond::Disputed { challenger, case, left, .. } = bond else {
			panic!("it is disputed");
		};
		change(challenger, case, left);
	});
}

/// A scope with this tag: of answers by any validator, and of those by [`VALIDATOR`].
fn scopes(tag: Option<TagId>) -> [SummaryScope; 2] {
	[None, Some(VALIDATOR)].map(|validator| SummaryScope { validator, tag })
}

/// Changes a summary of [`SUBJECT`], by any and by [`VALIDATOR`], behind the pallet's back.
fn alter_summary(tag: Option<TagId>, count: u64, sum: u128) {
	for scope in scopes(tag) {
		Summaries::<Test>::insert(SUBJECT, scope, Summary { count, sum });
	}
}

#[test]
fn try_state_should_notice_when_a_validator_judges_itself() {
	assert_noticed("a validator judges itself", || {
		alter(REQUESTED, |record| record.subject = record.validator);
	});
}

#[test]
fn try_state_should_notice_when_an_answer_came_too_late() {
	for validation in [SOFT, HARD, SLASHED, MISSED] {
		assert_noticed("an answer came after the deadline", || {
			alter(validation, |record| record.deadline = START - 1);
		});
	}
}

#[test]
fn try_state_should_notice_when_a_case_decides_about_two_answers() {
	assert_noticed("a case decides about two answers", || {
		alter_dispute(DISPUTED_TOO, |_, case, _| *case = CASE);
	});
}

#[test]
fn try_state_should_notice_when_a_wallet_challenges_its_own_answer() {
	assert_noticed("a wallet challenges its own answer", || {
		alter_dispute(DISPUTED, |challenger, _, _| *challenger = OTHER_WALLET);
	});
}

#[test]
fn try_state_should_notice_when_a_dispute_began_after_the_challenge_period() {
	assert_noticed("a dispute began after the challenge period", || {
		alter_dispute(DISPUTED, |_, _, left| *left = 0);
	});
}

#[test]
fn try_state_should_notice_when_a_validation_has_a_future_id() {
	assert_noticed("a validation has a future id", || NextValidationId::<Test>::put(MISSED));
}

#[test]
fn try_state_should_notice_when_an_index_lacks_a_validation() {
	assert_noticed("an index lacks a validation", || {
		ValidationsBySubject::<Test>::remove(SUBJECT, HARD);
	});
	assert_noticed("an index lacks a validation", || {
		ValidationsByValidator::<Test>::remove(VALIDATOR, HARD);
	});
}

#[test]
fn try_state_should_notice_when_an_index_names_what_is_not_there() {
	assert_noticed("the index of subjects names what is not there", || {
		ValidationsBySubject::<Test>::insert(VALIDATOR, HARD, ());
	});
	assert_noticed("the index of validators names what is not there", || {
		ValidationsByValidator::<Test>::insert(VALIDATOR, ValidationId(99), ());
	});
}

#[test]
fn try_state_should_notice_when_an_open_request_can_not_be_found() {
	for number in [1, 2] {
		assert_noticed("an open request can't be found", || {
			OpenRequests::<Test>::remove((REQUESTER, VALIDATOR, work_hash(number)));
		});
	}
	assert_noticed("an open request can't be found", || {
		OpenRequests::<Test>::insert((REQUESTER, VALIDATOR, work_hash(1)), SOFT);
	});
}

#[test]
fn try_state_should_notice_when_what_awaits_no_answer_is_found_as_open() {
	assert_noticed("OpenRequests names what awaits no answer", || {
		OpenRequests::<Test>::insert((REQUESTER, VALIDATOR, work_hash(3)), HARD);
	});
}

#[test]
fn try_state_should_notice_when_open_validations_are_miscounted() {
	let complaint = "OpenValidations differs from what was taken up";
	assert_noticed(complaint, || OpenValidations::<Test>::insert(VALIDATOR, 3));
	assert_noticed(complaint, || OpenValidations::<Test>::remove(VALIDATOR));
	assert_noticed(complaint, || OpenValidations::<Test>::insert(SUBJECT, 0));
}

#[test]
fn try_state_should_notice_when_a_summary_counts_nothing() {
	assert_noticed("a summary counts nothing", || alter_summary(Some(OTHER_TAG), 0, 0));
}

#[test]
fn try_state_should_notice_when_a_summary_differs_from_the_answers() {
	let complaint = "a summary differs from the answers that stand";
	// One answer stands, of 60. Others may be erased, with up to 100 each.
	for (count, sum) in [(1, 61), (1, 59), (2, 161), (2, 59)] {
		assert_noticed(complaint, || alter_summary(None, count, sum));
		assert_noticed(complaint, || alter_summary(Some(TAG), count, sum));
	}
}

#[test]
fn try_state_should_notice_when_a_summary_is_missing() {
	for scope in [scopes(None), scopes(Some(TAG))].concat() {
		assert_noticed("a summary is missing", || Summaries::<Test>::remove(SUBJECT, scope));
	}
}

#[test]
fn try_state_should_notice_when_a_summary_by_any_differs_from_those_by_each() {
	let complaint = "a summary by any differs from those by each";
	for scope in scopes(None) {
		assert_noticed(complaint, || {
			Summaries::<Test>::insert(SUBJECT, scope, Summary { count: 2, sum: 70 });
		});
	}
	assert_noticed(complaint, || {
		let scope = SummaryScope { validator: Some(SUBJECT), tag: None };
		Summaries::<Test>::insert(SUBJECT, scope, Summary { count: 1, sum: 0 });
	});
}

#[test]
fn try_state_should_notice_when_a_summary_by_any_is_missing() {
	assert_noticed("a summary by any is missing", || {
		let scope = SummaryScope { validator: Some(VALIDATOR), tag: Some(OTHER_TAG) };
		Summaries::<Test>::insert(SUBJECT, scope, Summary { count: 1, sum: 0 });
	});
}

#[test]
fn try_state_should_notice_when_summaries_of_tags_exceed_that_of_any_tag() {
	let complaint = "summaries of tags exceed that of any tag";
	assert_noticed(complaint, || alter_summary(Some(OTHER_TAG), 1, 0));
	assert_noticed(complaint, || {
		alter_summary(None, 2, 70);
		alter_summary(Some(OTHER_TAG), 1, 20);
	});
}

#[test]
fn try_state_should_notice_when_a_validators_record_lacks_a_validation() {
	let record = ValidatorRecord { answered: 2, missed: 1, overturned: 1 };
	for lacking in [
		ValidatorRecord { answered: 1, ..record },
		ValidatorRecord { missed: 0, ..record },
		ValidatorRecord { overturned: 0, ..record },
	] {
		assert_noticed("a validator's record lacks a validation", || {
			assert_eq!(validator_record(), record);
			ValidatorRecords::<Test>::insert(VALIDATOR, lacking);
		});
	}
}

#[test]
fn try_state_should_notice_when_more_answers_were_overturned_than_given() {
	assert_noticed("more answers were overturned than given", || {
		let record = ValidatorRecord { answered: 2, missed: 1, overturned: 3 };
		ValidatorRecords::<Test>::insert(VALIDATOR, record);
	});
}

#[test]
fn try_state_should_notice_when_a_deposit_is_not_held() {
	let complaint = "deposits held differ from those recorded";
	let reason = HoldReason::Deposit.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::decrease_balance_on_hold(&reason, &REQUESTER, 1, Precision::Exact));
	});
	assert_noticed(complaint, || alter(MISSED, |record| record.deposit += 1));
}

#[test]
fn try_state_should_notice_when_a_fee_is_not_held() {
	let complaint = "fees held differ from those offered";
	let reason = HoldReason::Fee.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &REQUESTER, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &BANK, 1));
	});
	for validation in [REQUESTED, SOFT] {
		assert_noticed(complaint, || alter(validation, |record| record.fee += 1));
	}
}

#[test]
fn try_state_should_notice_when_a_bond_is_not_held() {
	let complaint = "bonds held differ from those at risk";
	let reason = HoldReason::Bond.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &WALLET, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &OTHER_WALLET, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &OWNER, 1));
	});
}
