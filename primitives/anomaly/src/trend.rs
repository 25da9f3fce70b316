//! Where a series is going: a robust slope, and when it meets a limit.
//!
//! The slope is the median of the slopes between all pairs of samples (Theil 1950, Sen 1968), which a
//! quarter of wild samples can't move far. Its interval is Sen's, from the normal approximation to
//! Kendall's statistic.

use crate::{
	fixed,
	point::{Timestamp, Value},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many samples a trend is made of.
const SAMPLES: usize = 32;

/// How many pairs they make.
const PAIRS: usize = SAMPLES * (SAMPLES - 1) / 2;

/// Fewer samples make no trend.
const LEAST_SAMPLES: usize = 8;

/// The 95th percentile of the normal distribution, in thousandths: the interval leaves out one slope in
/// twenty at each end.
const QUANTILE: u64 = 1_645;

/// How fast a series grows, in millionths per 2^16 seconds (about 18 hours). Negative where it falls.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Slope(pub i64);

/// What a series is watched for.
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
pub enum Limit {
	/// Growing to this value or beyond, as used memory does.
	#[codec(index = 0)]
	AtLeast(Value),
	/// Falling to this value or below, as free disk does.
	#[codec(index = 1)]
	AtMost(Value),
}

/// When a series meets its limit, if it goes on as it did. In seconds after the last sample.
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
pub struct Crossing {
	/// By the median slope. Nothing: never.
	pub expected: Option<u64>,
	/// By the steepest slope that nine out of ten are within. Nothing: never.
	pub earliest: Option<u64>,
	/// By the least steep one. Nothing: maybe never.
	pub latest: Option<u64>,
}

/// The last samples of a series, and where they lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Trend {
	/// In the order of their times, oldest first.
	samples: [(Timestamp, Value); SAMPLES],
	len: u8,
}

/// The slopes of a trend: least, median and greatest of those that nine out of ten are within.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Slopes {
	least: i64,
	median: i64,
	greatest: i64,
}

impl Trend {
	/// Takes a sample in. One that is not later than the last one is left out.
	///
	/// How often to sample decides what trend is seen: 32 samples at five minutes span 2.6 hours.
	pub fn observe(&mut self, at: Timestamp, value: Value) {
		if self.samples().last().is_some_and(|(last, _)| *last >= at) {
			return;
		}
		let len = self.samples().len();
		if len == SAMPLES {
			self.samples.rotate_left(1);
		} else {
			self.len = self.len.saturating_add(1);
		}
		if let Some(slot) = self.samples.get_mut(len.min(SAMPLES - 1)) {
			*slot = (at, value);
		}
	}

	fn samples(&self) -> &[(Timestamp, Value)] {
		self.samples.get(..usize::from(self.len)).unwrap_or(&self.samples)
	}

	/// The median slope. Nothing while there are fewer than eight samples.
	pub fn slope(&self) -> Option<Slope> {
		self.slopes().map(|slopes| Slope(slopes.median))
	}

	/// When the series meets `limit`. Nothing while there are fewer than eight samples.
	///
	/// Sorts at most 496 slopes.
	pub fn crossing(&self, limit: Limit) -> Option<Crossing> {
		let slopes = self.slopes()?;
		let level = self.level(slopes.median)?;
		let (distance, slopes) = match limit {
			Limit::AtLeast(limit) => (limit.millionths().saturating_sub(level), slopes),
			Limit::AtMost(limit) => (level.saturating_sub(limit.millionths()), slopes.mirrored()),
		};
		Some(Crossing {
			expected: time_to(distance, slopes.median),
			earliest: time_to(distance, slopes.greatest),
			latest: time_to(distance, slopes.least),
		})
	}

