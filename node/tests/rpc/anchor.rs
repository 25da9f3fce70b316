//! The namespace `anchor_*`.
//!
//! The worker of the node that all share has a key and no Bitcoin Core: what it does with one is tested with the
//! command line.

pub mod scenario;

use crate::{
	chain,
	harness::{free_port, wait_until, Node},
	plancks,
	transactions::bytes,
	ALICE, EVE, NOBODY,
};
use aitbc_bitcoin::{commitment::op_return_script, Payload};
use pallet_bitcoin_anchor::PubkeyHash;
use scenario::{FINAL, FIRST_ANCHOR, INCLUDED, SECOND_ANCHOR, TIP};
use serde_json::{json, Map, Value};
use sp_core::ecdsa::Signature;

/// A hash of no block and the id of no transaction of Bitcoin.
const NONE: &str = "00000000000000000000000000000000000000000000000000000000000000ff";

/// A node's options for a worker of which the Bitcoin Core is down.
pub fn worker_options(mode: &str) -> [String; 6] {
	let url = format!("http://127.0.0.1:{}", free_port());
	["--bitcoin-rpc-url", &url, "--bitcoin-cookie-file", "no-cookie", "--anchor-mode", mode]
		.map(String::from)
}

/// The task of a block.
fn task(height: u32) -> Value {
	chain().result("anchor_task", json!({ "height": height }))
}

/// The block of Bitcoin's best chain at a height.
fn bitcoin_block(height: u32) -> Value {
	chain().result("bitcoin_headerAt", json!({ "height": height }))["hash"].take()
}

/// The hash of the key of the node's worker.
fn key_hash() -> Value {
	chain().local("anchor_worker", json!([]))["keyHash"].take()
}

#[test]
fn schedule_should_have_the_terms() {
	let chain = chain();

	let schedule = chain.result("anchor_schedule", json!({}));

	assert_eq!((&schedule["network"], &schedule["period"]), (&json!("regtest"), &json!(20)));
	assert_eq!(schedule["latestFinal"], json!(FINAL));
	let [confirmed, deep] = ["confirmations", "finalConfirmations"].map(|name| &schedule[name]);
	assert_eq!((confirmed, deep), (&json!(6), &json!(100)));
	assert_eq!(schedule["reward"], "10000000000000");
	let best = chain.read("anchor_schedule", Map::new())["block"]["height"].as_u64();
	let next = schedule["next"].as_u64();
	assert!(next > best && next <= best.map(|best| best + 20), "{schedule}");
}

#[test]
fn payload_should_be_what_is_written_into_bitcoin() {
	let payload = task(FINAL)["payload"].take();

	let read = Payload::from_bytes(&bytes(&payload["bytes"])).expect("it is a payload");
	assert_eq!(bytes(&payload["opReturn"]), op_return_script(&read));
	assert_eq!(payload["blockHash"], chain().get("chain_getBlockHash", json!([FINAL])));
	assert_eq!(bytes(&payload["blockHash"]), read.block_hash);
	assert_eq!(bytes(&payload["auditRoot"]), read.audit_root);
	assert_eq!((&payload["height"], &payload["setId"]), (&json!(read.height), &json!(read.set_id)));
	assert_eq!(payload["network"], json!(read.network.name()));
}

#[test]
fn task_should_be_due_when_its_block_has_just_ended() {
	let chain = chain();
	let at = chain.get("chain_getBlockHash", json!([FINAL + 1]));

	let task = chain.get("anchor_task", json!([FINAL, at]))["result"].take();

	let status = &task["status"];
	assert_eq!(status["type"], "due");
	let timeout = chain.result("anchor_schedule", json!({}))["timeout"].as_u64();
	let since = status["since"].as_u64().expect("it has begun");
	assert_eq!(status["until"].as_u64(), timeout.map(|timeout| since + timeout), "{task}");
	let due = chain.get("anchor_due", json!([at]))["result"].take();
	assert_eq!(due, task["payload"]);
}

#[test]
fn task_should_be_included_when_its_anchor_was_proven() {
	let status = task(INCLUDED)["status"].take();

	assert_eq!(status["type"], "included");
	assert_eq!(status["block"], bitcoin_block(SECOND_ANCHOR));
	assert_eq!(status["confirmations"], json!(TIP - SECOND_ANCHOR + 1));
	// It spends the change of the first anchor.
	let change = json!({ "txid": task(FINAL)["status"]["txid"], "index": 1 });
	assert_eq!(status["fundedBy"], change);
}

#[test]
fn task_should_be_final_and_paid_when_its_anchor_stays() {
	let chain = chain();

	let mut task = task(FINAL);

	chain.expect("anchor_latestFinal", json!({}), task.clone());
	let status = task["status"].take();
	assert_eq!((&status["type"], &status["isPaid"]), (&json!("final"), &json!(true)));
	assert_eq!(status["block"], bitcoin_block(FIRST_ANCHOR));
	assert_eq!(status["confirmations"], json!(TIP - FIRST_ANCHOR + 1));
	assert_eq!((&status["fundedBy"]["index"], &status["internalKey"]), (&json!(0), &Value::Null));
	assert!(status["at"].as_u64() > Some(FINAL.into()), "{status}");
}

#[test]
fn tasks_should_be_listed_newest_first() {
	let chain = chain();

	let tasks = chain.result("anchor_tasks", json!({}));

	let list = tasks.as_array().expect("a list");
	let heights: Vec<_> = list.iter().map(|task| &task["payload"]["height"]).collect();
	// A slow machine makes more of them.
	assert_eq!(heights[heights.len() - 2..], [&json!(INCLUDED), &json!(FINAL)]);
	assert!(heights.windows(2).all(|pair| pair[0].as_u64() > pair[1].as_u64()), "{heights:?}");
	assert_eq!(json!(chain.joined("anchor_tasks", Map::new())), tasks);
	chain.expect("anchor_latest", json!({}), list[0].clone());
}

