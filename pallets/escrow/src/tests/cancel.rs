//! Tests of `cancel`.

use crate::{mock::*, *};
use aitbc_core::{Balance, ClosedContract, ContractId, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

fn cancelled(contract: ContractId) -> ClosedContract<AccountId, Balance> {
	ClosedContract {
		contract,
		client: CLIENT,
		provider: PROVIDER,
		outcome: ContractOutcome::Cancelled,
		accepted: false,
		released: 0,
		refunded: 0,
		fee: 0,
		on_time: 0,
		missed: 0,
	}
}

#[test]
fn cancel_should_close_the_contract_and_return_the_deposit_when_a_party_asks() {
	for party in [CLIENT, PROVIDER] {
		build_and_execute(|| {
			let contract = Deal::of(2).open();
			reset_events();

			assert_ok!(Escrow::cancel(signed(party), contract));

			assert!(!Contracts::<Test>::contains_key(contract));
			assert_eq!(ContractsByParty::<Test>::iter().count(), 0);
			assert_eq!(held(HoldReason::Deposit, CLIENT), 0);
			assert_eq!(free(CLIENT), WEALTH);
			assert_eq!(Heard::get(), [cancelled(contract)]);
			assert_eq!(events(), [Event::ContractClosed { closed: cancelled(contract) }]);
		});
	}
}

#[test]
fn cancel_should_be_open_to_anybody_when_the_earliest_due_block_has_passed() {
	build_and_execute(|| {
		let contract = Deal::due(&[DUE + 5, DUE]).open();
		set_now(DUE);
		assert_noop!(Escrow::cancel(signed(STRANGER), contract), Error::<Test>::NotParty);
		set_now(DUE + 1);
		assert_ok!(Escrow::cancel(signed(STRANGER), contract));
		assert_eq!(free(CLIENT), WEALTH);
	});
}

#[test]
fn cancel_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Escrow::cancel(signed(CLIENT), FIRST), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn cancel_should_fail_when_the_contract_is_funded() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE + 1);
		for caller in [CLIENT, PROVIDER, STRANGER] {
			assert_noop!(Escrow::cancel(signed(caller), contract), Error::<Test>::AlreadyFunded);
		}
	});
}
