//! The bytes that clients, indexers and other releases rely on. A change here needs a migration.

use crate::{mock::*, *};
use aitbc_core::{AgentId, CardHash};
use codec::{Decode, Encode};
use hex_literal::hex;
use sp_core::H256;

/// Checks that `value` encodes as `bytes`, and that the bytes read back as it.
fn assert_golden<V: Encode + Decode + PartialEq + core::fmt::Debug>(value: V, bytes: &[u8]) {
	assert_eq!(value.encode(), bytes);
	assert_eq!(V::decode(&mut &bytes[..]).as_ref(), Ok(&value));
}

#[test]
fn enums_should_keep_their_golden_encoding() {
	for (kind, index) in [
		(AgentKind::AiModel, 0),
		(AgentKind::DataProvider, 1),
		(AgentKind::Validator, 2),
		(AgentKind::MarketMaker, 3),
		(AgentKind::Broker, 4),
		(AgentKind::Oracle, 5),
		(AgentKind::Provider, 6),
		(AgentKind::Executor, 7),
	] {
		assert_golden(kind, &[index]);
	}
	let lifecycle = [Lifecycle::Registered, Lifecycle::Active, Lifecycle::Inactive];
	for (status, index) in lifecycle.into_iter().zip(0..) {
		assert_golden(status, &[index]);
	}
	assert_golden(HoldReason::Deposit, &[0]);
	assert_golden(HoldReason::Bond, &[1]);
}

#[test]
fn agent_should_keep_its_golden_encoding() {
	let agent = Agent::<Test> {
		owner: [0xaa; 32].into(),
		kind: AgentKind::Oracle,
		card: card(b"a:b", 0xbb),
		status: Lifecycle::Inactive,
		deposit: 1,
		bond: 0x0203,
		wallet_nonce: WalletNonce(4),
		registered_at: 0x0506,
	};
	let bytes = hex!(
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" // owner
		"05"                                                               // kind
		"0c613a62"                                                         // URI
		"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" // hash
		"02"                                                               // status
		"01000000000000000000000000000000"                                 // deposit
		"03020000000000000000000000000000"                                 // bond
		"04000000"                                                         // nonce
		"06050000"                                                         // block
	);
	assert_golden(agent, &bytes);
}

#[test]
fn leaving_agent_should_keep_its_golden_encoding() {
	let leaving = LeavingAgent { owner: [0xaa_u8; 32], bond: 0x0102, until: 3 };
	let bytes = hex!(
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"02010000000000000000000000000000"
		"03000000"
	);
	assert_golden(leaving, &bytes);
}

#[test]
fn storage_should_stand_under_its_golden_keys() {
	ExtBuilder.build_and_execute(|| {
		let (agent, account) = (AgentId(1), alice());
		let twox_agent =
			[sp_io::hashing::twox_64(&agent.encode()).to_vec(), agent.encode()].concat();
		let blake_account =
			[sp_io::hashing::blake2_128(&account.encode()).to_vec(), account.encode()].concat();
		let key = |item: &[u8], rest: &[u8]| {
			let prefix =
				[sp_io::hashing::twox_128(b"Agents"), sp_io::hashing::twox_128(item)].concat();
			[prefix, rest.to_vec()].concat()
		};

		assert_eq!(NextAgentId::<Test>::hashed_key().to_vec(), key(b"NextAgentId", &[]));
		for (stored, item) in [
			(crate::Agents::<Test>::hashed_key_for(agent), b"Agents".as_slice()),
			(Wallets::<Test>::hashed_key_for(agent), b"Wallets"),
			(ProposedWallets::<Test>::hashed_key_for(agent), b"ProposedWallets"),
			(LeavingAgents::<Test>::hashed_key_for(agent), b"LeavingAgents"),
		] {
			assert_eq!(stored, key(item, &twox_agent));
		}
		let stored = AgentOfWallet::<Test>::hashed_key_for(&account);
		assert_eq!(stored, key(b"AgentOfWallet", &blake_account));
		let stored = AgentsByOwner::<Test>::hashed_key_for(&account, agent);
		assert_eq!(stored, key(b"AgentsByOwner", &[blake_account, twox_agent].concat()));
	});
}

#[test]
fn wallet_payload_should_keep_its_golden_encoding() {
	let payload = WalletPayload {
		domain: WALLET_DOMAIN,
		genesis_hash: H256::repeat_byte(0x11),
		agent: AgentId(0x0203),
		owner: [0xaa_u8; 32],
		wallet: [0xbb_u8; 32],
		nonce: WalletNonce(4),
		deadline: 0x0506,
	};
	let bytes = hex!(
		"61697462632f6167656e74732f77616c6c65742f31" // aitbc/agents/wallet/1
		"1111111111111111111111111111111111111111111111111111111111111111"
		"0302000000000000"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
		"04000000"
		"06050000"
	);
	assert_eq!(payload.encode(), bytes);
}

#[test]
fn calls_should_keep_their_golden_encoding() {
	let (agent, hash) = (AgentId(1), CardHash(H256::repeat_byte(0xbb)));
	let uri = b"a:b".to_vec();
	let id = hex!("0100000000000000");
	let card = [hex!("0c613a62").as_slice(), &[0xbb; 32]].concat();
	let kind = AgentKind::DataProvider;
	let wallet = aitbc_core::AccountId::new([0xaa; 32]);
	for (call, bytes) in [
		(Call::register { kind, uri: uri.clone(), hash }, [&[0, 1], &card[..]].concat()),
		(Call::update { agent, uri, hash }, [&[1], &id[..], &card].concat()),
		(
			Call::set_wallet { agent, wallet, proof: None },
			[&[2], &id[..], &[0xaa; 32], &[0]].concat(),
		),
		(Call::accept_wallet { agent }, [&[3], &id[..]].concat()),
		(Call::remove_wallet { agent }, [&[4], &id[..]].concat()),
		(Call::activate { agent }, [&[5], &id[..]].concat()),
		(Call::deactivate { agent }, [&[6], &id[..]].concat()),
		(Call::deregister { agent }, [&[7], &id[..]].concat()),
		(Call::release_bond { agent }, [&[8], &id[..]].concat()),
	] {
		assert_golden::<Call<Test>>(call, &bytes);
	}
}
