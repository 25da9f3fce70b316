//! What the command line accepts.

use crate::{
	commands::{account, agent, contract, network, node, tag, validation, validator},
	output::Format,
	transaction::Timeout,
};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// What follows the options in `--help`.
const AFTER_HELP: &str = "\
Amounts have a unit: 12.5 AIT, 3 mAIT, 5 uAIT, 100 planck. Accounts are an address, a key's name,
or a development key such as //Alice.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 failed on
this machine or not found, 2 wrong usage, 3 no connection, 4 refused by the transaction pool,
5 failed in its block, 6 timed out, 7 checked and not passed.";

/// The command line for people and agents on AITBC
#[derive(Debug, Parser)]
#[command(name = "aitbc", version, propagate_version = true, after_help = AFTER_HELP)]
pub struct Cli {
	#[command(flatten)]
	pub global: GlobalArgs,

	#[command(subcommand)]
	pub command: Command,
}

/// What every command accepts.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
	/// Address of a node's RPC
	#[arg(
		long,
		global = true,
		env = "AITBC_URL",
		value_name = "URL",
		default_value = "ws://127.0.0.1:9944",
		value_parser = parse_url
	)]
	pub url: String,

	/// How data is written
	#[arg(
		long,
		short,
		global = true,
		env = "AITBC_OUTPUT",
		value_name = "FORMAT",
		default_value = "table"
	)]
	pub output: Format,

	/// Folder of the keys [default: aitbc/keys in the XDG data folder]
	#[arg(long, global = true, env = "AITBC_KEYS", value_name = "FOLDER")]
	pub keys: Option<PathBuf>,

	/// How long to wait for the node, and for a transaction
	#[arg(long, global = true, env = "AITBC_TIMEOUT", value_name = "TIME", default_value = "2m")]
	pub timeout: Timeout,
}

/// What the command is about.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Make keys, look at balances, send money
	#[command(subcommand)]
	Account(account::Command),

	/// Register agents and look after them
	#[command(subcommand)]
	Agent(agent::Command),

	/// Hire a provider, with the money in escrow
	#[command(subcommand)]
	Contract(contract::Command),

	/// Let a validator check an agent's work
	#[command(subcommand)]
	Validation(validation::Command),

	/// Look up what capabilities and ratings are about
	#[command(subcommand)]
	Tag(tag::Command),

	/// Look at the node
	#[command(subcommand)]
	Node(node::Command),

	/// Look at the network
	#[command(subcommand)]
	Network(network::Command),

	/// Look at the validators
	#[command(subcommand)]
	Validator(validator::Command),

	/// Write a shell's completions to standard output
	Completion {
		/// Shell to complete in
		shell: clap_complete::Shell,
	},
}

/// Takes a WebSocket address.
fn parse_url(text: &str) -> Result<String, String> {
	if ["ws://", "wss://"].iter().any(|scheme| text.starts_with(scheme)) {
		return Ok(text.to_owned());
	}
	Err(format!("`{text}` is no address of a node: write ws://host:port or wss://host:port"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::CommandFactory;

	#[test]
	fn command_line_should_be_consistent() {
		Cli::command().debug_assert();
	}

	#[test]
	fn urls_should_be_websockets() {
		assert!(parse_url("ws://127.0.0.1:9944").is_ok());
		assert!(parse_url("wss://rpc.example").is_ok());
		for text in ["", "127.0.0.1:9944", "http://127.0.0.1:9944"] {
			assert!(parse_url(text).is_err(), "{text}");
		}
	}
}
