//! A validator's node measures itself, from its first key to a feed that anybody can read.

use crate::harness::{plancks, schema, wait_until, Cli, Node};
use serde_json::Value;

const AIT: u128 = 1_000_000_000_000;

const STASH: &str = "//Alice//stash";

/// The same with one value for all that was measured: whether it is whole, or there at all, differs from run
/// to run.
fn without_values(json: Value) -> Value {
	match json {
		Value::Object(members) => {
			let members = members.into_iter().map(|(name, value)| {
				let is_measured = matches!(name.as_str(), "median" | "spread" | "value" | "score");
				let value = if is_measured { "0.5".into() } else { without_values(value) };
				(name, value)
			});
			Value::Object(members.collect())
		},
		Value::Array(items) => items.into_iter().map(without_values).collect(),
		other => other,
	}
}

#[tokio::test]
async fn validator_should_measure_until_there_is_a_feed() {
	let node = Node::measuring().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let data = |arguments: &[&str]| -> Value { cli.json(arguments)["data"].take() };
	let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&without_values(cli.json(arguments))));
	};
	let status = || data(&["telemetry", "status"]);
	let sender = || text(&status()["worker"]["status"]["sender"]);
	wait_until("the worker to run", || async { (sender() == "noKey").then_some(()) }).await;
	assert_eq!(status()["worker"]["mode"], "report");
	assert!(cli.fail(1, &["telemetry", "status", STASH]).contains("never had a worker key"));

	// A key that the node makes, sent from elsewhere.
	let made = data(&["telemetry", "key", "new", STASH]);
	let (key, proof) = (text(&made["key"]), text(&made["proof"]));
	let set = ["telemetry", "key", "set", "--key", &key, "--proof", &proof];
	let wait_for_sender = |state: &'static str| async move {
		wait_until(state, || async { (sender() == state).then_some(()) }).await;
	};
	wait_for_sender("notNamed").await;
	for (from, error) in [("//Bob", "Telemetry::NotActive"), ("//Alice", "Telemetry::NotActive")] {
		let said = cli.send_in_vain(5, from, &set);
		assert!(said.contains(error), "{said}");
	}
	let wrong =
		set.map(|word| if word == proof { format!("0x{}", "11".repeat(64)) } else { word.into() });
	let wrong: Vec<_> = wrong.iter().map(String::as_str).collect();
	assert!(cli.send_in_vain(5, STASH, &wrong).contains("Telemetry::InvalidSignature"));
	let dry = [&set[..], &["--from", STASH, "--dry-run"]].concat();
	assert_eq!(plancks(&data(&dry)["consequences"]["deposit"]), 100 * AIT);
	snapshot("telemetry_key_set_dry_run", &dry);
	cli.send(STASH, &set);
	wait_for_sender("sending").await;

	let claimed = cli.fail(1, &["telemetry", "claim", "--from", STASH, "--yes"]);
	assert!(claimed.contains("has nothing to claim"), "{claimed}");
	let feed =
		wait_until("a feed", || async { data(&["telemetry", "history"])["feeds"].get(0).cloned() })
			.await;
	assert_eq!(feed["reporters"], 1);
	let of = |series| {
		let values = feed["values"].as_array().into_iter().flatten();
		let median =
			values.filter(|value| value["series"] == series).map(|value| text(&value["median"]));
		median.collect::<String>().parse::<f64>().unwrap_or_default()
	};
	// A window has ten blocks, and the least block is that at which its key was named.
	let (first, height) = (feed["first_block"].as_u64().unwrap_or_default() as f64, of("height"));
	assert!((first..=first + 10.0).contains(&height), "{feed:#}");
	assert!(of("block-time") >= 2.0, "{feed:#}");
	let said = cli.send_in_vain(5, STASH, &["telemetry", "key", "remove"]);
	assert!(said.contains("Telemetry::StillReporting"), "{said}");

	let reporter = data(&["telemetry", "status", STASH])["reporters"][0].take();
	assert_eq!((&reporter["key"], &reporter["is_covered"]), (&key.as_str().into(), &true.into()));
	// There are too few to compare with, so it earns nothing.
	assert!(reporter["record"]["revealed"].as_u64() > Some(0), "{reporter:#}");
	assert_eq!(reporter["points"], 0);
	snapshot("telemetry_status", &["telemetry", "status"]);
	snapshot("telemetry_history", &["telemetry", "history"]);
	snapshot("node_metrics", &["node", "metrics"]);
	snapshot("network_health", &["network", "health"]);
	let health = data(&["network", "health"]);
	assert_eq!((&health["healthy"], &health["reporters"]), (&true.into(), &1.into()), "{health:#}");
}

#[tokio::test]
async fn health_should_say_that_nobody_measures_when_nobody_does() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let health = cli.json(&["network", "health"])["data"].take();
	let findings: Vec<_> = health["findings"].as_array().into_iter().flatten().collect();
	assert!(findings.contains(&&"0 of 1 validators measure".into()), "{health:#}");
	assert_eq!(cli.json(&["telemetry", "history"])["data"]["feeds"], Value::Array(Vec::new()));
	assert_eq!(cli.json(&["telemetry", "reports"])["data"]["reports"], Value::Array(Vec::new()));
	assert_eq!(cli.json(&["telemetry", "status"])["data"]["worker"]["mode"], "off");
	let said = cli.fail(1, &["node", "metrics"]);
	assert!(said.contains("--telemetry-worker"), "{said}");
}
