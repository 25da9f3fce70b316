//! The namespace `telemetry_*`.

pub mod scenario;

use crate::{
	chain,
	harness::{wait_until, Node},
	plancks, ALICE,
};
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::AliceStash;

/// Alice's stash, which validates.
fn stash() -> String {
	AliceStash.to_account_id().to_string()
}

#[test]
fn feed_should_have_what_the_worker_measured() {
	let chain = chain();

	let feeds = chain.result("telemetry_feeds", json!({}));

	let feed = &feeds[0];
	assert_eq!(feed["reporters"], json!(1));
	let series: Vec<_> = feed["values"].as_array().expect("a list").iter().collect();
	let names: Vec<_> = series.iter().map(|value| value["series"].as_str()).collect();
	assert_eq!(names, [Some("height"), Some("finality-lag"), Some("block-time")]);
	let median = |index: usize| -> f64 {
		series[index]["median"].as_str().expect("text").parse().expect("a number")
	};
	let first = feed["firstBlock"].as_f64().expect("a number");
	assert!((first..first + 10.0).contains(&median(0)), "{feed}");
	assert!((0.0..20.0).contains(&median(1)), "{feed}");
	assert!((0.5..30.0).contains(&median(2)), "{feed}");
	chain.expect("telemetry_feed", json!({ "window": feed["window"] }), feed.clone());
	chain.expect("telemetry_feed", json!({ "window": u32::MAX }), Value::Null);
}

#[test]
fn reporters_should_be_shown_with_their_record() {
	let chain = chain();

	let reporter = chain.result("telemetry_reporter", json!({ "account": stash() }));

	assert_eq!(reporter["reporter"], json!(stash()));
	assert_eq!(reporter["worker"]["deposit"], "100000000000000");
	assert_eq!(reporter["isCovered"], json!(true));
	assert!(plancks(&reporter["stake"]) > 0, "{reporter}");
	assert!(reporter["record"]["revealed"].as_u64() >= Some(1), "{reporter}");
	chain.expect("telemetry_reporters", json!({}), json!([reporter]));
	chain.expect("telemetry_reporter", json!({ "account": ALICE }), Value::Null);
}

#[test]
fn overview_should_have_the_terms() {
	let overview = chain().result("telemetry_overview", json!({}));

	assert_eq!(overview["windowLength"], json!(10));
	assert_eq!(overview["missPenalty"], "1000000000000");
	assert_eq!(overview["minReporters"], json!(3));
}

#[test]
fn worker_should_say_what_it_reads_and_that_it_sends() {
	let worker = chain().local("telemetry_worker", json!([]));

	assert_eq!(worker["mode"], "report");
	assert_eq!(worker["keys"].as_array().map(Vec::len), Some(1));
	let status = &worker["status"];
	assert_eq!((&status["problem"], &status["sender"]), (&Value::Null, &json!("sending")));
	assert_eq!(status["series"].as_array().map(Vec::len), Some(11));
	let disk = status["series"]
		.as_array()
		.expect("a list")
		.iter()
		.find(|one| one["series"] == "disk-free" && one["value"].is_string());
	assert!(disk.is_some(), "{worker}");
}

#[test]
fn recordings_should_be_kept_with_the_hash_of_their_samples() {
	let feeds = chain().result("telemetry_feeds", json!({}));
	let window = &feeds[0]["window"];

	let recording = chain().local("telemetry_recording", json!([window]));

	assert_eq!(&recording["window"], window);
	let samples = recording["samples"].as_array().expect("a list");
	assert!(!samples.is_empty() && samples.len() <= 10, "{recording}");
	assert_eq!(recording["series"].as_array().map(Vec::len), Some(11));
	assert_eq!(chain().local("telemetry_recording", json!([u32::MAX])), Value::Null);
	chain().local("telemetry_alarms", json!([]));
}

#[test]
fn worker_should_be_off_when_nobody_turned_it_on() {
	let node = Node::dev(&[]);
	wait_until("a block", || (node.best() > 0).then_some(()));

	let worker = node.get("telemetry_worker", json!([]));

	assert_eq!((&worker["mode"], &worker["status"]), (&json!("off"), &Value::Null));
	assert_eq!(worker["keys"], json!([]));
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("telemetry_reporter", json!([])),
		("telemetry_reporter", json!([1])),
		("telemetry_feed", json!(["7"])),
		("telemetry_feeds", json!([-1])),
		("telemetry_report", json!([-1])),
		("telemetry_recording", json!([])),
		("telemetry_newKey", json!([])),
	] {
		chain.expect_malformed(method, params);
	}
	let data = json!({ "error": "BadAccount" });
	chain.expect_error("telemetry_newKey", json!(["Alice"]), -32602, data);
}
