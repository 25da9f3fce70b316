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

pub mod chain;
pub mod checkpoint;
pub mod commitment;
pub mod hash;
pub mod header;
pub mod inclusion;
pub mod merkle;
pub mod network;
pub mod payload;
pub mod target;
#[cfg(test)]
mod tests;
pub mod time;
pub mod transaction;

pub use chain::{ChainedHeader, HeaderError, Period};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use commitment::{Commitment, CommitmentError, InternalKey};
pub use hash::{BlockHash, MerkleNode, NotAHash, Txid};
pub use header::Header;
pub use inclusion::{Included, InclusionError, InclusionProof};
pub use merkle::{merkle_root, MerkleError, MerkleProof};
pub use network::Network;
pub use payload::{Payload, PayloadError, SetIdTooLarge};
pub use target::{Bits, BitsError, ProofOfWorkError, Target, Work};
pub use time::{MedianTime, RecentTimes};
pub use transaction::{Amount, Input, OutPoint, Output, Transaction, TransactionError};
