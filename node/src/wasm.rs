//! The runtime's Wasm, as the build script made it.

// Says `pub const WASM_BINARY: Option<&[u8]>`, which is `None` after a build with SKIP_WASM_BUILD,
// and two more that nothing here reads.
#![allow(missing_docs, dead_code)]

include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
