//! The namespace `disputes_*`.

pub mod scenario;

use crate::{chain, column, ids, ALICE, CHARLIE, EVE, NOBODY};
use aitbc_core::Hash;
use serde_json::{json, Value};

#[test]
fn cases_should_be_found_by_id_and_account() {
	let chain = chain();
	let of = |account| chain.result("disputes_casesOf", json!({ "account": account }));
	let case = |id: u64| chain.result("disputes_case", json!({ "case": id }));

	for (account, party) in [(CHARLIE, "client"), (EVE, "provider")] {
		let found = of(account);
		let cases = json!(column(&found, "case"));
		assert_eq!(ids(&cases, "case"), [0, 1]);
		assert!([0, 1].map(case).iter().all(|case| column(&found, "case").contains(case)));
		let roles = json!([{ "type": "party", "party": party }]);
		assert_eq!(column(&found, "roles"), [roles.clone(), roles]);
	}
}

#[test]
fn cases_should_show_who_claims_what() {
	let case = chain().result("disputes_case", json!({ "case": 0 }));

	assert_eq!(case["subject"], json!({ "type": "milestone", "contract": 10, "milestone": 0 }));
	assert_eq!(case["parties"], json!({ "client": CHARLIE, "provider": EVE }));
	assert_eq!([&case["opener"], &case["value"]], ["client", "400000000000000"]);
	assert_eq!(case["claims"], json!({ "client": "1.000000000", "provider": "0.300000000" }));
	assert_eq!(case["evidence"], json!({ "client": 1, "provider": 2 }));
}

#[test]
fn cases_should_show_how_far_they_have_come() {
	let chain = chain();
	let court = chain.result("disputes_courtTerms", json!({}));
	let case = chain.result("disputes_case", json!({ "case": 0 }));

	let state = &case["state"];
	assert_eq!((&state["type"], &state["round"]), (&json!("drawing"), &json!(0)));
	assert_eq!((&state["redrawn"], &case["next"]), (&json!(false), &Value::Null));
	assert!(state["evidenceUntil"].as_u64() > case["since"].as_u64(), "{case}");
	assert_eq!((&case["court"], &case["deposit"]), (&court["terms"], &court["deposit"]));
	assert_eq!(case["filingFee"], court["filingFee"]);
}

#[test]
fn cases_should_have_no_court_when_they_are_too_small() {
	let chain = chain();

	let case = chain.result("disputes_case", json!({ "case": 1 }));

	assert_eq!(case["subject"], json!({ "type": "contract", "contract": 11 }));
	assert_eq!((&case["opener"], &case["value"]), (&json!("client"), &json!("20000000000000")));
	assert_eq!(case["claims"], json!({ "client": "1.000000000", "provider": null }));
	assert_eq!([&case["court"], &case["round"]], [&Value::Null, &Value::Null]);
	let state = &case["state"];
	assert_eq!(state["offer"], json!({ "by": "provider", "clientShare": "0.250000000" }));
	let until = state["until"].as_u64().expect("it ends");
	let step = json!({ "step": { "type": "endSettlement" }, "from": until + 1 });
	assert_eq!((&state["type"], &case["next"]), (&json!("settling"), &step));
	let period = chain.result("disputes_courtTerms", json!({}))["settlementPeriod"].as_u64();
	assert_eq!(until.checked_sub(case["since"].as_u64().expect("it has begun")), period);
	assert_eq!(chain.result("disputes_rounds", json!({ "case": 1 })), json!([]));
}

#[test]
fn rounds_should_show_who_staked() {
	let chain = chain();
	let case = chain.result("disputes_case", json!({ "case": 0 }));

	let round = chain.result("disputes_round", json!({ "case": 0, "round": 0 }));
	let rounds = chain.result("disputes_rounds", json!({ "case": 0 }));

	let stake = |payer| json!({ "payer": payer, "amount": "15000000000000", "deposit": "0" });
	assert_eq!(
		round,
		json!({
			"round": 0,
			"seats": 3,
			"stakes": { "client": stake(CHARLIE), "provider": stake(EVE) },
			"jury": [],
			"outcome": null,
		})
	);
	assert_eq!((&case["round"], &rounds), (&round, &json!([round])));
}

#[test]
fn evidence_should_be_listed_in_its_order() {
	let chain = chain();

	let evidence = chain.result("disputes_evidence", json!({ "case": 0 }));

	assert_eq!(column(&evidence, "number"), [0, 1, 2]);
	// The two sides filed theirs at once, each in this order.
	let by = |party: &str| {
		let filed = evidence.as_array().expect("evidence is a list").iter();
		let filed = filed.filter(|item| item["by"] == party);
		json!(filed.collect::<Vec<_>>())
	};
	assert_eq!(column(&by("client"), "kind"), ["statement"]);
	assert_eq!(column(&by("provider"), "kind"), ["deliverable", "record"]);
	let hash = |byte| json!(Hash::repeat_byte(byte));
	assert_eq!(column(&by("provider"), "hash"), [hash(1), hash(2)]);
	assert_eq!(column(&by("client"), "uri"), ["https://clients.example/complaint.md"]);
}

#[test]
fn court_terms_should_follow_from_the_price_of_a_seat() {
	let court = chain().result("disputes_courtTerms", json!({}));

	let terms = json!({ "seatFee": "5000000000000", "seatStake": "100000000000000" });
	assert_eq!((&court["terms"], &court["seats"]), (&terms, &json!([3, 7, 15, 31])));
	assert_eq!([&court["courtFee"], &court["leastValue"]], ["15000000000000", "75000000000000"]);
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	let nothing = json!({ "case": NOBODY });
	for (method, params, result) in [
		("disputes_case", nothing.clone(), Value::Null),
		("disputes_round", json!({ "case": 0, "round": 1 }), Value::Null),
		("disputes_rounds", nothing.clone(), json!([])),
		("disputes_evidence", nothing, json!([])),
		("disputes_evidence", json!({ "case": 1 }), json!([])),
		("disputes_casesOf", json!({ "account": ALICE }), json!([])),
	] {
		chain.expect(method, params, result);
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("disputes_case", json!([])),
		("disputes_case", json!(["0"])),
		("disputes_case", json!([0, "0x12"])),
		("disputes_round", json!([0])),
		("disputes_round", json!([0, -1])),
		("disputes_round", json!([0, 256])),
		("disputes_rounds", json!([-1])),
		("disputes_evidence", json!([1.5])),
		("disputes_casesOf", json!([1])),
	] {
		chain.expect_malformed(method, params);
	}
}
