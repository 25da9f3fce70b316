//! The namespace `anchor_*`: blocks of this chain that are to be on Bitcoin, and how far that has come.
//!
//! What is on chain is only translated: it is what the runtime API of anchors answers. The rest is this node's own
//! worker's.

mod api;
mod inputs;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, Page, RequiredApi},
	bitcoin::inputs::BlockHash,
	cursor::{limit_or_most, Cursor, List},
	error::Error,
};
use crate::{
	service::{Block, FullClient},
	workers::bitcoin::{Desk, Wanted},
};
use aitbc_runtime::{AccountId, BlockNumber, Hash};
use api::AnchorRpcServer;
use codec::Encode;
use inputs::{Claim, PubkeyHash, Txid};
use jsonrpsee::{Extensions, Methods};
use pallet_bitcoin_anchor::{runtime_api::BitcoinAnchorApi, REGISTRATION_TAG};
use sc_rpc_api::check_if_safe;
use sc_service::ChainSpec;
use sp_io::hashing::sha2_256;
use std::sync::Arc;
use views::{Anchorer, Export, Payload, Registration, Schedule, Task, Worker};

/// Answers questions about anchors.
struct Anchor {
	chain: Chain,
	accounts: Accounts,
	/// Where this node's own worker is met, if one runs.
	desk: Option<Arc<Desk>>,
}

impl Anchor {
	fn desk(&self) -> Result<&Desk, Error> {
		self.desk.as_deref().ok_or(Error::NoBitcoinWorker)
	}
}

/// The methods, on the chain of `client` that `spec` describes, and about the worker that is met at `desk`.
pub fn module(client: Arc<FullClient>, spec: &dyn ChainSpec, desk: Option<Arc<Desk>>) -> Methods {
	let apis = vec![RequiredApi::of::<dyn BitcoinAnchorApi<Block, AccountId>>("BitcoinAnchorApi")];
	Anchor { chain: Chain::new(client, apis), accounts: Accounts::of(spec), desk }.into_rpc().into()
}

impl AnchorRpcServer for Anchor {
	fn schedule(&self, at: Option<Hash>) -> Result<Answer<Schedule>, Error> {
		self.chain.answer(at, |api, at| Ok(api.schedule(at)?.into()))
	}

	fn task(&self, height: BlockNumber, at: Option<Hash>) -> Result<Answer<Option<Task>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.task(at, height)?.map(Into::into)))
	}

	fn tasks(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Task>>, Error> {
		let list = List::new("anchor_tasks", ());
		let before = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.tasks(at, before, limit_or_most(limit))?;
			Ok((page.tasks.into_iter().map(Into::into).collect(), list.cursor(page.next)))
		})
	}

	fn latest(&self, at: Option<Hash>) -> Result<Answer<Option<Task>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.latest(at)?.map(Into::into)))
	}

	fn latest_final(&self, at: Option<Hash>) -> Result<Answer<Option<Task>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.latest_final(at)?.map(Into::into)))
	}

	fn due(&self, at: Option<Hash>) -> Result<Answer<Option<Payload>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.due(at)?.map(Into::into)))
	}

	fn anchorer(
		&self,
		key_hash: PubkeyHash,
		at: Option<Hash>,
	) -> Result<Answer<Option<Anchorer>>, Error> {
		let show = |anchorer| Anchorer::new(anchorer, &self.accounts);
		self.chain.answer(at, |api, at| Ok(api.anchorer(at, key_hash.0)?.map(show)))
	}

	fn registration_message(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<String>, Error> {
		let account = self.accounts.read(&account)?;
		self.chain.answer(at, |api, at| {
			Ok(format!("0x{}", hex::encode(api.registration_message(at, account)?)))
		})
	}

	fn worker(&self, extensions: &Extensions) -> Result<Option<Worker>, Error> {
		check_if_safe(extensions)?;
		let status = self.desk.as_ref().map(|desk| desk.status());
		Ok(status.map(|status| Worker::new(status, &self.accounts)))
	}

	fn rescan(&self, extensions: &Extensions) -> Result<(), Error> {
		check_if_safe(extensions)?;
		let desk = self.desk()?;
		if desk.status().address.is_none() {
			return Err(Error::NoAnchorKey);
		}
		desk.ask_for_scan();
		Ok(())
	}

	fn sign_registration(
		&self,
		extensions: &Extensions,
		account: Address,
	) -> Result<Registration, Error> {
		check_if_safe(extensions)?;
		let desk = self.desk()?;
		let account = self.accounts.read(&account)?;
		let key_hash = desk.status().key_hash.ok_or(Error::NoAnchorKey)?;
		// Made here: the key must not sign whatever a runtime hands it, which could be a transaction of Bitcoin.
		let message = sha2_256(&(REGISTRATION_TAG, self.chain.genesis(), &account).encode());
		let told = self.chain.answer(None, |api, at| Ok(api.registration_message(at, account)?))?;
		if told.result != message {
			return Err(Error::Worker(
				"the chain wants another message to be signed than this node knows: wait for the chain's first \
				 block, or update the node"
					.into(),
			));
		}
		let signature = desk.sign(&message).ok_or(Error::NoAnchorKey)?;
		Ok(Registration::new(key_hash, signature))
	}

	fn proof(
		&self,
		extensions: &Extensions,
		txid: Txid,
		block: BlockHash,
	) -> Result<String, Error> {
		check_if_safe(extensions)?;
		let proof = self.desk()?.prove(txid.0, block.0);
		let proof = proof.map_err(|error| Error::Worker(error.to_string()))?;
		Ok(format!("0x{}", hex::encode(proof.encode())))
	}

	fn export(
		&self,
		extensions: &Extensions,
		height: Option<BlockNumber>,
		claim: Option<Claim>,
	) -> Result<Export, Error> {
		check_if_safe(extensions)?;
		let desk = self.desk()?;
		let height = match height {
			Some(height) => height,
			None => self
				.chain
				.answer(None, |api, at| Ok(api.schedule(at)?.latest_final))?
				.result
				.ok_or(Error::NothingAnchored)?,
		};
		let wanted = claim.map_or(Wanted::Block, Into::into);
		let bundle = desk.export(height, wanted);
		let bundle = bundle.map_err(|error| Error::Worker(error.to_string()))?;
		Ok(Export::new(height, &bundle))
	}
}
