//! What agents offer, and how well it fits what somebody looks for.

use super::version::Version;
use crate::rpc::format::{Number, Plancks, Share};
use aitbc_core::{AgentId, ParametersHash, TagId};
use aitbc_runtime::BlockNumber;
use pallet_agents::types as chain;
use serde::Serialize;

/// A capability of an agent.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Capability {
	tag: TagId,
	version: Version,
	performance: Number,
	price: Plancks,
	capacity: u32,
	parameters: ParametersHash,
	deposit: Plancks,
}

/// What the index of capabilities says about an active agent's capability.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
	agent: AgentId,
	version: Version,
	performance_share: Share,
	price: Plancks,
	capacity: u32,
	parameters: ParametersHash,
	live_until: BlockNumber,
	lower_bound: Share,
}

/// What a search found.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Search {
	matches: Vec<Match>,
	candidates: u32,
	pages_read: u32,
	pages: u32,
}

/// An agent that meets the requirements.
#[derive(Clone, Debug, Serialize)]
struct Match {
	score: Share,
	fit: Fit,
	row: Row,
}

/// How well a candidate fits.
#[derive(Clone, Debug, Serialize)]
struct Fit {
	version: Share,
	parameters: Share,
	performance: Share,
	cost: Share,
	availability: Share,
}

impl From<chain::CapabilityInfo> for Capability {
	fn from(info: chain::CapabilityInfo) -> Self {
		let chain::CapabilityTerms { version, performance, price, capacity, parameters } =
			info.terms;
		Self {
			tag: info.tag,
			version: version.into(),
			performance: Number(performance),
			price: Plancks(price),
			capacity,
			parameters,
			deposit: Plancks(info.deposit),
		}
	}
}

impl From<chain::CapabilityRow> for Row {
	fn from(row: chain::CapabilityRow) -> Self {
		Self {
			agent: row.agent,
			version: row.version.into(),
			performance_share: Share(row.performance),
			price: Plancks(row.price),
			capacity: row.capacity,
			parameters: row.parameters,
			live_until: row.standing.live_until,
			lower_bound: Share(row.standing.lower_bound),
		}
	}
}

impl From<chain::MatchPage> for Search {
	fn from(page: chain::MatchPage) -> Self {
		Self {
			matches: page.matches.into_iter().map(Into::into).collect(),
			candidates: page.candidates,
			pages_read: page.pages_read,
			pages: page.pages,
		}
	}
}

impl From<chain::AgentMatch> for Match {
	fn from(found: chain::AgentMatch) -> Self {
		let chain::Fit { version, parameters, performance, cost, availability } = found.fit;
		Self {
			score: Share(found.score),
			fit: Fit {
				version: Share(version),
				parameters: Share(parameters),
				performance: Share(performance),
				cost: Share(cost),
				availability: Share(availability),
			},
			row: found.row.into(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{Decimal, Hash};
	use serde_json::{json, to_value, Value};
	use sp_runtime::Perbill;

	const VERSION: chain::CapabilityVersion = chain::CapabilityVersion { major: 1, minor: 2 };

	fn row() -> chain::CapabilityRow {
		chain::CapabilityRow {
			agent: AgentId(7),
			version: VERSION,
			performance: Perbill::from_percent(99),
			price: 1_000,
			capacity: 8,
			parameters: ParametersHash(Hash::repeat_byte(1)),
			standing: chain::Standing { live_until: 40, lower_bound: Perbill::from_percent(50) },
		}
	}

	fn row_json() -> Value {
		json!({
			"agent": 7,
			"version": "1.2",
			"performanceShare": "0.990000000",
			"price": "1000",
			"capacity": 8,
			"parameters": format!("0x{}", "01".repeat(32)),
			"liveUntil": 40,
			"lowerBound": "0.500000000",
		})
	}

	#[test]
	fn capabilities_should_keep_their_golden_form() {
		let info = chain::CapabilityInfo {
			tag: TagId(4),
			terms: chain::CapabilityTerms {
				version: VERSION,
				performance: Decimal { value: 990, decimals: 1 },
				price: 1_000,
				capacity: 8,
				parameters: ParametersHash(Hash::repeat_byte(1)),
			},
			deposit: 5,
		};

		assert_eq!(
			to_value(Capability::from(info)).expect("a capability is JSON"),
			json!({
				"tag": 4,
				"version": "1.2",
				"performance": "99",
				"price": "1000",
				"capacity": 8,
				"parameters": format!("0x{}", "01".repeat(32)),
				"deposit": "5",
			})
		);
	}

	#[test]
	fn rows_should_keep_their_golden_form() {
		assert_eq!(to_value(Row::from(row())).expect("a row is JSON"), row_json());
	}

	#[test]
	fn searches_should_keep_their_golden_form() {
		let percent = Perbill::from_percent;
		let found = chain::AgentMatch {
			score: percent(60),
			fit: chain::Fit {
				version: percent(50),
				parameters: percent(100),
				performance: percent(99),
				cost: percent(25),
				availability: percent(75),
			},
			row: row(),
		};
		let page = chain::MatchPage {
			matches: vec![found],
			candidates: 3,
			pages_read: 1,
			pages: 2,
			next: Some(chain::PageIndex(1)),
		};

		assert_eq!(
			to_value(Search::from(page)).expect("a search is JSON"),
			json!({
				"matches": [{
					"score": "0.600000000",
					"fit": {
						"version": "0.500000000",
						"parameters": "1.000000000",
						"performance": "0.990000000",
						"cost": "0.250000000",
						"availability": "0.750000000",
					},
					"row": row_json(),
				}],
				"candidates": 3,
				"pagesRead": 1,
				"pages": 2,
			})
		);
	}
}
