//! What stops actions, targets, and what became of models' ideas.

use super::Class;
use crate::rpc::{
	accounts::{Accounts, Address},
	format::Plancks,
};
use aitbc_core::AccountId;
use pallet_actions::types as chain;
use serde::Serialize;

/// Which breaker.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Scope {
	All {},
	Class { class: Class },
}

impl From<chain::Scope> for Scope {
	fn from(scope: chain::Scope) -> Self {
		match scope {
			chain::Scope::All => Self::All {},
			chain::Scope::Class(class) => Self::Class { class: Class(class) },
		}
	}
}

/// Where a breaker stands.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Position {
	Closed {},
	Open { until: u32 },
	HalfOpen { successes: u32 },
}

impl From<chain::Position> for Position {
	fn from(position: chain::Position) -> Self {
		use chain::Position as P;
		match position {
			P::Closed => Self::Closed {},
			P::Open { until } => Self::Open { until },
			P::HalfOpen { successes } => Self::HalfOpen { successes },
		}
	}
}

/// A breaker.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Breaker {
	scope: Scope,
	position: Position,
	failures: u32,
	openings: u32,
	/// How many began since that block.
	starts: u32,
	starts_since: u32,
}

/// When breakers of classes open and close. The global one bears twice as many failures and starts.
#[derive(Clone, Copy, Debug, Serialize)]
struct BreakerTerms {
	failures: u32,
	starts: u32,
	period: u32,
	recoveries: u32,
}

/// Where actions stand as a whole.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
	is_killed: bool,
	breakers: Vec<Breaker>,
	breaker_terms: BreakerTerms,
	approvers: Vec<Address>,
	/// The ids of agents.
	recommenders: Vec<u64>,
	validators: u32,
	under_action: u32,
	deposit: Plancks,
	max_open: u32,
	kept_blocks: u32,
	count: u64,
}

impl Status {
	/// Shows it.
	pub fn new(info: chain::ActionsInfo<AccountId>, accounts: &Accounts) -> Self {
		let breaker = |scope: chain::Scope| {
			let breaker = info.breakers.of(scope);
			Breaker {
				scope: scope.into(),
				position: breaker.position.into(),
				failures: breaker.failures,
				openings: breaker.openings,
				starts: breaker.starts.1,
				starts_since: breaker.starts.0,
			}
		};
		let terms = info.breaker_terms;
		Self {
			is_killed: info.is_killed,
			breakers: chain::Scope::ALL.into_iter().map(breaker).collect(),
			breaker_terms: BreakerTerms {
				failures: terms.failures,
				starts: terms.starts,
				period: terms.period,
				recoveries: terms.recoveries,
			},
			approvers: info.approvers.iter().map(|account| accounts.address(account)).collect(),
			recommenders: info.recommenders.iter().map(|agent| agent.0).collect(),
			validators: info.validators,
			under_action: info.under_action,
			deposit: Plancks(info.deposit),
			max_open: info.max_open,
			kept_blocks: info.kept_blocks,
			count: info.count,
		}
	}
}

/// What is known of a target.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
	is_there: bool,
	operator: Option<Address>,
	/// The id of an agent.
	executor: Option<u64>,
	is_braked: bool,
	/// The id of an action.
	under_action: Option<u64>,
}

impl Standing {
	/// Shows it.
	pub fn new(info: chain::TargetInfo<AccountId>, accounts: &Accounts) -> Self {
		Self {
			is_there: info.is_there,
			operator: info.operator.map(|account| accounts.address(&account)),
			executor: info.executor.map(|agent| agent.0),
			is_braked: info.is_braked,
			under_action: info.under_action.map(|action| action.0),
		}
	}
}

/// What the actions of a kind came to that an agent's model had the idea of.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrackRecord {
	kind: u16,
	agent: u64,
	model: String,
	model_version: u32,
	helped: u32,
	no_effect: u32,
	worse: u32,
	unjudged: u32,
	failed: u32,
	unknown: u32,
}

