//! The namespace `actions_*`.

pub mod scenario;

use crate::{chain, column, ids, named, ALICE, BOB, CHARLIE, DAVE, EVE, NOBODY};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::{AliceStash, BobStash};

/// Alice's stash, which validates.
fn stash() -> String {
	AliceStash.to_account_id().to_string()
}

/// The validator.
fn validator() -> Value {
	json!({ "type": "validator", "account": stash() })
}

/// What is known of an action.
fn action(action: u64) -> Value {
	chain().result("actions_action", json!({ "action": action }))
}

/// `0x` and the digits of 32 equal bytes.
fn hash(byte: u8) -> String {
	format!("0x{}", hex::encode([byte; 32]))
}

/// What each recommendation says about itself.
fn idea() -> Value {
	json!({
		"rationaleUri": "https://agents.example/rationale.json",
		"rationaleHash": hash(0xa1),
		"model": "lag-forecast",
		"modelVersion": 3,
		"confidence": 85,
	})
}

/// A kind of action that agent 2's command would do, on the terms of all that are not notes.
fn terms(class: &str) -> Value {
	json!({ "class": class, "cooldown": 40, "lease": 80, "watch": 60, "reversibleBy": null })
}

#[test]
fn action_should_show_what_was_recommended_and_who_approved() {
	let order = scenario::proposed_order();
	let shown = json!({
		"action": 3,
		"hash": format!("0x{}", hex::encode(order.hash())),
		"source": {
			"type": "account", "account": stash(), "agent": null, "deposit": "10000000000000",
		},
		"kind": 2,
		"version": 2,
		"target": validator(),
		"work": { "type": "command", "parameters": [{ "type": "word", "value": "node" }] },
		"rollback": null,
		"terms": terms("low"),
		"idea": idea(),
		"report": null,
		"series": "finality-lag",
		"expires": 300,
		"simulation": { "type": "notNeeded" },
		"approvals": [ALICE],
		"isForced": false,
		"spam": [],
		"state": { "type": "proposed" },
	});

	chain().expect("actions_action", json!({ "action": 3 }), shown);
}

#[test]
fn action_should_show_the_calls_when_the_chain_would_do_it() {
	let shown = action(5);
	let call = |is_rollback| {
		json!({
			"type": "call",
			"bytes": format!("0x{}", hex::encode(scenario::call(is_rollback))),
		})
	};

	assert_eq!(shown["source"]["account"], json!(DAVE));
	assert_eq!(shown["source"]["agent"], json!(0));
	assert_eq!((&shown["kind"], &shown["target"]), (&json!(8), &json!({ "type": "network" })));
	assert_eq!((&shown["work"], &shown["rollback"]), (&call(false), &call(true)));
	assert_eq!(
		(&shown["terms"]["class"], &shown["series"]),
		(&json!("high"), &json!("block-time"))
	);
	assert_eq!(shown["terms"]["reversibleBy"], json!(7));
	assert_eq!((&shown["approvals"], &shown["state"]["type"]), (&json!([]), &json!("proposed")));
}

#[test]
fn running_action_should_show_who_is_at_it() {
	let shown = action(4);
	let state = &shown["state"];

	assert_eq!((&shown["kind"], &shown["terms"]), (&json!(4), &terms("medium")));
	assert_eq!((&state["type"], &state["agent"]), (&json!("running"), &json!(2)));
	assert_eq!(state["wallet"], json!(BobStash.to_account_id().to_string()));
	assert_eq!(state["baseline"]["series"], json!("block-time"));
	assert!(state["until"].as_u64() > Some(80), "{shown}");
}

#[test]
fn ended_actions_should_show_how_they_ended_and_hold_nothing() {
	for (id, kind, outcome) in [(0, 1, "noted"), (1, 3, "failed"), (2, 6, "vetoed")] {
		let shown = action(id);
		let state = &shown["state"];

		assert_eq!(shown["kind"], json!(kind));
		assert_eq!((&state["type"], &state["outcome"]), (&json!("ended"), &json!(outcome)));
		let (at, until) = (state["at"].as_u64(), state["until"].as_u64());
		assert_eq!(at.map(|at| at + 600), until, "{shown}");
		let (account, agent) =
			if id == 1 { (DAVE.to_owned(), json!(0)) } else { (stash(), Value::Null) };
		let source =
			json!({ "type": "account", "account": account, "agent": agent, "deposit": "0" });
		assert_eq!(shown["source"], source);
	}
	assert_eq!(action(0)["work"], json!({ "type": "note" }));
	assert_eq!(action(2)["rollback"], json!({ "type": "command", "parameters": [] }));
	let approvals = action(1)["approvals"].take();
	let approvals = approvals.as_array().expect("they are a list");
	assert!(approvals.len() == 2 && [ALICE, BOB].iter().all(|who| approvals.contains(&json!(who))));
}

