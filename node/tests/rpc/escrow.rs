//! The namespace `escrow_*`.

pub mod scenario;

use crate::{chain, column, ids, ALICE, BOB, CHARLIE, DAVE, FERDIE, NOBODY};
use aitbc_core::{ContractId, Hash, Voucher};
use serde_json::{json, Value};
use std::str::FromStr;

/// An agreement that pays so.
fn agreement(payment: Value) -> Value {
	json!({
		"terms": format!("0x{}", "09".repeat(32)),
		"payment": payment,
		"reviewPeriod": 20,
	})
}

#[test]
fn contracts_should_be_found_by_id_and_party() {
	let chain = chain();
	let of = |account| chain.result("escrow_contractsOfParty", json!({ "account": account }));

	let contract = chain.result("escrow_contract", json!({ "contract": 7 }));

	assert_eq!([&contract["client"], &contract["provider"]], [BOB, DAVE]);
	assert_eq!(ids(&of(BOB), "contract"), [2, 3, 4, 7, 9]);
	assert_eq!(ids(&of(DAVE), "contract"), [2, 3, 4, 7]);
	assert_eq!(ids(&of(FERDIE), "contract"), [9]);
	assert!(of(BOB).as_array().is_some_and(|contracts| contracts.contains(&contract)));
}

#[test]
fn contracts_should_show_how_far_they_have_come() {
	let chain = chain();
	let contract = |id: u64| chain.result("escrow_contract", json!({ "contract": id }));

	let approved = contract(7);
	assert_eq!((&approved["job"], &approved["accepted"]), (&Value::Null, &json!(true)));
	assert_eq!(
		approved["bondsHeld"],
		json!({ "client": "1000000000000", "provider": "2000000000000" })
	);
	assert!(approved["fundedSince"].is_u64() && approved["started"].is_u64(), "{approved}");
	let milestones = &approved["payment"]["milestones"];
	assert_eq!(column(milestones, "amount"), ["10000000000000", "20000000000000"]);
	let [first, second] = [0, 1].map(|place| &milestones[place]["state"]);
	assert_eq!((&first["type"], &first["approvals"]), (&json!("submitted"), &json!([CHARLIE])));
	assert_eq!(*second, json!({ "type": "pending", "offer": null }));

	let open = contract(9);
	assert_eq!((&open["accepted"], &open["fundedSince"]), (&json!(false), &Value::Null));
	assert_eq!(open["feeRate"], "0.025000000", "Ferdie has no reputation that would spare it any");
	assert_eq!((&open["started"], &open["payment"]["type"]), (&Value::Null, &json!("stream")));
}

#[test]
fn contracts_of_jobs_should_show_what_was_earned() {
	let chain = chain();
	let contract = |id: u64| chain.result("escrow_contract", json!({ "contract": id }));

	let (stream, meter) = (contract(2), contract(3));

	assert_eq!((&stream["job"], &meter["job"]), (&json!(2), &json!(3)));
	let amount = |json: &Value| json.as_str().and_then(|text| text.parse::<u128>().ok());
	let stream = &stream["payment"];
	assert_eq!(stream["rate"], "500000000000");
	assert!(amount(&stream["paid"]) > Some(0) && amount(&stream["earned"]) > Some(0), "{stream}");
	// It is paid for 50 blocks from its start on, and may go on for 50 from its latest start on.
	assert!(stream["runsOutAt"].as_u64() < stream["until"].as_u64(), "{stream}");
	assert!(stream["runsOutAt"].is_u64() && stream["pausedSince"].is_null(), "{stream}");
	let meter = &meter["payment"];
	assert_eq!([&meter["billed"], &meter["sequence"], &meter["terms"]["units"]], ["5", "1", "20"]);
	assert_eq!([&meter["paid"], &meter["held"]], ["2500000000000", "7500000000000"]);
	assert_eq!(meter["phase"], json!({ "type": "running" }));
}

