//! The sub-command `guard`: what this node's session keys have signed.

use super::Cli;
use crate::{
	file::FileError,
	service::{genesis, guard},
};
use aitbc_node_guard::{GuardError, Shown};
use sc_cli::{CliConfiguration, Error as CliError, SharedParams, SubstrateCli};
use sc_service::Configuration;
use serde_json::Value;
use std::{
	fs,
	io::{self, Write},
	path::PathBuf,
};

/// What to do with the guard file.
#[derive(Debug, clap::Subcommand)]
pub enum GuardCommand {
	/// Show what the keys of this validator have signed; it may run meanwhile
	Show(ShowCommand),
	/// Write it as JSON, for the machine that this validator moves to; it must not run any more
	Export(ExportCommand),
	/// Add what `export` wrote on the machine that this validator moves from
	///
	/// It only adds: what was refused before is refused after. The node must not run.
	Import(ImportCommand),
}

/// The arguments of `guard show`.
#[derive(Debug, clap::Args)]
pub struct ShowCommand {
	/// Print a JSON array with the record of each chain, in the form that `export` writes
	#[arg(long)]
	pub json: bool,

	/// Whose guard file.
	#[clap(flatten)]
	pub shared_params: SharedParams,
}

/// The arguments of `guard export`.
#[derive(Debug, clap::Args)]
pub struct ExportCommand {
	/// Write to this file instead of standard output
	#[arg(long, value_name = "FILE")]
	pub output: Option<PathBuf>,

	/// Whose guard file.
	#[clap(flatten)]
	pub shared_params: SharedParams,
}

/// The arguments of `guard import`.
#[derive(Debug, clap::Args)]
pub struct ImportCommand {
	/// What `guard export` wrote on a node of the same chain
	#[arg(value_name = "FILE")]
	pub input: PathBuf,

	/// Whose guard file.
	#[clap(flatten)]
	pub shared_params: SharedParams,
}

/// Why nothing is shown or moved.
#[derive(Debug, thiserror::Error)]
enum Error {
	/// There is nothing to show.
	#[error(
		"there is no guard file in {path}: no validator has run there; pass its --chain and --base-path"
	)]
	Nothing {
		/// The folder.
		path: PathBuf,
	},
	/// The guard file, or what is to be imported, is no good.
	#[error(transparent)]
	Guard(#[from] GuardError),
}

impl From<Error> for CliError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

impl GuardCommand {
	/// Does it.
	pub fn run(&self, cli: &Cli) -> Result<(), CliError> {
		match self {
			Self::Show(command) => {
				cli.create_runner(command)?.sync_run(|config| command.run(&config))
			},
			Self::Export(command) => {
				cli.create_runner(command)?.sync_run(|config| command.run(&config))
			},
			Self::Import(command) => {
				cli.create_runner(command)?.sync_run(|config| command.run(&config))
			},
		}
	}
}

impl ShowCommand {
	fn run(&self, config: &Configuration) -> Result<(), CliError> {
		let folder = guard::folder(config);
		let shown = aitbc_node_guard::show(&folder).map_err(Error::from)?;
		if shown.is_empty() {
			return Err(Error::Nothing { path: folder }.into());
		}
		match self.json {
			true => print(&to_json(&shown)?),
			false => shown.iter().try_for_each(|shown| print(&shown.to_string())),
		}
	}
}

impl ExportCommand {
	fn run(&self, config: &Configuration) -> Result<(), CliError> {
		let genesis = genesis::hash(config)?;
		let json =
			aitbc_node_guard::export(&guard::folder(config), genesis).map_err(Error::from)?;
		let Some(path) = &self.output else { return print(&format!("{json}\n")) };
		fs::write(path, format!("{json}\n")).map_err(|cause| {
			let (action, remedy) = ("write the export to", "pass an --output that you may write");
			FileError { action, path: path.clone(), cause: cause.to_string(), remedy }.into()
		})
	}
}

impl ImportCommand {
	fn run(&self, config: &Configuration) -> Result<(), CliError> {
		let path = &self.input;
		let json = fs::read_to_string(path).map_err(|cause| {
			let (action, remedy) = ("read", "name a file that `aitbc-node guard export` wrote");
			FileError { action, path: path.clone(), cause: cause.to_string(), remedy }
		})?;
		let genesis = genesis::hash(config)?;
		let folder = guard::folder(config);
		let merged = aitbc_node_guard::import(&folder, genesis, &json).map_err(Error::from)?;
		print(&merged.to_string())
	}
}

impl CliConfiguration for ShowCommand {
	fn shared_params(&self) -> &SharedParams {
		&self.shared_params
	}
}

impl CliConfiguration for ExportCommand {
	fn shared_params(&self) -> &SharedParams {
		&self.shared_params
	}
}

impl CliConfiguration for ImportCommand {
	fn shared_params(&self) -> &SharedParams {
		&self.shared_params
	}
}

/// All records as one JSON array.
fn to_json(shown: &[Shown]) -> Result<String, CliError> {
	let mut records = Vec::new();
	for shown in shown {
		let json = shown.to_json().map_err(Error::from)?;
		let record: Value = serde_json::from_str(&json).map_err(io::Error::from)?;
		records.push(record);
	}
	Ok(format!("{:#}\n", Value::Array(records)))
}

fn print(text: &str) -> Result<(), CliError> {
	Ok(io::stdout().write_all(text.as_bytes())?)
}
