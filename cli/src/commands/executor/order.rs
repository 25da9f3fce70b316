//! An action of the chain as an order to the executor.
//!
//! What the order says is hashed here again, so that a node can't have another thing done than what was
//! approved under the hash.

use crate::{
	chain::actions::{Action, Kind},
	digest::Hash,
	executor::{Order, Parameter, Target},
	keys::AccountName,
};
use aitbc_core::{AgentId, KindId, Parameter as Given, Target as On, Word, Work};
use aitbc_telemetry::Series;
use serde_json::Value;

/// Why an action is no order for an executor.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoOrder {
	/// The chain does it itself, or nobody does.
	#[error("no executor does it")]
	NotACommand,
	/// The kind changed since.
	#[error("its kind changed since it was recommended")]
	KindChanged,
	/// The node says something that makes no sense.
	#[error("the node's answer about it makes no sense: {0}")]
	Senseless(&'static str),
	/// What the node says has another hash.
	#[error("what the node says of it hashes to {computed}, and not to {claimed}")]
	OtherHash {
		/// What it hashes to.
		computed: Hash,
		/// What the node says.
		claimed: Hash,
	},
}

/// The order that `action` is, whose kind is `kind`.
pub fn of(action: &Action, kind: &Kind) -> Result<Order, NoOrder> {
	let work = work(&action.work)?;
	let rollback = action.rollback.as_ref().map(self::work).transpose()?;
	let Work::Command(given) = &work else { return Err(NoOrder::NotACommand) };
	if kind.version != action.version || kind.kind != action.kind {
		return Err(NoOrder::KindChanged);
	}
	let rules = &kind.performer.parameters;
	if rules.len() != given.len() {
		return Err(NoOrder::Senseless("it has more or fewer parameters than its kind"));
	}
	let parameters = rules.iter().zip(given).map(|(rule, given)| {
		let value = match given {
			Given::Integer(number) => Parameter::Integer(*number),
			Given::Flag(flag) => Parameter::Flag(*flag),
			Given::Word(word) => Parameter::Word(word.to_string()),
		};
		(rule.name.clone(), value)
	});
	let parameters = parameters.collect();
	let target = target(&action.target)?;
	let on = match target {
		Target::Network => On::Network,
		Target::Validator(stash) => On::Validator(stash),
		Target::Agent(agent) => On::Agent(AgentId(agent)),
	};
	let order = aitbc_core::Order {
		kind: KindId(action.kind),
		version: action.version,
		target: on,
		work: work.clone(),
		rollback,
		series: series(action)?,
	};
	let computed = Hash(order.hash());
	if computed != action.hash {
		return Err(NoOrder::OtherHash { computed, claimed: action.hash });
	}
	let kind = kind.name.clone();
	Ok(Order { action: action.action, kind, target, parameters, hash: computed })
}

/// The series that the node says is to get better.
fn series(action: &Action) -> Result<Option<Series>, NoOrder> {
	let senseless = |_| NoOrder::Senseless("its series is not known here");
	action.series.as_deref().map(str::parse).transpose().map_err(senseless)
}

/// What the node says that an action is done to.
pub fn target(value: &Value) -> Result<Target, NoOrder> {
	let senseless = || NoOrder::Senseless("it has no target");
	match value["type"].as_str() {
		Some("network") => Ok(Target::Network),
		Some("agent") => value["agent"].as_u64().map(Target::Agent).ok_or_else(senseless),
		Some("validator") => {
			let account = value["account"].as_str().and_then(|text| text.parse().ok());
			match account {
				Some(AccountName::Address(account)) => Ok(Target::Validator(account.0)),
				_ => Err(senseless()),
			}
		},
		_ => Err(senseless()),
	}
}

/// What the node says that is done.
fn work(value: &Value) -> Result<Work, NoOrder> {
	let senseless = || NoOrder::Senseless("it does nothing that is known here");
	match value["type"].as_str() {
		Some("note") => Ok(Work::Note),
		Some("call") => {
			let digits = value["bytes"].as_str().and_then(|text| text.strip_prefix("0x"));
			let bytes = digits.and_then(|digits| hex::decode(digits).ok()).ok_or_else(senseless)?;
			bytes.try_into().map(Work::Call).map_err(|_| senseless())
		},
		Some("command") => {
			let given = value["parameters"].as_array().ok_or_else(senseless)?;
			let given: Option<Vec<_>> = given.iter().map(parameter).collect();
			let given = given.ok_or_else(senseless)?;
			given.try_into().map(Work::Command).map_err(|_| senseless())
		},
		_ => Err(senseless()),
	}
}

