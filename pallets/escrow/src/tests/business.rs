//! Tests of who is in business with whom.

use crate::{mock::*, *};
use aitbc_core::{BlockNumber, ContractId};
use aitbc_traits::Escrow as Controller;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::ArithmeticError;

/// What is open between [`PROVIDER`] and [`CLIENT`]: how many contracts, and since when.
fn business() -> Option<(u32, BlockNumber)> {
	Business::<Test>::get(PROVIDER, CLIENT).map(|open| (open.contracts, open.since))
}

#[test]
fn business_should_begin_with_the_funding_when_the_provider_has_accepted() {
	for deal in [Deal::default(), Deal::stream().bonded(), Deal::metered()] {
		build_and_execute(|| {
			let contract = deal.open();
			assert_ok!(deal.try_accept(contract));
			assert_eq!(business(), None);
			set_now(START + 2);

			assert_ok!(Escrow::fund(signed(CLIENT), contract, deal.total()));
			assert_eq!(business(), Some((1, START + 2)));

			// The start is nothing new.
			set_now(START + 4);
			assert_ok!(Escrow::start(signed(PROVIDER), contract));
			assert_eq!(business(), Some((1, START + 2)));
		});
	}
}

#[test]
fn business_should_begin_with_the_contract_when_a_job_is_engaged() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_eq!(business(), Some((1, START)));
		assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
		assert_eq!(business(), Some((1, START)));
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_eq!(business(), None);
	});
}

#[test]
fn business_should_begin_with_the_start_when_the_provider_has_not_accepted() {
	let starts: [(Deal, fn(ContractId)); 4] = [
		(Deal::default(), |contract| {
			assert_ok!(Escrow::start(signed(PROVIDER), contract));
		}),
		(Deal::default(), |contract| {
			assert_ok!(Escrow::submit(signed(PROVIDER), contract, M0, evidence()));
		}),
		(Deal::stream(), |contract| {
			assert_ok!(Escrow::start(signed(PROVIDER), contract));
		}),
		(Deal::metered(), |contract| {
			assert_ok!(redeem(contract, 30, 1));
		}),
	];
	for (deal, start) in starts {
		build_and_execute(|| {
			let contract = deal.fund();
			assert_eq!(business(), None);
			set_now(START + 3);

			start(contract);

			assert_eq!(business(), Some((1, START + 3)));
		});
	}
}

#[test]
fn business_should_never_begin_when_the_provider_does_not_consent() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		let contract = Deal::default().fund();
		set_now(DUE + 1);
		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));
		assert_eq!(business(), None);
	});
}

#[test]
fn business_should_end_when_the_voucher_that_starts_a_meter_bills_all_of_it() {
	build_and_execute(|| {
		let contract = Deal::metered().fund();
		assert_ok!(redeem(contract, UNITS, 1));
		assert!(!Contracts::<Test>::contains_key(contract));
		assert_eq!(business(), None);
	});
}

#[test]
fn business_should_go_on_when_one_of_two_contracts_closes() {
	build_and_execute(|| {
		let first = Deal::default().start();
		set_now(START + 5);
		let second = Deal::default().start();
		// Neither counts: the one has no consent, the other runs the other way.
		Deal::default().fund();
		Deal::default().between(PROVIDER, CLIENT).fund();
		assert_eq!(business(), Some((2, START)));

		assert_ok!(Escrow::release(signed(CLIENT), first, M0));
		assert_eq!(business(), Some((1, START)));

		assert_ok!(Escrow::release(signed(CLIENT), second, M0));
		assert_eq!(business(), None);

		// What begins anew, begins now.
		set_now(START + 7);
		Deal::default().start();
		assert_eq!(business(), Some((1, START + 7)));
	});
}

#[test]
fn in_business_should_hold_in_both_directions_when_it_began_before() {
	build_and_execute(|| {
		Deal::default().start();
		for (one, other) in [(CLIENT, PROVIDER), (PROVIDER, CLIENT)] {
			assert!(Escrow::in_business(&one, &other, START + 1));
			assert!(!Escrow::in_business(&one, &other, START));
		}
		for other in [CLIENT, PROVIDER] {
			assert!(!Escrow::in_business(&STRANGER, &other, BlockNumber::MAX));
			assert!(!Escrow::in_business(&other, &STRANGER, BlockNumber::MAX));
		}
	});
}

#[test]
fn in_business_should_not_hold_when_the_provider_knows_nothing_of_it_or_all_is_closed() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert!(!Escrow::in_business(&CLIENT, &PROVIDER, BlockNumber::MAX));
		assert_ok!(Escrow::start(signed(PROVIDER), contract));
		assert!(Escrow::in_business(&CLIENT, &PROVIDER, BlockNumber::MAX));
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert!(!Escrow::in_business(&CLIENT, &PROVIDER, BlockNumber::MAX));
	});
}

#[test]
fn business_should_fail_to_begin_when_no_more_can_be_counted() {
	new_test_ext().execute_with(|| {
		let (accepted, contract) = (Deal::default(), Deal::default().fund());
		let open = accepted.open();
		assert_ok!(accepted.try_accept(open));
		let full = OpenBusiness { contracts: u32::MAX, since: START };
		Business::<Test>::insert(PROVIDER, CLIENT, full);
		assert_noop!(Escrow::start(signed(PROVIDER), contract), ArithmeticError::Overflow);
		assert_noop!(Escrow::fund(signed(CLIENT), open, AMOUNT), ArithmeticError::Overflow);
	});
}
