//! The signing guard of real nodes: what they do with their guard file, and that they do not sign twice.

mod file;
#[path = "../harness/mod.rs"]
mod harness;
mod network;
mod wait;

use harness::{base_path, run, Node, Run};
use std::{
	fs,
	path::{Path, PathBuf},
};
use tempfile::TempDir;

/// What a node logs of a key that waits.
const WAITS: &str = "does not sign before this node was synced for 120 s";

/// The folder of the chain `chain` under `base`.
fn chain_folder(base: &Path, chain: &str) -> PathBuf {
	base.join("chains").join(chain)
}

/// The only guard file of the chain `chain` under `base`.
fn guard_file(base: &Path, chain: &str) -> PathBuf {
	let folder = chain_folder(base, chain).join("guard");
	let entries = fs::read_dir(&folder).expect("there is a folder for guard files");
	let paths = entries.map(|entry| entry.expect("it can be read").path());
	let mut files = paths.filter(|path| path.extension().is_some_and(|found| found == "guard"));
	let file = files.next().expect("there is a guard file");
	assert_eq!(files.next(), None, "there is one guard file");
	file
}

/// Runs `command` for the chain `chain` under `base`.
fn run_on(base: &Path, chain: &str, command: &[&str]) -> Run {
	run(&[command, &["--chain", chain, "--base-path", &base.to_string_lossy()]].concat())
}

/// Puts Alice's session keys into the keystore of the node that is to run in `folder`, as an operator does.
///
/// Those of `--alice` need not wait, as everybody has them.
fn insert_keys(folder: &TempDir, chain: &str) {
	for (key_type, scheme) in [("babe", "sr25519"), ("gran", "ed25519")] {
		let insert = ["key", "insert", "--suri", "//Alice", "--key-type", key_type];
		let command = [&insert[..], &["--scheme", scheme]].concat();
		let run = run_on(&base_path(folder), chain, &command);
		assert!(run.success, "{run:?}");
	}
}

/// The value of the metric `name`, as soon as there is one.
fn figure(node: &Node, name: &str) -> Option<u64> {
	let page = node.metrics();
	let line = page.lines().find(|line| line.starts_with(name) && !line.starts_with('#'))?;
	line.rsplit(' ').next()?.parse().ok()
}
