//! What this node's own worker does and keeps.

use super::{hexadecimal, measured, report, surprise, Series};
use crate::rpc::format::Number;
use pallet_telemetry::worker::local;
use serde::Serialize;
use sp_core::sr25519;

/// The worker of this node.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Worker {
	mode: Mode,
	/// The port of the endpoint that it reads. Null if it never ran.
	port: Option<u16>,
	retention_hours: Option<u32>,
	/// The worker keys in the keystore.
	keys: Vec<String>,
	/// Null if it never ran.
	status: Option<Status>,
}

/// How far the operator lets it go.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Mode {
	Off,
	Watch,
	Report,
}

/// How far it came.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
	/// When it ran last, in milliseconds since the Unix epoch.
	at: u64,
	window: u32,
	/// Null if the endpoint can be read.
	problem: Option<String>,
	/// Since when that is so, in milliseconds since the Unix epoch.
	since: u64,
	samples: u64,
	sender: Sender,
	series: Vec<Outlook>,
}

/// Whether it can send.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Sender {
	NotAllowed,
	NoKey,
	NotNamed,
	NotAdmitted,
	Sending,
}

/// What is known of a series.
#[derive(Clone, Copy, Debug, Serialize)]
struct Outlook {
	series: Series,
	unit: &'static str,
	value: Option<Number>,
	score: Option<Number>,
	/// Null if it is not forecast.
	crossing: Option<Crossing>,
}

/// When a series meets its limit, in seconds from the last sample. Null: never.
#[derive(Clone, Copy, Debug, Serialize)]
struct Crossing {
	expected: Option<u64>,
	earliest: Option<u64>,
	latest: Option<u64>,
}

impl Worker {
	/// Shows what the worker has written down.
	pub fn new(
		settings: Option<local::WorkerSettings>,
		status: Option<local::Status>,
		keys: Vec<sr25519::Public>,
	) -> Self {
		Self {
			mode: settings.map_or(Mode::Off, |settings| settings.mode.into()),
			port: settings.map(|settings| settings.port),
			retention_hours: settings.map(|settings| settings.retention_hours),
			keys: keys.into_iter().map(hexadecimal).collect(),
			status: status.map(Into::into),
		}
	}
}

impl From<local::WorkerMode> for Mode {
	fn from(mode: local::WorkerMode) -> Self {
		match mode {
			local::WorkerMode::Off => Self::Off,
			local::WorkerMode::Watch => Self::Watch,
			local::WorkerMode::Report => Self::Report,
		}
	}
}

impl From<local::Status> for Status {
	fn from(status: local::Status) -> Self {
		let local::Status { at, window, problem, since, samples, outlook, sender } = status;
		Self {
			at,
			window,
			problem,
			since,
			samples,
			sender: sender.into(),
			series: outlook.into_iter().map(Into::into).collect(),
		}
	}
}

impl From<local::Sender> for Sender {
	fn from(sender: local::Sender) -> Self {
		match sender {
			local::Sender::NotAllowed => Self::NotAllowed,
			local::Sender::NoKey => Self::NoKey,
			local::Sender::NotNamed => Self::NotNamed,
			local::Sender::NotAdmitted => Self::NotAdmitted,
			local::Sender::Sending => Self::Sending,
		}
	}
}

impl From<aitbc_telemetry::Outlook> for Outlook {
	fn from(outlook: aitbc_telemetry::Outlook) -> Self {
		let aitbc_telemetry::Outlook { series, value, score, crossing } = outlook;
		let show = |crossing| {
			let aitbc_anomaly::Crossing { expected, earliest, latest } = crossing;
			Crossing { expected, earliest, latest }
		};
		Self {
			series: Series(series),
			unit: series.unit(),
			value: value.map(measured),
			score: score.map(surprise),
			crossing: crossing.map(show),
		}
	}
}

/// An alarm, and what became of it.
#[derive(Clone, Debug, Serialize)]
pub struct Alarm {
	alarm: report::Alarm,
	/// The hash of the raw samples behind it.
	evidence: String,
	/// In which window it was seen on chain. Null if it was not.
	reported: Option<u32>,
}

impl From<local::KeptAlarm> for Alarm {
	fn from(kept: local::KeptAlarm) -> Self {
		let local::KeptAlarm { alarm, evidence, reported } = kept;
		Self { alarm: alarm.into(), evidence: hexadecimal(evidence.0), reported }
	}
}

/// The raw samples of a window.
#[derive(Clone, Debug, Serialize)]
pub struct Recording {
	window: u32,
	/// What its digest has as their hash.
	hash: String,
	/// The names of the values of each sample.
	series: Vec<Series>,
	samples: Vec<Sample>,
}

/// One sample.
#[derive(Clone, Debug, Serialize)]
struct Sample {
	/// Milliseconds since the Unix epoch.
	at: u64,
	values: Vec<Option<Number>>,
}

impl From<aitbc_telemetry::Recording> for Recording {
	fn from(recording: aitbc_telemetry::Recording) -> Self {
		let samples = recording.samples().iter().map(|sample| Sample {
			at: sample.at,
			values: sample.values.into_iter().map(|value| value.map(measured)).collect(),
		});
		Self {
			window: recording.window(),
			hash: hexadecimal(recording.raw_hash()),
			series: aitbc_telemetry::Series::ALL.into_iter().map(Series).collect(),
			samples: samples.collect(),
		}
	}
}

/// A key that was just made, and the proof that its owner works for a validator.
#[derive(Clone, Debug, Serialize)]
pub struct NewKey {
	key: String,
	proof: String,
}

impl NewKey {
	/// Shows both as hexadecimal.
	pub fn new(key: Vec<u8>, proof: Vec<u8>) -> Self {
		Self { key: hexadecimal(key), proof: hexadecimal(proof) }
	}
}
