//! The telemetry worker's options.

use crate::service::telemetry::{Options, WorkerMode};

/// A year, the longest that raw data may be kept.
const MOST_HOURS: i64 = 365 * 24;

/// What the telemetry worker does.
#[derive(Debug, clap::Args)]
pub struct TelemetryWorkerParams {
	/// Have the runtime judge this node by its own metrics
	///
	/// For that, code of the runtime may make HTTP requests from this machine: whoever can upgrade
	/// the runtime could reach hosts in your network. It needs Prometheus, and off-chain workers
	/// that run (--offchain-worker). Without a MODE, it means `report`. This has nothing to do with
	/// the servers of --telemetry-url, nor with --no-telemetry.
	#[arg(
		long,
		value_name = "MODE",
		value_enum,
		num_args = 0..=1,
		default_value_t = Mode::Off,
		default_missing_value = "report"
	)]
	pub telemetry_worker: Mode,

	/// For how long the telemetry worker keeps raw data on this machine: 1 to 8760
	#[arg(
		long,
		value_name = "HOURS",
		default_value_t = 24,
		value_parser = clap::value_parser!(u32).range(1..=MOST_HOURS)
	)]
	pub telemetry_retention: u32,
}

/// How far the telemetry worker goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Mode {
	/// It does not run, and code of the runtime makes no HTTP requests
	Off,
	/// It reads this node's Prometheus page, looks for anomalies, and sends nothing
	Watch,
	/// The same, and it sends digests and alarms that the worker key signs; raw data stays here
	Report,
}

impl From<TelemetryWorkerParams> for Options {
	fn from(params: TelemetryWorkerParams) -> Self {
		Self {
			mode: match params.telemetry_worker {
				Mode::Off => WorkerMode::Off,
				Mode::Watch => WorkerMode::Watch,
				Mode::Report => WorkerMode::Report,
			},
			retention_hours: params.telemetry_retention,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;
	use clap::Parser;

	/// What these arguments after `--dev` choose.
	fn chosen(arguments: &[&str]) -> Result<Options, clap::Error> {
		let node = ["aitbc-node", "--dev"];
		Cli::try_parse_from([&node[..], arguments].concat()).map(|cli| cli.telemetry.into())
	}

	#[test]
	fn worker_should_be_off_when_the_flag_is_absent() {
		assert_eq!(
			chosen(&[]).expect("it is valid"),
			Options { mode: WorkerMode::Off, retention_hours: 24 }
		);
	}

	#[test]
	fn worker_should_report_when_the_flag_has_no_value() {
		for arguments in [&["--telemetry-worker"][..], &["--telemetry-worker", "--alice"]] {
			let options = chosen(arguments).expect("it is valid");

			assert_eq!(options.mode, WorkerMode::Report, "{arguments:?}");
		}
	}

	#[test]
	fn worker_should_be_as_chosen_when_the_flag_has_a_value() {
		for (value, mode) in
			[("off", WorkerMode::Off), ("watch", WorkerMode::Watch), ("report", WorkerMode::Report)]
		{
			let apart = chosen(&["--telemetry-worker", value]).expect("it is valid");
			let joined = chosen(&[&format!("--telemetry-worker={value}")]).expect("it is valid");

			assert_eq!((apart.mode, joined.mode), (mode, mode));
		}
	}

	#[test]
	fn worker_should_be_refused_when_the_mode_is_unknown() {
		let error = chosen(&["--telemetry-worker", "always"]).expect_err("there is no such mode");

		let message = error.to_string();
		assert!(message.contains("off, watch, report"), "{message}");
	}

	#[test]
	fn retention_should_be_an_hour_to_a_year() {
		for (hours, is_valid) in [("0", false), ("1", true), ("8760", true), ("8761", false)] {
			let options = chosen(&["--telemetry-retention", hours]);

			assert_eq!(options.is_ok(), is_valid, "{hours}: {options:?}");
		}
	}
}
