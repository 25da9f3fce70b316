//! Asks a real Bitcoin Core, and fails unless this crate says the same: `scripts/compare-bitcoind`.
//!
//! Its nodes have temporary data and no connection to anybody. Core's words are the language of both sides:
//! what this crate says is put in the words that Core uses for it.

mod blocks;
mod chains;
mod commitments;
mod core;
mod headers;
mod networks;
mod proofs;
mod purse;
mod random;
mod report;
mod time_warp;
mod tree;

use crate::{core::Core, purse::Purse, report::Report};
use std::{
	env,
	path::PathBuf,
	process::ExitCode,
	time::{SystemTime, UNIX_EPOCH},
};

/// When the nodes' clocks begin, in seconds since 1970. Nothing depends on the machine's.
const NOW: u32 = 1_790_000_000;

fn main() -> ExitCode {
	let mut arguments = env::args_os().skip(1).map(PathBuf::from);
	let (Some(programs), Some(folder)) = (arguments.next(), arguments.next()) else {
		eprintln!("usage: compare PROGRAMS FOLDER [SEED]");
		return ExitCode::from(2);
	};
	let seed = match arguments.next() {
		Some(seed) => seed.to_str().and_then(|seed| seed.parse().ok()),
		None => SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs()),
	};
	let Some(seed) = seed else {
		eprintln!("the seed is a number");
		return ExitCode::from(2);
	};
	let mut report = Report::default();
	let start = |chain: &str, options: &[&str]| Core::start(&programs, &folder, chain, options);

	networks::compare(&mut report, start);
	let regtest = start("regtest", &[]);
	headers::compare(&mut report, &regtest);
	random::compare(&mut report, &regtest, seed);
	time_warp::compare(&mut report, &regtest, &start("regtest", &["-test=bip94"]));
	let mut purse = Purse::new(&regtest);
	blocks::compare(&mut report, &regtest, &mut purse);
	commitments::compare(&mut report, &regtest, &mut purse);
	chains::compare(&mut report, &regtest, &mut purse);
	report.end()
}
