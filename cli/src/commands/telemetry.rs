//! `aitbc telemetry`: measuring your node, and what that says of the network.

use super::{Context, Limit};
use crate::{
	amount::Amount,
	chain::{
		telemetry::{
			self, Alarm, Cause, Claimable, Feed, KeptAlarm, Overview, Reporter, Worker, WorkerKey,
		},
		Chain,
	},
	error::Error,
	keys::AccountName,
	output::{fields, or_dash, table, Report},
	terminal,
	time::Seconds,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::{
	fmt,
	str::FromStr,
	time::{SystemTime, UNIX_EPOCH},
};
use subxt::utils::AccountId32;

/// What can be done about telemetry.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Name, change or take back the key that your node's worker signs with
	#[command(subcommand)]
	Key(KeyCommand),

	/// Be paid for measuring, as anybody, for a validator
	Claim(ClaimArgs),

	/// Show where telemetry stands, what a validator measures, and what this node's worker does
	Status {
		/// The validator: an address, a key's name, or a development key such as //Alice//stash
		account: Option<AccountName>,
	},

	/// Show what all validators have seen in the last windows
	History(Limit),

	/// Show the alarms that workers have reported
	Reports(Limit),

	/// Show the alarms that this node's worker keeps
	Alarms,
}

/// What can be done about worker keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
	/// Have the node make a worker key for a validator, and show it with its proof
	///
	/// The node must be your own, and let you call unsafe methods: by default it does on its own machine.
	New {
		/// The validator's stash: an address, a key's name, or a development key
		validator: AccountName,
	},

	/// Name your worker key: one that the node makes now, or one that was made before
	///
	/// You send it as the validator's stash. It holds a deposit, and is your consent to have digests and
	/// alarms of your node published. The node has to run with `--telemetry-worker`.
	Set(SetArgs),

	/// Take your worker key back, and its deposit, when nothing is open
	Remove {
		#[command(flatten)]
		transaction: TransactionArgs,
	},
}

/// Which key.
#[derive(Debug, Args)]
pub struct SetArgs {
	/// The key, as `aitbc telemetry key new` shows it [default: a new one, made by the node]
	#[arg(long, value_name = "HEX", requires = "proof")]
	key: Option<Bytes<32>>,

	/// Its proof, as `aitbc telemetry key new` shows it
	#[arg(long, value_name = "HEX", requires = "key")]
	proof: Option<Bytes<64>>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// For whom, and for when.
#[derive(Debug, Args)]
pub struct ClaimArgs {
	/// The era [default: each that can be claimed]
	#[arg(long)]
	era: Option<u32>,

	/// The validator: an address, a key's name, or a development key [default: you]
	#[arg(long, value_name = "ACCOUNT")]
	of: Option<AccountName>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// So many bytes as `0x` and hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes<const N: usize>([u8; N]);

impl<const N: usize> FromStr for Bytes<N> {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let expected = || format!("`{text}` is not 0x and {} hexadecimal digits", N * 2);
		let digits = text.strip_prefix("0x").ok_or_else(expected)?;
		let mut bytes = [0; N];
		hex::decode_to_slice(digits, &mut bytes).map_err(|_| expected())?;
		Ok(Self(bytes))
	}
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Key(KeyCommand::New { validator }) => new_key(&validator, context).await,
		Command::Key(KeyCommand::Set(args)) => set_key(args, context).await,
		Command::Key(KeyCommand::Remove { transaction }) => remove_key(&transaction, context).await,
		Command::Claim(args) => claim(args, context).await,
		Command::Status { account } => status(account, context).await,
		Command::History(Limit { limit }) => history(limit, context).await,
		Command::Reports(Limit { limit }) => reports(limit, context).await,
		Command::Alarms => alarms(context).await,
	}
}

async fn new_key(validator: &AccountName, context: &Context) -> Result<(), Error> {
	let validator = validator.resolve(&context.keys()?)?;
	let chain = context.connect().await?;
	let WorkerKey { key, proof } = telemetry::new_key(&chain, validator).await?;
	context.print(&NewKey { validator, key, proof }, None)
}

#[derive(Serialize)]
struct NewKey {
	validator: AccountId32,
	key: String,
	proof: String,
}

