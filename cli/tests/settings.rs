//! Profiles and settings, for which no node is needed.

mod harness;

use harness::Cli;
use serde_json::json;

/// A port on which nobody listens: 1 is reserved for a service that nobody runs.
const NOWHERE: &str = "ws://127.0.0.1:1";

/// Another one.
const ELSEWHERE: &str = "ws://127.0.0.1:2";

fn cli() -> Cli {
	Cli::new(NOWHERE)
}

/// What a command says that fails because nobody answers, without a variable for the node.
fn asks(cli: &Cli, arguments: &[&str]) -> String {
	let mut command = cli.command(&[arguments, &["node", "status"]].concat());
	let output = command.env_remove("AITBC_URL").output().expect("it can be run");
	assert_eq!(output.status.code(), Some(3));
	String::from_utf8_lossy(&output.stderr).into()
}

#[test]
fn profiles_should_be_listed_and_switched() {
	let cli = cli();
	let listed = cli.json(&["env", "list"]);
	assert_eq!(listed["kind"], json!("env.list"));
	assert_eq!(listed["data"]["current"], json!("dev"));
	assert_eq!(listed["data"]["profiles"].as_array().map(Vec::len), Some(3));

	let error = cli.fail(2, &["env", "switch", "staging"]);
	assert!(error.contains("aitbc env switch staging --node URL"), "{error}");
	let error = cli.fail(2, &["env", "switch", "mine"]);
	assert!(error.contains("there is no profile `mine`"), "{error}");
	cli.json(&["env", "switch", "mine", "--node", ELSEWHERE]);

	assert_eq!(cli.json(&["env", "list"])["data"]["current"], json!("mine"));
	assert!(asks(&cli, &[]).contains(ELSEWHERE));
	let dev = ["--profile", "dev"];
	let get = cli.json(&[&["config", "get", "url"], &dev[..]].concat());
	assert_eq!(get["data"]["value"], json!("ws://127.0.0.1:9944"));
	// Somebody may listen there.
	cli.json(&[&["config", "set", "url", "ws://127.0.0.1:3"], &dev[..]].concat());
	assert!(asks(&cli, &dev).contains("ws://127.0.0.1:3"));
}

#[test]
fn options_should_count_more_than_variables_and_these_more_than_profiles() {
	let cli = cli();
	cli.json(&["config", "set", "url", ELSEWHERE]);

	assert!(cli.fail(3, &["node", "status"]).contains(NOWHERE));
	assert!(asks(&cli, &[]).contains(ELSEWHERE));
	assert!(asks(&cli, &["--url", "ws://127.0.0.1:3"]).contains("ws://127.0.0.1:3"));
}

#[test]
fn settings_should_be_mended_when_they_name_a_profile_that_is_not_there() {
	let cli = cli();
	let run = |arguments: &[&str]| {
		let mut command = cli.command(arguments);
		let output = command.env("AITBC_PROFILE", "mine").output().expect("it can be run");
		(output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
	};

	let (code, said) = run(&["node", "status", "--output", "json"]);

	assert_eq!(code, Some(2), "{said}");
	let error: serde_json::Value = serde_json::from_str(&said).expect("the error is JSON");
	let message = error["data"]["message"].as_str().expect("it has one");
	assert!(message.contains("no profile `mine`"), "{message}");
	assert_eq!(run(&["--help"]).0, Some(0));
	assert_eq!(run(&["env", "list"]).0, Some(0));
	assert_eq!(run(&["env", "switch", "mine", "--node", ELSEWHERE]).0, Some(0));
	assert_eq!(run(&["config", "view"]).0, Some(0));
}

#[test]
fn settings_should_be_mended_when_somebody_wrote_a_value_that_is_none() {
	let cli = cli();
	cli.json(&["config", "set", "timeout", "5s"]);
	let place = ".config/aitbc/config.json";
	let written = std::fs::read_to_string(cli.file("unused", "").replace("unused", place));
	cli.file(place, &written.expect("it was written").replace("5s", "soon"));

	let error = cli.fail(2, &["node", "status"]);

	assert!(error.contains("`soon` is no value for `timeout`"), "{error}");
	cli.json(&["config", "set", "timeout", "7s"]);
	assert_eq!(cli.json(&["config", "get", "timeout"])["data"]["value"], json!("7s"));
}

#[test]
fn settings_should_be_set_taken_back_and_refused() {
	let cli = cli();
	cli.json(&["config", "set", "timeout", "5s"]);
	cli.json(&["config", "set", "from", "//Bob"]);
	assert_eq!(cli.json(&["config", "get", "from"])["data"]["value"], json!("//Bob"));
	cli.json(&["config", "set", "from"]);
	let error = cli.fail(1, &["config", "get", "from"]);
	assert!(error.contains("`dev` does not set `from`"), "{error}");
	let view = cli.json(&["config", "view"]);
	assert_eq!(view["data"]["settings"]["timeout"], json!("5s"));
	let error = cli.fail(2, &["config", "set", "url", "http://127.0.0.1"]);
	assert!(error.contains("no address of a node"), "{error}");
}

#[test]
fn settings_should_be_the_same_when_they_were_exported_and_imported() {
	let (one, other) = (cli(), cli());
	one.json(&["env", "switch", "mine", "--node", ELSEWHERE]);
	let file = one.file("settings.json", "");

	assert_eq!(one.run(&["config", "export", &file]).code, Some(0));
	assert_eq!(other.run(&["config", "import", &file]).code, Some(0));

	assert_eq!(other.json(&["env", "list"])["data"], one.json(&["env", "list"])["data"]);
	let broken = other.file("broken.json", "{}");
	assert!(other.fail(1, &["config", "import", &broken]).contains("has no settings"));
	assert!(other.fail(1, &["config", "import", "/nowhere"]).contains("/nowhere"));
}
