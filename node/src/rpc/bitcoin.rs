//! The namespace `bitcoin_*`: Bitcoin's headers as this chain has them.
//!
//! It only translates: what is answered is what the runtime API of the light client answers.

mod api;
pub mod inputs;
mod views;

use super::{
	answer::{Answer, Chain, RequiredApi},
	error::Error,
};
use crate::service::{Block, FullClient};
use aitbc_runtime::Hash;
use api::BitcoinRpcServer;
use inputs::BlockHash;
use jsonrpsee::Methods;
use pallet_bitcoin_light_client::runtime_api::{BitcoinApi, MAX_PAGE};
use sc_service::ChainSpec;
use std::sync::Arc;
use views::{Header, LightClient};

/// Answers questions about Bitcoin.
struct Bitcoin {
	chain: Chain,
}

/// The methods, on the chain of `client`.
pub fn module(client: Arc<FullClient>, _: &dyn ChainSpec) -> Methods {
	let apis = vec![RequiredApi::of::<dyn BitcoinApi<Block>>("BitcoinApi")];
	Bitcoin { chain: Chain::new(client, apis) }.into_rpc().into()
}

impl BitcoinRpcServer for Bitcoin {
	fn light_client(&self, at: Option<Hash>) -> Result<Answer<Option<LightClient>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.light_client(at)?.map(Into::into)))
	}

	fn header(&self, hash: BlockHash, at: Option<Hash>) -> Result<Answer<Option<Header>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.header(at, hash.0)?.map(Into::into)))
	}

	fn header_at(&self, height: u32, at: Option<Hash>) -> Result<Answer<Option<Header>>, Error> {
		self.chain.answer(at, |api, at| {
			let Some(hash) = api.hash_at(at, height)? else { return Ok(None) };
			Ok(api.header(at, hash)?.map(Into::into))
		})
	}

	fn headers(
		&self,
		from: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<Vec<Header>>, Error> {
		self.chain.answer(at, |api, at| {
			let headers = api.headers(at, from, limit.unwrap_or(MAX_PAGE))?;
			Ok(headers.into_iter().map(Into::into).collect())
		})
	}

	fn stale(&self, height: u32, at: Option<Hash>) -> Result<Answer<Vec<Header>>, Error> {
		self.chain
			.answer(at, |api, at| Ok(api.stale(at, height)?.into_iter().map(Into::into).collect()))
	}
}
