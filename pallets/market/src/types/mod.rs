//! What the pallet stores, and what it tells its clients.
//!
//! The types that hold URIs are generic over them, because storage bounds a URI's length by its type
//! and clients send and get plain bytes. Both forms encode alike.

mod bid;
mod info;
mod job;
mod money;
mod offer;
mod plan;
mod record;

pub use bid::{Bid, BidEnd, BidTerms};
pub use info::{
	Fit, JobInfo, JobPage, JobRecord, JobStage, OfferInfo, OfferPage, OfferQuery, OfferRanking,
	Quote, RankedBid, RankedOffer, ReceiptEntry,
};
pub use job::{
	BiddingWindow, Demand, Job, JobDeposits, JobState, Lease, LeaseEnd, Specification, WorkTerms,
};
pub use money::{ClaimKind, Counters, EraCounters};
pub use offer::{
	Gpu, GpuMinimum, Name, Names, Offer, OfferStatus, OfferTerms, Region, Requirements, Resource,
	ResourceMinimum, Sla,
};
pub use plan::{MilestonePlan, PaymentPlan, PlanIndex, Scope};
pub use record::{JobOutcome, PastLease, SettledJob, WorkReceipt};

pub use aitbc_core::market::{MAX_BACKUPS, MAX_MILESTONES, MAX_MODELS, MAX_NAME, MAX_REGION};

use crate::Config;
use frame_support::BoundedVec;

/// The most bids that a job keeps at a time.
pub const MAX_BIDS: u32 = 16;

/// The most leases that a job can come to: the first, and one for each backup.
pub const MAX_LEASES: u32 = 4;

const _: () = assert!(MAX_LEASES == MAX_BACKUPS + 1, "each backup may get the job once");
const _: () = assert!(MAX_LEASES <= MAX_MILESTONES, "each lease has room for its receipts");
const _: () = assert!(MAX_BACKUPS < MAX_BIDS, "backups are bids");

/// A URI as it is stored.
pub type UriOf<T> = BoundedVec<u8, <T as Config>::MaxUriLength>;

/// An [`Offer`] as it is stored.
pub type OfferOf<T> = Offer<<T as frame_system::Config>::AccountId>;

/// A [`Bid`] as it is stored.
pub type BidOf<T> = Bid<<T as frame_system::Config>::AccountId>;

/// The bids of a job as they are stored.
pub type BidsOf<T> = BoundedVec<BidOf<T>, frame_support::traits::ConstU32<MAX_BIDS>>;

/// A [`Job`] as it is stored.
pub type JobOf<T> = Job<<T as frame_system::Config>::AccountId, UriOf<T>>;

/// A [`Lease`] as it is stored.
pub type LeaseOf<T> = Lease<<T as frame_system::Config>::AccountId>;

/// A [`SettledJob`] as it is stored.
pub type SettledJobOf<T> = SettledJob<<T as frame_system::Config>::AccountId>;
