//! Validations, and what they come to.

use crate::rpc::{
	accounts::Accounts,
	format::{ascii, Plancks},
};
use aitbc_core::{AgentId, CaseId, DocumentHash, TagId, ValidationId, WorkHash};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_validations::types as chain;
use serde::Serialize;

/// A validation.
#[derive(Clone, Debug, Serialize)]
pub struct Validation {
	validation: ValidationId,
	requester: String,
	validator: AgentId,
	subject: AgentId,
	work: Work,
	tag: Option<TagId>,
	fee: Plancks,
	deadline: BlockNumber,
	deposit: Plancks,
	state: State,
}

/// The work that is to be checked.
#[derive(Clone, Debug, Serialize)]
struct Work {
	uri: String,
	hash: WorkHash,
}

/// Where a validation stands; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum State {
	/// The validator has said nothing yet.
	Requested,
	/// The validator may say something else yet.
	Soft { answer: Answer },
	/// The validator's answer is final.
	Hard { answer: Answer, wallet: String, bond: Bond },
	/// The deadline passed without a final answer.
	Expired { soft: Option<Answer> },
}

/// What a validator said.
#[derive(Clone, Debug, Serialize)]
struct Answer {
	score: u8,
	evidence: Evidence,
	at: BlockNumber,
}

/// What a validator shows for its score.
#[derive(Clone, Debug, Serialize)]
struct Evidence {
	uri: String,
	hash: DocumentHash,
}

/// What became of the bond behind a final answer; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Bond {
	/// It is held.
	Held { amount: Plancks, from: BlockNumber, until: BlockNumber },
	/// It is held until a ruling.
	Disputed { amount: Plancks, challenger: String, case: CaseId, left: BlockNumber },
	/// It went back.
	Released,
	/// It was taken.
	Slashed,
}

/// What final answers about a subject come to.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
	count: u64,
	/// A string, because it is 128 bits wide.
	sum: String,
}

/// What a validator made of the requests that it took up.
#[derive(Clone, Debug, Serialize)]
pub struct ValidatorRecord {
	answered: u64,
	missed: u64,
	overturned: u64,
}

impl Validation {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::ValidationInfo<AccountId>, accounts: &Accounts) -> Self {
		let record = info.record;
		Self {
			validation: info.validation,
			requester: accounts.show(&record.requester),
			validator: record.validator,
			subject: record.subject,
			work: Work { uri: ascii(record.work.uri), hash: record.work.hash },
			tag: record.tag,
			fee: Plancks(record.fee),
			deadline: record.deadline,
			deposit: Plancks(record.deposit),
			state: State::new(record.state, accounts),
		}
	}
}

/// Shows `validations`.
pub fn all(
	validations: Vec<chain::ValidationInfo<AccountId>>,
	accounts: &Accounts,
) -> Vec<Validation> {
	validations.into_iter().map(|info| Validation::new(info, accounts)).collect()
}

impl State {
	fn new(state: chain::ValidationState<AccountId, Vec<u8>>, accounts: &Accounts) -> Self {
		match state {
			chain::ValidationState::Requested => Self::Requested,
			chain::ValidationState::Soft { answer } => Self::Soft { answer: answer.into() },
			chain::ValidationState::Hard { answer, wallet, bond } => Self::Hard {
				answer: answer.into(),
				wallet: accounts.show(&wallet),
				bond: Bond::new(bond, accounts),
			},
			chain::ValidationState::Expired { soft } => {
				Self::Expired { soft: soft.map(Into::into) }
			},
		}
	}
}

impl From<chain::Answer<Vec<u8>>> for Answer {
	fn from(answer: chain::Answer<Vec<u8>>) -> Self {
		let chain::Answer { score, evidence: chain::Document { uri, hash }, at } = answer;
		Self { score: score.get(), evidence: Evidence { uri: ascii(uri), hash }, at }
	}
}

impl Bond {
	fn new(bond: chain::Bond<AccountId>, accounts: &Accounts) -> Self {
		match bond {
			chain::Bond::Held { amount, from, until } => {
				Self::Held { amount: Plancks(amount), from, until }
			},
			chain::Bond::Disputed { amount, challenger, case, left } => Self::Disputed {
				amount: Plancks(amount),
				challenger: accounts.show(&challenger),
				case,
				left,
			},
			chain::Bond::Released => Self::Released,
			chain::Bond::Slashed => Self::Slashed,
		}
	}
}

