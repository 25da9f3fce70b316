//! Runs what the command line asks for.

use crate::{
	cli::{Cli, Subcommand},
	service::{self, parts::Parts, Block, FullBackend, FullClient},
};
use sc_cli::{CliConfiguration, Result, SubstrateCli};
use sc_service::Configuration;
use sp_runtime::traits::NumberFor;
use std::{future::Future, sync::Arc};

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
	let cli = Cli::from_args();

	match &cli.subcommand {
		None => run_node(cli),
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::ExportChainSpec(command)) => command.run(cli.load_spec(&command.chain)?),
		Some(Subcommand::CheckBlock(command)) => {
			with_parts(&cli, command, |parts, _| command.run(parts.client, parts.import_queue))
		},
		Some(Subcommand::ExportBlocks(command)) => {
			with_parts(&cli, command, |parts, config| command.run(parts.client, config.database))
		},
		Some(Subcommand::ImportBlocks(command)) => {
			with_parts(&cli, command, |parts, _| command.run(parts.client, parts.import_queue))
		},
		Some(Subcommand::ExportState(command)) => {
			with_parts(&cli, command, |parts, config| command.run(parts.client, config.chain_spec))
		},
		Some(Subcommand::Revert(command)) => with_parts(&cli, command, |parts, _| {
			command.run(parts.client, parts.backend, Some(Box::new(revert_consensus)))
		}),
		Some(Subcommand::PurgeChain(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run(config.database))
		},
		Some(Subcommand::ChainInfo(command)) => {
			cli.create_runner(command)?.sync_run(|config| command.run::<Block>(&config))
		},
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(command)) => {
			cli.create_runner(command)?.sync_run(|config| crate::benchmarking::run(command, config))
		},
	}
}

fn run_node(cli: Cli) -> Result<()> {
	let mut runner = cli.create_runner(&cli.run)?;
	if cli.run.rpc_params.experimental_rpc_endpoint.is_empty() {
		insist_on_rpc_port(runner.config_mut());
	}
	let storage_monitor = cli.storage_monitor;
	runner.run_node_until_exit(|config| async move {
		service::start(config, storage_monitor).await.map_err(sc_cli::Error::Service)
	})
}

/// Makes a used RPC port an error.
///
/// By default the SDK would take any other port and say so in one line of the log, while clients
/// go on talking to whichever node holds the usual one.
fn insist_on_rpc_port(config: &mut Configuration) {
	for endpoint in config.rpc.addr.iter_mut().flatten() {
		endpoint.retry_random_port = false;
	}
}

/// Opens the chain's database for `work`, and keeps its tasks alive meanwhile.
fn with_parts<C: CliConfiguration, F: Future<Output = Result<()>>>(
	cli: &Cli,
	command: &C,
	work: impl FnOnce(Parts, Configuration) -> F,
) -> Result<()> {
	cli.create_runner(command)?.async_run(|config| {
		let (parts, tasks) = service::parts::open(&config)?;
		Ok((work(parts, config), tasks))
	})
}

/// Takes back what BABE and GRANDPA remember of the last `blocks` blocks.
fn revert_consensus(
	client: Arc<FullClient>,
	backend: Arc<FullBackend>,
	blocks: NumberFor<Block>,
) -> Result<()> {
	sc_consensus_babe::revert(client.clone(), backend, blocks)?;
	sc_consensus_grandpa::revert(client, blocks)?;
	Ok(())
}
