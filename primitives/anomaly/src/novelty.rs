//! Novelty: how far a number is from every number that was seen before.
//!
//! Nothing is assumed of how the numbers are distributed, and what was seen once is no news any more.
//! The idea of a memory of what was seen is that of CAD OSE (Smirnov 2016); a distance takes the place
//! of its look-up.

use crate::{
	detector::{Detector, Feature, Finding, View},
	fixed::{self, ONE},
	monitor::Grain,
	score::Evidence,
};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many numbers are remembered.
const REMEMBERED: usize = 64;

/// Novelty of the whole scale is worth this much evidence.
const FULL_NOVELTY: u32 = 20;

/// How many mean deviations a well-behaved series' range has: the scale is the geometric mean of its
/// range and of as many deviations, so that one outlier doesn't hide all that come after it.
const DEVIATIONS_PER_RANGE: u64 = 16;

/// Numbers that were seen, in ascending order: the least, the greatest, and those between that lie
/// farthest apart.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
struct Memory {
	numbers: [i64; REMEMBERED],
	len: u8,
}

impl Memory {
	fn numbers(&self) -> &[i64] {
		self.numbers.get(..usize::from(self.len)).unwrap_or(&self.numbers)
	}

	/// The greatest number less the least.
	fn range(&self) -> u64 {
		match self.numbers() {
			[least, .., greatest] => greatest.abs_diff(*least),
			_ => 0,
		}
	}

	/// Remembers `number` at `place`, where the order wants it, and forgets another one if need be.
	fn insert(&mut self, place: usize, number: i64) {
		let len = self.numbers().len();
		if len < REMEMBERED {
			self.len = self.len.saturating_add(1);
			self.open(place, len, number);
			return;
		}
		let Some((crowded, gap)) = self.most_crowded() else { return };
		let own_gap =
			match (place.checked_sub(1).and_then(|i| self.numbers.get(i)), self.numbers.get(place))
			{
				(Some(below), Some(above)) => above.abs_diff(*below),
				_ => u64::MAX,
			};
		if own_gap <= gap {
			return;
		}
		// The place of the forgotten one is moved to that of the new one.
		if crowded < place {
			let place = place.saturating_sub(1);
			if let Some(moved) = self.numbers.get_mut(crowded..=place) {
				moved.rotate_left(1);
			}
			self.set(place, number);
		} else {
			self.open(place, crowded, number);
		}
	}

	/// Puts `number` at `place`, moving those from there to before `free` up by one.
	fn open(&mut self, place: usize, free: usize, number: i64) {
		if let Some(moved) = self.numbers.get_mut(place..=free) {
			moved.rotate_right(1);
		}
		self.set(place, number);
	}

	fn set(&mut self, place: usize, number: i64) {
		if let Some(slot) = self.numbers.get_mut(place) {
			*slot = number;
		}
	}

	/// The number whose neighbours are nearest to each other, and how far these are apart.
	fn most_crowded(&self) -> Option<(usize, u64)> {
		let gaps = self.numbers.windows(3).filter_map(|three| match three {
			[below, _, above] => Some(above.abs_diff(*below)),
			_ => None,
		});
		(1usize..).zip(gaps).min_by_key(|(_, gap)| *gap)
	}
}

/// How new a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Novel {
	/// From nothing to twenty for a number that is off by the whole scale or more.
	pub evidence: Evidence,
	/// The nearest number that was seen before; the number itself, if none was.
	pub nearest: i64,
}

/// Remembers numbers, and says how far a new one is from them, by the scale of all.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub(crate) struct Novelty {
	memory: Memory,
	/// The running mean, in units of 2^-16.
	mean: i128,
	/// The running mean distance from it, in units of 2^-16.
	deviation: i128,
}

impl Default for Novelty {
	fn default() -> Self {
		let memory = Memory { numbers: [0; REMEMBERED], len: 0 };
		Self { memory, mean: 0, deviation: 0 }
	}
}

impl Novelty {
	/// Judges `number`, and remembers it. The means give it the weight `rate`, in units of 2^-16. What is
	/// nearer to another number than the `grain` is not new.
	pub(crate) fn observe(&mut self, number: i64, rate: u32, grain: Grain) -> Novel {
		self.follow(number, rate);
		let place = self.memory.numbers().partition_point(|seen| *seen < number);
		let above = self.memory.numbers().get(place);
		let below = place.checked_sub(1).and_then(|i| self.memory.numbers().get(i));
		let nearest = match (below, above) {
			(Some(below), Some(above)) if number.abs_diff(*below) < above.abs_diff(number) => {
				*below
			},
			(_, Some(above)) => *above,
			(Some(below), None) => *below,
			(None, None) => number,
		};
		let distance = number.abs_diff(nearest);
		if distance > 0 || self.memory.len == 0 {
			self.memory.insert(place, number);
		}
		let evidence = match grain.hides(distance) {
			true => Evidence::NONE,
			false => self.evidence(distance),
		};
		Novel { evidence, nearest }
	}

