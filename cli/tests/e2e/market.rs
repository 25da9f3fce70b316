//! Jobs: from an offer to the money, and every way in which somebody fails.

use crate::harness::{plancks, wait_until, Cli, Node};
use serde_json::{json, Value};
use std::fs;

const HASH: &str = "0x0505050505050505050505050505050505050505050505050505050505050505";

const AIT: u128 = 1_000_000_000_000;

/// What is to be done, before how it is paid.
const WORK: [&str; 6] = ["--uri", "ipfs://work", "--specification", HASH, "--units", "10"];

/// Whom a client looks for, and for how much.
const WANTED: [&str; 6] =
	["--capability", "inference.text", "--unit", "hour", "--max-price", "100 AIT"];

async fn ready() -> (Node, Cli) {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	(node, cli)
}

/// Registers an active agent that works under `wallet`, and offers ten hours at a time for it.
fn provider(cli: &Cli, owner: &str, wallet: &str) -> (String, String) {
	let card = ["--kind", "provider", "--card", "ipfs://card", "--card-hash", HASH];
	let registered = cli.send(owner, &[&["agent", "register"], &card[..]].concat());
	let agent = registered["agent"].to_string();
	let set = ["agent", "set-wallet", &agent, "--wallet", wallet, "--wallet-key", wallet];
	cli.send(owner, &set);
	cli.send(owner, &["agent", "activate", &agent]);
	let offer = ["offer", "create", "--capability", "inference.text", "--unit", "hour"];
	let terms = ["--price", "5 AIT", "--max-units", "10", "--latency", "2s"];
	let more = ["--availability", "99%", "--memory", "16GiB"];
	let offered = cli.send(wallet, &[&offer[..], &terms, &more].concat());
	(agent, offered["offer"].to_string())
}

fn status(cli: &Cli, job: &str) -> Value {
	cli.json(&["job", "status", job])["data"].take()
}

/// What anybody may do next, as `who step`.
fn next(status: &Value) -> Vec<String> {
	let steps = status["next"].as_array().expect("it is a list").iter();
	let text = |value: &Value| value.as_str().expect("it is text").to_owned();
	steps.map(|step| format!("{} {}", text(&step["who"]), text(&step["step"]))).collect()
}

/// The only event of this name that the transaction in `data` made.
fn event<'a>(data: &'a Value, name: &str) -> &'a Value {
	let events = data["transactions"][0]["events"].as_array().expect("they are a list");
	let found = events.iter().find(|event| event["event"] == name);
	&found.unwrap_or_else(|| panic!("no {name} in {events:#?}"))["fields"]
}

/// Each step of a check with its result.
fn steps(check: &Value) -> Vec<(String, String)> {
	let steps = check["data"]["steps"].as_array().expect("they are a list").iter();
	let text = |value: &Value| value.as_str().expect("it is text").to_owned();
	steps.map(|step| (text(&step["step"]), text(&step["result"]))).collect()
}

