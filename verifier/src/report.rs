//! What is said in the end, to people and to programs.

use aitbc_evidence::Verdict;
use serde::Serialize;
use std::{
	fmt::Display,
	io::{self, Write},
	process::ExitCode,
};

/// How the program ends when the evidence does not hold.
const DOES_NOT_HOLD: u8 = 1;

/// How it ends when the file can't be read. Clap ends in the same way when it is called wrongly.
pub const UNREADABLE: u8 = 2;

/// What came of it.
#[derive(Debug, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Report {
	/// The evidence holds.
	Holds(Box<Verdict>),
	/// It does not.
	DoesNotHold {
		/// Why.
		error: String,
	},
	/// The file has no evidence.
	Unreadable {
		/// Why.
		error: String,
	},
}

impl Report {
	/// That the evidence does not hold.
	pub fn does_not_hold(error: impl Display) -> Self {
		Self::DoesNotHold { error: error.to_string() }
	}

	/// That the file has no evidence.
	pub fn unreadable(error: impl Display) -> Self {
		Self::Unreadable { error: error.to_string() }
	}

	/// How the program ends.
	pub fn exit(&self) -> ExitCode {
		match self {
			Self::Holds(_) => ExitCode::SUCCESS,
			Self::DoesNotHold { .. } => ExitCode::from(DOES_NOT_HOLD),
			Self::Unreadable { .. } => ExitCode::from(UNREADABLE),
		}
	}

	/// Prints it: as JSON to the standard output, or as text, which goes to the standard error if there is no
	/// evidence to speak of.
	pub fn print(&self, json: bool) -> io::Result<()> {
		let mut out = io::stdout().lock();
		if json {
			serde_json::to_writer_pretty(&mut out, self)?;
			writeln!(out)?;
			return out.flush();
		}
		match self {
			Self::Holds(verdict) => write!(out, "{verdict}")?,
			Self::DoesNotHold { error } => {
				writeln!(out, "The evidence does not hold.\n\n  {error}")?
			},
			Self::Unreadable { error } => writeln!(io::stderr(), "error: {error}")?,
		}
		out.flush()
	}
}
