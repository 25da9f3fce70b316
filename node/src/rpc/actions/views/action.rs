//! Actions, and where they stand.

use super::{hexadecimal, Class};
use crate::rpc::{
	accounts::{Accounts, Address},
	actions::inputs::Target,
	format::{ascii, Number, Plancks},
};
use aitbc_core::{AccountId, Decimal, Parameter as Given, Work as Done};

use pallet_actions::types as chain;
use serde::Serialize;

/// Who put an action on the chain.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Source {
	Account { account: Address, agent: Option<u64>, deposit: Plancks },
	Anomaly {},
	Rollback { action: u64 },
}

impl Source {
	fn new(source: chain::Source<AccountId>, accounts: &Accounts) -> Self {
		use chain::Source as S;
		match source {
			S::Account { who, agent, deposit } => Self::Account {
				account: accounts.address(&who),
				agent: agent.map(|agent| agent.id.0),
				deposit: Plancks(deposit),
			},
			S::Anomaly => Self::Anomaly {},
			S::Rollback(action) => Self::Rollback { action: action.0 },
		}
	}
}

/// What an action is done with. Numbers of 64 bits are strings.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
enum Parameter {
	Integer(String),
	Flag(bool),
	Word(String),
}

impl From<Given> for Parameter {
	fn from(parameter: Given) -> Self {
		match parameter {
			Given::Integer(number) => Self::Integer(number.to_string()),
			Given::Flag(flag) => Self::Flag(flag),
			Given::Word(word) => Self::Word(word.to_string()),
		}
	}
}

/// What is done.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Work {
	Note {},
	Command { parameters: Vec<Parameter> },
	Call { bytes: String },
}

impl From<Done> for Work {
	fn from(work: Done) -> Self {
		match work {
			Done::Note => Self::Note {},
			Done::Command(given) => {
				Self::Command { parameters: given.into_iter().map(Parameter::from).collect() }
			},
			Done::Call(bytes) => Self::Call { bytes: hexadecimal(bytes) },
		}
	}
}

/// What it keeps of its kind. Lengths of time are in blocks.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
	class: Class,
	cooldown: u32,
	lease: u32,
	watch: u32,
	reversible_by: Option<u16>,
}

/// Where the idea came from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Idea {
	rationale_uri: String,
	rationale_hash: String,
	model: String,
	model_version: u32,
	/// In percent.
	confidence: u8,
}

impl From<chain::Idea> for Idea {
	fn from(idea: chain::Idea) -> Self {
		Self {
			rationale_uri: ascii(idea.rationale.uri.into_inner()),
			rationale_hash: hexadecimal(idea.rationale.hash.0),
			model: idea.model.name.to_string(),
			model_version: idea.model.version,
			confidence: idea.confidence.deconstruct(),
		}
	}
}

/// What was said before anybody approved.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum Simulation {
	NotNeeded {},
	Awaited {},
	Passed { evidence: String },
}

impl From<chain::Simulation> for Simulation {
	fn from(simulation: chain::Simulation) -> Self {
		use chain::Simulation as S;
		match simulation {
			S::NotNeeded => Self::NotNeeded {},
			S::Awaited => Self::Awaited {},
			S::Passed(evidence) => Self::Passed { evidence: hexadecimal(evidence.0) },
		}
	}
}

/// What the feed said of a series.
#[derive(Clone, Copy, Debug, Serialize)]
struct Reading {
	window: u32,
	median: Number,
	spread: Number,
}

impl From<chain::Reading> for Reading {
	fn from(reading: chain::Reading) -> Self {
		let number = |millionths: i64| Number(Decimal { value: millionths.into(), decimals: 6 });
		Self {
			window: reading.window,
			median: number(reading.median.millionths()),
			spread: number(reading.spread.millionths()),
		}
	}
}

/// What a series was before an action.
#[derive(Clone, Copy, Debug, Serialize)]
struct Baseline {
	series: &'static str,
	reading: Option<Reading>,
}

impl From<chain::Baseline> for Baseline {
	fn from(baseline: chain::Baseline) -> Self {
		Self { series: baseline.series.name(), reading: baseline.reading.map(Reading::from) }
	}
}

/// How it ended.
fn outcome(outcome: chain::Outcome) -> &'static str {
	use chain::Outcome as O;
	match outcome {
		O::Noted => "noted",
		O::Vetoed => "vetoed",
		O::Spam => "spam",
		O::Expired => "expired",
		O::Refuted => "refuted",
		O::Failed => "failed",
		O::Unknown => "unknown",
		O::Helped => "helped",
		O::NoEffect => "noEffect",
		O::Worse => "worse",
		O::Unjudged => "unjudged",
	}
}

