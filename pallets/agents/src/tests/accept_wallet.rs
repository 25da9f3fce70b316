use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::traits::BadOrigin;

#[test]
fn accept_wallet_should_make_the_caller_the_wallet_when_it_was_proposed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let before = record(agent);
		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), None));

		let events = events_of(|| Agents::accept_wallet(signed(charlie()), agent));

		let nonce = WalletNonce(1);
		assert_eq!(record(agent), Agent { wallet_nonce: nonce, ..before });
		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), Some(agent));
		assert_eq!(ProposedWallets::<Test>::get(agent), None);
		let event = Event::WalletSet { agent, wallet: charlie(), replaced: None, nonce };
		assert_eq!(events, [event]);
	});
}

#[test]
fn accept_wallet_should_need_no_funds_when_the_account_is_new() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let penniless = aitbc_core::AccountId::new([0x33; 32]);

		give_wallet(alice(), agent, penniless.clone());

		assert_eq!(Wallets::<Test>::get(agent), Some(penniless));
	});
}

#[test]
fn accept_wallet_should_replace_the_wallet_when_the_agent_has_one() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));

		let events = events_of(|| Agents::accept_wallet(signed(dave()), agent));

		assert_eq!(Wallets::<Test>::get(agent), Some(dave()));
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), None);
		assert_eq!(record(agent).status, Lifecycle::Active);
		let nonce = WalletNonce(2);
		let event = Event::WalletSet { agent, wallet: dave(), replaced: Some(charlie()), nonce };
		assert_eq!(events, [event]);
	});
}

#[test]
fn accept_wallet_should_fail_when_the_caller_is_not_proposed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let accept = |who| Agents::accept_wallet(signed(who), agent);
		assert_noop!(accept(charlie()), Error::<Test>::NotProposed);
		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), None));
		assert_noop!(accept(alice()), Error::<Test>::NotProposed);
		assert_noop!(accept(dave()), Error::<Test>::NotProposed);

		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));
		assert_noop!(accept(charlie()), Error::<Test>::NotProposed);
	});
}

#[test]
fn accept_wallet_should_fail_when_the_proposal_was_overtaken_by_a_proof() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), None));
		let proof = Some(proof(agent, Key::Dave, Now::get()));
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), proof));

		let call = Agents::accept_wallet(signed(charlie()), agent);
		assert_noop!(call, Error::<Test>::NotProposed);
	});
}

#[test]
fn accept_wallet_should_fail_when_the_caller_serves_another_agent_by_now() {
	ExtBuilder.build_and_execute(|| {
		let (first, second) = (register(alice()), register(bob()));
		assert_ok!(Agents::set_wallet(signed(alice()), first, charlie(), None));
		assert_ok!(Agents::set_wallet(signed(bob()), second, charlie(), None));
		assert_ok!(Agents::accept_wallet(signed(charlie()), first));

		let call = Agents::accept_wallet(signed(charlie()), second);
		assert_noop!(call, Error::<Test>::WalletInUse);
	});
}

#[test]
fn accept_wallet_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::set_wallet(signed(alice()), gone, charlie(), None));
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::accept_wallet(signed(charlie()), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
		assert_noop!(Agents::accept_wallet(RuntimeOrigin::root(), gone), BadOrigin);
	});
}
