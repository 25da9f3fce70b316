//! Disputes: settled, lost by silence, decided by a fact, too small for a court, and judged by a jury,
//! against whose outcome an appeal is only tried out, or refused. One node serves all of them at once,
//! because a case that goes to court takes minutes.

use crate::harness::{plancks, schema, wait_until, Cli, Node};
use serde_json::{json, Value};
use std::fs;

const HASH: &str = "0x0808080808080808080808080808080808080808080808080808080808080808";

const AIT: u128 = 1_000_000_000_000;

/// How many blocks are waited for at once.
const STRETCH: u64 = 20;

/// The jurors, and how each of them votes.
const JURORS: [(&str, &str); 3] =
	[("//Charlie//juror", "9"), ("//Dave//juror", "8"), ("//Eve//juror", "8")];

/// What a seat has at stake, in AIT. None of the jurors can pay for two seats of that, so that a jury
/// has several members: each seat is drawn up to eight times until it hits somebody who can pay.
const SEAT_STAKE: u128 = 4_000;

/// A development network with jurors that can be drawn once a case has got to court.
async fn court() -> (Node, Cli) {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	node.set_parameter("Disputes", "SeatStake", SEAT_STAKE * AIT).await;
	let cli = Cli::new(node.ws_url());
	for (juror, _) in JURORS {
		cli.send("//Ferdie", &["account", "transfer", juror, "6000 AIT"]);
		let bonded =
			cli.run(&["juror", "bond", "5000 AIT", "--from", juror, "--yes", "--wait", "best"]);
		assert_eq!(bonded.code, Some(0), "{bonded:#?}");
		assert!(bonded.stderr.contains("holds 5000 AIT at risk"), "{bonded:#?}");
	}
	(node, cli)
}

/// Opens a contract of `client` with `provider` about `amount`, and submits its work. Gives its id.
fn submitted(cli: &Cli, client: &str, provider: &str, amount: &str, evidence: &str) -> String {
	let create = ["contract", "create", "--provider", provider, "--terms", HASH];
	let milestone = format!("{amount}@+2h");
	let pays = ["--milestone", &milestone, "--review", "1h", "--fund"];
	let created = cli.send(client, &[&create[..], &pays].concat());
	let contract = created["contract"].to_string();
	let submit = ["contract", "submit", &contract, "--milestone", "0", "--evidence", evidence];
	cli.send(provider, &submit);
	contract
}

/// Disputes the first milestone of `contract`. Gives the case.
fn dispute(cli: &Cli, opener: &str, contract: &str, claim: &str) -> String {
	let create = ["dispute", "create", contract, "--milestone", "0", "--claim", claim];
	let opened = cli.send(opener, &create);
	opened["case"].to_string()
}

fn status(cli: &Cli, case: &str) -> Value {
	cli.json(&["dispute", "status", case])["data"].take()
}

/// What anybody may do next, as `who step`.
fn next(status: &Value) -> Vec<String> {
	let steps = status["next"].as_array().expect("it is a list").iter();
	let text = |value: &Value| value.as_str().expect("it is text").to_owned();
	steps.map(|step| format!("{} {}", text(&step["who"]), text(&step["step"]))).collect()
}

/// What `account` has to do first, in its most urgent case.
fn first_task(cli: &Cli, account: &str) -> Value {
	let mine = cli.json(&["dispute", "status", "--mine", "--from", account]);
	mine["data"]["cases"][0]["next"][0].clone()
}

/// What is held on `account` for the pallet's `reason`.
fn held(cli: &Cli, account: &str, reason: &str) -> u128 {
	let balance = cli.json(&["account", "balance", account]);
	let holds = balance["data"]["holds"].as_array().expect("it is a list");
	let hold = holds.iter().find(|hold| hold["reason"] == reason);
	hold.map_or(0, |hold| plancks(&hold["amount"]))
}

