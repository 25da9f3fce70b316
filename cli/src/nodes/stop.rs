//! Stopping nodes.

use super::{process::Held, Error, Node, NodeFolder};
use crate::transaction::Timeout;
use std::time::Duration;

/// How long a process that was killed may take to be gone: it has to write nothing, but its pages have to
/// be freed.
const DEATH: Timeout = Timeout(Duration::from_secs(30));

/// Asks `nodes` to end, and waits for each of them, `timeout` at most. With `force`, one that goes on is
/// killed then.
pub async fn stop(
	folder: &NodeFolder,
	nodes: &mut [Node],
	timeout: Timeout,
	force: bool,
) -> Result<(), Error> {
	let mut running = Vec::new();
	for node in nodes.iter_mut() {
		let Some(process) = &node.process else { continue };
		let failed = |source| Error::io("ask to end", format!("process {}", process.id))(source);
		// One that ended by itself needs nothing but to be written down.
		let held = process.hold().map_err(failed)?;
		if let Some(held) = &held {
			held.ask_to_end().map_err(failed)?;
		}
		running.push((node, held));
	}
	// All were asked before the first is waited for, and one that goes on keeps nobody from the rest.
	let mut outcome = Ok(());
	for (node, held) in running {
		let ended = match held {
			Some(held) => await_end(node, &held, timeout, force).await,
			None => Ok(()),
		};
		let stored = ended.and_then(|()| {
			node.process = None;
			folder.store(node)
		});
		outcome = outcome.and(stored);
	}
	outcome
}

async fn await_end(node: &Node, held: &Held, timeout: Timeout, force: bool) -> Result<(), Error> {
	let id = node.process.as_ref().map_or(0, |process| process.id);
	let failed = |source| Error::io("wait for", format!("process {id}"))(source);
	let still_running = |timeout| Error::StillRunning { name: node.name.clone(), id, timeout };
	if held.has_ended_within(timeout.0).await.map_err(failed)? {
		return Ok(());
	}
	if !force {
		return Err(still_running(timeout));
	}
	held.kill().map_err(failed)?;
	let is_dead = held.has_ended_within(DEATH.0).await.map_err(failed)?;
	is_dead.then_some(()).ok_or_else(|| still_running(DEATH))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
	use super::*;
	use crate::nodes::{launch, tests::node, Preset, Process, State};

	/// A node that runs this script of the shell.
	fn started(script: &str) -> (tempfile::TempDir, NodeFolder, Node) {
		let parent = tempfile::tempdir().expect("a temporary folder can be made");
		let folder = NodeFolder(parent.path().into());
		let own = node("dev", Preset::Dev);
		let arguments = vec!["-c".to_owned(), script.to_owned()];
		let mut own = Node { program: "/bin/sh".into(), arguments, ..own };
		folder.store(&own).expect("it is writable");
		let mut child = launch(&folder, &mut own).expect("the shell can be run");
		tokio::spawn(async move { child.wait().await });
		(parent, folder, own)
	}

	/// Waits until the node has logged something, so that it is known to have come that far.
	async fn await_log(folder: &NodeFolder) {
		while std::fs::read(folder.log("dev")).is_ok_and(|log| log.is_empty()) {
			tokio::task::yield_now().await;
		}
	}

	#[tokio::test]
	async fn node_should_be_stopped_and_stay_so() {
		let (_parent, folder, node) = started("exec tail -f /dev/null");
		let mut nodes = [node];
		let timeout = Timeout(Duration::from_secs(60));
		for _ in 0..2 {
			stop(&folder, &mut nodes, timeout, false).await.expect("it ends");
			assert_eq!(nodes[0].state(), State::Stopped);
		}
		assert_eq!(folder.list().expect("it is readable"), nodes);
	}

	#[tokio::test]
	async fn node_should_be_killed_only_when_that_is_asked_for() {
		let (_parent, folder, node) = started("trap '' TERM; echo ready; exec tail -f /dev/null");
		await_log(&folder).await;
		let mut nodes = [node];
		let refused = stop(&folder, &mut nodes, Timeout(Duration::ZERO), false).await;
		let error = refused.expect_err("it goes on").to_string();
		assert!(error.contains("aitbc node stop dev --force"), "{error}");
		assert_eq!(nodes[0].state(), State::Running);
		stop(&folder, &mut nodes, Timeout(Duration::ZERO), true).await.expect("it is killed");
		assert_eq!(nodes[0].state(), State::Stopped);
	}

	#[tokio::test]
	async fn foreign_process_should_be_left_alone_when_it_has_a_nodes_id() {
		let (_parent, folder, mut node) = started("exec tail -f /dev/null");
		let foreign = node.process.clone().expect("it runs");
		// As after a reboot: the record is of an earlier boot.
		let json = serde_json::to_value(&foreign).expect("it is JSON");
		let mut json = json;
		json["boot"] = "an earlier one".into();
		node.process = serde_json::from_value::<Process>(json).ok();
		assert_eq!(node.state(), State::Ended);
		let mut nodes = [node];
		stop(&folder, &mut nodes, Timeout(Duration::ZERO), true).await.expect("there is none");
		assert!(foreign.is_running());
		assert_eq!(nodes[0].state(), State::Stopped);
		foreign.hold().expect("it can be held").expect("it runs").kill().expect("it is ours");
	}
}
