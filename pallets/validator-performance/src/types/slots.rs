//! Slots, and who has to fill them.

use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_consensus_babe::{AuthorityIndex, Randomness, Slot};
use sp_core::U256;
use sp_io::hashing::blake2_256;
use sp_runtime::Perbill;

/// How many slots a validator had to fill.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct SlotCount {
	/// Slots that it filled, and slots that it alone had to fill and nobody did.
	pub assigned: u32,
	/// The latter.
	pub missed: u32,
}

impl SlotCount {
	/// One slot that was filled.
	pub const FILLED: Self = Self { assigned: 1, missed: 0 };

	/// One slot that was not.
	pub const MISSED: Self = Self { assigned: 1, missed: 1 };

	/// How many slots were filled.
	pub fn filled(self) -> u32 {
		self.assigned.saturating_sub(self.missed)
	}

	/// The share of slots that were filled, rounded down. One if there were none.
	pub fn uptime(self) -> Perbill {
		match self.assigned {
			0 => Perbill::one(),
			assigned => Perbill::from_rational(self.filled(), assigned),
		}
	}

	/// Both counts together.
	pub fn plus(self, other: Self) -> Self {
		Self {
			assigned: self.assigned.saturating_add(other.assigned),
			missed: self.missed.saturating_add(other.missed),
		}
	}
}

/// An epoch, and what decides who makes its blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch<AccountId> {
	/// Its first slot.
	pub first: Slot,
	/// How many slots it has.
	pub length: u64,
	/// Its validators, in the order of BABE's authorities.
	pub validators: Vec<AccountId>,
	/// Which of them are disabled now: they may make no block.
	pub disabled: Vec<AuthorityIndex>,
	/// What its lots are drawn with. It was fixed before the epoch began.
	pub randomness: Randomness,
	/// Whether a slot without a primary author has a secondary one.
	pub has_secondary_authors: bool,
}

impl<AccountId> Epoch<AccountId> {
	/// Whether `slot` is one of its slots.
	pub fn has(&self, slot: Slot) -> bool {
		(*slot).checked_sub(*self.first).is_some_and(|place| place < self.length)
	}

	/// The secondary author of `slot`: the one validator that has to fill it when no primary author does. `None` if
	/// slots have none.
	///
	/// The draw is `secondary_slot_author` in `authorship.rs` of sc-consensus-babe, whose authorities all weigh the
	/// same here.
	pub fn secondary_author(&self, slot: Slot) -> Option<AuthorityIndex> {
		if !self.has_secondary_authors {
			return None;
		}
		let lot = U256::from_big_endian(&(self.randomness, slot).using_encoded(blake2_256));
		let place = lot.checked_rem(U256::from(self.validators.len()))?;
		AuthorityIndex::try_from(place).ok()
	}

	/// The validator at a place, if it may make blocks.
	pub fn enabled(&self, index: AuthorityIndex) -> Option<&AccountId> {
		if self.disabled.contains(&index) {
			return None;
		}
		usize::try_from(index).ok().and_then(|index| self.validators.get(index))
	}
}
