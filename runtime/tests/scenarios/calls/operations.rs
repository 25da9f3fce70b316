//! One of each call about operations: telemetry's that somebody signs, and those of actions.

use aitbc_core::{
	action::{MAX_PARAMETERS, MAX_WORD},
	ActionId, AgentId, DocumentHash, EvidenceHash, KindId, Parameter, RiskClass, Target, Word,
};
use aitbc_runtime::{AccountId, Runtime, RuntimeCall};
use aitbc_telemetry::Series;
use frame_support::traits::ConstU32;
use pallet_actions::types::{
	Kind, Model, ParameterBounds, ParameterRule, Performer, Proposal, RateLimit, Rationale,
	Recommendation, Reflex, Scope, Targets, Verdict, Verification, MAX_APPROVERS, MAX_KIND_STARTS,
	MAX_WORDS,
};
use sp_core::{bounded::BoundedVec, H256};
use sp_keyring::Sr25519Keyring::Bob;
use sp_runtime::{Perbill, Percent};

const ACTION: ActionId = ActionId(0);
const KIND: KindId = KindId(2);
const HASH: [u8; 32] = [7; 32];

/// A word of the greatest length.
fn word() -> Word {
	Word::new(&[b'w'; MAX_WORD as usize]).expect("it is one")
}

fn parameters() -> BoundedVec<Parameter, ConstU32<MAX_PARAMETERS>> {
	let all = vec![Parameter::Word(word()); MAX_PARAMETERS as usize];
	all.try_into().expect("as many fit")
}

/// A kind with as many parameters, and words for each, as can be.
fn kind() -> Kind {
	let words = vec![word(); MAX_WORDS as usize].try_into().expect("as many fit");
	let rule = ParameterRule { name: word(), bounds: ParameterBounds::Word(words) };
	let parameters = vec![rule; MAX_PARAMETERS as usize].try_into().expect("as many fit");
	Kind {
		name: word(),
		class: RiskClass::High,
		performer: Performer::Executor { parameters },
		targets: Targets::Validators,
		verification: Verification::Approvers(MAX_APPROVERS),
		rate_limit: RateLimit { count: MAX_KIND_STARTS, period: 1 },
		cooldown: 1,
		blast_radius: Perbill::one(),
		time_to_live: 1,
		lease: 1,
		watch: 1,
		needs_simulation: false,
		reversible_by: Some(KIND),
	}
}

fn recommendation(uri: Vec<u8>) -> Recommendation<AccountId, RuntimeCall> {
	Recommendation {
		kind: KIND,
		target: Target::Validator(Bob.to_account_id()),
		proposal: Proposal::Command(parameters()),
		rollback: Some(Proposal::Command(parameters())),
		rationale: Rationale { uri, hash: DocumentHash(H256::zero()) },
		model: Model { name: word(), version: 1 },
		confidence: Percent::one(),
		report: Some(0),
		series: Some(Series::FinalityLag),
		expires: 1,
	}
}

/// One of each call of actions. Documents are at `uri`.
pub fn actions_calls(uri: Vec<u8>) -> Vec<pallet_actions::Call<Runtime>> {
	use pallet_actions::Call;
	let approvers = vec![Bob.to_account_id(); MAX_APPROVERS as usize];
	let target = Target::Validator(Bob.to_account_id());
	let evidence = EvidenceHash(H256::zero());
	let pause = pallet_tx_pause::Call::pause {
		full_name: (
			b"Market".to_vec().try_into().expect("it is short"),
			b"post".to_vec().try_into().expect("it is short"),
		),
	};
	vec![
		Call::set_kind { id: KIND, kind: kind() },
		Call::remove_kind { id: KIND },
		Call::set_approvers { approvers: approvers.try_into().expect("as many fit") },
		Call::set_recommender { agent: AgentId(0), is_admitted: true },
		Call::set_reflex {
			series: Series::Cpu,
			reflex: Some(Reflex { kind: KIND, parameters: parameters() }),
		},
		Call::set_kill_switch { is_on: true },
		Call::open_by_half { scope: Scope::All },
		Call::bind_executor { target: target.clone(), executor: Some(AgentId(0)) },
		Call::set_brake { target, is_on: true },
		Call::recommend { recommendation: Box::new(recommendation(uri)) },
		Call::approve { action: ACTION, hash: HASH },
		Call::force_approve { action: ACTION, hash: HASH },
		Call::veto { action: ACTION, reason: DocumentHash(H256::zero()) },
		Call::declare_spam { action: ACTION },
		Call::simulate { action: ACTION, hash: HASH, has_passed: true, evidence },
		Call::claim { action: ACTION, hash: HASH },
		Call::report { action: ACTION, result: Verdict::Succeeded, evidence },
		Call::perform { action: ACTION, call: Box::new(pause.into()) },
	]
}

/// One of each call of telemetry that somebody signs. What workers send has no fee.
pub fn telemetry_calls() -> Vec<pallet_telemetry::Call<Runtime>> {
	use pallet_telemetry::Call;
	let reporter = Bob.to_account_id();
	let (key, proof) = (Bob.public(), Bob.sign(b"anything"));
	vec![
		Call::set_worker_key { key: key.into(), proof: proof.into() },
		Call::remove_worker_key {},
		Call::judge_report { report: pallet_telemetry::ReportId(0), is_right: true },
		Call::claim { era: 0, reporter },
	]
}
