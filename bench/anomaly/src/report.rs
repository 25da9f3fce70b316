//! Tables of scores, in Markdown.

use crate::{
	ablation,
	altered::{alter, ALTERATIONS},
	baseline,
	corpus::Series,
	nab::{normalised, Outcome, Profile, Scored, FOLDS, PROFILES},
};
use aitbc_anomaly::Monitor;
use codec::MaxEncodedLen;
use std::{collections::BTreeMap, time::Instant};

/// How often all series are scored to measure the time of a point; the fastest run counts.
const RUNS: usize = 5;

/// The scores of a detector on each series.
fn run(corpus: &[Series], detector: impl Fn(&Series) -> Vec<f64>) -> Scored {
	Scored::new(corpus, &corpus.iter().map(detector).collect::<Vec<_>>())
}

fn sum<'a>(outcomes: impl IntoIterator<Item = &'a Outcome>) -> Outcome {
	outcomes.into_iter().fold(Outcome::default(), |sum, outcome| sum.and(*outcome))
}

fn windows(corpus: &[Series]) -> usize {
	corpus.iter().map(|series| series.windows.len()).sum()
}

fn cell(gain: f64, windows: usize, profile: Profile) -> String {
	// What rounds to zero has no sign.
	let shown = |score: f64| format!("{:.1}", (score * 10.0).round() / 10.0 + 0.0);
	normalised(gain, windows, profile).map_or("none".into(), shown)
}

/// One row: a detector in all profiles, by the official protocol and by the honest one.
fn overall_row(name: &str, scored: &Scored, windows: usize) -> String {
	let cells = |outcomes: &dyn Fn(Profile) -> Vec<Outcome>| {
		PROFILES.map(|profile| cell(sum(&outcomes(profile)).gain, windows, profile)).join(" | ")
	};
	let official = cells(&|profile| scored.official(profile));
	let honest = cells(&|profile| scored.honest(profile));
	format!("| {name} | {official} | {honest} |\n")
}

const HEAD: &str = "\
| | standard | low FP | low FN | honest: standard | low FP | low FN |
|---|---|---|---|---|---|---|
";

/// Ours beside the baselines.
pub fn overall(corpus: &[Series]) -> String {
	let windows = windows(corpus);
	let row = |name, detector: fn(&Series) -> Vec<f64>| {
		overall_row(name, &run(corpus, detector), windows)
	};
	[
		HEAD.into(),
		row("**ours**", ablation::monitor),
		row("windowed Gaussian", baseline::windowed_gaussian),
		row("null", baseline::null),
		row("perfect", baseline::perfect),
	]
	.concat()
}

/// Ours by category, and how many windows it hits and how often it raises a false alarm.
pub fn by_category(corpus: &[Series]) -> String {
	let scored = run(corpus, ablation::monitor);
	let official = PROFILES.map(|profile| scored.official(profile));
	let honest = PROFILES.map(|profile| scored.honest(profile));
	let mut categories = BTreeMap::<&str, Vec<usize>>::new();
	for (i, series) in corpus.iter().enumerate() {
		categories.entry(&series.category).or_default().push(i);
	}
	let row = |name: &str, members: &[usize]| {
		let windows = members.iter().map(|i| corpus[*i].windows.len()).sum();
		let of = |outcomes: &Vec<Outcome>| sum(members.iter().map(|i| &outcomes[*i]));
		let cells = |outcomes: &[Vec<Outcome>; 3]| {
			let scores = PROFILES.iter().zip(outcomes);
			let scores =
				scores.map(|(profile, outcomes)| cell(of(outcomes).gain, windows, *profile));
			scores.collect::<Vec<_>>().join(" | ")
		};
		let counts = |outcomes| {
			let Outcome { hits, false_alarms, .. } = of(outcomes);
			format!("{hits}, {false_alarms}")
		};
		format!(
			"| {name} | {} | {windows} | {} | {} | {} | {} |\n",
			members.len(),
			cells(&official),
			counts(&official[0]),
			cells(&honest),
			counts(&honest[0]),
		)
	};
	let mut table = String::from(
		"| category | files | windows | standard | low FP | low FN | hits, false alarms | \
		 honest: standard | low FP | low FN | hits, false alarms |\n\
		 |---|---|---|---|---|---|---|---|---|---|---|\n",
	);
	for (name, members) in &categories {
		table += &row(name, members);
	}
	table + &row("**all**", &(0..corpus.len()).collect::<Vec<_>>())
}

/// Ours by file, in the standard profile.
pub fn by_file(corpus: &[Series]) -> String {
	let scored = run(corpus, ablation::monitor);
	let (official, honest) = (scored.official(PROFILES[0]), scored.honest(PROFILES[0]));
	let mut table = String::from(
		"| file | windows | hits | false alarms | gain | honest: hits | false alarms | gain |\n\
		 |---|---|---|---|---|---|---|---|\n",
	);
	for ((series, official), honest) in corpus.iter().zip(official).zip(honest) {
		let cells = |outcome: Outcome| {
			format!("{} | {} | {:.2}", outcome.hits, outcome.false_alarms, outcome.gain)
		};
		let (name, windows) = (&series.name, series.windows.len());
		table += &format!("| {name} | {windows} | {} | {} |\n", cells(official), cells(honest));
	}
	table
}

/// Each detector alone, and all without it.
pub fn ablation(corpus: &[Series]) -> String {
	let evidences: Vec<_> = corpus.iter().map(ablation::evidences).collect();
	let windows = windows(corpus);
	let row = |name: &str, counts: &dyn Fn(usize) -> bool| {
		let scores: Vec<_> =
			evidences.iter().map(|evidences| ablation::scores(evidences, counts)).collect();
		overall_row(name, &Scored::new(corpus, &scores), windows)
	};
	let mut table = String::from(HEAD) + &row("**all**", &|_| true);
	for (i, name) in ablation::NAMES.iter().enumerate() {
		table += &row(&format!("{name} alone"), &|detector| detector == i);
	}
	for (i, name) in ablation::NAMES.iter().enumerate() {
		table += &row(&format!("without {name}"), &|detector| detector != i);
	}
	table
}

/// Ours on the corpus as it is, and altered in ways that change no label.
pub fn altered(corpus: &[Series]) -> String {
	let mut table = String::from(HEAD);
	for (name, alteration) in ALTERATIONS {
		let corpus: Vec<_> = corpus.iter().map(|series| alter(series, alteration)).collect();
		let scored = run(&corpus, ablation::monitor);
		table += &overall_row(name, &scored, windows(&corpus));
	}
	table
}

/// What ours costs, on this machine.
pub fn cost(corpus: &[Series]) -> String {
	let points: usize = corpus.iter().map(|series| series.points.len()).sum();
	let time = || {
		let began = Instant::now();
		corpus.iter().for_each(|series| drop(std::hint::black_box(ablation::monitor(series))));
		began.elapsed()
	};
	let fastest = (0..RUNS).map(|_| time()).min().unwrap_or_default();
	let nanoseconds = fastest.as_nanos() / points.max(1) as u128;
	format!(
		"{points} points, {nanoseconds} ns each; {} bytes of state for a series, {} encoded\n",
		size_of::<Monitor>(),
		Monitor::max_encoded_len(),
	)
}

/// What the tables are of.
pub fn heading(corpus: &[Series]) -> String {
	format!(
		"{} files with {} windows; the honest threshold is that of {FOLDS} folds over files\n",
		corpus.len(),
		windows(corpus),
	)
}
