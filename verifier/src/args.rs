//! What can be asked for.

use crate::pins::Pins;
use clap::Parser;
use std::path::PathBuf;

/// Checks offline, from one file, that a state of this chain was anchored in Bitcoin.
///
/// What the file itself can't show is written out as trusted. The options compare that with what you know from
/// elsewhere; without them, compare it yourself.
#[derive(Debug, Parser)]
#[command(
	name = "aitbc-verify",
	version,
	after_help = "Exit status: 0 when the evidence holds, 1 when it does not, 2 when the file can't be read."
)]
pub struct Args {
	/// The bundle of evidence
	#[arg(value_name = "FILE")]
	pub file: PathBuf,

	/// What the bundle must rest on.
	#[command(flatten)]
	pub pins: Pins,

	/// Print JSON
	#[arg(long)]
	pub json: bool,
}
