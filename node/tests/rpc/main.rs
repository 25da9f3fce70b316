//! The namespaces `agents_*`, `market_*`, `escrow_*`, `disputes_*`, `jurors_*`, `telemetry_*`, `validators_*`,
//! `actions_*`, `audit_*`, `bitcoin_*` and `anchor_*` of a real node, held to `docs/rpc/openrpc.json`.
//!
//! Here is what holds for all of them; each has its own cases, and its own scenario but for
//! `jurors_*`, whose scenario is that of the disputes, `bitcoin_*`, whose is that of the anchors, and
//! `audit_*`, whose records others cause. That of `validators_*` is played on a chain of its own, because it ends with
//! a validator that has lost its stake.

mod actions;
mod agents;
mod anchor;
mod audit;
mod bitcoin;
mod disputes;
mod document;
mod escrow;
#[path = "../harness/mod.rs"]
mod harness;
mod jurors;
mod market;
mod telemetry;
mod transactions;
mod validators;

use document::Document;
use harness::{wait_until, Node};
use serde_json::{json, Map, Value};
use std::{ops::Deref, sync::OnceLock};

/// Alice's account, which has nothing to do with agents.
const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

/// Charlie's, Dave's and Bob's accounts: owner, wallet and client of agent 0.
const CHARLIE: &str = "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y";
const DAVE: &str = "5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy";
const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

/// Eve's and Ferdie's accounts: owner and wallet of agent 1.
const EVE: &str = "5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw";
const FERDIE: &str = "5CiPPseXPECbkjWCa6MnjNokrgYjMqmKndv2rSnekmSK2DjL";

/// An id that is given out to nothing.
const NOBODY: u64 = 9_007_199_254_740_991;

/// A hash of no block.
const NOWHERE: &str = "0x0000000000000000000000000000000000000000000000000000000000000000";

/// A node on which the scenarios were played, and a block that knows all of them.
struct Chain {
	node: Node,
	at: Value,
}

impl Deref for Chain {
	type Target = Node;

	fn deref(&self) -> &Node {
		&self.node
	}
}

/// The one that all tests share.
static CHAIN: OnceLock<Chain> = OnceLock::new();

fn chain() -> &'static Chain {
	CHAIN.get_or_init(play)
}

/// Starts a node, and plays the scenarios on it.
fn play() -> Chain {
	let port = harness::free_port().to_string();
	let bitcoin = anchor::worker_options("broadcast");
	let telemetry = ["--prometheus-port", &port, "--telemetry-worker", "report"];
	let options: Vec<_> = telemetry.into_iter().chain(bitcoin.iter().map(String::as_str)).collect();
	let node = Node::dev(&options);
	// Before the first block, the state does not know the genesis hash that transactions sign.
	wait_until("the first block", || {
		let best = node.get("chain_getHeader", json!([]))["number"].take();
		(best != json!("0x0")).then_some(())
	});
	telemetry::scenario::begin(&node);
	agents::scenario::play(&node);
	market::scenario::play(&node);
	escrow::scenario::play(&node);
	disputes::scenario::play(&node);
	actions::scenario::play(&node);
	let first = anchor::scenario::begin(&node);
	telemetry::scenario::end(&node);
	anchor::scenario::end(&node, &first);
	let at = node.get("chain_getBlockHash", json!([]));
	node.keep();
	Chain { node, at }
}

impl Chain {
	/// Asks about the block that knows all.
	fn read(&self, method: &str, mut params: Map<String, Value>) -> Value {
		params.insert("at".into(), self.at.clone());
		self.get(method, Value::Object(params))
	}

	/// What `method` gives for `params`, a JSON object, at the block that knows all.
	fn result(&self, method: &str, params: Value) -> Value {
		self.read(method, named(params))["result"].take()
	}

	/// Checks that `method` finds `result` for `params`, and that the document allows it.
	fn expect(&self, method: &str, params: Value, result: Value) {
		let answer = self.read(method, named(params));
		assert_eq!(answer["result"], result, "{method}");
		let document = Document::read();
		let described = document.methods().into_iter().find(|described| described.name() == method);
		assert_eq!(described.expect("the method is described").check_answer(&answer), Ok(()));
	}

	/// What `method`, which asks the node about itself, gives for `params`; the document allows it.
	fn local(&self, method: &str, params: Value) -> Value {
		let answer = self.get(method, params);
		let document = Document::read();
		let described = document.local_methods().into_iter().find(|one| one.name() == method);
		assert_eq!(described.expect("the method is described").check_answer(&answer), Ok(()));
		answer
	}

