//! What mistakes get that no node is needed for.

mod harness;

use harness::{Cli, Run};
use std::fs;

/// A port on which nobody listens: 1 is reserved for a service that nobody runs.
const NOWHERE: &str = "ws://127.0.0.1:1";

/// From and to development accounts, with what is missing.
const TRANSFER: [&str; 5] = ["account", "transfer", "//Bob", "--from", "//Alice"];

fn cli() -> Cli {
	Cli::new(NOWHERE)
}

fn transfer_of(amount: &str) -> String {
	cli().fail(2, &[&TRANSFER[..], &[amount]].concat())
}

#[test]
fn amounts_should_be_refused_when_malformed() {
	assert!(transfer_of("12").contains("has no unit: write `12 AIT`"));
	assert!(transfer_of("12 DOT").contains("`DOT` is no unit of money"));
	assert!(transfer_of("1,5 AIT").contains("write `1.5 AIT` with a decimal point"));
	assert!(transfer_of("1,000 AIT").contains("write `1000 AIT`, or `1.000 AIT`"));
	assert!(transfer_of("-5 AIT").contains("`-5 AIT` is negative"));
	assert!(transfer_of("0 AIT").contains("would only cost the fee"));
	assert!(transfer_of("--al").contains("`--al` is no amount, and no option"));
	assert!(transfer_of("0.5 planck").contains("finer than a planck"));
	assert!(transfer_of("much").contains("no amount"));
}

#[test]
fn hosts_should_be_named_when_nobody_answers() {
	for url in [NOWHERE, "ws://no-such-host.invalid:9944"] {
		let error = cli().fail(3, &["node", "status", "--url", url]);
		assert!(error.contains(url) && error.contains("--url"), "{error}");
	}
	assert!(cli().fail(2, &["node", "status", "--url", "http://127.0.0.1"]).contains("ws://"));
}

#[test]
fn accounts_should_be_named_when_unknown() {
	let error = cli().fail(2, &["account", "balance", "nobody"]);
	assert!(error.contains("unknown account `nobody`"), "{error}");
	assert!(error.contains("aitbc account list"), "{error}");
	let error = cli().fail(2, &[&TRANSFER[..3], &["1 AIT", "--from", "nobody"]].concat());
	assert!(error.contains("aitbc account new nobody"), "{error}");
}

#[test]
fn development_accounts_should_be_named_to_who_leaves_out_their_slashes() {
	for arguments in [&["account", "balance", "Alice"][..], &["agent", "list", "--owner", "alice"]]
	{
		let error = cli().fail(2, arguments);
		assert!(error.contains("the development account is `//Alice`"), "{error}");
	}
	let error = cli().fail(2, &[&TRANSFER[..3], &["1 AIT", "--from", "Bob"]].concat());
	assert!(error.contains("the development account is `//Bob`"), "{error}");
}

#[test]
fn development_accounts_should_be_doubted_when_nobody_knows_them() {
	let doubt = |to, from| {
		let said = cli().fail(3, &["account", "transfer", to, "1 AIT", "--from", from, "--yes"]);
		said.contains("none of the well-known development accounts, //Alice, //Bob")
	};
	assert!(doubt("//Alcie", "//Alice"));
	assert!(doubt("//Bob", "//alice"));
	assert!(!doubt("//Bob//stash", "//Alice"));
}

#[test]
fn transfers_should_be_refused_when_they_go_nowhere() {
	for to_oneself in [&["1 AIT"][..], &["--all"]] {
		let transfer = ["account", "transfer", "//Alice", "--from", "//Alice"];
		let error = cli().fail(2, &[&transfer[..], to_oneself].concat());
		assert!(error.contains("sender and receiver are the same account"), "{error}");
	}
	let for_bob = [&TRANSFER[..], &["1 AIT", "--for", "//Bob"]].concat();
	assert!(cli().fail(2, &for_bob).contains("the same account"), "Bob's money is sent to Bob");
}

