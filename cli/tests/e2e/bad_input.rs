//! What mistakes get that only a node can see.

use crate::harness::{wait_until, Cli, Node};

const HASH: &str = "0x0303030303030303030303030303030303030303030303030303030303030303";

#[tokio::test]
async fn mistakes_should_be_explained_with_their_own_exit_code() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	cli.new_key("poor");

	// No block could have it.
	let poor = cli.send_in_vain(4, "poor", &["account", "transfer", "//Bob", "1 AIT"]);
	assert!(poor.contains("inability to pay some fees"), "{poor}");
	assert!(poor.contains("aitbc account transfer"), "{poor}");

	// It would fail, for a reason of the currency's and of our pallets', so that it is not sent.
	let before = cli.total_balance("//Alice");
	let much = ["account", "transfer", "//Bob", "2000000 AIT"];
	let too_much = cli.send_in_vain(5, "//Alice", &much);
	assert!(too_much.contains("Token::FundsUnavailable"), "{too_much}");
	assert!(too_much.contains("it was not sent, and no fee is paid"), "{too_much}");
	let dry = cli.fail(5, &[&much[..], &["--from", "//Alice", "--dry-run"]].concat());
	assert!(dry.contains("would fail: Token::FundsUnavailable"), "{dry}");
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--milestone"];
	let late = cli.send_in_vain(5, "//Alice", &[&create[..], &["1 AIT@1"]].concat());
	assert!(late.contains("Escrow::DueNotInFuture"), "{late}");
	let eleven = [&create[..6], &["--milestone", "1 AIT@+1h"].repeat(11)].concat();
	let many = cli.send_in_vain(5, "//Alice", &eleven);
	assert!(many.contains("MaxMilestones is 10."), "{many}");
	let hasty = [&create[..], &["1 AIT@+1h", "--review", "1"]].concat();
	let hasty = cli.send_in_vain(5, "//Alice", &hasty);
	assert!(hasty.contains("MinReviewPeriod is 20 active blocks."), "{hasty}");
	let dear = [&create[..], &["2000000 AIT@+1h", "--fund"]].concat();
	let dear = cli.send_in_vain(5, "//Alice", &dear);
	assert!(dear.contains("nothing was sent: opening and funding the contract holds"), "{dear}");
	assert_eq!(cli.total_balance("//Alice"), before);

	// The same within the escrow of a contract, for people and for programs.
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
	assert_eq!(dry["data"]["prospect"], "succeeds");
	node.wait_for_best(node.best().await + 2).await;
	assert_eq!(cli.total_balance("//Alice"), before);
}

#[tokio::test]
async fn fee_should_be_said_to_be_paid_when_a_call_fails_in_its_block() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	// Due in the very next block: the chain finds that good as it stands, and too late one block on.
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--milestone"];
	let how = ["1 AIT@+1", "--from", "//Alice", "--yes", "--wait", "best", "--output", "json"];
	let create = [&create[..], &how].concat();
	// A block may come between the reading of the clock and the check.
	let failed = wait_until("the call to fail in its block", || async {
		let said = cli.fail(5, &create);
		said.contains("is paid").then_some(said)
	})
	.await;
	assert!(failed.contains("Escrow.open failed in block"), "{failed}");
	assert!(failed.contains(r#""dispatch_error": "Escrow::DueNotInFuture""#), "{failed}");

	let (_, hash) = failed.split_once(r#""hash": ""#).expect("the error names the transaction");
	let hash = hash.split('"').next().expect("it has an end");
	let status = cli.check(5, &["transaction", "status", hash])["data"].take();
	assert_eq!(status["state"], "failed", "{status:#}");
	assert_eq!(status["dispatch_error"], "Escrow::DueNotInFuture");
	assert!(status["fee"].is_string() && status["meaning"].is_string(), "{status:#}");
}
