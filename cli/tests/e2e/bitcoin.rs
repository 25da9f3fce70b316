//! This chain's blocks are written into a real Bitcoin, and shown to be there.

mod anchoring;
mod core;
mod refusals;
mod trouble;

use crate::harness::{plancks, schema, wait_until, Cli, Node};
use anchoring::{following, text, treasury, verify, Anchoring, Broadcast};
use serde_json::Value;

const AIT: u128 = 1_000_000_000_000;

/// Who gets the rewards.
const ANCHORER: &str = "//Bob";

/// The key of `System.Number` in the state: the hashes (twox128) of the two names.
const NUMBER_KEY: &str = "0x26aa394eea5630e07c48ae0c9558cef702a5c1b19ab7a04f536c519aca4983ac";

/// The same without what differs from run to run: a newer task, and what waits.
fn settled(json: Value) -> Value {
	match json {
		Value::Object(members) => {
			let members = members.into_iter().map(|(name, value)| {
				let varies = matches!(name.as_str(), "latest" | "waiting" | "problem" | "error");
				let value = if varies { "varies".into() } else { settled(value) };
				(name, value)
			});
			Value::Object(members.collect())
		},
		other => other,
	}
}

fn snapshot(cli: &Cli, name: &str, arguments: &[&str]) {
	insta::assert_json_snapshot!(name, schema(&settled(cli.json(arguments))));
}

/// Makes the anchorer one, and sees that nobody else can be.
fn register(anchoring: &Anchoring) {
	let Anchoring { cli, .. } = anchoring;
	let register = ["anchor", "register"];
	snapshot(
		cli,
		"anchor_register_dry_run",
		&[&register[..], &["--from", ANCHORER, "--dry-run"]].concat(),
	);
	cli.send(ANCHORER, &register);
	let balance = anchoring.data(&["account", "balance", ANCHORER]);
	assert_eq!(balance["holds"][0]["reason"], "BitcoinAnchor.Deposit", "{balance:#}");
	let said = cli.send_in_vain(5, "//Charlie", &register);
	assert!(said.contains("BitcoinAnchor::AlreadyRegistered"), "{said}");
	let wallet = anchoring::wallet(cli);
	assert_eq!(wallet["anchorer"]["deposit"], balance["holds"][0]["amount"], "{wallet:#}");
}

/// Writes evidence of a block's anchor, and has the verifier check it.
async fn export(anchoring: &mut Anchoring, anchored: u64) {
	let stem = anchoring.cli.file("evidence", "");
	let [file, number] = ["block.bundle", "number.bundle"].map(|name| format!("{stem}.{name}"));
	let height = anchored.to_string();
	let export = ["anchor", "export", &height, "--to", &file];
	// The worker has to see first that the anchor is final.
	wait_until("the evidence to be there", || async {
		(anchoring.cli.run(&export).code == Some(0)).then_some(())
	})
	.await;
	// What shows it is on disk, not in memory.
	let again = following(Node::dev_builder(), &anchoring.core, "broadcast");
	anchoring.restart_as(again).await;
	let Anchoring { cli, node, .. } = anchoring;
	assert!(cli.fail(2, &export).contains("overwrite it with `--force`"));
	snapshot(cli, "anchor_export", &[&export[..], &["--force"]].concat());
	let genesis = text(&node.block_hash(0).await);
	let shown = verify(0, &file, &["--genesis", &genesis]);
	assert_eq!(shown["verdict"], "holds");
	assert_eq!(shown["block"]["hash"], node.block_hash(anchored).await, "{shown:#}");
	assert_eq!(shown["anchor"]["confirmations"], 100, "{shown:#}");
	let elsewhere = format!("0x{}", "01".repeat(32));
	assert_eq!(verify(1, &file, &["--genesis", &elsewhere])["verdict"], "does_not_hold");

	cli.json(&["anchor", "export", "--key", NUMBER_KEY, "--to", &number]);
	let claim = verify(0, &number, &[])["claim"].take();
	// The block's own number, four bytes with the lowest first.
	let value = format!("0x{:08x}", u32::try_from(anchored).expect("it is early").swap_bytes());
	assert_eq!((&claim["type"], &claim["value"]), (&"storage".into(), &value.into()));
	let record = ["anchor", "export", &height, "--record", "1000000", "--to", &file, "--force"];
	let said = cli.fail(1, &record);
	assert!(said.contains("wait for a later anchor"), "{said}");
	assert!(cli.fail(1, &["anchor", "export", "7", "--to", "x"]).contains("no bundle of block 7"));
}

