//! How much of a chain a node keeps.

use crate::harness::{wait_until, Node};
use frame_support::storage::storage_prefix;
use serde_json::{json, Value};

/// Of how many final blocks the state and the body are kept.
const KEPT: u64 = 16;

/// How many blocks there are at least.
const BLOCKS: u64 = 3 * KEPT;

/// The SDK's error of a question about a state that is gone.
const DISCARDED: i64 = 4_003;

/// Our error of the same.
const STATE_PRUNED: i64 = -32_021;

/// Has the node make one more block, which is final.
fn seal(node: &Node) {
	node.get("engine_createBlock", json!([true, true, null]));
}

/// A node with `options` whose chain has some blocks, all of them final.
fn node(options: &[&str]) -> Node {
	let node = Node::dev(&[&["--sealing", "instant"], options].concat());
	wait_until("the first block", || (node.best() == 1).then_some(()));
	for _ in 1..BLOCKS {
		seal(&node);
	}
	node
}

/// The hash of the block at `height`.
fn hash(node: &Node, height: u64) -> Value {
	node.get("chain_getBlockHash", json!([height]))
}

/// Asks for the time in the state of the block `hash`.
fn time(node: &Node, hash: &Value) -> Result<Value, Value> {
	let key = format!("0x{}", hex::encode(storage_prefix(b"Timestamp", b"Now")));
	node.ask("state_getStorage", json!([key, hash]))
}

#[test]
fn states_should_be_refused_when_they_are_older_than_those_kept() {
	let node = node(&["--state-pruning", &KEPT.to_string()]);
	let old = hash(&node, 1);

	let error = wait_until("the first state to be gone", || {
		// A state that somebody was reading goes with a later block.
		seal(&node);
		time(&node, &old).err()
	});

	assert_eq!(error["code"], json!(DISCARDED), "{error}");
	assert!(error.to_string().contains("State already discarded"), "{error}");
	let error = node.fail("jurors_pool", json!([old]));
	assert_eq!(error["code"], json!(STATE_PRUNED), "{error}");
	assert_eq!(error["data"], json!({ "error": "StatePruned" }));
	// Blocks stay, and young states.
	assert!(node.get("chain_getBlock", json!([old])).is_object());
	let young = hash(&node, node.best() - KEPT / 2);
	assert!(time(&node, &young).is_ok_and(|time| time.is_string()));
	assert!(node.get("jurors_pool", json!([young])).is_object());
}

#[test]
fn bodies_should_be_gone_when_they_are_older_than_those_kept() {
	let node = node(&["--blocks-pruning", &KEPT.to_string()]);
	let old = hash(&node, 1);

	wait_until("the first body to be gone", || {
		node.get("chain_getBlock", json!([old])).is_null().then_some(())
	});

	assert!(node.get("chain_getHeader", json!([old])).is_object());
	let young = hash(&node, node.best() - KEPT / 2);
	assert!(node.get("chain_getBlock", json!([young])).is_object());
}

#[test]
fn states_and_bodies_should_be_there_when_the_node_is_an_archive() {
	let node = node(&["--state-pruning", "archive", "--blocks-pruning", "archive"]);
	let old = hash(&node, 1);

	assert!(time(&node, &old).is_ok_and(|time| time.is_string()));
	assert!(node.get("jurors_pool", json!([old])).is_object());
	assert!(node.get("chain_getBlock", json!([old])).is_object());
}
