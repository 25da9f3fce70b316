//! What was started and what came of it: the file by which no action is ever started twice.
//!
//! Each step of an action is one line of JSON, and on the disk before the step is taken:
//!
//! ```json
//! {"action":17,"hash":"0x…","step":"started","at":1767225600000,"program":"/usr/bin/true","arguments":[]}
//! {"action":17,"step":"finished","at":1767225601000,"outcome":"succeeded","digest":"0x…"}
//! {"action":17,"step":"reported","at":1767225602000,"outcome":"succeeded"}
//! ```
//!
//! What was started and not finished, because the machine failed meanwhile, is never started again:
//! nobody knows how far it got, and so the chain is told that its outcome is unknown.
//!
//! The file only grows, by about 500 bytes and the arguments for each action. So does the folder of
//! reports beside it, by 180 KB for each action at most, and mostly by 200 bytes. Reports may be
//! deleted when nobody will ask for them any more; lines may not.

use super::{
	command::Prepared,
	exposure::{self, Exposed},
	order::Order,
};
use crate::digest::Hash;
use fs4::FileExt;
use serde::{Deserialize, Serialize};
use std::{
	collections::BTreeMap,
	fmt,
	fs::{DirBuilder, File},
	io::{self, Read, Write},
	os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
	path::{Path, PathBuf},
	time::SystemTime,
};

/// What the name of the folder of reports adds to the journal's.
const REPORTS: &str = ".reports";

/// How far an action got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
	/// Nothing was started for it.
	Unseen,
	/// It was started. Unless it runs right now, nobody knows how it ended.
	Started {
		/// The hash of its order.
		hash: Hash,
	},
	/// It ended.
	Finished {
		/// Whether its program said that it did its work.
		succeeded: bool,
		/// The hash of its report.
		digest: Hash,
	},
	/// The chain was told.
	Reported,
}

/// What the chain is told of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
	/// It was done.
	Succeeded,
	/// It was tried, and was not done.
	Failed,
	/// It was started, and nobody knows how it ended.
	Unknown,
}

/// A step of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepName {
	/// Its program is about to be started.
	Started,
	/// Its program ended.
	Finished,
	/// The chain was told.
	Reported,
}

/// A line of the journal. Which fields it has depends on its step.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
	action: u64,
	#[serde(skip_serializing_if = "Option::is_none")]
	hash: Option<Hash>,
	step: StepName,
	/// In milliseconds since 1970, and for people only.
	at: u64,
	#[serde(skip_serializing_if = "Option::is_none")]
	program: Option<PathBuf>,
	#[serde(skip_serializing_if = "Option::is_none")]
	arguments: Option<Vec<String>>,
	#[serde(skip_serializing_if = "Option::is_none")]
	outcome: Option<Verdict>,
	#[serde(skip_serializing_if = "Option::is_none")]
	digest: Option<Hash>,
}

/// What all lines together say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Standings {
	by_action: BTreeMap<u64, Standing>,
	/// Actions that the chain was not told of, in the order in which they were started.
	unreported: Vec<u64>,
}

/// The journal. While it is open, no other process can open it.
#[derive(Debug)]
pub struct Journal {
	path: PathBuf,
	file: LockedFile,
	standings: Standings,
	/// Whether writing failed, so that nobody knows what is on the disk.
	is_broken: bool,
}

/// A file that no other process has open.
#[derive(Debug)]
struct LockedFile(File);

