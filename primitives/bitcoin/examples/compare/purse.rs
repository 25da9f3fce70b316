//! Coins on regtest that anybody may spend, and transactions that spend them.

use crate::{blocks::Block, core::Core};
use aitbc_bitcoin::{Amount, BlockHash, Input, OutPoint, Output, Transaction};
use serde_json::Value;

/// OP_1, which always holds. Coins are for whoever shows it in the witness.
const OP_1: u8 = 0x51;

/// Into how many coins the first one is split: enough for all, and more than a count of one byte has room for.
pub const COINS: usize = 900;

/// What one of them holds, in satoshi.
pub const COIN: Amount = Amount(5_000_000);

/// Coins that are there to be spent.
pub struct Purse {
	/// Who owns the coins, as an address.
	pub address: String,
	script: Vec<u8>,
	coins: Vec<OutPoint>,
}

impl Purse {
	/// Mines a coin and splits it, in the last block of the chain.
	pub fn new(core: &Core) -> Self {
		let segwit = core.json("decodescript", &[&hex::encode([OP_1])])["segwit"].take();
		let text = |name: &str| segwit[name].as_str().expect("Core tells it").to_owned();
		let script = hex::decode(text("hex")).expect("a script has digits");
		let mut purse = Self { address: text("address"), script, coins: Vec::new() };
		// A mined coin can be spent after 100 more blocks.
		let first = core.mine(101, &purse.address)[0];
		purse.coins.push(OutPoint { txid: Block::read(core, first).txids[0], index: 0 });
		let outputs = (0..COINS).map(|_| purse.output(COIN)).collect();
		let split = purse.spending(1, outputs);
		purse.mine(core, &[signed(&split)]);
		let txid = split.txid();
		purse.coins.extend((0..).take(COINS).map(|index| OutPoint { txid, index }));
		purse
	}

	/// An output that goes back to the owner.
	pub fn output(&self, value: Amount) -> Output {
		Output { value, script: self.script.clone() }
	}

	/// A transaction that spends this many coins. What the outputs leave is its fee.
	pub fn spending(&mut self, count: usize, outputs: Vec<Output>) -> Transaction {
		let coins = self.coins.split_off(self.coins.len() - count);
		spending(&coins, outputs)
	}

	/// Mines a block with exactly these transactions.
	pub fn mine(&self, core: &Core, transactions: &[String]) -> BlockHash {
		let transactions = Value::from(transactions).to_string();
		let mined = core.json("generateblock", &[&self.address, &transactions]);
		let hash = mined["hash"].as_str().expect("Core tells the hash");
		hash.parse().expect("it is one")
	}
}

/// A transaction that spends these outputs.
pub fn spending(coins: &[OutPoint], outputs: Vec<Output>) -> Transaction {
	let input = |coin: &OutPoint| Input { previous: *coin, script_sig: vec![], sequence: u32::MAX };
	Transaction { version: 2, inputs: coins.iter().map(input).collect(), outputs, lock_time: 0 }
}

/// The bytes of a transaction whose every input has this witness: BIP 144. Items have less than 253 bytes.
pub fn with_witness(transaction: &Transaction, stack: &[&[u8]]) -> Vec<u8> {
	let bytes = transaction.to_bytes();
	let (head, rest) = bytes.split_at(4);
	let (body, lock_time) = rest.split_at(rest.len() - 4);
	let mut whole = [head, &[0, 1], body].concat();
	for _ in &transaction.inputs {
		whole.push(stack.len() as u8);
		for item in stack {
			whole.push(item.len() as u8);
			whole.extend(*item);
		}
	}
	whole.extend(lock_time);
	whole
}

/// A transaction that spends coins of the purse, with its witness, as digits.
pub fn signed(transaction: &Transaction) -> String {
	hex::encode(with_witness(transaction, &[&[OP_1]]))
}
