//! `aitbc network`: the network as a whole.

mod partition;
mod peers;
mod topology;

use super::{telemetry::why, Context};
use crate::{
	chain::{
		network::{self, ActiveClock},
		node::{self, RuntimeVersion},
		telemetry::{self, Feed, Overview},
		Block, BlockId, Chain,
	},
	error::Error,
	output::{fields, or_dash, Report},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use subxt::config::substrate::H256;

/// What can be asked of a network.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show the network's chain, its pace and its era
	Status(StatusArgs),

	/// Show how the network fares, by what all validators measure and report
	Health,

	/// List the peers of the node, which must let you call unsafe methods
	Peers,

	/// Show who is connected with whom on a network of this machine
	Topology(topology::NetworkArgs),

	/// List whom the nodes of a network of this machine know of
	///
	/// Nodes tell whom they are connected with and whom they keep a place for, and nothing of those that they
	/// have only heard of.
	Discover(topology::NetworkArgs),

	/// Cut a network of this machine in two, of which neither hears of the other
	///
	/// Its nodes go on. A side without more than two thirds of the validators finalizes nothing until
	/// `aitbc network recover`. A node that is restarted meanwhile stays on its side, unless one of the other side
	/// is restarted too: those two find each other.
	Partition(partition::PartitionArgs),

	/// Put a network of this machine together again
	Recover(topology::NetworkArgs),
}

/// What the pace is measured on.
#[derive(Debug, Args)]
pub struct StatusArgs {
	/// Over how many of the last blocks to measure the time per block
	#[arg(long, value_name = "COUNT", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..))]
	blocks: u64,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status(args) => status(args, context).await,
		Command::Health => health(context).await,
		Command::Peers => peers::run(context).await,
		Command::Topology(args) => topology::run(args, context).await,
		Command::Discover(args) => topology::discover(args, context).await,
		Command::Partition(args) => partition::cut(args, context).await,
		Command::Recover(args) => partition::heal(args, context).await,
	}
}

async fn status(args: StatusArgs, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (best, finalized) = (chain.best().await?, chain.finalized().await?.id);
	let report = StatusReport {
		chain: node::chain_name(&chain).await?,
		genesis: chain.genesis_hash(),
		runtime: node::runtime_version(&chain).await?,
		finality_lag: best.id.number.saturating_sub(finalized.number),
		best: best.id,
		finalized,
		block_time_ms: block_time(&chain, &best, args.blocks).await?,
		validators: network::validators(&best).await?.len(),
		era: network::active_era(&best).await?,
		session: network::session(&best).await?,
		active_clock: network::active_clock(&best).await?,
	};
	context.print(&report, Some(best.id))
}

/// The mean time per block over the last `count` blocks up to `best`, in milliseconds. The first
/// block has no time, so it does not count.
async fn block_time(chain: &Chain, best: &Block, count: u64) -> Result<Option<u64>, Error> {
	let first = best.id.number.saturating_sub(count).max(1);
	let Some(blocks) = best.id.number.checked_sub(first).filter(|blocks| *blocks > 0) else {
		return Ok(None);
	};
	let earlier = network::timestamp(&chain.block_at(first).await?).await?;
	let later = network::timestamp(best).await?;
	Ok(later.saturating_sub(earlier).checked_div(blocks))
}

#[derive(Serialize)]
struct StatusReport {
	chain: String,
	genesis: H256,
	runtime: RuntimeVersion,
	best: BlockId,
	finalized: BlockId,
	finality_lag: u64,
	block_time_ms: Option<u64>,
	validators: usize,
	era: Option<u32>,
	session: u32,
	active_clock: ActiveClock,
}

impl Report for StatusReport {
	const KIND: &'static str = "network.status";

	fn text(&self) -> String {
		let runtime = &self.runtime;
		let block_time =
			self.block_time_ms.map(|millis| format!("{}.{:03} s", millis / 1_000, millis % 1_000));
		let clock = match self.active_clock {
			ActiveClock { now, paused: false } => now.to_string(),
			ActiveClock { now, paused: true } => format!("{now}, standing still: paused"),
		};
		fields([
			("chain", self.chain.clone()),
			("genesis", format!("{:?}", self.genesis)),
			("runtime", format!("{} {}", runtime.spec_name, runtime.spec_version)),
			("best", format!("{} {:?}", self.best.number, self.best.hash)),
			("finalized", format!("{} {:?}", self.finalized.number, self.finalized.hash)),
			("finality lag", format!("{} blocks", self.finality_lag)),
			("block time", or_dash(block_time)),
			("validators", self.validators.to_string()),
			("era", or_dash(self.era)),
			("session", self.session.to_string()),
			("active clock", clock),
		])
	}
}

/// How many blocks finality may lag before something is wrong: it takes two or three.
const USUAL_LAG: u64 = 10;

/// How many of the last windows' reports are of interest.
const RECENT_WINDOWS: u32 = 12;

/// How many windows after its own a feed is there.
const FEED_LAG: u32 = 3;

/// How many reports are looked at.
const MOST_REPORTS: u32 = 100;

