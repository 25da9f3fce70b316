//! `aitbc agent`: who works on this chain, what they offer, and what they are worth.

mod capability;
mod card;
mod heartbeat;
mod leaving;
mod list;
mod matching;
mod metadata;
mod monitor;
mod rating;
mod registry;
mod reputation;
mod transfer;
mod wallet;

use super::Context;
use crate::{
	amount::Amount,
	chain::{agents, Call},
	error::Error,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt;

pub use leaving::leaving_text;

/// What can be done with agents.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Register an agent; the sender becomes its owner
	///
	/// Needs a card, and money of the sender: a fee that does not come back, a bond that is at risk as
	/// long as the agent lives and some time longer, and a deposit. `--dry-run` says how much.
	Register(registry::RegisterArgs),

	/// Replace an agent's card, as its owner
	///
	/// Needs the owner's key and the new card. The deposit follows the length of the card's address.
	Update(registry::UpdateArgs),

	/// Show all there is about an agent
	///
	/// Needs the agent's id and no key. Of an agent that left, it tells how its bond comes back.
	Info {
		#[command(flatten)]
		target: Target,
	},

	/// List agents, those that left included until their bonds are released
	///
	/// Needs no key. The agents come by their ids.
	List(list::ListArgs),

	/// Find the live agents that fit a job best
	///
	/// Needs a tag, see `aitbc tag list`, and the highest price; no key. Who sends no heartbeats is not
	/// found.
	// Its `--version` is that of a capability.
	#[command(disable_version_flag = true)]
	Match(matching::MatchArgs),

	/// Watch agents, block by block
	///
	/// Needs an agent's id or an owner, and no key. Ends on Ctrl-C and SIGTERM, or with `--once`.
	Monitor(monitor::MonitorArgs),

	/// Name the account that works and is paid for an agent, as its owner
	SetWallet(wallet::SetWalletArgs),

	/// Become an agent's wallet, as the account that its owner proposed
	AcceptWallet(Action),

	/// Take the wallet from an agent, as its owner or as the wallet
	RemoveWallet(Action),

	/// Replace a wallet whose key is lost or known to others, as the agent's owner
	///
	/// Needs the owner's key and the new one, which signs its consent; not the old one. Id, status,
	/// capabilities and reputation stay. Contracts that name the old wallet go on paying it.
	RotateKey(wallet::RotateKeyArgs),

	/// Let an agent take work, as its owner
	Activate(Action),

	/// Let an agent take no more work for now, as its owner
	Deactivate(Action),

	/// Show that an agent is there, once or again and again, as its owner or wallet
	///
	/// Needs an active agent, and the key of its owner, of its wallet, or of a proxy with `--for`. Each
	/// heartbeat costs a fee.
	Heartbeat(heartbeat::HeartbeatArgs),

	/// Let what clients find of an agent follow its reputation, as anybody
	Refresh(Action),

	/// What an agent offers
	///
	/// Offering needs the owner's key, or that of a proxy with `--for`, and a tag, see `aitbc tag list`;
	/// looking needs no key.
	#[command(subcommand)]
	Capabilities(capability::Command),

	/// Whatever else an owner says about an agent
	#[command(subcommand)]
	Metadata(metadata::Command),

	/// The keys that sign an agent's card
	#[command(subcommand)]
	CardKey(card::KeyCommand),

	/// Check that a card is the one its agent registered, and that its card keys signed it
	///
	/// Needs the card's file, and the agent's id or `--offline`; no key. Ends with exit code 7 if the
	/// card does not pass.
	VerifyCard(card::VerifyArgs),

	/// Sign a card, as clients of A2A check it, and write it with its signature
	SignCard(card::SignArgs),

	/// Show what an agent's work is worth
	///
	/// Needs the agent's id and no key.
	Reputation(reputation::ReputationArgs),

	/// List what was said about an agent
	Feedback(reputation::FeedbackArgs),

	/// Rate an agent for a settled contract, as the other side of it
	Rate(rating::RateArgs),

	/// Take feedback back, as its author
	RevokeFeedback(rating::RevokeArgs),

	/// Answer feedback, as the rated agent's owner or wallet
	Respond(rating::RespondArgs),

	/// Remove old or revoked feedback and get the deposit back, as its author or who answered it
	EraseFeedback(rating::EraseArgs),

	/// Give an agent to another owner, who has to accept
	#[command(subcommand)]
	Transfer(transfer::Command),

	/// Take an agent out of business, as the network's sudo key
	Suspend(Action),

	/// Let a suspended agent go back into business, as the network's sudo key
	Reinstate(Action),

	/// Take an agent out of the registry for good, as its owner
	///
	/// Needs the owner's key, and that the agent owes no work. Its deposits come back at once. Its bond
	/// stays held and at risk for some time: `--dry-run` says until when, and `aitbc agent
	/// release-bond` gives it back then.
	Deregister(Action),

	/// Give the bond of an agent that left back to its owner when its time has come, as anybody
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

/// What is held on an agent's owner for something that is attached to the agent.
#[derive(Clone, Copy, Debug, Serialize)]
struct Attachment {
	#[serde(skip)]
	what: &'static str,
	/// What is held for its storage.
	deposit: Amount,
}

impl fmt::Display for Attachment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { what, deposit } = self;
		write!(f, "a {what} holds {deposit} on the agent's owner for storage until it is removed")
	}
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Register(args) => registry::register(args, context).await,
		Command::Update(args) => registry::update(args, context).await,
		Command::Info { target } => registry::info(target.agent, context).await,
		Command::List(args) => list::run(args, context).await,
		Command::Match(args) => matching::run(args, context).await,
		Command::Monitor(args) => monitor::run(args, context).await,
		Command::SetWallet(args) => wallet::set(args, context).await,
		Command::AcceptWallet(action) => act(action, agents::accept_wallet, context).await,
		Command::RemoveWallet(action) => act(action, agents::remove_wallet, context).await,
		Command::RotateKey(args) => wallet::rotate(args, context).await,
		Command::Activate(action) => act(action, agents::activate, context).await,
		Command::Deactivate(action) => act(action, agents::deactivate, context).await,
		Command::Heartbeat(args) => heartbeat::run(args, context).await,
		Command::Refresh(action) => act(action, agents::refresh, context).await,
		Command::Capabilities(command) => capability::run(command, context).await,
		Command::Metadata(command) => metadata::run(command, context).await,
		Command::CardKey(command) => card::keys(command, context).await,
		Command::VerifyCard(args) => card::verify(args, context).await,
		Command::SignCard(args) => card::sign(&args, context),
		Command::Reputation(args) => reputation::score(args, context).await,
		Command::Feedback(args) => reputation::feedback(args, context).await,
		Command::Rate(args) => rating::rate(args, context).await,
		Command::RevokeFeedback(args) => rating::revoke(&args, context).await,
		Command::Respond(args) => rating::respond(args, context).await,
		Command::EraseFeedback(args) => rating::erase(args, context).await,
		Command::Transfer(command) => transfer::run(command, context).await,
		Command::Suspend(action) => govern(action, agents::suspend, context).await,
		Command::Reinstate(action) => govern(action, agents::reinstate, context).await,
		Command::Deregister(action) => leaving::deregister(action, context).await,
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

/// The same with the rights of the network itself.
async fn govern<C: Call>(
	action: Action,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let sent = sender.send_as_sudo(&chain, &make(action.target.agent)).await?;
	context.print_sent(sent)
}
