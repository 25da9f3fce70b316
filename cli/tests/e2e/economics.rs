//! Staking for others, what it earns, and the figures that everybody may want.

use super::validators::wait_for_era;
use crate::harness::{plancks, schema, Cli, Node};
use serde_json::{json, Value};

const AIT: u128 = 1_000_000_000_000;

/// The validator of a development network.
const STASH: &str = "//Alice//stash";

fn call(data: &Value) -> &str {
	data["transactions"][0]["call"].as_str().expect("something was sent")
}

#[tokio::test]
async fn nominator_should_be_paid_what_was_foreseen_when_its_eras_have_ended() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	stakes(&cli);
	figures(&cli);

	wait_for_era(&cli, 1).await;
	let rewards = ["economics", "rewards", "//Bob"];
	assert_eq!(cli.json(&rewards)["data"]["rewards"], json!([]), "it was elected for era 1");
	wait_for_era(&cli, 2).await;
	let shown = cli.json(&rewards);
	insta::assert_json_snapshot!("economics_rewards", schema(&shown));
	let foreseen = plancks(&shown["data"]["unpaid"]);
	assert!(foreseen > 0, "{shown:#}");
	let before = cli.total_balance("//Bob");
	// Anybody may have it paid, and pays the fee.
	let claimed = cli.send("//Ferdie", &["economics", "claim", "//Bob"]);
	assert_eq!(call(&claimed), "Staking.payout_stakers_by_page");
	assert_eq!(cli.total_balance("//Bob"), before + foreseen);
	let twice = cli.send_in_vain(1, "//Bob", &["economics", "claim"]);
	assert!(twice.contains("nothing is to be paid"), "{twice}");
	let stats = cli.json(&["economics", "stats"]);
	insta::assert_json_snapshot!("economics_stats", schema(&stats));
	assert!(stats["data"]["last_era"]["era"].as_u64() >= Some(1), "{stats:#}");
}

/// A nominator's stake, and the mistakes that can be made with it.
fn stakes(cli: &Cli) {
	let stake = ["economics", "stake", "1000 AIT", "--validator", STASH];
	let dry = cli.json(&[&stake[..], &["--from", "//Bob", "--dry-run"]].concat());
	insta::assert_json_snapshot!("economics_stake_dry_run", schema(&dry));
	for (code, words, arguments) in [
		(2, "nominates nobody", &["economics", "stake", "1000 AIT"][..]),
		(2, "a nominator must have 10 AIT", &["economics", "stake", "1 AIT", "--validator", STASH]),
		(1, "no candidate", &["economics", "stake", "20 AIT", "--validator", "//Dave"]),
		(1, "has nothing bonded", &["economics", "unstake", "--all"]),
	] {
		let said = cli.send_in_vain(code, "//Bob", arguments);
		assert!(said.contains(words), "{arguments:?}: {said}");
	}
	let validator = ["economics", "stake", "20 AIT", "--validator", STASH];
	let validator = cli.send_in_vain(1, STASH, &validator);
	assert!(validator.contains("candidate for validating"), "{validator}");
	assert_eq!(call(&cli.send("//Bob", &stake)), "Utility.batch_all");
	assert_eq!(call(&cli.send("//Bob", &["economics", "stake", "5 AIT"])), "Staking.bond_extra");
	cli.send("//Bob", &["economics", "unstake", "5 AIT"]);
}

/// What everybody may ask.
fn figures(cli: &Cli) {
	let price = cli.json(&["economics", "gas-price"]);
	insta::assert_json_snapshot!("economics_gas_price", schema(&price));
	let fee = plancks(&price["data"]["transfer"]);
	let transfer = ["account", "transfer", "//Dave", "1 AIT", "--from", "//Ferdie", "--dry-run"];
	let foreseen = plancks(&cli.json(&transfer)["data"]["fee"]);
	assert!(fee.abs_diff(foreseen) < fee / 10, "{fee} and {foreseen}");
	let stats = cli.json(&["economics", "stats"]);
	assert_eq!(stats["data"]["last_era"], Value::Null, "no era has ended");
	assert!(plancks(&stats["data"]["issuance"]) >= 1_000_000 * AIT, "{stats:#}");
}
