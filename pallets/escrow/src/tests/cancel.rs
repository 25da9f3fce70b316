//! Tests of `cancel`.

use crate::{mock::*, *};
use aitbc_core::{ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

#[test]
fn cancel_should_close_the_contract_and_return_the_deposit_when_a_party_asks() {
	for party in [CLIENT, PROVIDER] {
		build_and_execute(|| {
			let contract = Deal::of(2).open();
			reset_events();

			assert_ok!(Escrow::cancel(signed(party.clone()), contract));

			assert!(!Contracts::<Test>::contains_key(contract));
			assert_eq!(ContractsByParty::<Test>::iter().count(), 0);
			assert_eq!(held(HoldReason::Deposit, CLIENT), 0);
			assert_eq!(free(CLIENT), WEALTH);
			assert_eq!(Heard::get(), [closed(contract)]);
			assert_eq!(events(), [Event::ContractClosed { closed: closed(contract) }]);
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
fn cancel_should_be_open_to_anybody_when_the_time_of_a_stream_or_a_meter_has_passed() {
	for deal in [Deal::stream(), Deal::metered()] {
		build_and_execute(|| {
			let contract = deal.open();
			set_now(DUE);
			assert_noop!(Escrow::cancel(signed(STRANGER), contract), Error::<Test>::NotParty);
			set_now(DUE + 1);
			assert_ok!(Escrow::cancel(signed(STRANGER), contract));
			assert_eq!(free(CLIENT), WEALTH);
		});
	}
}

#[test]
fn cancel_should_return_the_providers_bond_when_it_accepted() {
	for party in [CLIENT, PROVIDER] {
		build_and_execute(|| {
			let deal = Deal::default().bonded();
			let contract = deal.open();
			assert_ok!(deal.try_accept(contract));

			assert_ok!(Escrow::cancel(signed(party), contract));

			assert_eq!(held(HoldReason::Bond, PROVIDER), 0);
			assert_eq!(free(PROVIDER), WEALTH);
			assert_eq!(last_heard(), ClosedContract { accepted: true, ..closed(contract) });
		});
	}
}

#[test]
fn cancel_should_return_everything_when_the_provider_of_a_funded_contract_has_not_started() {
	build_and_execute(|| {
		let contract = Deal::of(3).bonded().fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
		// Too late for all of it: a provider that has not started misses nothing.
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::cancel(signed(PROVIDER), contract));

		let closed = ClosedContract {
			outcome: ContractOutcome::Partial,
			accepted: true,
			released: AMOUNT,
			refunded: 2 * AMOUNT,
			fee: FEE,
			on_time: AMOUNT,
			..closed(contract)
		};
		assert_eq!(last_heard(), closed);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert!(!OpenWork::<Test>::contains_key(AGENT));
		let refunded = |milestone| Event::MilestoneRefunded {
			contract,
			milestone,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::Withdrawal,
			missed: false,
		};
		assert_eq!(
			events(),
			[refunded(M0), refunded(MilestoneIndex(2)), Event::ContractClosed { closed }]
		);
	});
}

#[test]
fn cancel_should_return_everything_when_a_funded_stream_or_meter_has_not_started() {
	for deal in [Deal::stream(), Deal::metered()] {
		build_and_execute(|| {
			let contract = deal.fund();
			set_now(START + 5);
			reset_events();

			assert_ok!(Escrow::cancel(signed(PROVIDER), contract));

			let amount = deal.total();
			let closed = ClosedContract {
				outcome: ContractOutcome::Refunded,
				refunded: amount,
				..closed(contract)
			};
			assert_eq!(free(CLIENT), WEALTH);
			let refunded = Event::RemainderRefunded { contract, client: CLIENT, amount };
			assert_eq!(events(), [refunded, Event::ContractClosed { closed }]);
		});
	}
}

#[test]
fn cancel_should_fail_when_the_contract_is_funded_and_the_caller_is_not_the_provider() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		set_now(DUE + 1);
		for caller in [CLIENT, STRANGER] {
			assert_noop!(Escrow::cancel(signed(caller), contract), Error::<Test>::NotProvider);
		}
	});
}

#[test]
fn cancel_should_fail_when_the_provider_has_started() {
	build_and_execute(|| {
		for contract in [Deal::of(2).start(), Deal::of(2).submit(), Deal::stream().start()] {
			assert_noop!(Escrow::cancel(signed(PROVIDER), contract), Error::<Test>::AlreadyStarted);
		}
	});
}

#[test]
fn cancel_should_fail_when_the_contract_has_a_controller() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_noop!(Escrow::cancel(signed(PROVIDER), contract), Error::<Test>::Controlled);
	});
}
