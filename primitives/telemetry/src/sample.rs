//! Samples: what the series are worth at one time, made of one reading and the one before.

use crate::{
	exposition::Readings,
	fixed::{self, ONE},
	series::Series,
};
use aitbc_anomaly::{Timestamp, Value};
use codec::{Decode, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// From when on a chain that has not grown shows it, in milliseconds.
///
/// A page follows the chain every five seconds (sc-service, `src/metrics.rs`), and a sample is taken every
/// three, so a chain with a block every three seconds is seen to grow within eight.
const REST: u64 = 12_000;

/// What the series were worth at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Sample {
	/// When, in milliseconds since the Unix epoch.
	pub at: u64,
	/// By [`Series::index`]. Nothing where it is not known.
	pub values: [Option<Value>; Series::COUNT],
}

impl Sample {
	/// What this series was worth.
	pub fn value(&self, series: Series) -> Option<Value> {
		self.values.get(series.index()).copied().flatten()
	}

	/// When, in whole seconds.
	pub fn timestamp(&self) -> Timestamp {
		Timestamp(self.at / 1_000)
	}
}

/// The best height that was seen, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
struct Growth {
	height: Value,
	/// When it was seen first, in milliseconds since the Unix epoch.
	since: u64,
	/// Whether it was seen to grow to this; else it had this height when it was seen first.
	is_seen: bool,
}

/// A reading, and when it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
struct Reading {
	/// In milliseconds since the Unix epoch.
	at: u64,
	readings: Readings,
}

/// Makes samples of readings. Keeps the last ones, because counters tell by their growth only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Sampler {
	last: Option<Reading>,
	growth: Option<Growth>,
	/// How many slots were missed since the node's start, as far as is known.
	missed: Option<Value>,
}

impl Sampler {
	/// The sample of what was read at `at`, in milliseconds since the Unix epoch.
	///
	/// Nothing when that is not after the last time. If it is before, a clock was set back, and samples
	/// go on from there.
	///
	/// - A counter's growth is known when both this and the last readings have it and it did not fall,
	///   as it does when a node starts again.
	/// - The block time belongs to the sample in which the best height grew: the time since it grew
	///   before, by how many blocks it grew. The first growth is of unknown age and gives nothing.
	/// - A chain that has not grown for 12 seconds shows it: from then on the block time of each sample is
	///   the time since the best height grew, which is the least that the next block will have taken.
	/// - A slot is missed if it was claimed by the last readings and its block is not there by these.
	pub fn observe(&mut self, at: u64, readings: Readings) -> Option<Sample> {
		let last = match self.last {
			Some(last) if at <= last.at => {
				if at < last.at {
					*self = Self::begin(at, readings);
				}
				return None;
			},
			last => last,
		};
		let block_time = self.block_time(at, readings.best);
		let missed = self.missed_slots(last.map(|last| last.readings), readings);
		self.last = Some(Reading { at, readings });
		let value = |series| match series {
			Series::Height => readings.best,
			Series::FinalityLag => {
				// The two are read one after the other.
				let lag = difference(readings.best?, readings.finalized?).max(0);
				Some(fixed::value(lag))
			},
			Series::BlockTime => block_time,
			Series::Peers => readings.peers,
			Series::ImportTime => {
				let last = last?.readings;
				let time = growth(last.import_time, readings.import_time)?;
				let blocks = growth(last.imports, readings.imports)?;
				ratio(time, blocks)
			},
			Series::PoolSize => readings.ready_transactions,
			Series::MissedSlots => missed,
			Series::RpcErrors => {
				growth(last?.readings.rpc_errors, readings.rpc_errors).map(fixed::value)
			},
			Series::Cpu => {
				let last = last?;
				let busy = growth(last.readings.cpu, readings.cpu)?;
				let elapsed = at.checked_sub(last.at)?;
				ratio(busy.saturating_mul(1_000), i128::from(elapsed).saturating_mul(ONE))
			},
			Series::ResidentMemory => readings.resident_memory,
			Series::DiskFree => readings.disk_free,
		};
		Some(Sample { at, values: Series::ALL.map(value) })
	}

	/// What is known when there was only this reading.
	fn begin(at: u64, readings: Readings) -> Self {
		let mut sampler = Self { last: Some(Reading { at, readings }), ..Default::default() };
		sampler.block_time(at, readings.best);
		sampler
	}

	/// Takes the best height in, and gives the block time.
	fn block_time(&mut self, at: u64, best: Option<Value>) -> Option<Value> {
		let best = best?;
		let first = Growth { height: best, since: at, is_seen: false };
		let Some(growth) = self.growth else {
			self.growth = Some(first);
			return None;
		};
		let elapsed = at.saturating_sub(growth.since);
		let seconds = i128::from(elapsed).saturating_mul(1_000);
		let blocks = difference(best, growth.height);
		if blocks == 0 {
			return (elapsed >= REST).then(|| fixed::value(seconds));
		}
		// A height that fell is another chain's, or another database's.
		let is_seen = blocks > 0;
		self.growth = Some(Growth { is_seen, ..first });
		(is_seen && growth.is_seen).then(|| ratio(seconds, blocks)).flatten()
	}

