//! Tests of `release`.

use crate::{mock::*, *};
use aitbc_core::{Balance, ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

#[test]
fn release_should_pay_the_provider_less_the_fee_when_the_milestone_is_submitted() {
	build_and_execute(|| {
		let contract = Deal::of(2).submit();
		reset_events();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(milestone(contract, M0), MilestoneState::Released { fee: FEE, on_time: true });
		assert!(milestone(contract, M1).is_outstanding());
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(2));
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(free(TREASURY), ED + FEE);
		assert_eq!(OpenWork::<Test>::get(AGENT), 1);
		assert_eq!(Heard::get(), []);
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: FEE,
			cause: ReleaseCause::Approval,
			on_time: true,
		};
		assert_eq!(events(), [released]);
	});
}

#[test]
fn release_should_close_the_contract_when_no_other_milestone_is_outstanding() {
	build_and_execute(|| {
		let contract = Deal::of(2).submit();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
		reset_events();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		let closed = ClosedContract {
			outcome: ContractOutcome::Completed,
			accepted: true,
			released: 2 * AMOUNT,
			fee: 2 * FEE,
			on_time: 2 * AMOUNT,
			..closed(contract)
		};
		assert!(!Contracts::<Test>::contains_key(contract));
		assert_eq!(ContractsByParty::<Test>::iter().count(), 0);
		assert!(!OpenWork::<Test>::contains_key(AGENT));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(held(HoldReason::Deposit, CLIENT), 0);
		assert_eq!(free(CLIENT), WEALTH - 2 * AMOUNT);
		assert_eq!(free(PROVIDER), WEALTH + 2 * (AMOUNT - FEE));
		assert_eq!(free(TREASURY), ED + 2 * FEE);
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: FEE,
			cause: ReleaseCause::Approval,
			on_time: true,
		};
		assert_eq!(events(), [released, Event::ContractClosed { closed: closed.clone() }]);
		assert_eq!(Heard::get(), [closed]);
	});
}

#[test]
fn release_should_pay_when_nothing_was_submitted_and_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE + 1);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
	});
}

/// How much was on time of the contract of which the listener heard last, in plancks.
fn on_time() -> Balance {
	Heard::get().last().expect("a contract closed").on_time
}

#[test]
fn release_should_be_on_time_when_nothing_was_submitted_up_to_the_due_block() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(on_time(), AMOUNT);
		assert!(!Heard::get()[0].accepted, "the provider did nothing");
	});
}

#[test]
fn release_should_be_late_when_nothing_was_submitted_and_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(milestone(contract, M0), MilestoneState::Released { fee: FEE, on_time: false });
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: FEE,
			cause: ReleaseCause::Approval,
			on_time: false,
		};
		assert_eq!(events(), [released]);
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
		assert_eq!(on_time(), 0);
	});
}

#[test]
fn release_should_be_on_time_when_the_work_was_submitted_and_the_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(DUE + 1);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(on_time(), AMOUNT);
	});
}

#[test]
fn release_should_take_no_fee_when_the_rate_is_zero() {
	build_and_execute(|| {
		FeeRate::set(&Perbill::zero());
		let contract = Deal::default().fund();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT);
		assert_eq!(free(TREASURY), ED);
		assert_eq!(Heard::get()[0].fee, 0);
	});
}

#[test]
fn release_should_charge_the_fee_once_when_the_treasury_is_the_provider() {
	build_and_execute(|| {
		let contract = Deal::default().between(CLIENT, TREASURY).fund();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(TREASURY), ED + AMOUNT);
		assert_eq!(Heard::get()[0].fee, FEE);
	});
}

#[test]
fn release_should_return_the_fee_when_the_treasury_is_the_client() {
	build_and_execute(|| {
		set_existential_deposit(ED);
		let before = free(TREASURY);
		let contract = Deal::default().between(TREASURY, PROVIDER).fund();

		assert_ok!(Escrow::release(signed(TREASURY), contract, M0));

		assert_eq!(free(TREASURY), before - AMOUNT + FEE);
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
	});
}

#[test]
fn release_should_return_both_bonds_when_it_closes_the_contract() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().submit();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(held(HoldReason::Bond, CLIENT), 0);
		assert_eq!(held(HoldReason::Bond, PROVIDER), 0);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
	});
}

#[test]
fn release_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Escrow::release(signed(CLIENT), FIRST, M0), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn release_should_fail_when_the_caller_is_not_the_client() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		for caller in [PROVIDER, STRANGER] {
			assert_noop!(Escrow::release(signed(caller), contract, M0), Error::<Test>::NotClient);
		}
	});
}

#[test]
fn release_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_noop!(Escrow::release(signed(CLIENT), contract, M0), Error::<Test>::NotFunded);
	});
}

#[test]
fn release_should_fail_when_there_is_no_such_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_noop!(
			Escrow::release(signed(CLIENT), contract, M1),
			Error::<Test>::MilestoneNotFound
		);
	});
}

#[test]
fn release_should_fail_when_the_milestone_is_concluded() {
	build_and_execute(|| {
		let contract = Deal::of(3).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M1));
		for index in [M0, M1] {
			assert_noop!(
				Escrow::release(signed(CLIENT), contract, index),
				Error::<Test>::MilestoneConcluded
			);
		}
	});
}

#[test]
fn release_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		set_now(START + REVIEW);
		assert_noop!(Escrow::release(signed(CLIENT), contract, M0), Error::<Test>::UnderDispute);
	});
}

#[test]
fn release_should_fail_when_the_contract_does_not_pay_by_milestones() {
	build_and_execute(|| {
		for contract in [Deal::stream().fund(), Deal::metered().fund()] {
			assert_noop!(
				Escrow::release(signed(CLIENT), contract, M0),
				Error::<Test>::NotPaidByMilestones
			);
		}
	});
}
