//! Money to try a development network with.

use crate::harness::{Cli, Node};

const AIT: u128 = 1_000_000_000_000;

#[tokio::test]
async fn faucet_should_pay_whoever_asks_and_not_too_much() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	cli.new_key("newcomer");

	cli.json(&["account", "faucet", "newcomer", "--wait", "best"]);
	cli.json(&["account", "faucet", "newcomer", "7.5 AIT", "--wait", "best"]);

	assert_eq!(cli.total_balance("newcomer"), 107 * AIT + AIT / 2);
	let error = cli.fail(2, &["account", "faucet", "newcomer", "1000.1 AIT"]);
	assert!(error.contains("at most 1000 AIT"), "{error}");
}
