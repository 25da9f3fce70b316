//! How a contract ends when nobody is paid: cancelled, or refunded.

use crate::harness::{plancks, wait_until, Cli, Node};

const HASH: &str = "0x0202020202020202020202020202020202020202020202020202020202020202";

const AIT: u128 = 1_000_000_000_000;

/// What is held for the storage of a contract with two milestones.
const DEPOSIT: u128 = AIT * 925 / 1_000;

#[tokio::test]
async fn client_should_have_its_money_back_when_a_contract_ends_unpaid() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH];
	let two = ["--milestone", "1 AIT@+1h", "--milestone", "2 AIT@+2h"];

	let dry = ["--fund", "--from", "//Alice", "--dry-run"];
	let dry = cli.json(&[&create[..], &two, &dry].concat())["data"].take();
	assert_eq!(plancks(&dry["consequences"]["deposit"]), DEPOSIT, "{dry:#}");
	assert_eq!(plancks(&dry["consequences"]["escrow"]), 3 * AIT);
	let opened = cli.run(&[&create[..], &two, &["--from", "//Alice", "--yes"]].concat());
	assert!(opened.stderr.contains("opening holds 0.925 AIT for storage"), "{opened:#?}");
	assert_eq!(held(&cli), DEPOSIT, "the deposit alone is held");
	let cancel = ["contract", "cancel", "0"];
	let foreseen = cli.json(&[&cancel[..], &["--from", "//Bob", "--dry-run"]].concat());
	let cancelled = cli.send("//Bob", &cancel);
	assert_eq!(held(&cli), 0);
	let returned = &cancelled["returned"];
	assert_eq!(foreseen["data"]["consequences"]["returns"], *returned, "{foreseen:#}");
	assert_eq!(returned[0]["held_for"], "Escrow.Deposit");
	assert_eq!(plancks(&returned[0]["amount"]), DEPOSIT);

	let created = cli.send("//Alice", &[&create[..], &two, &["--fund", "--review", "30"]].concat());
	assert_eq!(created["contract"], 1);
	let status = cli.json(&["contract", "status", "1"]);
	assert_eq!(status["data"]["review_period"], 30);
	assert_eq!(held(&cli), DEPOSIT + 3 * AIT);
	cli.send("//Bob", &["contract", "refund", "1", "--milestone", "1"]);
	assert_eq!(held(&cli), DEPOSIT + AIT);
	let list = cli.json(&["contract", "list", "//Bob"]);
	assert_eq!(list["data"]["contracts"][0]["milestones"][1]["state"], "refunded");
	cli.send("//Bob", &["contract", "refund", "1", "--milestone", "0"]);
	assert_eq!(held(&cli), 0);

	let none = cli.send_in_vain(5, "//Bob", &["contract", "collect", "1", "--kind", "payment"]);
	assert!(none.contains("Escrow::ClaimNotFound"), "{none}");
}

#[tokio::test]
async fn milestones_should_say_whether_their_dues_were_kept() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--fund"];
	// The contract goes on as long as its last milestone does.
	let milestones = ["+1h", "+12", "+12", "+1h", "+1h"].map(|due| format!("1 AIT@{due}"));
	let milestones = milestones.iter().flat_map(|one| ["--milestone", one]);
	cli.send("//Alice", &create.into_iter().chain(milestones).collect::<Vec<_>>());
	let status = || cli.json(&["contract", "status", "0"])["data"].take();
	assert_eq!(status()["fee_share"], "0.025000000");

	cli.send("//Bob", &["contract", "start", "0"]);
	let release = ["contract", "release", "0", "--milestone", "0"];
	let dry = ["--from", "//Alice", "--dry-run"];
	let payout = cli.json(&[&release[..], &dry].concat())["data"]["consequences"].take();
	assert_eq!(payout["to"], status()["provider"]);
	assert_eq!(plancks(&payout["protocol_fee"]), AIT / 40);
	assert_eq!(plancks(&payout["amount"]), AIT - AIT / 40);
	cli.send("//Alice", &release);
	cli.send("//Bob", &["contract", "refund", "0", "--milestone", "3"]);
	let due = status()["milestones"][1]["due"].as_u64().expect("it has one");
	wait_until("the dues to pass", || async {
		let now = status()["clock"]["now"].as_u64().unwrap_or_default();
		(now > due).then_some(())
	})
	.await;
	cli.send("//Alice", &["contract", "refund", "0", "--milestone", "1"]);
	cli.send("//Alice", &["contract", "release", "0", "--milestone", "2"]);

	let milestones = status()["milestones"].take();
	assert_eq!(milestones[0]["on_time"], true, "{milestones:#}");
	assert_eq!(milestones[1]["missed"], true, "{milestones:#}");
	assert_eq!(milestones[2]["on_time"], false, "{milestones:#}");
	assert_eq!(milestones[3]["missed"], false, "{milestones:#}");
	let text = cli.run(&["contract", "status", "0"]).stdout;
	for words in ["released on time", "its due missed", "released late", "its due not missed"] {
		assert!(text.contains(words), "{text}");
	}
}

#[tokio::test]
async fn contracts_should_be_listed_by_their_ids() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH];
	let once = ["--milestone", "1 AIT@+1h", "--from", "//Alice", "--yes", "--wait"];
	for wait in ["none", "none", "none", "none", "none", "best"] {
		cli.json(&[&create[..], &once, &[wait]].concat());
	}

	let list = |more: &[&str]| {
		let page = cli.json(&[&["contract", "list", "//Bob"], more].concat())["data"].take();
		let contracts = page["contracts"].as_array().expect("it is a list");
		let ids: Vec<_> = contracts.iter().filter_map(|one| one["contract"].as_u64()).collect();
		(ids, page["next"].as_u64())
	};
	assert_eq!(list(&[]), (vec![0, 1, 2, 3, 4, 5], None));

	// Pages are of the chain's own order, and the cursor leads through all of them.
	let (mut seen, next) = list(&["--limit", "4"]);
	assert!(seen.is_sorted(), "{seen:?}");
	let next = next.expect("there are more").to_string();
	let (rest, end) = list(&["--limit", "4", "--after", &next]);
	assert!(rest.is_sorted() && end.is_none(), "{rest:?}");
	seen.extend(rest);
	seen.sort_unstable();
	assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
}

/// What is held on Alice's account.
fn held(cli: &Cli) -> u128 {
	plancks(&cli.json(&["account", "balance", "//Alice"])["data"]["held"])
}
