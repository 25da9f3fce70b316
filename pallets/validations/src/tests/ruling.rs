//! Tests of what a ruling does, and of what the chain itself can say.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::{
	CaseId, ContractId, DocumentHash, Fact, MilestoneIndex, Ruling, Subject, ValidationId,
};
use aitbc_traits::{CaseFacts, OnRuling};
use frame_support::{assert_ok, assert_storage_noop};
use sp_runtime::{PerThing, Perbill};

/// The answer that [`WALLET`] gave at the start, with this bond.
fn hard(bond: BondOf<Test>) -> ValidationState<AccountId, UriOf<Test>> {
	ValidationState::Hard { answer: answer_at(80, START), wallet: WALLET, bond }
}

#[test]
fn ruling_should_take_the_whole_bond_when_all_is_the_challengers() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		reset_events();

		rule(100);

		assert_eq!(state(validation), hard(Bond::Slashed));
		// Three fifths of the bond go to the challenger.
		let rewarded = 3_000;
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
		assert_eq!(free(STRANGER), WEALTH + rewarded);
		assert_eq!(free(TREASURY), ED + BOND - rewarded);
		assert_eq!(Summaries::<Test>::iter().count(), 0);
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 1 });
		assert!(!OpenValidations::<Test>::contains_key(VALIDATOR));
		let overturned = Event::AnswerOverturned {
			validation,
			case: Some(CASE),
			wallet: WALLET,
			bond: BOND,
			rewarded,
			returned: 0,
		};
		assert_eq!(events(), [overturned]);
	});
}

#[test]
fn ruling_should_return_the_rest_of_the_bond_when_less_is_the_challengers() {
	build_and_execute(|| {
		BondAmount::set(&5_003);
		let validation = Request::default().disputed(80);
		reset_events();

		rule(75);

		// 3,752.25 and 2,251.2, rounded down.
		let (bond, rewarded, returned) = (3_752, 2_251, 1_251);
		assert_eq!(state(validation), hard(Bond::Slashed));
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
		assert_eq!(free(WALLET), WEALTH + FEE - bond);
		assert_eq!(free(STRANGER), WEALTH + rewarded);
		assert_eq!(free(TREASURY), ED + bond - rewarded);
		let overturned = Event::AnswerOverturned {
			validation,
			case: Some(CASE),
			wallet: WALLET,
			bond,
			rewarded,
			returned,
		};
		assert_eq!(events(), [overturned]);
	});
}

#[test]
fn ruling_should_overturn_the_answer_when_it_is_a_trifle_more_than_a_half() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		let client = Perbill::from_parts(500_000_001);
		let ruling = Ruling { client, provider: client.left_from_one(), ..ruling(0) };

		Validations::on_ruling(Subject::Validation(validation), CASE, &ruling);

		assert_eq!(state(validation), hard(Bond::Slashed));
		assert_eq!(free(WALLET), WEALTH + FEE - BOND / 2);
	});
}

#[test]
fn ruling_should_uphold_the_answer_when_a_half_or_less_is_the_challengers() {
	for percent in [0, 20, 50] {
		build_and_execute(|| {
			let validation = Request::default().hard(80);
			set_now(START + 30);
			dispute(validation);
			set_now(START + 1_000);
			reset_events();

			rule(percent);

			let from = START + 1_001;
			let until = from + CHALLENGE - 30;
			assert_eq!(state(validation), hard(Bond::Held { amount: BOND, from, until }));
			assert_eq!(held(HoldReason::Bond, WALLET), BOND);
			assert_eq!(free(WALLET), WEALTH + FEE - BOND);
			assert_eq!(free(STRANGER), WEALTH);
			assert_eq!(free(TREASURY), ED);
			assert_eq!(summary(None), (1, 80));
			let record = ValidatorRecord { answered: 1, missed: 0, overturned: 0 };
			assert_eq!(validator_record(), record);
			assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
			let upheld = Event::AnswerUpheld { validation, case: CASE, from, until };
			assert_eq!(events(), [upheld]);
		});
	}
}

#[test]
fn ruling_should_leave_somebody_else_time_when_it_upholds_the_answer() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		set_now(START + CHALLENGE - 1);
		dispute(validation);
		set_now(START + 1_000);
		rule(0);

		set_now(START + 1_001);
		assert_ok!(Validations::dispute(signed(REQUESTER), validation));
		rule(100);

		assert_eq!(free(REQUESTER), WEALTH - FEE - deposit() + 3_000);
		assert_eq!(state(validation), hard(Bond::Slashed));
	});
}

