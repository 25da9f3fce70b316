//! What the node's clients may ask about the market.

use crate::types::{
	Bid, ClaimKind, EraCounters, JobDeposits, JobInfo, JobPage, OfferInfo, OfferPage, OfferQuery,
	OfferRanking, Quote, RankedBid, ReceiptEntry, WorkTerms,
};
use aitbc_core::{AgentId, Balance, JobId, OfferId, TagId};
use alloc::vec::Vec;
use codec::Codec;

/// The most entries on one page.
pub const MAX_PAGE: u32 = 100;

/// The most offers that one search looks at.
pub const MAX_CANDIDATES: u32 = 256;

sp_api::decl_runtime_apis! {
	/// Reads offers, jobs, bids and receipts, and ranks them.
	pub trait MarketApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The offer with this id, or `None` if it was never made or is withdrawn.
		fn offer(offer: OfferId) -> Option<OfferInfo<AccountId>>;

		/// The offers of a capability, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. `after` may have gone since it was given out:
		/// paging goes on behind its place.
		fn offers_by_tag(tag: TagId, after: Option<OfferId>, limit: u32) -> OfferPage<AccountId>;

		/// The offers of an agent, from the one after `after` on. Pages as
		/// [`MarketApi::offers_by_tag`].
		fn offers_of(agent: AgentId, after: Option<OfferId>, limit: u32) -> OfferPage<AccountId>;

		/// The job with this id, or `None` if it was never posted, ended without anybody having had
		/// it, or is forgotten.
		fn job(job: JobId) -> Option<JobInfo<AccountId>>;

		/// The jobs of which `account` is the client, or that went to it, from the one after `after`
		/// on. Pages as [`MarketApi::offers_by_tag`].
		fn jobs_of(account: AccountId, after: Option<JobId>, limit: u32) -> JobPage<AccountId>;

		/// The jobs that wait for bids of a capability, from the one after `after` on. Pages as
		/// [`MarketApi::offers_by_tag`].
		fn open_jobs(tag: TagId, after: Option<JobId>, limit: u32) -> JobPage<AccountId>;

		/// The bids for a job; once it is assigned, its backups in the order of their turns.
		fn bids(job: JobId) -> Vec<Bid<AccountId>>;

		/// The receipts that were filed for a job, and who filed them, until it is forgotten.
		fn receipts(job: JobId) -> Vec<ReceiptEntry<AccountId>>;

		/// What happened in the last `eras` eras, the present one first; in as many as are kept, at
		/// most.
		fn counters(eras: u32) -> Vec<EraCounters>;

		/// The offers that meet `query`, best first.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. Looks at [`MAX_CANDIDATES`] offers at most,
		/// from where `query` says on.
		fn rank_offers(query: OfferQuery, limit: u32) -> OfferRanking<AccountId>;

		/// The bids for a job, or its backups, best first, and last those that could not be assigned the
		/// job now. Left out are those whose offer is withdrawn.
		fn rank_bids(job: JobId) -> Vec<RankedBid<AccountId>>;

		/// What it takes to hire by an offer now, or `None` if there is no such offer or it would cost
		/// more than there can be. Whether the work is sound, and the offer free, the call finds out.
		fn quote(offer: OfferId, work: WorkTerms<AccountId, Vec<u8>>) -> Option<Quote>;

		/// What a bid of `price` for a job must have at risk at least, in plancks, or `None` if there
		/// is no such job or it would cost more than there can be.
		fn bid_bond(job: JobId, price: Balance) -> Option<Balance>;

		/// What is held on a client for the storage of a job.
		fn job_deposits(work: WorkTerms<AccountId, Vec<u8>>, max_backups: u32) -> JobDeposits;

		/// The storage deposit of an offer, in plancks.
		fn offer_deposit() -> Balance;

		/// How many bids `account` has, backups included.
		fn open_bids(account: AccountId) -> u32;

		/// What waits to be released to `account`, in plancks.
		fn claims(account: AccountId) -> Vec<(ClaimKind, Balance)>;
	}
}
