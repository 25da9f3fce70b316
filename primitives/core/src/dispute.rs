//! What is disputed, and what a ruling says.

use crate::{ContractId, MilestoneIndex};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// What a case is about.
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
pub enum Subject {
	/// A milestone of an escrow contract.
	#[codec(index = 0)]
	Milestone {
		/// The contract.
		contract: ContractId,
		/// Which of its milestones.
		milestone: MilestoneIndex,
	},
	/// What an escrow contract that is a stream or a meter still holds.
	#[codec(index = 1)]
	Contract(ContractId),
}

/// What was decided about the money under dispute.
///
/// The shares sum to one at most; what is left goes to the client.
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
pub struct Ruling {
	/// The client's share of the money.
	pub client: Perbill,
	/// The provider's share of the money, the fee included.
	pub provider: Perbill,
	/// How much of the client's bond is slashed.
	pub client_slash: Perbill,
	/// How much of the provider's bond is slashed.
	pub provider_slash: Perbill,
}
