//! The bytes that clients, indexers and other releases rely on. A change here needs a migration.

use crate::{mock::*, *};
use aitbc_core::{
	AgentId, AgentKind, CardHash, Decimal, ParametersHash, Scale, TagId, TagRule, TagUse,
};
use codec::{Decode, Encode};
use hex_literal::hex;
use sp_core::H256;
use sp_runtime::Perbill;

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
	let lifecycle =
		[Lifecycle::Registered, Lifecycle::Active, Lifecycle::Inactive, Lifecycle::Suspended];
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
		attachments: 0x0708,
		capabilities: 9,
		metadata_entries: 0x0a,
		standing: Standing { live_until: 0x0b0c, lower_bound: Perbill::from_parts(0x0d0e) },
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
		"08070000000000000000000000000000"                                 // attachments
		"09000000" "0a000000"                                              // counts
		"0c0b0000" "0e0d0000"                                              // standing
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

/// Terms of which every byte can be told apart.
fn some_terms() -> CapabilityTerms {
	CapabilityTerms {
		version: CapabilityVersion { major: 0x0102, minor: 0x0304 },
		performance: Decimal { value: -2, decimals: 5 },
		price: 0x0607,
		capacity: 0x0809,
		parameters: ParametersHash(H256::repeat_byte(0xcc)),
	}
}

#[test]
fn capability_should_keep_its_golden_encoding() {
	let terms = hex!(
		"0201" "0403"                                                      // version
		"feffffffffffffffffffffffffffffff" "05"                            // performance
		"07060000000000000000000000000000"                                 // price
		"09080000"                                                         // capacity
		"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" // parameters
	);
	assert_golden(some_terms(), &terms);
	let performance = Perbill::from_parts(0x0a0b);
	let (terms_, deposit, row) = (some_terms(), 0x0c0d, Some(RowPlace(0x0e0f)));
	let capability = Capability { terms: terms_, performance, deposit, row };
	let rest = hex!(
		"0b0a0000"                         // share
		"0d0c0000000000000000000000000000" // deposit
		"01" "0f0e0000"                    // place
	);
	assert_golden(capability, &[terms.as_slice(), &rest].concat());
	let unlisted = [terms.as_slice(), &rest[..20], &[0]].concat();
	assert_golden(Capability { row: None, ..capability }, &unlisted);
}

#[test]
fn row_should_keep_its_golden_encoding() {
	let standing = Standing { live_until: 0x1011, lower_bound: Perbill::from_parts(0x1213) };
	let performance = Perbill::from_parts(0x0a0b);
	let capability = Capability { terms: some_terms(), performance, deposit: 1, row: None };
	let bytes = hex!(
		"0201000000000000"                                                 // agent
		"0201" "0403"                                                      // version
		"0b0a0000"                                                         // share
		"07060000000000000000000000000000"                                 // price
		"09080000"                                                         // capacity
		"cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" // parameters
		"11100000" "13120000"                                              // standing
	);
	assert_golden(capability.row_of(AgentId(0x0102), standing), &bytes);
}

#[test]
fn card_keys_should_keep_their_golden_encoding() {
	assert_golden(CardKey::Ed25519([7; 32]), &[&[0], &[7; 32][..]].concat());
	assert_golden(CardKey::P256([2; 33]), &[&[1], &[2; 33][..]].concat());
	assert_golden(CardKey::Secp256k1([3; 33]), &[&[2], &[3; 33][..]].concat());
	let enrolled = EnrolledKey { key: CardKey::Ed25519([7; 32]), deposit: 0x0102 };
	let deposit = hex!("02010000000000000000000000000000");
	assert_golden(enrolled, &[&[0], &[7; 32][..], &deposit].concat());
}

#[test]
fn metadata_entry_should_keep_its_golden_encoding() {
	let value = b"abc".to_vec().try_into().expect("within the bound");
	let entry = MetadataEntry::<Test> { value, deposit: 0x0102 };
	assert_golden(entry, &hex!("0c616263" "02010000000000000000000000000000"));
}

#[test]
fn tag_should_keep_its_golden_encoding() {
	let tag = Tag::<Test> {
		name: b"a.b".to_vec().try_into().expect("within the bound"),
		unit: b"%".to_vec().try_into().expect("within the bound"),
		rule: TagRule { purpose: TagUse::Quality, is_retired: true, ..rule(0, 1) },
	};
	let bytes = hex!(
		"0c612e62"                         // name
		"0425"                             // unit
		"01"                               // purpose
		"00000000000000000000000000000000" // least: 0
		"000064a7b3b6e00d0000000000000000" // greatest: 10^18
		"01"                               // retired
	);
	assert_golden(tag, &bytes);
	assert_eq!(Scale::new(Decimal::whole(0), Decimal::whole(1)), Some(rule(0, 1).scale));
}

