mod forgetting;
mod invariants;
mod proofs;
mod queries;
mod try_state;
mod writing;
