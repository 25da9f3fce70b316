//! The end of a log that may be large, and what is added to it.

use super::Error;
use std::{
	fs::File,
	io::{self, Read, Seek, SeekFrom},
	path::{Path, PathBuf},
};

/// How much of a log is read at once, in bytes.
const BLOCK: u64 = 64 * 1_024;

/// How much of a log's end is read at most, in bytes.
const MOST: u64 = 64 * 1_024 * 1_024;

/// The last `count` lines of the file at `path`, as far as they are whole, and where they end.
pub fn last_lines(path: &Path, count: usize) -> io::Result<(String, u64)> {
	let mut file = File::open(path)?;
	let end = file.seek(SeekFrom::End(0))?;
	let mut length = BLOCK;
	loop {
		let from = end.saturating_sub(length);
		file.seek(SeekFrom::Start(from))?;
		let mut bytes = Vec::new();
		(&mut file).take(end.saturating_sub(from)).read_to_end(&mut bytes)?;
		let whole = whole_lines(&bytes);
		let breaks = whole.iter().filter(|byte| **byte == b'\n').count();
		// One more than is wanted, since the first line that was read may have begun before.
		if from == 0 || breaks > count || length >= MOST {
			let text = String::from_utf8_lossy(whole);
			let skipped = breaks.saturating_sub(count);
			let lines: Vec<_> = text.lines().skip(skipped).collect();
			let read = u64::try_from(whole.len()).unwrap_or(u64::MAX);
			return Ok((lines.join("\n"), from.saturating_add(read)));
		}
		length = length.saturating_mul(4);
	}
}

/// What of `bytes` ends with a line.
fn whole_lines(bytes: &[u8]) -> &[u8] {
	let end =
		bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last.saturating_add(1));
	bytes.get(..end).unwrap_or_default()
}

/// A log that is followed.
pub struct Tail {
	path: PathBuf,
	/// How far it has been read, in bytes.
	read: u64,
}

impl Tail {
	/// The log at `path`, and its last `count` lines.
	pub fn of(path: PathBuf, count: usize) -> Result<(Self, String), Error> {
		let (lines, read) = last_lines(&path, count).map_err(Error::io("read", &path))?;
		Ok((Self { path, read }, lines))
	}

	/// What was added since, in whole lines. A log that was begun anew is read from its start.
	pub fn more(&mut self) -> Result<Option<String>, Error> {
		let bytes = self.unread().map_err(Error::io("read", &self.path))?;
		let whole = whole_lines(&bytes);
		if whole.is_empty() {
			return Ok(None);
		}
		let length = u64::try_from(whole.len()).unwrap_or(u64::MAX);
		self.read = self.read.saturating_add(length);
		Ok(Some(String::from_utf8_lossy(whole).trim_end().to_owned()))
	}

	fn unread(&mut self) -> io::Result<Vec<u8>> {
		let mut file = File::open(&self.path)?;
		if file.metadata()?.len() < self.read {
			self.read = 0;
		}
		file.seek(SeekFrom::Start(self.read))?;
		let mut bytes = Vec::new();
		file.take(MOST).read_to_end(&mut bytes)?;
		Ok(bytes)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, io::Write};

	#[test]
	fn end_should_be_as_many_whole_lines_as_wanted() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("log");
		let long = "x".repeat(40_000);
		fs::write(&path, format!("one\n{long}\n{long}\ntwo\nthr")).expect("it is writable");
		let last = |count| last_lines(&path, count).expect("it is readable").0;
		assert_eq!(last(1), "two");
		assert_eq!(last(0), "");
		assert_eq!(last(3), format!("{long}\n{long}\ntwo"));
		assert_eq!(last(100), format!("one\n{long}\n{long}\ntwo"));
		fs::write(&path, "").expect("it is writable");
		assert_eq!(last(5), "");
	}

	#[test]
	fn additions_should_be_told_once_they_are_whole() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("log");
		fs::write(&path, "one\ntw").expect("it is writable");
		let (mut tail, lines) = Tail::of(path.clone(), 10).expect("it is readable");
		assert_eq!(lines, "one");
		assert_eq!(tail.more().expect("it is readable"), None);
		let mut log = File::options().append(true).open(&path).expect("it is there");
		writeln!(log, "o\nthree").expect("it is writable");
		assert_eq!(tail.more().expect("it is readable"), Some("two\nthree".into()));
		assert_eq!(tail.more().expect("it is readable"), None);
		fs::write(&path, "anew\n").expect("it is writable");
		assert_eq!(tail.more().expect("it is readable"), Some("anew".into()));
	}
}
