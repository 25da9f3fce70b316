//! All detectors of one series, and what they say together.

use crate::{
	alarm::AlarmFilter,
	context::ContextDistance,
	detector::{Detector, Finding, View},
	level::LevelTail,
	novelty::ValueNovelty,
	point::Point,
	score::{Evidence, Score},
	seasonal::SeasonalNovelty,
	shape::ShapeNovelty,
	window::Window,
};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many detectors there are.
pub const DETECTORS: usize = 5;

/// How far apart two values of a series have to be to differ to anybody.
///
/// The detectors measure by the scale of the series itself, so in one that hardly moves, every move is
/// great. Which moves matter is not in the data: a disk that lost a MiB is as full as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grain(u64);

impl Grain {
	/// Every difference matters.
	pub const NONE: Self = Self(0);

	/// So many millionths of the series' unit.
	pub const fn from_millionths(millionths: u64) -> Self {
		Self(millionths)
	}

	/// How many millionths it has.
	pub const fn millionths(self) -> u64 {
		self.0
	}

	/// Whether numbers that are so many millionths apart are as good as the same.
	pub(crate) const fn hides(self, distance: u64) -> bool {
		distance < self.0
	}
}

/// The first points of a series score nothing: everything is new.
pub const WARM_UP: u32 = 64;

/// The detectors, each of which sees every point.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Detectors {
	window: Window,
	points: u32,
	value: ValueNovelty,
	season: SeasonalNovelty,
	shape: ShapeNovelty,
	level: LevelTail,
	context: ContextDistance,
}

impl Detectors {
	/// What each detector finds in the next point: value, season, shape, level, context.
	pub fn observe(&mut self, point: &Point, grain: Grain) -> [Finding; DETECTORS] {
		self.window.push(point.value.millionths());
		self.points = self.points.saturating_add(1);
		let view = View { window: &self.window, at: point.at, points: self.points, grain };
		[
			self.value.observe(&view),
			self.season.observe(&view),
			self.shape.observe(&view),
			self.level.observe(&view),
			self.context.observe(&view),
		]
	}

	/// Whether there were enough points for findings to mean anything.
	pub fn is_warm(&self) -> bool {
		self.points > WARM_UP
	}
}

/// What is said of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Verdict {
	/// How anomalous the point is, as news: a second point of the same event scores nothing.
	pub score: Score,
	/// How much speaks for an anomaly, news or not.
	pub evidence: Evidence,
	/// What weighs most: which feature, what was expected, and what was seen.
	pub explanation: Finding,
}

impl Verdict {
	/// Whether the point is worth an alarm.
	pub fn is_alarm(&self) -> bool {
		self.score >= Score::ALARM
	}
}

/// Watches one series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Monitor {
	detectors: Detectors,
	alarms: AlarmFilter,
}

impl Monitor {
	/// Judges the next point of the series by those before it, and learns it.
	///
	/// Takes a bounded time and no memory.
	pub fn observe(&mut self, point: &Point) -> Verdict {
		self.observe_coarsely(point, Grain::NONE)
	}

	/// Does the same, but nothing that differs by less than `grain` brings evidence.
	pub fn observe_coarsely(&mut self, point: &Point, grain: Grain) -> Verdict {
		let findings = self.detectors.observe(point, grain);
		let [first, rest @ ..] = findings;
		let explanation = rest.into_iter().fold(first, |most, finding| {
			if finding.evidence > most.evidence {
				finding
			} else {
				most
			}
		});
		let evidence = match self.detectors.is_warm() {
			true => findings.iter().fold(Evidence::NONE, |sum, finding| sum.and(finding.evidence)),
			false => Evidence::NONE,
		};
		Verdict { score: self.alarms.observe(evidence), evidence, explanation }
	}
}
