//! The `benchmark` sub-command.

use crate::service::{parts, Block};
use frame_benchmarking::benchmarking;
use frame_benchmarking_cli::{
	BenchmarkCmd, ExtrinsicFactory, SubstrateRemarkBuilder, SUBSTRATE_REFERENCE_HARDWARE,
};
use sc_cli::Result;
use sc_service::Configuration;
use sp_inherents::{InherentData, InherentDataProvider};
use sp_runtime::traits::HashingFor;
use std::time::Duration;

/// Measures what `command` asks for on the chain that `config` names.
pub fn run(command: &BenchmarkCmd, config: Configuration) -> Result<()> {
	match command {
		BenchmarkCmd::Pallet(command) => {
			command.run_with_spec::<HashingFor<Block>, ()>(Some(config.chain_spec))
		},
		BenchmarkCmd::Overhead(command) => command
			.run_with_default_builder_and_spec::<Block, benchmarking::HostFunctions>(Some(
				config.chain_spec,
			)),
		BenchmarkCmd::Block(command) => {
			let (parts, _tasks) = parts::open(&config, None)?;
			command.run(parts.client)
		},
		BenchmarkCmd::Storage(command) => {
			let (parts, _tasks) = parts::open(&config, None)?;
			let database = parts.backend.expose_db();
			let storage = parts.backend.expose_storage();
			let cache = parts.backend.expose_shared_trie_cache();
			command.run(config, parts.client, database, storage, cache)
		},
		BenchmarkCmd::Extrinsic(command) => {
			let (parts, _tasks) = parts::open(&config, None)?;
			let remark = SubstrateRemarkBuilder::new_from_client(parts.client.clone())?;
			let factory = ExtrinsicFactory(vec![Box::new(remark)]);
			command.run(parts.client, first_inherents()?, Vec::new(), &factory)
		},
		BenchmarkCmd::Machine(command) => {
			command.run(&config, SUBSTRATE_REFERENCE_HARDWARE.clone())
		},
	}
}

/// The inherents of a block in slot zero, which needs no BABE digest.
fn first_inherents() -> Result<InherentData> {
	let timestamp = sp_timestamp::InherentDataProvider::new(Duration::ZERO.into());
	let mut inherents = InherentData::new();
	futures::executor::block_on(timestamp.provide_inherent_data(&mut inherents))
		.map_err(|error| format!("cannot make the timestamp inherent: {error}"))?;
	Ok(inherents)
}
