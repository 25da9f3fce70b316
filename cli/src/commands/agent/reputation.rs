//! `aitbc agent reputation` and `feedback`: what an agent's work is worth, and what is said of it.

use super::Target;
use crate::{
	chain::{
		agents,
		reputation::{self, Cursor, Feedback, Filter, Score, Summary},
		tags::{self, Tag},
	},
	commands::{
		tag::{self, TagName},
		Context, Limit,
	},
	error::Error,
	keys::{AccountName, KeyFolder},
	output::{fields, or_dash, table, Report},
	terminal,
};
use clap::Args;
use serde::Serialize;
use std::{collections::BTreeMap, str::FromStr};

/// Whose reputation.
#[derive(Debug, Args)]
pub struct ReputationArgs {
	#[command(flatten)]
	target: Target,

	/// The ratings with this tag in place of the score: its name or id
	#[arg(long)]
	tag: Option<TagName>,

	/// Only the ratings about this capability: name or id of its tag
	#[arg(long, value_name = "TAG", requires = "tag")]
	about: Option<TagName>,
}

/// Which feedback.
#[derive(Debug, Args)]
pub struct FeedbackArgs {
	#[command(flatten)]
	target: Target,

	/// Only by this account
	#[arg(long, value_name = "ACCOUNT")]
	author: Option<AccountName>,

	/// Only with this tag: its name or id
	#[arg(long)]
	tag: Option<TagName>,

	/// Only about this capability: name or id of its tag
	#[arg(long, value_name = "TAG")]
	about: Option<TagName>,

	/// Also what its authors took back
	#[arg(long)]
	revoked: bool,

	/// Go on where the last page ended: the feedback that it named. Pages follow the order of
	/// storage, and each page the time
	#[arg(long, value_name = "ACCOUNT:INDEX")]
	after: Option<Place>,

	#[command(flatten)]
	limit: Limit,
}

/// Names some feedback: who gave it, and the number of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
	author: AccountName,
	index: u64,
}

/// Why a text names no feedback.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no feedback: write its author and its number as `ACCOUNT:INDEX`")]
pub struct ParsePlaceError(String);

impl FromStr for Place {
	type Err = ParsePlaceError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let place = text.rsplit_once(':').and_then(|(author, index)| {
			let author = Some(author).filter(|author| !author.is_empty())?;
			Some(Self { author: author.parse().ok()?, index: index.parse().ok()? })
		});
		place.ok_or_else(|| ParsePlaceError(text.into()))
	}
}

impl Place {
	fn resolve(&self, folder: &KeyFolder) -> Result<Cursor, Error> {
		Ok(Cursor { author: self.author.resolve(folder)?, index: self.index })
	}
}

/// Shows what an agent's work is worth.
pub async fn score(args: ReputationArgs, context: &Context) -> Result<(), Error> {
	let agent = args.target.agent;
	let block = context.connect().await?.best().await?;
	let Some(tag) = args.tag else {
		let score = reputation::score(&block, agent).await?;
		// What was earned outlives the agent.
		let is_known = score.mean.is_some() || agents::agent(&block, agent).await?.is_some();
		if !is_known && agents::leaving_agent(&block, agent).await?.is_none() {
			return Err(Error::AgentNotFound(agent));
		}
		return context.print(&ScoreReport { agent, score }, Some(block.id));
	};
	let tag = tag.find(&block).await?;
	let about = match args.about {
		Some(about) => Some(about.find(&block).await?),
		None => None,
	};
	let id = about.as_ref().map(|about| about.tag);
	let summary = reputation::summary(&block, agent, tag.tag, id).await?;
	context.print(&SummaryReport { agent, tag, about, summary }, Some(block.id))
}

/// Lists what was said about an agent.
pub async fn feedback(args: FeedbackArgs, context: &Context) -> Result<(), Error> {
	let (agent, folder) = (args.target.agent, context.keys()?);
	let author = args.author.map(|author| author.resolve(&folder)).transpose()?;
	let after = args.after.map(|after| after.resolve(&folder)).transpose()?;
	let block = context.connect().await?.best().await?;
	let filter = Filter {
		author,
		tag: tag::id_of(args.tag.as_ref(), &block).await?,
		about: tag::id_of(args.about.as_ref(), &block).await?,
		include_revoked: args.revoked,
	};
	let page = reputation::feedback(&block, agent, filter, after, args.limit.limit).await?;
	let ids = page.feedback.iter().flat_map(|one| one.about.into_iter().chain([one.tag]));
	let names = tags::by_id(&block, ids).await?;
	let feedback = page.feedback.into_iter().map(|one| NamedFeedback::new(one, &names)).collect();
	let report = FeedbackReport { agent, feedback, next: page.next };
	context.print(&report, Some(block.id))?;
	if let Some(Cursor { author, index }) = report.next {
		terminal::note(format!("there is more: go on with `--after {author}:{index}`"));
	}
	Ok(())
}

