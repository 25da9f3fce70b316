//! The genesis block: built for an empty database, compared for one that is in use.

use super::{parts, Block, Executor, FullBackend};
use codec::{Decode, Encode};
use sc_client_api::{in_mem::Backend as InMemory, Backend};
use sc_service::{
	BuildGenesisBlock, ChainSpec, Configuration, Error as ServiceError, GenesisBlockBuilder,
};
use serde::Deserialize;
use serde_json::Value;
use sp_blockchain::HeaderBackend;
use sp_core::{
	storage::{well_known_keys, Storage},
	traits::{CallContext, CodeExecutor, RuntimeCode, WrappedRuntimeCode},
	H256,
};
use sp_io::hashing::blake2_256;
use sp_runtime::traits::Block as _;
use sp_state_machine::BasicExternalities;
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

/// What a specification says of the genesis.
#[derive(Deserialize)]
struct Described {
	genesis: Genesis,
}

/// How it says that.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Genesis {
	/// The runtime makes the state. None if the specification lists it.
	runtime_genesis: Option<RuntimeGenesis>,
}

/// What the runtime makes the state of.
#[derive(Deserialize)]
struct RuntimeGenesis {
	/// The runtime.
	#[serde(with = "sp_core::bytes")]
	code: Vec<u8>,
	#[serde(flatten)]
	config: Config,
}

/// What it is told.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Config {
	/// Everything.
	Config(Value),
	/// What differs from its defaults.
	Patch(Value),
}

/// Builds the state that `spec` describes.
///
/// The SDK does the same with an executor of its own for each step, and so compiles the runtime three times before
/// the first block; `executor` compiles it once, and goes on with that.
pub fn state(spec: &dyn ChainSpec, executor: &Executor) -> Result<Storage, Error> {
	let unusable = |reason: String| Error::Unusable { chain: spec.id().into(), reason };
	let json = spec.as_json(false).map_err(unusable)?;
	let described: Described =
		serde_json::from_str(&json).map_err(|error| unusable(error.to_string()))?;
	let built = match described.genesis.runtime_genesis {
		Some(RuntimeGenesis { code, config }) => Runtime { executor, code }.build(config),
		None => spec.as_storage_builder().build_storage(),
	};
	built.map_err(unusable)
}

/// A runtime that makes the state of a first block: the calls of `sp_genesis_builder::GenesisBuilder`.
struct Runtime<'a> {
	executor: &'a Executor,
	code: Vec<u8>,
}

impl Runtime<'_> {
	fn build(self, config: Config) -> Result<Storage, String> {
		let config = match config {
			Config::Config(config) => config,
			Config::Patch(patch) => {
				let mut config = self.defaults()?;
				merge(&mut config, patch);
				config
			},
		};
		let mut state = BasicExternalities::new_empty();
		let config = config.to_string().into_bytes();
		self.call::<Result<(), String>>(
			&mut state,
			"GenesisBuilder_build_state",
			&config.encode(),
		)??;
		let mut storage = state.into_storages();
		storage.top.insert(well_known_keys::CODE.to_vec(), self.code);
		Ok(storage)
	}

	/// What it assumes unless it is told something else.
	fn defaults(&self) -> Result<Value, String> {
		let (mut state, none) = (BasicExternalities::new_empty(), None::<String>);
		let defaults: Option<Vec<u8>> =
			self.call(&mut state, "GenesisBuilder_get_preset", &none.encode())?;
		let defaults = defaults.ok_or("the runtime has no defaults")?;
		serde_json::from_slice(&defaults).map_err(|error| error.to_string())
	}

	fn call<T: Decode>(
		&self,
		state: &mut BasicExternalities,
		method: &str,
		data: &[u8],
	) -> Result<T, String> {
		let code = RuntimeCode {
			code_fetcher: &WrappedRuntimeCode((&self.code).into()),
			heap_pages: None,
			// As the client names it later, so that it is found again.
			hash: blake2_256(&self.code).encode(),
		};
		let (answer, _) = self.executor.call(state, &code, method, data, CallContext::Offchain);
		let answer = answer.map_err(|error| error.to_string())?;
		T::decode(&mut &answer[..]).map_err(|error| error.to_string())
	}
}

/// Lays `patch` over `base`: object by object, and whatever else is there replaces what was.
fn merge(base: &mut Value, patch: Value) {
	match (base, patch) {
		(Value::Object(base), Value::Object(patch)) => {
			for (name, value) in patch {
				merge(base.entry(name).or_insert(Value::Null), value);
			}
		},
		(base, patch) => *base = patch,
	}
}

/// The hash of the first block of the chain that `config` names, whether there is a database or not.
pub fn hash(config: &Configuration) -> Result<H256, ServiceError> {
	let executor = parts::executor(&config.executor, None);
	let storage = state(&*config.chain_spec, &executor)?;
	// It takes no part but to compute the state's root.
	let memory = Arc::new(InMemory::<Block>::new());
	let builder =
		GenesisBlockBuilder::<Block, _, _>::new_with_storage(storage, false, memory, executor)?;
	let (genesis, _) = builder.build_genesis_block()?;
	Ok(genesis.hash())
}

/// Makes the builder of the genesis block that `config`'s chain specification describes, whose state is `storage`.
///
/// The SDK trusts a database that is not empty, whatever the specification says; a node would
/// then follow a chain that its operator did not name. So the two are compared here.
pub fn builder(
	config: &Configuration,
	storage: Storage,
	backend: Arc<FullBackend>,
	executor: Executor,
) -> Result<Builder, ServiceError> {
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain_spec;
	use aitbc_node_wasm::WASM_BINARY;
	use serde_json::json;

	#[test]
	fn state_should_be_what_the_sdk_builds() {
		if WASM_BINARY.is_none() {
			return;
		}
		let executor = Executor::builder().build();
		for chain in ["dev", "local"] {
			let spec: Box<dyn ChainSpec> =
				Box::new(chain_spec::load(chain).expect("the runtime is built in"));
			let expected = spec.as_storage_builder().build_storage().expect("it has a genesis");
			let built = state(&*spec, &executor).expect("it has a genesis");
			assert_eq!(built.top, expected.top, "{chain}");
			assert!(built.children_default.is_empty() && expected.children_default.is_empty());
		}
	}

	#[test]
	fn patch_should_replace_what_it_names() {
		let mut base = json!({ "a": { "b": 1, "c": [1, 2] }, "d": { "e": 1 } });
		merge(&mut base, json!({ "a": { "c": [3] }, "d": null, "f": 4 }));
		assert_eq!(base, json!({ "a": { "b": 1, "c": [3] }, "d": null, "f": 4 }));
	}
}
