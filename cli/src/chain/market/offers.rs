//! What providers offer.

use super::{generated, types, Fit, Requirements, Resource, Sla, Unit};
use crate::{
	amount::Amount,
	chain::{runtime, Block, Call, Error},
	decimal::Share,
	digest::Hash,
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::aitbc_core::ids::{AgentId, OfferId, TagId};

/// What a provider offers, on what terms. They never change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfferTerms {
	/// What it can do: the id of a tag.
	pub capability: u32,
	/// What it works with.
	pub resource: Resource,
	/// What is counted.
	pub unit: Unit,
	/// What a unit costs.
	pub price: Amount,
	/// The fewest units of a job.
	pub min_units: u64,
	/// The most units of a job.
	pub max_units: u64,
	/// How quickly, and how surely.
	pub sla: Sla,
	/// How many units may be in work at once.
	pub capacity: u64,
}

/// Whether an offer takes new work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
	/// It does.
	Open,
	/// It does not for now.
	Paused,
}

impl fmt::Display for Status {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Open => "open",
			Self::Paused => "paused",
		})
	}
}

/// What an agent sells.
#[derive(Clone, Debug, Serialize)]
pub struct Offer {
	/// Its id.
	pub offer: u64,
	/// Whose offer it is.
	pub agent: u64,
	/// The agent's wallet that made it.
	pub account: AccountId32,
	/// What is offered.
	#[serde(flatten)]
	pub terms: OfferTerms,
	/// The units in work now.
	pub in_use: u64,
	/// Whether it takes new work.
	pub status: Status,
	/// Whether its agent is active under the wallet that made it, without which nobody can use it.
	pub is_backed: bool,
	/// What is held for storage.
	pub deposit: Amount,
}

/// Some offers, and where the list goes on.
#[derive(Clone, Debug, Serialize)]
pub struct OfferPage {
	/// The offers, by their ids.
	pub offers: Vec<Offer>,
	/// Where the list goes on, if there are more: the last one in the order of storage.
	pub next: Option<u64>,
}

/// Whose offers to list.
#[derive(Clone, Copy, Debug)]
pub enum OffersOf {
	/// Those of an agent.
	Agent(u64),
	/// Those of a capability, by the id of its tag.
	Capability(u32),
}

/// What somebody looks for among the offers.
#[derive(Clone, Debug, Serialize)]
pub struct Query {
	/// What must be offered: the id of a tag.
	pub capability: u32,
	/// What is counted.
	pub unit: Unit,
	/// How many units it must take.
	pub units: u64,
	/// The most that a unit may cost.
	pub max_price: Amount,
	/// What else is needed.
	pub requirements: Requirements,
	/// Says where the search starts, and who goes first of equals.
	pub seed: Hash,
	/// The offer after which to search on: what an earlier search with the same seed gave as `next`.
	pub after: Option<u64>,
}

/// An offer that meets what was asked for.
#[derive(Clone, Debug, Serialize)]
pub struct RankedOffer {
	/// The mean of its fit, times 0.7 + 0.3 x its agent's reputation's lower bound.
	pub score: Share,
	/// How well it fits.
	pub fit: Fit,
	/// The reputation's lower bound.
	pub reputation: Share,
	/// The offer.
	#[serde(flatten)]
	pub offer: Offer,
}

/// What a search found.
#[derive(Clone, Debug, Serialize)]
pub struct Ranking {
	/// The best, best first.
	pub offers: Vec<RankedOffer>,
	/// How many offers met the requirements.
	pub candidates: u32,
	/// How many offers were looked at.
	pub seen: u32,
	/// After which offer to search on, if something was not looked at yet.
	pub next: Option<u64>,
}

impl From<generated::offer::OfferTerms> for OfferTerms {
	fn from(terms: generated::offer::OfferTerms) -> Self {
		Self {
			capability: terms.capability.0,
			resource: terms.resource.into(),
			unit: terms.unit.into(),
			price: Amount(terms.price),
			min_units: terms.min_units,
			max_units: terms.max_units,
			sla: terms.sla.into(),
			capacity: terms.capacity,
		}
	}
}

