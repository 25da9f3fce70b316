//! What the command line accepts.

mod bitcoin;
mod export;
mod guard;
mod help;
mod key;
mod sealing;
mod telemetry;

use crate::chain_spec;
use bitcoin::BitcoinParams;
use clap::{CommandFactory, FromArgMatches};
use export::ExportCommand;
use guard::GuardCommand;
use key::KeyCommand;
use sc_cli::{
	ChainInfoCmd, CheckBlockCmd, ExportBlocksCmd, ExportStateCmd, ImportBlocksCmd, PurgeChainCmd,
	RevertCmd, RunCmd, SubstrateCli,
};
use sc_storage_monitor::StorageMonitorParams;
use sealing::SealingParams;
use std::path::PathBuf;
use telemetry::TelemetryWorkerParams;

/// The command line: without a sub-command, it runs a node.
#[derive(Debug, clap::Parser)]
pub struct Cli {
	/// What to do instead of running a node.
	#[command(subcommand)]
	pub subcommand: Option<Subcommand>,

	/// How to run the node.
	#[clap(flatten)]
	pub run: RunCmd,

	/// When to stop for want of disk space.
	#[clap(flatten)]
	pub storage_monitor: StorageMonitorParams,

	/// Keep in this folder what the runtime was compiled to, so that later starts need not compile it
	///
	/// The node runs what it finds there, so nobody else may write to it. Nodes of one user may share it.
	#[arg(long, value_name = "FOLDER")]
	pub wasm_cache: Option<PathBuf>,

	/// Let this validator's keys sign what gets them slashed
	///
	/// For tests of what that costs, with keys that nobody trusts. Without it, the signing guard remembers what was
	/// signed, and keeps keys from being used that another node uses.
	#[arg(long)]
	pub unsafe_disable_signing_guard: bool,

	/// What the telemetry worker does.
	#[clap(flatten)]
	pub telemetry: TelemetryWorkerParams,

	/// What the Bitcoin worker does.
	#[clap(flatten)]
	pub bitcoin: BitcoinParams,

	/// When a development chain has its blocks.
	#[clap(flatten)]
	pub sealing: SealingParams,
}

/// What the binary does other than run a node.
#[derive(Debug, clap::Subcommand)]
pub enum Subcommand {
	/// Generate, inspect and insert keys
	#[command(subcommand)]
	Key(KeyCommand),

	/// Show what a validator's keys have signed, or take it to another machine
	#[command(subcommand)]
	Guard(GuardCommand),

	/// Write a chain's specification as JSON, to hand it to other nodes
	ExportChainSpec(ExportCommand),

	/// Validate one block of the database again
	CheckBlock(CheckBlockCmd),

	/// Write blocks to a file
	ExportBlocks(ExportBlocksCmd),

	/// Read blocks from a file
	ImportBlocks(ImportBlocksCmd),

	/// Write the state at a block as a chain specification
	ExportState(ExportStateCmd),

	/// Take back the last blocks, as far as they are not finalized
	Revert(RevertCmd),

	/// Remove a chain's database; its keys stay
	PurgeChain(PurgeChainCmd),

	/// Show the best and the finalized block of the database
	ChainInfo(ChainInfoCmd),

	/// Measure weights
	#[cfg(feature = "runtime-benchmarks")]
	#[command(subcommand)]
	Benchmark(frame_benchmarking_cli::BenchmarkCmd),
}

impl Cli {
	/// Reads this process's arguments; ends it, with an explanation, if they make no sense.
	pub fn read() -> Self {
		let matches = Self::command_line().get_matches();
		Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
	}

	/// What there is to be read.
	fn command_line() -> clap::Command {
		help::put_right(Self::setup_command(Self::command()))
	}
}

impl SubstrateCli for Cli {
	fn impl_name() -> String {
		"AITBC Node".into()
	}

	fn impl_version() -> String {
		env!("SUBSTRATE_CLI_IMPL_VERSION").into()
	}

	fn description() -> String {
		env!("CARGO_PKG_DESCRIPTION").into()
	}

	fn author() -> String {
		env!("CARGO_PKG_AUTHORS").into()
	}

	fn support_url() -> String {
		concat!(env!("CARGO_PKG_REPOSITORY"), "/issues").into()
	}

	fn copyright_start_year() -> i32 {
		2026
	}

	fn load_spec(&self, chain: &str) -> Result<Box<dyn sc_cli::ChainSpec>, String> {
		match chain_spec::load(chain) {
			Ok(spec) => Ok(Box::new(spec)),
			Err(error) => Err(error.to_string()),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	#[test]
	fn command_line_should_be_consistent() {
		Cli::command_line().debug_assert();
	}

	#[test]
	fn command_line_should_run_a_node_when_no_subcommand_is_given() {
		let cli = Cli::parse_from(["aitbc-node", "--dev", "--db-storage-threshold", "5"]);

		assert!(cli.subcommand.is_none());
		assert!(cli.run.shared_params.dev);
		assert_eq!(cli.storage_monitor.threshold, 5);
	}

	#[test]
	fn command_line_should_take_a_chain_when_a_subcommand_is_given() {
		let cli = Cli::parse_from(["aitbc-node", "purge-chain", "--chain", "local", "-y"]);

		let Some(Subcommand::PurgeChain(purge)) = cli.subcommand else {
			panic!("`purge-chain` is a sub-command");
		};
		assert_eq!(purge.shared_params.chain.as_deref(), Some("local"));
	}
}