#[test]
fn actions_should_be_found_by_target_and_by_being_open() {
	let chain = chain();
	let found = |filter: Value| chain.result("actions_actions", json!({ "filter": filter }));
	let agent = |agent: u64| json!({ "target": { "type": "agent", "agent": agent } });

	for (filter, newest_first) in [
		(json!(null), vec![5, 4, 3, 2, 1, 0]),
		(json!({}), vec![5, 4, 3, 2, 1, 0]),
		(json!({ "isOpen": false }), vec![5, 4, 3, 2, 1, 0]),
		(json!({ "isOpen": true }), vec![5, 4, 3]),
		(json!({ "target": validator() }), vec![4, 3, 2, 1, 0]),
		(json!({ "target": validator(), "isOpen": true }), vec![4, 3]),
		(json!({ "target": { "type": "network" } }), vec![5]),
		(agent(1), vec![]),
	] {
		let actions = found(filter.clone());
		assert_eq!(json!(column(&actions, "action")), json!(newest_first), "{filter}");
	}
	assert_eq!(found(json!({ "target": { "type": "network" } })), json!([action(5)]));
}

#[test]
fn pages_should_join_to_the_list_when_it_is_filtered() {
	let chain = chain();
	let params = named(json!({ "filter": { "target": validator(), "isOpen": true } }));
	let whole = chain.read("actions_actions", params.clone());

	assert_eq!(whole["next"], Value::Null);
	assert_eq!(json!(chain.joined("actions_actions", params)), whole["result"]);
}

#[test]
fn catalogue_should_be_that_of_the_genesis() {
	let chain = chain();
	let kinds = chain.result("actions_kinds", json!({}));

	assert_eq!(ids(&kinds, "kind"), [1, 2, 3, 4, 5, 6, 7, 8]);
	let names = [
		"raise-alert",
		"restart-service",
		"rotate-peers",
		"prune",
		"resume-rpc",
		"pause-rpc",
		"unpause-call",
		"pause-call",
	];
	assert_eq!(column(&kinds, "name"), names.map(|name| json!(name)));
	for kind in kinds.as_array().expect("kinds are a list") {
		chain.expect("actions_kind", json!({ "kind": kind["kind"] }), kind.clone());
	}
}

#[test]
fn kind_should_show_who_does_it_and_who_agrees() {
	let chain = chain();
	let kind = |kind: u16| chain.result("actions_kind", json!({ "kind": kind }));
	let restart = json!({
		"kind": 2,
		"version": 2,
		"name": "restart-service",
		"class": "low",
		"performer": { "type": "executor", "parameters": [{
			"name": "service",
			"bounds": { "type": "word", "words": ["node", "monitor"] },
		}] },
		"targets": "validators",
		"verification": { "type": "approvers", "needed": 2 },
		"rateLimit": { "count": 12, "period": 1_200 },
		"cooldown": 40,
		"blastRadius": "0.250000000",
		"timeToLive": 400,
		"lease": 80,
		"watch": 60,
		"needsSimulation": false,
		"reversibleBy": null,
	});

	assert_eq!(kind(2), restart);
	let (alert, pause) = (kind(1), kind(8));
	assert_eq!(alert["performer"], json!({ "type": "nobody" }));
	assert_eq!(alert["verification"], json!({ "type": "nobody" }));
	assert_eq!(pause["performer"], json!({ "type": "chain", "pallet": 61, "call": 0 }));
	assert_eq!(pause["verification"], json!({ "type": "approvers", "needed": 3 }));
	assert_eq!((&pause["targets"], &pause["reversibleBy"]), (&json!("network"), &json!(7)));
}

