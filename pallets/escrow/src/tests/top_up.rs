//! Tests of `top_up`.

use crate::{mock::*, *};
use aitbc_core::{PaymentTerms, StreamTerms};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, TokenError};

#[test]
fn top_up_should_hold_the_callers_money_on_the_client_when_the_stream_goes_on() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 4);
		reset_events();

		assert_ok!(Escrow::top_up(signed(STRANGER), contract, 500));

		let stream = stream(contract);
		assert_eq!((stream.held, stream.paid), (POT - 400 + 500, 400));
		assert_eq!(stream.settled_at, Some(START + 4));
		assert_eq!(held(HoldReason::Escrow, CLIENT), POT + 100);
		assert_eq!(free(STRANGER), WEALTH - 500);
		assert_eq!(free(CLIENT), WEALTH - POT - stream_deposit());
		assert_eq!(free(PROVIDER), WEALTH + 390);
		let paid = Event::StreamPaid {
			contract,
			provider: PROVIDER,
			amount: 400,
			fee: 10,
			settled_at: START + 4,
			held: POT - 400,
		};
		let topped_up =
			Event::StreamToppedUp { contract, by: STRANGER, amount: 500, held: POT + 100 };
		assert_eq!(events(), [paid, topped_up]);
	});
}

#[test]
fn top_up_should_not_charge_the_time_without_money_when_the_stream_was_paused() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		// The money ran out in block 21.
		set_now(START + 20);
		reset_events();

		assert_ok!(Escrow::top_up(signed(CLIENT), contract, 2 * RATE));

		assert_eq!(stream(contract).paid, POT);
		assert_eq!(stream(contract).settled_at, Some(START + 20));
		assert!(events().contains(&Event::StreamPaused { contract, at: START + 11 }));
		set_now(START + 21);
		assert_ok!(Escrow::settle_stream(signed(PROVIDER), contract));
		assert_eq!(stream(contract).paid, POT + RATE);
	});
}

#[test]
fn top_up_should_not_charge_the_time_without_money_when_the_pause_was_settled_before() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 15);
		assert_ok!(Escrow::settle_stream(signed(PROVIDER), contract));
		set_now(START + 20);
		reset_events();

		assert_ok!(Escrow::top_up(signed(PROVIDER), contract, RATE));

		assert_eq!(events().len(), 1, "nothing was earned since");
		assert_eq!(stream(contract).earned(START + 21), RATE);
	});
}

#[test]
fn top_up_should_wait_for_the_start_when_the_provider_has_not_started() {
	build_and_execute(|| {
		let contract = Deal::stream().fund();

		assert_ok!(Escrow::top_up(signed(CLIENT), contract, 500));

		assert_eq!(stream(contract).settled_at, None);
		assert_eq!(held(HoldReason::Escrow, CLIENT), POT + 500);
		set_now(START + 5);
		assert_ok!(Escrow::start(signed(PROVIDER), contract));
		assert_eq!(stream(contract).earned(START + 6), RATE);
	});
}

#[test]
fn top_up_should_fail_when_the_stream_can_not_use_it_up_to_its_end() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(DUE - 12);
		let top_up = |amount| Escrow::top_up(signed(CLIENT), contract, amount);
		// Paused, with twelve blocks to go.
		assert_noop!(top_up(12 * RATE + 1), Error::<Test>::TopUpUnusable);
		assert_ok!(top_up(12 * RATE));
		assert_noop!(top_up(1), Error::<Test>::TopUpUnusable);
		set_now(DUE);
		assert_noop!(top_up(1), Error::<Test>::TopUpUnusable);
		set_now(DUE + 5);
		assert_noop!(top_up(1), Error::<Test>::TopUpUnusable);
	});
}

#[test]
fn top_up_should_fail_when_it_is_of_nothing() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		assert_noop!(Escrow::top_up(signed(CLIENT), contract, 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn top_up_should_fail_when_the_sum_is_no_balance() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		assert_noop!(
			Escrow::top_up(signed(CLIENT), contract, u128::MAX),
			ArithmeticError::Overflow
		);
	});
}

#[test]
fn top_up_should_fail_when_the_caller_can_not_pay() {
	build_and_execute(|| {
		let terms = StreamTerms { rate: WEALTH, ..stream_terms() };
		let contract = Deal::with(PaymentTerms::Stream(terms)).fund();
		// The caller's account must go on.
		assert_noop!(
			Escrow::top_up(signed(STRANGER), contract, WEALTH),
			TokenError::FundsUnavailable
		);
		assert_ok!(Escrow::top_up(signed(STRANGER), contract, WEALTH - ED));
		assert_noop!(
			Escrow::top_up(signed(CLIENT), contract, 2 * WEALTH),
			TokenError::FundsUnavailable
		);
	});
}

#[test]
fn top_up_should_fail_when_the_callers_money_is_frozen() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		freeze_all(STRANGER);
		assert_noop!(Escrow::top_up(signed(STRANGER), contract, 100), TokenError::FundsUnavailable);
	});
}

#[test]
fn top_up_should_fail_when_the_clients_account_can_not_take_it() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		keep_only_holds(CLIENT);
		assert_noop!(Escrow::top_up(signed(STRANGER), contract, ED - 1), TokenError::CannotCreate);
	});
}

#[test]
fn top_up_should_fail_when_it_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::stream().dispute();
		assert_noop!(Escrow::top_up(signed(CLIENT), contract, 100), Error::<Test>::UnderDispute);
	});
}

#[test]
fn top_up_should_fail_when_there_is_no_stream() {
	build_and_execute(|| {
		let top_up = |contract| Escrow::top_up(signed(CLIENT), contract, 100);
		assert_noop!(top_up(FIRST), Error::<Test>::ContractNotFound);
		let open = Deal::stream().open();
		assert_noop!(top_up(open), Error::<Test>::NotFunded);
		for contract in [Deal::default().fund(), Deal::metered().fund()] {
			assert_noop!(top_up(contract), Error::<Test>::NotStream);
		}
	});
}
