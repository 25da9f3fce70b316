//! The registry of agents.

use super::{runtime, runtime::runtime_types as types, Block, Call, Error};
use crate::{amount::Amount, digest::Hash};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::{
	aitbc_core::ids::{AgentId, CardHash},
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

impl From<Kind> for generated::AgentKind {
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

impl From<generated::AgentKind> for Kind {
	fn from(kind: generated::AgentKind) -> Self {
		use generated::AgentKind::*;
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
}

impl fmt::Display for Status {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Registered => "registered",
			Self::Active => "active",
			Self::Inactive => "inactive",
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
	/// Where its card can be read.
	pub card_uri: String,
	/// What the card must hash to.
	pub card_hash: Hash,
	/// What is held for storage.
	pub deposit: Amount,
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

/// Some agents, and where the list goes on.
#[derive(Clone, Debug, Serialize)]
pub struct Page {
	/// The agents.
	pub agents: Vec<Agent>,
	/// The last one looked at, if there are more.
	pub next: Option<u64>,
}

/// What registering takes from the owner.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Cost {
	/// What does not come back.
	pub fee: Amount,
	/// What is held at risk.
	pub bond: Amount,
	/// What is held for storage.
	pub deposit: Amount,
}

impl From<generated::AgentInfo<AccountId32>> for Agent {
	fn from(info: generated::AgentInfo<AccountId32>) -> Self {
		Self {
			agent: info.agent.0,
			kind: info.kind.into(),
			status: match info.status {
				generated::Lifecycle::Registered => Status::Registered,
				generated::Lifecycle::Active => Status::Active,
				generated::Lifecycle::Inactive => Status::Inactive,
			},
			owner: info.owner,
			wallet: info.wallet,
			proposed_wallet: info.proposed_wallet,
			// The chain takes URIs in the characters of RFC 3986 only, which are ASCII.
			card_uri: String::from_utf8_lossy(&info.card_uri).into_owned(),
			card_hash: Hash(info.card_hash.0 .0),
			deposit: Amount(info.deposit),
			bond: Amount(info.bond),
			wallet_nonce: info.wallet_nonce.0,
			registered_at: info.registered_at,
		}
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
	Ok(leaving.await?.map(|leaving| LeavingAgent {
		agent,
		owner: leaving.owner,
		bond: Amount(leaving.bond),
		bond_until: leaving.until,
	}))
}

/// Reads up to `limit` agents, of `owner` or of all, from the one after `after` on.
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
			return Ok(page);
		}
	}
}

/// What registering with a card URI of this length costs now.
pub async fn registration_cost(block: &Block, uri: &str) -> Result<Cost, Error> {
	let length = u32::try_from(uri.len()).unwrap_or(u32::MAX);
	let cost = block.call(runtime::runtime_apis().agents_api().registration_cost(length)).await?;
	Ok(Cost { fee: Amount(cost.fee), bond: Amount(cost.bond), deposit: Amount(cost.deposit) })
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

fn card_hash(hash: Hash) -> CardHash {
	CardHash(hash.0.into())
}
