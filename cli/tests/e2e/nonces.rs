//! Commands that run at the same time from one account do not take each other's nonce.

use crate::harness::{Cli, Node};
use std::thread;

#[tokio::test]
async fn transfers_should_all_arrive_when_sent_at_once() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let receiver = cli.new_key("receiver");

	thread::scope(|scope| {
		for _ in 0..6 {
			scope.spawn(|| cli.send("//Alice", &["account", "transfer", &receiver, "1 AIT"]));
		}
	});

	assert_eq!(cli.total_balance(&receiver), 6_000_000_000_000);
	assert_eq!(cli.json(&["account", "balance", "//Alice"])["data"]["nonce"], 6);
}