#[tokio::test]
async fn job_should_go_from_an_offer_to_money_and_reputation() {
	let (_node, cli) = ready().await;
	let (agent, offer) = provider(&cli, "//Charlie", "//Dave");

	// A client finds the offer, and asks for bids.
	let search = ["offer", "match", "--capability", "inference.text", "--unit", "hour"];
	let search = [&search[..], &["--units", "10", "--max-price", "10 AIT"]].concat();
	let found = cli.json(&search);
	assert_eq!(found["data"]["offers"][0]["offer"].to_string(), offer, "{found:#}");
	assert_eq!(found["data"]["offers"][0]["fit"]["cost"], "0.500000000");
	let create = [&["job", "create"], &WORK[..], &WANTED, &["--memory", "8GiB"]].concat();
	let plan = ["--milestone", "1/2@1h", "--milestone", "1/2@2h"];
	let posted = cli.send("//Bob", &[&create[..], &plan].concat());
	assert_eq!(posted["job"], 0);
	let open = cli.json(&["job", "list", "--open", "inference.text"]);
	assert_eq!(open["data"]["jobs"][0]["state"], "bidding");
	assert_eq!(
		next(&status(&cli, "0")),
		["bidder job bid", "client job cancel", "anybody job expire"]
	);

	let fits = cli.json(&["job", "match", "0"]);
	assert_eq!(fits["data"]["offers"][0]["offer"].to_string(), offer, "{fits:#}");
	assert_eq!(plancks(&fits["data"]["query"]["max_price"]), 10 * AIT, "a tenth of 100 AIT");

	// A provider bids, and the client sees why it ranks as it does.
	let bid = ["job", "bid", "0", "--offer", &offer, "--price", "60 AIT"];
	let dry = cli.json(&[&bid[..], &["--from", "//Dave", "--dry-run"]].concat());
	assert_eq!(plancks(&dry["data"]["consequences"]["bond"]), 6 * AIT, "a tenth of the price");
	cli.send("//Dave", &bid);
	let bids = cli.json(&["job", "bids", "0"]);
	let ranked = &bids["data"]["bids"][0];
	assert_eq!(ranked["fit"]["resource"], "0.500000000", "{ranked:#}");
	assert_eq!(ranked["fit"]["cost"], "0.400000000");
	assert_eq!(ranked["is_available"], true);

	// The client takes it, knowing what that takes.
	let assign = ["job", "assign", "0", "--agent", &agent];
	let dry = cli.json(&[&assign[..], &["--from", "//Bob", "--dry-run"]].concat());
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["escrow"]), 60 * AIT, "{foreseen:#}");
	assert_eq!(plancks(&foreseen["provider_bond"]), 6 * AIT);
	assert_eq!(foreseen["backups"], json!([]));
	let changed = [&assign[..], &["--expected", "50 AIT"]].concat();
	assert!(cli.send_in_vain(5, "//Bob", &changed).contains("Market::BidChanged"));
	let assigned = cli.send("//Bob", &assign);
	let deposit = plancks(&event(&assigned, "ContractOpened")["deposit"]);
	assert_eq!(plancks(&foreseen["escrow_deposit"]), deposit);

	// The provider starts once the money is final.
	let start = cli.run(&["job", "start", "0", "--from", "//Dave", "--yes", "--wait", "best"]);
	assert_eq!(start.code, Some(0), "{start:#?}");
	assert!(start.stderr.contains("until the block is final that funded contract 0"), "{start:#?}");
	assert_eq!(status(&cli, "0")["state"], "running");

	// It files receipts, which anybody can check.
	let result = cli.file("result.txt", "done\n");
	let receipt = cli.file("unused", "") + ".receipt.json";
	let submit = ["job", "submit", "0", "--milestone", "0", "--result", &result];
	let submit = [&submit[..], &["--receipt", &receipt]].concat();
	let dry = [&submit[..], &["--from", "//Dave", "--dry-run"]].concat();
	cli.json(&dry);
	assert!(!fs::exists(&receipt).expect("the folder is readable"), "nothing was submitted");
	let submitted = cli.send("//Dave", &submit);
	let filed = event(&submitted, "ReceiptFiled")["receipt"]["evidence"].clone();
	assert_eq!(submitted["evidence"], filed);
	let shown = cli.json(&["job", "receipt", "show", &receipt]);
	assert_eq!((&shown["data"]["units"], &shown["data"]["evidence"]), (&json!(5), &filed));
	assert_eq!(plancks(&shown["data"]["price"]), 30 * AIT);
	assert_eq!(
		next(&status(&cli, "0")),
		["client job accept", "anybody job complete", "provider job submit"]
	);

	// The client accepts, and the money moves.
	let dry = cli.json(&["job", "accept", "0", "--from", "//Bob", "--dry-run"]);
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["amount"]), 30 * AIT * 975 / 1_000, "{foreseen:#}");
	let before = cli.total_balance("//Dave");
	cli.send("//Bob", &["job", "accept", "0"]);
	assert_eq!(cli.total_balance("//Dave"), before + 30 * AIT * 975 / 1_000);
	let checked = cli.check(0, &["job", "receipt", "verify", &receipt]);
	assert!(steps(&checked).iter().all(|(_, result)| result == "ok"), "{checked:#}");
	assert_eq!(steps(&checked).last().map(|(step, _)| step.as_str()), Some("paid"));

	let second = receipt.replace(".receipt", ".second");
	let submit = ["job", "submit", "0", "--result", HASH, "--receipt", &second];
	cli.send("//Dave", &submit);
	let accepted = cli.send("//Bob", &["job", "accept", "0"]);
	assert_eq!(event(&accepted, "JobSettled")["outcome"], "Completed");
	let settled = status(&cli, "0");
	assert_eq!((&settled["state"], &settled["outcome"]), (&json!("settled"), &json!("completed")));
	assert_eq!(plancks(&settled["paid"]), 60 * AIT);
	let early = cli.send_in_vain(5, "//Eve", &["job", "forget", "0"]);
	assert!(early.contains("Market::RetentionPeriodNotElapsed"), "{early}");

	// What it says of the agent.
	let rate = ["agent", "rate", &agent, "--job", "0", "--tag", "quality", "--value", "95"];
	cli.send("//Bob", &rate);
	let reputation = cli.json(&["agent", "reputation", &agent]);
	let bound = reputation["data"]["lower_bound"].as_str().expect("there is one");
	assert!(bound > "0.000000000", "{reputation:#}");
	assert_eq!(reputation["data"]["completed"], 1, "{reputation:#}");
	let after = cli.check(0, &["job", "receipt", "verify", &second]);
	assert!(steps(&after).contains(&("paid".into(), "ok".into())), "{after:#}");
}

