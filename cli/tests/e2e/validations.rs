//! A validator checks an agent's work.

use crate::harness::{plancks, Cli, Node};
use serde_json::Value;

const AIT: u128 = 1_000_000_000_000;

const HASH: &str = "0x0808080808080808080808080808080808080808080808080808080808080808";

/// Registers an agent of `owner` that works under `wallet`, and lets it take work.
fn new_agent(cli: &Cli, id: &str, kind: &str, owner: &str, wallet: &str) {
	let card = ["--card", "ipfs://card", "--card-hash", HASH];
	cli.send(owner, &[&["agent", "register", "--kind", kind], &card[..]].concat());
	cli.send(owner, &["agent", "set-wallet", id, "--wallet", wallet, "--wallet-key", wallet]);
	cli.send(owner, &["agent", "activate", id]);
}

#[tokio::test]
async fn work_should_be_checked_by_a_validator_until_a_deadline() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let data = |arguments: &[&str]| -> Value { cli.json(arguments)["data"].take() };
	let refused = |key: &str, arguments: &[&str], error: &str| {
		let said = cli.send_in_vain(5, key, arguments);
		assert!(said.contains(error), "{said}");
	};
	new_agent(&cli, "0", "provider", "//Bob", "//Bob//wallet");
	cli.new_key("judge");
	cli.send("//Alice", &["account", "transfer", "judge", "20 AIT"]);
	new_agent(&cli, "1", "validator", "//Charlie", "judge");

	let ask = |validator, deadline| {
		let of = ["validation", "request", "--validator", validator, "--subject", "0"];
		let work =
			["--uri", "ipfs://work", "--work", HASH, "--fee", "5 AIT", "--deadline", deadline];
		[&of[..], &work, &["--tag", "validation.work"]].concat()
	};
	refused("//Alice", &ask("0", "+1h"), "Validations::NotAValidator");
	refused("//Bob", &ask("1", "1"), "Validations::DeadlineNotInFuture");
	refused("//Charlie", &ask("1", "+1h"), "Validations::ConflictOfInterest");
	let asked = cli.send("//Alice", &ask("1", "+1h"));
	assert_eq!(asked["validation"], 0);
	let status = data(&["validation", "status", "0"]);
	assert_eq!(
		(&status["state"], &status["tag_name"]),
		(&"requested".into(), &"validation.work".into())
	);
	assert_eq!(status["next"][0]["step"], "answer");

	let answer = |score| {
		[
			"validation",
			"answer",
			"0",
			"--score",
			score,
			"--uri",
			"ipfs://report",
			"--evidence",
			HASH,
		]
	};
	assert!(cli.fail(2, &[&answer("101")[..], &["--from", "judge"]].concat()).contains("101"));
	refused("//Charlie", &answer("60"), "Validations::NotValidator");
	cli.send("judge", &answer("60"));
	assert_eq!(data(&["validation", "status", "0"])["state"], "soft");
	assert_eq!(data(&["agent", "info", "1"])["open_work"]["validations"], 1);
	let judge = cli.total_balance("judge");
	let hard = [&answer("85")[..], &["--hard"]].concat();
	let dry = data(&[&hard[..], &["--from", "judge", "--dry-run"]].concat());
	cli.send("judge", &hard);
	assert!(cli.total_balance("judge") > judge + 4 * AIT, "the fee is paid");
	refused("judge", &answer("90"), "Validations::AlreadyAnswered");
	let status = data(&["validation", "status", "0"]);
	assert_eq!((&status["state"], &status["answer"]["score"]), (&"hard".into(), &85.into()));
	assert_eq!(plancks(&status["bond"]["amount"]), 10 * AIT);
	assert_eq!(dry["consequences"]["bond"], status["bond"]["amount"], "it was told beforehand");
	let (until, foreseen) = (&status["bond"]["until"], &dry["consequences"]["bond_until"]);
	let later = until.as_u64().zip(foreseen.as_u64()).map(|(until, told)| until.abs_diff(told));
	assert!(later.is_some_and(|blocks| blocks <= 5), "{until} and {foreseen}");
	refused(
		"//Alice",
		&["validation", "release-bond", "0"],
		"Validations::ChallengePeriodNotElapsed",
	);
	refused("//Alice", &["validation", "erase", "0"], "Validations::NotConcluded");

	let of_subject = data(&["validation", "list", "--subject", "0", "--tag", "validation.work"]);
	assert_eq!(
		(&of_subject["summary"]["count"], &of_subject["summary"]["mean"]),
		(&1.into(), &"85".into())
	);
	assert_eq!(
		data(&["validation", "list", "--subject", "0", "--tag", "quality"])["validations"]
			.as_array()
			.map(Vec::len),
		Some(0)
	);
	let of_validator = data(&["validation", "list", "--validator", "1"]);
	assert_eq!(of_validator["record"]["answered"], 1, "{of_validator:#}");

	// Nobody answers the second one.
	let alice = cli.json(&["account", "balance", "//Alice"])["data"]["held"].take();
	let asked = cli.send("//Alice", &ask("1", "+3"));
	assert_eq!(asked["validation"], 1);
	refused("//Alice", &ask("1", "+1h"), "Validations::AlreadyRequested");
	let deadline = data(&["validation", "status", "1"])["deadline"].as_u64().expect("it has one");
	node.wait_for_best(deadline + 2).await;
	let late: Vec<_> = answer("1").map(|word| if word == "0" { "1" } else { word }).into();
	refused("judge", &late, "Validations::DeadlinePassed");
	cli.send("//Dave", &["validation", "expire", "1"]);
	assert_eq!(data(&["validation", "status", "1"])["state"], "expired");
	refused("//Dave", &["validation", "erase", "1"], "Validations::NotRequester");
	cli.send("//Alice", &["validation", "erase", "1"]);
	assert_eq!(cli.json(&["account", "balance", "//Alice"])["data"]["held"], alice);
	assert!(cli.fail(1, &["validation", "status", "1"]).contains("there is no validation 1"));
}
