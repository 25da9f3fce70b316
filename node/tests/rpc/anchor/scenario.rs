//! A chain that is anchored in a Bitcoin of its own, which is mined here.
//!
//! | Bitcoin block | what it has |
//! |---|---|
//! | 1 | the anchor of block 20, which is final |
//! | 100 | nothing; a stale one is beside it |
//! | 101 | the anchor of block 40, which is included |
//! | 103 | nothing; it is the tip |
//!
//! The key of the node's worker funds both anchors. Eve is the anchorer who has it, and was paid for the first; Alice
//! relays, proves and claims.

use crate::{
	harness::{wait_until, Node},
	transactions::{bytes, send},
};
use aitbc_bitcoin::{
	merkle_root, Amount, Commitment, Header, InclusionProof, Input, MerkleProof, Network, OutPoint,
	Output, Payload, Transaction, Txid,
};
use aitbc_core::{money::AIT, Balance, BlockNumber};
use aitbc_runtime::{configs::money::TreasuryAccount, RuntimeCall};
use pallet_bitcoin_anchor::{KeySignature, PubkeyHash};
use serde_json::json;
use sp_keyring::Sr25519Keyring::{Alice, Eve};

/// The blocks that are anchored: the first two of the schedule.
pub const FINAL: BlockNumber = 20;
pub const INCLUDED: BlockNumber = 40;

/// The heights of Bitcoin's blocks.
pub const FIRST_ANCHOR: u32 = 1;
pub const FORKED: u32 = 100;
pub const SECOND_ANCHOR: u32 = 101;
pub const TIP: u32 = 103;

/// What the treasury is given, so that it can pay a reward.
const GIFT: Balance = 20 * AIT;

/// An anchor that was mined.
pub struct Mined {
	/// The transaction.
	transaction: Transaction,
	/// The header of its block.
	header: Header,
	/// That the block has it.
	proof: InclusionProof,
	/// The last block of the best chain.
	tip: Header,
}

/// Has the first block anchored for good, and the reward paid.
pub fn begin(node: &Node) -> Mined {
	let script = register(node).script();
	let previous = OutPoint { txid: Txid([3; 32]), index: 1 };
	let funding = transaction(previous, vec![script.clone()]);
	let spent = OutPoint { txid: funding.txid(), index: 0 };
	let mut first = anchor(node, FINAL, spent, script, &Network::Regtest.genesis());
	let deeper = mine_empty(&first.header, 1, 99);
	let [.., parent, tip] = &deeper[..] else { panic!("there are more than two") };
	let stale = mine_empty(parent, 2, 1);
	first.tip = *tip;
	let best = [&[first.header], &deeper[..]].concat();
	send(node, Alice, vec![relay(best), relay(stale), prove(FINAL, &first)]);
	wait_until("the first anchor to be final", || {
		let task = node.get("anchor_task", json!([FINAL]))["result"].take();
		(task["status"]["type"] == "final").then_some(())
	});
	let gift = pallet_balances::Call::transfer_keep_alive {
		dest: TreasuryAccount::get().into(),
		value: GIFT,
	};
	let funding = funding.to_bytes().try_into().expect("it is small");
	let claim = pallet_bitcoin_anchor::Call::claim { height: FINAL, funding };
	send(node, Alice, vec![gift.into(), claim.into()]);
	first
}

/// Has the second block anchored, three blocks deep.
pub fn end(node: &Node, first: &Mined) {
	let script = first.transaction.outputs[1].script.clone();
	let change = OutPoint { txid: first.transaction.txid(), index: 1 };
	let second = anchor(node, INCLUDED, change, script, &first.tip);
	let deeper = mine_empty(&second.header, 3, 2);
	let best = [&[second.header], &deeper[..]].concat();
	send(node, Alice, vec![relay(best), prove(INCLUDED, &second)]);
}

/// Makes Eve the anchorer who has the key of the node's worker.
fn register(node: &Node) -> PubkeyHash {
	let account = format!("0x{}", hex::encode(Eve.to_account_id()));
	let made = node.get("anchor_signRegistration", json!([account]));
	let key_hash = PubkeyHash(bytes(&made["keyHash"]).try_into().expect("it has 20 bytes"));
	let signature = KeySignature(bytes(&made["signature"]).try_into().expect("it has 65 bytes"));
	send(node, Eve, vec![pallet_bitcoin_anchor::Call::register { key_hash, signature }.into()]);
	key_hash
}

/// Mines the anchor of block `height`, which spends an output and pays its change to `script`, after `parent`.
fn anchor(
	node: &Node,
	height: BlockNumber,
	spent: OutPoint,
	script: Vec<u8>,
	parent: &Header,
) -> Mined {
	let payload = wait_until("a block to be anchored", || {
		let task = node.get("anchor_task", json!([height]))["result"].take();
		(!task.is_null()).then(|| bytes(&task["payload"]["bytes"]))
	});
	let payload = Payload::from_bytes(&payload).expect("it is a payload");
	let commitment = Commitment::OpReturn.script(&payload).expect("it has no key");
	let transaction = transaction(spent, vec![commitment, script]);
	let coinbase = coinbase(0);
	let ids = [coinbase.txid(), transaction.txid()];
	let header = mine(parent, &ids);
	let proof = InclusionProof {
		transaction: transaction.to_bytes(),
		proof: MerkleProof::new(&ids, 1).expect("there are two"),
		coinbase: coinbase.to_bytes(),
		coinbase_path: MerkleProof::new(&ids, 0).expect("there are two").path,
	};
	Mined { transaction, header, proof, tip: header }
}

/// Tells the chain of headers.
fn relay(headers: Vec<Header>) -> RuntimeCall {
	let headers = headers.try_into().expect("as many fit into a batch");
	pallet_bitcoin_light_client::Call::submit { headers }.into()
}

/// Proves the anchor of block `height`.
fn prove(height: BlockNumber, mined: &Mined) -> RuntimeCall {
	let (block, proof) = (mined.header.hash(), Box::new(mined.proof.clone()));
	let commitment = Commitment::OpReturn;
	pallet_bitcoin_anchor::Call::prove { height, block, proof, commitment }.into()
}

/// A transaction that spends an output and has these scripts.
fn transaction(previous: OutPoint, scripts: Vec<Vec<u8>>) -> Transaction {
	let output = |script| Output { value: Amount(1_000), script };
	Transaction {
		version: 2,
		inputs: vec![Input { previous, script_sig: vec![7; 5], sequence: 0 }],
		outputs: scripts.into_iter().map(output).collect(),
		lock_time: 0,
	}
}

/// A coinbase. Different tags give different ones.
fn coinbase(tag: u8) -> Transaction {
	transaction(OutPoint::NULL, vec![vec![tag; 30]])
}

/// A block after `parent` with these transactions. Every second nonce is enough on regtest.
fn mine(parent: &Header, transactions: &[Txid]) -> Header {
	let merkle_root = merkle_root(transactions).expect("there is a coinbase");
	let (previous, time) = (parent.hash(), parent.time + 600);
	let mut header = Header { version: 4, previous, merkle_root, time, ..*parent };
	while header.bits.check(header.hash(), Network::Regtest.limit()).is_err() {
		header.nonce += 1;
	}
	header
}

/// Blocks without anything but a coinbase. Different tags give different ones.
fn mine_empty(parent: &Header, tag: u8, count: usize) -> Vec<Header> {
	let mut headers: Vec<Header> = Vec::new();
	for _ in 0..count {
		headers.push(mine(headers.last().unwrap_or(parent), &[coinbase(tag).txid()]));
	}
	headers
}
