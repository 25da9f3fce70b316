//! Tests of `settle`.

use crate::{mock::*, *};
use aitbc_core::{ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

#[test]
fn settle_should_pay_the_provider_when_the_client_stayed_silent() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(START + REVIEW);
		reset_events();

		assert_ok!(Escrow::settle(signed(STRANGER), contract, M0));

		let closed = ClosedContract {
			outcome: ContractOutcome::Completed,
			accepted: true,
			released: AMOUNT,
			fee: FEE,
			on_time: AMOUNT,
			..closed(contract)
		};
		assert!(!Contracts::<Test>::contains_key(contract));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(held(HoldReason::Deposit, CLIENT), 0);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(free(TREASURY), ED + FEE);
		assert_eq!(free(STRANGER), WEALTH);
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: FEE,
			cause: ReleaseCause::Silence,
			on_time: true,
		};
		assert_eq!(events(), [released, Event::ContractClosed { closed: closed.clone() }]);
		assert_eq!(Heard::get(), [closed]);
	});
}

#[test]
fn settle_should_be_on_time_when_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(DUE + 1);

		assert_ok!(Escrow::settle(signed(STRANGER), contract, M0));

		assert_eq!(Heard::get()[0].on_time, AMOUNT);
	});
}

#[test]
fn settle_should_leave_the_contract_open_when_another_milestone_is_outstanding() {
	build_and_execute(|| {
		let contract = Deal::of(2).submit();
		set_now(START + REVIEW);

		assert_ok!(Escrow::settle(signed(PROVIDER), contract, M1));

		assert_eq!(milestone(contract, M1), MilestoneState::Released { fee: FEE, on_time: true });
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(Heard::get(), []);
	});
}

#[test]
fn settle_should_fail_when_the_client_still_has_time() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(START + REVIEW - 1);
		for caller in [CLIENT, PROVIDER, STRANGER] {
			assert_noop!(
				Escrow::settle(signed(caller), contract, M0),
				Error::<Test>::ReviewPeriodNotElapsed
			);
		}
	});
}

#[test]
fn settle_should_fail_when_nothing_was_submitted() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(START + REVIEW);
		assert_noop!(Escrow::settle(signed(PROVIDER), contract, M0), Error::<Test>::NotSubmitted);
	});
}

#[test]
fn settle_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Escrow::settle(signed(STRANGER), FIRST, M0), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn settle_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_noop!(Escrow::settle(signed(STRANGER), contract, M0), Error::<Test>::NotFunded);
	});
}

#[test]
fn settle_should_fail_when_there_is_no_such_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		assert_noop!(
			Escrow::settle(signed(STRANGER), contract, M1),
			Error::<Test>::MilestoneNotFound
		);
	});
}

#[test]
fn settle_should_fail_when_the_milestone_is_concluded() {
	build_and_execute(|| {
		let contract = Deal::of(2).submit();
		set_now(START + REVIEW);
		assert_ok!(Escrow::settle(signed(STRANGER), contract, M0));
		assert_noop!(
			Escrow::settle(signed(STRANGER), contract, M0),
			Error::<Test>::MilestoneConcluded
		);
	});
}

#[test]
fn settle_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		set_now(START + REVIEW);
		assert_noop!(Escrow::settle(signed(STRANGER), contract, M0), Error::<Test>::UnderDispute);
	});
}

#[test]
fn settle_should_fail_when_the_contract_does_not_pay_by_milestones() {
	build_and_execute(|| {
		for contract in [Deal::stream().fund(), Deal::metered().fund()] {
			assert_noop!(
				Escrow::settle(signed(STRANGER), contract, M0),
				Error::<Test>::NotPaidByMilestones
			);
		}
	});
}
