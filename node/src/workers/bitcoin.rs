//! The Bitcoin worker: relays Bitcoin's headers to this chain, gets what is due into Bitcoin, proves that, and keeps
//! what shows it to others.
//!
//! What it does follows from the state of both chains and from its journal, so it may end at any moment. Its rounds
//! are a few seconds apart. A failure ends a round and nothing else.

mod archive;
mod chain;
mod desk;
mod evidence;
mod finality;
mod metrics;
mod opening;
mod options;
mod relaying;
mod round;
mod sending;
mod trouble;

pub use desk::{Desk, Status};
pub use evidence::{EvidenceError, Wanted};
pub use options::{CoreOptions, Mode, Options, OptionsError};

use crate::service::parts::Parts;
use futures::{FutureExt, StreamExt};
use metrics::Metrics;
use round::Worker;
use sc_consensus_grandpa::GrandpaJustificationStream;
use sc_service::{Configuration, Error as ServiceError, TaskManager};
use std::{sync::Arc, time::Duration};

/// Under which target the worker logs.
const LOG_TARGET: &str = "bitcoin";

/// How long the worker waits between two rounds.
const ROUND: Duration = Duration::from_secs(3);

/// How many justifications may wait for the worker before the SDK warns.
const JUSTIFICATIONS: usize = 100_000;

/// A worker that is about to start.
pub struct Ready {
	worker: Worker,
	justifications: GrandpaJustificationStream<crate::service::Block>,
}

/// Prepares the worker that `options` ask for, if they do. Fails if what they name can't be used; Bitcoin Core may
/// be down.
pub fn prepare(
	options: Options,
	config: &Configuration,
	parts: &Parts,
) -> Result<Option<(Ready, Arc<Desk>)>, ServiceError> {
	let Some(options) = options.core else { return Ok(None) };
	let metrics = config.prometheus_registry().map(Metrics::register).transpose()?;
	let (worker, desk) = Worker::open(options, config, parts, metrics)
		.map_err(|error| ServiceError::Application(Box::new(error)))?;
	let justifications = parts.consensus.grandpa_link.justification_stream();
	Ok(Some((Ready { worker, justifications }, desk)))
}

impl Ready {
	/// Starts it.
	pub fn start(self, task_manager: &TaskManager) {
		self.worker.announce();
		let task = run(self.worker, self.justifications);
		// It waits for Bitcoin Core with its thread.
		task_manager.spawn_handle().spawn_blocking("bitcoin-worker", Some("bitcoin"), task);
	}
}

/// Makes one round after another.
async fn run(
	mut worker: Worker,
	justifications: GrandpaJustificationStream<crate::service::Block>,
) {
	let mut heard = justifications.subscribe(JUSTIFICATIONS);
	loop {
		while let Some(Some(justification)) = heard.next().now_or_never() {
			worker.hear(justification);
		}
		worker.round().await;
		tokio::time::sleep(ROUND).await;
	}
}
