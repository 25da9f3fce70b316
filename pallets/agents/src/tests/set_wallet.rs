use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AccountId, AgentId};
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use sp_core::{ecdsa, ed25519, Pair, H256};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{
	traits::{BadOrigin, IdentifyAccount},
	ArithmeticError, MultiSignature, MultiSigner,
};

/// What Charlie has to sign to work for `agent` of Alice, with the nonce 0, until now.
fn payload(agent: AgentId) -> WalletPayload<AccountId, H256> {
	WalletPayload {
		domain: WALLET_DOMAIN,
		genesis_hash: System::block_hash(0),
		agent,
		owner: alice(),
		wallet: charlie(),
		nonce: WalletNonce(0),
		deadline: Now::get(),
	}
}

#[test]
fn set_wallet_should_take_effect_at_once_when_the_wallet_signed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let before = record(agent);
		let holds = held(&alice());
		let proof = Some(proof_over(&payload(agent).encode(), Key::Charlie, Now::get()));

		let events = events_of(|| Agents::set_wallet(signed(alice()), agent, charlie(), proof));

		let nonce = WalletNonce(1);
		assert_eq!(record(agent), Agent { wallet_nonce: nonce, ..before });
		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), Some(agent));
		assert_eq!(held(&alice()), holds);
		let event = Event::WalletSet { agent, wallet: charlie(), replaced: None, nonce };
		assert_eq!(events, [event]);
	});
}

#[test]
fn set_wallet_should_take_the_proof_when_a_browser_extension_wrapped_the_bytes() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let wrapped = [b"<Bytes>", &payload(agent).encode()[..], b"</Bytes>"].concat();
		let proof = Some(proof_over(&wrapped, Key::Charlie, Now::get()));

		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), proof));

		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
	});
}

#[test]
fn set_wallet_should_take_the_proof_when_it_is_by_ed25519_or_ecdsa() {
	ExtBuilder.build_and_execute(|| {
		let edwards = ed25519::Pair::from_seed(&[3; 32]);
		let koblitz = ecdsa::Pair::from_seed(&[4; 32]);
		type Sign = Box<dyn Fn(&[u8]) -> MultiSignature>;
		let (by_edwards, by_koblitz) = (edwards.public(), koblitz.public());
		let keys: [(MultiSigner, Sign); 2] = [
			(by_edwards.into(), Box::new(move |bytes| edwards.sign(bytes).into())),
			(by_koblitz.into(), Box::new(move |bytes| koblitz.sign(bytes).into())),
		];

		for (signer, sign) in keys {
			let (agent, wallet) = (register(alice()), signer.into_account());
			let payload = WalletPayload { wallet: wallet.clone(), ..payload(agent) };
			let proof = WalletProof { signature: sign(&payload.encode()), deadline: Now::get() };
			assert_ok!(Agents::set_wallet(signed(alice()), agent, wallet.clone(), Some(proof)));
			assert_eq!(Wallets::<Test>::get(agent), Some(wallet));
		}
	});
}

#[test]
fn set_wallet_should_replace_wallet_and_proposal_when_the_agent_has_them() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::set_wallet(signed(alice()), agent, bob(), None));
		BusyAgents::set(&vec![agent]);
		let proof = Some(proof(agent, Key::Dave, Now::get()));

		let events = events_of(|| Agents::set_wallet(signed(alice()), agent, dave(), proof));

		assert_eq!(Wallets::<Test>::get(agent), Some(dave()));
		assert_eq!(AgentOfWallet::<Test>::get(dave()), Some(agent));
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), None);
		assert_eq!(ProposedWallets::<Test>::get(agent), None);
		assert_eq!(record(agent).status, Lifecycle::Active);
		let nonce = WalletNonce(2);
		let event = Event::WalletSet { agent, wallet: dave(), replaced: Some(charlie()), nonce };
		assert_eq!(events, [event]);
	});
}

#[test]
fn set_wallet_should_only_propose_when_there_is_no_proof() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);
		assert_ok!(Agents::set_wallet(signed(alice()), agent, bob(), None));

		let events = events_of(|| Agents::set_wallet(signed(alice()), agent, dave(), None));

		assert_eq!(ProposedWallets::<Test>::get(agent), Some(dave()));
		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
		assert_eq!(AgentOfWallet::<Test>::get(dave()), None);
		assert_eq!(record(agent), before);
		assert_eq!(events, [Event::WalletProposed { agent, wallet: dave() }]);
	});
}

