//! The registry of agents.

use super::{runtime, runtime::runtime_types as types, Block, Call, Error};
use crate::{amount::Amount, card::CardKey, decimal::Share, digest::Hash};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::{
	aitbc_core::{
		agent::AgentKind,
		ids::{AgentId, CardHash},
	},
	pallet_agents::types as generated,
	sp_runtime::MultiSignature,
};

/// What an agent does for a living. It is fixed at registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
	/// Answers by running a model
	AiModel,
	/// Sells data
	DataProvider,
	/// Checks the work of others
	Validator,
	/// Quotes prices on both sides
	MarketMaker,
	/// Brings clients and providers together
	Broker,
	/// Brings facts from outside onto the chain
	Oracle,
	/// Rents out compute
	Provider,
	/// Carries out operations on infrastructure
	Executor,
}

impl From<Kind> for AgentKind {
	fn from(kind: Kind) -> Self {
		match kind {
			Kind::AiModel => Self::AiModel,
			Kind::DataProvider => Self::DataProvider,
			Kind::Validator => Self::Validator,
			Kind::MarketMaker => Self::MarketMaker,
			Kind::Broker => Self::Broker,
			Kind::Oracle => Self::Oracle,
			Kind::Provider => Self::Provider,
			Kind::Executor => Self::Executor,
		}
	}
}

impl From<AgentKind> for Kind {
	fn from(kind: AgentKind) -> Self {
		use AgentKind::*;
		match kind {
			AiModel => Self::AiModel,
			DataProvider => Self::DataProvider,
			Validator => Self::Validator,
			MarketMaker => Self::MarketMaker,
			Broker => Self::Broker,
			Oracle => Self::Oracle,
			Provider => Self::Provider,
			Executor => Self::Executor,
		}
	}
}

impl fmt::Display for Kind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let name = match self {
			Self::AiModel => "ai-model",
			Self::DataProvider => "data-provider",
			Self::Validator => "validator",
			Self::MarketMaker => "market-maker",
			Self::Broker => "broker",
			Self::Oracle => "oracle",
			Self::Provider => "provider",
			Self::Executor => "executor",
		};
		f.pad(name)
	}
}

/// Where an agent stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
	/// Registered and never yet active.
	Registered,
	/// Takes work.
	Active,
	/// Takes no work for now.
	Inactive,
	/// Out of business, by governance or a ruling.
	Suspended,
}

impl fmt::Display for Status {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Registered => "registered",
			Self::Active => "active",
			Self::Inactive => "inactive",
			Self::Suspended => "suspended",
		})
	}
}

/// A registered agent.
#[derive(Clone, Debug, Serialize)]
pub struct Agent {
	/// Its id.
	pub agent: u64,
	/// What it does.
	pub kind: Kind,
	/// Where it stands.
	pub status: Status,
	/// Who decides about it.
	pub owner: AccountId32,
	/// Who works and is paid for it.
	pub wallet: Option<AccountId32>,
	/// Who may become its wallet.
	pub proposed_wallet: Option<AccountId32>,
	/// Who may become its owner.
	pub offered_to: Option<AccountId32>,
	/// Whether it is active and its last heartbeat has not run out.
	pub live: bool,
	/// The last active block in which it is live without another heartbeat, if it is active.
	pub live_until: Option<u32>,
	/// What its reputation is at least, as clients find it, if it is active.
	pub lower_bound: Option<Share>,
	/// Where its card can be read.
	pub card_uri: String,
	/// What the card must hash to.
	pub card_hash: Hash,
	/// The keys that sign its card.
	pub card_keys: Vec<CardKey>,
	/// How much it offers.
	pub capability_count: u32,
	/// How many entries its metadata has.
	pub metadata_count: u32,
	/// What is held for its record.
	pub deposit: Amount,
	/// What is held for its capabilities, its metadata and its card keys.
	pub attachments: Amount,
	/// What is held at risk.
	pub bond: Amount,
	/// How often its wallet has changed.
	pub wallet_nonce: u32,
	/// The block in which it was registered.
	pub registered_at: u32,
}

/// An agent that left, and whose bond is still held.
#[derive(Clone, Debug, Serialize)]
pub struct LeavingAgent {
	/// Its id.
	pub agent: u64,
	/// Who owned it.
	pub owner: AccountId32,
	/// What is held at risk.
	pub bond: Amount,
	/// From which active block on the bond may be released.
	pub bond_until: u32,
}

