//! Cases, and what accounts have to do with them.

use super::{
	court::CourtTerms,
	round::{Ballot, Round},
	state::State,
};
use crate::rpc::{
	accounts::Accounts,
	format::{Plancks, Share},
	sides::{party_name, Sides},
};
use aitbc_core::{AgentId, CaseId, ContractId, ValidationId};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_disputes::types as chain;
use serde::Serialize;

/// A case between a client and a provider.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Case {
	case: CaseId,
	subject: Subject,
	parties: Sides<String>,
	opener: &'static str,
	/// Null if no agent answers for the provider.
	agent: Option<AgentId>,
	since: BlockNumber,
	value: Plancks,
	/// Null for a side that filed none.
	claims: Sides<Option<Share>>,
	/// Null if the case is too small for one.
	court: Option<CourtTerms>,
	deposit: Plancks,
	filing_fee: Plancks,
	evidence: Sides<u32>,
	state: State,
	/// Null if there is none, or it is paid.
	round: Option<Round>,
	/// Null while a jury is drawn.
	next: Option<NextStep>,
}

/// What a case is about; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Subject {
	/// A milestone of an escrow contract.
	Milestone { contract: ContractId, milestone: u32 },
	/// What a stream or a meter still holds.
	Contract { contract: ContractId },
	/// The bond behind a validator's hard answer.
	Validation { validation: ValidationId },
}

/// What happens next by itself, once somebody asks for it.
#[derive(Clone, Copy, Debug, Serialize)]
struct NextStep {
	step: Step,
	from: BlockNumber,
}

/// A step that needs nobody's word; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Step {
	/// The time to settle ends.
	EndSettlement,
	/// The votes are counted.
	CountVotes,
	/// The time to appeal ends.
	EndAppeal,
	/// A round is paid.
	PayRound { round: u8 },
	/// The time in which governance may rule ends.
	EndOversight,
}

/// A case in which an account takes part.
#[derive(Clone, Debug, Serialize)]
pub struct Involvement {
	case: Case,
	roles: Vec<Role>,
}

/// What an account has to do with a case; `type` says which of these it is.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Role {
	/// It is a party.
	Party { party: &'static str },
	/// It is a member of a round's jury.
	Juror { round: u8, seats: u32, ballot: Ballot },
}

impl Case {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::CaseInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::CaseInfo { id, case, round, next } = info;
		Self {
			case: id,
			subject: case.subject.into(),
			parties: Sides::show(case.parties, |account| accounts.show(&account)),
			opener: party_name(case.opener),
			agent: case.agent,
			since: case.since,
			value: Plancks(case.value),
			claims: Sides::show(case.claims, |claim| claim.map(|tenths| Share(tenths.into()))),
			court: case.court.map(Into::into),
			deposit: Plancks(case.deposit),
			filing_fee: Plancks(case.filing_fee),
			evidence: Sides::show(case.evidence, |count| count),
			state: case.state.into(),
			round: round.map(|round| Round::new(round, accounts)),
			next: next.map(Into::into),
		}
	}
}

impl Involvement {
	/// Shows `involvement`, its accounts as `accounts` writes them.
	pub fn new(involvement: chain::Involvement<AccountId>, accounts: &Accounts) -> Self {
		let chain::Involvement { case, roles } = involvement;
		Self { case: Case::new(case, accounts), roles: roles.into_iter().map(Into::into).collect() }
	}
}

impl From<aitbc_core::Subject> for Subject {
	fn from(subject: aitbc_core::Subject) -> Self {
		match subject {
			aitbc_core::Subject::Milestone { contract, milestone } => {
				Self::Milestone { contract, milestone: milestone.0 }
			},
			aitbc_core::Subject::Contract(contract) => Self::Contract { contract },
			aitbc_core::Subject::Validation(validation) => Self::Validation { validation },
		}
	}
}

impl From<chain::NextStep> for NextStep {
	fn from(next: chain::NextStep) -> Self {
		let chain::NextStep { step, from } = next;
		Self { step: step.into(), from }
	}
}

impl From<chain::Step> for Step {
	fn from(step: chain::Step) -> Self {
		match step {
			chain::Step::EndSettlement => Self::EndSettlement,
			chain::Step::CountVotes => Self::CountVotes,
			chain::Step::EndAppeal => Self::EndAppeal,
			chain::Step::PayRound(round) => Self::PayRound { round: round.0 },
			chain::Step::EndOversight => Self::EndOversight,
		}
	}
}