/// The fields of the only event of this name that the transactions in `data` made.
fn event<'a>(data: &'a Value, name: &str) -> &'a Value {
	let transactions = data["transactions"].as_array().expect("they are a list");
	let mut events = transactions.iter().filter_map(|one| one["events"].as_array()).flatten();
	let found = events.find(|event| event["event"] == name);
	&found.unwrap_or_else(|| panic!("no {name} in {data:#}"))["fields"]
}

/// Waits until the active clock shows `block`, a stretch at a time.
async fn wait_for_clock(cli: &Cli, block: u64) {
	let now = || {
		let status = cli.json(&["network", "status"]);
		status["data"]["active_clock"]["now"].as_u64().expect("it is a number")
	};
	let mut goal = now();
	while goal < block {
		goal = (goal + STRETCH).min(block);
		let what = format!("active block {goal}");
		wait_until(&what, || async { (now() >= goal).then_some(()) }).await;
	}
}

/// Takes all steps of `case` that are due once active block `block` has come.
async fn resolve_at(cli: &Cli, case: &str, block: u64) -> Value {
	wait_for_clock(cli, block).await;
	cli.send("//Ferdie", &["dispute", "resolve", case])
}

#[tokio::test]
async fn disputes_should_be_settled_lost_by_silence_and_judged() {
	let (_node, cli) = court().await;
	let bonded = cli.json(&["juror", "status", JURORS[0].0])["data"].take();
	assert_eq!(plancks(&bonded["bond"]), 5_000 * AIT, "{bonded:#}");
	assert_eq!(plancks(&bonded["weight"]), 0, "it counts three epochs later");
	assert_eq!(plancks(&bonded["next"]["weight"]), 2_500 * AIT);
	let pool = cli.json(&["juror", "pool"])["data"].take();
	assert_eq!((&pool["jurors"], &pool["waiting"]), (&json!(3), &json!([])), "{pool:#}");

	let judged = judged_case(&cli);
	let small = small_case(&cli);
	let silent = silent_case(&cli);
	fact_decides(&cli);
	settlement_ends_a_case(&cli);

	enter_court(&cli, &judged.0).await;
	silence_loses(&cli, &silent).await;
	too_small_for_a_court(&cli, &small).await;
	await_votes(&cli, &judged.0).await;
	jury_decides(&cli, &judged).await;
}

/// A case about 400 AIT that both sides defend, with evidence. Gives its id and its contract's.
fn judged_case(cli: &Cli) -> (String, String) {
	let contract = submitted(cli, "//Alice", "//Bob", "400 AIT", HASH);
	let shown = cli.json(&["contract", "status", &contract])["data"].take();
	assert!(next(&shown).contains(&"client dispute".to_owned()), "{shown:#}");

	let create = ["dispute", "create", &contract, "--milestone", "0", "--claim", "10"];
	let dry = cli.json(&[&create[..], &["--from", "//Alice", "--dry-run"]].concat());
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["value"]), 400 * AIT, "{foreseen:#}");
	assert_eq!((plancks(&foreseen["filing_fee"]), plancks(&foreseen["stake"])), (AIT, 15 * AIT));
	let opened = cli.send("//Alice", &create);
	let case = opened["case"].to_string();
	assert_eq!(event(&opened, "CaseOpened")["deposit"], foreseen["deposit"]);
	assert_eq!(held(cli, "//Alice", "Disputes.Stake"), 15 * AIT);
	let again = cli.send_in_vain(5, "//Bob", &create);
	assert!(again.contains("Escrow::NotClient"), "{again}");

	let text = cli.run(&["contract", "status", &contract]).stdout;
	assert!(text.contains(&format!("`aitbc dispute status {case}`")), "{text}");
	let shown = status(cli, &case);
	assert_eq!(next(&shown)[0], "provider defend", "{shown:#}");
	let task = first_task(cli, "//Bob");
	assert_eq!(
		(&task["step"], &task["otherwise"]),
		(&json!("defend"), &json!("openers-claim-stands"))
	);

	let defend = ["dispute", "defend", &case, "--claim", "0"];
	let dry = cli.json(&[&defend[..], &["--from", "//Bob", "--dry-run"]].concat());
	assert_eq!(plancks(&dry["data"]["consequences"]["stake"]), 15 * AIT, "{dry:#}");
	assert_eq!(dry["data"]["consequences"]["default_share"], "0.500000000");
	cli.send("//Bob", &defend);
	let twice = cli.send_in_vain(5, "//Bob", &defend);
	assert!(twice.contains("Disputes::AlreadyDefended"), "{twice}");

	let document = cli.file("log.txt", "42 errors\n");
	let evidence = ["dispute", "evidence", &case, "--kind", "record", "--uri", "ipfs://log"];
	let evidence = [&evidence[..], &["--document", &document]].concat();
	let dry = cli.json(&[&evidence[..], &["--from", "//Alice", "--dry-run"]].concat());
	let filed = cli.send("//Alice", &evidence);
	let deposit = &dry["data"]["consequences"]["deposit"];
	assert_eq!(&event(&filed, "EvidenceSubmitted")["deposit"], deposit, "it was told beforehand");
	let stranger = cli.send_in_vain(5, "//Dave", &evidence);
	assert!(stranger.contains("Disputes::NotParty"), "{stranger}");
	assert_eq!(status(cli, &case)["evidence"][0]["kind"], "record");
	let early = cli.send_in_vain(1, JURORS[0].0, &["dispute", "commit", &case, "--client", "9"]);
	assert!(early.contains("no jury votes on case"), "{early}");
	(case, contract)
}

