//! `aitbc offer`: what agents sell, and at what price.

mod resource;
mod search;

pub use resource::{requirement_rows, RequirementArgs};
pub use search::{scored, search};

use super::{
	returning::{self, Returns},
	tag::TagName,
	Context, Foreseen, Limit,
};
use crate::{
	amount::Amount,
	chain::{
		market::{self, Offer, OfferPage, OfferTerms, OffersOf, Sla, Unit},
		tags, Block, Call,
	},
	error::Error,
	output::{fields, table, Report},
	quantity::{Latency, Percent},
	terminal,
	transaction::{Sent, TransactionArgs, Written},
};
use clap::{Args, Subcommand};
use resource::ResourceArgs;
use serde::Serialize;
use std::{collections::BTreeMap, fmt};

/// What can be done with offers.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Offer what your agent can do, as its wallet
	///
	/// Needs the wallet's key and a tag for capabilities, see `aitbc tag list`. The terms never change:
	/// for another price, withdraw the offer and make a new one. Clients hire by it without asking, and
	/// each time your bond is held.
	Create(Box<CreateArgs>),

	/// List the offers of an agent, or of a capability
	List(ListArgs),

	/// Find the offers that meet a client's requirements, best first
	///
	/// Needs no key. Shows what each score is made of.
	Match(Box<search::MatchArgs>),

	/// Show an offer
	Show {
		#[command(flatten)]
		target: Target,
	},

	/// Take no new work by an offer for now, as the account that made it
	Pause(Action),

	/// Take new work by a paused offer again
	Resume(Action),

	/// Remove an offer by which nobody works: its deposit comes back
	///
	/// Anybody may when the offer's agent left the registry, or works under another wallet.
	Withdraw(Action),
}

/// Which offer.
#[derive(Clone, Copy, Debug, Args)]
pub struct Target {
	/// Id of the offer
	offer: u64,
}

/// A call that needs nothing but the offer's id.
#[derive(Debug, Args)]
pub struct Action {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What is offered, on what terms.
#[derive(Debug, Args)]
pub struct CreateArgs {
	/// What your agent can do: name or id of a tag
	#[arg(long, value_name = "TAG")]
	capability: TagName,

	/// What is counted
	#[arg(long)]
	unit: Unit,

	/// What a unit costs
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	price: Amount,

	/// The fewest units of a job
	#[arg(long, value_name = "COUNT", default_value_t = 1)]
	min_units: u64,

	/// The most units of a job
	#[arg(long, value_name = "COUNT")]
	max_units: u64,

	/// How many units may be in work at once, of all jobs together [default: the most of a job]
	#[arg(long, value_name = "COUNT")]
	capacity: Option<u64>,

	/// How long an answer takes at most, as `250ms` or `2s`
	#[arg(long, value_name = "TIME")]
	latency: Latency,

	/// The share of the time in which there is an answer, as `99.9%`
	#[arg(long, value_name = "PERCENT")]
	availability: Percent,

	#[command(flatten)]
	resource: ResourceArgs,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Whose offers to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	#[command(flatten)]
	of: OfArgs,

	/// Go on where the last page ended: the offer that it named. Pages follow the order of storage,
	/// and the offers of each page their ids
	#[arg(long, value_name = "OFFER")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Whose offers.
#[derive(Clone, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct OfArgs {
	/// Those of this agent
	#[arg(long, value_name = "AGENT")]
	agent: Option<u64>,

	/// Those of this capability: name or id of a tag
	#[arg(long, value_name = "TAG")]
	capability: Option<TagName>,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Create(args) => create(*args, context).await,
		Command::List(args) => list(args, context).await,
		Command::Match(args) => search::run(*args, context).await,
		Command::Show { target } => show(target.offer, context).await,
		Command::Pause(action) => act(action, market::pause_offer, context).await,
		Command::Resume(action) => act(action, market::resume_offer, context).await,
		Command::Withdraw(action) => withdraw(action, context).await,
	}
}

/// Sends the call that `make` makes of the offer's id.
async fn act<C: Call>(
	action: Action,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	context.send(&action.transaction, &make(action.target.offer)).await
}

async fn withdraw(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.offer;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let offer = market::offer(&chain.best().await?, id).await?;
	let returns = Returns::of_offer(&offer.ok_or(Error::OfferNotFound(id))?);
	let call = market::withdraw_offer(id);
	returning::send(&chain, &sender, &call, Some(returns), context).await
}