#[test]
fn passwords_should_be_asked_of_somebody() {
	let cli = cli();
	let mut command = cli.command(&["account", "new", "agent"]);
	command.env_remove("AITBC_PASSWORD");
	let run = Run::of(command);
	assert_eq!(run.code, Some(2), "{run:#?}");
	assert!(run.stderr.contains("--password-file"), "{run:#?}");
	assert!(!cli.key_folder().join("agent.json").exists());
}

#[test]
fn password_files_should_be_named_when_they_are_missing() {
	let cli = cli();
	cli.new_key("agent");
	let transfer = ["account", "import", "other", "--json"];
	let export = cli.key_folder().join("agent.json").display().to_string();
	let arguments = [&transfer[..], &[&export, "--password-file", "/nowhere"]].concat();
	let error = cli.fail(2, &arguments);
	assert!(error.contains("cannot read `/nowhere`"), "{error}");
}

#[test]
fn keys_should_be_made_once_and_show_no_secret_unasked() {
	let cli = cli();
	let made = cli.json(&["account", "new", "agent"]);
	assert!(made["data"].get("phrase").is_none(), "{made}");
	let again = cli.fail(2, &["account", "new", "agent"]);
	assert!(again.contains("there is a key `agent` already"), "{again}");
	assert!(cli.fail(2, &["account", "new", "../agent"]).contains("no name for a key"));
	assert!(cli.fail(2, &["account", "new", "0xdead"]).contains("reads as hexadecimal bytes"));
}

#[cfg(unix)]
#[test]
fn keys_should_be_warned_of_when_others_can_read_them() {
	use std::os::unix::fs::PermissionsExt;
	let cli = cli();
	cli.new_key("agent");
	let path = cli.key_folder().join("agent.json");
	let list = || cli.run(&["account", "list"]).stderr;
	assert_eq!(list(), "");

	fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("the file is ours");

	let advice = format!("(mode 644): `chmod 600 {}`", path.display());
	assert!(list().contains(&advice), "{}", list());
	let sent = cli.fail(3, &["account", "transfer", "//Bob", "1 AIT", "--from", "agent"]);
	assert!(sent.contains(&advice), "{sent}");
}

#[test]
fn keys_should_be_the_same_when_imported_from_phrase_or_file() {
	let cli = cli();
	let made = cli.json(&["account", "new", "one", "--words", "24", "--show-phrase"]);
	let phrase = made["data"]["phrase"].as_str().expect("it was asked for");
	assert_eq!(phrase.split(' ').count(), 24);

	let file = cli.file("phrase.txt", phrase);
	let from_phrase = cli.json(&["account", "import", "two", "--phrase-file", &file]);
	let export = cli.key_folder().join("one.json").display().to_string();
	let from_json = cli.json(&["account", "import", "three", "--json", &export]);

	assert_eq!(made["data"]["address"], from_phrase["data"]["address"]);
	assert_eq!(made["data"]["address"], from_json["data"]["address"]);
	let wrong = cli.file("wrong.txt", "not the password");
	let error =
		cli.fail(2, &["account", "import", "four", "--json", &export, "--password-file", &wrong]);
	assert!(error.contains("the password is wrong"), "{error}");
}

#[test]
fn damaged_keys_should_be_named_and_the_others_listed() {
	let cli = cli();
	cli.new_key("whole");
	fs::write(cli.key_folder().join("broken.json"), "{}").expect("the folder is writable");
	let run = cli.run(&["account", "list"]);
	assert_eq!(run.code, Some(0), "{run:#?}");
	assert!(run.stdout.contains("whole") && !run.stdout.contains("broken"), "{run:#?}");
	assert!(run.stderr.contains("broken.json"), "{run:#?}");
}

