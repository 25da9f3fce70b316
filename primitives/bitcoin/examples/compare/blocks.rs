//! Blocks with transactions, as Core mines and tells them.

use crate::{
	core::Core,
	proofs,
	purse::{signed, with_witness, Purse, COINS},
	report::{word, Report, ACCEPTED},
};
use aitbc_bitcoin::{Amount, BlockHash, Header, Input, OutPoint, Output, Transaction, Txid};
use serde_json::Value;

/// How many transactions the blocks have besides the coinbase: all small trees, and those around a power of two.
const COUNTS: [usize; 24] =
	[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 30, 31, 32, 33, 63, 64, 99];

/// A block as Core tells it.
pub struct Block {
	/// Its header.
	pub header: Header,
	/// Its transactions without their witnesses.
	pub transactions: Vec<Vec<u8>>,
	/// Their ids.
	pub txids: Vec<Txid>,
	/// Its transactions in JSON.
	told: Vec<Value>,
}

impl Block {
	/// Asks for a block.
	pub fn read(core: &Core, hash: BlockHash) -> Self {
		let mut block = core.json("getblock", &[&hash.to_string(), "2"]);
		let told: Vec<_> =
			block["tx"].as_array_mut().into_iter().flatten().map(Value::take).collect();
		let txid = |told: &Value| text(&told["txid"]).parse().expect("it is a hash");
		Self {
			header: core.header(hash),
			transactions: told.iter().map(|told| without_witness(text(&told["hex"]))).collect(),
			txids: told.iter().map(txid).collect(),
			told,
		}
	}
}

/// Mines blocks of many sizes on regtest.
pub fn compare(report: &mut Report, core: &Core, purse: &mut Purse) {
	report.title("Blocks on regtest: transactions, trees, proofs");
	let split = Block::read(core, core.tip());
	transactions_of(report, &format!("a transaction of {COINS} outputs"), &split);
	for count in COUNTS {
		let transactions: Vec<_> = (0..count).map(|salt| signed(&varied(purse, salt))).collect();
		let block = Block::read(core, purse.mine(core, &transactions));
		let case = format!("a block of {} transactions", block.txids.len());
		transactions_of(report, &case, &block);
		proofs::compare(report, core, &case, &block);
	}
	large(report, core, purse);
	bytes_that_are_none(report, core, &varied(purse, 1));
	like_two_nodes(report, core, purse);
}

/// A transaction that differs from those with another number in all that may differ.
fn varied(purse: &mut Purse, number: usize) -> Transaction {
	// OP_RETURN, as often that no transaction has 64 bytes.
	let script = vec![0x6a; number + 9];
	let mut outputs = vec![Output { value: Amount(number as u64), script }];
	outputs.extend((0..number % 3).map(|_| purse.output(Amount(600))));
	let mut transaction = purse.spending(1, outputs);
	transaction.version = [2, 1, 3, i32::MAX, -1, i32::MIN][number % 6];
	// Version 2 and more let the sequence ask for an age of the coin: BIP 68. This bit says that it does not.
	transaction.inputs[0].sequence = (1 << 31) | number as u32;
	transaction.lock_time = [0, 1, 50, 500_000_001][number % 4];
	transaction
}

/// Compares each transaction, as this crate reads it, with Core's JSON.
fn transactions_of(report: &mut Report, case: &str, block: &Block) {
	let parts = block.told.iter().zip(&block.transactions).map(|(told, bytes)| {
		let txid = text(&told["txid"]).to_owned();
		let ours = match Transaction::from_bytes(bytes) {
			Ok(ours) => format!("{} {ours:?}", ours.txid()),
			Err(error) => error.to_string(),
		};
		(txid.clone(), format!("{txid} {:?}", transaction(told)), ours)
	});
	report.compare_all(&format!("{case}: their parts and ids"), parts);
}

/// A transaction as Core's JSON has it.
fn transaction(told: &Value) -> Transaction {
	let list = |name: &str| told[name].as_array().into_iter().flatten();
	let output = |output: &Value| Output {
		value: satoshi(&output["value"]),
		script: digits(&output["scriptPubKey"]["hex"]),
	};
	Transaction {
		// Core tells it without its sign.
		version: number(&told["version"]).cast_signed(),
		inputs: list("vin").map(input).collect(),
		outputs: list("vout").map(output).collect(),
		lock_time: number(&told["locktime"]),
	}
}

