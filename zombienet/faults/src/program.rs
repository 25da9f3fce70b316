//! The programs under test, and where they are.

use serde_json::Value;
use std::{
	env,
	path::{Path, PathBuf},
	process::Command,
};

/// The node's program: of the same build as this test, unless `AITBC_NODE` names another.
pub fn node() -> PathBuf {
	let built = || target_folder().join("aitbc-node");
	let program = env::var_os("AITBC_NODE").map_or_else(built, PathBuf::from);
	assert!(
		program.exists(),
		"there is no node at {}: run `cargo build --release -p aitbc-node`, or name one with AITBC_NODE",
		program.display()
	);
	program
}

/// A folder that all tests share, so that the runtime is compiled once and not at each start.
pub fn wasm_cache() -> PathBuf {
	target_folder().join("network-tests-wasm-cache")
}

/// Whether the node has the option `name`.
pub fn has_option(name: &str) -> bool {
	run(&["--help"]).contains(name)
}

/// Runs the node's program with `arguments` to its good end, and gives what it writes.
pub fn run(arguments: &[&str]) -> String {
	let output =
		Command::new(node()).args(arguments).output().expect("the node's program can be run");
	let said = String::from_utf8_lossy(&output.stderr);
	assert!(output.status.success(), "aitbc-node {}: {said}", arguments.join(" "));
	String::from_utf8(output.stdout).expect("the node's program writes text")
}

/// The same, where it writes JSON.
pub fn run_json(arguments: &[&str]) -> Value {
	serde_json::from_str(&run(arguments)).expect("the output is JSON")
}

/// Where cargo puts programs of this test's profile: the test itself is in a folder of it.
fn target_folder() -> PathBuf {
	let test = env::current_exe().expect("a process knows its program");
	test.ancestors().nth(2).map(Path::to_owned).expect("a test is in a target folder")
}
