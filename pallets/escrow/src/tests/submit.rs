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

		let submitted = MilestoneState::Submitted {
			at: START + 7,
			evidence: evidence(),
			approvals: Approvals::default(),
			offer: None,
		};
		assert_eq!(milestone(contract, M0), MilestoneState::PENDING);
		assert_eq!(milestone(contract, M1), submitted);
		assert_eq!(funded(contract).commitment, Commitment::Started { at: START + 7 });
		assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
		let event = Event::MilestoneSubmitted {
			contract,
			milestone: M1,
			at: START + 7,
			evidence: evidence(),
		};
		assert_eq!(events(), [Event::ContractStarted { contract, at: START + 7 }, event]);
	});
}

#[test]
fn submit_should_not_start_again_when_the_provider_has_started() {
	build_and_execute(|| {
		let contract = Deal::default().start();
		set_now(START + 7);
		reset_events();

		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M0, evidence()));

		assert_eq!(funded(contract).commitment, Commitment::Started { at: START });
		assert_eq!(events().len(), 1);
	});
}

#[test]
fn submit_should_void_an_offer_when_there_is_one() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_ok!(Escrow::offer_split(signed(CLIENT), contract, M0, AMOUNT));

		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M0, evidence()));

		assert_eq!(milestone(contract, M0).offer(), None);
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

#[test]
fn submit_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		assert_noop!(
			Escrow::submit(signed(PROVIDER), contract, M0, evidence()),
			Error::<Test>::UnderDispute
		);
	});
}

#[test]
fn submit_should_fail_when_the_contract_has_a_controller() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_noop!(
			Escrow::submit(signed(PROVIDER), contract, M0, evidence()),
			Error::<Test>::Controlled
		);
	});
}

#[test]
fn submit_should_fail_when_the_contract_does_not_pay_by_milestones() {
	build_and_execute(|| {
		for contract in [Deal::stream().fund(), Deal::metered().fund()] {
			assert_noop!(
				Escrow::submit(signed(PROVIDER), contract, M0, evidence()),
				Error::<Test>::NotPaidByMilestones
			);
		}
	});
}
