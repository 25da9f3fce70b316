//! The feed, and on which terms it comes about.

use super::{measured, Series};
use crate::rpc::format::{Number, Plancks};
use pallet_telemetry::types as chain;
use serde::Serialize;

/// Where telemetry stands.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
	window: u32,
	window_length: u32,
	era: u32,
	deposit: Plancks,
	miss_penalty: Plancks,
	spam_penalty: Plancks,
	era_pot: Plancks,
	pot: Plancks,
	min_reporters: u32,
	points: u64,
}

impl From<chain::TelemetryInfo> for Overview {
	fn from(info: chain::TelemetryInfo) -> Self {
		let chain::TelemetryInfo {
			window,
			window_length,
			era,
			deposit,
			miss_penalty,
			spam_penalty,
			era_pot,
			pot,
			min_reporters,
			points,
		} = info;
		Self {
			window,
			window_length,
			era,
			deposit: Plancks(deposit),
			miss_penalty: Plancks(miss_penalty),
			spam_penalty: Plancks(spam_penalty),
			era_pot: Plancks(era_pot),
			pot: Plancks(pot),
			min_reporters,
			points,
		}
	}
}

/// What the reporters of a window saw.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feed {
	window: u32,
	first_block: u32,
	reporters: u32,
	stake: Plancks,
	/// Of the shared series that anybody measured.
	values: Vec<FeedValue>,
}

/// What the reporters of a window saw of one series.
#[derive(Clone, Copy, Debug, Serialize)]
struct FeedValue {
	series: Series,
	unit: &'static str,
	median: Number,
	spread: Number,
	/// How many of them measured it.
	reporters: u32,
}

impl From<chain::FeedInfo> for Feed {
	fn from(info: chain::FeedInfo) -> Self {
		let chain::FeedInfo { window, first_block, feed } = info;
		let chain::Feed { reporters, stake, values } = feed;
		let show = |(series, value): (aitbc_telemetry::Series, Option<_>)| {
			let aitbc_telemetry::FeedValue { median, spread, reporters } = value?;
			Some(FeedValue {
				series: Series(series),
				unit: series.unit(),
				median: measured(median),
				spread: measured(spread),
				reporters,
			})
		};
		let values = aitbc_telemetry::Series::SHARED.into_iter().zip(values).filter_map(show);
		Self { window, first_block, reporters, stake: Plancks(stake), values: values.collect() }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::Value;
	use serde_json::{json, to_value};

	#[test]
	fn feeds_should_keep_their_golden_form() {
		let value = aitbc_telemetry::FeedValue {
			median: Value::from_integer(3),
			spread: Value::from_millionths(250_000),
			reporters: 4,
		};
		let feed = chain::Feed { reporters: 4, stake: 400, values: [None, Some(value), None] };

		let shown = Feed::from(chain::FeedInfo { window: 7, first_block: 70, feed });

		assert_eq!(
			to_value(shown).expect("it is JSON"),
			json!({
				"window": 7,
				"firstBlock": 70,
				"reporters": 4,
				"stake": "400",
				"values": [{
					"series": "finality-lag",
					"unit": "blocks",
					"median": "3",
					"spread": "0.25",
					"reporters": 4,
				}],
			})
		);
	}

	#[test]
	fn overviews_should_keep_their_golden_form() {
		let info = chain::TelemetryInfo {
			window: 1,
			window_length: 2,
			era: 3,
			deposit: 4,
			miss_penalty: 5,
			spam_penalty: 6,
			era_pot: 7,
			pot: 8,
			min_reporters: 9,
			points: 10,
		};

		assert_eq!(
			to_value(Overview::from(info)).expect("it is JSON"),
			json!({
				"window": 1,
				"windowLength": 2,
				"era": 3,
				"deposit": "4",
				"missPenalty": "5",
				"spamPenalty": "6",
				"eraPot": "7",
				"pot": "8",
				"minReporters": 9,
				"points": 10,
			})
		);
	}
}
