//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds and adds nothing. Approvals, which the
//! runtime counts by the places of the approvers, are shown as accounts.

pub mod claim;
pub mod contract;
pub mod payment;
