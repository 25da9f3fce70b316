//! What validators measure, and what the worker of the node that answers does.

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_anomaly::{detector::Feature, point::Value as GeneratedValue, trend::Limit},
		aitbc_telemetry::{series::Series as GeneratedSeries, watch::Cause as GeneratedCause},
		pallet_telemetry::types::{self as generated, Confirmation, ReportState},
	},
	Block, Call, Chain, Error,
};
use crate::{amount::Amount, decimal::Decimal};
use serde::{Deserialize, Serialize};
use subxt::utils::AccountId32;

/// Where telemetry stands, and on which terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Overview {
	/// The present window.
	pub window: u32,
	/// How long a window is, in blocks.
	pub window_length: u32,
	/// The present era.
	pub era: u32,
	/// What a worker key holds.
	pub deposit: Amount,
	/// What a missed digest costs.
	pub miss_penalty: Amount,
	/// What a dismissed report costs.
	pub spam_penalty: Amount,
	/// The most that an era's points share.
	pub era_pot: Amount,
	/// What the pot has that is not set aside.
	pub pot: Amount,
	/// Fewer digests than that earn no points.
	pub min_reporters: u32,
	/// The points of this era, of all reporters.
	pub points: u64,
}

/// How well a reporter measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
	/// Digests that it committed to.
	pub committed: u64,
	/// Of these, those that it revealed in time.
	pub revealed: u64,
	/// Of these, those that it did not.
	pub missed: u64,
	/// Of the revealed ones, those in the band of the feed.
	pub in_band: u64,
	/// Of the revealed ones, those out of it.
	pub out_of_band: u64,
	/// Reports that it made.
	pub reported: u64,
	/// Of these, those that were confirmed.
	pub confirmed: u64,
	/// Of these, those that were dismissed.
	pub dismissed: u64,
}

/// A validator that measures, or did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reporter {
	/// The validator.
	pub reporter: AccountId32,
	/// Its worker key, unless it took it back.
	pub key: Option<String>,
	/// What is held for it.
	pub deposit: Amount,
	/// Whether that covers the next penalty.
	pub is_covered: bool,
	/// What backs the validator in this era.
	pub stake: Amount,
	/// Its points in this era.
	pub points: u32,
	/// How well it measures.
	pub record: Record,
}

/// What the reporters of a window saw of one series.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FeedValue {
	/// Which series.
	pub series: &'static str,
	/// What its values count.
	pub unit: &'static str,
	/// Half of the stake saw that or less.
	pub median: Decimal,
	/// Half of the stake was no further from it.
	pub spread: Decimal,
	/// How many saw it.
	pub reporters: u32,
}

/// What the reporters of a window saw.
#[derive(Clone, Debug, Serialize)]
pub struct Feed {
	/// The window.
	pub window: u32,
	/// Its first block.
	pub first_block: u32,
	/// How many revealed.
	pub reporters: u32,
	/// What stake they have together.
	pub stake: Amount,
	/// Of the shared series that anybody measured.
	pub values: Vec<FeedValue>,
}

/// An alarm on chain.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
	/// Its id.
	pub report: u64,
	/// Whose worker made it.
	pub reporter: AccountId32,
	/// In which window.
	pub window: u32,
	/// What it says.
	pub alarm: Alarm,
	/// The version of the detectors.
	pub model: u16,
	/// The hash of the raw samples behind it.
	pub evidence: String,
	/// What became of it.
	pub state: &'static str,
}

/// Which series, when, and why.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Alarm {
	/// Which series.
	pub series: String,
	/// What its values count.
	pub unit: String,
	/// When, in milliseconds since the Unix epoch.
	pub at: u64,
	/// Why.
	pub cause: Cause,
}

/// Why there is an alarm.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Cause {
	/// Something new.
	Anomaly {
		/// From 0 to 1.
		score: String,
		/// What weighs most.
		feature: String,
		/// What would have surprised least.
		expected: String,
		/// What was seen.
		seen: String,
	},
	/// A limit that will be met, in seconds from the alarm's time.
	Crossing {
		/// The limit.
		limit: String,
		/// When, most likely.
		expected: u64,
		/// When, at the latest.
		latest: u64,
	},
}

/// What a reporter can claim of an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Claimable {
	/// The era.
	pub era: u32,
	/// The reporter's points.
	pub points: u32,
	/// What they are worth. Nothing while the era goes on.
	pub amount: Option<Amount>,
}

/// What the worker of the node that answers does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Worker {
	/// How far the operator lets it go: `off`, `watch` or `report`.
	pub mode: String,
	/// The port of the endpoint that it reads.
	pub port: Option<u16>,
	/// How long raw samples are kept, in hours.
	pub retention_hours: Option<u32>,
	/// The worker keys in the node's keystore.
	pub keys: Vec<String>,
	/// How far it came, if it ever ran.
	pub status: Option<WorkerStatus>,
}

