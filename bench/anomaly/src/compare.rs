//! The same detectors built in two ways, point by point: do they say the same, to the last bit?

use crate::corpus::Series;
use aitbc_anomaly::{Limit, Monitor, Point, Timestamp, Trend, Value, Verdict};
use codec::Encode;
use std::{convert::Infallible, fmt, hint::black_box, time::Instant};

/// How often a series is watched to measure the time of a point; its fastest run counts.
const RUNS: usize = 5;

/// How many differences are remembered, so that one can be looked at.
const REMEMBERED: usize = 10;

/// A monitor and a trend of one series at a time, however they are built.
pub trait Watcher {
	/// Why it doesn't answer.
	type Error;

	/// Begins a series.
	fn begin(&mut self) -> Result<(), Self::Error>;

	/// Judges the next point.
	fn observe(&mut self, point: &Point) -> Result<Observed, Self::Error>;

	/// The whole verdict on the last point, encoded.
	fn explain(&mut self) -> Result<Vec<u8>, Self::Error>;

	/// Takes a sample into the trend.
	fn sample(&mut self, at: Timestamp, value: Value) -> Result<(), Self::Error>;

	/// When the trend meets the limit above, and that below, encoded.
	fn forecast(&mut self, at_least: Value, at_most: Value) -> Result<Vec<u8>, Self::Error>;

	/// All that is remembered of the series, encoded.
	fn state(&mut self) -> Result<Vec<u8>, Self::Error>;
}

/// What is said of a point, in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
	/// The score's.
	pub score: u16,
	/// The evidence's.
	pub evidence: u32,
}

/// The detectors as they are linked into this program.
#[derive(Default)]
pub struct Native {
	monitor: Monitor,
	trend: Trend,
	verdict: Option<Verdict>,
}

impl Watcher for Native {
	type Error = Infallible;

	fn begin(&mut self) -> Result<(), Infallible> {
		*self = Self::default();
		Ok(())
	}

	fn observe(&mut self, point: &Point) -> Result<Observed, Infallible> {
		let verdict = self.monitor.observe(point);
		self.verdict = Some(verdict);
		Ok(Observed { score: verdict.score.parts(), evidence: verdict.evidence.parts() })
	}

	fn explain(&mut self) -> Result<Vec<u8>, Infallible> {
		Ok(self.verdict.encode())
	}

	fn sample(&mut self, at: Timestamp, value: Value) -> Result<(), Infallible> {
		self.trend.observe(at, value);
		Ok(())
	}

	fn forecast(&mut self, at_least: Value, at_most: Value) -> Result<Vec<u8>, Infallible> {
		let above = self.trend.crossing(Limit::AtLeast(at_least));
		let below = self.trend.crossing(Limit::AtMost(at_most));
		Ok((above, below).encode())
	}

	fn state(&mut self) -> Result<Vec<u8>, Infallible> {
		Ok((&self.monitor, &self.trend).encode())
	}
}

/// What can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
	/// A point's score.
	Score,
	/// A point's evidence.
	Evidence,
	/// A point's whole verdict, with what explains it.
	Verdict,
	/// When the trend meets a limit, after a point.
	Forecast,
	/// What is remembered after a series' last point.
	State,
}

impl fmt::Display for Aspect {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Score => "score",
			Self::Evidence => "evidence",
			Self::Verdict => "verdict",
			Self::Forecast => "forecast",
			Self::State => "state",
		})
	}
}

/// What was compared, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
	/// Series.
	pub series: usize,
	/// Their points.
	pub points: usize,
	/// The points whose score isn't 0: where it is, both could be wrong in the same way.
	pub scored: usize,
	/// The points after which a trend has something to say.
	pub forecasts: usize,
	/// What differed, however often.
	pub differences: usize,
	/// The first ones, for people.
	pub examples: Vec<String>,
}

impl Comparison {
	/// Whether there was something to compare, and nothing differed.
	pub fn is_proof(&self) -> bool {
		self.points > 0 && self.scored > 0 && self.differences == 0
	}

	fn expect<T: PartialEq>(
		&mut self,
		aspect: Aspect,
		left: &T,
		right: &T,
		place: &dyn fmt::Display,
	) {
		if left == right {
			return;
		}
		self.differences += 1;
		if self.examples.len() < REMEMBERED {
			self.examples.push(format!("{place}: another {aspect}"));
		}
	}
}

/// Runs both over all series.
pub fn compare<L, R, E>(corpus: &[Series], left: &mut L, right: &mut R) -> Result<Comparison, E>
where
	L: Watcher,
	R: Watcher,
	E: From<L::Error> + From<R::Error>,
{
	let mut comparison = Comparison::default();
	for series in corpus {
		left.begin()?;
		right.begin()?;
		for (row, point) in series.points.iter().enumerate() {
			let place = format_args!("{}, point {row}", series.name);
			let (ours, theirs) = (left.observe(point)?, right.observe(point)?);
			comparison.expect(Aspect::Score, &ours.score, &theirs.score, &place);
			comparison.expect(Aspect::Evidence, &ours.evidence, &theirs.evidence, &place);
			comparison.expect(Aspect::Verdict, &left.explain()?, &right.explain()?, &place);
			comparison.scored += usize::from(ours.score > 0);
			let Some(at) = point.at else { continue };
			left.sample(at, point.value)?;
			right.sample(at, point.value)?;
			let (at_least, at_most) = limits(point.value);
			let ours = left.forecast(at_least, at_most)?;
			let theirs = right.forecast(at_least, at_most)?;
			comparison.expect(Aspect::Forecast, &ours, &theirs, &place);
			// Without a forecast there are two zeros, one for each limit.
			comparison.forecasts += usize::from(ours != [0, 0]);
		}
		comparison.points += series.points.len();
		comparison.series += 1;
		let place = format_args!("{}, its end", series.name);
		comparison.expect(Aspect::State, &left.state()?, &right.state()?, &place);
	}
	Ok(comparison)
}

