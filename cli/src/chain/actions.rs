//! Operations actions: the catalogue, where they stand, and the calls that move them.

mod governing;

use super::{
	audit::Answer,
	runtime,
	runtime::runtime_types::{
		aitbc_core::{
			action as generated,
			ids::{ActionId, AgentId, DocumentHash, EvidenceHash, KindId},
		},
		aitbc_runtime::RuntimeCall,
		aitbc_telemetry::series::Series as GeneratedSeries,
		bounded_collections::bounded_vec::BoundedVec,
		pallet_actions::types::action as pallet,
		sp_arithmetic::per_things::Percent,
	},
	Call, Chain, ChainCall, Error,
};
use crate::{amount::Amount, digest::Hash};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{json, Map, Value};
use subxt::{config::substrate::H256, utils::AccountId32};

pub use governing::{
	open_by_half, remove_kind, set_approvers, set_kind, set_reflex, KindEntry, Scope,
};

/// What an action is done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
	/// The network as a whole.
	Network,
	/// The node of a validator, by its stash.
	Validator(AccountId32),
	/// What an agent runs.
	Agent(u64),
}

impl Target {
	/// The same as the node wants it.
	fn json(&self) -> Value {
		match self {
			Self::Network => json!({ "type": "network" }),
			Self::Validator(AccountId32(bytes)) => {
				json!({ "type": "validator", "account": format!("0x{}", hex::encode(bytes)) })
			},
			Self::Agent(agent) => json!({ "type": "agent", "agent": agent }),
		}
	}

	fn generated(&self) -> generated::Target<AccountId32> {
		match self {
			Self::Network => generated::Target::Network,
			Self::Validator(stash) => generated::Target::Validator(*stash),
			Self::Agent(agent) => generated::Target::Agent(AgentId(*agent)),
		}
	}
}

/// What an action is done with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
	/// A whole number.
	Integer(i64),
	/// Yes or no.
	Flag(bool),
	/// A name.
	Word(String),
}

impl Parameter {
	fn generated(&self) -> generated::Parameter {
		match self {
			Self::Integer(number) => generated::Parameter::Integer(*number),
			Self::Flag(flag) => generated::Parameter::Flag(*flag),
			Self::Word(word) => generated::Parameter::Word(text(word)),
		}
	}
}

/// Where actions stand as a whole, and on which terms.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Status {
	/// Whether the kill switch is on.
	pub is_killed: bool,
	/// The breakers: that of all actions, then one for each class.
	pub breakers: Vec<Breaker>,
	/// When those of classes open and close.
	#[serde(deserialize_with = "spelled")]
	pub breaker_terms: Value,
	/// Who may approve.
	pub approvers: Vec<String>,
	/// The agents that may recommend for any target.
	pub recommenders: Vec<u64>,
	/// How many validators there are.
	pub validators: u32,
	/// How many of them are under action.
	pub under_action: u32,
	/// What a recommendation holds.
	pub deposit: Amount,
	/// How many open recommendations an account may have.
	pub max_open: u32,
	/// How long ended actions are kept, in blocks.
	pub kept_blocks: u32,
	/// How many actions there ever were.
	pub count: u64,
}

/// A breaker.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Breaker {
	/// Which one.
	#[serde(deserialize_with = "spelled")]
	pub scope: Value,
	/// Where it stands.
	#[serde(deserialize_with = "spelled")]
	pub position: Value,
	/// Failures without a success between.
	pub failures: u32,
	/// How often it opened without closing between.
	pub openings: u32,
	/// How many began in the present period.
	pub starts: u32,
	/// The block in which that began.
	pub starts_since: u32,
}

/// A kind of action. Lengths of time are in blocks.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Kind {
	/// Its id.
	pub kind: u16,
	/// Which version of the catalogue brought it.
	pub version: u32,
	/// What it is called.
	pub name: String,
	/// How much harm it can do.
	pub class: String,
	/// Who does it.
	pub performer: Performer,
	/// What it is done to.
	pub targets: String,
	/// Who has to agree.
	#[serde(deserialize_with = "spelled")]
	pub verification: Value,
	/// How often it may begin.
	#[serde(deserialize_with = "spelled")]
	pub rate_limit: Value,
	/// How long a target is left alone after one.
	pub cooldown: u32,
	/// The most validators under action at a time, as a share of all.
	pub blast_radius: String,
	/// How far ahead a recommendation may expire.
	pub time_to_live: u32,
	/// How long an executor has.
	pub lease: u32,
	/// How long after its end the effect is looked at.
	pub watch: u32,
	/// Whether the executor has to simulate it first.
	pub needs_simulation: bool,
	/// The kind that reverses it.
	pub reversible_by: Option<u16>,
}

