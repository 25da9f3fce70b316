//! Operations on a network of four validators: recommended, approved, carried out by an executor on the
//! operator's machine, written down and proven; and everything that stops them.

mod calls;
mod looking_back;
mod machine;

use crate::harness::{schema, wait_until, Cli, Node, NodeBuilder};
use machine::Machine;
use serde_json::Value;

const HASH: &str = "0x0505050505050505050505050505050505050505050505050505050505050505";

/// Runs nothing but what its list says.
const EXECUTOR: &str = "//Eve";

/// Works for the agent that recommends.
const WATCHER: &str = "//Ferdie";

/// The stash whose node is restarted.
const STASH: &str = "//Dave//stash";

/// Those whose executors' commands fail.
const FAILING: [&str; 3] = ["//Alice//stash", "//Bob//stash", "//Charlie//stash"];

/// Registers an active agent of `owner` that works under `wallet`, whose id is `id`.
fn register(cli: &Cli, owner: &str, wallet: &str, kind: &str, id: &str) {
	let card = ["--card", "ipfs://card", "--card-hash", HASH];
	cli.send(owner, &[&["agent", "register", "--kind", kind], &card[..]].concat());
	let wallet = ["--wallet", wallet, "--wallet-key", wallet];
	cli.send(owner, &[&["agent", "set-wallet", id], &wallet[..]].concat());
	cli.send(owner, &["agent", "activate", id]);
}

/// The same with states and positions by their types alone: when they came to be differs from run to run.
fn settled(json: Value) -> Value {
	match json {
		Value::Object(members) => {
			let members = members.into_iter().map(|(name, mut value)| {
				let is_state = matches!(name.as_str(), "state" | "position") && value.is_object();
				let value = if is_state { value["type"].take() } else { settled(value) };
				(name, value)
			});
			Value::Object(members.collect())
		},
		Value::Array(items) => items.into_iter().map(settled).collect(),
		other => other,
	}
}

/// A network, and somebody who talks to it.
struct Network {
	nodes: Vec<Node>,
	cli: Cli,
}

impl Network {
	async fn start(validator: impl Fn(&str) -> NodeBuilder) -> Self {
		let nodes: Vec<_> = Node::four(validator).await.into();
		let cli = Cli::new(nodes[0].ws_url());
		nodes[0].wait_for_finalized(2).await;
		Self { nodes, cli }
	}

	/// Somebody who waits until blocks are final: for what others have to build on.
	fn patient(&self) -> Cli {
		Cli::new(self.nodes[0].ws_url()).among_authors()
	}

	fn data(&self, arguments: &[&str]) -> Value {
		self.cli.json(arguments)["data"].take()
	}

	fn action(&self, id: u64) -> Value {
		self.data(&["action", "show", &id.to_string()])
	}

	/// Where an action stands, in a word.
	fn standing(&self, id: u64) -> String {
		let state = self.action(id)["state"].take();
		let outcome = state["outcome"].as_str().or(state["type"].as_str());
		outcome.expect("a state has a type").to_owned()
	}

	/// Waits until an action stands so.
	async fn wait_to_stand(&self, id: u64, standing: &str) {
		let what = format!("action {id} to be {standing}");
		wait_until(&what, || async { (self.standing(id) == standing).then_some(()) }).await;
	}

	/// The arguments of a recommendation to restart the node of `stash`.
	fn restart(stash: &str) -> Vec<&str> {
		let what = ["action", "recommend", "restart-service", "--target", stash];
		let how = ["--set", "service=node", "--rationale", "ipfs://why", "--rationale-hash", HASH];
		let model = ["--model", "watcher@3", "--confidence", "90"];
		[&what[..], &how, &model].concat()
	}

	/// Recommends it, and gives the action's id.
	fn recommend(&self, stash: &str) -> u64 {
		self.cli.send(WATCHER, &Self::restart(stash));
		let list = self.data(&["action", "list", "--target", stash]);
		list["actions"][0]["action"].as_u64().expect("the newest action has an id")
	}

	/// Has two approvers approve.
	fn approve(&self, id: u64) {
		for approver in ["//Alice", "//Charlie"] {
			self.cli.send(approver, &["action", "approve", &id.to_string()]);
		}
	}
}

