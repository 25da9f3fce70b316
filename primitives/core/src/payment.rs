//! How a contract pays for work, and how claims to pay are encoded.

use crate::{Balance, BlockNumber, ContractId};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::H256;

/// The place of a milestone in its contract, counted from zero.
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
pub struct MilestoneIndex(pub u32);

/// A milestone as agreed: what is paid for it, and until when.
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
pub struct MilestoneTerms {
	/// What the client pays, the fee included, in plancks.
	pub amount: Balance,
	/// The last active block at which the work may be submitted.
	pub due: BlockNumber,
}

/// A stream as agreed: pay for time.
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
pub struct StreamTerms {
	/// What each active block costs from the start on, the fee included, in plancks.
	pub rate: Balance,
	/// What the client puts in when it funds, in plancks. Anybody may top it up later.
	pub amount: Balance,
	/// The last active block that is paid for.
	pub until: BlockNumber,
}

/// A meter as agreed: pay for units that the client has signed for.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct MeterTerms<AccountId> {
	/// What a unit costs, the fee included, in plancks.
	pub unit_price: Balance,
	/// The most units that can be billed.
	pub units: u64,
	/// The last active block for which the client signs. Vouchers are taken for one review period
	/// more.
	pub until: BlockNumber,
	/// Whose signature makes a voucher: the client, or a key that it lets sign for it.
	pub signer: AccountId,
}

/// How a contract pays, as agreed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum PaymentTerms<AccountId> {
	/// For parts of the work, one after the other or side by side.
	#[codec(index = 0)]
	Milestones(Vec<MilestoneTerms>),
	/// For time.
	#[codec(index = 1)]
	Stream(StreamTerms),
	/// For units that the client has signed for.
	#[codec(index = 2)]
	Metered(MeterTerms<AccountId>),
}

/// Accounts of which some together may release a milestone in the client's place.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Approvers<AccountId> {
	/// Who may approve. Each account once; neither client nor provider.
	pub accounts: Vec<AccountId>,
	/// How many of them it takes. At least one, at most all.
	pub threshold: u32,
}

/// What the two parties have at risk, in plancks.
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
pub struct Bonds {
	/// The client's, held when it funds. Only a ruling can take from it.
	pub client: Balance,
	/// The provider's, held when it accepts. A missed due block and a ruling can take from it.
	pub provider: Balance,
}

/// What the parties of a contract agree on.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Agreement<AccountId> {
	/// The hash of what was agreed off chain.
	pub terms: crate::TermsHash,
	/// How the work is paid for.
	pub payment: PaymentTerms<AccountId>,
	/// How many active blocks the client has to look at submitted work, and the provider to bring
	/// in a last voucher.
	pub review_period: BlockNumber,
	/// Who may release milestones beside the client. For milestones only.
	pub approvers: Option<Approvers<AccountId>>,
	/// What the parties have at risk.
	pub bonds: Bonds,
}

/// The first bytes of what a client signs to let its provider bill units. Byte 97, `a`, is no
/// pallet's index, so a voucher never reads as a call.
pub const VOUCHER_CONTEXT: &[u8; 23] = b"aitbc/escrow/voucher/01";

/// A client's word on how many units its provider has delivered in all.
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
pub struct Voucher {
	/// The metered contract.
	pub contract: ContractId,
	/// All units since the start, not only those since the voucher before. Never fewer than before.
	pub units: u64,
	/// Counts the vouchers of a contract; a later one replaces those before.
	pub sequence: u64,
}

impl Voucher {
	/// What the signer signs: [`VOUCHER_CONTEXT`], the genesis hash, and the voucher, in SCALE.
	pub fn payload(&self, genesis: H256) -> Vec<u8> {
		(VOUCHER_CONTEXT, genesis, self).encode()
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn voucher_payload_should_keep_its_golden_encoding() {
		let voucher = Voucher { contract: ContractId(7), units: 258, sequence: 3 };
		let mut expected = b"aitbc/escrow/voucher/01".to_vec();
		expected.extend([9; 32]);
		expected.extend([7, 0, 0, 0, 0, 0, 0, 0]);
		expected.extend([2, 1, 0, 0, 0, 0, 0, 0]);
		expected.extend([3, 0, 0, 0, 0, 0, 0, 0]);
		assert_eq!(voucher.payload(H256::repeat_byte(9)), expected);
	}
}
