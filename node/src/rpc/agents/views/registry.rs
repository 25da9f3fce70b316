//! Agents, their metadata, tags, and what registering costs.

use crate::rpc::{
	accounts::Accounts,
	format::{ascii, hexadecimal, Bytes, Number, Plancks, Share},
};
use aitbc_core::{AgentId, AgentKind, CardHash, TagId, TagUse};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_agents::types::{self as chain, Lifecycle};
use serde::Serialize;

/// A registered agent.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
	agent: AgentId,
	owner: String,
	kind: &'static str,
	card: Card,
	card_keys: Vec<CardKey>,
	status: &'static str,
	wallet: Option<String>,
	proposed_wallet: Option<String>,
	wallet_nonce: u32,
	offered_to: Option<String>,
	deposit: Plancks,
	bond: Plancks,
	attachments: Plancks,
	registered_at: BlockNumber,
	capabilities: u32,
	metadata_entries: u32,
	is_live: bool,
	/// Null unless the agent is active.
	live_until: Option<BlockNumber>,
	/// Null unless the agent is active.
	lower_bound: Option<Share>,
}

/// Where an agent's card can be read, and what it must hash to there.
#[derive(Clone, Debug, Serialize)]
struct Card {
	uri: String,
	hash: CardHash,
}

/// A key that signs cards.
#[derive(Clone, Debug, Serialize)]
struct CardKey {
	#[serde(rename = "type")]
	scheme: &'static str,
	key: String,
}

/// A metadata entry.
#[derive(Clone, Debug, Serialize)]
pub struct Metadata {
	key: Bytes,
	value: Bytes,
}

/// A tag of the tag registry.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
	tag: TagId,
	name: String,
	unit: String,
	purpose: &'static str,
	min: Number,
	max: Number,
	is_retired: bool,
	active_agents: u32,
}

/// What registering takes from the owner's free balance.
#[derive(Clone, Debug, Serialize)]
pub struct RegistrationCost {
	fee: Plancks,
	bond: Plancks,
	deposit: Plancks,
}

impl Agent {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::AgentInfo<AccountId>, accounts: &Accounts) -> Self {
		let show = |account: Option<AccountId>| account.map(|account| accounts.show(&account));
		let is_active = info.status == Lifecycle::Active;
		Self {
			agent: info.agent,
			owner: accounts.show(&info.owner),
			kind: kind(info.kind),
			card: Card { uri: ascii(info.card_uri), hash: info.card_hash },
			card_keys: info.card_keys.into_iter().map(Into::into).collect(),
			status: status(info.status),
			wallet: show(info.wallet),
			proposed_wallet: show(info.proposed_wallet),
			wallet_nonce: info.wallet_nonce.0,
			offered_to: show(info.offered_to),
			deposit: Plancks(info.deposit),
			bond: Plancks(info.bond),
			attachments: Plancks(info.attachments),
			registered_at: info.registered_at,
			capabilities: info.capabilities,
			metadata_entries: info.metadata_entries,
			is_live: info.is_live,
			live_until: is_active.then_some(info.live_until),
			lower_bound: is_active.then_some(Share(info.lower_bound)),
		}
	}
}

/// Shows `agents`.
pub fn agents(agents: Vec<chain::AgentInfo<AccountId>>, accounts: &Accounts) -> Vec<Agent> {
	agents.into_iter().map(|info| Agent::new(info, accounts)).collect()
}

impl From<chain::CardKey> for CardKey {
	fn from(key: chain::CardKey) -> Self {
		let (scheme, key) = match &key {
			chain::CardKey::Ed25519(key) => ("ed25519", &key[..]),
			chain::CardKey::P256(key) => ("p256", &key[..]),
			chain::CardKey::Secp256k1(key) => ("secp256k1", &key[..]),
		};
		Self { scheme, key: hexadecimal(key) }
	}
}

impl From<(Vec<u8>, Vec<u8>)> for Metadata {
	fn from((key, value): (Vec<u8>, Vec<u8>)) -> Self {
		Self { key: key.into(), value: value.into() }
	}
}

impl From<chain::TagInfo> for Tag {
	fn from(info: chain::TagInfo) -> Self {
		Self {
			tag: info.tag,
			name: ascii(info.name),
			unit: ascii(info.unit),
			purpose: purpose(info.rule.purpose),
			min: Number(info.rule.scale.min()),
			max: Number(info.rule.scale.max()),
			is_retired: info.rule.is_retired,
			active_agents: info.rows,
		}
	}
}

impl From<chain::RegistrationCost> for RegistrationCost {
	fn from(cost: chain::RegistrationCost) -> Self {
		Self { fee: Plancks(cost.fee), bond: Plancks(cost.bond), deposit: Plancks(cost.deposit) }
	}
}

fn kind(kind: AgentKind) -> &'static str {
	match kind {
		AgentKind::AiModel => "aiModel",
		AgentKind::DataProvider => "dataProvider",
		AgentKind::Validator => "validator",
		AgentKind::MarketMaker => "marketMaker",
		AgentKind::Broker => "broker",
		AgentKind::Oracle => "oracle",
		AgentKind::Provider => "provider",
		AgentKind::Executor => "executor",
	}
}

