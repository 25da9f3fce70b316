//! Proofs of inclusion: a transaction and its place in a block, in a form that cannot be mistaken.

use crate::{
	hash::{MerkleNode, Txid},
	merkle::{self, MerkleError, MerkleProof},
	transaction::{Transaction, TransactionError},
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;

/// A proof that a block has a transaction.
///
/// A Merkle proof alone does not say on which level of the tree it begins. The coinbase tells: every block has
/// one, it is the first transaction, and its proof is as long as that of any other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct InclusionProof {
	/// The transaction's bytes without witnesses.
	pub transaction: Vec<u8>,
	/// Its place in the block.
	pub proof: MerkleProof,
	/// The coinbase's bytes without witnesses.
	pub coinbase: Vec<u8>,
	/// The path of the coinbase's proof, whose place is 0.
	pub coinbase_path: Vec<MerkleNode>,
}

/// A transaction that a block has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
	/// Its id.
	pub txid: Txid,
	/// What it says.
	pub transaction: Transaction,
}

impl InclusionProof {
	/// Checks that the block whose header has this Merkle root has the transaction. Whether that block is in the
	/// best chain, and how deep, is for the caller to check.
	///
	/// - Neither the transaction nor the coinbase has 64 bytes, so neither is an inner node.
	/// - The coinbase is one, at place 0. Its path is as long as the transaction's, so the transaction is not
	///   *below* one that has 64 bytes (CVE-2017-12842).
	/// - Both Merkle proofs hold: [`MerkleProof::verify`].
	pub fn verify(&self, merkle_root: MerkleNode) -> Result<Included, InclusionError> {
		let (depth, coinbase_depth) = (self.proof.depth(), self.coinbase_path.len());
		if depth != coinbase_depth {
			return Err(InclusionError::DepthsDiffer { depth, coinbase_depth });
		}
		let coinbase = Transaction::from_bytes(&self.coinbase).map_err(InclusionError::Coinbase)?;
		if !coinbase.is_coinbase() {
			return Err(InclusionError::NotACoinbase);
		}
		let transaction =
			Transaction::from_bytes(&self.transaction).map_err(InclusionError::Transaction)?;
		merkle::verify(0, &self.coinbase_path, coinbase.txid(), merkle_root)
			.map_err(InclusionError::CoinbaseProof)?;
		let txid = transaction.txid();
		self.proof.verify(txid, merkle_root).map_err(InclusionError::Proof)?;
		Ok(Included { txid, transaction })
	}
}

/// Why a proof of inclusion does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InclusionError {
	/// The bytes of the transaction are none.
	Transaction(TransactionError),
	/// The bytes of the coinbase are no transaction.
	Coinbase(TransactionError),
	/// What is given as the coinbase is another transaction.
	NotACoinbase,
	/// One path is longer than the other.
	DepthsDiffer {
		/// How many nodes the transaction's path has.
		depth: usize,
		/// How many nodes the coinbase's path has.
		coinbase_depth: usize,
	},
	/// The transaction's Merkle proof does not hold.
	Proof(MerkleError),
	/// The coinbase's Merkle proof does not hold.
	CoinbaseProof(MerkleError),
}

impl fmt::Display for InclusionError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Transaction(error) => write!(f, "transaction: {error}"),
			Self::Coinbase(error) => write!(f, "coinbase: {error}"),
			Self::NotACoinbase => f.write_str("what is given as the coinbase is none"),
			Self::DepthsDiffer { depth, coinbase_depth } => {
				write!(f, "the proof has {depth} nodes and the coinbase's {coinbase_depth}")
			},
			Self::Proof(error) => write!(f, "transaction: {error}"),
			Self::CoinbaseProof(error) => write!(f, "coinbase: {error}"),
		}
	}
}

impl core::error::Error for InclusionError {}
