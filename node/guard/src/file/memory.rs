//! A disk for tests, which survives the guards that use it and fails when it is told to.

use super::{Disk, FileError};
use std::{
	io,
	path::Path,
	sync::{Arc, Mutex},
};

/// What the next write does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Fate {
	/// It is done.
	#[default]
	Done,
	/// It fails, and the former file is there.
	FailsBefore,
	/// It fails, and the new file is there.
	FailsAfter,
}

/// A file in memory. Clones have the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
	file: Option<Vec<u8>>,
	fate: Fate,
	writes: usize,
}

impl Memory {
	/// Decides what the next write does.
	pub(crate) fn decide(&self, fate: Fate) {
		self.0.lock().unwrap().fate = fate;
	}

	/// What the file is.
	pub(crate) fn file(&self) -> Option<Vec<u8>> {
		self.0.lock().unwrap().file.clone()
	}

	/// Puts another file in its place, as somebody does who restores an old one.
	pub(crate) fn restore(&self, file: Option<Vec<u8>>) {
		self.0.lock().unwrap().file = file;
	}

	/// How many writes there were.
	pub(crate) fn writes(&self) -> usize {
		self.0.lock().unwrap().writes
	}
}

impl Disk for Memory {
	fn read(&self) -> Result<Option<Vec<u8>>, FileError> {
		Ok(self.file())
	}

	fn replace(&mut self, bytes: &[u8]) -> Result<(), FileError> {
		let mut state = self.0.lock().unwrap();
		let fate = std::mem::take(&mut state.fate);
		if fate != Fate::FailsBefore {
			state.file = Some(bytes.to_vec());
		}
		state.writes += 1;
		match fate {
			Fate::Done => Ok(()),
			_ => Err(FileError::io("write", Path::new("memory"))(io::Error::other("the test's"))),
		}
	}

	fn path(&self) -> &Path {
		Path::new("memory")
	}
}
