//! Whether an action helped, as validators measure it on a network of four, and what the chain does when it
//! did not.

use super::{machine::Machine, register, Network, EXECUTOR, HASH, STASH, WATCHER};
use crate::harness::{wait_until, Cli, Node};
use serde_json::{json, Value};

/// The validators' stashes, in the order of their nodes.
const STASHES: [&str; 4] = ["//Alice//stash", "//Bob//stash", "//Charlie//stash", STASH];

/// The kinds that pause a node's RPC and resume it.
const PAUSE: &str = "6";
const RESUME: &str = "5";

/// How long they are watched in this test, in blocks: a window has ten, and is settled after the next.
const WATCH: u32 = 40;

impl Network {
	/// Has `kind` be watched for [`WATCH`] blocks, as governance would.
	fn shorten_watch(&self, kind: &str) {
		let mut shown = self.cli.json(&["action", "kind", kind]);
		shown["data"]["watch"] = json!(WATCH);
		let file = self.cli.file(&format!("kind-{kind}.json"), &shown.to_string());
		self.cli.send("//Alice", &["action", "set-kind", kind, "--file", &file]);
		assert_eq!(self.data(&["action", "kind", kind])["watch"], WATCH);
	}

	/// The newest median of the finality lag in the feed, if there is a feed.
	fn lag(&self) -> Option<f64> {
		let feeds = self.data(&["telemetry", "history"])["feeds"].take();
		let values = feeds.get(0)?["values"].as_array()?;
		let lag = values.iter().find(|value| value["series"] == "finality-lag")?;
		lag["median"].as_str()?.parse().ok()
	}

	/// What the audit log has of an action, oldest first.
	fn events_of(&self, action: u64) -> Vec<String> {
		let listed = self.data(&["audit", "list", "--subject", &format!("action:{action}")]);
		let records = listed["records"].as_array().into_iter().flatten();
		let events = records.map(|one| one["event"].as_str().unwrap_or_default().to_owned());
		let mut events: Vec<_> = events.collect();
		events.reverse();
		events
	}

	/// The breaker of the class medium, in a word.
	fn medium(&self) -> Value {
		let mut breakers = self.data(&["action", "status"])["breakers"].take();
		let breakers = breakers.as_array_mut().into_iter().flatten();
		let mut medium = breakers.filter(|one| one["scope"]["class"] == "medium");
		medium.next().map_or(Value::Null, |one| one["position"]["type"].take())
	}
}

#[tokio::test]
async fn action_should_be_reversed_when_the_network_measures_that_it_made_things_worse() {
	let mut network = Network::start(|name| Node::validator(name).measuring()).await;
	let cli = &network.cli;
	register(&network.patient(), "//Bob", EXECUTOR, "executor", "0");
	register(&network.patient(), "//Dave", WATCHER, "ai-model", "1");
	cli.send("//Alice", &["action", "recommender", "1", "on"]);
	cli.send(STASH, &["action", "bind", STASH, "--executor", "0"]);
	for (node, stash) in network.nodes.iter().zip(STASHES) {
		Cli::new(node.ws_url()).send(stash, &["telemetry", "key", "set"]);
	}
	network.shorten_watch(RESUME);
	network.shorten_watch(PAUSE);
	let before = wait_until("a feed", || async { network.lag() }).await;
	let machine = Machine::new(&network.nodes[0].ws_url(), STASH, &[]);
	let mut executor = machine.start_executor(EXECUTOR);

	// Without a series nobody could say whether it has to be reversed.
	let what = ["action", "recommend", "pause-rpc", "--target", STASH, "--rationale", "ipfs://why"];
	let who = ["--rationale-hash", HASH, "--model", "watcher@3", "--confidence", "90"];
	let blind = [&what[..], &who].concat();
	let refused = cli.fail(2, &[&blind[..], &["--from", WATCHER, "--yes"]].concat());
	assert!(refused.contains("--series"), "{refused}");
	cli.send(WATCHER, &[&blind[..], &["--series", "finality-lag"]].concat());
	let pause = network.data(&["action", "list"])["actions"][0]["action"].as_u64();
	let pause = pause.expect("the newest action has an id");
	network.approve(pause);
	machine.wait_for_request("pause-rpc").await;
	network.wait_to_stand(pause, "watching").await;
	let state = network.action(pause)["state"].take();
	assert_eq!(state["baseline"]["series"], "finality-lag");
	assert!(state["baseline"]["reading"]["window"].as_u64().is_some(), "{state:#}");

	// Something goes wrong after it: two of four validators are gone, and nothing is finalized.
	let began = network.nodes[0].best().await;
	network.nodes[1].stop();
	network.nodes[2].stop();
	network.nodes[0].wait_for_best(began + 15).await;
	let worse = || async { network.lag().filter(|lag| *lag > before + 4.0) };
	wait_until("the feed to show it", worse).await;
	network.wait_to_stand(pause, "worse").await;
	let reversal = pause + 1;
	let shown = network.action(reversal);
	assert_eq!(shown["source"], json!({ "type": "rollback", "action": pause }), "{shown:#}");
	assert_eq!((&shown["kind"], network.standing(reversal).as_str()), (&json!(5), "verified"));
	assert_eq!(network.medium(), "open");
	assert_eq!(machine.requests(), 1, "what is not final is not carried out");

	// With finality, the reversal is carried out, although the breaker is open; and that helped.
	network.nodes[1].resume().await;
	network.nodes[2].resume().await;
	machine.wait_for_request("resume-rpc").await;
	network.wait_to_stand(reversal, "helped").await;
	assert_eq!(
		network.events_of(pause),
		[
			"action-recommended",
			"action-approved",
			"action-approved",
			"action-verified",
			"action-claimed",
			"action-succeeded",
			"action-worse",
		]
	);
	assert_eq!(
		network.events_of(reversal),
		[
			"action-recommended",
			"action-verified",
			"action-claimed",
			"action-succeeded",
			"action-helped",
		]
	);
	let record = network.data(&["action", "kind", "pause-rpc"])["models"][0].take();
	assert_eq!((&record["agent"], &record["worse"]), (&json!(1), &json!(1)), "{record:#}");
	assert!(executor.end().success(), "{}", executor.said());
	assert_eq!(machine.requests(), 2);
}
