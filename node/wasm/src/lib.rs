//! The runtime's Wasm, as the build script made it.
//!
//! `WASM_BINARY` is the compact, compressed code that networks run: what a chain specification has as `:code`. It is
//! `None` after a build with SKIP_WASM_BUILD, which checks and tests what needs no code.

// Not documented by its builder.
#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/wasm_binary.rs"));
