//! `aitbc agent register`, `update` and `info`: who an agent is.

use super::{
	capability::{offered, offered_text, Offered},
	leaving::LeavingReport,
	metadata::{metadata_text, Entry},
	reputation::score_text,
	Attachment, Target,
};
use crate::{
	amount::Amount,
	chain::{
		agents::{self, Agent, Kind, Metadata, RegistrationCost},
		network,
		reputation::{self, Score},
		validations,
		work::{self, OpenWork},
		Block, Chain,
	},
	commands::{Context, Foreseen},
	digest::Hash,
	error::Error,
	output::{fields, or_dash, Report},
	terminal,
	transaction::{Sender, Sent, TransactionArgs, Written},
};
use aitbc_core::time::SLOT_MILLIS;
use clap::Args;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// An agent to be registered.
#[derive(Debug, Args)]
pub struct RegisterArgs {
	/// What it does for a living
	#[arg(long)]
	kind: Kind,

	#[command(flatten)]
	card: CardArgs,

	/// What else to say about it, as KEY=VALUE; can be given again
	#[arg(long, value_name = "KEY=VALUE")]
	metadata: Vec<Entry>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A card to be replaced.
#[derive(Debug, Args)]
pub struct UpdateArgs {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	card: CardArgs,

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
			(None, file) => Ok(crate::card::hash_file(&file.unwrap_or_default())?),
		}
	}
}

/// Registers an agent, and says about it what it was told to.
pub async fn register(args: RegisterArgs, context: &Context) -> Result<(), Error> {
	if !args.metadata.is_empty() && args.transaction.is_never_seen() {
		return Err(Error::MetadataWithoutWait);
	}
	let hash = args.card.content.hash()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let consequences = Registration {
		cost: agents::registration_cost(&block, &args.card.uri).await?,
		metadata: metadata_deposit(&block, &args.metadata).await?,
	};
	terminal::note(consequences);
	let call = agents::register(args.kind, &args.card.uri, hash);
	match sender.send(&chain, &call).await? {
		Sent::DryRun(dry_run) => {
			if !args.metadata.is_empty() {
				terminal::note("its metadata would follow, once the agent has its id");
			}
			context.print(&Foreseen { dry_run, consequences }, None)
		},
		Sent::Done { receipt, events } => {
			let agent = events.and_then(|events| events.registered_agent());
			let mut written = Written { agent, transactions: vec![receipt], ..Written::default() };
			if !args.metadata.is_empty() {
				let agent = agent.ok_or(Error::NoAgentId)?;
				describe(agent, &args.metadata, &sender, &chain, &mut written).await?;
			}
			context.print(&written, None)
		},
	}
}

/// What registering takes, and saying more about the agent.
#[derive(Clone, Copy, Debug, Serialize)]
struct Registration {
	#[serde(flatten)]
	cost: RegistrationCost,
	/// What is held for its metadata, if it gets some.
	#[serde(rename = "metadata_deposit", skip_serializing_if = "Option::is_none")]
	metadata: Option<Amount>,
}

impl fmt::Display for Registration {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let RegistrationCost { fee, bond, deposit } = self.cost;
		write!(f, "registering costs {fee}, and holds {bond} at risk and {deposit} for storage")?;
		if let Some(metadata) = self.metadata {
			write!(f, ", and {metadata} for its metadata")?;
		}
		f.write_str(", until the agent leaves; the bond stays at risk some time longer")
	}
}

/// What is held for all of `entries`, if there are any.
async fn metadata_deposit(block: &Block, entries: &[Entry]) -> Result<Option<Amount>, Error> {
	let mut sum = None;
	for Entry { key, value } in entries {
		let deposit = agents::metadata_deposit(block, key, value.as_bytes()).await?;
		let Amount(others) = sum.unwrap_or_default();
		sum = Some(Amount(others.saturating_add(deposit.0)));
	}
	Ok(sum)
}

/// Sends each of `entries` as metadata of `agent`.
async fn describe(
	agent: u64,
	entries: &[Entry],
	sender: &Sender<'_>,
	chain: &Chain,
	written: &mut Written,
) -> Result<(), Error> {
	for entry in entries {
		let call = agents::set_metadata(agent, &entry.key, entry.value.clone().into_bytes());
		if let Sent::Done { receipt, .. } = sender.send(chain, &call).await? {
			written.transactions.push(receipt);
		}
	}
	Ok(())
}

/// Replaces an agent's card.
pub async fn update(args: UpdateArgs, context: &Context) -> Result<(), Error> {
	let hash = args.card.content.hash()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let cost = agents::registration_cost(&chain.best().await?, &args.card.uri).await?;
	let deposit = Attachment { what: "record with this card", deposit: cost.deposit };
	let call = agents::update(args.target.agent, &args.card.uri, hash);
	context.send_knowing(&chain, &sender, &call, deposit).await
}