impl From<(AgentId, generated::LeavingAgent<AccountId32>)> for LeavingAgent {
	fn from((agent, leaving): (AgentId, generated::LeavingAgent<AccountId32>)) -> Self {
		Self {
			agent: agent.0,
			owner: leaving.owner,
			bond: Amount(leaving.bond),
			bond_until: leaving.until,
		}
	}
}

/// Some agents, and where the list goes on.
#[derive(Clone, Debug)]
pub struct Page {
	/// The agents, by their ids.
	pub agents: Vec<Agent>,
	/// The last one looked at, if there are more.
	pub next: Option<u64>,
}

/// What becoming an agent's owner holds on the account.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TakeoverCost {
	/// What is held at risk.
	pub bond: Amount,
	/// What is held for storage.
	pub deposit: Amount,
}

/// What registering takes from the owner.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RegistrationCost {
	/// What does not come back.
	pub fee: Amount,
	/// What is held at risk.
	pub bond: Amount,
	/// What is held for storage.
	pub deposit: Amount,
}

impl From<generated::AgentInfo<AccountId32>> for Agent {
	fn from(info: generated::AgentInfo<AccountId32>) -> Self {
		let is_active = matches!(info.status, generated::Lifecycle::Active);
		Self {
			agent: info.agent.0,
			kind: info.kind.into(),
			status: match info.status {
				generated::Lifecycle::Registered => Status::Registered,
				generated::Lifecycle::Active => Status::Active,
				generated::Lifecycle::Inactive => Status::Inactive,
				generated::Lifecycle::Suspended => Status::Suspended,
			},
			owner: info.owner,
			wallet: info.wallet,
			proposed_wallet: info.proposed_wallet,
			offered_to: info.offered_to,
			live: info.is_live,
			live_until: is_active.then_some(info.live_until),
			lower_bound: is_active.then_some(Share(info.lower_bound.0)),
			// The chain takes URIs in the characters of RFC 3986 only, which are ASCII.
			card_uri: String::from_utf8_lossy(&info.card_uri).into_owned(),
			card_hash: Hash(info.card_hash.0 .0),
			card_keys: info.card_keys.into_iter().map(CardKey::from).collect(),
			capability_count: info.capabilities,
			metadata_count: info.metadata_entries,
			deposit: Amount(info.deposit),
			attachments: Amount(info.attachments),
			bond: Amount(info.bond),
			wallet_nonce: info.wallet_nonce.0,
			registered_at: info.registered_at,
		}
	}
}

impl From<generated::CardKey> for CardKey {
	fn from(key: generated::CardKey) -> Self {
		match key {
			generated::CardKey::Ed25519(bytes) => Self::Ed25519(bytes),
			generated::CardKey::P256(bytes) => Self::P256(bytes),
			generated::CardKey::Secp256k1(bytes) => Self::Secp256k1(bytes),
		}
	}
}

impl From<CardKey> for generated::CardKey {
	fn from(key: CardKey) -> Self {
		match key {
			CardKey::Ed25519(bytes) => Self::Ed25519(bytes),
			CardKey::P256(bytes) => Self::P256(bytes),
			CardKey::Secp256k1(bytes) => Self::Secp256k1(bytes),
		}
	}
}

/// An entry of an agent's metadata.
#[derive(Clone, Debug, Serialize)]
pub struct Metadata {
	/// What it is about.
	pub key: String,
	/// What it says, if that is text.
	pub text: Option<String>,
	/// What it says, as bytes.
	pub bytes: String,
}

impl Metadata {
	fn new((key, value): (Vec<u8>, Vec<u8>)) -> Self {
		Self {
			// The chain takes keys in printable ASCII only.
			key: String::from_utf8_lossy(&key).into_owned(),
			bytes: format!("0x{}", hex::encode(&value)),
			text: String::from_utf8(value).ok().filter(|text| !text.contains(char::is_control)),
		}
	}

	/// What it says, for people.
	pub fn shown(&self) -> &str {
		self.text.as_deref().unwrap_or(&self.bytes)
	}
}

/// Reads a registered agent.
pub async fn agent(block: &Block, agent: u64) -> Result<Option<Agent>, Error> {
	let info = block.call(runtime::runtime_apis().agents_api().agent(AgentId(agent))).await?;
	Ok(info.map(Agent::from))
}

