//! The namespace `agents_*`.

pub mod scenario;

use crate::{chain, column, ids, named, ALICE, BOB, CHARLIE, DAVE, NOBODY};
use serde_json::{json, Value};

#[test]
fn agents_should_be_found_by_id_owner_wallet_and_capability() {
	let chain = chain();

	let agent = chain.result("agents_info", json!({ "agent": 0 }));
	let owned = chain.result("agents_ofOwner", json!({ "owner": CHARLIE }));
	let worker = chain.result("agents_ofWallet", json!({ "wallet": DAVE }));
	let by_name = chain.result("agents_byCapability", json!({ "tag": "inference.image" }));
	let by_id = chain.result("agents_byCapability", json!({ "tag": 1 }));

	assert_eq!(agent["owner"], json!(CHARLIE));
	assert_eq!(agent["wallet"], json!(DAVE));
	assert_eq!(agent["status"], json!("active"));
	assert_eq!(owned, json!([agent]));
	assert_eq!(worker, json!(0));
	assert_eq!(by_name[0]["agent"], json!(0));
	assert_eq!(by_name, by_id);
}

#[test]
fn work_should_show_in_score_summary_and_feedback() {
	let chain = chain();

	let score = chain.result("agents_score", json!({ "agent": 0 }));
	let params = json!({ "agent": 0, "tag": "quality", "about": "inference.image" });
	let summary = chain.result("agents_summary", params);
	let filter = json!({ "author": BOB, "tag": "quality" });
	let feedback = chain.result("agents_feedback", json!({ "agent": 0, "filter": filter }));
	let clients = chain.result("agents_clients", json!({ "agent": 0 }));

	assert_eq!(score["counters"]["completed"], json!(2));
	assert_eq!((&summary["count"], &summary["mean"]), (&json!(1), &json!("97.5")));
	assert_eq!(column(&feedback, "value"), [json!("97.5")]);
	assert_eq!(clients, json!([BOB]));
}

#[test]
fn validations_should_be_found_by_id_subject_and_validator() {
	let chain = chain();

	let first = chain.result("agents_validation", json!({ "validation": 0 }));
	let of_subject = chain.result("agents_validations", json!({ "agent": 0, "tag": 8 }));
	let requests = chain.result("agents_validationRequests", json!({ "validator": 1 }));
	let summary = chain.result("agents_validationSummary", json!({ "agent": 0 }));
	let record = chain.result("agents_validatorRecord", json!({ "validator": 1 }));

	assert_eq!(first["state"]["answer"]["score"], json!(93));
	assert_eq!(ids(&of_subject, "validation"), [0, 1]);
	assert_eq!(ids(&requests, "validation"), [0, 1]);
	assert_eq!(summary, json!({ "count": 1, "sum": "93" }));
	assert_eq!(record, json!({ "answered": 1, "missed": 0, "overturned": 0 }));
}

#[test]
fn searches_should_end_when_the_whole_index_was_read() {
	let search = chain().read(
		"agents_match",
		named(json!({ "requirements": requirements("inference.image", "50") })),
	);

	assert_eq!(search["result"]["matches"][0]["row"]["agent"], json!(0));
	assert_eq!(search["result"]["pagesRead"], search["result"]["pages"]);
	assert_eq!(search["next"], Value::Null);
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	let nobody = json!({ "agent": NOBODY });
	for (method, params, result) in [
		("agents_info", nobody.clone(), Value::Null),
		("agents_ofOwner", json!({ "owner": ALICE }), json!([])),
		("agents_ofWallet", json!({ "wallet": ALICE }), Value::Null),
		("agents_capabilities", nobody.clone(), json!([])),
		("agents_byCapability", json!({ "tag": u32::MAX }), json!([])),
		("agents_metadata", nobody.clone(), json!([])),
		("agents_feedback", nobody.clone(), json!([])),
		("agents_clients", nobody.clone(), json!([])),
		("agents_validation", json!({ "validation": NOBODY }), Value::Null),
		("agents_validations", nobody.clone(), json!([])),
		("agents_validationRequests", json!({ "validator": NOBODY }), json!([])),
		("agents_validationSummary", nobody.clone(), json!({ "count": 0, "sum": "0" })),
		(
			"agents_walletPayload",
			json!({ "agent": NOBODY, "wallet": ALICE, "deadline": 9 }),
			Value::Null,
		),
	] {
		chain.expect(method, params, result);
	}
	let score = chain.result("agents_score", nobody);
	assert_eq!((&score["mean"], &score["evidence"]), (&Value::Null, &json!("0")));
}

#[test]
fn errors_should_name_their_cause() {
	let chain = chain();
	let author = json!({ "agent": 0, "filter": { "author": "0x12" } });
	chain.expect_error("agents_feedback", author, -32602, json!({ "error": "BadAccount" }));
	for (method, params, error) in [
		("agents_byCapability", json!({ "tag": "no.such.tag" }), "TagNotFound"),
		("agents_match", json!({ "requirements": requirements(u32::MAX, "50") }), "TagNotFound"),
		(
			"agents_match",
			json!({ "requirements": requirements("inference.image", "100.5") }),
			"PerformanceOffScale",
		),
	] {
		let data = json!({ "pallet": "Agents", "error": error });
		chain.expect_error(method, params, -32023, data);
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	let mut unknown = requirements("inference.image", "50");
	unknown["maximumPrice"] = json!("1");
	let mut number = requirements("inference.image", "50");
	number["maxPrice"] = json!(1);
	for (method, params) in [
		("agents_info", json!([])),
		("agents_info", json!(["0"])),
		("agents_info", json!([-1])),
		("agents_info", json!([0, "0x12"])),
		("agents_byCapability", json!([1.5])),
		("agents_feedback", json!([0, { "revoked": true }])),
		("agents_match", json!([unknown])),
		("agents_match", json!([number])),
		("agents_walletPayload", json!([0, ALICE])),
	] {
		chain.expect_malformed(method, params);
	}
}

/// Requirements that agent 0 meets if `tag` is its and `performance` is not above its.
fn requirements(tag: impl Into<Value>, performance: &str) -> Value {
	json!({
		"tag": tag.into(),
		"version": "1.0",
		"performance": performance,
		"maxPrice": "1000000000",
		"capacity": 1,
		"seed": format!("0x{}", "07".repeat(32)),
	})
}
