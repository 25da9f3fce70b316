//! The telemetry worker: an off-chain worker of the runtime that reads this node's own metrics.
//!
//! The node holds no part of it but the switch: it lets off-chain workers make HTTP requests or
//! not, and tells the runtime what the operator chose. The SDK's telemetry, which reports to
//! servers, is another thing.

use codec::Encode;
pub use pallet_telemetry::worker::local::WorkerMode;
use pallet_telemetry::worker::local::{Key, WorkerSettings};
use sc_service::{Configuration, Error as ServiceError};
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};

/// Why the telemetry worker cannot run on this node.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
	/// There are no metrics for it to read.
	#[error(
		"--telemetry-worker reads this node's Prometheus metrics, and --no-prometheus turns them \
		 off: leave out one of the two"
	)]
	NoMetrics,
	/// Nobody could tell it where the metrics are.
	#[error(
		"--telemetry-worker has to know the port of this node's Prometheus metrics: pass a \
		 --prometheus-port other than 0"
	)]
	UnknownPort,
	/// The runtime's off-chain workers are off.
	#[error(
		"--telemetry-worker is an off-chain worker, and they do not run on this node (by default, \
		 on validators only): pass --offchain-worker always, or leave out --telemetry-worker"
	)]
	NoOffchainWorkers,
}

impl From<Error> for ServiceError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

/// What the operator chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
	/// How far the worker goes.
	pub mode: WorkerMode,
	/// For how long raw data stays on this machine, in hours.
	pub retention_hours: u32,
}

impl Options {
	/// What to tell the worker on a node with `config`, if it can run there.
	pub fn switch(self, config: &Configuration) -> Result<Switch, Error> {
		let port = config.prometheus_config.as_ref().map(|prometheus| prometheus.port.port());
		self.settings_with(port, config.offchain_worker.enabled).map(Switch)
	}

	/// The same for a node with metrics at `port`, on which off-chain workers run or not.
	fn settings_with(
		self,
		port: Option<u16>,
		offchain_workers: bool,
	) -> Result<WorkerSettings, Error> {
		let Self { mode, retention_hours } = self;
		let settings = WorkerSettings { mode, port: port.unwrap_or(0), retention_hours };
		match (mode, port) {
			(WorkerMode::Off, _) => Ok(settings),
			(_, None) => Err(Error::NoMetrics),
			(_, Some(0)) => Err(Error::UnknownPort),
			_ if !offchain_workers => Err(Error::NoOffchainWorkers),
			_ => Ok(settings),
		}
	}
}

/// What to tell the worker, and what that allows it.
pub struct Switch(WorkerSettings);

impl Switch {
	/// Whether off-chain workers may make HTTP requests.
	///
	/// With HTTP, whoever can upgrade the runtime could reach hosts in the operator's own network.
	pub fn allow_http(&self) -> bool {
		self.0.mode != WorkerMode::Off
	}

	/// Puts the settings where the runtime's off-chain workers look for them, instead of those of
	/// an earlier start.
	pub fn store(&self, storage: &mut impl OffchainStorage) {
		storage.set(STORAGE_PREFIX, &Key::Settings.bytes(), &self.0.encode());
	}