	/// The slopes between samples, and the interval they are in.
	fn slopes(&self) -> Option<Slopes> {
		let samples = self.samples();
		if samples.len() < LEAST_SAMPLES {
			return None;
		}
		let mut slopes = [0i64; PAIRS];
		let mut pairs = 0usize;
		for (i, later) in samples.iter().enumerate() {
			for earlier in samples.iter().take(i) {
				if let (Some(slot), Some(slope)) = (slopes.get_mut(pairs), slope(earlier, later)) {
					*slot = slope;
					pairs = pairs.saturating_add(1);
				}
			}
		}
		let slopes = slopes.get_mut(..pairs)?;
		slopes.sort_unstable();
		let half = half_interval(samples.len());
		let at = |rank: usize| slopes.get(rank.min(pairs.saturating_sub(1))).copied();
		Some(Slopes {
			least: at((pairs >> 1).saturating_sub(half))?,
			median: at(pairs >> 1)?,
			greatest: at((pairs >> 1).saturating_add(half))?,
		})
	}

	/// Where the trend is at the last sample's time: the median of where each sample leads.
	fn level(&self, slope: i64) -> Option<i64> {
		let samples = self.samples();
		let (end, _) = samples.last()?;
		let mut levels = [0i64; SAMPLES];
		for (level, (at, value)) in levels.iter_mut().zip(samples) {
			let gone = i128::from(end.0.saturating_sub(at.0)).saturating_mul(slope.into()) >> 16;
			*level = fixed::to_i64(gone.saturating_add(value.millionths().into()));
		}
		let levels = levels.get_mut(..samples.len())?;
		levels.sort_unstable();
		levels.get(samples.len() >> 1).copied()
	}
}

impl Slopes {
	/// Those of the same series upside down.
	fn mirrored(self) -> Self {
		Self {
			least: self.greatest.saturating_neg(),
			median: self.median.saturating_neg(),
			greatest: self.least.saturating_neg(),
		}
	}
}

/// The slope from one sample to a later one, in millionths per 2^16 seconds.
fn slope(earlier: &(Timestamp, Value), later: &(Timestamp, Value)) -> Option<i64> {
	let time = i128::from(later.0 .0.checked_sub(earlier.0 .0)?);
	let growth = later.1.millionths().saturating_sub(earlier.1.millionths());
	Some(fixed::to_i64((i128::from(growth) << 16).checked_div(time)?))
}

/// How many ranks the interval reaches from the median slope of `n` samples, rounded up.
fn half_interval(n: usize) -> usize {
	let n = u64::try_from(n).unwrap_or_default();
	let pairs = n.saturating_mul(n.saturating_sub(1));
	let variance = pairs.saturating_mul(n.saturating_mul(2).saturating_add(5)) / 18;
	// Thousandths of the deviation are the root of a million variances.
	let deviation = variance.saturating_mul(1_000_000).isqrt();
	usize::try_from(deviation.saturating_mul(QUANTILE) / 2_000_000)
		.unwrap_or(usize::MAX)
		.saturating_add(1)
}

/// How long a `distance` takes at this slope, in seconds; nothing where it never ends.
fn time_to(distance: i64, slope: i64) -> Option<u64> {
	if distance <= 0 {
		return Some(0);
	}
	let slope = i128::from(slope);
	if slope <= 0 {
		return None;
	}
	u64::try_from((i128::from(distance) << 16).checked_div(slope)?).ok()
}

#[cfg(test)]
mod tests {
	use super::*;

	const MINUTE: u64 = 60;

	/// A trend of samples a minute apart, beginning at minute 1000.
	fn trend(values: impl IntoIterator<Item = i64>) -> Trend {
		let mut trend = Trend::default();
		for (value, minute) in values.into_iter().zip(1_000u64..) {
			trend.observe(Timestamp(minute * MINUTE), Value::from_integer(value));
		}
		trend
	}

	fn at_least(value: i64) -> Limit {
		Limit::AtLeast(Value::from_integer(value))
	}

	fn at_most(value: i64) -> Limit {
		Limit::AtMost(Value::from_integer(value))
	}

	/// Noise without a trend, from -3 to 3.
	fn noise(i: i64) -> i64 {
		i * 7_919 % 7 - 3
	}

