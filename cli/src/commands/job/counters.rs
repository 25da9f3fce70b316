//! `aitbc job counters`: how the market does.

use crate::{
	chain::market::{self, Counters, EraCounters},
	commands::Context,
	decimal::Share,
	error::Error,
	output::{or_dash, table, Report},
	quantity::Percent,
};
use clap::Args;
use serde::Serialize;

/// Which eras.
#[derive(Debug, Args)]
pub struct CountersArgs {
	/// How many eras back, the present one included; the chain keeps the last 84
	#[arg(long, value_name = "COUNT", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
	eras: u32,
}

/// Shows what happened in the last eras.
pub async fn run(args: &CountersArgs, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let eras = market::counters(&block, args.eras).await?;
	let total = eras.iter().fold(Counters::default(), |sum, one| sum.with(&one.counters));
	let report = CountersReport {
		eras,
		completion_rate: total.completion_rate(),
		dispute_rate: total.dispute_rate(),
		total,
	};
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct CountersReport {
	eras: Vec<EraCounters>,
	total: Counters,
	/// Of the jobs that somebody had and that ended, those that are completed.
	completion_rate: Option<Share>,
	/// Of the leases that ended, those about which there was a ruling.
	dispute_rate: Option<Share>,
}

impl Report for CountersReport {
	const KIND: &'static str = "job.counters";

	fn text(&self) -> String {
		let rows = self.eras.iter().map(|one| row(one.era.to_string(), &one.counters));
		let total = row("all".to_owned(), &self.total);
		let titles = [
			"era",
			"posted",
			"assigned",
			"completed",
			"partial",
			"refunded",
			"reassigned",
			"expired",
			"cancelled",
			"completion",
			"disputes",
			"paid",
		];
		table(titles, rows.chain([total]))
	}
}

fn row(era: String, counters: &Counters) -> [String; 12] {
	let percent = |rate: Option<Share>| or_dash(rate.map(Percent));
	[
		era,
		counters.posted.to_string(),
		counters.assigned.to_string(),
		counters.completed.to_string(),
		counters.partial.to_string(),
		counters.refunded.to_string(),
		counters.reassigned.to_string(),
		counters.expired.to_string(),
		counters.cancelled.to_string(),
		percent(counters.completion_rate()),
		percent(counters.dispute_rate()),
		counters.value_settled.to_string(),
	]
}
