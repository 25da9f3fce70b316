//! `aitbc agent`: the registry of agents.

use super::Context;
use crate::{
	card,
	chain::{
		agents::{self, Agent, Kind, LeavingAgent, Page},
		network, Call, Chain,
	},
	digest::Hash,
	error::Error,
	keys::{AccountName, SignerName},
	output::{fields, or_dash, table, Report},
	terminal,
	time::Period,
	transaction::{Sent, TransactionArgs, Written},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;

/// What can be done with agents.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Register an agent; the sender becomes its owner
	Register {
		/// What it does for a living
		#[arg(long)]
		kind: Kind,

		#[command(flatten)]
		card: CardArgs,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Replace an agent's card, as its owner
	Update {
		#[command(flatten)]
		target: Target,

		#[command(flatten)]
		card: CardArgs,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Show an agent
	Info {
		#[command(flatten)]
		target: Target,
	},

	/// List agents
	List(ListArgs),

	/// Name the account that works and is paid for an agent, as its owner
	SetWallet(SetWalletArgs),

	/// Become an agent's wallet, as the account that its owner proposed
	AcceptWallet(Action),

	/// Take the wallet from an agent, as its owner or as the wallet
	RemoveWallet(Action),

	/// Let an agent take work, as its owner
	Activate(Action),

	/// Let an agent take no more work for now, as its owner
	Deactivate(Action),

	/// Take an agent out of the registry for good, as its owner
	Deregister(Action),

	/// Give the bond of an agent that left back to its owner
	ReleaseBond(Action),
}

/// Which agent.
#[derive(Clone, Copy, Debug, Args)]
pub struct Target {
	/// Id of the agent
	agent: u64,
}

/// A call that needs nothing but the agent's id.
#[derive(Debug, Args)]
pub struct Action {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// An agent card.
#[derive(Debug, Args)]
pub struct CardArgs {
	/// Where the card can be read
	#[arg(long = "card", value_name = "URI")]
	uri: String,

	#[command(flatten)]
	content: CardContent,
}

/// What the card must hash to.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct CardContent {
	/// The card's hash, as 0x and 64 hexadecimal digits
	#[arg(long, value_name = "HASH")]
	card_hash: Option<Hash>,

	/// The card itself: hashed as canonical JSON (RFC 8785) without its `signatures`
	#[arg(long, value_name = "FILE")]
	card_file: Option<PathBuf>,
}

impl CardContent {
	fn hash(self) -> Result<Hash, Error> {
		match (self.card_hash, self.card_file) {
			(Some(hash), _) => Ok(hash),
			(None, file) => Ok(card::hash_file(&file.unwrap_or_default())?),
		}
	}
}

/// Which agents to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Only this account's
	#[arg(long, value_name = "ACCOUNT")]
	owner: Option<AccountName>,

	/// Go on after this agent
	#[arg(long, value_name = "AGENT")]
	after: Option<u64>,

	/// How many at most
	#[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
	limit: u32,
}

/// Which wallet an agent gets.
#[derive(Debug, Args)]
pub struct SetWalletArgs {
	#[command(flatten)]
	target: Target,

	/// The account that shall work for it; it has to accept, unless its key is given as well
	#[arg(long, value_name = "ACCOUNT")]
	wallet: AccountName,

	/// The wallet's key, which signs the proof of its consent here and now; its password is looked
	/// for where the sender's is
	#[arg(long, value_name = "KEY")]
	wallet_key: Option<SignerName>,

	/// For how long that proof counts
	#[arg(long, value_name = "TIME", default_value = "1h")]
	proof_lifetime: Period,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Register { kind, card, transaction } => {
			register(kind, card, &transaction, context).await
		},
		Command::Update { target, card, transaction } => {
			let hash = card.content.hash()?;
			let call = agents::update(target.agent, &card.uri, hash);
			context.send(&transaction, &call).await
		},
		Command::Info { target } => info(target.agent, context).await,
		Command::List(args) => list(args, context).await,
		Command::SetWallet(args) => set_wallet(args, context).await,
		Command::AcceptWallet(action) => act(action, agents::accept_wallet, context).await,
		Command::RemoveWallet(action) => act(action, agents::remove_wallet, context).await,
		Command::Activate(action) => act(action, agents::activate, context).await,
		Command::Deactivate(action) => act(action, agents::deactivate, context).await,
		Command::Deregister(action) => act(action, agents::deregister, context).await,
		Command::ReleaseBond(action) => act(action, agents::release_bond, context).await,
	}
}

/// Sends the call that `make` makes of the agent's id.
async fn act<C: Call>(
	action: Action,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	context.send(&action.transaction, &make(action.target.agent)).await
}

