//! Season: what is new about a value at this hour of this weekday.

use crate::{
	detector::{Detector, Feature, Finding, View},
	fixed,
	novelty::Novelty,
	point::Timestamp,
	window::Window,
};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

const HOURS: usize = 24;
const DAYS: usize = 7;

/// Seconds of an hour, and of a day.
const HOUR: u64 = 3_600;
const DAY: u64 = 86_400;

/// An hour's expectation is the plain mean of its first values, and then gives each new one a fifth.
const MEMORY: u8 = 5;

/// How many residuals a seasonal mean is made of.
const WINDOW: usize = 24;

/// Residuals in a row bring the same news more than once, so theirs counts half.
const WINDOW_SHARE: u32 = 2;

/// Without times, a running mean that gives each value this weight stands in for the hours, in bits.
const FOLLOW_SHIFT: u32 = 7;

/// What is expected of each hour of a day or a week.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
struct Profile<const SLOTS: usize> {
	means: [i64; SLOTS],
	/// How many values a mean is made of, at most [`MEMORY`].
	counts: [u8; SLOTS],
}

impl<const SLOTS: usize> Default for Profile<SLOTS> {
	fn default() -> Self {
		Self { means: [0; SLOTS], counts: [0; SLOTS] }
	}
}

impl<const SLOTS: usize> Profile<SLOTS> {
	fn expected(&self, slot: usize) -> Option<i64> {
		let count = self.counts.get(slot).copied().unwrap_or_default();
		self.means.get(slot).copied().filter(|_| count > 0)
	}

	fn learn(&mut self, slot: usize, value: i64) {
		let (Some(mean), Some(count)) = (self.means.get_mut(slot), self.counts.get_mut(slot))
		else {
			return;
		};
		*count = count.saturating_add(1).min(MEMORY);
		let step = value.saturating_sub(*mean).checked_div(i64::from(*count)).unwrap_or_default();
		*mean = mean.saturating_add(step);
	}
}

/// Compares values with those of the same hour in other weeks; before there were any, with those of
/// the same hour on other days, and before that, with the mean.
///
/// The hours are UTC. What is judged is the residual, that is a value less what was expected of it, and
/// the mean of the last residuals: a jump that doesn't happen is not new as a value, nor as one
/// residual when jumps come a little early or late.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct SeasonalNovelty {
	week: Profile<{ HOURS * DAYS }>,
	day: Profile<HOURS>,
	/// The running mean of values, in units of 2^-16: the plain mean, or where there are no times, one
	/// that follows.
	mean: i128,
	residuals: Novelty,
	window: Window,
	means: Novelty,
}

/// The hour of the week and of the day, counted from 0. Weeks begin as the epoch did, on a Thursday.
fn slots(at: Timestamp) -> (usize, usize) {
	let day = at.0.checked_div(DAY).unwrap_or_default();
	let hour =
		at.0.checked_rem(DAY).and_then(|second| second.checked_div(HOUR)).unwrap_or_default();
	let weekday = usize::try_from(day % 7).unwrap_or_default();
	let hour = usize::try_from(hour).unwrap_or_default();
	(weekday.saturating_mul(HOURS).saturating_add(hour), hour)
}

impl SeasonalNovelty {
	/// What is expected at the newest point, in millionths; then learns its value.
	fn expect(&mut self, view: &View) -> i64 {
		let value = view.value();
		let mean = if view.points <= 1 { value } else { fixed::to_i64(self.mean >> 16) };
		let step = (i128::from(value) << 16).saturating_sub(self.mean);
		let rate = match view.at {
			Some(_) => view.rate(),
			None => view.rate().max(fixed::ONE >> FOLLOW_SHIFT),
		};
		self.mean = self.mean.saturating_add(step.saturating_mul(rate.into()) >> 16);
		let Some(at) = view.at else { return mean };
		let (week, day) = slots(at);
		let expected = self.week.expected(week).or(self.day.expected(day)).unwrap_or(mean);
		self.week.learn(week, value);
		self.day.learn(day, value);
		expected
	}
}

impl Detector for SeasonalNovelty {
	fn observe(&mut self, view: &View) -> Finding {
		let value = view.value();
		let expected = self.expect(view);
		let residual = value.saturating_sub(expected);
		let novel = self.residuals.observe(residual, view.rate(), view.grain);
		let single = Finding::new(Feature::Season, novel.evidence, expected, value);

		self.window.push(residual);
		let mean = self.window.mean(WINDOW);
		let novel = self.means.observe(mean, view.rate(), view.grain);
		let evidence = novel.evidence.shared_by(WINDOW_SHARE);
		single.and(Finding::new(Feature::SeasonalMean, evidence, novel.nearest, mean))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn slots_should_count_hours_from_the_epoch() {
		assert_eq!(slots(Timestamp(0)), (0, 0));
		assert_eq!(slots(Timestamp(DAY + 5 * HOUR + 1)), (29, 5));
		assert_eq!(slots(Timestamp(7 * DAY - 1)), (167, 23));
		assert_eq!(slots(Timestamp(7 * DAY)), (0, 0));
		assert_eq!(slots(Timestamp(u64::MAX)).1, 7);
	}

	#[test]
	fn profile_should_learn_a_plain_mean_first_and_then_follow() {
		let mut profile = Profile::<HOURS>::default();
		assert_eq!(profile.expected(3), None);
		[10, 20, 30].into_iter().for_each(|value| profile.learn(3, value));
		assert_eq!(profile.expected(3), Some(20));
		(0..100).for_each(|_| profile.learn(3, 1_000));
		assert!(profile.expected(3) > Some(990));
		assert_eq!(profile.expected(4), None);
		profile.learn(HOURS, 1);
	}
}