/// How far a worker came.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct WorkerStatus {
	/// When it ran last, in milliseconds since the Unix epoch.
	pub at: u64,
	/// The window of that block.
	pub window: u32,
	/// Why it can't read, if it can't.
	pub problem: Option<String>,
	/// Since when that is so, in milliseconds since the Unix epoch.
	pub since: u64,
	/// How many samples it took.
	pub samples: u64,
	/// Whether it can send: `notAllowed`, `noKey`, `notNamed`, `notAdmitted` or `sending`.
	pub sender: String,
	/// What is known of each series.
	pub series: Vec<Outlook>,
}

/// What is known of a series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Outlook {
	/// Which series.
	pub series: String,
	/// What its values count.
	pub unit: String,
	/// The last value.
	pub value: Option<String>,
	/// How anomalous it was, from 0 to 1.
	pub score: Option<String>,
	/// When it meets its limit, in seconds.
	pub crossing: Option<Crossing>,
}

/// When a series meets its limit, in seconds from the last sample. Nothing: never.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Crossing {
	/// Most likely.
	pub expected: Option<u64>,
	/// At the earliest.
	pub earliest: Option<u64>,
	/// At the latest.
	pub latest: Option<u64>,
}

/// An alarm that the node's worker keeps.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct KeptAlarm {
	/// What it says.
	pub alarm: Alarm,
	/// The hash of the raw samples behind it.
	pub evidence: String,
	/// In which window it was seen on chain, if it was.
	pub reported: Option<u32>,
}

/// A worker key, and the proof that its owner works for a validator.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkerKey {
	/// The public key.
	pub key: String,
	/// Its signature.
	pub proof: String,
}

impl From<generated::TelemetryInfo> for Overview {
	fn from(info: generated::TelemetryInfo) -> Self {
		Self {
			window: info.window,
			window_length: info.window_length,
			era: info.era,
			deposit: Amount(info.deposit),
			miss_penalty: Amount(info.miss_penalty),
			spam_penalty: Amount(info.spam_penalty),
			era_pot: Amount(info.era_pot),
			pot: Amount(info.pot),
			min_reporters: info.min_reporters,
			points: info.points,
		}
	}
}

impl From<generated::ReporterInfo<AccountId32>> for Reporter {
	fn from(info: generated::ReporterInfo<AccountId32>) -> Self {
		let record = info.record;
		let (key, deposit) = match info.worker {
			Some(worker) => (Some(hexadecimal(worker.key.0)), worker.deposit),
			None => (None, 0),
		};
		Self {
			reporter: info.reporter,
			key,
			deposit: Amount(deposit),
			is_covered: info.is_covered,
			stake: Amount(info.stake),
			points: info.points,
			record: Record {
				committed: record.committed,
				revealed: record.revealed,
				missed: record.missed,
				in_band: record.in_band,
				out_of_band: record.out_of_band,
				reported: record.reported,
				confirmed: record.confirmed,
				dismissed: record.dismissed,
			},
		}
	}
}

impl From<generated::FeedInfo> for Feed {
	fn from(info: generated::FeedInfo) -> Self {
		let shared = aitbc_telemetry::Series::SHARED.into_iter().zip(info.feed.values);
		let values = shared.filter_map(|(series, value)| {
			let value = value?;
			Some(FeedValue {
				series: series.name(),
				unit: series.unit(),
				median: measured(value.median),
				spread: measured(value.spread),
				reporters: value.reporters,
			})
		});
		Self {
			window: info.window,
			first_block: info.first_block,
			reporters: info.feed.reporters,
			stake: Amount(info.feed.stake),
			values: values.collect(),
		}
	}
}

impl From<generated::ReportInfo<AccountId32>> for Report {
	fn from(info: generated::ReportInfo<AccountId32>) -> Self {
		let report = info.report;
		let series = series(&report.alarm.series);
		let text = |value| measured(value).to_string();
		let cause = match report.alarm.cause {
			GeneratedCause::Anomaly { score, feature, expected, seen } => Cause::Anomaly {
				score: surprise(score.0).to_string(),
				feature: feature_name(&feature).into(),
				expected: text(expected),
				seen: text(seen),
			},
			GeneratedCause::Crossing { limit, expected, latest } => {
				let (Limit::AtLeast(limit) | Limit::AtMost(limit)) = limit;
				Cause::Crossing { limit: text(limit), expected, latest }
			},
		};
		Self {
			report: info.id.0,
			reporter: report.reporter,
			window: report.window,
			alarm: Alarm {
				series: series.name().to_owned(),
				unit: series.unit().to_owned(),
				at: report.alarm.at,
				cause,
			},
			model: report.model,
			evidence: hexadecimal(report.evidence.0),
			state: match report.state {
				ReportState::Open => "open",
				ReportState::Confirmed(Confirmation::Corroboration) => "corroborated",
				ReportState::Confirmed(Confirmation::Governance) => "confirmed",
				ReportState::Dismissed => "dismissed",
			},
		}
	}
}

