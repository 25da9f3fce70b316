//! Which methods are for the node's operator only, held to docs/rpc/unsafe.md.

use crate::{harness::Node, socket::Socket};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::Alice;
use std::{collections::BTreeMap, fs, path::Path};

/// What the SDK says, among other words, of an unsafe method that is called from elsewhere.
const UNSAFE: &str = "unsafe";

/// The code of the error with which `method` is refused.
fn code(method: &str) -> i64 {
	match method {
		"state_getPairs" | "state_queryStorage" | "state_traceBlock" => 4_003,
		"state_callRecorded" => 4_005,
		_ => -32_601,
	}
}

/// Good parameters of the unsafe methods that are not in openrpc.json, which are looked at before the caller is.
fn parameters() -> Vec<(&'static str, Value)> {
	let hash = json!(format!("0x{}", "00".repeat(32)));
	vec![
		("author_hasKey", json!(["0x00", "babe"])),
		("author_hasSessionKeys", json!(["0x00"])),
		("author_insertKey", json!(["babe", "//Nobody", "0x00"])),
		("author_removeExtrinsic", json!([[]])),
		("author_rotateKeys", json!([])),
		("author_rotateKeysWithOwner", json!(["0x00"])),
		("babe_epochAuthorship", json!([])),
		("engine_createBlock", json!([true, true, null])),
		("engine_finalizeBlock", json!([hash, null])),
		("offchain_localStorageClear", json!(["PERSISTENT", "0x00"])),
		("offchain_localStorageGet", json!(["PERSISTENT", "0x00"])),
		("offchain_localStorageSet", json!(["PERSISTENT", "0x00", "0x00"])),
		("state_callRecorded", json!(["Core_version", "0x", hash])),
		("state_getPairs", json!(["0x00"])),
		("state_queryStorage", json!([["0x00"], hash])),
		("state_subscribeStorage", json!([])),
		("state_traceBlock", json!([hash, null, null, null])),
		("system_addLogFilter", json!(["x=info"])),
		("system_addReservedPeer", json!(["/ip4/192.0.2.1"])),
		("system_dryRun", json!(["0x00"])),
		("system_dryRunAt", json!(["0x00"])),
		("system_peers", json!([])),
		("system_removeReservedPeer", json!(["x"])),
		("system_resetLogFilter", json!([])),
		("system_unstable_networkState", json!([])),
	]
}

/// Parameters of which each of the SDK's other methods takes some, though they mean nothing to it.
fn neutral() -> Vec<Value> {
	let hash = format!("0x{}", "00".repeat(32));
	vec![
		json!([]),
		json!([hash, hash, hash, hash]),
		json!([[hash]]),
		json!([hash, []]),
		json!([hash, hash, []]),
		json!([hash, 1]),
		json!([hash, hash, 1]),
		json!([1]),
		json!([true]),
		json!([Alice.to_account_id()]),
	]
}

/// What the file `name` in docs/rpc says.
fn page(name: &str) -> String {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rpc").join(name);
	fs::read_to_string(path).expect("the page is there")
}

/// The methods in the table of docs/rpc/unsafe.md.
fn documented() -> Vec<String> {
	let page = page("unsafe.md");
	let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
	let cells = rows.filter_map(|row| row.split('|').next());
	let names = cells.flat_map(|cell| cell.split('`').filter(|name| name.contains('_')));
	names.map(str::to_owned).collect()
}

/// Our methods, with the parameters of their examples.
fn examples() -> BTreeMap<String, Value> {
	let document: Value = serde_json::from_str(&page("openrpc.json")).expect("it is JSON");
	let methods = document["methods"].as_array().expect("the document has methods");
	let example = |method: &Value| {
		let name = method["name"].as_str().expect("a method has a name");
		let params = method["examples"][0]["params"].as_array().expect("there is an example");
		let params: Value = params.iter().map(|param| param["value"].clone()).collect();
		(name.to_owned(), params)
	};
	methods.iter().map(example).collect()
}

/// The methods that `node` has.
fn methods(node: &Node) -> Vec<String> {
	let methods = node.get("rpc_methods", json!([]))["methods"].take();
	serde_json::from_value(methods).expect("it is a list of names")
}

/// Whether a method was not asked at all, because the parameters are none of it.
fn is_malformed(answer: &Result<Value, Value>) -> bool {
	matches!(answer, Err(error) if error["message"] == json!("Invalid params"))
}

#[test]
fn unsafe_methods_should_be_those_of_the_document() {
	let node = Node::dev(&["--rpc-methods", "safe", "--sealing", "instant"]);
	let mut socket = Socket::open(node.address());
	let methods = methods(&node);
	let documented = documented();
	let given = parameters();

	for method in &documented {
		assert!(methods.contains(method), "the node has no {method}");
		let Some((_, params)) = given.iter().find(|(name, _)| name == method) else {
			// Ours are tested with their document.
			assert!(
				["anchor_", "telemetry_"].iter().any(|ours| method.starts_with(ours)),
				"{method}"
			);
			continue;
		};
		let error = socket.ask(method, params).expect_err(method);
		assert!(error.to_string().contains(UNSAFE), "{method}: {error}");
		assert_eq!(error["code"], json!(code(method)), "{method}: {error}");
	}
	for (method, _) in given {
		assert!(documented.iter().any(|one| one == method), "{method} is not in the document");
	}
}

#[test]
fn other_methods_should_answer_everybody_when_unsafe_ones_are_refused() {
	// Only an archive has `archive_v1`.
	let node = Node::dev(&["--rpc-methods", "safe", "--state-pruning", "archive"]);
	let mut socket = Socket::open(node.address());
	let (documented, examples, neutral) = (documented(), examples(), neutral());

	for method in methods(&node).iter().filter(|method| !documented.contains(method)) {
		let params = examples.get(method).map_or(&neutral[..], std::slice::from_ref);
		let mut answers = params.iter().map(|params| socket.ask(method, params));
		let answer = answers
			.find(|answer| !is_malformed(answer))
			.unwrap_or_else(|| panic!("{method} takes none of {params:?}"));

		if let Err(error) = answer {
			assert!(!error.to_string().contains(UNSAFE), "{method}: {error}");
		}
	}
}

#[test]
fn storage_should_be_watched_by_everybody_when_they_name_its_keys() {
	let node = Node::dev(&["--rpc-methods", "safe"]);
	let mut socket = Socket::open(node.address());

	let answer = socket.ask("state_subscribeStorage", &json!([["0x00"]]));

	assert!(answer.is_ok(), "{answer:?}");
}
