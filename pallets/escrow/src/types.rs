//! What the pallet stores, and what it tells its clients.

use crate::{Config, HoldReason};
use aitbc_core::{
	Balance, BlockNumber, ClosedContract, ContractId, ContractOutcome, EvidenceHash, TermsHash,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound};
use scale_info::TypeInfo;
use sp_runtime::{traits::SaturatedConversion, Perbill};

/// The place of a milestone in its contract, counted from zero.
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
	Pending,
	/// The provider says that the work is done.
	#[codec(index = 1)]
	Submitted {
		/// When it said so, in active blocks. The review period counts from here.
		at: BlockNumber,
		/// What it shows for it.
		evidence: EvidenceHash,
	},
	// Index 2 is kept for a milestone under dispute.
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
		/// Whether the due block had passed without a submission, whoever refunded.
		missed: bool,
	},
}

impl MilestoneState {
	/// Whether the milestone's money still waits for a decision.
	pub fn is_outstanding(&self) -> bool {
		match self {
			Self::Pending | Self::Submitted { .. } => true,
			Self::Released { .. } | Self::Refunded { .. } => false,
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
		match self.state {
			MilestoneState::Submitted { .. } => true,
			_ => now <= self.due,
		}
	}
}

impl From<&MilestoneTerms> for Milestone {
	fn from(terms: &MilestoneTerms) -> Self {
		Self { amount: terms.amount, due: terms.due, state: MilestoneState::Pending }
	}
}

/// Where a contract stands. Only a funded contract has milestones that can move.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub enum ContractState<T: Config> {
	/// The client opened it and has not funded it: no money but the deposit is held.
	#[codec(index = 0)]
	Open {
		/// What is to be paid for.
		milestones: BoundedVec<MilestoneTerms, T::MaxMilestones>,
	},
	/// The client funded it. At least one milestone is outstanding, else it would be closed.
	#[codec(index = 1)]
	Funded {
		/// When it was funded, in active blocks.
		since: BlockNumber,
		/// Whether the provider submitted a milestone, and so took the contract on.
		accepted: bool,
		/// What is paid for, and how far it has come.
		milestones: BoundedVec<Milestone, T::MaxMilestones>,
	},
}

impl<T: Config> ContractState<T> {
	/// When the contract was funded, in active blocks, if it was.
	pub fn funded_since(&self) -> Option<BlockNumber> {
		match self {
			Self::Open { .. } => None,
			Self::Funded { since, .. } => Some(*since),
		}
	}

	/// Whether the provider submitted a milestone.
	pub fn is_accepted(&self) -> bool {
		matches!(self, Self::Funded { accepted: true, .. })
	}

	/// All milestones in their order; those of an unfunded contract are pending.
	pub fn milestones(&self) -> Vec<Milestone> {
		match self {
			Self::Open { milestones } => milestones.iter().map(Milestone::from).collect(),
			Self::Funded { milestones, .. } => milestones.to_vec(),
		}
	}

	/// Whether the money of some milestone waits for a decision.
	pub fn is_outstanding(&self) -> bool {
		match self {
			Self::Open { .. } => false,
			Self::Funded { milestones, .. } => {
				milestones.iter().any(|milestone| milestone.state.is_outstanding())
			},
		}
	}
}

/// A contract between a client and a provider.
#[derive(
	CloneNoBound, DebugNoBound, PartialEqNoBound, EqNoBound, Encode, Decode, MaxEncodedLen, TypeInfo,
)]
#[codec(mel_bound(T: Config))]
#[scale_info(skip_type_params(T))]
pub struct Contract<T: Config> {
	/// Who pays. All money of the contract is held on this account.
	pub client: T::AccountId,
	/// Who works and is paid.
	pub provider: T::AccountId,
	/// What the two agreed on.
	pub terms: TermsHash,
	/// How long the client may look at submitted work before silence means consent, in active
	/// blocks.
	pub review_period: BlockNumber,
	/// The protocol's share of what is released, fixed at opening.
	pub fee_rate: Perbill,
	/// The storage deposit held on the client, in plancks.
	pub deposit: Balance,
	/// Where the contract stands.
	pub state: ContractState<T>,
}

