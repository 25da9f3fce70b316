//! What holds of all detectors together.

mod explanation;
mod golden;
mod invariants;