fn parameter(value: &Value) -> Option<Given> {
	let given = &value["value"];
	match value["type"].as_str()? {
		"integer" => given.as_str()?.parse().ok().map(Given::Integer),
		"flag" => given.as_bool().map(Given::Flag),
		"word" => Word::new(given.as_str()?.as_bytes()).map(Given::Word),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn kind() -> Kind {
		from_value(json!({
			"kind": 2, "version": 3, "name": "restart-service", "class": "low",
			"performer": { "type": "executor", "parameters": [
				{ "name": "service", "bounds": { "type": "word", "words": ["node"] } },
				{ "name": "delay", "bounds": { "type": "integer", "least": "0", "greatest": "9" } },
				{ "name": "force", "bounds": { "type": "flag" } },
			] },
			"targets": "validators", "verification": { "type": "operator" },
			"rateLimit": { "count": 1, "period": 1 }, "cooldown": 1, "blastRadius": "0.1",
			"timeToLive": 1, "lease": 1, "watch": 1, "needsSimulation": false, "reversibleBy": null,
		}))
		.expect("it is a kind")
	}

	/// What a node says of an action that does `work`, under the right hash.
	fn action(work: &Value) -> Action {
		let said = |hash: &Hash| {
			from_value::<Action>(json!({
				"action": 7, "hash": hash, "source": { "type": "anomaly" }, "kind": 2, "version": 3,
				"target": { "type": "validator", "account": ALICE }, "work": work, "rollback": null,
				"terms": {}, "idea": null, "report": null, "series": null, "expires": 9,
				"simulation": { "type": "notNeeded" }, "approvals": [], "isForced": false, "spam": [],
				"state": { "type": "verified" },
			}))
			.expect("it is an action")
		};
		match of(&said(&Hash([0; 32])), &kind()) {
			Err(NoOrder::OtherHash { computed, .. }) => said(&computed),
			_ => said(&Hash([0; 32])),
		}
	}

	fn restart() -> Value {
		json!({ "type": "command", "parameters": [
			{ "type": "word", "value": "node" },
			{ "type": "integer", "value": "5" },
			{ "type": "flag", "value": true },
		] })
	}

	#[test]
	fn order_should_have_what_was_approved() {
		let action = action(&restart());

		let order = of(&action, &kind()).expect("it is one");

		assert_eq!((order.action, order.kind.as_str()), (7, "restart-service"));
		assert_eq!(order.target.to_string(), format!("validator:{ALICE}"));
		let parameters = [
			("service".to_owned(), Parameter::Word("node".into())),
			("delay".to_owned(), Parameter::Integer(5)),
			("force".to_owned(), Parameter::Flag(true)),
		];
		assert_eq!(order.parameters, parameters);
		assert_eq!(order.hash, action.hash);
	}

	#[test]
	fn order_should_be_refused_when_a_node_changes_what_is_done() {
		let honest = action(&restart());
		let changes: [fn(&mut Action); 5] = [
			|action| action.work["parameters"][1]["value"] = json!("6"),
			|action| action.target = json!({ "type": "agent", "agent": 1 }),
			|action| action.rollback = Some(json!({ "type": "note" })),
			|action| action.series = Some("block-time".into()),
			|action| action.hash = Hash([1; 32]),
		];
		for change in changes {
			let mut action = honest.clone();
			change(&mut action);
			let refused = of(&action, &kind());
			assert!(matches!(refused, Err(NoOrder::OtherHash { .. })), "{refused:?}");
		}
	}

	#[test]
	fn order_should_be_refused_when_it_is_none() {
		assert_eq!(of(&action(&json!({ "type": "note" })), &kind()), Err(NoOrder::NotACommand));
		let call = json!({ "type": "call", "bytes": "0x0102" });
		assert_eq!(of(&action(&call), &kind()), Err(NoOrder::NotACommand));
		let changed = Kind { version: 4, ..kind() };
		assert_eq!(of(&action(&restart()), &changed), Err(NoOrder::KindChanged));
		for work in [
			json!({ "type": "script" }),
			json!({ "type": "command", "parameters": [{ "type": "word", "value": "; reboot" }] }),
			json!({ "type": "command", "parameters": [] }),
		] {
			let refused = of(&action(&work), &kind());
			assert!(matches!(refused, Err(NoOrder::Senseless(_))), "{work}: {refused:?}");
		}
		let mut unheard = action(&restart());
		unheard.series = Some("mood".into());
		assert!(matches!(of(&unheard, &kind()), Err(NoOrder::Senseless(_))));
	}
}
