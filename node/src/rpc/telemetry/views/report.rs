//! Reports of alarms.

use super::{hexadecimal, measured, surprise, Series};
use crate::rpc::{
	accounts::{Accounts, Address},
	format::Number,
};
use aitbc_runtime::AccountId;
use pallet_telemetry::types as chain;
use serde::Serialize;

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
	report: u64,
	reporter: Address,
	window: u32,
	alarm: Alarm,
	/// The version of the detectors.
	model: u16,
	/// The hash of the raw samples behind it.
	evidence: String,
	state: State,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum State {
	Open,
	Corroborated,
	ConfirmedByGovernance,
	Dismissed,
}

/// Which series, when, and why.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Alarm {
	series: Series,
	unit: &'static str,
	/// Milliseconds since the Unix epoch.
	at: u64,
	cause: Cause,
}

/// Why there is an alarm.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Cause {
	/// Something new.
	Anomaly { score: Number, feature: &'static str, expected: Number, seen: Number },
	/// A limit that will be met. Times in seconds from the alarm's.
	Crossing { limit: Number, expected: u64, latest: u64 },
}

impl Report {
	/// Shows `info`.
	pub fn new(info: chain::ReportInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::ReportInfo { id, report } = info;
		let chain::Report { reporter, window, alarm, model, evidence, state } = report;
		Self {
			report: id.0,
			reporter: accounts.address(&reporter),
			window,
			alarm: alarm.into(),
			model,
			evidence: hexadecimal(evidence.0),
			state: match state {
				chain::ReportState::Open => State::Open,
				chain::ReportState::Confirmed(chain::Confirmation::Corroboration) => {
					State::Corroborated
				},
				chain::ReportState::Confirmed(chain::Confirmation::Governance) => {
					State::ConfirmedByGovernance
				},
				chain::ReportState::Dismissed => State::Dismissed,
			},
		}
	}
}

impl From<aitbc_telemetry::Alarm> for Alarm {
	fn from(alarm: aitbc_telemetry::Alarm) -> Self {
		use aitbc_anomaly::{Feature, Limit};
		let aitbc_telemetry::Alarm { series, at, cause } = alarm;
		let cause = match cause {
			aitbc_telemetry::Cause::Anomaly { score, feature, expected, seen } => Cause::Anomaly {
				score: surprise(score),
				feature: match feature {
					Feature::Value => "value",
					Feature::Season => "season",
					Feature::SeasonalMean => "seasonalMean",
					Feature::Mean => "mean",
					Feature::Spread => "spread",
					Feature::Level => "level",
					Feature::Context => "context",
				},
				expected: measured(expected),
				seen: measured(seen),
			},
			aitbc_telemetry::Cause::Crossing { limit, expected, latest } => {
				let (Limit::AtLeast(limit) | Limit::AtMost(limit)) = limit;
				Cause::Crossing { limit: measured(limit), expected, latest }
			},
		};
		Self { series: Series(series), unit: series.unit(), at, cause }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::{Feature, Limit, Score, Value};
	use serde_json::{json, to_value};

	#[test]
	fn alarms_should_keep_their_golden_form() {
		let anomaly = aitbc_telemetry::Cause::Anomaly {
			score: Score::ONE,
			feature: Feature::Level,
			expected: Value::from_integer(1),
			seen: Value::from_integer(9),
		};
		let crossing = aitbc_telemetry::Cause::Crossing {
			limit: Limit::AtMost(Value::from_integer(1_024)),
			expected: 60,
			latest: 90,
		};
		for (cause, json) in [
			(
				anomaly,
				json!({
					"type": "anomaly",
					"score": "1",
					"feature": "level",
					"expected": "1",
					"seen": "9",
				}),
			),
			(
				crossing,
				json!({ "type": "crossing", "limit": "1024", "expected": 60, "latest": 90 }),
			),
		] {
			let alarm =
				aitbc_telemetry::Alarm { series: aitbc_telemetry::Series::DiskFree, at: 5, cause };
			let shown = to_value(Alarm::from(alarm)).expect("it is JSON");
			assert_eq!(
				shown,
				json!({ "series": "disk-free", "unit": "MiB", "at": 5, "cause": json })
			);
		}
	}
}