#[test]
fn claims_should_outlive_their_contract() {
	let chain = chain();

	let claims = chain.result("escrow_claims", json!({ "contract": 8 }));

	assert_eq!(chain.result("escrow_contract", json!({ "contract": 8 })), Value::Null);
	assert_eq!(column(&claims, "kind"), ["payment"]);
	assert_eq!((&claims[0]["payer"], &claims[0]["amount"]), (&json!(BOB), &json!("975")));
}

#[test]
fn deposits_should_be_what_is_held() {
	let chain = chain();
	let held =
		|id: u64| chain.result("escrow_contract", json!({ "contract": id }))["deposit"].take();
	let deposit =
		|agreement: Value| chain.result("escrow_depositFor", json!({ "agreement": agreement }));
	let milestone = json!({ "amount": "1", "due": 1 });
	let milestones = json!({ "type": "milestones", "milestones": [milestone, milestone] });
	let stream = json!({ "type": "stream", "rate": "1", "amount": "1", "until": 1 });
	let metered = json!({
		"type": "metered", "unitPrice": "1", "units": "1", "until": 1, "signer": BOB
	});
	let mut approved = agreement(milestones);
	approved["approvers"] = json!({ "accounts": [CHARLIE, ALICE], "threshold": 1 });
	approved["bonds"] = json!({ "client": "1", "provider": "1" });

	assert_eq!(deposit(approved), held(7));
	assert_eq!(deposit(agreement(stream)), held(2));
	assert_eq!(deposit(agreement(metered)), held(3));
}

#[test]
fn voucher_payloads_should_be_what_the_core_signs() {
	let chain = chain();
	let genesis = chain.get("chain_getBlockHash", json!([0]));
	let genesis = Hash::from_str(genesis.as_str().expect("a hash is a string")).expect("a hash");
	let voucher = Voucher { contract: ContractId(3), units: u64::MAX, sequence: 258 };

	let params = json!({ "contract": 3, "units": u64::MAX.to_string(), "sequence": "258" });
	let payload = chain.result("escrow_voucherPayload", json!({ "voucher": params }));

	assert_eq!(payload, json!(format!("0x{}", hex::encode(voucher.payload(genesis)))));
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	let nothing = json!({ "contract": NOBODY });
	for (method, params, result) in [
		("escrow_contract", nothing.clone(), Value::Null),
		("escrow_contractsOfParty", json!({ "account": ALICE }), json!([])),
		("escrow_claims", nothing, json!([])),
		("escrow_claims", json!({ "contract": 7 }), json!([])),
	] {
		chain.expect(method, params, result);
	}
}

#[test]
fn signers_and_approvers_should_be_accounts() {
	let chain = chain();
	let signer = agreement(json!({
		"type": "metered", "unitPrice": "1", "units": "1", "until": 1, "signer": "Bob"
	}));
	let mut approver = agreement(json!({ "type": "milestones", "milestones": [] }));
	approver["approvers"] = json!({ "accounts": ["0x12"], "threshold": 1 });
	for agreement in [signer, approver] {
		let params = json!({ "agreement": agreement });
		chain.expect_error("escrow_depositFor", params, -32602, json!({ "error": "BadAccount" }));
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	let number = json!({ "type": "stream", "rate": 1, "amount": "1", "until": 1 });
	for (method, params) in [
		("escrow_contract", json!([])),
		("escrow_contract", json!(["7"])),
		("escrow_contract", json!([7, "0x12"])),
		("escrow_claims", json!([-1])),
		("escrow_contractsOfParty", json!([1])),
		("escrow_depositFor", json!([{}])),
		("escrow_depositFor", json!([agreement(json!({ "milestones": [] }))])),
		("escrow_depositFor", json!([agreement(number)])),
		("escrow_voucherPayload", json!([{ "contract": 3, "units": "1" }])),
		("escrow_voucherPayload", json!([{ "contract": 3, "units": 1, "sequence": "1" }])),
	] {
		chain.expect_malformed(method, params);
	}
}