/// Twice what it is now, as memory that fills up, and nothing, as a disk that does.
fn limits(value: Value) -> (Value, Value) {
	(Value::from_millionths(value.millionths().saturating_mul(2)), Value::from_millionths(0))
}

/// Nanoseconds that a point of these series takes, each series in the fastest of five runs.
pub fn nanoseconds<W: Watcher>(corpus: &[Series], watcher: &mut W) -> Result<u128, W::Error> {
	let points: usize = corpus.iter().map(|series| series.points.len()).sum();
	let mut total = 0;
	for series in corpus {
		let mut fastest = u128::MAX;
		for _ in 0..RUNS {
			let began = Instant::now();
			watcher.begin()?;
			for point in &series.points {
				black_box(watcher.observe(point)?);
			}
			fastest = fastest.min(began.elapsed().as_nanos());
		}
		total += fastest;
	}
	Ok(total / points.max(1) as u128)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::synthetic;

	/// The native detectors, but for one thing that is wrong once.
	struct Flawed {
		native: Native,
		aspect: Aspect,
		observed: usize,
	}

	impl Flawed {
		fn flip(&self, aspect: Aspect, mut bytes: Vec<u8>) -> Vec<u8> {
			if self.aspect == aspect && (aspect == Aspect::State || self.observed == 1_000) {
				*bytes.last_mut().unwrap() ^= 1;
			}
			bytes
		}
	}

	impl Watcher for Flawed {
		type Error = Infallible;

		fn begin(&mut self) -> Result<(), Infallible> {
			self.native.begin()
		}

		fn observe(&mut self, point: &Point) -> Result<Observed, Infallible> {
			self.observed += 1;
			let mut observed = self.native.observe(point)?;
			observed.score ^= u16::from(self.aspect == Aspect::Score && self.observed == 1_000);
			observed.evidence ^=
				u32::from(self.aspect == Aspect::Evidence && self.observed == 1_000);
			Ok(observed)
		}

		fn explain(&mut self) -> Result<Vec<u8>, Infallible> {
			Ok(self.flip(Aspect::Verdict, self.native.verdict.encode()))
		}

		fn sample(&mut self, at: Timestamp, value: Value) -> Result<(), Infallible> {
			self.native.sample(at, value)
		}

		fn forecast(&mut self, at_least: Value, at_most: Value) -> Result<Vec<u8>, Infallible> {
			let forecast = self.native.forecast(at_least, at_most)?;
			Ok(self.flip(Aspect::Forecast, forecast))
		}

		fn state(&mut self) -> Result<Vec<u8>, Infallible> {
			let state = self.native.state()?;
			Ok(self.flip(Aspect::State, state))
		}
	}

	/// One series that has scores and forecasts.
	fn days() -> Vec<Series> {
		synthetic::all()
			.into_iter()
			.filter(|series| series.name == "days with small gaps")
			.collect()
	}

	fn compared(corpus: &[Series], right: &mut impl Watcher<Error = Infallible>) -> Comparison {
		compare::<_, _, Infallible>(corpus, &mut Native::default(), right).unwrap()
	}

	#[test]
	fn comparison_should_be_a_proof_when_both_are_the_same() {
		let comparison = compared(&days(), &mut Native::default());
		assert!(comparison.is_proof());
		assert_eq!((comparison.series, comparison.points), (1, 12_096));
		// A trend says nothing before its eighth sample.
		assert_eq!(comparison.forecasts, 12_096 - 7);
	}

	#[test]
	fn difference_should_be_found_when_one_bit_of_one_answer_is_another() {
		let aspects =
			[Aspect::Score, Aspect::Evidence, Aspect::Verdict, Aspect::Forecast, Aspect::State];
		for aspect in aspects {
			let mut flawed = Flawed { native: Native::default(), aspect, observed: 0 };
			let comparison = compared(&days(), &mut flawed);
			assert!(!comparison.is_proof());
			assert_eq!(comparison.differences, 1, "{aspect}");
			let place = if aspect == Aspect::State { "its end" } else { "point 999" };
			let example = format!("days with small gaps, {place}: another {aspect}");
			assert_eq!(comparison.examples, [example]);
		}
	}

	#[test]
	fn comparison_should_be_no_proof_when_there_is_nothing_to_compare() {
		assert!(!compared(&[], &mut Native::default()).is_proof());
		let silent: Vec<_> =
			synthetic::all().into_iter().filter(|series| series.name == "zero").collect();
		assert!(!compared(&silent, &mut Native::default()).is_proof());
	}
}
