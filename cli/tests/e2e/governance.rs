//! The network changes itself, by commands alone: from a proposal to what it enacts, and back to
//! everybody's money.

use crate::harness::{plancks, schema, wait_until, Cli, Node};
use serde_json::{json, Value};

const AIT: u128 = 1_000_000_000_000;

/// More than half of all that can vote, so that every track's referenda pass from their first block.
pub const VOTERS: [&str; 7] = [
	"//Charlie",
	"//Dave",
	"//Eve",
	"//Bob//stash",
	"//Charlie//stash",
	"//Dave//stash",
	"//Eve//stash",
];

async fn ready() -> (Node, Cli) {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	(node, cli)
}

/// All voters vote for the referendum, without waiting for each other.
pub fn approve(cli: &Cli, referendum: &str) {
	for voter in VOTERS {
		let vote = ["governance", "vote", referendum, "aye", "900000 AIT", "--conviction", "1"];
		let how = ["--from", voter, "--yes", "--wait", "none"];
		cli.json(&[&vote[..], &how].concat());
	}
}

/// The number of the referendum that `proposed` tells of.
pub fn number(proposed: &Value) -> String {
	proposed["referendum"].to_string()
}

fn status(cli: &Cli, referendum: &str) -> Value {
	cli.json(&["governance", "status", referendum])["data"].take()
}

/// Waits until what the referendum decided was dispatched.
pub async fn enacted(cli: &Cli, referendum: &str) {
	wait_until("the referendum to be enacted", || async {
		let status = status(cli, referendum);
		(status["state"] == "approved" && status["enacted"].is_null()).then_some(())
	})
	.await;
}

/// Each event of the last transaction in `data`, as `Pallet.Event`.
fn events(data: &Value) -> Vec<String> {
	let transactions = data["transactions"].as_array().expect("they are a list");
	let events = transactions.iter().filter_map(|one| one["events"].as_array()).flatten();
	let text = |value: &Value| value.as_str().expect("it is text").to_owned();
	events.map(|event| format!("{}.{}", text(&event["pallet"]), text(&event["event"]))).collect()
}

/// What an agent's registration costs.
fn registration_fee(cli: &Cli) -> u128 {
	let hash = format!("0x{}", "05".repeat(32));
	let card = ["--card", "ipfs://card", "--card-hash", &hash, "--from", "//Bob", "--dry-run"];
	let register = ["agent", "register", "--kind", "provider"];
	let dry = cli.json(&[&register[..], &card].concat());
	plancks(&dry["data"]["consequences"]["fee"])
}

#[tokio::test]
async fn parameter_should_change_and_money_return_when_voters_approve() {
	let (_node, cli) = ready().await;
	insta::assert_json_snapshot!("governance_tracks", schema(&cli.json(&["governance", "tracks"])));
	assert_eq!(registration_fee(&cli), 5 * AIT);

	let propose = ["governance", "propose", "parameter", "agents.RegistrationFee", "7 AIT"];
	let dry = cli.json(&[&propose[..], &["--from", "//Alice", "--dry-run"]].concat());
	insta::assert_json_snapshot!("governance_propose_dry_run", schema(&dry));
	assert_eq!(plancks(&dry["data"]["consequences"]["decision_deposit"]), 5_000 * AIT);
	let proposed = cli.send("//Alice", &propose);
	let referendum = number(&proposed);
	assert_eq!(referendum, "0");
	let happened = events(&proposed);
	for event in ["Referenda.Submitted", "Referenda.DecisionDepositPlaced"] {
		assert!(happened.iter().any(|one| one == event), "{event}: {happened:?}");
	}

	votes(&cli, &referendum);
	approve(&cli, &referendum);
	let passes = || async {
		let shown = cli.json(&["governance", "status", &referendum]);
		(shown["data"]["standing"]["stage"]["type"] == "confirming").then_some(shown)
	};
	let shown = wait_until("the referendum to pass", passes).await;
	insta::assert_json_snapshot!("governance_referendum", schema(&shown));
	let early = cli.send_in_vain(1, "//Alice", &["governance", "refund", &referendum]);
	assert!(early.contains("goes on"), "{early}");

	enacted(&cli, &referendum).await;
	assert_eq!(registration_fee(&cli), 7 * AIT);
	insta::assert_json_snapshot!("governance_status", schema(&cli.json(&["governance", "status"])));
	money_returns(&cli, &referendum);
}

