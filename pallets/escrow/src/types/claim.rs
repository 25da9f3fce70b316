//! Money that could not be paid yet.

use crate::HoldReason;
use aitbc_core::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Why money could not be paid out and waits as a claim.
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
	/// The provider's pay.
	#[codec(index = 0)]
	Payment,
	/// The client's money that was not released.
	#[codec(index = 1)]
	Refund,
	/// The client's storage deposit.
	#[codec(index = 2)]
	Deposit,
	/// The provider's own bond.
	#[codec(index = 3)]
	ProviderBond,
	/// The client's own bond.
	#[codec(index = 4)]
	ClientBond,
	/// The client's part of what was slashed of the provider's bond.
	#[codec(index = 5)]
	Penalty,
	/// The provider's part of what was slashed of the client's bond.
	#[codec(index = 6)]
	Compensation,
}

impl ClaimKind {
	/// The reason for which the payer's money is held while the claim waits.
	pub fn hold_reason(self) -> HoldReason {
		match self {
			Self::Payment | Self::Refund => HoldReason::Escrow,
			Self::Deposit => HoldReason::Deposit,
			Self::ProviderBond | Self::ClientBond | Self::Penalty | Self::Compensation => {
				HoldReason::Bond
			},
		}
	}

	/// Whether the money waits on its owner, so that payer and payee are one.
	pub fn is_own(self) -> bool {
		match self {
			Self::Refund | Self::Deposit | Self::ProviderBond | Self::ClientBond => true,
			Self::Payment | Self::Penalty | Self::Compensation => false,
		}
	}
}

/// Money that is owed for good, and held on the payer until the payee's account can take it.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Claim<AccountId> {
	/// On whom the money is held.
	pub payer: AccountId,
	/// Whose it is. It is the payer's own where a refund, a deposit or a bond waits.
	pub payee: AccountId,
	/// How much, in plancks. Never zero.
	pub amount: Balance,
}
