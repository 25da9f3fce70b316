//! What work an agent can be judged by.

use crate::ContractId;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Names a piece of settled work.
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
pub enum WorkId {
	/// An escrow contract that closed.
	#[codec(index = 0)]
	Contract(ContractId),
	// Index 1 is kept for a job of the market.
}
