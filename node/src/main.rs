//! AITBC's node: a validator, a full node, or the tools around its database, in one binary.

#![allow(
	clippy::result_large_err,
	reason = "the SDK's error types are large, and a run of the node builds one at most"
)]

mod banner;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod chain_spec;
mod cli;
mod command;
mod database;
mod error;
mod file;
mod network_file;
mod rpc;
mod rpc_limit;
mod service;
mod workers;

use std::process::ExitCode;

fn main() -> ExitCode {
	match command::run() {
		Ok(()) => ExitCode::SUCCESS,
		Err(failure) => {
			report(&error::explain(&failure));
			ExitCode::FAILURE
		},
	}
}

/// Says what stopped the node, as its last words: behind the log, which is buffered, if there is
/// one yet.
fn report(message: &str) {
	if log::log_enabled!(log::Level::Error) {
		log::error!("error: {message}");
	} else {
		eprintln!("error: {message}");
	}
}
