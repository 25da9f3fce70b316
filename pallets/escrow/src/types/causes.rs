//! Why a milestone's money went where it went.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What let a milestone's money go to the provider.
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
pub enum ReleaseCause {
	/// The client released it.
	#[codec(index = 0)]
	Approval,
	/// The client let the review period elapse.
	#[codec(index = 1)]
	Silence,
	/// As many approvers as it takes agreed.
	#[codec(index = 2)]
	Approvers,
}

/// What let a milestone's money go back to the client.
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
pub enum RefundCause {
	/// The provider gave it up.
	#[codec(index = 0)]
	Withdrawal,
	/// The due block passed without a submission.
	#[codec(index = 1)]
	MissedDue,
	/// The controller ended the contract.
	#[codec(index = 2)]
	Termination,
}
