//! The chains that this binary knows, and how it reads the others.

use crate::network_file::{self, Rules};
use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT},
	Balance, Hash,
};
use aitbc_node_wasm::WASM_BINARY;
use aitbc_runtime::{
	configs::{governance::committee::MaxMembers, money::TreasuryAccount},
	genesis_config_presets, Runtime,
};
use pallet_actions::MAX_APPROVERS;
use sc_chain_spec::{
	json_merge, ChainSpec as _, ChainSpecExtension, ChainType, GenericChainSpec, Properties,
};
use serde::{Deserialize, Serialize};
use sp_core::Get;
use sp_io::hashing::blake2_256;
use std::{
	borrow::Cow,
	fs, io,
	path::{Path, PathBuf},
};

use crate::service::Block;

/// A chain's specification: its genesis, its boot nodes, and what the client must know beside.
pub type ChainSpec = GenericChainSpec<Extensions>;

/// What the client reads from a specification beyond the SDK's own fields.
#[derive(Clone, Default, Serialize, Deserialize, ChainSpecExtension)]
#[serde(rename_all = "camelCase")]
pub struct Extensions {
	/// Blocks that must have the given hash.
	pub fork_blocks: sc_client_api::ForkBlocks<Block>,
	/// Hashes of blocks that are never imported.
	pub bad_blocks: sc_client_api::BadBlocks<Block>,
	/// Where a light client starts; the RPC `sync_state_genSyncSpec` fills it in.
	pub light_sync_state: sc_sync_state_rpc::LightSyncStateExtension,
}

/// The most that a faucet begins with: no more than a validator of such a network may own, and of one billion too little
/// to decide a vote.
const MOST_FAUCET: Balance = 100_000 * AIT;

/// The presets of networks that operators make their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Operated {
	/// A rehearsal of production: ten validators, and days that take an hour
	Staging,
	/// The network that counts
	Production,
}

impl Operated {
	/// The preset's name.
	const fn name(self) -> &'static str {
		match self {
			Self::Staging => genesis_config_presets::STAGING,
			Self::Production => genesis_config_presets::PRODUCTION,
		}
	}

	/// What it asks of its networks.
	fn rules(self) -> Rules {
		let most = match self {
			Self::Staging => genesis_config_presets::STAGING_VALIDATORS,
			Self::Production => genesis_config_presets::PRODUCTION_VALIDATORS,
		};
		let count = |validators| usize::try_from(validators).unwrap_or(usize::MAX);
		Rules {
			preset: self.name(),
			is_for_tests: self == Self::Staging,
			fewest_validators: count(genesis_config_presets::FEWEST_VALIDATORS),
			most_validators: count(most),
			least_bond: genesis_config_presets::MIN_VALIDATOR_BOND,
			least_commission: genesis_config_presets::MIN_COMMISSION,
			supply: genesis_config_presets::SUPPLY,
			most_faucet: MOST_FAUCET,
			most_members: count(MaxMembers::get()),
			most_approvers: count(MAX_APPROVERS),
			existential_deposit: EXISTENTIAL_DEPOSIT,
			treasury: TreasuryAccount::get(),
			ss58_prefix: <Runtime as frame_system::Config>::SS58Prefix::get(),
		}
	}
}

/// Why an operator's network has no specification.
#[derive(Debug, thiserror::Error)]
pub enum OperatedError {
	/// The file makes none.
	#[error(transparent)]
	File(#[from] network_file::Error),
	/// The binary makes none.
	#[error(transparent)]
	Binary(#[from] Error),
	/// The Wasm that the network is to begin with can't be read.
	#[error("cannot read the Wasm {}: {cause}; pass --code with what scripts/release-wasm has built", path.display())]
	NoCode {
		/// The file.
		path: PathBuf,
		/// What the system said.
		cause: io::Error,
	},
	/// The Wasm that the network is to begin with is no runtime, or another one than this binary's.
	#[error(
		"the Wasm {} builds no genesis of the network: {reason}; pass --code with what scripts/release-wasm \
		 has built from the sources of this binary",
		path.display()
	)]
	WrongCode {
		/// The file.
		path: PathBuf,
		/// What it said, or who could not run it.
		reason: String,
	},
	/// The runtime refuses what the file says.
	#[error(
		"the runtime builds no genesis of {}: {reason}; the checks of this file should have said so, \
		 please report it",
		path.display()
	)]
	NoGenesis {
		/// The file.
		path: PathBuf,
		/// What the runtime said.
		reason: String,
	},
}

