//! Tests of `submit`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn submit_should_record_the_evidence_when_the_milestone_is_pending() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		set_now(START + 7);
		reset_events();

		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M1, evidence()));

		let submitted = MilestoneState::Submitted { at: START + 7, evidence: evidence() };
		assert_eq!(milestone(contract, M0), MilestoneState::Pending);
		assert_eq!(milestone(contract, M1), submitted);
		assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
		let event = Event::MilestoneSubmitted {
			contract,
			milestone: M1,
			at: START + 7,
			evidence: evidence(),
		};
		assert_eq!(events(), [event]);
	});
}

#[test]
fn submit_should_accept_the_contract_when_any_milestone_is_submitted() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M1, evidence()));
		assert!(Escrow::contract(contract).expect("it is funded").accepted);
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert!(Heard::get()[0].accepted);
	});
}

#[test]
fn submit_should_fail_when_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE + 1);
		assert_noop!(
			Escrow::submit(signed(PROVIDER), contract, M0, evidence()),
			Error::<Test>::DuePassed
		);
		set_now(DUE);
		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M0, evidence()));
	});
}

#[test]
fn submit_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(
			Escrow::submit(signed(PROVIDER), FIRST, M0, evidence()),
			Error::<Test>::ContractNotFound
		);
	});
}

#[test]
fn submit_should_fail_when_the_caller_is_not_the_provider() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		for caller in [CLIENT, STRANGER] {
			assert_noop!(
				Escrow::submit(signed(caller), contract, M0, evidence()),
				Error::<Test>::NotProvider
			);
		}
	});
}

#[test]
fn submit_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_noop!(
			Escrow::submit(signed(PROVIDER), contract, M0, evidence()),
			Error::<Test>::NotFunded
		);
	});
}

#[test]
fn submit_should_fail_when_there_is_no_such_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		for index in [M1, MilestoneIndex(u32::MAX)] {
			assert_noop!(
				Escrow::submit(signed(PROVIDER), contract, index, evidence()),
				Error::<Test>::MilestoneNotFound
			);
		}
	});
}

#[test]
fn submit_should_fail_when_the_milestone_is_submitted() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		assert_noop!(
			Escrow::submit(signed(PROVIDER), contract, M0, evidence()),
			Error::<Test>::AlreadySubmitted
		);
	});
}

#[test]
fn submit_should_fail_when_the_milestone_is_concluded() {
	build_and_execute(|| {
		let contract = Deal::of(3).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));
		for index in [M0, M1] {
			assert_noop!(
				Escrow::submit(signed(PROVIDER), contract, index, evidence()),
				Error::<Test>::MilestoneConcluded
			);
		}
	});
}