/// A measured value.
fn measured(value: GeneratedValue) -> Decimal {
	Decimal { value: value.0.into(), decimals: 6 }
}

/// A score of so many parts of 65535.
fn surprise(parts: u16) -> Decimal {
	let millionths = i128::from(parts).saturating_mul(1_000_000) / i128::from(u16::MAX);
	Decimal { value: millionths, decimals: 6 }
}

/// A feature as people call it.
fn feature_name(feature: &Feature) -> &'static str {
	match feature {
		Feature::Value => "value",
		Feature::Season => "season",
		Feature::SeasonalMean => "seasonal mean",
		Feature::Mean => "mean",
		Feature::Spread => "spread",
		Feature::Level => "level",
		Feature::Context => "context",
	}
}

/// A series as the primitives know it.
fn series(series: &GeneratedSeries) -> aitbc_telemetry::Series {
	use aitbc_telemetry::Series;
	match series {
		GeneratedSeries::Height => Series::Height,
		GeneratedSeries::FinalityLag => Series::FinalityLag,
		GeneratedSeries::BlockTime => Series::BlockTime,
		GeneratedSeries::Peers => Series::Peers,
		GeneratedSeries::ImportTime => Series::ImportTime,
		GeneratedSeries::PoolSize => Series::PoolSize,
		GeneratedSeries::MissedSlots => Series::MissedSlots,
		GeneratedSeries::RpcErrors => Series::RpcErrors,
		GeneratedSeries::Cpu => Series::Cpu,
		GeneratedSeries::ResidentMemory => Series::ResidentMemory,
		GeneratedSeries::DiskFree => Series::DiskFree,
	}
}

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Reads where telemetry stands.
pub async fn overview(block: &Block) -> Result<Overview, Error> {
	let api = runtime::runtime_apis().telemetry_api();
	Ok(block.call(api.telemetry()).await?.into())
}

/// Reads what is known of `account` as a reporter.
pub async fn reporter(block: &Block, account: AccountId32) -> Result<Option<Reporter>, Error> {
	let api = runtime::runtime_apis().telemetry_api();
	Ok(block.call(api.reporter(account)).await?.map(Into::into))
}

/// Reads all accounts with a worker key.
pub async fn reporters(block: &Block) -> Result<Vec<Reporter>, Error> {
	let mut reporters = Vec::new();
	let mut after = None;
	loop {
		let api = runtime::runtime_apis().telemetry_api();
		let page = block.call(api.reporters(after, u32::MAX)).await?;
		reporters.extend(page.reporters.into_iter().map(Reporter::from));
		after = page.next;
		if after.is_none() {
			return Ok(reporters);
		}
	}
}

/// Reads the feeds of the last windows, newest first.
pub async fn feeds(block: &Block, limit: u32) -> Result<Vec<Feed>, Error> {
	let api = runtime::runtime_apis().telemetry_api();
	Ok(block.call(api.feeds(None, limit)).await?.into_iter().map(Into::into).collect())
}

/// Reads the last reports, newest first.
pub async fn reports(block: &Block, limit: u32) -> Result<Vec<Report>, Error> {
	let api = runtime::runtime_apis().telemetry_api();
	let page = block.call(api.reports(None, limit)).await?;
	Ok(page.reports.into_iter().map(Into::into).collect())
}

/// Reads what `account` has not claimed.
pub async fn claimable(block: &Block, account: AccountId32) -> Result<Vec<Claimable>, Error> {
	let api = runtime::runtime_apis().telemetry_api();
	let claimable = block.call(api.claimable(account)).await?.into_iter();
	let show = |one: generated::Claimable| Claimable {
		era: one.era,
		points: one.points,
		amount: one.amount.map(Amount),
	};
	Ok(claimable.map(show).collect())
}

/// Asks the node what its worker does.
pub async fn worker(chain: &Chain) -> Result<Worker, Error> {
	chain.request("telemetry_worker").await
}

/// Asks the node which alarms its worker keeps, newest first.
pub async fn alarms(chain: &Chain) -> Result<Vec<KeptAlarm>, Error> {
	chain.request("telemetry_alarms").await
}

/// Has the node make a worker key for `validator`.
pub async fn new_key(chain: &Chain, validator: AccountId32) -> Result<WorkerKey, Error> {
	chain.request_with("telemetry_newKey", hexadecimal(validator.0)).await
}

/// Names the worker key of the sender.
pub fn set_worker_key(key: [u8; 32], proof: [u8; 64]) -> impl Call {
	use runtime::runtime_types::pallet_telemetry::types::app;
	runtime::transactions().telemetry().set_worker_key(app::Public(key), app::Signature(proof))
}

/// Takes the worker key of the sender back.
pub fn remove_worker_key() -> impl Call {
	runtime::transactions().telemetry().remove_worker_key()
}

/// Pays `reporter` its share of `era`.
pub fn claim(era: u32, reporter: AccountId32) -> impl Call {
	runtime::transactions().telemetry().claim(era, reporter)
}
