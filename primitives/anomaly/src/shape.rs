//! Shape of the last values: means and spreads that were never seen before.

use crate::{
	detector::{Detector, Feature, Finding, View},
	novelty::Novelty,
	window::Window,
};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many values a mean is made of.
const MEAN: usize = 24;

/// How many values a spread is made of.
const SPREAD: usize = Window::CAPACITY;

/// Windows in a row bring the same news more than once, so theirs counts half.
const WINDOW_SHARE: u32 = 2;

/// Looks for a mean of the last 24 values, and a spread of the last 48, that were never seen before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct ShapeNovelty {
	means: Novelty,
	spreads: Novelty,
}

impl Detector for ShapeNovelty {
	fn observe(&mut self, view: &View) -> Finding {
		let mean = view.window.mean(MEAN);
		let spread = view.window.spread(SPREAD);
		let about = |feature, novelty: &mut Novelty, number| {
			let novel = novelty.observe(number, view.rate(), view.grain);
			Finding::new(feature, novel.evidence.shared_by(WINDOW_SHARE), novel.nearest, number)
		};
		about(Feature::Mean, &mut self.means, mean).and(about(
			Feature::Spread,
			&mut self.spreads,
			spread,
		))
	}
}
