//! What agents' work is worth, and what is said about it.

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_core::{
			ids::{AgentId, ContractId, DocumentHash, FeedbackIndex, TagId},
			work::WorkId,
		},
		aitbc_reputation as maths,
		pallet_reputation::types as generated,
	},
	Block, Call, Error,
};
use crate::{
	amount::Amount,
	decimal::{Decimal, Share},
	digest::Hash,
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What the chain says for no document.
const NO_DOCUMENT: Hash = Hash([0; 32]);

/// One aspect under which an agent is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Component {
	/// How much of the work it was paid for.
	Completion,
	/// How good the work was.
	Quality,
	/// How much of the work was in by its due block.
	Timeliness,
	/// How much of the work was not lost in a dispute.
	Disputes,
	/// What clients said about anything else.
	Feedback,
}

impl fmt::Display for Component {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Completion => "completion",
			Self::Quality => "quality",
			Self::Timeliness => "timeliness",
			Self::Disputes => "disputes",
			Self::Feedback => "feedback",
		})
	}
}

impl From<maths::rules::Component> for Component {
	fn from(component: maths::rules::Component) -> Self {
		use maths::rules::Component::*;
		match component {
			Completion => Self::Completion,
			Quality => Self::Quality,
			Timeliness => Self::Timeliness,
			Disputes => Self::Disputes,
			Feedback => Self::Feedback,
		}
	}
}

/// A coarse name for a lower bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
	/// Below 0.3.
	Beginner,
	/// From 0.3.
	Intermediate,
	/// From 0.6.
	Advanced,
	/// From 0.8.
	Expert,
	/// From 0.9.
	Master,
}

impl fmt::Display for Level {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Beginner => "beginner",
			Self::Intermediate => "intermediate",
			Self::Advanced => "advanced",
			Self::Expert => "expert",
			Self::Master => "master",
		})
	}
}

impl From<maths::score::Level> for Level {
	fn from(level: maths::score::Level) -> Self {
		use maths::score::Level::*;
		match level {
			Beginner => Self::Beginner,
			Intermediate => Self::Intermediate,
			Advanced => Self::Advanced,
			Expert => Self::Expert,
			Master => Self::Master,
		}
	}
}

/// One component of a score.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ComponentScore {
	/// Which one.
	pub component: Component,
	/// Its mean, if there is evidence.
	pub mean: Option<Share>,
	/// How much evidence there is on it.
	pub evidence: Amount,
	/// How much it counts among the others.
	pub weight: Share,
}

/// What an agent's work is worth.
#[derive(Clone, Debug, Serialize)]
pub struct Score {
	/// What the score is at least, with some confidence; this is what gives an advantage.
	pub lower_bound: Share,
	/// The score without regard to how much evidence there is.
	pub mean: Option<Share>,
	/// How much evidence there is: protocol fees paid, decayed.
	pub evidence: Amount,
	/// The level that the lower bound reaches.
	pub level: Level,
	/// What it is made of.
	pub components: Vec<ComponentScore>,
	/// Contracts that paid it in full.
	pub completed: u32,
	/// Contracts that paid it for a part.
	pub partial: u32,
	/// What clients paid out in all of them.
	pub released: Amount,
	/// What went back to clients.
	pub refunded: Amount,
	/// How often it changed its owner; each time quartered the evidence.
	pub transfers: u32,
}

/// The ratings of an agent with one tag.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Summary {
	/// How many there are.
	pub count: u64,
	/// Their mean by evidence, on the tag's scale.
	pub mean: Option<Decimal>,
	/// How much evidence there is.
	pub evidence: Amount,
}

/// What the rated agent answered.
#[derive(Clone, Debug, Serialize)]
pub struct Response {
	/// Who answered for it.
	pub responder: AccountId32,
	/// Where the answer stands.
	pub uri: String,
	/// What it must hash to.
	pub hash: Hash,
	/// When, in active blocks.
	pub at: u32,
	/// What is held for it on the responder.
	pub deposit: Amount,
}

