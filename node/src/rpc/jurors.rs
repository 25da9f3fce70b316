//! The namespace `jurors_*`: who may be drawn to judge, and which juries are to be drawn.
//!
//! It only translates: what is answered is what the runtime API of the jurors answers.

mod api;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, RequiredApi},
	error::Error,
};
use crate::service::{Block, FullClient};
use aitbc_runtime::{AccountId, Hash};
use api::JurorsRpcServer;
use jsonrpsee::Methods;
use pallet_jurors::runtime_api::JurorsApi;
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{juror::Juror, pool::Pool};

/// Answers questions about jurors.
struct Jurors {
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![RequiredApi::of::<dyn JurorsApi<Block, AccountId>>("JurorsApi")];
	Jurors { chain: Chain::new(client, apis), accounts: Accounts::of(spec) }.into_rpc().into()
}

impl JurorsRpcServer for Jurors {
	fn juror(&self, account: Address, at: Option<Hash>) -> Result<Answer<Option<Juror>>, Error> {
		let account = self.accounts.read(&account)?;
		self.chain.answer(at, |api, at| Ok(api.juror(at, account)?.map(Into::into)))
	}

	fn pool(&self, at: Option<Hash>) -> Result<Answer<Pool>, Error> {
		self.chain.answer(at, |api, at| Ok(api.pool(at)?.into()))
	}
}
