//! Which methods are for the node's operator only, held to docs/rpc/unsafe.md.

use crate::harness::Node;
use serde_json::{json, Value};
use std::{fs, path::Path};

/// What the SDK says, among other words, of an unsafe method that is called from elsewhere.
const UNSAFE: &str = "unsafe";

/// Good parameters of the SDK's unsafe methods, which are looked at before the caller is.
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
		("offchain_localStorageClear", json!(["PERSISTENT", "0x00"])),
		("offchain_localStorageGet", json!(["PERSISTENT", "0x00"])),
		("offchain_localStorageSet", json!(["PERSISTENT", "0x00", "0x00"])),
		("state_callRecorded", json!(["Core_version", "0x", hash])),
		("state_getPairs", json!(["0x00"])),
		("state_queryStorage", json!([["0x00"], hash])),
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

/// The methods in the tables of docs/rpc/unsafe.md.
fn documented() -> Vec<String> {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rpc/unsafe.md");
	let page = fs::read_to_string(path).expect("the page is there");
	let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
	let cells = rows.filter_map(|row| row.split('|').next());
	let names = cells.flat_map(|cell| cell.split('`').filter(|name| name.contains('_')));
	names.map(str::to_owned).collect()
}

#[test]
fn unsafe_methods_should_be_those_of_the_document() {
	let node = Node::dev(&["--rpc-methods", "safe"]);
	let methods = node.get("rpc_methods", json!([]))["methods"].take();
	let methods: Vec<_> = methods.as_array().expect("it is a list").iter().collect();
	let documented = documented();
	let given = parameters();

	for method in documented.iter().filter(|method| !method.starts_with("engine_")) {
		assert!(methods.contains(&&json!(method)), "the node has no {method}");
		let Some((_, params)) = given.iter().find(|(name, _)| name == method) else {
			// Ours are tested with their document.
			assert!(
				["anchor_", "telemetry_"].iter().any(|ours| method.starts_with(ours)),
				"{method}"
			);
			continue;
		};
		let error = node.fail(method, params.clone());
		assert!(error.to_string().contains(UNSAFE), "{method}: {error}");
	}
	for (method, _) in given {
		assert!(documented.iter().any(|one| one == method), "{method} is not in the document");
	}
}
