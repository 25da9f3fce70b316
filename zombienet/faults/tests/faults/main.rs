//! Faults on networks of real nodes. See README.md of this crate.

mod byzantine;
mod crashes;
mod joins;
mod kills;
mod links;
mod loads;
mod partitions;
