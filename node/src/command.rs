//! Runs what the command line asks for.

use crate::{
	cli::{Cli, Subcommand},
	database,
	file::naming,
	rpc_limit,
	service::{
		self, guard::Guarding, parts::Parts, sealing::Sealing, Block, FullBackend, FullClient,
	},
};
use sc_cli::{CliConfiguration, PurgeChainCmd, Result, Signals, SubstrateCli};
use sc_consensus::DefaultImportQueue;
use sc_service::Configuration;
use sp_runtime::traits::NumberFor;
use std::{future::Future, process, sync::Arc};

/// Silences the SDK's introduction of a node, which writes its year of release as a range of
/// years. [`introduce`] says the rest of it.
const NO_INTRODUCTION: &str = "sc_cli::runner=warn";

/// Silences BABE's warning at each sealed block: it looks for the block that is about to be final while that is
/// being imported, and does not find it. What it would do then is forget the weight of an older block.
const NO_WARNING_OF_SEALED_BLOCKS: &str = "babe=error";

/// Reads the command line and does what it says.
pub fn run() -> Result<()> {
	let cli = Cli::read();

	match &cli.subcommand {
		None => run_node(cli),
		Some(Subcommand::Key(command)) => command.run(&cli),
		Some(Subcommand::Guard(command)) => command.run(&cli),
		Some(Subcommand::ExportChainSpec(command)) => command.run(&cli),
		Some(Subcommand::CheckBlock(command)) => {
			with_queue(&cli, command, database::ensure_exists, |client, queue| {
				command.run(client, queue)
			})
		},
		Some(Subcommand::ExportBlocks(command)) => {
			with_parts(&cli, command, database::ensure_exists, |parts, config| {
				command.run(parts.client.clone(), config.database)
			})
			.map_err(naming(
				"write blocks to",
				command.output.as_deref(),
				"name a file that you may write",
			))
		},
		Some(Subcommand::ImportBlocks(command)) => {
			with_queue(&cli, command, database::prepare, |client, queue| command.run(client, queue))
				.map_err(naming(
					"read blocks from",
					command.input.as_deref(),
					"name a file that `export-blocks` wrote",
				))
		},
		Some(Subcommand::ExportState(command)) => {
			with_parts(&cli, command, database::ensure_exists, |parts, config| {
				command.run(parts.client.clone(), config.chain_spec)
			})
		},
		Some(Subcommand::Revert(command)) => {
			with_parts(&cli, command, database::ensure_exists, |parts, _| {
				let (client, backend) = (parts.client.clone(), parts.backend.clone());
				command.run(client, backend, Some(Box::new(revert_consensus)))
			})
		},
		Some(Subcommand::PurgeChain(command)) => purge_chain(command, &cli),
		Some(Subcommand::ChainInfo(command)) => cli.create_runner(command)?.sync_run(|config| {
			database::ensure_exists(&config)?;
			command.run::<Block>(&config)
		}),
		#[cfg(feature = "runtime-benchmarks")]
		Some(Subcommand::Benchmark(command)) => {
			cli.create_runner(command)?.sync_run(|config| crate::benchmarking::run(command, config))
		},
	}
}

fn run_node(mut cli: Cli) -> Result<()> {
	// What the operator wants logged comes later, and so has the last word.
	cli.run.shared_params.log.insert(0, NO_INTRODUCTION.into());
	let sealing = cli.sealing.read()?;
	if sealing != Sealing::Consensus {
		cli.run.shared_params.log.insert(0, NO_WARNING_OF_SEALED_BLOCKS.into());
	}
	let mut runner = cli.create_runner(&cli.run)?;
	if cli.run.rpc_params.experimental_rpc_endpoint.is_empty() {
		insist_on_rpc_port(runner.config_mut());
	}
	rpc_limit::limit_public(runner.config_mut().rpc.addr.as_deref_mut().unwrap_or_default());
	let is_dev_without_folder = cli.run.is_dev()? && cli.run.shared_params.base_path.is_none();
	let bitcoin = cli.bitcoin.read(cli.run.tmp || is_dev_without_folder)?;
	let options = service::Options {
		storage_monitor: cli.storage_monitor,
		telemetry: cli.telemetry.into(),
		bitcoin,
		wasm_cache: cli.wasm_cache,
		sealing,
		is_guard_disabled: cli.unsafe_disable_signing_guard,
	};
	runner.run_node_until_exit(|config| async move {
		introduce(&config);
		let interruption = config.tokio_handle.spawn(end_when_interrupted());
		let started = service::start(config, options).await;
		interruption.abort();
		started.map_err(sc_cli::Error::Service)
	})
}

/// Says in the log what is about to run.
fn introduce(config: &Configuration) {
	log::info!("{} {}", Cli::impl_name(), config.impl_version);
	log::info!("📋 Chain specification: {}", config.chain_spec.name());
	log::info!("🏷  Node name: {}", config.network.node_name);
	log::info!("👤 Role: {}", config.display_role());
	if let Some(path) = config.database.path() {
		log::info!("💾 Database: {} at {}", config.database, path.display());
	}
}

/// Ends the process when it is told to stop.
///
/// A node that starts compiles the runtime's Wasm and builds the genesis, which takes seconds and
/// cannot be stopped in another way. What it writes meanwhile survives a crash as well.
async fn end_when_interrupted() {
	if let Ok(signals) = Signals::capture() {
		signals.future().await;
		log::info!("Stopped before the node had started");
		process::exit(0);
	}
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

/// Removes a database, unless a node is running on it.
fn purge_chain(command: &PurgeChainCmd, cli: &Cli) -> Result<()> {
	cli.create_runner(command)?.sync_run(|config| {
		let _lock = database::lock(&config.database)?;
		let path = config.database.path().map(ToOwned::to_owned);
		command.run(config.database).map_err(naming(
			"remove the database",
			path.as_deref(),
			"check who owns its files",
		))
	})
}

/// Opens the chain's database for `work`, if `check` finds nothing wrong with it.
///
/// Essential tasks end with what feeds them, and would then say that the service fails. So all parts
/// outlive the work.
fn with_parts<C: CliConfiguration, F: Future<Output = Result<()>>>(
	cli: &Cli,
	command: &C,
	check: fn(&Configuration) -> std::result::Result<(), database::Error>,
	work: impl FnOnce(&Parts, Configuration) -> F,
) -> Result<()> {
	cli.create_runner(command)?.async_run(|config| {
		check(&config)?;
		let (parts, mut tasks) = service::parts::open(&config, None, Guarding::Needless)?;
		let work = work(&parts, config);
		tasks.keep_alive(parts);
		Ok((work, tasks))
	})
}

/// The same for work that puts blocks into the queue for import, which it then owns.
fn with_queue<C: CliConfiguration, F: Future<Output = Result<()>>>(
	cli: &Cli,
	command: &C,
	check: fn(&Configuration) -> std::result::Result<(), database::Error>,
	work: impl FnOnce(Arc<FullClient>, DefaultImportQueue<Block>) -> F,
) -> Result<()> {
	cli.create_runner(command)?.async_run(|config| {
		check(&config)?;
		let (parts, mut tasks) = service::parts::open(&config, None, Guarding::Needless)?;
		let Parts { client, import_queue, consensus, .. } = parts;
		tasks.keep_alive(consensus);
		Ok((work(client, import_queue), tasks))
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
