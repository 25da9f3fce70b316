//! Tests: one file for each call, and one for each topic that spans calls.

mod config;
mod cost;
mod encoding;
mod erase;
mod evidence;
mod invariants;
mod prune;
mod query;
mod rate;
mod respond;
mod revoke;
mod score;
mod transfer;
mod try_state;