	fn follow(&mut self, number: i64, rate: u32) {
		let number = i128::from(number) << 16;
		let step = |towards: i128, from: i128| {
			let distance = towards.saturating_sub(from);
			from.saturating_add(distance.saturating_mul(rate.into()) >> 16)
		};
		self.mean = step(number, self.mean);
		let distance = number.saturating_sub(self.mean).saturating_abs();
		self.deviation = step(distance, self.deviation);
	}

	/// What `distance` is worth on this scale.
	fn evidence(&self, distance: u64) -> Evidence {
		let range = self.memory.range();
		let deviation = u64::try_from(self.deviation >> 16).unwrap_or_default();
		if distance == 0 || range == 0 {
			return Evidence::NONE;
		}
		let deviations = deviation.saturating_mul(DEVIATIONS_PER_RANGE).max(1);
		let scale = fixed::log2(range).saturating_add(fixed::log2(deviations)) >> 1;
		let share = fixed::exp2_minus(scale.saturating_sub(fixed::log2(distance)));
		Evidence::from_parts(share.min(ONE).saturating_mul(FULL_NOVELTY))
	}
}

/// Looks for values that were never seen before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ValueNovelty {
	values: Novelty,
}

impl Detector for ValueNovelty {
	fn observe(&mut self, view: &View) -> Finding {
		let value = view.value();
		let novel = self.values.observe(value, view.rate(), view.grain);
		Finding::new(Feature::Value, novel.evidence, novel.nearest, value)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn seen(numbers: impl IntoIterator<Item = i64>) -> Novelty {
		let mut novelty = Novelty::default();
		for (number, count) in numbers.into_iter().zip(1u32..) {
			novelty.observe(number, ONE / count.min(1 << 10), Grain::NONE);
		}
		novelty
	}

	fn remembered(novelty: &Novelty) -> &[i64] {
		novelty.memory.numbers()
	}

	#[test]
	fn novelty_should_be_none_when_the_number_was_seen() {
		let mut novelty = seen([1, 5, 9]);
		let novel = novelty.observe(5, 64, Grain::NONE);
		assert_eq!(novel, Novel { evidence: Evidence::NONE, nearest: 5 });
	}

	#[test]
	fn novelty_should_be_none_when_the_number_is_within_the_grain() {
		let evidence = |number| {
			let mut novelty = seen([100, 500, 900]);
			novelty.observe(number, 64, Grain::from_millionths(50)).evidence
		};
		for number in [51, 149, 451, 549, 949] {
			assert_eq!(evidence(number), Evidence::NONE, "{number}");
		}
		for number in [50, 150, 950] {
			assert!(evidence(number) > Evidence::NONE, "{number}");
		}
	}

	#[test]
	fn novelty_should_name_the_nearest_number_when_it_is_new() {
		for (number, nearest) in [(-7, 0), (40, 0), (60, 100), (400, 100)] {
			assert_eq!(seen([100, 0]).observe(number, 64, Grain::NONE).nearest, nearest);
		}
	}

	#[test]
	fn novelty_should_be_full_when_the_number_is_off_by_the_scale() {
		let novel = seen((0..1_000).map(|i| i % 100)).observe(1_000_000_000, 64, Grain::NONE);
		assert_eq!(novel.evidence.parts(), FULL_NOVELTY * ONE);
	}

	#[test]
	fn novelty_should_be_a_share_of_the_scale_when_the_number_is_near() {
		// The range is 1000, and the mean deviation of 0 and 1000 by turns is 500.
		let mut novelty = seen((0..4_096).map(|i| i % 2 * 1_000));
		let share = f64::from(novelty.observe(500, 64, Grain::NONE).evidence.parts())
			/ f64::from(ONE * FULL_NOVELTY);
		assert!((share - 500.0 / (1_000.0f64 * 8_000.0).sqrt()).abs() < 0.001, "{share}");
	}

	#[test]
	fn memory_should_keep_the_extremes_and_the_order_when_it_is_full() {
		let numbers = (0..10_000i64).map(|i| i * 7_919 % 10_007);
		let novelty = seen(numbers.clone());
		assert!(remembered(&novelty).is_sorted());
		assert_eq!(remembered(&novelty).len(), REMEMBERED);
		assert_eq!(remembered(&novelty).first().copied(), numbers.clone().min());
		assert_eq!(remembered(&novelty).last().copied(), numbers.max());
	}

	#[test]
	fn memory_should_cover_the_range_when_it_is_full() {
		let novelty = seen((0..10_000i64).map(|i| i * 7_919 % 10_007));
		let widest = remembered(&novelty).windows(2).map(|two| two[1] - two[0]).max().unwrap();
		assert!(widest < 10_007 / 16, "{widest}");
	}

	#[test]
	fn memory_should_keep_an_outlier_when_it_is_full() {
		let mut novelty = seen((0..100).chain([5_000, 10_000]).chain(100..2_000));
		assert_eq!(novelty.observe(5_000, 64, Grain::NONE).evidence, Evidence::NONE);
	}
}
