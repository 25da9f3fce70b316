//! All jurors together.

use crate::rpc::format::Plancks;
use aitbc_core::CaseId;
use pallet_jurors::types as chain;
use serde::Serialize;

/// All jurors, and the juries that are to be drawn.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pool {
	jurors: u32,
	weight: Plancks,
	min_bond: Plancks,
	waiting: Vec<JuryRequest>,
	waiting_count: u64,
}

/// A jury that is to be drawn.
#[derive(Clone, Copy, Debug, Serialize)]
struct JuryRequest {
	case: CaseId,
	round: u8,
	seats: u32,
	stake: Plancks,
	/// An epoch.
	due: u64,
}

impl From<chain::PoolInfo> for Pool {
	fn from(info: chain::PoolInfo) -> Self {
		let chain::PoolInfo { jurors, weight, min_bond, waiting, waiting_count } = info;
		Self {
			jurors,
			weight: Plancks(weight),
			min_bond: Plancks(min_bond),
			waiting: waiting.into_iter().map(Into::into).collect(),
			waiting_count,
		}
	}
}

impl From<chain::JuryRequest> for JuryRequest {
	fn from(request: chain::JuryRequest) -> Self {
		let chain::JuryRequest { case, round, seats, stake, due } = request;
		Self { case, round: round.0, seats, stake: Plancks(stake), due: due.0 }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::Round;
	use chain::Epoch;
	use serde_json::{json, to_value};

	#[test]
	fn pools_should_keep_their_golden_form() {
		let request = chain::JuryRequest {
			case: CaseId(4),
			round: Round(1),
			seats: 7,
			stake: 100,
			due: Epoch(9),
		};
		let info = chain::PoolInfo {
			jurors: 2,
			weight: 2_500,
			min_bond: 1_000,
			waiting: vec![request],
			waiting_count: 101,
		};

		assert_eq!(
			to_value(Pool::from(info)).expect("a pool is JSON"),
			json!({
				"jurors": 2,
				"weight": "2500",
				"minBond": "1000",
				"waiting": [{ "case": 4, "round": 1, "seats": 7, "stake": "100", "due": 9 }],
				"waitingCount": 101,
			})
		);
	}
}
