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
	cli.send("//Alice", &["account", "transfer", "judge", "300 AIT"]);
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
	assert_eq!(plancks(&status["bond"]["amount"]), 100 * AIT);
	assert_eq!(status["next"][0]["step"], "dispute", "{status:#}");
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

#[tokio::test]
async fn answer_should_stand_or_fall_by_a_case_when_somebody_disputes_it() {
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
	cli.send("//Alice", &["account", "transfer", "judge", "300 AIT"]);
	new_agent(&cli, "1", "validator", "//Charlie", "judge");
	let ask = ["validation", "request", "--validator", "1", "--subject", "0"];
	let work = ["--uri", "ipfs://work", "--work", HASH, "--deadline", "+1h"];
	cli.send("//Alice", &[&ask[..], &work].concat());
	let dispute = ["validation", "dispute", "0"];
	refused("//Alice", &dispute, "Validations::NotAnswered");
	let answer = ["validation", "answer", "0", "--score", "85", "--uri", "ipfs://report"];
	cli.send("judge", &[&answer[..], &["--evidence", HASH, "--hard"]].concat());
	refused("judge", &dispute, "Validations::ConflictOfInterest");
	refused("//Charlie", &dispute, "Validations::ConflictOfInterest");

	// A case that ends in the middle leaves the answer as it is.
	let dry = data(&[&dispute[..], &["--from", "//Alice", "--dry-run"]].concat());
	let foreseen = &dry["consequences"];
	assert_eq!(plancks(&foreseen["value"]), 100 * AIT, "{foreseen:#}");
	assert_eq!(plancks(&foreseen["stake"]), 15 * AIT, "{foreseen:#}");
	assert_eq!(plancks(&foreseen["reward"]), 50 * AIT, "{foreseen:#}");
	let opened = cli.send("//Alice", &dispute);
	assert_eq!(opened["case"], 0);
	let status = data(&["validation", "status", "0"]);
	assert_eq!((&status["state"], &status["bond"]["state"]), (&"hard".into(), &"disputed".into()));
	assert_eq!(status["bond"]["case"], 0, "{status:#}");
	let case = data(&["dispute", "status", "0"]);
	assert_eq!((&case["subject"]["validation"], &case["agent"]), (&0.into(), &1.into()));
	let listed = data(&["dispute", "list", "judge"]);
	assert_eq!(listed["cases"][0]["subject"]["validation"], 0, "{listed:#}");
	refused("//Dave", &dispute, "Validations::UnderDispute");
	refused("//Dave", &["validation", "release-bond", "0"], "Validations::UnderDispute");
	let judge = cli.total_balance("judge");
	cli.send("//Alice", &["dispute", "offer", "0", "--client", "50%"]);
	let accept = ["dispute", "accept", "0"];
	let dry = data(&[&accept[..], &["--from", "judge", "--dry-run"]].concat());
	assert_eq!(dry["consequences"]["overturned"], false, "{dry:#}");
	cli.send("judge", &accept);
	assert!(cli.total_balance("judge") > judge - AIT, "nothing of the bond moved");
	let status = data(&["validation", "status", "0"]);
	assert_eq!((&status["state"], &status["bond"]["state"]), (&"hard".into(), &"held".into()));

	// One that the validator concedes overturns it.
	let from = status["bond"]["from"].as_u64().expect("it may be disputed again");
	node.wait_for_best(from + 1).await;
	let dave = cli.total_balance("//Dave");
	assert_eq!(cli.send("//Dave", &dispute)["case"], 1);
	cli.send("judge", &["dispute", "defend", "1", "--claim", "10"]);
	let earned = cli.total_balance("//Dave") - dave;
	assert!((49 * AIT..50 * AIT).contains(&earned), "{earned}");
	assert_eq!(data(&["validation", "status", "0"])["bond"]["state"], "slashed");
	let record = data(&["validation", "list", "--validator", "1"])["record"].take();
	assert_eq!((&record["answered"], &record["overturned"]), (&1.into(), &1.into()));
	refused("//Alice", &dispute, "Validations::BondNotHeld");
	cli.send("//Alice", &["validation", "erase", "0"]);
}