/// What somebody said about an agent.
#[derive(Clone, Debug, Serialize)]
pub struct Feedback {
	/// Who said so.
	pub author: AccountId32,
	/// The number of it among what that author said about the agent, from one.
	pub index: u64,
	/// The settled contract that entitles to it.
	pub contract: u64,
	/// What is measured.
	pub tag: u32,
	/// With which of the agent's capabilities.
	pub about: Option<u32>,
	/// The value, as given.
	pub value: Decimal,
	/// To which part of the score it counts.
	pub component: Component,
	/// Where the agent was reached.
	pub endpoint: Option<String>,
	/// Where a document says more.
	pub uri: Option<String>,
	/// What that document must hash to.
	pub hash: Option<Hash>,
	/// What the work counted for when it was settled.
	pub weight: Amount,
	/// When the work was settled, in active blocks.
	pub settled_at: u32,
	/// When the feedback was given, in active blocks.
	pub given_at: u32,
	/// Whether the author took it back.
	pub revoked: bool,
	/// What is held for it on the author.
	pub deposit: Amount,
	/// What the agent answered.
	pub response: Option<Response>,
}

/// Which feedback is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
	/// By this author only.
	pub author: Option<AccountId32>,
	/// With this tag only.
	pub tag: Option<u32>,
	/// About this capability only.
	pub about: Option<u32>,
	/// Also what was revoked.
	pub include_revoked: bool,
}

/// A place in the list of an agent's feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cursor {
	/// By whom.
	pub author: AccountId32,
	/// Which of that author's.
	pub index: u64,
}

/// Some feedback, and where the list goes on.
#[derive(Clone, Debug)]
pub struct Page {
	/// The feedback, as it was given.
	pub feedback: Vec<Feedback>,
	/// Where the list goes on, if there is more: the last one looked at in the order of storage.
	pub next: Option<Cursor>,
}

/// What is said about an agent.
#[derive(Clone, Debug)]
pub struct Rating {
	/// What is measured.
	pub tag: u32,
	/// With which of the agent's capabilities.
	pub about: Option<u32>,
	/// The value, on the tag's scale.
	pub value: Decimal,
	/// Where the agent was reached.
	pub endpoint: Option<String>,
	/// Where a document says more, and what it must hash to.
	pub document: Option<(String, Hash)>,
}

/// Bytes that are text, unless there are none. The chain takes URIs in ASCII only; an endpoint is
/// whatever its author wrote.
fn text(bytes: &[u8]) -> Option<String> {
	Some(String::from_utf8_lossy(bytes).into_owned()).filter(|text| !text.is_empty())
}

impl From<generated::ScoreInfo> for Score {
	fn from(info: generated::ScoreInfo) -> Self {
		let component = |info: generated::ComponentInfo| ComponentScore {
			component: info.component.into(),
			mean: info.mean.map(|mean| Share(mean.0)),
			evidence: Amount(info.evidence),
			weight: Share(info.weight.0),
		};
		Self {
			lower_bound: Share(info.lower_bound.0),
			mean: info.mean.map(|mean| Share(mean.0)),
			evidence: Amount(info.evidence),
			level: info.level.into(),
			components: info.components.into_iter().map(component).collect(),
			completed: info.counters.completed,
			partial: info.counters.partial,
			released: Amount(info.counters.released),
			refunded: Amount(info.counters.refunded),
			transfers: info.generation.0,
		}
	}
}

impl From<generated::FeedbackInfo<AccountId32>> for Feedback {
	fn from(info: generated::FeedbackInfo<AccountId32>) -> Self {
		let WorkId::Contract(contract) = info.work;
		Self {
			author: info.author,
			index: info.index.0,
			contract: contract.0,
			tag: info.tag.0,
			about: info.about.map(|about| about.0),
			value: info.value.into(),
			component: info.component.into(),
			endpoint: text(&info.endpoint),
			uri: text(&info.uri),
			hash: Some(Hash(info.hash.0 .0)).filter(|hash| *hash != NO_DOCUMENT),
			weight: Amount(info.weight),
			settled_at: info.settled_at,
			given_at: info.given_at,
			revoked: info.is_revoked,
			deposit: Amount(info.deposit),
			response: info.response.map(Response::from),
		}
	}
}

impl From<generated::ResponseInfo<AccountId32>> for Response {
	fn from(info: generated::ResponseInfo<AccountId32>) -> Self {
		Self {
			responder: info.responder,
			uri: String::from_utf8_lossy(&info.uri).into_owned(),
			hash: Hash(info.hash.0 .0),
			at: info.at,
			deposit: Amount(info.deposit),
		}
	}
}

/// Reads what the work of `agent` is worth.
pub async fn score(block: &Block, agent: u64) -> Result<Score, Error> {
	let api = runtime::runtime_apis().reputation_api();
	Ok(block.call(api.score(AgentId(agent))).await?.into())
}

