//! Tests that concern the whole crate.

mod encoding;
mod invariants;