	#[test]
	fn crossing_should_be_exact_when_the_series_is_a_line() {
		// Ten a minute from 0: at minute 31 it is at 310, and 690 short of 1000.
		let crossing = trend((0..32).map(|i| i * 10)).crossing(at_least(1_000)).unwrap();
		let seconds = Some(69 * MINUTE);
		assert_eq!(crossing, Crossing { expected: seconds, earliest: seconds, latest: seconds });
	}

	#[test]
	fn crossing_should_be_exact_when_the_series_falls() {
		let trend = trend((0..32).map(|i| 1_000 - i * 10));
		assert_eq!(trend.crossing(at_most(0)).unwrap().expected, Some(69 * MINUTE));
		assert_eq!(trend.crossing(at_least(2_000)).unwrap().expected, None);
	}

	#[test]
	fn crossing_should_be_now_when_the_limit_is_met() {
		let crossing = trend((0..32).map(|i| i * 10)).crossing(at_least(300)).unwrap();
		assert_eq!(crossing, Crossing { expected: Some(0), earliest: Some(0), latest: Some(0) });
	}

	#[test]
	fn crossing_should_be_never_when_the_series_is_flat() {
		let crossing = trend([5; 32]).crossing(at_least(6)).unwrap();
		assert_eq!(crossing, Crossing { expected: None, earliest: None, latest: None });
	}

	#[test]
	fn crossing_should_hardly_move_when_some_samples_are_wild() {
		let wild = |i: i64| if i % 8 == 3 { 1_000_000 } else { i * 10 };
		let crossing = trend((0..32).map(wild)).crossing(at_least(1_000)).unwrap();
		let expected = crossing.expected.unwrap();
		assert!(expected.abs_diff(69 * MINUTE) <= 10 * MINUTE, "{expected}");
	}

	#[test]
	fn crossing_should_have_an_interval_when_samples_are_noisy() {
		let crossing = trend((0..32).map(|i| i * 2 + noise(i))).crossing(at_least(200)).unwrap();
		let (earliest, expected, latest) =
			(crossing.earliest.unwrap(), crossing.expected.unwrap(), crossing.latest.unwrap());
		assert!(earliest < expected && expected < latest, "{crossing:?}");
		assert!((earliest..=latest).contains(&(69 * MINUTE)), "{crossing:?}");
	}

	#[test]
	fn crossing_should_be_uncertain_when_there_is_noise_only() {
		let crossing = trend((0..32).map(noise)).crossing(at_least(100)).unwrap();
		assert_eq!(crossing.latest, None);
	}

	#[test]
	fn trend_should_be_unknown_when_there_are_few_samples() {
		assert_eq!(trend(0..7).slope(), None);
		assert_eq!(trend(0..7).crossing(at_least(9)), None);
		assert!(trend(0..8).slope().is_some());
	}

	#[test]
	fn sample_should_be_left_out_when_it_is_not_later() {
		let mut trend = trend(0..10);
		let before = trend.clone();
		trend.observe(Timestamp(1_009 * MINUTE), Value::from_integer(99));
		assert_eq!(trend, before);
	}

	#[test]
	fn interval_should_be_that_of_the_tables() {
		// Sen's own: with 32 samples the variance is 3802.67, and 1.645 deviations are 101.4.
		assert_eq!(half_interval(32), 51);
		assert_eq!(half_interval(8), 7);
	}

	#[test]
	fn trend_should_saturate_when_samples_are_extreme() {
		let mut trend = Trend::default();
		for i in 0..40u64 {
			let value = Value::from_millionths(if i % 2 == 0 { i64::MAX } else { i64::MIN });
			trend.observe(Timestamp(u64::MAX - 40 + i), value);
		}
		for limit in [i64::MIN, 0, i64::MAX] {
			trend.crossing(Limit::AtLeast(Value::from_millionths(limit)));
			trend.crossing(Limit::AtMost(Value::from_millionths(limit)));
		}
	}
}
