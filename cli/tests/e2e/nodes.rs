//! Nodes that the command line starts on this machine, and the networks that they are.

use crate::harness::{program, schema, wait_until, Cli};
use serde_json::{json, Value};
use std::process::Command;
use tokio::sync::{Mutex, MutexGuard};

/// One test at a time looks for free ports: another could take them before its nodes do.
static TURN: Mutex<()> = Mutex::const_new(());

/// A user whose nodes are gone when the test ends.
struct Machine {
	cli: Cli,
	_turn: MutexGuard<'static, ()>,
}

impl Machine {
	async fn new() -> Self {
		let turn = TURN.lock().await;
		Self { cli: Cli::new("ws://127.0.0.1:1"), _turn: turn }
	}

	/// Starts a network, and gives its nodes.
	fn start(&self, network: &str, more: &[&str]) -> Vec<Value> {
		let program = program().display().to_string();
		let start = ["node", "start", "--network", network, "--program", &program];
		// What follows `--` is the node's.
		let run = self.cli.run(&[&start[..], &["--output", "json"], more].concat());
		assert_eq!(run.code, Some(0), "{run:#?}");
		nodes(&serde_json::from_str(&run.stdout).expect("the output is JSON"))
	}

	/// What the list says of the node `name`.
	fn node(&self, name: &str) -> Value {
		let nodes = nodes(&self.cli.json(&["node", "list"]));
		nodes.into_iter().find(|node| node["name"] == name).expect("it is listed")
	}

	/// The number of the best block of the node that is asked.
	fn best(&self) -> u64 {
		let status = self.cli.json(&["node", "status"]);
		status["data"]["best"]["number"].as_u64().expect("it is a number")
	}

	async fn wait_for_best(&self, number: u64) {
		let what = format!("block {number}");
		wait_until(&what, || async { (self.best() >= number).then_some(()) }).await;
	}

	/// The groups of the network of four that reach each other.
	fn groups(&self) -> Value {
		self.cli.json(&["network", "topology"])["data"]["groups"].take()
	}
}

impl Drop for Machine {
	fn drop(&mut self) {
		let stopped = self.cli.run(&["node", "stop", "--all", "--force", "--timeout", "20s"]);
		if std::thread::panicking() {
			eprintln!("{stopped:#?}");
			for node in nodes(&self.cli.json(&["node", "list"])) {
				let log = std::fs::read_to_string(node["log"].as_str().unwrap_or_default());
				eprintln!("{}:\n{}", node["name"], log.unwrap_or_default());
			}
		}
	}
}

fn nodes(listed: &Value) -> Vec<Value> {
	listed["data"]["nodes"].as_array().expect("it lists nodes").clone()
}

#[tokio::test]
async fn node_should_keep_its_chain_when_it_is_stopped_and_started_again() {
	let mut machine = Machine::new().await;
	assert!(nodes(&machine.cli.json(&["node", "list"])).is_empty());
	assert!(machine.cli.fail(1, &["node", "logs"]).contains("aitbc node start"));
	let started = machine.start("dev", &["--", "--sealing", "interval", "200"]).remove(0);
	let listed = machine.cli.json(&["node", "list"]);
	insta::assert_json_snapshot!("node_list", schema(&listed));
	assert_eq!((&started["name"], &started["state"]), (&json!("dev"), &json!("running")));

	// Once is enough, and what runs is left alone.
	let again = machine.start("dev", &[]).remove(0);
	assert_eq!(again["process"], started["process"]);
	let fresh = machine.cli.fail(1, &["node", "start", "--fresh"]);
	assert!(fresh.contains("aitbc node stop dev"), "{fresh}");
	let more = machine.cli.fail(2, &["node", "start", "--", "--telemetry-worker"]);
	assert!(more.contains("--fresh"), "{more}");

	machine.cli.ask(started["url"].as_str().expect("it has one"));
	machine.wait_for_best(2).await;
	let logs = machine.cli.json(&["node", "logs", "--lines", "3"]);
	insta::assert_json_snapshot!("node_logs", schema(&logs));
	assert_eq!(logs["data"]["lines"].as_array().map(Vec::len), Some(3));
	let mut follow = machine.cli.start(&["node", "logs", "dev", "--follow", "--lines", "0"]);
	wait_until("the log to go on", || async {
		follow.written().iter().any(|log| log["data"]["lines"][0].is_string()).then_some(())
	})
	.await;
	assert!(follow.end("INT").success(), "{}", follow.said());

	let before = machine.best();
	for _ in 0..2 {
		let stopped = nodes(&machine.cli.json(&["node", "stop", "dev"])).remove(0);
		assert_eq!((&stopped["state"], &stopped["process"]), (&json!("stopped"), &Value::Null));
	}
	machine.cli.fail(3, &["node", "status"]);
	machine.cli.json(&["node", "start", "dev"]);
	assert!(machine.best() >= before);
	let restarted = nodes(&machine.cli.json(&["node", "restart", "dev"])).remove(0);
	assert_ne!(restarted["process"], started["process"]);
	assert_eq!((&restarted["peer"], &restarted["url"]), (&started["peer"], &started["url"]));
	assert!(machine.best() >= before);

	machine.cli.json(&["node", "stop", "--all"]);
	machine.start("dev", &["--fresh"]);
	// It makes a block every three seconds now, and has begun again.
	assert!(machine.best() < before, "{before}");
}

