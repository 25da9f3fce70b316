//! `aitbc agent list`: who there is.

use super::leaving::leaving_text;
use crate::{
	chain::{
		agents::{self, Agent, Kind, LeavingAgent, Status},
		capabilities::{self, Row},
		network,
		tags::Tag,
		Block,
	},
	commands::{tag::TagName, Context, Limit},
	error::Error,
	keys::AccountName,
	output::{table, Report},
	terminal,
};
use clap::{Args, ValueEnum};
use serde::Serialize;
use subxt::utils::AccountId32;

/// How many agents are asked for at once.
const PAGE: u32 = 100;

/// Which agents to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Only this account's
	#[arg(long, value_name = "ACCOUNT")]
	owner: Option<AccountName>,

	/// Only those that are active and offer this: name or id of a tag. Pages follow the index of
	/// the tag, and the agents of each page their ids
	#[arg(long, value_name = "TAG", conflicts_with_all = ["owner", "status"])]
	capability: Option<TagName>,

	/// Only those that do this for a living; of those that left it is not known
	#[arg(long)]
	kind: Option<Kind>,

	/// Only those that stand here in their life
	#[arg(long)]
	status: Option<StatusArg>,

	/// Go on where the last page ended: the number that it named
	#[arg(long, value_name = "NUMBER")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Where an agent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StatusArg {
	/// Registered and never yet active
	Registered,
	/// Takes work
	Active,
	/// Takes no work for now
	Inactive,
	/// Out of business, by governance or a ruling
	Suspended,
	/// Left, with its bond still held
	Deregistering,
}

impl From<Status> for StatusArg {
	fn from(status: Status) -> Self {
		match status {
			Status::Registered => Self::Registered,
			Status::Active => Self::Active,
			Status::Inactive => Self::Inactive,
			Status::Suspended => Self::Suspended,
		}
	}
}

/// Which agents are wanted.
#[derive(Clone, Copy, Debug, Default)]
struct Filter {
	owner: Option<AccountId32>,
	kind: Option<Kind>,
	status: Option<StatusArg>,
	/// Only those with a greater id.
	after: Option<u64>,
}

impl Filter {
	fn takes(&self, agent: &Agent) -> bool {
		self.is_after(agent.agent)
			&& self.kind.is_none_or(|kind| kind == agent.kind)
			&& self.status.is_none_or(|status| status == agent.status.into())
	}

	/// Whether some that left may be wanted.
	fn takes_leaving(&self) -> bool {
		self.kind.is_none() && self.status.is_none_or(|status| status == StatusArg::Deregistering)
	}

	/// Whether some that did not leave may be wanted.
	fn takes_registered(&self) -> bool {
		self.status != Some(StatusArg::Deregistering)
	}

	fn is_after(&self, id: u64) -> bool {
		self.after.is_none_or(|after| id > after)
	}
}

/// Lists agents.
pub async fn run(args: ListArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let owner = args.owner.map(|owner| owner.resolve(&folder)).transpose()?;
	let block = context.connect().await?.best().await?;
	let limit = args.limit.limit;
	let next = match args.capability {
		Some(tag) => {
			let tag = tag.find(&block).await?;
			let page = offers(&block, tag, args.kind, args.after, limit).await?;
			context.print(&page, Some(block.id))?;
			page.next
		},
		None => {
			let filter = Filter { owner, kind: args.kind, status: args.status, after: args.after };
			let page = page(&block, filter, limit).await?;
			context.print(&page, Some(block.id))?;
			page.next
		},
	};
	if let Some(next) = next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

/// Up to `limit` agents by their ids.
async fn page(block: &Block, filter: Filter, limit: u32) -> Result<AgentPage, Error> {
	// One more than wanted tells whether there are more.
	let registered = match (filter.takes_registered(), filter.owner) {
		(false, _) => Vec::new(),
		(true, Some(owner)) => registered_of(block, owner, filter).await?,
		(true, None) => registered(block, filter, limit.saturating_add(1)).await?,
	};
	let leaving = match filter.takes_leaving() {
		true => agents::leaving_agents(block, filter.owner).await?,
		false => Vec::new(),
	};
	let leaving = leaving.into_iter().filter(|one| filter.is_after(one.agent)).collect();
	let active_block = network::active_clock(block).await?.now;
	Ok(AgentPage::cut(registered, leaving, active_block, limit))
}

/// Up to `limit` registered agents by their ids.
async fn registered(block: &Block, filter: Filter, limit: u32) -> Result<Vec<Agent>, Error> {
	let (mut found, mut after) = (Vec::new(), filter.after);
	loop {
		let page = agents::agents(block, None, after, PAGE).await?;
		let missing = (limit as usize).saturating_sub(found.len());
		found.extend(page.agents.into_iter().filter(|agent| filter.takes(agent)).take(missing));
		after = page.next;
		if after.is_none() || found.len() >= limit as usize {
			return Ok(found);
		}
	}
}

/// All registered agents of `owner` by their ids. The chain has them in another order; each costs
/// its owner a bond, so that they can all be read.
async fn registered_of(
	block: &Block,
	owner: AccountId32,
	filter: Filter,
) -> Result<Vec<Agent>, Error> {
	let page = agents::agents(block, Some(owner), None, u32::MAX).await?;
	Ok(page.agents.into_iter().filter(|agent| filter.takes(agent)).collect())
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
				return Ok(found.sorted());
			}
		}
		match page.next {
			Some(next) => place = next,
			None => return Ok(found.sorted()),
		}
	}
}