#[tokio::test]
async fn node_should_be_restarted_when_two_of_three_approve_and_nothing_stops_it() {
	let mut network = Network::start(Node::validator).await;
	let cli = &network.cli;
	register(&network.patient(), "//Bob", EXECUTOR, "executor", "0");
	register(&network.patient(), "//Dave", WATCHER, "ai-model", "1");
	cli.send("//Alice", &["action", "recommender", "1", "on"]);
	for stash in FAILING.iter().chain([&STASH]) {
		cli.send(stash, &["action", "bind", stash, "--executor", "0"]);
	}
	let machine = Machine::new(&network.nodes[0].ws_url(), STASH, &FAILING);
	let mut executor = machine.start_executor(EXECUTOR);

	// A recommendation arrives; one approval is not enough, nor is another's than an approver's.
	let restart = network.recommend(STASH);
	let id = restart.to_string();
	insta::assert_json_snapshot!(
		"action_show",
		schema(&settled(cli.json(&["action", "show", &id])))
	);
	let held = &network.action(restart)["source"]["deposit"];
	assert_eq!(held, "10000000000000");
	cli.send("//Alice", &["action", "approve", &id]);
	assert_eq!(network.standing(restart), "proposed");
	let again = cli.send_in_vain(5, "//Alice", &["action", "approve", &id]);
	assert!(again.contains("Actions::AlreadySaid"), "{again}");
	let stranger = cli.send_in_vain(5, "//Dave", &["action", "approve", &id]);
	assert!(stranger.contains("Actions::NotApprover"), "{stranger}");
	let other = ["action", "approve", &id, "--hash", HASH];
	let other = cli.send_in_vain(5, "//Charlie", &other);
	assert!(other.contains("Actions::HashMismatch"), "{other}");
	// While nothing is finalized, the second approval is in a block that might be replaced, and nothing is
	// carried out.
	network.nodes[1].stop();
	network.nodes[2].stop();
	let how = ["--from", "//Charlie", "--yes", "--wait", "best"];
	cli.json(&[&["action", "approve", &id], &how[..]].concat());
	assert_eq!(network.standing(restart), "verified");
	let best = network.nodes[0].best().await;
	network.nodes[0].wait_for_best(best + 3).await;
	assert!(!executor.has_begun(restart));
	network.nodes[1].resume().await;
	network.nodes[2].resume().await;

	// The executor asks the machine's service manager, which is this test, to restart that very node.
	machine.wait_for_request("restart node").await;
	let before = network.nodes[3].best().await;
	network.nodes[3].stop();
	network.nodes[3].resume().await;
	machine.tell_done();
	network.wait_to_stand(restart, "unjudged").await;
	let goal = network.nodes[0].best().await;
	assert!(goal >= before);
	network.nodes[3].wait_for_best(goal).await;
	let steps = executor.steps(restart);
	assert_eq!(steps, ["claimed", "carried-out", "reported"]);

	// Why did this node restart? One command says it, and each record is proven against a block's digest.
	let listed = network.data(&["audit", "list", "--subject", STASH]);
	let events: Vec<_> = listed["records"].as_array().into_iter().flatten().collect();
	let names: Vec<_> = events.iter().rev().map(|one| one["event"].as_str()).collect();
	let expected = [
		"executor-bound",
		"action-recommended",
		"action-approved",
		"action-approved",
		"action-verified",
		"action-claimed",
		"action-succeeded",
		"action-unjudged",
	];
	assert_eq!(names, expected.map(Some), "{listed:#}");
	let record = events[0]["record"].to_string();
	let written = events[0]["block"].as_u64().expect("a block wrote it");
	network.nodes[0].wait_for_finalized(written + 1).await;
	let proof = cli.json(&["audit", "prove", &record]);
	let root = proof["data"]["root"].as_str().expect("it has a root").to_owned();
	let file = cli.file("proof.json", &proof.to_string());
	let verified = Cli::new("ws://127.0.0.1:1").json(&["audit", "verify", &file, "--root", &root]);
	assert_eq!(verified["data"]["event"], "action-unjudged", "{verified:#}");

	// Within the cooldown it is not recommended again.
	let soon = cli.send_in_vain(5, WATCHER, &Network::restart(STASH));
	assert!(soon.contains("Actions::CoolingDown"), "{soon}");

	// A veto stops another one, whose deposit returns.
	let vetoed = network.recommend(FAILING[0]);
	let veto = ["action", "veto", &vetoed.to_string(), "--reason", HASH];
	cli.send(FAILING[0], &veto);
	assert_eq!(network.standing(vetoed), "vetoed");
	assert_eq!(network.action(vetoed)["source"]["deposit"], "0");

	// Three failures open the breaker of the class, for every target.
	for stash in FAILING {
		let failing = network.recommend(stash);
		network.approve(failing);
		network.wait_to_stand(failing, "failed").await;
		assert_eq!(executor.steps(failing), ["claimed", "carried-out", "reported"]);
	}
	let status = network.data(&["action", "status"]);
	let low = status["breakers"].as_array().into_iter().flatten();
	let low = low.filter(|one| one["scope"]["class"] == "low").collect::<Vec<_>>();
	assert_eq!(low[0]["position"]["type"], "open", "{status:#}");
	let rotate = ["action", "recommend", "rotate-peers", "--target", STASH];
	let why = ["--rationale", "ipfs://why", "--rationale-hash", HASH];
	let who = ["--model", "watcher@3", "--confidence", "90"];
	let rotate = [&rotate[..], &why, &who].concat();
	let stopped = cli.send_in_vain(5, WATCHER, &rotate);
	assert!(stopped.contains("Actions::BreakerOpen"), "{stopped}");
	let kind = network.data(&["action", "kind", "restart-service"]);
	let record = &kind["models"][0];
	assert_eq!((&record["failed"], &record["unjudged"]), (&3.into(), &1.into()), "{kind:#}");

	// The kill switch stops what no breaker does.
	let prune = ["action", "recommend", "prune", "--target", STASH];
	let prune = [&prune[..], &why, &who].concat();
	cli.send("//Alice", &["action", "kill", "on"]);
	let killed = cli.send_in_vain(5, WATCHER, &prune);
	assert!(killed.contains("Actions::KillSwitchOn"), "{killed}");
	cli.send("//Alice", &["action", "kill", "off"]);
	let pruned = cli.send(WATCHER, &prune);
	assert!(pruned["transactions"][0]["block"].is_object(), "{pruned:#}");

	for (name, arguments) in [
		("action_status", &["action", "status"][..]),
		("action_kinds", &["action", "kinds"]),
		("action_kind", &["action", "kind", "restart-service"]),
		("action_list", &["action", "list"]),
		("action_target", &["action", "target", STASH]),
	] {
		insta::assert_json_snapshot!(name, schema(&settled(cli.json(arguments))));
	}
	assert!(executor.end().success(), "{}", executor.said());
	assert_eq!(machine.requests(), 1, "nothing else was asked of the machine");
}