#[test]
fn anchorer_should_be_found_by_the_hash_of_its_key() {
	let chain = chain();
	let key_hash = key_hash();

	let anchorer = chain.result("anchor_anchorer", json!({ "keyHash": key_hash }));

	assert_eq!(anchorer["account"], EVE);
	let schedule = chain.result("anchor_schedule", json!({}));
	assert_eq!(anchorer["deposit"], schedule["deposit"]);
	assert!(plancks(&anchorer["deposit"]) > 0, "{anchorer}");
	let bare = key_hash.as_str().and_then(|text| text.strip_prefix("0x"));
	chain.expect("anchor_anchorer", json!({ "keyHash": bare }), anchorer);
	chain.expect("anchor_anchorer", json!({ "keyHash": "00".repeat(20) }), Value::Null);
}

#[test]
fn registration_should_be_signed_by_the_workers_key() {
	let chain = chain();
	let message = chain.result("anchor_registrationMessage", json!({ "account": ALICE }));

	let registration = chain.local("anchor_signRegistration", json!([ALICE]));

	let message = bytes(&message).try_into().expect("it has 32 bytes");
	let signature = bytes(&registration["signature"]).try_into().expect("it has 65 bytes");
	let key = Signature::from_raw(signature).recover_prehashed(&message).expect("there is a key");
	assert_eq!(bytes(&registration["keyHash"]), PubkeyHash::of_key(&key.0).0);
	assert_eq!(registration["keyHash"], key_hash());
}

#[test]
fn worker_should_say_why_it_cannot_work() {
	let worker = wait_until("the worker's first round", || {
		let worker = chain().local("anchor_worker", json!([]));
		(!worker["error"].is_null()).then_some(worker)
	});

	assert_eq!(worker["mode"], "broadcast");
	let address = worker["address"].as_str().expect("it has a key");
	assert!(address.starts_with("bcrt1q"), "{address}");
	for name in ["balance", "coreHeight", "waiting", "problem"] {
		assert_eq!(worker[name], Value::Null, "{name}");
	}
	assert_eq!(chain().local("anchor_rescan", json!([])), Value::Null);
}

#[test]
fn worker_should_fail_to_answer_when_its_bitcoin_core_is_down() {
	let chain = chain();
	let data = json!({ "error": "WorkerFailed" });
	for (method, params) in [
		("anchor_proof", json!([NONE, NONE])),
		("anchor_export", json!([])),
		("anchor_export", json!([FINAL, { "type": "record", "record": 0 }])),
		("anchor_export", json!([INCLUDED, { "type": "block" }])),
	] {
		chain.expect_error(method, params, -32024, data.clone());
	}
}

#[test]
fn requests_should_be_refused_when_no_worker_runs() {
	let node = Node::dev(&[]);
	assert_eq!(node.get("anchor_worker", json!([])), Value::Null);
	for (method, params) in [
		("anchor_rescan", json!([])),
		("anchor_signRegistration", json!([ALICE])),
		("anchor_proof", json!([NONE, NONE])),
		("anchor_export", json!([])),
	] {
		let error = node.fail(method, params);
		let (code, data) = (json!(-32024), json!({ "error": "NoBitcoinWorker" }));
		assert_eq!((&error["code"], &error["data"]), (&code, &data), "{method}: {error}");
	}
}

#[test]
fn requests_should_be_refused_when_the_worker_anchors_nothing() {
	let options = worker_options("payload");
	let node = Node::dev(&options.each_ref().map(String::as_str));
	let worker = node.get("anchor_worker", json!([]));
	assert_eq!(worker["mode"], "payload");
	assert_eq!([&worker["address"], &worker["keyHash"]], [&Value::Null; 2]);
	for (method, params, name) in [
		("anchor_rescan", json!([]), "NoAnchorKey"),
		("anchor_signRegistration", json!([ALICE]), "NoAnchorKey"),
		("anchor_export", json!([]), "NothingAnchored"),
	] {
		let error = node.fail(method, params);
		let (code, data) = (json!(-32024), json!({ "error": name }));
		assert_eq!((&error["code"], &error["data"]), (&code, &data), "{method}: {error}");
	}
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	for height in [0, FINAL + 1] {
		chain.expect("anchor_task", json!({ "height": height }), Value::Null);
	}
	let genesis = chain.get("chain_getBlockHash", json!([0]));
	for method in ["anchor_latest", "anchor_latestFinal", "anchor_due"] {
		assert_eq!(chain.get(method, json!([genesis]))["result"], Value::Null, "{method}");
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("anchor_task", json!([])),
		("anchor_task", json!(["20"])),
		("anchor_task", json!([NOBODY])),
		("anchor_tasks", json!([null, -1])),
		("anchor_anchorer", json!(["0x12"])),
		("anchor_registrationMessage", json!([1])),
		("anchor_signRegistration", json!([])),
		("anchor_proof", json!([NONE])),
		("anchor_proof", json!([format!("0x{NONE}"), NONE])),
		("anchor_export", json!([-1])),
		("anchor_export", json!([FINAL, { "type": "record" }])),
		("anchor_export", json!([FINAL, { "type": "storage", "key": "12" }])),
		("anchor_export", json!([FINAL, { "type": "block", "record": 0 }])),
	] {
		chain.expect_malformed(method, params);
	}
	let data = json!({ "error": "BadAccount" });
	for method in ["anchor_registrationMessage", "anchor_signRegistration"] {
		chain.expect_error(method, json!(["Alice"]), -32602, data.clone());
	}
}