/// Shows all there is about an agent.
pub async fn info(id: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let active_block = network::active_clock(&block).await?.now;
	if let Some(agent) = agents::agent(&block, id).await? {
		let subject = validations::Subject { agent: id, by: None, tag: None };
		let profile = Profile {
			capabilities: offered(&block, id).await?,
			metadata: agents::metadata(&block, id).await?,
			reputation: reputation::score(&block, id).await?,
			validations: validations::summary(&block, subject).await?,
			open_work: work::open_work(&block, &agent).await?,
			active_block,
			agent,
		};
		return context.print(&profile, Some(block.id));
	}
	let left = agents::leaving_agent(&block, id).await?.ok_or(Error::AgentNotFound(id))?;
	context.print(&LeavingReport { leaving: left, active_block }, Some(block.id))
}

/// All there is about an agent.
#[derive(Serialize)]
struct Profile {
	#[serde(flatten)]
	agent: Agent,
	capabilities: Vec<Offered>,
	metadata: Vec<Metadata>,
	reputation: Score,
	/// What the hard answers of validators about its work come to.
	validations: validations::Summary,
	open_work: OpenWork,
	active_block: u32,
}

impl Report for Profile {
	const KIND: &'static str = "agent.info";

	fn text(&self) -> String {
		let agent = &self.agent;
		let keys: Vec<_> = agent.card_keys.iter().map(ToString::to_string).collect();
		let mut rows = vec![
			("agent", agent.agent.to_string()),
			("kind", agent.kind.to_string()),
			("status", agent.status.to_string()),
			("live", liveness(agent, self.active_block)),
			("owner", agent.owner.to_string()),
			("wallet", or_dash(agent.wallet)),
		];
		rows.extend(agent.proposed_wallet.map(|one| ("proposed wallet", one.to_string())));
		rows.extend(agent.offered_to.map(|one| ("offered to", one.to_string())));
		rows.extend([
			("card", agent.card_uri.clone()),
			("card hash", agent.card_hash.to_string()),
			("card keys", if keys.is_empty() { "-".to_owned() } else { keys.join(" ") }),
			("open work", work_text(&self.open_work)),
			("validations", validations_text(&self.validations)),
			("deposit", format!("{}, and {} for what it has", agent.deposit, agent.attachments)),
			("bond", agent.bond.to_string()),
			("wallet nonce", agent.wallet_nonce.to_string()),
			("registered at", format!("block {}", agent.registered_at)),
		]);
		let mut parts = vec![fields(rows)];
		if !self.capabilities.is_empty() {
			parts.push(offered_text(&self.capabilities));
		}
		if !self.metadata.is_empty() {
			parts.push(metadata_text(&self.metadata));
		}
		parts.push(score_text(&self.reputation));
		parts.join("\n\n")
	}
}

/// Whether and how long an agent is live, for people.
pub fn liveness(agent: &Agent, now: u32) -> String {
	match agent.live_until {
		Some(until) if agent.live => {
			let left = until.saturating_sub(now);
			format!("yes, for {left} active blocks more ({})", duration(left))
		},
		Some(until) => format!("no, since active block {until}: send a heartbeat"),
		None => "no".to_owned(),
	}
}

/// How long so many active blocks take, if the chain is not paused meanwhile.
pub fn duration(blocks: u32) -> String {
	let seconds = u64::from(blocks) * SLOT_MILLIS / 1_000;
	match seconds {
		0..=119 => format!("about {seconds} s"),
		120..=7_199 => format!("about {} min", seconds / 60),
		_ => format!("about {} h", seconds / 3_600),
	}
}

/// What an agent has to do, for people.
pub fn work_text(work: &OpenWork) -> String {
	let OpenWork { contracts, amount, offered, validations } = *work;
	let parts = [
		(contracts, format!("{contracts} funded, for {amount}")),
		(offered, format!("{offered} offered")),
		(validations, format!("{validations} in validation")),
	];
	let parts: Vec<_> =
		parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect();
	if parts.is_empty() {
		"none".to_owned()
	} else {
		parts.join(", ")
	}
}

fn validations_text(summary: &validations::Summary) -> String {
	match summary.mean {
		Some(mean) => format!("{}, with a mean of {mean} of 100", summary.count),
		None => "none".to_owned(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn durations_should_be_shown_in_the_unit_that_fits() {
		for (blocks, text) in
			[(0, "about 0 s"), (39, "about 117 s"), (40, "about 2 min"), (28_800, "about 24 h")]
		{
			assert_eq!(duration(blocks), text);
		}
	}

	#[test]
	fn registration_should_say_all_that_it_takes() {
		let ait = Amount(1_000_000_000_000);
		let cost = RegistrationCost { fee: ait, bond: ait, deposit: ait };
		let bare = Registration { cost, metadata: None }.to_string();
		assert!(bare.contains("costs 1 AIT, and holds 1 AIT at risk and 1 AIT for storage, until"));
		let full = Registration { cost, metadata: Some(Amount(5)) };
		assert!(full.to_string().contains("for storage, and 5 planck for its metadata, until"));
		let json = serde_json::to_value(full).expect("it is JSON");
		assert_eq!(json["metadata_deposit"], "5");
		assert_eq!(json["bond"], "1000000000000");
	}

	#[test]
	fn open_work_should_name_what_there_is() {
		let work = OpenWork::default();
		assert_eq!(work_text(&work), "none");
		let ait = Amount(2_000_000_000_000);
		let work = OpenWork { contracts: 1, amount: ait, validations: 3, ..work };
		assert_eq!(work_text(&work), "1 funded, for 2 AIT, 3 in validation");
	}
}
