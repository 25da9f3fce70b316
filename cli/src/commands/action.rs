//! `aitbc action`: operations that are recommended, approved, carried out, and looked back at.

mod governing;
pub mod naming;
mod showing;

use super::{Context, Limit};
use crate::{
	amount::Amount,
	chain::{
		actions::{self, Action, Kind, Recommendation, Target},
		audit::AnsweredAt,
		Call, Chain,
	},
	digest::{Hash, HashOrFile},
	error::Error,
	time::Period,
	transaction::TransactionArgs,
};
use aitbc_telemetry::Series;
use clap::{Args, Subcommand};
use naming::{CallName, KindName, ModelName, Setting, TargetName};
use serde::Serialize;
use std::fmt;

/// What can be done about actions.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show what stops actions, who may approve, and on which terms
	Status,

	/// Show the catalogue: the kinds of actions that there are
	Kinds,

	/// Show a kind, and what came of its actions, by model
	Kind {
		/// Its name or id
		kind: KindName,
	},

	/// List actions, newest first
	List(ListArgs),

	/// Show an action
	Show {
		/// The action's id
		action: u64,
	},

	/// Recommend an action, with a deposit, as an agent's wallet that governance admitted or as the
	/// target's operator
	Recommend(Box<RecommendArgs>),

	/// Approve an action, as an approver or as the target's operator
	Approve(ApproveArgs),

	/// Stop an action that waits, as an approver, its target's operator, or who recommended it
	Veto(VetoArgs),

	/// Have the chain make the call of an action that is verified, as anybody
	Perform(OneArgs),

	/// Say that an action that waits is spam, as an approver: it loses its deposit if enough say so
	Spam(OneArgs),

	/// Show a target: who operates it, who carries actions out on it, and what stops that
	Target {
		/// `network`, `agent:7`, or a validator's stash
		target: TargetName,
	},

	/// Name the agent that carries actions out on a target, as its operator
	Bind(BindArgs),

	/// Stop actions on a target, or let them go on, as its operator
	Brake(BrakeArgs),

	#[command(flatten)]
	Govern(governing::Command),
}

/// Which actions.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Those on it: `network`, `agent:7`, or a validator's stash
	#[arg(long)]
	target: Option<TargetName>,

	/// Only those that have not ended
	#[arg(long)]
	open: bool,

	#[command(flatten)]
	limit: Limit,
}

/// What is recommended.
#[derive(Debug, Args)]
pub struct RecommendArgs {
	/// Name or id of the kind; see `aitbc action kinds`
	kind: KindName,

	/// What it is done to: `network`, `agent:7`, or a validator's stash
	#[arg(long)]
	target: TargetName,

	/// A parameter of the kind, such as `service=node`
	#[arg(long = "set", value_name = "NAME=VALUE")]
	settings: Vec<Setting>,

	/// A parameter of what reverses it, if the kind can be reversed
	#[arg(long = "rollback-set", value_name = "NAME=VALUE")]
	rollback: Vec<Setting>,

	/// The call, if the kind is one of the chain: `pause:PALLET.CALL`, `unpause:PALLET.CALL`, or the bytes
	/// of any as `0x` and hexadecimal digits
	#[arg(long, value_name = "CALL")]
	call: Option<CallName>,

	/// The call that reverses it [default: `unpause` what is paused, and the other way round]
	#[arg(long, value_name = "CALL")]
	rollback_call: Option<CallName>,

	/// Where your reasons can be read
	#[arg(long, value_name = "URI")]
	rationale: String,

	/// Hash of your reasons, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	rationale_hash: HashOrFile,

	/// What had the idea, with its version: `watcher@3`
	#[arg(long, value_name = "NAME@VERSION")]
	model: ModelName,

	/// How sure it is, from 0 to 100
	#[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
	confidence: u8,

	/// The telemetry report that led to it
	#[arg(long)]
	report: Option<u64>,

	/// The series that is to get better, `finality-lag` or `block-time`: needed if the kind can be reversed
	#[arg(long)]
	series: Option<Series>,

	/// How long it may wait to be carried out [default: as long as the kind allows]
	#[arg(long, value_name = "PERIOD")]
	expires_in: Option<Period>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which action is approved.
#[derive(Debug, Args)]
pub struct ApproveArgs {
	/// The action's id
	action: u64,

	/// The hash of the order that you have looked at [default: that of the action as it is now]
	#[arg(long, value_name = "HASH")]
	hash: Option<Hash>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which action is stopped, and why.
#[derive(Debug, Args)]
pub struct VetoArgs {
	/// The action's id
	action: u64,

	/// Hash of your reason, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	reason: HashOrFile,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which action.
#[derive(Debug, Args)]
pub struct OneArgs {
	/// The action's id
	action: u64,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Who carries actions out, on what.
#[derive(Debug, Args)]
pub struct BindArgs {
	/// `agent:7`, or a validator's stash; `network` as the network's sudo key
	target: TargetName,

	#[command(flatten)]
	executor: ExecutorChoice,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// An agent or none.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct ExecutorChoice {
	/// Id of the agent; its kind is executor
	#[arg(long, value_name = "AGENT")]
	executor: Option<u64>,

	/// Nobody any more
	#[arg(long)]
	none: bool,
}

/// A switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
	/// It is so
	On,
	/// It is not so
	Off,
}

/// On what.
#[derive(Debug, Args)]
pub struct BrakeArgs {
	/// `agent:7`, or a validator's stash; `network` as the network's sudo key
	target: TargetName,