/// A case about 60 AIT that both sides defend, and that is too small for a jury.
fn small_case(cli: &Cli) -> String {
	let contract = submitted(cli, "//Alice", "//Dave", "60 AIT", HASH);
	let create = ["dispute", "create", &contract, "--milestone", "0", "--claim", "8"];
	let dry = cli.json(&[&create[..], &["--from", "//Alice", "--dry-run"]].concat());
	let foreseen = &dry["data"]["consequences"];
	assert_eq!((&foreseen["has_court"], &foreseen["stake"]), (&json!(false), &json!("0")));
	assert_eq!(plancks(&foreseen["court_from"]), 75 * AIT, "{foreseen:#}");
	let opened = cli.send("//Alice", &create);
	assert_eq!(event(&opened, "CaseOpened")["deposit"], foreseen["deposit"]);
	let case = opened["case"].to_string();
	cli.send("//Dave", &["dispute", "defend", &case, "--claim", "2"]);
	case
}

/// A case that its respondent does not defend. `contract dispute` opens one as well. Gives its id and
/// the last active block of the time to settle, which cannot be ended before.
fn silent_case(cli: &Cli) -> (String, u64) {
	let contract = submitted(cli, "//Alice", "//Eve", "100 AIT", HASH);
	let create = ["contract", "dispute", &contract, "--milestone", "0", "--claim", "3"];
	let case = cli.send("//Alice", &create)["case"].to_string();
	let until = status(cli, &case)["until"].as_u64().expect("there is time to settle");
	let early = cli.send_in_vain(1, "//Ferdie", &["dispute", "resolve", &case]);
	assert!(early.contains(&format!("from active block {} on", until + 1)), "{early}");
	(case, until)
}

/// A provider that submitted the empty hash shows nothing, and the chain knows.
fn fact_decides(cli: &Cli) {
	let nothing = format!("0x{}", "00".repeat(32));
	let contract = submitted(cli, "//Alice", "//Eve", "100 AIT", &nothing);
	let case = dispute(cli, "//Alice", &contract, "10");
	let before = cli.total_balance("//Alice");
	let ruled = cli.send("//Ferdie", &["dispute", "decide", &case]);
	let ruling = event(&ruled, "CaseRuled");
	assert_eq!(ruling["ruling"]["client"], "100 %", "{ruling:#}");
	assert!(ruling["cause"].to_string().contains("NothingShown"), "{ruling:#}");
	let after = cli.total_balance("//Alice");
	assert_eq!(after, before - AIT, "the money was held on it, and the filing fee is paid");
	event(&ruled, "CaseClosed");
	let closed = cli.fail(1, &["dispute", "status", &case]);
	assert!(
		closed.contains("there is no case") && closed.contains("Disputes.CaseRuled"),
		"{closed}"
	);

	// Of work with a hash the chain knows nothing.
	let contract = submitted(cli, "//Alice", "//Eve", "100 AIT", HASH);
	let case = dispute(cli, "//Alice", &contract, "10");
	let unknown = cli.send_in_vain(5, "//Ferdie", &["dispute", "decide", &case]);
	assert!(unknown.contains("Disputes::NoFact"), "{unknown}");
}

