//! Who saw which block when.

use crate::{
	node::{number, Node},
	report::Spread,
	Network,
};
use serde_json::Value;
use std::{
	collections::{hash_map::DefaultHasher, HashMap},
	hash::{Hash, Hasher},
	ops::RangeBounds,
	sync::{Arc, Mutex, MutexGuard, PoisonError},
	time::{Duration, Instant},
};
use subxt::rpcs::{client::RpcParams, RpcClient};
use tokio::task::JoinSet;

/// How long to wait before a node that is gone is tried again.
const PAUSE: Duration = Duration::from_millis(100);

/// Listens to every node for as long as it lives, through their restarts.
pub struct Watch {
	sights: Arc<Mutex<Vec<Sight>>>,
	listeners: JoinSet<()>,
}

/// One node's news of one block.
struct Sight {
	node: usize,
	at: Instant,
	number: u64,
	/// Differs between any two blocks.
	header: u64,
	is_finalized: bool,
}

/// What nodes announce, and how one subscribes and unsubscribes.
const NEWS: [(bool, &str, &str); 2] = [
	(false, "chain_subscribeAllHeads", "chain_unsubscribeAllHeads"),
	(true, "chain_subscribeFinalizedHeads", "chain_unsubscribeFinalizedHeads"),
];

impl Watch {
	/// Listens to all nodes that `network` has now.
	pub fn new(network: &Network) -> Self {
		let mut watch = Self { sights: Arc::default(), listeners: JoinSet::new() };
		for (index, node) in network.nodes.iter().enumerate() {
			watch.follow(index, node);
		}
		watch
	}

	/// Listens to one more node.
	pub fn follow(&mut self, index: usize, node: &Node) {
		for (is_finalized, subscribe, unsubscribe) in NEWS {
			let (url, sights) = (node.url(), self.sights.clone());
			self.listeners.spawn(async move {
				loop {
					let see = |header: &Value| {
						let mut hasher = DefaultHasher::new();
						header.to_string().hash(&mut hasher);
						let (at, number, header) =
							(Instant::now(), number(header), hasher.finish());
						let sight = Sight { node: index, at, number, header, is_finalized };
						sights.lock().unwrap_or_else(PoisonError::into_inner).push(sight);
					};
					listen(&url, subscribe, unsubscribe, see).await;
					tokio::time::sleep(PAUSE).await;
				}
			});
		}
	}

	/// How long after the first sight of a block each of `nodes` had finalized its height, for blocks
	/// that were first seen in `period`.
	pub fn finality_lag(
		&self,
		period: impl RangeBounds<Instant>,
		nodes: &[usize],
	) -> Option<Spread> {
		let sights = self.sights();
		let mut first = HashMap::new();
		for sight in sights.iter().filter(|sight| !sight.is_finalized) {
			first.entry(sight.number).or_insert(sight.at);
		}
		let mut lags = Vec::new();
		for node in nodes {
			let mut next = 0;
			for sight in sights.iter().filter(|sight| sight.is_finalized && sight.node == *node) {
				// One announcement stands for all blocks since the one before.
				for number in next..=sight.number {
					if let Some(seen) = first.get(&number).filter(|seen| period.contains(*seen)) {
						lags.push(sight.at.saturating_duration_since(*seen));
					}
				}
				next = next.max(sight.number + 1);
			}
		}
		Spread::of(lags)
	}

	/// How long after its first sight anywhere other nodes had imported a block, for blocks that were
	/// first seen in `period`.
	pub fn propagation(&self, period: impl RangeBounds<Instant>) -> Option<Spread> {
		let sights = self.sights();
		let mut first = HashMap::new();
		let mut times = Vec::new();
		for sight in sights.iter().filter(|sight| !sight.is_finalized) {
			let (node, seen) = *first.entry(sight.header).or_insert((sight.node, sight.at));
			if node != sight.node && period.contains(&seen) && period.contains(&sight.at) {
				times.push(sight.at.saturating_duration_since(seen));
			}
		}
		Spread::of(times)
	}

	/// When the node was first known to have finalized the block with this number.
	pub fn finalized_at(&self, node: usize, number: u64) -> Option<Instant> {
		let sights = self.sights();
		let mut finalized = sights.iter().filter(|sight| sight.is_finalized && sight.node == node);
		finalized.find(|sight| sight.number >= number).map(|sight| sight.at)
	}

	fn sights(&self) -> MutexGuard<'_, Vec<Sight>> {
		self.sights.lock().unwrap_or_else(PoisonError::into_inner)
	}
}

/// Gives `see` what the node at `url` announces, until it is gone.
async fn listen(url: &str, subscribe: &str, unsubscribe: &str, see: impl Fn(&Value)) {
	let Ok(client) = RpcClient::from_insecure_url(url).await else { return };
	let subscribed = client.subscribe::<Value>(subscribe, RpcParams::new(), unsubscribe).await;
	let Ok(mut news) = subscribed else { return };
	while let Some(Ok(header)) = news.next().await {
		see(&header);
	}
}
