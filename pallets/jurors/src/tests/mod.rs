//! Tests: one file for each call, and one for each topic that spans calls.

mod bond;
mod config;
mod cost;
mod draw;
mod encoding;
mod exits;
mod forfeit;
mod invariants;
mod query;
mod refresh;
mod request;
mod service;
mod timing;
mod tree;
mod try_state;
mod unbond;
mod unlock;
mod withdraw;