	/// Checks that `method` refuses `params` with this `code` and these `data`.
	fn expect_error(&self, method: &str, params: Value, code: i32, data: Value) {
		let error = self.fail(method, params);
		assert_eq!((&error["code"], &error["data"]), (&json!(code), &data), "{method}: {error}");
	}

	/// Checks that `method` refuses `params` as malformed.
	fn expect_malformed(&self, method: &str, params: Value) {
		let error = self.fail(method, params);
		assert_eq!(error["code"], json!(-32602), "{method}: {error}");
		assert!(error["data"].is_string(), "{method}: {error}");
	}

	/// The entries of the list that `method` gives for `params`, read page by page, one on each.
	fn joined(&self, method: &str, mut params: Map<String, Value>) -> Vec<Value> {
		let mut joined = Vec::new();
		params.insert("limit".into(), json!(1));
		loop {
			let page = self.read(method, params.clone());
			let rows = page["result"].as_array().expect("a page is a list");
			assert!(rows.len() <= 1, "{method}: {page}");
			joined.extend(rows.iter().cloned());
			if page["next"].is_null() {
				return joined;
			}
			params.insert("after".into(), page["next"].clone());
		}
	}
}

/// The members of a JSON object.
fn named(params: Value) -> Map<String, Value> {
	match params {
		Value::Object(members) => members,
		other => panic!("{other} is no object"),
	}
}

/// The members of `rows` that are called `name`.
fn column(rows: &Value, name: &str) -> Vec<Value> {
	let rows = rows.as_array().expect("rows are a list").iter();
	rows.map(|row| row[name].clone()).collect()
}

/// The ids in `rows` that are called `name`, in their order.
fn ids(rows: &Value, name: &str) -> Vec<u64> {
	let ids = column(rows, name);
	let mut ids: Vec<_> = ids.iter().map(|id| id.as_u64().expect("it is an id")).collect();
	ids.sort_unstable();
	ids
}