/// The parties agree, and nobody else is asked.
fn settlement_ends_a_case(cli: &Cli) {
	let contract = submitted(cli, "//Alice", "//Dave", "100 AIT", HASH);
	let case = dispute(cli, "//Alice", &contract, "10");
	let accept = ["dispute", "accept", &case];
	let none = cli.send_in_vain(1, "//Dave", &accept);
	assert!(none.contains("no offer to settle case"), "{none}");
	cli.send("//Alice", &["dispute", "offer", &case, "--client", "50%"]);
	cli.send("//Alice", &["dispute", "offer", &case, "--client", "30%"]);
	assert_eq!(status(cli, &case)["offer"]["client_share"], "0.300000000");
	let own = cli.send_in_vain(5, "//Alice", &accept);
	assert!(own.contains("Disputes::OwnOffer"), "{own}");
	let other = cli.send_in_vain(5, "//Dave", &[&accept[..], &["--expected", "50%"]].concat());
	assert!(other.contains("Disputes::OfferMismatch"), "{other}");

	let concede = ["dispute", "defend", &case, "--claim", "10", "--from", "//Dave", "--dry-run"];
	let conceded = cli.json(&concede)["data"]["consequences"].take();
	assert_eq!((&conceded["concedes"], &conceded["stake"]), (&json!(true), &json!("0")));

	let dry = cli.json(&[&accept[..], &["--from", "//Dave", "--dry-run"]].concat());
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["provider"]), 70 * AIT, "{foreseen:#}");
	let [client, before] = ["//Alice", "//Dave"].map(|party| cli.total_balance(party));
	let accepted = cli.send("//Dave", &accept);
	let fee = plancks(&accepted["transactions"][0]["fee"]);
	assert_eq!(cli.total_balance("//Dave"), before + 70 * AIT * 975 / 1_000 - fee);
	assert_eq!(cli.total_balance("//Alice"), client - 70 * AIT, "the filing fee returned");
	event(&accepted, "CaseClosed");
}

/// The claim of who opened the case stands.
async fn silence_loses(cli: &Cli, (case, until): &(String, u64)) {
	let resolved = resolve_at(cli, case, until + 1).await;
	let ruling = event(&resolved, "CaseRuled");
	assert_eq!(ruling["ruling"]["client"], "30 %", "{ruling:#}");
	event(&resolved, "CaseClosed");
}

/// Each side gets the middle of what both claim.
async fn too_small_for_a_court(cli: &Cli, case: &str) {
	let shown = status(cli, case);
	let until = shown["until"].as_u64().expect("there is time to settle");
	let resolved = resolve_at(cli, case, until + 1).await;
	assert_eq!(event(&resolved, "CaseRuled")["ruling"]["client"], "50 %");
	event(&resolved, "CaseClosed");
	assert_eq!(held(cli, "//Dave", "Disputes.Stake"), 0);
}

