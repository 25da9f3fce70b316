//! Watching: what the detectors say of each sample, and when a series will meet its limit.

use crate::{exposition::Readings, sample::Sample, series::Series};
use aitbc_anomaly::{
	Crossing, Feature, Grain, Limit, Monitor, Point, Score, Timestamp, Trend, Value,
};
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// The version of the detectors and their settings, which an alarm is told with.
///
/// To be raised with every change after which the same samples may give other alarms: of the detectors
/// of `aitbc-anomaly`, of [`Score::ALARM`], of [`Series::WATCHED`], [`Series::FORECAST`], their
/// limits and [`Series::grain`], of what a sample is made of, and of this module's own numbers.
pub const MODEL: u16 = 2;

/// How far ahead a crossing is worth an alarm, in seconds: 6 hours.
pub const HORIZON: u64 = 6 * 3_600;

/// The most alarms of one sample: an anomaly of each watched series, a crossing of each forecast one.
pub const MAX_ALARMS: usize = Series::WATCHED.len() + Series::FORECAST.len();

/// How far apart the samples of a trend are at least, in seconds. 32 of them span half an hour.
const TREND_INTERVAL: u64 = 60;

/// How long there is no second alarm of the same crossing, in seconds: an hour.
const SILENCE: u64 = 3_600;

/// Something that a person should look at.
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
pub struct Alarm {
	/// What was measured.
	pub series: Series,
	/// The sample's time, in milliseconds since the Unix epoch.
	pub at: u64,
	/// Why it is one.
	pub cause: Cause,
}

impl fmt::Display for Alarm {
	/// Writes it as a node's operator is told it.
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let (series, unit) = (self.series, self.series.unit());
		match self.cause {
			Cause::Anomaly { score, feature, expected, seen } => write!(
				f,
				"{series} is unusual, with a score of {score}: its {feature} is {seen} {unit}, and \
				 {expected} was expected"
			),
			Cause::Crossing { limit, expected, latest } => {
				let (goes, limit) = match limit {
					Limit::AtLeast(limit) => ("grows", limit),
					Limit::AtMost(limit) => ("falls", limit),
				};
				write!(
					f,
					"{series} {goes} to {limit} {unit} in {expected} seconds, in {latest} at the latest"
				)
			},
		}
	}
}

/// Why there is an alarm.
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
pub enum Cause {
	/// The sample is unlike those before it.
	#[codec(index = 0)]
	Anomaly {
		/// How anomalous it is, at least [`Score::ALARM`].
		score: Score,
		/// What weighs most.
		feature: Feature,
		/// What would have surprised least, in the feature's own terms.
		expected: Value,
		/// What was seen, in the same terms.
		seen: Value,
	},
	/// The series meets its limit soon, if it goes on as it did. Times are in seconds from the alarm's.
	#[codec(index = 1)]
	Crossing {
		/// The limit.
		limit: Limit,
		/// When, by the median slope; at most `latest`.
		expected: u64,
		/// When at the latest, by the least slope that nine out of ten are within; at most [`HORIZON`].
		latest: u64,
	},
}

/// What is known of a series, for showing to people.
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
pub struct Outlook {
	/// Which one.
	pub series: Series,
	/// The last value that was known.
	pub value: Option<Value>,
	/// How anomalous that was. Nothing for a series that is not watched.
	pub score: Option<Score>,
	/// When it meets its limit, as of the last minute. Nothing for a series that is not forecast, and
	/// while there are fewer than eight minutes of it.
	pub crossing: Option<Crossing>,
}

/// Where a series is going, and what was said of that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
struct Forecast {
	trend: Trend,
	/// When the trend's last sample was taken.
	sampled: Option<Timestamp>,
	/// When there was an alarm last.
	alarmed: Option<Timestamp>,
	/// As of the trend's last sample.
	crossing: Option<Crossing>,
}

