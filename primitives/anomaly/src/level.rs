//! Level: how improbable it is that a few values lie so far from the mean of all.

use crate::{
	detector::{Detector, Feature, Finding, View},
	fixed,
	histogram::Histogram,
	score::Evidence,
};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many values a level is the mean of.
const LEVEL: usize = 6;

/// One unit of evidence for so many bits: one point in a thousand.
const BITS: u32 = 10;

/// Looks for levels that are improbably far from the mean.
///
/// Unlike novelty it forgets nothing of how often what was seen, so it knows a value that was seen once
/// from one that is seen every day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct LevelTail {
	/// The running mean of levels, in units of 2^-16.
	mean: i128,
	distances: Histogram,
}

impl Detector for LevelTail {
	fn observe(&mut self, view: &View) -> Finding {
		let level = view.window.mean(LEVEL);
		let expected = if view.points <= 1 { level } else { fixed::to_i64(self.mean >> 16) };
		let distance = level.abs_diff(expected);
		let bits = self.distances.observe(distance);
		let step = (i128::from(level) << 16).saturating_sub(self.mean);
		self.mean = self.mean.saturating_add(step.saturating_mul(view.rate().into()) >> 16);
		let evidence = match view.grain.hides(distance) {
			true => Evidence::NONE,
			false => Evidence::from_parts(bits).shared_by(BITS),
		};
		Finding::new(Feature::Level, evidence, expected, level)
	}
}
