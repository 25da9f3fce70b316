//! A validator that does not know whether it is the only one with its keys.

use crate::{
	chain_folder, figure,
	harness::{new_folder, wait_until, Node},
	insert_keys, WAITS,
};
use std::{
	fs,
	time::{Duration, Instant},
};

/// The options of a validator that is alone on its chain, with keys that were inserted.
const VALIDATOR: [&str; 8] = [
	"--chain",
	"dev",
	"--validator",
	"--force-authoring",
	"--unsafe-force-node-key-generation",
	"--no-mdns",
	"--prometheus-port",
	"0",
];

/// How long it waits.
const WAIT: Duration = Duration::from_secs(120);

#[test]
fn node_should_start_at_once_when_it_is_a_development_chains() {
	let node = Node::dev(&["--prometheus-port", "0"]);

	wait_until("a block", || (node.best() > 0).then_some(()));

	assert_eq!(figure(&node, "aitbc_guard_keys_waiting"), Some(0));
	assert_eq!(figure(&node, "aitbc_guard_twin"), Some(0));
	wait_until("a vote", || figure(&node, "aitbc_guard_last_round"));
	assert!(!node.log().contains(WAITS), "{}", node.log());
}

#[test]
fn node_should_wait_two_minutes_when_its_guard_file_is_missing() {
	let folder = new_folder();
	insert_keys(&folder, "dev");
	// At block zero nobody waits, guard file or not.
	let mut node = Node::listening_in(folder.clone(), &VALIDATOR);
	wait_until("a block", || (node.best() > 0).then_some(()));
	assert!(!node.log().contains(WAITS), "{}", node.log());
	node.stop();
	fs::remove_dir_all(chain_folder(&node.base_path(), "dev").join("guard")).expect("it is there");

	let start = Instant::now();
	let node = Node::listening_in(folder, &VALIDATOR);
	let best = node.best();
	node.wait_for_log(WAITS);
	assert_eq!(figure(&node, "aitbc_guard_keys_waiting"), Some(2));
	wait_until("a block after the wait", || (node.best() > best).then_some(()));

	let waited = start.elapsed();
	assert!(waited >= WAIT, "{waited:?}");
	assert_eq!(figure(&node, "aitbc_guard_keys_waiting"), Some(0));
}