impl Forecast {
	/// Takes a value in, if the last one is a minute old. Gives the cause of an alarm if it is one.
	fn observe(&mut self, at: Timestamp, value: Value, limit: Option<Limit>) -> Option<Cause> {
		// A clock that was set back starts the trend again.
		if self.sampled.is_some_and(|sampled| at < sampled) {
			*self = Self::default();
		}
		if self.sampled.is_some_and(|sampled| seconds(sampled, at) < TREND_INTERVAL) {
			return None;
		}
		self.sampled = Some(at);
		self.trend.observe(at, value);
		self.crossing = limit.and_then(|limit| self.trend.crossing(limit));
		let Crossing { expected, latest, .. } = self.crossing?;
		let (limit, expected, latest) = (limit?, expected?, latest?);
		let is_silent = self.alarmed.is_some_and(|alarmed| seconds(alarmed, at) < SILENCE);
		if latest > HORIZON || is_silent {
			return None;
		}
		self.alarmed = Some(at);
		Some(Cause::Crossing { limit, expected, latest })
	}
}

/// How long it is from one time to a later one, in seconds.
fn seconds(from: Timestamp, to: Timestamp) -> u64 {
	to.0.saturating_sub(from.0)
}

/// Watches a node's series: detectors for each of [`Series::WATCHED`], a trend for each of
/// [`Series::FORECAST`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Watcher {
	/// In the order of [`Series::WATCHED`]. Not in place, because it would fill a tenth of a Wasm stack.
	monitors: Box<[Monitor; Series::WATCHED.len()]>,
	/// In the order of [`Series::FORECAST`].
	forecasts: Box<[Forecast; Series::FORECAST.len()]>,
	/// The last values that were known, by [`Series::index`].
	values: [Option<Value>; Series::COUNT],
	/// The scores of those, by [`Series::index`].
	scores: [Option<Score>; Series::COUNT],
}

impl Watcher {
	/// Judges a sample by those before it, and learns it. The `readings` it was made of say where limits
	/// are.
	///
	/// There is an alarm for an anomaly where its score is [`Score::ALARM`] or more, and for a crossing
	/// where its latest time is within the [`HORIZON`] and there was none of this series for an hour. At
	/// most [`MAX_ALARMS`], anomalies first. What has no value in the sample is not judged.
	pub fn observe(&mut self, sample: &Sample, readings: &Readings) -> Vec<Alarm> {
		self.observe_in(sample, readings, Series::grain)
	}

	/// Does the same with another `grain` for each series. Workers don't: it is for showing what the grains
	/// do.
	pub fn observe_in(
		&mut self,
		sample: &Sample,
		readings: &Readings,
		grain: impl Fn(Series) -> Grain,
	) -> Vec<Alarm> {
		let mut alarms = Vec::new();
		let at = sample.timestamp();
		let mut alarm = |series, cause| alarms.push(Alarm { series, at: sample.at, cause });
		for (known, value) in self.values.iter_mut().zip(sample.values) {
			*known = value.or(*known);
		}
		for (series, monitor) in Series::WATCHED.into_iter().zip(self.monitors.iter_mut()) {
			let Some(value) = sample.value(series) else { continue };
			let point = Point { value, at: Some(at) };
			let verdict = monitor.observe_coarsely(&point, grain(series));
			if let Some(score) = self.scores.get_mut(series.index()) {
				*score = Some(verdict.score);
			}
			if verdict.is_alarm() {
				let (score, why) = (verdict.score, verdict.explanation);
				let (feature, expected, seen) = (why.feature, why.expected, why.seen);
				alarm(series, Cause::Anomaly { score, feature, expected, seen });
			}
		}
		for (series, forecast) in Series::FORECAST.into_iter().zip(self.forecasts.iter_mut()) {
			let Some(value) = sample.value(series) else { continue };
			if let Some(cause) = forecast.observe(at, value, series.limit(readings)) {
				alarm(series, cause);
			}
		}
		alarms
	}

