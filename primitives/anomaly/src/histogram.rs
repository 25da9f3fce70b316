//! The tail of a distribution of sizes, without assuming which.

use crate::fixed::{self, ONE};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Four buckets for each doubling, over all of `u64`.
const BUCKETS: usize = 256;

/// When so many sizes are counted, all counts are halved: older ones count for less.
const FORGET_AT: u16 = 1 << 15;

/// Fewer sizes than this say nothing.
const LEAST: u16 = 50;

/// The tail is the greatest twentieth.
const TAIL: u16 = 20;

/// The tail's mean excess before anything is known, in buckets, and how many sizes that is worth.
const PRIOR_EXCESS: u64 = 2;

/// The least mean excess, in 2^-16 of a bucket: a tail that seems to end is not believed to.
const LEAST_EXCESS: u64 = 1 << 15;

/// The binary logarithm of e, in units of 2^-16.
const LOG2_E: u64 = 94_548;

/// Beyond 2^-64 a probability says nothing more, in units of 2^-16 bits.
const MOST_BITS: u64 = 64 << 16;

/// How often which size was seen.
///
/// Where there are sizes, it counts. Beyond, it goes on as the greatest twentieth does: the logarithm
/// of a size over a threshold is taken as exponential, which is Hill's estimator of a heavy tail, and
/// careful for a light one. Excesses over a threshold are how SPOT (Siffer et al. 2017) does it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub(crate) struct Histogram {
	counts: [u16; BUCKETS],
	/// The sum of the counts.
	total: u16,
}

impl Default for Histogram {
	fn default() -> Self {
		Self { counts: [0; BUCKETS], total: 0 }
	}
}

/// Where a size belongs, in units of 2^-16 of a bucket.
fn position(size: u64) -> u32 {
	fixed::log2(size.saturating_add(1)) << 2
}

impl Histogram {
	/// How improbable a size as great as `size` is, in bits, in units of 2^-16; then counts it.
	pub(crate) fn observe(&mut self, size: u64) -> u32 {
		let position = position(size);
		let bits = self.bits(position);
		self.count(position);
		bits
	}

	fn count(&mut self, position: u32) {
		let bucket = usize::try_from(position >> 16).unwrap_or_default();
		if let Some(count) = self.counts.get_mut(bucket) {
			*count = count.saturating_add(1);
			self.total = self.total.saturating_add(1);
		}
		if self.total >= FORGET_AT {
			self.counts.iter_mut().for_each(|count| *count >>= 1);
			self.total = self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
		}
	}

	fn bits(&self, position: u32) -> u32 {
		if self.total < LEAST {
			return 0;
		}
		let limit = self.total.checked_div(TAIL).unwrap_or_default();
		let bucket = usize::try_from(position >> 16).unwrap_or_default();
		// The tail's first bucket, how many sizes it has, and the sum of their excesses in half buckets.
		let (mut start, mut tail, mut excesses) = (BUCKETS, 0u16, 0u64);
		for (i, count) in self.counts.iter().enumerate().rev() {
			if tail.saturating_add(*count) > limit {
				break;
			}
			// All that are in the tail move up by one bucket, and these are half a bucket in.
			excesses =
				excesses.saturating_add(u64::from(tail) << 1).saturating_add((*count).into());
			(start, tail) = (i, tail.saturating_add(*count));
		}
		let beyond =
			if bucket < start { 0 } else { self.excess_bits(position, start, tail, excesses) };
		// Both in halves, since one half is added to what was counted.
		let rare =
			if bucket < start { self.halves_above(bucket, position) } else { u64::from(tail) << 1 };
		let rare = rare.saturating_add(1);
		let all = (u64::from(self.total) << 1).saturating_add(1);
		let bits = fixed::log2(all).saturating_sub(fixed::log2(rare));
		fixed::to_u32(u64::from(bits).saturating_add(beyond).min(MOST_BITS))
	}

	/// What a size in the tail is worth beyond the tail's own share, in bits, in units of 2^-16.
	fn excess_bits(&self, position: u32, start: usize, tail: u16, half_excesses: u64) -> u64 {
		let start = u64::try_from(start).unwrap_or_default() << 16;
		let excess = u64::from(position).saturating_sub(start);
		let sum = (half_excesses << 15).saturating_add(PRIOR_EXCESS << 16);
		let count = u64::from(tail).saturating_add(PRIOR_EXCESS);
		let mean = sum.checked_div(count).unwrap_or_default().max(LEAST_EXCESS);
		excess.saturating_mul(LOG2_E).checked_div(mean).unwrap_or_default()
	}

	/// Twice the number of sizes above `position`, those in its own bucket in proportion.
	fn halves_above(&self, bucket: usize, position: u32) -> u64 {
		let above = self.counts.get(bucket.saturating_add(1)..).unwrap_or_default();
		let above = above.iter().fold(0u64, |sum, count| sum.saturating_add((*count).into()));
		let own = self.counts.get(bucket).copied().unwrap_or_default();
		let below = u64::from(position & 0xffff);
		let share = u64::from(own).saturating_mul(u64::from(ONE).saturating_sub(below));
		(above << 1).saturating_add(share >> 15)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn histogram(sizes: impl IntoIterator<Item = u64>) -> Histogram {
		let mut histogram = Histogram::default();
		for size in sizes {
			histogram.observe(size);
		}
		histogram
	}

	fn bits(histogram: &Histogram, size: u64) -> f64 {
		f64::from(histogram.bits(position(size))) / f64::from(ONE)
	}

	#[test]
	fn tail_should_say_nothing_when_little_was_seen() {
		assert_eq!(bits(&histogram([1; 49]), u64::MAX), 0.0);
		assert!(bits(&histogram([1; 50]), u64::MAX) > 5.0);
	}

	#[test]
	fn tail_should_count_when_sizes_are_common() {
		let histogram = histogram((0..10_000).map(|i| i * 7_919 % 10_007));
		assert!((bits(&histogram, 5_000) - 1.0).abs() < 0.05);
		assert!((bits(&histogram, 7_500) - 2.0).abs() < 0.1);
		assert_eq!(bits(&histogram, 0), 0.0);
	}

	#[test]
	fn tail_should_go_on_as_it_began_when_it_is_heavy() {
		// Pareto: a size of at least s has the probability 1000 / s.
		let histogram =
			histogram((1..20_000u64).map(|i| 1_000 * 20_000 / (i * 7_919 % 20_011 + 1)));
		for doublings in [6, 8, 12, 20, 30] {
			let bits = bits(&histogram, 1_000 << doublings);
			assert!((bits - f64::from(doublings)).abs() < 0.2 * f64::from(doublings), "{bits}");
		}
	}

	#[test]
	fn tail_should_never_fall_when_sizes_grow() {
		let histogram = histogram((1..5_000u64).map(|i| i * i % 10_007));
		let bits: Vec<_> = (0..64).map(|shift| histogram.bits(position(1 << shift))).collect();
		assert!(bits.is_sorted(), "{bits:?}");
	}

	#[test]
	fn counts_should_be_halved_when_there_are_many() {
		let histogram = histogram((0..u64::from(FORGET_AT)).map(|i| i % 4));
		assert_eq!(histogram.total, FORGET_AT / 2);
		assert_eq!(histogram.counts.iter().sum::<u16>(), FORGET_AT / 2);
	}
}
