//! A milestone of a funded contract.

use super::{Dispute, Party};
use aitbc_core::{Balance, BlockNumber, EvidenceHash, MilestoneIndex, MilestoneTerms};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_runtime::traits::SaturatedConversion;

/// What one party would settle an outstanding milestone for.
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
pub struct SplitOffer {
	/// Who offers. Only the other party can accept.
	pub by: Party,
	/// What the provider shall get, the fee included, in plancks. The rest returns to the client.
	pub provider_share: Balance,
}

/// Which approvers approved a milestone: a bit for each, in their order.
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
pub struct Approvals(pub u32);

impl Approvals {
	/// Whether the approver at `place` approved.
	pub fn has(self, place: u32) -> bool {
		self.0 & Self::bit(place) != 0
	}

	/// How many approved.
	pub fn count(self) -> u32 {
		self.0.count_ones()
	}

	/// With the approver at `place`.
	pub(crate) fn with(self, place: u32) -> Self {
		Self(self.0 | Self::bit(place))
	}

	/// The bit of the approver at `place`. `integrity_test` checks that there are no more approvers
	/// than bits.
	fn bit(place: u32) -> u32 {
		1_u32.checked_shl(place).unwrap_or(0)
	}
}

/// How far a milestone has come.
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
pub enum MilestoneState {
	/// Nothing was submitted yet.
	#[codec(index = 0)]
	Pending {
		/// What a party would settle it for.
		offer: Option<SplitOffer>,
	},
	/// The provider says that the work is done.
	#[codec(index = 1)]
	Submitted {
		/// When it said so, in active blocks. The review period counts from here.
		at: BlockNumber,
		/// What it shows for it.
		evidence: EvidenceHash,
		/// Which approvers agree. Fewer than it takes, else the milestone would be released.
		approvals: Approvals,
		/// What a party would settle it for.
		offer: Option<SplitOffer>,
	},
	/// The parties can't agree on submitted work. Only a ruling moves the money.
	#[codec(index = 2)]
	Disputed {
		/// When the work was submitted, in active blocks.
		at: BlockNumber,
		/// What the provider shows for it.
		evidence: EvidenceHash,
		/// Who decides, and since when it is asked.
		dispute: Dispute,
	},
	/// The provider was paid, or has a claim.
	#[codec(index = 3)]
	Released {
		/// What the protocol really took from the amount, in plancks.
		fee: Balance,
		/// Whether the work was in by the due block: submitted, which is refused later, or released
		/// by the client at or before that block.
		on_time: bool,
	},
	/// The client got the amount back, or has a claim.
	#[codec(index = 4)]
	Refunded {
		/// Whether the provider had started by the due block, and let it pass without a submission,
		/// whoever refunded.
		missed: bool,
	},
	/// A ruling divided the amount. The client got back, or has a claim to, what is not released.
	#[codec(index = 5)]
	Ruled {
		/// What went to the provider, the fee included, in plancks.
		released: Balance,
		/// What the protocol really took of it, in plancks.
		fee: Balance,
	},
	/// The parties agreed how to divide the amount. The client got back, or has a claim to, what is
	/// not released.
	#[codec(index = 6)]
	Split {
		/// What went to the provider, the fee included, in plancks.
		released: Balance,
		/// What the protocol really took of it, in plancks.
		fee: Balance,
		/// Whether the work was in, or its due block not yet passed.
		on_time: bool,
	},
}

impl MilestoneState {
	/// As a contract is funded with it.
	pub const PENDING: Self = Self::Pending { offer: None };

	/// Whether the milestone's money still waits for a decision.
	pub fn is_outstanding(&self) -> bool {
		match self {
			Self::Pending { .. } | Self::Submitted { .. } | Self::Disputed { .. } => true,
			Self::Released { .. }
			| Self::Refunded { .. }
			| Self::Ruled { .. }
			| Self::Split { .. } => false,
		}
	}

	/// Whether it waits for work.
	pub fn is_pending(&self) -> bool {
		matches!(self, Self::Pending { .. })
	}

	/// Whether submitted work waits for the client, or for a ruling.
	pub fn is_under_review(&self) -> bool {
		matches!(self, Self::Submitted { .. } | Self::Disputed { .. })
	}

	/// What a party would settle the milestone for.
	pub fn offer(&self) -> Option<SplitOffer> {
		match self {
			Self::Pending { offer } | Self::Submitted { offer, .. } => *offer,
			_ => None,
		}
	}

	/// Where the offer of a milestone stands that a party can settle. `None` for any other.
	pub(crate) fn offer_mut(&mut self) -> Option<&mut Option<SplitOffer>> {
		match self {
			Self::Pending { offer } | Self::Submitted { offer, .. } => Some(offer),
			_ => None,
		}
	}
}

/// A milestone of a funded contract.
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
pub struct Milestone {
	/// What the client pays, the fee included, in plancks.
	pub amount: Balance,
	/// The last active block at which the work may be submitted.
	pub due: BlockNumber,
	/// How far it has come.
	pub state: MilestoneState,
}

impl Milestone {
	/// Whether the work of an outstanding milestone is in by its due block, as of `now`. What is
	/// submitted is, because a later submission is refused.
	pub(crate) fn is_in_time(&self, now: BlockNumber) -> bool {
		self.state.is_under_review() || now <= self.due
	}

	/// Whether a provider that `started` then, if it did, has let the due block pass, as of `now`.
	///
	/// It answers for no due block that had passed before it started.
	pub(crate) fn is_missed(&self, now: BlockNumber, started: Option<BlockNumber>) -> bool {
		!self.is_in_time(now) && started.is_some_and(|at| at <= self.due)
	}
}

impl From<&MilestoneTerms> for Milestone {
	fn from(terms: &MilestoneTerms) -> Self {
		Self { amount: terms.amount, due: terms.due, state: MilestoneState::PENDING }
	}
}

/// The index as a position in a list.
pub(crate) fn position(index: MilestoneIndex) -> usize {
	index.0.saturated_into()
}
