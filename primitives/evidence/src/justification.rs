//! What voters of a set finalized a block with.
//!
//! Stricter than sc-consensus-grandpa `justification.rs` `verify_with_voter_set`, so that no part of a justification
//! is without meaning: nobody votes twice, and there is no vote for a block before the target.

use crate::{set::AuthoritySet, Header, Justification};
use aitbc_core::{BlockNumber, Hash};
use finality_grandpa::{validate_commit, Chain, Message};
use serde::Serialize;
use sp_consensus_grandpa::{check_message_signature, AuthorityId, SetId};
use sp_core::crypto::ByteArray;
use sp_runtime::traits::Header as _;
use std::collections::{BTreeMap, BTreeSet};

/// The votes that a block is final by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Votes {
	/// How many voters voted.
	pub voters: usize,
	/// How many there are.
	pub of: usize,
	/// The weight of those who voted.
	pub weight: u64,
	/// The least weight that is enough: all but less than a third.
	pub threshold: u64,
	/// The weight of all.
	pub total: u64,
}

/// Checks that `set` finalized exactly the block of `target`, and that `justification` has nothing else.
///
/// - Who votes is in the set and votes once, with a valid signature.
/// - Each vote is for the target or for a block after it, to which the given headers lead. All of them are used.
/// - The votes have enough weight, and finality-grandpa takes them: one is for the target itself, and no block after
///   it has as much.
pub fn verify(
	justification: &Justification,
	target: &Header,
	set: &AuthoritySet,
) -> Result<Votes, JustificationError> {
	let voters = set.voters().ok_or(JustificationError::NoVoters { set: set.id })?;
	let commit = &justification.commit;
	if (commit.target_number, commit.target_hash) != (*target.number(), target.hash()) {
		return Err(JustificationError::WrongTarget {
			number: commit.target_number,
			hash: commit.target_hash,
		});
	}
	let mut ancestry = Ancestry::new(target, &justification.votes_ancestries)?;
	let mut voted = BTreeSet::new();
	let mut weight = 0u64;
	for vote in &commit.precommits {
		let voter = key(&vote.id);
		let info = voters.get(&vote.id).ok_or(JustificationError::UnknownVoter(voter))?;
		if !voted.insert(voter) {
			return Err(JustificationError::VotesTwice(voter));
		}
		let (message, round) = (Message::Precommit(vote.precommit.clone()), justification.round);
		if !check_message_signature(&message, &vote.id, &vote.signature, round, set.id).is_valid() {
			return Err(JustificationError::BadSignature(voter));
		}
		let number = ancestry.use_for(vote.precommit.target_hash);
		if number != Some(vote.precommit.target_number) {
			return Err(JustificationError::UnrelatedVote(voter));
		}
		weight = weight.saturating_add(info.weight().get());
	}
	if let Some(unused) = ancestry.unused() {
		return Err(JustificationError::UnusedHeader(unused));
	}
	let (threshold, total) = (voters.threshold().get(), voters.total_weight().get());
	if weight < threshold {
		return Err(JustificationError::NotEnoughVotes { weight, threshold });
	}
	match validate_commit(commit, &voters, &ancestry) {
		Ok(result) if result.is_valid() => {
			Ok(Votes { voters: voted.len(), of: voters.len().get(), weight, threshold, total })
		},
		_ => Err(JustificationError::AnotherBlock),
	}
}

/// The bytes of a voter's key.
fn key(id: &AuthorityId) -> Hash {
	Hash::from_slice(id.as_slice())
}

/// The headers that lead from votes back to the target.
struct Ancestry<'a> {
	target: &'a Header,
	target_hash: Hash,
	headers: BTreeMap<Hash, &'a Header>,
	/// Those of the headers that a vote needed.
	used: BTreeSet<Hash>,
}

impl<'a> Ancestry<'a> {
	fn new(target: &'a Header, headers: &'a [Header]) -> Result<Self, JustificationError> {
		let mut by_hash = BTreeMap::new();
		for header in headers {
			let hash = header.hash();
			if by_hash.insert(hash, header).is_some() {
				return Err(JustificationError::UnusedHeader(hash));
			}
		}
		let target_hash = target.hash();
		Ok(Self { target, target_hash, headers: by_hash, used: BTreeSet::new() })
	}

	/// The number of `block`, if it is the target or among the headers.
	fn number(&self, block: &Hash) -> Option<BlockNumber> {
		match *block == self.target_hash {
			true => Some(*self.target.number()),
			false => self.headers.get(block).map(|header| *header.number()),
		}
	}

	/// The number of `block`, if it is the target or the headers lead from it to the target, each with the number
	/// after its parent's. Those count as used.
	fn use_for(&mut self, block: Hash) -> Option<BlockNumber> {
		let (mut at, mut way) = (block, Vec::new());
		while at != self.target_hash && !self.used.contains(&at) {
			let header = self.headers.get(&at)?;
			let parent = *header.parent_hash();
			if self.number(&parent)?.checked_add(1) != Some(*header.number()) {
				return None;
			}
			way.push(at);
			at = parent;
		}
		self.used.extend(way);
		self.number(&block)
	}

	/// A header that no vote needed, if there is one.
	fn unused(&self) -> Option<Hash> {
		self.headers.keys().find(|hash| !self.used.contains(hash)).copied()
	}
}

impl Chain<Hash, BlockNumber> for Ancestry<'_> {
	/// The blocks between `block` and `base`, the latest first.
	fn ancestry(&self, base: Hash, block: Hash) -> Result<Vec<Hash>, finality_grandpa::Error> {
		let (mut at, mut way) = (block, Vec::new());
		while at != base {
			let header = self.headers.get(&at).ok_or(finality_grandpa::Error::NotDescendent)?;
			at = *header.parent_hash();
			way.push(at);
		}
		// The last one is `base` itself.
		way.pop();
		Ok(way)
	}
}

/// Why a justification does not finalize a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JustificationError {
	/// Nobody in the set has weight, or all together too much.
	#[error("the set {set} has no voters, or more weight than there can be")]
	NoVoters {
		/// The set's number.
		set: SetId,
	},
	/// It is for another block.
	#[error("the votes finalize block {number}, {hash:?}, and not this one")]
	WrongTarget {
		/// The number of the block that it is for.
		number: BlockNumber,
		/// That block's hash.
		hash: Hash,
	},
	/// Somebody votes who is not in the set.
	#[error("the voter {0:?} is not in the set")]
	UnknownVoter(Hash),
	/// A voter votes more than once, for the same block or for different ones.
	#[error("the voter {0:?} votes more than once")]
	VotesTwice(Hash),
	/// A voter did not sign its vote for this round of this set.
	#[error("the signature of the voter {0:?} is wrong")]
	BadSignature(Hash),
	/// A vote is for a block that the headers do not lead from to the target, or has not its number.
	#[error("the vote of {0:?} is for a block that is not shown to come after the target")]
	UnrelatedVote(Hash),
	/// A header is there twice, or leads from no vote to the target.
	#[error("the header {0:?} is not needed for any vote")]
	UnusedHeader(Hash),
	/// The votes have too little weight.
	#[error("the votes weigh {weight}, and {threshold} are needed")]
	NotEnoughVotes {
		/// Their weight.
		weight: u64,
		/// The least weight that is enough.
		threshold: u64,
	},
	/// The votes finalize a block after the target, or nobody votes for the target itself.
	#[error("the votes finalize another block than the target: one after it")]
	AnotherBlock,
}
