//! A development chain whose blocks do not wait for their slots.

use crate::{
	harness::{run, wait_until, Node},
	transactions::{bytes, submit},
};
use aitbc_core::{money::AIT, time::SLOT_MILLIS};
use codec::Decode;
use frame_support::storage::storage_prefix;
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{Alice, Bob};
use std::time::{Duration, Instant};

/// How many blocks are asked for: more than six sessions, so two eras.
const BLOCKS: u64 = 130;

/// How many transactions are sent, one after another.
const TRANSACTIONS: u64 = 20;

/// What a client of the RPC asks a sealed chain for: a block, even if it is empty, that is final.
fn seal(node: &Node) -> Value {
	node.get("engine_createBlock", json!([true, true, null]))
}

/// The time of the best block, in milliseconds since 1970.
fn time(node: &Node) -> u64 {
	let key = format!("0x{}", hex::encode(storage_prefix(b"Timestamp", b"Now")));
	let now = node.get("state_getStorage", json!([key]));
	u64::decode(&mut &bytes(&now)[..]).expect("a time is a number")
}

/// Whether the best block is final.
fn is_final(node: &Node) -> bool {
	node.get("chain_getFinalizedHead", json!([])) == node.get("chain_getBlockHash", json!([]))
}

/// Has Alice send Bob an AIT, and waits for the next block.
fn transfer(node: &Node) {
	let begin = node.best();
	let call =
		pallet_balances::Call::transfer_keep_alive { dest: Bob.to_account_id().into(), value: AIT };
	submit(node, Alice, vec![call.into()]);
	let asked = Instant::now();
	while node.best() == begin {
		assert!(asked.elapsed() < Duration::from_secs(60), "there is no block:\n{}", node.log());
	}
}

#[test]
fn block_should_come_at_once_and_be_final_when_a_transaction_waits() {
	let node = Node::dev(&["--sealing", "instant"]);
	wait_until("the first block", || (node.best() == 1).then_some(()));
	let first = time(&node);

	let begin = Instant::now();
	for _ in 0..TRANSACTIONS {
		transfer(&node);
	}
	let took = begin.elapsed();

	assert_eq!(node.best(), 1 + TRANSACTIONS, "{}", node.log());
	assert!(is_final(&node));
	// The chain's time goes by in its blocks.
	assert_eq!(time(&node) - first, TRANSACTIONS * SLOT_MILLIS);
	let rate = f64::from(u32::try_from(TRANSACTIONS).unwrap_or_default()) / took.as_secs_f64();
	println!(
		"{TRANSACTIONS} transactions, each in a block of its own: {rate:.1} blocks per second"
	);
}

#[test]
fn block_should_come_when_a_client_asks_for_one() {
	let node = Node::dev(&["--sealing", "instant"]);
	wait_until("the first block", || (node.best() == 1).then_some(()));

	let begin = Instant::now();
	for _ in 0..BLOCKS {
		assert!(seal(&node)["hash"].is_string());
	}
	let took = begin.elapsed();

	assert_eq!(node.best(), 1 + BLOCKS, "{}", node.log());
	assert!(is_final(&node));
	assert!(!node.log().contains("No block was sealed"), "{}", node.log());
	let rate = f64::from(u32::try_from(BLOCKS).unwrap_or_default()) / took.as_secs_f64();
	println!("{BLOCKS} empty blocks on demand: {rate:.1} blocks per second");
}

#[test]
fn block_should_be_final_when_a_client_makes_it_so() {
	let node = Node::dev(&["--sealing", "instant"]);
	wait_until("the first block", || (node.best() == 1).then_some(()));
	let block = node.get("engine_createBlock", json!([true, false, null]));
	assert!(!is_final(&node));

	let answer = node.get("engine_finalizeBlock", json!([block["hash"], null]));

	assert_eq!(answer, json!(true));
	assert_eq!(node.get("chain_getFinalizedHead", json!([])), block["hash"]);
	assert!(is_final(&node));
}

#[test]
fn block_should_not_come_when_the_client_is_not_the_operator() {
	let node = Node::dev(&["--sealing", "instant", "--rpc-methods", "safe"]);
	wait_until("the first block", || (node.best() == 1).then_some(()));
	let best = node.get("chain_getBlockHash", json!([]));

	for (method, params) in [
		("engine_createBlock", json!([true, true, null])),
		("engine_finalizeBlock", json!([best, null])),
	] {
		let error = node.fail(method, params);
		let (code, data) = (json!(-32601), json!({ "error": "Unsafe" }));
		assert_eq!((&error["code"], &error["data"]), (&code, &data), "{method}: {error}");
	}

	assert_eq!(node.best(), 1);
}

#[test]
fn blocks_should_come_at_their_interval_when_there_is_one() {
	let node = Node::dev(&["--sealing", "interval", "100"]);
	wait_until("the first block", || (node.best() > 0).then_some(()));
	let (begin, first) = (Instant::now(), node.best());

	wait_until("twenty blocks", || (node.best() >= first + 20).then_some(()));

	// In slots they would have taken a minute.
	assert!(begin.elapsed() < Duration::from_secs(30));
	wait_until("a final best block", || is_final(&node).then_some(()));
}

#[test]
fn sealed_chain_should_go_on_when_its_node_starts_again() {
	let mut node = Node::dev(&["--sealing", "instant"]);
	wait_until("the first block", || (node.best() == 1).then_some(()));
	for _ in 0..30 {
		seal(&node);
	}
	let (base, before) = (node.base_path(), time(&node));
	node.stop();

	let again = Node::dev(&["--sealing", "instant", "--base-path", &base.to_string_lossy()]);
	assert_eq!((again.best(), time(&again)), (31, before));
	transfer(&again);

	assert_eq!((again.best(), time(&again)), (32, before + SLOT_MILLIS));
}

#[test]
fn sealing_should_be_refused_when_others_make_blocks() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let base = folder.path().to_string_lossy();
	let node = ["--no-prometheus", "--port", "0", "--rpc-port", "0", "--base-path", &base];
	for (arguments, reason) in [
		(
			&["--chain", "local", "--alice", "--unsafe-force-node-key-generation"][..],
			"`local` is none",
		),
		(&["--chain", "dev"], "this node is no validator"),
		(&["--chain", "dev", "--bob"], "lets others make blocks"),
	] {
		let sealing = ["--sealing", "instant"];
		let run = run(&[&node[..], arguments, &sealing].concat());
		assert!(!run.success && run.errors.contains(reason), "{arguments:?}: {run:?}");
	}
	let run = run(&[&node[..], &["--dev", "--sealing", "interval"]].concat());
	assert!(!run.success && run.errors.contains("`interval 500`"), "{run:?}");
}
