//! The nodes that this program has started on this machine.
//!
//! Each has a folder of its own with its record, its key, its data and its log. The record says which
//! process the node is, if it runs, so that no other is ever taken for it, not even after a reboot.

mod error;
mod launch;
mod plan;
mod process;
mod stop;
mod tail;

pub use error::Error;
pub use launch::{await_answer, launch, program};
pub use plan::{plan, Preset};
pub use process::Process;
pub use stop::stop;
pub use tail::Tail;

use crate::keys::data_folder;
use fs4::FileExt;
use serde::{Deserialize, Serialize};
use std::{
	fs::{self, File},
	io::{ErrorKind, Write},
	path::{Path, PathBuf},
};

/// What a node's record is called.
const RECORD: &str = "node.json";

/// A node of this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
	/// Its name, which its folder has as well.
	pub name: String,
	/// The network that it belongs to.
	pub network: Preset,
	/// The program that it runs.
	pub program: PathBuf,
	/// The program's arguments.
	pub arguments: Vec<String>,
	/// Where its RPC listens, on the loopback.
	pub rpc_port: u16,
	/// Where other nodes find it, on the loopback.
	pub peer_port: u16,
	/// Where its metrics are, on the loopback.
	pub metrics_port: u16,
	/// Its address in the network of peers.
	pub peer_id: String,
	/// Its process, if it was started and not stopped since.
	pub process: Option<Process>,
}

/// How a node fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
	/// It runs.
	Running,
	/// It was stopped, or never started.
	Stopped,
	/// It ended, and nobody stopped it: it failed, somebody killed it, or the machine was restarted.
	Ended,
}

impl State {
	/// The state in words.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Running => "running",
			Self::Stopped => "stopped",
			Self::Ended => "ended by itself",
		}
	}
}

impl Node {
	/// How it fares.
	pub fn state(&self) -> State {
		match &self.process {
			None => State::Stopped,
			Some(process) if process.is_running() => State::Running,
			Some(_) => State::Ended,
		}
	}

	/// The address of its RPC.
	pub fn url(&self) -> String {
		format!("ws://127.0.0.1:{}", self.rpc_port)
	}

	/// The address under which other nodes find it.
	pub fn peer_address(&self) -> String {
		format!("/ip4/127.0.0.1/tcp/{}/p2p/{}", self.peer_port, self.peer_id)
	}
}

/// The folder of all nodes.
#[derive(Clone, Debug)]
pub struct NodeFolder(PathBuf);

/// The right to start and stop nodes, which one command has at a time.
pub struct Lock {
	/// An open file is what holds the lock.
	_file: File,
}

impl NodeFolder {
	/// The user's own: `aitbc/nodes` in the XDG data folder.
	pub fn own() -> Result<Self, Error> {
		let folder = data_folder().ok_or(Error::NoFolder)?;
		Ok(Self(folder.join("aitbc").join("nodes")))
	}

	/// The folder of the node `name`.
	pub fn of(&self, name: &str) -> PathBuf {
		self.0.join(name)
	}

	/// Where the node `name` writes its log.
	pub fn log(&self, name: &str) -> PathBuf {
		self.of(name).join("log")
	}

	/// Where the node `name` keeps its chain.
	pub fn data(&self, name: &str) -> PathBuf {
		self.of(name).join("data")
	}

	/// Where nodes share what the runtime was compiled to.
	pub fn wasm_cache(&self) -> PathBuf {
		self.0.join("wasm-cache")
	}

	/// Keeps other commands from starting and stopping nodes.
	pub fn lock(&self) -> Result<Lock, Error> {
		make_private(&self.0)?;
		let path = self.0.join("lock");
		let file = File::options().create(true).truncate(false).write(true).open(&path);
		let file = file.map_err(Error::io("open", &path))?;
		match FileExt::try_lock(&file) {
			Ok(()) => Ok(Lock { _file: file }),
			Err(fs4::TryLockError::WouldBlock) => Err(Error::Busy),
			Err(fs4::TryLockError::Error(source)) => Err(Error::io("lock", path)(source)),
		}
	}

	/// All nodes by their names. A missing folder has none.
	pub fn list(&self) -> Result<Vec<Node>, Error> {
		let entries = match fs::read_dir(&self.0) {
			Ok(entries) => entries,
			Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
			Err(error) => return Err(Error::io("read", &self.0)(error)),
		};
		let mut nodes = Vec::new();
		for entry in entries {
			let entry = entry.map_err(Error::io("read", &self.0))?;
			nodes.extend(read(&entry.path().join(RECORD))?);
		}
		nodes.sort_by(|one, other| one.name.cmp(&other.name));
		Ok(nodes)
	}