#[tokio::test]
async fn receipts_should_say_which_step_fails() {
	let (_node, cli) = ready().await;
	let (_, offer) = provider(&cli, "//Charlie", "//Dave");
	let hire = [&["job", "hire", &offer], &WORK[..], &["--milestone", "100%@1h"]].concat();
	let hired = cli.send("//Bob", &hire);
	assert_eq!((&hired["job"], &hired["contract"]), (&json!(0), &json!(0)));
	cli.send("//Dave", &["job", "start", "0"]);
	let receipt = cli.file("unused", "") + ".json";
	let submit = ["job", "submit", "0", "--result", HASH, "--receipt", &receipt];
	let of_another = cli.send_in_vain(2, "//Eve", &submit);
	assert!(of_another.contains("`//Eve` signs for"), "{of_another}");
	cli.send("//Dave", &submit);
	let again = cli.send_in_vain(1, "//Dave", &submit);
	assert!(again.contains("no milestone of job 0 waits for work"), "{again}");

	let verify = |file: &str, code, more: &[&str]| {
		steps(&cli.check(code, &[&["job", "receipt", "verify", file], more].concat()))
	};
	let result = |steps: &[(String, String)], name: &str| {
		steps.iter().find(|(step, _)| step == name).map(|(_, result)| result.clone())
	};
	let failed = |steps: &[(String, String)]| {
		let failed = steps.iter().filter(|(_, result)| result == "failed");
		failed.map(|(step, _)| step.clone()).collect::<Vec<_>>()
	};
	let own = verify(&receipt, 0, &[]);
	assert_eq!(result(&own, "paid").as_deref(), Some("skipped"), "{own:?}");

	// Off line: other bytes, another signature, another hash.
	let file = fs::read_to_string(&receipt).expect("it was written");
	let mut parsed: Value = serde_json::from_str(&file).expect("it is JSON");
	let bytes = parsed["receipt"].as_str().expect("it has bytes").to_owned();
	parsed["receipt"] = format!("{bytes}00").into();
	let longer = cli.file("longer.json", &parsed.to_string());
	assert_eq!(failed(&verify(&longer, 7, &["--offline"])), ["form"]);
	parsed["receipt"] = bytes.clone().into();
	parsed["signature"] = format!("0x{}", "07".repeat(64)).into();
	let unsigned = cli.file("unsigned.json", &parsed.to_string());
	assert_eq!(failed(&verify(&unsigned, 7, &["--offline"])), ["signature"]);
	assert_eq!(failed(&verify(&receipt, 7, &["--offline", "--evidence", HASH])), ["hash"]);

	// Against another chain: signed well, and never filed.
	let network = Node::dev().await;
	network.wait_for_best(1).await;
	let stranger = verify(&receipt, 7, &["--url", &network.ws_url()]);
	assert_eq!(failed(&stranger), ["filed"], "both networks have the same first block");
	let text = cli.run(&["job", "receipt", "verify", &longer, "--offline"]);
	assert!(text.stderr.contains("the receipt does not pass: form failed"), "{text:#?}");

	// Against what was saved of the chain, without a node.
	let list = cli.run(&["job", "receipt", "list", "0", "--output", "json"]);
	let filed = cli.file("filed.json", &list.stdout);
	let nowhere = ["--url", "ws://127.0.0.1:1", "--filed"];
	let saved = verify(&receipt, 0, &[&nowhere[..], &[&filed]].concat());
	assert_eq!(result(&saved, "filed").as_deref(), Some("ok"), "{saved:?}");
	assert_eq!(result(&saved, "client").as_deref(), Some("ok"), "{saved:?}");
	let other = cli.file("other.json", &list.stdout.replace("\"agent\": 0", "\"agent\": 1"));
	let other = verify(&receipt, 7, &[&nowhere[..], &[&other]].concat());
	assert_eq!(failed(&other), ["provider"]);
	let no_record = cli.fail(2, &["job", "receipt", "verify", &receipt, "--filed", &longer]);
	assert!(no_record.contains("aitbc job receipt list JOB --output json"), "{no_record}");
}

