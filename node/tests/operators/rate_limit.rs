//! What a client gets that asks for more than it may.

use crate::{harness::Node, socket::Socket};
use serde_json::{json, Value};
use std::time::Instant;

/// How many calls per minute the node allows a connection: so many at once, and then one per second.
const LIMIT: usize = 60;

/// How many more the client makes.
const MORE: usize = 30;

/// The same on a node that others can reach and whose operator says nothing: then 20 per second.
const PUBLIC_LIMIT: usize = 1_200;

/// How many more the client makes there: more than become due while it makes them all.
const PUBLIC_MORE: usize = 300;

/// The error of a call that waited for its turn too long.
const LIMIT_EXCEEDED: i64 = -32_999;

/// Calls `node` so often on one connection, without waiting in between. Gives how many calls were answered; the others
/// were refused.
fn answered(node: &Node, calls: usize) -> usize {
	let mut socket = Socket::open(node.address());
	let begin = Instant::now();
	for id in 0..calls {
		let call = json!({ "jsonrpc": "2.0", "id": id, "method": "system_name", "params": [] });
		socket.send(&call.to_string());
	}

	let answers = (0..calls).map(|_| socket.receive());
	let errors: Vec<Value> = answers.filter(|answer| !answer["error"].is_null()).collect();

	for answer in &errors {
		assert_eq!(answer["error"]["code"], json!(LIMIT_EXCEEDED), "{answer}");
		assert_eq!(answer["error"]["message"], json!("RPC rate limit exceeded"));
	}
	let answered = calls - errors.len();
	println!("{answered} answered, {} refused after {:.1?}", errors.len(), begin.elapsed());
	answered
}

#[test]
fn client_should_be_slowed_down_and_then_refused_when_it_asks_for_too_much() {
	let node = Node::dev(&["--rpc-rate-limit", &LIMIT.to_string()]);

	let answered = answered(&node, LIMIT + MORE);

	assert!(answered > LIMIT, "only {answered} calls were answered");
	assert!(answered < LIMIT + MORE, "no call was refused");
	// Others have a limit of their own.
	assert_eq!(node.get("system_name", json!([])), json!("AITBC Node"));
}

#[test]
fn public_should_be_limited_and_have_no_unsafe_methods_when_the_operator_says_nothing() {
	// The test asks by the address that the node listens on, which is no name of its machine.
	let node = Node::listening(&["--chain", "dev", "--rpc-external", "--rpc-cors", "all"]);
	assert!(node.address().starts_with("0.0.0.0:"), "{}", node.address());

	for method in ["system_peers", "author_rotateKeys", "telemetry_worker"] {
		let error = node.fail(method, json!([]));
		assert_eq!(error["code"], json!(-32601), "{method}: {error}");
		assert!(error.to_string().contains("unsafe"), "{method}: {error}");
	}
	let answered = answered(&node, PUBLIC_LIMIT + PUBLIC_MORE);

	assert!(answered >= PUBLIC_LIMIT, "only {answered} calls were answered");
	assert!(answered < PUBLIC_LIMIT + PUBLIC_MORE, "no call was refused");
	assert_eq!(node.get("system_name", json!([])), json!("AITBC Node"));
}
