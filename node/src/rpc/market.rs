//! The namespace `market_*`: what is offered and asked for, who works for whom, and what came of it.
//!
//! It only translates: what is answered is what the runtime API of the market answers.

mod api;
mod inputs;
mod terms;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
	format::Plancks,
	tags::Tag,
};
use crate::service::{Block, FullClient};
use aitbc_core::{AgentId, JobId, OfferId};
use aitbc_runtime::{AccountId, Hash};
use api::MarketRpcServer;
use inputs::OfferQuery;
use jsonrpsee::Methods;
use pallet_agents::runtime_api::AgentsApi;
use pallet_market::runtime_api::MarketApi;
use sc_service::ChainSpec;
use std::sync::Arc;
use terms::work::Work;
use views::{counters, job, money, offer, ranking};

/// Answers questions about the market.
struct Market {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![
		RequiredApi::of::<dyn MarketApi<Block, AccountId>>("MarketApi"),
		// Knows the names of tags.
		RequiredApi::of::<dyn AgentsApi<Block, AccountId>>("AgentsApi"),
	];
	Market { chain: Chain::new(client, apis), accounts: Accounts::of(spec) }.into_rpc().into()
}

impl MarketRpcServer for Market {
	fn offer(
		&self,
		offer: OfferId,
		at: Option<Hash>,
	) -> Result<Answer<Option<offer::Offer>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.offer(at, offer)?.map(|info| offer::Offer::new(info, &self.accounts)))
		})
	}

	fn offers_by_tag(
		&self,
		tag: Tag,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<offer::Offer>>, Error> {
		self.chain.page(at, |api, at| {
			let tag = tag.id(api, at)?;
			let list = List::new("market_offersByTag", tag);
			let after = list.place(after)?;
			let page = api.offers_by_tag(at, tag, after, limit_or_most(limit))?;
			Ok((offer::all(page.offers, &self.accounts), list.cursor(page.next)))
		})
	}

	fn offers_of_agent(
		&self,
		agent: AgentId,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<offer::Offer>>, Error> {
		let list = List::new("market_offersOfAgent", agent);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.offers_of(at, agent, after, limit_or_most(limit))?;
			Ok((offer::all(page.offers, &self.accounts), list.cursor(page.next)))
		})
	}

	fn rank_offers(
		&self,
		query: OfferQuery,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<ranking::Ranking>, Error> {
		self.chain.page(at, |api, at| {
			let capability = query.capability.id(api, at)?;
			let mut asked = query.of(capability, None);
			let list = List::new("market_rankOffers", &asked);
			asked.after = list.place(after)?;
			let found = api.rank_offers(at, asked, limit_or_most(limit))?;
			let next = list.cursor(found.next);
			Ok((ranking::Ranking::new(found, &self.accounts), next))
		})
	}

	fn quote(
		&self,
		offer: OfferId,
		work: Work,
		at: Option<Hash>,
	) -> Result<Answer<Option<money::Quote>>, Error> {
		let work = work.read(&self.accounts)?;
		self.chain.answer(at, |api, at| Ok(api.quote(at, offer, work)?.map(Into::into)))
	}

	fn job(&self, job: JobId, at: Option<Hash>) -> Result<Answer<Option<job::Job>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.job(at, job)?.map(|info| job::Job::new(info, &self.accounts)))
		})
	}

	fn jobs_of_party(
		&self,
		account: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<job::Job>>, Error> {
		let account = self.accounts.read(&account)?;
		let list = List::new("market_jobsOfParty", &account);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.jobs_of(at, account, after, limit_or_most(limit))?;
			Ok((job::all(page.jobs, &self.accounts), list.cursor(page.next)))
		})
	}

	fn open_jobs(
		&self,
		tag: Tag,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<job::Job>>, Error> {
		self.chain.page(at, |api, at| {
			let tag = tag.id(api, at)?;
			let list = List::new("market_openJobs", tag);
			let after = list.place(after)?;
			let page = api.open_jobs(at, tag, after, limit_or_most(limit))?;
			Ok((job::all(page.jobs, &self.accounts), list.cursor(page.next)))
		})
	}

	fn bids(&self, job: JobId, at: Option<Hash>) -> Result<Answer<Vec<ranking::Bid>>, Error> {
		self.chain.answer(at, |api, at| {
			let view = |bid| ranking::Bid::new(bid, &self.accounts);
			Ok(api.bids(at, job)?.into_iter().map(view).collect())
		})
	}

	fn rank_bids(
		&self,
		job: JobId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<ranking::RankedBid>>, Error> {
		self.chain.answer(at, |api, at| {
			let view = |ranked| ranking::RankedBid::new(ranked, &self.accounts);
			Ok(api.rank_bids(at, job)?.into_iter().map(view).collect())
		})
	}

	fn bid_bond(
		&self,
		job: JobId,
		price: Plancks,
		at: Option<Hash>,
	) -> Result<Answer<Option<Plancks>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.bid_bond(at, job, price.0)?.map(Plancks)))
	}

	fn open_bids(&self, account: Address, at: Option<Hash>) -> Result<Answer<u32>, Error> {
		let account = self.accounts.read(&account)?;
		self.chain.answer(at, |api, at| Ok(api.open_bids(at, account)?))
	}

	fn receipts(
		&self,
		job: JobId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<job::ReceiptEntry>>, Error> {
		self.chain.answer(at, |api, at| {
			let view = |entry| job::ReceiptEntry::new(entry, &self.accounts);
			Ok(api.receipts(at, job)?.into_iter().map(view).collect())
		})
	}

	fn counters(
		&self,
		eras: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<counters::Activity>, Error> {
		self.chain.answer(at, |api, at| Ok(api.counters(at, eras.unwrap_or(u32::MAX))?.into()))
	}

	fn job_deposits(
		&self,
		work: Work,
		max_backups: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<money::JobDeposits>, Error> {
		let work = work.read(&self.accounts)?;
		let max_backups = max_backups.unwrap_or_default();
		self.chain.answer(at, |api, at| Ok(api.job_deposits(at, work, max_backups)?.into()))
	}

	fn offer_deposit(&self, at: Option<Hash>) -> Result<Answer<Plancks>, Error> {
		self.chain.answer(at, |api, at| Ok(Plancks(api.offer_deposit(at)?)))
	}

	fn claims(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Vec<money::Claim>>, Error> {
		let account = self.accounts.read(&account)?;
		self.chain.answer(at, |api, at| {
			Ok(api.claims(at, account)?.into_iter().map(Into::into).collect())
		})
	}
}
