//! The two sides of a contract, and what stands between them.

use aitbc_core::{BlockNumber, CaseId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// A side of a contract.
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
pub enum Party {
	/// Who pays.
	#[codec(index = 0)]
	Client,
	/// Who works and is paid.
	#[codec(index = 1)]
	Provider,
}

impl Party {
	/// The other side.
	pub fn other(self) -> Self {
		match self {
			Self::Client => Self::Provider,
			Self::Provider => Self::Client,
		}
	}
}

/// That money waits for a ruling.
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
pub struct Dispute {
	/// The case whose ruling moves the money. No other does.
	pub case: CaseId,
	/// Who opened it.
	pub by: Party,
	/// When, in active blocks.
	pub since: BlockNumber,
}
