//! What clients get to see.

use super::{Bid, Job, JobDeposits, LeaseEnd, Offer, Requirements, SettledJob, WorkReceipt};
use aitbc_core::{AgentId, Balance, BlockNumber, Hash, JobId, OfferId, TagId, Unit};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// An offer as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OfferInfo<AccountId> {
	/// The offer's id.
	pub offer: OfferId,
	/// What the chain knows of it.
	pub record: Offer<AccountId>,
	/// Whether its agent is active, under the wallet that made it. An offer whose agent is not can't
	/// be used now.
	pub is_backed: bool,
}

/// Some offers of a list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OfferPage<AccountId> {
	/// The offers of this page, in the order of storage, which is not that of their ids.
	pub offers: Vec<OfferInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<OfferId>,
}

/// How far a job has come, by what the market and the escrow know together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum JobStage {
	/// It waits for bids, and for its client's decision.
	#[codec(index = 0)]
	Bidding,
	/// Its provider has not started.
	#[codec(index = 1)]
	Assigned,
	/// Its provider is at work.
	#[codec(index = 2)]
	Running {
		/// When it started, in active blocks.
		since: BlockNumber,
	},
	/// Submitted work awaits its client's review, or a dispute its ruling.
	#[codec(index = 3)]
	UnderReview,
}

/// What the chain knows of a job.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
#[allow(clippy::large_enum_variant, reason = "few are kept at a time, and most are live")]
pub enum JobRecord<AccountId> {
	/// It has not ended.
	#[codec(index = 0)]
	Live {
		/// The job.
		job: Job<AccountId, Vec<u8>>,
		/// How far it has come.
		stage: JobStage,
		/// What anybody may report now.
		reportable: Option<LeaseEnd>,
		/// How many bids it has, or backups once it is assigned.
		bids: u32,
	},
	/// It ended, and is not forgotten.
	#[codec(index = 1)]
	Settled(SettledJob<AccountId>),
}

/// A job as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct JobInfo<AccountId> {
	/// The job's id.
	pub job: JobId,
	/// What the chain knows of it.
	pub record: JobRecord<AccountId>,
}

/// Some jobs of a list.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct JobPage<AccountId> {
	/// The jobs of this page, in the order of storage, which is not that of their ids.
	pub jobs: Vec<JobInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<JobId>,
}

/// A receipt that a provider filed, and all that the chain has to say about it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReceiptEntry<AccountId> {
	/// The receipt.
	pub receipt: WorkReceipt,
	/// The agent that filed it.
	pub agent: AgentId,
	/// The wallet under which it worked.
	pub account: AccountId,
	/// Who paid.
	pub client: AccountId,
}

/// What it takes to hire by an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Quote {
	/// The price to expect, in plancks: in all for milestones, for each active block for a stream,
	/// for each unit for a meter.
	pub price: Balance,
	/// What the client has to put in, in plancks.
	pub total: Balance,
	/// What the provider puts at risk, in plancks.
	pub bond: Balance,
	/// What the market holds on the client for storage, in plancks. The escrow holds its own.
	pub deposits: JobDeposits,
}

/// What somebody looks for among the offers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OfferQuery {
	/// What must be offered.
	pub capability: TagId,
	/// What is counted.
	pub unit: Unit,
	/// How many units it must take.
	pub units: u64,
	/// The most that a unit may cost, in plancks.
	pub max_price: Balance,
	/// What else is needed.
	pub requirements: Requirements,
	/// Says where the search starts, and who goes first of equals. Such as the hash of the job.
	pub seed: Hash,
	/// The offer after which to search on: what an earlier search with the same seed gave as `next`.
	pub after: Option<OfferId>,
}

/// How well a candidate fits, from 0 to 1 in each respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Fit {
	/// How much more there is to work with than was asked for: the mean over what is counted of the
	/// share that is beyond. 1 when nothing was asked for.
	pub resource: Perbill,
	/// Which share of the longest latency is saved.
	pub performance: Perbill,
	/// Which share of the highest price is saved.
	pub cost: Perbill,
	/// The availability promised, of a live agent; else 0.
	pub availability: Perbill,
	/// Which share of what it costs is at risk, 1 at most.
	pub bond: Perbill,
}

/// An offer that meets the requirements.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RankedOffer<AccountId> {
	/// The mean of its fit, times 0.7 + 0.3 x its agent's reputation's lower bound.
	pub score: Perbill,
	/// How well it fits.
	pub fit: Fit,
	/// The reputation's lower bound.
	pub lower_bound: Perbill,
	/// The offer.
	pub offer: OfferInfo<AccountId>,
}

/// What a search among offers found.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OfferRanking<AccountId> {
	/// The best, best first.
	pub offers: Vec<RankedOffer<AccountId>>,
	/// How many offers met the requirements.
	pub candidates: u32,
	/// How many offers were looked at.
	pub seen: u32,
	/// The `after` of a search of what was not looked at yet, or `None` when everything was: a series
	/// of searches that follows it comes by each offer once.
	pub next: Option<OfferId>,
}

/// A bid, and what it is worth to the client.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RankedBid<AccountId> {
	/// The mean of its fit, times 0.7 + 0.3 x its agent's reputation's lower bound.
	pub score: Perbill,
	/// How well it fits.
	pub fit: Fit,
	/// The reputation's lower bound.
	pub lower_bound: Perbill,
	/// Whether the job could be assigned to it now, as far as the market knows: its agent is active
	/// under the same wallet, and its offer is open and has the capacity.
	pub is_available: bool,
	/// The bid.
	pub bid: Bid<AccountId>,
}
