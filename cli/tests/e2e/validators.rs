//! A validator joins, changes its keys, is paid, is slashed or not, and leaves, by commands alone.

use super::governance::{approve, enacted, number};
use crate::harness::{plancks, schema, wait_until, Cli, Node};
use serde_json::Value;

const AIT: u128 = 1_000_000_000_000;

/// The validator of a development network.
const STASH: &str = "//Alice//stash";

async fn ready() -> (Node, Cli) {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	(node, cli)
}

/// Waits until `era` has begun, a session at a time, so that no wait is long.
pub async fn wait_for_era(cli: &Cli, era: u64) {
	for session in 1..=3 * era {
		wait_until("a session to begin", || async {
			let status = cli.json(&["network", "status"]);
			(status["data"]["session"].as_u64() >= Some(session)).then_some(())
		})
		.await;
	}
	let begun = || async {
		let status = cli.json(&["network", "status"]);
		(status["data"]["era"].as_u64() >= Some(era)).then_some(())
	};
	wait_until("an era to begin", begun).await;
}

/// The state of each step on the way to validating.
fn steps(report: &Value) -> Vec<(&str, &str)> {
	let steps = report["steps"].as_array().expect("they are a list").iter();
	steps
		.map(|step| {
			let [name, state] = [&step["step"], &step["state"]].map(Value::as_str);
			(name.expect("it is text"), state.expect("it is text"))
		})
		.collect()
}

/// The call of the only transaction in `data`.
fn call(data: &Value) -> &str {
	data["transactions"][0]["call"].as_str().expect("something was sent")
}

#[tokio::test]
async fn validator_should_join_and_leave_when_its_commands_are_run_again_and_again() {
	let (_node, cli) = ready().await;
	let onboard = ["validator", "onboard", "--bond", "1500 AIT", "--commission", "10%"];
	let small = ["validator", "onboard", "--bond", "10 AIT"];
	let small = cli.send_in_vain(2, "//Bob", &small);
	assert!(small.contains("a validator must have 1000 AIT"), "{small}");
	let keyless = cli.send_in_vain(1, "//Bob", &["validator", "add"]);
	assert!(keyless.contains("has no session keys"), "{keyless}");
	let dry = cli.json(&[&onboard[..], &["--from", "//Bob", "--dry-run"]].concat());
	insta::assert_json_snapshot!("validator_onboard_dry_run", schema(&dry));

	let joined =
		cli.json(&[&onboard[..], &["--from", "//Bob", "--yes", "--wait", "best"]].concat());
	insta::assert_json_snapshot!("validator_onboard", schema(&joined));
	let joined = &joined["data"];
	assert_eq!(call(joined), "Utility.batch_all", "all of it or nothing");
	let all = |state| [("session-keys", state), ("bond", state), ("candidacy", state)];
	assert_eq!(steps(joined), all("missing"));
	let again = cli.send("//Bob", &onboard);
	assert_eq!(
		(steps(&again), &again["transactions"]),
		(all("done").to_vec(), &Value::Array(vec![]))
	);
	assert_eq!(again["keys"], joined["keys"]);

	let dearer = cli.send("//Bob", &["validator", "add", "--commission", "20%"]);
	assert_eq!(call(&dearer), "Staking.validate");
	// Before it is elected, by which the network would need a second machine.
	leaves(&cli);
	money(&cli);
}

/// A validator's stake grows, shrinks, and waits.
fn money(cli: &Cli) {
	let stake = ["validator", "stake", "100 AIT"];
	let dry = cli.json(&[&stake[..], &["--from", "//Bob", "--dry-run"]].concat());
	insta::assert_json_snapshot!("validator_stake_dry_run", schema(&dry));
	assert_eq!(plancks(&dry["data"]["consequences"]["active"]), 1_600 * AIT);
	assert_eq!(call(&cli.send("//Bob", &stake)), "Staking.bond_extra");
	let poor = cli.send_in_vain(1, "//Bob", &["validator", "stake", "2000000 AIT"]);
	assert!(poor.contains("that it can bond"), "{poor}");
	let nobody = cli.send_in_vain(1, "//Ferdie", &stake);
	assert!(nobody.contains("has nothing bonded"), "{nobody}");

	let unstake = ["validator", "unstake", "60 AIT"];
	let dry = cli.json(&[&unstake[..], &["--from", "//Bob", "--dry-run"]].concat());
	insta::assert_json_snapshot!("validator_unstake_dry_run", schema(&dry));
	cli.send("//Bob", &unstake);
	cli.send("//Bob", &["validator", "stake", "20 AIT", "--rebond"]);
	let waits = cli.send_in_vain(1, "//Bob", &["validator", "unstake", "--withdraw"]);
	assert!(waits.contains("40 AIT wait until era"), "{waits}");
	cli.send("//Bob", &["validator", "remove", "--unbond"]);
	let shown = cli.send_in_vain(1, "//Bob", &["validator", "remove"]);
	assert!(shown.contains("1600 AIT bonded, of which 1600 AIT leave"), "{shown}");
}

