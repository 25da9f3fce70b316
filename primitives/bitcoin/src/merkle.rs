//! Proofs that a block has a transaction.

use crate::hash::{MerkleNode, Txid};
use alloc::vec::Vec;
use bitcoin_hashes::{sha256d, Hash, HashEngine};
use codec::{Decode, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;

/// The most nodes that a path may have.
///
/// A block weighs at most 4,000,000, and a byte of a transaction without witnesses weighs 4 (BIP 141). With its
/// one input and one output a transaction has at least 60 such bytes (Core `src/consensus/consensus.h`
/// `MIN_TRANSACTION_WEIGHT`). So a block has at most 16,666 transactions, and 2^15 is more.
pub const MAX_DEPTH: usize = 15;

/// The node above two: SHA-256 twice of both. Core `src/consensus/merkle.cpp` `ComputeMerkleRoot`.
fn parent(left: MerkleNode, right: MerkleNode) -> MerkleNode {
	let mut engine = sha256d::Hash::engine();
	engine.input(&left.0);
	engine.input(&right.0);
	MerkleNode(sha256d::Hash::from_engine(engine).to_byte_array())
}

/// The level above `level`, whose last node is paired with itself if their number is odd.
fn level_above(level: &[MerkleNode]) -> Vec<MerkleNode> {
	let pairs = level.chunks(2);
	pairs.filter_map(|pair| Some(parent(*pair.first()?, *pair.last()?))).collect()
}

/// The root of the tree over a block's transactions: Core `src/consensus/merkle.cpp` `BlockMerkleRoot`. `None` if
/// there are none.
///
/// Other lists may have the same root (CVE-2012-2459): only [`MerkleProof::verify`] excludes that.
pub fn merkle_root(transactions: &[Txid]) -> Option<MerkleNode> {
	let mut level: Vec<MerkleNode> = transactions.iter().copied().map(Into::into).collect();
	while level.len() > 1 {
		level = level_above(&level);
	}
	level.first().copied()
}

/// The nodes that lead from a transaction to the root of its block's tree.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct MerkleProof {
	/// The transaction's place in the block. The coinbase has 0.
	pub index: u32,
	/// The neighbours on the way up, beginning with the transaction's. Where there is none, as at the end of a
	/// level of odd length, it is the node itself.
	pub path: Vec<MerkleNode>,
}

impl MerkleProof {
	/// Makes the proof of the transaction at `index` of a block with these transactions. `None` if there are
	/// fewer, or more than a block can have.
	pub fn new(transactions: &[Txid], index: u32) -> Option<Self> {
		let mut place = usize::try_from(index).ok()?;
		let mut level: Vec<MerkleNode> = transactions.iter().copied().map(Into::into).collect();
		level.get(place)?;
		let mut path = Vec::new();
		while level.len() > 1 {
			let last = *level.last()?;
			path.push(level.get(place ^ 1).copied().unwrap_or(last));
			level = level_above(&level);
			place >>= 1;
		}
		(path.len() <= MAX_DEPTH).then_some(Self { index, path })
	}

	/// How many levels of the tree are above the transaction.
	pub fn depth(&self) -> usize {
		self.path.len()
	}

	/// Checks that `txid` is at the proof's place in the tree with this root.
	///
	/// There is one place and one path for each transaction of a block:
	/// - The place is below 2^depth, so no bit of it is unused.
	/// - Bitcoin pairs the last node of a level of odd length with itself, so another list of transactions, with
	///   the last ones twice, has the same root (CVE-2012-2459). A node that equals the one to its *left* is such
	///   a copy, and refused, as in Core `src/merkleblock.cpp` `CPartialMerkleTree::TraverseAndExtract`.
	/// - A node may equal the one to its *right* only where its level ends. Then it, or what is above it, is the
	///   last one of all higher levels.
	///
	/// What is proven may still be an inner node that somebody takes for a transaction, or the other way round:
	/// [`InclusionProof`](crate::InclusionProof) excludes that.
	pub fn verify(&self, txid: Txid, root: MerkleNode) -> Result<(), MerkleError> {
		verify(self.index, &self.path, txid, root)
	}
}

/// [`MerkleProof::verify`] of a place and a path.
pub(crate) fn verify(
	index: u32,
	path: &[MerkleNode],
	txid: Txid,
	root: MerkleNode,
) -> Result<(), MerkleError> {
	let depth = path.len();
	if depth > MAX_DEPTH {
		return Err(MerkleError::TooDeep { depth });
	}
	let mut place = index;
	let mut is_last = false;
	let mut node = MerkleNode::from(txid);
	for (level, neighbour) in path.iter().enumerate() {
		let is_right = place & 1 == 1;
		let is_copy = *neighbour == node;
		if (is_right && is_copy) || (!is_right && is_last && !is_copy) {
			return Err(MerkleError::Duplicate { level });
		}
		is_last |= is_copy;
		node = match is_right {
			true => parent(*neighbour, node),
			false => parent(node, *neighbour),
		};
		place >>= 1;
	}
	if place != 0 {
		return Err(MerkleError::IndexOutOfRange { index, depth });
	}
	match node == root {
		true => Ok(()),
		false => Err(MerkleError::WrongRoot { expected: root, found: node }),
	}
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MerkleError {
	/// It is longer than that of any block.
	TooDeep {
		/// How many nodes it has.
		depth: usize,
	},
	/// No tree of its depth has its place.
	IndexOutOfRange {
		/// The place.
		index: u32,
		/// How many nodes it has.
		depth: usize,
	},
	/// It leads through a copy of a node, which is no part of the block.
	Duplicate {
		/// How many levels above the transactions.
		level: usize,
	},
	/// It leads to another root.
	WrongRoot {
		/// The block's root.
		expected: MerkleNode,
		/// The proof's.
		found: MerkleNode,
	},
}

impl fmt::Display for MerkleError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooDeep { depth } => {
				write!(f, "the proof has {depth} nodes and may have {MAX_DEPTH}")
			},
			Self::IndexOutOfRange { index, depth } => {
				write!(f, "a tree of depth {depth} has no transaction {index}")
			},
			Self::Duplicate { level } => {
				write!(f, "the proof leads through a copy of a node on level {level}")
			},
			Self::WrongRoot { expected, found } => {
				write!(f, "the proof leads to the root {found} and not to {expected}")
			},
		}
	}
}

impl core::error::Error for MerkleError {}
