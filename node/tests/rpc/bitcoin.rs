//! The namespace `bitcoin_*`. The scenario of the anchors mines the blocks.

use crate::{
	anchor::scenario::{FORKED, TIP},
	chain, column,
};
use serde_json::{json, Value};

/// The first block of regtest.
const GENESIS: &str = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";

/// A hash of no block of Bitcoin.
const NO_BLOCK: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The header of the best chain at a height.
fn header_at(height: u32) -> Value {
	chain().result("bitcoin_headerAt", json!({ "height": height }))
}

#[test]
fn light_client_should_say_how_far_it_is_and_its_limits() {
	let expected = json!({
		"network": "regtest",
		"tip": header_at(TIP),
		"oldest": 0,
		"kept": 2_016,
		"maxReorganization": 99,
		"maxBatch": 250,
	});
	chain().expect("bitcoin_lightClient", json!({}), expected);
}

#[test]
fn headers_should_be_written_as_bitcoin_core_prints_them() {
	let genesis = json!({
		"hash": GENESIS,
		"height": 0,
		"previous": NO_BLOCK,
		"merkleRoot": "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
		"time": 1_296_688_602,
		"chainwork": format!("{}2", "0".repeat(63)),
		"confirmations": TIP + 1,
	});
	chain().expect("bitcoin_headerAt", json!({ "height": 0 }), genesis.clone());
	chain().expect("bitcoin_header", json!({ "hash": GENESIS }), genesis);
}

#[test]
fn headers_should_be_listed_down_from_a_height() {
	let list = |params| chain().result("bitcoin_headers", params);

	let all = list(json!({}));
	assert_eq!((all.as_array().map(Vec::len), &all[0]), (Some(100), &header_at(TIP)));
	let last = list(json!({ "from": 2 }));
	assert_eq!(column(&last, "height"), [2, 1, 0]);
	assert_eq!(last[2]["hash"], last[1]["previous"]);
	assert_eq!(list(json!({ "from": 50, "limit": 2 })), json!([header_at(50), header_at(49)]));
	// There is nothing above the tip.
	assert_eq!(list(json!({ "from": TIP + 9, "limit": 1 })), json!([header_at(TIP)]));
}

#[test]
fn stale_headers_should_be_told_from_those_of_the_best_chain() {
	let stale = chain().result("bitcoin_stale", json!({ "height": FORKED }));

	let [header] = &stale.as_array().expect("a list")[..] else { panic!("one: {stale}") };
	let best = header_at(FORKED);
	assert_ne!(header["hash"], best["hash"]);
	for name in ["height", "previous", "chainwork"] {
		assert_eq!(header[name], best[name], "{name}");
	}
	assert_eq!((&header["confirmations"], &best["confirmations"]), (&Value::Null, &json!(4)));
	chain().expect("bitcoin_header", json!({ "hash": header["hash"] }), header.clone());
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	chain.expect("bitcoin_header", json!({ "hash": NO_BLOCK }), Value::Null);
	chain.expect("bitcoin_headerAt", json!({ "height": TIP + 1 }), Value::Null);
	chain.expect("bitcoin_stale", json!({ "height": FORKED - 1 }), json!([]));
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("bitcoin_lightClient", json!(["0x12"])),
		("bitcoin_header", json!([])),
		("bitcoin_header", json!([format!("0x{GENESIS}")])),
		("bitcoin_header", json!([&GENESIS[2..]])),
		("bitcoin_headerAt", json!([-1])),
		("bitcoin_headerAt", json!([GENESIS])),
		("bitcoin_headers", json!(["1"])),
		("bitcoin_stale", json!([])),
	] {
		chain.expect_malformed(method, params);
	}
}
