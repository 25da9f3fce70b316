//! `aitbc node`: the node that answers, and those of this machine.

mod logs;
mod running;

use super::{telemetry::ago, Context};
use crate::{
	chain::{
		node::{self, Node},
		telemetry::{self, Crossing, Feed, Outlook},
		BlockId,
	},
	error::Error,
	output::{fields, or_dash, table, Report},
	time::Seconds,
};
use clap::Subcommand;
use serde::Serialize;

/// What can be asked of a node, and done with nodes of this machine.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List the nodes that this program has started on this machine
	List,

	/// Start a development network on this machine, or nodes of it again
	///
	/// Nodes run in the background, each with a folder, ports and a log of its own; see `aitbc node list`. What
	/// runs already is left alone, and what was stopped goes on where it was, so that this may be repeated.
	Start(running::StartArgs),

	/// Ask nodes of this machine to end, and wait until they have
	Stop(running::StopArgs),

	/// Stop nodes of this machine and start them again, with their keys and what they know of the chain
	Restart(running::StopArgs),

	/// Show what a node of this machine writes to its log
	Logs(logs::LogsArgs),

	/// Show what the node is and how it fares
	Status,

	/// Show what the node's telemetry worker measures, how unusual it is, and where it leads
	///
	/// The node must be your own, run with `--telemetry-worker`, and let you call unsafe methods.
	Metrics,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List => running::list(context),
		Command::Start(args) => running::start(args, context).await,
		Command::Stop(args) => running::end(args, context).await,
		Command::Restart(args) => running::restart(args, context).await,
		Command::Logs(args) => logs::run(args, context).await,
		Command::Status => status(context).await,
		Command::Metrics => metrics(context).await,
	}
}

async fn status(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let node = node::node(&chain).await?;
	let report = StatusReport {
		url: chain.url().to_owned(),
		healthy: node.is_healthy(),
		node,
		best: chain.best().await?.id,
		finalized: chain.finalized().await?.id,
	};
	context.print(&report, None)
}

#[derive(Serialize)]
struct StatusReport {
	url: String,
	healthy: bool,
	#[serde(flatten)]
	node: Node,
	best: BlockId,
	finalized: BlockId,
}

impl Report for StatusReport {
	const KIND: &'static str = "node.status";

	fn text(&self) -> String {
		let node = &self.node;
		let health = match (self.healthy, node.syncing) {
			(true, _) => "healthy".to_owned(),
			(false, true) => format!("syncing, up to block {}", node.highest_block),
			(false, false) => "alone: it has no peers, and should have some".to_owned(),
		};
		fields([
			("node", format!("{} {}", node.name, node.version)),
			("url", self.url.clone()),
			("chain", node.chain.clone()),
			("health", health),
			("roles", node.roles.join(", ").to_lowercase()),
			("peers", node.peers.to_string()),
			("peer id", node.peer_id.clone()),
			("best", format!("{} {:?}", self.best.number, self.best.hash)),
			("finalized", format!("{} {:?}", self.finalized.number, self.finalized.hash)),
		])
	}
}

async fn metrics(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let worker = telemetry::worker(&chain).await?;
	let is_on = worker.mode != "off";
	let status = worker.status.filter(|_| is_on).ok_or(Error::NotMeasuring)?;
	let feed = telemetry::feeds(&chain.best().await?, 1).await?.pop();
	let report = MetricsReport {
		at: status.at,
		problem: status.problem,
		samples: status.samples,
		series: status.series,
		feed,
	};
	context.print(&report, None)
}

#[derive(Serialize)]
struct MetricsReport {
	/// When the worker ran last, in milliseconds since the Unix epoch.
	at: u64,
	/// Why it can't read, if it can't.
	problem: Option<String>,
	samples: u64,
	series: Vec<Outlook>,
	/// What all validators have seen in the last window that is settled.
	feed: Option<Feed>,
}

impl Report for MetricsReport {
	const KIND: &'static str = "node.metrics";

	fn text(&self) -> String {
		let reads = match &self.problem {
			None => format!("well, {} samples so far", self.samples),
			Some(problem) => format!("not at all: {problem}"),
		};
		let head = fields([("measured", ago(self.at)), ("reads", reads)]);
		let rows = self.series.iter().map(|one| {
			let all = self.feed.as_ref().and_then(|feed| {
				feed.values
					.iter()
					.find(|value| value.series == one.series)
					.map(|value| value.median)
			});
			[
				one.series.clone(),
				or_dash(one.value.as_deref()),
				one.unit.clone(),
				or_dash(one.score.as_deref()),
				or_dash(one.crossing.map(crossing_text)),
				or_dash(all),
			]
		});
		let titles = ["series", "value", "unit", "anomaly", "meets its limit", "all validators"];
		format!("{head}\n\n{}", table(titles, rows))
	}
}

/// When a series meets its limit.
fn crossing_text(crossing: Crossing) -> String {
	match (crossing.expected, crossing.latest) {
		(None, _) => "not as it goes".to_owned(),
		(Some(expected), None) => format!("in {}, or never", Seconds(expected)),
		(Some(expected), Some(latest)) => {
			format!("in {}, in {} at the latest", Seconds(expected), Seconds(latest))
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn crossings_should_say_how_sure_they_are() {
		let crossing = |expected, latest| Crossing { expected, earliest: expected, latest };
		for (crossing, words) in [
			(crossing(None, None), "not as it goes"),
			(crossing(Some(90), None), "in 1 min 30 s, or never"),
			(crossing(Some(90), Some(3_600)), "in 1 min 30 s, in 1 h at the latest"),
		] {
			assert_eq!(crossing_text(crossing), words);
		}
	}
}