#[test]
fn requirements_should_keep_their_golden_encoding() {
	let requirements = Requirements {
		tag: TagId(1),
		version: CapabilityVersion { major: 2, minor: 3 },
		parameters: None,
		performance: Some(Decimal::whole(4)),
		max_price: 5,
		capacity: 6,
		seed: H256::repeat_byte(7),
		start: Some(PageIndex(8)),
	};
	let bytes = hex!(
		"01000000" "0200" "0300" "00"
		"01" "04000000000000000000000000000000" "00"
		"05000000000000000000000000000000" "06000000"
		"0707070707070707070707070707070707070707070707070707070707070707"
		"01" "08000000"
	);
	assert_golden(requirements, &bytes);
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
			(CardKeys::<Test>::hashed_key_for(agent), b"CardKeys"),
			(OfferedTransfers::<Test>::hashed_key_for(agent), b"OfferedTransfers"),
		] {
			assert_eq!(stored, key(item, &twox_agent));
		}
		let stored = AgentOfWallet::<Test>::hashed_key_for(&account);
		assert_eq!(stored, key(b"AgentOfWallet", &blake_account));
		let stored = AgentsByOwner::<Test>::hashed_key_for(&account, agent);
		assert_eq!(stored, key(b"AgentsByOwner", &[blake_account, twox_agent.clone()].concat()));

		let (tag, page, name) = (TagId(2), PageIndex(3), b"name".to_vec());
		let twox = |bytes: Vec<u8>| [sp_io::hashing::twox_64(&bytes).to_vec(), bytes].concat();
		let (twox_tag, twox_page) = (twox(tag.encode()), twox(page.encode()));
		let encoded = name.encode();
		let blake_name = [sp_io::hashing::blake2_128(&encoded).to_vec(), encoded].concat();
		assert_eq!(NextTagId::<Test>::hashed_key().to_vec(), key(b"NextTagId", &[]));
		let stored = Tags::<Test>::hashed_key_for(tag);
		assert_eq!(stored, key(b"Tags", &twox_tag));
		let stored = CapabilityCounts::<Test>::hashed_key_for(tag);
		assert_eq!(stored, key(b"CapabilityCounts", &twox_tag));
		let stored = TagOfName::<Test>::hashed_key_for(tag_name(&name));
		assert_eq!(stored, key(b"TagOfName", &blake_name));
		let stored = Capabilities::<Test>::hashed_key_for(agent, tag);
		assert_eq!(stored, key(b"Capabilities", &[&twox_agent[..], &twox_tag].concat()));
		let stored = CapabilityPages::<Test>::hashed_key_for(tag, page);
		assert_eq!(stored, key(b"CapabilityPages", &[&twox_tag[..], &twox_page].concat()));
		let stored = Metadata::<Test>::hashed_key_for(agent, metadata_key(&name));
		assert_eq!(stored, key(b"Metadata", &[&twox_agent[..], &blake_name].concat()));
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
	let (tag, key) = (TagId(2), CardKey::Ed25519([7; 32]));
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
		(Call::heartbeat { agent }, [&[9], &id[..]].concat()),
		(Call::refresh { agent }, [&[10], &id[..]].concat()),
		(
			Call::set_capability { agent, tag, terms: some_terms() },
			[&[11], &id[..], &[2, 0, 0, 0], &some_terms().encode()].concat(),
		),
		(Call::remove_capability { agent, tag }, [&[12], &id[..], &[2, 0, 0, 0]].concat()),
		(
			Call::set_metadata { agent, key: b"k".to_vec(), value: b"v".to_vec() },
			[&[13], &id[..], &hex!("046b" "0476")[..]].concat(),
		),
		(
			Call::remove_metadata { agent, key: b"k".to_vec() },
			[&[14], &id[..], &[4, 0x6b]].concat(),
		),
		(Call::add_card_key { agent, key }, [&[15], &id[..], &[0], &[7; 32]].concat()),
		(Call::remove_card_key { agent, key }, [&[16], &id[..], &[0], &[7; 32]].concat()),
		(Call::offer_transfer { agent, to: None }, [&[17], &id[..], &[0]].concat()),
		(Call::accept_transfer { agent }, [&[18], &id[..]].concat()),
		(Call::suspend { agent }, [&[19], &id[..]].concat()),
		(Call::reinstate { agent }, [&[20], &id[..]].concat()),
		(
			Call::create_tag {
				name: b"n".to_vec(),
				unit: b"u".to_vec(),
				purpose: TagUse::Feedback,
				min: Decimal::whole(0),
				max: Decimal::whole(1),
			},
			[&hex!("15" "046e" "0475" "02")[..], &[0; 17], &[1], &[0; 16]].concat(),
		),
		(Call::retire_tag { tag }, vec![22, 2, 0, 0, 0]),
	] {
		assert_golden::<Call<Test>>(call, &bytes);
	}
}