impl From<chain::TrackRecordInfo> for TrackRecord {
	fn from(info: chain::TrackRecordInfo) -> Self {
		let chain::TrackRecordInfo { kind, agent, model, record } = info;
		Self {
			kind: kind.0,
			agent: agent.0,
			model: model.name.to_string(),
			model_version: model.version,
			helped: record.helped,
			no_effect: record.no_effect,
			worse: record.worse,
			unjudged: record.unjudged,
			failed: record.failed,
			unknown: record.unknown,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{ActionId, AgentId, KindId, Word};
	use serde_json::{json, to_value};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn accounts() -> Accounts {
		Accounts::with_prefix(42)
	}

	fn alice() -> AccountId {
		sp_keyring::Sr25519Keyring::Alice.to_account_id()
	}

	#[test]
	fn status_should_show_all_of_it() {
		let mut breakers = chain::Breakers::default();
		breakers.all.position = chain::Position::Open { until: 9 };
		breakers.low.position = chain::Position::HalfOpen { successes: 1 };
		breakers.low.failures = 2;
		breakers.low.openings = 3;
		breakers.low.starts = (4, 5);
		let info = chain::ActionsInfo {
			is_killed: true,
			breakers,
			breaker_terms: chain::BreakerTerms {
				failures: 3,
				starts: 16,
				period: 20,
				recoveries: 2,
			},
			approvers: vec![alice()],
			recommenders: vec![AgentId(6)],
			validators: 4,
			under_action: 1,
			deposit: 7,
			max_open: 8,
			kept_blocks: 10,
			count: 11,
		};
		let breaker = |scope, position, [failures, openings, since, starts]: [u32; 4]| {
			json!({
				"scope": scope,
				"position": position,
				"failures": failures,
				"openings": openings,
				"starts": starts,
				"startsSince": since,
			})
		};
		let class = |class: &str| json!({ "type": "class", "class": class });
		let closed = || json!({ "type": "closed" });
		let half = json!({ "type": "halfOpen", "successes": 1 });
		let expected = json!({
			"isKilled": true,
			"breakers": [
				breaker(json!({ "type": "all" }), json!({ "type": "open", "until": 9 }), [0; 4]),
				breaker(class("info"), closed(), [0; 4]),
				breaker(class("low"), half, [2, 3, 4, 5]),
				breaker(class("medium"), closed(), [0; 4]),
				breaker(class("high"), closed(), [0; 4]),
			],
			"breakerTerms": { "failures": 3, "starts": 16, "period": 20, "recoveries": 2 },
			"approvers": [ALICE],
			"recommenders": [6],
			"validators": 4,
			"underAction": 1,
			"deposit": "7",
			"maxOpen": 8,
			"keptBlocks": 10,
			"count": 11,
		});
		assert_eq!(to_value(Status::new(info, &accounts())).expect("it is JSON"), expected);
	}

	#[test]
	fn target_should_show_all_of_it() {
		let info = chain::TargetInfo {
			is_there: true,
			operator: Some(alice()),
			executor: Some(AgentId(1)),
			is_braked: true,
			under_action: Some(ActionId(2)),
		};
		let expected = json!({
			"isThere": true, "operator": ALICE, "executor": 1, "isBraked": true, "underAction": 2,
		});
		assert_eq!(to_value(Standing::new(info, &accounts())).expect("it is JSON"), expected);
	}

	#[test]
	fn track_record_should_show_all_of_it() {
		let model = chain::Model { name: Word::new(b"m").expect("it is a word"), version: 2 };
		let record = chain::TrackRecord {
			helped: 1,
			no_effect: 2,
			worse: 3,
			unjudged: 4,
			failed: 5,
			unknown: 6,
		};
		let info = chain::TrackRecordInfo { kind: KindId(1), agent: AgentId(7), model, record };
		let expected = json!({
			"kind": 1, "agent": 7, "model": "m", "modelVersion": 2, "helped": 1, "noEffect": 2, "worse": 3,
			"unjudged": 4, "failed": 5, "unknown": 6,
		});
		assert_eq!(to_value(TrackRecord::from(info)).expect("it is JSON"), expected);
	}
}
