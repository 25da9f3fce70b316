//! Carries out actions that the chain verified, on its owner's machine and under its owner's list.
//!
//! Whatever the chain says, an executor starts only what the list permits, each action at most once,
//! never as root, and nothing while the stop file exists. Here is what needs no chain: who follows
//! the chain makes each action an [`Order`], and tells the chain what the journal says of it.

mod command;
mod config;
mod exposure;
mod journal;
mod order;
mod runner;
mod template;

pub use command::{Prepared, Refusal};
pub use config::Config;
pub use journal::{Journal, Standing, Verdict};
pub use order::{Order, Parameter, Target};
pub use runner::{refuse_root, Ending, Outcome};

use crate::digest::Hash;
use std::{
	io::{self, ErrorKind},
	path::{Path, PathBuf},
};

/// An executor: its list, and what it did.
#[derive(Debug)]
pub struct Executor {
	config: Config,
	journal: Journal,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
	/// Nothing, because the stop file exists.
	Stopped,
	/// Its program ran and ended, or could not be started. The journal has it as finished.
	Finished {
		/// How it ended.
		outcome: Outcome,
		/// The hash of its report, which is kept beside the journal.
		digest: Hash,
	},
	/// Its program was started, and nobody knows how it ended, for this reason. The journal has it as
	/// started.
	Lost(String),
}

/// Why an order is not carried out, or why it is not known what came of it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The list is malformed.
	#[error(transparent)]
	Config(#[from] config::Error),
	/// It would run as root.
	#[error(transparent)]
	Root(#[from] runner::IsRoot),
	/// The list does not permit it.
	#[error(transparent)]
	Refused(#[from] Refusal),
	/// The journal does not permit it, or cannot be read or written.
	#[error(transparent)]
	Journal(#[from] journal::Error),
	/// The stop file exists.
	#[error(
		"the stop file `{path}` exists, so that nothing is started; delete it to go on",
		path = .0.display()
	)]
	Stopped(PathBuf),
	/// Nobody knows whether the stop file exists.
	#[error(
		"cannot see whether the stop file `{path}` exists: {source}; nothing is started before that \
		 is known",
		path = path.display()
	)]
	StopFile {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// The list does not say how to try it.
	#[error(
		"the command for {kind:?} of {target} has no `simulate`; list how its program tries it"
	)]
	NoSimulation {
		/// The kind.
		kind: String,
		/// The target.
		target: Target,
	},
}

impl Executor {
	/// Reads the list at `path` and opens its journal. Fails for root.
	pub fn open(path: &Path) -> Result<Self, Error> {
		refuse_root()?;
		Self::under(Config::read(path)?)
	}

	fn under(config: Config) -> Result<Self, Error> {
		let journal = Journal::open(&config.journal)?;
		Ok(Self { config, journal })
	}

	/// What the owner decided.
	pub fn config(&self) -> &Config {
		&self.config
	}

	/// What was done, and what the chain is to be told of.
	pub fn journal(&self) -> &Journal {
		&self.journal
	}

	/// Notes that the chain was told of an action what [`Standing::verdict`] says.
	pub fn reported(&mut self, action: u64) -> Result<(), Error> {
		Ok(self.journal.reported(action)?)
	}

	/// Whether the stop file exists, so that nothing may be claimed or started.
	pub fn is_stopped(&self) -> Result<bool, Error> {
		is_stopped(&self.config)
	}

	/// Does what `order` says, if the list permits it and it was never begun, and notes each step.
	///
	/// After an error, the journal tells how far it got: an action that it has as started may have had
	/// its effect.
	pub async fn carry_out(&mut self, order: &Order) -> Result<Step, Error> {
		let prepared = self.config.command(order)?;
		if self.is_stopped()? {
			return Ok(Step::Stopped);
		}
		self.journal.begin(order, &prepared)?;
		let outcome = runner::run(&prepared).await;
		if let Ending::Lost(reason) = outcome.ending {
			return Ok(Step::Lost(reason));
		}
		let digest = outcome.digest();
		self.journal.keep_report(order.action, &outcome.report())?;
		self.journal.finish(order.action, outcome.succeeded(), digest)?;
		Ok(Step::Finished { outcome, digest })
	}
}

/// What would be run for `order`. Starts nothing, and needs no journal.
pub fn dry_run(config: &Config, order: &Order) -> Result<Prepared, Error> {
	Ok(config.command(order)?)
}

/// Runs what the list has to try `order` with. It is not carried out by that, and the journal does
/// not know of it. Fails for root.
pub async fn simulate(config: &Config, order: &Order) -> Result<Outcome, Error> {
	refuse_root()?;
	try_out(config, order).await
}

async fn try_out(config: &Config, order: &Order) -> Result<Outcome, Error> {
	let simulation = config.command(order)?.simulation().ok_or_else(|| {
		let (kind, target) = (order.kind.clone(), order.target);
		Error::NoSimulation { kind, target }
	})?;
	if is_stopped(config)? {
		return Err(Error::Stopped(config.stop_file.clone()));
	}
	Ok(runner::run(&simulation).await)
}

/// Whether there is anything under the stop file's name, even a link to nothing.
fn is_stopped(config: &Config) -> Result<bool, Error> {
	let path = &config.stop_file;
	match path.symlink_metadata() {
		Ok(_) => Ok(true),
		Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
		Err(source) => Err(Error::StopFile { path: path.clone(), source }),
	}
}

#[cfg(test)]
mod tests;
