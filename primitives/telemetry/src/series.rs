//! What is measured of a node.

use crate::exposition::Readings;
use aitbc_anomaly::{Grain, Limit, Value};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// How many blocks finality may lag before it counts as lost.
const LOST_FINALITY: i64 = 100;

/// The free disk at which a node stops itself, in MiB: what `--db-storage-threshold` is unless it is
/// set (sc-storage-monitor, `src/lib.rs`).
const LEAST_DISK: i64 = 1_024;

/// What is measured of a node, each in its own [`Series::unit`].
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Series {
	/// The number of the best block.
	#[codec(index = 0)]
	Height,
	/// How many blocks the last finalized one is behind the best one.
	#[codec(index = 1)]
	FinalityLag,
	/// How long a block took.
	#[codec(index = 2)]
	BlockTime,
	/// How many peers the node is connected to.
	#[codec(index = 3)]
	Peers,
	/// How long it took to verify and import a block of another node, on average since the last sample.
	#[codec(index = 4)]
	ImportTime,
	/// How many transactions wait to be included.
	#[codec(index = 5)]
	PoolSize,
	/// How many of the node's own slots passed without its block, since the last sample.
	#[codec(index = 6)]
	MissedSlots,
	/// How many RPC calls ended in an error since the last sample.
	#[codec(index = 7)]
	RpcErrors,
	/// How many processor cores the node kept busy since the last sample.
	#[codec(index = 8)]
	Cpu,
	/// How much memory the node holds.
	#[codec(index = 9)]
	ResidentMemory,
	/// How much of the disk that holds the database is free.
	#[codec(index = 10)]
	DiskFree,
}

impl Series {
	/// How many series there are.
	pub const COUNT: usize = 11;

	/// All series, in the order of their indices.
	pub const ALL: [Self; Self::COUNT] = [
		Self::Height,
		Self::FinalityLag,
		Self::BlockTime,
		Self::Peers,
		Self::ImportTime,
		Self::PoolSize,
		Self::MissedSlots,
		Self::RpcErrors,
		Self::Cpu,
		Self::ResidentMemory,
		Self::DiskFree,
	];

	/// Those that all nodes of a chain see alike, so that one report can be judged by the others.
	pub const SHARED: [Self; 3] = [Self::Height, Self::FinalityLag, Self::BlockTime];

	/// Those that are watched for anomalies: all but the height. It only grows, so each value of it is
	/// new; how it grows is the block time and the finality lag.
	pub const WATCHED: [Self; 10] = [
		Self::FinalityLag,
		Self::BlockTime,
		Self::Peers,
		Self::ImportTime,
		Self::PoolSize,
		Self::MissedSlots,
		Self::RpcErrors,
		Self::Cpu,
		Self::ResidentMemory,
		Self::DiskFree,
	];

	/// Those whose meeting with their [`Series::limit`] is forecast.
	pub const FORECAST: [Self; 3] = [Self::FinalityLag, Self::ResidentMemory, Self::DiskFree];

	/// Whether all nodes of a chain see it alike.
	pub fn is_shared(self) -> bool {
		Self::SHARED.contains(&self)
	}

	/// Its place in [`Series::ALL`], and its codec index.
	pub const fn index(self) -> usize {
		match self {
			Self::Height => 0,
			Self::FinalityLag => 1,
			Self::BlockTime => 2,
			Self::Peers => 3,
			Self::ImportTime => 4,
			Self::PoolSize => 5,
			Self::MissedSlots => 6,
			Self::RpcErrors => 7,
			Self::Cpu => 8,
			Self::ResidentMemory => 9,
			Self::DiskFree => 10,
		}
	}