/// An amount.
fn plancks(json: &Value) -> u128 {
	let text = json.as_str().unwrap_or_else(|| panic!("{json} is no string"));
	text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// How the methods begin that are the SDK's: whatever else there is, is ours.
const SDK: [&str; 19] = [
	"account_",
	"archive_",
	"author_",
	"babe_",
	"bitswap_",
	"chain_",
	"chainHead_",
	"chainSpec_",
	"childstate_",
	"grandpa_",
	"offchain_",
	"payment_",
	"rpc_methods",
	"state_",
	"sync_state_",
	"system_",
	"transaction",
	"subscribe_newHead",
	"unsubscribe_newHead",
];

#[test]
fn methods_should_be_those_of_the_document() {
	let document = Document::read();
	let all = document.methods().into_iter().chain(document.local_methods());
	let mut described: Vec<_> = all.map(|method| method.name()).collect();
	described.sort_unstable();

	let methods = chain().get("rpc_methods", json!([]))["methods"].take();

	let methods = methods.as_array().expect("methods are a list").iter();
	let mut there: Vec<_> = methods.filter_map(Value::as_str).collect();
	there.retain(|name| !SDK.iter().any(|prefix| name.starts_with(prefix)));
	there.sort_unstable();
	assert_eq!(there, described);
}

#[test]
fn parameters_should_have_the_names_of_the_document() {
	let (chain, document) = (chain(), Document::read());
	for method in document.methods() {
		for name in method.parameters() {
			let mut params = method.example_by_name();
			// No parameter takes a truth value, and an unknown name would be ignored.
			params.insert(name.into(), json!(true));

			let error = chain.fail(method.name(), Value::Object(params));

			assert_eq!(error["code"], json!(-32602), "{} {name}: {error}", method.name());
		}
	}
}

#[test]
fn answers_should_be_as_the_document_says() {
	let (chain, document) = (chain(), Document::read());
	for method in document.methods() {
		let example = method.example();
		let mut by_place: Vec<_> = example.iter().map(|(_, value)| (*value).clone()).collect();
		by_place.resize(method.parameters().len() - 1, Value::Null);
		by_place.push(chain.at.clone());

		let answer = chain.read(method.name(), method.example_by_name());

		assert_eq!(method.check_answer(&answer), Ok(()));
		assert_eq!(answer["block"]["hash"], chain.at);
		let same = chain.get(method.name(), json!(by_place));
		assert_eq!(same["result"], answer["result"], "{} by place", method.name());
		let best = chain.get(method.name(), json!(by_place[..example.len()]));
		assert_eq!(method.check_answer(&best), Ok(()));
	}
}

#[test]
fn examples_should_be_as_the_document_says() {
	for method in Document::read().methods() {
		assert_eq!(method.check_example_parameters(), Ok(()), "{}", method.name());
		assert_eq!(method.check_answer(method.example_answer()), Ok(()));
		assert_eq!(method.parameters().last(), Some(&"at"), "{}", method.name());
	}
	for method in Document::read().local_methods() {
		assert_eq!(method.check_example_parameters(), Ok(()), "{}", method.name());
		assert_eq!(method.check_answer(method.example_answer()), Ok(()));
	}
}

#[test]
fn examples_should_show_more_than_nothing() {
	for method in Document::read().methods() {
		let result = &method.example_answer()["result"];
		let is_empty = result.is_null()
			|| result == &json!([])
			|| result["matches"] == json!([])
			|| result["offers"] == json!([]);
		// No transaction of a development network brings a bidder's account below the existential
		// deposit while it has money on hold.
		// One validator alone earns no points for measuring.
		let may_be_empty = ["market_claims", "telemetry_claimable"].contains(&method.name());
		assert!(!is_empty || may_be_empty, "{}", method.name());
	}
}

#[test]
fn pages_should_list_the_methods_of_the_document() {
	let document = Document::read();
	for method in document.methods().into_iter().chain(document.local_methods()) {
		let (namespace, _) = method.name().split_once('_').expect("a method has a namespace");
		// Jurors are there for disputes, and share their page.
		let name = if namespace == "jurors" { "disputes" } else { namespace };
		let page = document::page(&format!("{name}.md"));

		let row =
			format!("| `{}` | {} |", method.name(), method.signature()).replace("|  |", "| |");

		assert!(page.contains(&row), "{name}.md has no row {row}");
		let has_example = method.is_shown_on(&page) || namespace == "agents";
		assert!(has_example, "{name}.md has not the example of {}", method.name());
	}
}

#[test]
fn unknown_blocks_should_be_refused() {
	let (chain, document) = (chain(), Document::read());
	for method in document.methods() {
		let mut params = method.example_by_name();
		params.insert("at".into(), json!(NOWHERE));

		let params = Value::Object(params);
		chain.expect_error(method.name(), params, -32020, json!({ "error": "UnknownBlock" }));
	}
}

#[test]
fn unsafe_methods_should_be_refused_when_they_come_from_elsewhere() {
	let (node, document) = (Node::dev(&["--rpc-methods", "safe"]), Document::read());
	for method in document.local_methods() {
		assert!(method.is_unsafe(), "{} says that it is for everybody", method.name());
		let error = node.fail(method.name(), Value::Object(method.example_by_name()));
		let (code, data) = (json!(-32601), json!({ "error": "Unsafe" }));
		assert_eq!((&error["code"], &error["data"]), (&code, &data), "{}: {error}", method.name());
	}
}

#[test]
fn cursors_of_other_lists_should_be_refused() {
	let (chain, document) = (chain(), Document::read());
	let page = chain.read("agents_list", named(json!({ "limit": 1 })));
	assert!(page["next"].is_string(), "{page}");
	for method in document.methods_with("after") {
		for cursor in [json!("0x00"), json!("next"), page["next"].clone()] {
			if method.name() == "agents_list" && cursor == page["next"] {
				continue;
			}
			let mut params = method.example_by_name();
			params.insert("after".into(), cursor);

			let params = Value::Object(params);
			chain.expect_error(method.name(), params, -32602, json!({ "error": "BadCursor" }));
		}
	}
}

#[test]
fn limits_should_be_clamped() {
	let (chain, document) = (chain(), Document::read());
	let with = |mut params: Map<String, Value>, limit: Value| {
		params.insert("limit".into(), limit);
		params
	};
	for method in document.methods_with("limit") {
		let mut whole = method.example_by_name();
		whole.remove("after");
		whole.remove("limit");
		let name = method.name();
		let page = |params| {
			let mut page = chain.read(name, params);
			(page["result"].take(), page["next"].take())
		};

		let [zero, one, most] = [json!(0), json!(1), json!(u32::MAX)];
		let [zero, one, most] = [zero, one, most].map(|limit| page(with(whole.clone(), limit)));
		assert_eq!(zero, one, "{name}");
		assert_eq!(page(whole.clone()), most, "{name}");
		chain.expect_malformed(name, Value::Object(with(whole, json!(-1))));
	}
}

#[test]
fn accounts_of_other_networks_should_be_refused() {
	let (chain, document) = (chain(), Document::read());
	let on_polkadot = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
	let mut checked = 0;
	for method in document.methods() {
		for name in method.accounts() {
			for account in ["Alice", "0x12", on_polkadot] {
				let mut params = method.example_by_name();
				params.insert(name.into(), json!(account));

				let params = Value::Object(params);
				chain.expect_error(method.name(), params, -32602, json!({ "error": "BadAccount" }));
			}
			checked += 1;
		}
	}
	assert!(checked > 5, "only {checked} parameters are accounts");
}

#[test]
fn pages_should_join_to_the_whole_list() {
	let chain = chain();
	for (method, params, total) in [
		("agents_list", json!({}), 3),
		("agents_tags", json!({}), 14),
		("agents_feedback", json!({ "agent": 0 }), 2),
		("agents_feedback", json!({ "agent": 0, "filter": { "author": BOB } }), 2),
		("agents_validations", json!({ "agent": 0 }), 2),
		("agents_validationRequests", json!({ "validator": 1 }), 2),
		("market_offersByTag", json!({ "tag": "inference.image" }), 3),
		("market_offersOfAgent", json!({ "agent": 0 }), 2),
		("market_jobsOfParty", json!({ "account": BOB }), 7),
		("market_openJobs", json!({ "tag": "inference.image" }), 2),
		("escrow_contractsOfParty", json!({ "account": BOB }), 5),
		("disputes_casesOf", json!({ "account": CHARLIE }), 2),
		("actions_actions", json!({}), 6),
		("validators_list", json!({}), 1),
	] {
		let params = named(params);
		let whole = chain.read(method, params.clone());
		assert_eq!(whole["next"], Value::Null, "{method}");

		let joined = chain.joined(method, params);

		assert_eq!(json!(joined), whole["result"], "{method}");
		assert_eq!(joined.len(), total, "{method}");
	}
}

#[test]
fn answers_should_be_about_the_block_that_was_asked_for() {
	let chain = chain();
	let genesis = chain.get("chain_getBlockHash", json!([0]));
	let block = json!({ "hash": genesis, "height": 0, "finalized": true });
	for (method, params) in [
		("agents_list", json!({})),
		("market_offersByTag", json!({ "tag": 1 })),
		("escrow_contractsOfParty", json!({ "account": BOB })),
		("disputes_casesOf", json!({ "account": CHARLIE })),
		("actions_actions", json!({})),
		("anchor_tasks", json!({})),
		("validators_list", json!({})),
		("validators_slashes", json!({ "stash": ALICE })),
	] {
		let mut params = named(params);
		params.insert("at".into(), genesis.clone());

		let answer = chain.get(method, Value::Object(params));

		assert_eq!(answer, json!({ "block": block, "result": [], "next": null }), "{method}");
	}
}

#[test]
fn answers_should_say_when_their_block_is_finalized() {
	let chain = chain();
	let best = chain.get("agents_info", json!([0]))["block"].take();

	let block = wait_until("the block to be finalized", || {
		let block = chain.get("agents_info", json!([0, best["hash"]]))["block"].take();
		(block["finalized"] == json!(true)).then_some(block)
	});

	assert_eq!((&block["hash"], &block["height"]), (&best["hash"], &best["height"]));
}

#[test]
fn old_blocks_should_be_refused_when_their_state_is_pruned() {
	let node = Node::dev(&["--state-pruning", "2"]);
	let genesis = node.get("chain_getBlockHash", json!([0]));
	wait_until("the genesis state to be pruned", || {
		node.ask("agents_tags", json!({ "at": genesis })).err()
	});
	for (method, params) in [
		("agents_tags", json!([null, null])),
		("market_counters", json!([null])),
		("escrow_contract", json!([0])),
		("disputes_case", json!([0])),
		("jurors_pool", json!([])),
		("telemetry_overview", json!([])),
		("actions_status", json!([])),
		("bitcoin_lightClient", json!([])),
		("anchor_schedule", json!([])),
		("validators_list", json!([null, null, null])),
	] {
		let mut at = params.clone();
		at.as_array_mut().expect("parameters are a list").push(genesis.clone());

		let error = node.fail(method, at);

		assert_eq!(
			(&error["code"], &error["data"]),
			(&json!(-32021), &json!({ "error": "StatePruned" }))
		);
		let message = error["message"].as_str().expect("an error has a message");
		assert!(message.contains("block 0") && message.contains("--state-pruning"), "{message}");
		node.get(method, params);
	}
}