#[derive(Serialize)]
struct ScoreReport {
	agent: u64,
	#[serde(flatten)]
	score: Score,
}

impl Report for ScoreReport {
	const KIND: &'static str = "agent.reputation";

	fn text(&self) -> String {
		score_text(&self.score)
	}
}

/// A score for people.
pub fn score_text(score: &Score) -> String {
	let head = fields([
		("reputation", format!("at least {}, {}", score.lower_bound.short(), score.level)),
		("mean", or_dash(score.mean.map(|mean| mean.short()))),
		("evidence", format!("{} of protocol fees paid, decayed", score.evidence)),
		("contracts", format!("{} paid in full, {} in part", score.completed, score.partial)),
		("paid out", format!("{}, and {} went back", score.released, score.refunded)),
		("changes of owner", score.transfers.to_string()),
	]);
	let rows = score.components.iter().map(|one| {
		[
			one.component.to_string(),
			or_dash(one.mean.map(|mean| mean.short())),
			one.evidence.to_string(),
			one.weight.short(),
		]
	});
	format!("{head}\n\n{}", table(["component", "mean", "evidence", "weight"], rows))
}

#[derive(Serialize)]
struct SummaryReport {
	agent: u64,
	tag: Tag,
	about: Option<Tag>,
	#[serde(flatten)]
	summary: Summary,
}

impl Report for SummaryReport {
	const KIND: &'static str = "agent.rating-summary";

	fn text(&self) -> String {
		let about = self.about.as_ref();
		fields([
			("agent", self.agent.to_string()),
			("tag", self.tag.name.clone()),
			("about", about.map_or_else(|| "everything".to_owned(), |about| about.name.clone())),
			("ratings", self.summary.count.to_string()),
			("mean", or_dash(self.summary.mean.map(|mean| self.tag.measure(mean)))),
			("scale", format!("{} to {}", self.tag.min, self.tag.max)),
			("evidence", self.summary.evidence.to_string()),
		])
	}
}

/// Feedback with the names of its tags.
#[derive(Serialize)]
struct NamedFeedback {
	#[serde(flatten)]
	feedback: Feedback,
	tag_name: Option<String>,
	about_name: Option<String>,
}

impl NamedFeedback {
	fn new(feedback: Feedback, tags: &BTreeMap<u32, Tag>) -> Self {
		let name = |id| tags.get(&id).map(|tag| tag.name.clone());
		Self { tag_name: name(feedback.tag), about_name: feedback.about.and_then(name), feedback }
	}
}

#[derive(Serialize)]
struct FeedbackReport {
	agent: u64,
	feedback: Vec<NamedFeedback>,
	next: Option<Cursor>,
}

impl Report for FeedbackReport {
	const KIND: &'static str = "agent.feedback";

	fn text(&self) -> String {
		let rows = self.feedback.iter().map(|one| {
			let NamedFeedback { feedback, tag_name, about_name } = one;
			[
				feedback.author.to_string(),
				feedback.index.to_string(),
				feedback.contract.to_string(),
				tag_name.clone().unwrap_or_else(|| feedback.tag.to_string()),
				or_dash(about_name.clone().or_else(|| feedback.about.map(|id| id.to_string()))),
				feedback.value.to_string(),
				if feedback.revoked {
					"nothing, revoked".into()
				} else {
					feedback.weight.to_string()
				},
				feedback.uri.clone().unwrap_or_else(|| "-".to_owned()),
				or_dash(feedback.response.as_ref().map(|response| &response.uri)),
			]
		});
		let titles = [
			"author", "index", "contract", "tag", "about", "value", "weight", "document",
			"response",
		];
		table(titles, rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn feedback_should_be_named_by_author_and_number() {
		let place: Place = "//Alice:7".parse().expect("it is well formed");
		assert_eq!((place.author, place.index), (AccountName::Development("//Alice".into()), 7));
		for text in ["", "7", ":7", "//Alice", "//Alice:", "//Alice:-1"] {
			assert_eq!(text.parse::<Place>(), Err(ParsePlaceError(text.into())));
		}
	}
}
