//! The network changes its own runtime while it is in use: the code is decided on, a migration takes several blocks,
//! and one that fails is repaired.
//!
//! It upgrades to the Wasm of `scripts/upgrade-wasm`, which widens numbers that nothing else knows:
//! `runtime/src/upgrade_test.rs`.

use super::governance::{approve, enacted, number};
use crate::harness::{wait_until, Cli, Node};
use serde_json::{json, Value};
use std::{
	env,
	sync::{
		atomic::{AtomicBool, Ordering},
		Arc,
	},
	thread::{self, JoinHandle},
};
use subxt::rpcs::rpc_params;

/// Where the state has the numbers: the hashes (twox128) of `UpgradeTest` and `Numbers`, and behind them each
/// number's key.
const NUMBERS_PREFIX: &str = "0xa48f75b0b97ad0680f11c606a4c16d48642c4dd6c98276f2b8f7658361c29656";

/// How many numbers there are.
const NUMBERS: u32 = 12;

/// The key of the number that makes the migration fail when it can't be read: in its third block.
const UNREADABLE: u32 = 7;

const TRANSFER: [&str; 4] = ["account", "transfer", "//Bob", "1 AIT"];

/// A network of four validators, and who talks to it.
struct Network {
	nodes: [Node; 4],
	cli: Cli,
	/// How many of each block's transactions nobody has sent.
	inherents: usize,
}

impl Network {
	async fn start() -> Self {
		let nodes = Node::four(Node::validator).await;
		let [node, ..] = &nodes;
		node.wait_for_finalized(1).await;
		let inherents = extrinsics(node, 1).await;
		let cli = Cli::new(node.ws_url()).among_authors();
		Self { nodes, cli, inherents }
	}

	/// The validator that is asked.
	fn node(&self) -> &Node {
		&self.nodes[0]
	}

	/// Has committee and voters agree to what was proposed, and waits until it was dispatched.
	async fn pass(&self, proposed: &Value) {
		let referendum = number(proposed);
		for member in ["//Alice", "//Bob"] {
			self.cli.send(member, &["governance", "whitelist", &referendum]);
		}
		approve(&self.cli, &referendum);
		enacted(&self.cli, &referendum).await;
	}

	/// Has root dispatch `calls`, all or none, by a referendum.
	async fn decide(&self, calls: Value) {
		let call = json!({ "Utility": { "batch_all": { "calls": calls } } }).to_string();
		let propose = ["governance", "propose", "call", &call, "--whitelisted"];
		self.pass(&self.cli.send("//Alice", &propose)).await;
	}

	/// Upgrades the network by a referendum, and gives the block that has the new code.
	async fn upgrade(&self) -> u64 {
		let code = env::var("AITBC_UPGRADE_WASM")
			.expect("AITBC_UPGRADE_WASM names what scripts/upgrade-wasm has built");
		let propose = ["governance", "propose", "upgrade", &code, "--whitelisted"];
		self.pass(&self.cli.send("//Alice", &propose)).await;
		let mut block = self.node().finalized().await;
		let before = self.version(block).await;
		self.cli.send("//Ferdie", &["governance", "enact", "upgrade", &code]);
		while self.version(block).await == before {
			block += 1;
			self.node().wait_for_finalized(block).await;
		}
		assert_eq!(self.version(block).await, before + 1);
		block
	}

	/// The version of the code that a block leaves to the next one.
	async fn version(&self, block: u64) -> u64 {
		let at = rpc_params![self.node().block_hash(block).await];
		let version = self.node().request("state_getRuntimeVersion", at).await;
		version["specVersion"].as_u64().expect("a runtime has a version")
	}

	/// How many numbers are wide after a block.
	async fn wide(&self, block: u64) -> usize {
		let keys: Vec<_> = (0..NUMBERS).map(key).collect();
		let at = rpc_params![keys, self.node().block_hash(block).await];
		let sets = self.node().request("state_queryStorageAt", at).await;
		let changes = sets[0]["changes"].as_array().expect("it gives each key's value");
		let values = changes.iter().filter_map(|change| change[1].as_str());
		values.filter(|value| value.starts_with("0x01")).count()
	}

	/// How many transactions a block has that somebody sent.
	async fn transactions(&self, block: u64) -> usize {
		extrinsics(self.node(), block).await - self.inherents
	}

