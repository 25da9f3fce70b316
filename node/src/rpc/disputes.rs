//! The namespace `disputes_*`: what parties disagree about, who judges, and what came of it.
//!
//! It only translates: what is answered is what the runtime API of the disputes answers.

mod api;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
};
use crate::service::{Block, FullClient};
use aitbc_core::CaseId;
use aitbc_runtime::{AccountId, Hash};
use api::DisputesRpcServer;
use jsonrpsee::Methods;
use pallet_disputes::runtime_api::DisputesApi;
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{
	case::{Case, Involvement},
	court::Court,
	evidence::Evidence,
	round::Round,
};

/// Answers questions about disputes.
struct Disputes {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![RequiredApi::of::<dyn DisputesApi<Block, AccountId>>("DisputesApi")];
	Disputes { chain: Chain::new(client, apis), accounts: Accounts::of(spec) }.into_rpc().into()
}

impl DisputesRpcServer for Disputes {
	fn case(&self, case: CaseId, at: Option<Hash>) -> Result<Answer<Option<Case>>, Error> {
		self.chain.answer(at, |api, at| {
			Ok(api.case(at, case)?.map(|info| Case::new(info, &self.accounts)))
		})
	}

	fn round(
		&self,
		case: CaseId,
		round: u8,
		at: Option<Hash>,
	) -> Result<Answer<Option<Round>>, Error> {
		self.chain.answer(at, |api, at| {
			let round = api.round(at, case, aitbc_core::Round(round))?;
			Ok(round.map(|info| Round::new(info, &self.accounts)))
		})
	}

	fn rounds(&self, case: CaseId, at: Option<Hash>) -> Result<Answer<Vec<Round>>, Error> {
		self.chain.answer(at, |api, at| {
			let view = |info| Round::new(info, &self.accounts);
			Ok(api.rounds(at, case)?.into_iter().map(view).collect())
		})
	}

	fn evidence(&self, case: CaseId, at: Option<Hash>) -> Result<Answer<Vec<Evidence>>, Error> {
		self.chain.answer(at, |api, at| {
			let evidence = api.evidence(at, case)?;
			Ok(evidence.into_iter().map(Into::into).collect())
		})
	}

	fn cases_of(
		&self,
		account: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Involvement>>, Error> {
		let account = self.accounts.read(&account)?;
		let list = List::new("disputes_casesOf", &account);
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.cases_of(at, account, after, limit_or_most(limit))?;
			let view = |involvement| Involvement::new(involvement, &self.accounts);
			Ok((page.cases.into_iter().map(view).collect(), list.cursor(page.next)))
		})
	}

	fn court_terms(&self, at: Option<Hash>) -> Result<Answer<Court>, Error> {
		self.chain.answer(at, |api, at| Ok(api.court_terms(at)?.into()))
	}
}
