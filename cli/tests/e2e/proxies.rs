//! Accounts that act for others with narrow rights.

use crate::harness::{Cli, Node};

const HASH: &str = "0x0606060606060606060606060606060606060606060606060606060606060606";

#[tokio::test]
async fn hot_key_should_do_an_agents_daily_work_and_no_more() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let ops = cli.new_key("ops");
	cli.send("//Alice", &["account", "transfer", "ops", "1 AIT"]);
	let card = ["--card", "ipfs://one", "--card-hash", HASH];
	cli.send("//Bob", &[&["agent", "register", "--kind", "oracle"], &card[..]].concat());
	cli.send(
		"//Bob",
		&["agent", "set-wallet", "0", "--wallet", "//Dave", "--wallet-key", "//Dave"],
	);
	let add = ["account", "proxy", "add", "ops", "--rights", "agent-ops"];
	let dry = cli.json(&[&add[..], &["--from", "//Bob", "--dry-run"]].concat())["data"].take();
	cli.send("//Bob", &add);
	let listed = cli.json(&["account", "proxy", "list", "//Bob"])["data"].take();
	assert_eq!(dry["consequences"]["deposit"], listed["deposit"], "it was told beforehand");
	assert_eq!(listed["proxies"][0]["delegate"], ops.as_str(), "{listed:#}");

	let for_bob = |arguments: &[&'static str]| [arguments, &["--for", "//Bob"]].concat();
	let sent = cli.send("ops", &for_bob(&["agent", "activate", "0"]));
	assert_eq!(sent["transactions"][0]["call"], "Proxy.proxy");
	assert_eq!(cli.json(&["agent", "info", "0"])["data"]["status"], "active");

	// The call within failed, for a reason of its own, and because it may not be made.
	let again = cli.send_in_vain(5, "ops", &for_bob(&["agent", "activate", "0"]));
	assert!(again.contains("Agents::AlreadyActive"), "{again}");
	for forbidden in [&["agent", "deregister", "0"][..], &["account", "transfer", "ops", "1 AIT"]] {
		let refused = cli.send_in_vain(5, "ops", &for_bob(forbidden));
		assert!(refused.contains("System::CallFiltered"), "{refused}");
	}
	let stranger = cli.send_in_vain(5, "//Dave", &for_bob(&["agent", "deactivate", "0"]));
	assert!(stranger.contains("Proxy::NotProxy"), "{stranger}");

	cli.send("//Bob", &["account", "proxy", "remove", "ops", "--rights", "agent-ops"]);
	let late = cli.send_in_vain(5, "ops", &for_bob(&["agent", "deactivate", "0"]));
	assert!(late.contains("Proxy::NotProxy"), "{late}");
}
