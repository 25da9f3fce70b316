//! What people and programs get to read.

use super::*;
use crate::verdict::Proven;
use aitbc_audit::{Actor, Entry, Event, Record, Subject};
use serde_json::json;

#[test]
fn text_should_have_each_step_and_what_is_trusted() {
	let verdict = Plan::default().bundle().verify(NOW).unwrap();
	let text = verdict.to_string();
	for part in verdict.steps().iter().chain(&verdict.assumptions()) {
		assert!(text.contains(part), "{part}");
	}
	assert_eq!(verdict.steps()[0], "authorities: set 1; changes since the start: 1");
	let record = [
		"  event: action-succeeded\n",
		"  actor: account 0x07",
		"  block: 4\n  time: 1795000009000 ms since 1970\n",
		"  subject: action 3\n  subject: validator 0x05",
		"  subject: kind of action 2\n  hash: 0x09",
	];
	assert!(record.iter().all(|part| text.contains(part)), "{text}");
	assert!(text.contains("regtest work alone makes no chain"));
}

#[test]
fn json_should_have_each_part() {
	let verdict = Plan::default().bundle().verify(NOW).unwrap();
	let value = serde_json::to_value(&verdict).unwrap();
	let members: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
	let mut expected =
		["claim", "block", "finality", "anchor", "bitcoin", "trust"].map(String::from);
	expected.sort();
	let mut found = members;
	found.sort();
	assert_eq!(found, expected);
	let hash = |byte: &str| format!("0x{}", byte.repeat(32));
	let record = json!({
		"record": 3,
		"block": 4,
		"time": 1_795_000_009_000u64,
		"event": "action-succeeded",
		"actor": { "type": "account", "account": hash("07") },
		"subjects": [
			{ "type": "action", "action": 3 },
			{ "type": "validator", "account": hash("05") },
			{ "type": "actionKind", "kind": 2 },
		],
		"hashes": [hash("09")],
	});
	assert_eq!(value["claim"], json!({ "type": "record", "record": record, "count": RECORDS }));
	let votes = json!({ "voters": 3, "of": 4, "weight": 3, "threshold": 3, "total": 4 });
	assert_eq!(value["finality"]["votes"], votes);
	assert_eq!(value["bitcoin"]["work"], "54");
}

#[test]
fn storage_should_be_shown_when_there_is_a_value_and_when_there_is_none() {
	for (key, value, text) in [
		(SHORT, json!("0x2222222222222222"), "its state has 0x2222222222222222 under 0x73"),
		(ABSENT, json!(null), "its state has nothing under 0x6c"),
	] {
		let verdict = Plan { wanted: Wanted::Storage(key), ..Plan::default() }.bundle().verify(NOW);
		let claim = verdict.unwrap().claim;
		assert_eq!(serde_json::to_value(&claim).unwrap()["value"], value);
		assert!(claim.to_string().starts_with(text), "{claim}");
	}
}

#[test]
fn record_should_be_shown_whoever_did_it_and_whatever_it_is_about() {
	let account = format!("0x{}", "01".repeat(32));
	let actors = [
		(Actor::Chain, json!({ "type": "chain" }), "actor: the chain"),
		(Actor::Governance, json!({ "type": "governance" }), "actor: those who govern"),
		(
			Actor::Account([1; 32]),
			json!({ "type": "account", "account": account }),
			"actor: account 0x01",
		),
	];
	let subjects = [
		(Subject::Network, json!({ "type": "network" }), "subject: the network"),
		(
			Subject::Validator([1; 32]),
			json!({ "type": "validator", "account": account }),
			"subject: validator 0x01",
		),
		(Subject::Agent(2), json!({ "type": "agent", "agent": 2 }), "subject: agent 2"),
		(Subject::Action(3), json!({ "type": "action", "action": 3 }), "subject: action 3"),
		(
			Subject::ActionKind(4),
			json!({ "type": "actionKind", "kind": 4 }),
			"subject: kind of action 4",
		),
		(Subject::Case(5), json!({ "type": "case", "case": 5 }), "subject: case 5"),
		(Subject::Anchor(6), json!({ "type": "anchor", "anchor": 6 }), "subject: anchor 6"),
	];
	let mut verdict = Plan::default().bundle().verify(NOW).unwrap();
	for (actor, actor_json, actor_text) in &actors {
		for (subject, subject_json, subject_text) in &subjects {
			// What is named twice is shown once.
			let entry = Entry::new(Event::KillSwitchOn, *actor, &[*subject, *subject]);
			verdict.claim = Proven::Record { record: Record { entry, ..record(0) }, count: 1 };
			let shown = serde_json::to_value(&verdict.claim).unwrap()["record"].clone();
			assert_eq!((&shown["actor"], &shown["subjects"]), (actor_json, &json!([subject_json])));
			assert_eq!((&shown["event"], &shown["hashes"]), (&json!("kill-switch-on"), &json!([])));
			let text = verdict.to_string();
			assert!(text.contains(actor_text) && text.contains(subject_text), "{text}");
		}
	}
}