impl From<chain::Role> for Role {
	fn from(role: chain::Role) -> Self {
		match role {
			chain::Role::Party(party) => Self::Party { party: party_name(party) },
			chain::Role::Juror { round, seats, ballot } => {
				Self::Juror { round: round.0, seats, ballot: ballot.into() }
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::{MilestoneIndex, Party, Tenths};
	use chain::{CaseInfo, CaseState};
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

	fn info() -> CaseInfo<AccountId> {
		let (contract, milestone) = (ContractId(7), MilestoneIndex(1));
		CaseInfo {
			id: CaseId(4),
			case: chain::Case {
				subject: aitbc_core::Subject::Milestone { contract, milestone },
				parties: aitbc_core::Sides {
					client: Alice.to_account_id(),
					provider: Bob.to_account_id(),
				},
				opener: Party::Provider,
				agent: Some(AgentId(5)),
				since: 11,
				value: 400,
				claims: aitbc_core::Sides { client: None, provider: Tenths::new(3) },
				court: Some(chain::CourtTerms { seat_fee: 5, seat_stake: 100 }),
				deposit: 2,
				filing_fee: 1,
				evidence: aitbc_core::Sides { client: 0, provider: 1 },
				state: CaseState::Settling { until: 31, offer: None },
			},
			round: None,
			next: Some(chain::NextStep { step: chain::Step::EndSettlement, from: 32 }),
		}
	}

	fn json_of(info: CaseInfo<AccountId>) -> Value {
		to_value(Case::new(info, &Accounts::with_prefix(42))).expect("a case is JSON")
	}

	#[test]
	fn cases_should_keep_their_golden_form() {
		assert_eq!(
			json_of(info()),
			json!({
				"case": 4,
				"subject": { "type": "milestone", "contract": 7, "milestone": 1 },
				"parties": { "client": ALICE, "provider": BOB },
				"opener": "provider",
				"agent": 5,
				"since": 11,
				"value": "400",
				"claims": { "client": null, "provider": "0.300000000" },
				"court": { "seatFee": "5", "seatStake": "100" },
				"deposit": "2",
				"filingFee": "1",
				"evidence": { "client": 0, "provider": 1 },
				"state": { "type": "settling", "until": 31, "offer": null },
				"round": null,
				"next": { "step": { "type": "endSettlement" }, "from": 32 },
			})
		);
	}

	#[test]
	fn cases_should_show_their_round_when_there_is_one() {
		let round = chain::RoundInfo {
			round: aitbc_core::Round(1),
			seats: 7,
			stakes: aitbc_core::Sides { client: None, provider: None },
			jury: Vec::new(),
			outcome: None,
		};

		let json = json_of(CaseInfo { round: Some(round), next: None, ..info() });

		assert_eq!((&json["round"]["round"], &json["next"]), (&json!(1), &Value::Null));
	}

	#[test]
	fn cases_should_have_no_court_when_they_are_too_small() {
		let mut info = info();
		info.case.court = None;

		assert_eq!(json_of(info)["court"], Value::Null);
	}

	#[test]
	fn cases_should_have_no_agent_when_none_answers_for_the_provider() {
		let mut info = info();
		info.case.agent = None;

		assert_eq!(json_of(info)["agent"], Value::Null);
	}

	#[test]
	fn subjects_should_keep_their_golden_form() {
		for (subject, json) in [
			(
				aitbc_core::Subject::Contract(ContractId(7)),
				json!({ "type": "contract", "contract": 7 }),
			),
			(
				aitbc_core::Subject::Validation(ValidationId(3)),
				json!({ "type": "validation", "validation": 3 }),
			),
		] {
			assert_eq!(to_value(Subject::from(subject)).expect("a subject is JSON"), json);
		}
	}

	#[test]
	fn steps_should_keep_their_golden_form() {
		for (step, json) in [
			(chain::Step::EndSettlement, json!({ "type": "endSettlement" })),
			(chain::Step::CountVotes, json!({ "type": "countVotes" })),
			(chain::Step::EndAppeal, json!({ "type": "endAppeal" })),
			(
				chain::Step::PayRound(aitbc_core::Round(2)),
				json!({ "type": "payRound", "round": 2 }),
			),
			(chain::Step::EndOversight, json!({ "type": "endOversight" })),
		] {
			assert_eq!(to_value(Step::from(step)).expect("a step is JSON"), json);
		}
	}

	#[test]
	fn involvements_should_keep_their_golden_form() {
		let round = aitbc_core::Round(1);
		let involvement = chain::Involvement {
			case: info(),
			roles: vec![
				chain::Role::Party(Party::Client),
				chain::Role::Juror { round, seats: 2, ballot: chain::Ballot::Awaited },
			],
		};

		let view = Involvement::new(involvement, &Accounts::with_prefix(42));

		assert_eq!(
			to_value(view).expect("an involvement is JSON"),
			json!({
				"case": json_of(info()),
				"roles": [
					{ "type": "party", "party": "client" },
					{ "type": "juror", "round": 1, "seats": 2, "ballot": { "type": "awaited" } },
				],
			})
		);
	}
}
