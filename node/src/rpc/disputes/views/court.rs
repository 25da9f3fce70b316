//! What a court costs, and how long it takes.

use crate::rpc::format::{Plancks, Share};
use aitbc_runtime::BlockNumber;
use pallet_disputes::types as chain;
use serde::Serialize;

/// What a case that is opened now costs and how long it takes.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Court {
	filing_fee: Plancks,
	deposit: Plancks,
	terms: CourtTerms,
	seats: Vec<u32>,
	court_fee: Plancks,
	least_value: Plancks,
	incoherent_slash: Share,
	silence_slash: Share,
	settlement_period: BlockNumber,
	evidence_period: BlockNumber,
	commit_period: BlockNumber,
	reveal_period: BlockNumber,
	appeal_period: BlockNumber,
	oversight_period: BlockNumber,
}

/// What a seat earns and risks.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CourtTerms {
	seat_fee: Plancks,
	seat_stake: Plancks,
}

impl From<chain::CourtInfo> for Court {
	fn from(info: chain::CourtInfo) -> Self {
		Self {
			filing_fee: Plancks(info.filing_fee),
			deposit: Plancks(info.deposit),
			terms: info.terms.into(),
			seats: info.seats,
			court_fee: Plancks(info.court_fee),
			least_value: Plancks(info.least_value),
			incoherent_slash: Share(info.incoherent_slash),
			silence_slash: Share(info.silence_slash),
			settlement_period: info.settlement_period,
			evidence_period: info.evidence_period,
			commit_period: info.commit_period,
			reveal_period: info.reveal_period,
			appeal_period: info.appeal_period,
			oversight_period: info.oversight_period,
		}
	}
}

impl From<chain::CourtTerms> for CourtTerms {
	fn from(terms: chain::CourtTerms) -> Self {
		let chain::CourtTerms { seat_fee, seat_stake } = terms;
		Self { seat_fee: Plancks(seat_fee), seat_stake: Plancks(seat_stake) }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};
	use sp_runtime::Perbill;

	#[test]
	fn courts_should_keep_their_golden_form() {
		let info = chain::CourtInfo {
			filing_fee: 1,
			deposit: 2,
			terms: chain::CourtTerms { seat_fee: 5, seat_stake: 100 },
			seats: vec![3, 7],
			court_fee: 15,
			least_value: 75,
			incoherent_slash: Perbill::from_percent(20),
			silence_slash: Perbill::from_percent(50),
			settlement_period: 20,
			evidence_period: 60,
			commit_period: 40,
			reveal_period: 41,
			appeal_period: 42,
			oversight_period: 43,
		};

		assert_eq!(
			to_value(Court::from(info)).expect("a court is JSON"),
			json!({
				"filingFee": "1",
				"deposit": "2",
				"terms": { "seatFee": "5", "seatStake": "100" },
				"seats": [3, 7],
				"courtFee": "15",
				"leastValue": "75",
				"incoherentSlash": "0.200000000",
				"silenceSlash": "0.500000000",
				"settlementPeriod": 20,
				"evidencePeriod": 60,
				"commitPeriod": 40,
				"revealPeriod": 41,
				"appealPeriod": 42,
				"oversightPeriod": 43,
			})
		);
	}
}