#[test]
fn arguments_should_be_explained_when_they_do_not_fit() {
	let create = ["contract", "create", "--provider", "//Bob", "--from", "//Alice", "--terms"];
	let soon = cli().fail(2, &[&create[..], &["terms", "--milestone", "1 AIT@soon"]].concat());
	assert!(soon.contains("`soon` is no due"), "{soon}");
	let debt = cli().fail(2, &[&create[..], &["terms", "--milestone", "-5 AIT@+1h"]].concat());
	assert!(debt.contains("`-5 AIT` is negative"), "{debt}");
	let missing = cli().fail(2, &[&create[..], &["/nowhere", "--milestone", "1 AIT@+1h"]].concat());
	assert!(missing.contains("cannot read `/nowhere`"), "{missing}");
	let fund = ["terms", "--milestone", "1 AIT@+1h", "--fund", "--wait", "none"];
	assert!(cli().fail(2, &[&create[..], &fund].concat()).contains("--fund"));
	assert!(cli().fail(2, &["agent", "register", "--kind", "wizard"]).contains("oracle"));
	let address = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	let signer = cli().fail(2, &["agent", "activate", "0", "--from", address]);
	assert!(signer.contains("is an address, which cannot sign"), "{signer}");
}

#[test]
fn agent_arguments_should_be_explained_when_they_do_not_fit() {
	let cli = cli();
	let offer = ["agent", "capabilities", "set", "0", "--tag", "training.gpu", "--price", "1 AIT"];
	for (arguments, reason) in [
		(&["--performance", "fast"][..], "`fast` is no decimal number"),
		(&["--performance", "9", "--version", "v1"], "`v1` is no version"),
		(&["--performance", "9", "--capacity", "-1"], "-1"),
	] {
		let error = cli.fail(2, &[&offer[..], arguments, &["--from", "//Bob"]].concat());
		assert!(error.contains(reason), "{error}");
	}
	let search = ["agent", "match", "--tag", "training.gpu", "--max-price", "1 AIT"];
	for (arguments, reason) in [
		(&["agent", "card-key", "add", "0", "--key", "rsa:0x01", "--from", "//Bob"][..], "`p256:`"),
		(&["agent", "card-key", "add", "0", "--key", "p256:0x01", "--from", "//Bob"], "66 hexadec"),
		(&["agent", "metadata", "set", "0", "--key", "a", "--from", "//Bob"], "--value-file"),
		(&["agent", "feedback", "0", "--after", "//Alice"], "names no feedback"),
		(&["agent", "heartbeat", "0", "--every", "often", "--from", "//Bob"], "no length of time"),
		(&["agent", "heartbeat", "0", "--every", "--from", "//Bob"], "give `--yes`"),
		(&["agent", "monitor"], "--owner"),
		(&["validation", "dispute", "--from", "//Bob"], "<VALIDATION>"),
		(&["validation", "list"], "--subject"),
		(&["validation", "list", "--validator", "0", "--by", "1"], "--by"),
		(&[&search[..], &["--start", "1"]].concat(), "--job"),
	] {
		let error = cli.fail(2, arguments);
		assert!(error.contains(reason), "{arguments:?}: {error}");
	}
	let register = ["agent", "register", "--kind", "oracle", "--card", "ipfs://a", "--card-hash"];
	let hash = format!("0x{}", "01".repeat(32));
	let metadata = [&hash, "--metadata", "region=eu", "--from", "//Bob", "--wait", "none"];
	let blind = cli.fail(2, &[&register[..], &metadata].concat());
	assert!(blind.contains("leave out `--wait none`"), "{blind}");
	let entry = cli.fail(2, &[&register[..], &[&hash, "--metadata", "region"]].concat());
	assert!(entry.contains("KEY=VALUE"), "{entry}");
}

