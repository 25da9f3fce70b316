//! The command line against real development nodes. Each test has its own.

#[path = "../harness/mod.rs"]
mod harness;

mod agent_breadth;
mod agent_life;
mod audit;
mod bad_input;
mod bitcoin;
mod contract_breadth;
mod disputes;
mod economics;
mod faucet;
mod governance;
mod main_job;
mod market;
mod metadata;
mod nodes;
mod nonces;
mod offline;
mod operations;
mod proxies;
mod schemas;
mod services;
mod telemetry;
mod transfers;
mod upgrade;
mod validations;
mod validators;
mod ways_out;
mod whereabouts;
