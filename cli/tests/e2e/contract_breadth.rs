//! Contracts in all their forms: bonds and approvers, splits, streams, meters with vouchers.

use crate::harness::{plancks, wait_until, Cli, Node};
use serde_json::Value;

const HASH: &str = "0x0303030303030303030303030303030303030303030303030303030303030303";

const AIT: u128 = 1_000_000_000_000;

/// What a client offers a provider, before how it is paid.
const CREATE: [&str; 6] = ["contract", "create", "--provider", "//Bob", "--terms", HASH];

async fn ready() -> (Node, Cli) {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	(node, cli)
}

fn status(cli: &Cli, contract: &str) -> Value {
	cli.json(&["contract", "status", contract])["data"].take()
}

/// What anybody may do next, as `who step`.
fn next(status: &Value) -> Vec<String> {
	let steps = status["next"].as_array().expect("it is a list").iter();
	let text = |value: &Value| value.as_str().expect("it is text").to_owned();
	steps.map(|step| format!("{} {}", text(&step["who"]), text(&step["step"]))).collect()
}

/// What is held on `account` for the pallet's `reason`.
fn held(cli: &Cli, account: &str, reason: &str) -> u128 {
	let balance = cli.json(&["account", "balance", account]);
	let holds = balance["data"]["holds"].as_array().expect("it is a list");
	let hold = holds.iter().find(|hold| hold["reason"] == reason);
	hold.map_or(0, |hold| plancks(&hold["amount"]))
}

#[tokio::test]
async fn approvers_should_pay_a_bonded_provider() {
	let (_node, cli) = ready().await;
	let bonded = [&CREATE[..], &["--milestone", "4 AIT@+1h", "--bond", "2 AIT"]].concat();
	let approved = ["--approver", "//Charlie", "--approver", "//Dave", "--client-bond", "1 AIT"];
	let refused = cli.fail(2, &[&bonded[..], &["--from", "//Alice", "--fund", "--yes"]].concat());
	assert!(refused.contains("put up its bond first"), "{refused}");
	cli.send("//Alice", &[&bonded[..], &approved, &["--threshold", "2"]].concat());
	let early = cli.send_in_vain(5, "//Alice", &["contract", "fund", "0"]);
	assert!(early.contains("Escrow::NotAccepted"), "{early}");
	assert_eq!(next(&status(&cli, "0")), ["provider accept", "party cancel"]);

	let accept = ["contract", "accept", "0"];
	let dry = cli.json(&[&accept[..], &["--from", "//Bob", "--dry-run"]].concat());
	assert_eq!(plancks(&dry["data"]["consequences"]["bond"]), 2 * AIT, "{dry:#}");
	let other = [&accept[..], &["--expected", "5 AIT"]].concat();
	assert!(cli.send_in_vain(5, "//Bob", &other).contains("Escrow::TotalMismatch"));
	cli.send("//Bob", &accept);
	assert_eq!(held(&cli, "//Bob", "Escrow.Bond"), 2 * AIT);
	cli.send("//Alice", &["contract", "fund", "0"]);
	assert_eq!(held(&cli, "//Alice", "Escrow.Bond"), AIT);
	assert!(next(&status(&cli, "0")).contains(&"provider start".to_owned()));
	cli.send("//Bob", &["contract", "start", "0"]);
	cli.send("//Bob", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);

	let approve = ["contract", "approve", "0", "--milestone", "0"];
	assert!(cli.send_in_vain(5, "//Eve", &approve).contains("Escrow::NotApprover"));
	cli.send("//Charlie", &approve);
	let shown = status(&cli, "0");
	assert_eq!(shown["milestones"][0]["approved_by"].as_array().map(Vec::len), Some(1));
	assert!(next(&shown).contains(&"approver approve".to_owned()), "{shown:#}");
	let text = cli.run(&["contract", "status", "0"]).stdout;
	for words in ["2 of 2: ", "1 of 2 approvals", "2 AIT of the provider, of which 2 AIT are held"]
	{
		assert!(text.contains(words), "{words}: {text}");
	}
	let dry = [&approve[..], &["--from", "//Dave", "--dry-run"]].concat();
	let last = cli.json(&dry)["data"]["consequences"].take();
	assert_eq!((&last["approvals"], &last["threshold"]), (&2.into(), &2.into()), "{last:#}");
	assert_eq!(plancks(&last["amount"]), 4 * AIT * 975 / 1_000, "{last:#}");
	cli.send("//Dave", &approve);
	cli.fail(1, &["contract", "status", "0"]);
	for account in ["//Alice", "//Bob"] {
		assert_eq!(held(&cli, account, "Escrow.Bond"), 0, "{account}");
	}
}