#[test]
fn governance_and_staking_arguments_should_be_explained_when_they_do_not_fit() {
	let vote = ["governance", "vote", "0", "aye"];
	let propose = ["governance", "propose"];
	for (command, arguments, reason) in [
		(&vote[..], &[][..], "say how much"),
		(&vote, &["5 AIT", "--conviction", "7"], "write 0 to 6"),
		(&vote, &["5 AIT", "--nay", "1 AIT"], "are for `split`"),
		(&propose, &["call", "System.remark", "--track", "root"], "as JSON"),
		(&propose, &["parameter", "Fee", "1"], "agents.RegistrationFee"),
		(&["governance", "delegate"], &["//Eve", "5 AIT"], "--track"),
		(&["validator", "unstake"], &[], "--withdraw"),
		(&["validator", "slash", "force"], &["//Eve", "--era", "0"], "--fraction"),
	] {
		let error = cli().fail(2, &[command, arguments, &["--from", "//Bob"]].concat());
		assert!(error.contains(reason), "{command:?} {arguments:?}: {error}");
	}
	for (arguments, reason) in [
		(&["validator", "rewards"][..], "say whose"),
		(&["validator", "rewards", "//Bob", "--watch"], "`--watch` sends transactions"),
		(&["validator", "rewards", "//Bob", "--watch", "--claim"], "cannot be used with"),
	] {
		let error = cli().fail(2, arguments);
		assert!(error.contains(reason), "{arguments:?}: {error}");
	}
}

#[test]
fn market_arguments_should_be_explained_when_they_do_not_fit() {
	let offer = ["offer", "create", "--capability", "inference.text", "--unit", "token"];
	let terms = ["--price", "1 mAIT", "--max-units", "9", "--from", "//Dave"];
	let offer = [&offer[..], &terms].concat();
	let sla = [&offer[..], &["--latency", "2s", "--availability", "99%"]].concat();
	let hash = format!("0x{}", "01".repeat(32));
	let work = ["--uri", "ipfs://work", "--specification", &hash, "--units", "9"];
	let hire = [&["job", "hire", "0", "--from", "//Bob"], &work[..]].concat();
	for (command, arguments, reason) in [
		(&offer, &["--latency", "fast", "--availability", "99%"][..], "`fast` is no latency"),
		(&offer, &["--latency", "2s", "--availability", "99"], "`99` is no share"),
		(&sla, &["--memory", "16GB"], "`16GB` is no amount of memory"),
		(&sla, &["--gpu", "H100"], "--gpus"),
		(&sla, &["--gpus", "8"], "name them with `--gpu`"),
		(&vec!["offer", "create", "--unit", "day"], &[], "gpu-second"),
		(&sla, &["--privacy", "secret"], "confidential"),
		(&hire, &[], "--milestone"),
		(&hire, &["--milestone", "40%"], "write a share and its due as `40%@2h`"),
		(&hire, &["--milestone", "40@2h"], "`40` is no share"),
		(&hire, &["--stream", "50", "--meter", "50"], "--meter"),
		(&hire, &["--stream", "50", "--signer", "//Bob"], "--signer"),
		(&hire, &["--stream", "50", "--expected", "5"], "`5` has no unit"),
		(&vec!["offer", "list"], &[], "--capability"),
		(&vec!["job", "list"], &[], "--open"),
		(&vec!["job", "collect", "//Dave", "--from", "//Bob"], &["--kind", "all"], "bond"),
		(&vec!["contract", "collect", "0", "--from", "//Bob"], &["--kind", "all"], "penalty"),
	] {
		let error = cli().fail(2, &[command, arguments].concat());
		assert!(error.contains(reason), "{arguments:?}: {error}");
	}
}

