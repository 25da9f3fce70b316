//! Jobs, read and moved.

use super::{
	generated, types, BidTerms, Demand, Deposits, FiledReceipt, Job, JobPage, Window, Work,
};
use crate::{
	amount::Amount,
	chain::{runtime, Block, Call, Error},
	digest::Hash,
};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::aitbc_core::ids::{AgentId, EvidenceHash, JobId, OfferId, TagId};

/// Which jobs to list.
#[derive(Clone, Copy, Debug)]
pub enum JobsOf {
	/// Those of which an account is the client, or that went to it.
	Account(AccountId32),
	/// Those that wait for bids of a capability, by the id of its tag.
	Open(u32),
}

/// What it takes to hire by an offer.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Quote {
	/// The price to expect.
	pub price: Amount,
	/// What the client has to put in.
	pub total: Amount,
	/// What the provider puts at risk.
	pub bond: Amount,
	/// What is held on the client for storage.
	pub deposits: Deposits,
}

/// A receipt that was filed, and all that the chain has to say about it.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiptEntry {
	/// The receipt.
	#[serde(flatten)]
	pub receipt: FiledReceipt,
	/// The agent that filed it.
	pub agent: u64,
	/// The wallet under which it worked.
	pub account: AccountId32,
	/// Who paid.
	pub client: AccountId32,
}

/// Why an account's own money waits to be released.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimKind {
	/// Storage deposits of what is gone
	Deposit,
	/// Bonds of bids that left their lists
	Bond,
}

impl fmt::Display for ClaimKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Deposit => "deposit",
			Self::Bond => "bond",
		})
	}
}

/// Reads a job that is not forgotten, and that somebody had or may still get.
pub async fn job(block: &Block, job: u64) -> Result<Option<Job>, Error> {
	let api = runtime::runtime_apis().market_api();
	Ok(block.call(api.job(JobId(job))).await?.map(Job::from))
}

/// Reads up to `limit` jobs, from the one after `after` on. Pages follow the order of storage, which
/// is not that of the ids.
pub async fn jobs(
	block: &Block,
	of: JobsOf,
	after: Option<u64>,
	limit: u32,
) -> Result<JobPage, Error> {
	let mut page = JobPage { jobs: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.jobs.len()).unwrap_or(u32::MAX);
		let (after, missing) = (page.next.map(JobId), limit.saturating_sub(read));
		let api = runtime::runtime_apis().market_api();
		let more = match of {
			JobsOf::Account(account) => block.call(api.jobs_of(account, after, missing)).await?,
			JobsOf::Open(tag) => block.call(api.open_jobs(TagId(tag), after, missing)).await?,
		};
		page.jobs.extend(more.jobs.into_iter().map(Job::from));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.jobs.len() >= limit as usize {
			page.jobs.sort_by_key(|job| job.job);
			return Ok(page);
		}
	}
}

/// Reads the receipts that were filed for a job, and who filed them.
pub async fn receipts(block: &Block, job: u64) -> Result<Vec<ReceiptEntry>, Error> {
	let entries = block.call(runtime::runtime_apis().market_api().receipts(JobId(job))).await?;
	let entries = entries.into_iter().map(|entry| ReceiptEntry {
		receipt: entry.receipt.into(),
		agent: entry.agent.0,
		account: entry.account,
		client: entry.client,
	});
	Ok(entries.collect())
}

/// Reads what it takes to hire by an offer now, if there is such an offer.
pub async fn quote(block: &Block, offer: u64, work: &Work) -> Result<Option<Quote>, Error> {
	let api = runtime::runtime_apis().market_api();
	let quote = block.call(api.quote(OfferId(offer), work.into())).await?;
	Ok(quote.map(|quote| Quote {
		price: Amount(quote.price),
		total: Amount(quote.total),
		bond: Amount(quote.bond),
		deposits: quote.deposits.into(),
	}))
}

/// Reads what is held on a client for the storage of a job.
pub async fn job_deposits(block: &Block, work: &Work, backups: u32) -> Result<Deposits, Error> {
	let api = runtime::runtime_apis().market_api();
	Ok(block.call(api.job_deposits(work.into(), backups)).await?.into())
}

/// Reads what of an account's own money waits to be released.
pub async fn claims(
	block: &Block,
	account: AccountId32,
) -> Result<Vec<(ClaimKind, Amount)>, Error> {
	let claims = block.call(runtime::runtime_apis().market_api().claims(account)).await?;
	Ok(claims.into_iter().map(|(kind, amount)| (kind.into(), Amount(amount))).collect())
}

impl From<generated::money::ClaimKind> for ClaimKind {
	fn from(kind: generated::money::ClaimKind) -> Self {
		match kind {
			generated::money::ClaimKind::Deposit => Self::Deposit,
			generated::money::ClaimKind::Bond => Self::Bond,
		}
	}
}

impl From<ClaimKind> for generated::money::ClaimKind {
	fn from(kind: ClaimKind) -> Self {
		match kind {
			ClaimKind::Deposit => Self::Deposit,
			ClaimKind::Bond => Self::Bond,
		}
	}
}

/// Posts a job, and takes bids for it.
pub fn post(work: &Work, demand: &Demand, window: Window) -> impl Call {
	let window =
		generated::job::BiddingWindow { until: window.bids_until, assign_by: window.assign_by };
	runtime::transactions().market().post(work.into(), demand.into(), window)
}

/// Bids for a job.
pub fn bid(job: u64, terms: BidTerms, stays_as_backup: bool) -> impl Call {
	runtime::transactions().market().bid(JobId(job), terms.into(), stays_as_backup)
}

/// Takes the caller's bid back.
pub fn withdraw_bid(job: u64) -> impl Call {
	runtime::transactions().market().withdraw_bid(JobId(job))
}

/// Gives the job to the agent whose bid is this one.
pub fn assign(job: u64, agent: u64, expected: BidTerms) -> impl Call {
	runtime::transactions().market().assign(JobId(job), AgentId(agent), expected.into())
}

/// Hires the provider of an offer, if its price for the work is this one.
pub fn hire(offer: u64, work: &Work, expected_price: Amount) -> impl Call {
	runtime::transactions().market().hire(OfferId(offer), work.into(), expected_price.0)
}

/// Says that the provider starts.
pub fn start_job(job: u64) -> impl Call {
	runtime::transactions().market().start(JobId(job))
}

/// Files a receipt for a milestone of the plan, or for what was done so far.
pub fn submit_receipt(job: u64, milestone: Option<u32>, evidence: Hash) -> impl Call {
	let milestone = milestone.map(generated::plan::PlanIndex);
	let evidence = EvidenceHash(evidence.0.into());
	runtime::transactions().market().submit(JobId(job), milestone, evidence)
}

/// Says that the provider can't do what is left.
pub fn give_up(job: u64) -> impl Call {
	runtime::transactions().market().give_up(JobId(job))
}

/// Reports that a provider failed.
pub fn report(job: u64) -> impl Call {
	runtime::transactions().market().report(JobId(job))
}

/// Takes back a job that nobody has.
pub fn cancel_job(job: u64) -> impl Call {
	runtime::transactions().market().cancel(JobId(job))
}

/// Ends a job that nobody got in time.
pub fn expire(job: u64) -> impl Call {
	runtime::transactions().market().expire(JobId(job))
}

/// Removes what is kept of a settled job.
pub fn forget(job: u64) -> impl Call {
	runtime::transactions().market().forget(JobId(job))
}

/// Releases an account's own money that could not be released before.
pub fn collect_own(account: AccountId32, kind: ClaimKind) -> impl Call {
	runtime::transactions().market().collect(account, kind.into())
}
