//! What the pallet stores, and what it tells its clients.

mod action;
mod breaker;
mod info;
mod kind;

pub use action::*;
pub use breaker::*;
pub use info::*;
pub use kind::*;