/// Who does a kind.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Performer {
	/// `nobody`, `executor` or `chain`.
	#[serde(rename = "type")]
	pub by: String,
	/// What an executor's command is given.
	#[serde(default, skip_serializing_if = "Vec::is_empty")]
	pub parameters: Vec<Rule>,
}

/// A parameter of a kind.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Rule {
	/// Its name.
	pub name: String,
	/// What it may be.
	#[serde(deserialize_with = "spelled")]
	pub bounds: Value,
}

/// An action.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Action {
	/// Its id.
	pub action: u64,
	/// The hash of its order.
	pub hash: Hash,
	/// Who put it on the chain.
	#[serde(deserialize_with = "spelled")]
	pub source: Value,
	/// Its kind's id.
	pub kind: u16,
	/// Its kind's version.
	pub version: u32,
	/// What it is done to.
	#[serde(deserialize_with = "spelled")]
	pub target: Value,
	/// What is done.
	#[serde(deserialize_with = "spelled")]
	pub work: Value,
	/// What is done if things get worse.
	#[serde(deserialize_with = "spelled_if_any")]
	pub rollback: Option<Value>,
	/// What it keeps of its kind.
	#[serde(deserialize_with = "spelled")]
	pub terms: Value,
	/// Where the idea came from.
	#[serde(deserialize_with = "spelled_if_any")]
	pub idea: Option<Value>,
	/// The telemetry report that led to it.
	pub report: Option<u64>,
	/// The series that is to get better.
	pub series: Option<String>,
	/// The last block in which it may be claimed.
	pub expires: u32,
	/// What its simulation said.
	#[serde(deserialize_with = "spelled")]
	pub simulation: Value,
	/// Who approved.
	pub approvals: Vec<String>,
	/// Whether governance approved.
	pub is_forced: bool,
	/// Who says that it is spam.
	pub spam: Vec<String>,
	/// Where it stands.
	#[serde(deserialize_with = "spelled")]
	pub state: Value,
}

impl Action {
	/// Where it stands, in a word: its state, or how it ended.
	pub fn standing(&self) -> &str {
		let state = &self.state;
		state["outcome"].as_str().or_else(|| state["type"].as_str()).unwrap_or_default()
	}
}

/// What is known of a target.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Standing {
	/// Whether it is there: the network, an active validator, or a registered agent.
	pub is_there: bool,
	/// Who operates it, or would.
	pub operator: Option<String>,
	/// The agent that carries actions out on it.
	pub executor: Option<u64>,
	/// Whether the operator pulled the brake.
	pub is_braked: bool,
	/// The action that it is under.
	pub under_action: Option<u64>,
}

/// What the actions of a kind came to that an agent's model had the idea of.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct TrackRecord {
	/// The agent that recommended them.
	pub agent: u64,
	/// The model.
	pub model: String,
	/// Its version.
	pub model_version: u32,
	/// It was done, and the series got better.
	pub helped: u32,
	/// It was done, and the series stayed as it was.
	pub no_effect: u32,
	/// It was done, and the series got worse.
	pub worse: u32,
	/// It was done, and nobody can say whether it helped.
	pub unjudged: u32,
	/// It failed.
	pub failed: u32,
	/// Nobody knows.
	pub unknown: u32,
}

/// Reads what the node says of a variant, in this program's spelling: `some_member`, `some-variant`.
fn spelled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
	Value::deserialize(deserializer).map(in_our_spelling)
}

fn spelled_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
	Option::<Value>::deserialize(deserializer).map(|value| value.map(in_our_spelling))
}

fn in_our_spelling(value: Value) -> Value {
	match value {
		Value::Array(items) => items.into_iter().map(in_our_spelling).collect(),
		Value::Object(members) => {
			let respelled = members.into_iter().map(|(name, value)| {
				let value = match value {
					Value::String(text) if matches!(name.as_str(), "type" | "outcome") => {
						Value::String(separated(&text, '-'))
					},
					other => in_our_spelling(other),
				};
				(separated(&name, '_'), value)
			});
			Value::Object(respelled.collect())
		},
		other => other,
	}
}

/// `someName` as `some-name`, with another separator perhaps.
fn separated(name: &str, separator: char) -> String {
	let mut separated = String::with_capacity(name.len());
	for letter in name.chars() {
		if letter.is_ascii_uppercase() {
			separated.push(separator);
		}
		separated.push(letter.to_ascii_lowercase());
	}
	separated
}