/// The time to settle ends, and a jury is asked for.
async fn enter_court(cli: &Cli, case: &str) {
	let shown = status(cli, case);
	let until = shown["until"].as_u64().expect("there is time to settle");
	let resolved = resolve_at(cli, case, until + 1).await;
	event(&resolved, "JuryRequested");
	let shown = status(cli, case);
	assert_eq!(shown["state"], "drawing", "{shown:#}");
	assert!(shown["draw"]["blocks"].as_u64().is_some_and(|blocks| blocks <= 60), "{shown:#}");
	let pool = cli.json(&["juror", "pool"]);
	insta::assert_json_snapshot!("juror_pool_waiting", schema(&pool));
	let nothing = cli.send_in_vain(1, "//Ferdie", &["dispute", "resolve", case]);
	assert!(nothing.contains("its jury is still to be drawn"), "{nothing}");
}

/// The jury is drawn, and evidence ends.
async fn await_votes(cli: &Cli, case: &str) {
	let evidence_until = || status(cli, case)["evidence_until"].as_u64().expect("it has an end");
	wait_for_clock(cli, evidence_until() + 1).await;
	let sits = || async { (status(cli, case)["state"] == "voting").then_some(()) };
	wait_until("the jury to be drawn", sits).await;
}

/// A jury of three votes, one of them with a salt in a file; its outcome stands, and it is paid.
async fn jury_decides(cli: &Cli, (case, contract): &(String, String)) {
	let shown = cli.json(&["dispute", "status", case]);
	insta::assert_json_snapshot!("dispute_status_voting", schema(&shown));

	// Who sits, of those that could.
	let jury = shown["data"]["rounds"][0]["jury"].as_array().expect("a jury sits").clone();
	let address = |key: &str| {
		let balance = cli.json(&["account", "balance", key]);
		balance["data"]["account"].as_str().expect("it has an address").to_owned()
	};
	let sits = |key: &str| jury.iter().any(|member| member["juror"] == address(key).as_str());
	let seated: Vec<_> = JURORS.into_iter().filter(|(juror, _)| sits(juror)).collect();
	assert_eq!(seated.len(), jury.len(), "{jury:#?}");
	assert!(seated.len() > 1, "who commits first has nobody to wait for: {jury:#?}");
	let task = first_task(cli, seated[0].0);
	assert_eq!((&task["step"], task.get("from")), (&json!("commit"), None), "{task:#}");
	let mine = cli.json(&["dispute", "status", "--mine", "--from", seated[0].0]);
	insta::assert_json_snapshot!("dispute_mine", schema(&mine));
	votes(cli, case, &seated);

	let counted = cli.send("//Ferdie", &["dispute", "resolve", case]);
	event(&counted, "RoundJudged");
	let shown = status(cli, case);
	assert_eq!((&shown["state"], &shown["loser"]), (&json!("appealable"), &json!("provider")));
	let appeal = ["dispute", "appeal", case];
	let dry = cli.json(&[&appeal[..], &["--from", "//Bob", "--dry-run"]].concat());
	let foreseen = &dry["data"]["consequences"];
	assert_eq!(plancks(&foreseen["stake"]), 70 * AIT, "twice seven seats' fee: {foreseen:#}");
	let stranger = cli.send_in_vain(2, "//Ferdie", &appeal);
	assert!(stranger.contains("`--side client`"), "{stranger}");
	let won = cli.send_in_vain(5, "//Alice", &appeal);
	assert!(won.contains("Disputes::NotLoser"), "{won}");
	let insured = ["dispute", "appeal", case, "--side", "provider"];
	let dry_side = cli.json(&[&insured[..], &["--from", "//Ferdie", "--dry-run"]].concat());
	assert_eq!(dry_side["data"]["consequences"]["deposit"], foreseen["deposit"]);

	let appeal_until = shown["appeal_until"].as_u64().expect("appeals have an end");
	let before: Vec<_> = seated.iter().map(|(juror, _)| cli.total_balance(juror)).collect();
	let resolved = resolve_at(cli, case, appeal_until + 1).await;
	event(&resolved, "RoundPaid");
	event(&resolved, "CaseClosed");
	for ((juror, _), before) in seated.iter().zip(before) {
		assert!(cli.total_balance(juror) > before, "{juror} is paid");
	}
	assert_eq!(held(cli, "//Bob", "Disputes.Stake"), 0, "it lost the fee");
	cli.fail(1, &["contract", "status", contract]);
	let juror = cli.json(&["juror", "status", seated[0].0])["data"].take();
	assert_eq!(plancks(&juror["locked"]), 0, "its seat is free again: {juror:#}");
}

