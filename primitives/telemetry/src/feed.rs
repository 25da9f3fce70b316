//! The feed: what all reports of a window say together, and how far each is from that.
//!
//! Median and median absolute deviation are the location and scale that the most wrong reports can't
//! move at will (F. R. Hampel, "The influence curve and its role in robust estimation", JASA 69, 1974).
//! Here each report weighs what its reporter has at stake.

use aitbc_anomaly::Value;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many standard deviations of a normal distribution are within the band, times 1.4826, which is how
/// many median absolute deviations make a standard one. In units of [`PARTS`].
const BAND: i128 = 3 * 14_826;

/// The units of [`BAND`].
const PARTS: i128 = 10_000;

/// What all reports say of a shared series in one window.
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
pub struct FeedValue {
	/// Their [`weighted_median`].
	pub median: Value,
	/// Their [`robust_spread`].
	pub spread: Value,
	/// How many of them weigh something.
	pub reporters: u32,
}

impl FeedValue {
	/// The feed of `reports`, which are values and their weights. Nothing where they have no
	/// [`weighted_median`]. Leaves distances from the median in place of the values.
	pub fn of(reports: &mut [(Value, u128)]) -> Option<Self> {
		let reporters = reports.iter().filter(|(_, weight)| *weight > 0).count();
		let median = weighted_median(reports)?;
		let spread = robust_spread(reports, median)?;
		Some(Self { median, spread, reporters: u32::try_from(reporters).unwrap_or(u32::MAX) })
	}
}

/// The lower weighted median of values and their weights: the least value that, with all lesser ones,
/// has half of the weight. Sorts them.
///
/// A value without weight counts for nothing. Nothing if no value has weight, or if the weights
/// together are more than 128 bits count.
///
/// Whoever has less than half of the weight can't move it out of the range of the others' values.
pub fn weighted_median(reports: &mut [(Value, u128)]) -> Option<Value> {
	let all = reports.iter().try_fold(0u128, |sum, (_, weight)| sum.checked_add(*weight))?;
	reports.sort_unstable_by_key(|(value, _)| value.millionths());
	let mut up_to_here = 0u128;
	reports.iter().filter(|(_, weight)| *weight > 0).find_map(|(value, weight)| {
		up_to_here = up_to_here.saturating_add(*weight);
		(up_to_here >= all.saturating_sub(up_to_here)).then_some(*value)
	})
}

/// The weighted median of the distances of the values from `median`. Leaves the distances in place of
/// the values.
///
/// A distance beyond [`Value::LIMIT`] saturates. Nothing where there is no [`weighted_median`].
pub fn robust_spread(reports: &mut [(Value, u128)], median: Value) -> Option<Value> {
	for (value, _) in reports.iter_mut() {
		let distance = value.millionths().abs_diff(median.millionths());
		*value = Value::from_millionths(i64::try_from(distance).unwrap_or(i64::MAX));
	}
	weighted_median(reports)
}

/// Whether a report is as near the median as reports are that are right: within three standard
/// deviations, which 1.4826 spreads are one of, or within the `tolerance`, whichever is wider.
pub fn in_band(value: Value, feed: &FeedValue, tolerance: Value) -> bool {
	let distance = i128::from(value.millionths().abs_diff(feed.median.millionths()));
	let is_within = |millionths: i64, factor: i128| {
		distance.saturating_mul(PARTS) <= i128::from(millionths).saturating_mul(factor)
	};
	is_within(feed.spread.millionths(), BAND) || is_within(tolerance.millionths(), PARTS)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn value(millionths: i64) -> Value {
		Value::from_millionths(millionths)
	}

	fn median(reports: &[(i64, u128)]) -> Option<i64> {
		let mut reports: Vec<_> = reports.iter().map(|(v, w)| (value(*v), *w)).collect();
		weighted_median(&mut reports).map(Value::millionths)
	}

	#[test]
	fn median_should_be_the_lower_one_that_has_half_of_the_weight() {
		assert_eq!(median(&[(5, 1)]), Some(5));
		assert_eq!(median(&[(9, 1), (1, 1)]), Some(1));
		assert_eq!(median(&[(9, 1), (1, 1), (4, 1)]), Some(4));
		assert_eq!(median(&[(1, 1), (2, 1), (3, 2)]), Some(2));
		assert_eq!(median(&[(1, 1), (2, 1), (3, 3)]), Some(3));
		assert_eq!(median(&[(1, 10), (2, 1), (3, 1)]), Some(1));
	}

	#[test]
	fn value_should_count_for_nothing_when_it_has_no_weight() {
		assert_eq!(median(&[(1, 0), (5, 1), (9, 0)]), Some(5));
		assert_eq!(median(&[(-9, 0), (5, 1), (6, 1), (7, 1)]), Some(6));
	}

	#[test]
	fn median_should_be_nothing_when_there_is_no_weight_or_too_much() {
		assert_eq!(median(&[]), None);
		assert_eq!(median(&[(1, 0), (2, 0)]), None);
		assert_eq!(median(&[(1, u128::MAX), (2, 1)]), None);
		assert_eq!(median(&[(1, u128::MAX - 1), (2, 1)]), Some(1));
	}

	#[test]
	fn feed_should_have_median_spread_and_reporters() {
		let mut reports =
			[(10, 3), (12, 2), (11, 4), (1_000, 1), (-7, 0)].map(|(v, w)| (value(v), w));
		let feed = FeedValue::of(&mut reports).unwrap();
		// Distances from 11: 0 weighs 4, 1 weighs 5.
		assert_eq!(feed, FeedValue { median: value(11), spread: value(1), reporters: 4 });
		assert_eq!(FeedValue::of(&mut []), None);
	}

	#[test]
	fn spread_should_saturate_when_values_are_extreme() {
		let mut reports = [(value(i64::MIN), 2), (value(i64::MAX), 3)];
		let feed = FeedValue::of(&mut reports).unwrap();
		assert_eq!((feed.median, feed.spread), (value(i64::MAX), value(0)));
		let mut reports = [(value(i64::MIN), 1)];
		assert_eq!(robust_spread(&mut reports, value(i64::MAX)), Some(value(Value::LIMIT)));
	}

	#[test]
	fn band_should_end_at_three_deviations_or_at_the_tolerance() {
		let feed = |spread| FeedValue { median: value(-5), spread: value(spread), reporters: 3 };
		// 4.4478 times 10,000 is 44,478.
		for (distance, spread, tolerance, expected) in [
			(44_478, 10_000, 0, true),
			(44_479, 10_000, 0, false),
			(44_479, 10_000, 44_479, true),
			(0, 0, 0, true),
			(1, 0, 0, false),
			(3, 0, 3, true),
			(4, 0, 3, false),
			(1, -1, -1, false),
		] {
			for side in [1, -1] {
				let is_in = in_band(value(-5 + side * distance), &feed(spread), value(tolerance));
				assert_eq!(is_in, expected, "{distance} {spread} {tolerance}");
			}
		}
	}
}
