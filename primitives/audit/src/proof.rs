//! Proofs that a log has a record.

use crate::{
	log::{leaf, Commitment, Hashing, Node, MAX_RECORDS},
	record::{Record, RecordId},
};
use alloc::vec::Vec;
use codec::{Decode, DecodeAll, DecodeWithMemTracking, Encode};
use core::fmt;
use mmr_lib::MerkleProof;
use scale_info::TypeInfo;

/// The nodes that lead from a record to the root of a log of `count` records.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Proof {
	/// How many records the log has.
	pub count: u64,
	/// The peaks before the record's own, its neighbours on the way up, and what the peaks after hash to.
	pub nodes: Vec<Node>,
}

/// How many nodes a proof of the record at `index` has in a log of `count` records.
///
/// The range has a peak of height `h` for each bit `h` that is set in the number of records, the highest
/// first.
fn length(index: u64, count: u64) -> u32 {
	let mut before = 0u64;
	let mut peaks_before = 0u32;
	for height in (0..u64::BITS).rev().filter(|height| count & (1 << height) != 0) {
		let end = before.saturating_add(1 << height);
		if index < end {
			let has_peaks_after = u32::from(end < count);
			return peaks_before.saturating_add(height).saturating_add(has_peaks_after);
		}
		before = end;
		peaks_before = peaks_before.saturating_add(1);
	}
	0
}

/// Why something is no proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofError {
	/// The bytes are none of a record that is known here. Newer programs may know it.
	NotARecord,
	/// The record says that this is its place, and the log has fewer records, or more than it can.
	NotInLog {
		/// The place.
		id: RecordId,
		/// How many records the proof says there are.
		count: u64,
	},
	/// There are more or fewer nodes than lead to the root.
	WrongLength,
	/// The record and the nodes lead to another root.
	WrongRoot,
}

impl fmt::Display for ProofError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NotARecord => f.write_str("the bytes are no record that this program knows"),
			Self::NotInLog { id, count } => {
				write!(f, "record {id} can't be in a log of {count} records")
			},
			Self::WrongLength => f.write_str("the proof has too many nodes or too few"),
			Self::WrongRoot => f.write_str("the record and the proof lead to another root"),
		}
	}
}

impl core::error::Error for ProofError {}

impl Proof {
	/// Checks that the log that `root` commits to has a record of exactly these bytes, and reads them.
	///
	/// The record itself says where it is, so a proof holds for no other place.
	pub fn verify(&self, record: &[u8], root: &Node) -> Result<Record, ProofError> {
		let read = Record::decode_all(&mut &*record).map_err(|_| ProofError::NotARecord)?;
		let (RecordId(index), count) = (read.id, self.count);
		if index >= count || count > MAX_RECORDS {
			return Err(ProofError::NotInLog { id: read.id, count });
		}
		// The range would also take peaks one by one, and more than it needs where it needs none.
		if u32::try_from(self.nodes.len()) != Ok(length(index, count)) {
			return Err(ProofError::WrongLength);
		}
		let proof = MerkleProof::<_, Hashing>::new(Commitment::nodes(count), self.nodes.clone());
		let bag = proof
			.calculate_root(alloc::vec![(Commitment::position(read.id), leaf(record))])
			.map_err(|_| ProofError::WrongLength)?;
		match Commitment::new(count, bag).root == *root {
			true => Ok(read),
			false => Err(ProofError::WrongRoot),
		}
	}
}
