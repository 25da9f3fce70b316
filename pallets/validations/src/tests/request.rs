//! Tests of `request`.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::{AgentId, AgentKind, ValidationId};
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, TokenError};

#[test]
fn request_should_store_the_validation_and_hold_deposit_and_fee_when_all_is_sound() {
	build_and_execute(|| {
		assert_ok!(Request::default().try_request());

		let work = Work { uri: stored_uri(WORK_URI), hash: work_hash(1) };
		let record = Validation {
			requester: REQUESTER,
			validator: VALIDATOR,
			subject: SUBJECT,
			work: work.clone(),
			tag: Some(TAG),
			fee: FEE,
			deadline: DEADLINE,
			deposit: deposit(),
			state: ValidationState::Requested,
		};
		assert_eq!(crate::Validations::<Test>::get(FIRST), Some(record));
		assert!(ValidationsBySubject::<Test>::contains_key(SUBJECT, FIRST));
		assert!(ValidationsByValidator::<Test>::contains_key(VALIDATOR, FIRST));
		let open = OpenRequests::<Test>::get((REQUESTER, VALIDATOR, work_hash(1)));
		assert_eq!(open, Some(FIRST));
		assert_eq!(NextValidationId::<Test>::get(), ValidationId(1));
		assert_eq!(held(HoldReason::Deposit, REQUESTER), deposit());
		assert_eq!(held(HoldReason::Fee, REQUESTER), FEE);
		assert_eq!(free(REQUESTER), WEALTH - deposit() - FEE);
		assert_eq!(Validations::open_validations_of(VALIDATOR), 0, "it was only asked");
		let requested = Event::ValidationRequested {
			validation: FIRST,
			requester: REQUESTER,
			validator: VALIDATOR,
			subject: SUBJECT,
			work,
			tag: Some(TAG),
			fee: FEE,
			deadline: DEADLINE,
			deposit: deposit(),
		};
		assert_eq!(events(), [requested]);
	});
}

#[test]
fn request_should_hold_no_fee_when_none_is_offered() {
	build_and_execute(|| {
		let validation = Request { fee: 0, tag: None, ..Request::default() }.request();

		assert_eq!(state(validation), ValidationState::Requested);
		assert_eq!(held(HoldReason::Fee, REQUESTER), 0);
		assert_eq!(free(REQUESTER), WEALTH - deposit());
	});
}

#[test]
fn request_should_give_out_ids_in_order_when_called_again() {
	build_and_execute(|| {
		assert_eq!(Request::numbered(1).request(), ValidationId(0));
		assert_eq!(Request::numbered(2).request(), ValidationId(1));
		assert_eq!(held(HoldReason::Deposit, REQUESTER), 2 * deposit());
		assert_eq!(held(HoldReason::Fee, REQUESTER), 2 * FEE);
	});
}

#[test]
fn request_should_never_give_an_id_out_again_when_its_validation_is_erased() {
	build_and_execute(|| {
		let erased = Request::default().expired();
		assert_ok!(Validations::erase(signed(REQUESTER), erased));

		let again = Request { deadline: DEADLINE + 100, ..Request::default() }.request();

		assert_eq!(again, ValidationId(1));
	});
}

#[test]
fn request_should_be_open_to_the_subjects_owner_and_to_strangers() {
	build_and_execute(|| {
		for requester in [SUBJECT_OWNER, SUBJECT_WALLET, STRANGER] {
			assert_ok!(Request { requester, ..Request::default() }.try_request());
		}
	});
}

#[test]
fn request_should_fail_when_the_validator_is_not_registered() {
	build_and_execute(|| {
		let request = Request { validator: NOBODY, ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::ValidatorNotFound);
		let status = AgentStatus::Deregistering { bond_until: 1_000 };
		alter_agent(VALIDATOR, |agent| agent.status = status);
		assert_noop!(Request::default().try_request(), Error::<Test>::ValidatorNotFound);
	});
}

