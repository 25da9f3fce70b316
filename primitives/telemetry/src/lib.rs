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

pub mod exposition;
pub mod feed;
mod fixed;
mod number;
pub mod sample;
pub mod series;
#[cfg(test)]
mod tests;
pub mod watch;
pub mod window;

pub use exposition::{ExpositionError, Readings, MAX_PAGE};
pub use feed::{in_band, robust_spread, weighted_median, FeedValue};
pub use sample::{Sample, Sampler};
pub use series::{Series, UnknownSeries};
pub use watch::{Alarm, Cause, Outlook, Watcher, HORIZON, MAX_ALARMS, MODEL};
pub use window::{commitment, Digest, Recording, Stats, MAX_SAMPLES};
