//! Tests: one file for each topic, and a folder for the pallet among the SDK's.

mod cancel_slash;
mod closing;
mod config;
mod counting;
mod encoding;
mod invariants;
mod offences;
mod query;
mod sdk;
mod silence;
mod simulation;
mod try_state;
