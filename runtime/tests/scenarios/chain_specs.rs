//! The committed genesis files in `chain-specs/` are what the runtime builds.

use aitbc_runtime::genesis_config_presets::{get_preset, preset_names};
use std::{env, fs, path::PathBuf};

/// When set, the test writes the files instead of comparing them.
const WRITE: &str = "AITBC_WRITE_CHAIN_SPECS";

/// The preset named `name` as JSON for people.
fn pretty(name: &str) -> String {
	let patch = get_preset(&name.into()).expect("the preset exists");
	let patch: serde_json::Value = serde_json::from_slice(&patch).expect("a preset is JSON");
	let mut text = serde_json::to_string_pretty(&patch).expect("JSON serializes");
	text.push('\n');
	text
}

#[test]
fn chain_specs_should_be_what_the_presets_build() {
	let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../chain-specs");
	for name in preset_names() {
		let path = folder.join(format!("{name}.json"));
		let built = pretty(&name);
		if env::var_os(WRITE).is_some() {
			fs::write(&path, &built).expect("the file can be written");
		}
		let committed = fs::read_to_string(&path).unwrap_or_default();
		assert!(
			committed == built,
			"{} is not what the runtime builds; if genesis was meant to change, run the test \
			 again with {WRITE}=1 and commit the file",
			path.display(),
		);
	}
}