/// What can go wrong with the journal. Nothing is started then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// A file or folder cannot be read or written.
	#[error(
		"cannot {action} `{path}`: {source}; check that its folder is there and belongs to the \
		 executor's user",
		path = path.display()
	)]
	Io {
		/// What was tried, as a verb.
		action: &'static str,
		/// On which path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// Another process has it open.
	#[error(
		"another executor has the journal `{path}` open; stop it, or give each its own agent and list",
		path = path.display()
	)]
	Locked {
		/// Its path.
		path: PathBuf,
	},
	/// It would keep nothing.
	#[error("the journal `{path}` is no file; name another", path = .0.display())]
	NotAFile(PathBuf),
	/// Others than its owner can read or write it.
	#[error(
		"others than its owner can get at the journal `{path}` (mode {mode:o}); `chmod 600 {path}`",
		path = path.display()
	)]
	Open {
		/// Its path.
		path: PathBuf,
		/// Its permissions.
		mode: u32,
	},
	/// Others can replace it.
	#[error(transparent)]
	Exposed(#[from] Exposed),
	/// A line is not what was written.
	#[error(
		"line {line} of the journal `{path}` is damaged: {reason}; nothing is started, because an \
		 action could be started twice. Restore the journal, or find out which action the line is \
		 about and put its line back",
		path = path.display()
	)]
	Damaged {
		/// Its path.
		path: PathBuf,
		/// Which line, from one.
		line: usize,
		/// What is wrong with it.
		reason: String,
	},
	/// The action was started before.
	#[error(
		"action {action} was started before, and no action is started twice; it is {standing}"
	)]
	AlreadyBegun {
		/// The action.
		action: u64,
		/// How far it got.
		standing: Standing,
	},
	/// The action is not where such a step would follow.
	#[error("action {action} is {standing}, and so cannot be {step}")]
	OutOfOrder {
		/// The action.
		action: u64,
		/// How far it got.
		standing: Standing,
		/// What was to follow.
		step: StepName,
	},
	/// Writing failed before.
	#[error(
		"the journal `{path}` could not be written before, so that nothing is started any more; \
		 see that its disk is well and not full, and start the executor again",
		path = .0.display()
	)]
	Broken(PathBuf),
}

impl fmt::Display for Standing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Unseen => "not started",
			Self::Started { .. } => "started and not finished",
			Self::Finished { .. } => "finished and not reported",
			Self::Reported => "reported",
		})
	}
}

impl fmt::Display for StepName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Started => "started",
			Self::Finished => "finished",
			Self::Reported => "reported",
		})
	}
}

impl Standing {
	/// What the chain is to be told, if there is something to tell.
	pub fn verdict(&self) -> Option<Verdict> {
		match self {
			Self::Unseen | Self::Reported => None,
			Self::Started { .. } => Some(Verdict::Unknown),
			Self::Finished { succeeded: true, .. } => Some(Verdict::Succeeded),
			Self::Finished { succeeded: false, .. } => Some(Verdict::Failed),
		}
	}

	/// How far the action gets with `line`, if the line may follow and has the fields of its step.
	fn after(self, line: &Line) -> Option<Self> {
		let Line { step, hash, program, arguments, outcome, digest, .. } = line;
		let is_command = (program.is_some(), arguments.is_some());
		match (self, step, hash, is_command, outcome, digest) {
			(Self::Unseen, StepName::Started, Some(hash), (true, true), None, None) => {
				Some(Self::Started { hash: *hash })
			},
			(
				Self::Started { .. },
				StepName::Finished,
				None,
				(false, false),
				Some(outcome @ (Verdict::Succeeded | Verdict::Failed)),
				Some(digest),
			) => {
				let succeeded = *outcome == Verdict::Succeeded;
				Some(Self::Finished { succeeded, digest: *digest })
			},
			(_, StepName::Reported, None, (false, false), Some(outcome), None) => {
				(self.verdict() == Some(*outcome)).then_some(Self::Reported)
			},
			_ => None,
		}
	}
}

impl Line {
	/// A line of this moment without the fields of any step.
	fn new(action: u64, step: StepName) -> Self {
		// A clock before 1970 counts as 1970.
		let at = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
		let at = at.as_millis().try_into().unwrap_or(u64::MAX);
		let (hash, program, arguments, outcome, digest) = (None, None, None, None, None);
		Self { action, hash, step, at, program, arguments, outcome, digest }
	}
}

