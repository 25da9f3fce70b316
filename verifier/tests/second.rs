//! The second implementation, in Python, agrees with the program.

use std::{path::Path, process::Command};

/// How many bits of each bundle are flipped, one at a time. `verifier/spec/compare` flips all, in about an hour.
const FLIPS: &str = "100";

fn python(arguments: &[&str]) -> String {
	let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
	let output = Command::new("python3")
		.arg("-B")
		.args(arguments)
		.current_dir(folder)
		.output()
		.expect("python3 is installed");
	let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
	assert!(output.status.success(), "{text}");
	text
}

#[test]
fn second_implementation_should_agree_on_golden_bundles_and_flipped_bits() {
	print!("{}", python(&["compare", env!("CARGO_BIN_EXE_aitbc-verify"), FLIPS]));
}

#[test]
fn second_implementation_should_pass_the_vectors_of_others() {
	python(&["-m", "unittest"]);
}
