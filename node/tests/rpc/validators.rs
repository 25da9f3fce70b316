//! The namespace `validators_*`.

mod scenario;

use crate::{chain, column, named, Chain, ALICE, BOB};
use scenario::ERA_BLOCKS;
use serde_json::{json, Value};
use sp_keyring::Sr25519Keyring::AliceStash;
use std::sync::OnceLock;

/// What Alice's stash has bonded at genesis: 100,000 AIT.
const BOND: &str = "100000000000000000";

/// The chain whose validator was slashed, in the first block of era 2.
static SLASHED: OnceLock<Chain> = OnceLock::new();

fn slashed() -> &'static Chain {
	SLASHED.get_or_init(scenario::play)
}

/// Alice's stash, which validates.
fn stash() -> String {
	AliceStash.to_account_id().to_string()
}

/// How the stash does its slots of `era`.
fn performance(chain: &Chain, era: Value) -> Value {
	chain.result("validators_performance", json!({ "stash": stash(), "era": era }))
}

/// What it looks like when the stash filled so many slots of `era`, which were worth `points`.
fn perfect(era: u32, slots: u64, points: &Value, consequence: Value) -> Value {
	json!({
		"validator": stash(),
		"era": era,
		"slots": { "assigned": slots, "missed": 0 },
		"carried": { "assigned": 0, "missed": 0 },
		"uptime": "1.000000000",
		"factor": "1.000000000",
		"points": { "before": points, "due": points, "after": points },
		"consequence": consequence,
	})
}

/// An equivocation of the stash, which Bob reported.
fn equivocation(era: u32, state: Value) -> Value {
	json!({
		"offence": { "type": "babeEquivocation" },
		"era": era,
		"fraction": "1.000000000",
		"amount": { "own": BOND, "nominators": "0" },
		"reporter": BOB,
		"state": state,
	})
}

/// The offences of the stash as of the block at `height`.
fn slashes_at(height: u64) -> Value {
	let chain = slashed();
	let at = chain.get("chain_getBlockHash", json!([height]));
	chain.get("validators_slashes", json!([stash(), null, null, at]))["result"].take()
}

#[test]
fn performance_should_have_the_consequence_when_the_era_has_ended() {
	let chain = slashed();
	for era in [0, 1] {
		let shown = performance(chain, json!(era));

		let points = &shown["points"]["before"];
		// A block earns 20. The one that begins an era earns them in the era before.
		assert!(points.as_u64() >= Some(20 * ERA_BLOCKS), "{shown}");
		let nothing = json!({ "type": "nothing" });
		assert_eq!(shown, perfect(era, ERA_BLOCKS, points, nothing));
	}
}

#[test]
fn performance_should_be_that_of_the_active_era_when_none_is_named() {
	let chain = slashed();

	let shown = performance(chain, Value::Null);

	let slots = chain.best() - 2 * ERA_BLOCKS;
	assert_eq!(shown, perfect(2, slots, &shown["points"]["before"], Value::Null));
	let params = json!({ "stash": stash(), "era": 2 });
	chain.expect("validators_performance", params, shown);
}

#[test]
fn list_should_have_whoever_validates() {
	for chain in [chain(), slashed()] {
		for era in [json!(null), json!(0)] {
			let listed = json!([performance(chain, era.clone())]);
			chain.expect("validators_list", json!({ "era": era }), listed);
		}
	}
	let era = chain().result("telemetry_overview", json!({}))["era"].take();
	assert_eq!(performance(chain(), Value::Null)["era"], era);
}

#[test]
fn slashes_should_say_what_became_of_them() {
	let applied = json!({ "type": "applied", "at": 2, "before": BOND, "after": "0" });
	let by = json!({ "type": "root" });
	let cancelled = json!({ "type": "cancelled", "until": 3, "at": 1, "by": by });
	let slashes = json!([equivocation(0, applied), equivocation(1, cancelled)]);

	slashed().expect("validators_slashes", json!({ "stash": stash() }), slashes);
}

#[test]
fn slashes_should_wait_when_their_era_has_not_begun() {
	let deferred = json!({ "type": "deferred", "until": 2 });

	assert_eq!(slashes_at(1), json!([]), "nothing was reported yet");
	assert_eq!(slashes_at(ERA_BLOCKS), json!([equivocation(0, deferred.clone())]));
	assert_eq!(slashes_at(2 * ERA_BLOCKS)[0], equivocation(0, deferred));
}

#[test]
fn slashes_should_join_to_the_whole_history() {
	let chain = slashed();
	let params = named(json!({ "stash": stash() }));
	let whole = chain.read("validators_slashes", params.clone());

	let joined = chain.joined("validators_slashes", params);

	assert_eq!(column(&json!(joined), "era"), [0, 1]);
	assert_eq!((&json!(joined), &Value::Null), (&whole["result"], &whole["next"]));
}

#[test]
fn cursors_should_be_refused_when_they_are_of_another_history() {
	let chain = slashed();
	let first = chain.read("validators_slashes", named(json!({ "stash": stash(), "limit": 1 })));
	assert!(first["next"].is_string(), "{first}");
	let data = json!({ "error": "BadCursor" });
	for (method, params) in [
		("validators_slashes", json!({ "stash": BOB, "after": first["next"] })),
		("validators_list", json!({ "after": first["next"] })),
	] {
		chain.expect_error(method, params, -32602, data.clone());
	}
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	for (method, params, result) in [
		("validators_performance", json!({ "stash": ALICE }), Value::Null),
		("validators_performance", json!({ "stash": stash(), "era": u32::MAX }), Value::Null),
		("validators_list", json!({ "era": u32::MAX }), json!([])),
		("validators_slashes", json!({ "stash": ALICE }), json!([])),
	] {
		chain.expect(method, params, result);
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	for (method, params) in [
		("validators_performance", json!([])),
		("validators_performance", json!([1])),
		("validators_performance", json!([stash(), "0"])),
		("validators_performance", json!([stash(), -1])),
		("validators_performance", json!([stash(), 0, "0x12"])),
		("validators_list", json!(["0"])),
		("validators_list", json!([null, 1])),
		("validators_slashes", json!([])),
		("validators_slashes", json!([stash(), null, "1"])),
	] {
		chain.expect_malformed(method, params);
	}
}
