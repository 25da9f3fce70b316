//! A chain whose validator measures.
//!
//! The node makes a worker key, Alice's stash names it, and the worker reads the node's own metrics, commits
//! and reveals, until there is a feed.

use crate::{
	harness::{wait_until, Node},
	transactions::{bytes, send},
};
use pallet_telemetry::types::{WorkerKey, WorkerSignature};
use serde_json::json;
use sp_core::{crypto::ByteArray, sr25519};
use sp_keyring::Sr25519Keyring::AliceStash;

/// Names the worker key.
pub fn begin(node: &Node) {
	let account = format!("0x{}", hex::encode(AliceStash.to_account_id()));
	let made = node.get("telemetry_newKey", json!([account]));
	let key = WorkerKey::from_slice(&bytes(&made["key"])).expect("a key has 32 bytes");
	let proof = sr25519::Signature::try_from(&bytes(&made["proof"])[..]).expect("64 bytes");
	let proof = WorkerSignature::from(proof);
	let set = pallet_telemetry::Call::set_worker_key { key, proof };
	send(node, AliceStash, vec![set.into()]);
}

/// Waits until the worker's first window is settled.
pub fn end(node: &Node) {
	wait_until("a window to be settled in which the worker measured", || {
		let feeds = node.get("telemetry_feeds", json!([]))["result"].take();
		feeds.as_array().is_some_and(|feeds| !feeds.is_empty()).then_some(())
	});
}