async fn create(args: CreateArgs, context: &Context) -> Result<(), Error> {
	let resource = args.resource.resource()?;
	if resource.gpu.as_ref().is_some_and(|gpu| gpu.model.is_none()) {
		return Err(Error::Usage("an offer says what its GPUs are: name them with `--gpu`".into()));
	}
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let terms = OfferTerms {
		capability: args.capability.find(&block).await?.tag,
		resource,
		unit: args.unit,
		price: args.price,
		min_units: args.min_units,
		max_units: args.max_units,
		sla: Sla { latency_ms: args.latency.0, availability: args.availability.0 },
		capacity: args.capacity.unwrap_or(args.max_units),
	};
	let consequences = Offering { deposit: market::offer_deposit(&block).await? };
	terminal::note(consequences);
	match sender.send(&chain, &market::create_offer(&terms)).await? {
		Sent::DryRun(dry_run) => context.print(&Foreseen { dry_run, consequences }, None),
		Sent::Done { receipt, events } => {
			let offer = events.and_then(|events| events.created_offer());
			let transactions = vec![receipt];
			context.print(&Written { offer, transactions, ..Written::default() }, None)
		},
	}
}

/// What an offer takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Offering {
	/// What is held for storage.
	deposit: Amount,
}

impl fmt::Display for Offering {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { deposit } = self;
		write!(
			f,
			"offering holds {deposit} for storage until the offer is withdrawn; whoever hires by it has \
			 your bond held as well"
		)
	}
}

async fn show(offer: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let offer = market::offer(&block, offer).await?.ok_or(Error::OfferNotFound(offer))?;
	let tag_name = tags::tag(&block, offer.terms.capability).await?.map(|tag| tag.name);
	context.print(&ShowReport { offer: Named { offer, tag_name } }, Some(block.id))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let of = match (args.of.agent, args.of.capability) {
		(Some(agent), _) => OffersOf::Agent(agent),
		(None, Some(tag)) => OffersOf::Capability(tag.find(&block).await?.tag),
		(None, None) => return Err(Error::Usage("name an agent or a capability".to_owned())),
	};
	let page = market::offers(&block, of, args.after, args.limit.limit).await?;
	let OfferPage { offers, next } = page;
	let report = ListReport { offers: named(offers, &block).await?, next };
	context.print(&report, Some(block.id))?;
	if let Some(next) = report.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

/// An offer with the name of its tag.
#[derive(Clone, Debug, Serialize)]
struct Named {
	#[serde(flatten)]
	offer: Offer,
	tag_name: Option<String>,
}

impl Named {
	/// What is offered.
	fn capability(&self) -> String {
		let id = || self.offer.terms.capability.to_string();
		self.tag_name.clone().unwrap_or_else(id)
	}

	/// Whether it can be used, in a word.
	fn status(&self) -> String {
		match self.offer.is_backed {
			true => self.offer.status.to_string(),
			false => format!("{}, agent away", self.offer.status),
		}
	}
}

/// `offers` with the names of their tags.
async fn named(offers: Vec<Offer>, block: &Block) -> Result<Vec<Named>, Error> {
	let ids = offers.iter().map(|offer| offer.terms.capability);
	let tags: BTreeMap<_, _> = tags::by_id(block, ids).await?;
	let name = |offer: &Offer| Some(tags.get(&offer.terms.capability)?.name.clone());
	Ok(offers.into_iter().map(|offer| Named { tag_name: name(&offer), offer }).collect())
}

#[derive(Serialize)]
struct ShowReport {
	#[serde(flatten)]
	offer: Named,
}

impl Report for ShowReport {
	const KIND: &'static str = "offer.show";

	fn text(&self) -> String {
		let Offer { terms, .. } = &self.offer.offer;
		let offer = &self.offer.offer;
		let mut rows = vec![
			("offer", offer.offer.to_string()),
			("status", self.offer.status()),
			("agent", offer.agent.to_string()),
			("account", offer.account.to_string()),
			("capability", self.offer.capability()),
			("price", format!("{} for each {}", terms.price, terms.unit)),
			("units", format!("{} to {} for a job", terms.min_units, terms.max_units)),
			("capacity", format!("{} units, {} in use", terms.capacity, offer.in_use)),
			("latency", Latency(terms.sla.latency_ms).to_string()),
			("availability", Percent(terms.sla.availability).to_string()),
		];
		rows.extend(resource::rows(&terms.resource));
		rows.push(("deposit", offer.deposit.to_string()));
		fields(rows)
	}
}

#[derive(Serialize)]
struct ListReport {
	offers: Vec<Named>,
	next: Option<u64>,
}

impl Report for ListReport {
	const KIND: &'static str = "offer.list";

	fn text(&self) -> String {
		let rows = self.offers.iter().map(|named| {
			let Offer { offer, agent, terms, in_use, .. } = &named.offer;
			[
				offer.to_string(),
				agent.to_string(),
				named.status(),
				named.capability(),
				format!("{} per {}", terms.price, terms.unit),
				format!("{} to {}", terms.min_units, terms.max_units),
				format!("{} of {}", terms.capacity.saturating_sub(*in_use), terms.capacity),
				Latency(terms.sla.latency_ms).to_string(),
				Percent(terms.sla.availability).to_string(),
			]
		});
		let titles = [
			"offer",
			"agent",
			"status",
			"capability",
			"price",
			"units",
			"free",
			"latency",
			"availability",
		];
		table(titles, rows)
	}
}