#[tokio::test]
async fn node_should_be_said_to_have_ended_when_somebody_else_killed_it() {
	let mut machine = Machine::new().await;
	let started = machine.start("dev", &[]).remove(0);
	machine.cli.ask(started["url"].as_str().expect("it has one"));
	let process = started["process"].as_u64().expect("it has one").to_string();
	let killed = Command::new("kill").args(["-s", "KILL", &process]).status();
	assert!(killed.is_ok_and(|status| status.success()));

	wait_until("the node's end", || async {
		(machine.node("dev")["state"] == "ended").then_some(())
	})
	.await;

	assert_eq!(machine.node("dev")["process"], Value::Null);
	let again = machine.start("dev", &[]).remove(0);
	assert_eq!(again["state"], "running");
	assert_ne!(again["process"], started["process"]);

	// A port that somebody else has is named by the log that is shown.
	machine.cli.json(&["node", "stop", "--network", "dev"]);
	let port = started["url"].as_str().and_then(|url| url.rsplit(':').next()).expect("a port");
	let port = port.parse().expect("it is a number");
	let _busy = std::net::TcpListener::bind(("127.0.0.1", port)).expect("the node is gone");
	let refused = machine.cli.fail(1, &["node", "start", "dev"]);
	assert!(refused.contains("`dev` ended at its start"), "{refused}");
	assert_eq!(machine.node("dev")["state"], "ended");
}

#[tokio::test]
async fn network_should_be_cut_and_put_together_again() {
	let machine = Machine::new().await;
	let cli = &machine.cli;
	let unknown = cli.fail(1, &["network", "topology"]);
	assert!(unknown.contains("aitbc node start --network local"), "{unknown}");
	machine.start("local", &[]);
	let all = json!([["local-alice", "local-bob", "local-charlie", "local-dave"]]);
	wait_until("the nodes to find each other", || async {
		(machine.groups() == all).then_some(())
	})
	.await;
	insta::assert_json_snapshot!("network_topology", schema(&cli.json(&["network", "topology"])));
	insta::assert_json_snapshot!("network_discover", schema(&cli.json(&["network", "discover"])));

	let nobody = cli.fail(1, &["network", "partition", "eve"]);
	assert!(nobody.contains("no node `eve`"), "{nobody}");
	let everybody = ["local-alice", "local-bob", "local-charlie", "local-dave"];
	let one_sided = cli.fail(2, &[&["network", "partition"], &everybody[..]].concat());
	assert!(one_sided.contains("both sides"), "{one_sided}");

	let cut = cli.json(&["network", "partition", "local-alice", "local-bob"])["data"].take();
	let halves = json!([["local-alice", "local-bob"], ["local-charlie", "local-dave"]]);
	assert_eq!(cut["groups"], halves);
	// Who comes back does not mend it.
	cli.json(&["node", "restart", "local-bob"]);
	wait_until("its side to find it", || async { (machine.groups() == halves).then_some(()) })
		.await;
	let finalized = |topology: &Value| {
		let nodes = topology["nodes"].as_array().expect("it lists nodes");
		nodes.iter().filter_map(|node| node["finalized"].as_u64()).max().expect("some run")
	};
	let best = |topology: &Value| {
		let nodes = topology["nodes"].as_array().expect("it lists nodes");
		nodes.iter().filter_map(|node| node["best"].as_u64()).max().expect("some run")
	};

	let healed = cli.json(&["network", "recover"])["data"].take();
	assert_eq!(healed["groups"], all);
	let wanted = best(&healed).max(finalized(&cut)) + 1;
	wait_until("blocks after the cut to be final", || async {
		let topology = cli.json(&["network", "topology"])["data"].take();
		(finalized(&topology) >= wanted).then_some(())
	})
	.await;
}
