//! Tests: one file for each topic. Those of the worker are beside it.

mod config;
mod digests;
mod encoding;
mod invariants;
mod keys;
mod paying;
mod query;
mod reports;
mod settling;
mod traits;
mod try_state;
