#![doc = include_str!("../README.md")]
#![cfg_attr(
	not(test),
	deny(
		clippy::arithmetic_side_effects,
		clippy::expect_used,
		clippy::float_arithmetic,
		clippy::indexing_slicing,
		clippy::panic,
		clippy::unwrap_used
	)
)]

pub mod bundle;
pub mod digest;
pub mod error;
mod json;
pub mod justification;
pub mod set;
pub mod state;
#[cfg(test)]
mod tests;
mod text;
pub mod verdict;
mod verify;

pub use bundle::{
	Anchor, BitcoinChain, Bundle, Claim, DecodeError, Finality, Header, Justification, SetChange,
	Start, MAGIC, MAX_LENGTH, VERSION,
};
pub use digest::DigestError;
pub use error::VerifyError;
pub use justification::{JustificationError, Votes};
pub use set::{AuthoritySet, AUTHORITIES_KEY};
pub use state::{StateError, StateProof};
pub use verdict::Verdict;