/// The salt that `file` keeps.
fn kept(file: &str) -> String {
	let file = fs::read_to_string(file).expect("the salt is kept");
	let file: Value = serde_json::from_str(&file).expect("it is JSON");
	file["salt"].as_str().expect("it is text").to_owned()
}

/// Whoever has a salt while votes are secret finds the vote, and would get a quarter of what the juror
/// has at stake.
fn known_salt_is_denounced(cli: &Cli, case: &str, juror: &str, file: &str) {
	let denounce = ["dispute", "denounce", case, "--juror", juror, "--salt"];
	let salt = kept(file);
	let dry = [&denounce[..], &[&salt, "--from", "//Ferdie", "--dry-run"]].concat();
	let foreseen = cli.json(&dry)["data"]["consequences"].take();
	let (loss, reward) = (plancks(&foreseen["loss"]), plancks(&foreseen["reward"]));
	assert!(loss >= 50 * AIT && loss == 2 * reward, "{foreseen:#}");
	let guessed = cli.send_in_vain(2, "//Ferdie", &[&denounce[..], &[HASH]].concat());
	assert!(guessed.contains("no vote with this salt"), "{guessed}");
}

/// Has `seated` commit and reveal. The first of them hides its vote by a salt in a file.
fn votes(cli: &Cli, case: &str, seated: &[(&str, &str)]) {
	let salt = cli.file("unused", "") + ".salt.json";
	for (place, (juror, vote)) in seated.iter().enumerate() {
		let commit = ["dispute", "commit", case, "--client", vote, "--from", juror];
		let file = ["--salt-file", &salt];
		let more = if place == 0 { &file[..] } else { &[] };
		let dry = cli.json(&[&commit[..], more, &["--dry-run"]].concat());
		let text = dry.to_string();
		assert!(!text.contains("tenths"), "the vote is not shown: {text}");
		// Nobody may reveal before all commitments are final.
		let is_last = place + 1 == seated.len();
		let wait = if is_last { "finalized" } else { "best" };
		let sent = cli.run(&[&commit[..], more, &["--yes", "--wait", wait]].concat());
		assert_eq!(sent.code, Some(0), "{sent:#?}");
		assert!(sent.stderr.contains("show neither your vote nor its salt"), "{sent:#?}");
		if place == 0 {
			known_salt_is_denounced(cli, case, juror, &salt);
		}
		if !is_last {
			let reveal = ["dispute", "reveal", case];
			let early = cli.send_in_vain(1, juror, &[&reveal[..], more].concat());
			assert!(early.contains("votes on case") && early.contains("still secret"), "{early}");
		}
	}
	let late = ["dispute", "denounce", case, "--juror", seated[0].0, "--salt", &kept(&salt)];
	let late = cli.send_in_vain(1, "//Ferdie", &late);
	assert!(late.contains("are no secret any more"), "{late}");
	let stranger = cli.send_in_vain(1, "//Ferdie", &["dispute", "commit", case, "--refuse"]);
	assert!(stranger.contains("is not on the jury"), "{stranger}");
	let without = cli.send_in_vain(2, seated[0].0, &["dispute", "reveal", case]);
	assert!(without.contains("`--salt-file`"), "{without}");
	for (place, (juror, vote)) in seated.iter().enumerate() {
		let file = ["--salt-file", &salt];
		let more = if place == 0 { &file[..] } else { &[] };
		let revealed = cli.send(juror, &[&["dispute", "reveal", case], more].concat());
		let choice = event(&revealed, "VoteRevealed")["choice"].to_string();
		assert!(choice.contains(vote), "{choice}");
	}
	let again = cli.send_in_vain(1, seated[0].0, &["dispute", "reveal", case]);
	assert!(again.contains("it has revealed"), "{again}");
}
