//! Tests, by topic.

mod anchorers;
mod config;
mod encoding;
mod invariants;
mod looking;
mod proving;
mod query;
mod rewards;
mod scheduling;
mod try_state;
