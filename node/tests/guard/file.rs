//! What a node and its sub-commands do with the guard file.

use crate::{
	guard_file,
	harness::{new_folder, run, Node},
	run_on,
};
use serde_json::Value;
use std::{fs, path::Path};

/// Starts a development node under `base` that ought to end by itself.
fn start_on(base: &Path, arguments: &[&str]) -> crate::harness::Run {
	let base = base.to_string_lossy();
	let node = ["--dev", "--no-prometheus", "--port", "0", "--rpc-port", "0", "--base-path", &base];
	run(&[&node[..], arguments].concat())
}

/// What `guard show --json` prints.
fn shown(base: &Path) -> Value {
	let run = run_on(base, "dev", &["guard", "show", "--json"]);
	assert!(run.success, "{run:?}");
	serde_json::from_str(&run.output).expect("it is JSON")
}

#[test]
fn node_should_not_start_when_its_guard_file_cannot_be_used() {
	let local = ["--chain", "local", "--alice", "--no-mdns", "--unsafe-force-node-key-generation"];
	let mut local = Node::listening(&local);
	local.stop();
	let foreign = fs::read(guard_file(&local.base_path(), "local")).expect("it can be read");
	let mut node = Node::dev(&[]);
	node.stop();
	let base = node.base_path();
	let file = guard_file(&base, "dev");
	let good = fs::read(&file).expect("it can be read");
	let mut damaged = good.clone();
	let middle = damaged.len() / 2;
	damaged[middle] ^= 1;

	for (content, cause) in [
		(&damaged[..], "its checksum is wrong"),
		(&good[..middle], "its checksum is wrong"),
		(&foreign, "it is of the chain with the genesis"),
	] {
		fs::write(&file, content).expect("it can be written");

		let run = start_on(&base, &[]);

		assert!(!run.success, "{cause}: {run:?}");
		let path = file.to_string_lossy();
		for part in [&*path, cause, "Move it away"] {
			assert!(run.errors.contains(part), "{part}: {run:?}");
		}
		assert_eq!(fs::read(&file).expect("it can be read"), content, "it is left as it is");
	}

	let folder = node.folder();
	let node = Node::listening_in(folder, &["--dev", "--unsafe-disable-signing-guard"]);
	assert!(node.log().contains("THE SIGNING GUARD IS OFF"), "{}", node.log());
}

#[test]
fn record_should_be_the_same_when_it_was_moved() {
	let mut node = Node::dev(&["--prometheus-port", "0"]);
	crate::harness::wait_until("a vote", || crate::figure(&node, "aitbc_guard_last_round"));
	let base = node.base_path();
	let other = new_folder();
	let export = other.path().join("export.json");
	let export = export.to_string_lossy();

	let while_it_runs = run_on(&base, "dev", &["guard", "export"]);
	assert!(while_it_runs.errors.contains("stop that node first"), "{while_it_runs:?}");
	let text = run_on(&base, "dev", &["guard", "show"]);
	for part in ["babe 0x", "last block begun for slot", "gran 0x", "last vote in round"] {
		assert!(text.output.contains(part), "{part}: {text:?}");
	}
	node.stop();
	let exported = run_on(&base, "dev", &["guard", "export", "--output", &export]);
	let imported = run_on(other.path(), "dev", &["guard", "import", &export]);
	let again = run_on(other.path(), "dev", &["guard", "import", &export]);

	assert!(exported.success && imported.success && again.success, "{exported:?} {imported:?}");
	assert_eq!(imported.output.matches("raised").count(), 2, "{imported:?}");
	assert_eq!(again.output, "nothing new\n");
	assert_eq!(shown(other.path()), shown(&base));
	let printed = run_on(&base, "dev", &["guard", "export"]);
	assert_eq!(printed.output, fs::read_to_string(&*export).expect("it was written"));
}

#[test]
fn commands_should_say_what_to_do_when_they_are_given_what_is_no_good() {
	let folder = new_folder();
	let missing = folder.path().join("missing").to_string_lossy().into_owned();
	let nonsense = folder.path().join("nonsense").to_string_lossy().into_owned();
	fs::write(&nonsense, "{}").expect("the folder is writable");
	let base = folder.path().join("data");

	for (command, remedy) in [
		(&["guard", "show"][..], "pass its --chain and --base-path"),
		(&["guard", "export"], "pass its --chain and --base-path"),
		(&["guard", "import", &missing], "name a file that `aitbc-node guard export` wrote"),
		(&["guard", "import", &nonsense], "pass what `aitbc-node guard export` wrote"),
	] {
		let run = run_on(&base, "dev", command);

		assert!(!run.success && run.output.is_empty(), "{command:?}: {run:?}");
		assert!(run.errors.contains(remedy), "{command:?}: {run:?}");
		assert!(!base.exists(), "{command:?} makes nothing");
	}
}
