//! Where transactions are that nobody follows any more, and what is said of them.

use crate::harness::{wait_until, Cli, Node};
use serde_json::Value;

const HASH: &str = "0x0909090909090909090909090909090909090909090909090909090909090909";

const TRANSFER: [&str; 7] = ["account", "transfer", "//Bob", "1 AIT", "--from", "//Alice", "--yes"];

/// The hash of the transaction that `error` is about.
fn hash_in(error: &Value) -> String {
	let hash = error["hash"].as_str().unwrap_or_else(|| panic!("{error:#} names no transaction"));
	let advice = format!("`aitbc transaction status {hash}`");
	assert!(error["message"].as_str().is_some_and(|text| text.contains(&advice)), "{error:#}");
	hash.to_owned()
}

/// A node that keeps transactions in its pool, because it makes no blocks.
async fn idle_node() -> Node {
	Node::builder("idle", "dev").start().await
}

#[tokio::test]
async fn transaction_should_be_found_in_its_block_when_the_connection_broke() {
	let mut node = Node::dev().await;
	node.wait_for_best(1).await;
	let mut transfer = Cli::new(node.ws_url()).start(&TRANSFER);
	transfer.wait_to_say("waits for finality").await;
	node.stop();
	let lost = transfer.fail(3);
	let hash = hash_in(&lost);
	let message = lost["message"].as_str().expect("it is text");
	assert!(message.contains("lost the connection to `ws://"), "{message}");
	assert!(message.contains("it was seen in block"), "{message}");
	assert_eq!(lost["block"]["finalized"], false, "{lost:#}");

	node.resume().await;
	let cli = Cli::new(node.ws_url());
	let status = cli.json(&["transaction", "status", &hash])["data"].take();
	assert_eq!((&status["state"], &status["hash"]), (&"succeeded".into(), &hash.clone().into()));
	assert_eq!(status["block"]["number"], lost["block"]["number"]);
	assert_eq!(status["events"][0]["event"], "Transfer", "{status:#}");
	let number = status["block"]["number"].as_u64().expect("it has one");
	node.wait_for_finalized(number).await;
	let block = number.to_string();
	for block in [block.as_str(), status["block"]["hash"].as_str().expect("it has one")] {
		let there = cli.json(&["transaction", "status", &hash, "--block", block]);
		assert_eq!(there["data"]["block"]["finalized"], true, "{there:#}");
	}

	// It is not where it is not.
	let before = cli.fail(1, &["transaction", "status", &hash, "--block", "0"]);
	assert!(before.contains("is not in block 0"), "{before}");
	let far = cli.fail(1, &["transaction", "status", &hash, "--block", "99999"]);
	assert!(far.contains("has no block 99999"), "{far}");
	let fork = cli.fail(1, &["transaction", "status", &hash, "--block", HASH]);
	assert!(fork.contains("has no block 0x0909"), "{fork}");
	node.wait_for_best(number + 1).await;
	let new = cli.fail(1, &["transaction", "status", &hash, "--blocks", "1"]);
	assert!(new.contains("--blocks"), "{new}");
	let unknown = cli.fail(1, &["transaction", "status", HASH]);
	assert!(
		unknown.contains("is neither ready in the node's pool nor in blocks 0 to "),
		"{unknown}"
	);
}

#[tokio::test]
async fn transaction_should_be_named_when_it_is_in_no_block_yet() {
	let mut node = idle_node().await;
	let cli = Cli::new(node.ws_url());

	// Nobody waits for it long enough, or at all.
	let slow = cli.start(&[&TRANSFER[..], &["--timeout", "1s"]].concat()).fail(6);
	assert!(slow.get("block").is_none(), "{slow:#}");
	let status = cli.check(6, &["transaction", "status", &hash_in(&slow)]);
	assert_eq!(status["data"]["state"], "pending");
	for signal in ["INT", "TERM"] {
		let mut transfer = cli.start(&TRANSFER);
		transfer.wait_to_say("waits for a block").await;
		transfer.signal(signal);
		hash_in(&transfer.fail(130));
	}

	// What waits may be what a call depends on.
	let much = ["account", "transfer", "//Bob", "2000000 AIT", "--from", "//Alice", "--dry-run"];
	let dry = cli.run(&much);
	assert_eq!(dry.code, Some(0), "{dry:#?}");
	assert!(dry.stderr.contains("would fail: Token::FundsUnavailable; but"), "{dry:#?}");
	assert!(dry.stdout.contains("unknown"), "{dry:#?}");

	let mut transfer = cli.start(&TRANSFER);
	transfer.wait_to_say("waits for a block").await;
	node.stop();
	let lost = transfer.fail(3);
	hash_in(&lost);
	let message = lost["message"].as_str().expect("it is text");
	assert!(message.contains("seen in no block, and may come into one yet"), "{message}");
	assert!(!message.contains("RPC error") && !message.contains("dropped"), "{message}");
}

#[tokio::test]
async fn transaction_should_be_found_when_the_state_of_its_block_is_gone() {
	let node = Node::builder("forgetful", "dev")
		.arg("--alice")
		.arg("--unsafe-force-node-key-generation")
		.arg("--state-pruning")
		.arg("1")
		.start()
		.await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let sent = cli.send("//Alice", &["account", "transfer", "//Bob", "1 AIT"]);
	let hash = sent["transactions"][0]["hash"].as_str().expect("it has one");
	let block = &sent["transactions"][0]["block"]["number"];
	let words = format!("is in block {block}, but what it did there cannot be read");
	wait_until("the state to be discarded", || async {
		let status = cli.run(&["transaction", "status", hash]);
		(status.code == Some(1) && status.stderr.contains(&words)).then_some(())
	})
	.await;
}

#[tokio::test]
async fn contract_should_be_named_when_it_is_opened_and_not_funded() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--fund"];
	let (how, one) = (["--from", "//Alice", "--yes"], ["--milestone", "1 AIT@+1h"]);

	// Its money is just there, until the fee for opening is paid: a deposit, an AIT, and what must stay.
	cli.new_key("poor");
	cli.send("//Alice", &["account", "transfer", "poor", "1.856 AIT"]);
	let poor = ["--from", "poor", "--yes", "--wait", "best"];
	let poor = cli.start(&[&create[..], &one, &poor].concat()).fail(5);
	assert_eq!(
		(&poor["contract"], &poor["dispatch_error"]),
		(&0.into(), &"Token::FundsUnavailable".into())
	);
	let message = poor["message"].as_str().expect("it is text");
	assert!(
		message.starts_with("contract 0 is open, but not funded: Escrow.fund would"),
		"{message}"
	);
	assert!(message.contains("`aitbc contract cancel 0`"), "{message}");
	cli.send("poor", &["contract", "cancel", "0"]);

	// Somebody does not want to wait any longer.
	let mut created = cli.start(&[&create[..], &one, &how].concat());
	created.wait_to_say("Escrow.fund waits for a block").await;
	created.signal("INT");
	let interrupted = created.fail(130);
	let hash = hash_in(&interrupted);
	assert_eq!(interrupted["contract"], 1, "{interrupted:#}");
	let message = interrupted["message"].as_str().expect("it is text");
	assert!(message.contains("`aitbc contract status 1`"), "{message}");
	wait_until("the transaction to be in a block", || async {
		(cli.run(&["transaction", "status", &hash]).code == Some(0)).then_some(())
	})
	.await;
	assert!(cli.json(&["contract", "status", "1"])["data"]["funded_since"].is_number());
}
