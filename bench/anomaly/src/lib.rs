#![doc = include_str!("../README.md")]

pub mod ablation;
pub mod altered;
pub mod baseline;
pub mod compare;
pub mod corpus;
pub mod nab;
pub mod report;
pub mod series;
pub mod synthetic;
pub mod time;
#[cfg(feature = "wasm")]
pub mod wasm;