#[tokio::test]
async fn executor_should_do_nothing_twice_and_nothing_that_its_list_or_owner_forbids() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let stash = "//Alice//stash";
	register(&cli, "//Bob", EXECUTOR, "executor", "0");
	cli.send(stash, &["action", "bind", stash, "--executor", "0"]);
	let network = Network { nodes: vec![node], cli };
	let machine = Machine::new(&network.nodes[0].ws_url(), stash, &[]);

	// While the stop file is there, nothing is claimed.
	machine.stop_everything();
	let executor = machine.start_executor(EXECUTOR);
	let recommended = |kind: &[&str]| {
		let what = [&["action", "recommend"], kind, &["--target", stash][..]].concat();
		let how = ["--rationale", "ipfs://why", "--rationale-hash", HASH, "--confidence", "90"];
		network.cli.send(stash, &[&what[..], &how, &["--model", "watcher@3"]].concat());
		let list = network.data(&["action", "list"]);
		let id = list["actions"][0]["action"].as_u64().expect("the newest action has an id");
		network.approve(id);
		id
	};
	let restart = recommended(&["restart-service", "--set", "service=node"]);
	executor.wait_to_leave(restart, "the stop file exists").await;
	assert_eq!(network.standing(restart), "verified");

	// When it is gone, the action is carried out. Killed meanwhile, the executor never runs it again, and
	// says that it does not know.
	machine.let_go_on();
	machine.wait_for_request("restart node").await;
	executor.kill();
	machine.tell_done();
	let mut executor = machine.start_executor(EXECUTOR);
	network.wait_to_stand(restart, "unknown").await;
	assert_eq!(executor.steps(restart), ["reported"]);
	assert_eq!(machine.requests(), 1);

	// What the list does not have is left alone, whatever the chain verified.
	let rotate = recommended(&["rotate-peers"]);
	executor.wait_to_leave(rotate, "no command is listed").await;
	assert_eq!(network.standing(rotate), "verified");
	let other = machine.run_second_executor(EXECUTOR);
	assert!(other.contains("journal"), "{other}");
	assert!(executor.end().success(), "{}", executor.said());
}
