//! How the Numenta Anomaly Benchmark scores (Lavin and Ahmad 2015).
//!
//! A detector gives each row a score from 0 to 1, and one threshold for all series turns scores into
//! detections; a score of 0 is never one. Of the detections in a window only the first counts, and the
//! earlier the more; each detection outside of windows costs, the less the sooner it follows one.

use crate::corpus::Series;
use std::ops::RangeInclusive;

/// What detections are worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
	/// What NAB calls it.
	pub name: &'static str,
	/// What a window is worth that is detected at its first row.
	pub hit: f64,
	/// What a detection costs that is far from any window.
	pub false_alarm: f64,
	/// What a window costs that isn't detected.
	pub miss: f64,
}

/// NAB's three profiles.
pub const PROFILES: [Profile; 3] = [
	Profile { name: "standard", hit: 1.0, false_alarm: 0.11, miss: 1.0 },
	Profile { name: "low FP", hit: 1.0, false_alarm: 0.22, miss: 1.0 },
	Profile { name: "low FN", hit: 1.0, false_alarm: 0.11, miss: 2.0 },
];

/// How many folds the honest protocol makes of the files.
pub const FOLDS: usize = 5;

/// How many rows of a series aren't scored: the first 15 %, at most 750.
pub fn probation(rows: usize) -> usize {
	(rows * 15 / 100).min(750)
}

/// What a row is worth if it is a detection.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Worth {
	/// In this window, as a share of a detection at its first row.
	Hit { window: usize, share: f64 },
	/// Outside of windows, as a share of the highest cost, from 0 to 1.
	FalseAlarm { share: f64 },
}

/// NAB's sigmoid: 1 far before the place 0, -1 far behind it.
fn sigmoid(place: f64) -> f64 {
	2.0 / (1.0 + (5.0 * place).exp()) - 1.0
}

/// What a detection at `row` is worth.
fn worth(windows: &[RangeInclusive<usize>], row: usize) -> Worth {
	// Windows that begin at or before the row.
	let begun = windows.partition_point(|window| *window.start() <= row);
	let Some(window) = begun.checked_sub(1) else { return Worth::FalseAlarm { share: 1.0 } };
	let (left, right) = windows[window].clone().into_inner();
	if row <= right {
		let place = -((right - row + 1) as f64) / (right - left + 1) as f64;
		return Worth::Hit { window, share: sigmoid(place) / sigmoid(-1.0) };
	}
	let place = (row - right) as f64 / (right - left) as f64;
	Worth::FalseAlarm { share: if place > 3.0 { 1.0 } else { -sigmoid(place) } }
}

/// A row with a score, and what it is worth.
#[derive(Clone, Copy, Debug)]
struct Candidate {
	score: f64,
	series: usize,
	row: usize,
	worth: Worth,
}

/// What a series gains over a detector that never detects, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
	/// Raw score over that of no detections.
	pub gain: f64,
	/// Windows that were detected.
	pub hits: usize,
	/// Detections outside of windows.
	pub false_alarms: usize,
}

impl Outcome {
	/// Both together.
	pub fn and(self, other: Self) -> Self {
		Self {
			gain: self.gain + other.gain,
			hits: self.hits + other.hits,
			false_alarms: self.false_alarms + other.false_alarms,
		}
	}
}

/// A corpus with the scores of a detector.
#[derive(Clone, Debug)]
pub struct Scored {
	/// By descending score.
	candidates: Vec<Candidate>,
	/// How many windows each series has.
	windows: Vec<usize>,
}

/// Detections so far, while a threshold falls.
struct Tally {
	profile: Profile,
	/// The earliest detection of each window, and its share.
	firsts: Vec<Vec<Option<(usize, f64)>>>,
	outcomes: Vec<Outcome>,
}

impl Tally {
	fn new(windows: &[usize], profile: Profile) -> Self {
		let firsts = windows.iter().map(|count| vec![None; *count]).collect();
		Self { profile, firsts, outcomes: vec![Outcome::default(); windows.len()] }
	}

	/// Takes a row as a detection; says by how much that changes the gain.
	fn detect(&mut self, candidate: &Candidate) -> f64 {
		let outcome = &mut self.outcomes[candidate.series];
		let change = match candidate.worth {
			Worth::FalseAlarm { share } => {
				outcome.false_alarms += 1;
				-self.profile.false_alarm * share
			},
			Worth::Hit { window, share } => {
				let first = &mut self.firsts[candidate.series][window];
				match *first {
					Some((row, _)) if row < candidate.row => 0.0,
					Some((_, earlier_share)) => {
						*first = Some((candidate.row, share));
						self.profile.hit * (share - earlier_share)
					},
					None => {
						*first = Some((candidate.row, share));
						outcome.hits += 1;
						self.profile.miss + self.profile.hit * share
					},
				}
			},
		};
		outcome.gain += change;
		change
	}
}

