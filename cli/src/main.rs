//! `aitbc`: the command line for people and agents.

mod amount;
mod args;
mod card;
mod chain;
mod commands;
mod decimal;
mod digest;
mod error;
mod keys;
mod output;
mod terminal;
mod time;
mod transaction;
mod version;

use args::Cli;
use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
	let cli = Cli::parse();
	let format = cli.global.output;
	match commands::run(cli).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			error.report(format);
			error.exit().into()
		},
	}
}
