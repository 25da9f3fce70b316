//! What governance decides about actions, done by the network's sudo key where there is one. A referendum of
//! the operations track does the same: `aitbc governance propose call --track operations`.

use super::{find_kind, naming, naming::KindName, naming::Setting, Switch};
use crate::{
	chain::{
		actions::{self, KindEntry, Proposal, Scope},
		Call,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	transaction::TransactionArgs,
};
use aitbc_telemetry::Series;
use clap::{Args, Subcommand};
use serde::Deserialize;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// What governance can do.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Stop all actions, or let them go on, as the network's sudo key
	Kill(KillArgs),

	/// Let an agent recommend for any target, or not any more, as the network's sudo key
	Recommender(RecommenderArgs),

	/// Put a kind into the catalogue, or another in its place, as the network's sudo key
	SetKind(SetKindArgs),

	/// Take a kind out of the catalogue, as the network's sudo key
	RemoveKind(RemoveKindArgs),

	/// Name all who may approve, in the place of those who may now, as the network's sudo key
	SetApprovers(ApproversArgs),

	/// Say what a report of an anomaly leads to, as the network's sudo key
	SetReflex(ReflexArgs),

	/// Open a breaker by half before its time, as the network's sudo key
	OpenByHalf(OpenByHalfArgs),
}

/// On or off.
#[derive(Debug, Args)]
pub struct KillArgs {
	/// Whether all actions are stopped
	switch: Switch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Who may recommend.
#[derive(Debug, Args)]
pub struct RecommenderArgs {
	/// Id of the agent
	agent: u64,

	/// Whether it may
	switch: Switch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What the catalogue gets.
#[derive(Debug, Args)]
pub struct SetKindArgs {
	/// Its id, new or that of the kind whose place it takes
	id: u16,

	/// File with the kind: what `aitbc action kind NAME --output json` writes, changed as you like
	#[arg(long)]
	file: PathBuf,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What the catalogue loses.
#[derive(Debug, Args)]
pub struct RemoveKindArgs {
	/// Its name or id
	kind: KindName,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Who approves.
#[derive(Debug, Args)]
pub struct ApproversArgs {
	/// The accounts, each once; nobody without any
	accounts: Vec<AccountName>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What leads to what.
#[derive(Debug, Args)]
pub struct ReflexArgs {
	/// The series that is reported
	series: Series,

	/// Name or id of the kind of action on the validator that reports [default: none any more]
	#[arg(long)]
	kind: Option<KindName>,

	/// A parameter of the kind, such as `service=node`
	#[arg(long = "set", value_name = "NAME=VALUE", requires = "kind")]
	settings: Vec<Setting>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which breaker.
#[derive(Debug, Args)]
pub struct OpenByHalfArgs {
	/// That of all actions, or of a class
	scope: Scope,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Kill(args) => {
			let call = actions::set_kill_switch(args.switch == Switch::On);
			send(&args.transaction, &call, context).await
		},
		Command::Recommender(args) => {
			let call = actions::set_recommender(args.agent, args.switch == Switch::On);
			send(&args.transaction, &call, context).await
		},
		Command::SetKind(args) => {
			let call = actions::set_kind(args.id, &read_kind(&args.file)?);
			send(&args.transaction, &call, context).await
		},
		Command::RemoveKind(args) => {
			let chain = context.connect().await?;
			let call = actions::remove_kind(find_kind(&chain, &args.kind).await?.kind);
			send(&args.transaction, &call, context).await
		},
		Command::SetApprovers(args) => {
			let keys = context.keys()?;
			let accounts = args.accounts.iter().map(|name| name.resolve(&keys));
			let accounts = accounts.collect::<Result<_, _>>()?;
			send(&args.transaction, &actions::set_approvers(accounts), context).await
		},
		Command::SetReflex(args) => set_reflex(args, context).await,
		Command::OpenByHalf(args) => {
			send(&args.transaction, &actions::open_by_half(args.scope), context).await
		},
	}
}

/// Sends a call as the network's sudo key.
pub async fn send(
	transaction: &TransactionArgs,
	call: &impl Call,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(transaction)?;
	let chain = context.connect().await?;
	context.print_sent(sender.send_as_sudo(&chain, call).await?)
}

async fn set_reflex(args: ReflexArgs, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let leads_to = match &args.kind {
		None => None,
		Some(name) => {
			let kind = find_kind(&chain, name).await?;
			let proposal: Proposal =
				naming::proposal(&kind, &args.settings, None, &chain.best().await?)?;
			Some((kind.kind, proposal))
		},
	};
	send(&args.transaction, &actions::set_reflex(args.series, leads_to), context).await
}

/// The kind that is in a file.
fn read_kind(file: &Path) -> Result<KindEntry, Error> {
	/// What `kind` writes as JSON.
	#[derive(Deserialize)]
	struct Written {
		data: KindEntry,
	}

	let refuse = |reason: String| Error::BadKind { file: file.to_owned(), reason };
	let text = fs::read_to_string(file).map_err(|error| refuse(error.to_string()))?;
	let Written { data } =
		serde_json::from_str(&text).map_err(|error| refuse(error.to_string()))?;
	Ok(data)
}
