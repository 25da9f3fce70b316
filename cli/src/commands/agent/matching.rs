//! `aitbc agent match`: who fits a job best.

use crate::{
	amount::Amount,
	chain::{
		capabilities::{self, MatchError, Matches, Requirements},
		tags::Tag,
	},
	commands::{random_hash, tag::TagName, Context, Limit},
	decimal::Decimal,
	digest::HashOrFile,
	error::Error,
	output::{table, Report},
	terminal,
	version::Version,
};
use clap::Args;
use serde::Serialize;

/// What is looked for.
#[derive(Debug, Args)]
pub struct MatchArgs {
	/// What the agent must offer: name or id of a tag
	#[arg(long)]
	tag: TagName,

	/// The most that one unit of the tag may cost
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	max_price: Amount,

	/// The least version: a newer minor version serves as well, a newer major one half
	#[arg(long, value_name = "MAJOR.MINOR", default_value = "0.0")]
	version: Version,

	/// The least performance, on the tag's scale
	#[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
	performance: Option<Decimal>,

	/// How many units of the tag it must take at once
	#[arg(long, value_name = "COUNT", default_value_t = 1)]
	capacity: u32,

	/// Hash of the parameters you prefer, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	parameters: Option<HashOrFile>,

	/// Hash of the job, or the file to hash: says where the search starts and who goes first of
	/// equals [default: random]
	#[arg(long, value_name = "HASH_OR_FILE")]
	job: Option<HashOrFile>,

	/// Search on from this page, with the same job
	#[arg(long, value_name = "PAGE", requires = "job")]
	start: Option<u32>,

	#[command(flatten)]
	limit: Limit,
}

/// Searches, and ranks what was found.
pub async fn run(args: MatchArgs, context: &Context) -> Result<(), Error> {
	let parameters = args.parameters.map(HashOrFile::hash).transpose()?;
	let seed = match args.job {
		Some(job) => job.hash()?,
		None => random_hash()?,
	};
	let block = context.connect().await?.best().await?;
	let tag = args.tag.find(&block).await?;
	let requirements = Requirements {
		tag: tag.tag,
		version: args.version,
		parameters,
		performance: args.performance,
		max_price: args.max_price,
		capacity: args.capacity,
		seed,
		start: args.start,
	};
	let found = match capabilities::find(&block, requirements, args.limit.limit).await? {
		Ok(found) => found,
		Err(MatchError::TagNotFound) => return Err(Error::TagNotFound(tag.name)),
		Err(MatchError::PerformanceOffScale) => {
			return Err(Error::PerformanceOffScale {
				performance: args.performance.unwrap_or(tag.min),
				min: tag.min,
				max: tag.max,
				tag: tag.name,
			})
		},
	};
	let report = MatchReport { tag, requirements, found };
	context.print(&report, Some(block.id))?;
	if report.found.matches.is_empty() {
		terminal::note(format!(
			"nobody fits: see who offers `{0}` with `aitbc agent list --capability {0}`",
			report.tag.name
		));
	}
	if let Some(next) = report.found.next {
		terminal::note(format!(
			"read {} of {} pages: search on with `--job {seed} --start {next}`",
			report.found.pages_read, report.found.pages
		));
	}
	Ok(())
}

#[derive(Serialize)]
struct MatchReport {
	tag: Tag,
	requirements: Requirements,
	#[serde(flatten)]
	found: Matches,
}

impl Report for MatchReport {
	const KIND: &'static str = "agent.match";

	fn text(&self) -> String {
		let rows = self.found.matches.iter().zip(1..).map(|(found, rank): (_, u32)| {
			let (row, fit) = (found.row, found.fit);
			[
				rank.to_string(),
				row.agent.to_string(),
				found.score.short(),
				row.version.to_string(),
				self.tag.value_at(row.performance).to_string(),
				row.price.to_string(),
				row.capacity.to_string(),
				row.lower_bound.short(),
				fit.availability.short(),
			]
		});
		let titles = [
			"rank",
			"agent",
			"score",
			"version",
			"performance",
			"price",
			"capacity",
			"reputation",
			"availability",
		];
		table(titles, rows)
	}
}
