//! What holds of all modules together.

mod golden;
mod invariants;
