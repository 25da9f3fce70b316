//! An agent's life, from registration to the bond that outlives it.

use crate::harness::{Cli, Node};

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
	assert_eq!(data(&["agent", "list"])["agents"].as_array().map(Vec::len), Some(0));
	let leaving = cli.json(&["agent", "info", "0"]);
	assert_eq!(leaving["kind"], "agent.leaving");
	assert_eq!(leaving["data"]["bond"], "100000000000000");

	let early = cli.send_in_vain(5, "//Bob", &["agent", "release-bond", "0"]);
	assert!(early.contains("Agents::BondReleaseDelayNotElapsed"), "{early}");
	assert!(early.contains("The bond is at risk for longer."), "{early}");
}
