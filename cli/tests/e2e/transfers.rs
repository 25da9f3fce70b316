//! Sending everything, with and without something on hold.

use crate::harness::{plancks, Cli, Node};

const HASH: &str = "0x0909090909090909090909090909090909090909090909090909090909090909";

const AIT: u128 = 1_000_000_000_000;

/// What an account that has something on hold keeps free.
const EXISTENTIAL_DEPOSIT: u128 = AIT / 100;

/// By how much a fee may differ from what it was said to be a block before.
const FEE_DRIFT: u128 = AIT / 1_000;

#[tokio::test]
async fn sender_should_know_what_stays_when_everything_is_sent() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	cli.new_key("owner");
	cli.send("//Alice", &["account", "transfer", "owner", "200 AIT"]);
	let register = ["agent", "register", "--kind", "oracle", "--card", "ipfs://one"];
	cli.send("owner", &[&register[..], &["--card-hash", HASH]].concat());
	cli.send("owner", &["account", "proxy", "add", "//Dave", "--rights", "any"]);

	// What is held has its reasons, and they add up.
	let balance = cli.json(&["account", "balance", "owner"])["data"].take();
	let holds = balance["holds"].as_array().expect("it is a list");
	let reasons: Vec<_> = holds.iter().filter_map(|hold| hold["reason"].as_str()).collect();
	for reason in ["Agents.Bond", "Agents.Deposit", "Reserve"] {
		assert!(reasons.contains(&reason), "{balance:#}");
	}
	let sum: u128 = holds.iter().map(|hold| plancks(&hold["amount"])).sum();
	assert_eq!(sum, plancks(&balance["held"]));

	// What goes and what stays is known beforehand, and so it comes.
	let all = ["account", "transfer", "//Bob", "--all", "--from", "owner"];
	let dry = cli.json(&[&all[..], &["--dry-run"]].concat())["data"].take();
	let parting = &dry["consequences"];
	assert_eq!(parting["stays_held"], balance["holds"]);
	assert_eq!(plancks(&parting["stays_free"]), EXISTENTIAL_DEPOSIT);
	let bob = cli.total_balance("//Bob");
	let run = cli.run(&[&all[..], &["--yes", "--wait", "best"]].concat());
	assert_eq!(run.code, Some(0), "{run:#?}");
	assert!(run.stderr.contains("this stays: "), "{run:#?}");
	assert!(run.stderr.contains("100 AIT held for Agents.Bond"), "{run:#?}");
	let gone = cli.total_balance("//Bob") - bob;
	assert!(gone.abs_diff(plancks(&parting["amount"])) < FEE_DRIFT, "{gone}");
	let left = cli.json(&["account", "balance", "owner"])["data"].take();
	assert_eq!(plancks(&left["free"]), EXISTENTIAL_DEPOSIT);
	assert_eq!(left["held"], balance["held"]);

	// There is no more to send, also not by a proxy.
	let again = cli.fail(1, &all);
	assert!(again.contains("has nothing to send: 0.01 AIT is free"), "{again}");
	let proxy = ["account", "transfer", "//Bob", "--all", "--from", "//Dave", "--for", "owner"];
	assert!(cli.fail(1, &proxy).contains("has nothing to send"));
}

#[tokio::test]
async fn account_should_end_when_everything_is_sent_and_nothing_held() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	cli.new_key("spare");
	cli.send("//Alice", &["account", "transfer", "spare", "1 AIT"]);

	let all = ["account", "transfer", "//Bob", "--all", "--from", "spare", "--yes"];
	let run = cli.run(&[&all[..], &["--wait", "best"]].concat());

	assert_eq!(run.code, Some(0), "{run:#?}");
	assert!(run.stderr.contains("nothing stays, and the sender's account ends"), "{run:#?}");
	assert_eq!(cli.total_balance("spare"), 0);
}