#[test]
fn set_wallet_should_fail_when_the_proof_is_for_something_else() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let other_agent = register(alice());
		let right = payload(agent);
		for wrong in [
			WalletPayload { domain: *b"aitbc/agents/wallet/2", ..right.clone() },
			WalletPayload { genesis_hash: H256::repeat_byte(1), ..right.clone() },
			WalletPayload { agent: other_agent, ..right.clone() },
			WalletPayload { owner: bob(), ..right.clone() },
			WalletPayload { wallet: dave(), ..right.clone() },
			WalletPayload { nonce: WalletNonce(1), ..right.clone() },
			WalletPayload { deadline: right.deadline + 1, ..right.clone() },
		] {
			let proof = Some(proof_over(&wrong.encode(), Key::Charlie, right.deadline));
			let call = Agents::set_wallet(signed(alice()), agent, charlie(), proof);
			assert_noop!(call, Error::<Test>::ProofInvalid);
		}
	});
}

#[test]
fn set_wallet_should_fail_when_another_key_signed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let by_owner = Some(proof_over(&payload(agent).encode(), Key::Alice, Now::get()));

		let call = Agents::set_wallet(signed(alice()), agent, charlie(), by_owner);
		assert_noop!(call, Error::<Test>::ProofInvalid);
	});
}

#[test]
fn set_wallet_should_fail_when_the_wrapping_is_incomplete() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let half_wrapped = [b"<Bytes>", &payload(agent).encode()[..]].concat();
		let proof = Some(proof_over(&half_wrapped, Key::Charlie, Now::get()));

		let call = Agents::set_wallet(signed(alice()), agent, charlie(), proof);
		assert_noop!(call, Error::<Test>::ProofInvalid);
	});
}

#[test]
fn set_wallet_should_fail_when_the_deadline_has_passed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let proof = Some(proof(agent, Key::Charlie, Now::get()));
		Now::set(&(Now::get() + 1));

		let call = Agents::set_wallet(signed(alice()), agent, charlie(), proof);
		assert_noop!(call, Error::<Test>::ProofExpired);
	});
}

#[test]
fn set_wallet_should_fail_when_the_proof_was_used_before() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let proof = Some(proof(agent, Key::Charlie, Now::get()));
		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), proof.clone()));
		assert_ok!(Agents::remove_wallet(signed(charlie()), agent));

		let call = Agents::set_wallet(signed(alice()), agent, charlie(), proof);
		assert_noop!(call, Error::<Test>::ProofInvalid);
	});
}

#[test]
fn set_wallet_should_fail_when_the_wallet_changed_since_the_proof_was_made() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let stale = Some(proof(agent, Key::Charlie, Now::get()));
		give_wallet(alice(), agent, dave());

		let call = Agents::set_wallet(signed(alice()), agent, charlie(), stale);
		assert_noop!(call, Error::<Test>::ProofInvalid);
	});
}

#[test]
fn set_wallet_should_fail_when_the_wallet_is_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());

		for proof in [None, Some(proof(agent, Key::Alice, Now::get()))] {
			let call = Agents::set_wallet(signed(alice()), agent, alice(), proof);
			assert_noop!(call, Error::<Test>::WalletIsOwner);
		}
	});
}

#[test]
fn set_wallet_should_fail_when_the_wallet_serves_an_agent_already() {
	ExtBuilder.build_and_execute(|| {
		let (served, other) = (working_agent(), register(bob()));

		for (owner, agent) in [(alice(), served), (bob(), other)] {
			for proof in [None, Some(proof(agent, Key::Charlie, Now::get()))] {
				let call = Agents::set_wallet(signed(owner.clone()), agent, charlie(), proof);
				assert_noop!(call, Error::<Test>::WalletInUse);
			}
		}
	});
}

#[test]
fn set_wallet_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::set_wallet(signed(alice()), agent, charlie(), None);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}

#[test]
fn set_wallet_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			let proof = Some(proof(agent, Key::Dave, Now::get()));
			let call = Agents::set_wallet(signed(caller), agent, dave(), proof);
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		assert_noop!(Agents::set_wallet(RuntimeOrigin::none(), agent, dave(), None), BadOrigin);
	});
}

#[test]
fn set_wallet_should_fail_when_all_nonces_are_used_up() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let used_up = Agent { wallet_nonce: WalletNonce(u32::MAX), ..record(agent) };
		crate::Agents::<Test>::insert(agent, used_up);
		let proof = Some(proof(agent, Key::Charlie, Now::get()));

		let call = Agents::set_wallet(signed(alice()), agent, charlie(), proof);
		assert_noop!(call, ArithmeticError::Overflow);
	});
}