	/// Whether actions are stopped
	switch: Switch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status => showing::status(context).await,
		Command::Kinds => showing::kinds(context).await,
		Command::Kind { kind } => showing::show_kind(&kind, context).await,
		Command::List(args) => showing::list(args, context).await,
		Command::Show { action } => showing::show(action, context).await,
		Command::Recommend(args) => recommend(*args, context).await,
		Command::Approve(args) => approve(args, context).await,
		Command::Veto(args) => {
			let call = actions::veto(args.action, args.reason.hash()?);
			context.send(&args.transaction, &call).await
		},
		Command::Perform(args) => perform(args, context).await,
		Command::Spam(args) => {
			context.send(&args.transaction, &actions::declare_spam(args.action)).await
		},
		Command::Target { target } => showing::show_target(&target, context).await,
		Command::Bind(args) => {
			let target = args.target.resolve(&context.keys()?)?;
			let call = actions::bind_executor(&target, args.executor.executor);
			send_as_operator(&target, &args.transaction, &call, context).await
		},
		Command::Brake(args) => {
			let target = args.target.resolve(&context.keys()?)?;
			let call = actions::set_brake(&target, args.switch == Switch::On);
			send_as_operator(&target, &args.transaction, &call, context).await
		},
		Command::Govern(command) => governing::run(command, context).await,
	}
}

/// Sends a call that only who operates `target` may make: for the network, the sudo key.
async fn send_as_operator(
	target: &Target,
	transaction: &TransactionArgs,
	call: &impl Call,
	context: &Context,
) -> Result<(), Error> {
	if *target == Target::Network {
		return governing::send(transaction, call, context).await;
	}
	context.send(transaction, call).await
}

/// The kind of that name or id, as the catalogue has it now.
async fn find_kind(chain: &Chain, name: &KindName) -> Result<Kind, Error> {
	let kinds = actions::kinds(chain).await?.result;
	let found = kinds.into_iter().find(|kind| name.is_of(kind));
	found.ok_or_else(|| Error::KindNotFound(name.to_string()))
}

/// The action with this id.
async fn find(chain: &Chain, id: u64) -> Result<(AnsweredAt, Action), Error> {
	let answer = actions::action(chain, id, None).await?;
	Ok((answer.block, answer.result.ok_or(Error::ActionNotFound(id))?))
}

/// What a recommendation puts at risk.
#[derive(Clone, Copy, Debug, Serialize)]
struct AtRisk {
	/// What is held until the action ends, and lost if approvers call it spam.
	deposit: Amount,
}

impl fmt::Display for AtRisk {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"{} are held until the action ends; they are lost if enough approvers call it spam",
			self.deposit
		)
	}
}

async fn recommend(args: RecommendArgs, context: &Context) -> Result<(), Error> {
	let target = args.target.resolve(&context.keys()?)?;
	let rationale = args.rationale_hash.hash()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let (block, kind) = (chain.best().await?, find_kind(&chain, &args.kind).await?);
	let proposal = naming::proposal(&kind, &args.settings, args.call.as_ref(), &block)?;
	let rollback = match kind.reversible_by {
		Some(_) if args.series.is_none() => return Err(Error::SeriesMissing(kind.name)),
		Some(id) => {
			let reversal = find_kind(&chain, &KindName::Id(id)).await?;
			let call = args.rollback_call.or_else(|| args.call?.reverse());
			Some(naming::proposal(&reversal, &args.rollback, call.as_ref(), &block)?)
		},
		None if args.rollback.is_empty() && args.rollback_call.is_none() => None,
		None => return Err(Error::NotReversible(kind.name)),
	};
	let status = actions::status(&chain).await?;
	let most = Period(kind.time_to_live);
	let waits = args.expires_in.unwrap_or(most).0.min(most.0);
	// A block less, because the block that has it is a later one than this.
	let expires = status.block.height.saturating_add(waits);
	let ModelName { name, version } = args.model;
	let call = actions::recommend(Recommendation {
		kind: kind.kind,
		target,
		proposal,
		rollback,
		uri: args.rationale,
		rationale,
		model: name,
		model_version: version,
		confidence: args.confidence,
		report: args.report,
		series: args.series,
		expires,
	});
	let at_risk = AtRisk { deposit: status.result.deposit };
	context.send_knowing(&chain, &sender, &call, at_risk).await
}

async fn approve(args: ApproveArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let (_, action) = find(&chain, args.action).await?;
	let hash = args.hash.unwrap_or(action.hash);
	let kinds = actions::kinds(&chain).await?.result;
	let words = naming::in_words(&action, &kinds, &chain.best().await?);
	crate::terminal::note(format!("action {}: {words}", action.action));
	context.send_to(&chain, &sender, &actions::approve(args.action, hash)).await
}

async fn perform(args: OneArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let (_, action) = find(&chain, args.action).await?;
	let bytes = naming::call_of(&action.work).ok_or(Error::NotACall(args.action))?;
	let unknown = || Error::UnknownCall(format!("0x{}", hex::encode(&bytes)));
	let call = chain.best().await?.read_call(&bytes).ok_or_else(unknown)?;
	context.send_to(&chain, &sender, &actions::perform(args.action, call)).await
}
