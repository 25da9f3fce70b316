//! The off-chain worker: reads the node's own metrics, judges them, and sends what others may know.
//!
//! It runs at each new best block, on the operator's machine. Nothing that it does can fail a block,
//! and nothing that it reads may stop it for longer than [`endpoint::DEADLINE_MILLIS`].

mod endpoint;
pub mod local;
mod sending;
#[cfg(test)]
mod tests;
mod watching;

use crate::{Config, Pallet, LOG_TARGET};
use aitbc_telemetry::Readings;
use alloc::string::ToString;
use endpoint::Problem;
use local::{Key, Sender, Status, WorkerMode, WorkerSettings};
use sp_runtime::offchain::{
	storage_lock::{StorageLock, Time},
	Duration,
};

/// How long a run of the worker keeps others from running, if it does not end by itself.
const LOCK_MILLIS: u64 = 10_000;

/// One run, at one block.
pub(crate) fn run<T: Config>() {
	let Some(settings) = local::read::<WorkerSettings>(&Key::Settings) else { return };
	if settings.mode == WorkerMode::Off {
		return;
	}
	let name = Key::Lock.bytes();
	let mut lock = StorageLock::<Time>::with_deadline(&name, Duration::from_millis(LOCK_MILLIS));
	// Another block's run is at work: this block is left out.
	let Ok(_guard) = lock.try_lock() else { return };
	let now = sp_io::offchain::timestamp().unix_millis();
	let seen = endpoint::fetch(settings.port)
		.and_then(|page| Readings::parse(&page).map_err(Problem::Page));
	let mut status = local::read::<Status>(&Key::Status).unwrap_or_default();
	note(&mut status, settings.port, now, seen.as_ref().err().copied());
	if let Ok(readings) = seen {
		watching::watch::<T>(now, readings, &settings, &mut status);
	}
	if settings.mode == WorkerMode::Report {
		sending::send::<T>(now, &mut status);
	} else {
		status.sender = Sender::NotAllowed;
	}
	status.window = Pallet::<T>::present_window();
	status.at = now;
	local::write(&Key::Status, &status);
}

/// Writes down whether the endpoint could be read, and says in the log when that changes.
fn note(status: &mut Status, port: u16, now: u64, problem: Option<Problem>) {
	let is_first = status.at == 0;
	let has_changed = status.problem.is_some() != problem.is_some();
	if is_first || has_changed {
		status.since = now;
		match problem {
			Some(problem) => log::warn!(
				target: LOG_TARGET,
				"📉 no telemetry: http://127.0.0.1:{port}/metrics: {problem}"
			),
			None => log::info!(
				target: LOG_TARGET,
				"📈 telemetry is read from http://127.0.0.1:{port}/metrics"
			),
		}
	}
	status.problem = problem.map(|problem| problem.to_string());
}
