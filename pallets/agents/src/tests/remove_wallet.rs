use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AccountId, AgentId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

/// Lets `caller` remove the wallet of an active agent that has a proposal too and open work.
fn remove_wallet_should_clear_everything(caller: AccountId) {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));
		BusyAgents::set(&vec![agent]);

		let events = events_of(|| Agents::remove_wallet(signed(caller), agent));

		let (status, nonce) = (Lifecycle::Inactive, WalletNonce(2));
		assert_eq!(record(agent), Agent { status, wallet_nonce: nonce, ..before });
		assert_eq!(Wallets::<Test>::get(agent), None);
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), None);
		assert_eq!(ProposedWallets::<Test>::get(agent), None);
		let (wallet, proposed) = (Some(charlie()), Some(dave()));
		assert_eq!(events, [Event::WalletRemoved { agent, wallet, proposed, status, nonce }]);
	});
}

#[test]
fn remove_wallet_should_clear_everything_when_the_owner_asks() {
	remove_wallet_should_clear_everything(alice());
}

#[test]
fn remove_wallet_should_clear_everything_when_the_wallet_asks() {
	remove_wallet_should_clear_everything(charlie());
}

#[test]
fn remove_wallet_should_keep_the_status_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let registered = register(alice());
		give_wallet(alice(), registered, dave());
		let inactive = working_agent();
		assert_ok!(Agents::deactivate(signed(alice()), inactive));

		for (agent, status) in
			[(registered, Lifecycle::Registered), (inactive, Lifecycle::Inactive)]
		{
			assert_ok!(Agents::remove_wallet(signed(alice()), agent));
			assert_eq!(record(agent).status, status);
		}
	});
}

#[test]
fn remove_wallet_should_drop_the_proposal_when_there_is_no_wallet() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), None));

		let events = events_of(|| Agents::remove_wallet(signed(alice()), agent));

		assert_eq!(ProposedWallets::<Test>::get(agent), None);
		let (proposed, status) = (Some(charlie()), Lifecycle::Registered);
		let (wallet, nonce) = (None, WalletNonce(1));
		assert_eq!(events, [Event::WalletRemoved { agent, wallet, proposed, status, nonce }]);
	});
}

#[test]
fn remove_wallet_should_free_the_account_when_another_agent_wants_it() {
	ExtBuilder.build_and_execute(|| {
		let (agent, other) = (working_agent(), register(bob()));
		assert_ok!(Agents::remove_wallet(signed(charlie()), agent));

		give_wallet(bob(), other, charlie());

		assert_eq!(AgentOfWallet::<Test>::get(charlie()), Some(other));
	});
}

#[test]
fn remove_wallet_should_fail_when_there_is_nothing_to_remove() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());

		let call = Agents::remove_wallet(signed(alice()), agent);
		assert_noop!(call, Error::<Test>::NoWallet);
	});
}

#[test]
fn remove_wallet_should_fail_when_the_caller_is_neither_owner_nor_wallet() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));

		for caller in [bob(), dave()] {
			let call = Agents::remove_wallet(signed(caller), agent);
			assert_noop!(call, Error::<Test>::NotOwnerNorWallet);
		}
		assert_noop!(Agents::remove_wallet(RuntimeOrigin::root(), agent), BadOrigin);
	});
}

#[test]
fn remove_wallet_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for (caller, agent) in [(alice(), gone), (charlie(), gone), (alice(), AgentId(1))] {
			let call = Agents::remove_wallet(signed(caller), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
