//! What clients want done.

use super::{PastLease, PaymentPlan, Requirements, Scope, WorkReceipt, MAX_LEASES, MAX_MILESTONES};
use aitbc_core::{AgentId, Balance, BlockNumber, ContractId, OfferId, TagId, TermsHash, Unit};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// What is to be done: where to read it, and what it must hash to there.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Specification<Uri> {
	/// An absolute URI in the characters of RFC 3986.
	pub uri: Uri,
	/// The specification's hash, so that it can't change behind its URI. The terms of each of the
	/// job's contracts.
	pub hash: TermsHash,
}

/// What is to be done, and how it is paid for.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct WorkTerms<AccountId, Uri> {
	/// What is to be done.
	pub specification: Specification<Uri>,
	/// How much of it, in the job's unit.
	pub units: u64,
	/// How it is paid for.
	pub payment: PaymentPlan<AccountId>,
	/// How long a provider may take to start, in active blocks.
	pub start_within: BlockNumber,
	/// How long the client may look at submitted work, in active blocks.
	pub review_period: BlockNumber,
}

impl<AccountId, Uri> WorkTerms<AccountId, Uri> {
	/// All that is to be done.
	pub fn whole(&self) -> Scope {
		self.payment.whole(self.units)
	}

	/// The same work with its URI in another form.
	pub fn map_uri<Other>(self, form: impl FnOnce(Uri) -> Other) -> WorkTerms<AccountId, Other> {
		let Self { specification: Specification { uri, hash }, .. } = self;
		WorkTerms {
			specification: Specification { uri: form(uri), hash },
			units: self.units,
			payment: self.payment,
			start_within: self.start_within,
			review_period: self.review_period,
		}
	}
}

/// Whom a client looks for.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Demand {
	/// What the provider must offer: a tag for capabilities.
	pub capability: TagId,
	/// What is counted.
	pub unit: Unit,
	/// What else the provider must have.
	pub requirements: Requirements,
	/// The most that a bid may ask, in plancks, as [`BidTerms::price`](super::BidTerms::price).
	pub price_limit: Balance,
	/// How many other bids stay as backups when one gets the job.
	pub max_backups: u32,
}

/// How long a job waits for bids, and for its client's decision.
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
pub struct BiddingWindow {
	/// The last active block at which bids are taken.
	pub until: BlockNumber,
	/// The last active block at which the client may assign the job.
	pub assign_by: BlockNumber,
}

/// What is held on a client for what a job occupies, in plancks.
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
pub struct JobDeposits {
	/// Returns when the job ends.
	pub job: Balance,
	/// Returns when what is kept of the settled job is forgotten, or with the other when nobody ever
	/// got the job.
	pub record: Balance,
}

impl JobDeposits {
	/// Both together, in plancks.
	pub fn total(&self) -> Balance {
		// Both are held on one account, so they are no more than there is.
		self.job.saturating_add(self.record)
	}
}

/// An accepted bid: who does the job now.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Lease<AccountId> {
	/// The agent.
	pub agent: AgentId,
	/// The agent's wallet, which works and is paid. It stays this account's lease whatever wallet
	/// the agent has later.
	pub account: AccountId,
	/// The offer whose capacity it uses.
	pub offer: OfferId,
	/// The escrow contract that holds the money.
	pub contract: ContractId,
	/// What it costs, in plancks, as [`BidTerms::price`](super::BidTerms::price): that of the whole
	/// plan, also when the lease does only what an earlier one left.
	pub price: Balance,
	/// What it does of the job.
	pub scope: Scope,
	/// How many units of the offer's capacity it takes.
	pub units: u64,
	/// When it began, in active blocks.
	pub since: BlockNumber,
}

impl<AccountId> Lease<AccountId> {
	/// Whether it is paid by milestones, and not by time or units.
	pub fn has_milestones(&self) -> bool {
		matches!(self.scope, Scope::Milestones(_))
	}
}

/// Why a lease ended.
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
pub enum LeaseEnd {
	/// The contract closed on the escrow: paid, settled, stopped or ruled on.
	#[codec(index = 0)]
	Closed,
	/// The provider gave up.
	#[codec(index = 1)]
	GivenUp,
	/// The provider had not started in time.
	#[codec(index = 2)]
	StartMissed,
	/// The provider had not submitted a milestone in time.
	#[codec(index = 3)]
	DueMissed,
}

/// Where a job stands. What only the escrow knows, such as whether the provider started or submitted,
/// is not kept here a second time.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum JobState<AccountId> {
	/// It waits for bids, and for its client's decision.
	#[codec(index = 0)]
	Bidding(BiddingWindow),
	/// Somebody does it.
	#[codec(index = 1)]
	Assigned {
		/// Who, and for how much.
		lease: Lease<AccountId>,
		/// From the active block after this on, anybody may report that the provider has not
		/// started.
		start_by: BlockNumber,
	},
	/// The lease is being ended and the job goes on to a backup. Only within a call.
	#[codec(index = 2)]
	Reassigning {
		/// The lease that ends.
		lease: Lease<AccountId>,
		/// Why.
		cause: LeaseEnd,
	},
}

/// Work that somebody wants done and pays for.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Job<AccountId, Uri> {
	/// Who pays. The deposits are held on this account.
	pub client: AccountId,
	/// What is to be done, and how it is paid for.
	pub work: WorkTerms<AccountId, Uri>,
	/// Whom the client looks for.
	pub demand: Demand,
	/// What is held for what this occupies.
	pub deposits: JobDeposits,
	/// The leases that ended, in their order.
	pub past: BoundedVec<PastLease<AccountId>, ConstU32<MAX_LEASES>>,
	/// What providers showed for their work.
	pub receipts: BoundedVec<WorkReceipt, ConstU32<MAX_MILESTONES>>,
	/// Where it stands.
	pub state: JobState<AccountId>,
}

impl<AccountId, Uri> Job<AccountId, Uri> {
	/// Who does the job now, if anybody does.
	pub fn lease(&self) -> Option<&Lease<AccountId>> {
		match &self.state {
			JobState::Bidding(_) => None,
			JobState::Assigned { lease, .. } | JobState::Reassigning { lease, .. } => Some(lease),
		}
	}

	/// The same job with its URI in another form.
	pub fn map_uri<Other>(self, form: impl FnOnce(Uri) -> Other) -> Job<AccountId, Other> {
		Job {
			client: self.client,
			work: self.work.map_uri(form),
			demand: self.demand,
			deposits: self.deposits,
			past: self.past,
			receipts: self.receipts,
			state: self.state,
		}
	}
}
