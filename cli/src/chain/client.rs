//! The connection to a node, and the blocks read through it.

use super::Error;
use serde::{Deserialize, Serialize};
use std::{sync::Arc, time::Duration};
use subxt::{
	backend::LegacyBackend,
	client::OnlineClientAtBlock,
	config::{substrate::H256, Header, RpcConfigFor, SubstrateConfig},
	error::StorageError,
	rpcs::{
		client::{RpcParams, RpcSubscription},
		LegacyRpcMethods, RpcClient,
	},
	runtime_apis, storage,
	utils::AccountId32,
	OnlineClient,
};

/// How this chain encodes what subxt has to know: as Substrate does by default.
pub type Config = SubstrateConfig;

/// A block's header and transactions.
pub(super) type Body = subxt::rpcs::methods::legacy::Block<RpcConfigFor<Config>>;

/// A block, by number and hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockId {
	/// Its number.
	pub number: u64,
	/// Its hash.
	pub hash: H256,
	/// Whether it can never be replaced any more.
	pub finalized: bool,
}

/// A connection to a node.
///
/// It uses the JSON-RPC methods that every node has and reads at the best block, because people
/// look for what they have just done; subxt's newer backend reads finalized blocks only.
pub struct Chain {
	url: String,
	client: OnlineClient<Config>,
	rpc: RpcClient,
	methods: LegacyRpcMethods<RpcConfigFor<Config>>,
}

impl Chain {
	/// Connects to the node at `url`, within `timeout`.
	pub async fn connect(url: &str, timeout: Duration) -> Result<Self, Error> {
		let rpc = tokio::time::timeout(timeout, RpcClient::from_insecure_url(url))
			.await
			.map_err(|elapsed| Error::connecting(url, &elapsed))?
			.map_err(|error| Error::connecting(url, &error))?;
		let backend = Arc::new(LegacyBackend::builder().build(rpc.clone()));
		let client =
			OnlineClient::from_backend(backend).await.map_err(|error| Error::new(url, error))?;
		let methods = LegacyRpcMethods::new(rpc.clone());
		Ok(Self { url: url.to_owned(), client, rpc, methods })
	}

	/// The node's address.
	pub fn url(&self) -> &str {
		&self.url
	}

	/// The hash of the chain's first block.
	pub fn genesis_hash(&self) -> H256 {
		self.client.genesis_hash()
	}

	/// The node's best block.
	pub async fn best(&self) -> Result<Block, Error> {
		let hash = self.methods.chain_get_block_hash(None).await;
		let hash = hash.map_err(|error| self.request_error(error))?;
		self.block(hash.unwrap_or_else(|| self.genesis_hash())).await
	}

	/// The last finalized block.
	pub async fn finalized(&self) -> Result<Block, Error> {
		let hash = self.methods.chain_get_finalized_head().await;
		self.block(hash.map_err(|error| self.request_error(error))?).await
	}

	/// The block `number` of the best chain.
	pub async fn block_at(&self, number: u64) -> Result<Block, Error> {
		let at = self.client.at_block(number).await.map_err(|error| self.error(error))?;
		self.read(at).await
	}

	/// The block with this hash.
	pub async fn block(&self, hash: H256) -> Result<Block, Error> {
		let at = self.client.at_block(hash).await.map_err(|error| self.error(error))?;
		self.read(at).await
	}

	/// The hash of the block `number` of the best chain, if there is one.
	pub async fn hash_at(&self, number: u64) -> Result<Option<H256>, Error> {
		let hash = self.methods.chain_get_block_hash(Some(number.into())).await;
		hash.map_err(|error| self.request_error(error))
	}

	/// The number of the block with this hash, if the node knows it.
	pub async fn number_of(&self, hash: H256) -> Result<Option<u64>, Error> {
		let header = self.methods.chain_get_header(Some(hash)).await;
		Ok(header.map_err(|error| self.request_error(error))?.map(|header| header.number()))
	}

	/// What is in the block with this hash, if the node has it.
	pub(super) async fn body(&self, hash: H256) -> Result<Option<Body>, Error> {
		let block = self.methods.chain_get_block(Some(hash)).await;
		Ok(block.map_err(|error| self.request_error(error))?.map(|details| details.block))
	}

	/// Tells of every block that is finalized from now on.
	pub async fn finalized_heads(&self) -> Result<Heads, Error> {
		let subscription = self.methods.chain_subscribe_finalized_heads().await;
		let subscription = subscription.map_err(|error| self.request_error(error))?;
		Ok(Heads { url: self.url.clone(), subscription })
	}

	/// The nonce of the next transaction of `account`, those in the node's pool counted.
	pub async fn next_nonce(&self, account: &AccountId32) -> Result<u64, Error> {
		let nonce = self.methods.system_account_next_index(account).await;
		nonce.map_err(|error| self.request_error(error))
	}

