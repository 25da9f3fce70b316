#![doc = include_str!("../README.md")]
#![cfg_attr(target_family = "wasm", no_std)]

use aitbc_anomaly::{Limit, Monitor, Point, Timestamp, Trend, Value, Verdict};
use codec::{Encode, Output};

#[cfg(target_family = "wasm")]
mod exports;

/// The bytes that the longest answer fits, which is the state.
const LONGEST_ANSWER: usize = 16_384;

/// Bytes for the host to read.
pub struct Answer {
	bytes: [u8; LONGEST_ANSWER],
	len: usize,
}

impl Answer {
	/// Says nothing.
	pub const fn empty() -> Self {
		Self { bytes: [0; LONGEST_ANSWER], len: 0 }
	}

	/// What was said last.
	pub fn as_bytes(&self) -> &[u8] {
		&self.bytes[..self.len]
	}
}

impl Output for Answer {
	/// Panics when the answer is longer than [`LONGEST_ANSWER`]: the host sees a trap.
	fn write(&mut self, bytes: &[u8]) {
		let end = self.len + bytes.len();
		self.bytes[self.len..end].copy_from_slice(bytes);
		self.len = end;
	}
}

/// What watches one series.
#[derive(Default)]
pub struct Watch {
	monitor: Monitor,
	trend: Trend,
	verdict: Option<Verdict>,
}

impl Watch {
	/// The next point's score and evidence: the score's bits are from the 33rd on.
	pub fn observe(&mut self, millionths: i64, at: Option<u64>) -> u64 {
		let point = Point { value: Value::from_millionths(millionths), at: at.map(Timestamp) };
		let verdict = self.monitor.observe(&point);
		self.verdict = Some(verdict);
		u64::from(verdict.score.parts()) << 32 | u64::from(verdict.evidence.parts())
	}

	/// Takes a sample into the trend.
	pub fn sample(&mut self, millionths: i64, at: u64) {
		self.trend.observe(Timestamp(at), Value::from_millionths(millionths));
	}

	/// Writes the whole verdict on the last point.
	pub fn explain(&self, answer: &mut Answer) {
		answer.len = 0;
		self.verdict.encode_to(answer);
	}

	/// Writes when the trend meets a limit above, and one below.
	pub fn forecast(&self, at_least: i64, at_most: i64, answer: &mut Answer) {
		answer.len = 0;
		let above = Limit::AtLeast(Value::from_millionths(at_least));
		let below = Limit::AtMost(Value::from_millionths(at_most));
		(self.trend.crossing(above), self.trend.crossing(below)).encode_to(answer);
	}

	/// Writes all that is remembered of the series.
	pub fn state(&self, answer: &mut Answer) {
		answer.len = 0;
		self.monitor.encode_to(answer);
		self.trend.encode_to(answer);
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn watch_should_answer_as_monitor_and_trend_do() {
		let mut watch = Watch::default();
		let (mut monitor, mut trend) = (Monitor::default(), Trend::default());
		let mut answer = Answer::empty();
		for i in 0..500 {
			let millionths = if i == 400 { 90_000_000 } else { i * i % 7_000 };
			let at = u64::try_from(i).unwrap() * 60;
			let value = Value::from_millionths(millionths);
			let verdict = monitor.observe(&Point { value, at: Some(Timestamp(at)) });
			let bits = watch.observe(millionths, Some(at));
			assert_eq!(bits >> 32, u64::from(verdict.score.parts()));
			assert_eq!(bits as u32, verdict.evidence.parts());
			watch.explain(&mut answer);
			assert_eq!(answer.as_bytes(), Some(verdict).encode());
			trend.observe(Timestamp(at), value);
			watch.sample(millionths, at);
		}
		watch.forecast(9_000_000, -9_000_000, &mut answer);
		let [above, below] = [9_000_000, -9_000_000].map(Value::from_millionths);
		let crossings =
			(trend.crossing(Limit::AtLeast(above)), trend.crossing(Limit::AtMost(below)));
		assert_eq!(answer.as_bytes(), crossings.encode());
		watch.state(&mut answer);
		assert_eq!(answer.as_bytes(), (monitor, trend).encode());
	}
}
