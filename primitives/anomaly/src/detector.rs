//! What a detector is.

use crate::{
	fixed,
	monitor::Grain,
	point::{Timestamp, Value},
	score::Evidence,
	window::Window,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// Something that learns a series point by point, and says how surprising each one is.
///
/// What it says of a point depends on the points before it and on nothing else. Its state has a fixed
/// size, and a point takes a bounded time.
pub trait Detector {
	/// Judges the newest point of `view` by what was learnt before, and learns it.
	fn observe(&mut self, view: &View) -> Finding;
}

/// What a detector sees of a series.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
	/// The last values, the newest point's among them.
	pub window: &'a Window,
	/// When the newest point was measured.
	pub at: Option<Timestamp>,
	/// How many points there were, the newest one counted.
	pub points: u32,
	/// What is nearer to what was expected is no news.
	pub grain: Grain,
}

impl View<'_> {
	/// The newest value, in millionths.
	pub(crate) fn value(&self) -> i64 {
		self.window.newest(1).next().unwrap_or_default()
	}

	/// The weight of the newest point in a running mean, in units of 2^-16: that of a plain mean at
	/// first, and at least 2^-10, so that a mean never stops following.
	pub(crate) fn rate(&self) -> u32 {
		fixed::ONE.checked_div(self.points.clamp(1, 1 << 10)).unwrap_or(fixed::ONE)
	}
}

/// What a detector looks at.
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
pub enum Feature {
	/// The value itself.
	#[codec(index = 0)]
	Value,
	/// The value, compared with other days and weeks at this hour; without times, with the last ones.
	#[codec(index = 1)]
	Season,
	/// How far the last values were from those of other days and weeks, on average.
	#[codec(index = 2)]
	SeasonalMean,
	/// The mean of the last values.
	#[codec(index = 3)]
	Mean,
	/// How much the last values vary.
	#[codec(index = 4)]
	Spread,
	/// How far the mean of a few values is from that of all.
	#[codec(index = 5)]
	Level,
	/// The shape of the last values.
	#[codec(index = 6)]
	Context,
}

impl fmt::Display for Feature {
	/// Writes it as people call it.
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Value => "value",
			Self::Season => "season",
			Self::SeasonalMean => "seasonal mean",
			Self::Mean => "mean",
			Self::Spread => "spread",
			Self::Level => "level",
			Self::Context => "context",
		})
	}
}

/// What a detector found in a point, and why.
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
pub struct Finding {
	/// The feature that weighs most.
	pub feature: Feature,
	/// How much speaks for an anomaly.
	pub evidence: Evidence,
	/// What would have surprised least, in the feature's own terms.
	pub expected: Value,
	/// What was seen, in the same terms.
	pub seen: Value,
}

impl Finding {
	/// A finding about two numbers in millionths.
	pub(crate) fn new(feature: Feature, evidence: Evidence, expected: i64, seen: i64) -> Self {
		let value = Value::from_millionths;
		Self { feature, evidence, expected: value(expected), seen: value(seen) }
	}

	/// Both findings' evidence, with the explanation of the one that weighs more.
	pub(crate) fn and(self, other: Self) -> Self {
		let explained = if other.evidence > self.evidence { other } else { self };
		Self { evidence: self.evidence.and(other.evidence), ..explained }
	}
}