async fn register(
	kind: Kind,
	card: CardArgs,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let hash = card.content.hash()?;
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let cost = agents::registration_cost(&chain.best().await?, &card.uri).await?;
	terminal::note(format!(
		"registering costs {}, and holds {} at risk and {} for storage",
		cost.fee, cost.bond, cost.deposit
	));
	match sender.send(&chain, &agents::register(kind, &card.uri, hash)).await? {
		Sent::DryRun(dry_run) => context.print(&dry_run, None),
		Sent::Done { receipt, events } => {
			let agent = events.and_then(|events| events.registered_agent());
			let written = Written { agent, transactions: vec![receipt], ..Written::default() };
			context.print(&written, None)
		},
	}
}

async fn info(agent: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	if let Some(agent) = agents::agent(&block, agent).await? {
		return context.print(&agent, Some(block.id));
	}
	let leaving = agents::leaving_agent(&block, agent).await?;
	let leaving = leaving.ok_or(Error::AgentNotFound(agent))?;
	let now = network::active_clock(&block).await?.now;
	context.print(&LeavingReport { leaving, active_block: now }, Some(block.id))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let owner = args.owner.map(|owner| owner.resolve(&folder)).transpose()?;
	let block = context.connect().await?.best().await?;
	let page = agents::agents(&block, owner, args.after, args.limit).await?;
	context.print(&page, Some(block.id))?;
	if let Some(next) = page.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

async fn set_wallet(args: SetWalletArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let wallet = args.wallet.resolve(&folder)?;
	let key = args.wallet_key.as_ref();
	let signs = key.map(|key| Ok::<_, Error>((key, key.resolve(&folder)?))).transpose()?;
	if let Some((key, signs)) = signs.filter(|(_, signs)| *signs != wallet) {
		return Err(Error::NotWalletKey { key: key.to_string(), signs, wallet });
	}
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let proof = match key {
		Some(key) => {
			let key = key.unlock(&folder, &args.transaction.password)?;
			Some(sign_proof(&args, wallet, &key, &chain).await?)
		},
		None => None,
	};
	let call = agents::set_wallet(args.target.agent, wallet, proof);
	context.send_to(&chain, &sender, &call).await
}

/// Lets the wallet's key sign that it works for the agent.
async fn sign_proof(
	args: &SetWalletArgs,
	wallet: AccountId32,
	key: &Keypair,
	chain: &Chain,
) -> Result<([u8; 64], u32), Error> {
	let block = chain.best().await?;
	let deadline = network::active_clock(&block).await?.now.saturating_add(args.proof_lifetime.0);
	let payload = agents::wallet_payload(&block, args.target.agent, wallet, deadline).await?;
	let payload = payload.ok_or(Error::AgentNotFound(args.target.agent))?;
	Ok((key.sign(&payload).0, deadline))
}

impl Report for Agent {
	const KIND: &'static str = "agent.info";

	fn text(&self) -> String {
		fields([
			("agent", self.agent.to_string()),
			("kind", self.kind.to_string()),
			("status", self.status.to_string()),
			("owner", self.owner.to_string()),
			("wallet", or_dash(self.wallet)),
			("proposed wallet", or_dash(self.proposed_wallet)),
			("card", self.card_uri.clone()),
			("card hash", self.card_hash.to_string()),
			("deposit", self.deposit.to_string()),
			("bond", self.bond.to_string()),
			("wallet nonce", self.wallet_nonce.to_string()),
			("registered at", format!("block {}", self.registered_at)),
		])
	}
}

/// An agent that left, seen at a time.
#[derive(Serialize)]
struct LeavingReport {
	#[serde(flatten)]
	leaving: LeavingAgent,
	active_block: u32,
}

impl Report for LeavingReport {
	const KIND: &'static str = "agent.leaving";

	fn text(&self) -> String {
		let until = self.leaving.bond_until;
		let missing = until.saturating_sub(self.active_block);
		fields([
			("agent", self.leaving.agent.to_string()),
			("status", "deregistering".to_owned()),
			("owner", self.leaving.owner.to_string()),
			("bond", self.leaving.bond.to_string()),
			("bond until", format!("active block {until}, in {missing} blocks")),
		])
	}
}

impl Report for Page {
	const KIND: &'static str = "agent.list";

	fn text(&self) -> String {
		let rows = self.agents.iter().map(|agent| {
			[
				agent.agent.to_string(),
				agent.kind.to_string(),
				agent.status.to_string(),
				agent.owner.to_string(),
				agent.card_uri.clone(),
			]
		});
		table(["agent", "kind", "status", "owner", "card"], rows)
	}
}
