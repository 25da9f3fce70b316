//! Looking at what is to be on Bitcoin, and how far it has come.

use super::AnchorError;
use crate::{
	chain::{
		anchor::{
			self,
			node::{self, Worker},
			BitcoinBlock, LightClient, Output, Payload, Schedule, Status, Task,
		},
		Block,
	},
	commands::{telemetry::ago, Context},
	error::Error,
	output::{fields, or_dash, table, Report},
	terminal,
	time::Period,
};
use serde::Serialize;

/// A task, and where Bitcoin has its anchor.
#[derive(Serialize)]
struct Located {
	#[serde(flatten)]
	task: Task,
	/// The block of Bitcoin that has the anchor. None if none has, or this chain has forgotten it.
	bitcoin_block: Option<BitcoinBlock>,
}

impl Located {
	async fn read(block: &Block, task: Task) -> Result<Self, Error> {
		let bitcoin_block = match task.status.inclusion() {
			Some(inclusion) => anchor::bitcoin_block(block, inclusion.block).await?,
			None => None,
		};
		Ok(Self { task, bitcoin_block })
	}

	async fn read_if_any(block: &Block, task: Option<Task>) -> Result<Option<Self>, Error> {
		match task {
			Some(task) => Self::read(block, task).await.map(Some),
			None => Ok(None),
		}
	}

	/// Where the anchor is, a line for each thing.
	fn rows(&self) -> Vec<(&'static str, String)> {
		let Payload { height, block_hash, .. } = &self.task.payload;
		let mut rows = vec![
			("block", height.to_string()),
			("its hash", block_hash.to_string()),
			("state", state(&self.task.status)),
		];
		if let Some(inclusion) = self.task.status.inclusion() {
			let height = self.bitcoin_block.map(|block| format!(", height {}", block.height));
			let height = height.unwrap_or_default();
			rows.push(("transaction", inclusion.txid.to_string()));
			rows.push(("Bitcoin block", format!("{}{height}", inclusion.block)));
			rows.extend(self.bitcoin_block.map(|block| ("mined", mined(block))));
		}
		rows
	}
}

/// When a block of Bitcoin was mined, as its miner says.
fn mined(block: BitcoinBlock) -> String {
	ago(u64::from(block.time).saturating_mul(1_000))
}

/// How far a task has come, in words.
fn state(status: &Status) -> String {
	let deep = |confirmations: &Option<u32>| match confirmations {
		Some(1) => "1 confirmation".to_owned(),
		Some(count) => format!("{count} confirmations"),
		None => "too deep to be counted".to_owned(),
	};
	match status {
		Status::Due { until: Some(until), .. } => {
			format!("due: no proof so far; it may be given until active block {until}")
		},
		Status::Due { until: None, .. } => "due: no proof so far".to_owned(),
		Status::Included { confirmations, .. } | Status::Confirmed { confirmations, .. } => {
			format!("{}: {}", status.name(), deep(confirmations))
		},
		Status::Final { confirmations, at, is_paid, .. } => {
			let paid = if *is_paid { "paid" } else { "not claimed" };
			format!("final since block {at}: {}; its reward is {paid}", deep(confirmations))
		},
		Status::Covered { by } => format!("covered by block {by}, which is final"),
		Status::Missed => "missed: nobody proved it in time".to_owned(),
	}
}

