//! The program, as people and other programs use it.

use serde_json::Value;
use std::{
	collections::BTreeMap,
	env, fs,
	path::{Path, PathBuf},
	process::{Command, Output},
};

/// The bundles that are kept: `recorded` is of a network that ran, and tests of `aitbc-evidence` write the others.
const BUNDLES: [&str; 5] = ["absent", "record", "recorded", "storage", "taproot"];

/// A hash that nothing has.
const NO_HASH: &str = "00000000000000000000000000000000000000000000000000000000000000ff";

fn root() -> &'static Path {
	Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn golden(name: &str) -> PathBuf {
	root().join("golden").join(name)
}

fn bundle(name: &str) -> PathBuf {
	golden(name).with_extension("bundle")
}

fn run(file: impl AsRef<Path>, options: &[&str]) -> Output {
	Command::new(env!("CARGO_BIN_EXE_aitbc-verify"))
		.arg(file.as_ref())
		.args(options)
		.output()
		.expect("it runs")
}

/// How it ended, and what it printed.
fn ended(output: &Output) -> (Option<i32>, String, String) {
	let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is text");
	(output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// How it ended, and the JSON that it printed.
fn json(file: impl AsRef<Path>, options: &[&str]) -> (Option<i32>, Value) {
	let output = run(file, &[options, &["--json"]].concat());
	let value = serde_json::from_slice(&output.stdout).expect("it is JSON");
	(output.status.code(), value)
}

/// What is changed in a bundle that is kept, in a file of its own.
fn changed(name: &str, change: impl FnOnce(&mut Vec<u8>)) -> tempfile::NamedTempFile {
	let mut bytes = fs::read(bundle(name)).expect("it is kept");
	change(&mut bytes);
	let file = tempfile::NamedTempFile::new().expect("there is room");
	fs::write(&file, bytes).expect("there is room");
	file
}

#[test]
fn golden_bundles_should_have_the_verdicts_that_are_kept() {
	for name in BUNDLES {
		let output = run(bundle(name), &["--json"]);
		let (status, printed, error) = ended(&output);
		assert_eq!((status, error.as_str()), (Some(0), ""), "{name}");
		let file = golden(name).with_extension("json");
		if env::var_os("AITBC_WRITE_GOLDEN").is_some() {
			fs::write(&file, &printed).expect("there is room");
		}
		let kept = fs::read_to_string(&file).unwrap_or_default();
		assert_eq!(kept, printed, "{name} has another verdict: write it with AITBC_WRITE_GOLDEN=1");
	}
}

#[test]
fn refused_bundles_should_be_refused_for_the_reason_that_is_kept() {
	let folder = golden("refused");
	let errors = fs::read(folder.join("errors.json")).expect("they are kept");
	let errors: BTreeMap<String, String> = serde_json::from_slice(&errors).expect("they are texts");
	assert!(errors.len() > 40);
	for (name, error) in errors {
		let expected = serde_json::json!({ "verdict": "does_not_hold", "error": error });
		let file = folder.join(&name).with_extension("bundle");
		assert_eq!(json(file, &[]), (Some(1), expected), "{name}");
	}
}

#[test]
fn text_should_say_what_holds_and_what_is_trusted() {
	let (status, printed, error) = ended(&run(bundle("taproot"), &[]));
	assert_eq!((status, error.as_str()), (Some(0), ""));
	for part in [
		"The evidence holds: of block 20 (0x",
		"  1. authorities: set 8; changes since the start: 1\n",
		"is signed by 3 of 4 voters; their weight is 3 of 4, and 3 would do\n",
		" commits by Taproot to the block's hash; confirmations: 5\n",
		"  - the authorities of set 7 were those whose hash is 0x",
		"is in the best chain of regtest",
	] {
		assert!(printed.contains(part), "{part}\n{printed}");
	}
}

#[test]
fn program_should_end_with_1_when_the_evidence_does_not_hold() {
	let file = changed("record", |bytes| {
		let last = bytes.len() - 1;
		bytes[last] ^= 1;
	});
	let (status, printed, error) = ended(&run(&file, &[]));
	let why = "claim: the record: the record and the proof lead to another root";
	assert_eq!((status, error.as_str()), (Some(1), ""));
	assert_eq!(printed, format!("The evidence does not hold.\n\n  {why}\n"));
	let expected = serde_json::json!({ "verdict": "does_not_hold", "error": why });
	assert_eq!(json(&file, &[]), (Some(1), expected));
}

#[test]
fn program_should_end_with_2_when_the_file_is_no_bundle() {
	let missing = root().join("golden/missing.bundle");
	let cut = changed("record", |bytes| bytes.truncate(100));
	let other = changed("record", |bytes| bytes[8] = 9);
	for (file, why) in [
		(missing.as_path(), "No such file"),
		(cut.path(), "the bytes are not those of a bundle"),
		(other.path(), "the bundle's version 9 is unknown"),
		(&root().join("Cargo.toml"), "the bytes do not begin as a bundle does"),
		(root(), "directory"),
	] {
		let (status, printed, error) = ended(&run(file, &[]));
		assert_eq!((status, printed.as_str()), (Some(2), ""), "{why}");
		assert!(error.starts_with("error: ") && error.contains(why), "{error}");
		let (status, value) = json(file, &[]);
		assert_eq!((status, &value["verdict"]), (Some(2), &Value::from("unreadable")));
		assert!(value["error"].as_str().is_some_and(|error| error.contains(why)));
	}
}

#[test]
fn program_should_end_with_2_when_it_is_called_wrongly() {
	let file = bundle("record");
	for options in [
		&["--genesis", "0x12"][..],
		&["--checkpoint", "none"],
		&["--unknown"],
		&["another"],
		&["--genesis", NO_HASH, "--set", NO_HASH],
	] {
		let (status, printed, error) = ended(&run(&file, options));
		assert_eq!((status, printed.as_str()), (Some(2), ""), "{options:?}");
		assert!(error.starts_with("error: "), "{error}");
	}
	let none = Command::new(env!("CARGO_BIN_EXE_aitbc-verify")).output().expect("it runs");
	assert_eq!(none.status.code(), Some(2));
}

#[test]
fn program_should_end_with_0_when_what_is_trusted_is_what_the_user_knows() {
	for name in BUNDLES {
		let (_, verdict) = json(bundle(name), &[]);
		let trust = &verdict["trust"];
		let known = |value: &Value| value.as_str().expect("it is a hash").to_owned();
		let (start, checkpoint) =
			(known(&trust["start"]["hash"]), known(&trust["checkpoint"]["hash"]));
		let tip = known(&verdict["bitcoin"]["tip"]["hash"]);
		let kind = match trust["start"]["type"].as_str() {
			Some("genesis") => "--genesis",
			_ => "--set",
		};
		let options = [kind, &start, "--checkpoint", &checkpoint, "--tip", &tip];
		assert_eq!(json(bundle(name), &options), (Some(0), verdict));
		let bare = start.trim_start_matches("0x");
		assert_eq!(json(bundle(name), &[kind, bare]).0, Some(0));
	}
}

#[test]
fn program_should_end_with_1_when_what_is_trusted_is_something_else() {
	for (name, option, why) in [
		("record", "--genesis", "trust: the genesis block is 0x"),
		("record", "--set", "trust: the bundle begins at a genesis block"),
		("storage", "--set", "trust: the hash of the trusted set is 0x"),
		("storage", "--genesis", "trust: the bundle begins with a trusted set"),
		("record", "--checkpoint", "trust: the checkpoint is "),
		("record", "--tip", "trust: the tip is "),
	] {
		let (status, value) = json(bundle(name), &[option, NO_HASH]);
		assert_eq!((status, &value["verdict"]), (Some(1), &Value::from("does_not_hold")));
		assert!(value["error"].as_str().is_some_and(|error| error.starts_with(why)), "{value}");
	}
}
