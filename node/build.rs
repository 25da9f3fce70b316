//! Builds the runtime's Wasm, and puts the commit into the node's version string.
//!
//! The node builds the Wasm and not the runtime crate, so that the runtime's native tests, which
//! need none, never pay for it.

use std::path::Path;
use substrate_wasm_builder::WasmBuilder;

fn main() {
	substrate_build_script_utils::generate_cargo_keys();
	substrate_build_script_utils::rerun_if_git_head_changed();
	build_wasm();
}

/// Builds the runtime with the features of the same names that the node is built with.
fn build_wasm() {
	let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/Cargo.toml");
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
