//! Tests of `open`.

use crate::{mock::*, *};
use aitbc_core::ContractId;
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::{ArithmeticError, Perbill, TokenError};

#[test]
fn open_should_store_the_contract_and_hold_its_deposit_when_the_terms_are_sound() {
	build_and_execute(|| {
		let deal = Deal::of(2);
		let milestones = BoundedVec::truncate_from(deal.milestones.clone());

		assert_ok!(deal.try_open());

		let deposit = deposit_of(2);
		let fee_rate = Perbill::from_parts(25_000_000);
		let record = Contract {
			client: CLIENT,
			provider: PROVIDER,
			terms: terms(),
			review_period: REVIEW,
			fee_rate,
			deposit,
			state: ContractState::Open { milestones: milestones.clone() },
		};
		assert_eq!(Contracts::<Test>::get(FIRST), Some(record));
		assert!(ContractsByParty::<Test>::contains_key(CLIENT, FIRST));
		assert!(ContractsByParty::<Test>::contains_key(PROVIDER, FIRST));
		assert_eq!(NextContractId::<Test>::get(), ContractId(1));
		assert_eq!(OpenWork::<Test>::get(PROVIDER), 0);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit);
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(free(CLIENT), WEALTH - deposit);
		let opened = Event::ContractOpened {
			contract: FIRST,
			client: CLIENT,
			provider: PROVIDER,
			terms: terms(),
			milestones,
			review_period: REVIEW,
			fee_rate,
			deposit,
		};
		assert_eq!(events(), [opened]);
	});
}

#[test]
fn open_should_give_out_ids_in_order_when_called_again() {
	build_and_execute(|| {
		assert_eq!(Deal::default().open(), ContractId(0));
		assert_eq!(Deal::default().open(), ContractId(1));
		assert_eq!(held(HoldReason::Deposit, CLIENT), 2 * deposit_of(1));
	});
}

#[test]
fn open_should_never_give_an_id_out_again_when_its_contract_is_gone() {
	build_and_execute(|| {
		let closed = Deal::default().open();
		assert_ok!(Escrow::cancel(signed(CLIENT), closed));

		assert_eq!(Deal::default().open(), ContractId(1));
	});
}

#[test]
fn open_should_keep_the_fee_rate_when_governance_changes_it_later() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		FeeRate::set(&Perbill::from_percent(50));

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(TREASURY), ED + FEE);
	});
}

#[test]
fn open_should_fail_when_the_provider_is_the_client() {
	build_and_execute(|| {
		let deal = Deal { provider: CLIENT, ..Deal::default() };
		assert_noop!(deal.try_open(), Error::<Test>::ProviderIsClient);
	});
}

#[test]
fn open_should_fail_when_the_provider_does_not_exist() {
	build_and_execute(|| {
		let deal = Deal { provider: 99, ..Deal::default() };
		assert_noop!(deal.try_open(), Error::<Test>::ProviderNotFound);
	});
}

#[test]
fn open_should_fail_when_there_is_no_milestone() {
	build_and_execute(|| {
		assert_noop!(Deal::of(0).try_open(), Error::<Test>::NoMilestones);
	});
}

#[test]
fn open_should_take_ten_milestones_and_fail_when_there_is_an_eleventh() {
	build_and_execute(|| {
		assert_noop!(Deal::of(11).try_open(), Error::<Test>::TooManyMilestones);
		assert_ok!(Deal::of(10).try_open());
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(10));
	});
}

#[test]
fn open_should_fail_when_a_milestone_pays_nothing() {
	build_and_execute(|| {
		assert_noop!(Deal::paying(&[AMOUNT, 0]).try_open(), Error::<Test>::AmountZero);
	});
}

#[test]
fn open_should_fail_when_a_milestone_net_of_its_fee_is_below_the_existential_deposit() {
	build_and_execute(|| {
		// The fee on 10 is 0.25, rounded up to one, which leaves 9.
		assert_noop!(Deal::paying(&[AMOUNT, 10]).try_open(), Error::<Test>::AmountTooSmall);
		assert_ok!(Deal::paying(&[AMOUNT, 11]).try_open());
	});
}

#[test]
fn open_should_fail_when_the_sum_is_no_balance() {
	build_and_execute(|| {
		assert_noop!(Deal::paying(&[u128::MAX, 11]).try_open(), ArithmeticError::Overflow);
	});
}

#[test]
fn open_should_fail_when_a_milestone_is_not_due_in_the_future() {
	build_and_execute(|| {
		for due in [START - 1, START] {
			assert_noop!(Deal::due(&[DUE, due]).try_open(), Error::<Test>::DueNotInFuture);
		}
		assert_ok!(Deal::due(&[DUE, START + 1]).try_open());
	});
}

#[test]
fn open_should_fail_when_a_milestone_is_due_too_far_ahead() {
	build_and_execute(|| {
		let latest = START + MaxDuration::get();
		assert_noop!(Deal::due(&[DUE, latest + 1]).try_open(), Error::<Test>::DueTooFar);
		assert_ok!(Deal::due(&[DUE, latest]).try_open());
	});
}

#[test]
fn open_should_fail_when_the_review_period_is_too_short() {
	build_and_execute(|| {
		let deal = |review_period| Deal { review_period, ..Deal::default() };
		let shortest = MinReviewPeriod::get();
		assert_noop!(deal(shortest - 1).try_open(), Error::<Test>::ReviewPeriodTooShort);
		assert_ok!(deal(shortest).try_open());
	});
}

#[test]
fn open_should_fail_when_the_review_period_is_too_long() {
	build_and_execute(|| {
		let deal = |review_period| Deal { review_period, ..Deal::default() };
		let longest = MaxReviewPeriod::get();
		assert_noop!(deal(longest + 1).try_open(), Error::<Test>::ReviewPeriodTooLong);
		assert_ok!(deal(longest).try_open());
	});
}

#[test]
fn open_should_fail_when_the_client_can_not_pay_the_deposit() {
	build_and_execute(|| {
		drain(CLIENT);
		assert_noop!(Deal::default().try_open(), TokenError::FundsUnavailable);
	});
}

/// See `keeping_total`: without its check the client would lose its last 5 plancks to dust here.
#[test]
fn open_should_fail_when_holding_the_deposit_would_turn_money_to_dust() {
	build_and_execute(|| {
		System::inc_providers(&CLIENT);
		let spare = free(CLIENT) - deposit_of(1) - 5;
		assert_ok!(Balances::transfer_allow_death(signed(CLIENT), BANK, spare));
		assert_noop!(Deal::default().try_open(), TokenError::FundsUnavailable);
	});
}

#[test]
fn open_should_fail_when_all_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		NextContractId::<Test>::put(ContractId(u64::MAX));
		assert_noop!(Deal::default().try_open(), ArithmeticError::Overflow);
	});
}