#[tokio::test]
async fn provider_should_be_paid_when_the_client_is_silent() {
	let (_node, cli) = ready().await;
	let (_, offer) = provider(&cli, "//Charlie", "//Dave");
	let hire = [&["job", "hire", &offer], &WORK[..], &["--milestone", "100%@1h"]].concat();
	let quote = cli.json(&[&hire[..], &["--from", "//Bob", "--dry-run"]].concat());
	assert_eq!(plancks(&quote["data"]["consequences"]["price"]), 50 * AIT, "{quote:#}");
	let dear = [&hire[..], &["--expected", "49 AIT"]].concat();
	assert!(cli.send_in_vain(5, "//Bob", &dear).contains("Market::PriceChanged"));
	cli.send("//Bob", &hire);
	cli.send("//Dave", &["job", "start", "0"]);
	let receipt = cli.file("unused", "") + ".json";
	cli.send("//Dave", &["job", "submit", "0", "--result", HASH, "--receipt", &receipt]);
	let before = cli.total_balance("//Dave");
	let complete = ["job", "complete", "0"];
	let early = cli.send_in_vain(5, "//Eve", &complete);
	assert!(early.contains("Escrow::ReviewPeriodNotElapsed"), "{early}");
	let reviewed = || async {
		let shown = status(&cli, "0");
		let steps = shown["next"].as_array().expect("it is a list").clone();
		let complete = steps.into_iter().find(|step| step["step"] == "job complete")?;
		complete.get("from").is_none().then_some(())
	};
	wait_until("the review period to elapse", reviewed).await;
	cli.send("//Eve", &complete);
	assert_eq!(cli.total_balance("//Dave"), before + 50 * AIT * 975 / 1_000);
	assert_eq!(status(&cli, "0")["outcome"], "completed");
}

