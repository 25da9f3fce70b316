//! What GRANDPA's voter keeps in the database, brought in line with what was signed.
//!
//! The voter writes a vote to the database before it has it signed, but the database gets to the disk later than the
//! guard file. A node that was killed may so forget a vote that it has sent. It would then vote anew in that round,
//! be refused, and end; and if a third of all validators were killed, by a power cut for instance, staying out of that
//! round instead would stop finality for good. So the votes are put back before the voter starts, and it casts the same
//! ones again.

use crate::{
	record::{Record, Round, Votes},
	vote::{Kind, Position, Target, Vote},
};
use aitbc_core::{BlockNumber, Hash};
use codec::{Decode, DecodeAll, Encode};
use finality_grandpa::{round::State as RoundState, SignedMessage};
use sp_consensus_grandpa::{AuthorityId as GrandpaKey, AuthoritySignature, RoundNumber, SetId};
use std::collections::BTreeMap;

/// Where the voter's state is among the client's auxiliary data: `SET_STATE_KEY` in `sc-consensus-grandpa`'s
/// `aux_schema.rs`.
pub const VOTER_STATE_KEY: &[u8] = b"grandpa_completed_round";

/// The voter's state: `VoterSetState` in `sc-consensus-grandpa`'s `environment.rs`, which is private there. Of version 3
/// of its schema.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum VoterState {
	/// It votes.
	Live { completed: CompletedRounds, current: BTreeMap<RoundNumber, HasVoted> },
	/// It doesn't.
	Paused { completed: CompletedRounds },
}

/// The rounds of a set that are over, the latest first. Never empty: it begins with round 0.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct CompletedRounds {
	rounds: Vec<CompletedRound>,
	set: SetId,
	voters: Vec<GrandpaKey>,
}

/// A round that is over.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct CompletedRound {
	number: RoundNumber,
	state: RoundState<Hash, BlockNumber>,
	base: (Hash, BlockNumber),
	votes: Vec<SignedMessage<Hash, BlockNumber, AuthoritySignature, GrandpaKey>>,
}

/// Whether this node has voted in a round.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum HasVoted {
	No,
	Yes(GrandpaKey, Ballot),
}

/// How far it got.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
enum Ballot {
	Propose(Target),
	Prevote(Option<Target>, Target),
	Precommit(Option<Target>, Target, Target),
}

impl Ballot {
	/// The ballot that has these votes. `None` if the voter could not have cast just these.
	fn of(round: &Round) -> Option<Self> {
		match (round.propose, round.prevote, round.precommit) {
			(propose, Some(prevote), Some(precommit)) => {
				Some(Self::Precommit(propose, prevote, precommit))
			},
			(propose, Some(prevote), None) => Some(Self::Prevote(propose, prevote)),
			(Some(propose), None, None) => Some(Self::Propose(propose)),
			_ => None,
		}
	}

	/// The votes of the ballot.
	fn votes(&self) -> impl Iterator<Item = (Kind, Target)> {
		let (propose, prevote, precommit) = match *self {
			Self::Propose(propose) => (Some(propose), None, None),
			Self::Prevote(propose, prevote) => (propose, Some(prevote), None),
			Self::Precommit(propose, prevote, precommit) => {
				(propose, Some(prevote), Some(precommit))
			},
		};
		let votes = Kind::ALL.into_iter().zip([propose, prevote, precommit]);
		votes.filter_map(|(kind, target)| target.map(|target| (kind, target)))
	}
}

/// What the database and the record say together.
#[derive(Debug, PartialEq)]
pub(crate) struct Reconciled {
	/// The voter's state with all votes that the record has, if that differs from what is stored.
	pub(crate) stored: Option<Vec<u8>>,
	/// Whether what is stored is not what this version of the SDK writes.
	pub(crate) is_unknown: bool,
	/// GRANDPA key -> the position up to which it must not vote, as the database knows too little of what it voted.
	pub(crate) behind: BTreeMap<GrandpaKey, Position>,
}

/// Brings the stored state of the voter and `record` in line. The record learns what only the database has; where they
/// differ the record is right, as only what it has was signed.
pub(crate) fn reconcile(stored: Option<&[u8]>, record: &mut Record) -> Reconciled {
	let decoded = stored.map(|bytes| VoterState::decode_all(&mut &bytes[..]));
	let is_unknown = !matches!(decoded, None | Some(Ok(VoterState::Live { .. })));
	let mut state = match decoded {
		Some(Ok(VoterState::Live { completed, current })) => Some((completed, current)),
		_ => None,
	};
	// Without a state, the voter begins with round 1 of set 0.
	let start = state.as_ref().map_or(Position { set: 0, round: 1 }, |(completed, _)| {
		let last = completed.rounds.first().map_or(0, |round| round.number);
		Position { set: completed.set, round: last.saturating_add(1) }
	});
	let before = state.clone();
	if let Some((completed, current)) = &state {
		learn(completed.set, current, record);
	}
	let mut behind = BTreeMap::new();
	for (key, votes) in &record.grandpa {
		let Some(top) = votes.top().filter(|top| *top >= start) else { continue };
		let current = state.as_mut().map(|(_, current)| current);
		let is_restored = current.is_some_and(|current| restore(key, votes, start, top, current));
		if !is_restored {
			behind.insert(key.clone(), top);
		}
	}
	let changed = state.filter(|state| Some(state) != before.as_ref());
	let stored =
		changed.map(|(completed, current)| VoterState::Live { completed, current }.encode());
	Reconciled { stored, is_unknown, behind }
}

/// Adds to the record what the database says was voted in the rounds that are not over.
fn learn(set: SetId, current: &BTreeMap<RoundNumber, HasVoted>, record: &mut Record) {
	for (&round, voted) in current {
		let HasVoted::Yes(key, ballot) = voted else { continue };
		for (kind, target) in ballot.votes() {
			let vote = Vote { position: Position { set, round }, kind, target };
			// What conflicts, or is forgotten, the record knows better.
			let _ = record.cast(key, &vote);
		}
	}
}

/// Puts all votes from `start` on into the voter's current rounds. False, and nothing changed, if that can't be done.
fn restore(
	key: &GrandpaKey,
	votes: &Votes,
	start: Position,
	top: Position,
	current: &mut BTreeMap<RoundNumber, HasVoted>,
) -> bool {
	if top.set != start.set || votes.floor() >= Some(start) {
		return false;
	}
	let mut restored = current.clone();
	for (position, round) in votes.rounds().filter(|(position, _)| *position >= start) {
		let Some(ballot) = Ballot::of(round) else { return false };
		match restored.insert(position.round, HasVoted::Yes(key.clone(), ballot)) {
			Some(HasVoted::Yes(other, _)) if other != *key => return false,
			_ => {},
		}
	}
	*current = restored;
	true
}

#[cfg(test)]
pub(crate) mod tests;
