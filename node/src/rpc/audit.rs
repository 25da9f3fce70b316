//! The namespace `audit_*`: what happened, who did it, and proofs of that.
//!
//! It only translates: what is answered is what the runtime API of the audit log answers. A proof is made
//! for the commitment in a block's digest.

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
use aitbc_audit::{Commitment, RecordId, ENGINE_ID};
use aitbc_runtime::Hash;
use api::AuditRpcServer;
use codec::DecodeAll;
use inputs::Query;
use jsonrpsee::Methods;
use pallet_audit_log::runtime_api::AuditApi;
use sc_service::ChainSpec;
use sp_runtime::{traits::Header, DigestItem};
use std::sync::Arc;
use views::{Log, Proof, Record};

/// Answers questions about the audit log.
struct Audit {
	client: Arc<FullClient>,
	chain: Chain,
	accounts: Accounts,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec) -> Methods {
	let apis = vec![RequiredApi::of::<dyn AuditApi<Block>>("AuditApi")];
	let (chain, accounts) = (Chain::new(client.clone(), apis), Accounts::of(spec));
	Audit { client, chain, accounts }.into_rpc().into()
}

impl Audit {
	/// What the digest of the block `hash` says of the log, as the block's parent left it.
	fn committed(&self, hash: Hash) -> Result<Option<Commitment>, Error> {
		let Some(header) = self.client.header(hash)? else { return Ok(None) };
		let commitment = |item: &DigestItem| match item {
			DigestItem::Consensus(ENGINE_ID, bytes) => Commitment::decode_all(&mut &**bytes).ok(),
			_ => None,
		};
		Ok(header.digest().logs.iter().find_map(commitment))
	}
}

impl AuditRpcServer for Audit {
	fn log(&self, at: Option<Hash>) -> Result<Answer<Log>, Error> {
		self.chain.answer(at, |api, at| Ok(api.audit_log(at)?.into()))
	}

	fn record(&self, record: u64, at: Option<Hash>) -> Result<Answer<Option<Record>>, Error> {
		let show = |record| Record::new(record, &self.accounts);
		self.chain.answer(at, |api, at| Ok(api.record(at, RecordId(record))?.map(show)))
	}

	fn records(
		&self,
		query: Option<Query>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Record>>, Error> {
		let query = query.unwrap_or_default().read(&self.accounts)?;
		let list = List::new("audit_records", query);
		let before = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.records(at, query, before, limit_or_most(limit))?;
			let show = |record| Record::new(record, &self.accounts);
			Ok((page.records.into_iter().map(show).collect(), list.cursor(page.next)))
		})
	}

	fn proof(&self, record: u64, at: Option<Hash>) -> Result<Answer<Option<Proof>>, Error> {
		self.chain.answer(at, |api, at| {
			let Some(committed) = self.committed(at)? else { return Ok(None) };
			let proven = api.prove(at, RecordId(record), Some(committed.count))?;
			Ok(proven.map(|proven| Proof::new(committed, proven, &self.accounts)))
		})
	}
}
