//! Tests: one file for each call, and one for each topic that spans calls.

mod answer;
mod config;
mod dispute;
mod encoding;
mod erase;
mod exits;
mod expire;
mod invariants;
mod query;
mod release_bond;
mod request;
mod ruling;
mod slash;
mod try_state;