#[tokio::test]
async fn backup_should_take_over_when_a_provider_gives_up() {
	let (_node, cli) = ready().await;
	let (first, offer) = provider(&cli, "//Charlie", "//Dave");
	let (second, spare) = provider(&cli, "//Eve", "//Ferdie");
	let create = [&["job", "create"], &WORK[..], &WANTED, &["--milestone", "100%@1h"]].concat();
	cli.send("//Bob", &create);
	cli.send("//Dave", &["job", "bid", "0", "--offer", &offer, "--price", "40 AIT"]);
	let spare = ["job", "bid", "0", "--offer", &spare, "--price", "30 AIT", "--backup"];
	cli.send("//Ferdie", &spare);
	let assign = ["job", "assign", "0", "--agent", &first];
	let told = cli.run(&[&assign[..], &["--from", "//Bob", "--dry-run"]].concat()).stderr;
	assert!(told.contains(&format!("agent {second} stays as a backup")), "{told}");
	cli.send("//Bob", &assign);
	assert_eq!(cli.json(&["job", "bids", "0"])["data"]["is_assigned"], true);
	let early = cli.send_in_vain(5, "//Alice", &["job", "report", "0"]);
	assert!(early.contains("Market::NotOverdue"), "{early}");
	assert!(cli.send_in_vain(5, "//Bob", &["job", "cancel", "0"]).contains("AlreadyAssigned"));

	let give_up = ["job", "give-up", "0"];
	let dry = cli.json(&[&give_up[..], &["--from", "//Dave", "--dry-run"]].concat());
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["amount"]), 40 * AIT, "{foreseen:#}");
	assert_eq!(foreseen["backups"], 1);
	let gave_up = cli.send("//Dave", &give_up);
	assert_eq!(event(&gave_up, "LeaseEnded")["cause"], "GivenUp");
	let shown = status(&cli, "0");
	assert_eq!(shown["lease"]["agent"].to_string(), second, "{shown:#}");
	assert_eq!(shown["past"][0]["outcome"], "refunded");

	// The backup is silent: its start is missed, and nobody is left.
	let missed = || async {
		let shown = status(&cli, "0");
		shown["reportable"].as_str().map(str::to_owned)
	};
	assert_eq!(wait_until("the start to be missed", missed).await, "start-missed");
	let text = cli.run(&["job", "status", "0"]).stdout;
	assert!(text.contains("its latest start passed without a start"), "{text}");
	let reported = cli.send("//Alice", &["job", "report", "0"]);
	assert_eq!(event(&reported, "JobSettled")["outcome"], "Refunded");
	let list = cli.json(&["job", "list", "//Dave"]);
	assert_eq!(list["data"]["jobs"][0]["outcome"], "refunded");
	let gone = cli.fail(1, &["job", "assign", "0", "--agent", &first, "--from", "//Bob", "--yes"]);
	assert!(gone.contains("job 0 has ended"), "{gone}");
}

#[tokio::test]
async fn jobs_that_nobody_gets_should_give_everything_back() {
	let (_node, cli) = ready().await;
	let (agent, offer) = provider(&cli, "//Charlie", "//Dave");
	let free = || plancks(&cli.json(&["account", "balance", "//Dave"])["data"]["held"]);
	let held = free();
	let create = [&["job", "create"], &WORK[..], &WANTED, &["--milestone", "100%@1h"]].concat();
	let bid = |job, price| {
		cli.send("//Dave", &["job", "bid", job, "--offer", &offer, "--price", price]);
	};
	cli.send("//Bob", &[&create[..], &["--bids-until", "+6", "--assign-by", "+8"]].concat());
	bid("0", "40 AIT");
	assert_eq!(free(), held + 4 * AIT);
	cli.send("//Dave", &["job", "withdraw-bid", "0"]);
	assert_eq!(free(), held);
	let none = cli.fail(1, &["job", "assign", "0", "--agent", &agent, "--from", "//Bob", "--yes"]);
	assert!(none.contains(&format!("agent {agent} has no bid for job 0")), "{none}");

	cli.send("//Bob", &create);
	bid("1", "40 AIT");
	let cancel = ["job", "cancel", "1"];
	let foreseen = cli.json(&[&cancel[..], &["--from", "//Bob", "--dry-run"]].concat());
	let returned = cli.send("//Bob", &cancel)["returned"].take();
	assert_eq!(foreseen["data"]["consequences"]["returns"].as_array().map(Vec::len), Some(2));
	let bonds = returned.as_array().into_iter().flatten();
	let bonds = bonds.filter(|one| one["held_for"] == "Market.Bond");
	assert_eq!(bonds.map(|one| plancks(&one["amount"])).collect::<Vec<_>>(), [4 * AIT]);
	assert_eq!(total(&returned), total(&foreseen["data"]["consequences"]["returns"]));
	assert_eq!(free(), held);
	assert!(cli.fail(1, &["job", "status", "1"]).contains("there is no job 1"));

	let expired = || async {
		let steps = next(&status(&cli, "0"));
		(!steps.contains(&"bidder job bid".to_owned())).then_some(())
	};
	wait_until("bidding to end", expired).await;
	let late = ["job", "bid", "0", "--offer", &offer, "--price", "40 AIT"];
	assert!(cli.send_in_vain(5, "//Dave", &late).contains("Market::BiddingEnded"));
	let expire = || async {
		let run = cli.run(&["job", "expire", "0", "--from", "//Eve", "--yes", "--wait", "best"]);
		(run.code == Some(0)).then_some(())
	};
	wait_until("the job to expire", expire).await;
	assert!(cli.fail(1, &["job", "status", "0"]).contains("there is no job 0"));
	let none = ["job", "collect", "//Dave", "--kind", "bond"];
	assert!(cli.send_in_vain(5, "//Eve", &none).contains("Market::ClaimNotFound"));

	cli.send("//Dave", &["offer", "pause", &offer]);
	assert_eq!(cli.json(&["offer", "show", &offer])["data"]["status"], "paused");
	assert!(cli.send_in_vain(5, "//Dave", &["offer", "pause", &offer]).contains("OfferNotOpen"));
	cli.send("//Dave", &["offer", "resume", &offer]);
	assert!(cli
		.send_in_vain(5, "//Eve", &["offer", "withdraw", &offer])
		.contains("NotOfferAccount"));
	let returned = cli.send("//Dave", &["offer", "withdraw", &offer])["returned"].take();
	assert_eq!(returned[0]["held_for"], "Market.Deposit", "{returned:#}");
	assert_eq!(total(&returned), held);
	assert_eq!(free(), 0);
	assert!(cli.fail(1, &["offer", "show", &offer]).contains("there is no offer"));
}

