//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds. It adds nothing but what can be read off
//! the counters: their sums, and rates.

pub mod counters;
pub mod job;
pub mod money;
pub mod offer;
pub mod ranking;