async fn health(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let (best, finalized) = (chain.best().await?, chain.finalized().await?.id);
	let overview = telemetry::overview(&best).await?;
	let reporters = telemetry::reporters(&best).await?;
	let recent = overview.window.saturating_sub(RECENT_WINDOWS);
	let reports = telemetry::reports(&best, MOST_REPORTS).await?;
	let report = HealthReport::new(
		best.id.number.saturating_sub(finalized.number),
		network::validators(&best).await?.len(),
		reporters.iter().filter(|one| one.key.is_some() && !one.stake.is_zero()).count(),
		overview,
		telemetry::feeds(&best, 1).await?.pop(),
		reports.into_iter().filter(|one| one.window >= recent).collect(),
	);
	context.print(&report, Some(best.id))
}

#[derive(Serialize)]
struct HealthReport {
	/// Whether nothing is known that is wrong with the network as a whole.
	healthy: bool,
	/// What is wrong, or not known.
	findings: Vec<String>,
	finality_lag: u64,
	validators: usize,
	/// How many of them measure.
	reporters: usize,
	/// What they have seen in the last window that is settled.
	feed: Option<Feed>,
	/// What they have reported lately.
	reports: Vec<telemetry::Report>,
}

impl HealthReport {
	fn new(
		finality_lag: u64,
		validators: usize,
		reporters: usize,
		overview: Overview,
		feed: Option<Feed>,
		reports: Vec<telemetry::Report>,
	) -> Self {
		let mut wrong = Vec::new();
		if finality_lag > USUAL_LAG {
			wrong.push(format!("finality is {finality_lag} blocks behind"));
		}
		for report in reports.iter().filter(|one| one.state == "corroborated") {
			let (series, why) = (&report.alarm.series, why(&report.alarm));
			wrong.push(format!("several validators report {series}: {why}"));
		}
		let healthy = wrong.is_empty();
		let mut findings = wrong;
		let open = reports.iter().filter(|one| one.state == "open").count();
		if open > 0 {
			let reports = if open == 1 { "report" } else { "reports" };
			findings
				.push(format!("{open} {reports} of single nodes; see `aitbc telemetry reports`"));
		}
		let newest = overview.window.saturating_sub(FEED_LAG);
		let is_fresh = feed.as_ref().is_some_and(|feed| feed.window.saturating_add(1) >= newest);
		if !is_fresh {
			findings.push("nobody has measured lately: the feed is empty or old".to_owned());
		}
		if reporters < validators {
			findings.push(format!("{reporters} of {validators} validators measure"));
		}
		Self { healthy, findings, finality_lag, validators, reporters, feed, reports }
	}
}

impl Report for HealthReport {
	const KIND: &'static str = "network.health";

	fn text(&self) -> String {
		let health = if self.healthy { "nothing wrong is known" } else { "something is wrong" };
		let mut rows = vec![
			("health", health.to_owned()),
			("finality lag", format!("{} blocks", self.finality_lag)),
			("validators", self.validators.to_string()),
			("of them measure", self.reporters.to_string()),
		];
		if let Some(feed) = &self.feed {
			rows.push(("measured in", format!("window {} by {}", feed.window, feed.reporters)));
			for value in &feed.values {
				let text = format!("{} ± {} {}", value.median, value.spread, value.unit);
				rows.push((value.series, text));
			}
		}
		rows.extend(self.findings.iter().map(|finding| ("finding", finding.clone())));
		fields(rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		amount::Amount,
		chain::telemetry::{Alarm, Cause},
	};
	use subxt::utils::AccountId32;

	fn overview() -> Overview {
		Overview {
			window: 20,
			window_length: 10,
			era: 1,
			deposit: Amount(0),
			miss_penalty: Amount(0),
			spam_penalty: Amount(0),
			era_pot: Amount(0),
			pot: Amount(0),
			min_reporters: 3,
			points: 0,
		}
	}

	fn feed(window: u32) -> Option<Feed> {
		Some(Feed { window, first_block: 0, reporters: 4, stake: Amount(1), values: Vec::new() })
	}

	fn report(state: &'static str) -> telemetry::Report {
		let cause = Cause::Anomaly {
			score: "0.9".into(),
			feature: "value".into(),
			expected: "2".into(),
			seen: "50".into(),
		};
		let (series, unit) = ("finality-lag".into(), "blocks".into());
		telemetry::Report {
			report: 1,
			reporter: AccountId32([1; 32]),
			window: 19,
			alarm: Alarm { series, unit, at: 0, cause },
			model: 1,
			evidence: String::new(),
			state,
		}
	}

	#[test]
	fn network_should_be_healthy_when_nothing_is_wrong() {
		let report = HealthReport::new(2, 4, 4, overview(), feed(17), Vec::new());
		assert!(report.healthy);
		assert_eq!(report.findings, Vec::<String>::new());
	}

	#[test]
	fn network_should_not_be_healthy_when_finality_lags_or_several_say_so() {
		for (lag, reports, words) in [
			(11, Vec::new(), "finality is 11 blocks behind"),
			(2, vec![report("corroborated")], "several validators report finality-lag: 50 blocks"),
		] {
			let report = HealthReport::new(lag, 4, 4, overview(), feed(17), reports);
			assert!(!report.healthy);
			assert!(report.findings[0].starts_with(words), "{:?}", report.findings);
		}
	}

	#[test]
	fn findings_should_say_what_is_not_known() {
		let reports = vec![report("open"), report("dismissed")];
		let report = HealthReport::new(2, 4, 1, overview(), feed(15), reports);
		assert!(report.healthy);
		assert_eq!(
			report.findings,
			[
				"1 report of single nodes; see `aitbc telemetry reports`",
				"nobody has measured lately: the feed is empty or old",
				"1 of 4 validators measure",
			]
		);
	}
}