impl Report for NewKey {
	const KIND: &'static str = "telemetry.key";

	fn text(&self) -> String {
		fields([
			("validator", self.validator.to_string()),
			("key", self.key.clone()),
			("proof", self.proof.clone()),
		])
	}
}

async fn set_key(args: SetArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let validator = sender.acts_for();
	let (Bytes(key), Bytes(proof)) = match (args.key, args.proof) {
		(Some(key), Some(proof)) => (key, proof),
		_ => made_by_node(&chain, validator).await?,
	};
	let block = chain.best().await?;
	let deposit = telemetry::overview(&block).await?.deposit;
	let held = telemetry::reporter(&block, validator).await?.map_or(0, |one| one.deposit.0);
	let consent = Consent { deposit: Amount(deposit.0.saturating_sub(held)) };
	context.send_knowing(&chain, &sender, &telemetry::set_worker_key(key, proof), consent).await
}

/// A new key of the node's keystore, with its proof for `validator`.
async fn made_by_node(
	chain: &Chain,
	validator: AccountId32,
) -> Result<(Bytes<32>, Bytes<64>), Error> {
	let made = telemetry::new_key(chain, validator).await?;
	let read = (made.key.parse(), made.proof.parse());
	match read {
		(Ok(key), Ok(proof)) => Ok((key, proof)),
		(Err(reason), _) | (_, Err(reason)) => Err(Error::BadAnswer(reason)),
	}
}

/// What naming a key means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Consent {
	/// What is held for it now.
	deposit: Amount,
}

impl fmt::Display for Consent {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(
			f,
			"naming the key holds {} of the stash, part of which is lost with each digest that the worker \
			 does not reveal; digests and alarms of the node become public, raw samples stay on it",
			self.deposit
		)
	}
}

async fn remove_key(args: &TransactionArgs, context: &Context) -> Result<(), Error> {
	context.send(args, &telemetry::remove_worker_key()).await
}

async fn claim(args: ClaimArgs, context: &Context) -> Result<(), Error> {
	let of = match &args.of {
		Some(account) => Some(account.resolve(&context.keys()?)?),
		None => None,
	};
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let reporter = of.unwrap_or_else(|| sender.acts_for());
	let eras = match args.era {
		Some(era) => vec![era],
		None => {
			let all = telemetry::claimable(&chain.best().await?, reporter).await?;
			all.iter().filter(|one| one.amount.is_some()).map(|one| one.era).collect()
		},
	};
	if eras.is_empty() {
		return Err(Error::NothingToClaim(reporter));
	}
	for era in eras {
		context.send_to(&chain, &sender, &telemetry::claim(era, reporter)).await?;
	}
	Ok(())
}

async fn status(account: Option<AccountName>, context: &Context) -> Result<(), Error> {
	let account = match &account {
		Some(account) => Some(account.resolve(&context.keys()?)?),
		None => None,
	};
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let overview = telemetry::overview(&block).await?;
	let reporters = match account {
		Some(account) => {
			let reporter = telemetry::reporter(&block, account).await?;
			vec![reporter.ok_or(Error::ReporterNotFound(account))?]
		},
		None => telemetry::reporters(&block).await?,
	};
	let claimable = match account {
		Some(account) => telemetry::claimable(&block, account).await?,
		None => Vec::new(),
	};
	let worker = match telemetry::worker(&chain).await {
		Ok(worker) => Some(worker),
		// Only its operator may ask, and the rest is for everybody.
		Err(reason) => {
			terminal::note(format!("what this node's worker does is not shown: {reason}"));
			None
		},
	};
	context.print(&StatusReport { overview, reporters, claimable, worker }, Some(block.id))
}

#[derive(Serialize)]
struct StatusReport {
	#[serde(flatten)]
	overview: Overview,
	reporters: Vec<Reporter>,
	claimable: Vec<Claimable>,
	worker: Option<Worker>,
}

impl Report for StatusReport {
	const KIND: &'static str = "telemetry.status";

