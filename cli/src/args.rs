//! What the command line accepts.

use crate::{
	commands::{
		account, action, agent, anchor, audit, config, contract, dispute, economics, env, executor,
		governance, job, juror, network, node, offer, tag, telemetry, transaction, validation,
		validator,
	},
	output::Format,
	transaction::Timeout,
};
use clap::{Args, Parser, Subcommand};
use std::{ffi::OsString, path::PathBuf};

/// What follows the options in `--help`.
const AFTER_HELP: &str = "\
Amounts have a unit: 12.5 AIT, 3 mAIT, 5 uAIT, 100 planck. Accounts are an address, a key's name,
or a development key such as //Alice.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 failed on
this machine or not found, 2 wrong usage, 3 no connection, 4 refused by the transaction pool,
5 the call fails, 6 timed out or not in a block yet, 7 checked and not passed, 130 interrupted.";

/// The environment variable that stands for `--output`.
pub const OUTPUT: &str = "AITBC_OUTPUT";

/// The version, and the commit that the program is built from.
const VERSION: &str = env!("AITBC_VERSION");

/// The command line for people and agents on AITBC
#[derive(Debug, Parser)]
#[command(name = "aitbc", version = VERSION, propagate_version = true, after_help = AFTER_HELP)]
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

	/// Which profile counts, instead of the one that `aitbc env switch` chose
	#[arg(long, global = true, env = crate::settings::PROFILE, value_name = "NAME")]
	pub profile: Option<String>,

	/// How data is written
	#[arg(
		long,
		short,
		global = true,
		env = OUTPUT,
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

	/// Sell what an agent can do, at a price
	#[command(subcommand)]
	Offer(offer::Command),

	/// Have work done by whoever bids for it, with the money in escrow
	#[command(subcommand)]
	Job(job::Command),

	/// Hire a provider that you know, with the money in escrow
	#[command(subcommand)]
	Contract(contract::Command),

	/// Settle with the other party of a contract, or have a jury decide; judge, if you are drawn
	#[command(subcommand)]
	Dispute(dispute::Command),

	/// Be drawn to judge disputes, and earn by it
	#[command(subcommand)]
	Juror(juror::Command),

	/// Let a validator check an agent's work
	#[command(subcommand)]
	Validation(validation::Command),

	/// Look up what capabilities and ratings are about
	#[command(subcommand)]
	Tag(tag::Command),

	/// Find out what became of a transaction
	#[command(subcommand)]
	Transaction(transaction::Command),

	/// Look at the node, and start and stop nodes on this machine
	#[command(subcommand)]
	Node(node::Command),

	/// Look at the network
	#[command(subcommand)]
	Network(network::Command),

	/// Measure your node, report what is wrong, and see what all validators measure
	#[command(subcommand)]
	Telemetry(telemetry::Command),

	/// Recommend, approve and follow operations on the machines that run the network
	#[command(subcommand)]
	Action(action::Command),

	/// Carry out verified operations on this machine, by your own list of commands
	#[command(subcommand)]
	Executor(executor::Command),

	/// Get this chain's blocks into Bitcoin, and show that they are there
	#[command(subcommand)]
	Anchor(anchor::Command),

	/// See what happened and who did it, and prove it
	#[command(subcommand)]
	Audit(audit::Command),

	/// Run a validator: join, be paid, change its keys, leave; see how all of them do
	#[command(subcommand)]
	Validator(validator::Command),

	/// Stake for validators, be paid for it, and see what money does on this chain
	#[command(subcommand)]
	Economics(economics::Command),

	/// Propose how the network is to change, vote on it, and bring it about
	#[command(subcommand)]
	Governance(governance::Command),
	/// Choose the network that commands talk to
	#[command(subcommand)]
	Env(env::Command),

	/// Say once what commands would have to be told each time
	#[command(subcommand)]
	Config(config::Command),

	/// Write a shell's completions to standard output
	Completion {
		/// Shell to complete in
		shell: clap_complete::Shell,
	},
}

impl Command {
	/// Whether it works without settings that make sense: it is what changes them, or needs none.
	pub const fn mends_settings(&self) -> bool {
		matches!(self, Self::Env(_) | Self::Config(_) | Self::Completion { .. })
	}
}

/// Whether a command line that does not parse asks for JSON, so that it is told in JSON what is
/// wrong with it. Of several formats the last one counts.
pub fn wants_json(arguments: impl Iterator<Item = OsString>, variable: Option<OsString>) -> bool {
	let arguments: Vec<_> = arguments.map(|one| one.to_string_lossy().into_owned()).collect();
	let own = arguments.iter().take_while(|argument| *argument != "--");
	let next = arguments.iter().skip(1).map(String::as_str).chain([""]);
	let asked = own.zip(next).filter_map(|(argument, next)| match format_in(argument)? {
		"" => Some(next.to_owned()),
		format => Some(format.to_owned()),
	});
	let variable = variable.map(|value| value.to_string_lossy().into_owned());
	asked.last().or(variable).is_some_and(|format| format == "json")
}

/// What `argument` says about the output's format, if it does; nothing, if the next argument does.
fn format_in(argument: &str) -> Option<&str> {
	match argument.strip_prefix("--output") {
		Some("") => Some(""),
		Some(rest) => rest.strip_prefix('='),
		None if argument.starts_with("--") => None,
		// `-y` has no value, so that it may stand in front of `-o`.
		None => {
			let format = argument.strip_prefix('-')?.trim_start_matches('y').strip_prefix('o')?;
			Some(format.strip_prefix('=').unwrap_or(format))
		},
	}
}

/// Takes a WebSocket address.
pub fn parse_url(text: &str) -> Result<String, String> {
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
	fn json_should_be_seen_to_be_wanted_when_nothing_else_makes_sense() {
		let wants = |arguments: &str, variable: Option<&str>| {
			let arguments = arguments.split(' ').map(OsString::from);
			wants_json(arguments, variable.map(OsString::from))
		};
		for arguments in
			["-o json", "-ojson", "-o=json", "--output json", "--output=json", "-yo json"]
		{
			assert!(wants(&format!("aitbc {arguments} nonsense"), None), "{arguments}");
			assert!(wants(&format!("aitbc nonsense {arguments}"), Some("table")), "{arguments}");
		}
		for arguments in
			["", "-o table", "--output", "--outputs json", "--offline json", "-- -o json"]
		{
			assert!(!wants(&format!("aitbc nonsense {arguments}"), None), "{arguments}");
		}
		assert!(wants("aitbc nonsense", Some("json")));
		assert!(!wants("aitbc nonsense -o table", Some("json")));
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
