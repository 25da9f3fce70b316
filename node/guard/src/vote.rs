//! GRANDPA's votes, as they are signed.

use aitbc_core::{BlockNumber, Hash};
use codec::{Decode, DecodeAll, Encode};
use finality_grandpa::{Message, Precommit, Prevote, PrimaryPropose};
use serde::{Deserialize, Serialize};
use sp_consensus_grandpa::{RoundNumber, SetId};
use std::fmt;

/// When a vote is cast. Later sets, and in a set later rounds, are greater.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Position {
	/// The number of the authority set.
	pub set: SetId,
	/// The round. Each set begins anew, with round 1.
	pub round: RoundNumber,
}

impl fmt::Display for Position {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "round {} of set {}", self.round, self.set)
	}
}

/// What a vote does in its round. There is one of each kind in a round, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
	/// The primary's hint. Two of them are bad manners, and no offence.
	Propose,
	/// The first vote.
	Prevote,
	/// The second vote.
	Precommit,
}

impl Kind {
	/// All of them.
	pub const ALL: [Self; 3] = [Self::Propose, Self::Prevote, Self::Precommit];
}

impl fmt::Display for Kind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Propose => "proposal",
			Self::Prevote => "prevote",
			Self::Precommit => "precommit",
		})
	}
}

/// The block that a vote is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub number: BlockNumber,
}

impl fmt::Display for Target {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "block {} ({:?})", self.number, self.hash)
	}
}

/// A vote without its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
	/// When.
	pub position: Position,
	/// What it does.
	pub kind: Kind,
	/// For which block.
	pub target: Target,
}

/// What is signed: `sp_consensus_grandpa::localized_payload`.
type Payload = (Message<Hash, BlockNumber>, RoundNumber, SetId);

impl Vote {
	/// Reads the bytes that GRANDPA signs. `None` if they are anything else.
	///
	/// They have no field of variable length, so no two encodings say the same vote.
	pub fn of_payload(payload: &[u8]) -> Option<Self> {
		let (message, round, set) = Payload::decode_all(&mut &payload[..]).ok()?;
		let (kind, hash, number) = match message {
			Message::PrimaryPropose(vote) => (Kind::Propose, vote.target_hash, vote.target_number),
			Message::Prevote(vote) => (Kind::Prevote, vote.target_hash, vote.target_number),
			Message::Precommit(vote) => (Kind::Precommit, vote.target_hash, vote.target_number),
		};
		Some(Self { position: Position { set, round }, kind, target: Target { hash, number } })
	}

	/// The bytes that GRANDPA signs.
	pub fn payload(&self) -> Vec<u8> {
		let Target { hash, number } = self.target;
		let message = match self.kind {
			Kind::Propose => Message::PrimaryPropose(PrimaryPropose::new(hash, number)),
			Kind::Prevote => Message::Prevote(Prevote::new(hash, number)),
			Kind::Precommit => Message::Precommit(Precommit::new(hash, number)),
		};
		let Position { set, round } = self.position;
		sp_consensus_grandpa::localized_payload(round, set, &message)
	}
}

impl fmt::Display for Vote {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} in {} for {}", self.kind, self.position, self.target)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;
	use sp_core::proof_of_possession::statement_of_ownership;

	fn vote(kind: Kind) -> Vote {
		Vote {
			position: Position { set: 3, round: 0x0102 },
			kind,
			target: Target { hash: Hash::repeat_byte(0xab), number: 0x0708_090a },
		}
	}

	#[test]
	fn payload_should_be_these_bytes() {
		let after_kind = format!(
			"{}{}{}{}",
			"ab".repeat(32),
			"0a090807",
			"0201000000000000",
			"0300000000000000"
		);
		for (kind, first) in [(Kind::Prevote, "00"), (Kind::Precommit, "01"), (Kind::Propose, "02")]
		{
			assert_eq!(hex::encode(vote(kind).payload()), format!("{first}{after_kind}"));
		}
	}

	#[test]
	fn vote_should_be_read_when_grandpa_made_the_payload() {
		let target = vote(Kind::Prevote).target;
		let message: Message<Hash, BlockNumber> =
			Message::Prevote(Prevote::new(target.hash, target.number));

		let payload = sp_consensus_grandpa::localized_payload(0x0102, 3, &message);

		assert_eq!(Vote::of_payload(&payload), Some(vote(Kind::Prevote)));
	}

	#[test]
	fn payload_should_be_no_vote_when_its_length_is_another() {
		let payload = vote(Kind::Precommit).payload();
		assert_eq!(payload.len(), 53);

		for length in 0..payload.len() {
			assert_eq!(Vote::of_payload(&payload[..length]), None, "{length} bytes");
		}
		assert_eq!(Vote::of_payload(&[&payload[..], &[0]].concat()), None);
	}

	#[test]
	fn payload_should_be_no_vote_when_the_kind_is_unknown() {
		let mut payload = vote(Kind::Precommit).payload();
		for kind in 3..=u8::MAX {
			payload[0] = kind;
			assert_eq!(Vote::of_payload(&payload), None, "{kind}");
		}
	}

	proptest! {
		#[test]
		fn vote_should_survive_its_payload(
			set: u64,
			round: u64,
			kind in proptest::sample::select(&Kind::ALL[..]),
			hash: [u8; 32],
			number: u32,
		) {
			let target = Target { hash: hash.into(), number };
			let vote = Vote { position: Position { set, round }, kind, target };

			prop_assert_eq!(Vote::of_payload(&vote.payload()), Some(vote));
		}

		#[test]
		fn statement_of_ownership_should_be_no_vote_whoever_owns(owner: Vec<u8>) {
			prop_assert_eq!(Vote::of_payload(&statement_of_ownership(&owner)), None);
		}

		#[test]
		fn payload_should_be_what_was_read(bytes in proptest::collection::vec(any::<u8>(), 53)) {
			let mut bytes = bytes;
			bytes[0] %= 3;

			let vote = Vote::of_payload(&bytes).expect("53 bytes of a known kind are a vote");

			prop_assert_eq!(vote.payload(), bytes);
		}
	}
}
