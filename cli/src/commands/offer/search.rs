//! `aitbc offer match`: which offers fit best, and why.

use super::{named, Named, RequirementArgs};
use crate::{
	amount::Amount,
	chain::{
		market::{self, Fit, Query, RankedOffer, Unit},
		Block,
	},
	commands::{random_hash, tag::TagName, Context, Limit},
	decimal::Share,
	digest::HashOrFile,
	error::Error,
	output::{table, Report},
	terminal,
};
use clap::Args;
use serde::Serialize;

/// What is looked for.
#[derive(Debug, Args)]
pub struct MatchArgs {
	/// What must be offered: name or id of a tag
	#[arg(long, value_name = "TAG")]
	capability: TagName,

	/// What is counted
	#[arg(long)]
	unit: Unit,

	/// How many units it must take
	#[arg(long, value_name = "COUNT")]
	units: u64,

	/// The most that a unit may cost
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	max_price: Amount,

	#[command(flatten)]
	requirements: RequirementArgs,

	/// Hash of the job, or the file to hash: says where the search starts and who goes first of
	/// equals [default: random]
	#[arg(long, value_name = "HASH_OR_FILE")]
	seed: Option<HashOrFile>,

	/// Search on from this offer, with the same seed
	#[arg(long, value_name = "OFFER", requires = "seed")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Searches, and ranks what was found.
pub async fn run(args: MatchArgs, context: &Context) -> Result<(), Error> {
	let seed = match args.seed {
		Some(seed) => seed.hash()?,
		None => random_hash()?,
	};
	let block = context.connect().await?.best().await?;
	let query = Query {
		capability: args.capability.find(&block).await?.tag,
		unit: args.unit,
		units: args.units,
		max_price: args.max_price,
		requirements: args.requirements.requirements()?,
		seed,
		after: args.after,
	};
	let found = search(query, args.limit, &block, context).await?;
	if let Some(next) = found.next {
		let seen = found.seen;
		terminal::note(format!(
			"looked at {seen} offers: search on with `--seed {seed} --after {next}`"
		));
	}
	Ok(())
}

/// How far a search came.
pub struct Searched {
	/// How many offers it looked at.
	pub seen: u32,
	/// Where a search of the others starts, if there are any.
	pub next: Option<u64>,
}

/// Searches for the offers that meet `query`, and writes them.
pub async fn search(
	query: Query,
	limit: Limit,
	block: &Block,
	context: &Context,
) -> Result<Searched, Error> {
	let found = market::rank_offers(block, &query, limit.limit).await?;
	let (scores, offers): (Vec<_>, Vec<_>) = found
		.offers
		.into_iter()
		.map(|RankedOffer { score, fit, reputation, offer }| ((score, fit, reputation), offer))
		.unzip();
	let offers = scores.into_iter().zip(named(offers, block).await?);
	let offers =
		offers.map(|((score, fit, reputation), offer)| Ranked { score, fit, reputation, offer });
	let (seen, next) = (found.seen, found.next);
	let (capability, is_all) = (query.capability, query.after.is_none() && next.is_none());
	let report =
		MatchReport { query, offers: offers.collect(), candidates: found.candidates, seen, next };
	context.print(&report, Some(block.id))?;
	if report.offers.is_empty() {
		let none = if is_all { "no offer fits" } else { "none of these offers fits" };
		terminal::note(format!(
			"{none}: see what there is with `aitbc offer list --capability {capability}`"
		));
	}
	Ok(Searched { seen, next })
}

#[derive(Serialize)]
struct Ranked {
	score: Share,
	fit: Fit,
	reputation: Share,
	#[serde(flatten)]
	offer: Named,
}

#[derive(Serialize)]
struct MatchReport {
	query: Query,
	offers: Vec<Ranked>,
	candidates: u32,
	seen: u32,
	next: Option<u64>,
}

impl Report for MatchReport {
	const KIND: &'static str = "offer.match";

	fn text(&self) -> String {
		let rows = self.offers.iter().zip(1..).map(|(ranked, rank): (_, u32)| {
			let (fit, offer) = (ranked.fit, &ranked.offer.offer);
			[
				rank.to_string(),
				offer.offer.to_string(),
				offer.agent.to_string(),
				ranked.score.short(),
				fit.resource.short(),
				fit.performance.short(),
				fit.cost.short(),
				fit.availability.short(),
				fit.bond.short(),
				ranked.reputation.short(),
				offer.terms.price.to_string(),
			]
		});
		let titles = [
			"rank",
			"offer",
			"agent",
			"score",
			"resource",
			"performance",
			"cost",
			"availability",
			"bond",
			"reputation",
			"price",
		];
		scored(table(titles, rows))
	}
}

/// A table of candidates, with what their scores are made of.
pub fn scored(table: String) -> String {
	let score = "score = mean of resource, performance, cost, availability and bond";
	format!("{table}\n\n {score} x (0.7 + 0.3 x reputation)")
}
