//! Scores and feedback.

use crate::rpc::{
	accounts::Accounts,
	format::{optional_uri, Bytes, Number, Plancks, Share},
};
use aitbc_core::{ContractId, DocumentHash, FeedbackIndex, TagId, WorkId};
use aitbc_reputation::{Component, Level};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_reputation::types as chain;
use serde::Serialize;

/// An agent's score.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Score {
	mean: Option<Share>,
	lower_bound: Share,
	evidence: Plancks,
	level: &'static str,
	components: Vec<ComponentScore>,
	counters: Counters,
	generation: u32,
}

/// One component of a score.
#[derive(Clone, Debug, Serialize)]
struct ComponentScore {
	component: &'static str,
	mean: Option<Share>,
	evidence: Plancks,
	weight: Share,
}

/// What an agent has done for pay so far.
#[derive(Clone, Debug, Serialize)]
struct Counters {
	completed: u32,
	partial: u32,
	released: Plancks,
	refunded: Plancks,
}

/// The ratings of an agent under one topic.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
	count: u64,
	mean: Option<Number>,
	evidence: Plancks,
}

/// Feedback.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
	author: String,
	index: FeedbackIndex,
	work: Work,
	tag: TagId,
	about: Option<TagId>,
	value: Number,
	component: &'static str,
	/// Null if there is none.
	endpoint: Option<Bytes>,
	/// Null if there is none.
	uri: Option<String>,
	hash: DocumentHash,
	weight: Plancks,
	settled_at: BlockNumber,
	generation: u32,
	given_at: BlockNumber,
	is_revoked: bool,
	deposit: Plancks,
	response: Option<Response>,
}

/// The work that entitled to feedback.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
enum Work {
	/// An escrow contract.
	Contract(ContractId),
}

/// What the rated agent answered.
#[derive(Clone, Debug, Serialize)]
struct Response {
	responder: String,
	uri: Option<String>,
	hash: DocumentHash,
	at: BlockNumber,
	deposit: Plancks,
}

impl From<chain::ScoreInfo> for Score {
	fn from(info: chain::ScoreInfo) -> Self {
		Self {
			mean: info.mean.map(Share),
			lower_bound: Share(info.lower_bound),
			evidence: Plancks(info.evidence),
			level: level(info.level),
			components: info.components.into_iter().map(Into::into).collect(),
			counters: info.counters.into(),
			generation: info.generation.0,
		}
	}
}

impl From<chain::ComponentInfo> for ComponentScore {
	fn from(info: chain::ComponentInfo) -> Self {
		Self {
			component: component(info.component),
			mean: info.mean.map(Share),
			evidence: Plancks(info.evidence),
			weight: Share(info.weight),
		}
	}
}

impl From<chain::Counters> for Counters {
	fn from(counters: chain::Counters) -> Self {
		let chain::Counters { completed, partial, released, refunded } = counters;
		Self { completed, partial, released: Plancks(released), refunded: Plancks(refunded) }
	}
}

impl From<chain::SummaryInfo> for Summary {
	fn from(info: chain::SummaryInfo) -> Self {
		let chain::SummaryInfo { count, mean, evidence } = info;
		Self { count, mean: mean.map(Number), evidence: Plancks(evidence) }
	}
}

impl Feedback {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::FeedbackInfo<AccountId>, accounts: &Accounts) -> Self {
		Self {
			author: accounts.show(&info.author),
			index: info.index,
			work: info.work.into(),
			tag: info.tag,
			about: info.about,
			value: Number(info.value),
			component: component(info.component),
			endpoint: (!info.endpoint.is_empty()).then(|| info.endpoint.into()),
			uri: optional_uri(info.uri),
			hash: info.hash,
			weight: Plancks(info.weight),
			settled_at: info.settled_at,
			generation: info.generation.0,
			given_at: info.given_at,
			is_revoked: info.is_revoked,
			deposit: Plancks(info.deposit),
			response: info.response.map(|response| Response {
				responder: accounts.show(&response.responder),
				uri: optional_uri(response.uri),
				hash: response.hash,
				at: response.at,
				deposit: Plancks(response.deposit),
			}),
		}
	}
}

impl From<WorkId> for Work {
	fn from(work: WorkId) -> Self {
		match work {
			WorkId::Contract(contract) => Self::Contract(contract),
		}
	}
}

fn component(component: Component) -> &'static str {
	match component {
		Component::Completion => "completion",
		Component::Quality => "quality",
		Component::Timeliness => "timeliness",
		Component::Disputes => "disputes",
		Component::Feedback => "feedback",
	}
}

