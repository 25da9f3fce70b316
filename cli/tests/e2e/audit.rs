//! A ruling is written down, and proven.

use crate::harness::{schema, wait_until, Cli, Node};
use serde_json::Value;

const HASH: &str = "0x0505050505050505050505050505050505050505050505050505050505050505";

/// Bob hires Dave by time, they fall out, and they settle: case 0.
fn settle(cli: &Cli) {
	let card = ["--card", "ipfs://card", "--card-hash", HASH];
	cli.send("//Charlie", &[&["agent", "register", "--kind", "provider"], &card[..]].concat());
	let wallet = ["--wallet", "//Dave", "--wallet-key", "//Dave"];
	cli.send("//Charlie", &[&["agent", "set-wallet", "0"], &wallet[..]].concat());
	cli.send("//Charlie", &["agent", "activate", "0"]);
	let stream = ["--stream", "0.5 AIT@+1h", "--amount", "20 AIT", "--fund"];
	let create = ["contract", "create", "--provider", "//Dave", "--terms", HASH];
	cli.send("//Bob", &[&create[..], &stream].concat());
	cli.send("//Dave", &["contract", "start", "0"]);
	cli.send("//Bob", &["dispute", "create", "0", "--claim", "10"]);
	cli.send("//Dave", &["dispute", "offer", "0", "--client", "50%"]);
	cli.send("//Bob", &["dispute", "accept", "0"]);
}

#[tokio::test]
async fn ruling_should_be_listed_and_proven_with_and_without_a_node() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let data = |arguments: &[&str]| -> Value { cli.json(arguments)["data"].take() };
	let listed = |arguments: &[&str]| -> Vec<u64> {
		let found = data(&[&["audit", "list"], arguments].concat())["records"].take();
		let found = found.as_array().into_iter().flatten();
		found.filter_map(|record| record["record"].as_u64()).collect()
	};
	assert_eq!(data(&["audit", "status"])["count"], 0);
	assert!(listed(&[]).is_empty());
	assert!(cli.fail(1, &["audit", "show", "0"]).contains("there is no record 0"));
	assert!(cli.fail(1, &["audit", "prove", "0"]).contains("does not commit to record 0"));
	assert!(cli.fail(2, &["audit", "list", "--event", "restarted"]).contains("case-ruled"));

	settle(&cli);

	assert_eq!(listed(&[]), [0]);
	assert_eq!(listed(&["--subject", "case:0", "--actor", "chain", "--since", "1h"]), [0]);
	assert!(listed(&["--subject", "//Alice//stash"]).is_empty());
	assert!(listed(&["--until", "1h"]).is_empty());
	insta::assert_json_snapshot!("audit_list", schema(&cli.json(&["audit", "list"])));
	insta::assert_json_snapshot!("audit_show", schema(&cli.json(&["audit", "show", "0"])));
	insta::assert_json_snapshot!("audit_status", schema(&cli.json(&["audit", "status"])));
	let written = data(&["audit", "show", "0"])["block"].as_u64().expect("a block wrote it");

	wait_until("a later block to be final", || async {
		(node.finalized().await > written).then_some(())
	})
	.await;
	let proof = cli.json(&["audit", "prove", "0"]);
	insta::assert_json_snapshot!("audit_prove", schema(&proof));
	assert_eq!(proof["data"]["at"]["finalized"], true);
	let at = node.block_hash(written).await;
	let at = at.as_str().expect("it is a hash");
	let said = cli.fail(1, &["audit", "prove", "0", "--at", at]);
	assert!(said.contains("does not commit to record 0"), "{said}");

	let file = cli.file("proof.json", &proof.to_string());
	let root = proof["data"]["root"].as_str().expect("it has a root").to_owned();
	let nobody = Cli::new("ws://127.0.0.1:1");
	let verify = ["audit", "verify", &file, "--root", &root];
	insta::assert_json_snapshot!("audit_verify", schema(&nobody.json(&verify)));
	assert!(nobody.fail(1, &["audit", "verify", &file, "--root", HASH]).contains("another root"));
	let changed = proof.to_string().replace(&root, HASH).replace("\"count\":1", "\"count\":2");
	let changed = cli.file("changed.json", &changed);
	let said = nobody.fail(1, &["audit", "verify", &changed, "--root", &root]);
	assert!(said.contains("too many nodes or too few"), "{said}");
	let said = nobody.fail(1, &["audit", "verify", &cli.file("x", "{}"), "--root", &root]);
	assert!(said.contains("is not what `aitbc audit prove"), "{said}");
}
