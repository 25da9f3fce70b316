//! The log as a Merkle mountain range: records are its leaves, and its root commits to all of them.
//!
//! The range is that of `mmr_lib` (the crate `polkadot-ckb-merkle-mountain-range`, which pallet-mmr uses
//! too). Leaves, inner nodes, peaks and roots are hashed with different first bytes, so that none can be
//! taken for another, and the root also has the number of records, because the range's shape follows from
//! that.

use blake2::{digest::consts::U32, Blake2b, Digest};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use mmr_lib::{
	leaf_index_to_mmr_size, leaf_index_to_pos, MMRStoreReadOps, MMRStoreWriteOps, Merge, MMR,
};
use scale_info::TypeInfo;

use crate::{proof::Proof, record::RecordId};

/// Names the log's [`Commitment`] among the consensus items of a block's digest.
pub const ENGINE_ID: [u8; 4] = *b"AUDT";

/// The most records of a log: with more, positions of nodes would not fit.
pub const MAX_RECORDS: u64 = 1 << 62;

/// What a hash begins with that is made of a record.
const LEAF: u8 = 0;

/// What a hash begins with that is made of two nodes of one height.
const INNER: u8 = 1;

/// What a hash begins with that is made of peaks, the later ones first.
const PEAKS: u8 = 2;

/// What a hash begins with that is made of the number of records and of all peaks.
const ROOT: u8 = 3;

/// A node of the range: Blake2b-256 of what is below.
pub type Node = [u8; 32];

/// What commits to a whole log.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Commitment {
	/// How many records it has.
	pub count: u64,
	/// What all of them hash to.
	pub root: Node,
}

impl Commitment {
	/// That of a log without records.
	pub fn empty() -> Self {
		Self::new(0, [0; 32])
	}

	/// How many nodes the range over `count` records has.
	pub fn nodes(count: u64) -> u64 {
		count.min(MAX_RECORDS).checked_sub(1).map_or(0, leaf_index_to_mmr_size)
	}

	/// Where the leaf of the record `id` is among them.
	pub fn position(id: RecordId) -> u64 {
		leaf_index_to_pos(id.0.min(MAX_RECORDS))
	}

	/// That of `count` records whose peaks hash to `bag`.
	pub(crate) fn new(count: u64, bag: Node) -> Self {
		Self { count, root: hash(ROOT, &[&count.to_le_bytes(), &bag]) }
	}
}

/// The leaf of a record's bytes.
pub fn leaf(record: &[u8]) -> Node {
	hash(LEAF, &[record])
}

fn hash(kind: u8, parts: &[&[u8]]) -> Node {
	let begun = Blake2b::<U32>::new().chain_update([kind]);
	parts.iter().fold(begun, |hash, part| hash.chain_update(part)).finalize().into()
}

/// How nodes are made of others.
pub(crate) struct Hashing;

impl Merge for Hashing {
	type Item = Node;

	fn merge(left: &Node, right: &Node) -> mmr_lib::Result<Node> {
		Ok(hash(INNER, &[left, right]))
	}

	fn merge_peaks(right: &Node, left: &Node) -> mmr_lib::Result<Node> {
		Ok(hash(PEAKS, &[right, left]))
	}
}

/// Where nodes are kept, by their positions in the range.
pub trait Nodes {
	/// The node at a position, if there is one.
	fn node(&self, position: u64) -> Option<Node>;

	/// Keeps a node. Each position is written once.
	fn keep(&mut self, position: u64, node: Node);
}

/// Why a log can't do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogError {
	/// A node is missing that the number of records says there is.
	MissingNode,
	/// The log has as many records as it can.
	Full,
	/// The log has no record at this place.
	NoRecord,
}

impl fmt::Display for LogError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::MissingNode => "a node of the log is missing",
			Self::Full => "the log is full",
			Self::NoRecord => "the log has no such record",
		})
	}
}

impl core::error::Error for LogError {}

/// A log of `count` records, by its nodes.
pub struct Log<'a, N> {
	nodes: &'a mut N,
	count: u64,
}

impl<'a, N: Nodes> Log<'a, N> {
	/// The log of `count` records that has these nodes.
	pub fn new(nodes: &'a mut N, count: u64) -> Self {
		Self { nodes, count }
	}

	/// Appends the bytes of a record, and gives what then commits to the log.
	///
	/// Reads and writes as many nodes as the log has heights, at most 63 of each; one and two on average.
	pub fn append(self, record: &[u8]) -> Result<Commitment, LogError> {
		let Self { nodes, count } = self;
		let next =
			count.checked_add(1).filter(|next| *next <= MAX_RECORDS).ok_or(LogError::Full)?;
		let mut range = range(nodes, count);
		range.push(leaf(record)).map_err(|_| LogError::MissingNode)?;
		range.commit().map_err(|_| LogError::MissingNode)?;
		let bag = range.get_root().map_err(|_| LogError::MissingNode)?;
		Ok(Commitment::new(next, bag))
	}

	/// What commits to it.
	///
	/// Reads as many nodes as the log has peaks, at most 62.
	pub fn commitment(self) -> Result<Commitment, LogError> {
		let Self { nodes, count } = self;
		if count == 0 {
			return Ok(Commitment::empty());
		}
		let bag = range(nodes, count).get_root().map_err(|_| LogError::MissingNode)?;
		Ok(Commitment::new(count, bag))
	}

	/// Proves that the log has the record `id`.
	///
	/// Reads at most as many nodes as the log has heights and peaks, 124.
	pub fn prove(self, id: RecordId) -> Result<Proof, LogError> {
		let Self { nodes, count } = self;
		if id.0 >= count {
			return Err(LogError::NoRecord);
		}
		let proof = range(nodes, count)
			.gen_proof(alloc::vec![Commitment::position(id)])
			.map_err(|_| LogError::MissingNode)?;
		Ok(Proof { count, nodes: proof.proof_items().to_vec() })
	}
}

fn range<N: Nodes>(nodes: &mut N, count: u64) -> MMR<Node, Hashing, Store<'_, N>> {
	MMR::new(Commitment::nodes(count), Store(nodes))
}

/// Nodes, as the range wants them.
struct Store<'a, N>(&'a mut N);

impl<N: Nodes> MMRStoreReadOps<Node> for Store<'_, N> {
	fn get_elem(&self, position: u64) -> mmr_lib::Result<Option<Node>> {
		Ok(self.0.node(position))
	}
}

impl<N: Nodes> MMRStoreWriteOps<Node> for Store<'_, N> {
	fn append(&mut self, position: u64, nodes: alloc::vec::Vec<Node>) -> mmr_lib::Result<()> {
		for (position, node) in (position..).zip(nodes) {
			self.0.keep(position, node);
		}
		Ok(())
	}
}