fn status(status: Lifecycle) -> &'static str {
	match status {
		Lifecycle::Registered => "registered",
		Lifecycle::Active => "active",
		Lifecycle::Inactive => "inactive",
		Lifecycle::Suspended => "suspended",
	}
}

fn purpose(purpose: TagUse) -> &'static str {
	match purpose {
		TagUse::Capability => "capability",
		TagUse::Quality => "quality",
		TagUse::Feedback => "feedback",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{Decimal, Hash, Scale, TagRule};
	use pallet_agents::types::WalletNonce;
	use serde_json::{json, to_value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie};
	use sp_runtime::Perbill;

	fn info(status: Lifecycle) -> chain::AgentInfo<AccountId> {
		chain::AgentInfo {
			agent: AgentId(7),
			owner: Alice.to_account_id(),
			kind: AgentKind::AiModel,
			card_uri: b"https://a.example/card.json".to_vec(),
			card_hash: CardHash(Hash::repeat_byte(1)),
			status,
			wallet: Some(Bob.to_account_id()),
			proposed_wallet: None,
			wallet_nonce: WalletNonce(2),
			deposit: 806_000_000_000,
			bond: 100_000_000_000_000,
			registered_at: 12,
			attachments: 5,
			capabilities: 1,
			metadata_entries: 3,
			card_keys: vec![chain::CardKey::Ed25519([2; 32]), chain::CardKey::P256([3; 33])],
			is_live: status == Lifecycle::Active,
			live_until: 99,
			lower_bound: Perbill::from_parts(961_538_461),
			offered_to: Some(Charlie.to_account_id()),
		}
	}

	fn json_of(status: Lifecycle) -> serde_json::Value {
		to_value(Agent::new(info(status), &Accounts::with_prefix(42))).expect("an agent is JSON")
	}

	#[test]
	fn agents_should_keep_their_golden_form() {
		assert_eq!(
			json_of(Lifecycle::Active),
			json!({
				"agent": 7,
				"owner": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				"kind": "aiModel",
				"card": {
					"uri": "https://a.example/card.json",
					"hash": format!("0x{}", "01".repeat(32)),
				},
				"cardKeys": [
					{ "type": "ed25519", "key": format!("0x{}", "02".repeat(32)) },
					{ "type": "p256", "key": format!("0x{}", "03".repeat(33)) },
				],
				"status": "active",
				"wallet": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
				"proposedWallet": null,
				"walletNonce": 2,
				"offeredTo": "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y",
				"deposit": "806000000000",
				"bond": "100000000000000",
				"attachments": "5",
				"registeredAt": 12,
				"capabilities": 1,
				"metadataEntries": 3,
				"isLive": true,
				"liveUntil": 99,
				"lowerBound": "0.961538461",
			})
		);
	}

	#[test]
	fn agents_should_show_no_liveness_when_they_are_not_active() {
		for status in [Lifecycle::Registered, Lifecycle::Inactive, Lifecycle::Suspended] {
			let json = json_of(status);
			assert_eq!((&json["liveUntil"], &json["lowerBound"]), (&json!(null), &json!(null)));
		}
	}

	#[test]
	fn names_of_kinds_and_states_should_keep_their_golden_form() {
		use AgentKind::*;
		let kinds =
			[AiModel, DataProvider, Validator, MarketMaker, Broker, Oracle, Provider, Executor];
		assert_eq!(
			kinds.map(kind),
			[
				"aiModel",
				"dataProvider",
				"validator",
				"marketMaker",
				"broker",
				"oracle",
				"provider",
				"executor"
			]
		);
		let states =
			[Lifecycle::Registered, Lifecycle::Active, Lifecycle::Inactive, Lifecycle::Suspended];
		assert_eq!(states.map(status), ["registered", "active", "inactive", "suspended"]);
	}

	#[test]
	fn metadata_should_show_bytes_that_are_no_text() {
		let json = to_value(Metadata::from((b"logo".to_vec(), vec![0xff]))).expect("it is JSON");

		assert_eq!(
			json,
			json!({
				"key": { "hex": "0x6c6f676f", "text": "logo" },
				"value": { "hex": "0xff", "text": null },
			})
		);
	}

	#[test]
	fn tags_should_keep_their_golden_form() {
		let (min, max) = (Decimal { value: -5, decimals: 1 }, Decimal::whole(100));
		let info = chain::TagInfo {
			tag: TagId(4),
			name: b"data.feed".to_vec(),
			unit: b"request".to_vec(),
			rule: TagRule {
				purpose: TagUse::Capability,
				scale: Scale::new(min, max).expect("a valid scale"),
				is_retired: false,
			},
			rows: 2,
		};

		assert_eq!(
			to_value(Tag::from(info)).expect("a tag is JSON"),
			json!({
				"tag": 4,
				"name": "data.feed",
				"unit": "request",
				"purpose": "capability",
				"min": "-0.5",
				"max": "100",
				"isRetired": false,
				"activeAgents": 2,
			})
		);
	}

	#[test]
	fn costs_should_keep_their_golden_form() {
		let cost = chain::RegistrationCost { fee: 1, bond: 2, deposit: 3 };

		assert_eq!(
			to_value(RegistrationCost::from(cost)).expect("a cost is JSON"),
			json!({ "fee": "1", "bond": "2", "deposit": "3" })
		);
	}
}
