//! The genesis block: built for an empty database, compared for one that is in use.

use super::{Block, Executor, FullBackend};
use sc_client_api::Backend;
use sc_service::{BuildGenesisBlock, Configuration, Error as ServiceError, GenesisBlockBuilder};
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use sp_runtime::traits::Block as _;
use std::{path::PathBuf, sync::Arc};

/// Builds this chain's first block.
pub type Builder = GenesisBlockBuilder<Block, FullBackend, Executor>;

/// Why a chain specification and a database do not make a chain.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The specification's genesis cannot be built.
	#[error(
		"the chain specification `{chain}` has no usable genesis: {reason}; \
		 export a good one with `aitbc-node export-chain-spec`"
	)]
	Unusable {
		/// The chain's id.
		chain: String,
		/// What the SDK or the runtime said.
		reason: String,
	},
	/// The database was begun with another genesis.
	#[error(
		"{path} holds another chain with the id `{chain}`: its genesis is {found:?}, the chain \
		 specification's is {expected:?}. Pass the specification it was begun with, or another \
		 --base-path, or remove it with `aitbc-node purge-chain` and the same --chain and \
		 --base-path. (A runtime that was built again gives `dev` and `local` a new genesis.)"
	)]
	AnotherChain {
		/// The chain's data folder.
		path: PathBuf,
		/// The chain's id.
		chain: String,
		/// The hash of the database's first block.
		found: H256,
		/// The hash of the specification's first block.
		expected: H256,
	},
}

impl From<Error> for ServiceError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

/// Makes the builder of the genesis block that `config`'s chain specification describes.
///
/// The SDK trusts a database that is not empty, whatever the specification says; a node would
/// then follow a chain that its operator did not name. So the two are compared here.
pub fn builder(
	config: &Configuration,
	backend: Arc<FullBackend>,
	executor: Executor,
) -> Result<Builder, ServiceError> {
	let storage = config
		.chain_spec
		.as_storage_builder()
		.build_storage()
		.map_err(|reason| Error::Unusable { chain: config.chain_spec.id().into(), reason })?;

	let found = backend.blockchain().info().genesis_hash;
	// What the database says as long as it has no first block.
	if found != H256::zero() {
		let builder =
			Builder::new_with_storage(storage.clone(), false, backend.clone(), executor.clone())?;
		let (genesis, _) = builder.build_genesis_block()?;
		ensure_same_chain(config, found, genesis.hash())?;
	}

	Ok(Builder::new_with_storage(storage, !config.no_genesis(), backend, executor)?)
}

fn ensure_same_chain(config: &Configuration, found: H256, expected: H256) -> Result<(), Error> {
	if found == expected {
		return Ok(());
	}
	Err(Error::AnotherChain {
		path: config.data_path.clone(),
		chain: config.chain_spec.id().into(),
		found,
		expected,
	})
}
