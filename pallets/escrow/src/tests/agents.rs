//! Tests of the agent that answers for a contract.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

/// What an owner can do to the wallet of [`AGENT`] while a contract is funded.
const CHANGES: [fn(); 3] =
	[|| unlink(AGENT), || link(AGENT, STRANGER), || link(OTHER_AGENT, PROVIDER)];

#[test]
fn agent_should_be_noted_when_the_contract_is_opened() {
	build_and_execute(|| {
		assert_eq!(record(Deal::default().open()).agent, Some(AGENT));
		assert_eq!(record(Deal::default().engage()).agent, Some(AGENT));
		assert_eq!(record(Deal::default().between(CLIENT, STRANGER).open()).agent, None);
	});
}

#[test]
fn agent_should_stay_and_be_told_of_when_the_wallet_changes() {
	for change in CHANGES {
		build_and_execute(|| {
			let contract = Deal::of(2).submit();

			change();

			assert_eq!(Escrow::open_work_of(AGENT), 1);
			assert_eq!(Escrow::open_work_of(OTHER_AGENT), 0);
			assert_eq!(Escrow::contract(contract).and_then(|info| info.agent), Some(AGENT));
			assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));
			assert_eq!(Cases::get()[0].agent, Some(AGENT));
			rule(ruling(0, 0, 0));
			assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
			assert_eq!(last_heard().agent, Some(AGENT));
			assert!(!OpenWork::<Test>::contains_key(AGENT));
		});
	}
}

#[test]
fn agent_should_be_none_and_nobodys_work_when_the_account_becomes_a_wallet_later() {
	build_and_execute(|| {
		let deal = Deal::default().between(CLIENT, STRANGER);
		let contract = deal.open();

		link(OTHER_AGENT, STRANGER);
		assert_ok!(Escrow::fund(signed(CLIENT), contract, AMOUNT));

		assert_eq!(OpenWork::<Test>::iter().count(), 0);
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_eq!(last_heard().agent, None);
	});
}

#[test]
fn fund_should_fail_when_the_agent_no_longer_works_under_the_account() {
	for change in CHANGES {
		build_and_execute(|| {
			let contract = Deal::default().open();
			change();
			assert_noop!(
				Escrow::fund(signed(CLIENT), contract, AMOUNT),
				Error::<Test>::AgentChanged
			);
			assert_ok!(Escrow::cancel(signed(CLIENT), contract));
		});
	}
}

#[test]
fn fund_should_succeed_when_the_agent_came_back() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		unlink(AGENT);
		link(AGENT, PROVIDER);
		assert_ok!(Escrow::fund(signed(CLIENT), contract, AMOUNT));
		assert_eq!(Escrow::open_work_of(AGENT), 1);
	});
}
