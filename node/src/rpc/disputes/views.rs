//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds and adds nothing. Tenths are shown as shares
//! like any other.

pub mod case;
pub mod court;
pub mod evidence;
pub mod round;
pub mod state;
