//! What holds when a bundle does, and what that rests on.

use crate::{bundle::Header, json, justification::Votes};
use aitbc_audit::Record;
use aitbc_bitcoin::{BlockHash, ChainedHeader, Commitment, Network, Payload, Txid, Work};
use aitbc_core::{BlockNumber, Hash};
use serde::Serialize;
use sp_consensus_grandpa::SetId;
use sp_runtime::traits::Header as _;
use std::fmt;

/// What a bundle shows. Two bundles that show the same of the same have the same verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
	/// What is claimed of the block.
	pub claim: Proven,
	/// The anchored block.
	pub block: AnchoredBlock,
	/// Why it is final.
	pub finality: Finalized,
	/// How Bitcoin has it.
	pub anchor: Anchored,
	/// The chain of Bitcoin's headers that has the anchor.
	pub bitcoin: HeaderChain,
	/// What all of this rests on. Who uses the verdict has to compare it with what it knows.
	pub trust: Trust,
}

/// What is claimed of the anchored block, and holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "a verdict has one")]
pub enum Proven {
	/// That it is a block of this chain.
	Block,
	/// That the audit log had this record before it.
	Record {
		/// What the record says.
		#[serde(serialize_with = "json::record")]
		record: Record,
		/// How many records the log had.
		count: u64,
	},
	/// What its state has under a key.
	Storage {
		/// The key.
		#[serde(serialize_with = "json::bytes")]
		key: Vec<u8>,
		/// The value. `None` if there is none.
		#[serde(serialize_with = "json::optional_bytes")]
		value: Option<Vec<u8>>,
	},
}

/// A block of this chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Block {
	/// Its number.
	pub number: BlockNumber,
	/// Its hash.
	pub hash: Hash,
}

impl Block {
	/// The block of this header.
	pub fn of(header: &Header) -> Self {
		Self { number: *header.number(), hash: header.hash() }
	}
}

impl fmt::Display for Block {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "block {} ({:?})", self.number, self.hash)
	}
}

/// The anchored block of this chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AnchoredBlock {
	/// Which block it is.
	#[serde(flatten)]
	pub block: Block,
	/// The root of its state.
	pub state_root: Hash,
	/// The root of the audit log as of the block before, if its digest has one.
	pub audit_root: Option<Hash>,
}

/// Why the anchored block is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Finalized {
	/// How often the set of authorities changed since the start.
	pub changes: usize,
	/// The number of the set that finalized it.
	pub set_id: SetId,
	/// The block that its voters signed: the anchored one or one after it.
	pub target: Block,
	/// Their votes.
	pub votes: Votes,
}

/// How Bitcoin has the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Anchored {
	/// What the anchor says.
	#[serde(serialize_with = "json::payload")]
	pub payload: Payload,
	/// How the transaction commits to it.
	#[serde(serialize_with = "json::commitment")]
	pub commitment: Commitment,
	/// The transaction.
	#[serde(serialize_with = "json::text")]
	pub txid: Txid,
	/// Its output, counted from 0.
	pub output: u32,
	/// The block that has it.
	pub block: BitcoinBlock,
	/// When the block's miner says that it was mined, in seconds since 1970.
	pub time: u32,
	/// How many blocks there are from that one on, itself counted: the tip has 1.
	pub confirmations: u32,
}

/// A block of Bitcoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BitcoinBlock {
	/// Its height.
	pub height: u32,
	/// Its hash, written as Bitcoin Core does.
	#[serde(serialize_with = "json::text")]
	pub hash: BlockHash,
}

impl BitcoinBlock {
	/// The block of this header.
	pub fn of(header: &ChainedHeader) -> Self {
		Self { height: header.height(), hash: header.hash() }
	}
}

impl fmt::Display for BitcoinBlock {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "Bitcoin block {} ({})", self.height, self.hash)
	}
}

/// The chain of Bitcoin's headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderChain {
	/// Its last block.
	pub tip: BitcoinBlock,
	/// The work of all blocks up to the tip: what the checkpoint says, and what was checked.
	#[serde(serialize_with = "json::text")]
	pub work: Work,
	/// The work of the blocks after the checkpoint, which was checked.
	#[serde(serialize_with = "json::text")]
	pub work_since_checkpoint: Work,
}

/// What is trusted, and nothing else is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Trust {
	/// This chain's beginning.
	pub start: TrustedStart,
	/// Bitcoin's.
	pub checkpoint: TrustedCheckpoint,
}

/// What is trusted of this chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum TrustedStart {
	/// That this is its genesis block.
	Genesis {
		/// Its hash.
		hash: Hash,
	},
	/// That these were its authorities.
	Set {
		/// The set's number.
		set_id: SetId,
		/// Blake2b-256 of its number and list.
		hash: Hash,
	},
}

/// What is trusted of Bitcoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TrustedCheckpoint {
	/// The network.
	#[serde(serialize_with = "json::text")]
	pub network: Network,
	/// That this block is in its best chain.
	#[serde(flatten)]
	pub block: BitcoinBlock,
	/// The first block of its period, whose time and target decide on the next target.
	#[serde(serialize_with = "json::text")]
	pub period_start: BlockHash,
	/// The work of all blocks up to it.
	#[serde(serialize_with = "json::text")]
	pub work: Work,
}
