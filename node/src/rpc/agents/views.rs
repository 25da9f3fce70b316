//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds and adds nothing. Values that the runtime
//! keeps and calls meaningless for a state, such as the liveness of an agent that is not active, are
//! null.

pub mod capability;
pub mod registry;
pub mod reputation;
pub mod validation;
pub mod version;
