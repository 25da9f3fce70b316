//! What mistakes get that only a node can see.

use crate::harness::{Cli, Node};

const HASH: &str = "0x0303030303030303030303030303030303030303030303030303030303030303";

#[tokio::test]
async fn mistakes_should_be_explained_with_their_own_exit_code() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	cli.new_key("poor");

	// Refused by the pool.
	let poor = cli.send_in_vain(4, "poor", &["account", "transfer", "//Bob", "1 AIT"]);
	assert!(poor.contains("inability to pay some fees"), "{poor}");
	assert!(poor.contains("aitbc account transfer"), "{poor}");

	// Failed in a block, for a reason of the currency's and of our pallets'.
	let much = cli.send_in_vain(5, "//Alice", &["account", "transfer", "//Bob", "2000000 AIT"]);
	assert!(much.contains("Token::FundsUnavailable") && much.contains("is paid"), "{much}");
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--milestone"];
	let late = cli.send_in_vain(5, "//Alice", &[&create[..], &["1 AIT@1"]].concat());
	assert!(late.contains("Escrow::DueNotInFuture"), "{late}");
	cli.send("//Alice", &[&create[..], &["1 AIT@+1h", "--fund"]].concat());
	let release = ["contract", "release", "0", "--milestone", "1"];
	let wrong = cli.send_in_vain(5, "//Alice", &release);
	assert!(wrong.contains("Escrow::MilestoneNotFound"), "{wrong}");
	assert!(wrong.contains("The contract has fewer milestones. They count from zero."), "{wrong}");
	let json = cli.send_in_vain(5, "//Alice", &[&release[..], &["--output", "json"]].concat());
	assert!(json.contains(r#""dispatch_error": "Escrow::MilestoneNotFound""#), "{json}");

	// Not found.
	assert!(cli.fail(1, &["contract", "status", "9"]).contains("there is no contract 9"));
	assert!(cli.fail(1, &["agent", "info", "9"]).contains("there is no agent 9"));

	// Nobody to ask.
	let unasked = ["account", "transfer", "//Bob", "1 AIT", "--from", "//Alice"];
	assert!(cli.fail(2, &unasked).contains("--yes"));

	// Too slow.
	let quick = ["--yes", "--timeout", "1s"];
	let slow = cli.fail(6, &[&unasked[..], &quick].concat());
	assert!(slow.contains("was not finalized within 1 s"), "{slow}");
}

#[tokio::test]
async fn nothing_should_be_sent_when_it_is_a_dry_run() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let before = cli.total_balance("//Alice");

	let dry =
		cli.json(&["account", "transfer", "//Bob", "1 AIT", "--from", "//Alice", "--dry-run"]);

	assert_eq!(dry["kind"], "dry-run");
	assert_eq!(dry["data"]["call"], "Balances.transfer_keep_alive");
	assert_eq!(dry["data"]["arguments"]["value"], "1000000000000");
	node.wait_for_best(node.best().await + 2).await;
	assert_eq!(cli.total_balance("//Alice"), before);
}
