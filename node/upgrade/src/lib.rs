#![doc = include_str!("../README.md")]
#![cfg_attr(target_family = "wasm", no_std)]

#[cfg(target_family = "wasm")]
pub use aitbc_runtime::*;