#[test]
fn dispute_arguments_should_be_explained_when_they_do_not_fit() {
	let dispute = |verb| vec!["dispute", verb, "0", "--from", "//Bob"];
	let salt = format!("0x{}", "01".repeat(32));
	for (command, arguments, reason) in [
		(dispute("create"), &["--claim", "11"][..], "`11` is no share in tenths"),
		(dispute("create"), &["--claim", "30%"], "write a whole number from 0 to 10"),
		(dispute("create"), &[], "--claim"),
		(dispute("defend"), &["--claim", "-1"], "-1"),
		(dispute("offer"), &["--client", "30"], "`30` is no share"),
		(dispute("accept"), &["--expected", "101%"], "`101%` is no share"),
		(dispute("evidence"), &["--kind", "rumour"], "correspondence"),
		(dispute("commit"), &[], "--client"),
		(dispute("commit"), &["--client", "3", "--refuse"], "cannot be used with"),
		(dispute("commit"), &["--client", "1.5"], "`1.5` is no share in tenths"),
		(dispute("denounce"), &["--juror", "//Eve", "--salt", "0x01"], "64 hexadecimal digits"),
		(dispute("denounce"), &["--salt", &salt], "--juror"),
		(dispute("appeal"), &["--side", "jury"], "provider"),
		(dispute("resolve"), &["--yes", "--wait", "none"], "leave out `--wait none`"),
		(vec!["dispute", "status"], &[], "<CASE>"),
		(vec!["dispute", "status"], &["--mine"], "--from"),
		(vec!["dispute", "status", "0"], &["--mine", "--from", "//Bob"], "cannot be used with"),
		(vec!["contract", "dispute", "0", "--from", "//Bob"], &[], "--claim"),
		(vec!["juror", "bond", "--from", "//Bob"], &["1000"], "`1000` has no unit"),
		(vec!["juror", "unbond", "--from", "//Bob"], &[], "--all"),
		(vec!["juror", "unbond", "--from", "//Bob"], &["1 AIT", "--all"], "cannot be used with"),
		(vec!["juror", "status"], &[], "<ACCOUNT>"),
	] {
		let error = cli().fail(2, &[&command[..], arguments].concat());
		assert!(error.contains(reason), "{command:?} {arguments:?}: {error}");
	}
}

#[test]
fn receipts_that_are_shown_as_facts_should_be_named_when_they_are_none() {
	let cli = cli();
	let decide = ["dispute", "decide", "0", "--from", "//Bob", "--receipt"];
	let missing = cli.fail(2, &[&decide[..], &["/nowhere"]].concat());
	assert!(missing.contains("cannot read `/nowhere`"), "{missing}");
	let other = cli.file("other.json", "{}");
	assert!(cli.fail(2, &[&decide[..], &[&other]].concat()).contains("is no receipt"));
}

#[test]
fn contracts_should_be_paid_in_one_way() {
	let create = ["contract", "create", "--provider", "//Bob", "--from", "//Alice", "--terms"];
	let hash = format!("0x{}", "01".repeat(32));
	let create = [&create[..], &[&hash]].concat();
	for (arguments, reason) in [
		(&[][..], "--milestone"),
		(&["--stream", "1 AIT@+1h", "--milestone", "1 AIT@+1h"], "cannot be used with"),
		(&["--meter", "1 AIT@+1h"], "--units"),
		(&["--stream", "1 AIT"], "has no due: write an amount and its due as `5 AIT@+2h`"),
		(&["--stream", "1 AIT@+1h", "--approver", "//Dave"], "--approver"),
		(&["--milestone", "1 AIT@+1h", "--threshold", "1"], "--approver"),
		(&["--milestone", "1 AIT@+1h", "--bond", "1 AIT", "--fund"], "put up its bond first"),
	] {
		let error = cli().fail(2, &[&create[..], arguments].concat());
		assert!(error.contains(reason), "{arguments:?}: {error}");
	}
}

#[test]
fn vouchers_should_be_signed_and_checked_without_a_node() {
	let cli = cli();
	let genesis = format!("0x{}", "09".repeat(32));
	let sign = ["contract", "voucher", "sign", "7", "--units", "250", "--from", "//Alice"];
	let signed = cli.run(&[&sign[..], &["--genesis", &genesis]].concat());
	assert_eq!(signed.code, Some(0), "{signed:#?}");
	let verify = |content: &str, code| {
		let file = cli.file("voucher.json", content);
		cli.check(code, &["contract", "voucher", "verify", &file, "--offline"])["data"].take()
	};
	let checked = verify(&signed.stdout, 0);
	assert_eq!((&checked["passed"], &checked["voucher"]["units"]), (&true.into(), &250.into()));
	let forged = verify(&signed.stdout.replace("250", "950"), 7);
	assert_eq!(forged["steps"][1]["result"], "failed", "{forged:#}");
	assert_eq!(verify("{}", 7)["steps"][0]["result"], "failed");
	let missing = cli.fail(2, &["contract", "voucher", "verify", "/nowhere", "--offline"]);
	assert!(missing.contains("cannot read `/nowhere`"), "{missing}");
	assert!(cli.fail(3, &sign).contains(NOWHERE), "the node is asked without `--genesis`");
}