	/// Takes slots and blocks in, and gives how many more were missed.
	fn missed_slots(&mut self, last: Option<Readings>, now: Readings) -> Option<Value> {
		let before = core::mem::take(&mut self.missed);
		let last = last?;
		growth(last.slots_claimed, now.slots_claimed)?;
		growth(last.blocks_authored, now.blocks_authored)?;
		// Where a slot was claimed and its block was made in between, this is less than it was.
		let missed = difference(last.slots_claimed?, now.blocks_authored?);
		let before = match before {
			Some(before) => i128::from(before.millionths()),
			None => difference(last.slots_claimed?, last.blocks_authored?),
		};
		self.missed = Some(fixed::value(missed.max(before)));
		Some(fixed::value(missed.saturating_sub(before).max(0)))
	}
}

/// How much greater `a` is, in millionths.
fn difference(a: Value, b: Value) -> i128 {
	i128::from(a.millionths()).saturating_sub(b.millionths().into())
}

/// By how much a counter grew, in millionths. Nothing if one of them is unknown, or it fell.
fn growth(last: Option<Value>, now: Option<Value>) -> Option<i128> {
	let growth = difference(now?, last?);
	(growth >= 0).then_some(growth)
}

/// One by the other, both in millionths; nothing if the other is none.
fn ratio(numerator: i128, denominator: i128) -> Option<Value> {
	fixed::rounded(numerator.saturating_mul(ONE), denominator).map(fixed::value)
}

#[cfg(test)]
mod tests {
	use super::*;

	const START: u64 = 1_700_000_000_000;

	fn value(text: &str) -> Option<Value> {
		Some(text.parse().unwrap())
	}

	fn integer(ones: i64) -> Option<Value> {
		Some(Value::from_integer(ones))
	}

	/// The values of `series` in samples of readings that are so many milliseconds after the start.
	fn values(series: Series, readings: &[(u64, Readings)]) -> Vec<Option<Value>> {
		let mut sampler = Sampler::default();
		let mut sample = |(at, readings): &(u64, Readings)| sampler.observe(START + at, *readings);
		readings.iter().map(|reading| sample(reading).unwrap().value(series)).collect()
	}

	/// The block times of a chain with these heights, every three seconds.
	fn block_times(heights: &[i64]) -> Vec<Option<Value>> {
		let reading = |(i, height): (usize, &i64)| {
			(i as u64 * 3_000, Readings { best: integer(*height), ..Default::default() })
		};
		let readings: Vec<_> = heights.iter().enumerate().map(reading).collect();
		values(Series::BlockTime, &readings)
	}

	#[test]
	fn sample_should_have_the_levels_when_it_is_the_first() {
		let readings = Readings {
			best: integer(12),
			finalized: integer(9),
			peers: integer(4),
			import_time: integer(1),
			imports: integer(1),
			ready_transactions: integer(7),
			rpc_errors: integer(1),
			slots_claimed: integer(1),
			blocks_authored: integer(1),
			cpu: integer(1),
			resident_memory: value("512.5"),
			memory: integer(4_096),
			disk_free: integer(100_000),
		};
		let sample = Sampler::default().observe(START, readings).unwrap();
		let expected = [
			integer(12),
			integer(3),
			None,
			integer(4),
			None,
			integer(7),
			None,
			None,
			None,
			value("512.5"),
			integer(100_000),
		];
		assert_eq!(sample, Sample { at: START, values: expected });
		assert_eq!(sample.timestamp(), Timestamp(1_700_000_000));
	}

	#[test]
	fn sample_should_be_empty_when_nothing_was_read() {
		let mut sampler = Sampler::default();
		for at in [START, START + 1] {
			let sample = sampler.observe(at, Readings::default()).unwrap();
			assert_eq!(sample.values, [None; Series::COUNT]);
		}
	}

	#[test]
	fn sample_should_be_none_when_time_did_not_advance() {
		let mut sampler = Sampler::default();
		assert!(sampler.observe(START, Readings::default()).is_some());
		let before = sampler;
		assert_eq!(sampler.observe(START, Readings::default()), None);
		assert_eq!(sampler, before);
	}

	#[test]
	fn samples_should_go_on_when_the_clock_was_set_back() {
		let mut sampler = Sampler::default();
		let cpu = |ones| Readings { cpu: integer(ones), ..Default::default() };
		assert!(sampler.observe(START, cpu(10)).is_some());
		assert_eq!(sampler.observe(START - 60_000, cpu(13)), None);
		let sample = sampler.observe(START - 58_000, cpu(14)).unwrap();
		assert_eq!(sample.value(Series::Cpu), value("0.5"));
	}

	#[test]
	fn finality_lag_should_not_be_negative_when_finalized_was_read_later() {
		let readings = Readings { best: integer(12), finalized: integer(13), ..Default::default() };
		assert_eq!(values(Series::FinalityLag, &[(0, readings)]), [integer(0)]);
	}

