//! A chain of Bitcoin that tests write to, whose proofs are judged as real ones are.

use aitbc_bitcoin::{
	Amount, BlockHash, Commitment, Included, InclusionProof, Input, MerkleNode, MerkleProof,
	Network, OutPoint, Output, Payload, Transaction, Txid,
};
use aitbc_traits::{BitcoinBlock, BitcoinHeaderChain};
use frame_support::{parameter_types, weights::Weight};
use sp_io::hashing::sha2_256;
use sp_runtime::DispatchError;
use std::collections::BTreeMap;

parameter_types! {
	/// The network that is followed.
	pub storage Follows: Option<Network> = Some(super::NETWORK);
	/// The best chain, from the height 0 on.
	pub storage Best: Vec<BlockHash> = vec![BlockHash([0; 32])];
	/// What each block has, also one that left the best chain.
	pub storage Roots: BTreeMap<BlockHash, MerkleNode> = BTreeMap::new();
	/// Blocks below this height are forgotten.
	pub storage OldestHeight: u32 = 0;
	/// How many confirmations cannot be undone.
	pub storage Irreversible: u32 = 8;
	/// What it weighs to verify a proof, beside its bytes.
	pub storage VerifyWeight: u64 = 30_000;
}

/// Answers from what tests have written.
pub struct Bitcoin;

impl BitcoinHeaderChain for Bitcoin {
	fn network() -> Option<Network> {
		Follows::get()
	}

	fn tip() -> Option<BlockHash> {
		Follows::get()?;
		Best::get().last().copied()
	}

	fn find(block: BlockHash) -> Option<BitcoinBlock> {
		let best = Best::get();
		let height = best.iter().position(|other| *other == block)? as u32;
		let confirmations = best.len() as u32 - height;
		(height >= OldestHeight::get()).then_some(BitcoinBlock { height, confirmations })
	}

	fn irreversible() -> u32 {
		Irreversible::get()
	}

	fn verify_inclusion(
		block: BlockHash,
		proof: &InclusionProof,
	) -> Result<Included, DispatchError> {
		Self::find(block).ok_or(NOT_IN_BEST_CHAIN)?;
		let root = Roots::get().get(&block).copied().ok_or(NOT_INCLUDED)?;
		proof.verify(root).map_err(|_| NOT_INCLUDED)
	}

	fn verify_inclusion_weight(bytes: u32) -> Weight {
		Weight::from_parts(VerifyWeight::get() + u64::from(bytes), 0)
	}

	fn find_weight() -> Weight {
		Weight::from_parts(7, 0)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_block(transactions: &[Transaction], confirmations: u32) -> BlockHash {
		let block = mine_block(transactions);
		mine(confirmations - 1);
		block
	}
}

/// What the light client says of a block that it does not have.
pub const NOT_IN_BEST_CHAIN: DispatchError = DispatchError::Other("not in the best chain");
/// What it says of a proof that does not hold.
pub const NOT_INCLUDED: DispatchError = DispatchError::Other("not included");

/// Appends a block with these transactions to the best chain.
pub fn mine_block(transactions: &[Transaction]) -> BlockHash {
	let txids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
	let mut roots = Roots::get();
	let block = BlockHash(sha2_256(&(roots.len() as u64).to_le_bytes()));
	roots.insert(block, root(&txids));
	Roots::set(&roots);
	let mut best = Best::get();
	best.push(block);
	Best::set(&best);
	block
}

/// The root of a tree: where the first leaf's path leads to.
fn root(txids: &[Txid]) -> MerkleNode {
	let path = MerkleProof::new(txids, 0).expect("there is a transaction").path;
	path.iter().fold(txids[0].into(), |node: MerkleNode, next| {
		MerkleNode(sha2_256(&sha2_256(&[node.0, next.0].concat())))
	})
}

/// Appends so many blocks that have nothing of ours.
pub fn mine(count: u32) {
	for number in 0..count {
		mine_block(&[coinbase(number)]);
	}
}

/// Takes the last blocks of the best chain away, and appends others.
pub fn reorganize(displaced: u32, appended: u32) {
	let mut best = Best::get();
	best.truncate(best.len() - displaced as usize);
	Best::set(&best);
	mine(appended);
}

/// A coinbase.
pub fn coinbase(number: u32) -> Transaction {
	let script_sig = number.to_le_bytes().to_vec();
	let input = Input { previous: OutPoint::NULL, script_sig, sequence: u32::MAX };
	let output = Output { value: Amount(5_000), script: vec![0x51] };
	Transaction { version: 2, inputs: vec![input], outputs: vec![output], lock_time: 0 }
}

/// A transaction whose output 1 has the script of a seed's key.
pub fn funding(seed: u8) -> Transaction {
	let input = Input {
		previous: OutPoint { txid: Txid([seed; 32]), index: 0 },
		script_sig: Vec::new(),
		sequence: u32::MAX,
	};
	let outputs = vec![
		Output { value: Amount(1), script: vec![0x51] },
		Output { value: Amount(9_000), script: super::key_hash(seed).script() },
	];
	Transaction { version: 2, inputs: vec![input], outputs, lock_time: u32::from(seed) }
}

/// A transaction that spends the output of a seed's key, with an output that has this script.
pub fn spend(seed: u8, script: Vec<u8>) -> Transaction {
	let input = Input {
		previous: OutPoint { txid: funding(seed).txid(), index: 1 },
		script_sig: Vec::new(),
		sequence: 0,
	};
	let outputs = vec![
		Output { value: Amount(8_000), script: super::key_hash(seed).script() },
		Output { value: Amount(0), script },
	];
	Transaction { version: 2, inputs: vec![input], outputs, lock_time: 0 }
}

/// An anchor of `payload` in the open, funded by a seed's key.
pub fn anchor(seed: u8, payload: &Payload) -> Transaction {
	spend(seed, Commitment::OpReturn.script(payload).unwrap())
}

/// Mines a block with `transaction`, and gives the proof that it has it.
pub fn mine_anchor(transaction: Transaction) -> (BlockHash, InclusionProof) {
	let transactions = [coinbase(0), spend(99, vec![0x51]), transaction];
	let block = mine_block(&transactions);
	(block, proof_of(&transactions, 2))
}

/// The proof that a block with these transactions has one of them.
pub fn proof_of(transactions: &[Transaction], index: u32) -> InclusionProof {
	let txids: Vec<_> = transactions.iter().map(Transaction::txid).collect();
	InclusionProof {
		transaction: transactions[index as usize].to_bytes(),
		proof: MerkleProof::new(&txids, index).unwrap(),
		coinbase: transactions[0].to_bytes(),
		coinbase_path: MerkleProof::new(&txids, 0).unwrap().path,
	}
}
