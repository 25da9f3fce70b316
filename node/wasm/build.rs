//! Builds the runtime's Wasm.
//!
//! This crate does and not the runtime's, so that the runtime's native tests, which need none, never pay for it; and not
//! the node's, so that a release's Wasm can be built without a node.

use std::{env, fs, path::Path};
use substrate_wasm_builder::WasmBuilder;

fn main() {
	let out = env::var_os("OUT_DIR").expect("cargo sets it");
	// The builder works in target/release/wbuild, beside target/release/build/aitbc-node-wasm-HASH/out.
	let folder = Path::new(&out).ancestors().nth(3).expect("it is that deep").join("wbuild");
	finishing(&folder, build_wasm);
}

/// Runs `build`, and makes it start anew when it was stopped half way the last time.
///
/// The builder compacts and compresses a Wasm that changed. Stopped in between, it would take the
/// compressed Wasm of the earlier runtime for the new one's from then on.
fn finishing(folder: &Path, build: fn()) {
	let mark = folder.join("aitbc-runtime.unfinished");
	if mark.exists() {
		for form in ["compact", "compact.compressed"] {
			let wasm = folder.join("aitbc-runtime").join(format!("aitbc_runtime.{form}.wasm"));
			fs::remove_file(wasm).ok();
		}
	}
	fs::create_dir_all(folder).and_then(|()| fs::write(&mark, "")).expect("it can be written");
	build();
	fs::remove_file(&mark).expect("it was written");
}

/// Builds the runtime with the features of the same names that this crate is built with.
fn build_wasm() {
	// Asked when it runs, because checkouts that share a target folder share this script's binary.
	let here = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it");
	let manifest = Path::new(&here).join("../../runtime/Cargo.toml");
	let manifest = manifest.canonicalize().expect("the runtime stands beside the node");
	let builder = WasmBuilder::new()
		.with_project(manifest)
		.expect("the runtime has a manifest")
		.import_memory()
		.export_heap_base();
	#[cfg(feature = "metadata-hash")]
	let builder = builder.enable_metadata_hash("AIT", 12);
	builder.build();
}
