//! Why something is not signed.

use crate::{
	file::FileError,
	record::Key,
	vote::{Position, Target, Vote},
};
use sp_consensus_babe::Slot;

/// What kind of refusal it is, for the node's metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
	/// [`Refused::SlotTaken`].
	SlotTaken,
	/// [`Refused::NoPermit`].
	NoPermit,
	/// [`Refused::Conflict`].
	Conflict,
	/// [`Refused::Forgotten`].
	Forgotten,
	/// [`Refused::NotAVote`].
	NotAVote,
	/// [`Refused::WrongScheme`].
	WrongScheme,
	/// [`Refused::Waiting`].
	Waiting,
	/// [`Refused::Twin`].
	Twin,
	/// [`Refused::NotWritten`].
	NotWritten,
}

impl Reason {
	/// All of them, with the value of the metric's label.
	pub const ALL: [(Self, &'static str); 9] = [
		(Self::SlotTaken, "slot_taken"),
		(Self::NoPermit, "no_permit"),
		(Self::Conflict, "conflict"),
		(Self::Forgotten, "forgotten"),
		(Self::NotAVote, "not_a_vote"),
		(Self::WrongScheme, "wrong_scheme"),
		(Self::Waiting, "waiting"),
		(Self::Twin, "twin"),
		(Self::NotWritten, "not_written"),
	];
}

/// Why something is not signed.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
	/// A block was begun for that slot, or for a later one.
	#[error(
		"a block for slot {} is refused: one was begun for slot {}, so this node, its former self or its clock is wrong",
		**slot, **last
	)]
	SlotTaken {
		/// The slot that was asked for.
		slot: Slot,
		/// The highest slot of the key.
		last: Slot,
	},
	/// A seal was asked for that no permit allows.
	#[error("a seal is refused: nobody said for which slot's block it is")]
	NoPermit,
	/// The same kind of vote was cast in that round, for another block.
	#[error("the {vote} is refused: the same was signed for {signed}")]
	Conflict {
		/// The vote that was asked for.
		vote: Vote,
		/// What was signed.
		signed: Target,
	},
	/// The guard does not remember any more what was voted in that round.
	#[error("the {vote} is refused: what was signed up to {floor} is not known any more")]
	Forgotten {
		/// The vote that was asked for.
		vote: Vote,
		/// Up to where.
		floor: Position,
	},
	/// The bytes are no vote and no proof of possession.
	#[error("a signature with a GRANDPA key is refused: the bytes are no vote")]
	NotAVote,
	/// The key is asked to sign by a scheme that consensus does not use.
	#[error("a signature with a session key by another scheme than consensus uses is refused")]
	WrongScheme,
	/// The node still looks for a twin, or is not synced.
	#[error("{key} does not sign yet: the node is not synced, or still looks for another node with this key")]
	Waiting {
		/// The key.
		key: Key,
	},
	/// A twin was seen.
	#[error("nothing is signed any more: another node has this node's keys ({sighting})")]
	Twin {
		/// What it did.
		sighting: String,
	},
	/// What would be signed could not be written down first.
	#[error("nothing is signed that can't be written down first: {0}")]
	NotWritten(#[from] FileError),
}

impl Refused {
	/// What kind of refusal it is.
	pub fn reason(&self) -> Reason {
		match self {
			Self::SlotTaken { .. } => Reason::SlotTaken,
			Self::NoPermit => Reason::NoPermit,
			Self::Conflict { .. } => Reason::Conflict,
			Self::Forgotten { .. } => Reason::Forgotten,
			Self::NotAVote => Reason::NotAVote,
			Self::WrongScheme => Reason::WrongScheme,
			Self::Waiting { .. } => Reason::Waiting,
			Self::Twin { .. } => Reason::Twin,
			Self::NotWritten(_) => Reason::NotWritten,
		}
	}
}
