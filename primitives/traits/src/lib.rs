//! Glue traits: what one pallet may ask of, or tell, another.
//!
//! A pallet names these in its `Config` and never a neighbour's crate; `runtime/src/adapters.rs`
//! joins the two ends. Each trait states what holds before and after a call, and its worst weight
//! when it does work on chain.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod agent_bond_slash;
mod agent_inspect;
mod arbitration;
mod audit_log;
mod bitcoin_header_chain;
mod deadline_clock;
mod escrow;
mod feed_inspect;
mod jury;
mod on_agent_transferred;
mod on_anomaly;
mod on_contract_closed;
mod on_job_settled;
mod pause_inspect;
mod rebate_inspect;
mod reporter_inspect;
mod reputation_inspect;
mod tag_inspect;
mod whole_hold;
mod work_inspect;

pub use agent_bond_slash::AgentBondSlash;
pub use agent_inspect::{AgentInspect, AgentStatus};
pub use arbitration::{Arbitration, CaseFacts, Complaint, ConflictInspect, OnRuling};
pub use audit_log::AuditLog;
pub use bitcoin_header_chain::{BitcoinBlock, BitcoinHeaderChain};
pub use deadline_clock::DeadlineClock;
pub use escrow::{ContractStanding, Escrow, Remainder};
pub use feed_inspect::{FeedInspect, Reading};
pub use jury::{JurorPool, OnJuryDrawn, Seated};
pub use on_agent_transferred::OnAgentTransferred;
pub use on_anomaly::{Anomaly, AnomalyInspect, OnAnomaly};
pub use on_contract_closed::OnContractClosed;
pub use on_job_settled::OnJobSettled;
pub use pause_inspect::PauseInspect;
pub use rebate_inspect::RebateInspect;
pub use reporter_inspect::ReporterInspect;
pub use reputation_inspect::ReputationInspect;
pub use tag_inspect::TagInspect;
pub use whole_hold::WholeHold;
pub use work_inspect::WorkInspect;
