//! What is kept of work that was done, so that receipts can be checked against the chain.

use super::{MAX_LEASES, MAX_MILESTONES};
use aitbc_core::{
	AgentId, Balance, BlockNumber, ClosedContract, ContractId, ContractOutcome, EvidenceHash,
	MilestoneIndex, TermsHash,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// What a provider showed for its work.
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
pub struct WorkReceipt {
	/// The contract under which it worked.
	pub contract: ContractId,
	/// Which of the contract's milestones; `None` for a stream or a meter.
	pub milestone: Option<MilestoneIndex>,
	/// The receipt's hash. See [`aitbc_core::Receipt::evidence`].
	pub evidence: EvidenceHash,
}

/// A lease that ended.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct PastLease<AccountId> {
	/// The agent that had the job.
	pub agent: AgentId,
	/// The wallet under which it worked.
	pub account: AccountId,
	/// The escrow contract, which is closed.
	pub contract: ContractId,
	/// How the contract ended.
	pub outcome: ContractOutcome,
	/// What the client paid for it, the fee included, in plancks.
	pub released: Balance,
	/// What went back to the client, in plancks.
	pub refunded: Balance,
}

impl<AccountId: Clone> PastLease<AccountId> {
	/// The lease of `agent`, whose contract ended as `closed` says.
	pub fn new(agent: AgentId, closed: &ClosedContract<AccountId, Balance>) -> Self {
		Self {
			agent,
			account: closed.provider.clone(),
			contract: closed.contract,
			outcome: closed.outcome,
			released: closed.released,
			refunded: closed.refunded,
		}
	}
}

/// How a job ended that somebody had got. It goes by the money alone.
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
pub enum JobOutcome {
	/// Everything that was put in for the last lease was paid out.
	#[codec(index = 0)]
	Completed,
	/// Something was paid out, by whichever lease, and something went back.
	#[codec(index = 1)]
	Partial,
	/// Nothing was paid out.
	#[codec(index = 2)]
	Refunded,
}

impl JobOutcome {
	/// The outcome of a job that went to `leases`, in their order.
	pub fn of<AccountId>(leases: &[PastLease<AccountId>]) -> Self {
		let is_paid = leases.iter().any(|lease| lease.released > 0);
		let is_whole = leases.last().is_some_and(|lease| lease.refunded == 0);
		match (is_paid, is_whole) {
			(false, _) => Self::Refunded,
			(true, true) => Self::Completed,
			(true, false) => Self::Partial,
		}
	}
}

/// What is kept of a job that ended, for [`Config::RetentionPeriod`](crate::Config) at least.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SettledJob<AccountId> {
	/// Who paid. The deposit is held on this account.
	pub client: AccountId,
	/// The hash of what was to be done.
	pub specification: TermsHash,
	/// Who had the job, in their order.
	pub leases: BoundedVec<PastLease<AccountId>, ConstU32<MAX_LEASES>>,
	/// What they showed for their work.
	pub receipts: BoundedVec<WorkReceipt, ConstU32<MAX_MILESTONES>>,
	/// How the job ended.
	pub outcome: JobOutcome,
	/// When, in active blocks.
	pub settled_at: BlockNumber,
	/// The storage deposit, in plancks.
	pub deposit: Balance,
}

impl<AccountId> SettledJob<AccountId> {
	/// What the client paid in all, fees included, in plancks.
	pub fn paid(&self) -> Balance {
		// No account ever has more than a balance can be, but the same money may be paid again.
		self.leases.iter().fold(0, |sum: Balance, lease| sum.saturating_add(lease.released))
	}
}
