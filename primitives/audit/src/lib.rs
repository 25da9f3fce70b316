#![doc = include_str!("../README.md")]
#![cfg_attr(not(feature = "std"), no_std)]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

extern crate alloc;

pub mod log;
pub mod proof;
pub mod record;
#[cfg(test)]
mod tests;

pub use log::{leaf, Commitment, Log, LogError, Node, Nodes, ENGINE_ID, MAX_RECORDS};
pub use proof::{Proof, ProofError};
pub use record::{
	Account, Actor, Entry, Event, Hash, Record, RecordId, Subject, UnknownEvent, MAX_HASHES,
	MAX_SUBJECTS,
};
