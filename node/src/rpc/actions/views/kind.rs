//! The catalogue.

use super::Class;
use crate::rpc::format::Share;
use pallet_actions::types as chain;
use serde::Serialize;

/// What a parameter may be. Numbers of 64 bits are strings.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Bounds {
	Integer { least: String, greatest: String },
	Flag {},
	Word { words: Vec<String> },
}

impl From<chain::ParameterBounds> for Bounds {
	fn from(bounds: chain::ParameterBounds) -> Self {
		use chain::ParameterBounds as B;
		match bounds {
			B::Integer { least, greatest } => {
				Self::Integer { least: least.to_string(), greatest: greatest.to_string() }
			},
			B::Flag => Self::Flag {},
			B::Word(words) => Self::Word { words: words.iter().map(ToString::to_string).collect() },
		}
	}
}

/// A parameter.
#[derive(Clone, Debug, Serialize)]
struct Rule {
	name: String,
	bounds: Bounds,
}

/// Who does it.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Performer {
	Nobody {},
	Executor { parameters: Vec<Rule> },
	Chain { pallet: u8, call: u8 },
}

impl From<chain::Performer> for Performer {
	fn from(performer: chain::Performer) -> Self {
		use chain::Performer as P;
		match performer {
			P::Nobody => Self::Nobody {},
			P::Executor { parameters } => {
				let rule = |rule: chain::ParameterRule| Rule {
					name: rule.name.to_string(),
					bounds: rule.bounds.into(),
				};
				Self::Executor { parameters: parameters.into_iter().map(rule).collect() }
			},
			P::Chain { pallet, call } => Self::Chain { pallet, call },
		}
	}
}

/// What it is done to.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Targets {
	Network,
	Validators,
	Agents,
}

impl From<chain::Targets> for Targets {
	fn from(targets: chain::Targets) -> Self {
		match targets {
			chain::Targets::Network => Self::Network,
			chain::Targets::Validators => Self::Validators,
			chain::Targets::Agents => Self::Agents,
		}
	}
}

/// Who has to agree.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Verification {
	Nobody {},
	Operator {},
	Approvers { needed: u32 },
	Governance {},
}

impl From<chain::Verification> for Verification {
	fn from(verification: chain::Verification) -> Self {
		use chain::Verification as V;
		match verification {
			V::Nobody => Self::Nobody {},
			V::Operator => Self::Operator {},
			V::Approvers(needed) => Self::Approvers { needed },
			V::Governance => Self::Governance {},
		}
	}
}

/// How often it may begin.
#[derive(Clone, Copy, Debug, Serialize)]
struct RateLimit {
	count: u32,
	period: u32,
}

/// A kind of action. Lengths of time are in blocks.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Kind {
	kind: u16,
	version: u32,
	name: String,
	class: Class,
	performer: Performer,
	targets: Targets,
	verification: Verification,
	rate_limit: RateLimit,
	cooldown: u32,
	blast_radius: Share,
	time_to_live: u32,
	lease: u32,
	watch: u32,
	needs_simulation: bool,
	reversible_by: Option<u16>,
}

impl From<chain::KindInfo> for Kind {
	fn from(info: chain::KindInfo) -> Self {
		let chain::KindInfo { id, version, kind } = info;
		Self {
			kind: id.0,
			version,
			name: kind.name.to_string(),
			class: Class(kind.class),
			performer: kind.performer.into(),
			targets: kind.targets.into(),
			verification: kind.verification.into(),
			rate_limit: RateLimit { count: kind.rate_limit.count, period: kind.rate_limit.period },
			cooldown: kind.cooldown,
			blast_radius: Share(kind.blast_radius),
			time_to_live: kind.time_to_live,
			lease: kind.lease,
			watch: kind.watch,
			needs_simulation: kind.needs_simulation,
			reversible_by: kind.reversible_by.map(|id| id.0),
		}
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use aitbc_core::{KindId, RiskClass, Word};
	use serde_json::{json, to_value};
	use sp_runtime::Perbill;

	fn word(text: &str) -> Word {
		Word::new(text.as_bytes()).expect("it is a word")
	}

	fn info() -> chain::KindInfo {
		let rules = [
			("delay", chain::ParameterBounds::Integer { least: -1, greatest: i64::MAX }),
			("force", chain::ParameterBounds::Flag),
			(
				"service",
				chain::ParameterBounds::Word(vec![word("node")].try_into().expect("it is one")),
			),
		];
		let rule = |(name, bounds)| chain::ParameterRule { name: word(name), bounds };
		let parameters: Vec<_> = rules.into_iter().map(rule).collect();
		let parameters = parameters.try_into().expect("there are few");
		let kind = chain::Kind {
			name: word("restart-service"),
			class: RiskClass::Low,
			performer: chain::Performer::Executor { parameters },
			targets: chain::Targets::Validators,
			verification: chain::Verification::Approvers(2),
			rate_limit: chain::RateLimit { count: 3, period: 40 },
			cooldown: 5,
			blast_radius: Perbill::from_percent(10),
			time_to_live: 6,
			lease: 7,
			watch: 8,
			needs_simulation: true,
			reversible_by: Some(KindId(9)),
		};
		chain::KindInfo { id: KindId(1), version: 2, kind }
	}

	#[test]
	fn kind_should_show_all_of_it() {
		let expected = json!({
			"kind": 1,
			"version": 2,
			"name": "restart-service",
			"class": "low",
			"performer": { "type": "executor", "parameters": [
				{ "name": "delay", "bounds": {
					"type": "integer", "least": "-1", "greatest": "9223372036854775807" } },
				{ "name": "force", "bounds": { "type": "flag" } },
				{ "name": "service", "bounds": { "type": "word", "words": ["node"] } },
			] },
			"targets": "validators",
			"verification": { "type": "approvers", "needed": 2 },
			"rateLimit": { "count": 3, "period": 40 },
			"cooldown": 5,
			"blastRadius": "0.100000000",
			"timeToLive": 6,
			"lease": 7,
			"watch": 8,
			"needsSimulation": true,
			"reversibleBy": 9,
		});
		assert_eq!(to_value(Kind::from(info())).expect("it is JSON"), expected);
	}

	#[test]
	fn kind_should_show_whoever_does_it_and_agrees() {
		let mut info = info();
		info.kind.performer = chain::Performer::Chain { pallet: 1, call: 2 };
		info.kind.verification = chain::Verification::Governance;
		info.kind.targets = chain::Targets::Network;
		let shown = to_value(Kind::from(info.clone())).expect("it is JSON");
		assert_eq!(shown["performer"], json!({ "type": "chain", "pallet": 1, "call": 2 }));
		assert_eq!(shown["verification"], json!({ "type": "governance" }));
		assert_eq!(shown["targets"], "network");

		info.kind.performer = chain::Performer::Nobody;
		info.kind.verification = chain::Verification::Nobody;
		info.kind.targets = chain::Targets::Agents;
		let shown = to_value(Kind::from(info.clone())).expect("it is JSON");
		assert_eq!(shown["performer"], json!({ "type": "nobody" }));
		assert_eq!(shown["verification"], json!({ "type": "nobody" }));
		assert_eq!(shown["targets"], "agents");

		info.kind.verification = chain::Verification::Operator;
		let shown = to_value(Kind::from(info)).expect("it is JSON");
		assert_eq!(shown["verification"], json!({ "type": "operator" }));
	}
}