fn level(level: Level) -> &'static str {
	match level {
		Level::Beginner => "beginner",
		Level::Intermediate => "intermediate",
		Level::Advanced => "advanced",
		Level::Expert => "expert",
		Level::Master => "master",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{Decimal, Hash};
	use chain::{FeedbackInfo, Generation, ResponseInfo, ScoreInfo, SummaryInfo};
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};
	use sp_runtime::Perbill;

	fn feedback() -> FeedbackInfo<AccountId> {
		FeedbackInfo {
			author: Alice.to_account_id(),
			index: FeedbackIndex(1),
			work: WorkId::Contract(ContractId(3)),
			tag: TagId(8),
			about: Some(TagId(4)),
			value: Decimal { value: 9_977, decimals: 2 },
			component: Component::Quality,
			endpoint: b"https://a.example".to_vec(),
			uri: b"ar:1".to_vec(),
			hash: DocumentHash(Hash::repeat_byte(1)),
			weight: 10,
			settled_at: 20,
			generation: Generation(0),
			given_at: 21,
			is_revoked: false,
			deposit: 30,
			response: Some(ResponseInfo {
				responder: Bob.to_account_id(),
				uri: b"ar:2".to_vec(),
				hash: DocumentHash(Hash::repeat_byte(2)),
				at: 22,
				deposit: 40,
			}),
		}
	}

	fn json_of(info: FeedbackInfo<AccountId>) -> Value {
		to_value(Feedback::new(info, &Accounts::with_prefix(42))).expect("feedback is JSON")
	}

	#[test]
	fn feedback_should_keep_its_golden_form() {
		assert_eq!(
			json_of(feedback()),
			json!({
				"author": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				"index": 1,
				"work": { "contract": 3 },
				"tag": 8,
				"about": 4,
				"value": "99.77",
				"component": "quality",
				"endpoint": {
					"hex": "0x68747470733a2f2f612e6578616d706c65",
					"text": "https://a.example",
				},
				"uri": "ar:1",
				"hash": format!("0x{}", "01".repeat(32)),
				"weight": "10",
				"settledAt": 20,
				"generation": 0,
				"givenAt": 21,
				"isRevoked": false,
				"deposit": "30",
				"response": {
					"responder": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
					"uri": "ar:2",
					"hash": format!("0x{}", "02".repeat(32)),
					"at": 22,
					"deposit": "40",
				},
			})
		);
	}

	#[test]
	fn feedback_should_have_null_where_nothing_was_said() {
		let bare = FeedbackInfo {
			about: None,
			endpoint: Vec::new(),
			uri: Vec::new(),
			response: None,
			..feedback()
		};

		let json = json_of(bare);

		for member in ["about", "endpoint", "uri", "response"] {
			assert_eq!(json[member], Value::Null, "{member}");
		}
	}

	#[test]
	fn scores_should_keep_their_golden_form() {
		let info = ScoreInfo {
			mean: Some(Perbill::from_percent(99)),
			lower_bound: Perbill::from_parts(961_538_461),
			evidence: 1_000,
			level: Level::Master,
			components: vec![chain::ComponentInfo {
				component: Component::Timeliness,
				mean: None,
				evidence: 0,
				weight: Perbill::from_percent(20),
			}],
			counters: chain::Counters { completed: 2, partial: 1, released: 5, refunded: 6 },
			generation: Generation(3),
		};

		assert_eq!(
			to_value(Score::from(info)).expect("a score is JSON"),
			json!({
				"mean": "0.990000000",
				"lowerBound": "0.961538461",
				"evidence": "1000",
				"level": "master",
				"components": [{
					"component": "timeliness",
					"mean": null,
					"evidence": "0",
					"weight": "0.200000000",
				}],
				"counters": {
					"completed": 2,
					"partial": 1,
					"released": "5",
					"refunded": "6",
				},
				"generation": 3,
			})
		);
	}

	#[test]
	fn names_of_components_and_levels_should_keep_their_golden_form() {
		assert_eq!(
			Component::ALL.map(component),
			["completion", "quality", "timeliness", "disputes", "feedback"]
		);
		use Level::*;
		assert_eq!(
			[Beginner, Intermediate, Advanced, Expert, Master].map(level),
			["beginner", "intermediate", "advanced", "expert", "master"]
		);
	}

	#[test]
	fn summaries_should_keep_their_golden_form() {
		let some = SummaryInfo { count: 2, mean: Some(Decimal::whole(95)), evidence: 7 };
		for (info, json) in [
			(some, json!({ "count": 2, "mean": "95", "evidence": "7" })),
			(SummaryInfo::default(), json!({ "count": 0, "mean": null, "evidence": "0" })),
		] {
			assert_eq!(to_value(Summary::from(info)).expect("a summary is JSON"), json);
		}
	}
}