#[tokio::test]
async fn parties_should_divide_a_milestone() {
	let (_node, cli) = ready().await;
	cli.send("//Alice", &[&CREATE[..], &["--milestone", "10 AIT@+1h", "--fund"]].concat());
	cli.send("//Bob", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);
	let split = |verb, more: &[&'static str]| {
		[&["contract", "split", verb, "0", "--milestone", "0"], more].concat()
	};
	let none = cli.send_in_vain(1, "//Bob", &split("accept", &[]));
	assert!(none.contains("no split is on offer for milestone 0"), "{none}");
	cli.send("//Alice", &split("offer", &["--provider-share", "5 AIT"]));
	cli.send("//Alice", &split("withdraw", &[]));
	cli.send("//Alice", &split("offer", &["--provider-share", "6 AIT"]));
	let shown = status(&cli, "0");
	assert_eq!(plancks(&shown["milestones"][0]["split"]["provider_share"]), 6 * AIT);
	assert!(next(&shown).contains(&"provider split accept".to_owned()), "{shown:#}");
	let wrong = split("accept", &["--expected", "5 AIT"]);
	assert!(cli.send_in_vain(5, "//Bob", &wrong).contains("Escrow::SplitMismatch"));

	let dry = cli.json(&split("accept", &["--from", "//Bob", "--dry-run"]));
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["amount"]), 6 * AIT * 975 / 1_000, "{foreseen:#}");
	assert_eq!(plancks(&foreseen["refund"]), 4 * AIT, "{foreseen:#}");
	let before = cli.total_balance("//Bob");
	let accepted = cli.send("//Bob", &split("accept", &[]));
	let fee = plancks(&accepted["transactions"][0]["fee"]);
	assert_eq!(cli.total_balance("//Bob"), before + 6 * AIT * 975 / 1_000 - fee);
	cli.fail(1, &["contract", "status", "0"]);
}

#[tokio::test]
async fn streams_should_pay_for_time_and_pause_without_money() {
	let (_node, cli) = ready().await;
	let stream = ["--stream", "1 AIT@+1h", "--amount", "3 AIT", "--fund"];
	cli.send("//Alice", &[&CREATE[..], &stream].concat());
	assert_eq!(held(&cli, "//Alice", "Escrow.Escrow"), 3 * AIT);
	let early = cli.send_in_vain(5, "//Bob", &["contract", "settle", "0"]);
	assert!(early.contains("Escrow::NotStarted"), "{early}");
	cli.send("//Bob", &["contract", "start", "0"]);
	let paused = || async {
		let shown = status(&cli, "0");
		shown["stream"]["paused_since"].as_u64().map(|at| (at, shown))
	};
	let (at, shown) = wait_until("the stream to pause", paused).await;
	assert_eq!(Some(at), shown["started"].as_u64().map(|started| started + 3));
	assert_eq!(plancks(&shown["stream"]["earned"]), 3 * AIT);

	let settle = ["contract", "settle", "0"];
	let dry = [&settle[..], &["--from", "//Charlie", "--dry-run"]].concat();
	let foreseen = cli.json(&dry)["data"]["consequences"].take();
	assert_eq!(plancks(&foreseen["amount"]), 3 * AIT * 975 / 1_000, "{foreseen:#}");
	cli.send("//Charlie", &settle);
	assert_eq!(plancks(&status(&cli, "0")["stream"]["paid"]), 3 * AIT);
	assert!(cli.run(&["contract", "status", "0"]).stdout.contains("paused: its money ran out"));
	let top_up = ["contract", "top-up", "0", "--amount"];
	let much = cli.send_in_vain(5, "//Charlie", &[&top_up[..], &["2000 AIT"]].concat());
	assert!(much.contains("Escrow::TopUpUnusable"), "{much}");
	cli.send("//Charlie", &[&top_up[..], &["500 AIT"]].concat());
	assert_eq!(held(&cli, "//Alice", "Escrow.Escrow"), 500 * AIT, "it is the client's own");

	let stop = cli.run(&["contract", "stop", "0", "--from", "//Alice", "--dry-run"]).stderr;
	assert!(stop.contains(" for good"), "{stop}");
	let stopped = cli.send("//Alice", &["contract", "stop", "0"]);
	let events = stopped["transactions"][0]["events"].as_array().expect("they are a list");
	let event = |name: &str| events.iter().find(|event| event["event"] == name);
	let paid = event("StreamPaid").map_or(0, |event| plancks(&event["fields"]["amount"]));
	let refunded = event("RemainderRefunded").expect("the rest returns");
	assert_eq!(plancks(&refunded["fields"]["amount"]), 500 * AIT - paid);
	assert!(paid > 0 && event("ContractClosed").is_some(), "{events:#?}");
	assert_eq!(held(&cli, "//Alice", "Escrow.Escrow"), 0);
}