impl From<&OfferTerms> for generated::offer::OfferTerms {
	fn from(terms: &OfferTerms) -> Self {
		Self {
			capability: TagId(terms.capability),
			resource: (&terms.resource).into(),
			unit: terms.unit.into(),
			price: terms.price.0,
			min_units: terms.min_units,
			max_units: terms.max_units,
			sla: terms.sla.into(),
			capacity: terms.capacity,
		}
	}
}

impl From<generated::info::OfferInfo<AccountId32>> for Offer {
	fn from(info: generated::info::OfferInfo<AccountId32>) -> Self {
		let record = info.record;
		let status = match record.status {
			generated::offer::OfferStatus::Open => Status::Open,
			generated::offer::OfferStatus::Paused => Status::Paused,
		};
		Self {
			offer: info.offer.0,
			agent: record.agent.0,
			account: record.account,
			terms: record.terms.into(),
			in_use: record.in_use,
			status,
			is_backed: info.is_backed,
			deposit: Amount(record.deposit),
		}
	}
}

/// Reads an offer that is not withdrawn.
pub async fn offer(block: &Block, offer: u64) -> Result<Option<Offer>, Error> {
	let api = runtime::runtime_apis().market_api();
	Ok(block.call(api.offer(OfferId(offer))).await?.map(Offer::from))
}

/// Reads what is held for the storage of an offer.
pub async fn offer_deposit(block: &Block) -> Result<Amount, Error> {
	Ok(Amount(block.call(runtime::runtime_apis().market_api().offer_deposit()).await?))
}

/// Reads up to `limit` offers, from the one after `after` on. Pages follow the order of storage,
/// which is not that of the ids.
pub async fn offers(
	block: &Block,
	of: OffersOf,
	after: Option<u64>,
	limit: u32,
) -> Result<OfferPage, Error> {
	let mut page = OfferPage { offers: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.offers.len()).unwrap_or(u32::MAX);
		let (after, missing) = (page.next.map(OfferId), limit.saturating_sub(read));
		let api = runtime::runtime_apis().market_api();
		let more = match of {
			OffersOf::Agent(agent) => {
				block.call(api.offers_of(AgentId(agent), after, missing)).await?
			},
			OffersOf::Capability(tag) => {
				block.call(api.offers_by_tag(TagId(tag), after, missing)).await?
			},
		};
		page.offers.extend(more.offers.into_iter().map(Offer::from));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.offers.len() >= limit as usize {
			page.offers.sort_by_key(|offer| offer.offer);
			return Ok(page);
		}
	}
}

/// Searches, and ranks what was found.
pub async fn rank(block: &Block, query: &Query, limit: u32) -> Result<Ranking, Error> {
	let query = generated::info::OfferQuery {
		capability: TagId(query.capability),
		unit: query.unit.into(),
		units: query.units,
		max_price: query.max_price.0,
		requirements: (&query.requirements).into(),
		seed: query.seed.0.into(),
		after: query.after.map(OfferId),
	};
	let api = runtime::runtime_apis().market_api();
	let ranking = block.call(api.rank_offers(query, limit)).await?;
	let offers = ranking.offers.into_iter().map(|ranked| RankedOffer {
		score: Share(ranked.score.0),
		fit: ranked.fit.into(),
		reputation: Share(ranked.lower_bound.0),
		offer: ranked.offer.into(),
	});
	Ok(Ranking {
		offers: offers.collect(),
		candidates: ranking.candidates,
		seen: ranking.seen,
		next: ranking.next.map(|next| next.0),
	})
}

/// Offers what the caller's agent can do.
pub fn create(terms: &OfferTerms) -> impl Call {
	runtime::transactions().market().create_offer(terms.into())
}

/// Takes no new work by an offer for now.
pub fn pause(offer: u64) -> impl Call {
	runtime::transactions().market().pause_offer(OfferId(offer))
}

/// Takes new work by it again.
pub fn resume(offer: u64) -> impl Call {
	runtime::transactions().market().resume_offer(OfferId(offer))
}

/// Removes an offer by which nobody works.
pub fn withdraw(offer: u64) -> impl Call {
	runtime::transactions().market().withdraw_offer(OfferId(offer))
}
