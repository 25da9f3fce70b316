#![doc = include_str!("../README.md")]

pub mod ablation;
pub mod altered;
pub mod baseline;
pub mod corpus;
pub mod nab;
pub mod report;
pub mod series;
pub mod time;