/// Asks for where actions stand as a whole.
pub async fn status(chain: &Chain) -> Result<Answer<Status>, Error> {
	chain.request_by_place("actions_status", []).await
}

/// Asks for the catalogue.
pub async fn kinds(chain: &Chain) -> Result<Answer<Vec<Kind>>, Error> {
	chain.request_by_place("actions_kinds", []).await
}

/// Asks for the catalogue as of the block `at`.
pub async fn kinds_at(chain: &Chain, at: Hash) -> Result<Answer<Vec<Kind>>, Error> {
	chain.request_by_place("actions_kinds", [json!(at)]).await
}

/// Asks for an action, as of the block `at` or of the best one.
pub async fn action(
	chain: &Chain,
	id: u64,
	at: Option<Hash>,
) -> Result<Answer<Option<Action>>, Error> {
	chain.request_by_place("actions_action", [json!(id), json!(at)]).await
}

/// Asks for the actions on `target`, or on all, newest first, `limit` at most.
pub async fn actions(
	chain: &Chain,
	target: Option<&Target>,
	is_open: bool,
	limit: usize,
	at: Option<Hash>,
) -> Result<Answer<Vec<Action>>, Error> {
	let mut filter = Map::new();
	if let Some(target) = target {
		filter.insert("target".into(), target.json());
	}
	filter.insert("isOpen".into(), json!(is_open));
	let (mut found, mut after, mut at) = (Vec::new(), Value::Null, json!(at));
	loop {
		let left = limit.saturating_sub(found.len());
		let parameters = [json!(filter), after, json!(left), at];
		let page: Answer<Vec<Action>> =
			chain.request_by_place("actions_actions", parameters).await?;
		found.extend(page.result);
		if page.next.is_none() || found.len() >= limit {
			return Ok(Answer { result: found, ..page });
		}
		(after, at) = (json!(page.next), json!(page.block.hash));
	}
}

/// Asks for what is known of a target.
pub async fn target(chain: &Chain, target: &Target) -> Result<Answer<Standing>, Error> {
	chain.request_by_place("actions_target", [target.json()]).await
}

/// Asks for the same as of the block `at`.
pub async fn target_at(
	chain: &Chain,
	target: &Target,
	at: Hash,
) -> Result<Answer<Standing>, Error> {
	chain.request_by_place("actions_target", [target.json(), json!(at)]).await
}

/// Asks for what became of the actions of a kind, all of it.
pub async fn track_records(chain: &Chain, kind: u16) -> Result<Answer<Vec<TrackRecord>>, Error> {
	let (mut found, mut after, mut at) = (Vec::new(), Value::Null, Value::Null);
	loop {
		let parameters = [json!(kind), after, Value::Null, at];
		let page: Answer<Vec<TrackRecord>> =
			chain.request_by_place("actions_trackRecords", parameters).await?;
		found.extend(page.result);
		if page.next.is_none() {
			return Ok(Answer { result: found, ..page });
		}
		(after, at) = (json!(page.next), json!(page.block.hash));
	}
}

/// What is done.
pub enum Proposal {
	/// Nothing: it is only written down.
	Note,
	/// The kind's command, with these parameters.
	Command(Vec<Parameter>),
	/// This call.
	Call(Box<ChainCall>),
}

impl Proposal {
	fn generated(self) -> pallet::Proposal<RuntimeCall> {
		match self {
			Self::Note => pallet::Proposal::Note,
			Self::Command(given) => {
				let given = given.iter().map(Parameter::generated).collect();
				pallet::Proposal::Command(BoundedVec(given))
			},
			Self::Call(call) => pallet::Proposal::Call(Box::new(call.into_generated())),
		}
	}
}

/// What is recommended.
pub struct Recommendation {
	/// The kind's id.
	pub kind: u16,
	/// What it is done to.
	pub target: Target,
	/// What is done.
	pub proposal: Proposal,
	/// What reverses it.
	pub rollback: Option<Proposal>,
	/// Where the rationale can be read.
	pub uri: String,
	/// What it hashes to.
	pub rationale: Hash,
	/// What had the idea.
	pub model: String,
	/// Its version.
	pub model_version: u32,
	/// How sure it is, in percent.
	pub confidence: u8,
	/// The telemetry report that led to it.
	pub report: Option<u64>,
	/// The series that is to get better.
	pub series: Option<aitbc_telemetry::Series>,
	/// The last block in which it may be claimed.
	pub expires: u32,
}

