//! Tests of `settle_stream`.

use crate::{mock::*, *};
use aitbc_core::{Balance, PaymentTerms, StreamTerms};
use frame_support::{assert_noop, assert_ok};

#[test]
fn settle_stream_should_pay_for_the_time_since_the_start_when_anybody_asks() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 4);
		reset_events();

		assert_ok!(Escrow::settle_stream(signed(STRANGER), contract));

		let expected = Stream {
			rate: RATE,
			until: DUE,
			held: POT - 400,
			paid: 400,
			fee: 10,
			settled_at: Some(START + 4),
			dispute: None,
		};
		assert_eq!(stream(contract), expected);
		assert_eq!(held(HoldReason::Escrow, CLIENT), POT - 400);
		assert_eq!(free(PROVIDER), WEALTH + 390);
		assert_eq!(free(TREASURY), ED + 10);
		let paid = Event::StreamPaid {
			contract,
			provider: PROVIDER,
			amount: 400,
			fee: 10,
			settled_at: START + 4,
			held: POT - 400,
		};
		assert_eq!(events(), [paid]);
	});
}

#[test]
fn settle_stream_should_pause_the_stream_when_its_money_runs_out() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 30);
		reset_events();

		assert_ok!(Escrow::settle_stream(signed(PROVIDER), contract));

		// Ten blocks are paid in full, and the eleventh in part. Never more than was there.
		let at = START + 11;
		let stream = stream(contract);
		assert_eq!((stream.held, stream.paid, stream.settled_at), (0, POT, Some(at)));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(free(PROVIDER), WEALTH + POT - 26);
		let paid = Event::StreamPaid {
			contract,
			provider: PROVIDER,
			amount: POT,
			fee: 26,
			settled_at: at,
			held: 0,
		};
		assert_eq!(events(), [paid, Event::StreamPaused { contract, at }]);
		assert!(Contracts::<Test>::contains_key(contract), "it can be topped up");
	});
}

#[test]
fn settle_stream_should_pause_at_the_last_whole_block_when_no_part_is_left() {
	build_and_execute(|| {
		let terms = StreamTerms { amount: 3 * RATE, ..stream_terms() };
		let contract = Deal::with(PaymentTerms::Stream(terms)).start();
		for blocks in [1, 3] {
			set_now(START + blocks);
			assert_ok!(Escrow::settle_stream(signed(STRANGER), contract));
		}
		let paused = Event::StreamPaused { contract, at: START + 3 };
		assert_eq!(events().last(), Some(&paused));
	});
}

#[test]
fn settle_stream_should_pay_up_to_the_end_when_it_is_over() {
	build_and_execute(|| {
		let terms = StreamTerms { until: START + 6, ..stream_terms() };
		let contract = Deal::with(PaymentTerms::Stream(terms)).start();
		set_now(START + 60);

		assert_ok!(Escrow::settle_stream(signed(STRANGER), contract));

		let stream = stream(contract);
		assert_eq!((stream.paid, stream.settled_at), (6 * RATE, Some(START + 6)));
		assert_noop!(
			Escrow::settle_stream(signed(STRANGER), contract),
			Error::<Test>::NothingEarned
		);
	});
}

/// The fees of a stream of 3 plancks per block that is settled after each of these.
fn fees(settlements: impl Iterator<Item = u32>) -> Balance {
	new_test_ext().execute_with(|| {
		let terms = StreamTerms { rate: 3, amount: 100, until: DUE };
		let contract = Deal::with(PaymentTerms::Stream(terms)).start();
		for blocks in settlements {
			set_now(START + blocks);
			assert_ok!(Escrow::settle_stream(signed(STRANGER), contract));
		}
		let stream = stream(contract);
		assert_eq!(stream.paid, 90);
		assert_eq!(free(TREASURY), ED + stream.fee);
		stream.fee
	})
}

#[test]
fn settle_stream_should_charge_one_fee_when_it_is_called_often() {
	// 2.5 % of 90 is 2.25, rounded up. Rounded up for each block it would be 30.
	assert_eq!(fees(1..=30), 3);
	assert_eq!(fees([30].into_iter()), 3);
}

#[test]
fn settle_stream_should_fail_when_nothing_was_earned() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		let settle = || Escrow::settle_stream(signed(PROVIDER), contract);
		assert_noop!(settle(), Error::<Test>::NothingEarned);
		set_now(START + 20);
		assert_ok!(settle());
		set_now(START + 25);
		assert_noop!(settle(), Error::<Test>::NothingEarned);
	});
}

#[test]
fn settle_stream_should_fail_when_the_provider_has_not_started() {
	build_and_execute(|| {
		let contract = Deal::stream().fund();
		set_now(START + 4);
		assert_noop!(Escrow::settle_stream(signed(PROVIDER), contract), Error::<Test>::NotStarted);
	});
}

#[test]
fn settle_stream_should_fail_when_it_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 4);
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
		assert_noop!(
			Escrow::settle_stream(signed(PROVIDER), contract),
			Error::<Test>::UnderDispute
		);
	});
}

#[test]
fn settle_stream_should_fail_when_there_is_no_stream() {
	build_and_execute(|| {
		let settle = |contract| Escrow::settle_stream(signed(PROVIDER), contract);
		assert_noop!(settle(FIRST), Error::<Test>::ContractNotFound);
		let open = Deal::stream().open();
		assert_noop!(settle(open), Error::<Test>::NotFunded);
		for contract in [Deal::default().fund(), Deal::metered().fund()] {
			assert_noop!(settle(contract), Error::<Test>::NotStream);
		}
	});
}