#[test]
fn request_should_fail_when_the_agent_is_no_validator() {
	build_and_execute(|| {
		alter_agent(VALIDATOR, |agent| agent.kind = AgentKind::Oracle);
		assert_noop!(Request::default().try_request(), Error::<Test>::NotAValidator);
	});
}

#[test]
fn request_should_fail_when_the_validator_is_not_active() {
	build_and_execute(|| {
		for status in [AgentStatus::Registered, AgentStatus::Inactive, AgentStatus::Suspended] {
			alter_agent(VALIDATOR, |agent| agent.status = status);
			assert_noop!(Request::default().try_request(), Error::<Test>::ValidatorNotActive);
		}
	});
}

#[test]
fn request_should_fail_when_the_subject_is_not_registered() {
	build_and_execute(|| {
		let request = Request { subject: NOBODY, ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::SubjectNotFound);
		let status = AgentStatus::Deregistering { bond_until: 1_000 };
		alter_agent(SUBJECT, |agent| agent.status = status);
		assert_noop!(Request::default().try_request(), Error::<Test>::SubjectNotFound);
	});
}

#[test]
fn request_should_take_a_subject_of_any_status_when_it_is_registered() {
	build_and_execute(|| {
		let statuses = [AgentStatus::Registered, AgentStatus::Inactive, AgentStatus::Suspended];
		for (number, status) in (1..).zip(statuses) {
			alter_agent(SUBJECT, |agent| agent.status = status);
			assert_ok!(Request::numbered(number).try_request());
		}
	});
}

#[test]
fn request_should_fail_when_an_account_stands_behind_validator_and_subject() {
	for (owner, wallet) in
		[(OWNER, SUBJECT_WALLET), (SUBJECT_OWNER, WALLET), (WALLET, STRANGER), (STRANGER, OWNER)]
	{
		build_and_execute(|| {
			put_agent(SUBJECT, AgentKind::AiModel, owner, wallet);
			assert_noop!(Request::default().try_request(), Error::<Test>::ConflictOfInterest);
		});
	}
}

#[test]
fn request_should_fail_when_the_validator_is_to_judge_itself() {
	build_and_execute(|| {
		let request = Request { subject: VALIDATOR, ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::ConflictOfInterest);
	});
}

#[test]
fn request_should_fail_when_the_requester_stands_behind_the_validator() {
	build_and_execute(|| {
		for requester in [OWNER, WALLET] {
			let request = Request { requester, ..Request::default() };
			assert_noop!(request.try_request(), Error::<Test>::ConflictOfInterest);
		}
	});
}

#[test]
fn request_should_not_take_missing_wallets_for_the_same_account() {
	build_and_execute(|| {
		alter_agent(VALIDATOR, |agent| agent.wallet = None);
		alter_agent(SUBJECT, |agent| agent.wallet = None);
		assert_ok!(Request::default().try_request());
	});
}

#[test]
fn request_should_fail_when_the_uri_is_bad() {
	build_and_execute(|| {
		for (uri, error) in [
			(vec![], Error::<Test>::UriEmpty),
			(uri_of(MAX_URI + 1), Error::<Test>::UriTooLong),
			(b"work.json".to_vec(), Error::<Test>::UriMalformed),
			(b"https://work.example/a b".to_vec(), Error::<Test>::UriMalformed),
		] {
			assert_noop!(Request { uri, ..Request::default() }.try_request(), error);
		}
	});
}

#[test]
fn request_should_price_the_uri_when_it_is_as_long_as_may_be() {
	build_and_execute(|| {
		assert_ok!(Request { uri: uri_of(MAX_URI), ..Request::default() }.try_request());
		assert_eq!(held(HoldReason::Deposit, REQUESTER), deposit_of(MAX_URI));
	});
}

#[test]
fn request_should_fail_when_there_is_no_such_tag() {
	build_and_execute(|| {
		let request = Request { tag: Some(NO_TAG), ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::TagNotFound);
	});
}

