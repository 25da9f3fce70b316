//! The JSON of every command keeps its shape.
//!
//! A member may be added: look at the change and accept it with `INSTA_UPDATE=always`. One that
//! goes away, or changes its meaning, needs a new version of the schema.

use crate::harness::{schema, Cli, Node};

const HASH: &str = "0x0404040404040404040404040404040404040404040404040404040404040404";

#[tokio::test]
async fn json_should_keep_its_shape() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&cli.json(arguments)));
	};

	snapshot("account_new", &["account", "new", "agent"]);
	snapshot("account_list", &["account", "list"]);
	snapshot("account_balance", &["account", "balance", "//Alice"]);
	snapshot("node_status", &["node", "status"]);
	snapshot("network_status", &["network", "status"]);
	snapshot("validator_list", &["validator", "list"]);

	let from = ["--from", "//Alice", "--yes", "--wait", "best"];
	let register =
		["agent", "register", "--kind", "broker", "--card", "ipfs://card", "--card-hash", HASH];
	snapshot("dry_run", &[&register[..], &["--from", "//Alice", "--dry-run"]].concat());
	snapshot("agent_register", &[&register[..], &from].concat());
	snapshot("agent_info", &["agent", "info", "0"]);
	snapshot("agent_list", &["agent", "list"]);

	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--fund"];
	let milestones = ["--milestone", "1 AIT@+1h", "--milestone", "2 AIT@+2h"];
	snapshot("contract_create", &[&create[..], &milestones, &from].concat());
	cli.send("//Bob", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);
	snapshot("contract_status", &["contract", "status", "0"]);
	snapshot("contract_list", &["contract", "list", "//Bob"]);

	cli.send("//Alice", &["agent", "deregister", "0"]);
	snapshot("agent_leaving", &["agent", "info", "0"]);
}
