//! What agents offer, and finding who offers it.

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_core::ids::{AgentId, ParametersHash, TagId},
		pallet_agents::types as generated,
	},
	Block, Call, Error,
};
use crate::{
	amount::Amount,
	decimal::{Decimal, Share},
	digest::Hash,
	version::Version,
};
use serde::Serialize;

/// The parameters of whoever names none.
const NO_PARAMETERS: Hash = Hash([0; 32]);

/// On what terms an agent offers something.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Terms {
	/// Which version.
	pub version: Version,
	/// How well, on the tag's scale.
	pub performance: Decimal,
	/// The price of one unit.
	pub price: Amount,
	/// How many units it can take at once.
	pub capacity: u32,
	/// What the parameters hash to under which it is offered, if any are named.
	pub parameters: Option<Hash>,
}

/// Something that an agent offers.
#[derive(Clone, Debug, Serialize)]
pub struct Capability {
	/// What is offered.
	pub tag: u32,
	/// On what terms.
	#[serde(flatten)]
	pub terms: Terms,
	/// What is held for it.
	pub deposit: Amount,
}

/// An active agent that offers something, as the index has it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Row {
	/// Which agent.
	pub agent: u64,
	/// Which version.
	pub version: Version,
	/// Where on the tag's scale its performance lies.
	pub performance: Share,
	/// The price of one unit.
	pub price: Amount,
	/// How many units it can take at once.
	pub capacity: u32,
	/// What the parameters hash to under which it is offered, if any are named.
	pub parameters: Option<Hash>,
	/// The last active block in which it is live without another heartbeat.
	pub live_until: u32,
	/// What its reputation is at least.
	pub lower_bound: Share,
}

/// Some rows, and where the list goes on.
#[derive(Clone, Debug)]
pub struct RowPage {
	/// The rows.
	pub rows: Vec<Row>,
	/// The place of the next one, if there are more.
	pub next: Option<u32>,
}

/// What somebody looks for.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Requirements {
	/// What must be offered.
	pub tag: u32,
	/// The least version.
	pub version: Version,
	/// The parameters that are preferred.
	pub parameters: Option<Hash>,
	/// The least performance, on the tag's scale.
	pub performance: Option<Decimal>,
	/// The most that a unit may cost.
	pub max_price: Amount,
	/// How many units must be taken at once.
	pub capacity: u32,
	/// What says where the search starts, and who goes first of equals.
	pub seed: Hash,
	/// The page to go on from after an earlier search.
	pub start: Option<u32>,
}

/// How well an agent fits, from 0 to 1 in each respect.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Fit {
	/// 1 for the major version asked for, a half for a newer one.
	pub version: Share,
	/// 1 for the parameters preferred.
	pub parameters: Share,
	/// How far above the least performance.
	pub performance: Share,
	/// Which share of the highest price is saved.
	pub cost: Share,
	/// How much of its heartbeat is left.
	pub availability: Share,
}

/// An agent that meets the requirements.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Match {
	/// What it is worth.
	pub score: Share,
	/// How well it fits.
	pub fit: Fit,
	/// What it offers.
	#[serde(flatten)]
	pub row: Row,
}

/// What a search found.
#[derive(Clone, Debug, Serialize)]
pub struct Matches {
	/// The best, best first.
	pub matches: Vec<Match>,
	/// How many met the requirements on the pages read.
	pub candidates: u32,
	/// How many pages were read.
	pub pages_read: u32,
	/// How many pages there are.
	pub pages: u32,
	/// The page to search on from, if not all were read.
	pub next: Option<u32>,
}

impl From<generated::CapabilityVersion> for Version {
	fn from(version: generated::CapabilityVersion) -> Self {
		Self { major: version.major, minor: version.minor }
	}
}

impl From<Version> for generated::CapabilityVersion {
	fn from(version: Version) -> Self {
		Self { major: version.major, minor: version.minor }
	}
}

/// The parameters that a hash stands for.
fn named(parameters: ParametersHash) -> Option<Hash> {
	Some(Hash(parameters.0 .0)).filter(|hash| *hash != NO_PARAMETERS)
}

impl From<generated::CapabilityTerms> for Terms {
	fn from(terms: generated::CapabilityTerms) -> Self {
		Self {
			version: terms.version.into(),
			performance: terms.performance.into(),
			price: Amount(terms.price),
			capacity: terms.capacity,
			parameters: named(terms.parameters),
		}
	}
}