impl Standings {
	/// What whole lines say, or which one is damaged, from one, and why.
	fn read(lines: &[u8]) -> Result<Self, (usize, String)> {
		let mut standings = Self::default();
		for (number, bytes) in (1..).zip(lines.split_inclusive(|byte| *byte == b'\n')) {
			let line: Line =
				serde_json::from_slice(bytes).map_err(|error| (number, reason_of(&error)))?;
			let next = standings.after(&line).map_err(|standing| {
				let (action, step) = (line.action, line.step);
				(number, format!("action {action} is {standing}, and so cannot be {step}"))
			})?;
			standings.set(line.action, next);
		}
		Ok(standings)
	}

	fn of(&self, action: u64) -> Standing {
		self.by_action.get(&action).copied().unwrap_or(Standing::Unseen)
	}

	/// How far the action of `line` gets with it. Fails with how far it is if the line may not follow.
	fn after(&self, line: &Line) -> Result<Standing, Standing> {
		let standing = self.of(line.action);
		standing.after(line).ok_or(standing)
	}

	fn set(&mut self, action: u64, standing: Standing) {
		match standing {
			Standing::Started { .. } => self.unreported.push(action),
			Standing::Reported => self.unreported.retain(|other| *other != action),
			Standing::Unseen | Standing::Finished { .. } => {},
		}
		self.by_action.insert(action, standing);
	}
}

/// Why a line is no JSON of the right form, without the place in it, which is not the line's number.
fn reason_of(error: &serde_json::Error) -> String {
	let text = error.to_string();
	text.split(" at line ").next().unwrap_or_default().to_owned()
}

impl Journal {
	/// Opens the journal at `path` and reads it, or makes it. What a failure of the machine left of a
	/// line is taken off: the step was not taken, because it waits for the whole line.
	pub fn open(path: &Path) -> Result<Self, Error> {
		let file = open_alone(path)?;
		let mut bytes = Vec::new();
		(&file.0).read_to_end(&mut bytes).map_err(Error::io("read", path))?;
		let length = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
		let (lines, torn) = bytes.split_at(length);
		let standings = Standings::read(lines).map_err(|(line, reason)| {
			let path = path.to_owned();
			Error::Damaged { path, line, reason }
		})?;
		if !torn.is_empty() {
			file.0.set_len(length as u64).map_err(Error::io("write", path))?;
		}
		let journal = Self { path: path.to_owned(), file, standings, is_broken: false };
		journal.make_durable()?;
		Ok(journal)
	}

	/// Makes the folder of reports, and sees that all there is stays.
	fn make_durable(&self) -> Result<(), Error> {
		let reports = self.reports();
		DirBuilder::new()
			.recursive(true)
			.mode(0o700)
			.create(&reports)
			.map_err(Error::io("make", &reports))?;
		self.file.0.sync_all().map_err(Error::io("write", &self.path))?;
		sync_folder_of(&self.path)
	}

	/// The folder of reports.
	fn reports(&self) -> PathBuf {
		let mut path = self.path.as_os_str().to_owned();
		path.push(REPORTS);
		path.into()
	}

	/// Where the report of an action is kept, or would be.
	pub fn report_path(&self, action: u64) -> PathBuf {
		self.reports().join(format!("{action}.json"))
	}

	/// How far an action got.
	pub fn standing(&self, action: u64) -> Standing {
		self.standings.of(action)
	}

	/// The actions that the chain is to be told of, in the order in which they were started. Nothing
	/// must run while they are looked at: what runs is among them.
	pub fn unreported(&self) -> Vec<(u64, Standing)> {
		let unreported = self.standings.unreported.iter();
		unreported.map(|action| (*action, self.standing(*action))).collect()
	}

	/// Notes that `prepared` is about to be started for `order`. Only then may it be.
	pub fn begin(&mut self, order: &Order, prepared: &Prepared) -> Result<(), Error> {
		let (action, standing) = (order.action, self.standing(order.action));
		if standing != Standing::Unseen {
			return Err(Error::AlreadyBegun { action, standing });
		}
		self.write(&Line {
			hash: Some(order.hash),
			program: Some(prepared.program.clone()),
			arguments: Some(prepared.arguments.clone()),
			..Line::new(action, StepName::Started)
		})
	}