#[test]
fn ruling_should_let_the_bond_be_released_when_nobody_challenges_again() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		rule(50);
		set_now(START + 1 + CHALLENGE);

		assert_ok!(Validations::release_bond(signed(STRANGER), validation));

		assert_eq!(state(validation), hard(Bond::Released));
		assert_eq!(free(WALLET), WEALTH + FEE);
	});
}

#[test]
fn ruling_should_divide_as_governance_says_at_the_time() {
	for (share, rewarded) in [(0, 0), (100, BOND)] {
		build_and_execute(|| {
			Request::default().disputed(80);
			ChallengerShare::set(&Perbill::from_percent(share));
			rule(100);
			assert_eq!(free(STRANGER), WEALTH + rewarded);
			assert_eq!(free(TREASURY), ED + BOND - rewarded);
		});
	}
}

#[test]
fn ruling_should_leave_other_answers_counted() {
	build_and_execute(|| {
		Request::numbered(2).hard(30);
		Request { tag: Some(OTHER_TAG), ..Request::numbered(3) }.hard(7);
		Request::numbered(1).disputed(80);

		rule(100);

		assert_eq!(summary(None), (2, 37));
		assert_eq!(summary(Some(TAG)), (1, 30));
		assert_eq!(summary(Some(OTHER_TAG)), (1, 7));
		assert_eq!(held(HoldReason::Bond, WALLET), 2 * BOND);
		assert_eq!(Validations::open_validations_of(VALIDATOR), 2);
	});
}

#[test]
fn ruling_should_take_the_bond_of_the_wallet_that_answered_when_the_validator_has_another() {
	build_and_execute(|| {
		Request::default().disputed(80);
		alter_agent(VALIDATOR, |agent| agent.wallet = Some(BANK));

		rule(100);

		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
		assert_eq!(free(BANK), WEALTH);
	});
}

#[test]
fn ruling_should_be_ignored_when_it_is_about_something_else() {
	build_and_execute(|| {
		let disputed = Request::numbered(1).disputed(80);
		let requested = Request::numbered(2).request();
		let soft = Request::numbered(3).soft(1);
		let held = Request::numbered(4).hard(2);
		let slashed = Request::numbered(5).hard(3);
		slash(slashed);
		let foreign = [
			Subject::Contract(ContractId(0)),
			Subject::Milestone { contract: ContractId(0), milestone: MilestoneIndex(0) },
			Subject::Validation(ValidationId(99)),
			Subject::Validation(requested),
			Subject::Validation(soft),
			Subject::Validation(held),
			Subject::Validation(slashed),
		];
		for subject in foreign {
			assert_storage_noop!(Validations::on_ruling(subject, CASE, &ruling(100)));
		}
		let subject = Subject::Validation(disputed);
		assert_storage_noop!(Validations::on_ruling(subject, CaseId(1), &ruling(100)));
	});
}

#[test]
fn ruling_should_be_executed_once() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		rule(100);
		let subject = Subject::Validation(validation);
		assert_storage_noop!(Validations::on_ruling(subject, CASE, &ruling(100)));
	});
}

/// What the chain says about the answer of a validation when it is shown `document`. Asking changes
/// nothing.
fn fact(validation: ValidationId, document: &[u8]) -> Option<Fact> {
	let subject = Subject::Validation(validation);
	assert_storage_noop!(Validations::fact(subject, document));
	Validations::fact(subject, document)
}

/// Answers for good with evidence whose hash is zero.
fn answer_showing_nothing(validation: ValidationId) {
	let evidence = Document { hash: DocumentHash::default(), ..evidence() };
	assert_ok!(Validations::answer(
		signed(WALLET),
		validation,
		score(80),
		Finality::Hard,
		evidence
	));
}

#[test]
fn fact_should_be_that_nothing_is_shown_when_the_hash_of_the_evidence_is_zero() {
	build_and_execute(|| {
		let validation = Request::default().request();
		answer_showing_nothing(validation);
		assert_eq!(fact(validation, &[]), None);

		dispute(validation);

		for document in [&[][..], b"a report"] {
			assert_eq!(fact(validation, document), Some(Fact::NothingShown));
		}
		rule(0);
		assert_eq!(fact(validation, &[]), None);
	});
}

#[test]
fn fact_should_be_none_when_there_is_evidence_or_no_dispute() {
	build_and_execute(|| {
		let validations = [
			Request::numbered(1).disputed(80),
			Request::numbered(2).request(),
			Request::numbered(3).soft(1),
			Request::numbered(4).hard(1),
			ValidationId(99),
		];
		for validation in validations {
			assert_eq!(fact(validation, b"a report"), None);
		}
		let others = [
			Subject::Contract(ContractId(0)),
			Subject::Milestone { contract: ContractId(0), milestone: MilestoneIndex(0) },
		];
		for subject in others {
			assert_eq!(Validations::fact(subject, &[]), None);
		}
	});
}