	/// Its name, as people and files write it.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Height => "height",
			Self::FinalityLag => "finality-lag",
			Self::BlockTime => "block-time",
			Self::Peers => "peers",
			Self::ImportTime => "import-time",
			Self::PoolSize => "pool-size",
			Self::MissedSlots => "missed-slots",
			Self::RpcErrors => "rpc-errors",
			Self::Cpu => "cpu",
			Self::ResidentMemory => "resident-memory",
			Self::DiskFree => "disk-free",
		}
	}

	/// What its values count.
	pub const fn unit(self) -> &'static str {
		match self {
			Self::Height | Self::FinalityLag => "blocks",
			Self::BlockTime | Self::ImportTime => "seconds",
			Self::Peers => "peers",
			Self::PoolSize => "transactions",
			Self::MissedSlots => "slots",
			Self::RpcErrors => "calls",
			Self::Cpu => "cores",
			Self::ResidentMemory | Self::DiskFree => "MiB",
		}
	}

	/// How far apart two of its values have to be to differ to an operator. What is within that is no
	/// anomaly, however steady the series was before.
	pub const fn grain(self) -> Grain {
		const ONE: u64 = 1_000_000;
		Grain::from_millionths(match self {
			Self::Height | Self::FinalityLag | Self::BlockTime => 3 * ONE,
			Self::Peers | Self::MissedSlots | Self::RpcErrors => ONE,
			Self::ImportTime | Self::Cpu => ONE / 10,
			Self::PoolSize => 10 * ONE,
			Self::ResidentMemory => 32 * ONE,
			Self::DiskFree => 64 * ONE,
		})
	}

	/// How far from the median of all reports a report is never out of band, however well the others
	/// agree. Nothing for a series that is not shared.
	pub fn tolerance(self) -> Option<Value> {
		match self {
			Self::Height | Self::FinalityLag => Some(Value::from_integer(3)),
			Self::BlockTime => Some(Value::from_integer(1)),
			_ => None,
		}
	}

	/// What it is forecast to meet, if it is forecast. Memory's is nine tenths of what the machine has,
	/// which the `readings` tell.
	pub fn limit(self, readings: &Readings) -> Option<Limit> {
		match self {
			Self::FinalityLag => Some(Limit::AtLeast(Value::from_integer(LOST_FINALITY))),
			Self::ResidentMemory => {
				let memory = readings.memory?.millionths();
				let most = memory.saturating_sub(memory / 10);
				Some(Limit::AtLeast(Value::from_millionths(most)))
			},
			Self::DiskFree => Some(Limit::AtMost(Value::from_integer(LEAST_DISK))),
			_ => None,
		}
	}
}

impl fmt::Display for Series {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(self.name())
	}
}

/// Why a text is no [`Series`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSeries;

impl fmt::Display for UnknownSeries {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("no such series; there are")?;
		for (i, series) in Series::ALL.iter().enumerate() {
			write!(f, "{}{series}", if i == 0 { " " } else { ", " })?;
		}
		Ok(())
	}
}

impl core::error::Error for UnknownSeries {}

impl FromStr for Series {
	type Err = UnknownSeries;

	/// Reads its [`Series::name`].
	fn from_str(text: &str) -> Result<Self, UnknownSeries> {
		Self::ALL.into_iter().find(|series| series.name() == text).ok_or(UnknownSeries)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::collections::BTreeSet;

	#[test]
	fn index_should_be_the_place_and_the_codec_index() {
		for (i, series) in Series::ALL.into_iter().enumerate() {
			assert_eq!(series.index(), i);
			assert_eq!(series.encode(), [i as u8]);
		}
	}

	#[test]
	fn name_should_be_read_back_and_belong_to_one_series() {
		let names: BTreeSet<_> = Series::ALL.iter().map(|series| series.name()).collect();
		assert_eq!(names.len(), Series::COUNT);
		for series in Series::ALL {
			assert_eq!(series.to_string().parse(), Ok(series));
		}
	}

	#[test]
	fn name_should_be_refused_with_those_there_are_when_it_is_none() {
		let error = "Height".parse::<Series>().unwrap_err();
		assert_eq!(
			error.to_string(),
			"no such series; there are height, finality-lag, block-time, peers, import-time, \
			 pool-size, missed-slots, rpc-errors, cpu, resident-memory, disk-free"
		);
	}

	#[test]
	fn tolerance_should_be_that_of_the_shared_ones_only() {
		for series in Series::ALL {
			assert_eq!(series.tolerance().is_some(), series.is_shared(), "{series}");
		}
	}

	#[test]
	fn limit_should_be_that_of_the_forecast_ones_only() {
		let readings = Readings { memory: Some(Value::from_integer(16_384)), ..Default::default() };
		for series in Series::ALL {
			let is_forecast = Series::FORECAST.contains(&series);
			assert_eq!(series.limit(&readings).is_some(), is_forecast, "{series}");
		}
		let most = Value::from_millionths(14_745_600_000);
		assert_eq!(Series::ResidentMemory.limit(&readings), Some(Limit::AtLeast(most)));
	}

	#[test]
	fn limit_should_be_unknown_when_the_memory_is() {
		assert_eq!(Series::ResidentMemory.limit(&Readings::default()), None);
	}

	#[test]
	fn watched_should_be_all_but_the_height() {
		assert_eq!(Series::WATCHED, Series::ALL[1..]);
		assert!(Series::FORECAST.iter().all(|series| Series::WATCHED.contains(series)));
	}
}
