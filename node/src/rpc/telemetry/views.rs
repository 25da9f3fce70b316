//! What clients get to see: the runtime's answers, and what the worker keeps, as JSON.
//!
//! A view names everything that the runtime's type holds and adds nothing but units.

pub mod feed;
pub mod report;
pub mod reporter;
pub mod worker;

use crate::rpc::format::Number;
use aitbc_anomaly::{Score, Value};
use aitbc_core::Decimal;
use serde::{Serialize, Serializer};

/// A measured value in the unit of its series: `"3.25"`.
pub fn measured(value: Value) -> Number {
	Number(Decimal { value: value.millionths().into(), decimals: 6 })
}

/// How anomalous something is, from 0 to 1, to six places: `"0.333333"`.
pub fn surprise(score: Score) -> Number {
	let millionths = i128::from(score.parts()).saturating_mul(1_000_000) / i128::from(u16::MAX);
	Number(Decimal { value: millionths, decimals: 6 })
}

/// A series by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series(pub aitbc_telemetry::Series);

impl Serialize for Series {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(self.0.name())
	}
}

/// Bytes as `0x` and hexadecimal.
pub fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};

	#[test]
	fn measures_should_keep_their_golden_form() {
		let values = (measured(Value::from_millionths(-3_250_000)), surprise(Score::ALARM));
		let series = Series(aitbc_telemetry::Series::FinalityLag);

		let shown = to_value((values, series)).expect("it is JSON");

		assert_eq!(shown, json!([["-3.25", "0.333333"], "finality-lag"]));
		assert_eq!(hexadecimal([0, 255]), "0x00ff");
	}
}
