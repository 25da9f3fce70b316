//! The namespace `agents_*` of a real node, held to `docs/rpc/openrpc.json`.

mod document;
#[path = "../harness/mod.rs"]
mod harness;
mod scenario;
mod transactions;

use document::Document;
use harness::{wait_until, Node};
use serde_json::{json, Map, Value};
use std::{
	ops::Deref,
	sync::{Arc, Mutex, PoisonError, Weak},
};

/// Alice's account, which has nothing to do with agents.
const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";

/// Charlie's, Dave's and Bob's accounts: owner, wallet and client of agent 0.
const CHARLIE: &str = "5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y";
const DAVE: &str = "5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy";
const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

/// An id that is given out to nothing.
const NOBODY: u64 = 9_007_199_254_740_991;

/// A node on which the scenario was played, and a block that knows all of it.
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

/// The one that all tests share. The last test that uses it ends it.
static CHAIN: Mutex<Weak<Chain>> = Mutex::new(Weak::new());

fn chain() -> Arc<Chain> {
	let mut shared = CHAIN.lock().unwrap_or_else(PoisonError::into_inner);
	if let Some(chain) = shared.upgrade() {
		return chain;
	}
	let node = Node::dev(&[]);
	let at = scenario::play(&node);
	let chain = Arc::new(Chain { node, at });
	*shared = Arc::downgrade(&chain);
	chain
}

impl Chain {
	/// Asks about the block that knows all.
	fn read(&self, method: &str, mut params: Map<String, Value>) -> Value {
		params.insert("at".into(), self.at.clone());
		self.get(method, Value::Object(params))
	}
}

/// The members of a JSON object.
fn named(params: Value) -> Map<String, Value> {
	match params {
		Value::Object(members) => members,
		other => panic!("{other} is no object"),
	}
}

#[test]
fn methods_should_be_those_of_the_document() {
	let document = Document::read();
	let mut described: Vec<_> = document.methods().iter().map(|method| method.name()).collect();
	described.sort_unstable();

	let methods = chain().get("rpc_methods", json!([]))["methods"].take();

	let methods = methods.as_array().expect("methods are a list").iter();
	let mut there: Vec<_> = methods.filter_map(Value::as_str).collect();
	there.retain(|name| name.starts_with("agents_"));
	there.sort_unstable();
	assert_eq!(there, described);
}

