//! Offences and slashes, as they are remembered.

use crate::offence::SILENCE;
use aitbc_core::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use sp_staking::{offence::Kind, EraIndex};

/// What a validator did.
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
pub enum OffenceKind {
	/// Two blocks in one slot.
	#[codec(index = 0)]
	BabeEquivocation,
	/// Two votes in one round.
	#[codec(index = 1)]
	GrandpaEquivocation,
	/// No block in an era in which too many others made none either.
	#[codec(index = 2)]
	Silence,
	/// Another kind, by its identifier.
	#[codec(index = 3)]
	Other(Kind),
	/// Whoever reported it did not say.
	#[codec(index = 4)]
	Unknown,
}

impl From<Kind> for OffenceKind {
	/// The identifiers of equivocations stand in `equivocation.rs` of pallet-babe and of pallet-grandpa.
	fn from(kind: Kind) -> Self {
		match &kind {
			b"babe:equivocatio" => Self::BabeEquivocation,
			b"grandpa:equivoca" => Self::GrandpaEquivocation,
			_ if kind == SILENCE => Self::Silence,
			_ => Self::Other(kind),
		}
	}
}

/// What a slash takes, in plancks.
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
pub struct SlashAmount {
	/// Of the validator's own stake.
	pub own: Balance,
	/// Of its nominators', together.
	pub nominators: Balance,
}

/// A slash that waits for an era.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingSlash<AccountId> {
	/// Whose.
	pub validator: AccountId,
	/// What it will take.
	pub amount: SlashAmount,
}

/// An offence of a validator, and what became of the slash.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SlashRecord<AccountId> {
	/// What it did.
	pub offence: OffenceKind,
	/// In which era.
	pub era: EraIndex,
	/// The share of its stake, and of its nominators', that this is slashed with.
	pub fraction: Perbill,
	/// What the slash takes. Nothing if no slash waits: see [`SlashState::NotTaken`].
	pub amount: SlashAmount,
	/// Who reported it. `None` for what the chain itself saw.
	pub reporter: Option<AccountId>,
	/// How far the slash has come.
	pub state: SlashState,
}

impl<AccountId> SlashRecord<AccountId> {
	/// Whether `other` is of the same kind and era, and no worse.
	pub(crate) fn covers(&self, other: &Self) -> bool {
		self.offence == other.offence && self.era == other.era && self.fraction >= other.fraction
	}
}

/// How far a slash has come.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum SlashState {
	/// It takes nothing: the validator had no stake in that era, can't be slashed, was slashed as much for that era
	/// before, or the era in which the slash would be due has begun.
	#[codec(index = 0)]
	NotTaken,
	/// It waits.
	#[codec(index = 1)]
	Deferred {
		/// The era at whose beginning it will be applied.
		until: EraIndex,
	},
	/// It was applied.
	#[codec(index = 2)]
	Applied {
		/// At the beginning of which era.
		at: EraIndex,
		/// What the validator had bonded before, in plancks.
		before: Balance,
		/// What it had after.
		after: Balance,
	},
	/// It was cancelled.
	#[codec(index = 3)]
	Cancelled {
		/// When it would have been applied.
		until: EraIndex,
		/// In which era that was seen.
		at: EraIndex,
		/// By whom.
		by: CancelledBy,
	},
}

impl SlashState {
	/// Whether it waits for the beginning of `era`.
	pub fn waits_for(&self, era: EraIndex) -> bool {
		matches!(self, Self::Deferred { until } if *until == era)
	}
}

/// Who cancelled a slash.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum CancelledBy {
	/// The chain's highest authority.
	#[codec(index = 0)]
	Root,
	/// A track of governance.
	#[codec(index = 1)]
	Track(TrackName),
	/// Whoever may cancel slashes in staking itself, and did so there. Seen when the slash was due.
	#[codec(index = 2)]
	StakingAdmin,
}

/// The longest name of a track, in bytes: as long as pallet-referenda has them.
pub const MAX_TRACK_NAME: u32 = 25;

/// The name of a governance track, as pallet-referenda has it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct TrackName(BoundedVec<u8, ConstU32<MAX_TRACK_NAME>>);

impl From<&str> for TrackName {
	/// Cuts off what is too long.
	fn from(name: &str) -> Self {
		Self(BoundedVec::truncate_from(name.as_bytes().to_vec()))
	}
}
