//! What can go wrong with nodes of this machine.

use crate::transaction::Timeout;
use std::{
	io,
	path::{Path, PathBuf},
};

/// Why a node can't be started, stopped or looked at, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Nobody knows where nodes would be kept.
	#[error("there is no folder for nodes: set XDG_DATA_HOME or HOME to an absolute path")]
	NoFolder,
	/// Processes can't be told apart here.
	#[error("nodes can be started on Linux only, where processes can be told apart; run `aitbc-node` yourself")]
	Unsupported,
	/// A file or folder is of no use.
	#[error("cannot {action} `{path}`: {source}; see whose it is", path = path.display())]
	Io {
		/// What was tried, as a verb.
		action: &'static str,
		/// On which path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// A node's record is damaged.
	#[error(
		"`{path}` is no record of a node: {source}; put it right, or stop the node yourself and remove \
		 the folder that it is in",
		path = path.display()
	)]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What the parser says.
		source: serde_json::Error,
	},
	/// Another command is at it.
	#[error("another `aitbc` is starting or stopping nodes: wait until it is done")]
	Busy,
	/// There is no such node.
	#[error("this program has started no node `{0}`; see `aitbc node list`")]
	NotFound(String),
	/// There is no such network.
	#[error(
		"this program has started no network `{0}`; start it with `aitbc node start --network {0}`"
	)]
	NoNetwork(String),
	/// Nobody said which node.
	#[error("say which nodes: by their names, with `--network`, or with `--all`")]
	Unnamed,
	/// Nobody said which of several nodes.
	#[error("say which node: one of {0}")]
	Ambiguous(String),
	/// There are no nodes.
	#[error("this program has started no node: do so with `aitbc node start`")]
	NoNodes,
	/// Data of a node that runs was to be removed.
	#[error(
		"`{0}` runs, so that its chain can't begin anew: stop it first with `aitbc node stop {0}`"
	)]
	RunsAlready(String),
	/// Arguments were given for nodes that have theirs.
	#[error(
		"`{0}` has its arguments already: leave out what follows `--`, or begin anew with `--fresh`"
	)]
	HasArguments(String),
	/// There is no program to run.
	#[error(
		"there is no `aitbc-node` beside this program nor in PATH: build it with `cargo build --release -p \
		 aitbc-node`, or name it with `--program` or AITBC_NODE"
	)]
	NoProgram,
	/// The program can't be run.
	#[error("cannot run `{program}`: {source}; name another with `--program`", program = program.display())]
	Unrunnable {
		/// The program.
		program: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// The program made no key.
	#[error("`{program}` made no node key: {reason}", program = program.display())]
	NoKey {
		/// The program.
		program: PathBuf,
		/// What it says.
		reason: String,
	},
	/// All ports are taken.
	#[error("no port from {0} on is free; stop what holds them")]
	NoPort(u16),
	/// A node ended at once.
	#[error("`{name}` ended at its start ({status}); the end of `{log}`:\n{end}", log = log.display())]
	EndedAtStart {
		/// The node.
		name: String,
		/// How it ended.
		status: String,
		/// Its log.
		log: PathBuf,
		/// The log's last lines.
		end: String,
	},
	/// A node does not answer.
	#[error(
		"`{name}` runs, but did not answer within {timeout}: see `aitbc node logs {name}`, and give it \
		 more time with `--timeout`, or end it with `aitbc node stop {name}`"
	)]
	NotReady {
		/// The node.
		name: String,
		/// For how long it was waited.
		timeout: Timeout,
	},
	/// A node goes on.
	#[error(
		"`{name}` was asked to end and still runs after {timeout} (process {id}): wait longer with \
		 `--timeout`, or kill it with `aitbc node stop {name} --force`"
	)]
	StillRunning {
		/// The node.
		name: String,
		/// Its process.
		id: u32,
		/// For how long it was waited.
		timeout: Timeout,
	},
	/// A command about running nodes was given where none runs.
	#[error("no node of `{0}` runs: start it with `aitbc node start --network {0}`")]
	NothingRuns(String),
	/// Nodes did not connect or part.
	#[error(
		"the nodes of `{network}` are not connected as they should be after {timeout}: see `aitbc network \
		 topology --network {network}`, and do it again"
	)]
	NotRearranged {
		/// The network.
		network: String,
		/// For how long it was waited.
		timeout: Timeout,
	},
	/// A network can't be cut where nobody stands on one of the sides.
	#[error("both sides of a cut need a node that runs: name some of {0}, and not all")]
	OneSided(String),
}

impl Error {
	/// Says that `action` failed on `path`.
	pub(super) fn io(
		action: &'static str,
		path: impl AsRef<Path>,
	) -> impl FnOnce(io::Error) -> Self {
		let path = path.as_ref().to_owned();
		move |source| Self::Io { action, path, source }
	}

	/// Whether the arguments are at fault.
	pub fn is_usage(&self) -> bool {
		matches!(
			self,
			Self::Unnamed
				| Self::Ambiguous(_)
				| Self::HasArguments(_)
				| Self::NoProgram
				| Self::OneSided(_)
		)
	}

	/// Whether it only takes longer than somebody would wait.
	pub fn is_timeout(&self) -> bool {
		matches!(
			self,
			Self::NotReady { .. } | Self::StillRunning { .. } | Self::NotRearranged { .. }
		)
	}
}
