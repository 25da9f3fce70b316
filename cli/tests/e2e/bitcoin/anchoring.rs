//! Nodes that follow a real Bitcoin Core, and what tests ask of them.

use super::core::Core;
use crate::harness::{wait_until, Cli, Node, NodeBuilder};
use serde_json::Value;
use std::{path::Path, process::Command};
use subxt::utils::AccountId32;

/// The first block that is to be anchored: development networks anchor each 20 blocks.
pub const FIRST: u64 = 20;

/// What an anchor's address is given, in bitcoin.
const FUNDS: f64 = 0.01;

/// An anchor that no block of Bitcoin has yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broadcast {
	/// The block of this chain.
	pub height: u64,
	/// The transaction.
	pub txid: String,
}

/// A development node that follows a regtest of its own, and somebody who talks to it.
pub struct Anchoring {
	pub core: Core,
	pub node: Node,
	pub cli: Cli,
}

impl Anchoring {
	/// Starts both; the worker anchors by `mode`. `None` if this machine has no Bitcoin Core.
	pub async fn start(mode: &str) -> Option<Self> {
		let core = Core::start().await?;
		let node = following(Node::dev_builder(), &core, mode).start().await;
		node.wait_for_best(1).await;
		let cli = Cli::new(node.ws_url());
		pay_relayer(&cli);
		Some(Self { core, node, cli })
	}

	/// The same with a worker that broadcasts, whose address has money. Gives the transaction that paid it as well.
	pub async fn start_funded() -> Option<(Self, String)> {
		let anchoring = Self::start("broadcast").await?;
		let funding = fund(&anchoring.core, &anchoring.cli).await;
		Some((anchoring, funding))
	}

	/// Starts the node again with the arguments of `builder`, on the data that it had.
	pub async fn restart_as(&mut self, builder: NodeBuilder) {
		self.node.restart_as(builder).await;
		self.cli.ask(self.node.ws_url());
	}

	/// The data of what a command writes.
	pub fn data(&self, arguments: &[&str]) -> Value {
		data(&self.cli, arguments)
	}

	/// The task of a block, if there is one.
	pub fn task(&self, height: u64) -> Option<Value> {
		let history = self.data(&["anchor", "history"]);
		let mut tasks = history["tasks"].as_array().into_iter().flatten();
		tasks.find(|task| task["payload"]["height"] == height).cloned()
	}

	/// Waits until a block has come so far, and gives how far that is.
	pub async fn wait_to_be(&self, height: u64, state: &str) -> Value {
		let what = format!("block {height} to be {state}");
		wait_until(&what, || async {
			let status = self.task(height)?["status"].take();
			(status["type"] == state).then_some(status)
		})
		.await
	}

	/// Waits until the first block is final that is to be anchored.
	pub async fn wait_for_task(&self) {
		self.node.wait_for_finalized(FIRST + 1).await;
	}

	/// Waits until an anchor is in Bitcoin Core's mempool.
	pub async fn wait_for_broadcast(&self) -> Broadcast {
		self.wait_for_task().await;
		wait_for_broadcast(&self.core, &self.cli).await
	}

	/// Waits until the chain knows the last block of Bitcoin.
	pub async fn wait_for_relay(&self) {
		wait_for_relay(&self.core, &self.cli).await;
	}
}

/// The node with a worker that asks `core`, and anchors by `mode`.
pub fn following(node: NodeBuilder, core: &Core, mode: &str) -> NodeBuilder {
	node.arg("--bitcoin-rpc-url")
		.arg(core.url())
		.arg("--bitcoin-cookie-file")
		.arg(core.cookie_file())
		.arg("--anchor-mode")
		.arg(mode)
}

/// The data of what a command writes.
pub fn data(cli: &Cli, arguments: &[&str]) -> Value {
	cli.json(arguments)["data"].take()
}

