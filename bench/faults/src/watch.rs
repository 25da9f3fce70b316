//! Runs the watcher over recordings, as a node's worker does over its samples.

use crate::{labels::FaultSet, rows::Row};
use aitbc_anomaly::{Grain, Score};
use aitbc_telemetry::{Alarm, Cause, Sample, Series, Stats, Watcher};

/// An alarm, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raised {
	/// The node.
	pub node: String,
	/// What was raised.
	pub alarm: Alarm,
}

/// How the watcher is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
	/// It is shown the means of so many samples.
	pub mean: usize,
	/// How many of a recording's first samples it learns from without a word.
	pub hold_back: usize,
	/// The least score at which an anomaly is an alarm; below [`Score::ALARM`] nothing changes.
	pub least_score: Score,
	/// Alarms of this series are left out.
	pub left_out: Option<Series>,
	/// By how many percent of each [`Series::grain`] values have to differ.
	pub grain: u64,
}

impl Settings {
	/// From which difference on values of a series differ.
	fn grain(&self, series: Series) -> Grain {
		let percent = series.grain().millionths().saturating_mul(self.grain);
		Grain::from_millionths(percent / 100)
	}
}

impl Default for Settings {
	/// As the worker runs it.
	fn default() -> Self {
		Self { mean: 1, hold_back: 0, least_score: Score::ALARM, left_out: None, grain: 100 }
	}
}

/// The alarms of all nodes, in the order of nodes and then of times.
pub fn alarms(set: &FaultSet, settings: Settings) -> Vec<Raised> {
	let of_node = |(node, rows): (&String, &Vec<Row>)| {
		let raised = |alarm| Raised { node: node.clone(), alarm };
		watch(rows, settings).into_iter().map(raised).collect::<Vec<_>>()
	};
	set.recordings.iter().flat_map(of_node).collect()
}

/// The alarms of one node. A row without a sample is not shown to the watcher.
pub fn watch(rows: &[Row], settings: Settings) -> Vec<Alarm> {
	let mut watcher = Watcher::default();
	let known: Vec<_> = rows.iter().filter(|row| row.sample.is_some()).collect();
	let mut alarms = Vec::new();
	for (i, rows) in known.chunks_exact(settings.mean.max(1)).enumerate() {
		let Some(last) = rows.last() else { continue };
		let raised = watcher
			.observe_in(&mean(rows, last.at), &last.readings(), |series| settings.grain(series));
		if (i + 1) * rows.len() > settings.hold_back {
			alarms.extend(raised);
		}
	}
	alarms.retain(|alarm| settings.left_out != Some(alarm.series));
	alarms.retain(|alarm| match alarm.cause {
		Cause::Anomaly { score, .. } => score >= settings.least_score,
		Cause::Crossing { .. } => true,
	});
	alarms
}

/// The mean of each series, of the samples that know it.
fn mean(rows: &[&Row], at: u64) -> Sample {
	let values = Series::ALL.map(|series| {
		let values = rows.iter().filter_map(|row| row.sample?.value(series));
		Stats::of(values).map(|stats| stats.mean)
	});
	Sample { at, values }
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::Value;

	const START: u64 = 1_700_000_000_000;

	/// A node whose peers are these, with a poll every three seconds; where there is none, it failed.
	fn rows(peers: impl IntoIterator<Item = Option<i64>>) -> Vec<Row> {
		let row = |(i, peers): (u64, Option<i64>)| {
			let at = START + i * 3_000;
			let sample = peers.map(|peers| {
				let mut sample = Sample { at, values: [None; Series::COUNT] };
				sample.values[Series::Peers.index()] = Some(Value::from_integer(peers));
				sample
			});
			Row { at, sample, memory: None }
		};
		(0..).zip(peers).map(row).collect()
	}

	/// Twenty peers and a bit, but none at the 300th poll.
	fn lost() -> Vec<Row> {
		rows((0..400).map(|i| Some(if i == 300 { 0 } else { 20 + i * 7 % 3 })))
	}

	fn times(rows: &[Row], settings: Settings) -> Vec<u64> {
		watch(rows, settings).iter().map(|alarm| (alarm.at - START) / 3_000).collect()
	}

	#[test]
	fn alarms_should_be_those_of_the_watcher() {
		assert_eq!(times(&lost(), Settings::default()), [300]);
	}

	#[test]
	fn alarms_should_be_held_back_when_samples_are_the_first() {
		let held = |hold_back| times(&lost(), Settings { hold_back, ..Default::default() });
		assert_eq!(held(300), [300]);
		assert!(held(301).is_empty());
	}

	#[test]
	fn alarms_should_be_of_means_when_that_is_set() {
		// The samples from 300 to 303 are the 76th mean, known with the last of them.
		assert_eq!(times(&lost(), Settings { mean: 4, ..Default::default() }), [303]);
	}

	#[test]
	fn alarms_should_be_left_out_when_their_score_is_less() {
		let settings = Settings { least_score: Score::ONE, ..Default::default() };
		assert!(times(&lost(), settings).is_empty());
	}

	#[test]
	fn alarms_should_be_of_smaller_differences_when_the_grain_is() {
		let grain = |grain| times(&lost(), Settings { grain, ..Default::default() });
		assert_eq!(grain(0), [300]);
		assert_eq!(grain(1_900), [300]);
		assert!(grain(2_300).is_empty());
	}

	#[test]
	fn alarms_should_be_left_out_when_their_series_is() {
		let without = |series| times(&lost(), Settings { left_out: series, ..Default::default() });
		assert!(without(Some(Series::Peers)).is_empty());
		assert_eq!(without(Some(Series::Cpu)), [300]);
	}

	#[test]
	fn polls_that_failed_should_not_be_seen() {
		let seen = lost();
		let mut with_gaps = seen.clone();
		for row in &mut with_gaps {
			row.at += 3_000_000;
			if let Some(sample) = &mut row.sample {
				sample.at = row.at;
			}
		}
		with_gaps.splice(0..0, rows((0..10).map(|_| None)));
		assert_eq!(times(&with_gaps, Settings::default()), [1_300]);
	}
}