impl From<generated::CapabilityRow> for Row {
	fn from(row: generated::CapabilityRow) -> Self {
		Self {
			agent: row.agent.0,
			version: row.version.into(),
			performance: Share(row.performance.0),
			price: Amount(row.price),
			capacity: row.capacity,
			parameters: named(row.parameters),
			live_until: row.standing.live_until,
			lower_bound: Share(row.standing.lower_bound.0),
		}
	}
}

impl From<generated::AgentMatch> for Match {
	fn from(found: generated::AgentMatch) -> Self {
		let fit = found.fit;
		Self {
			score: Share(found.score.0),
			fit: Fit {
				version: Share(fit.version.0),
				parameters: Share(fit.parameters.0),
				performance: Share(fit.performance.0),
				cost: Share(fit.cost.0),
				availability: Share(fit.availability.0),
			},
			row: found.row.into(),
		}
	}
}

/// Reads what `agent` offers, by the ids of the tags.
pub async fn capabilities(block: &Block, agent: u64) -> Result<Vec<Capability>, Error> {
	let api = runtime::runtime_apis().agents_api();
	let mut capabilities = block.call(api.capabilities(AgentId(agent))).await?;
	capabilities.sort_by_key(|info| info.tag.0);
	let capabilities = capabilities.into_iter().map(|info| Capability {
		tag: info.tag.0,
		terms: info.terms.into(),
		deposit: Amount(info.deposit),
	});
	Ok(capabilities.collect())
}

/// Reads up to `limit` rows of the active agents that offer `tag`, from the place `from` on.
pub async fn rows(
	block: &Block,
	tag: u32,
	from: Option<u32>,
	limit: u32,
) -> Result<RowPage, Error> {
	let api = runtime::runtime_apis().agents_api();
	let from = from.map(generated::RowPlace);
	let page = block.call(api.agents_by_capability(TagId(tag), from, limit)).await?;
	Ok(RowPage {
		rows: page.rows.into_iter().map(Row::from).collect(),
		next: page.next.map(|place| place.0),
	})
}

/// Finds the live agents that meet `requirements`; nothing, if the chain refuses to search for
/// them.
pub async fn find(
	block: &Block,
	requirements: Requirements,
	limit: u32,
) -> Result<Result<Matches, MatchError>, Error> {
	let wanted = generated::Requirements {
		tag: TagId(requirements.tag),
		version: requirements.version.into(),
		parameters: requirements.parameters.map(parameters_hash),
		performance: requirements.performance.map(Into::into),
		max_price: requirements.max_price.0,
		capacity: requirements.capacity,
		seed: requirements.seed.0.into(),
		start: requirements.start.map(generated::PageIndex),
	};
	let api = runtime::runtime_apis().agents_api();
	Ok(match block.call(api.match_agents(wanted, limit)).await? {
		Ok(page) => Ok(Matches {
			matches: page.matches.into_iter().map(Match::from).collect(),
			candidates: page.candidates,
			pages_read: page.pages_read,
			pages: page.pages,
			next: page.next.map(|page| page.0),
		}),
		Err(generated::MatchError::TagNotFound) => Err(MatchError::TagNotFound),
		Err(generated::MatchError::PerformanceOffScale) => Err(MatchError::PerformanceOffScale),
	})
}

/// Why the chain refuses to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchError {
	/// There is no such tag.
	TagNotFound,
	/// The least performance is not on the tag's scale.
	PerformanceOffScale,
}

/// Says that an agent offers `tag` on these terms.
pub fn set(agent: u64, tag: u32, terms: Terms) -> impl Call {
	let terms = generated::CapabilityTerms {
		version: terms.version.into(),
		performance: terms.performance.into(),
		price: terms.price.0,
		capacity: terms.capacity,
		parameters: parameters_hash(terms.parameters.unwrap_or(NO_PARAMETERS)),
	};
	runtime::transactions().agents().set_capability(AgentId(agent), TagId(tag), terms)
}

/// Says that an agent no longer offers `tag`.
pub fn remove(agent: u64, tag: u32) -> impl Call {
	runtime::transactions().agents().remove_capability(AgentId(agent), TagId(tag))
}

fn parameters_hash(hash: Hash) -> ParametersHash {
	ParametersHash(hash.0.into())
}
