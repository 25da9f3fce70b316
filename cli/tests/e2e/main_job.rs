//! Work without the market: an agent registers, a client opens and funds a contract, the agent
//! submits, the client releases.

use crate::harness::{plancks, Cli, Node};
use serde_json::{json, Value};

const AIT: u128 = 1_000_000_000_000;

/// Where fees go: derived from `py/trsry`, the identifier of the treasury.
const TREASURY: &str = "5EYCAe5ijiYfyeZ2JJCGq56LmPyNRAKzpG4QkoQkkQNB5e6Z";

/// What all transactions in `results` cost.
fn fees(results: &[&Value]) -> u128 {
	let transactions = results.iter().flat_map(|data| data["transactions"].as_array());
	transactions.flatten().map(|transaction| plancks(&transaction["fee"])).sum()
}

/// The events of the only transaction in `data`, by name.
fn events(data: &Value) -> Vec<(&str, &Value)> {
	let events = data["transactions"][0]["events"].as_array().expect("a transaction has events");
	let name = |event: &'_ Value| event["event"].as_str().map(str::len);
	assert!(events.iter().all(|event| name(event).is_some()), "{events:#?}");
	events
		.iter()
		.map(|event| (event["event"].as_str().unwrap_or_default(), &event["fields"]))
		.collect()
}

#[tokio::test]
async fn agent_should_be_paid_when_the_client_releases() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let worker = cli.new_key("worker");
	let card = cli.file("card.json", r#"{ "name": "GPU for rent", "signatures": [] }"#);
	let terms = cli.file("terms.txt", "ten hours of GPU\n");
	let result = cli.file("result.txt", "done\n");
	cli.send("//Alice", &["account", "transfer", "worker", "10 AIT"]);

	// The agent.
	let bob = cli.total_balance("//Bob");
	let registered = cli.send(
		"//Bob",
		&[
			"agent",
			"register",
			"--kind",
			"provider",
			"--card",
			"https://a.example/card.json",
			"--card-file",
			&card,
		],
	);
	assert_eq!(registered["agent"], 0);
	assert_eq!(cli.total_balance("//Bob"), bob - 5 * AIT - fees(&[&registered]));
	cli.send(
		"//Bob",
		&["agent", "set-wallet", "0", "--wallet", "worker", "--wallet-key", "worker"],
	);
	cli.send("//Bob", &["agent", "activate", "0"]);
	let agent = cli.json(&["agent", "info", "0"]);
	assert_eq!(agent["data"]["status"], "active");
	assert_eq!(agent["data"]["wallet"], worker.as_str());

	// The contract.
	let alice = cli.total_balance("//Alice");
	let created = cli.send(
		"//Alice",
		&[
			"contract",
			"create",
			"--provider",
			"worker",
			"--terms",
			&terms,
			"--milestone",
			"5 AIT@+1h",
			"--fund",
		],
	);
	assert_eq!(created["contract"], 0);
	assert_eq!(created["transactions"].as_array().map(Vec::len), Some(2));
	let status = cli.json(&["contract", "status", "0"]);
	assert_eq!(status["data"]["total"], "5000000000000");
	assert_eq!(
		status["data"]["next"][0],
		json!({
			"who": "provider", "step": "submit", "milestone": 0,
			"until": status["data"]["milestones"][0]["due"],
		})
	);

	// The work.
	let paid = cli.total_balance("worker");
	let submitted =
		cli.send("worker", &["contract", "submit", "0", "--milestone", "0", "--evidence", &result]);
	let names: Vec<_> = events(&submitted).iter().map(|(name, _)| *name).collect();
	assert_eq!(names, ["ContractStarted", "MilestoneSubmitted"]);
	let treasury = cli.total_balance(TREASURY);
	let released =
		cli.json(&["contract", "release", "0", "--milestone", "0", "--from", "//Alice", "--yes"]);
	let released = &released["data"];
	assert_eq!(released["transactions"][0]["block"]["finalized"], true);

	// The money: 2.5 % of what was released is the protocol's.
	let fee = AIT / 8;
	let events = events(released);
	let (_, milestone) =
		events.iter().find(|(name, _)| *name == "MilestoneReleased").expect("it was");
	assert_eq!(milestone["amount"], "5000000000000");
	assert_eq!(plancks(&milestone["fee"]), fee);
	assert!(events.iter().any(|(name, _)| *name == "ContractClosed"), "{events:?}");
	assert_eq!(cli.total_balance("worker"), paid + 5 * AIT - fee - fees(&[&submitted]));
	assert_eq!(cli.total_balance("//Alice"), alice - 5 * AIT - fees(&[&created, released]));
	// The treasury has its share of the transaction's fee as well; the author has the rest.
	let gained = cli.total_balance(TREASURY) - treasury;
	assert!((fee..=fee + fees(&[released])).contains(&gained), "{gained}");
	cli.fail(1, &["contract", "status", "0"]);
}