	#[test]
	fn block_time_should_be_that_of_each_block_when_the_height_grew() {
		let expected = [None, None, integer(3), value("1.5"), None, integer(2), integer(3)];
		assert_eq!(block_times(&[10, 11, 12, 14, 14, 17, 18]), expected);
	}

	#[test]
	fn block_time_should_be_at_least_the_time_since_when_the_chain_rests() {
		let times = block_times(&[10, 11, 12, 12, 12, 12, 12, 12, 13, 14]);
		let expected = [
			None,
			None,
			integer(3),
			None,
			None,
			None,
			integer(12),
			integer(15),
			integer(18),
			integer(3),
		];
		assert_eq!(times, expected);
	}

	#[test]
	fn block_time_should_show_the_rest_when_no_growth_was_seen_yet() {
		let times = block_times(&[10, 10, 10, 10, 10, 11, 12]);
		assert_eq!(times[3..], [None, integer(12), None, integer(3)]);
	}

	#[test]
	fn block_time_should_be_unknown_when_the_height_fell() {
		assert_eq!(block_times(&[10, 11, 12, 5, 6, 7])[2..], [integer(3), None, None, integer(3)]);
	}

	#[test]
	fn block_time_should_be_kept_when_a_height_was_not_read() {
		let best = |best| Readings { best, ..Default::default() };
		let readings = [
			(0, best(integer(1))),
			(3_000, best(integer(2))),
			(6_000, best(None)),
			(9_000, best(integer(4))),
		];
		assert_eq!(values(Series::BlockTime, &readings), [None, None, None, integer(3)]);
	}

	#[test]
	fn import_time_should_be_the_mean_of_the_blocks_since() {
		let imports = |time, blocks| Readings {
			import_time: value(time),
			imports: integer(blocks),
			..Default::default()
		};
		let readings = [
			(0, imports("10.5", 100)),
			(3_000, imports("10.8", 103)),
			(6_000, imports("10.8", 103)),
			(9_000, imports("10.80001", 106)),
			(12_000, imports("0.5", 2)),
			(15_000, imports("0.7", 3)),
		];
		let expected = [None, value("0.1"), None, value("0.000003"), None, value("0.2")];
		assert_eq!(values(Series::ImportTime, &readings), expected);
	}

	#[test]
	fn rpc_errors_should_be_the_difference_and_unknown_when_they_fell() {
		let errors = |errors| Readings { rpc_errors: errors, ..Default::default() };
		let readings = [
			(0, errors(integer(5))),
			(1, errors(integer(9))),
			(2, errors(integer(2))),
			(3, errors(integer(2))),
			(4, errors(None)),
			(5, errors(integer(2))),
			(6, errors(integer(3))),
		];
		let expected = [None, integer(4), None, integer(0), None, None, integer(1)];
		assert_eq!(values(Series::RpcErrors, &readings), expected);
	}

	#[test]
	fn cpu_should_be_how_many_cores_were_busy() {
		let cpu = |seconds| Readings { cpu: value(seconds), ..Default::default() };
		let readings = [(0, cpu("1")), (3_000, cpu("5.5")), (6_001, cpu("6.5")), (7_000, cpu("2"))];
		let expected = [None, value("1.5"), value("0.333222"), None];
		assert_eq!(values(Series::Cpu, &readings), expected);
	}

	/// The missed slots of a node with these slots claimed and blocks authored.
	fn missed(counters: &[(i64, i64)]) -> Vec<Option<Value>> {
		let reading = |(i, (claimed, authored)): (usize, &(i64, i64))| {
			let readings = Readings {
				slots_claimed: integer(*claimed),
				blocks_authored: integer(*authored),
				..Default::default()
			};
			(i as u64 * 3_000, readings)
		};
		let readings: Vec<_> = counters.iter().enumerate().map(reading).collect();
		values(Series::MissedSlots, &readings)
	}

	#[test]
	fn slot_should_be_missed_when_its_block_is_not_there_one_sample_later() {
		let counters = [(10, 8), (11, 8), (11, 8), (12, 9), (12, 9)];
		assert_eq!(missed(&counters), [None, integer(0), integer(1), integer(0), integer(0)]);
	}

	#[test]
	fn slot_should_not_be_missed_when_its_block_comes_in_time() {
		// Made between two readings, read in between, and several at once.
		let counters = [(10, 8), (11, 9), (12, 9), (12, 10), (13, 10), (14, 11), (16, 14)];
		assert_eq!(missed(&counters)[1..], [integer(0); 6]);
	}

	#[test]
	fn slots_should_be_missed_when_none_of_many_has_a_block() {
		let counters = [(10, 8), (13, 8), (13, 9), (13, 9)];
		assert_eq!(missed(&counters), [None, integer(0), integer(2), integer(0)]);
	}

	#[test]
	fn missed_slots_should_be_unknown_when_the_node_started_again() {
		let counters = [(10, 8), (10, 8), (0, 0), (1, 0), (1, 0)];
		assert_eq!(missed(&counters), [None, integer(0), None, integer(0), integer(1)]);
	}
}
