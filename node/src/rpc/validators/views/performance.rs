//! Slots, and what followed from them.

use crate::rpc::{
	accounts::{Accounts, Address},
	format::Share,
};
use aitbc_runtime::AccountId;
use pallet_validator_performance::types as chain;
use serde::Serialize;

/// How a validator did its slots of an era, or does them.
#[derive(Clone, Debug, Serialize)]
pub struct Performance {
	validator: Address,
	era: u32,
	slots: Slots,
	/// Those of eras before that count with them when silence is judged.
	carried: Slots,
	uptime: Share,
	factor: Share,
	points: Points,
	/// Null while the era goes on.
	consequence: Option<Consequence>,
}

/// Slots that a validator had.
#[derive(Clone, Copy, Debug, Serialize)]
struct Slots {
	assigned: u32,
	missed: u32,
}

/// What became of a validator's points.
#[derive(Clone, Copy, Debug, Serialize)]
struct Points {
	before: u32,
	due: u32,
	after: u32,
}

/// What followed, beside the reward; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Consequence {
	/// There were too few slots to judge by.
	CarriedOver,
	/// It filled slots.
	Nothing,
	/// It filled none.
	Silent { chilled: bool },
}

impl Performance {
	/// Shows it.
	pub fn new(info: chain::PerformanceInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::PerformanceInfo {
			validator,
			era,
			slots,
			carried,
			uptime,
			factor,
			points,
			consequence,
		} = info;
		Self {
			validator: accounts.address(&validator),
			era,
			slots: slots.into(),
			carried: carried.into(),
			uptime: Share(uptime),
			factor: Share(factor),
			points: points.into(),
			consequence: consequence.map(Into::into),
		}
	}
}

impl From<chain::SlotCount> for Slots {
	fn from(slots: chain::SlotCount) -> Self {
		let chain::SlotCount { assigned, missed } = slots;
		Self { assigned, missed }
	}
}

impl From<chain::PointsChange> for Points {
	fn from(points: chain::PointsChange) -> Self {
		let chain::PointsChange { before, due, after } = points;
		Self { before, due, after }
	}
}

impl From<chain::Consequence> for Consequence {
	fn from(consequence: chain::Consequence) -> Self {
		match consequence {
			chain::Consequence::CarriedOver => Self::CarriedOver,
			chain::Consequence::Nothing => Self::Nothing,
			chain::Consequence::Silent { chilled } => Self::Silent { chilled },
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::Alice;
	use sp_runtime::Perbill;

	#[test]
	fn performances_should_keep_their_golden_form() {
		use chain::Consequence as C;
		for (consequence, json) in [
			(None, Value::Null),
			(Some(C::CarriedOver), json!({ "type": "carriedOver" })),
			(Some(C::Nothing), json!({ "type": "nothing" })),
			(Some(C::Silent { chilled: true }), json!({ "type": "silent", "chilled": true })),
		] {
			let info = chain::PerformanceInfo {
				validator: Alice.to_account_id(),
				era: 7,
				slots: chain::SlotCount { assigned: 20, missed: 5 },
				carried: chain::SlotCount { assigned: 8, missed: 2 },
				uptime: Perbill::from_percent(75),
				factor: Perbill::from_percent(85),
				points: chain::PointsChange { before: 300, due: 400, after: 340 },
				consequence,
			};
			let shown = Performance::new(info, &Accounts::with_prefix(42));
			assert_eq!(
				to_value(shown).expect("it is JSON"),
				json!({
					"validator": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
					"era": 7,
					"slots": { "assigned": 20, "missed": 5 },
					"carried": { "assigned": 8, "missed": 2 },
					"uptime": "0.750000000",
					"factor": "0.850000000",
					"points": { "before": 300, "due": 400, "after": 340 },
					"consequence": json,
				})
			);
		}
	}
}