#[test]
fn status_should_have_the_terms_and_what_went_wrong() {
	let status = chain().result("actions_status", json!({}));

	assert_eq!((&status["isKilled"], &status["count"]), (&json!(false), &json!(6)));
	assert_eq!(status["approvers"], json!([ALICE, BOB, CHARLIE]));
	assert_eq!(status["recommenders"], json!([0]));
	assert_eq!((&status["validators"], &status["underAction"]), (&json!(1), &json!(1)));
	assert_eq!((&status["deposit"], &status["maxOpen"]), (&json!("10000000000000"), &json!(8)));
	assert_eq!(status["keptBlocks"], json!(600));
	let terms = json!({ "failures": 3, "starts": 16, "period": 20, "recoveries": 2 });
	assert_eq!(status["breakerTerms"], terms);
	let class = |class: &str| json!({ "type": "class", "class": class });
	let scopes =
		[json!({ "type": "all" }), class("info"), class("low"), class("medium"), class("high")];
	let breakers = &status["breakers"];
	assert_eq!(column(breakers, "scope"), scopes);
	assert_eq!(column(breakers, "failures"), [1, 0, 1, 0, 0].map(|failures| json!(failures)));
	assert_eq!(column(breakers, "openings"), [0; 5].map(|openings| json!(openings)));
	assert_eq!(column(breakers, "position"), [(); 5].map(|()| json!({ "type": "closed" })));
	// The two that were claimed. Those that wait did not begin, and what an operator notes counts for nobody.
	let starts = column(breakers, "starts");
	assert_eq!(starts[1..], [0, 1, 1, 0].map(|starts| json!(starts)));
}

#[test]
fn targets_should_show_who_operates_them_and_what_stops_them() {
	let standing = |operator: Value, executor: Value, is_braked: bool, under_action: Value| {
		json!({
			"isThere": true,
			"operator": operator,
			"executor": executor,
			"isBraked": is_braked,
			"underAction": under_action,
		})
	};
	for (target, shown) in [
		(validator(), standing(json!(stash()), json!(2), false, json!(4))),
		(json!({ "type": "network" }), standing(json!(null), json!(null), false, json!(null))),
		(
			json!({ "type": "agent", "agent": 1 }),
			standing(json!(EVE), json!(null), true, json!(null)),
		),
	] {
		chain().expect("actions_target", json!({ "target": target }), shown);
	}
	let mut nothing = standing(json!(null), json!(null), false, json!(null));
	nothing["isThere"] = json!(false);
	for target in [
		json!({ "type": "agent", "agent": NOBODY }),
		json!({ "type": "validator", "account": EVE }),
	] {
		let mut shown = nothing.clone();
		shown["operator"] = target["account"].clone();
		chain().expect("actions_target", json!({ "target": target }), shown);
	}
}

#[test]
fn track_records_should_count_what_was_carried_out() {
	let record = json!({
		"kind": 3,
		"agent": 0,
		"model": "lag-forecast",
		"modelVersion": 3,
		"helped": 0,
		"noEffect": 0,
		"worse": 0,
		"unjudged": 0,
		"failed": 1,
		"unknown": 0,
	});

	chain().expect("actions_trackRecords", json!({ "kind": 3 }), json!([record]));
	// Neither what is noted or vetoed nor what goes on.
	for kind in [1, 4, 6] {
		chain().expect("actions_trackRecords", json!({ "kind": kind }), json!([]));
	}
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	for (method, params, result) in [
		("actions_kind", json!({ "kind": 9 }), Value::Null),
		("actions_action", json!({ "action": NOBODY }), Value::Null),
		("actions_trackRecords", json!({ "kind": 9 }), json!([])),
	] {
		chain.expect(method, params, result);
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("actions_kind", json!([])),
		("actions_kind", json!(["2"])),
		("actions_kind", json!([65_536])),
		("actions_action", json!([])),
		("actions_action", json!([-1])),
		("actions_actions", json!([{ "state": "proposed" }])),
		("actions_actions", json!([{ "isOpen": 1 }])),
		("actions_actions", json!([{ "target": { "type": "machine" } }])),
		("actions_actions", json!([{ "target": { "type": "validator" } }])),
		("actions_target", json!([])),
		("actions_target", json!([ALICE])),
		("actions_target", json!([{ "type": "network", "agent": 1 }])),
		("actions_target", json!([{ "type": "agent", "agent": 1, "account": ALICE }])),
		("actions_trackRecords", json!([null])),
	] {
		chain.expect_malformed(method, params);
	}
	let target = json!({ "type": "validator", "account": "Alice" });
	for (method, param) in
		[("actions_target", target.clone()), ("actions_actions", json!({ "target": target }))]
	{
		chain.expect_error(method, json!([param]), -32602, json!({ "error": "BadAccount" }));
	}
}
