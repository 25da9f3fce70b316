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

pub mod aggregate;
pub mod decay;
pub mod outcome;
pub mod pair;
pub mod rules;
pub mod score;
pub mod standing;
#[cfg(test)]
mod tests;

pub use aggregate::{Aggregate, Entry};
pub use decay::{retained, Retained};
pub use outcome::Outcome;
pub use pair::PairEvidence;
pub use rules::{Component, ComponentWeights, Rules};
pub use score::{lower_bound, Level, Score};
pub use standing::Standing;

/// How many parts a share of one has: [`sp_arithmetic::Perbill`] counts in parts per billion.
pub(crate) const PARTS: u128 = 1_000_000_000;
