//! The market: offers, jobs, bids and receipts.

mod bids;
mod counters;
mod jobs;
mod offers;
mod resource;
mod work;

pub use bids::{bid_bond, bids, rank_bids, Bid, BidTerms, Fit, RankedBid};
pub use counters::{counters, Counters, EraCounters};
pub use jobs::*;
pub use offers::{
	create as create_offer, offer, offer_deposit, offers, pause as pause_offer,
	rank as rank_offers, resume as resume_offer, withdraw as withdraw_offer, Offer, OfferPage,
	OfferTerms, OffersOf, Query, RankedOffer,
};
pub use resource::{Gpu, Privacy, Requirements, Resource, Sla, Unit};
pub use work::{
	Demand, Deposits, FiledReceipt, Job, JobPage, Lease, Live, PastLease, Plan, PlannedMilestone,
	Scope, Stage, Window, Work,
};

#[cfg(test)]
pub use work::{Failure, Outcome};

use super::runtime::runtime_types as types;
use types::pallet_market::types as generated;
