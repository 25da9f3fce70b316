//! The command line, run as people run it.

use super::wait_until;
use serde_json::Value;
use std::{
	fs,
	path::PathBuf,
	process::{Child, Command, ExitStatus, Stdio},
};
use tempfile::{NamedTempFile, TempDir};

/// The password of every key that tests make.
pub const PASSWORD: &str = "correct horse battery staple";

/// A user of the command line, with a home of their own.
pub struct Cli {
	url: String,
	home: TempDir,
	/// Until when [`Cli::send`] waits.
	wait: &'static str,
}

/// How a command ended.
#[derive(Debug)]
pub struct Run {
	/// Its exit code.
	pub code: Option<i32>,
	/// What it wrote to standard output.
	pub stdout: String,
	/// What it wrote to standard error.
	pub stderr: String,
}

impl Cli {
	/// A user of the node at `url`.
	pub fn new(url: impl Into<String>) -> Self {
		let home = tempfile::tempdir().expect("a temporary folder can be made");
		Self { url: url.into(), home, wait: "best" }
	}

	/// Has this user wait until blocks are final: where several validators author, the best block may be replaced by
	/// another one without the transaction.
	pub fn among_authors(self) -> Self {
		Self { wait: "finalized", ..self }
	}

	/// Has this user ask the node at `url` from now on.
	pub fn ask(&mut self, url: impl Into<String>) {
		self.url = url.into();
	}

	/// A command with `arguments`, in this user's home and with nothing else of the environment.
	pub fn command(&self, arguments: &[&str]) -> Command {
		let mut command = Command::new(env!("CARGO_BIN_EXE_aitbc"));
		command
			.args(arguments)
			.env_clear()
			.env("HOME", self.home.path())
			.env("AITBC_URL", &self.url)
			.env("AITBC_PASSWORD", PASSWORD)
			.stdin(Stdio::null());
		command
	}

	/// Runs a command to its end.
	pub fn run(&self, arguments: &[&str]) -> Run {
		Run::of(self.command(arguments))
	}

	/// Runs a command that must succeed, and reads its JSON.
	pub fn json(&self, arguments: &[&str]) -> Value {
		let run = self.run(&[arguments, &["--output", "json"]].concat());
		assert_eq!(run.code, Some(0), "aitbc {}: {run:#?}", arguments.join(" "));
		serde_json::from_str(&run.stdout).expect("the output is JSON")
	}

	/// Sends a transaction with `arguments` from `key`, waits until the best block has it, or among several authors a
	/// final one, and reads the JSON's data.
	pub fn send(&self, key: &str, arguments: &[&str]) -> Value {
		let how = ["--from", key, "--yes", "--wait", self.wait];
		self.json(&[arguments, &how].concat())["data"].take()
	}

	/// Runs a command that must fail with `code`, and gives what it says.
	pub fn fail(&self, code: i32, arguments: &[&str]) -> String {
		let run = self.run(arguments);
		assert_eq!(run.code, Some(code), "aitbc {}: {run:#?}", arguments.join(" "));
		assert_eq!(run.stdout, "", "an error writes no data");
		run.stderr
	}

	/// Sends a transaction that must fail with `code`, and gives what it says.
	pub fn send_in_vain(&self, code: i32, key: &str, arguments: &[&str]) -> String {
		self.fail(code, &[arguments, &["--from", key, "--yes", "--wait", self.wait]].concat())
	}

	/// Runs a check that must end with `code`, and reads its JSON, which is written all the same.
	pub fn check(&self, code: i32, arguments: &[&str]) -> Value {
		let run = self.run(&[arguments, &["--output", "json"]].concat());
		assert_eq!(run.code, Some(code), "aitbc {}: {run:#?}", arguments.join(" "));
		serde_json::from_str(&run.stdout).expect("the output is JSON")
	}

	/// Starts a command that goes on until it is ended. Its JSON goes into a file.
	pub fn start(&self, arguments: &[&str]) -> Started {
		let file = || tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let (output, talk) = (file(), file());
		let writer = |file: &NamedTempFile| file.reopen().expect("the temporary file is there");
		let mut command = self.command(&[arguments, &["--output", "json"]].concat());
		let child = command.stdout(writer(&output)).stderr(writer(&talk)).spawn();
		Started { child: child.expect("the command line can be run"), output, talk }
	}

	/// Makes a key, and gives its address.
	pub fn new_key(&self, name: &str) -> String {
		let key = self.json(&["account", "new", name]);
		key["data"]["address"].as_str().expect("a key has an address").to_owned()
	}

	/// What `account` owns, free and held, in plancks.
	pub fn total_balance(&self, account: &str) -> u128 {
		plancks(&self.json(&["account", "balance", account])["data"]["total"])
	}

	/// Writes a file into the user's home, and gives its path.
	pub fn file(&self, name: &str, content: &str) -> String {
		let path = self.home.path().join(name);
		fs::write(&path, content).expect("the temporary folder is writable");
		path.display().to_string()
	}

	/// Where the user's keys are.
	pub fn key_folder(&self) -> PathBuf {
		self.home.path().join(".local/share/aitbc/keys")
	}
}

/// A command that goes on. It is killed when it is dropped.
pub struct Started {
	child: Child,
	output: NamedTempFile,
	talk: NamedTempFile,
}

impl Started {
	/// What it has written so far, as far as it is whole.
	pub fn written(&self) -> Vec<Value> {
		let text = fs::read_to_string(self.output.path()).unwrap_or_default();
		let values = serde_json::Deserializer::from_str(&text).into_iter();
		values.map_while(Result::ok).collect()
	}

	/// What it has written to standard error so far.
	pub fn said(&self) -> String {
		fs::read_to_string(self.talk.path()).unwrap_or_default()
	}

	/// Waits until it has written `words` to standard error.
	pub async fn wait_to_say(&self, words: &str) {
		let what = format!("the command to say `{words}`");
		wait_until(&what, || async { self.said().contains(words).then_some(()) }).await;
	}

	/// Waits for its end with exit code `code`, and reads the data of the error that it ends with.
	pub fn fail(&mut self, code: i32) -> Value {
		let ended = self.child.wait().expect("the command can be waited for");
		let said = self.said();
		assert_eq!(ended.code(), Some(code), "{said}");
		let (_, error) = said.split_once("\n{").expect("the error is an object after the talk");
		let error: Value = serde_json::from_str(&format!("{{{error}")).expect("it is JSON");
		error["data"].clone()
	}

	/// Asks it to end with the signal of this name, and gives how it ended.
	pub fn end(&mut self, signal: &str) -> ExitStatus {
		self.signal(signal);
		self.child.wait().expect("the command can be waited for")
	}

	/// Sends it the signal of this name.
	pub fn signal(&self, signal: &str) {
		let id = self.child.id().to_string();
		let sent = Command::new("kill").args(["-s", signal, &id]).status();
		assert!(sent.is_ok_and(|status| status.success()), "no {signal} could be sent");
	}
}

impl Drop for Started {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}

impl Run {
	/// Runs `command` to its end.
	pub fn of(mut command: Command) -> Self {
		let output = command.output().expect("the command line can be run");
		let text = |bytes| String::from_utf8(bytes).expect("the command line writes text");
		Self {
			code: output.status.code(),
			stdout: text(output.stdout),
			stderr: text(output.stderr),
		}
	}
}

/// An amount in JSON: a decimal string of plancks.
pub fn plancks(amount: &Value) -> u128 {
	let text = amount.as_str().unwrap_or_else(|| panic!("{amount} is no amount"));
	text.parse().unwrap_or_else(|_| panic!("{text} is no amount"))
}
