//! Builds the Wasm, beside the one that the node is built with and as that one is.

fn main() {
	#[cfg(feature = "std")]
	substrate_wasm_builder::WasmBuilder::build_using_defaults();
}
