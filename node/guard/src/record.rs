//! What was signed, with which key.

mod votes;

pub use votes::{Cast, Round, Votes, KEPT_ROUNDS};

use crate::{
	refused::Refused,
	vote::{Position, Vote},
};
use serde::{Deserialize, Serialize};
use sp_consensus_babe::{AuthorityId as BabeKey, Slot};
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use std::{collections::BTreeMap, fmt};

/// A key that is guarded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
	/// Seals blocks.
	Babe(BabeKey),
	/// Votes on finality.
	Grandpa(GrandpaKey),
}

impl fmt::Display for Key {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (name, public): (_, &[u8]) = match self {
			Self::Babe(key) => ("babe", key.as_ref()),
			Self::Grandpa(key) => ("gran", key.as_ref()),
		};
		write!(f, "{name} 0x{}", hex::encode(public))
	}
}

/// A time by the machine's clock, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixTime(pub u64);

/// That a twin was seen: another node that signs with this node's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alarm {
	/// When.
	pub at: UnixTime,
	/// What the twin did.
	pub sighting: String,
}

/// Everything that the guard remembers. Changing it is free; only the guard file makes it last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
	/// Until when this node was known to be the only one that has the keys: when it signed something last, or ended a
	/// wait.
	pub alone: UnixTime,
	/// The twin that was seen last, unless a later wait has seen none.
	pub alarm: Option<Alarm>,
	/// BABE key -> the highest slot for which a block was begun, if one was. Only keys that were admitted.
	pub babe: BTreeMap<BabeKey, Option<Slot>>,
	/// GRANDPA key -> the votes that were cast.
	pub grandpa: BTreeMap<GrandpaKey, Votes>,
}

/// What became of two records that were put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
	/// Keys of which something is known that was not.
	pub raised: Vec<Key>,
	/// Votes that both records have, for different blocks: offences that happened already. Both are given.
	pub conflicts: Vec<(GrandpaKey, Vote, Vote)>,
}

impl Record {
	/// The keys of which it was made sure that nobody else has them.
	pub fn admitted(&self) -> impl Iterator<Item = Key> + '_ {
		let votes = self.grandpa.iter().filter(|(_, votes)| votes.is_admitted);
		let babe = self.babe.keys().cloned().map(Key::Babe);
		babe.chain(votes.map(|(key, _)| Key::Grandpa(key.clone())))
	}

	/// Notes that it was made sure that nobody else has `key`.
	pub fn admit(&mut self, key: &Key) {
		match key {
			Key::Babe(key) => {
				self.babe.entry(key.clone()).or_default();
			},
			Key::Grandpa(key) => {
				self.grandpa.entry(key.clone()).or_default().is_admitted = true;
			},
		}
	}

	/// Notes that a block is begun for `slot`. Refused unless the slot is above all of the key so far.
	///
	/// The same block is no exception: sr25519 signatures differ each time, so two seals of one block make two
	/// headers, and `sp_consensus_babe::check_equivocation_proof` takes them for an offence.
	pub fn begin(&mut self, key: &BabeKey, slot: Slot) -> Result<(), Refused> {
		let last = self.babe.entry(key.clone()).or_default();
		match *last {
			Some(last) if slot <= last => Err(Refused::SlotTaken { slot, last }),
			_ => {
				*last = Some(slot);
				Ok(())
			},
		}
	}

	/// Notes that `vote` is cast, if that conflicts with nothing that was.
	pub fn cast(&mut self, key: &GrandpaKey, vote: &Vote) -> Result<Cast, Refused> {
		self.grandpa.entry(key.clone()).or_default().cast(vote)
	}

	/// Gives up on the rounds up to `position`, of which it is not known what was voted.
	pub fn forget(&mut self, key: &GrandpaKey, position: Position) {
		self.grandpa.entry(key.clone()).or_default().raise(Some(position));
	}

	/// Adds what `other` knows. Whatever either of both would refuse, the result refuses.
	pub fn merge(&mut self, other: &Self) -> Merged {
		let mut merged = Merged::default();
		self.alone = self.alone.max(other.alone);
		if other.alarm.as_ref().map(|alarm| alarm.at) > self.alarm.as_ref().map(|alarm| alarm.at) {
			self.alarm.clone_from(&other.alarm);
		}
		for (key, slot) in &other.babe {
			let before = self.babe.get(key).copied();
			let after = before.flatten().max(*slot);
			if before != Some(after) {
				self.babe.insert(key.clone(), after);
				merged.raised.push(Key::Babe(key.clone()));
			}
		}
		for (key, votes) in &other.grandpa {
			let before = self.grandpa.get(key).cloned();
			let after = self.grandpa.entry(key.clone()).or_default();
			for (own, others) in after.merge(votes) {
				merged.conflicts.push((key.clone(), own, others));
			}
			if before.as_ref() != Some(after) {
				merged.raised.push(Key::Grandpa(key.clone()));
			}
		}
		merged
	}
}

#[cfg(test)]
mod tests;