/// Why there is no specification for what was asked.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
	/// Neither `--dev` nor `--chain` was given.
	#[error(
		"no chain was chosen: pass --dev for a throwaway chain on this machine, or --chain with \
		 `dev`, `local`, or the path of a chain specification (JSON)"
	)]
	NotChosen,
	/// The name is not known, and not that of a file either.
	#[error(
		"unknown chain `{0}`: pass `dev` (one validator), `local` (four validators), or the path \
		 of a chain specification (JSON)"
	)]
	Unknown(String),
	/// There is nothing at the path.
	#[error("there is no chain specification at {}: check the path given with --chain", .0.display())]
	Missing(PathBuf),
	/// The file is there but cannot be used.
	#[error(
		"cannot read the chain specification {path}: {reason}; \
		 export a good one with `aitbc-node export-chain-spec`"
	)]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// What the parser said.
		reason: String,
	},
	/// The built-in runtime does not know a chain that this binary does.
	#[error("this binary's runtime has no preset `{0}`: build it again from one checkout")]
	NoPreset(String),
	/// The binary was built with `SKIP_WASM_BUILD`.
	#[error(
		"this binary was built without a runtime: build it again without SKIP_WASM_BUILD, or pass \
		 --chain with the path of a chain specification that holds one"
	)]
	NoRuntime,
}

/// Finds the specification of `chain`: a known name or the path of a JSON file.
pub fn load(chain: &str) -> Result<ChainSpec, Error> {
	match chain {
		"" => Err(Error::NotChosen),
		"dev" => development(),
		"local" => local(),
		path => read(Path::new(path)),
	}
}

/// One validator, Alice, on one machine.
fn development() -> Result<ChainSpec, Error> {
	Ok(from_preset(genesis_config_presets::DEVELOPMENT)?
		.with_name("AITBC Development")
		.with_id("dev")
		.with_chain_type(ChainType::Development)
		.build())
}

/// Four validators on one machine.
fn local() -> Result<ChainSpec, Error> {
	Ok(from_preset(genesis_config_presets::LOCAL)?
		.with_name("AITBC Local")
		.with_id("local")
		.with_chain_type(ChainType::Local)
		.build())
}

/// The network that the operator's `file` makes of a preset, and the BLAKE2b hash of the Wasm that it begins with: the
/// file `code`, or this binary's own.
pub fn operated(
	preset: Operated,
	file: &Path,
	code: Option<&Path>,
) -> Result<(ChainSpec, Hash), OperatedError> {
	let network = network_file::read(file, &preset.rules())?;
	let wasm: Cow<[u8]> = match code {
		None => built_in()?.into(),
		Some(path) => fs::read(path)
			.map_err(|cause| OperatedError::NoCode { path: path.into(), cause })?
			.into(),
	};
	let mut genesis = patch(preset.name())?;
	json_merge(&mut genesis, network.patch());
	let spec = from_patch(&wasm, genesis)
		.with_name(&network.name)
		.with_id(&network.id)
		.with_chain_type(ChainType::Live)
		.with_boot_nodes(network.boot_nodes)
		.build();
	// Better now than when the validators start.
	spec.as_storage_builder().build_storage().map_err(|reason| match code {
		None => OperatedError::NoGenesis { path: file.into(), reason },
		Some(path) => OperatedError::WrongCode { path: path.into(), reason },
	})?;
	Ok((spec, blake2_256(&wasm).into()))
}

/// A specification whose genesis is one of the built-in runtime's presets.
fn from_preset(preset: &str) -> Result<sc_chain_spec::ChainSpecBuilder<Extensions>, Error> {
	Ok(from_patch(built_in()?, patch(preset)?))
}

/// The Wasm of this binary's runtime.
fn built_in() -> Result<&'static [u8], Error> {
	WASM_BINARY.ok_or(Error::NoRuntime)
}

/// A specification of the runtime `wasm`, with what `patch` sets.
fn from_patch(
	wasm: &[u8],
	patch: serde_json::Value,
) -> sc_chain_spec::ChainSpecBuilder<Extensions> {
	ChainSpec::builder(wasm, Extensions::default())
		.with_protocol_id("aitbc")
		.with_properties(properties())
		// By name, the runtime would be compiled once more to ask it for the same.
		.with_genesis_config_patch(patch)
}

/// What a preset of the built-in runtime sets.
fn patch(preset: &str) -> Result<serde_json::Value, Error> {
	let json = genesis_config_presets::get_preset(&preset.into());
	let patch = json.and_then(|json| serde_json::from_slice(&json).ok());
	patch.ok_or_else(|| Error::NoPreset(preset.into()))
}

/// What wallets need to show amounts and addresses.
fn properties() -> Properties {
	let ss58_format: u16 = <Runtime as frame_system::Config>::SS58Prefix::get();
	Properties::from_iter([
		("tokenSymbol".into(), aitbc_core::money::SYMBOL.into()),
		("tokenDecimals".into(), aitbc_core::money::DECIMALS.into()),
		("ss58Format".into(), ss58_format.into()),
	])
}

