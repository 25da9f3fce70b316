//! `aitbc-verify`: checks offline, from one file, that this chain's state was anchored in Bitcoin.
//!
//! A thin program around `aitbc-evidence`: it reads the file, asks the clock, compares what is trusted with what the
//! user knows, and says what came of it. It opens no connection and writes no file.

#![deny(
	clippy::arithmetic_side_effects,
	clippy::expect_used,
	clippy::indexing_slicing,
	clippy::panic,
	clippy::unwrap_used
)]

mod args;
mod pins;
mod report;

use aitbc_evidence::{Bundle, MAX_LENGTH};
use args::Args;
use clap::Parser;
use report::Report;
use std::{
	fs::File,
	io::{self, Read},
	path::Path,
	process::ExitCode,
	time::{SystemTime, UNIX_EPOCH},
};

fn main() -> ExitCode {
	let args = Args::parse();
	let report = judge(&args);
	match report.print(args.json) {
		Ok(()) => report.exit(),
		// Nobody reads it, so nobody may take it for a success.
		Err(_) => ExitCode::from(report::UNREADABLE),
	}
}

/// What is to be said of the bundle.
fn judge(args: &Args) -> Report {
	let bytes = match read(&args.file) {
		Ok(bytes) => bytes,
		Err(error) => return Report::unreadable(format!("{}: {error}", args.file.display())),
	};
	let bundle = match Bundle::from_bytes(&bytes) {
		Ok(bundle) => bundle,
		Err(error) => return Report::unreadable(format!("{}: {error}", args.file.display())),
	};
	match bundle.verify(now()) {
		Ok(verdict) => match args.pins.check(&verdict) {
			Ok(()) => Report::Holds(Box::new(verdict)),
			Err(error) => Report::does_not_hold(error),
		},
		Err(error) => Report::does_not_hold(error),
	}
}

/// The file's bytes, and one more than a bundle may have at most.
fn read(file: &Path) -> io::Result<Vec<u8>> {
	let most = u64::try_from(MAX_LENGTH).unwrap_or(u64::MAX).saturating_add(1);
	let mut bytes = Vec::new();
	File::open(file)?.take(most).read_to_end(&mut bytes)?;
	Ok(bytes)
}

/// The clock's time, in seconds since 1970. 0 if it shows an earlier one: then every header is too new.
fn now() -> u32 {
	let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
	u32::try_from(seconds).unwrap_or(u32::MAX)
}