#[tokio::test]
async fn meters_should_pay_for_what_the_client_signed() {
	let (_node, cli) = ready().await;
	let meter = ["--meter", "0.01 AIT@+1h", "--units", "1000", "--review", "20", "--fund"];
	cli.send("//Alice", &[&CREATE[..], &meter].concat());
	assert_eq!(held(&cli, "//Alice", "Escrow.Escrow"), 10 * AIT);
	let network = cli.json(&["network", "status"]);
	let genesis = network["data"]["genesis"].as_str().expect("it has a first block").to_owned();

	// Signed without a node.
	let offline = Cli::new("ws://127.0.0.1:1");
	let sign = |units: &str, key: &str, more: &[&str]| {
		let sign = ["contract", "voucher", "sign", "0", "--units", units, "--from", key];
		let run = offline.run(&[&sign[..], &["--genesis", &genesis], more].concat());
		assert_eq!(run.code, Some(0), "{run:#?}");
		cli.file(&format!("voucher-{units}-{}.json", key.trim_matches('/')), &run.stdout)
	};
	let (first, second) = (sign("100", "//Alice", &[]), sign("250", "//Alice", &[]));
	let forged = sign("900", "//Bob", &[]);
	let verify = |file: &str, code| cli.check(code, &["contract", "voucher", "verify", file]);
	let passed = verify(&second, 0);
	assert_eq!(passed["data"]["passed"], true, "{passed:#}");
	let failed = verify(&forged, 7);
	assert_eq!(failed["data"]["steps"][3]["step"], "signer");
	assert_eq!(failed["data"]["steps"][3]["result"], "failed", "{failed:#}");

	let redeem = |file: &str| cli.send("//Bob", &["contract", "redeem", file]);
	let in_vain = |file: &str| cli.send_in_vain(5, "//Bob", &["contract", "redeem", file]);
	assert!(in_vain(&forged).contains("Escrow::VoucherInvalid"));
	let dry = ["contract", "redeem", &second, "--from", "//Bob", "--dry-run"];
	let foreseen = cli.json(&dry)["data"]["consequences"].take();
	assert_eq!(plancks(&foreseen["amount"]), AIT * 5 / 2 * 975 / 1_000, "{foreseen:#}");
	redeem(&second);
	let shown = status(&cli, "0");
	assert_eq!(shown["meter"]["billed"], 250);
	assert_eq!(plancks(&shown["meter"]["paid"]), AIT * 5 / 2);
	assert!(in_vain(&second).contains("Escrow::VoucherOutdated"), "it is replayed");
	assert!(in_vain(&first).contains("Escrow::VoucherOutdated"), "it is older");
	let late = sign("120", "//Alice", &["--sequence", "300"]);
	assert!(in_vain(&late).contains("Escrow::UnitsDecreased"));
	assert!(cli.run(&["contract", "status", "0"]).stdout.contains("250 of 1000 billed"));
	let foreign = cli.fail(2, &["contract", "redeem", "/nowhere", "--from", "//Bob", "--yes"]);
	assert!(foreign.contains("cannot read `/nowhere`"), "{foreign}");
	let elsewhere = std::fs::read_to_string(&late).expect("it was written");
	let elsewhere = cli.file("elsewhere.json", &elsewhere.replace(&genesis, HASH));
	let refused = cli.fail(2, &["contract", "redeem", &elsewhere, "--from", "//Bob", "--yes"]);
	assert!(
		refused.contains("the voucher counts on the network with the first block"),
		"{refused}"
	);
	let beyond = ["contract", "voucher", "sign", "0", "--units", "1001", "--from", "//Alice"];
	let refused = cli.fail(2, &beyond);
	assert!(refused.contains("1001 units, with 250 billed of at most 1000"), "{refused}");

	let stop = cli.run(&["contract", "stop", "0", "--from", "//Alice", "--dry-run"]).stderr;
	assert!(stop.contains("this gives notice: the provider may bring in vouchers"), "{stop}");
	cli.send("//Alice", &["contract", "stop", "0"]);
	let stopping = status(&cli, "0");
	assert_eq!(stopping["meter"]["state"], "stopping");
	assert!(next(&stopping).contains(&"provider redeem".to_owned()), "{stopping:#}");
	redeem(&sign("400", "//Alice", &["--sequence", "400"]));
	cli.send("//Bob", &["contract", "stop", "0"]);
	assert_eq!(held(&cli, "//Alice", "Escrow.Escrow"), 0);
	cli.fail(1, &["contract", "status", "0"]);
}
