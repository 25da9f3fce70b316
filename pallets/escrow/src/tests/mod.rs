//! Tests: one file for each call, and one for each topic that spans calls.

mod cancel;
mod claims;
mod config;
mod encoding;
mod exits;
mod fund;
mod invariants;
mod open;
mod query;
mod refund;
mod release;
mod settle;
mod submit;
mod try_state;