/// A receipt of the wallet //Dave, made with `aitbc job submit`.
const RECEIPT: &str = include_str!("receipt.json");

#[test]
fn receipts_should_be_shown_and_checked_without_a_node() {
	let cli = cli();
	let receipt = cli.file("receipt.json", RECEIPT);
	let shown = cli.json(&["job", "receipt", "show", &receipt])["data"].take();
	let evidence = shown["evidence"].as_str().expect("it has a hash").to_owned();
	let verify = |file: &str, code, more: &[&str]| {
		let arguments = ["job", "receipt", "verify", file, "--offline"];
		cli.check(code, &[&arguments[..], more].concat())["data"].take()
	};
	assert_eq!(verify(&receipt, 0, &["--evidence", &evidence])["passed"], true);
	let digit = if RECEIPT.contains("\"signature\": \"0x0") { "1" } else { "0" };
	let at = RECEIPT.find("\"signature\": \"0x").expect("it is signed") + 16;
	let forged = format!("{}{digit}{}", &RECEIPT[..at], &RECEIPT[at + 1..]);
	let forged = verify(&cli.file("forged.json", &forged), 7, &[]);
	assert_eq!(forged["steps"][1]["result"], "failed", "{forged:#}");
	let run = cli.run(&["job", "receipt", "verify", &receipt, "--offline", "--filed", &receipt]);
	assert_eq!(run.code, Some(2), "{run:#?}");
	assert!(cli.fail(2, &["job", "receipt", "show", "/nowhere"]).contains("name the receipt's"));
	assert!(cli.fail(3, &["job", "receipt", "verify", &receipt]).contains(NOWHERE));
}

/// RFC 8410, section 10.3: an example, so that everybody knows its secret.
const KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
	MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
	-----END PRIVATE KEY-----\n";

