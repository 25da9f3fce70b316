//! Tests of `refund`.

use crate::{mock::*, *};
use aitbc_core::{Balance, Bonds, ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

#[test]
fn refund_should_return_the_money_when_the_provider_gives_up() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		reset_events();

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(milestone(contract, M0), MilestoneState::Refunded { missed: false });
		assert_eq!(milestone(contract, M1), MilestoneState::PENDING);
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
		let contract = Deal::default().start();
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		let closed = ClosedContract {
			outcome: ContractOutcome::Refunded,
			accepted: true,
			refunded: AMOUNT,
			missed: AMOUNT,
			..closed(contract)
		};
		assert!(!Contracts::<Test>::contains_key(contract));
		assert!(!OpenWork::<Test>::contains_key(AGENT));
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
fn refund_should_hold_nothing_against_the_provider_when_it_has_not_started() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().fund();
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(CLIENT), contract, M0));

		let closed = ClosedContract {
			outcome: ContractOutcome::Refunded,
			accepted: true,
			refunded: AMOUNT,
			..closed(contract)
		};
		assert_eq!(free(CLIENT), WEALTH);
		assert_eq!(free(PROVIDER), WEALTH);
		let refunded = Event::MilestoneRefunded {
			contract,
			milestone: M0,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::MissedDue,
			missed: false,
		};
		assert_eq!(events(), [refunded, Event::ContractClosed { closed }]);
	});
}

#[test]
fn refund_should_hold_nothing_against_the_provider_when_it_started_after_the_due_block() {
	build_and_execute(|| {
		let contract = Deal::due(&[DUE, DUE + 5]).bonded().fund();
		set_now(DUE + 1);
		assert_ok!(Escrow::start(signed(PROVIDER), contract));

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		assert_eq!(milestone(contract, M0), MilestoneState::Refunded { missed: false });
		assert_eq!(held(HoldReason::Bond, PROVIDER), BONDS.provider);
	});
}

#[test]
fn refund_should_slash_the_milestones_share_of_the_bond_when_it_was_missed() {
	build_and_execute(|| {
		// The first milestone is a third of the work.
		let contract = Deal::paying(&[1_000, 2_000]).bonded().start();
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		// A third of 401 is 133, half of it is 66, and half of that is the client's.
		assert_eq!(funded(contract).bonds, Bonds { client: 300, provider: 401 - 66 });
		assert_eq!(held(HoldReason::Bond, PROVIDER), 401 - 66);
		assert_eq!(free(TREASURY), ED + 33);
		let refunded = Event::MilestoneRefunded {
			contract,
			milestone: M0,
			client: CLIENT,
			amount: 1_000,
			cause: RefundCause::MissedDue,
			missed: true,
		};
		let slashed = Event::BondSlashed {
			contract,
			party: Party::Provider,
			to_other_party: 33,
			to_treasury: 33,
		};
		assert_eq!(events(), [refunded, slashed]);

		// Two thirds are 267, half of it is 133, and half of that is 66.
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));

		assert_eq!(free(CLIENT), WEALTH + 33 + 66);
		assert_eq!(free(PROVIDER), WEALTH - 66 - 133);
		assert_eq!(free(TREASURY), ED + 33 + 67);
		let closed = ClosedContract {
			outcome: ContractOutcome::Refunded,
			accepted: true,
			refunded: 3_000,
			missed: 3_000,
			slashed: 66 + 133,
			..closed(contract)
		};
		assert_eq!(Heard::get(), [closed]);
	});
}

#[test]
fn refund_should_slash_nothing_when_the_provider_gives_up_in_time() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().start();
		set_now(DUE);

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH);
		assert_eq!(last_heard().slashed, 0);
	});
}

#[test]
fn refund_should_leave_a_partial_balance_sheet_when_another_milestone_was_released() {
	build_and_execute(|| {
		let contract = Deal::paying(&[AMOUNT, 3_000]).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));

		let closed = ClosedContract {
			outcome: ContractOutcome::Partial,
			released: AMOUNT,
			refunded: 3_000,
			fee: FEE,
			on_time: AMOUNT,
			..closed(contract)
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
		let contract = Deal::of(2).start();
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
		let contract = Deal::paying(&[1_000, 2_000, 3_000, 4_000]).start();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));
		set_now(DUE + 1);
		assert_ok!(Escrow::release(signed(CLIENT), contract, MilestoneIndex(2)));

		assert_ok!(Escrow::refund(signed(STRANGER), contract, MilestoneIndex(3)));

		let closed = ClosedContract {
			outcome: ContractOutcome::Partial,
			accepted: true,
			released: 4_000,
			refunded: 6_000,
			fee: 100,
			on_time: 1_000,
			missed: 4_000,
			..closed(contract)
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

#[test]
fn refund_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		for caller in [CLIENT, PROVIDER, STRANGER] {
			assert_noop!(Escrow::refund(signed(caller), contract, M0), Error::<Test>::UnderDispute);
		}
	});
}

#[test]
fn refund_should_fail_when_the_contract_has_a_controller() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		set_now(DUE + 1);
		for caller in [CLIENT, PROVIDER, STRANGER] {
			assert_noop!(Escrow::refund(signed(caller), contract, M0), Error::<Test>::Controlled);
		}
	});
}

#[test]
fn refund_should_fail_when_the_contract_does_not_pay_by_milestones() {
	build_and_execute(|| {
		for contract in [Deal::stream().fund(), Deal::metered().fund()] {
			assert_noop!(
				Escrow::refund(signed(PROVIDER), contract, M0),
				Error::<Test>::NotPaidByMilestones
			);
		}
	});
}
