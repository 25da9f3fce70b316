//! Tests of `refund`.

use crate::{mock::*, *};
use aitbc_core::{Balance, ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

#[test]
fn refund_should_return_the_money_when_the_provider_gives_up() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		reset_events();

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(milestone(contract, M0), MilestoneState::Refunded { missed: false });
		assert_eq!(milestone(contract, M1), MilestoneState::Pending);
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(2));
		assert_eq!(free(CLIENT), WEALTH - AMOUNT - deposit_of(2));
		assert_eq!(free(TREASURY), ED);
		let refunded = Event::MilestoneRefunded {
			contract,
			milestone: M0,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::Withdrawal,
			missed: false,
		};
		assert_eq!(events(), [refunded]);
	});
}

#[test]
fn refund_should_return_the_money_when_the_provider_withdraws_submitted_work() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(DUE + 1);

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(free(CLIENT), WEALTH);
	});
}

#[test]
fn refund_should_be_open_to_anybody_when_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		let closed = ClosedContract {
			contract,
			client: CLIENT,
			provider: PROVIDER,
			outcome: ContractOutcome::Refunded,
			accepted: false,
			released: 0,
			refunded: AMOUNT,
			fee: 0,
			on_time: 0,
			missed: AMOUNT,
		};
		assert!(!Contracts::<Test>::contains_key(contract));
		assert!(!OpenWork::<Test>::contains_key(PROVIDER));
		assert_eq!(free(CLIENT), WEALTH);
		let refunded = Event::MilestoneRefunded {
			contract,
			milestone: M0,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::MissedDue,
			missed: true,
		};
		assert_eq!(events(), [refunded, Event::ContractClosed { closed: closed.clone() }]);
		assert_eq!(Heard::get(), [closed]);
	});
}

#[test]
fn refund_should_leave_a_partial_balance_sheet_when_another_milestone_was_released() {
	build_and_execute(|| {
		let contract = Deal::paying(&[AMOUNT, 3_000]).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));

		let closed = ClosedContract {
			contract,
			client: CLIENT,
			provider: PROVIDER,
			outcome: ContractOutcome::Partial,
			accepted: false,
			released: AMOUNT,
			refunded: 3_000,
			fee: FEE,
			on_time: AMOUNT,
			missed: 0,
		};
		assert_eq!(Heard::get(), [closed]);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
	});
}

/// How much was missed of the contract of which the listener heard last, in plancks.
fn missed() -> Balance {
	Heard::get().last().expect("a contract closed").missed
}

#[test]
fn refund_should_not_count_as_missed_when_the_provider_gives_up_in_time() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE);

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(missed(), 0);
	});
}

#[test]
fn refund_should_count_as_missed_when_the_provider_gives_up_too_late() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(milestone(contract, M0), MilestoneState::Refunded { missed: true });
		let refunded = Event::MilestoneRefunded {
			contract,
			milestone: M0,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::Withdrawal,
			missed: true,
		};
		assert_eq!(events(), [refunded]);
		assert_ok!(Escrow::refund(signed(STRANGER), contract, M1));
		assert_eq!(missed(), 2 * AMOUNT);
	});
}

#[test]
fn refund_should_not_count_as_missed_when_submitted_work_is_withdrawn_after_the_due_block() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(DUE + 1);

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(missed(), 0);
	});
}

#[test]
fn refund_should_tell_apart_what_was_late_and_missed_when_milestones_differ() {
	build_and_execute(|| {
		let contract = Deal::paying(&[1_000, 2_000, 3_000, 4_000]).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));
		set_now(DUE + 1);
		assert_ok!(Escrow::release(signed(CLIENT), contract, MilestoneIndex(2)));

		assert_ok!(Escrow::refund(signed(STRANGER), contract, MilestoneIndex(3)));

		let closed = ClosedContract {
			contract,
			client: CLIENT,
			provider: PROVIDER,
			outcome: ContractOutcome::Partial,
			accepted: false,
			released: 4_000,
			refunded: 6_000,
			fee: 100,
			on_time: 1_000,
			missed: 4_000,
		};
		assert_eq!(Heard::get(), [closed]);
	});
}

#[test]
fn refund_should_fail_when_a_stranger_asks_before_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE);
		for caller in [CLIENT, STRANGER] {
			assert_noop!(Escrow::refund(signed(caller), contract, M0), Error::<Test>::DueNotPassed);
		}
	});
}

#[test]
fn refund_should_fail_when_the_work_is_submitted_and_the_caller_is_not_the_provider() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(DUE + 1);
		for caller in [CLIENT, STRANGER] {
			assert_noop!(Escrow::refund(signed(caller), contract, M0), Error::<Test>::NotProvider);
		}
	});
}

#[test]
fn refund_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Escrow::refund(signed(PROVIDER), FIRST, M0), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn refund_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_noop!(Escrow::refund(signed(PROVIDER), contract, M0), Error::<Test>::NotFunded);
	});
}

#[test]
fn refund_should_fail_when_there_is_no_such_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_noop!(
			Escrow::refund(signed(PROVIDER), contract, M1),
			Error::<Test>::MilestoneNotFound
		);
	});
}

#[test]
fn refund_should_fail_when_the_milestone_is_concluded() {
	build_and_execute(|| {
		let contract = Deal::of(3).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));
		for index in [M0, M1] {
			assert_noop!(
				Escrow::refund(signed(PROVIDER), contract, index),
				Error::<Test>::MilestoneConcluded
			);
		}
	});
}
