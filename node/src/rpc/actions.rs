//! The namespace `actions_*`: the catalogue, operations actions, and what stops them.
//!
//! It only translates: what is answered is what the runtime API of actions answers.

mod api;
mod inputs;
mod views;

use super::{
	accounts::Accounts,
	answer::{Answer, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
};
use crate::service::{Block, FullClient};
use aitbc_core::{AccountId, ActionId, KindId};
use aitbc_runtime::Hash;
use api::ActionsRpcServer;
use inputs::{Filter, Target};
use jsonrpsee::Methods;
use pallet_actions::runtime_api::ActionsApi;
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{Action, Kind, Standing, Status, TrackRecord};

/// Answers questions about actions.
struct Actions {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![RequiredApi::of::<dyn ActionsApi<Block, AccountId>>("ActionsApi")];
	let (chain, accounts) = (Chain::new(client, apis), Accounts::of(spec));
	Actions { chain, accounts }.into_rpc().into()
}

impl ActionsRpcServer for Actions {
	fn status(&self, at: Option<Hash>) -> Result<Answer<Status>, Error> {
		self.chain.answer(at, |api, at| Ok(Status::new(api.actions_info(at)?, &self.accounts)))
	}

	fn kinds(&self, at: Option<Hash>) -> Result<Answer<Vec<Kind>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.kinds(at)?.into_iter().map(Kind::from).collect()))
	}

	fn kind(&self, kind: u16, at: Option<Hash>) -> Result<Answer<Option<Kind>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.kind(at, KindId(kind))?.map(Kind::from)))
	}

	fn action(&self, action: u64, at: Option<Hash>) -> Result<Answer<Option<Action>>, Error> {
		let show = |action| Action::new(action, &self.accounts);
		self.chain.answer(at, |api, at| Ok(api.action(at, ActionId(action))?.map(show)))
	}

	fn actions(
		&self,
		filter: Option<Filter>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Action>>, Error> {
		let filter = filter.unwrap_or_default().read(&self.accounts)?;
		let list = List::new("actions_actions", filter.clone());
		let before = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.actions(at, filter, before, limit_or_most(limit))?;
			let show = |action| Action::new(action, &self.accounts);
			Ok((page.actions.into_iter().map(show).collect(), list.cursor(page.next)))
		})
	}

	fn target(&self, target: Target, at: Option<Hash>) -> Result<Answer<Standing>, Error> {
		let target = target.read(&self.accounts)?;
		self.chain.answer(at, |api, at| Ok(Standing::new(api.target(at, target)?, &self.accounts)))
	}

	fn track_records(
		&self,
		kind: u16,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<TrackRecord>>, Error> {
		let list = List::new("actions_trackRecords", KindId(kind));
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.track_records(at, KindId(kind), after, limit_or_most(limit))?;
			let records = page.records.into_iter().map(TrackRecord::from).collect();
			Ok((records, list.cursor(page.next)))
		})
	}
}