/// Reads what the ratings of `agent` with `tag` come to, about one capability or all of them.
pub async fn summary(
	block: &Block,
	agent: u64,
	tag: u32,
	about: Option<u32>,
) -> Result<Summary, Error> {
	let api = runtime::runtime_apis().reputation_api();
	let info = block.call(api.summary(AgentId(agent), TagId(tag), about.map(TagId))).await?;
	Ok(Summary {
		count: info.count,
		mean: info.mean.map(Into::into),
		evidence: Amount(info.evidence),
	})
}

/// Reads up to `limit` pieces of feedback on `agent`, from the one after `after` on. Pages of one
/// author's follow their numbers, those of everybody's the order of storage.
pub async fn feedback(
	block: &Block,
	agent: u64,
	filter: Filter,
	after: Option<Cursor>,
	limit: u32,
) -> Result<Page, Error> {
	let mut page = Page { feedback: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.feedback.len()).unwrap_or(u32::MAX);
		let filter = generated::FeedbackFilter {
			author: filter.author,
			tag: filter.tag.map(TagId),
			about: filter.about.map(TagId),
			include_revoked: filter.include_revoked,
		};
		let after = page.next.map(|cursor| generated::FeedbackCursor {
			author: cursor.author,
			index: FeedbackIndex(cursor.index),
		});
		let api = runtime::runtime_apis().reputation_api();
		let missing = limit.saturating_sub(read);
		let more = block.call(api.feedback(AgentId(agent), filter, after, missing)).await?;
		page.feedback.extend(more.feedback.into_iter().map(Feedback::from));
		page.next = more.next.map(|next| Cursor { author: next.author, index: next.index.0 });
		if page.next.is_none() || page.feedback.len() >= limit as usize {
			page.feedback.sort_by_key(|one| (one.given_at, one.author.0, one.index));
			return Ok(page);
		}
	}
}

/// What is held for feedback with an endpoint and a URI of these lengths, now.
pub async fn feedback_deposit(block: &Block, rating: &Rating) -> Result<Amount, Error> {
	let length = |text: Option<&String>| {
		text.map_or(0, |text| u32::try_from(text.len()).unwrap_or(u32::MAX))
	};
	let uri = length(rating.document.as_ref().map(|(uri, _)| uri));
	let api = runtime::runtime_apis().reputation_api();
	let deposit = block.call(api.feedback_deposit(length(rating.endpoint.as_ref()), uri)).await?;
	Ok(Amount(deposit))
}

/// What is held for an answer at `uri`, now.
pub async fn response_deposit(block: &Block, uri: &str) -> Result<Amount, Error> {
	let length = u32::try_from(uri.len()).unwrap_or(u32::MAX);
	let api = runtime::runtime_apis().reputation_api();
	Ok(Amount(block.call(api.response_deposit(length)).await?))
}

/// Rates an agent for a settled contract.
pub fn rate(agent: u64, contract: u64, rating: Rating) -> impl Call {
	let (uri, hash) = rating.document.unwrap_or_else(|| (String::new(), NO_DOCUMENT));
	let rating = generated::Rating {
		tag: TagId(rating.tag),
		about: rating.about.map(TagId),
		value: rating.value.into(),
		endpoint: rating.endpoint.unwrap_or_default().into(),
		uri: uri.into(),
		hash: DocumentHash(hash.0.into()),
	};
	let work = WorkId::Contract(ContractId(contract));
	runtime::transactions().reputation().rate(AgentId(agent), work, rating)
}

/// Takes feedback back.
pub fn revoke(agent: u64, index: u64) -> impl Call {
	runtime::transactions().reputation().revoke(AgentId(agent), FeedbackIndex(index))
}

/// Answers feedback with the document at `uri`.
pub fn respond(agent: u64, feedback: Cursor, uri: &str, hash: Hash) -> impl Call {
	runtime::transactions().reputation().respond(
		AgentId(agent),
		feedback.author,
		FeedbackIndex(feedback.index),
		uri.into(),
		DocumentHash(hash.0.into()),
	)
}

/// Removes feedback and its response, and returns both deposits.
pub fn erase(agent: u64, feedback: Cursor) -> impl Call {
	let index = FeedbackIndex(feedback.index);
	runtime::transactions().reputation().erase(AgentId(agent), feedback.author, index)
}
