//! `aitbc`: the command line for people and agents.

mod amount;
mod args;
mod ballot;
mod card;
mod chain;
mod check;
mod commands;
mod decimal;
mod digest;
mod error;
mod executor;
mod keys;
mod nodes;
mod output;
mod quantity;
mod receipt;
mod settings;
mod terminal;
mod time;
mod transaction;
mod version;
mod voucher;

use args::Cli;
use clap::Parser;
use error::Error;
use output::Format;
use std::{env, process::ExitCode};

fn main() -> ExitCode {
	run(settings::apply(env::args_os(), commands::config::check_value))
}

/// Does what the command line asks for, with the `settings` that were applied.
#[tokio::main]
async fn run(settings: Result<(), settings::Error>) -> ExitCode {
	let cli = match Cli::try_parse() {
		Ok(cli) => cli,
		Err(refusal) => return refuse(&refusal),
	};
	let format = cli.global.output;
	if let Some(error) = settings.err().filter(|_| !cli.command.mends_settings()) {
		return end(&error.into(), format);
	}
	match commands::run(cli).await {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => end(&error, format),
	}
}

/// Ends with `error`.
fn end(error: &Error, format: Format) -> ExitCode {
	error.report(format);
	error.exit().into()
}

/// Ends with what clap says instead of parsing: help, the version, or what is wrong.
fn refuse(refusal: &clap::Error) -> ExitCode {
	if refusal.use_stderr() && args::wants_json(env::args_os(), env::var_os(args::OUTPUT)) {
		let text = refusal.to_string();
		let text = text.strip_prefix("error: ").unwrap_or(&text);
		return end(&Error::Usage(text.trim_end().to_owned()), Format::Json);
	}
	refusal.exit()
}
