//! How a contract ends when nobody is paid: cancelled, or refunded.

use crate::harness::{Cli, Node};

const HASH: &str = "0x0202020202020202020202020202020202020202020202020202020202020202";

const AIT: u128 = 1_000_000_000_000;

/// What is held for the storage of a contract with two milestones.
const DEPOSIT: u128 = AIT * 621 / 1_000;

#[tokio::test]
async fn client_should_have_its_money_back_when_a_contract_ends_unpaid() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH];
	let two = ["--milestone", "1 AIT@+1h", "--milestone", "2 AIT@+2h"];

	cli.send("//Alice", &[&create[..], &two].concat());
	assert_eq!(held(&cli), DEPOSIT, "the deposit alone is held");
	cli.send("//Bob", &["contract", "cancel", "0"]);
	assert_eq!(held(&cli), 0);

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

/// What is held on Alice's account.
fn held(cli: &Cli) -> u128 {
	crate::harness::plancks(&cli.json(&["account", "balance", "//Alice"])["data"]["held"])
}