/// Shows how far Bitcoin is followed, when blocks are anchored, and what this node does for it.
pub async fn status(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let worker = match node::worker(&chain).await {
		Ok(worker) => worker,
		// Only its operator may ask, and the rest is for everybody.
		Err(reason) => {
			terminal::note(format!("what this node's worker does is not shown: {reason}"));
			None
		},
	};
	let report = StatusReport {
		schedule: anchor::schedule(&block).await?,
		light_client: anchor::light_client(&block).await?,
		latest: Located::read_if_any(&block, anchor::latest(&block).await?).await?,
		latest_final: Located::read_if_any(&block, anchor::latest_final(&block).await?).await?,
		worker,
	};
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct StatusReport {
	schedule: Schedule,
	light_client: Option<LightClient>,
	latest: Option<Located>,
	latest_final: Option<Located>,
	worker: Option<Worker>,
}

impl Report for StatusReport {
	const KIND: &'static str = "anchor.status";

	fn text(&self) -> String {
		let Some(light_client) = &self.light_client else {
			return "this chain follows no Bitcoin, so nothing of it is anchored".to_owned();
		};
		let Schedule { period, next, timeout, confirmations, final_confirmations, reward, .. } =
			&self.schedule;
		let LightClient { network, tip, .. } = light_client;
		let mut rows = vec![
			("Bitcoin", format!("{network}, followed up to block {}", tip.height)),
			("its last block", format!("{}, {}", tip.hash, mined(*tip))),
		];
		let core_height = self.worker.as_ref().and_then(|worker| worker.core_height);
		rows.extend(core_height.map(|height| ("this node's Core", lag(height, tip.height))));
		rows.extend([
			("anchored", format!("each {period} blocks ({}), next block {next}", Period(*period))),
			("due for", format!("{} at most", Period(*timeout))),
			(
				"confirmed",
				format!("at {confirmations} confirmations, final at {final_confirmations}"),
			),
			("reward", reward.to_string()),
			("newest", or_dash(self.latest.as_ref().map(line))),
			("newest final", or_dash(self.latest_final.as_ref().map(line))),
			("this node's worker", self.worker.as_ref().map_or_else(no_worker, worker_text)),
		]);
		fields(rows)
	}
}

/// How far Bitcoin Core is ahead of this chain.
fn lag(core: u32, tip: u32) -> String {
	match core.checked_sub(tip) {
		Some(0) => format!("at block {core}, as this chain"),
		Some(ahead) => format!("at block {core}, {ahead} ahead of this chain"),
		None => format!("at block {core}, behind this chain: is it on the same network, and done?"),
	}
}

/// A task in a line.
fn line(located: &Located) -> String {
	format!("block {}, {}", located.task.payload.height, state(&located.task.status))
}

fn no_worker() -> String {
	"none, or it is not shown; see `aitbc anchor wallet`".to_owned()
}

/// What a worker does, in a line.
fn worker_text(worker: &Worker) -> String {
	let trouble = worker.error.as_ref().or(worker.problem.as_ref());
	match (trouble, &worker.waiting) {
		(Some(trouble), _) => format!("{}: {trouble}", worker.mode),
		(None, Some(waiting)) => {
			format!("{}: block {} waits in {}", worker.mode, waiting.height, waiting.txid)
		},
		(None, None) => format!("{}: nothing waits", worker.mode),
	}
}

/// Shows the newest final anchor, and the newest of all.
pub async fn latest(context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let report = LatestReport {
		latest_final: Located::read_if_any(&block, anchor::latest_final(&block).await?).await?,
		latest: Located::read_if_any(&block, anchor::latest(&block).await?).await?,
	};
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct LatestReport {
	latest_final: Option<Located>,
	latest: Option<Located>,
}

impl Report for LatestReport {
	const KIND: &'static str = "anchor.latest";

	fn text(&self) -> String {
		let height =
			|located: &Option<Located>| located.as_ref().map(|located| located.task.payload.height);
		let last = self.latest_final.as_ref().map_or_else(
			|| "no block of this chain is on Bitcoin for good yet".to_owned(),
			|located| fields(located.rows()),
		);
		match &self.latest {
			Some(newest) if height(&self.latest) != height(&self.latest_final) => {
				format!("{last}\n\nThe newest:\n{}", fields(newest.rows()))
			},
			_ => last,
		}
	}
}

/// Lists the last tasks.
pub async fn history(limit: u32, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let report = HistoryReport { tasks: anchor::tasks(&block, limit).await? };
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct HistoryReport {
	tasks: Vec<Task>,
}

impl Report for HistoryReport {
	const KIND: &'static str = "anchor.history";

	fn text(&self) -> String {
		if self.tasks.is_empty() {
			return "nothing was to be anchored yet; see `aitbc anchor status`".to_owned();
		}
		let rows = self.tasks.iter().map(|Task { payload, status }| {
			[
				payload.height.to_string(),
				status.name().to_owned(),
				or_dash(status.confirmations()),
				reward(status).to_owned(),
				or_dash(status.inclusion().map(|inclusion| inclusion.txid)),
			]
		});
		table(["block", "state", "confirmations", "reward", "transaction"], rows)
	}
}

/// What became of a task's reward, in a word.
fn reward(status: &Status) -> &'static str {
	match status {
		Status::Final { is_paid: true, .. } => "paid",
		Status::Final { is_paid: false, .. } => "open",
		_ => "-",
	}
}

/// Shows a task.
pub async fn show(height: u32, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let task = anchor::task(&block, height).await?.ok_or(AnchorError::TaskNotFound(height))?;
	let report = ShowReport(Located::read(&block, task).await?);
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct ShowReport(Located);

impl Report for ShowReport {
	const KIND: &'static str = "anchor.task";

	fn text(&self) -> String {
		let mut rows = self.0.rows();
		let Task { payload, status } = &self.0.task;
		if let Some(inclusion) = status.inclusion() {
			let Output { txid, index } = inclusion.funded_by;
			let way = match &inclusion.internal_key {
				None => "in the open, by OP_RETURN".to_owned(),
				Some(key) => format!("by Taproot, with the internal key {key}"),
			};
			rows.extend([("it commits", way), ("funded by", format!("output {index} of {txid}"))]);
		}
		rows.extend([
			("Bitcoin network", payload.network.to_owned()),
			("GRANDPA set", payload.set_id.to_string()),
			("audit root", payload.audit_root.to_string()),
			("payload", payload.bytes.clone()),
			("OP_RETURN script", payload.op_return.clone()),
		]);
		fields(rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, chain::anchor::Inclusion};
	use aitbc_bitcoin::{BlockHash, Network, Txid};
	use aitbc_core::money::AIT;

	fn inclusion() -> Inclusion {
		let funded_by = Output { txid: Txid([5; 32]), index: 1 };
		let (block, txid) = (BlockHash([3; 32]), Txid([4; 32]));
		Inclusion { block, txid, funded_by, internal_key: None }
	}

	fn located(height: u32, status: Status) -> Located {
		let payload = aitbc_bitcoin::Payload::new(Network::Regtest, 1, height, [2; 32], [0; 32]);
		let payload = payload.expect("the set's number is small").into();
		let bitcoin_block = status.inclusion().map(|inclusion| BitcoinBlock {
			hash: inclusion.block,
			height: 107,
			time: 0,
		});
		Located { task: Task { payload, status }, bitcoin_block }
	}

	fn included(confirmations: u32) -> Status {
		Status::Included { inclusion: inclusion(), confirmations: Some(confirmations) }
	}

	fn last(is_paid: bool) -> Status {
		Status::Final { inclusion: inclusion(), confirmations: Some(100), at: 210, is_paid }
	}

	fn status_report() -> StatusReport {
		let schedule = Schedule {
			network: Some("regtest"),
			period: 20,
			next: 60,
			timeout: 140,
			confirmations: 6,
			final_confirmations: 100,
			latest_final: Some(20),
			reward: Amount(10 * AIT),
			deposit: Amount(AIT),
			max_proof_bytes: 200_000,
		};
		let tip = BitcoinBlock { hash: BlockHash([9; 32]), height: 207, time: 0 };
		let light_client =
			LightClient { network: "regtest", tip, oldest: 0, max_reorganization: 99 };
		StatusReport {
			schedule,
			light_client: Some(light_client),
			latest: Some(located(40, included(1))),
			latest_final: Some(located(20, last(false))),
			worker: None,
		}
	}

	#[test]
	fn status_should_say_how_far_bitcoin_is_followed_and_what_comes_next() {
		let text = status_report().text();
		for words in [
			"regtest, followed up to block 207",
			"each 20 blocks (1 min), next block 60",
			"7 min at most",
			"block 40, included: 1 confirmation",
			"block 20, final since block 210: 100 confirmations; its reward is not claimed",
			"see `aitbc anchor wallet`",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn status_should_say_so_when_no_bitcoin_is_followed() {
		let report = StatusReport { light_client: None, ..status_report() };
		assert!(report.text().contains("follows no Bitcoin"), "{}", report.text());
	}

	#[test]
	fn lag_should_be_told_when_core_is_elsewhere() {
		assert_eq!(lag(107, 107), "at block 107, as this chain");
		assert_eq!(lag(110, 107), "at block 110, 3 ahead of this chain");
		assert!(lag(5, 107).contains("behind this chain"));
	}

	#[test]
	fn latest_should_show_the_newest_beside_the_final_one_when_it_is_another() {
		let report = |latest| LatestReport { latest_final: Some(located(20, last(true))), latest };
		let both = report(Some(located(40, included(2)))).text();
		for words in
			["its reward is paid", "The newest:", "included: 2 confirmations", "height 107"]
		{
			assert!(both.contains(words), "{words}: {both}");
		}
		assert!(both.contains(&"04".repeat(32)), "{both}");
		assert!(!report(Some(located(20, last(true)))).text().contains("The newest:"));
		let none = LatestReport { latest_final: None, latest: None };
		assert!(none.text().contains("for good yet"));
	}

	#[test]
	fn history_should_have_a_line_for_each_task() {
		let statuses =
			[Status::Missed, Status::Covered { by: 20 }, last(false), included(3), last(true)];
		let tasks = statuses.into_iter().map(|status| located(20, status).task).collect();
		let text = HistoryReport { tasks }.text();
		let words: Vec<_> = text
			.lines()
			.skip(1)
			.map(|line| line.split_whitespace().skip(1).take(3).collect::<Vec<_>>().join(" "))
			.collect();
		let expected =
			["missed - -", "covered - -", "final 100 open", "included 3 -", "final 100 paid"];
		assert_eq!(words, expected, "{text}");
		assert!(HistoryReport { tasks: Vec::new() }.text().contains("aitbc anchor status"));
	}

	#[test]
	fn task_should_be_shown_with_what_bitcoin_is_told() {
		let text = ShowReport(located(20, included(3))).text();
		for words in ["by OP_RETURN", "output 1 of 0505", "0x41495442", "0x6a4c5041495442"] {
			assert!(text.contains(words), "{words}: {text}");
		}
		let due = Status::Due { since: 21, until: Some(161) };
		let text = ShowReport(located(20, due)).text();
		assert!(text.contains("until active block 161"), "{text}");
		assert!(!text.contains("funded by"), "{text}");
	}
}
