//! The votes that were cast with one GRANDPA key.

use crate::{
	refused::Refused,
	vote::{Kind, Position, Target, Vote},
};
use std::collections::BTreeMap;

/// How many rounds are remembered vote by vote, for each key: at least 20 s, as a round takes 1.3 s or more.
///
/// A single watermark would not do, for two reasons. A voter that catches up moves its old round to the background,
/// where it may still vote, after votes in later rounds (`finality_grandpa::voter::Voter::process_incoming`). And a
/// node that was killed may find its database some rounds behind; it then has to cast the same votes again, or those
/// rounds are never completed.
pub const KEPT_ROUNDS: usize = 16;

/// What was voted in a round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
	/// The primary's hint.
	pub propose: Option<Target>,
	/// The first vote.
	pub prevote: Option<Target>,
	/// The second vote.
	pub precommit: Option<Target>,
}

impl Round {
	/// The vote of this kind.
	pub fn get(&self, kind: Kind) -> Option<Target> {
		match kind {
			Kind::Propose => self.propose,
			Kind::Prevote => self.prevote,
			Kind::Precommit => self.precommit,
		}
	}

	/// The place of a vote of this kind.
	pub fn get_mut(&mut self, kind: Kind) -> &mut Option<Target> {
		match kind {
			Kind::Propose => &mut self.propose,
			Kind::Prevote => &mut self.prevote,
			Kind::Precommit => &mut self.precommit,
		}
	}
}

/// Whether a vote was cast before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cast {
	/// It was not.
	New,
	/// It was, and ed25519 gives the same signature again.
	Again,
}

/// The votes that were cast with one key.
///
/// Invariants: all rounds are above the floor, and there are at most [`KEPT_ROUNDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Votes {
	/// Whether it was made sure, at some time, that nobody else has the key.
	pub is_admitted: bool,
	/// The last position of which it is not known any more what was voted, or whether.
	floor: Option<Position>,
	/// Position -> what was voted there. All that was voted above the floor is here.
	rounds: BTreeMap<Position, Round>,
}

impl Votes {
	/// Puts together what was written. `None` if that can't be.
	pub(crate) fn new(
		is_admitted: bool,
		floor: Option<Position>,
		rounds: BTreeMap<Position, Round>,
	) -> Option<Self> {
		let is_above = rounds.keys().next().is_none_or(|first| Some(*first) > floor);
		(is_above && rounds.len() <= KEPT_ROUNDS).then_some(Self { is_admitted, floor, rounds })
	}

	/// The last position of which it is not known any more what was voted.
	pub fn floor(&self) -> Option<Position> {
		self.floor
	}

	/// What was voted above the floor, the first position first.
	pub fn rounds(&self) -> impl Iterator<Item = (Position, &Round)> {
		self.rounds.iter().map(|(position, round)| (*position, round))
	}

	/// The last position of which a vote is remembered.
	pub fn last(&self) -> Option<Position> {
		self.rounds.keys().next_back().copied()
	}

	/// The highest position that may have a vote.
	pub fn top(&self) -> Option<Position> {
		self.last().max(self.floor)
	}

	/// The vote of this kind that was cast there.
	pub fn get(&self, position: Position, kind: Kind) -> Option<Target> {
		self.rounds.get(&position)?.get(kind)
	}

	/// Notes that `vote` is cast, if that conflicts with nothing that was.
	pub fn cast(&mut self, vote: &Vote) -> Result<Cast, Refused> {
		let Vote { position, kind, target } = *vote;
		match (self.get(position, kind), self.floor) {
			(Some(signed), _) if signed == target => return Ok(Cast::Again),
			(Some(signed), _) => return Err(Refused::Conflict { vote: *vote, signed }),
			(None, Some(floor)) if position <= floor => {
				return Err(Refused::Forgotten { vote: *vote, floor });
			},
			(None, _) => {},
		}
		*self.rounds.entry(position).or_default().get_mut(kind) = Some(target);
		self.forget();
		Ok(Cast::New)
	}

	/// Adds what `other` knows, and returns the votes of both for different blocks.
	pub(super) fn merge(&mut self, other: &Self) -> Vec<(Vote, Vote)> {
		let mut conflicts = Vec::new();
		self.is_admitted |= other.is_admitted;
		for (&position, theirs) in &other.rounds {
			let ours = self.rounds.entry(position).or_default();
			for kind in Kind::ALL {
				match (ours.get(kind), theirs.get(kind)) {
					(Some(own), Some(other)) if own != other => {
						let vote = |target| Vote { position, kind, target };
						conflicts.push((vote(own), vote(other)));
					},
					(None, Some(other)) => *ours.get_mut(kind) = Some(other),
					_ => {},
				}
			}
		}
		let spoilt = conflicts.iter().map(|(vote, _)| vote.position).max();
		self.raise(other.floor.max(spoilt));
		self.forget();
		conflicts
	}

	/// Raises the floor, and drops what is not above it.
	pub(super) fn raise(&mut self, floor: Option<Position>) {
		self.floor = self.floor.max(floor);
		self.rounds.retain(|position, _| Some(*position) > self.floor);
	}

	/// Forgets the lowest rounds, so that no more than [`KEPT_ROUNDS`] are left.
	fn forget(&mut self) {
		while self.rounds.len() > KEPT_ROUNDS {
			let Some((position, _)) = self.rounds.pop_first() else { return };
			self.floor = self.floor.max(Some(position));
		}
	}
}

#[cfg(test)]
mod tests;