/// Recommends an action.
pub fn recommend(what: Recommendation) -> impl Call {
	runtime::transactions().actions().recommend(pallet::Recommendation {
		kind: KindId(what.kind),
		target: what.target.generated(),
		proposal: what.proposal.generated(),
		rollback: what.rollback.map(Proposal::generated),
		rationale: pallet::Rationale {
			uri: what.uri.into_bytes(),
			hash: DocumentHash(H256(what.rationale.0)),
		},
		model: pallet::Model { name: text(&what.model), version: what.model_version },
		confidence: Percent(what.confidence),
		report: what.report,
		series: what.series.map(series),
		expires: what.expires,
	})
}

/// Approves an action.
pub fn approve(action: u64, Hash(hash): Hash) -> impl Call {
	runtime::transactions().actions().approve(ActionId(action), hash)
}

/// Stops an action.
pub fn veto(action: u64, Hash(reason): Hash) -> impl Call {
	runtime::transactions().actions().veto(ActionId(action), DocumentHash(H256(reason)))
}

/// Says that an action is spam.
pub fn declare_spam(action: u64) -> impl Call {
	runtime::transactions().actions().declare_spam(ActionId(action))
}

/// Takes an action upon the sender.
pub fn claim(action: u64, Hash(hash): Hash) -> impl Call {
	runtime::transactions().actions().claim(ActionId(action), hash)
}

/// Has the chain make the call of an action that is verified.
pub fn perform(action: u64, call: ChainCall) -> impl Call {
	runtime::transactions().actions().perform(ActionId(action), call.into_generated())
}

/// Says how a simulation went.
pub fn simulate(
	action: u64,
	Hash(hash): Hash,
	has_passed: bool,
	Hash(evidence): Hash,
) -> impl Call {
	let evidence = EvidenceHash(H256(evidence));
	runtime::transactions().actions().simulate(ActionId(action), hash, has_passed, evidence)
}

/// What an executor says became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
	/// It was done.
	Succeeded,
	/// It failed.
	Failed,
	/// It was begun, and its end was not seen.
	Unknown,
}

/// Says what became of an action.
pub fn report(action: u64, outcome: Outcome, Hash(evidence): Hash) -> impl Call {
	let outcome = match outcome {
		Outcome::Succeeded => pallet::Verdict::Succeeded,
		Outcome::Failed => pallet::Verdict::Failed,
		Outcome::Unknown => pallet::Verdict::Unknown,
	};
	let evidence = EvidenceHash(H256(evidence));
	runtime::transactions().actions().report(ActionId(action), outcome, evidence)
}

/// Names who carries actions out on a target.
pub fn bind_executor(target: &Target, executor: Option<u64>) -> impl Call {
	runtime::transactions().actions().bind_executor(target.generated(), executor.map(AgentId))
}

/// Pulls the brake of a target, or lets it go.
pub fn set_brake(target: &Target, is_on: bool) -> impl Call {
	runtime::transactions().actions().set_brake(target.generated(), is_on)
}

/// Turns the kill switch, as the sudo key.
pub fn set_kill_switch(is_on: bool) -> impl Call {
	runtime::transactions().actions().set_kill_switch(is_on)
}

/// Admits an agent to recommend for any target, or not any more, as the sudo key.
pub fn set_recommender(agent: u64, is_admitted: bool) -> impl Call {
	runtime::transactions().actions().set_recommender(AgentId(agent), is_admitted)
}

fn text(word: &str) -> generated::Word {
	generated::Word(BoundedVec(word.as_bytes().to_vec()))
}

fn series(series: aitbc_telemetry::Series) -> GeneratedSeries {
	use aitbc_telemetry::Series as S;
	match series {
		S::Height => GeneratedSeries::Height,
		S::FinalityLag => GeneratedSeries::FinalityLag,
		S::BlockTime => GeneratedSeries::BlockTime,
		S::Peers => GeneratedSeries::Peers,
		S::ImportTime => GeneratedSeries::ImportTime,
		S::PoolSize => GeneratedSeries::PoolSize,
		S::MissedSlots => GeneratedSeries::MissedSlots,
		S::RpcErrors => GeneratedSeries::RpcErrors,
		S::Cpu => GeneratedSeries::Cpu,
		S::ResidentMemory => GeneratedSeries::ResidentMemory,
		S::DiskFree => GeneratedSeries::DiskFree,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn variants_should_be_spelled_as_this_program_spells() {
		let said = json!({
			"type": "halfOpen",
			"successesSoFar": 1,
			"parts": [{ "type": "noEffect", "rationaleUri": "ipfs://aB" }],
		});
		let expected = json!({
			"type": "half-open",
			"successes_so_far": 1,
			"parts": [{ "type": "no-effect", "rationale_uri": "ipfs://aB" }],
		});
		assert_eq!(in_our_spelling(said), expected);
	}
}
