//! How the runtime configures its pallets, one file per area.

pub mod accounts;
pub mod actions;
pub mod agents;
pub mod audit_log;
pub mod bitcoin;
pub mod brakes;
pub mod consensus;
pub mod disputes;
pub mod escrow;
pub mod governance;
pub mod market;
pub mod migrations;
pub mod money;
pub mod origins;
pub mod parameters;
pub mod reputation;
pub mod staking;
pub mod system;
pub mod telemetry;
pub mod validations;
pub mod validator_performance;