	/// Keeps the report of an action for its owner's eyes only, completely or not at all, and over no
	/// other.
	pub fn keep_report(&self, action: u64, report: &[u8]) -> Result<(), Error> {
		let (folder, path) = (self.reports(), self.report_path(action));
		// A temporary file is readable by its owner only, and stays so under its final name.
		let mut file =
			tempfile::NamedTempFile::new_in(&folder).map_err(Error::io("write to", &folder))?;
		file.write_all(report).map_err(Error::io("write", &path))?;
		file.as_file().sync_all().map_err(Error::io("write", &path))?;
		file.persist_noclobber(&path).map_err(|error| Error::io("write", &path)(error.error))?;
		sync_folder_of(&path)
	}

	/// Notes how a started action ended; `digest` is the hash of its report.
	pub fn finish(&mut self, action: u64, succeeded: bool, digest: Hash) -> Result<(), Error> {
		let outcome = if succeeded { Verdict::Succeeded } else { Verdict::Failed };
		self.write(&Line {
			outcome: Some(outcome),
			digest: Some(digest),
			..Line::new(action, StepName::Finished)
		})
	}

	/// Notes that the chain was told of an action what [`Standing::verdict`] says.
	pub fn reported(&mut self, action: u64) -> Result<(), Error> {
		let outcome = self.standing(action).verdict();
		self.write(&Line { outcome, ..Line::new(action, StepName::Reported) })
	}

	/// Writes a line if it may follow. When this returns, it is on the disk.
	fn write(&mut self, line: &Line) -> Result<(), Error> {
		if self.is_broken {
			return Err(Error::Broken(self.path.clone()));
		}
		let (action, step) = (line.action, line.step);
		let next = self.standings.after(line);
		let next = next.map_err(|standing| Error::OutOfOrder { action, standing, step })?;
		let failed = || Error::io("write", &self.path);
		let mut bytes = serde_json::to_vec(line).map_err(|error| failed()(error.into()))?;
		bytes.push(b'\n');
		// A failed write may have left a part, and a failed sync whatever it likes: no line may follow.
		self.is_broken = true;
		let file = &mut self.file.0;
		file.write_all(&bytes).and_then(|()| file.sync_data()).map_err(failed())?;
		self.is_broken = false;
		self.standings.set(action, next);
		Ok(())
	}
}

impl Drop for LockedFile {
	/// Closing the file would not do while a program that is about to be started has it open too.
	fn drop(&mut self) {
		let _ = FileExt::unlock(&self.0);
	}
}

impl Error {
	/// Says that `action` failed on `path`.
	fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
		let path = path.into();
		move |source| Self::Io { action, path, source }
	}
}

/// Opens or makes the file at `path`, which nobody else can read, write, replace or have open.
fn open_alone(path: &Path) -> Result<LockedFile, Error> {
	let file = File::options()
		.read(true)
		.append(true)
		.create(true)
		.mode(0o600)
		.open(path)
		.map_err(Error::io("open", path))?;
	let metadata = file.metadata().map_err(Error::io("read", path))?;
	if !metadata.is_file() {
		return Err(Error::NotAFile(path.to_owned()));
	}
	let mode = metadata.permissions().mode() & 0o777;
	if mode & 0o077 != 0 {
		return Err(Error::Open { path: path.to_owned(), mode });
	}
	if let Some(exposed) = exposure::find(path).map_err(Error::io("read", path))? {
		return Err(exposed.into());
	}
	match FileExt::try_lock(&file) {
		Ok(()) => Ok(LockedFile(file)),
		Err(fs4::TryLockError::WouldBlock) => Err(Error::Locked { path: path.to_owned() }),
		Err(fs4::TryLockError::Error(source)) => Err(Error::io("lock", path)(source)),
	}
}

/// Sees that the name of the file or folder at `path` stays.
fn sync_folder_of(path: &Path) -> Result<(), Error> {
	let folder = path.parent().unwrap_or(path);
	File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io("write", folder))
}

#[cfg(test)]
mod tests;