/// Where it stands.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum State {
	Proposed {},
	Verified {},
	Running { agent: u64, wallet: Address, until: u32, baseline: Option<Baseline> },
	Watching { until: u32, baseline: Baseline, window: u32 },
	Ended { outcome: &'static str, at: u32, until: u32 },
}

impl State {
	fn new(state: chain::State<AccountId>, accounts: &Accounts) -> Self {
		use chain::State as S;
		match state {
			S::Proposed => Self::Proposed {},
			S::Verified => Self::Verified {},
			S::Running { executor, until, baseline } => Self::Running {
				agent: executor.agent.0,
				wallet: accounts.address(&executor.wallet),
				until,
				baseline: baseline.map(Baseline::from),
			},
			S::Watching { until, baseline, window } => {
				Self::Watching { until, baseline: baseline.into(), window }
			},
			S::Ended { outcome: how, at, until } => {
				Self::Ended { outcome: outcome(how), at, until }
			},
		}
	}
}

/// An action.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
	action: u64,
	/// The hash of its order, which approvals and claims name.
	hash: String,
	source: Source,
	kind: u16,
	version: u32,
	target: Target,
	work: Work,
	rollback: Option<Work>,
	terms: Terms,
	idea: Option<Idea>,
	report: Option<u64>,
	series: Option<&'static str>,
	expires: u32,
	simulation: Simulation,
	approvals: Vec<Address>,
	is_forced: bool,
	spam: Vec<Address>,
	state: State,
}