#[test]
fn cards_should_be_signed_and_checked_without_a_node() {
	let cli = cli();
	let card = cli.file("card.json", r#"{ "name": "a", "version": "1.0" }"#);
	let key = cli.file("key.pem", KEY);
	let check = |file: &str| cli.json(&["agent", "verify-card", file, "--offline"])["data"].take();

	let unsigned = check(&card);
	assert_eq!(unsigned["passed"], true);
	assert_eq!(unsigned["steps"][2]["detail"], "not signed");

	let signed = cli.run(&["agent", "sign-card", &card, "--key-file", &key, "--key-id", "one"]);
	assert_eq!(signed.code, Some(0), "{signed:#?}");
	let public = "ed25519:0x19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
	assert!(signed.stderr.contains(&format!("card-key add AGENT --key {public}")), "{signed:#?}");
	let signed = check(&cli.file("signed.json", &signed.stdout));
	assert_eq!(signed["card_hash"], unsigned["card_hash"], "a signature is not hashed");
	assert_eq!(signed["steps"][2]["detail"], "EdDSA by `one`, well formed; checked against no key");

	let required = ["agent", "verify-card", &card, "--offline", "--require-signature"];
	let run = cli.run(&required);
	assert_eq!(run.code, Some(7), "{run:#?}");
	assert!(run.stderr.contains("signature failed"), "{run:#?}");
	assert!(run.stdout.contains("not signed"), "{run:#?}");
}

#[test]
fn cards_should_be_refused_when_they_have_two_meanings() {
	let cli = cli();
	let card = cli.file("card.json", "{ \"name\": \"a\",\n  \"name\": \"b\" }");
	let run = cli.run(&["agent", "verify-card", &card, "--offline"]);
	assert_eq!(run.code, Some(7), "{run:#?}");
	let reason = "line 2, column 3: a second member is called `name`";
	assert!(run.stdout.contains(reason), "{run:#?}");
	let register = ["agent", "register", "--kind", "oracle", "--card", "ipfs://a", "--card-file"];
	let refused = cli.fail(2, &[&register[..], &[&card, "--from", "//Alice"]].concat());
	assert!(refused.contains(reason) && refused.contains(&card), "{refused}");
}

#[test]
fn card_commands_should_say_what_is_missing() {
	let cli = cli();
	let card = cli.file("card.json", "{}");
	let against = cli.fail(2, &["agent", "verify-card", &card]);
	assert!(against.contains("--agent") && against.contains("--offline"), "{against}");
	let missing = cli.fail(2, &["agent", "verify-card", "/nowhere", "--offline"]);
	assert!(missing.contains("cannot read the agent card `/nowhere`"), "{missing}");
	assert!(cli.fail(3, &["agent", "verify-card", &card, "--agent", "0"]).contains(NOWHERE));
	let sign = ["agent", "sign-card", &card, "--key-file"];
	assert!(cli.fail(2, &[&sign[..], &["/nowhere"]].concat()).contains("/nowhere"));
	assert!(cli.fail(2, &[&sign[..], &[&card]].concat()).contains("openssl genpkey"));
}

#[test]
fn mistakes_should_be_told_in_json_when_it_is_asked_for() {
	for arguments in [
		&["account", "transfer", "//Bob", "12", "--from", "//Alice", "--output", "json"][..],
		&["-o", "json", "contract", "fund"],
		&["-ojson", "teleport"],
		&["-o", "json", "account", "balance", "nobody"],
	] {
		let said = cli().fail(2, arguments);
		let error: serde_json::Value = serde_json::from_str(&said).expect("it is JSON");
		assert_eq!((&error["kind"], &error["data"]["exit_code"]), (&"error".into(), &2.into()));
		let message = error["data"]["message"].as_str().expect("it is text");
		assert!(!message.starts_with("error:") && !message.is_empty(), "{message}");
	}
	let mut command = cli().command(&["teleport"]);
	command.env("AITBC_OUTPUT", "json");
	assert!(Run::of(command).stderr.contains("\"exit_code\": 2"));
	assert!(cli().fail(2, &["teleport"]).starts_with("error: unrecognized subcommand"));
}

#[test]
fn connections_should_be_said_to_be_refused_without_what_said_so() {
	let error = cli().fail(3, &["node", "status"]);
	let reason = format!("cannot connect to `{NOWHERE}`: error when opening the TCP socket: ");
	assert!(error.contains(&reason), "{error}");
	assert!(!error.contains("RPC error"), "{error}");
}

#[test]
fn transactions_should_be_named_by_their_hash() {
	let hash = format!("0x{}", "01".repeat(32));
	let status = ["transaction", "status"];
	for (arguments, reason) in [
		(&["0x12"][..], "`0x12` is no hash"),
		(&[&hash, "--block", "best"], "`best` is no block"),
		(&[&hash, "--blocks", "0"], "0 is not in"),
		(&[&hash, "--blocks", "9", "--block", "9"], "--block"),
	] {
		let error = cli().fail(2, &[&status[..], arguments].concat());
		assert!(error.contains(reason), "{error}");
	}
	assert!(cli().fail(3, &[&status[..], &[&hash]].concat()).contains(NOWHERE));
}

#[test]
fn version_should_name_the_commit() {
	for arguments in [&["--version"][..], &["-V"], &["contract", "--version"]] {
		let run = cli().run(arguments);
		let version = run.stdout.trim().rsplit_once("0.1.0").expect("it names the version").1;
		let commit = version.strip_prefix('-').map(|commit| commit.trim_end_matches("-dirty"));
		let is_commit =
			|text: &str| text.len() == 11 && text.chars().all(|c| c.is_ascii_hexdigit());
		assert!(commit.is_some_and(is_commit) || version == " (unknown commit)", "{run:#?}");
	}
}

#[test]
fn help_and_completions_should_go_to_standard_output() {
	for arguments in [&["--help"][..], &["completion", "bash"], &["contract", "create", "--help"]] {
		let run = cli().run(arguments);
		assert_eq!(run.code, Some(0), "{run:#?}");
		assert!(run.stdout.contains("aitbc") && run.stderr.is_empty(), "{run:#?}");
	}
}