	/// Writes what is known of `node`, completely or not at all.
	pub fn store(&self, node: &Node) -> Result<(), Error> {
		let folder = self.of(&node.name);
		make_private(&folder)?;
		let path = folder.join(RECORD);
		let failed = |source| Error::io("write", &path)(source);
		let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(failed)?;
		let text = serde_json::to_string_pretty(node).map_err(|error| failed(error.into()))?;
		writeln!(file, "{text}").map_err(failed)?;
		file.persist(&path).map_err(|error| failed(error.error))?;
		Ok(())
	}

	/// Removes what the node `name` has kept of its chain. Its key and its log stay.
	pub fn forget_chain(&self, name: &str) -> Result<(), Error> {
		let path = self.data(name);
		match fs::remove_dir_all(&path) {
			Err(error) if error.kind() != ErrorKind::NotFound => {
				Err(Error::io("remove", path)(error))
			},
			_ => Ok(()),
		}
	}
}

/// The node whose record is at `path`, if there is one.
fn read(path: &Path) -> Result<Option<Node>, Error> {
	match fs::read_to_string(path) {
		Ok(text) => serde_json::from_str(&text)
			.map(Some)
			.map_err(|source| Error::Malformed { path: path.to_owned(), source }),
		Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
			Ok(None)
		},
		Err(error) => Err(Error::io("read", path)(error)),
	}
}

/// Makes a folder that only this user can enter: keys are in it, and programs that nodes run.
fn make_private(path: &Path) -> Result<(), Error> {
	let mut builder = fs::DirBuilder::new();
	#[cfg(unix)]
	std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
	builder.recursive(true).create(path).map_err(Error::io("make", path))
}

#[cfg(test)]
pub mod tests {
	use super::*;

	/// A node that was never started.
	pub fn node(name: &str, network: Preset) -> Node {
		Node {
			name: name.into(),
			network,
			program: "/bin/true".into(),
			arguments: vec!["--dev".into()],
			rpc_port: 9_944,
			peer_port: 30_333,
			metrics_port: 9_615,
			peer_id: "12D3KooW".into(),
			process: None,
		}
	}

	fn folder() -> (tempfile::TempDir, NodeFolder) {
		let parent = tempfile::tempdir().expect("a temporary folder can be made");
		let folder = NodeFolder(parent.path().join("nodes"));
		(parent, folder)
	}

	#[test]
	fn nodes_should_be_listed_as_they_were_stored() {
		let (_parent, folder) = folder();
		assert_eq!(folder.list().expect("a missing folder has none"), []);
		let [dev, alice] = [("dev", Preset::Dev), ("local-alice", Preset::Local)]
			.map(|(name, network)| node(name, network));
		for node in [&alice, &dev] {
			folder.store(node).expect("it is writable");
		}
		folder.lock().expect("nobody else is there");
		assert_eq!(folder.list().expect("it is readable"), [dev, alice]);
	}

	#[test]
	fn records_should_be_named_when_they_are_damaged() {
		let (_parent, folder) = folder();
		folder.store(&node("dev", Preset::Dev)).expect("it is writable");
		let path = folder.of("dev").join(RECORD);
		fs::write(&path, "{}").expect("it is writable");
		let error = folder.list().expect_err("it is damaged").to_string();
		assert!(error.contains(&*path.to_string_lossy()), "{error}");
	}

	#[test]
	fn folder_should_be_used_by_one_command_at_a_time() {
		let (_parent, folder) = folder();
		let lock = folder.lock().expect("nobody else is there");
		assert!(matches!(folder.lock(), Err(Error::Busy)));
		drop(lock);
		assert!(folder.lock().is_ok());
	}

	#[cfg(target_os = "linux")]
	#[test]
	fn node_should_count_as_ended_when_its_process_is_gone() {
		let endless = std::process::Command::new("tail").args(["-f", "/dev/null"]).spawn();
		let mut child = endless.expect("`tail` can be run");
		let mut own = node("dev", Preset::Dev);
		assert_eq!(own.state(), State::Stopped);
		own.process = Process::with_id(child.id()).ok();
		assert_eq!(own.state(), State::Running);
		child.kill().expect("it is ours");
		child.wait().expect("it is ours");
		assert_eq!(own.state(), State::Ended);
	}

	#[test]
	fn chain_should_be_forgotten_and_nothing_else() {
		let (_parent, folder) = folder();
		folder.store(&node("dev", Preset::Dev)).expect("it is writable");
		folder.forget_chain("dev").expect("there is none");
		fs::create_dir(folder.data("dev")).expect("it is writable");
		folder.forget_chain("dev").expect("it is ours");
		assert!(!folder.data("dev").exists());
		assert_eq!(folder.list().expect("it is readable").len(), 1);
	}
}
