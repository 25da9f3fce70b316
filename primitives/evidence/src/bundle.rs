//! What a bundle has, and its one form as bytes.

use crate::{set::AuthoritySet, state::StateProof};
use aitbc_audit::Proof;
use aitbc_bitcoin::{Checkpoint, Commitment, InclusionProof};
use aitbc_core::BlockNumber;
use codec::{Decode, DecodeAll, Encode};
use sp_consensus_grandpa::GrandpaJustification;
use sp_runtime::{generic, traits::BlakeTwo256};

/// What a bundle's bytes begin with.
pub const MAGIC: [u8; 8] = *b"AITBCEVD";

/// The version that is written and read: the byte after the magic.
pub const VERSION: u8 = 1;

/// The most bytes that a bundle may have: 64 MiB.
///
/// A change of a set of 100 takes about 18 KB and a year of Bitcoin's headers 4 MB, so this is enough for years.
/// Decoding takes at most about 40 times as much memory.
pub const MAX_LENGTH: usize = 64 << 20;

/// A header of this chain.
pub type Header = generic::Header<BlockNumber, BlakeTwo256>;

/// What GRANDPA's voters sign a block final with.
pub type Justification = GrandpaJustification<Header>;

/// Evidence that a block of this chain is final and anchored in Bitcoin, and that its state or audit log says
/// something.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Bundle {
	/// Whose word on finality is trusted to begin with.
	pub start: Start,
	/// How the set of authorities came to be the one that finalized the anchored block, the first change first.
	pub changes: Vec<SetChange>,
	/// What shows that the anchored block is final.
	pub finality: Finality,
	/// Bitcoin's headers.
	pub bitcoin: BitcoinChain,
	/// What shows that Bitcoin has the anchor.
	pub anchor: Anchor,
	/// What is claimed of the anchored block.
	pub claim: Claim,
}

/// The set of authorities to begin with.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Start {
	/// The first set of a chain, which its genesis block's state has. The hash of the block is trusted.
	#[codec(index = 0)]
	Genesis {
		/// The genesis block's header.
		header: Header,
		/// The way to [`AUTHORITIES_KEY`](crate::AUTHORITIES_KEY) in its state.
		authorities: StateProof,
	},
	/// A set that is trusted itself.
	#[codec(index = 1)]
	Trusted(AuthoritySet),
}

/// A change from a set of authorities to the next.
///
/// With a delay of 0, which is the only one here, the new set takes over after the block that announces it: that
/// block is still the old set's.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct SetChange {
	/// The header that announces the next set in its digest.
	pub header: Header,
	/// What the old set finalized exactly this block with.
	pub justification: Justification,
}

/// What shows that a block is final.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Finality {
	/// The anchored block and those after it, up to the one that the voters finalized.
	pub headers: Vec<Header>,
	/// What they finalized the last of the headers with.
	pub justification: Justification,
}

/// Bitcoin's headers from a block on that is trusted.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct BitcoinChain {
	/// The block to begin at.
	pub checkpoint: Checkpoint,
	/// All headers after it up to the tip.
	pub headers: Vec<aitbc_bitcoin::Header>,
}

/// What shows that Bitcoin has the anchor. What the anchor says is not repeated: it follows from the rest.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Anchor {
	/// The height of the Bitcoin block with the transaction. It is after the checkpoint.
	pub height: u32,
	/// What shows that the block has it.
	pub inclusion: InclusionProof,
	/// How the transaction commits to the payload.
	pub commitment: Commitment,
	/// The output that does, counted from 0.
	pub output: u32,
}

/// What is claimed of the anchored block.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Claim {
	/// That it is a block of this chain, and nothing more.
	#[codec(index = 0)]
	Block,
	/// That the audit log had a record before the block: its root is in the block's digest.
	#[codec(index = 1)]
	Record {
		/// The record's encoding.
		record: Vec<u8>,
		/// What shows that the log has it.
		proof: Proof,
	},
	/// What the block's state has under a key. The value is not repeated: the proof has it, or shows that there is
	/// none.
	#[codec(index = 2)]
	Storage {
		/// The key, as it is in the state: with the hashes of the pallet's and the item's name.
		key: Vec<u8>,
		/// The way to it in the state.
		proof: StateProof,
	},
}

impl Bundle {
	/// Its bytes.
	pub fn to_bytes(&self) -> Vec<u8> {
		let mut bytes = MAGIC.to_vec();
		bytes.push(VERSION);
		self.encode_to(&mut bytes);
		bytes
	}

	/// Reads a bundle from exactly the bytes that [`Self::to_bytes`] gives: nothing may be left, and encoding
	/// what was read must give the same. Whether it holds is for [`Self::verify`] to say.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
		if bytes.len() > MAX_LENGTH {
			return Err(DecodeError::TooLong { length: bytes.len() });
		}
		let rest = bytes.strip_prefix(&MAGIC).ok_or(DecodeError::WrongMagic)?;
		let (version, mut body) = rest.split_first().ok_or(DecodeError::Malformed)?;
		if *version != VERSION {
			return Err(DecodeError::UnknownVersion(*version));
		}
		let bundle = Self::decode_all(&mut body).map_err(|_| DecodeError::Malformed)?;
		match bundle.to_bytes() == bytes {
			true => Ok(bundle),
			false => Err(DecodeError::NotCanonical),
		}
	}
}

/// Why bytes are no bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
	/// There are more than a bundle may have.
	#[error("{length} bytes are more than the {MAX_LENGTH} of a bundle")]
	TooLong {
		/// How many there are.
		length: usize,
	},
	/// They do not begin as a bundle does.
	#[error("the bytes do not begin as a bundle does")]
	WrongMagic,
	/// They are of a version that is not known here.
	#[error("the bundle's version {0} is unknown: take a newer program")]
	UnknownVersion(u8),
	/// They end too early or too late, or have what is no value where there should be one.
	#[error("the bytes are not those of a bundle: damaged, cut off, or with something after it")]
	Malformed,
	/// They can be read, and are not what is written for it.
	#[error("the bundle is not in its one form")]
	NotCanonical,
}