/// Votes of every kind are cast, changed, taken back and given away.
fn votes(cli: &Cli, referendum: &str) {
	let vote = |rest: &[&'static str]| [&["governance", "vote", referendum][..], rest].concat();
	let dry = ["nay", "5 AIT", "--conviction", "2", "--from", "//Bob", "--dry-run"];
	let dry = cli.json(&vote(&dry));
	insta::assert_json_snapshot!("governance_vote_dry_run", schema(&dry));
	assert_eq!(plancks(&dry["data"]["consequences"]["votes"]["nays"]), 10 * AIT);
	cli.send("//Bob", &vote(&["nay", "5 AIT"]));
	let split = ["split", "--aye", "3 AIT", "--nay", "1 AIT", "--abstain", "1 AIT"];
	cli.send("//Bob", &vote(&split));
	let shown = cli.json(&["governance", "votes", "//Bob"]);
	insta::assert_json_snapshot!("governance_votes", schema(&shown));
	assert_eq!(shown["data"]["tracks"][0]["votes"][0]["vote"]["type"], "split", "{shown:#}");
	cli.send("//Bob", &["governance", "unvote", referendum]);
	let again = cli.send_in_vain(1, "//Bob", &["governance", "unvote", referendum]);
	assert!(again.contains("has no vote on referendum 0"), "{again}");

	let delegate = ["governance", "delegate", "//Bob", "8 AIT", "--track", "parameters"];
	cli.send("//Ferdie", &[&delegate[..], &["--track", "root"]].concat());
	let shown = cli.json(&["governance", "votes", "//Ferdie"]);
	assert_eq!(shown["data"]["tracks"].as_array().map(Vec::len), Some(2), "{shown:#}");
	cli.send("//Ferdie", &["governance", "undelegate", "--all"]);
	let shown = cli.json(&["governance", "votes", "//Ferdie"]);
	assert_eq!(shown["data"]["tracks"], json!([]), "nothing of it is locked: {shown:#}");
}

/// Deposits return, and votes are freed: at once without conviction, later with it.
fn money_returns(cli: &Cli, referendum: &str) {
	let refund = ["governance", "refund", "--from", "//Alice", "--dry-run"];
	let dry = cli.json(&refund);
	insta::assert_json_snapshot!("governance_refund_dry_run", schema(&dry));
	let before = cli.total_balance("//Alice");
	let held = || plancks(&cli.json(&["account", "balance", "//Alice"])["data"]["held"]);
	assert_eq!(held(), 5_010 * AIT);
	cli.send("//Alice", &["governance", "refund"]);
	assert_eq!(held(), 0, "of {before}");
	let again = cli.send_in_vain(1, "//Alice", &["governance", "refund", referendum]);
	assert!(again.contains("have returned"), "{again}");

	let locked = cli.send_in_vain(1, "//Charlie", &["governance", "unlock"]);
	assert!(locked.contains("nothing of"), "its vote won, and is locked: {locked}");
	let shown = cli.json(&["governance", "votes", "//Charlie"]);
	let vote = &shown["data"]["tracks"][0]["votes"][0];
	assert!(vote["locked_until"].is_u64(), "{shown:#}");
	let nothing = cli.send_in_vain(1, "//Bob", &["governance", "unlock"]);
	assert!(nothing.contains("nothing of"), "{nothing}");
}

#[tokio::test]
async fn call_should_be_dispatched_as_root_when_committee_and_voters_agree() {
	let (_node, cli) = ready().await;
	let call = r#"{"System": {"set_storage": {"items": [["0x616263", "0x01"]]}}}"#;
	let propose = ["governance", "propose", "call", call];
	let neither = cli.send_in_vain(2, "//Alice", &propose);
	assert!(neither.contains("--track"), "{neither}");
	let both = [&propose[..], &["--whitelisted", "--track", "root"]].concat();
	let both = cli.send_in_vain(2, "//Alice", &both);
	assert!(both.contains("leave out `--track`"), "{both}");
	let proposed = cli.send("//Alice", &[&propose[..], &["--whitelisted"]].concat());
	let referendum = number(&proposed);

	// The committee, of whom two of three must agree, whitelists it meanwhile.
	let whitelist = ["governance", "whitelist", &referendum];
	let stranger = cli.send_in_vain(1, "//Dave", &whitelist);
	assert!(stranger.contains("no member"), "{stranger}");
	let dry = cli.json(&[&whitelist[..], &["--from", "//Bob", "--dry-run"]].concat());
	insta::assert_json_snapshot!("governance_whitelist_dry_run", schema(&dry));
	cli.send("//Bob", &whitelist);
	let twice = cli.send_in_vain(1, "//Bob", &whitelist);
	assert!(twice.contains("1 more of the members"), "{twice}");
	let closed = cli.send("//Charlie", &["governance", "whitelist", "--call", call]);
	assert!(events(&closed).contains(&"Whitelist.CallWhitelisted".to_owned()), "{closed:#}");

	approve(&cli, &referendum);
	enacted(&cli, &referendum).await;
	late_whitelisting(&cli).await;
}

/// Voters decide first; anybody dispatches the call when the committee has followed.
async fn late_whitelisting(cli: &Cli) {
	let call = r#"{"System": {"set_storage": {"items": [["0x616264", "0x02"]]}}}"#;
	let proposed = cli.send("//Alice", &["governance", "propose", "call", call, "--whitelisted"]);
	let referendum = number(&proposed);
	approve(cli, &referendum);
	enacted(cli, &referendum).await;
	let enact = ["governance", "enact", "whitelisted", call];
	let early = cli.send_in_vain(5, "//Ferdie", &enact);
	assert!(early.contains("Whitelist::"), "{early}");
	for member in ["//Alice", "//Bob"] {
		cli.send(member, &["governance", "whitelist", "--call", call]);
	}
	let done = cli.send("//Ferdie", &enact);
	assert!(events(&done).contains(&"Whitelist.DeferredDispatchExecuted".to_owned()), "{done:#}");
}

#[tokio::test]
async fn treasury_should_pay_and_code_be_taken_when_they_were_decided() {
	let (_node, cli) = ready().await;
	let spend = ["governance", "propose", "spend", "100 planck", "//Ferdie"];
	let spent = number(&cli.send("//Alice", &spend));
	assert_eq!(status(&cli, &spent)["track"], "small_spender");
	let code = cli.file("code.wasm", "no code");
	let upgrade = ["governance", "propose", "upgrade", &code, "--whitelisted"];
	let upgraded = number(&cli.send("//Alice", &upgrade));
	for member in ["//Alice", "//Bob"] {
		cli.send(member, &["governance", "whitelist", &upgraded]);
	}
	let enact = ["governance", "enact", "upgrade", &code];
	let early = cli.send_in_vain(1, "//Ferdie", &enact);
	assert!(early.contains("no upgrade was decided"), "{early}");
	approve(&cli, &spent);
	approve(&cli, &upgraded);
	enacted(&cli, &upgraded).await;
	let other = cli.file("other.wasm", "other code");
	let other = cli.send_in_vain(2, "//Ferdie", &["governance", "enact", "upgrade", &other]);
	assert!(other.contains("is not the code that was decided on"), "{other}");
	// It is the right file, and the chain finds that it is no code.
	let bad = cli.send_in_vain(5, "//Ferdie", &enact);
	assert!(bad.contains("System::"), "{bad}");

	let pay = ["governance", "enact", "spend", "0"];
	let none = cli.send_in_vain(1, "//Bob", &pay);
	assert!(none.contains("no payment 0"), "{none}");
	enacted(&cli, &spent).await;
	let waiting = cli.json(&["governance", "status"]);
	insta::assert_json_snapshot!("governance_status_to_enact", schema(&waiting));
	let before = cli.total_balance("//Ferdie");
	cli.send("//Bob", &pay);
	assert_eq!(cli.total_balance("//Ferdie"), before + 100);
	let twice = cli.send_in_vain(1, "//Bob", &pay);
	assert!(twice.contains("payment 0"), "{twice}");
}

#[tokio::test]
async fn mistakes_should_be_told_before_anything_is_sent() {
	let (_node, cli) = ready().await;
	for (code, words, arguments) in [
		(1, "no referendum 7", &["governance", "status", "7"][..]),
		(1, "no referendum 7", &["governance", "vote", "7", "aye", "1 AIT"]),
		(2, "say how much", &["governance", "vote", "7", "aye"]),
		(2, "there is no `Fee`", &["governance", "propose", "parameter", "agents.Fee", "7 AIT"]),
		(2, "no such", &["governance", "propose", "upgrade", "/nowhere/code.wasm"]),
		(
			2,
			"there is no `Sys`",
			&["governance", "propose", "call", "{\"Sys\": {}}", "--track", "root"],
		),
		(2, "no track `roots`", &["governance", "delegate", "//Bob", "1 AIT", "--track", "roots"]),
		(1, "given nobody", &["governance", "undelegate", "--all"]),
		(1, "none that can be had", &["governance", "refund"]),
	] {
		let all = match arguments[1] {
			"status" => arguments.to_vec(),
			_ => [arguments, &["--from", "//Ferdie", "--yes"]].concat(),
		};
		let said = cli.fail(code, &all).to_lowercase();
		assert!(said.contains(&words.to_lowercase()), "{arguments:?}: {said}");
	}
}
