//! The namespace `telemetry_*`: what validators measure, and what this node's own worker does.
//!
//! What is on chain is only translated: it is what the runtime API of telemetry answers. What the worker
//! keeps on this machine is its operator's, so only those may ask for it who may call unsafe methods.

mod api;
mod views;

use super::{
	accounts::{Accounts, Address},
	answer::{Answer, Chain, Page, RequiredApi},
	cursor::{limit_or_most, Cursor, List},
	error::Error,
};
use crate::service::{Block, FullClient};
use aitbc_runtime::{AccountId, Hash};
use api::TelemetryRpcServer;
use codec::{Decode, Encode};
use jsonrpsee::{Extensions, Methods};
use pallet_telemetry::{
	runtime_api::TelemetryApi,
	types::{ReportId, Statement, Window, WorkerKey, KEY_TYPE},
	worker::local::{KeptAlarm, Key, Status, WorkerSettings},
};
use sc_rpc_api::check_if_safe;
use sc_service::ChainSpec;
use sp_core::{
	crypto::ByteArray,
	offchain::{OffchainStorage, STORAGE_PREFIX},
};
use sp_keystore::KeystorePtr;
use std::sync::Arc;
use views::{
	feed::{Feed, Overview},
	report::Report,
	reporter::{Claimable, Reporter},
	worker::{Alarm, NewKey, Recording, Worker},
};

/// The persistent storage of off-chain workers, as far as it is read.
pub type LocalStorage = Arc<dyn Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync>;

/// Reads `storage`, which the worker writes.
pub fn local_storage<S: OffchainStorage + 'static>(storage: S) -> LocalStorage {
	Arc::new(move |key| storage.get(STORAGE_PREFIX, key))
}

/// Answers questions about telemetry.
struct Telemetry {
	chain: Chain,
	accounts: Accounts,
	/// What the node's own worker has written.
	storage: Option<LocalStorage>,
	keystore: KeystorePtr,
}

/// The methods, on the chain of `client` that `spec` describes.
pub fn module(
	client: Arc<FullClient>,
	spec: &dyn ChainSpec,
	storage: Option<LocalStorage>,
	keystore: KeystorePtr,
) -> Methods {
	let apis = vec![RequiredApi::of::<dyn TelemetryApi<Block, AccountId>>("TelemetryApi")];
	let (chain, accounts) = (Chain::new(client, apis), Accounts::of(spec));
	Telemetry { chain, accounts, storage, keystore }.into_rpc().into()
}

impl Telemetry {
	/// What the worker keeps under `key`, if it is there and can be read.
	fn local<V: Decode>(&self, key: Key) -> Option<V> {
		let bytes = self.storage.as_ref()?(&key.bytes())?;
		V::decode(&mut bytes.as_slice()).ok()
	}
}

impl TelemetryRpcServer for Telemetry {
	fn overview(&self, at: Option<Hash>) -> Result<Answer<Overview>, Error> {
		self.chain.answer(at, |api, at| Ok(api.telemetry(at)?.into()))
	}

	fn reporter(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Option<Reporter>>, Error> {
		let account = self.accounts.read(&account)?;
		let show = |info| Reporter::new(info, &self.accounts);
		self.chain.answer(at, |api, at| Ok(api.reporter(at, account)?.map(show)))
	}

	fn reporters(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Reporter>>, Error> {
		let list = List::new("telemetry_reporters", ());
		let after = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.reporters(at, after, limit_or_most(limit))?;
			let show = |info| Reporter::new(info, &self.accounts);
			Ok((page.reporters.into_iter().map(show).collect(), list.cursor(page.next)))
		})
	}

	fn claimable(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Vec<Claimable>>, Error> {
		let account = self.accounts.read(&account)?;
		self.chain.answer(at, |api, at| {
			Ok(api.claimable(at, account)?.into_iter().map(Into::into).collect())
		})
	}

	fn feed(&self, window: Window, at: Option<Hash>) -> Result<Answer<Option<Feed>>, Error> {
		self.chain.answer(at, |api, at| Ok(api.feed(at, window)?.map(Into::into)))
	}

	fn feeds(
		&self,
		until: Option<Window>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<Vec<Feed>>, Error> {
		self.chain.answer(at, |api, at| {
			let feeds = api.feeds(at, until, limit_or_most(limit))?;
			Ok(feeds.into_iter().map(Into::into).collect())
		})
	}

	fn report(&self, report: u64, at: Option<Hash>) -> Result<Answer<Option<Report>>, Error> {
		let show = |info| Report::new(info, &self.accounts);
		self.chain.answer(at, |api, at| Ok(api.report(at, ReportId(report))?.map(show)))
	}

	fn reports(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<Report>>, Error> {
		let list = List::new("telemetry_reports", ());
		let before = list.place(after)?;
		self.chain.page(at, |api, at| {
			let page = api.reports(at, before, limit_or_most(limit))?;
			let show = |info| Report::new(info, &self.accounts);
			Ok((page.reports.into_iter().map(show).collect(), list.cursor(page.next)))
		})
	}

	fn worker(&self, ext: &Extensions) -> Result<Worker, Error> {
		check_if_safe(ext)?;
		let settings = self.local::<WorkerSettings>(Key::Settings);
		let status = self.local::<Status>(Key::Status);
		let keys = self.keystore.sr25519_public_keys(KEY_TYPE);
		Ok(Worker::new(settings, status, keys))
	}

	fn alarms(&self, ext: &Extensions) -> Result<Vec<Alarm>, Error> {
		check_if_safe(ext)?;
		let kept = self.local::<Vec<KeptAlarm>>(Key::Alarms).unwrap_or_default();
		Ok(kept.into_iter().rev().map(Into::into).collect())
	}

	fn recording(&self, ext: &Extensions, window: Window) -> Result<Option<Recording>, Error> {
		check_if_safe(ext)?;
		let recording = self.local::<aitbc_telemetry::Recording>(Key::Raw(window));
		Ok(recording.map(Into::into))
	}

	fn new_key(&self, ext: &Extensions, account: Address) -> Result<NewKey, Error> {
		check_if_safe(ext)?;
		let account = self.accounts.read(&account)?;
		let key = self.keystore.sr25519_generate_new(KEY_TYPE, None).map_err(Error::Keystore)?;
		let payload = Statement::WorksFor(&account).bytes(&self.chain.genesis());
		let proof = self
			.keystore
			.sr25519_sign(KEY_TYPE, &key, &payload)
			.map_err(Error::Keystore)?
			.ok_or(Error::KeyLost)?;
		let key = WorkerKey::from(key);
		Ok(NewKey::new(key.to_raw_vec(), proof.encode()))
	}
}
