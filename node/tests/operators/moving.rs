//! Chains that are moved, taken back, copied, and handed to light clients.

use crate::{
	harness::{run, wait_until, Node},
	run_on,
};
use serde_json::{json, Value};
use std::{fs, path::Path};

/// What the database of the chain `dev` under `base` says of itself.
fn info(base: &Path) -> Value {
	let run = run_on(base, &["chain-info"]);
	assert!(run.success, "{run:?}");
	serde_json::from_str(&run.output).expect("it is JSON")
}

/// Stops a development node once it has some blocks. Nothing is final.
fn stopped() -> Node {
	let mut node = Node::dev(&["--no-grandpa"]);
	wait_until("three blocks", || (node.best() >= 3).then_some(()));
	node.stop();
	node
}

/// The heights of the blocks in `file`, which is JSON, that have a justification.
fn justified(file: &str) -> Vec<u64> {
	let text = fs::read_to_string(file).expect("it was written");
	let blocks = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
	let blocks = blocks.map(|block| block.expect("it is JSON"));
	let justified = blocks.filter(|block| !block["justifications"].is_null());
	let heights = justified.map(|block| {
		let height = block["block"]["header"]["number"].as_str().expect("a header has a number");
		u64::from_str_radix(height.trim_start_matches("0x"), 16).expect("it is hexadecimal")
	});
	heights.collect()
}

/// Copies the folder `from`.
fn copy(from: &Path, to: &Path) {
	fs::create_dir_all(to).expect("it is writable");
	for entry in fs::read_dir(from).expect("it is readable") {
		let entry = entry.expect("it is readable");
		let target = to.join(entry.file_name());
		match entry.path().is_dir() {
			true => copy(&entry.path(), &target),
			false => drop(fs::copy(entry.path(), target).expect("it is readable")),
		}
	}
}

#[test]
fn chain_should_be_the_same_when_its_blocks_were_moved_through_a_file() {
	let node = stopped();
	let expected = info(&node.base_path());
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let file = folder.path().join("blocks").to_string_lossy().into_owned();

	let exported = run_on(&node.base_path(), &["export-blocks", &file]);
	let imported = run_on(folder.path(), &["import-blocks", &file]);

	assert!(exported.success, "{exported:?}");
	assert!(imported.success, "{imported:?}");
	assert_eq!(info(folder.path())["best_hash"], expected["best_hash"]);
}

#[test]
fn finality_should_be_that_of_the_last_justification_when_blocks_were_moved_through_a_file() {
	let mut node = Node::dev(&[]);
	let finalized = || node.get("chain_getFinalizedHead", json!([]));
	let genesis = finalized();
	let first = wait_until("a final block", || Some(finalized()).filter(|head| *head != genesis));
	wait_until("another", || (finalized() != first).then_some(()));
	node.stop();
	let expected = info(&node.base_path());
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let file = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
	let (json, binary) = (file("blocks.json"), file("blocks"));

	for (arguments, data) in [(&[&*json][..], "json"), (&["--binary", &binary], "binary")] {
		let base = folder.path().join(data);
		let exported = run_on(&node.base_path(), &[&["export-blocks"], arguments].concat());
		let imported = run_on(&base, &[&["import-blocks"], arguments].concat());

		assert!(exported.success && imported.success, "{exported:?}\n{imported:?}");
		let info = info(&base);
		assert_eq!(info["best_hash"], expected["best_hash"]);
		// The node keeps the first one, and the next ones only at the end of an era or of 512 blocks.
		let justified = justified(&json);
		assert_eq!(justified.len(), 1, "{justified:?}");
		assert_eq!(info["finalized_number"], json!(justified[0]));
		assert!(expected["finalized_number"].as_u64() > Some(justified[0]), "{expected}");
	}
}

#[test]
fn chain_should_be_shorter_when_blocks_were_taken_back() {
	let node = stopped();
	let before = info(&node.base_path())["best_number"].as_u64().expect("it is a number");

	let reverted = run_on(&node.base_path(), &["revert", "2"]);

	assert!(reverted.success, "{reverted:?}");
	assert_eq!(info(&node.base_path())["best_number"], json!(before - 2));
}

#[test]
fn chain_should_be_the_same_when_its_database_was_copied() {
	let node = stopped();
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let database = Path::new("chains/dev/paritydb");

	copy(&node.base_path().join(database), &folder.path().join(database));

	assert_eq!(info(folder.path()), info(&node.base_path()));
}

#[test]
fn specification_should_tell_light_clients_where_to_begin() {
	let node = Node::dev(&[]);
	let genesis = node.get("chain_getBlockHash", json!([0]));
	wait_until("a final block", || {
		(node.get("chain_getFinalizedHead", json!([])) != genesis).then_some(())
	});

	let spec = node.get("sync_state_genSyncSpec", json!([true]));

	let state = &spec["lightSyncState"];
	for part in [
		"finalizedBlockHeader",
		"babeEpochChanges",
		"babeFinalizedBlockWeight",
		"grandpaAuthoritySet",
	] {
		assert!(!state[part].is_null(), "there is no {part}: {state}");
	}
	// Nodes read it, too.
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let file = folder.path().join("spec.json");
	fs::write(&file, spec.to_string()).expect("the folder is writable");
	let exported = run(&["export-chain-spec", "--raw", "--chain", &file.to_string_lossy()]);
	assert!(exported.success, "{exported:?}");
	assert!(exported.output.contains("\"lightSyncState\""));
}
