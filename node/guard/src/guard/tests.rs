//! The guard as the node uses it, on disks in memory.

mod admission;
mod power_cut;
mod signing;
mod simulation;
pub(crate) mod world;
