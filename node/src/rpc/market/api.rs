//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::{inputs::OfferQuery, terms::work::Work, views};
use crate::rpc::{
	accounts::Address,
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
	format::Plancks,
	tags::Tag,
};
use aitbc_core::{AgentId, JobId, OfferId};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads what is offered and asked for on the market, who works for whom, and what came of it.
///
/// `limit` is clamped to what the runtime API says, and is the most when left out.
#[rpc(server, namespace = "market")]
pub trait MarketRpc {
	/// The offer with this id, or null if it was never made or is withdrawn.
	#[method(name = "offer", blocking)]
	fn offer(
		&self,
		offer: OfferId,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::offer::Offer>>, Error>;

	/// The offers of a capability, those included that can't be used now, in an order of the chain's
	/// own.
	#[method(name = "offersByTag", blocking)]
	fn offers_by_tag(
		&self,
		tag: Tag,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::offer::Offer>>, Error>;

	/// The offers of `agent`, in an order of the chain's own.
	#[method(name = "offersOfAgent", blocking)]
	fn offers_of_agent(
		&self,
		agent: AgentId,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::offer::Offer>>, Error>;

	/// The offers that meet `query`, best first. A page is a search of its own through another part
	/// of the capability's offers, so a later page may have better ones than an earlier one.
	#[method(name = "rankOffers", blocking)]
	fn rank_offers(
		&self,
		query: OfferQuery,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<views::ranking::Ranking>, Error>;

	/// What it takes to have `work` done by an offer now, without bidding; null if there is no such
	/// offer, or if it would cost more than there can be. Whether the work is sound, and the offer
	/// free, the transaction finds out.
	#[method(name = "quote", blocking)]
	fn quote(
		&self,
		offer: OfferId,
		work: Work,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::money::Quote>>, Error>;

	/// The job with this id, or null if it was never posted, ended without anybody having had it, or
	/// is forgotten.
	#[method(name = "job", blocking)]
	fn job(&self, job: JobId, at: Option<Hash>) -> Result<Answer<Option<views::job::Job>>, Error>;

	/// The jobs of which `account` is the client, or that went to it, in an order of the chain's own.
	#[method(name = "jobsOfParty", blocking)]
	fn jobs_of_party(
		&self,
		account: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::job::Job>>, Error>;

	/// The jobs that wait for bids of a capability, or for their client's decision, in an order of
	/// the chain's own.
	#[method(name = "openJobs", blocking)]
	fn open_jobs(
		&self,
		tag: Tag,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::job::Job>>, Error>;

	/// The bids for `job`; once it is assigned, its backups in the order of their turns. None if
	/// there is no such job.
	#[method(name = "bids", blocking)]
	fn bids(&self, job: JobId, at: Option<Hash>)
		-> Result<Answer<Vec<views::ranking::Bid>>, Error>;

	/// The bids for `job`, or its backups, best first. Those that could not be assigned the job now
	/// come last, and those whose offer is withdrawn are left out.
	#[method(name = "rankBids", blocking)]
	fn rank_bids(
		&self,
		job: JobId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::ranking::RankedBid>>, Error>;

	/// What a bid of `price` for `job` must have at risk at least; null if there is no such job, or
	/// if it would cost more than there can be.
	#[method(name = "bidBond", blocking)]
	fn bid_bond(
		&self,
		job: JobId,
		price: Plancks,
		at: Option<Hash>,
	) -> Result<Answer<Option<Plancks>>, Error>;

	/// How many bids `account` has, backups included.
	#[method(name = "openBids", blocking)]
	fn open_bids(&self, account: Address, at: Option<Hash>) -> Result<Answer<u32>, Error>;

	/// The receipts that were filed for `job`, and who filed them, until it is forgotten.
	#[method(name = "receipts", blocking)]
	fn receipts(
		&self,
		job: JobId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::job::ReceiptEntry>>, Error>;

	/// What happened on the market in the last `eras` eras, the present one first: in all that are
	/// kept, if that is left out or more.
	#[method(name = "counters", blocking)]
	fn counters(
		&self,
		eras: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<views::counters::Activity>, Error>;

	/// What is held on a client for the storage of a job that keeps `maxBackups` bids as backups;
	/// none if that is left out.
	#[method(name = "jobDeposits", blocking)]
	fn job_deposits(
		&self,
		work: Work,
		max_backups: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<views::money::JobDeposits>, Error>;

	/// The storage deposit of an offer.
	#[method(name = "offerDeposit", blocking)]
	fn offer_deposit(&self, at: Option<Hash>) -> Result<Answer<Plancks>, Error>;

	/// What waits to be released to `account`.
	#[method(name = "claims", blocking)]
	fn claims(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::money::Claim>>, Error>;
}
