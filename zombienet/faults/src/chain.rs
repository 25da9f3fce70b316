//! Finalized chains: whether nodes agree on them, and what is in them.

use crate::Node;
use serde_json::{json, Value};
use std::{collections::BTreeMap, fmt, slice};
use subxt::{
	dynamic::{self, At, Value as Dynamic},
	OnlineClient, SubstrateConfig,
};

/// How many blocks a node is asked for at once.
const AT_ONCE: u64 = 500;

/// A finalized chain that nodes agree on.
pub struct Ledger {
	/// The blocks' hashes, by their numbers.
	hashes: Vec<Value>,
	/// At how many heights at least two nodes were compared.
	pub compared: u64,
}

/// How many slots there were, and what became of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlotCount {
	/// All of them.
	pub slots: u64,
	/// Those with a block on the finalized chain.
	pub filled: u64,
}

impl fmt::Display for SlotCount {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} of {}", self.slots - self.filled, self.slots)
	}
}

/// By what an author may make one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
	/// The slot's number.
	pub slot: u64,
	/// The author's place among the authorities of the slot's epoch.
	pub author: u32,
}

/// How much users put into a finalized block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockLoad {
	/// The block's number.
	pub block: u64,
	/// How many signed transactions it has.
	pub signed: usize,
	/// How much of the execution that users' transactions may declare they did, in percent.
	pub percent: u128,
}

/// Something that a pallet said in a finalized block.
#[derive(Clone, Debug)]
pub struct Event {
	/// The block's number.
	pub block: u64,
	/// The pallet's name.
	pub pallet: String,
	/// The event's name.
	pub name: String,
	/// The event with its fields.
	pub fields: Dynamic,
}

impl Ledger {
	/// The longest finalized chain of `nodes`; a block that another one finalized otherwise fails the
	/// test.
	pub async fn agreed(nodes: &[&Node]) -> Self {
		let mut longest = Self { hashes: Vec::new(), compared: 0 };
		let mut whose = "nobody";
		for node in nodes {
			let hashes = finalized_hashes(node).await;
			let common = hashes.len().min(longest.hashes.len());
			for (number, (one, other)) in hashes.iter().zip(&longest.hashes).enumerate() {
				let name = &node.name;
				assert_eq!(one, other, "{name} and {whose} finalized different blocks {number}");
			}
			longest.compared = longest.compared.max(u64::try_from(common).expect("it is small"));
			if hashes.len() > longest.hashes.len() {
				longest.hashes = hashes;
				whose = &node.name;
			}
		}
		longest
	}

	/// The number of the last finalized block.
	pub fn height(&self) -> u64 {
		u64::try_from(self.hashes.len()).expect("it is small") - 1
	}

	/// The hash of the finalized block with this number.
	pub fn hash(&self, number: u64) -> &Value {
		&self.hashes[usize::try_from(number).expect("it is small")]
	}

	/// Whether `other` has the same blocks as far as both go.
	pub fn is_consistent_with(&self, other: &Self) -> bool {
		self.hashes.iter().zip(&other.hashes).all(|(one, other)| one == other)
	}

	/// The slots from the one after block `from` to the one of block `to`.
	pub async fn slots(&self, node: &Node, from: u64, to: u64) -> SlotCount {
		let [first, last] = [claim(node, self.hash(from)).await, claim(node, self.hash(to)).await];
		SlotCount { slots: last.slot - first.slot, filled: to - from }
	}

	/// The hashes of the blocks from `from`, which is not the genesis, to `to`, by their claims.
	pub async fn claims(&self, node: &Node, from: u64, to: u64) -> BTreeMap<Claim, Value> {
		let mut claims = BTreeMap::new();
		for hash in (from..=to).map(|block| self.hash(block)) {
			claims.insert(claim(node, hash).await, hash.clone());
		}
		claims
	}

	/// What users put into the blocks from `from` to `to`.
	pub async fn loads(&self, node: &Node, from: u64, to: u64) -> Vec<BlockLoad> {
		let client = client(node).await;
		let mut loads = Vec::new();
		for block in from..=to {
			let at = client.at_block(block).await.expect("the node has the block");
			let limits = dynamic::constant::<Dynamic>("System", "BlockWeights");
			let limits = at.constants().entry(limits).expect("a chain limits its blocks");
			let limit = limits
				.at("per_class")
				.at("normal")
				.at("max_total")
				.at(0)
				.at("ref_time")
				.and_then(Dynamic::as_u128);
			let used = dynamic::storage::<(), Dynamic>("System", "BlockWeight");
			let used = at.storage().fetch(used, ()).await.expect("the node has the block's state");
			let used = used.decode().expect("the metadata describes it");
			let used = used.at("normal").at("ref_time").and_then(Dynamic::as_u128);
			let limit = limit.expect("users' share is limited");
			let percent = used.expect("users' share is counted") * 100 / limit;
			loads.push(BlockLoad { block, signed: signed(node, self.hash(block)).await, percent });
		}
		loads
	}

