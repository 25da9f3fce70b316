//! `aitbc agent capabilities`: what an agent offers, and on what terms.

use super::{Attachment, Target};
use crate::{
	amount::Amount,
	chain::{
		agents,
		capabilities::{self, Capability, Terms},
		tags::{self, Tag},
		Block,
	},
	commands::{tag::TagName, Context},
	decimal::Decimal,
	digest::HashOrFile,
	error::Error,
	output::{or_dash, table, Report},
	transaction::TransactionArgs,
	version::Version,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::collections::BTreeMap;

/// What can be done with capabilities.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List what an agent offers
	List {
		#[command(flatten)]
		target: Target,
	},

	/// Offer something, or offer it on other terms, as the agent's owner
	// Its `--version` is that of what is offered.
	#[command(disable_version_flag = true)]
	Set(SetArgs),

	/// Offer something no longer, as the agent's owner: the deposit comes back
	Remove {
		#[command(flatten)]
		target: Target,

		/// What is offered: name or id of a tag
		#[arg(long)]
		tag: TagName,

		#[command(flatten)]
		transaction: TransactionArgs,
	},
}

/// What is offered on what terms.
#[derive(Debug, Args)]
pub struct SetArgs {
	#[command(flatten)]
	target: Target,

	/// What is offered: name or id of a tag
	#[arg(long)]
	tag: TagName,

	/// Which version of it
	#[arg(long, value_name = "MAJOR.MINOR", default_value = "1.0")]
	version: Version,

	/// How well, on the tag's scale
	#[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
	performance: Decimal,

	/// The price of one unit of the tag
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	price: Amount,

	/// How many units of the tag the agent can take at once
	#[arg(long, value_name = "COUNT", default_value_t = 1)]
	capacity: u32,

	/// Hash of the parameters under which it is offered, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	parameters: Option<HashOrFile>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List { target } => list(target.agent, context).await,
		Command::Set(args) => set(args, context).await,
		Command::Remove { target, tag, transaction } => {
			let sender = context.sender(&transaction)?;
			let chain = context.connect().await?;
			let tag = tag.find(&chain.best().await?).await?.tag;
			let call = capabilities::remove(target.agent, tag);
			context.send_to(&chain, &sender, &call).await
		},
	}
}

async fn list(agent: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	agents::agent(&block, agent).await?.ok_or(Error::AgentNotFound(agent))?;
	let capabilities = offered(&block, agent).await?;
	context.print(&ListReport { agent, capabilities }, Some(block.id))
}

async fn set(args: SetArgs, context: &Context) -> Result<(), Error> {
	let terms = Terms {
		version: args.version,
		performance: args.performance,
		price: args.price,
		capacity: args.capacity,
		parameters: args.parameters.map(HashOrFile::hash).transpose()?,
	};
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let tag = args.tag.find(&block).await?.tag;
	let deposit =
		Attachment { what: "capability", deposit: agents::capability_deposit(&block).await? };
	let call = capabilities::set(args.target.agent, tag, terms);
	context.send_knowing(&chain, &sender, &call, deposit).await
}

/// A capability with the name of its tag.
#[derive(Clone, Debug, Serialize)]
pub struct Offered {
	#[serde(flatten)]
	capability: Capability,
	tag_name: Option<String>,
	unit: Option<String>,
}

/// What `agent` offers.
pub async fn offered(block: &Block, agent: u64) -> Result<Vec<Offered>, Error> {
	let capabilities = capabilities::capabilities(block, agent).await?;
	let tags = tags::by_id(block, capabilities.iter().map(|one| one.tag)).await?;
	Ok(capabilities.into_iter().map(|capability| Offered::new(capability, &tags)).collect())
}

impl Offered {
	fn new(capability: Capability, tags: &BTreeMap<u32, Tag>) -> Self {
		let tag = tags.get(&capability.tag);
		Self {
			tag_name: tag.map(|tag| tag.name.clone()),
			unit: tag.map(|tag| tag.unit.clone()),
			capability,
		}
	}
}

#[derive(Serialize)]
struct ListReport {
	agent: u64,
	capabilities: Vec<Offered>,
}

impl Report for ListReport {
	const KIND: &'static str = "agent.capabilities";

	fn text(&self) -> String {
		offered_text(&self.capabilities)
	}
}

/// Capabilities for people.
pub fn offered_text(offered: &[Offered]) -> String {
	let rows = offered.iter().map(|one| {
		let terms = one.capability.terms;
		let unit = one.unit.as_deref().filter(|unit| !unit.is_empty()).unwrap_or("unit");
		[
			one.tag_name.clone().unwrap_or_else(|| one.capability.tag.to_string()),
			terms.version.to_string(),
			terms.performance.to_string(),
			format!("{} per {unit}", terms.price),
			terms.capacity.to_string(),
			or_dash(terms.parameters),
		]
	});
	let titles = ["capability", "version", "performance", "price", "capacity", "parameters"];
	table(titles, rows)
}