	fn text(&self) -> String {
		let Overview { window, window_length, era, deposit, pot, era_pot, points, .. } =
			self.overview;
		let mut rows = vec![
			("window", format!("{window}, of {window_length} blocks each")),
			("era", format!("{era}, {points} points so far")),
			("pot", format!("{pot}, of which an era shares {era_pot} at most")),
			("deposit", deposit.to_string()),
		];
		if let Some(worker) = &self.worker {
			rows.push(("this node's worker", worker_text(worker)));
		}
		let mut text = fields(rows);
		if !self.reporters.is_empty() {
			let rows = self.reporters.iter().map(|one| {
				let record = one.record;
				[
					one.reporter.to_string(),
					reporter_state(one).to_owned(),
					one.deposit.to_string(),
					one.points.to_string(),
					format!("{}/{}", record.revealed, record.committed),
					record.in_band.to_string(),
					format!("{}/{}", record.confirmed, record.reported),
				]
			});
			let titles =
				["validator", "worker", "deposit", "points", "revealed", "in band", "confirmed"];
			text = format!("{text}\n\n{}", table(titles, rows));
		}
		if !self.claimable.is_empty() {
			let rows = self
				.claimable
				.iter()
				.map(|one| [one.era.to_string(), one.points.to_string(), or_dash(one.amount)]);
			text = format!("{text}\n\n{}", table(["era", "points", "to claim"], rows));
		}
		text
	}
}

/// Whether a reporter's worker can send.
fn reporter_state(reporter: &Reporter) -> &'static str {
	match (&reporter.key, reporter.stake.is_zero(), reporter.is_covered) {
		(None, _, _) => "no key",
		(Some(_), true, _) => "not active",
		(Some(_), false, false) => "deposit too low",
		(Some(_), false, true) => "admitted",
	}
}

/// What a worker does, in a line.
fn worker_text(worker: &Worker) -> String {
	let Some(status) = &worker.status else {
		return match worker.mode.as_str() {
			"off" => "off; start the node with --telemetry-worker to measure".to_owned(),
			_ => "has not run yet: it runs at the next block".to_owned(),
		};
	};
	if worker.mode == "off" {
		return "off since the node's last start".to_owned();
	}
	if let Some(problem) = &status.problem {
		return format!("can't read: {problem}");
	}
	let sends = match status.sender.as_str() {
		"notAllowed" => "sends nothing: its mode is `watch`",
		"noKey" => "can't send: no worker key; see `aitbc telemetry key set`",
		"notNamed" => "can't send: no validator has named its key; see `aitbc telemetry key set`",
		"notAdmitted" => "can't send: its validator is not active, or its deposit is too low",
		_ => "sends",
	};
	format!("{} samples so far; {sends}", status.samples)
}

async fn history(limit: u32, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let feeds = telemetry::feeds(&block, limit).await?;
	context.print(&HistoryReport { feeds }, Some(block.id))
}

#[derive(Serialize)]
struct HistoryReport {
	feeds: Vec<Feed>,
}

impl Report for HistoryReport {
	const KIND: &'static str = "telemetry.history";

	fn text(&self) -> String {
		if self.feeds.is_empty() {
			return "no window is settled in which anybody revealed what it saw".to_owned();
		}
		let of = |feed: &Feed, name| {
			let value = feed.values.iter().find(|value| value.series == name);
			or_dash(value.map(|value| format!("{} ± {}", value.median, value.spread)))
		};
		let rows = self.feeds.iter().map(|feed| {
			[
				feed.window.to_string(),
				feed.first_block.to_string(),
				feed.reporters.to_string(),
				of(feed, "height"),
				of(feed, "finality-lag"),
				of(feed, "block-time"),
			]
		});
		let titles =
			["window", "from block", "reporters", "height", "finality lag", "block time (s)"];
		table(titles, rows)
	}
}

async fn reports(limit: u32, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let reports = telemetry::reports(&block, limit).await?;
	context.print(&ReportsReport { reports }, Some(block.id))
}

#[derive(Serialize)]
struct ReportsReport {
	reports: Vec<telemetry::Report>,
}

impl Report for ReportsReport {
	const KIND: &'static str = "telemetry.reports";