impl Scored {
	/// Puts scores beside their series. There must be as many as rows.
	pub fn new(corpus: &[Series], scores: &[Vec<f64>]) -> Self {
		let mut candidates = Vec::new();
		for (series, (labelled, scores)) in corpus.iter().zip(scores).enumerate() {
			assert_eq!(labelled.points.len(), scores.len(), "a score for each row");
			let first = probation(scores.len());
			for (row, score) in scores.iter().copied().enumerate().skip(first) {
				if score > 0.0 {
					let worth = worth(&labelled.windows, row);
					candidates.push(Candidate { score, series, row, worth });
				}
			}
		}
		candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
		Self { candidates, windows: corpus.iter().map(|series| series.windows.len()).collect() }
	}

	/// The threshold that gains most over those series that `counts` takes; infinite, where detecting
	/// nothing does.
	pub fn best_threshold(&self, profile: Profile, counts: impl Fn(usize) -> bool) -> f64 {
		let mut tally = Tally::new(&self.windows, profile);
		let (mut gain, mut best, mut threshold) = (0.0, 0.0, f64::INFINITY);
		for same in self.candidates.chunk_by(|a, b| a.score == b.score) {
			gain += same
				.iter()
				.filter(|candidate| counts(candidate.series))
				.map(|candidate| tally.detect(candidate))
				.sum::<f64>();
			if gain > best {
				(best, threshold) = (gain, same[0].score);
			}
		}
		threshold
	}

	/// What each series gains when rows with this score or more are detections.
	pub fn outcomes(&self, profile: Profile, threshold: f64) -> Vec<Outcome> {
		let mut tally = Tally::new(&self.windows, profile);
		for candidate in self.candidates.iter().take_while(|row| row.score >= threshold) {
			tally.detect(candidate);
		}
		tally.outcomes
	}

	/// NAB's own protocol: the one threshold that is best for these very series.
	pub fn official(&self, profile: Profile) -> Vec<Outcome> {
		self.outcomes(profile, self.best_threshold(profile, |_| true))
	}

	/// Each series is scored with the threshold that is best for the others: the n-th series, in the
	/// order of their paths, is in the fold n modulo [`FOLDS`], and a fold's threshold is that of the
	/// other folds.
	pub fn honest(&self, profile: Profile) -> Vec<Outcome> {
		let mut outcomes = vec![Outcome::default(); self.windows.len()];
		for fold in 0..FOLDS {
			let is_in_fold = |series: usize| series % FOLDS == fold;
			let threshold = self.best_threshold(profile, |series| !is_in_fold(series));
			for (series, outcome) in self.outcomes(profile, threshold).into_iter().enumerate() {
				if is_in_fold(series) {
					outcomes[series] = outcome;
				}
			}
		}
		outcomes
	}
}

