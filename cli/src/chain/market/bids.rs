//! What providers bid.

use super::{generated, types};
use crate::{
	amount::Amount,
	chain::{runtime, Block, Error},
	decimal::Share,
};
use serde::Serialize;
use subxt::utils::AccountId32;
use types::aitbc_core::ids::{JobId, OfferId};

/// What a client decides on when it takes a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BidTerms {
	/// The offer whose resource, SLA and capacity the bidder would use.
	pub offer: u64,
	/// What it asks: in all for milestones, for each active block for a stream, for each unit for a
	/// meter.
	pub price: Amount,
	/// What it puts at risk.
	pub bond: Amount,
}

/// A provider's bid for a job.
#[derive(Clone, Debug, Serialize)]
pub struct Bid {
	/// The agent that would do the job.
	pub agent: u64,
	/// The wallet that bid for it.
	pub account: AccountId32,
	/// On what terms.
	#[serde(flatten)]
	pub terms: BidTerms,
	/// Whether it stays when another gets the job.
	pub stays_as_backup: bool,
	/// When it was made, in active blocks.
	pub at: u32,
}

/// How well a candidate fits, from 0 to 1 in each respect.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Fit {
	/// How much more there is to work with than was asked for.
	pub resource: Share,
	/// Which share of the longest latency is saved.
	pub performance: Share,
	/// Which share of the highest price is saved.
	pub cost: Share,
	/// The availability promised, of a live agent; else 0.
	pub availability: Share,
	/// Which share of what it costs is at risk.
	pub bond: Share,
}

/// A bid, and what it is worth to the client.
#[derive(Clone, Debug, Serialize)]
pub struct RankedBid {
	/// The mean of its fit, times 0.7 + 0.3 x its agent's reputation's lower bound.
	pub score: Share,
	/// How well it fits.
	pub fit: Fit,
	/// The reputation's lower bound.
	pub reputation: Share,
	/// Whether the job could be assigned to it now.
	pub is_available: bool,
	/// The bid.
	#[serde(flatten)]
	pub bid: Bid,
}

impl From<generated::info::Fit> for Fit {
	fn from(fit: generated::info::Fit) -> Self {
		Self {
			resource: Share(fit.resource.0),
			performance: Share(fit.performance.0),
			cost: Share(fit.cost.0),
			availability: Share(fit.availability.0),
			bond: Share(fit.bond.0),
		}
	}
}

impl From<BidTerms> for generated::bid::BidTerms {
	fn from(terms: BidTerms) -> Self {
		Self { offer: OfferId(terms.offer), price: terms.price.0, bond: terms.bond.0 }
	}
}

impl From<generated::bid::Bid<AccountId32>> for Bid {
	fn from(bid: generated::bid::Bid<AccountId32>) -> Self {
		let terms = BidTerms {
			offer: bid.terms.offer.0,
			price: Amount(bid.terms.price),
			bond: Amount(bid.terms.bond),
		};
		Self {
			agent: bid.agent.0,
			account: bid.account,
			terms,
			stays_as_backup: bid.stays_as_backup,
			at: bid.at,
		}
	}
}

/// Reads the bids for a job; once it is assigned, its backups in the order of their turns.
pub async fn bids(block: &Block, job: u64) -> Result<Vec<Bid>, Error> {
	let bids = block.call(runtime::runtime_apis().market_api().bids(JobId(job))).await?;
	Ok(bids.into_iter().map(Bid::from).collect())
}

/// Ranks the bids for a job, or its backups, best first.
pub async fn rank_bids(block: &Block, job: u64) -> Result<Vec<RankedBid>, Error> {
	let ranked = block.call(runtime::runtime_apis().market_api().rank_bids(JobId(job))).await?;
	let ranked = ranked.into_iter().map(|one| RankedBid {
		score: Share(one.score.0),
		fit: one.fit.into(),
		reputation: Share(one.lower_bound.0),
		is_available: one.is_available,
		bid: one.bid.into(),
	});
	Ok(ranked.collect())
}

/// Reads what a bid of `price` for a job must have at risk at least, if there is such a job.
pub async fn bid_bond(block: &Block, job: u64, price: Amount) -> Result<Option<Amount>, Error> {
	let api = runtime::runtime_apis().market_api();
	Ok(block.call(api.bid_bond(JobId(job), price.0)).await?.map(Amount))
}
