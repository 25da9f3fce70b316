//! Tests of `accept`.

use crate::{mock::*, *};
use aitbc_core::Bonds;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

#[test]
fn accept_should_hold_the_providers_bond_when_the_contract_asks_for_one() {
	build_and_execute(|| {
		let deal = Deal::of(2).bonded();
		let contract = deal.open();
		reset_events();

		assert_ok!(Escrow::accept(signed(PROVIDER), contract, BONDS, 2 * AMOUNT));

		assert!(record(contract).state.is_accepted());
		assert_eq!(record(contract).bonds_held(), Bonds { client: 0, ..BONDS });
		assert_eq!(held(HoldReason::Bond, PROVIDER), BONDS.provider);
		assert_eq!(held(HoldReason::Bond, CLIENT), 0);
		assert_eq!(free(PROVIDER), WEALTH - BONDS.provider);
		assert_eq!(OpenWork::<Test>::get(AGENT), 0);
		assert_eq!(events(), [Event::ContractAccepted { contract, bond: BONDS.provider }]);
	});
}

#[test]
fn accept_should_hold_nothing_when_no_bond_is_asked_for() {
	for deal in [Deal::default(), Deal::stream(), Deal::metered()] {
		build_and_execute(|| {
			let contract = deal.open();
			reset_events();

			assert_ok!(deal.try_accept(contract));

			assert_eq!(free(PROVIDER), WEALTH);
			assert_eq!(events(), [Event::ContractAccepted { contract, bond: 0 }]);
			assert_ok!(Escrow::fund(signed(CLIENT), contract, deal.total()));
			assert_eq!(funded(contract).commitment, Commitment::Accepted);
		});
	}
}

#[test]
fn accept_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Deal::default().try_accept(FIRST), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn accept_should_fail_when_the_caller_is_not_the_provider() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().open();
		for caller in [CLIENT, STRANGER] {
			assert_noop!(
				Escrow::accept(signed(caller), contract, BONDS, AMOUNT),
				Error::<Test>::NotProvider
			);
		}
	});
}

#[test]
fn accept_should_fail_when_the_contract_is_funded() {
	build_and_execute(|| {
		let deal = Deal::default();
		let contract = deal.fund();
		assert_noop!(deal.try_accept(contract), Error::<Test>::AlreadyFunded);
	});
}

#[test]
fn accept_should_fail_when_the_provider_accepted_before() {
	build_and_execute(|| {
		let deal = Deal::default().bonded();
		let contract = deal.open();
		assert_ok!(deal.try_accept(contract));
		assert_noop!(deal.try_accept(contract), Error::<Test>::AlreadyAccepted);
	});
}

#[test]
fn accept_should_fail_when_the_bonds_are_not_the_expected_ones() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().open();
		let others =
			[Bonds::default(), Bonds { client: 299, ..BONDS }, Bonds { provider: 402, ..BONDS }];
		for bonds in others {
			assert_noop!(
				Escrow::accept(signed(PROVIDER), contract, bonds, AMOUNT),
				Error::<Test>::BondsMismatch
			);
		}
	});
}

#[test]
fn accept_should_fail_when_the_sum_is_not_the_expected_one() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().open();
		for total in [0, AMOUNT - 1, AMOUNT + 1] {
			assert_noop!(
				Escrow::accept(signed(PROVIDER), contract, BONDS, total),
				Error::<Test>::TotalMismatch
			);
		}
	});
}

#[test]
fn accept_should_fail_when_the_provider_can_not_pay_its_bond() {
	build_and_execute(|| {
		let deal = Deal::default().bonded();
		let contract = deal.open();
		drain(PROVIDER);
		assert_noop!(deal.try_accept(contract), TokenError::FundsUnavailable);
	});
}