/// All that came back together, in plancks.
fn total(returns: &Value) -> u128 {
	returns.as_array().into_iter().flatten().map(|one| plancks(&one["amount"])).sum()
}

#[tokio::test]
async fn jobs_should_be_paid_by_time_and_by_units() {
	let (_node, cli) = ready().await;
	let (_, offer) = provider(&cli, "//Charlie", "//Dave");
	let work = |units: &'static str| {
		let work = ["--uri", "ipfs://work", "--specification", HASH, "--units", units];
		[&["job", "hire", &offer], &work[..]].concat().iter().map(|one| one.to_string()).collect()
	};
	let hire = |units, more: &[&str]| {
		let work: Vec<String> = work(units);
		let work: Vec<_> = work.iter().map(String::as_str).collect();
		cli.send("//Bob", &[&work[..], more].concat())
	};
	// Five hours at 5 AIT are a stream of half an AIT for each of fifty blocks.
	hire("5", &["--stream", "50"]);
	assert_eq!(plancks(&status(&cli, "0")["lease"]["price"]), AIT / 2);
	cli.send("//Dave", &["job", "start", "0"]);
	let earned = || async {
		let shown = status(&cli, "0");
		(plancks(&shown["escrow"]["stream"]["earned"]) > 0).then_some(())
	};
	wait_until("the stream to earn", earned).await;
	let accept = cli.fail(2, &["job", "accept", "0", "--from", "//Bob", "--yes"]);
	assert!(accept.contains("job 0 pays for time by itself"), "{accept}");
	cli.send("//Eve", &["job", "complete", "0"]);
	let receipt = cli.file("unused", "") + ".json";
	cli.send("//Dave", &["job", "submit", "0", "--result", HASH, "--receipt", &receipt]);
	cli.send("//Bob", &["contract", "stop", "0"]);
	assert_eq!(status(&cli, "0")["outcome"], "partial");
	cli.check(0, &["job", "receipt", "verify", &receipt]);

	hire("5", &["--meter", "1h"]);
	cli.send("//Dave", &["job", "start", "1"]);
	let refused = cli.fail(2, &["job", "complete", "1", "--from", "//Eve", "--yes"]);
	assert!(refused.contains("aitbc contract voucher sign 1"), "{refused}");
	let sign = ["contract", "voucher", "sign", "1", "--units", "5", "--from", "//Bob"];
	let voucher = cli.file("voucher.json", &cli.run(&sign).stdout);
	cli.send("//Dave", &["contract", "redeem", &voucher]);
	assert_eq!(status(&cli, "1")["outcome"], "completed", "the last unit ends the job");
}