#[test]
fn request_should_fail_when_the_tag_is_retired() {
	build_and_execute(|| {
		let request = Request { tag: Some(RETIRED_TAG), ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::TagRetired);
	});
}

#[test]
fn request_should_fail_when_the_fee_is_below_the_existential_deposit() {
	build_and_execute(|| {
		for fee in [1, ED - 1] {
			let request = Request { fee, ..Request::default() };
			assert_noop!(request.try_request(), Error::<Test>::FeeTooSmall);
		}
		assert_ok!(Request { fee: ED, ..Request::default() }.try_request());
	});
}

#[test]
fn request_should_fail_when_the_deadline_is_not_in_the_future() {
	build_and_execute(|| {
		for deadline in [START - 1, START] {
			let request = Request { deadline, ..Request::default() };
			assert_noop!(request.try_request(), Error::<Test>::DeadlineNotInFuture);
		}
		assert_ok!(Request { deadline: START + 1, ..Request::default() }.try_request());
	});
}

#[test]
fn request_should_fail_when_the_deadline_is_too_far_ahead() {
	build_and_execute(|| {
		let latest = START + MaxResponseTime::get();
		let request = Request { deadline: latest + 1, ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::DeadlineTooFar);
		assert_ok!(Request { deadline: latest, ..Request::default() }.try_request());
	});
}

#[test]
fn request_should_fail_when_the_requester_awaits_an_answer_on_this_work_already() {
	build_and_execute(|| {
		let validation = Request::default().request();
		assert_noop!(Request::default().try_request(), Error::<Test>::AlreadyRequested);
		assert_ok!(try_answer(WALLET, validation, 50, Finality::Soft));
		let other_subject = AgentId(2);
		put_agent(other_subject, AgentKind::AiModel, STRANGER, BANK);
		let request = Request { subject: other_subject, ..Request::default() };
		assert_noop!(request.try_request(), Error::<Test>::AlreadyRequested);
	});
}

#[test]
fn request_should_pass_when_work_requester_or_validator_is_another() {
	build_and_execute(|| {
		Request::default().request();
		assert_ok!(Request::numbered(2).try_request());
		assert_ok!(Request { requester: STRANGER, ..Request::default() }.try_request());
		let other_validator = AgentId(2);
		put_agent(other_validator, AgentKind::Validator, STRANGER, BANK);
		assert_ok!(Request { validator: other_validator, ..Request::default() }.try_request());
	});
}

#[test]
fn request_should_pass_again_when_the_answer_is_hard_or_the_validation_expired() {
	build_and_execute(|| {
		Request::default().hard(50);
		Request::default().expired();
		assert_ok!(Request { deadline: DEADLINE + 100, ..Request::default() }.try_request());
	});
}

#[test]
fn request_should_fail_when_the_requester_can_not_pay_deposit_and_fee() {
	build_and_execute(|| {
		// An account keeps the existential deposit beside what is held.
		let enough = deposit() + FEE + ED;
		let spare = WEALTH - enough + 1;
		assert_ok!(Balances::transfer_allow_death(signed(REQUESTER), BANK, spare));
		assert_noop!(Request::default().try_request(), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), REQUESTER, 1));
		assert_ok!(Request::default().try_request());
	});
}

/// See `keeping_total`: without its check the requester would lose its last 5 plancks to dust here.
#[test]
fn request_should_fail_when_holding_the_deposit_would_turn_money_to_dust() {
	build_and_execute(|| {
		System::inc_providers(&REQUESTER);
		let spare = WEALTH - deposit() - 5;
		assert_ok!(Balances::transfer_allow_death(signed(REQUESTER), BANK, spare));
		let request = Request { fee: 0, ..Request::default() };
		assert_noop!(request.try_request(), TokenError::FundsUnavailable);
	});
}

#[test]
fn request_should_fail_when_all_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		NextValidationId::<Test>::put(ValidationId(u64::MAX));
		assert_noop!(Request::default().try_request(), ArithmeticError::Overflow);
	});
}
