//! Tests of `dispute`.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::{Party, Sides, Subject, Tenths, ValidationId};
use aitbc_traits::{AgentStatus, Complaint};
use frame_support::{assert_noop, assert_ok};

/// A bond of which so much of the challenge period is left that [`STRANGER`] disputed.
fn disputed_bond(left: u32) -> BondOf<Test> {
	Bond::Disputed { amount: BOND, challenger: STRANGER, case: CASE, left }
}

/// What became of the bond behind a hard answer.
fn bond(validation: ValidationId) -> BondOf<Test> {
	match state(validation) {
		ValidationState::Hard { bond, .. } => bond,
		other => panic!("there is no hard answer: {other:?}"),
	}
}

#[test]
fn dispute_should_open_a_case_about_the_bond_when_the_answer_may_be_challenged() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		set_now(START + 30);
		reset_events();

		assert_ok!(Validations::dispute(signed(STRANGER), validation));

		let hard = ValidationState::Hard {
			answer: answer_at(80, START),
			wallet: WALLET,
			bond: disputed_bond(CHALLENGE - 30),
		};
		assert_eq!(state(validation), hard);
		let complaint = Complaint {
			subject: Subject::Validation(validation),
			parties: Sides { client: STRANGER, provider: WALLET },
			agent: Some(VALIDATOR),
			opener: Party::Client,
			claim: Tenths::ALL,
			value: BOND,
		};
		assert_eq!(Cases::get(), [complaint]);
		assert_eq!(held(HoldReason::Bond, WALLET), BOND);
		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
		assert_eq!(free(STRANGER), WEALTH);
		assert_eq!(summary(None), (1, 80));
		assert_eq!(validator_record(), ValidatorRecord { answered: 1, missed: 0, overturned: 0 });
		assert_eq!(Validations::open_validations_of(VALIDATOR), 1);
		let disputed =
			Event::AnswerDisputed { validation, case: CASE, challenger: STRANGER, bond: BOND };
		assert_eq!(events(), [disputed]);
	});
}

#[test]
fn dispute_should_be_possible_from_the_answer_up_to_the_end_of_the_challenge_period() {
	for waited in [0, CHALLENGE - 1] {
		build_and_execute(|| {
			let validation = Request::default().hard(80);
			set_now(START + waited);
			assert_ok!(Validations::dispute(signed(STRANGER), validation));
			assert_eq!(bond(validation), disputed_bond(CHALLENGE - waited));
		});
	}
}

#[test]
fn dispute_should_be_open_to_everybody_who_has_no_part_in_the_validator() {
	for challenger in [REQUESTER, SUBJECT_OWNER, SUBJECT_WALLET, STRANGER] {
		build_and_execute(|| {
			let validation = Request::default().hard(80);
			assert_ok!(Validations::dispute(signed(challenger), validation));
		});
	}
}

#[test]
fn dispute_should_be_possible_when_the_validator_is_suspended() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		alter_agent(VALIDATOR, |agent| agent.status = AgentStatus::Suspended);
		assert_ok!(Validations::dispute(signed(STRANGER), validation));
	});
}

#[test]
fn dispute_should_put_the_bond_as_it_was_at_stake_when_governance_changed_it() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		BondAmount::set(&(2 * BOND));
		ChallengePeriod::set(&1);
		set_now(START + 2);

		dispute(validation);

		assert_eq!(Cases::get()[0].value, BOND);
		assert_eq!(bond(validation), disputed_bond(CHALLENGE - 2));
	});
}

#[test]
fn dispute_should_fail_when_there_is_no_such_validation() {
	build_and_execute(|| {
		assert_noop!(
			Validations::dispute(signed(STRANGER), FIRST),
			Error::<Test>::ValidationNotFound
		);
	});
}

#[test]
fn dispute_should_fail_when_there_is_no_hard_answer() {
	build_and_execute(|| {
		let validations = [
			Request::numbered(1).request(),
			Request::numbered(2).soft(40),
			Request::numbered(3).expired(),
		];
		for validation in validations {
			assert_noop!(
				Validations::dispute(signed(STRANGER), validation),
				Error::<Test>::NotAnswered
			);
		}
	});
}

#[test]
fn dispute_should_fail_when_the_bond_is_not_held_any_more() {
	build_and_execute(|| {
		let slashed = Request::numbered(1).hard(80);
		slash(slashed);
		let overturned = Request::numbered(2).disputed(80);
		rule(100);
		let released = Request::numbered(3).hard(80);
		release_bond(released);
		for validation in [slashed, overturned, released] {
			assert_noop!(
				Validations::dispute(signed(STRANGER), validation),
				Error::<Test>::BondNotHeld
			);
		}
	});
}

#[test]
fn dispute_should_fail_when_the_answer_is_disputed() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		assert_noop!(
			Validations::dispute(signed(REQUESTER), validation),
			Error::<Test>::UnderDispute
		);
	});
}

#[test]
fn dispute_should_fail_when_the_challenge_period_has_elapsed() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		set_now(START + CHALLENGE);
		assert_noop!(
			Validations::dispute(signed(STRANGER), validation),
			Error::<Test>::ChallengeTooLate
		);
	});
}

#[test]
fn dispute_should_wait_for_the_next_block_when_a_ruling_upheld_the_answer() {
	build_and_execute(|| {
		let validation = Request::default().disputed(80);
		rule(0);
		for challenger in [STRANGER, REQUESTER] {
			assert_noop!(
				Validations::dispute(signed(challenger), validation),
				Error::<Test>::ChallengeTooEarly
			);
		}

		set_now(START + 1);

		assert_ok!(Validations::dispute(signed(REQUESTER), validation));
	});
}

#[test]
fn dispute_should_fail_when_the_caller_is_behind_the_validator() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		let assert_refused = |caller| {
			assert_noop!(
				Validations::dispute(signed(caller), validation),
				Error::<Test>::ConflictOfInterest
			);
		};
		assert_refused(OWNER);
		assert_refused(WALLET);

		alter_agent(VALIDATOR, |agent| (agent.owner, agent.wallet) = (BANK, Some(STRANGER)));

		// Who owned it then may be right now. The wallet that answered is still a party.
		assert_refused(BANK);
		assert_refused(STRANGER);
		assert_refused(WALLET);
		assert_ok!(Validations::dispute(signed(OWNER), validation));
	});
}

#[test]
fn dispute_should_fail_when_the_court_takes_no_case() {
	build_and_execute(|| {
		let validation = Request::default().hard(80);
		CourtSits::set(&false);
		assert_noop!(Validations::dispute(signed(STRANGER), validation), NO_COURT);
	});
}
