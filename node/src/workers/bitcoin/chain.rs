//! What the worker reads of this chain.

use crate::service::{Block, FullClient};
use aitbc_bitcoin::{BlockHash, Payload};
use aitbc_core::time::SLOT_MILLIS;
use aitbc_runtime::{
	dry_run::DispatchApi, AccountId, BlockNumber, Hash, Header, Nonce, RuntimeCall,
};
use codec::Encode;
use frame_system_rpc_runtime_api::AccountNonceApi;
use pallet_bitcoin_anchor::{runtime_api::BitcoinAnchorApi, Anchorer, PubkeyHash, TaskInfo};
use pallet_bitcoin_light_client::{runtime_api::BitcoinApi, HeaderInfo, LightClientInfo};
use sc_consensus_babe::find_pre_digest;
use sp_api::{ApiError, CallApiAt, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::traits::CallContext;
use sp_runtime::ApplyExtrinsicResult;
use sp_version::RuntimeVersion;
use std::{
	sync::Arc,
	time::{Duration, SystemTime, UNIX_EPOCH},
};

/// How old the best block may be on a node that is not behind.
const MOST_LAG: Duration = Duration::from_secs(120);

/// Why this chain could not be read. The worker tries again at its next round.
#[derive(Debug, thiserror::Error)]
pub enum ChainError {
	/// The runtime did not answer.
	#[error("the runtime does not answer: {0}")]
	Runtime(#[from] ApiError),
	/// The database did not answer.
	#[error("the database does not answer: {0}")]
	Database(#[from] sp_blockchain::Error),
	/// A block that must be there is not.
	#[error("block {0} is not in the database")]
	MissingBlock(BlockNumber),
}

/// This chain as of its best block, and what of it is final.
#[derive(Clone)]
pub struct Chain {
	client: Arc<FullClient>,
}

impl Chain {
	/// Reads through `client`.
	pub fn new(client: Arc<FullClient>) -> Self {
		Self { client }
	}

	/// The best block.
	pub fn best(&self) -> (Hash, BlockNumber) {
		let info = self.client.info();
		(info.best_hash, info.best_number)
	}

	/// The genesis block's hash.
	pub fn genesis(&self) -> Hash {
		self.client.info().genesis_hash
	}

	/// The number of the last final block.
	pub fn finalized(&self) -> BlockNumber {
		self.client.info().finalized_number
	}

	/// Whether the best block is of these minutes. A node that is behind knows neither what is due nor what is done.
	pub fn is_current(&self) -> Result<bool, ChainError> {
		let header = self.header(self.best().1)?;
		let slot =
			find_pre_digest::<Block>(&header).map(|digest| *digest.slot()).unwrap_or_default();
		let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
		let made = Duration::from_millis(slot.saturating_mul(SLOT_MILLIS));
		Ok(now.saturating_sub(made) <= MOST_LAG)
	}

	/// How a call of `account` would end if it were in the next block.
	pub fn try_out(
		&self,
		account: AccountId,
		call: &RuntimeCall,
	) -> Result<ApplyExtrinsicResult, ChainError> {
		Ok(self.client.runtime_api().dry_run(self.best().0, account, call.encode())?)
	}

	/// Whether this node has finalized exactly the block that `payload` names.
	pub fn has_finalized(&self, payload: &Payload) -> Result<bool, ChainError> {
		// In this order: what is below the last final block does not change any more, so the hash is of that chain.
		let finalized = self.finalized();
		let hash = self.client.hash(payload.height)?;
		Ok(payload.height <= finalized && hash == Some(payload.block_hash.into()))
	}

	/// The header of the block at `height` in the best chain.
	pub fn header(&self, height: BlockNumber) -> Result<Header, ChainError> {
		let missing = ChainError::MissingBlock(height);
		let Some(hash) = self.client.hash(height)? else { return Err(missing) };
		self.client.header(hash)?.ok_or(missing)
	}

	/// What the light client knows; none if this chain follows no Bitcoin.
	pub fn light_client(&self) -> Result<Option<LightClientInfo>, ChainError> {
		Ok(self.client.runtime_api().light_client(self.best().0)?)
	}

	/// A header of Bitcoin that the light client has.
	pub fn bitcoin_header(&self, hash: BlockHash) -> Result<Option<HeaderInfo>, ChainError> {
		let api = self.client.runtime_api();
		Ok(BitcoinApi::<Block>::header(&*api, self.best().0, hash)?)
	}

	/// What is to be anchored now.
	pub fn due(&self) -> Result<Option<Payload>, ChainError> {
		Ok(self.client.runtime_api().due(self.best().0)?)
	}

	/// The task of the block `height`, while it is kept.
	pub fn task(&self, height: BlockNumber) -> Result<Option<TaskInfo>, ChainError> {
		Ok(self.client.runtime_api().task(self.best().0, height)?)
	}

	/// The last tasks, newest first, at most `limit`.
	pub fn tasks(&self, limit: u32) -> Result<Vec<TaskInfo>, ChainError> {
		Ok(self.client.runtime_api().tasks(self.best().0, None, limit)?.tasks)
	}

	/// Who has a script.
	pub fn anchorer(&self, key: PubkeyHash) -> Result<Option<Anchorer<AccountId>>, ChainError> {
		Ok(self.client.runtime_api().anchorer(self.best().0, key)?)
	}

	/// The version of the runtime.
	pub fn version(&self) -> Result<RuntimeVersion, ChainError> {
		Ok(self.client.runtime_version_at(self.best().0, CallContext::Offchain)?)
	}

	/// The number of the account's next transaction, those that wait left out.
	pub fn nonce(&self, account: AccountId) -> Result<Nonce, ChainError> {
		Ok(self.client.runtime_api().account_nonce(self.best().0, account)?)
	}
}
