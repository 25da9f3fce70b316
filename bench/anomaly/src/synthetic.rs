//! Series that are made up to go where measured ones don't: bounds, constants, gaps, no times.

use crate::corpus::Series;
use aitbc_anomaly::{Point, Timestamp, Value};

/// When series begin: 2014-04-01, in seconds since 1970.
const BEGIN: u64 = 1_396_310_400;

/// Seconds from a point to the next, where they are regular.
const STEP: u64 = 300;

/// Numbers that look random and are always the same.
struct Chance(u64);

impl Chance {
	/// Any number.
	fn any(&mut self) -> u64 {
		// Knuth's multiplier; the low bits are the weak ones.
		self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
		self.0.rotate_left(32) ^ self.0
	}

	/// A number from 0 to one below this.
	fn below(&mut self, end: u64) -> u64 {
		(self.any() >> 16) % end
	}
}

/// Values at times, as numbers.
type Numbers = (i64, Option<u64>);

fn regular(i: u64) -> Option<u64> {
	Some(BEGIN + i * STEP)
}

/// All of them.
pub fn all() -> Vec<Series> {
	vec![
		series("zero", 2_000, |i, _| (0, regular(i))),
		series("constant without times", 2_000, |_, _| (-7_250_000, None)),
		series("one step between constants", 4_000, |i, _| {
			(if i < 2_000 { 5_000_000 } else { 5_000_001 }, regular(i))
		}),
		series("the bounds by turns", 3_000, |i, _| {
			(if i % 2 == 0 { i64::MIN } else { i64::MAX }, regular(i))
		}),
		series("spikes to the bounds", 6_000, |i, chance| {
			let value = match chance.below(500) {
				0 => i64::MAX,
				1 => i64::MIN,
				_ => chance.below(1_000) as i64,
			};
			(value, regular(i))
		}),
		series("any value at any time", 6_000, |_, chance| {
			(chance.any() as i64, Some(chance.any()))
		}),
		series("the first and the last second by turns", 3_000, |i, chance| {
			(chance.below(9_000_000) as i64, Some(if i % 3 == 0 { u64::MAX } else { 0 }))
		}),
		series("backwards in time", 3_000, |i, chance| {
			(chance.below(9_000_000) as i64, Some(BEGIN - i * STEP))
		}),
		series("zeros and millionths", 5_000, |i, chance| {
			(i64::from(chance.below(50) == 0), regular(i))
		}),
		series("ramp to the bound", 4_000, |i, _| {
			let step = Value::LIMIT / 3_000;
			(i64::try_from(i).map_or(i64::MAX, |i| i.saturating_mul(step)), regular(i))
		}),
		series("times that are there now and then", 8_000, |i, chance| {
			let at = regular(i).filter(|_| chance.below(3) > 0);
			(20_000_000 + chance.below(1_000_000) as i64, at)
		}),
		days("days with a hole of weeks", |i| if i < 6_000 { 0 } else { 40 * 86_400 }),
		days("days with small gaps", |i| i / 37 * 1_700),
		// Longer than an event is remembered.
		series("spikes again and again", 36_000, |i, chance| {
			let spike = if chance.below(400) == 0 { 1 << chance.below(40) } else { 0 };
			(chance.below(3_000_000) as i64 + spike, regular(i))
		}),
		walk(),
	]
}

/// Six weeks with a daily pattern, noise, a level that stays for a while, and delays.
fn days(name: &str, delay: impl Fn(u64) -> u64) -> Series {
	series(name, 12_096, |i, chance| {
		let noise = chance.below(3_000_000) as i64;
		let daily = if (96..216).contains(&(i % 288)) { 80_000_000 } else { 20_000_000 };
		let level = if (9_000..9_200).contains(&i) { 35_000_000 } else { 0 };
		(daily + noise + level, Some(BEGIN + i * STEP + delay(i)))
	})
}

/// A random walk whose steps grow with what it has reached.
fn walk() -> Series {
	let mut reached = 0i64;
	series("walk", 12_000, move |i, chance| {
		let step = 1_000 + reached.unsigned_abs() / 20;
		let up = i64::try_from(chance.below(2 * step + 1)).unwrap_or(i64::MAX);
		reached = reached.saturating_add(up).saturating_sub_unsigned(step);
		(reached, regular(i))
	})
}

fn series(name: &str, points: u64, mut next: impl FnMut(u64, &mut Chance) -> Numbers) -> Series {
	let mut chance = Chance(points);
	let point = |i| {
		let (millionths, seconds) = next(i, &mut chance);
		Point { value: Value::from_millionths(millionths), at: seconds.map(Timestamp) }
	};
	Series {
		category: "made up".into(),
		name: name.into(),
		points: (0..points).map(point).collect(),
		windows: Vec::new(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn series_should_be_the_same_when_made_again() {
		let (first, second) = (all(), all());
		for (one, other) in first.iter().zip(&second) {
			assert_eq!(one.points, other.points, "{}", one.name);
		}
	}

	#[test]
	fn series_should_reach_both_bounds_of_values_and_of_times() {
		let all = all();
		let points = || all.iter().flat_map(|series| &series.points);
		for millionths in [-Value::LIMIT, 0, Value::LIMIT] {
			assert!(points().any(|point| point.value.millionths() == millionths));
		}
		for at in [None, Some(Timestamp(0)), Some(Timestamp(u64::MAX))] {
			assert!(points().any(|point| point.at == at));
		}
	}
}
