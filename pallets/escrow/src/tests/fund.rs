//! Tests of `fund`.

use crate::{mock::*, *};
use aitbc_core::Bonds;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, TokenError};

#[test]
fn fund_should_hold_the_sum_and_count_the_work_when_the_contract_is_open() {
	build_and_execute(|| {
		let contract = Deal::paying(&[AMOUNT, 2_000]).open();
		set_now(START + 3);
		reset_events();

		assert_ok!(Escrow::fund(signed(CLIENT), contract, AMOUNT + 2_000));

		let funded = funded(contract);
		assert_eq!(funded.since, START + 3);
		assert_eq!(funded.commitment, Commitment::None);
		assert_eq!(funded.bonds, Bonds::default());
		let pending = |amount| Milestone { amount, due: DUE, state: MilestoneState::PENDING };
		assert_eq!(milestones(contract), [pending(AMOUNT), pending(2_000)]);
		assert_eq!(OpenWork::<Test>::get(AGENT), 1);
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT + 2_000);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(2));
		assert_eq!(free(CLIENT), WEALTH - deposit_of(2) - AMOUNT - 2_000);
		let (amount, since) = (AMOUNT + 2_000, START + 3);
		assert_eq!(events(), [Event::ContractFunded { contract, amount, bond: 0, since }]);
	});
}

#[test]
fn fund_should_hold_the_clients_bond_when_the_provider_accepted() {
	build_and_execute(|| {
		let deal = Deal::default().bonded();
		let contract = deal.open();
		assert_ok!(deal.try_accept(contract));
		reset_events();

		assert_ok!(Escrow::fund(signed(CLIENT), contract, AMOUNT));

		assert_eq!(funded(contract).commitment, Commitment::Accepted);
		assert_eq!(funded(contract).bonds, BONDS);
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(held(HoldReason::Bond, CLIENT), BONDS.client);
		assert_eq!(held(HoldReason::Bond, PROVIDER), BONDS.provider);
		let bond = BONDS.client;
		assert_eq!(
			events(),
			[Event::ContractFunded { contract, amount: AMOUNT, bond, since: START }]
		);
	});
}

#[test]
fn fund_should_hold_all_of_a_stream_or_a_meter_when_it_is_one() {
	build_and_execute(|| {
		let contract = Deal::stream().fund();
		let expected = Stream {
			rate: RATE,
			until: DUE,
			held: POT,
			paid: 0,
			fee: 0,
			settled_at: None,
			dispute: None,
		};
		assert_eq!(stream(contract), expected);
		assert_eq!(held(HoldReason::Escrow, CLIENT), POT);

		let contract = Deal::metered().fund();
		let expected = Meter {
			terms: meter_terms(),
			billed: 0,
			sequence: 0,
			fee: 0,
			phase: MeterPhase::Running,
		};
		assert_eq!(meter(contract), expected);
		assert_eq!(held(HoldReason::Escrow, CLIENT), POT + 2_000);
	});
}

#[test]
fn fund_should_fail_when_the_provider_has_not_put_up_its_bond() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().open();
		assert_noop!(Escrow::fund(signed(CLIENT), contract, AMOUNT), Error::<Test>::NotAccepted);
	});
}

#[test]
fn fund_should_hold_nothing_when_the_client_can_pay_only_without_its_bond() {
	build_and_execute(|| {
		let deal = Deal::default().bonded();
		let contract = deal.open();
		assert_ok!(deal.try_accept(contract));
		let spare = free(CLIENT) - AMOUNT - BONDS.client;
		assert_ok!(Balances::transfer_allow_death(signed(CLIENT), BANK, spare));
		assert_noop!(Escrow::fund(signed(CLIENT), contract, AMOUNT), TokenError::FundsUnavailable);
	});
}

#[test]
fn fund_should_count_each_contract_when_an_agent_has_several() {
	build_and_execute(|| {
		Deal::default().fund();
		Deal::default().fund();
		Deal::default().open();

		assert_eq!(Escrow::open_work_of(AGENT), 2);
		assert_eq!(Escrow::open_work_of(OTHER_AGENT), 0);
	});
}

#[test]
fn fund_should_use_frozen_money_when_the_client_voted_with_it() {
	build_and_execute(|| {
		freeze_all(CLIENT);
		let contract = Deal::default().fund();
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert!(Contracts::<Test>::contains_key(contract));
	});
}

#[test]
fn fund_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Escrow::fund(signed(CLIENT), FIRST, AMOUNT), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn fund_should_fail_when_the_caller_is_not_the_client() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		for caller in [PROVIDER, STRANGER] {
			assert_noop!(Escrow::fund(signed(caller), contract, AMOUNT), Error::<Test>::NotClient);
		}
	});
}

#[test]
fn fund_should_fail_when_the_contract_is_funded() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_noop!(Escrow::fund(signed(CLIENT), contract, AMOUNT), Error::<Test>::AlreadyFunded);
	});
}

#[test]
fn fund_should_fail_when_the_sum_is_not_the_expected_one() {
	build_and_execute(|| {
		let contract = Deal::of(2).open();
		for expected in [0, AMOUNT, 2 * AMOUNT - 1, 2 * AMOUNT + 1] {
			assert_noop!(
				Escrow::fund(signed(CLIENT), contract, expected),
				Error::<Test>::TotalMismatch
			);
		}
	});
}

#[test]
fn fund_should_fail_when_a_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::due(&[DUE + 1, DUE]).open();
		set_now(DUE + 1);
		assert_noop!(
			Escrow::fund(signed(CLIENT), contract, 2 * AMOUNT),
			Error::<Test>::MilestoneOverdue
		);
		set_now(DUE);
		assert_ok!(Escrow::fund(signed(CLIENT), contract, 2 * AMOUNT));
	});
}

#[test]
fn fund_should_fail_when_a_stream_or_a_meter_is_over() {
	build_and_execute(|| {
		for deal in [Deal::stream(), Deal::metered()] {
			set_now(START);
			let contract = deal.open();
			let fund = || Escrow::fund(signed(CLIENT), contract, deal.total());
			set_now(DUE + 1);
			assert_noop!(fund(), Error::<Test>::MilestoneOverdue);
			set_now(DUE);
			assert_ok!(fund());
		}
	});
}

#[test]
fn fund_should_fail_when_the_existential_deposit_rose_above_a_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		set_existential_deposit(AMOUNT - FEE + 1);
		assert_noop!(Escrow::fund(signed(CLIENT), contract, AMOUNT), Error::<Test>::AmountTooSmall);
	});
}

#[test]
fn fund_should_fail_when_the_client_can_not_pay() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		drain(CLIENT);
		assert_noop!(Escrow::fund(signed(CLIENT), contract, AMOUNT), TokenError::FundsUnavailable);
	});
}

#[test]
fn fund_should_fail_when_the_agent_has_all_the_work_that_can_be_counted() {
	new_test_ext().execute_with(|| {
		let contract = Deal::default().open();
		OpenWork::<Test>::insert(AGENT, u32::MAX);
		assert_noop!(Escrow::fund(signed(CLIENT), contract, AMOUNT), ArithmeticError::Overflow);
	});
}