	/// Asks the node itself.
	pub async fn request<T: serde::de::DeserializeOwned>(&self, method: &str) -> Result<T, Error> {
		let answer = self.rpc.request(method, RpcParams::new()).await;
		answer.map_err(|error| self.request_error(error))
	}

	/// The same with a parameter.
	pub async fn request_with<T: serde::de::DeserializeOwned>(
		&self,
		method: &str,
		parameter: impl Serialize,
	) -> Result<T, Error> {
		let mut parameters = RpcParams::new();
		parameters.push(parameter).map_err(|error| self.request_error(error))?;
		let answer = self.rpc.request(method, parameters).await;
		answer.map_err(|error| self.request_error(error))
	}

	/// The same with several parameters.
	pub async fn request_by_place<T: serde::de::DeserializeOwned, const N: usize>(
		&self,
		method: &str,
		places: [serde_json::Value; N],
	) -> Result<T, Error> {
		let mut parameters = RpcParams::new();
		for parameter in places {
			parameters.push(parameter).map_err(|error| self.request_error(error))?;
		}
		let answer = self.rpc.request(method, parameters).await;
		answer.map_err(|error| self.request_error(error))
	}

	/// Says that talking to this node failed.
	pub fn error(&self, error: impl Into<subxt::Error>) -> Error {
		Error::new(&self.url, error)
	}

	fn request_error(&self, error: subxt::rpcs::Error) -> Error {
		Error::request(&self.url, error)
	}

	/// Names a block of the best chain.
	async fn read(&self, at: OnlineClientAtBlock<Config>) -> Result<Block, Error> {
		let head = self.methods.chain_get_finalized_head().await;
		let head = head.map_err(|error| self.request_error(error))?;
		let finalized = self.number_of(head).await?.unwrap_or_default();
		let number = at.block_number();
		let id = BlockId { number, hash: at.block_hash(), finalized: number <= finalized };
		Ok(Block { url: self.url.clone(), at, id })
	}
}

/// The finalized blocks, as they become so.
pub struct Heads {
	url: String,
	subscription: RpcSubscription<<Config as subxt::Config>::Header>,
}

impl Heads {
	/// The number of the next one. Several that were finalized at once may be told as the last one.
	pub async fn next(&mut self) -> Result<u64, Error> {
		match self.subscription.next().await {
			Some(Ok(header)) => Ok(header.number()),
			Some(Err(error)) => Err(Error::request(&self.url, error)),
			None => Err(Error::Lost {
				url: self.url.clone(),
				reason: "it tells of no more blocks".to_owned(),
			}),
		}
	}
}

/// A block and its state.
pub struct Block {
	url: String,
	/// What subxt reads through.
	pub(super) at: OnlineClientAtBlock<Config>,
	/// Which block it is.
	pub id: BlockId,
}

impl Block {
	/// Calls a runtime API.
	pub async fn call<P: runtime_apis::Payload>(&self, call: P) -> Result<P::ReturnType, Error> {
		self.at.runtime_apis().call(call).await.map_err(|error| self.error(error))
	}

	/// Reads a storage value, or its default.
	pub async fn value<A: storage::Address>(
		&self,
		address: A,
		keys: A::KeyParts,
	) -> Result<A::Value, Error> {
		let value = self.at.storage().fetch(address, keys).await;
		value.map_err(|error| self.error(error))?.decode().map_err(|error| self.error(error))
	}

	/// Reads a storage value that may be absent.
	pub async fn option<A: storage::Address>(
		&self,
		address: A,
		keys: A::KeyParts,
	) -> Result<Option<A::Value>, Error> {
		let value = self.at.storage().try_fetch(address, keys).await;
		let value = value.map_err(|error| self.error(error))?;
		value.map(|value| value.decode()).transpose().map_err(|error| self.error(error))
	}

	/// Whether a storage map holds something for `keys`. Of one with a default, [`Self::option`] does not
	/// tell.
	pub async fn holds<A: storage::Address>(
		&self,
		address: A,
		keys: A::KeyParts,
	) -> Result<bool, Error> {
		let storage = self.at.storage();
		let entry = storage.entry(address).map_err(|error| self.error(error))?;
		let key = entry.fetch_key(keys).map_err(|error| self.error(error))?;
		match storage.fetch_raw(key).await {
			Ok(_) => Ok(true),
			Err(StorageError::NoValueFound) => Ok(false),
			Err(error) => Err(self.error(error)),
		}
	}

	/// Says that reading this block failed.
	pub fn error(&self, error: impl Into<subxt::Error>) -> Error {
		Error::new(&self.url, error)
	}
}
