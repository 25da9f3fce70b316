//! Context: how far the last values, taken together, are from any such sequence that is remembered.
//!
//! A nearest neighbour's distance as a measure of strangeness is that of conformal k-nearest-neighbour
//! detectors (Burnaev and Ishimtsev 2016).

use crate::{
	detector::{Detector, Feature, Finding, View},
	histogram::Histogram,
	score::Evidence,
};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many values a context has.
const LENGTH: usize = 8;

/// Every so many-th of the last values is one of a context's.
const STRIDE: usize = 4;

/// How many of the last values a context spans.
const SPAN: usize = (LENGTH - 1) * STRIDE + 1;

/// How many contexts are remembered.
const REMEMBERED: usize = 32;

/// One unit of evidence for so many bits. A context shares most of its values with the one before, so
/// its news counts half.
const BITS: u32 = 20;

/// Multiplier and increment of a linear congruential generator (Knuth's MMIX).
const MULTIPLIER: u64 = 6_364_136_223_846_793_005;
const INCREMENT: u64 = 1_442_695_040_888_963_407;

/// Looks for sequences of values that are improbably far from any that is remembered.
///
/// Which ones are remembered is drawn evenly from all there were, by a reservoir whose chance is a
/// fixed sequence: the same series gives the same state everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ContextDistance {
	contexts: [[i64; LENGTH]; REMEMBERED],
	/// How many contexts there were.
	met: u32,
	chance: u64,
	distances: Histogram,
}

impl Default for ContextDistance {
	fn default() -> Self {
		Self {
			contexts: [[0; LENGTH]; REMEMBERED],
			met: 0,
			chance: INCREMENT,
			distances: Histogram::default(),
		}
	}
}

/// The sum of the distances of their values.
fn distance(a: &[i64; LENGTH], b: &[i64; LENGTH]) -> u64 {
	a.iter().zip(b).fold(0, |sum, (a, b)| sum.saturating_add(a.abs_diff(*b)))
}

impl ContextDistance {
	/// The contexts that are remembered.
	fn remembered(&self) -> &[[i64; LENGTH]] {
		let met = usize::try_from(self.met).unwrap_or(usize::MAX);
		self.contexts.get(..met).unwrap_or(&self.contexts)
	}

	/// Remembers `context` with the chance that each one had.
	fn remember(&mut self, context: [i64; LENGTH]) {
		self.met = self.met.saturating_add(1);
		self.chance = self.chance.wrapping_mul(MULTIPLIER).wrapping_add(INCREMENT);
		let drawn = (self.chance >> 33).checked_rem(self.met.into()).unwrap_or_default();
		let place = match usize::try_from(self.met).unwrap_or(usize::MAX) {
			met if met <= REMEMBERED => met.saturating_sub(1),
			_ => usize::try_from(drawn).unwrap_or(usize::MAX),
		};
		if let Some(slot) = self.contexts.get_mut(place) {
			*slot = context;
		}
	}
}

impl Detector for ContextDistance {
	fn observe(&mut self, view: &View) -> Finding {
		let value = view.value();
		if view.window.len() < SPAN {
			return Finding::new(Feature::Context, Evidence::NONE, value, value);
		}
		let mut context = [0; LENGTH];
		for (slot, value) in context.iter_mut().zip(view.window.newest(SPAN).step_by(STRIDE)) {
			*slot = value;
		}
		let nearest = self
			.remembered()
			.iter()
			.map(|other| (distance(&context, other), other.first().copied().unwrap_or_default()))
			.min_by_key(|(distance, _)| *distance);
		self.remember(context);
		let Some((distance, expected)) = nearest else {
			return Finding::new(Feature::Context, Evidence::NONE, value, value);
		};
		let bits = Evidence::from_parts(self.distances.observe(distance));
		// That of one value, on average.
		let each = distance.checked_div(LENGTH as u64).unwrap_or_default();
		let evidence = match view.grain.hides(each) {
			true => Evidence::NONE,
			false => bits.shared_by(BITS),
		};
		Finding::new(Feature::Context, evidence, expected, value)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn reservoir_should_draw_evenly_when_there_are_more_than_it_holds() {
		let mut detector = ContextDistance::default();
		(0..32_000).for_each(|i| detector.remember([i; LENGTH]));
		let early = detector.remembered().iter().filter(|context| context[0] < 16_000).count();
		assert!((8..=24).contains(&early), "{early}");
	}

	#[test]
	fn distance_should_saturate_when_values_are_extreme() {
		assert_eq!(distance(&[i64::MIN; LENGTH], &[i64::MAX; LENGTH]), u64::MAX);
		assert_eq!(distance(&[1, 2, 3, 4, 5, 6, 7, 8], &[0; LENGTH]), 36);
	}
}