/// Has the reward paid, out of the treasury, to the anchorer. The node's worker, which would do that, must not run.
fn claim(anchoring: &Anchoring, anchored: u64, funding: &str) {
	let Anchoring { core, cli, .. } = anchoring;
	let height = anchored.to_string();
	// Bitcoin Core gives it with its witness.
	let raw = cli.file("funding", &core.raw(funding).expect("it is mined"));
	let claim = ["anchor", "claim", &height, "--funding", &raw];
	let other = core.json("getblock", &[&core.tip().hash])["tx"][0].take();
	let other = core.raw(&text(&other)).expect("it is mined");
	let said =
		cli.fail(2, &["anchor", "claim", &height, "--funding", &other, "--from", "//Charlie"]);
	assert!(said.contains(funding), "{said}");
	cli.send("//Alice", &["account", "transfer", &treasury(), "100 AIT"]);
	snapshot(
		cli,
		"anchor_claim_dry_run",
		&[&claim[..], &["--from", "//Charlie", "--dry-run"]].concat(),
	);
	let before = cli.total_balance(ANCHORER);
	cli.send("//Charlie", &claim);
	assert_eq!(cli.total_balance(ANCHORER), before + 10 * AIT);
	let said = cli.send_in_vain(5, "//Charlie", &claim);
	assert!(said.contains("BitcoinAnchor::AlreadyPaid"), "{said}");
	let task = anchoring.task(anchored).expect("it is kept");
	assert_eq!(task["status"]["is_paid"], true, "{task:#}");
}

#[tokio::test]
async fn block_should_be_on_bitcoin_for_good_when_its_anchor_is_deep_enough() {
	let Some((mut anchoring, funding)) = Anchoring::start_funded().await else { return };
	let Anchoring { core, node, cli } = &anchoring;
	assert_eq!(anchoring.data(&["anchor", "latest"])["latest_final"], Value::Null);
	let none = cli.fail(1, &["anchor", "show", "7"]);
	assert!(none.contains("block 7 is not to be on Bitcoin"), "{none}");
	register(&anchoring);

	let Broadcast { height: anchored, txid } = anchoring.wait_for_broadcast().await;
	let height = anchored.to_string();
	snapshot(cli, "anchor_history", &["anchor", "history"]);
	let payload = anchoring.data(&["anchor", "show", &height])["payload"].take();
	assert_eq!(payload["block_hash"], node.block_hash(anchored).await);
	let op_return = text(&payload["op_return"]);
	let raw = core.raw(&txid).expect("it waits");
	assert!(raw.contains(op_return.trim_start_matches("0x")), "{raw} has not {op_return}");

	let block = core.mine(1).pop().expect("a block was mined");
	let included = anchoring.wait_to_be(anchored, "included").await;
	assert_eq!((&included["block"], &included["txid"]), (&block.into(), &txid.as_str().into()));
	assert_eq!(included["funded_by"]["txid"], funding.as_str());
	core.mine(5);
	anchoring.wait_to_be(anchored, "confirmed").await;
	core.mine(94);
	anchoring.wait_to_be(anchored, "final").await;

	snapshot(cli, "anchor_status", &["anchor", "status"]);
	snapshot(cli, "anchor_latest", &["anchor", "latest"]);
	snapshot(cli, "anchor_show", &["anchor", "show", &height]);
	snapshot(cli, "anchor_wallet", &["anchor", "wallet"]);
	let key_hash = text(&anchoring::wallet(cli)["key_hash"]);
	export(&mut anchoring, anchored).await;
	anchoring.restart_as(Node::dev_builder()).await;
	claim(&anchoring, anchored, &funding);
	let Anchoring { cli, .. } = &anchoring;
	let returned = cli.send(ANCHORER, &["anchor", "deregister", &key_hash])["returned"].take();
	assert_eq!(returned[0]["held_for"], "BitcoinAnchor.Deposit", "{returned:#}");
	assert!(plancks(&returned[0]["amount"]) > 0, "{returned:#}");
}
