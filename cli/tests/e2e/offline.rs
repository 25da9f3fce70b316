//! Transactions that are signed where there is no network.

use crate::harness::{schema, Cli, Node};
use serde_json::{json, Value};
use std::fs;

/// The node that nobody runs: what a machine without a network has.
const NOWHERE: &str = "ws://127.0.0.1:1";

const AIT: u128 = 1_000_000_000_000;

/// A name, what is changed in a file, and what is said of it.
type Change = (&'static str, fn(&mut Value), &'static str);

/// A machine with a network, another one with the key, and the account of that key.
struct Setup {
	node: Node,
	hot: Cli,
	cold: Cli,
	account: String,
}

impl Setup {
	async fn new() -> Self {
		let node = Node::dev().await;
		node.wait_for_finalized(1).await;
		let (hot, cold) = (Cli::new(node.ws_url()), Cli::new(NOWHERE));
		let account = cold.new_key("cold");
		hot.send("//Alice", &["account", "transfer", &account, "100 AIT"]);
		Self { node, hot, cold, account }
	}

	/// Where the machine with a network has its file `name`.
	fn path(&self, name: &str) -> String {
		let beside = self.hot.file("beside", "");
		beside.replace("beside", name)
	}

	/// Writes a transfer of one AIT to the file `name`, and gives its path.
	fn unsigned(&self, name: &str, more: &[&str]) -> String {
		let path = self.path(name);
		let transfer = ["account", "transfer", "//Bob", "1 AIT", "--from", &self.account];
		self.hot.json(&[&transfer[..], &["--offline", &path], more].concat());
		path
	}

	/// Writes the same, signs it, and gives the path of the signed one.
	fn signed(&self, name: &str, more: &[&str]) -> String {
		let unsigned = self.unsigned(name, more);
		let signed = self.path(&format!("signed-{name}"));
		self.cold.json(&["transaction", "sign", &unsigned, "--key", "cold", "-y", "--to", &signed]);
		signed
	}

	fn submit(&self, code: i32, path: &str) -> String {
		self.hot.fail(code, &["transaction", "submit", path, "--yes"])
	}
}

/// Writes the file at `path` again with a change.
fn alter(path: &str, change: impl FnOnce(&mut Value)) {
	let text = fs::read_to_string(path).expect("it was written");
	let mut file = serde_json::from_str(&text).expect("it is JSON");
	change(&mut file);
	fs::write(path, file.to_string()).expect("it is ours");
}

#[tokio::test]
async fn transaction_should_be_sent_when_it_was_signed_without_a_network() {
	let setup = Setup::new().await;
	let (hot, cold) = (&setup.hot, &setup.cold);
	let bob = hot.total_balance("//Bob");
	let path = setup.path("pay.json");
	let transfer = ["account", "transfer", "//Bob", "1 AIT", "--from", &setup.account];
	let written = hot.json(&[&transfer[..], &["--offline", &path]].concat());
	insta::assert_json_snapshot!("transaction_offline", schema(&written));
	assert_eq!(written["data"]["unsigned"]["nonce"], 0);
	let file: Value = serde_json::from_str(&fs::read_to_string(&path).expect("it was written"))
		.expect("it is JSON");
	insta::assert_json_snapshot!("transaction_unsigned", schema(&file));
	assert_eq!(file["data"]["call"], "Balances.transfer_keep_alive");

	// Nobody sends it from here, and nobody writes over it.
	let here = hot.fail(2, &[&transfer[..], &["--yes"]].concat());
	assert!(here.contains("cannot sign") && here.contains("--offline"), "{here}");
	let again = hot.fail(2, &[&transfer[..], &["--offline", &path]].concat());
	assert!(again.contains("name another file"), "{again}");

	let genesis = file["data"]["network"]["genesis"].as_str().expect("it has one").to_owned();
	let sign = ["transaction", "sign", &path, "--key", "cold"];
	let unconfirmed = cold.fail(2, &sign);
	assert!(unconfirmed.contains("Balances.transfer_keep_alive from"), "{unconfirmed}");
	assert!(unconfirmed.contains("`--yes` to sign it"), "{unconfirmed}");
	let signed = cold.json(&[&sign[..], &["--yes", "--genesis", &genesis]].concat());
	insta::assert_json_snapshot!("transaction_sign", schema(&signed));
	let signed_path = signed["data"]["file"].as_str().expect("it has one");
	assert!(signed_path.ends_with("pay.signed.json"), "{signed_path}");

	let dry = hot.json(&["transaction", "submit", signed_path, "--dry-run"])["data"].take();
	assert_eq!((&dry["prospect"], dry.get("unsigned")), (&json!("succeeds"), None));
	let sent = hot.json(&["transaction", "submit", signed_path, "--yes"])["data"].take();
	assert_eq!(sent["transactions"][0]["hash"], signed["data"]["hash"]);
	assert_eq!(sent["transactions"][0]["block"]["finalized"], true, "{sent:#}");
	assert_eq!(hot.total_balance("//Bob"), bob + AIT);

	let late = setup.submit(4, signed_path);
	assert!(late.contains("the nonce 0") && late.contains("aitbc transaction status 0x"), "{late}");
	drop(setup.node);
}