impl<T: Config> Contract<T> {
	/// The balance sheet of this contract, to be sent when it closes.
	pub fn into_closed(self, contract: ContractId) -> ClosedContract<T::AccountId, Balance> {
		let Self { client, provider, state, .. } = self;
		let accepted = state.is_accepted();
		let (mut released, mut refunded, mut fee): (Balance, Balance, Balance) = (0, 0, 0);
		let (mut on_time, mut missed): (Balance, Balance) = (0, 0);
		// The sum of all amounts was checked when the contract opened, so no part of it saturates.
		for Milestone { amount, state, .. } in state.milestones() {
			match state {
				MilestoneState::Released { fee: taken, on_time: is_on_time } => {
					released = released.saturating_add(amount);
					fee = fee.saturating_add(taken);
					on_time = on_time.saturating_add(if is_on_time { amount } else { 0 });
				},
				MilestoneState::Refunded { missed: is_missed } => {
					refunded = refunded.saturating_add(amount);
					missed = missed.saturating_add(if is_missed { amount } else { 0 });
				},
				MilestoneState::Pending | MilestoneState::Submitted { .. } => (),
			}
		}
		let outcome = match (released, refunded) {
			(0, 0) => ContractOutcome::Cancelled,
			(_, 0) => ContractOutcome::Completed,
			(0, _) => ContractOutcome::Refunded,
			_ => ContractOutcome::Partial,
		};
		ClosedContract {
			contract,
			client,
			provider,
			outcome,
			accepted,
			released,
			refunded,
			fee,
			on_time,
			missed,
		}
	}
}

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
	/// The provider's pay for released milestones.
	#[codec(index = 0)]
	Payment,
	/// The client's money of refunded milestones.
	#[codec(index = 1)]
	Refund,
	/// The client's storage deposit.
	#[codec(index = 2)]
	Deposit,
}

impl ClaimKind {
	/// The reason for which the payer's money is held while the claim waits.
	pub fn hold_reason(self) -> HoldReason {
		match self {
			Self::Payment | Self::Refund => HoldReason::Escrow,
			Self::Deposit => HoldReason::Deposit,
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
	/// Whose it is. It is the payer's own where a refund or a deposit waits.
	pub payee: AccountId,
	/// How much, in plancks. Never zero.
	pub amount: Balance,
}

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
	/// The provider let the due block pass without submitting.
	#[codec(index = 1)]
	MissedDue,
}

/// A contract as clients see it, whatever its form in storage.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ContractInfo<AccountId> {
	/// The contract's id.
	pub contract: ContractId,
	/// Who pays.
	pub client: AccountId,
	/// Who works and is paid.
	pub provider: AccountId,
	/// What the two agreed on.
	pub terms: TermsHash,
	/// How long the client may look at submitted work before silence means consent, in active
	/// blocks.
	pub review_period: BlockNumber,
	/// The protocol's share of what is released.
	pub fee_rate: Perbill,
	/// The storage deposit held on the client, in plancks.
	pub deposit: Balance,
	/// When the contract was funded, in active blocks; `None` while it is not.
	pub funded_since: Option<BlockNumber>,
	/// Whether the provider submitted a milestone, and so took the contract on.
	pub accepted: bool,
	/// The milestones in their order; all pending while the contract is not funded.
	pub milestones: Vec<Milestone>,
}

impl<AccountId> ContractInfo<AccountId> {
	/// Shows `record`, the contract with the id `contract`.
	pub fn new<T>(contract: ContractId, record: Contract<T>) -> Self
	where
		T: Config + frame_system::Config<AccountId = AccountId>,
	{
		let funded_since = record.state.funded_since();
		let accepted = record.state.is_accepted();
		let milestones = record.state.milestones();
		let Contract { client, provider, terms, review_period, fee_rate, deposit, .. } = record;
		Self {
			contract,
			client,
			provider,
			terms,
			review_period,
			fee_rate,
			deposit,
			funded_since,
			accepted,
			milestones,
		}
	}
}

/// Some of an account's contracts.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ContractPage<AccountId> {
	/// The contracts of this page, in the order of storage, which is not that of their ids.
	pub contracts: Vec<ContractInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<ContractId>,
}

impl MilestoneIndex {
	/// The index as a position in a list.
	pub(crate) fn position(self) -> usize {
		self.0.saturated_into()
	}
}

/// The sum of `amounts`, or `None` when it exceeds what a balance can be.
pub(crate) fn checked_sum(amounts: impl IntoIterator<Item = Balance>) -> Option<Balance> {
	amounts.into_iter().try_fold(0, Balance::checked_add)
}
