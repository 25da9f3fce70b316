//! What a node measures of itself, and whether it lets the runtime's worker read that.

use crate::harness::{free_port, run, wait_until, Node};
use serde_json::json;

/// Where the runtime looks for the telemetry worker's settings, in hexadecimal.
pub const SETTINGS_KEY: &str = "0x61697462632f74656c656d657472792f73657474696e6773";

/// A node that could start if the test's arguments let it.
const NODE: [&str; 5] = ["--tmp", "--port", "0", "--rpc-port", "0"];

/// Half an hour's seconds of a processor are more than any test's node needs.
const MOST_CPU_SECONDS: f64 = 1_800.0;

/// What `page` says of the metric `name`: its type, and its one value.
fn metric<'a>(page: &'a str, name: &str) -> (&'a str, f64) {
	let kind = page.lines().find_map(|line| line.strip_prefix(&format!("# TYPE {name} ")));
	let mut values = page
		.lines()
		.filter(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
	let value = values.next().and_then(|line| line.rsplit(' ').next()?.parse().ok());
	assert_eq!(values.next(), None, "{name} has one value");
	kind.zip(value).unwrap_or_else(|| panic!("no {name} in:\n{page}"))
}

/// The telemetry worker's settings, as the runtime would read them.
fn settings(node: &Node) -> String {
	let found = node.get("offchain_localStorageGet", json!(["PERSISTENT", SETTINGS_KEY]));
	found.as_str().expect("there are settings").into()
}

/// How `mode`, `port` and 24 hours are encoded.
pub fn encoded(mode: u8, port: u16) -> String {
	let [low, high] = port.to_le_bytes();
	format!("0x{mode:02x}{low:02x}{high:02x}18000000")
}

#[test]
fn metrics_should_show_what_a_node_authors_and_uses() {
	let node = Node::dev(&["--prometheus-port", "0"]);
	let authored = |page: &str| metric(page, "aitbc_blocks_authored_total").1;
	let page =
		wait_until("three blocks", || Some(node.metrics()).filter(|page| authored(page) >= 3.0));

	let names = [
		("aitbc_slots_claimed_total", "counter"),
		("aitbc_blocks_authored_total", "counter"),
		("aitbc_cpu_seconds_total", "counter"),
		("aitbc_resident_memory_bytes", "gauge"),
		("aitbc_memory_total_bytes", "gauge"),
		("aitbc_disk_free_bytes", "gauge"),
	];
	let [claimed, authored, cpu, resident, total, disk] = names.map(|(name, kind)| {
		let (found, value) = metric(&page, name);
		assert_eq!(found, kind, "{name}");
		value
	});

	assert!(claimed >= authored && claimed < 1_000.0, "{claimed} claimed, {authored} authored");
	assert!(authored <= node.best() as f64 + 1.0, "{authored} authored, {} best", node.best());
	assert!(cpu > 0.0 && cpu < MOST_CPU_SECONDS, "{cpu} s");
	assert!(resident > 1e7 && resident < total, "{resident} of {total} bytes");
	assert!(total < 1e15, "{total} bytes");
	assert!(disk > 1e6 && disk < 1e18, "{disk} bytes");
	let log = node.log();
	assert!(!log.contains("missing from the metrics"), "{log}");
}

#[test]
fn telemetry_worker_should_be_off_when_nobody_asks_for_it() {
	let node = Node::dev(&[]);

	assert_eq!(settings(&node), encoded(0, 0));
	let log = node.log();
	assert!(!log.contains("HTTP requests"), "{log}");
}

#[test]
fn telemetry_worker_should_be_told_what_the_operator_chose() {
	let port = free_port();
	let text = port.to_string();
	let node = Node::dev(&["--prometheus-port", &text, "--telemetry-worker"]);

	assert_eq!(settings(&node), encoded(2, port));
	assert!(node.metrics().contains("aitbc_cpu_seconds_total"));
	let log = node.log();
	for part in [&format!("http://127.0.0.1:{port}/metrics"), "make HTTP requests from this"] {
		assert!(log.contains(part), "{part} in:\n{log}");
	}
}

#[test]
fn node_should_not_start_when_its_telemetry_worker_cannot_run() {
	let port = free_port().to_string();
	let metrics = ["--prometheus-port", &port];

	for (arguments, remedy) in [
		(&["--dev", "--no-prometheus"][..], "--no-prometheus"),
		(&["--dev", "--prometheus-port", "0"], "--prometheus-port"),
		(&[&metrics[..], &["--dev", "--offchain-worker", "never"]].concat(), "always"),
		(&[&metrics[..], &["--chain", "dev"]].concat(), "--offchain-worker always"),
	] {
		for flag in [&["--telemetry-worker"][..], &["--telemetry-worker", "watch"]] {
			let run = run(&[&NODE[..], arguments, flag].concat());

			assert!(!run.success, "{arguments:?}: {run:?}");
			let error = run.errors.lines().find(|line| line.contains("error: --telemetry-worker"));
			assert!(error.is_some_and(|error| error.contains(remedy)), "{arguments:?}: {run:?}");
		}
	}
}
