//! The namespace `agents_*`: who agents are, what they offer, and what is said about them.
//!
//! It only translates: what is answered is what the runtime APIs of agents, reputation and
//! validations answer.

mod api;
mod inputs;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
	format::hexadecimal,
	tags::{self, Tag},
};
use crate::service::{Block, FullClient};
use aitbc_core::{AgentId, ValidationId};
use aitbc_runtime::{AccountId, BlockNumber, Hash};
use api::AgentsRpcServer;
use inputs::{Filter, Requirements};
use jsonrpsee::Methods;
use pallet_agents::{runtime_api::AgentsApi, types::PageIndex};
use pallet_reputation::runtime_api::ReputationApi;
use pallet_validations::runtime_api::ValidationsApi;
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{capability, registry, reputation, validation};

/// Answers questions about agents.
struct Agents {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![
		RequiredApi::of::<dyn AgentsApi<Block, AccountId>>("AgentsApi"),
		RequiredApi::of::<dyn ReputationApi<Block, AccountId>>("ReputationApi"),
		RequiredApi::of::<dyn ValidationsApi<Block, AccountId>>("ValidationsApi"),
	];
	Agents { chain: Chain::new(client, apis), accounts: Accounts::of(spec) }.into_rpc().into()
}

impl AgentsRpcServer for Agents {
	fn info(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<Option<registry::Agent>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.agent(at, agent)?.map(|info| registry::Agent::new(info, &self.accounts)))
		})
	}

	fn list(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<registry::Agent>>, Error> {
		let list = List::new("agents_list", ());
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.agents(at, after, limit_or_most(limit))?;
			Ok((registry::agents(page.agents, &self.accounts), list.cursor(page.next)))
		})
	}

	fn of_owner(
		&self,
		owner: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<registry::Agent>>, Error> {
		let owner = self.accounts.read(&owner)?;
		let list = List::new("agents_ofOwner", &owner);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.agents_of(at, owner, after, limit_or_most(limit))?;
			Ok((registry::agents(page.agents, &self.accounts), list.cursor(page.next)))
		})
	}

	fn of_wallet(
		&self,
		wallet: Address,
		at: Option<Hash>,
	) -> Result<Answer<Option<AgentId>>, Error> {
		let wallet = self.accounts.read(&wallet)?;
		self.chain.answer(at, |api, at| Ok(api.agent_of_wallet(at, wallet)?))
	}

	fn capabilities(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<capability::Capability>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.capabilities(at, agent)?.into_iter().map(Into::into).collect())
		})
	}

	fn by_capability(
		&self,
		tag: Tag,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<capability::Row>>, Error> {
		self.chain.page(at, |api, at| {
			let tag = tag.id(api, at)?;
			let list = List::new("agents_byCapability", tag);
			let from = list.place(after)?;
			let page = api.agents_by_capability(at, tag, from, limit_or_most(limit))?;
			Ok((page.rows.into_iter().map(Into::into).collect(), list.cursor(page.next)))
		})
	}

	fn metadata(
		&self,
		agent: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<registry::Metadata>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.metadata(at, agent)?.into_iter().map(Into::into).collect())
		})
	}

	fn tags(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<registry::Tag>>, Error> {
		let list = List::new("agents_tags", ());
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.tags(at, after, limit_or_most(limit))?;
			Ok((page.tags.into_iter().map(Into::into).collect(), list.cursor(page.next)))
		})
	}

	fn matches(
		&self,
		requirements: Requirements,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<capability::Search>, Error> {
		self.chain.page(at, |api, at| {
			let tag = requirements.tag.id(api, at)?;
			let mut asked = requirements.of(tag, None);
			let list = List::new("agents_match", asked);
			// Searches go round the index, so a cursor also knows how many pages are behind it.
			let (start, behind) = list.place::<(PageIndex, u32)>(after)?.unzip();
			asked.start = start;
			let found = api.match_agents(at, asked, limit_or_most(limit))??;
			let behind = behind.unwrap_or_default().saturating_add(found.pages_read);
			let next = found.next.filter(|_| behind < found.pages).map(|next| (next, behind));
			Ok((found.into(), list.cursor(next)))
		})
	}

	fn score(&self, agent: AgentId, at: Option<Hash>) -> Result<Answer<reputation::Score>, Error> {
		self.chain.answer(at, |api, at| Ok(api.score(at, agent)?.into()))
	}

	fn summary(
		&self,
		agent: AgentId,
		tag: Tag,
		about: Option<Tag>,
		at: Option<Hash>,
	) -> Result<Answer<reputation::Summary>, Error> {
		self.chain.answer(at, |api, at| {
			let (tag, about) = (tag.id(api, at)?, tags::optional(about, api, at)?);
			Ok(ReputationApi::summary(api, at, agent, tag, about)?.into())
		})
	}

	fn feedback(
		&self,
		agent: AgentId,
		filter: Option<Filter>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<reputation::Feedback>>, Error> {
		self.chain.page(at, |api, at| {
			let filter = filter.unwrap_or_default().read(&self.accounts, api, at)?;
			let list = List::new("agents_feedback", (agent, &filter));
			let after = list.place(after)?;
			let page = api.feedback(at, agent, filter, after, limit_or_most(limit))?;
			let view = |info| reputation::Feedback::new(info, &self.accounts);
			Ok((page.feedback.into_iter().map(view).collect(), list.cursor(page.next)))
		})
	}

	fn clients(
		&self,
		agent: AgentId,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<String>>, Error> {
		let list = List::new("agents_clients", agent);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.clients(at, agent, after, limit_or_most(limit))?;
			let clients = page.clients.iter().map(|client| self.accounts.show(client)).collect();
			Ok((clients, list.cursor(page.next)))
		})
	}

	fn validation(
		&self,
		validation: ValidationId,
		at: Option<Hash>,
	) -> Result<Answer<Option<validation::Validation>>, Error> {
		self.chain.answer(at, |api, at| {
			let info = api.validation(at, validation)?;
			Ok(info.map(|info| validation::Validation::new(info, &self.accounts)))
		})
	}

	fn validations(
		&self,
		agent: AgentId,
		tag: Option<Tag>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<validation::Validation>>, Error> {
		self.chain.page(at, |api, at| {
			let tag = tags::optional(tag, api, at)?;
			let list = List::new("agents_validations", (agent, tag));
			let after = list.place(after)?;
			let page = api.validations_of(at, agent, tag, after, limit_or_most(limit))?;
			Ok((validation::all(page.validations, &self.accounts), list.cursor(page.next)))
		})
	}

	fn validation_requests(
		&self,
		validator: AgentId,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<validation::Validation>>, Error> {
		let list = List::new("agents_validationRequests", validator);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.requests_to(at, validator, after, limit_or_most(limit))?;
			Ok((validation::all(page.validations, &self.accounts), list.cursor(page.next)))
		})
	}

	fn validation_summary(
		&self,
		agent: AgentId,
		validator: Option<AgentId>,
		tag: Option<Tag>,
		at: Option<Hash>,
	) -> Result<Answer<validation::Summary>, Error> {
		self.chain.answer(at, |api, at| {
			let tag = tags::optional(tag, api, at)?;
			Ok(ValidationsApi::summary(api, at, agent, validator, tag)?.into())
		})
	}

	fn validator_record(
		&self,
		validator: AgentId,
		at: Option<Hash>,
	) -> Result<Answer<validation::ValidatorRecord>, Error> {
		self.chain.answer(at, |api, at| Ok(api.validator_record(at, validator)?.into()))
	}

	fn wallet_payload(
		&self,
		agent: AgentId,
		wallet: Address,
		deadline: BlockNumber,
		at: Option<Hash>,
	) -> Result<Answer<Option<String>>, Error> {
		let wallet = self.accounts.read(&wallet)?;
		self.chain.answer(at, |api, at| {
			let payload = api.wallet_payload(at, agent, wallet, deadline)?;
			Ok(payload.map(|payload| hexadecimal(&payload)))
		})
	}

	fn registration_cost(
		&self,
		uri_length: u32,
		at: Option<Hash>,
	) -> Result<Answer<registry::RegistrationCost>, Error> {
		self.chain.answer(at, |api, at| Ok(api.registration_cost(at, uri_length)?.into()))
	}
}
