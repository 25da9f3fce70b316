//! Tests: one file for each topic.

mod abuse;
mod aftermath;
mod agenda;
mod anomalies;
mod brakes;
mod breakers;
mod calls;
mod catalogue;
mod config;
mod encoding;
mod ending;
mod executing;
mod genesis;
mod guards;
mod invariants;
mod query;
mod recommending;
mod try_state;
mod verifying;
