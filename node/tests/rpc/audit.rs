//! The namespace `audit_*`. The scenario of the disputes has a ruling, and that of the actions their steps, all
//! of which are written down.

use crate::{chain, column, BOB, EVE, NOBODY};
use aitbc_audit::{Commitment, Node, Proof, ENGINE_ID};
use codec::Decode;
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{self, AliceStash, BobStash};

fn bytes(json: &Value) -> Vec<u8> {
	let text = json.as_str().and_then(|text| text.strip_prefix("0x")).expect("it is hexadecimal");
	hex::decode(text).expect("it is hexadecimal")
}

fn node(json: &Value) -> Node {
	bytes(json).try_into().expect("it has 32 bytes")
}

/// The records that `query` wants.
fn found(query: Value) -> Value {
	chain().result("audit_records", json!({ "query": query }))
}

/// The only ruling.
fn ruling() -> Value {
	let mut rulings = found(json!({ "event": "case-ruled" }));
	assert_eq!(rulings.as_array().map(Vec::len), Some(1), "{rulings}");
	rulings[0].take()
}

#[test]
fn records_should_say_what_happened_and_who_did_it() {
	let chain = chain();
	let record = chain.result("audit_record", json!({ "record": ruling()["record"] }));

	assert_eq!(record, ruling());
	assert_eq!(record["event"], json!("case-ruled"));
	assert_eq!(record["actor"], json!({ "type": "chain" }));
	assert_eq!(record["subjects"], json!([{ "type": "case", "case": 2 }]));
	assert_eq!(record["hashes"].as_array().map(Vec::len), Some(1));
	assert!(record["time"].as_u64() > Some(1_700_000_000_000), "{record}");
}

#[test]
fn records_should_be_found_by_what_they_are_about() {
	let record = json!([ruling()]);
	let time = record[0]["time"].clone();

	for query in [
		json!({ "subject": { "type": "case", "case": 2 } }),
		json!({ "actor": { "type": "chain" }, "event": "case-ruled" }),
		json!({ "since": time, "until": time }),
	] {
		assert_eq!(found(query.clone()), record, "{query}");
	}
	for query in [
		json!({ "subject": { "type": "case", "case": 1 } }),
		json!({ "actor": { "type": "governance" }, "event": "case-ruled" }),
		json!({ "event": "action-succeeded" }),
		json!({ "until": 1 }),
	] {
		assert_eq!(found(query.clone()), json!([]), "{query}");
	}
}

#[test]
fn records_should_all_be_found_when_nothing_is_asked_for() {
	let count = chain().result("audit_log", json!({}))["count"].as_u64().expect("it is a number");
	let newest_first: Vec<_> = (0..count).rev().collect();

	for query in [json!(null), json!({})] {
		assert_eq!(json!(column(&found(query), "record")), json!(newest_first));
	}
}

#[test]
fn steps_of_an_action_should_all_be_written_down() {
	let of = |action: u64| found(json!({ "subject": { "type": "action", "action": action } }));
	let running = ["action-claimed", "action-verified", "action-approved", "action-approved"];
	for (action, newest_first) in [
		(0, vec!["action-recommended"]),
		(1, [&["action-failed"][..], &running, &["action-recommended"]].concat()),
		(2, vec!["action-vetoed", "action-recommended"]),
		(3, vec!["action-approved", "action-recommended"]),
		(4, [&running[..], &["action-recommended"]].concat()),
		(5, vec!["action-recommended"]),
		(6, vec![]),
	] {
		assert_eq!(json!(column(&of(action), "event")), json!(newest_first), "{action}");
	}
	let [claimed, vetoed] = [of(4)[0].take(), of(2)[0].take()];
	let hash = chain().result("actions_action", json!({ "action": 4 }))["hash"].take();
	assert_eq!(claimed["hashes"], json!([hash]));
	let account = |key: Sr25519Keyring| key.to_account_id().to_string();
	assert_eq!(claimed["actor"], json!({ "type": "account", "account": account(BobStash) }));
	let subjects = json!([
		{ "type": "action", "action": 4 },
		{ "type": "validator", "account": account(AliceStash) },
		{ "type": "actionKind", "kind": 4 },
	]);
	assert_eq!(claimed["subjects"], subjects);
	assert_eq!(vetoed["actor"], json!({ "type": "account", "account": BOB }));
	let reason = format!("0x{}", "be".repeat(32));
	assert_eq!(vetoed["hashes"], json!([reason]));
}

#[test]
fn brake_should_be_written_down_with_who_pulled_it() {
	let records = found(json!({ "subject": { "type": "agent", "agent": 1 } }));

	assert_eq!(column(&records, "event"), [json!("brake-on")]);
	assert_eq!(records[0]["actor"], json!({ "type": "account", "account": EVE }));
}

#[test]
fn proof_should_hold_against_the_digest_of_its_block() {
	let chain = chain();
	let id = ruling()["record"].take();
	let proof = chain.result("audit_proof", json!({ "record": id }));
	let header = chain.get("chain_getHeader", json!([chain.at]));
	let items = header["digest"]["logs"].as_array().expect("a digest has items");
	let committed = items.iter().find_map(|item| {
		let (kind, engine, data) = <(u8, [u8; 4], Vec<u8>)>::decode(&mut &*bytes(item)).ok()?;
		let is_ours = (kind, engine) == (4, ENGINE_ID);
		is_ours.then(|| Commitment::decode(&mut &*data).expect("it is a commitment"))
	});
	let Commitment { count, root } = committed.expect("each block commits to the log");

	assert_eq!((&proof["count"], node(&proof["root"])), (&json!(count), root));
	let nodes = proof["nodes"].as_array().expect("nodes are a list").iter().map(node).collect();
	let record = Proof { count, nodes }.verify(&bytes(&proof["bytes"]), &root);
	let record = record.expect("the proof holds");
	assert_eq!(json!(record.block), proof["record"]["block"]);
	assert_eq!(proof["record"], ruling());
}

#[test]
fn log_should_say_where_it_stands() {
	let log = chain().result("audit_log", json!({}));

	// The ruling, the brake, a recommender, an executor, the steps of six actions, and a final anchor.
	assert_eq!((&log["count"], &log["oldestKept"]), (&json!(22), &json!(0)));
	assert_eq!(log["feePerByte"], "1000000000");
	assert!(log["keptBlocks"].as_u64() > Some(1_000), "{log}");
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	for method in ["audit_record", "audit_proof"] {
		chain().expect(method, json!({ "record": NOBODY }), Value::Null);
	}
}

#[test]
fn proof_should_be_none_when_the_block_is_before_the_record() {
	let chain = chain();
	let ruling = ruling();
	let at = chain.get("chain_getBlockHash", json!([ruling["block"]]));

	// That block's digest commits to the log as its parent left it.
	let answer = chain.get("audit_proof", json!([ruling["record"], at]));

	assert_eq!(answer["result"], Value::Null);
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("audit_record", json!([])),
		("audit_record", json!(["0"])),
		("audit_records", json!([{ "event": "restarted" }])),
		("audit_records", json!([{ "subject": { "type": "case" } }])),
		("audit_records", json!([{ "subject": { "type": "case", "case": 1, "agent": 2 } }])),
		("audit_records", json!([{ "about": 1 }])),
		("audit_proof", json!([-1])),
	] {
		chain.expect_malformed(method, params);
	}
	let query = json!({ "actor": { "type": "account", "account": "Alice" } });
	let data = json!({ "error": "BadAccount" });
	chain.expect_error("audit_records", json!([query]), -32602, data);
}
