//! What could not be paid back yet, and what is counted.

use crate::HoldReason;
use aitbc_core::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why an account's own money waits to be released.
#[derive(
	Clone,
	Copy,
	Debug,
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
pub enum ClaimKind {
	/// Storage deposits of what is gone.
	#[codec(index = 0)]
	Deposit,
	/// Bonds of bids that left their lists.
	#[codec(index = 1)]
	Bond,
}

impl ClaimKind {
	/// The reason for which the money is held while the claim waits.
	pub fn hold_reason(self) -> HoldReason {
		match self {
			Self::Deposit => HoldReason::Deposit,
			Self::Bond => HoldReason::Bond,
		}
	}
}

/// What happened on the market.
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
pub struct Counters {
	/// Jobs that were posted, direct ones included.
	pub posted: u64,
	/// Jobs that somebody got, each once.
	pub assigned: u64,
	/// Jobs that ended with [`JobOutcome::Completed`](super::JobOutcome::Completed).
	pub completed: u64,
	/// Jobs that ended with [`JobOutcome::Partial`](super::JobOutcome::Partial).
	pub partial: u64,
	/// Jobs that ended with [`JobOutcome::Refunded`](super::JobOutcome::Refunded).
	pub refunded: u64,
	/// How often a job went on to a backup.
	pub reassigned: u64,
	/// Leases that ended, and about which there was a ruling, in whosever favour.
	pub disputed: u64,
	/// Jobs that nobody got in time.
	pub expired: u64,
	/// Jobs that their client took back before anybody got them.
	pub cancelled: u64,
	/// What clients paid for leases that ended, fees included, in plancks.
	pub value_settled: Balance,
}

/// What happened on the market in one era.
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
pub struct EraCounters {
	/// The era.
	pub era: u32,
	/// What happened in it.
	pub counters: Counters,
}
