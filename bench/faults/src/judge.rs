//! Which alarms were right, and which faults were found.
//!
//! An alarm is right if it is within a fault's time, from its start to [`Rules::grace`] after its end, and
//! the node is one that should notice that fault, or the series is one that all nodes share. A fault is
//! found on a node that should notice it if that node has an alarm within that time.

use crate::{
	labels::{Fault, FaultSet},
	watch::Raised,
};
use aitbc_telemetry::Cause;

/// [`Rules::grace`] unless it is set: two minutes.
pub const GRACE: u64 = 120_000;

/// What counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
	/// How long after a fault's end alarms still belong to it, in milliseconds: things fall back into
	/// place, and that is unusual too.
	pub grace: u64,
}

/// How well a set's faults were found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outcome {
	/// How many alarms there were.
	pub alarms: f64,
	/// How many of them were right.
	pub right: f64,
	/// How many pairs of a fault and a node that should notice it there are.
	pub pairs: f64,
	/// How many of them were found.
	pub found: f64,
	/// How many of them were found by a series that the fault was expected to show in.
	pub found_by_own: f64,
	/// How many faults there are.
	pub faults: f64,
	/// How many were found on one node at least.
	pub faults_found: f64,
}

impl Outcome {
	/// The share of alarms that were right. Nothing without alarms.
	pub fn precision(&self) -> Option<f64> {
		(self.alarms > 0.0).then(|| self.right / self.alarms)
	}

	/// The share of pairs that were found. Nothing without faults.
	pub fn recall(&self) -> Option<f64> {
		(self.pairs > 0.0).then(|| self.found / self.pairs)
	}
}

impl Default for Rules {
	fn default() -> Self {
		Self { grace: GRACE }
	}
}

impl Rules {
	/// Whether this time belongs to the fault.
	fn is_within(&self, fault: &Fault, at: u64) -> bool {
		(fault.start..=fault.end.saturating_add(self.grace)).contains(&at)
	}

	/// Whether the alarm is right.
	pub fn is_right(&self, set: &FaultSet, raised: &Raised) -> bool {
		set.labels.faults.iter().any(|fault| {
			self.is_within(fault, raised.alarm.at)
				&& (fault.nodes.contains(&raised.node) || raised.alarm.series.is_shared())
		})
	}

	/// The node's alarms within the fault's time, in the order of their times.
	pub fn of_fault<'a>(&self, fault: &Fault, node: &str, alarms: &'a [Raised]) -> Vec<&'a Raised> {
		let is_of =
			|raised: &&Raised| raised.node == node && self.is_within(fault, raised.alarm.at);
		alarms.iter().filter(is_of).collect()
	}

	/// How well the faults were found by these alarms.
	pub fn judge(&self, set: &FaultSet, alarms: &[Raised]) -> Outcome {
		let count = |count: usize| count as f64;
		let mut outcome = Outcome {
			alarms: count(alarms.len()),
			right: count(alarms.iter().filter(|raised| self.is_right(set, raised)).count()),
			faults: count(set.labels.faults.len()),
			..Default::default()
		};
		for fault in &set.labels.faults {
			let found = |node: &&String| !self.of_fault(fault, node, alarms).is_empty();
			let by_own = |node: &&String| {
				let alarms = self.of_fault(fault, node, alarms);
				alarms.iter().any(|raised| fault.series.contains(&raised.alarm.series))
			};
			let nodes = count(fault.nodes.iter().filter(found).count());
			outcome.pairs += count(fault.nodes.len());
			outcome.found += nodes;
			outcome.found_by_own += count(fault.nodes.iter().filter(by_own).count());
			outcome.faults_found += if nodes > 0.0 { 1.0 } else { 0.0 };
		}
		outcome
	}

	/// The mean outcome of as many alarms that know nothing: the same ones, each time moved around the
	/// recording by another twentieth of it.
	pub fn by_chance(&self, set: &FaultSet, alarms: &[Raised]) -> Outcome {
		const TURNS: u64 = 20;
		let (began, ended) = (set.labels.began, set.labels.ended);
		let span = ended.saturating_sub(began).max(1);
		let mut sum = Outcome::default();
		for turn in 1..TURNS {
			let moved = |raised: &Raised| {
				let mut raised = raised.clone();
				let since = raised.alarm.at.saturating_sub(began) + span * turn / TURNS;
				raised.alarm.at = began + since % span;
				raised
			};
			sum = sum.and(self.judge(set, &alarms.iter().map(moved).collect::<Vec<_>>()));
		}
		sum.divided_by((TURNS - 1) as f64)
	}
}

impl Outcome {
	fn and(self, other: Self) -> Self {
		self.combined(other, |a, b| a + b)
	}

	fn divided_by(self, many: f64) -> Self {
		self.combined(self, |a, _| a / many)
	}

	fn combined(self, other: Self, with: impl Fn(f64, f64) -> f64) -> Self {
		Self {
			alarms: with(self.alarms, other.alarms),
			right: with(self.right, other.right),
			pairs: with(self.pairs, other.pairs),
			found: with(self.found, other.found),
			found_by_own: with(self.found_by_own, other.found_by_own),
			faults: with(self.faults, other.faults),
			faults_found: with(self.faults_found, other.faults_found),
		}
	}
}