impl From<chain::Summary> for Summary {
	fn from(summary: chain::Summary) -> Self {
		Self { count: summary.count, sum: summary.sum.to_string() }
	}
}

impl From<chain::ValidatorRecord> for ValidatorRecord {
	fn from(record: chain::ValidatorRecord) -> Self {
		let chain::ValidatorRecord { answered, missed, overturned } = record;
		Self { answered, missed, overturned }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::Hash;
	use chain::{ValidationInfo, ValidationState};
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	fn answer() -> chain::Answer<Vec<u8>> {
		chain::Answer {
			score: chain::Score::new(93).expect("a valid score"),
			evidence: chain::Document {
				uri: b"ar:2".to_vec(),
				hash: DocumentHash(Hash::repeat_byte(2)),
			},
			at: 22,
		}
	}

	fn answer_json() -> Value {
		json!({
			"score": 93,
			"evidence": { "uri": "ar:2", "hash": format!("0x{}", "02".repeat(32)) },
			"at": 22,
		})
	}

	fn json_of(state: ValidationState<AccountId, Vec<u8>>) -> Value {
		let record = chain::Validation {
			requester: Alice.to_account_id(),
			validator: AgentId(1),
			subject: AgentId(7),
			work: chain::Work { uri: b"ar:1".to_vec(), hash: WorkHash(Hash::repeat_byte(1)) },
			tag: None,
			fee: 10,
			deadline: 50,
			deposit: 20,
			state,
		};
		let info = ValidationInfo { validation: ValidationId(3), record };
		let view = Validation::new(info, &Accounts::with_prefix(42));
		to_value(view).expect("a validation is JSON")
	}

	fn hard(bond: chain::Bond<AccountId>) -> Value {
		let wallet = Bob.to_account_id();
		json_of(ValidationState::Hard { answer: answer(), wallet, bond })["state"].take()
	}

	#[test]
	fn validations_should_keep_their_golden_form() {
		assert_eq!(
			json_of(ValidationState::Requested),
			json!({
				"validation": 3,
				"requester": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				"validator": 1,
				"subject": 7,
				"work": { "uri": "ar:1", "hash": format!("0x{}", "01".repeat(32)) },
				"tag": null,
				"fee": "10",
				"deadline": 50,
				"deposit": "20",
				"state": { "type": "requested" },
			})
		);
	}

	#[test]
	fn states_should_keep_their_golden_form() {
		for (state, json) in [
			(
				ValidationState::Soft { answer: answer() },
				json!({ "type": "soft", "answer": answer_json() }),
			),
			(
				ValidationState::Expired { soft: Some(answer()) },
				json!({ "type": "expired", "soft": answer_json() }),
			),
			(ValidationState::Expired { soft: None }, json!({ "type": "expired", "soft": null })),
		] {
			assert_eq!(json_of(state)["state"], json);
		}
		assert_eq!(
			hard(chain::Bond::Held { amount: 30, from: 22, until: 60 }),
			json!({
				"type": "hard",
				"answer": answer_json(),
				"wallet": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
				"bond": { "type": "held", "amount": "30", "from": 22, "until": 60 },
			})
		);
		let challenger = Alice.to_account_id();
		assert_eq!(
			hard(chain::Bond::Disputed { amount: 30, challenger, case: CaseId(4), left: 38 })
				["bond"],
			json!({
				"type": "disputed",
				"amount": "30",
				"challenger": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
				"case": 4,
				"left": 38,
			})
		);
		assert_eq!(hard(chain::Bond::Released)["bond"], json!({ "type": "released" }));
		assert_eq!(hard(chain::Bond::Slashed)["bond"], json!({ "type": "slashed" }));
	}

	#[test]
	fn summaries_and_records_should_keep_their_golden_form() {
		let summary = chain::Summary { count: 2, sum: 187 };
		let record = chain::ValidatorRecord { answered: 3, missed: 2, overturned: 1 };

		assert_eq!(
			to_value(Summary::from(summary)).expect("a summary is JSON"),
			json!({ "count": 2, "sum": "187" })
		);
		assert_eq!(
			to_value(ValidatorRecord::from(record)).expect("a record is JSON"),
			json!({ "answered": 3, "missed": 2, "overturned": 1 })
		);
	}
}
