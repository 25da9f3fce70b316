//! What operators do with the program, and what it does when they err, on real processes.

mod endpoints;
#[path = "../harness/mod.rs"]
mod harness;
mod moving;
mod network_file;
mod pruning;
mod rate_limit;
mod sealing;
mod socket;
mod telemetry;
#[allow(dead_code, reason = "not every test program needs all of it")]
#[path = "../rpc/transactions.rs"]
mod transactions;
mod unsafe_methods;

use harness::{run, wait_until, Node, Run, RPC_ADDRESS};
use serde_json::json;
use std::{fs, path::Path};

/// What a task that stops the node logs, whether it failed or the node stops anyhow.
const TASK_ENDED: &str = "Essential task";

/// Runs `command` on the database of the chain `dev` under `base`.
fn run_on(base: &Path, command: &[&str]) -> Run {
	let base = base.to_string_lossy();
	run(&[command, &["--chain", "dev", "--base-path", &base]].concat())
}

/// The folder of the database of the chain `dev` under `base`.
fn database_of(base: &Path) -> String {
	base.join("chains/dev/paritydb/full").to_string_lossy().into()
}

#[test]
fn commands_should_leave_a_database_alone_when_a_node_runs_on_it() {
	let node = Node::dev(&[]);
	let database = database_of(&node.base_path());

	for command in [
		&["purge-chain", "-y"][..],
		&["revert", "1"],
		&["import-blocks"],
		&["export-blocks"],
		&["export-state"],
		&["check-block", "0"],
		&["chain-info"],
	] {
		let run = run_on(&node.base_path(), command);

		assert!(!run.success, "{command:?}: {run:?}");
		assert!(run.errors.contains("a node is running on this database"), "{command:?}: {run:?}");
		assert!(run.errors.contains(&database), "{command:?}: {run:?}");
	}

	assert!(Path::new(&database).join("metadata").exists());
	assert!(node.get("system_health", json!([])).is_object());
}

#[test]
fn commands_should_work_on_a_database_when_its_node_has_stopped() {
	let mut node = Node::dev(&[]);
	wait_until("a block", || (node.best() > 0).then_some(()));
	node.stop();
	let base = node.base_path();

	for command in ["chain-info", "export-blocks"] {
		let run = run_on(&base, &[command]);
		assert!(run.success, "{command}: {run:?}");
		assert!(!run.errors.contains(TASK_ENDED), "{command}: {run:?}");
	}
	let purge = run_on(&base, &["purge-chain", "-y"]);
	let after = run_on(&base, &["chain-info"]);

	assert!(purge.success, "{purge:?}");
	assert!(after.errors.contains("there is no database"), "{after:?}");
}

#[test]
fn commands_should_create_nothing_when_there_is_no_database() {
	let base = tempfile::tempdir().expect("a temporary folder can be made");

	for command in [
		&["chain-info"][..],
		&["check-block", "0"],
		&["export-blocks"],
		&["export-state"],
		&["revert"],
	] {
		let run = run_on(base.path(), command);

		assert!(!run.success, "{command:?}: {run:?}");
		let missing = format!("there is no database at {}", database_of(base.path()));
		assert!(run.errors.contains(&missing), "{command:?}: {run:?}");
		assert_eq!(fs::read_dir(base.path()).expect("it is there").count(), 0, "{command:?}");
	}
}

#[test]
fn errors_should_name_the_file_that_they_are_about() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let file = folder.path().join("file");
	fs::write(&file, "no key").expect("the folder is writable");
	let file = file.to_string_lossy();
	let inside_a_file = format!("{file}/inside");
	let base = folder.path().join("data").to_string_lossy().into_owned();
	let node = ["--dev", "--no-prometheus", "--port", "0", "--rpc-port", "0", "--base-path"];

	for (arguments, path) in [
		([&node[..], &[&inside_a_file]].concat(), &*inside_a_file),
		([&node[..], &[&base, "--keystore-path", &inside_a_file]].concat(), &*inside_a_file),
		([&node[..], &[&base, "--node-key-file", &file]].concat(), &*file),
		(vec!["export-chain-spec", "--chain", "dev", "--output", &inside_a_file], &*inside_a_file),
	] {
		let run = run(&arguments);

		assert!(!run.success, "{arguments:?}: {run:?}");
		let error = run.errors.lines().find(|line| line.contains("error: cannot "));
		assert!(error.is_some_and(|error| error.contains(path)), "{arguments:?}: {run:?}");
	}
}

#[test]
fn inspect_should_fail_when_it_is_given_no_key() {
	let run = run(&["key", "inspect", "nonsense"]);

	assert!(!run.success && run.output.is_empty(), "{run:?}");
}

#[test]
fn node_should_stop_quietly_when_it_is_told_to() {
	let mut node = Node::dev(&[]);
	wait_until("a block", || (node.best() > 0).then_some(()));

	let status = node.stop();

	let log = node.log();
	assert!(status.success(), "{status}");
	assert!(!log.contains(TASK_ENDED), "{log}");
}

#[test]
fn node_should_stop_at_once_when_it_has_not_started_yet() {
	let mut node = Node::starting(&["--dev"]);
	node.wait_for_log("Role: AUTHORITY");

	let status = node.stop();

	let log = node.log();
	assert!(status.success(), "{status}");
	assert!(!log.contains(RPC_ADDRESS), "{log}");
}

#[test]
fn node_should_introduce_itself_once() {
	let node = Node::starting(&["--dev"]);
	node.wait_for_log("Database: ");

	let log = node.log();

	assert_eq!(log.matches("Chain specification: AITBC Development").count(), 1, "{log}");
	assert!(!log.contains(" by "), "{log}");
}

#[test]
fn node_should_warn_once_when_its_boot_node_is_of_another_chain() {
	let other = Node::dev(&[]);
	let node = Node::listening(&["--chain", "local", "--bootnodes", &other.p2p_address()]);

	node.wait_for_log("belongs to another chain");

	assert_eq!(node.log().matches("No peer after").count(), 1, "{}", node.log());
}

#[test]
fn node_should_follow_the_chain_when_it_does_not_follow_votes() {
	let other = Node::dev(&[]);
	let boot = other.p2p_address();
	let node = Node::listening(&["--chain", "dev", "--no-grandpa", "--bootnodes", &boot]);

	wait_until("two blocks", || (node.best() >= 2).then_some(()));

	assert_eq!(node.get("system_health", json!([]))["peers"], json!(1));
}