/// A member that is text.
pub fn text(value: &Value) -> String {
	value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// What the node's worker is.
pub fn wallet(cli: &Cli) -> Value {
	data(cli, &["anchor", "wallet"])
}

/// Gives the worker money on this chain.
pub fn pay_relayer(cli: &Cli) {
	let relayer = text(&wallet(cli)["relayer"]);
	cli.send("//Alice", &["account", "transfer", &relayer, "100 AIT"]);
}

/// Gives the worker bitcoin, and waits until it has found that. Gives the transaction's id.
pub async fn fund(core: &Core, cli: &Cli) -> String {
	let funding = core.fund_address(&text(&wallet(cli)["address"]), FUNDS);
	cli.json(&["anchor", "wallet", "--rescan"]);
	wait_until("the worker to find its coin", || async {
		let balance = wallet(cli)["balance"].as_u64()?;
		(balance > 0).then_some(())
	})
	.await;
	funding
}

/// The worker's anchor, if it is in Bitcoin Core's mempool.
pub fn broadcast(core: &Core, cli: &Cli) -> Option<Broadcast> {
	let waiting = wallet(cli)["waiting"].take();
	let (height, txid) = (waiting["height"].as_u64()?, waiting["txid"].as_str()?.to_owned());
	core.mempool().contains(&txid).then_some(Broadcast { height, txid })
}

/// Waits until the worker's anchor is in Bitcoin Core's mempool.
pub async fn wait_for_broadcast(core: &Core, cli: &Cli) -> Broadcast {
	wait_until("an anchor to be broadcast", || async { broadcast(core, cli) }).await
}

/// Waits until the chain knows the last block of Bitcoin.
pub async fn wait_for_relay(core: &Core, cli: &Cli) {
	let tip = core.tip().hash;
	wait_until("the chain to know Bitcoin's last block", || async {
		let known = data(cli, &["anchor", "status"])["light_client"]["tip"]["hash"].take();
		(known == tip.as_str()).then_some(())
	})
	.await;
}

/// The transactions of Bitcoin that spend an output of `funding`, mined or waiting. It looks from the last block
/// back to that with `funding`.
pub fn spenders(core: &Core, funding: &str) -> Vec<String> {
	let spends = |transaction: &Value| {
		let mut inputs = transaction["vin"].as_array().into_iter().flatten();
		inputs.any(|input| input["txid"] == funding)
	};
	let first = core.block_of(funding).expect("it is mined");
	let mut found = Vec::new();
	let mut next = core.tip().hash;
	while next != first {
		let block = core.json("getblock", &[&next, "2"]);
		let transactions = block["tx"].as_array().into_iter().flatten();
		found.extend(transactions.filter(|one| spends(one)).map(|one| text(&one["txid"])));
		next = text(&block["previousblockhash"]);
	}
	let waiting = core.mempool().into_iter();
	found.extend(waiting.filter(|txid| spends(&core.json("getrawtransaction", &[txid, "1"]))));
	found
}

/// The account that pays rewards: pallet-treasury's, as `PalletId` makes it.
pub fn treasury() -> String {
	let mut account = [0; 32];
	account[..12].copy_from_slice(b"modlpy/trsry");
	AccountId32(account).to_string()
}

/// Runs the offline verifier on a bundle, and reads what it says. It must end with `code`.
pub fn verify(code: i32, file: &str, options: &[&str]) -> Value {
	let program = Path::new(env!("CARGO_BIN_EXE_aitbc")).with_file_name("aitbc-verify");
	assert!(
		program.exists(),
		"there is no verifier at {}: run `cargo build --release -p aitbc-verify`",
		program.display()
	);
	let output = Command::new(program)
		.args([file, "--json"])
		.args(options)
		.env_clear()
		.output()
		.expect("it can be run");
	assert_eq!(output.status.code(), Some(code), "{output:#?}");
	serde_json::from_slice(&output.stdout).expect("it writes JSON")
}