#[tokio::test]
async fn signing_should_be_refused_when_something_does_not_fit() {
	let setup = Setup::new().await;
	let cold = &setup.cold;
	cold.new_key("other");
	let sign = |path: &str, more: &[&str]| {
		let error = cold.fail(2, &[&["transaction", "sign", path, "--yes"], more].concat());
		assert!(error.contains(path), "{error}");
		error
	};
	let path = setup.unsigned("pay.json", &[]);
	let key = ["--key", "cold"];
	assert!(sign(&path, &["--key", "other"]).contains("name that account's key"));
	let elsewhere = format!("0x{}", "07".repeat(32));
	let other = sign(&path, &["--key", "cold", "--genesis", &elsewhere]);
	assert!(other.contains("for the network with the first block"), "{other}");

	let changes: [Change; 5] = [
		("words.json", |file| file["data"]["arguments"]["value"] = json!("1"), "was altered"),
		("call.json", |file| file["data"]["call"] = json!("System.remark"), "was altered"),
		("bytes.json", |file| file["data"]["call_data"] = json!("0x00000401"), "was altered"),
		(
			"release.json",
			|file| file["data"]["network"]["spec_version"] = json!(99_999),
			"is for version 99999 of the runtime",
		),
		(
			"metadata.json",
			|file| file["data"]["network"]["metadata"] = json!(format!("0x{}", "07".repeat(32))),
			"with other metadata",
		),
	];
	for (name, change, words) in changes {
		let path = setup.unsigned(name, &[]);
		alter(&path, change);
		let error = sign(&path, &key);
		assert!(error.contains(words), "{name}: {error}");
	}
	let receipt = setup.hot.file("receipt.json", "{}");
	assert!(sign(&receipt, &key).contains("is no `transaction.unsigned`"));
}

#[tokio::test]
async fn submitting_should_be_refused_when_the_chain_would_or_the_file_was_altered() {
	let setup = Setup::new().await;
	let ahead = setup.signed("ahead.json", &["--nonce", "5"]);
	assert!(setup.submit(4, &ahead).contains("submit what comes before it first"));

	let altered: [Change; 5] = [
		(
			"tip.json",
			|file| file["data"]["unsigned"]["terms"]["tip"] = json!("5"),
			"is not that of",
		),
		(
			"signature.json",
			|file| file["data"]["signature"] = json!(format!("0x{}", "07".repeat(64))),
			"is not that of",
		),
		(
			"bytes.json",
			|file| file["data"]["transaction"] = json!("0x00"),
			"not the transaction that was signed",
		),
		(
			"words.json",
			|file| file["data"]["unsigned"]["arguments"]["value"] = json!("1"),
			"was altered",
		),
		(
			"network.json",
			|file| {
				let genesis = json!(format!("0x{}", "07".repeat(32)));
				file["data"]["unsigned"]["network"]["genesis"] = genesis;
			},
			"ask a node of its network",
		),
	];
	for (name, change, words) in altered {
		let path = setup.signed(name, &[]);
		alter(&path, change);
		let error = setup.submit(2, &path);
		assert!(error.contains(words), "{name}: {error}");
	}

	// Of two with the same nonce, the second comes too late; of a short one, the end.
	let (one, two) = (setup.signed("one.json", &[]), setup.signed("two.json", &[]));
	let short = setup.signed("short.json", &["--valid-for", "4", "--nonce", "1"]);
	setup.hot.json(&["transaction", "submit", &one, "--yes", "--wait", "best"]);
	assert!(setup.submit(4, &two).contains("is taken, the account's next is 1"));
	let last = setup.node.finalized().await + 4;
	setup.node.wait_for_best(last).await;
	assert!(setup.submit(4, &short).contains("--valid-for"));
}