	/// Checks how many numbers are wide after `first` and each block behind it, as many as are expected, and
	/// that nobody's transaction is in these but the first. Prints what it saw.
	async fn assert_migrates(&self, first: u64, expected: &[usize]) {
		let mut wide = Vec::new();
		for block in (first..).take(expected.len()) {
			self.node().wait_for_finalized(block).await;
			let pool = self.node().request("author_pendingExtrinsics", rpc_params![]).await;
			let waiting = pool.as_array().map_or(0, Vec::len);
			let (migrated, taken) = (self.wide(block).await, self.transactions(block).await);
			println!("block {block}: {migrated} migrated, {taken} transactions, {waiting} waiting");
			assert!(block == first || taken == 0, "block {block} has transactions");
			wide.push(migrated);
		}
		assert_eq!(wide, expected, "from block {first} on");
	}
}

/// How many transactions and inherents a block has.
async fn extrinsics(node: &Node, block: u64) -> usize {
	let at = rpc_params![node.block_hash(block).await];
	let block = node.request("chain_getBlock", at).await;
	block["block"]["extrinsics"].as_array().expect("a block has them").len()
}

/// Where the state has the number with this key.
fn key(number: u32) -> String {
	format!("{NUMBERS_PREFIX}{}", hex::encode(number.to_le_bytes()))
}

/// The call that writes numbers that were not migrated.
fn write(keys: impl IntoIterator<Item = u32>) -> Value {
	let items: Vec<_> = keys
		.into_iter()
		.map(|number| json!([key(number), format!("0x00{}", hex::encode(number.to_le_bytes()))]))
		.collect();
	json!({ "System": { "set_storage": { "items": items } } })
}

/// Somebody who sends one transfer after the other until it is dropped.
struct Traffic {
	ends: Arc<AtomicBool>,
	sender: Option<JoinHandle<()>>,
}

impl Traffic {
	fn start(node: &Node) -> Self {
		let ends = Arc::new(AtomicBool::new(false));
		let (cli, ended) = (Cli::new(node.ws_url()), ends.clone());
		let sender = thread::spawn(move || {
			while !ended.load(Ordering::Relaxed) {
				// One that was signed for the old version when the new one has come is refused.
				cli.run(
					&[&TRANSFER[..], &["--from", "//Ferdie", "--yes", "--wait", "none"]].concat(),
				);
			}
		});
		Self { ends, sender: Some(sender) }
	}
}

impl Drop for Traffic {
	fn drop(&mut self) {
		self.ends.store(true, Ordering::Relaxed);
		if let Some(sender) = self.sender.take() {
			let _ = sender.join();
		}
	}
}

#[tokio::test]
#[ignore = "it takes a second runtime: AITBC_UPGRADE_WASM=$(scripts/upgrade-wasm)"]
async fn network_should_migrate_block_by_block_when_voters_upgrade_it_in_use() {
	let network = Network::start().await;
	network.decide(json!([write(0..NUMBERS)])).await;
	let _traffic = Traffic::start(network.node());
	let upgraded = network.upgrade().await;

	// Each block of the migration takes three numbers and nobody's transaction, and the next one takes them.
	network.assert_migrates(upgraded, &[0, 3, 6, 9, 12]).await;
	wait_until("transactions to be taken again", || async {
		let last = network.node().finalized().await;
		(last > upgraded + 4 && network.transactions(last).await > 0).then_some(())
	})
	.await;
	network.cli.send("//Charlie", &TRANSFER);
	network.node().wait_for_finalized(upgraded + 5).await;
}

#[tokio::test]
#[ignore = "it takes a second runtime: AITBC_UPGRADE_WASM=$(scripts/upgrade-wasm)"]
async fn network_should_be_repaired_in_safe_mode_when_its_migration_failed() {
	let network = Network::start().await;
	let unreadable = json!([[key(UNREADABLE), "0xff"]]);
	let unreadable = json!({ "System": { "set_storage": { "items": unreadable } } });
	network.decide(json!([write(0..NUMBERS), unreadable])).await;
	let upgraded = network.upgrade().await;

	// The third step fails as a whole, what was migrated stays, and the chain goes on in safe mode.
	network.assert_migrates(upgraded, &[0, 3, 6, 6]).await;
	let refused = network.cli.send_in_vain(5, "//Alice", &TRANSFER);
	assert!(refused.contains("System::CallFiltered"), "{refused}");
	network.node().wait_for_finalized(upgraded + 5).await;

	// One referendum repairs what is broken, migrates anew and ends safe mode.
	let before = network.node().finalized().await;
	let migrate = json!({ "Migrations": { "force_onboard_mbms": {} } });
	let leave = json!({ "SafeMode": { "force_exit": {} } });
	network.decide(json!([write([UNREADABLE]), migrate, leave])).await;
	let mut block = before;
	while network.wide(block + 1).await == 6 {
		block += 1;
		network.node().wait_for_finalized(block + 1).await;
	}
	network.assert_migrates(block, &[6, 9, 12]).await;
	network.cli.send("//Alice", &TRANSFER);
}
