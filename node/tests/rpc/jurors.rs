//! The namespace `jurors_*`. The scenario of the disputes has the jurors.

use crate::{chain, plancks, ALICE, BOB, DAVE};
use serde_json::{json, Value};

#[test]
fn jurors_should_show_what_they_have_at_risk() {
	let juror = chain().result("jurors_juror", json!({ "account": BOB }));

	assert_eq!([&juror["bond"], &juror["leaving"]], ["5000000000000000", "1000000000000000"]);
	assert_eq!([&juror["locked"], &juror["withdrawable"]], ["0", "0"]);
}

#[test]
fn weights_should_wait_for_their_epoch() {
	let chain = chain();
	let juror = |account: &str| chain.result("jurors_juror", json!({ "account": account }));

	let (bob, dave) = (juror(BOB), juror(DAVE));

	assert_eq!([&bob["weight"], &bob["share"]], ["0", "0.000000000"]);
	assert_eq!(bob["next"]["weight"], "2000000000000000", "half of what stays");
	// A reputation adds to the half.
	assert!(plancks(&dave["next"]["weight"]) > plancks(&dave["bond"]) / 2, "{dave}");
	assert!(bob["next"]["due"].as_u64() >= Some(3), "{bob}");
}

#[test]
fn pools_should_show_who_waits() {
	let chain = chain();
	let case = chain.result("disputes_case", json!({ "case": 0 }));

	let pool = chain.result("jurors_pool", json!({}));

	assert_eq!((&pool["jurors"], &pool["weight"]), (&json!(2), &json!("0")));
	assert_eq!(pool["minBond"], "1000000000000000");
	let request = &pool["waiting"][0];
	assert_eq!((&request["case"], &request["round"]), (&json!(0), &json!(0)));
	assert_eq!(request["seats"], case["round"]["seats"]);
	assert_eq!(request["stake"], case["court"]["seatStake"]);
	assert!(request["due"].as_u64() > Some(3), "{request}");
	assert_eq!(pool["waitingCount"], json!(1));
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	chain().expect("jurors_juror", json!({ "account": ALICE }), Value::Null);
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("jurors_juror", json!([])),
		("jurors_juror", json!([1])),
		("jurors_juror", json!([BOB, "0x12"])),
		("jurors_pool", json!(["0x12"])),
	] {
		chain.expect_malformed(method, params);
	}
}
