//! `aitbc agent register`, `update`, `info` and `list`: who there is.

use super::{
	capability::{offered, offered_text, Offered},
	metadata::{metadata_text, Entry},
	reputation::score_text,
	Target,
};
use crate::{
	chain::{
		agents::{self, Agent, Kind, LeavingAgent, Metadata, Page},
		capabilities::{self, Row},
		network,
		reputation::{self, Score},
		tags::Tag,
		validations,
		work::{self, OpenWork},
		Block, Chain,
	},
	commands::{tag::TagName, Context, Limit},
	digest::Hash,
	error::Error,
	keys::AccountName,
	output::{fields, or_dash, table, Report},
	terminal,
	transaction::{Sender, Sent, TransactionArgs, Wait, Written},
};
use aitbc_core::time::SLOT_MILLIS;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

/// How many agents are asked for at once where some are left out.
const PAGE: u32 = 100;

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

/// Which agents to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Only this account's
	#[arg(long, value_name = "ACCOUNT")]
	owner: Option<AccountName>,

	/// Only those that are active and offer this: name or id of a tag
	#[arg(long, value_name = "TAG", conflicts_with = "owner")]
	capability: Option<TagName>,

	/// Only those that do this for a living
	#[arg(long)]
	kind: Option<Kind>,

	/// Go on where the last page ended: the number that it named
	#[arg(long, value_name = "NUMBER")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Registers an agent, and says about it what it was told to.
pub async fn register(args: RegisterArgs, context: &Context) -> Result<(), Error> {
	if !args.metadata.is_empty() && args.transaction.wait == Wait::None {
		return Err(Error::MetadataWithoutWait);
	}
	let hash = args.card.content.hash()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let cost = agents::registration_cost(&chain.best().await?, &args.card.uri).await?;
	terminal::note(format!(
		"registering costs {}, and holds {} at risk and {} for storage",
		cost.fee, cost.bond, cost.deposit
	));
	let call = agents::register(args.kind, &args.card.uri, hash);
	match sender.send(&chain, &call).await? {
		Sent::DryRun(dry_run) => {
			if !args.metadata.is_empty() {
				terminal::note("its metadata would follow, once the agent has its id");
			}
			context.print(&dry_run, None)
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
	let call = agents::update(args.target.agent, &args.card.uri, hash);
	context.send(&args.transaction, &call).await
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
	let leaving = agents::leaving_agent(&block, id).await?;
	let leaving = leaving.ok_or(Error::AgentNotFound(id))?;
	context.print(&LeavingReport { leaving, active_block }, Some(block.id))
}

/// Lists agents.
pub async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let owner = args.owner.map(|owner| owner.resolve(&folder)).transpose()?;
	let block = context.connect().await?.best().await?;
	let limit = args.limit.limit;
	let next = match (args.capability, args.kind) {
		(Some(tag), kind) => {
			let tag = tag.find(&block).await?;
			let page = offers(&block, tag, kind, args.after, limit).await?;
			context.print(&page, Some(block.id))?;
			page.next
		},
		(None, None) => {
			let page = agents::agents(&block, owner, args.after, limit).await?;
			context.print(&page, Some(block.id))?;
			page.next
		},
		(None, Some(kind)) => {
			let page = of_kind(&block, owner, kind, args.after, limit).await?;
			context.print(&page, Some(block.id))?;
			page.next
		},
	};
	if let Some(next) = next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

/// Up to `limit` agents of one kind.
async fn of_kind(
	block: &Block,
	owner: Option<subxt::utils::AccountId32>,
	kind: Kind,
	after: Option<u64>,
	limit: u32,
) -> Result<Page, Error> {
	let mut found = Page { agents: Vec::new(), next: after };
	loop {
		let page = agents::agents(block, owner, found.next, PAGE).await?;
		found.next = page.next;
		for agent in page.agents.into_iter().filter(|agent| agent.kind == kind) {
			let id = agent.agent;
			found.agents.push(agent);
			if found.agents.len() >= limit as usize {
				// More may follow on this page already.
				found.next = Some(id);
				return Ok(found);
			}
		}
		if found.next.is_none() {
			return Ok(found);
		}
	}
}

/// Up to `limit` active agents that offer `tag`, from the place `from` in its index on.
async fn offers(
	block: &Block,
	tag: Tag,
	kind: Option<Kind>,
	from: Option<u64>,
	limit: u32,
) -> Result<OfferPage, Error> {
	// Places are numbers of 32 bits: there is nothing from a greater one on.
	let mut place = u32::try_from(from.unwrap_or_default()).unwrap_or(u32::MAX);
	let mut found = OfferPage { offers: Vec::new(), next: None, tag };
	loop {
		let page = capabilities::rows(block, found.tag.tag, Some(place), PAGE).await?;
		for row in page.rows {
			place = place.saturating_add(1);
			let Some(agent) = agents::agent(block, row.agent).await? else { continue };
			if kind.is_some_and(|kind| kind != agent.kind) {
				continue;
			}
			found.offers.push(Offer { row, kind: agent.kind, live: agent.live });
			if found.offers.len() >= limit as usize {
				found.next = (place < found.tag.agents).then_some(place.into());
				return Ok(found);
			}
		}
		match page.next {
			Some(next) => place = next,
			None => return Ok(found),
		}
	}
}

/// An agent that offers what is looked for.
#[derive(Serialize)]
struct Offer {
	#[serde(flatten)]
	row: Row,
	kind: Kind,
	live: bool,
}

/// Some offers, and where the list goes on.
#[derive(Serialize)]
struct OfferPage {
	tag: Tag,
	offers: Vec<Offer>,
	next: Option<u64>,
}

impl Report for OfferPage {
	const KIND: &'static str = "agent.offers";

	fn text(&self) -> String {
		let rows = self.offers.iter().map(|Offer { row, kind, live }| {
			[
				row.agent.to_string(),
				kind.to_string(),
				if *live { "yes" } else { "no" }.to_owned(),
				row.version.to_string(),
				self.tag.value_at(row.performance).to_string(),
				row.price.to_string(),
				row.capacity.to_string(),
				row.lower_bound.short(),
			]
		});
		let titles =
			["agent", "kind", "live", "version", "performance", "price", "capacity", "reputation"];
		table(titles, rows)
	}
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
fn duration(blocks: u32) -> String {
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
				if agent.live { "yes" } else { "no" }.to_owned(),
				agent.owner.to_string(),
				agent.card_uri.clone(),
			]
		});
		table(["agent", "kind", "status", "live", "owner", "card"], rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::amount::Amount;

	#[test]
	fn durations_should_be_shown_in_the_unit_that_fits() {
		for (blocks, text) in
			[(0, "about 0 s"), (39, "about 117 s"), (40, "about 2 min"), (28_800, "about 24 h")]
		{
			assert_eq!(duration(blocks), text);
		}
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