fn read(path: &Path) -> Result<ChainSpec, Error> {
	if !path.exists() {
		// Whoever writes a folder or an extension means a file.
		let is_name = path.components().count() == 1 && path.extension().is_none();
		return Err(match is_name {
			true => Error::Unknown(path.display().to_string()),
			false => Error::Missing(path.into()),
		});
	}
	ChainSpec::from_json_file(path.into()).map_err(|reason| Error::Unreadable {
		path: path.into(),
		reason: reason.trim_start_matches("Error parsing spec file: ").into(),
	})
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	/// A specification as another node would export it, of a genesis that nobody executes.
	const FOREIGN: &str = r#"{
		"name": "Foreign",
		"id": "foreign",
		"chainType": "Live",
		"bootNodes": [],
		"telemetryEndpoints": null,
		"protocolId": null,
		"properties": null,
		"badBlocks": ["0x0101010101010101010101010101010101010101010101010101010101010101"],
		"codeSubstitutes": {},
		"genesis": { "raw": { "top": {}, "childrenDefault": {} } }
	}"#;

	fn file_with(content: &str) -> tempfile::NamedTempFile {
		let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		file.write_all(content.as_bytes()).expect("a temporary file can be written");
		file
	}

	fn error_of(chain: &str) -> Error {
		match load(chain) {
			Ok(spec) => panic!("`{chain}` loaded as {}", spec.name()),
			Err(error) => error,
		}
	}

	#[test]
	fn load_should_say_what_to_pass_when_no_chain_is_chosen() {
		let error = error_of("");

		assert_eq!(error, Error::NotChosen);
		assert!(error.to_string().contains("--dev") && error.to_string().contains("--chain"));
	}

	#[test]
	fn load_should_name_the_known_chains_when_the_name_is_unknown() {
		let error = error_of("mainnet");

		assert_eq!(error, Error::Unknown("mainnet".into()));
		assert!(error.to_string().contains("`dev`") && error.to_string().contains("`local`"));
	}

	#[test]
	fn load_should_name_the_path_when_the_file_is_missing() {
		for path in ["/nowhere/spec.json", "spec.json", "nowhere/spec"] {
			let error = error_of(path);
			assert_eq!(error, Error::Missing(path.into()));
			assert!(error.to_string().contains(path), "{error}");
		}
	}

	#[test]
	fn load_should_give_path_and_reason_when_the_file_is_malformed() {
		let file = file_with(r#"{ "name": "Broken", "#);
		let path = file.path().to_string_lossy();

		let error = error_of(&path).to_string();

		assert!(error.contains(&*path), "{error}");
		assert!(error.contains("line 1 column"), "{error}");
	}

	#[test]
	fn load_should_give_path_and_reason_when_the_path_is_a_folder() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().to_string_lossy();

		assert!(error_of(&path).to_string().contains(&*path));
	}

	#[test]
	fn load_should_read_the_extensions_when_the_file_has_them() {
		let file = file_with(FOREIGN);

		let spec = load(&file.path().to_string_lossy()).expect("the file is a specification");

		assert_eq!(spec.id(), "foreign");
		assert_eq!(spec.extensions().bad_blocks.as_ref().map(|blocks| blocks.len()), Some(1));
		assert!(spec.extensions().fork_blocks.is_none());
	}

	#[test]
	fn known_chains_should_load_when_the_runtime_is_built_in() {
		for (chain, chain_type) in [("dev", ChainType::Development), ("local", ChainType::Local)] {
			if WASM_BINARY.is_none() {
				assert_eq!(error_of(chain), Error::NoRuntime);
				continue;
			}
			let spec: Box<dyn sc_chain_spec::ChainSpec> =
				Box::new(load(chain).expect("the runtime is built in"));
			assert_eq!(spec.id(), chain);
			assert_eq!(spec.chain_type(), chain_type);
			assert_eq!(spec.properties().get("tokenSymbol"), Some(&"AIT".into()));
		}
	}

	#[test]
	fn known_chains_should_survive_export_when_the_runtime_is_built_in() {
		if WASM_BINARY.is_none() {
			return;
		}
		for chain in ["dev", "local"] {
			let spec: Box<dyn sc_chain_spec::ChainSpec> =
				Box::new(load(chain).expect("the runtime is built in"));
			let raw = spec.as_json(true).expect("the preset builds a genesis");
			let file = file_with(&raw);

			let read: Box<dyn sc_chain_spec::ChainSpec> =
				Box::new(load(&file.path().to_string_lossy()).expect("an export is readable"));

			assert_eq!(read.as_json(true).expect("it is raw already"), raw, "{chain}");
		}
	}
}
