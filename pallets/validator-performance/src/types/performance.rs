//! What an era's end makes of slots.

use super::SlotCount;
use alloc::collections::BTreeMap;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::{traits::Zero, Perbill};

/// How a validator did its slots of an era that has ended, and what followed.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Performance {
	/// The era's slots.
	pub slots: SlotCount,
	/// Slots of the eras before that count with them when silence is judged: there were too few then.
	pub carried: SlotCount,
	/// What became of its points.
	pub points: PointsChange,
	/// What followed, beside the reward.
	pub consequence: Consequence,
}

impl Performance {
	/// Whether it filled none of the slots by which silence was judged.
	pub fn is_silent(&self) -> bool {
		matches!(self.consequence, Consequence::Silent { .. })
	}

	/// The slots by which silence was judged.
	pub fn judged(&self) -> SlotCount {
		self.carried.plus(self.slots)
	}

	/// The slots that count again in the next era.
	pub fn left_over(&self) -> SlotCount {
		match self.consequence {
			Consequence::CarriedOver => self.judged(),
			Consequence::Nothing | Consequence::Silent { .. } => SlotCount::default(),
		}
	}
}

/// What followed from a validator's slots, beside its reward.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Consequence {
	/// It had too few slots to be called silent. They count again in the next era.
	#[codec(index = 0)]
	CarriedOver,
	/// It filled slots.
	#[codec(index = 1)]
	Nothing,
	/// It filled none, and lost the era's reward.
	#[codec(index = 2)]
	Silent {
		/// Whether it was taken off the candidates for it.
		chilled: bool,
	},
}

/// A validator's points of an era, before the era was closed and after.
///
/// A point is a part of the era's reward: the reward is divided by the total of the points.
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
pub struct PointsChange {
	/// What staking had counted: those of the blocks that it made.
	pub before: u32,
	/// What the total has of it: those of all slots that it had.
	pub due: u32,
	/// What it is paid for.
	pub after: u32,
}

impl PointsChange {
	/// What part of its due it is paid, rounded down: its uptime, and the grace.
	pub fn factor(&self) -> Perbill {
		if self.due.is_zero() {
			return Perbill::one();
		}
		Perbill::from_rational(self.after, self.due)
	}
}

/// How points are found.
#[derive(Clone, Copy, Debug)]
pub struct Reward {
	/// What a block earns, in points.
	pub per_block: u32,
	/// The share of slots that may be missed and are paid.
	pub grace: Perbill,
}

impl Reward {
	/// The points of a validator that made blocks for `before`, and had these slots in the era.
	pub fn of(&self, before: u32, slots: SlotCount, is_silent: bool) -> PointsChange {
		let due = before.saturating_add(self.per_block.saturating_mul(slots.missed));
		let after = match is_silent {
			true => 0,
			false => before.saturating_add(self.per_block.saturating_mul(self.forgiven(slots))),
		};
		PointsChange { before, due, after }
	}

	/// How many of the slots that were missed are paid.
	fn forgiven(&self, slots: SlotCount) -> u32 {
		match slots.filled() {
			0 => 0,
			_ => self.grace.mul_floor(slots.assigned).min(slots.missed),
		}
	}
}

/// The points of an era.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Points<AccountId> {
	/// By how many points the era's reward is divided.
	pub total: u32,
	/// How many of these each validator has.
	pub individual: BTreeMap<AccountId, u32>,
}
