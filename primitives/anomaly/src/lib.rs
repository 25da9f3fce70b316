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

pub mod alarm;
pub mod context;
pub mod detector;
mod fixed;
mod histogram;
pub mod level;
pub mod monitor;
pub mod novelty;
pub mod point;
pub mod score;
pub mod seasonal;
pub mod shape;
#[cfg(test)]
mod tests;
pub mod trend;
mod window;

pub use alarm::AlarmFilter;
pub use context::ContextDistance;
pub use detector::{Detector, Feature, Finding, View};
pub use level::LevelTail;
pub use monitor::{Detectors, Grain, Monitor, Verdict, DETECTORS, WARM_UP};
pub use novelty::ValueNovelty;
pub use point::{ParseValueError, Point, Timestamp, Value};
pub use score::{Evidence, Score};
pub use seasonal::SeasonalNovelty;
pub use shape::ShapeNovelty;
pub use trend::{Crossing, Limit, Slope, Trend};
pub use window::Window;
