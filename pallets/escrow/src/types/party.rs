//! What stands between the two sides of a contract, and how long they have been in business.

pub use aitbc_core::Party;

use aitbc_core::{BlockNumber, CaseId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

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
	/// When it was opened, in active blocks.
	pub since: BlockNumber,
}

/// Contracts between two accounts to which both have consented, and which are not closed.
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
pub struct OpenBusiness {
	/// How many there are. Not zero.
	pub contracts: u32,
	/// When the two came to be in business, in active blocks. It stays as long as there is such a
	/// contract, also when the first one closes.
	pub since: BlockNumber,
}
