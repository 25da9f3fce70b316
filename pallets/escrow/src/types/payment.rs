//! How a contract pays, before it is funded.

use super::checked_sum;
use crate::Config;
use aitbc_core::{
	Approvers, Balance, BlockNumber, MeterTerms, MilestoneTerms, PaymentTerms, StreamTerms,
};
use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;
use sp_runtime::traits::SaturatedConversion;

/// How a contract pays, as agreed and checked.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub enum Payment<T: Config> {
	/// For parts of the work.
	#[codec(index = 0)]
	Milestones(BoundedVec<MilestoneTerms, T::MaxMilestones>),
	/// For time.
	#[codec(index = 1)]
	Stream(StreamTerms),
	/// For units that the client has signed for.
	#[codec(index = 2)]
	Metered(MeterTerms<T::AccountId>),
}

impl<T: Config> Payment<T> {
	/// What funding takes, in plancks, or `None` when it exceeds what a balance can be.
	pub fn total(&self) -> Option<Balance> {
		match self {
			Self::Milestones(milestones) => checked_sum(milestones.iter().map(|one| one.amount)),
			Self::Stream(terms) => Some(terms.amount),
			Self::Metered(terms) => terms.unit_price.checked_mul(terms.units.into()),
		}
	}

	/// The earliest active block after which something of it is too late: no contract is funded
	/// later, and anybody may cancel it.
	pub fn first_end(&self) -> BlockNumber {
		match self {
			Self::Milestones(milestones) => {
				milestones.iter().map(|one| one.due).min().unwrap_or_default()
			},
			Self::Stream(terms) => terms.until,
			Self::Metered(terms) => terms.until,
		}
	}
}

impl<T: Config> From<Payment<T>> for PaymentTerms<T::AccountId> {
	fn from(payment: Payment<T>) -> Self {
		match payment {
			Payment::Milestones(milestones) => Self::Milestones(milestones.into_inner()),
			Payment::Stream(terms) => Self::Stream(terms),
			Payment::Metered(terms) => Self::Metered(terms),
		}
	}
}

/// Accounts of which some together may release a milestone in the client's place.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub struct ApproverSet<T: Config> {
	/// Who may approve: each account once, and neither party.
	pub accounts: BoundedVec<T::AccountId, T::MaxApprovers>,
	/// How many of them it takes: at least one, at most all.
	pub threshold: u32,
}

impl<T: Config> ApproverSet<T> {
	/// The place of `who` among the approvers.
	pub fn place(&self, who: &T::AccountId) -> Option<u32> {
		self.accounts.iter().position(|one| one == who).map(SaturatedConversion::saturated_into)
	}
}

impl<T: Config> From<ApproverSet<T>> for Approvers<T::AccountId> {
	fn from(approvers: ApproverSet<T>) -> Self {
		let ApproverSet { accounts, threshold } = approvers;
		Self { accounts: accounts.into_inner(), threshold }
	}
}
