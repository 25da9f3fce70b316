//! When a sealed chain has its next block.

use super::Command;
use crate::service::{FullClient, TransactionPool};
use futures::{channel::oneshot, stream, Stream, StreamExt};
use sc_client_api::BlockBackend;
use sc_consensus_manual_seal::{CreatedBlock, Error as SealError};
use sc_transaction_pool_api::{ImportNotificationStream, TransactionPool as _};
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use std::{sync::Arc, time::Duration};
use tokio::time::{timeout, Instant, Interval, MissedTickBehavior};

/// How long the pool may take to go over to a new block. Past it, it may still offer what that block has.
const POOL_PATIENCE: Duration = Duration::from_secs(10);

/// How long to wait for an arrival before looking again at what the pool offers.
const LOOK_PERIOD: Duration = Duration::from_millis(50);

/// How many transactions the runtime's inherents come to: the timestamp alone.
const INHERENTS: usize = 1;

/// What came of a turn.
type Outcome = oneshot::Receiver<Result<CreatedBlock<H256>, SealError>>;

/// Gives a turn per `period`.
pub fn every(period: Duration) -> impl Stream<Item = Command> {
	let mut ticks = tokio::time::interval(period);
	// A block may take longer than the period; there is no use in making up for that.
	ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
	stream::unfold((ticks, None), next_tick)
}

async fn next_tick(
	(mut ticks, last): (Interval, Option<Outcome>),
) -> Option<(Command, (Interval, Option<Outcome>))> {
	report(last).await;
	ticks.tick().await;
	let (command, outcome) = seal();
	Some((command, (ticks, Some(outcome))))
}

/// Gives a turn whenever a transaction waits.
pub fn on_demand(
	client: Arc<FullClient>,
	pool: Arc<TransactionPool>,
) -> impl Stream<Item = Command> {
	let arrivals = pool.import_notification_stream();
	let demand = Demand { client, pool, arrivals, last: None };
	stream::unfold(demand, |mut demand| async move {
		demand.wait().await?;
		let (command, outcome) = seal();
		demand.last = Some(outcome);
		Some((command, demand))
	})
}

/// Knows whether a transaction waits.
struct Demand {
	client: Arc<FullClient>,
	pool: Arc<TransactionPool>,
	arrivals: ImportNotificationStream<H256>,
	last: Option<Outcome>,
}

impl Demand {
	/// Waits for a transaction. Nothing if there will be none, because the pool is gone.
	async fn wait(&mut self) -> Option<()> {
		// The first block comes by itself: before it, the state does not know the hash of the genesis, which
		// transactions sign.
		if self.last.is_none() && self.client.info().best_number == 0 {
			return Some(());
		}
		// What did not fit into the last block does not arrive again. But a block that took none of what was
		// there would take none the next time.
		let took_some = report(self.last.take()).await.is_some_and(|hash| self.has_taken(hash));
		if took_some && self.is_waiting().await {
			return Some(());
		}
		// What arrives while the pool goes over to a new block is announced before it is offered on top of that block, and
		// not once more.
		let mut look_until = took_some.then(|| Instant::now() + POOL_PATIENCE);
		loop {
			let arrival = self.arrivals.next();
			match look_until.filter(|end| Instant::now() < *end) {
				None => {
					arrival.await?;
					look_until = Some(Instant::now() + POOL_PATIENCE);
				},
				Some(_) => {
					if let Ok(arrived) = timeout(LOOK_PERIOD, arrival).await {
						arrived?;
						look_until = Some(Instant::now() + POOL_PATIENCE);
					}
				},
			}
			// It may be in the last block already.
			if self.is_waiting().await {
				return Some(());
			}
		}
	}

	/// Whether a transaction could be in a block on top of the best.
	async fn is_waiting(&self) -> bool {
		let best = self.client.info().best_hash;
		self.pool.ready_at_with_timeout(best, POOL_PATIENCE).await.next().is_some()
	}

	/// Whether the block with this hash has transactions.
	fn has_taken(&self, hash: H256) -> bool {
		let body = self.client.block_body(hash).ok().flatten();
		body.is_some_and(|body| body.len() > INHERENTS)
	}
}

/// A block that is final at once, and where its outcome will be heard of.
fn seal() -> (Command, Outcome) {
	let (sender, outcome) = oneshot::channel();
	let command = Command::SealNewBlock {
		create_empty: true,
		finalize: true,
		parent_hash: None,
		sender: Some(sender),
	};
	(command, outcome)
}

/// Hears what came of the `last` turn, and says so in the log if it was no block.
async fn report(last: Option<Outcome>) -> Option<H256> {
	match last?.await {
		Ok(Ok(block)) => Some(block.hash),
		Ok(Err(error)) => {
			log::error!("⏩ No block was sealed: {error}");
			None
		},
		// The node stops.
		Err(oneshot::Canceled) => None,
	}
}
