//! What each detector adds: scores of ours with some of them left out.

use crate::corpus::Series;
use aitbc_anomaly::{AlarmFilter, Detectors, Evidence, Grain, Score, DETECTORS};

/// What the detectors are called, in their order.
pub const NAMES: [&str; DETECTORS] = ["value", "season", "shape", "level", "context"];

/// The evidence of each detector at each row of a series.
pub type Evidences = Vec<[Evidence; DETECTORS]>;

/// A share of one, as a number.
fn number(score: Score) -> f64 {
	f64::from(score.parts()) / f64::from(Score::ONE.parts())
}

/// Runs the detectors over a series.
pub fn evidences(series: &Series) -> Evidences {
	let mut detectors = Box::<Detectors>::default();
	let mut observe = |point| {
		let findings = detectors.observe(point, Grain::NONE);
		match detectors.is_warm() {
			true => findings.map(|finding| finding.evidence),
			false => [Evidence::NONE; DETECTORS],
		}
	};
	series.points.iter().map(&mut observe).collect()
}

/// The scores that are made of the evidence of those detectors that `counts` takes.
pub fn scores(evidences: &Evidences, counts: impl Fn(usize) -> bool) -> Vec<f64> {
	let mut alarms = AlarmFilter::default();
	let mut score = |evidences: &[Evidence; DETECTORS]| {
		let counted = evidences.iter().enumerate().filter(|(detector, _)| counts(*detector));
		let sum = counted.fold(Evidence::NONE, |sum, (_, evidence)| sum.and(*evidence));
		number(alarms.observe(sum))
	};
	evidences.iter().map(&mut score).collect()
}

/// The scores of ours as it is.
pub fn monitor(series: &Series) -> Vec<f64> {
	let mut monitor = Box::<aitbc_anomaly::Monitor>::default();
	series.points.iter().map(|point| number(monitor.observe(point).score)).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::{Point, Timestamp, Value};

	#[test]
	fn all_detectors_together_should_score_what_the_monitor_scores() {
		let point = |i: u64| Point {
			value: Value::from_integer((i * i % 101) as i64 + if i == 700 { 500 } else { 0 }),
			at: Some(Timestamp(i * 300)),
		};
		let series = Series {
			category: String::new(),
			name: String::new(),
			points: (0..1_000).map(point).collect(),
			windows: vec![],
		};
		let all = scores(&evidences(&series), |_| true);
		assert_eq!(all, monitor(&series));
		assert!(all[700] > 0.5);
	}
}