/// An input as Core's JSON has it.
fn input(told: &Value) -> Input {
	let sequence = number(&told["sequence"]);
	if told["coinbase"].is_string() {
		let script_sig = digits(&told["coinbase"]);
		return Input { previous: OutPoint::NULL, script_sig, sequence };
	}
	let txid = text(&told["txid"]).parse().expect("it is a hash");
	let previous = OutPoint { txid, index: number(&told["vout"]) };
	Input { previous, script_sig: digits(&told["scriptSig"]["hex"]), sequence }
}

/// Numbers that take three and five bytes: a transaction of 300 inputs, and a script of 70,000 bytes.
fn large(report: &mut Report, core: &Core, purse: &mut Purse) {
	let output = purse.output(Amount(1_000));
	let many = purse.spending(300, vec![output]);
	let long = purse.spending(1, vec![Output { value: Amount(0), script: vec![0x6a; 70_000] }]);
	let block = Block::read(core, purse.mine(core, &[signed(&many), signed(&long)]));
	transactions_of(report, "300 inputs, 70,000 bytes of script", &block);
}

/// Bytes that are no transaction without witnesses. Core reads them so when it is told that there are none.
fn bytes_that_are_none(report: &mut Report, core: &Core, transaction: &Transaction) {
	let bytes = transaction.to_bytes();
	let mut long_count = bytes.clone();
	long_count.splice(4..5, [0xfd, 1, 0]);
	let mut cases = vec![
		("whole".to_owned(), bytes.clone()),
		("one byte more".to_owned(), [&bytes[..], &[0]].concat()),
		("a count of three bytes that needs one".to_owned(), long_count),
		("with its witness".to_owned(), with_witness(transaction, &[&[0x51]])),
	];
	let shorter =
		(0..bytes.len()).map(|length| (format!("{length} bytes"), bytes[..length].into()));
	cases.extend(shorter);
	let read = cases.into_iter().map(|(case, bytes)| {
		let told = core.ask("decoderawtransaction", &[&hex::encode(&bytes), "false"]);
		(case, word(&told), word(&Transaction::from_bytes(&bytes)))
	});
	report.compare_all("bytes of a transaction: whole, longer, cut off, otherwise", read);
}

/// A transaction of 64 bytes, which Bitcoin still allows in blocks and this crate does not read.
fn like_two_nodes(report: &mut Report, core: &Core, purse: &mut Purse) {
	let output = Output { value: Amount(0), script: vec![0x6a, 2, 0, 0] };
	let spending = purse.spending(1, vec![output]);
	let block = Block::read(core, purse.mine(core, &[signed(&spending)]));
	let bytes = &block.transactions[1];
	assert_eq!(bytes.len(), 64, "the transaction is made to have 64 bytes");
	let ours = Transaction::from_bytes(bytes);
	report.stricter("a transaction of 64 bytes in a block", ACCEPTED, &word(&ours));
}

/// The bytes of a transaction that its id is the hash of, by the `bitcoin` crate.
fn without_witness(digits: &str) -> Vec<u8> {
	let bytes = hex::decode(digits).expect("a transaction has digits");
	let read = bitcoin::consensus::deserialize::<bitcoin::Transaction>(&bytes);
	let mut transaction = read.expect("Core's bytes are a transaction");
	transaction.input.iter_mut().for_each(|input| input.witness.clear());
	bitcoin::consensus::serialize(&transaction)
}

/// An amount that Core writes in bitcoin. 53 bits are enough for all there are.
fn satoshi(bitcoin: &Value) -> Amount {
	Amount((bitcoin.as_f64().expect("an amount is a number") * 1e8).round() as u64)
}

fn number(value: &Value) -> u32 {
	let number = value.as_u64().and_then(|number| number.try_into().ok());
	number.expect("Core tells a number of 32 bits")
}

fn digits(value: &Value) -> Vec<u8> {
	hex::decode(text(value)).expect("Core tells bytes as digits")
}

fn text(value: &Value) -> &str {
	value.as_str().expect("Core tells a text")
}