/// Whether it says that a limit is near.
pub fn is_forecast(raised: &Raised) -> bool {
	matches!(raised.alarm.cause, Cause::Crossing { .. })
}

/// One alarm for each pair of a fault and a node, at its start.
pub fn perfect(set: &FaultSet) -> Vec<Raised> {
	use aitbc_anomaly::{Feature, Score, Value};
	let zero = Value::from_integer(0);
	let cause =
		Cause::Anomaly { score: Score::ONE, feature: Feature::Value, expected: zero, seen: zero };
	let of_fault = |fault: &Fault| {
		let series = fault.series.first().copied();
		let alarm = series.map(|series| aitbc_telemetry::Alarm { series, at: fault.start, cause });
		let nodes = fault.nodes.clone().into_iter();
		nodes.filter_map(move |node| Some(Raised { node, alarm: alarm? })).collect::<Vec<_>>()
	};
	set.labels.faults.iter().flat_map(of_fault).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::labels::Labels;
	use aitbc_anomaly::{Feature, Score, Value};
	use aitbc_telemetry::{Alarm, Series};

	const RULES: Rules = Rules { grace: 10 };

	/// A set of two nodes: memory grows on alice from 100 to 200, and both lose peers from 300 to 400.
	fn set() -> FaultSet {
		let fault = |fault: &str, nodes: &[&str], start, end, series| Fault {
			fault: fault.into(),
			nodes: nodes.iter().map(|node| node.to_string()).collect(),
			start,
			end,
			series: vec![series],
			how: String::new(),
		};
		let faults = vec![
			fault("memory growth", &["alice"], 100, 200, Series::ResidentMemory),
			fault("peer loss", &["alice", "bob"], 300, 400, Series::Peers),
		];
		let nodes = vec!["alice".into(), "bob".into()];
		let labels = Labels { nodes, began: 0, ended: 1_000, faults };
		FaultSet { labels, recordings: Default::default() }
	}

	fn raised(node: &str, series: Series, at: u64) -> Raised {
		let zero = Value::from_integer(0);
		let (score, feature) = (Score::ONE, Feature::Value);
		let cause = Cause::Anomaly { score, feature, expected: zero, seen: zero };
		Raised { node: node.into(), alarm: Alarm { series, at, cause } }
	}

	#[test]
	fn null_detector_should_find_nothing() {
		let outcome = RULES.judge(&set(), &[]);
		assert_eq!((outcome.precision(), outcome.recall()), (None, Some(0.0)));
		assert_eq!((outcome.faults, outcome.faults_found, outcome.pairs), (2.0, 0.0, 3.0));
	}

	#[test]
	fn perfect_detector_should_find_everything() {
		let set = set();
		let outcome = RULES.judge(&set, &perfect(&set));
		assert_eq!((outcome.precision(), outcome.recall()), (Some(1.0), Some(1.0)));
		assert_eq!((outcome.faults_found, outcome.found_by_own), (2.0, 3.0));
	}

	#[test]
	fn alarm_should_be_right_within_a_fault_of_its_node_and_its_grace_only() {
		let set = set();
		for (at, is_right) in
			[(99, false), (100, true), (210, true), (211, false), (299, false), (410, true)]
		{
			assert_eq!(RULES.is_right(&set, &raised("alice", Series::Cpu, at)), is_right, "{at}");
		}
	}

	#[test]
	fn alarm_of_another_node_should_be_right_when_the_series_is_shared() {
		let set = set();
		assert!(!RULES.is_right(&set, &raised("bob", Series::Cpu, 150)));
		assert!(RULES.is_right(&set, &raised("bob", Series::BlockTime, 150)));
		assert!(!RULES.is_right(&set, &raised("bob", Series::BlockTime, 250)));
	}

	#[test]
	fn alarm_of_another_node_should_find_no_fault() {
		let outcome = RULES.judge(&set(), &[raised("bob", Series::BlockTime, 150)]);
		assert_eq!((outcome.right, outcome.found, outcome.faults_found), (1.0, 0.0, 0.0));
	}

	#[test]
	fn outcome_should_be_that_of_a_count_by_hand() {
		let alarms = [
			raised("alice", Series::Cpu, 150),
			raised("alice", Series::ResidentMemory, 160),
			raised("alice", Series::ResidentMemory, 250),
			raised("bob", Series::Cpu, 350),
			raised("bob", Series::Cpu, 150),
		];
		let expected = Outcome {
			alarms: 5.0,
			right: 3.0,
			pairs: 3.0,
			found: 2.0,
			found_by_own: 1.0,
			faults: 2.0,
			faults_found: 2.0,
		};
		assert_eq!(RULES.judge(&set(), &alarms), expected);
	}

	#[test]
	fn chance_should_be_the_share_of_time_that_is_a_fault() {
		// Of the twenty places that 0 can be moved to, 50 apart, alice's faults have 100 to 200 and 300
		// to 400: six of the nineteen others.
		let outcome = RULES.by_chance(&set(), &[raised("alice", Series::Cpu, 0)]);
		assert_eq!(outcome.alarms, 1.0);
		assert!((outcome.right - 6.0 / 19.0).abs() < 1e-9, "{outcome:?}");
	}
}
