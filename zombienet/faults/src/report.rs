//! What a test measured, as a table.

use crate::Isolation;
use std::{fmt, time::Duration};

/// How far measured times are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
	/// How many there are.
	pub count: usize,
	/// Half of them are not longer.
	pub p50: Duration,
	/// 95 of 100 are not longer.
	pub p95: Duration,
	/// The longest.
	pub max: Duration,
}

impl Spread {
	/// That of `times`; `None` if there are none.
	pub fn of(mut times: Vec<Duration>) -> Option<Self> {
		times.sort_unstable();
		let max = *times.last()?;
		// The nearest rank: the first place with that share of all at or before it.
		let at = |percent: usize| times[(times.len() * percent).div_ceil(100).saturating_sub(1)];
		Some(Self { count: times.len(), p50: at(50), p95: at(95), max })
	}
}

impl fmt::Display for Spread {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { count, p50, p95, max } = self;
		let [p50, p95, max] = [p50, p95, max].map(Duration::as_secs_f64);
		write!(f, "p50 {p50:.2} s, p95 {p95:.2} s, longest {max:.2} s, of {count}")
	}
}

/// A table that is printed when it is dropped.
pub struct Report {
	title: String,
	rows: Vec<(String, String)>,
}

impl Report {
	/// An empty table.
	pub fn new(title: impl Into<String>) -> Self {
		let mut report = Self { title: title.into(), rows: Vec::new() };
		report.row("nodes are separated by", Isolation::here().name());
		report
	}

	/// Adds a row.
	pub fn row(&mut self, what: impl Into<String>, value: impl fmt::Display) {
		self.rows.push((what.into(), value.to_string()));
	}

	/// Adds a row with a time.
	pub fn time(&mut self, what: impl Into<String>, time: Duration) {
		self.row(what, format_args!("{:.1} s", time.as_secs_f64()));
	}

	/// Adds a row with a spread of times.
	pub fn spread(&mut self, what: impl Into<String>, spread: Option<Spread>) {
		match spread {
			Some(spread) => self.row(what, spread),
			None => self.row(what, "none"),
		}
	}
}

impl Drop for Report {
	fn drop(&mut self) {
		let width = self.rows.iter().map(|(what, _)| what.len()).max().unwrap_or_default();
		println!("\n{}", self.title);
		for (what, value) in &self.rows {
			println!("  {what:width$}  {value}");
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn spread_should_take_the_nearest_rank_when_times_are_given() {
		let times = (1..=20).rev().map(Duration::from_secs).collect();

		let spread = Spread::of(times).expect("there are times");

		let [p50, p95, max] = [10, 19, 20].map(Duration::from_secs);
		assert_eq!(spread, Spread { count: 20, p50, p95, max });
	}

	#[test]
	fn spread_should_be_missing_when_there_are_no_times() {
		assert_eq!(Spread::of(Vec::new()), None);
	}
}
