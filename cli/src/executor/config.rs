//! The executor's own list of what it may do: `executor.toml`.
//!
//! Whatever the chain asks for, nothing is started that is not on this list. So the list is only read
//! from a file that nobody else can change, and every mistake in it is an error.

use super::{
	command::{Command, CommandError, Entry, Prepared, Refusal},
	exposure::{self, Exposed},
	order::{Order, Target},
};
use serde::Deserialize;
use std::{
	fs::{self, File},
	io::{self, Read},
	path::{Path, PathBuf},
};

/// The most bytes of the file.
const MAX_LENGTH: u64 = 64 * 1024;

/// The most commands in it.
const MAX_COMMANDS: usize = 64;

/// What the executor's owner decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
	/// The executor's agent on the chain.
	pub agent: u64,
	/// The absolute path of the journal.
	pub journal: PathBuf,
	/// The absolute path of the file that stops everything while it exists.
	pub stop_file: PathBuf,
	commands: Vec<Command>,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Content {
	agent: u64,
	journal: PathBuf,
	stop_file: PathBuf,
	#[serde(default)]
	command: Vec<Entry>,
}

/// What is wrong with the file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be read.
	#[error("cannot read `{path}`: {source}; name the executor's list", path = path.display())]
	Unreadable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It is too long.
	#[error(
		"`{path}` has more than {MAX_LENGTH} bytes; is it the executor's list?",
		path = path.display()
	)]
	TooLong {
		/// Its path.
		path: PathBuf,
	},
	/// Others can change it.
	#[error(transparent)]
	Exposed(#[from] Exposed),
	/// It is no TOML, or has other fields.
	#[error("line {line} of `{path}`: {reason}; correct it", path = path.display())]
	Malformed {
		/// Its path.
		path: PathBuf,
		/// Which line is wrong.
		line: usize,
		/// What is wrong with it.
		reason: String,
	},
	/// A path depends on where the executor was started.
	#[error(
		"`{field}` in `{path}` is `{value}`, which is no absolute path; write it from `/` on",
		path = path.display(),
		value = value.display()
	)]
	Relative {
		/// The file.
		path: PathBuf,
		/// The field.
		field: &'static str,
		/// What it says.
		value: PathBuf,
	},
	/// The stop file could not be made.
	#[error(
		"`{file}`, the stop file that `{path}` names, could not be made, because its folder is not \
		 there; make that first",
		path = path.display(),
		file = file.display()
	)]
	NoStopFolder {
		/// The file.
		path: PathBuf,
		/// The stop file.
		file: PathBuf,
	},
	/// It has too many commands.
	#[error("`{path}` lists {count} commands; {MAX_COMMANDS} are the most", path = path.display())]
	TooManyCommands {
		/// Its path.
		path: PathBuf,
		/// How many it lists.
		count: usize,
	},
	/// A command is malformed.
	#[error("command {number} of `{path}`, {kind:?}: {source}", path = path.display())]
	Command {
		/// The file.
		path: PathBuf,
		/// Which command, from one.
		number: usize,
		/// Its kind.
		kind: String,
		/// What is wrong with it.
		source: CommandError,
	},
	/// Two commands stand for the same.
	#[error(
		"`{path}` lists two commands for `{kind}` of {target}; take one of them out",
		path = path.display()
	)]
	Repeated {
		/// The file.
		path: PathBuf,
		/// The kind.
		kind: String,
		/// The target.
		target: Target,
	},
}

impl Config {
	/// Reads and checks the list at `path`.
	pub fn read(path: &Path) -> Result<Self, Error> {
		let unreadable = |source| Error::Unreadable { path: path.to_owned(), source };
		if !fs::metadata(path).map_err(unreadable)?.is_file() {
			return Err(unreadable(io::Error::other("it is no file")));
		}
		if let Some(exposed) = exposure::find(path).map_err(unreadable)? {
			return Err(exposed.into());
		}
		let mut text = String::new();
		let file = File::open(path).map_err(unreadable)?;
		file.take(MAX_LENGTH + 1).read_to_string(&mut text).map_err(unreadable)?;
		if text.len() as u64 > MAX_LENGTH {
			return Err(Error::TooLong { path: path.to_owned() });
		}
		Self::parse(path, &text)
	}

	/// Checks the list `text`; `path` is for errors.
	fn parse(path: &Path, text: &str) -> Result<Self, Error> {
		let path = path.to_owned();
		let content: Content = match toml::from_str(text) {
			Ok(content) => content,
			Err(error) => {
				let (line, reason) = (line_of(&error, text), error.message().replace('\n', ", "));
				return Err(Error::Malformed { path, line, reason });
			},
		};
		let Content { agent, journal, stop_file, command: entries } = content;
		for (field, value) in [("journal", &journal), ("stop-file", &stop_file)] {
			if !value.is_absolute() {
				return Err(Error::Relative { path, field, value: value.clone() });
			}
		}
		if !stop_file.parent().is_some_and(Path::is_dir) {
			return Err(Error::NoStopFolder { path, file: stop_file });
		}
		let commands = read_commands(&path, entries)?;
		Ok(Self { agent, journal, stop_file, commands })
	}