/// Reads an agent that left.
pub async fn leaving_agent(block: &Block, agent: u64) -> Result<Option<LeavingAgent>, Error> {
	let leaving = block.option(runtime::storage().agents().leaving_agents(), (AgentId(agent),));
	Ok(leaving.await?.map(|leaving| (AgentId(agent), leaving).into()))
}

/// Reads all agents that left, of `owner` or of all, by their ids. Each of them has a bond held, so
/// that there cannot be many.
pub async fn leaving_agents(
	block: &Block,
	owner: Option<AccountId32>,
) -> Result<Vec<LeavingAgent>, Error> {
	let entries = block.entries(runtime::storage().agents().leaving_agents()).await?;
	let leaving = entries.into_iter().map(|((agent,), leaving)| (agent, leaving).into());
	let is_wanted = |one: &LeavingAgent| owner.is_none_or(|owner| one.owner == owner);
	let mut leaving: Vec<_> = leaving.filter(is_wanted).collect();
	leaving.sort_by_key(|one| one.agent);
	Ok(leaving)
}

/// Reads up to `limit` agents, of `owner` or of all, from the one after `after` on. Pages of all
/// agents follow their ids, those of an owner the order of storage.
pub async fn agents(
	block: &Block,
	owner: Option<AccountId32>,
	after: Option<u64>,
	limit: u32,
) -> Result<Page, Error> {
	let mut page = Page { agents: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.agents.len()).unwrap_or(u32::MAX);
		let (after, missing) = (page.next.map(AgentId), limit.saturating_sub(read));
		let api = runtime::runtime_apis().agents_api();
		let more = match owner {
			Some(owner) => block.call(api.agents_of(owner, after, missing)).await?,
			None => block.call(api.agents(after, missing)).await?,
		};
		page.agents.extend(more.agents.into_iter().map(Agent::from));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.agents.len() >= limit as usize {
			page.agents.sort_by_key(|agent| agent.agent);
			return Ok(page);
		}
	}
}

/// What registering with a card URI of this length costs now.
pub async fn registration_cost(block: &Block, uri: &str) -> Result<RegistrationCost, Error> {
	let length = u32::try_from(uri.len()).unwrap_or(u32::MAX);
	let cost = block.call(runtime::runtime_apis().agents_api().registration_cost(length)).await?;
	Ok(RegistrationCost {
		fee: Amount(cost.fee),
		bond: Amount(cost.bond),
		deposit: Amount(cost.deposit),
	})
}

/// What becoming the owner of `agent` holds, as it stands in this block. Its card keys and their
/// deposits stay behind.
pub async fn takeover_cost(block: &Block, agent: &Agent) -> Result<TakeoverCost, Error> {
	let keys = runtime::storage().agents().card_keys();
	let keys = block.value(keys, (AgentId(agent.agent),)).await?;
	let of_keys = keys.0.iter().fold(0, |sum: u128, key| sum.saturating_add(key.deposit));
	let deposit = agent.deposit.0.saturating_add(agent.attachments.0).saturating_sub(of_keys);
	Ok(TakeoverCost { bond: agent.bond, deposit: Amount(deposit) })
}

/// What is held for a capability, now.
pub async fn capability_deposit(block: &Block) -> Result<Amount, Error> {
	let api = runtime::runtime_apis().agents_api();
	Ok(Amount(block.call(api.capability_deposit()).await?))
}

/// What is held for a metadata entry, now.
pub async fn metadata_deposit(block: &Block, key: &str, value: &[u8]) -> Result<Amount, Error> {
	let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
	let api = runtime::runtime_apis().agents_api();
	let deposit = api.metadata_deposit(length(key.as_bytes()), length(value));
	Ok(Amount(block.call(deposit).await?))
}

/// What is held for a card key, now.
pub async fn card_key_deposit(block: &Block) -> Result<Amount, Error> {
	let api = runtime::runtime_apis().agents_api();
	Ok(Amount(block.call(api.card_key_deposit()).await?))
}

/// The bytes that `wallet` has to sign to work for `agent`, or none if there is no such agent.
pub async fn wallet_payload(
	block: &Block,
	agent: u64,
	wallet: AccountId32,
	deadline: u32,
) -> Result<Option<Vec<u8>>, Error> {
	let api = runtime::runtime_apis().agents_api();
	block.call(api.wallet_payload(AgentId(agent), wallet, deadline)).await
}