	fn text(&self) -> String {
		if self.reports.is_empty() {
			return "nobody has reported anything lately".to_owned();
		}
		let rows = self.reports.iter().map(|one| {
			[
				one.report.to_string(),
				one.window.to_string(),
				one.state.to_owned(),
				one.alarm.series.clone(),
				why(&one.alarm),
				one.reporter.to_string(),
			]
		});
		table(["report", "window", "state", "series", "why", "validator"], rows)
	}
}

async fn alarms(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let alarms = telemetry::alarms(&chain).await?;
	context.print(&AlarmsReport { alarms }, None)
}

#[derive(Serialize)]
struct AlarmsReport {
	alarms: Vec<KeptAlarm>,
}

impl Report for AlarmsReport {
	const KIND: &'static str = "telemetry.alarms";

	fn text(&self) -> String {
		if self.alarms.is_empty() {
			return "this node's worker keeps no alarm".to_owned();
		}
		let rows = self.alarms.iter().map(|one| {
			[
				ago(one.alarm.at),
				one.alarm.series.clone(),
				why(&one.alarm),
				or_dash(one.reported.map(|window| format!("in window {window}"))),
				one.evidence.clone(),
			]
		});
		table(["when", "series", "why", "on chain", "evidence"], rows)
	}
}

/// Why there is an alarm, in words.
pub fn why(alarm: &Alarm) -> String {
	let unit = &alarm.unit;
	match &alarm.cause {
		Cause::Anomaly { score, feature, expected, seen } => {
			format!("{seen} {unit}, expected {expected} ({feature}, score {score})")
		},
		Cause::Crossing { limit, expected, latest } => format!(
			"meets {} {unit} in {}, in {} at the latest",
			limit,
			Seconds(*expected),
			Seconds(*latest)
		),
	}
}

/// How long ago a time is that is given in milliseconds since the Unix epoch.
pub fn ago(millis: u64) -> String {
	let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
	format!("{} ago", Seconds(now.saturating_sub(millis / 1_000)))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bytes_should_be_read_when_there_are_as_many() {
		assert_eq!("0x00ff".parse(), Ok(Bytes([0, 255])));
		for text in ["00ff", "0x00", "0x00ffff", "0x00fg", ""] {
			let error = text.parse::<Bytes<2>>().expect_err("it is not two bytes");
			assert!(error.contains("0x and 4 hexadecimal digits"), "{error}");
		}
	}

	#[test]
	fn alarms_should_say_why_in_words() {
		let alarm = |cause| Alarm { series: "disk-free".into(), unit: "MiB".into(), at: 0, cause };
		let anomaly = Cause::Anomaly {
			score: "0.5".into(),
			feature: "level".into(),
			expected: "10".into(),
			seen: "3.25".into(),
		};
		let crossing = Cause::Crossing { limit: "1024".into(), expected: 59, latest: 7_260 };
		assert_eq!(why(&alarm(anomaly)), "3.25 MiB, expected 10 (level, score 0.5)");
		assert_eq!(why(&alarm(crossing)), "meets 1024 MiB in 59 s, in 2 h 1 min at the latest");
	}

	#[test]
	fn workers_should_say_what_is_to_be_done() {
		let status = |problem: Option<&str>, sender: &str| {
			Some(telemetry::WorkerStatus {
				at: 1,
				window: 2,
				problem: problem.map(Into::into),
				since: 1,
				samples: 7,
				sender: sender.into(),
				series: Vec::new(),
			})
		};
		let worker = |mode: &str, status| Worker {
			mode: mode.into(),
			port: Some(9_615),
			retention_hours: Some(24),
			keys: Vec::new(),
			status,
		};
		for (worker, words) in [
			(worker("off", None), "--telemetry-worker"),
			(worker("report", None), "at the next block"),
			(worker("off", status(None, "sending")), "off since"),
			(worker("report", status(Some("nobody answers"), "sending")), "nobody answers"),
			(worker("watch", status(None, "notAllowed")), "`watch`"),
			(worker("report", status(None, "noKey")), "telemetry key set"),
			(worker("report", status(None, "notNamed")), "no validator has named"),
			(worker("report", status(None, "notAdmitted")), "not active"),
			(worker("report", status(None, "sending")), "7 samples so far; sends"),
		] {
			let text = worker_text(&worker);
			assert!(text.contains(words), "{words}: {text}");
		}
	}
}