#[test]
fn parameters_should_have_the_names_of_the_document() {
	let (chain, document) = (chain(), Document::read());
	for method in document.methods() {
		let example =
			method.example().into_iter().map(|(name, value)| (name.into(), value.clone()));
		let example: Map<String, Value> = example.collect();
		for name in method.parameters() {
			let mut params = example.clone();
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
		let by_name = example.iter().map(|(name, value)| (name.to_string(), (*value).clone()));
		let mut by_place: Vec<_> = example.iter().map(|(_, value)| (*value).clone()).collect();
		by_place.resize(method.parameters().len() - 1, Value::Null);
		by_place.push(chain.at.clone());

		let answer = chain.read(method.name(), by_name.collect());

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
}

#[test]
fn examples_should_show_more_than_nothing() {
	for method in Document::read().methods() {
		let result = &method.example_answer()["result"];
		let is_empty = result.is_null() || result == &json!([]) || result["matches"] == json!([]);
		assert!(!is_empty, "{}", method.name());
	}
}

#[test]
fn agents_should_be_found_by_id_owner_wallet_and_capability() {
	let chain = chain();

	let agent = chain.read("agents_info", named(json!({ "agent": 0 })))["result"].take();
	let owned = chain.read("agents_ofOwner", named(json!({ "owner": CHARLIE })));
	let worker = chain.read("agents_ofWallet", named(json!({ "wallet": DAVE })));
	let by_name = chain.read("agents_byCapability", named(json!({ "tag": "inference.image" })));
	let by_id = chain.read("agents_byCapability", named(json!({ "tag": 1 })));

	assert_eq!(agent["owner"], json!(CHARLIE));
	assert_eq!(agent["wallet"], json!(DAVE));
	assert_eq!(agent["status"], json!("active"));
	assert_eq!(owned["result"], json!([agent]));
	assert_eq!(worker["result"], json!(0));
	assert_eq!(by_name["result"][0]["agent"], json!(0));
	assert_eq!(by_name["result"], by_id["result"]);
}

#[test]
fn work_should_show_in_score_summary_and_feedback() {
	let chain = chain();

	let score = chain.read("agents_score", named(json!({ "agent": 0 })))["result"].take();
	let params = json!({ "agent": 0, "tag": "quality", "about": "inference.image" });
	let summary = chain.read("agents_summary", named(params));
	let filter = json!({ "author": BOB, "tag": "quality" });
	let feedback = chain.read("agents_feedback", named(json!({ "agent": 0, "filter": filter })));
	let clients = chain.read("agents_clients", named(json!({ "agent": 0 })));

	assert_eq!(score["counters"]["completed"], json!(2));
	assert_eq!(
		(&summary["result"]["count"], &summary["result"]["mean"]),
		(&json!(1), &json!("97.5"))
	);
	assert_eq!(feedback["result"].as_array().map(Vec::len), Some(1), "{feedback}");
	assert_eq!(feedback["result"][0]["value"], json!("97.5"));
	assert_eq!(clients["result"], json!([BOB]));
}

#[test]
fn validations_should_be_found_by_id_subject_and_validator() {
	let chain = chain();

	let first = chain.read("agents_validation", named(json!({ "validation": 0 })))["result"].take();
	let of_subject = chain.read("agents_validations", named(json!({ "agent": 0, "tag": 8 })));
	let requests = chain.read("agents_validationRequests", named(json!({ "validator": 1 })));
	let summary = chain.read("agents_validationSummary", named(json!({ "agent": 0 })));
	let record = chain.read("agents_validatorRecord", named(json!({ "validator": 1 })));

	assert_eq!(first["state"]["answer"]["score"], json!(93));
	let all = of_subject["result"].as_array().expect("validations are a list");
	assert!(all.len() == 2 && all.contains(&first), "{of_subject}");
	assert_eq!(requests["result"].as_array().map(Vec::len), Some(2));
	assert_eq!(summary["result"], json!({ "count": 1, "sum": "93" }));
	assert_eq!(record["result"], json!({ "answered": 1, "missed": 0, "overturned": 0 }));
}

#[test]
fn pages_should_join_to_the_whole_list() {
	let chain = chain();
	for (method, params, total) in [
		("agents_list", json!({}), 2),
		("agents_tags", json!({}), 14),
		("agents_feedback", json!({ "agent": 0 }), 2),
		("agents_feedback", json!({ "agent": 0, "filter": { "author": BOB } }), 2),
		("agents_validations", json!({ "agent": 0 }), 2),
		("agents_validationRequests", json!({ "validator": 1 }), 2),
	] {
		let mut params = named(params);
		let whole = chain.read(method, params.clone());
		assert_eq!(whole["next"], Value::Null, "{method}");
		let mut joined = Vec::new();
		params.insert("limit".into(), json!(1));
		loop {
			let page = chain.read(method, params.clone());
			let rows = page["result"].as_array().expect("a page is a list");
			assert!(rows.len() <= 1, "{method}: {page}");
			joined.extend(rows.iter().cloned());
			if page["next"].is_null() {
				break;
			}
			params.insert("after".into(), page["next"].clone());
		}

		assert_eq!(json!(joined), whole["result"], "{method}");
		assert_eq!(joined.len(), total, "{method}");
	}
}

#[test]
fn limits_should_be_clamped() {
	let chain = chain();

	let least = chain.read("agents_tags", named(json!({ "limit": 0 })));
	let most = chain.read("agents_tags", named(json!({ "limit": u32::MAX })));

	assert_eq!(least["result"].as_array().map(Vec::len), Some(1));
	assert_eq!(most["result"].as_array().map(Vec::len), Some(14));
	let error = chain.fail("agents_tags", json!([null, -1]));
	assert_eq!(error["code"], json!(-32602), "{error}");
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
		let answer = chain.read(method, named(params));
		assert_eq!(answer["result"], result, "{method}");
		let document = Document::read();
		let described = document.methods().into_iter().find(|described| described.name() == method);
		assert_eq!(described.expect("the method is described").check_answer(&answer), Ok(()));
	}
	let score = chain.read("agents_score", named(nobody))["result"].take();
	assert_eq!((&score["mean"], &score["evidence"]), (&Value::Null, &json!("0")));
}

#[test]
fn answers_should_be_about_the_block_that_was_asked_for() {
	let chain = chain();
	let genesis = chain.get("chain_getBlockHash", json!([0]));

	let answer = chain.get("agents_list", json!({ "at": genesis }));

	let block = json!({ "hash": genesis, "height": 0, "finalized": true });
	assert_eq!(answer, json!({ "block": block, "result": [], "next": null }));
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
fn errors_should_name_their_cause() {
	let chain = chain();
	let page = chain.read("agents_tags", named(json!({ "limit": 1 })));
	let nowhere = format!("0x{}", "00".repeat(32));
	let on_polkadot = "15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5";
	for (method, params, code, data) in [
		("agents_list", json!({ "after": "0x00" }), -32602, json!({ "error": "BadCursor" })),
		("agents_list", json!({ "after": page["next"] }), -32602, json!({ "error": "BadCursor" })),
		("agents_ofOwner", json!({ "owner": "Alice" }), -32602, json!({ "error": "BadAccount" })),
		(
			"agents_ofWallet",
			json!({ "wallet": on_polkadot }),
			-32602,
			json!({ "error": "BadAccount" }),
		),
		(
			"agents_feedback",
			json!({ "agent": 0, "filter": { "author": "0x12" } }),
			-32602,
			json!({ "error": "BadAccount" }),
		),
		(
			"agents_score",
			json!({ "agent": 0, "at": nowhere }),
			-32020,
			json!({ "error": "UnknownBlock" }),
		),
		(
			"agents_byCapability",
			json!({ "tag": "no.such.tag" }),
			-32023,
			json!({ "pallet": "Agents", "error": "TagNotFound" }),
		),
		(
			"agents_match",
			json!({ "requirements": requirements(u32::MAX, "50") }),
			-32023,
			json!({ "pallet": "Agents", "error": "TagNotFound" }),
		),
		(
			"agents_match",
			json!({ "requirements": requirements("inference.image", "100.5") }),
			-32023,
			json!({ "pallet": "Agents", "error": "PerformanceOffScale" }),
		),
	] {
		let error = chain.fail(method, params);
		assert_eq!((&error["code"], &error["data"]), (&json!(code), &data), "{method}: {error}");
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
		let error = chain.fail(method, params);
		assert_eq!(error["code"], json!(-32602), "{method}: {error}");
	}
}

#[test]
fn old_blocks_should_be_refused_when_their_state_is_pruned() {
	let node = Node::dev(&["--state-pruning", "2"]);
	let genesis = node.get("chain_getBlockHash", json!([0]));

	let error = wait_until("the genesis state to be pruned", || {
		node.ask("agents_tags", json!({ "at": genesis })).err()
	});

	assert_eq!(
		(&error["code"], &error["data"]),
		(&json!(-32021), &json!({ "error": "StatePruned" }))
	);
	let message = error["message"].as_str().expect("an error has a message");
	assert!(message.contains("block 0") && message.contains("--state-pruning"), "{message}");
	assert_eq!(node.get("agents_tags", json!([]))["result"].as_array().map(Vec::len), Some(14));
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