/// A gain on NAB's scale: 0 for a detector that never detects, 100 for a perfect one. Nothing where
/// there are no windows.
pub fn normalised(gain: f64, windows: usize, profile: Profile) -> Option<f64> {
	(windows > 0).then(|| 100.0 * gain / (windows as f64 * (profile.hit + profile.miss)))
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::{Point, Value};

	const STANDARD: Profile = PROFILES[0];

	/// A series of a hundred rows, of which 15 aren't scored.
	fn series(windows: &[RangeInclusive<usize>]) -> Series {
		let point = Point { value: Value::from_integer(0), at: None };
		Series {
			category: String::new(),
			name: String::new(),
			points: vec![point; 100],
			windows: windows.to_vec(),
		}
	}

	/// The gain of one series when these rows are detected.
	fn gain(windows: &[RangeInclusive<usize>], detected: &[usize]) -> f64 {
		let scores = (0..100).map(|row| if detected.contains(&row) { 1.0 } else { 0.0 }).collect();
		Scored::new(&[series(windows)], &[scores]).outcomes(STANDARD, 1.0)[0].gain
	}

	fn assert_close(left: f64, right: f64) {
		assert!((left - right).abs() < 1e-9, "{left} is not {right}");
	}

	#[test]
	fn probation_should_be_a_share_of_rows_up_to_a_bound() {
		assert_eq!(probation(4_032), 604);
		assert_eq!(probation(15_902), 750);
		assert_eq!(probation(6), 0);
	}

	#[test]
	fn hit_should_be_worth_all_at_the_windows_first_row() {
		assert_close(gain(&[20..=39], &[20]), 2.0);
	}

	#[test]
	fn hit_should_be_worth_less_when_it_is_later() {
		// Row 30 is 10 of 20 rows before the end: sigma(-0.5) / sigma(-1).
		let share = (2.0 / (1.0 + (-2.5f64).exp()) - 1.0) / (2.0 / (1.0 + (-5.0f64).exp()) - 1.0);
		assert_close(gain(&[20..=39], &[30]), 1.0 + share);
		// The last row still has one twentieth before it.
		let share = (2.0 / (1.0 + (-0.25f64).exp()) - 1.0) / (2.0 / (1.0 + (-5.0f64).exp()) - 1.0);
		assert_close(gain(&[20..=39], &[39]), 1.0 + share);
	}

	#[test]
	fn hit_should_count_once_when_a_window_is_detected_again() {
		assert_close(gain(&[20..=39], &[20, 25, 39]), 2.0);
	}

	#[test]
	fn false_alarm_should_cost_little_when_it_follows_a_window() {
		// Row 59 is 20 rows behind a window of 20, whose width less one is 19.
		let share = 1.0 - 2.0 / (1.0 + (5.0 * 20.0 / 19.0f64).exp());
		assert_close(gain(&[20..=39], &[59]), -0.11 * share);
		let share = 1.0 - 2.0 / (1.0 + (5.0 / 19.0f64).exp());
		assert_close(gain(&[20..=39], &[40]), -0.11 * share);
	}

	#[test]
	fn false_alarm_should_cost_all_when_no_window_is_before_it_or_it_is_far() {
		assert_close(gain(&[40..=49], &[20]), -0.11);
		assert_close(gain(&[20..=29], &[99]), -0.11);
		assert_close(gain(&[], &[20, 21]), -0.22);
	}

	#[test]
	fn rows_should_not_count_when_they_are_in_probation() {
		assert_close(gain(&[40..=49], &[0, 14]), 0.0);
		assert_close(gain(&[40..=49], &[15]), -0.11);
	}

	#[test]
	fn threshold_should_be_the_one_that_gains_most() {
		let mut scores = vec![0.0; 100];
		(scores[20], scores[30], scores[60], scores[90]) = (0.5, 0.9, 0.7, 0.2);
		let scored = Scored::new(&[series(&[20..=39])], &[scores]);
		// The earlier hit is worth more than the false alarm at row 60 costs.
		assert_eq!(scored.best_threshold(STANDARD, |_| true), 0.5);
		assert_eq!(scored.best_threshold(STANDARD, |_| false), f64::INFINITY);
		assert_eq!(scored.outcomes(STANDARD, 0.5)[0].false_alarms, 1);
	}

	#[test]
	fn threshold_should_take_all_rows_when_their_scores_are_equal() {
		let mut scores = vec![0.0; 100];
		(scores[20], scores[60], scores[61]) = (0.5, 0.5, 0.5);
		let scored = Scored::new(&[series(&[20..=39])], &[scores]);
		let outcome = scored.official(STANDARD)[0];
		assert_eq!((outcome.hits, outcome.false_alarms), (1, 2));
	}

	#[test]
	fn honest_threshold_should_be_that_of_other_folds() {
		// Only series 0 has a detection, and nothing that the other folds know of speaks for it.
		let corpus: Vec<_> = (0..10).map(|_| series(&[20..=39])).collect();
		let mut scores = vec![vec![0.0; 100]; 10];
		scores[0][20] = 0.9;
		assert_eq!(Scored::new(&corpus, &scores).honest(STANDARD)[0].hits, 0);
		scores[1][20] = 0.8;
		assert_eq!(Scored::new(&corpus, &scores).honest(STANDARD)[0].hits, 1);
	}

	#[test]
	fn null_detector_should_score_0_and_a_perfect_one_100() {
		let corpus = [series(&[20..=39, 60..=69]), series(&[]), series(&[50..=59])];
		let total = |scores: &[Vec<f64>], profile| {
			let outcomes = Scored::new(&corpus, scores).official(profile);
			normalised(outcomes.iter().map(|outcome| outcome.gain).sum(), 3, profile).unwrap()
		};
		let mut perfect = vec![vec![0.0; 100]; 3];
		(perfect[0][20], perfect[0][60], perfect[2][50]) = (1.0, 1.0, 1.0);
		for profile in PROFILES {
			assert_close(total(&vec![vec![0.0; 100]; 3], profile), 0.0);
			assert_close(total(&perfect, profile), 100.0);
		}
	}
}
