//! Tests: one file for each call, and one for each topic that spans calls.

mod accept;
mod appeal;
mod commit;
mod config;
mod defend;
mod denounce;
mod encoding;
mod exits;
mod force_rule;
mod invariants;
mod jury;
mod offer;
mod opening;
mod outcome;
mod paying;
mod progress;
mod query;
mod reveal;
mod rule_by_facts;
mod ruling;
mod submit_evidence;
mod try_state;