/// Some agents, and where the list goes on.
#[derive(Serialize)]
struct AgentPage {
	/// Those that are registered, by their ids.
	agents: Vec<Agent>,
	/// Those that left and whose bonds are still held, by their ids.
	leaving: Vec<LeavingAgent>,
	active_block: u32,
	/// The greatest id of the page, if there are more.
	next: Option<u64>,
}

impl AgentPage {
	/// The first `limit` of both lists, which are in the order of their ids.
	fn cut(
		mut agents: Vec<Agent>,
		mut leaving: Vec<LeavingAgent>,
		active_block: u32,
		limit: u32,
	) -> Self {
		let ids = agents.iter().map(|one| one.agent).chain(leaving.iter().map(|one| one.agent));
		let mut ids: Vec<_> = ids.collect();
		ids.sort_unstable();
		let (limit, mut next) = (limit as usize, None);
		if ids.len() > limit {
			next = limit.checked_sub(1).and_then(|last| ids.get(last)).copied();
			agents.retain(|one| Some(one.agent) <= next);
			leaving.retain(|one| Some(one.agent) <= next);
		}
		Self { agents, leaving, active_block, next }
	}
}

impl Report for AgentPage {
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
		let registered = table(["agent", "kind", "status", "live", "owner", "card"], rows);
		match (self.agents.is_empty(), self.leaving.is_empty()) {
			(_, true) => registered,
			(true, false) => leaving_text(&self.leaving, self.active_block),
			(false, false) => {
				format!("{registered}\n\n{}", leaving_text(&self.leaving, self.active_block))
			},
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

impl OfferPage {
	/// The same by the agents' ids.
	fn sorted(mut self) -> Self {
		self.offers.sort_by_key(|offer| offer.row.agent);
		self
	}
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, digest::Hash};

	const OWNER: AccountId32 = AccountId32([1; 32]);

	fn agent(id: u64, status: Status) -> Agent {
		Agent {
			agent: id,
			kind: Kind::Oracle,
			status,
			owner: OWNER,
			wallet: None,
			proposed_wallet: None,
			offered_to: None,
			live: false,
			live_until: None,
			lower_bound: None,
			card_uri: "ipfs://card".into(),
			card_hash: Hash([0; 32]),
			card_keys: Vec::new(),
			capability_count: 0,
			metadata_count: 0,
			deposit: Amount(0),
			attachments: Amount(0),
			bond: Amount(0),
			wallet_nonce: 0,
			registered_at: 0,
		}
	}

	fn registered(ids: &[u64]) -> Vec<Agent> {
		ids.iter().map(|id| agent(*id, Status::Active)).collect()
	}

	fn leaving(ids: &[u64]) -> Vec<LeavingAgent> {
		let one =
			|id: &u64| LeavingAgent { agent: *id, owner: OWNER, bond: Amount(1), bond_until: 100 };
		ids.iter().map(one).collect()
	}

	#[test]
	fn page_should_have_the_first_ids_whether_registered_or_leaving() {
		for (limit, agents, left, next) in [
			(1, &[0][..], &[][..], Some(0)),
			(2, &[0], &[1], Some(1)),
			(3, &[0, 2], &[1], Some(2)),
			(4, &[0, 2], &[1, 5], None),
		] {
			let page = AgentPage::cut(registered(&[0, 2]), leaving(&[1, 5]), 0, limit);
			let ids: Vec<_> = page.agents.iter().map(|one| one.agent).collect();
			let of_leaving: Vec<_> = page.leaving.iter().map(|one| one.agent).collect();
			assert_eq!((&ids[..], &of_leaving[..], page.next), (agents, left, next), "{limit}");
		}
	}

	#[test]
	fn page_should_show_who_left_with_the_way_to_the_bond() {
		let text = AgentPage::cut(registered(&[0]), leaving(&[1]), 100, 10).text();
		assert!(text.contains("active"), "{text}");
		assert!(text.contains("deregistering"), "{text}");
		assert!(text.contains("now: aitbc agent release-bond 1"), "{text}");
	}

	#[test]
	fn filter_should_take_who_left_unless_something_else_is_wanted() {
		let all = Filter::default();
		assert!(all.takes_leaving() && all.takes_registered());
		let left = Filter { status: Some(StatusArg::Deregistering), ..all };
		assert!(left.takes_leaving() && !left.takes_registered());
		let active = Filter { status: Some(StatusArg::Active), ..all };
		assert!(!active.takes_leaving() && active.takes(&agent(0, Status::Active)));
		assert!(!active.takes(&agent(0, Status::Inactive)));
		assert!(!Filter { kind: Some(Kind::Oracle), ..all }.takes_leaving());
		assert!(!Filter { after: Some(3), ..all }.takes(&agent(3, Status::Active)));
	}
}
