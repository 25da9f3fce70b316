//! An agent's life, from registration to the bond that outlives it.

use crate::harness::{wait_until, Cli, Node};
use serde_json::Value;

const HASH: &str = "0x0101010101010101010101010101010101010101010101010101010101010101";

#[tokio::test]
async fn agent_should_live_as_its_owner_decides() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let data = |arguments: &[&str]| cli.json(arguments)["data"].take();

	let card = ["--card", "ipfs://one", "--card-hash", HASH];
	cli.send("//Alice", &[&["agent", "register", "--kind", "oracle"], &card[..]].concat());
	assert_eq!(data(&["agent", "info", "0"])["status"], "registered");

	cli.send("//Alice", &["agent", "update", "0", "--card", "ipfs://two", "--card-hash", HASH]);
	assert_eq!(data(&["agent", "info", "0"])["card_uri"], "ipfs://two");

	cli.send("//Alice", &["agent", "set-wallet", "0", "--wallet", "//Bob"]);
	let info = data(&["agent", "info", "0"]);
	assert!(info["wallet"].is_null() && info["proposed_wallet"].is_string(), "{info}");
	cli.send("//Bob", &["agent", "accept-wallet", "0"]);
	assert!(data(&["agent", "info", "0"])["wallet"].is_string());

	cli.send("//Alice", &["agent", "activate", "0"]);
	cli.send("//Alice", &["agent", "deactivate", "0"]);
	assert_eq!(data(&["agent", "info", "0"])["status"], "inactive");
	cli.send("//Bob", &["agent", "remove-wallet", "0"]);
	assert!(data(&["agent", "info", "0"])["wallet"].is_null());

	assert_eq!(
		data(&["agent", "list", "--owner", "//Alice"])["agents"].as_array().map(Vec::len),
		Some(1)
	);
	cli.send("//Alice", &["agent", "deregister", "0"]);
	let listed = data(&["agent", "list"]);
	assert_eq!((count(&listed["agents"]), count(&listed["leaving"])), (0, 1), "{listed:#}");
	assert_eq!(listed["leaving"][0]["agent"], 0);
	let leaving = cli.json(&["agent", "info", "0"]);
	assert_eq!(leaving["kind"], "agent.leaving");
	assert_eq!(leaving["data"]["bond"], "100000000000000");

	let early = cli.send_in_vain(5, "//Bob", &["agent", "release-bond", "0"]);
	assert!(early.contains("Agents::BondReleaseDelayNotElapsed"), "{early}");
	assert!(early.contains("The bond is at risk for longer."), "{early}");
}

#[tokio::test]
async fn bond_should_be_foreseen_listed_and_found_when_its_time_has_come() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let data = |arguments: &[&str]| cli.json(arguments)["data"].take();
	let now = || number(&data(&["agent", "list"])["active_block"]);
	let card = ["--card", "ipfs://one", "--card-hash", HASH];
	let register = [&["agent", "register", "--kind", "oracle"], &card[..]].concat();
	let dry = |arguments: &[&str]| {
		data(&[arguments, &["--from", "//Bob", "--dry-run"]].concat())["consequences"].take()
	};

	// What registering takes is known beforehand, to programs too.
	let cost = dry(&register);
	let registered = cli.send("//Bob", &register);
	let event = &registered["transactions"][0]["events"][1]["fields"];
	for part in ["fee", "bond", "deposit"] {
		assert_eq!(cost[part], event[part], "{part}");
	}
	cli.send("//Bob", &register);

	// And so is what leaving does to the bond.
	let before = now();
	let foreseen = dry(&["agent", "deregister", "0"]);
	let between = now();
	let left = cli.send("//Bob", &["agent", "deregister", "0"]);
	let event = &left["transactions"][0]["events"][0]["fields"];
	let after = now();
	assert_eq!((&foreseen["bond"], &foreseen["deposit"]), (&event["bond"], &event["deposit"]));
	let foreseen = number(&foreseen["bond_until"]) - DELAY;
	assert!((before..=between).contains(&foreseen), "{foreseen}");
	let until = number(&event["until"]) - DELAY;
	assert!((between..=after).contains(&until), "{until}");

	// It is listed among the agents, and among what the owner has on hold.
	for (more, agents, leaving) in [
		(&["--owner", "//Bob"][..], 1, 1),
		(&["--status", "deregistering"], 0, 1),
		(&["--status", "registered"], 1, 0),
		(&["--owner", "//Alice"], 0, 0),
		(&["--limit", "1"], 0, 1),
		(&["--limit", "1", "--after", "0"], 1, 0),
	] {
		let listed = data(&[&["agent", "list"], more].concat());
		assert_eq!((count(&listed["agents"]), count(&listed["leaving"])), (agents, leaving));
	}
	let balance = cli.run(&["account", "balance", "//Bob"]).stdout;
	assert!(balance.contains("Agents.Bond") && balance.contains("Agents.Deposit"), "{balance}");
	assert!(balance.contains("from active block"), "{balance}");

	// Governance lets bonds come back sooner, and the next one does.
	node.set_parameter("Agents", "BondReleaseDelay", 1).await;
	let foreseen = dry(&["agent", "deregister", "1"]);
	assert!(number(&foreseen["bond_until"]) <= now() + 1, "{foreseen:#}");
	cli.send("//Bob", &["agent", "deregister", "1"]);
	let way = "now: aitbc agent release-bond 1";
	wait_until("the bond to be free", || async {
		cli.run(&["account", "balance", "//Bob"]).stdout.contains(way).then_some(())
	})
	.await;
	assert!(cli.run(&["agent", "list"]).stdout.contains(way));
	assert!(cli.run(&["agent", "info", "1"]).stdout.contains(way));
	cli.send("//Alice", &["agent", "release-bond", "1"]);
	assert_eq!(count(&data(&["agent", "list"])["leaving"]), 1, "the other one waits");
}

/// How long a bond stays at risk on development networks: 30 days of 20 blocks.
const DELAY: u64 = 600;

fn number(value: &Value) -> u64 {
	value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn count(list: &Value) -> usize {
	list.as_array().map_or(0, Vec::len)
}
