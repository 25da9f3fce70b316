//! Nodes that come later.

use aitbc_network_tests::{isolated, Network, Report, Role};
use std::time::Instant;

/// How long the chain is that a node skips, in blocks: two changes of the authorities' sets.
const HISTORY: u64 = 45;

#[test]
#[ignore = "takes five minutes: the chain must be long enough to skip some of it"]
fn fresh_node_should_have_the_state_when_it_joins_by_warp_sync() {
	isolated(warp);
}

/// Lets a fresh node join with a proof of finality and the last state, and no blocks in between.
async fn warp() {
	let mut network = Network::of(4).start().await;
	let mut report = Report::new("a fresh node joins 4 validators by warp sync");
	network.wait_for_finalized_everywhere(HISTORY).await;
	let height = network.finalized().await;
	let begin = Instant::now();
	let fresh = network.join("fresh", Role::Full, &["--sync", "warp"]).await;
	network.nodes[fresh].wait_for_finalized(height).await;
	let synced = begin.elapsed();
	network.wait_for_progress().await;
	let log = network.nodes[fresh].log();
	assert!(log.contains("Warp sync is complete"), "it synced another way");
	report.row("finalized blocks when it came", height);
	report.time("from its start until it has finalized these", synced);
	report.row("heights at which all finalized the same", network.agree().await.compared);
}
