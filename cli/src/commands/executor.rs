//! `aitbc executor`: carrying out verified actions on this machine.

mod order;
mod service;

use super::Context;
use crate::{
	error::Error,
	executor::{self, Config},
	output::{table, Report},
	terminal,
	transaction::{TransactionArgs, Wait},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use service::Service;
use std::path::PathBuf;

/// What can be done with an executor.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Follow the chain, and carry out what it verified for your targets, until you end it
	///
	/// It acts on finalized blocks only, and runs nothing but the commands of your list, each action at
	/// most once. It refuses to run as root.
	Run(RunArgs),

	/// Read a list, and show what it lets the chain have done
	Check {
		/// The list, in TOML
		#[arg(long, value_name = "FILE")]
		config: PathBuf,
	},
}

/// By which list, and as whom.
#[derive(Debug, Args)]
pub struct RunArgs {
	/// The list of what may be done, in TOML
	#[arg(long, value_name = "FILE")]
	config: PathBuf,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Run(args) => follow(args, context).await,
		Command::Check { config } => check(&config, context),
	}
}

async fn follow(args: RunArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	if args.transaction.dry_run {
		let config = Config::read(&args.config).map_err(executor::Error::from)?;
		return service::dry_run(&config, context).await;
	}
	if !args.transaction.yes {
		return Err(Error::ExecutorWithoutYes);
	}
	if args.transaction.wait != Wait::Finalized {
		return Err(Error::ExecutorWithoutFinality);
	}
	let executor = executor::Executor::open(&args.config)?;
	terminal::note(format!(
		"agent {} carries out {} commands; everything stops while `{}` exists",
		executor.config().agent,
		executor.config().commands().len(),
		executor.config().stop_file.display()
	));
	Service::new(executor, sender, context).run().await
}

fn check(path: &std::path::Path, context: &Context) -> Result<(), Error> {
	let config = Config::read(path).map_err(executor::Error::from)?;
	let commands = config.commands().iter();
	let commands =
		commands.map(|one| Listed { kind: one.kind.clone(), target: one.target.to_string() });
	let report = CheckReport { agent: config.agent, commands: commands.collect() };
	context.print(&report, None)
}

#[derive(Serialize)]
struct Listed {
	kind: String,
	target: String,
}

#[derive(Serialize)]
struct CheckReport {
	agent: u64,
	commands: Vec<Listed>,
}

impl Report for CheckReport {
	const KIND: &'static str = "executor.check";

	fn text(&self) -> String {
		let rows = self.commands.iter().map(|one| [one.kind.clone(), one.target.clone()]);
		format!("agent {} may\n\n{}", self.agent, table(["do", "to"], rows))
	}
}