	/// What `pallets` said in the blocks from `from` to `to`.
	pub async fn events(&self, node: &Node, from: u64, to: u64, pallets: &[&str]) -> Vec<Event> {
		let client = client(node).await;
		let mut found = Vec::new();
		for block in from..=to {
			let at = client.at_block(block).await.expect("the node has the block");
			let events = at.events().fetch().await.expect("the node has the block's events");
			for event in events.iter() {
				let event = event.expect("the metadata describes all events");
				if pallets.contains(&event.pallet_name()) {
					found.push(Event {
						block,
						pallet: event.pallet_name().to_owned(),
						name: event.event_name().to_owned(),
						fields: event.decode_as::<Dynamic>().expect("it is described"),
					});
				}
			}
		}
		found
	}
}

/// A client of the node that decodes what it says.
pub(crate) async fn client(node: &Node) -> OnlineClient<SubstrateConfig> {
	let client = OnlineClient::from_insecure_url(node.url()).await;
	client.expect("the node answers")
}

/// The hashes of all blocks that the node has finalized.
async fn finalized_hashes(node: &Node) -> Vec<Value> {
	let height = node.finalized().await;
	let mut hashes = Vec::new();
	for first in (0..=height).step_by(usize::try_from(AT_ONCE).expect("it is small")) {
		let numbers: Vec<_> = (first..=height.min(first + AT_ONCE - 1)).collect();
		let answer = node.request("chain_getBlockHash", &[json!(numbers)]).await;
		hashes.extend(answer.as_array().expect("a list is answered by a list").iter().cloned());
	}
	hashes
}

/// How many signed transactions the block with this hash has.
async fn signed(node: &Node, hash: &Value) -> usize {
	let block = node.request("chain_getBlock", slice::from_ref(hash)).await;
	let transactions = block["block"]["extrinsics"].as_array().expect("a block has a body");
	transactions.iter().filter(|transaction| is_signed(transaction)).count()
}

/// Whether the encoded transaction says that it is signed.
fn is_signed(transaction: &Value) -> bool {
	/// The bits that say what kind of transaction it is, and those of a signed one.
	const KIND: u8 = 0b1100_0000;
	const SIGNED: u8 = 0b1000_0000;
	let digits = transaction.as_str().expect("a transaction is text").trim_start_matches("0x");
	let bytes = hex::decode(digits).expect("transactions are hexadecimal");
	// The lowest two bits of a compact number say how many bytes it has: one, two, four or more.
	let length = match bytes[0] & 0b11 {
		0 => 1,
		1 => 2,
		_ => 4,
	};
	bytes[length] & KIND == SIGNED
}

/// The claim of the block with this hash, from BABE's part of its header.
async fn claim(node: &Node, hash: &Value) -> Claim {
	/// "PreRuntime" and "BABE", as a header's digest has them.
	const BABE: &str = "0x0642414245";
	/// What follows on a compact length below 2^14, in bytes: the kind of claim.
	const BEFORE_AUTHOR: usize = 1;
	/// Then the author's place.
	const AUTHOR: usize = 4;
	let header = node.request("chain_getHeader", slice::from_ref(hash)).await;
	let logs = header["digest"]["logs"].as_array().expect("a header has a digest");
	let claim = logs.iter().filter_map(Value::as_str).find_map(|log| log.strip_prefix(BABE));
	let claim = hex::decode(claim.expect("a block is of a slot")).expect("logs are hexadecimal");
	// The lowest two bits of a compact number say how many bytes it has: one, two or more.
	let length = if claim[0] & 0b11 == 0 { 1 } else { 2 };
	let (author, rest) = claim[length + BEFORE_AUTHOR..].split_at(AUTHOR);
	Claim {
		slot: u64::from_le_bytes(rest[..8].try_into().expect("it has eight bytes")),
		author: u32::from_le_bytes(author.try_into().expect("it has four bytes")),
	}
}
