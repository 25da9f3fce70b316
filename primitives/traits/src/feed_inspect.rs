//! What validators measure together.

use aitbc_anomaly::Value;
use aitbc_telemetry::Series;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What all reporters of a window saw of a series.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Reading {
	/// The window.
	pub window: u32,
	/// Their median, by stake.
	pub median: Value,
	/// How far from it they are, by stake.
	pub spread: Value,
}

/// Reads the feed.
///
/// Asked by actions, to see whether they helped; answered by telemetry. Reading changes nothing.
pub trait FeedInspect {
	/// The present window. It never goes back.
	fn window() -> u32;

	/// The newest reading of `series`, if it is shared and anybody revealed lately.
	fn latest(series: Series) -> Option<Reading>;
}