	/// Every command that the list permits.
	pub fn commands(&self) -> &[Command] {
		&self.commands
	}

	/// What is to be run for `order`, if the list permits that.
	pub fn command(&self, order: &Order) -> Result<Prepared, Refusal> {
		let is_meant =
			|command: &&Command| command.kind == order.kind && command.target == order.target;
		let not_listed = || Refusal::NotListed { kind: order.kind.clone(), target: order.target };
		self.commands.iter().find(is_meant).ok_or_else(not_listed)?.prepare(order)
	}
}

/// The line of `text` that is wrong, from one.
fn line_of(error: &toml::de::Error, text: &str) -> usize {
	let place = error.span().map_or(0, |span| span.start);
	let before = text.get(..place).unwrap_or(text);
	before.matches('\n').count() + 1
}

/// Checks the commands of the list at `path`.
fn read_commands(path: &Path, entries: Vec<Entry>) -> Result<Vec<Command>, Error> {
	if entries.len() > MAX_COMMANDS {
		return Err(Error::TooManyCommands { path: path.to_owned(), count: entries.len() });
	}
	let mut commands: Vec<Command> = Vec::new();
	for (number, entry) in (1..).zip(entries) {
		let kind = entry.kind.clone();
		let command = Command::try_from(entry).map_err(|source| {
			let path = path.to_owned();
			Error::Command { path, number, kind, source }
		})?;
		let is_same =
			|other: &Command| other.kind == command.kind && other.target == command.target;
		if commands.iter().any(is_same) {
			let Command { kind, target, .. } = command;
			return Err(Error::Repeated { path: path.to_owned(), kind, target });
		}
		commands.push(command);
	}
	Ok(commands)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{digest::Hash, executor::order::Parameter};
	use std::os::unix::fs::PermissionsExt;

	const LIST: &str = r#"
agent = 7
journal = "/var/lib/aitbc-executor/journal"
stop-file = "/tmp/stop"

[[command]]
kind = "restart-service"
target = "agent:7"
program = "/bin/echo"
arguments = ["restart", "{service}.service"]
time-limit = "60s"

[command.parameters.service]
words = ["aitbc-node", "aitbc-monitor"]

[[command]]
kind = "prune"
target = "network"
program = "/bin/echo"
arguments = []
time-limit = "1h"
"#;

	fn parse(text: &str) -> Result<Config, Error> {
		Config::parse(Path::new("executor.toml"), text)
	}

	/// What is wrong with the list when `from` in it is `to`.
	fn error_with(from: &str, to: &str) -> Error {
		assert!(LIST.contains(from), "{from}");
		let error = parse(&LIST.replacen(from, to, 1)).expect_err("it is malformed");
		assert!(error.to_string().contains("`executor.toml`"), "{error}");
		error
	}

	fn order(kind: &str, target: Target) -> Order {
		let parameters = vec![("service".to_owned(), Parameter::Word("aitbc-node".into()))];
		Order { action: 17, kind: kind.into(), target, parameters, hash: Hash([9; 32]) }
	}

	/// A list as a file.
	fn file(text: &str) -> tempfile::NamedTempFile {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		fs::write(file.path(), text).expect("the file is ours");
		file
	}

	#[test]
	fn lists_should_be_read_from_a_file() {
		let config = Config::read(file(LIST).path()).expect("it is well formed");
		assert_eq!(config.agent, 7);
		assert_eq!(config.journal, Path::new("/var/lib/aitbc-executor/journal"));
		assert_eq!(config.stop_file, Path::new("/tmp/stop"));
		let listed: Vec<_> =
			config.commands().iter().map(|one| (one.kind.as_str(), one.target)).collect();
		assert_eq!(listed, [("restart-service", Target::Agent(7)), ("prune", Target::Network)]);
	}

	#[test]
	fn orders_should_be_prepared_when_they_are_listed() {
		let config = parse(LIST).expect("it is well formed");
		let prepared = config.command(&order("restart-service", Target::Agent(7)));
		let prepared = prepared.expect("it is listed");
		assert_eq!(prepared.arguments, ["restart", "aitbc-node.service"]);
		assert_eq!(prepared.simulation(), None);
	}

	#[test]
	fn orders_should_be_refused_when_they_are_not_listed() {
		let config = parse(LIST).expect("it is well formed");
		for (kind, target) in [
			("restart-service", Target::Agent(8)),
			("restart-service", Target::Network),
			("prune", Target::Validator([7; 32])),
			("Restart-Service", Target::Agent(7)),
			("stop", Target::Agent(7)),
			("", Target::Agent(7)),
		] {
			let refusal = Refusal::NotListed { kind: kind.into(), target };
			assert_eq!(config.command(&order(kind, target)), Err(refusal));
		}
	}

	#[test]
	fn lists_should_permit_nothing_when_they_are_empty() {
		let (head, _) = LIST.split_once("[[command]]").expect("it has commands");
		let config = parse(head).expect("it is well formed");
		let refused = config.command(&order("prune", Target::Network));
		assert!(matches!(refused, Err(Refusal::NotListed { .. })), "{refused:?}");
	}

	#[test]
	fn lists_should_be_refused_when_a_field_is_unknown_or_missing() {
		let lines = [
			("agent = 7", "agents = 7", 2),
			("agent = 7", "agent = -7", 2),
			("agent = 7", "agent = 7\nshell = true", 3),
			("[[command]]\nkind = \"prune\"", "[[commands]]\nkind = \"prune\"", 16),
			("time-limit = \"60s\"", "time-limit = \"60s\"\nuser = \"root\"", 12),
			("time-limit = \"60s\"", "time-limit = 60", 11),
			("program = \"/bin/echo\"", "program = \"/bin/echo", 9),
			("words = [", "regex = [", 14),
			("words = [", "flag = \"-a\"\nwords = [", 14),
			("words = [", "least = 0.5\nwords = [", 14),
		];
		let found = lines.map(|(from, to, _)| match error_with(from, to) {
			Error::Malformed { line, reason, .. } if !reason.contains('\n') => (from, to, line),
			error => panic!("{to}: {error}"),
		});
		assert_eq!(found, lines);
		for field in ["agent = 7", "time-limit = \"60s\"", "kind = \"prune\"", "arguments = []"] {
			let error = error_with(field, "");
			assert!(matches!(error, Error::Malformed { .. }), "{error}");
		}
	}

	#[test]
	fn lists_should_be_refused_when_a_path_is_relative() {
		for (from, to, expected) in [
			("/var/lib/aitbc-executor/journal", "journal", "journal"),
			("/tmp/stop", "./stop", "stop-file"),
		] {
			let error = error_with(from, to);
			assert!(matches!(error, Error::Relative { field, .. } if field == expected), "{error}");
		}
		let error = error_with("/tmp/stop", "/nowhere/stop");
		assert!(matches!(error, Error::NoStopFolder { .. }), "{error}");
	}

	#[test]
	fn lists_should_be_refused_when_a_command_is_malformed() {
		let error = error_with("agent:7", "agents:7");
		assert!(matches!(&error, Error::Command { number: 1, .. }), "{error}");
		let error = error_with("\"1h\"", "\"2h\"");
		assert!(matches!(&error, Error::Command { number: 2, kind, .. } if kind == "prune"));
		assert!(error.to_string().contains("time limit"), "{error}");
	}

	#[test]
	fn lists_should_be_refused_when_two_commands_stand_for_the_same() {
		let twice = LIST.replace("prune", "restart-service").replace("\"network\"", "\"agent:7\"");
		let error = parse(&twice).expect_err("it lists one twice");
		let expected = Target::Agent(7);
		assert!(matches!(error, Error::Repeated { target, .. } if target == expected), "{error}");
		assert!(parse(&LIST.replace("prune", "restart-service")).is_ok());
	}

	#[test]
	fn lists_should_be_refused_when_they_are_too_long() {
		let (head, command) = LIST.rsplit_once("[[command]]").expect("it has commands");
		let many = |count: u64| {
			let commands = (0..count).map(|agent| {
				let command = command.replace("network", &format!("agent:{agent}"));
				format!("[[command]]{command}")
			});
			parse(&(head.to_owned() + &commands.collect::<String>()))
		};
		assert!(many(63).is_ok());
		let error = many(64).expect_err("it has too many");
		assert!(matches!(error, Error::TooManyCommands { count: 65, .. }), "{error}");

		let padded = |length: usize| LIST.to_owned() + &"#".repeat(length - LIST.len());
		assert!(Config::read(file(&padded(64 * 1024)).path()).is_ok());
		let error = Config::read(file(&padded(64 * 1024 + 1)).path()).expect_err("it is too long");
		assert!(matches!(error, Error::TooLong { .. }), "{error}");
	}

	#[test]
	fn lists_should_be_refused_when_others_can_change_them() {
		let file = file(LIST);
		for (mode, refused) in [(0o644, false), (0o664, true), (0o646, true)] {
			let permissions = fs::Permissions::from_mode(mode);
			fs::set_permissions(file.path(), permissions).expect("the file is ours");
			let config = Config::read(file.path());
			assert_eq!(matches!(config, Err(Error::Exposed(_))), refused, "{mode:o}");
			assert_eq!(config.is_err(), refused, "{mode:o}");
		}
	}

	#[test]
	fn lists_should_be_named_when_they_cannot_be_read() {
		for path in ["/nowhere/executor.toml", "/tmp", "/dev/null"] {
			let error = Config::read(Path::new(path)).expect_err("it is no list");
			assert!(matches!(error, Error::Unreadable { .. }), "{error}");
			assert!(error.to_string().contains(path), "{error}");
		}
		let error = Config::read(file("\u{0}").path()).expect_err("it is no TOML");
		assert!(matches!(error, Error::Malformed { line: 1, .. }), "{error}");
	}
}