/// The way out, a step at a time.
fn leaves(cli: &Cli) {
	let remove = ["validator", "remove"];
	let dry = cli.json(&[&remove[..], &["--from", "//Bob", "--dry-run"]].concat());
	insta::assert_json_snapshot!("validator_remove_dry_run", schema(&dry));
	assert_eq!(call(&cli.send("//Bob", &remove)), "Staking.chill");
	let keys = cli.send("//Bob", &remove);
	assert_eq!(call(&keys), "Session.purge_keys", "it was never elected");
	let nothing = cli.send_in_vain(1, "//Bob", &remove);
	assert!(nothing.contains("has no session keys"), "{nothing}");
}

#[tokio::test]
async fn validator_should_change_its_keys_and_be_paid_when_its_operator_says_so() {
	let (node, cli) = ready().await;
	let rotate = ["validator", "rotate"];
	let dry = cli.json(&[&rotate[..], &["--from", STASH, "--dry-run"]].concat());
	insta::assert_json_snapshot!("validator_rotate", schema(&dry));
	let rotated = cli.send(STASH, &rotate);
	assert_eq!(call(&rotated), "Session.set_keys");
	assert_eq!(
		(&rotated["is_used"], rotated["used_from"]["session"].as_u64()),
		(&false.into(), Some(2))
	);
	// Not in the foreground: a connection that hears nothing for a minute is closed.
	let how = ["--wait-active", "--from", STASH, "--yes", "--wait", "best"];
	let waiting = cli.start(&[&rotate[..], &how].concat());
	let done = || async { waiting.written().pop() };
	let waited = wait_until("the new keys to be used", done).await["data"].take();
	assert_eq!(waited["transactions"], Value::Array(vec![]), "a change is under way");
	assert_eq!((&waited["is_used"], &waited["new"]), (&true.into(), &rotated["new"]));
	let best = node.best().await;
	node.wait_for_finalized(best + 3).await;

	wait_for_era(&cli, 1).await;
	let history = cli.json(&["validator", "history", STASH]);
	insta::assert_json_snapshot!("validator_history", schema(&history));
	let first = history["data"]["eras"].as_array().and_then(|eras| eras.last()).cloned();
	let first = first.expect("era 0 is known");
	assert!(first["era"] == 0 && first["assigned"].as_u64() > Some(20), "{first:#}");
	// Without the keys of a session all of its 20 slots would be missed.
	assert!(first["missed"].as_u64() < Some(10), "{first:#}");
	rewards(&cli).await;
}

/// What is foreseen is paid, once.
async fn rewards(cli: &Cli) {
	let anonymous = cli.fail(2, &["validator", "rewards"]);
	assert!(anonymous.contains("say whose"), "{anonymous}");
	let shown = cli.json(&["validator", "rewards", STASH]);
	insta::assert_json_snapshot!("validator_rewards", schema(&shown));
	let foreseen = plancks(&shown["data"]["unpaid_validator"]);
	assert!(foreseen > 0, "{shown:#}");
	let unsigned = cli.fail(2, &["validator", "rewards", STASH, "--claim"]);
	assert!(unsigned.contains("`--claim` sends transactions"), "{unsigned}");
	let asks = cli.fail(2, &["validator", "rewards", STASH, "--watch", "--from", "//Bob"]);
	assert!(asks.contains("give `--yes`"), "{asks}");

	let watch = ["validator", "rewards", STASH, "--watch", "--from", "//Bob", "--yes"];
	let mut watching = cli.start(&[&watch[..], &["--wait", "best"]].concat());
	watching.wait_to_say("nothing more is to be paid before era").await;
	let paid = watching.written();
	let events = paid[0]["data"]["transactions"][0]["events"].as_array().expect("they are a list");
	let rewarded = events.iter().find(|event| event["event"] == "Rewarded");
	let rewarded = rewarded.expect("the validator is paid");
	assert_eq!(plancks(&rewarded["fields"]["amount"]), foreseen, "it was told beforehand");
	assert!(watching.end("TERM").success());
	let claim = ["validator", "rewards", STASH, "--claim"];
	let twice = cli.send_in_vain(1, "//Bob", &claim);
	assert!(twice.contains("nothing is to be paid"), "{twice}");
}

#[tokio::test]
async fn slash_should_be_ordered_and_cancelled_when_voters_decide_so() {
	let (_node, cli) = ready().await;
	let none = ["validator", "slash", "cancel", STASH, "--era", "0"];
	let none = cli.send_in_vain(1, "//Bob", &none);
	assert!(none.contains("no slash of"), "{none}");
	let force = ["validator", "slash", "force", STASH, "--era", "0", "--fraction", "1%"];
	let forced = number(&cli.send("//Bob", &force));
	approve(&cli, &forced);
	enacted(&cli, &forced).await;
	let waiting = || {
		let history = cli.json(&["validator", "history", STASH]);
		(history["data"]["waiting"].clone(), history)
	};
	// A development network defers it by an era.
	assert_eq!(waiting().0[0]["applied_in"], 2, "{:#}", waiting().1);
	insta::assert_json_snapshot!("validator_history_slashed", schema(&waiting().1));

	let cancelled = ["validator", "slash", "cancel", STASH, "--era", "0"];
	let cancelled = number(&cli.send("//Bob", &cancelled));
	approve(&cli, &cancelled);
	enacted(&cli, &cancelled).await;
	assert_eq!(waiting().0, Value::Array(vec![]), "{:#}", waiting().1);
}
