//! Jurors.

use crate::rpc::format::{Plancks, Share};
use pallet_jurors::types as chain;
use serde::Serialize;

/// Somebody who may be drawn to judge.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Juror {
	bond: Plancks,
	locked: Plancks,
	leaving: Plancks,
	withdrawable: Plancks,
	weight: Plancks,
	/// Null if no change waits.
	next: Option<NextWeight>,
	share: Share,
}

/// A weight that a juror will have.
#[derive(Clone, Copy, Debug, Serialize)]
struct NextWeight {
	weight: Plancks,
	/// An epoch.
	due: u64,
}

impl From<chain::JurorInfo> for Juror {
	fn from(info: chain::JurorInfo) -> Self {
		let chain::JurorInfo { bond, locked, leaving, withdrawable, weight, next, share } = info;
		Self {
			bond: Plancks(bond),
			locked: Plancks(locked),
			leaving: Plancks(leaving),
			withdrawable: Plancks(withdrawable),
			weight: Plancks(weight),
			next: next.map(Into::into),
			share: Share(share),
		}
	}
}

impl From<chain::NextWeight> for NextWeight {
	fn from(next: chain::NextWeight) -> Self {
		let chain::NextWeight { weight, due } = next;
		Self { weight: Plancks(weight), due: due.0 }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use chain::Epoch;
	use serde_json::{json, to_value, Value};
	use sp_runtime::Perbill;

	#[test]
	fn jurors_should_keep_their_golden_form() {
		let next = Some(chain::NextWeight { weight: 7, due: Epoch(9) });
		for (next, json) in [(None, Value::Null), (next, json!({ "weight": "7", "due": 9 }))] {
			let info = chain::JurorInfo {
				bond: 5_000,
				locked: 200,
				leaving: 1_000,
				withdrawable: 100,
				weight: 2_500,
				next,
				share: Perbill::from_percent(20),
			};
			assert_eq!(
				to_value(Juror::from(info)).expect("a juror is JSON"),
				json!({
					"bond": "5000",
					"locked": "200",
					"leaving": "1000",
					"withdrawable": "100",
					"weight": "2500",
					"next": json,
					"share": "0.200000000",
				})
			);
		}
	}
}