	/// What is known of each series, by [`Series::index`].
	pub fn outlook(&self) -> [Outlook; Series::COUNT] {
		Series::ALL.map(|series| {
			let forecast =
				Series::FORECAST.into_iter().zip(self.forecasts.iter()).find(|(s, _)| *s == series);
			Outlook {
				series,
				value: self.values.get(series.index()).copied().flatten(),
				score: self.scores.get(series.index()).copied().flatten(),
				crossing: forecast.and_then(|(_, forecast)| forecast.crossing),
			}
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const START: u64 = 1_700_000_000_000;

	fn integer(ones: i64) -> Value {
		Value::from_integer(ones)
	}

	/// A sample so many milliseconds after the start, of these series only.
	fn sample(after: u64, values: &[(Series, Value)]) -> Sample {
		let mut sample = Sample { at: START + after, values: [None; Series::COUNT] };
		for (series, value) in values {
			sample.values[series.index()] = Some(*value);
		}
		sample
	}

	/// The alarms of a series with these values, so many milliseconds apart, and the watcher.
	fn watched(
		series: Series,
		interval: u64,
		values: impl IntoIterator<Item = Value>,
	) -> (Vec<Alarm>, Watcher) {
		let readings = Readings { memory: Some(integer(10_000)), ..Default::default() };
		let mut watcher = Watcher::default();
		let mut alarms = Vec::new();
		for (i, value) in (0u64..).zip(values) {
			alarms.extend(watcher.observe(&sample(i * interval, &[(series, value)]), &readings));
		}
		(alarms, watcher)
	}

	#[test]
	fn anomaly_should_be_an_alarm_with_its_explanation() {
		let values = (0..400).map(|i| integer(if i == 300 { 0 } else { 20 + i * 7 % 3 }));
		let (alarms, watcher) = watched(Series::Peers, 3_000, values);
		let [alarm] = alarms[..] else { panic!("{alarms:?}") };
		assert_eq!((alarm.series, alarm.at), (Series::Peers, START + 900_000));
		let Cause::Anomaly { score, expected, seen, .. } = alarm.cause else { panic!("{alarm:?}") };
		assert!(score >= Score::ALARM);
		assert_eq!(seen, integer(0));
		assert!((integer(20)..=integer(22)).contains(&expected), "{expected}");
		let outlook = watcher.outlook()[Series::Peers.index()];
		assert_eq!((outlook.value, outlook.score), (Some(integer(20)), Some(Score::ZERO)));
	}

	#[test]
	fn anomaly_should_be_no_alarm_when_it_is_within_the_grain() {
		let disk = |lost: i64| {
			let free = move |i: i64| if i < 300 { 50_000 } else { 50_000 - lost };
			watched(Series::DiskFree, 3_000, (0..400).map(move |i| integer(free(i) - i / 45))).0
		};
		assert_eq!(disk(60), []);
		let [alarm, ..] = disk(70)[..] else { panic!() };
		assert_eq!(alarm.at, START + 900_000);
	}

	#[test]
	fn alarm_should_be_told_in_words() {
		let anomaly = Cause::Anomaly {
			score: Score::ONE,
			feature: Feature::SeasonalMean,
			expected: integer(20),
			seen: integer(0),
		};
		let (limit, expected, latest) = (Limit::AtMost(integer(1_024)), 300, 600);
		let crossing = Cause::Crossing { limit, expected, latest };
		let told = |series, cause| Alarm { series, at: START, cause }.to_string();
		assert_eq!(
			told(Series::Peers, anomaly),
			"peers is unusual, with a score of 1.000000: its seasonal mean is 0.000000 peers, and \
			 20.000000 was expected"
		);
		assert_eq!(
			told(Series::DiskFree, crossing),
			"disk-free falls to 1024.000000 MiB in 300 seconds, in 600 at the latest"
		);
		let limit = Limit::AtLeast(integer(100));
		assert_eq!(
			told(Series::FinalityLag, Cause::Crossing { limit, expected, latest }),
			"finality-lag grows to 100.000000 blocks in 300 seconds, in 600 at the latest"
		);
	}

	#[test]
	fn height_should_not_be_judged_when_it_grows() {
		let (alarms, watcher) = watched(Series::Height, 3_000, (0..400).map(integer));
		assert_eq!(alarms, []);
		let outlook = watcher.outlook()[Series::Height.index()];
		assert_eq!((outlook.value, outlook.score), (Some(integer(399)), None));
	}

	/// Those of crossings: how many milliseconds after the start, and why.
	fn crossings(alarms: &[Alarm]) -> Vec<(u64, Cause)> {
		let is_crossing = |alarm: &&Alarm| matches!(alarm.cause, Cause::Crossing { .. });
		alarms.iter().filter(is_crossing).map(|alarm| (alarm.at - START, alarm.cause)).collect()
	}

	#[test]
	fn crossing_should_be_an_alarm_once_an_hour_when_the_disk_fills() {
		// One MiB in three seconds: 20 a minute from 7,024, so 6,000 are left for five hours.
		let (alarms, watcher) =
			watched(Series::DiskFree, 3_000, (0..2_000).map(|i| integer(7_024 - i)));
		let cause = |left: u64| Cause::Crossing {
			limit: Limit::AtMost(integer(1_024)),
			expected: left * 3,
			latest: left * 3,
		};
		// The eighth sample is that of the seventh minute.
		let expected = [(420_000, cause(6_000 - 140)), (4_020_000, cause(6_000 - 1_340))];
		assert_eq!(crossings(&alarms), expected);
		let outlook = watcher.outlook()[Series::DiskFree.index()];
		// The last minute that began is the 99th.
		assert_eq!(outlook.crossing.unwrap().latest, Some((6_000 - 1_980) * 3));
	}

	#[test]
	fn crossing_should_be_no_alarm_when_it_is_far() {
		// Of 27,000 seconds, the first 420 are gone when there is a trend: 7.4 hours are left.
		let (alarms, _) = watched(Series::DiskFree, 3_000, (0..1_500).map(|i| integer(10_024 - i)));
		assert_eq!(crossings(&alarms), []);
	}

	#[test]
	fn crossing_should_be_an_alarm_when_its_latest_time_gets_near() {
		let (alarms, _) =
			watched(Series::DiskFree, 60_000, (0..400).map(|i| integer(11_024 - i * 20)));
		let [(first, Cause::Crossing { latest, .. }), ..] = crossings(&alarms)[..] else {
			panic!()
		};
		assert_eq!((first, latest), ((500 - 360) * 60_000, HORIZON));
	}

	#[test]
	fn crossing_should_be_that_of_nine_tenths_of_the_memory() {
		let (alarms, _) =
			watched(Series::ResidentMemory, 60_000, (0..8).map(|i| integer(8_000 + i * 10)));
		let cause = Cause::Crossing {
			limit: Limit::AtLeast(integer(9_000)),
			expected: 93 * 60,
			latest: 93 * 60,
		};
		assert_eq!(crossings(&alarms), [(420_000, cause)]);
	}

	#[test]
	fn crossing_should_be_unknown_when_the_memory_is() {
		let mut watcher = Watcher::default();
		for i in 0..20 {
			let value = integer(8_000 + i * 10);
			let sample = sample(i as u64 * 60_000, &[(Series::ResidentMemory, value)]);
			assert_eq!(watcher.observe(&sample, &Readings::default()), []);
		}
		assert_eq!(watcher.outlook()[Series::ResidentMemory.index()].crossing, None);
	}

	#[test]
	fn forecast_should_start_again_when_the_clock_was_set_back() {
		let disk = |i: i64| [(Series::DiskFree, integer(7_024 - i * 20))];
		let mut watcher = Watcher::default();
		let mut crossing = |after: u64, i: i64| {
			watcher.observe(&sample(after, &disk(i)), &Readings::default());
			watcher.outlook()[Series::DiskFree.index()].crossing
		};
		for i in 0..10i64 {
			crossing(3_600_000 + i as u64 * 60_000, i);
		}
		let known: Vec<_> = (0..8).map(|i| crossing(i as u64 * 60_000, i).is_some()).collect();
		assert_eq!(known, [false, false, false, false, false, false, false, true]);
	}

	#[test]
	fn value_should_be_kept_for_people_when_a_sample_has_none() {
		let mut watcher = Watcher::default();
		watcher.observe(&sample(0, &[(Series::Cpu, integer(2))]), &Readings::default());
		watcher.observe(&sample(3_000, &[]), &Readings::default());
		let outlook = watcher.outlook();
		assert_eq!(outlook[Series::Cpu.index()].value, Some(integer(2)));
		assert!(Series::ALL.into_iter().eq(outlook.iter().map(|outlook| outlook.series)));
	}
}
