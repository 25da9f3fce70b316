//! Starting nodes, in the background and for longer than this program runs.

use super::{tail, Error, Node, NodeFolder, Process};
use crate::transaction::Timeout;
use std::{
	env,
	fs::{self, File},
	io::ErrorKind,
	path::{Path, PathBuf},
	process::Stdio,
	time::Duration,
};
use subxt::rpcs::{client::RpcParams, RpcClient};
use tokio::process::{Child, Command};

/// What the node's program is called.
const PROGRAM: &str = "aitbc-node";

/// The environment variable that names another.
const VARIABLE: &str = "AITBC_NODE";

/// How often a node is asked whether it answers yet.
const PAUSE: Duration = Duration::from_millis(200);

/// How many lines of its log are shown of a node that failed.
const SHOWN_LINES: usize = 20;

/// The program that nodes run: the one that is asked for, that of the environment, the one beside this
/// program, or the first one in PATH.
pub fn program(asked: Option<PathBuf>) -> Result<PathBuf, Error> {
	if cfg!(not(target_os = "linux")) {
		return Err(Error::Unsupported);
	}
	let beside = || Some(env::current_exe().ok()?.with_file_name(PROGRAM));
	let in_path = || {
		let folders = env::var_os("PATH")?;
		let mut programs = env::split_paths(&folders).map(|folder| folder.join(PROGRAM));
		programs.find(|path| path.is_file())
	};
	let named = asked.or_else(|| env::var_os(VARIABLE).map(PathBuf::from));
	let found = named
		.or_else(|| beside().filter(|path| path.is_file()))
		.or_else(in_path)
		.ok_or(Error::NoProgram)?;
	// Nodes outlive the folder that this command is run in.
	fs::canonicalize(&found).map_err(|source| Error::Unrunnable { program: found, source })
}

/// Starts `node`, and writes down which process it is. Its last log stays as `log.old`.
pub fn launch(folder: &NodeFolder, node: &mut Node) -> Result<Child, Error> {
	let path = folder.log(&node.name);
	match fs::rename(&path, path.with_extension("old")) {
		Err(error) if error.kind() != ErrorKind::NotFound => {
			return Err(Error::io("rename", path)(error));
		},
		_ => (),
	}
	let log = File::create(&path).map_err(Error::io("write", &path))?;
	let errors = log.try_clone().map_err(Error::io("write", &path))?;
	let mut command = Command::new(&node.program);
	command.args(&node.arguments).stdin(Stdio::null()).stdout(log).stderr(errors);
	// A group of its own, so that Ctrl-C ends what it is meant for.
	#[cfg(unix)]
	command.process_group(0);
	let unrunnable = |source| Error::Unrunnable { program: node.program.clone(), source };
	let child = command.spawn().map_err(unrunnable)?;
	// Until somebody waits for it, a child keeps its id even when it has ended.
	node.process = child.id().and_then(|id| Process::with_id(id).ok());
	folder.store(node)?;
	Ok(child)
}

/// Waits until `node`, which `child` is, answers; `timeout` at most.
pub async fn await_answer(
	folder: &NodeFolder,
	node: &Node,
	child: &mut Child,
	timeout: Timeout,
) -> Result<(), Error> {
	let name = node.name.clone();
	tokio::select! {
		answered = tokio::time::timeout(timeout.0, answer(node)) => {
			answered.map_err(|_| Error::NotReady { name, timeout })
		},
		ended = child.wait() => {
			let log = folder.log(&name);
			let status = ended.map_or_else(|error| error.to_string(), |status| status.to_string());
			Err(Error::EndedAtStart { name, status, end: end_of(&log), log })
		},
	}
}

/// Asks `node` until it answers as itself, and not another that has its port.
async fn answer(node: &Node) {
	loop {
		if let Ok(client) = RpcClient::from_insecure_url(node.url()).await {
			let asked = client.request::<String>("system_localPeerId", RpcParams::new());
			if asked.await.is_ok_and(|peer_id| peer_id == node.peer_id) {
				return;
			}
		}
		tokio::time::sleep(PAUSE).await;
	}
}

fn end_of(log: &Path) -> String {
	tail::last_lines(log, SHOWN_LINES).map_or_else(|error| error.to_string(), |(text, _)| text)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
	use super::*;
	use crate::nodes::{tests::node, Preset, State};

	fn setup(program: &str, arguments: &[&str]) -> (tempfile::TempDir, NodeFolder, Node) {
		let parent = tempfile::tempdir().expect("a temporary folder can be made");
		let folder = NodeFolder(parent.path().into());
		let arguments = arguments.iter().map(|one| (*one).to_owned()).collect();
		let own = node("dev", Preset::Dev);
		let own = Node { program: program.into(), arguments, rpc_port: 1, ..own };
		folder.store(&own).expect("it is writable");
		(parent, folder, own)
	}

	#[tokio::test]
	async fn node_should_be_known_by_its_process_when_it_is_launched() {
		let (_parent, folder, mut node) = setup("/bin/sh", &["-c", "exec tail -f /dev/null"]);
		let mut child = launch(&folder, &mut node).expect("the shell can be run");
		assert_eq!(node.state(), State::Running);
		assert_eq!(folder.list().expect("it is readable"), [node.clone()]);
		child.kill().await.expect("it is ours");
		assert_eq!(node.state(), State::Ended);
	}

	#[tokio::test]
	async fn log_should_be_shown_when_a_node_ends_at_its_start() {
		let (_parent, folder, mut node) = setup("/bin/sh", &["-c", "echo port in use >&2; exit 3"]);
		let mut child = launch(&folder, &mut node).expect("the shell can be run");
		let timeout = Timeout(Duration::from_secs(60));
		let error = await_answer(&folder, &node, &mut child, timeout).await;
		let error = error.expect_err("it ended").to_string();
		assert!(error.contains("port in use") && error.contains("status: 3"), "{error}");
	}

	#[tokio::test]
	async fn node_should_be_said_not_to_answer_when_its_time_is_over() {
		let (_parent, folder, mut node) = setup("/bin/sh", &["-c", "exec tail -f /dev/null"]);
		let mut child = launch(&folder, &mut node).expect("the shell can be run");
		let timeout = Timeout(Duration::ZERO);
		let error = await_answer(&folder, &node, &mut child, timeout).await;
		assert!(matches!(error, Err(Error::NotReady { .. })), "{error:?}");
		child.kill().await.expect("it is ours");
	}

	#[test]
	fn program_should_be_named_when_it_is_not_there() {
		let error = program(Some("/nowhere/aitbc-node".into())).expect_err("it is not there");
		assert!(error.to_string().contains("/nowhere/aitbc-node"), "{error}");
	}
}