/// Reads the metadata of `agent`, by its keys.
pub async fn metadata(block: &Block, agent: u64) -> Result<Vec<Metadata>, Error> {
	let api = runtime::runtime_apis().agents_api();
	let mut entries = block.call(api.metadata(AgentId(agent))).await?;
	entries.sort();
	Ok(entries.into_iter().map(Metadata::new).collect())
}

/// Registers an agent.
pub fn register(kind: Kind, uri: &str, hash: Hash) -> impl Call {
	runtime::transactions().agents().register(kind.into(), uri.into(), card_hash(hash))
}

/// Replaces an agent's card.
pub fn update(agent: u64, uri: &str, hash: Hash) -> impl Call {
	runtime::transactions().agents().update(AgentId(agent), uri.into(), card_hash(hash))
}

/// Gives an agent a wallet, at once with the wallet's signature and the last active block at which
/// that counts; without, once the wallet has accepted.
pub fn set_wallet(agent: u64, wallet: AccountId32, proof: Option<([u8; 64], u32)>) -> impl Call {
	let proof = proof.map(|(signature, deadline)| generated::WalletProof {
		signature: MultiSignature::Sr25519(signature),
		deadline,
	});
	runtime::transactions().agents().set_wallet(AgentId(agent), wallet, proof)
}

/// Becomes an agent's wallet.
pub fn accept_wallet(agent: u64) -> impl Call {
	runtime::transactions().agents().accept_wallet(AgentId(agent))
}

/// Takes its wallet from an agent.
pub fn remove_wallet(agent: u64) -> impl Call {
	runtime::transactions().agents().remove_wallet(AgentId(agent))
}

/// Lets an agent take work.
pub fn activate(agent: u64) -> impl Call {
	runtime::transactions().agents().activate(AgentId(agent))
}

/// Lets an agent take no more work.
pub fn deactivate(agent: u64) -> impl Call {
	runtime::transactions().agents().deactivate(AgentId(agent))
}

/// Takes an agent out of the registry.
pub fn deregister(agent: u64) -> impl Call {
	runtime::transactions().agents().deregister(AgentId(agent))
}

/// Gives the bond of an agent that left back to its owner.
pub fn release_bond(agent: u64) -> impl Call {
	runtime::transactions().agents().release_bond(AgentId(agent))
}

/// Shows that an agent is there.
pub fn heartbeat(agent: u64) -> impl Call {
	runtime::transactions().agents().heartbeat(AgentId(agent))
}

/// Lets what clients find of an agent follow its reputation.
pub fn refresh(agent: u64) -> impl Call {
	runtime::transactions().agents().refresh(AgentId(agent))
}

/// Takes an agent out of business.
pub fn suspend(agent: u64) -> impl Call {
	runtime::transactions().agents().suspend(AgentId(agent))
}

/// Lets a suspended agent go back into business.
pub fn reinstate(agent: u64) -> impl Call {
	runtime::transactions().agents().reinstate(AgentId(agent))
}

/// Offers an agent to somebody, or takes the offer back.
pub fn offer_transfer(agent: u64, to: Option<AccountId32>) -> impl Call {
	runtime::transactions().agents().offer_transfer(AgentId(agent), to)
}

/// Becomes the owner of an agent.
pub fn accept_transfer(agent: u64) -> impl Call {
	runtime::transactions().agents().accept_transfer(AgentId(agent))
}

/// Lets an agent's metadata say something.
pub fn set_metadata(agent: u64, key: &str, value: Vec<u8>) -> impl Call {
	runtime::transactions().agents().set_metadata(AgentId(agent), key.into(), value)
}

/// Removes what an agent's metadata says.
pub fn remove_metadata(agent: u64, key: &str) -> impl Call {
	runtime::transactions().agents().remove_metadata(AgentId(agent), key.into())
}

/// Says that a key signs an agent's card.
pub fn add_card_key(agent: u64, key: CardKey) -> impl Call {
	runtime::transactions().agents().add_card_key(AgentId(agent), key.into())
}

/// Says that a key no longer signs an agent's card.
pub fn remove_card_key(agent: u64, key: CardKey) -> impl Call {
	runtime::transactions().agents().remove_card_key(AgentId(agent), key.into())
}

fn card_hash(hash: Hash) -> CardHash {
	CardHash(hash.0.into())
}
