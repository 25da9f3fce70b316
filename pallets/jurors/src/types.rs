//! What the pallet stores, and what it tells its clients.

use aitbc_core::{Balance, CaseId, Round};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// How many epochs after it was asked for a jury is drawn, or a change of weight applied.
///
/// The randomness of an epoch is made of what blocks' authors reveal two epochs before. Whoever asks
/// in epoch `e` asks before the first of that is revealed which decides the draws of `e + 3`.
pub const DELAY: u64 = 3;

/// How many points are tried for a seat before it stays vacant.
pub const MAX_ATTEMPTS: u8 = 8;

/// The first bytes of what the randomness of a draw is asked with.
pub const DRAW_CONTEXT: &[u8; 10] = b"aitbc/jury";

/// A stretch of blocks with one randomness, counted from genesis.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Epoch(pub u64);

impl Epoch {
	/// The epoch in which what is asked for in this one is done.
	pub fn due(self) -> Self {
		// At an hour each, 2^64 epochs never pass.
		Self(self.0.saturating_add(DELAY))
	}
}

/// A place on the line of slots: the number of a leaf of the tree of weights.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct SlotIndex(pub u32);

/// A slot that was given out once.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Slot<AccountId> {
	/// A juror has it.
	#[codec(index = 0)]
	Taken(AccountId),
	/// Its juror left. It has no weight.
	#[codec(index = 1)]
	Vacant {
		/// The slot that became vacant before and still is.
		next: Option<SlotIndex>,
	},
}

/// Which slots can be given out.
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
pub struct SlotTable {
	/// How many were ever given out: those with a lower index.
	pub used: u32,
	/// How many of them are vacant.
	pub vacant: u32,
	/// The one that became vacant last, and is taken first.
	pub next_vacant: Option<SlotIndex>,
}

impl SlotTable {
	/// How many jurors there are.
	pub fn jurors(&self) -> u32 {
		self.used.saturating_sub(self.vacant)
	}
}

/// A place in a queue. Given out in order, never twice.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct QueuePosition(pub u64);

/// Where a queue begins and ends. All that is in it was put there in the order of its position.
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
pub struct QueueEnds {
	/// The position of the first item, if there is one. Whatever was before it is done.
	pub head: QueuePosition,
	/// The position that the next item gets.
	pub tail: QueuePosition,
}

impl QueueEnds {
	/// Gives out a position at the end, unless all are used up.
	pub fn push(&mut self) -> Option<QueuePosition> {
		let position = self.tail;
		self.tail = QueuePosition(position.0.checked_add(1)?);
		Some(position)
	}

	/// Whether nothing waits.
	pub fn is_empty(&self) -> bool {
		self.head >= self.tail
	}

	/// Leaves the first item behind.
	pub fn pop(&mut self) {
		self.head = QueuePosition(self.head.0.saturating_add(1)).min(self.tail);
	}

	/// How many items wait.
	pub fn len(&self) -> u64 {
		self.tail.0.saturating_sub(self.head.0)
	}
}

/// The part of a bond that its juror takes out.
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
pub struct Leaving {
	/// How much, in plancks. More than nothing, and no more than the bond.
	pub amount: Balance,
	/// The change of weight that must be applied before the money may go, or `None` when no weight
	/// counted it any more.
	pub behind: Option<QueuePosition>,
}

impl Leaving {
	/// What goes on leaving when `amount` is gone, if anything does.
	pub fn without(self, amount: Balance) -> Option<Self> {
		let amount = self.amount.saturating_sub(amount);
		(amount > 0).then_some(Self { amount, ..self })
	}
}

/// Somebody who may be drawn to judge.
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
pub struct Juror {
	/// Its slot, which it keeps until it has left.
	pub slot: SlotIndex,
	/// What is held on it, in plancks.
	pub bond: Balance,
	/// What it has at stake for its seats, in plancks. No more than the bond.
	pub locked: Balance,
	/// What it takes out.
	pub leaving: Option<Leaving>,
	/// Its weight in the tree, in plancks.
	pub weight: Balance,
	/// The last change of its weight that waits, if any does.
	pub change: Option<QueuePosition>,
}

impl Juror {
	/// A juror with this slot and nothing else.
	pub fn new(slot: SlotIndex) -> Self {
		Self { slot, bond: 0, locked: 0, leaving: None, weight: 0, change: None }
	}

	/// The part of the bond that it does not take out, in plancks.
	pub fn staying(&self) -> Balance {
		self.bond.saturating_sub(self.leaving.map_or(0, |leaving| leaving.amount))
	}

	/// The part of the bond that stays and is not at stake, in plancks. Weight counts this.
	pub fn free(&self) -> Balance {
		self.staying().saturating_sub(self.locked)
	}

	/// The part of the bond that is not at stake, in plancks. Seats lock this, and what is leaving
	/// is part of it until it has left.
	pub fn lockable(&self) -> Balance {
		self.bond.saturating_sub(self.locked)
	}

	/// Lets no more leave than there is.
	pub fn clamp_leaving(&mut self) {
		let bond = self.bond;
		self.leaving =
			self.leaving.and_then(|leaving| leaving.without(leaving.amount.saturating_sub(bond)));
	}

	/// Whether nothing is left of it, neither money nor weight.
	pub fn is_gone(&self) -> bool {
		self.bond == 0 && self.weight == 0 && self.change.is_none()
	}
}

/// A change of a juror's weight that waits.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Change<AccountId> {
	/// Whose.
	pub juror: AccountId,
	/// What its weight becomes, in plancks.
	pub weight: Balance,
	/// The epoch in which it is applied, after that epoch's draws.
	pub due: Epoch,
}

/// A jury that is to be drawn.
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
pub struct JuryRequest {
	/// What it judges.
	pub case: CaseId,
	/// Which instance of the case.
	pub round: Round,
	/// How many seats it has.
	pub seats: u32,
	/// What each seat puts at stake, in plancks.
	pub stake: Balance,
	/// The epoch in which it is drawn, before any weight changes.
	pub due: Epoch,
}

/// A weight that a juror will have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct NextWeight {
	/// The weight, in plancks.
	pub weight: Balance,
	/// The epoch in which it is applied, after that epoch's draws.
	pub due: Epoch,
}

/// A juror as clients see it. Amounts in plancks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct JurorInfo {
	/// What is held on it.
	pub bond: Balance,
	/// What it has at stake for its seats.
	pub locked: Balance,
	/// What it takes out.
	pub leaving: Balance,
	/// What of that can be withdrawn now.
	pub withdrawable: Balance,
	/// Its weight.
	pub weight: Balance,
	/// What its weight becomes when all changes that wait are applied, if any do.
	pub next: Option<NextWeight>,
	/// Its share of all weight: how likely the next point is to hit it.
	pub share: Perbill,
}

/// All jurors together, as clients see them. Amounts in plancks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PoolInfo {
	/// How many jurors there are, those without weight included.
	pub jurors: u32,
	/// The sum of their weights.
	pub weight: Balance,
	/// The least that a juror's bond must be.
	pub min_bond: Balance,
	/// The juries that are to be drawn, in that order: the first
	/// [`MAX_WAITING`](crate::runtime_api::MAX_WAITING) of them.
	pub waiting: Vec<JuryRequest>,
	/// How many there are in all.
	pub waiting_count: u64,
}