impl Action {
	/// Shows an action.
	pub fn new(info: chain::ActionInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::ActionInfo { id, hash, action } = info;
		let addresses = |set: chain::AccountSet<AccountId>| {
			set.iter().map(|account| accounts.address(account)).collect()
		};
		let terms = action.terms;
		Self {
			action: id.0,
			hash: hexadecimal(hash),
			source: Source::new(action.source, accounts),
			kind: action.order.kind.0,
			version: action.order.version,
			target: Target::new(action.order.target, accounts),
			work: action.order.work.into(),
			rollback: action.order.rollback.map(Work::from),
			terms: Terms {
				class: Class(terms.class),
				cooldown: terms.cooldown,
				lease: terms.lease,
				watch: terms.watch,
				reversible_by: terms.reversible_by.map(|reversal| reversal.kind.0),
			},
			idea: action.idea.map(Idea::from),
			report: action.report,
			series: action.order.series.map(|series| series.name()),
			expires: action.expires,
			simulation: action.simulation.into(),
			approvals: addresses(action.approvals),
			is_forced: action.is_forced,
			spam: addresses(action.spam),
			state: State::new(action.state, accounts),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_anomaly::Value;
	use aitbc_core::{
		ActionId, AgentId, DocumentHash, EvidenceHash, KindId, Order, RiskClass, Target as On, Word,
	};
	use aitbc_telemetry::Series;
	use serde_json::{json, to_value};
	use sp_core::H256;
	use sp_runtime::Percent;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

	fn accounts() -> Accounts {
		Accounts::with_prefix(42)
	}

	fn alice() -> AccountId {
		sp_keyring::Sr25519Keyring::Alice.to_account_id()
	}

	fn hash(byte: u8) -> String {
		format!("0x{}", hex::encode([byte; 32]))
	}

	fn info() -> chain::ActionInfo<AccountId> {
		let parameters = vec![
			Given::Integer(-5),
			Given::Flag(true),
			Given::Word(Word::new(b"node").expect("it is a word")),
		];
		let action = chain::Action {
			source: chain::Source::Account {
				who: alice(),
				agent: Some(chain::Recommender { id: AgentId(2), owner: alice() }),
				deposit: 7,
			},
			order: Order {
				kind: KindId(1),
				version: 2,
				target: On::Validator(alice()),
				work: Done::Command(parameters.try_into().expect("there are few")),
				rollback: Some(Done::Call(vec![1, 2].try_into().expect("it is short"))),
				series: Some(Series::FinalityLag),
			},
			terms: chain::Terms {
				class: RiskClass::High,
				cooldown: 3,
				lease: 4,
				watch: 5,
				reversible_by: Some(chain::Reversal { kind: KindId(6), version: 1 }),
			},
			idea: Some(chain::Idea {
				rationale: chain::Rationale {
					uri: b"ipfs://why".to_vec().try_into().expect("it is short"),
					hash: DocumentHash(H256::repeat_byte(1)),
				},
				model: chain::Model { name: Word::new(b"m").expect("it is a word"), version: 8 },
				confidence: Percent::from_percent(90),
			}),
			report: Some(9),
			expires: 10,
			simulation: chain::Simulation::Passed(EvidenceHash(H256::repeat_byte(2))),
			approvals: vec![alice()].try_into().expect("it is one"),
			is_forced: false,
			spam: Default::default(),
			state: chain::State::Proposed,
		};
		chain::ActionInfo { id: ActionId(3), hash: [4; 32], action }
	}

	fn shown_state(state: chain::State<AccountId>) -> serde_json::Value {
		to_value(State::new(state, &accounts())).expect("it is JSON")
	}

	#[test]
	fn action_should_show_all_of_it() {
		let expected = json!({
			"action": 3,
			"hash": hash(4),
			"source": { "type": "account", "account": ALICE, "agent": 2, "deposit": "7" },
			"kind": 1,
			"version": 2,
			"target": { "type": "validator", "account": ALICE },
			"work": { "type": "command", "parameters": [
				{ "type": "integer", "value": "-5" },
				{ "type": "flag", "value": true },
				{ "type": "word", "value": "node" },
			] },
			"rollback": { "type": "call", "bytes": "0x0102" },
			"terms": {
				"class": "high", "cooldown": 3, "lease": 4, "watch": 5, "reversibleBy": 6,
			},
			"idea": {
				"rationaleUri": "ipfs://why",
				"rationaleHash": hash(1),
				"model": "m",
				"modelVersion": 8,
				"confidence": 90,
			},
			"report": 9,
			"series": "finality-lag",
			"expires": 10,
			"simulation": { "type": "passed", "evidence": hash(2) },
			"approvals": [ALICE],
			"isForced": false,
			"spam": [],
			"state": { "type": "proposed" },
		});
		assert_eq!(to_value(Action::new(info(), &accounts())).expect("it is JSON"), expected);
	}

	#[test]
	fn action_of_the_chain_should_say_why_it_is_there() {
		let mut info = info();
		info.action.source = chain::Source::Rollback(ActionId(2));
		info.action.simulation = chain::Simulation::NotNeeded;
		info.action.order.work = Done::Note;
		let shown = to_value(Action::new(info.clone(), &accounts())).expect("it is JSON");
		assert_eq!(shown["source"], json!({ "type": "rollback", "action": 2 }));
		assert_eq!(shown["simulation"], json!({ "type": "notNeeded" }));
		assert_eq!(shown["work"], json!({ "type": "note" }));

		info.action.source = chain::Source::Anomaly;
		info.action.simulation = chain::Simulation::Awaited;
		let shown = to_value(Action::new(info, &accounts())).expect("it is JSON");
		assert_eq!(shown["source"], json!({ "type": "anomaly" }));
		assert_eq!(shown["simulation"], json!({ "type": "awaited" }));
	}

	#[test]
	fn state_should_show_all_of_it() {
		let reading = chain::Reading {
			window: 5,
			median: Value::from_millionths(3_500_000),
			spread: Value::from_millionths(250_000),
		};
		let baseline = chain::Baseline { series: Series::BlockTime, reading: Some(reading) };
		let shown_baseline = json!({
			"series": "block-time",
			"reading": { "window": 5, "median": "3.5", "spread": "0.25" },
		});
		let executor = chain::Executor { agent: AgentId(1), wallet: alice() };
		let running = chain::State::Running { executor, until: 2, baseline: Some(baseline) };
		assert_eq!(
			shown_state(running),
			json!({
				"type": "running",
				"agent": 1,
				"wallet": ALICE,
				"until": 2,
				"baseline": shown_baseline,
			})
		);
		assert_eq!(
			shown_state(chain::State::Watching { until: 3, baseline, window: 4 }),
			json!({ "type": "watching", "until": 3, "baseline": shown_baseline, "window": 4 })
		);
		assert_eq!(shown_state(chain::State::Verified), json!({ "type": "verified" }));
		let ended = chain::State::Ended { outcome: chain::Outcome::NoEffect, at: 5, until: 6 };
		assert_eq!(
			shown_state(ended),
			json!({ "type": "ended", "outcome": "noEffect", "at": 5, "until": 6 })
		);
	}

	#[test]
	fn outcomes_should_have_names_of_their_own() {
		use chain::Outcome as O;
		let all = [
			O::Noted,
			O::Vetoed,
			O::Spam,
			O::Expired,
			O::Refuted,
			O::Failed,
			O::Unknown,
			O::Helped,
			O::NoEffect,
			O::Worse,
			O::Unjudged,
		];
		let names: std::collections::BTreeSet<_> = all.into_iter().map(outcome).collect();
		assert_eq!(names.len(), all.len());
	}
}
