//! Tells what a twin signed from what this process did. Knows no clock, disk or network.
//!
//! A twin is another node with the same keys. Here it can only be seen by what it signs, and what is seen counts only
//! if it can't be from this node's own past: if its slot or round began after this process began to look.

use crate::{
	record::{Key, Votes},
	vote::{Kind, Position, Target},
};
use aitbc_core::Hash;
use sp_consensus_babe::{AuthorityId as BabeKey, Slot};
use std::{
	collections::{BTreeMap, VecDeque},
	fmt,
	time::Duration,
};

/// How long the network is watched before a key is used that may be in use elsewhere. A validator votes every few
/// seconds as long as finality goes on.
pub const WAIT: Duration = Duration::from_secs(120);

/// How old a guard file is when its node may have been replaced by another one meanwhile.
pub const MAX_AGE: Duration = Duration::from_secs(600);

/// How long a voter may take to catch up with the network, once the node is synced. It asks for the current round as
/// soon as it has a peer that is two rounds ahead.
///
/// Until then it may be in a round in which it voted long ago, and votes that it sees may be its own.
pub const SETTLING: Duration = Duration::from_secs(12);

/// How many rounds the network may be ahead of a voter that has settled: it jumps when it is behind by two.
const UNSEEN_ROUNDS: u64 = 2;

/// How many blocks of each key are remembered: at least three minutes, as a slot has 3 s.
const KEPT_BLOCKS: usize = 64;

/// What was signed with a guarded key, as the network shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sighting {
	/// A block.
	Block {
		/// Who sealed it.
		key: BabeKey,
		/// Its slot.
		slot: Slot,
		/// The hash of its header without the seal.
		pre_hash: Hash,
	},
	/// A vote.
	Vote {
		/// Who cast it.
		key: sp_consensus_grandpa::AuthorityId,
		/// When.
		position: Position,
		/// What it does.
		kind: Kind,
		/// For which block, if that is known.
		target: Option<Target>,
	},
}

impl Sighting {
	/// The key that signed.
	pub fn key(&self) -> Key {
		match self {
			Self::Block { key, .. } => Key::Babe(key.clone()),
			Self::Vote { key, .. } => Key::Grandpa(key.clone()),
		}
	}
}

impl fmt::Display for Sighting {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Block { slot, pre_hash, .. } => {
				write!(f, "a block for slot {} ({pre_hash:?} without its seal)", **slot)?;
			},
			Self::Vote { position, kind, target: None, .. } => write!(f, "a {kind} in {position}")?,
			Self::Vote { position, kind, target: Some(target), .. } => {
				write!(f, "a {kind} in {position} for {target}")?;
			},
		}
		write!(f, ", signed with {}", self.key())
	}
}

/// Who signed something with a guarded key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
	/// This node, and it remembers.
	Own,
	/// It may be this node, before it forgot or was restored from a copy.
	Past,
	/// Another node.
	Twin,
}

/// What this process has made, and since when it looks.
#[derive(Debug, Default)]
pub(crate) struct Watch {
	/// The slot in which the process began. What has a later slot began after it.
	first_slot: Option<Slot>,
	/// The last position that the network may have had when votes began to count. What has a later one began after.
	first_position: Option<Position>,
	/// Key -> the slots and headers of the blocks that were made last, the earliest first.
	made: BTreeMap<BabeKey, VecDeque<(Slot, Hash)>>,
}

impl Watch {
	/// Notes the slot that it is.
	pub(crate) fn at_slot(&mut self, slot: Slot) {
		self.first_slot.get_or_insert(slot);
	}

	/// Notes the position of the voter, once it has settled.
	pub(crate) fn at_position(&mut self, position: Position) {
		let Position { set, round } = position;
		let round = round.saturating_add(UNSEEN_ROUNDS);
		self.first_position.get_or_insert(Position { set, round });
	}

	/// Notes that this process is about to seal a block.
	pub(crate) fn made(&mut self, key: &BabeKey, slot: Slot, pre_hash: Hash) {
		let made = self.made.entry(key.clone()).or_default();
		made.push_back((slot, pre_hash));
		if made.len() > KEPT_BLOCKS {
			made.pop_front();
		}
	}

	/// Whose block it is.
	pub(crate) fn origin_of_block(&self, key: &BabeKey, slot: Slot, pre_hash: Hash) -> Origin {
		if self.first_slot.is_none_or(|first| slot <= first) {
			return Origin::Past;
		}
		let Some(made) = self.made.get(key) else { return Origin::Twin };
		let earliest = made.front().map(|(slot, _)| *slot);
		match made.iter().find(|(own, _)| *own == slot) {
			Some((_, own)) if *own == pre_hash => Origin::Own,
			// Too long ago to remember.
			None if made.len() >= KEPT_BLOCKS && Some(slot) < earliest => Origin::Past,
			_ => Origin::Twin,
		}
	}

	/// Whose vote it is. `own` are the votes that this node has cast with the key.
	pub(crate) fn origin_of_vote(
		&self,
		own: Option<&Votes>,
		position: Position,
		kind: Kind,
		target: Option<Target>,
	) -> Origin {
		match own.and_then(|own| own.get(position, kind)) {
			Some(signed) if target.is_none_or(|target| target == signed) => return Origin::Own,
			_ => {},
		}
		let began_before = self.first_position.is_none_or(|first| position <= first);
		// Up to the floor it is not known what was voted.
		let is_forgotten = own.is_some_and(|own| own.floor() >= Some(position));
		match began_before || is_forgotten {
			true => Origin::Past,
			false => Origin::Twin,
		}
	}
}

#[cfg(test)]
mod tests;
