//! Chains of whole blocks: all that Core has mined, and blocks made by hand from this crate's types.

use crate::{
	core::Core,
	purse::{signed, Purse},
	report::{Report, ACCEPTED},
	tree::{child, mined, Tree},
	NOW,
};
use aitbc_bitcoin::{
	Amount, BlockHash, Header, Input, MerkleError, MerkleNode, MerkleProof, Network, OutPoint,
	Transaction, Txid,
};
use serde_json::Value;

/// Follows the best chain of a regtest node, forks it, and adds blocks that are wrong.
pub fn compare(report: &mut Report, core: &Core, purse: &mut Purse) {
	report.title("Chains on regtest: all mined blocks, forks, and trees that are not a block's");
	let mut chain = Chain { tree: Tree::genesis(Network::Regtest), core };
	chain.follow(report);
	let last = chain.fork(report, purse);
	chain.other_root(report, purse, last);
	copied(report, core, purse);
}

/// A node's chain, and the same headers as this crate sees them.
struct Chain<'a> {
	tree: Tree,
	core: &'a Core,
}

impl Chain<'_> {
	/// Checks the headers of all blocks of the best chain.
	fn follow(&mut self, report: &mut Report) {
		let height = self.core.ask("getblockcount", &[]).expect("it counts");
		let height: u32 = height.parse().expect("it is a number");
		let judged = (1..=height).map(|height| {
			let hash = self.core.ask("getblockhash", &[&height.to_string()]).expect("it is there");
			let header = self.core.header(hash.parse().expect("it is a hash"));
			(hash, ACCEPTED.to_owned(), self.tree.judge(&header, NOW))
		});
		report.compare_all("the headers of all blocks", judged.collect::<Vec<_>>());
		self.tree.compare(report, "their heights, work and median times", self.core);
	}

	/// Adds two branches, one block after another, and asks after each for the best chain. Gives its end.
	fn fork(&mut self, report: &mut Report, purse: &Purse) -> BlockHash {
		let start = self.core.tip();
		let mut best = self.tree.get(start).0;
		let mut ends = [start; 2];
		let steps = [
			("the first branch extends it", 0),
			("the second branch forks off", 1),
			("the second branch overtakes", 1),
			("the first branch draws level", 0),
			("the first branch overtakes", 0),
		];
		for (case, branch) in steps {
			let (header, coinbase) = self.block(ends[branch], branch as u32, purse);
			// Core calls a block so that it keeps without making it the best.
			let told = match self.core.submit_block(&whole(&header, &coinbase)).as_str() {
				ACCEPTED | "inconclusive" => self.core.tip().to_string(),
				refused => refused.to_owned(),
			};
			self.tree.judge(&header, NOW);
			ends[branch] = header.hash();
			let chained = self.tree.get(header.hash()).0;
			if chained.work() > best.work() {
				best = chained;
			}
			report.compare_long(&format!("the best chain when {case}"), told, best.hash());
		}
		best.hash()
	}

	/// A block whose header has another root than its transaction.
	fn other_root(&self, report: &mut Report, purse: &Purse, previous: BlockHash) {
		let (mut header, coinbase) = self.block(previous, 2, purse);
		header.merkle_root.0[0] ^= 1;
		let header = mined(header);
		let proof = MerkleProof { index: 0, path: vec![] };
		let ours = word(proof.verify(coinbase.txid(), header.merkle_root));
		let told = self.core.submit_block(&whole(&header, &coinbase));
		report.compare("a block whose header has another root", told, ours);
	}

	/// A header after `previous` and its block's only transaction. `salt` makes it differ from others there.
	fn block(&self, previous: BlockHash, salt: u32, purse: &Purse) -> (Header, Transaction) {
		let (parent, times) = self.tree.get(previous);
		// The coinbase begins with the height (BIP 34), which has two bytes from 128 to 32,767.
		let [low, high, ..] = (parent.height() + 1).to_le_bytes();
		let script_sig = [&[2, low, high, 4][..], &salt.to_le_bytes()].concat();
		let input = Input { previous: OutPoint::NULL, script_sig, sequence: u32::MAX };
		let outputs = vec![purse.output(Amount(0))];
		let coinbase = Transaction { version: 2, inputs: vec![input], outputs, lock_time: 0 };
		let time = NOW.max(times.median().seconds() + 1);
		let merkle_root = MerkleNode::from(coinbase.txid());
		(mined(Header { merkle_root, ..child(previous, time) }), coinbase)
	}
}

/// The bytes of a block with one transaction.
fn whole(header: &Header, coinbase: &Transaction) -> Vec<u8> {
	[&header.to_bytes()[..], &[1], &coinbase.to_bytes()].concat()
}

/// A block of three transactions, with a copy of the last and without: the same root, the same header.
fn copied(report: &mut Report, core: &Core, purse: &mut Purse) {
	let transactions = [(); 2].map(|()| {
		let output = purse.output(Amount(1_000));
		purse.spending(1, vec![output])
	});
	let list = Value::from(transactions.each_ref().map(signed).to_vec()).to_string();
	let made = core.json("generateblock", &[&purse.address, &list, "false"]);
	let block = hex::decode(made["hex"].as_str().expect("Core gives it")).expect("it is digits");
	let (header, counted) = block.split_at(80);
	let copy = hex::decode(signed(&transactions[1])).expect("it is digits");
	let longer = [header, &[4], &counted[1..], &copy].concat();
	let header = Header::from_bytes(header.try_into().expect("a header has 80 bytes"));

	let read: bitcoin::Block = bitcoin::consensus::deserialize(&block).expect("it is a block");
	let txid = |one: &bitcoin::Transaction| one.compute_txid().to_string().parse();
	let txids: Result<Vec<Txid>, _> = read.txdata.iter().map(txid).collect();
	let txids = txids.expect("they are hashes");
	let last = transactions[1].txid();
	let with_copy = [&txids[..], &[last]].concat();
	for (case, txids, bytes) in
		[("with a copy of its last", &with_copy, &longer), ("as it is", &txids, &block)]
	{
		let index = txids.len() as u32 - 1;
		let proof = MerkleProof::new(txids, index).expect("it is in the list");
		let ours = word(proof.verify(last, header.merkle_root));
		let case = format!("a block {case}, and its last transaction");
		report.compare(&case, core.submit_block(bytes), ours);
	}
}

/// What Core says of a block whose transaction has such a proof, in a word: `src/validation.cpp`
/// `CheckMerkleRoot`.
fn word(verdict: Result<(), MerkleError>) -> String {
	match verdict {
		Ok(()) => ACCEPTED.into(),
		Err(MerkleError::WrongRoot { .. }) => "bad-txnmrklroot".into(),
		Err(MerkleError::Duplicate { .. }) => "bad-txns-duplicate".into(),
		Err(error) => error.to_string(),
	}
}
