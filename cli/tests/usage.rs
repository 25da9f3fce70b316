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
	assert!(transfer_of("1,5 AIT").contains("`,5 AIT` is no unit"));
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
fn keys_should_be_made_once_and_show_no_secret_unasked() {
	let cli = cli();
	let made = cli.json(&["account", "new", "agent"]);
	assert!(made["data"].get("phrase").is_none(), "{made}");
	let again = cli.fail(2, &["account", "new", "agent"]);
	assert!(again.contains("there is a key `agent` already"), "{again}");
	assert!(cli.fail(2, &["account", "new", "../agent"]).contains("no name for a key"));
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
	assert!(cli.fail(1, &[&sign[..], &["/nowhere"]].concat()).contains("/nowhere"));
	assert!(cli.fail(2, &[&sign[..], &[&card]].concat()).contains("openssl genpkey"));
}

#[test]
fn help_and_completions_should_go_to_standard_output() {
	for arguments in [&["--help"][..], &["completion", "bash"], &["contract", "create", "--help"]] {
		let run = cli().run(arguments);
		assert_eq!(run.code, Some(0), "{run:#?}");
		assert!(run.stdout.contains("aitbc") && run.stderr.is_empty(), "{run:#?}");
	}
}