	/// Says in the log what the operator has allowed.
	pub fn announce(&self) {
		let WorkerSettings { mode, port, retention_hours } = self.0;
		let what = match mode {
			WorkerMode::Off => return,
			WorkerMode::Watch => "looks for anomalies and sends nothing",
			WorkerMode::Report => "looks for anomalies and sends digests and alarms",
		};
		log::info!(
			"📈 The telemetry worker reads http://127.0.0.1:{port}/metrics, {what}; raw data stays \
			 here for {retention_hours} h"
		);
		log::warn!(
			"📈 Code of the runtime may make HTTP requests from this machine (--telemetry-worker)"
		);
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Decode;
	use sp_core::offchain::{
		storage::{InMemOffchainStorage, OffchainDb},
		DbExternalities, StorageKind,
	};

	const PORT: u16 = 9_615;

	const RUNNING: [WorkerMode; 2] = [WorkerMode::Watch, WorkerMode::Report];

	fn options(mode: WorkerMode) -> Options {
		Options { mode, retention_hours: 48 }
	}

	#[test]
	fn settings_should_be_what_was_chosen_when_the_worker_can_run() {
		for mode in RUNNING {
			let settings = options(mode).settings_with(Some(PORT), true);

			assert_eq!(settings, Ok(WorkerSettings { mode, port: PORT, retention_hours: 48 }));
		}
	}

	#[test]
	fn settings_should_be_off_when_nothing_was_chosen_whatever_the_node_lacks() {
		for (port, offchain_workers) in [(None, false), (Some(0), true), (Some(PORT), true)] {
			let settings = options(WorkerMode::Off).settings_with(port, offchain_workers);

			let settings = settings.expect("a worker that is off needs nothing");
			assert_eq!(settings.mode, WorkerMode::Off);
			assert_eq!(settings.port, port.unwrap_or(0));
			assert!(!Switch(settings).allow_http());
		}
	}

	#[test]
	fn settings_should_fail_when_there_are_no_metrics() {
		for mode in RUNNING {
			let error = options(mode).settings_with(None, true).expect_err("nothing to read");

			assert_eq!(error, Error::NoMetrics);
			assert!(error.to_string().contains("--no-prometheus"), "{error}");
		}
	}

	#[test]
	fn settings_should_fail_when_the_port_is_any() {
		for mode in RUNNING {
			let error = options(mode).settings_with(Some(0), true).expect_err("it is not known");

			assert_eq!(error, Error::UnknownPort);
			assert!(error.to_string().contains("--prometheus-port"), "{error}");
		}
	}

	#[test]
	fn settings_should_fail_when_offchain_workers_do_not_run() {
		for mode in RUNNING {
			let error = options(mode).settings_with(Some(PORT), false).expect_err("it cannot run");

			assert_eq!(error, Error::NoOffchainWorkers);
			assert!(error.to_string().contains("--offchain-worker always"), "{error}");
		}
	}

	#[test]
	fn http_should_be_allowed_when_the_worker_runs() {
		for mode in RUNNING {
			let settings = options(mode).settings_with(Some(PORT), true).expect("it can run");

			assert!(Switch(settings).allow_http(), "{mode:?}");
		}
	}

	#[test]
	fn settings_should_have_this_encoding() {
		for (mode, first) in [(WorkerMode::Off, 0), (WorkerMode::Watch, 1), (WorkerMode::Report, 2)]
		{
			let settings = WorkerSettings { mode, port: PORT, retention_hours: 8_760 };

			// The port is 0x258f, the hours are 0x2238, both with the lowest byte first.
			assert_eq!(settings.encode(), [first, 0x8f, 0x25, 0x38, 0x22, 0, 0]);
		}
	}

	#[test]
	fn settings_should_be_found_by_the_runtime_when_they_are_stored() {
		let mut storage = InMemOffchainStorage::default();
		let settings = WorkerSettings { mode: WorkerMode::Report, port: PORT, retention_hours: 24 };

		Switch(settings).store(&mut storage);

		let found = OffchainDb::new(storage)
			.local_storage_get(StorageKind::PERSISTENT, b"aitbc/telemetry/settings")
			.expect("it was stored");
		assert_eq!(WorkerSettings::decode(&mut &found[..]).expect("it is whole"), settings);
	}

	#[test]
	fn settings_should_replace_those_of_an_earlier_start() {
		let mut storage = InMemOffchainStorage::default();
		let earlier = options(WorkerMode::Report).settings_with(Some(PORT), true);
		let later = options(WorkerMode::Off).settings_with(None, false).expect("it is off");

		Switch(earlier.expect("it can run")).store(&mut storage);
		Switch(later).store(&mut storage);

		assert_eq!(storage.get(STORAGE_PREFIX, &Key::Settings.bytes()), Some(later.encode()));
	}
}
