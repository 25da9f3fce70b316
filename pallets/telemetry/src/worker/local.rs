//! What the worker keeps on the operator's machine: the node's persistent off-chain storage.
//!
//! The node writes [`WorkerSettings`] before it starts, and reads the rest to show it to its operator.

use crate::{RawHash, Window};
use aitbc_telemetry::{Alarm, Outlook, Readings, Recording, Sampler, Watcher};
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use sp_runtime::offchain::StorageKind;

/// The most alarms that are kept, and with them the raw samples behind each.
pub const MAX_KEPT_ALARMS: usize = 64;

/// Where something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
	/// [`WorkerSettings`]. Written by the node.
	Settings,
	/// Whether a run is at work.
	Lock,
	/// [`Status`].
	Status,
	/// [`Course`].
	Course,
	/// [`Learnt`].
	Learnt,
	/// A `Vec` of [`KeptAlarm`], oldest first.
	Alarms,
	/// [`Kept`].
	Kept,
	/// What salts are made of: 32 random bytes.
	Secret,
	/// The [`Recording`] of a window.
	Raw(Window),
	/// The digest of a window.
	Digest(Window),
	/// The [`Recording`] behind an alarm.
	Evidence(RawHash),
}

impl Key {
	/// The key as bytes.
	pub fn bytes(&self) -> Vec<u8> {
		let name: &[u8] = match self {
			Self::Settings => b"settings",
			Self::Lock => b"lock",
			Self::Status => b"status",
			Self::Course => b"course",
			Self::Learnt => b"learnt",
			Self::Alarms => b"alarms",
			Self::Kept => b"kept",
			Self::Secret => b"secret",
			Self::Raw(_) => b"raw/",
			Self::Digest(_) => b"digest/",
			Self::Evidence(_) => b"evidence/",
		};
		let mut bytes = [b"aitbc/telemetry/", name].concat();
		match self {
			Self::Raw(window) | Self::Digest(window) => bytes.extend(window.to_be_bytes()),
			Self::Evidence(hash) => bytes.extend(hash.0),
			_ => (),
		}
		bytes
	}
}

/// How far the operator lets the worker go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum WorkerMode {
	/// It does nothing.
	#[codec(index = 0)]
	Off,
	/// It reads, judges and keeps.
	#[codec(index = 1)]
	Watch,
	/// It also sends digests and alarms. This is the operator's consent to publish them.
	#[codec(index = 2)]
	Report,
}

/// What the operator chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct WorkerSettings {
	/// How far the worker goes.
	pub mode: WorkerMode,
	/// The port of the node's Prometheus endpoint.
	pub port: u16,
	/// How long raw samples are kept, in hours.
	pub retention_hours: u32,
}

/// What the worker tells its operator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Status {
	/// When the worker ran last, in milliseconds since the Unix epoch. Zero before the first run.
	pub at: u64,
	/// The window of that block.
	pub window: Window,
	/// Why there are no readings, if there are none: what is wrong with the endpoint.
	pub problem: Option<String>,
	/// Since when that is so, or since when there are some, in milliseconds since the Unix epoch.
	pub since: u64,
	/// How many samples there were.
	pub samples: u64,
	/// What is known of each series, in the order of `Series::ALL`.
	pub outlook: Vec<Outlook>,
	/// What it can and can't send.
	pub sender: Sender,
}

/// Whether the worker can send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub enum Sender {
	/// The operator did not allow it.
	#[default]
	#[codec(index = 0)]
	NotAllowed,
	/// There is no worker key in the keystore.
	#[codec(index = 1)]
	NoKey,
	/// No validator has named any of the keys in the keystore.
	#[codec(index = 2)]
	NotNamed,
	/// The validator that named the key is not active, or its deposit is too low.
	#[codec(index = 3)]
	NotAdmitted,
	/// It sends what there is to send.
	#[codec(index = 4)]
	Sending,
}

/// The present window, as far as it has come.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Course {
	/// The readings of the last sample, to which the next one is compared.
	pub sampler: Sampler,
	/// What the machine had at the last sample.
	pub readings: Readings,
	/// The samples.
	pub recording: Recording,
}

/// What the detectors had learnt when the present window began.
///
/// It is large, so it is written once in a window. Within it, they learn the samples anew at each block.
/// What another model has learnt is forgotten.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Learnt {
	/// The version of the detectors, `aitbc_telemetry::MODEL`.
	pub model: u16,
	/// The detectors.
	pub watcher: Watcher,
}

/// An alarm, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct KeptAlarm {
	/// Which series, when, and why.
	pub alarm: Alarm,
	/// The hash of the raw samples behind it, which are under [`Key::Evidence`].
	pub evidence: RawHash,
	/// In which window it was seen on chain.
	pub reported: Option<Window>,
}

/// Which windows' raw samples are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Kept {
	/// The windows, oldest first, and when the last sample of each was taken, in milliseconds since the
	/// Unix epoch.
	pub windows: Vec<(Window, u64)>,
}

/// What is kept under `key`, if anything that can be read is.
pub fn read<V: Decode>(key: &Key) -> Option<V> {
	let bytes = sp_io::offchain::local_storage_get(StorageKind::PERSISTENT, &key.bytes())?;
	V::decode(&mut bytes.as_slice()).ok()
}

/// Keeps `value` under `key`.
pub fn write<V: Encode>(key: &Key, value: &V) {
	sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, &key.bytes(), &value.encode());
}

/// Keeps nothing under `key`.
pub fn remove(key: &Key) {
	sp_io::offchain::local_storage_clear(StorageKind::PERSISTENT, &key.bytes());
}
