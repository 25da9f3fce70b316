//! The guard file: a record that lasts.

use crate::{
	document::{self, DocumentError},
	file::{Disk, FileError},
	record::{Merged, Record, UnixTime},
};
use aitbc_core::Hash;
use std::{
	io,
	path::PathBuf,
	time::{Duration, Instant},
};

/// Why there is no guard.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
	/// The guard file or its folder can't be used.
	#[error(transparent)]
	File(#[from] FileError),
	/// The guard file is not what the guard wrote, or of another chain.
	#[error(
		"the guard file {path} can't be used: {cause}. It says what this validator has signed. Move it away; if there is \
		 an export, and nothing was signed since, import that. Without one, be sure that no other node has these keys: \
		 this one will look for it for two minutes before it signs"
	)]
	Broken {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		cause: DocumentError,
	},
	/// There is nothing to export.
	#[error("there is no guard file {path}: no validator of this chain has run there; pass its --chain and --base-path")]
	Missing {
		/// The file.
		path: PathBuf,
	},
	/// What should be imported is no export, or of another chain.
	#[error("nothing is imported: {0}; pass what `aitbc-node guard export` wrote on a node of this chain")]
	Import(DocumentError),
	/// What should be exported can't be written. A mistake of this program.
	#[error("nothing is exported: {0}; please report this")]
	Export(DocumentError),
}

/// How often the guard file was written, and how long that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writes {
	/// Writes that succeeded.
	pub done: u64,
	/// Writes that failed. What they were for was not signed.
	pub failed: u64,
	/// How long all of them took, with the wait for the disk.
	pub time: Duration,
}

/// A record and its file. Nothing but [`Store::update`] changes either.
pub(crate) struct Store {
	disk: Box<dyn Disk>,
	genesis: Hash,
	record: Record,
	writes: Writes,
}

impl Store {
	/// Reads the file, if there is one.
	pub(crate) fn open(disk: Box<dyn Disk>, genesis: Hash) -> Result<Self, GuardError> {
		let record = match disk.read()? {
			Some(bytes) => document::from_file(genesis, &bytes)
				.map_err(|cause| GuardError::Broken { path: disk.path().into(), cause })?,
			None => Record::default(),
		};
		Ok(Self { disk, genesis, record, writes: Writes::default() })
	}

	/// What the file says.
	pub(crate) fn record(&self) -> &Record {
		&self.record
	}

	/// How the writes went.
	pub(crate) fn writes(&self) -> Writes {
		self.writes
	}

	/// Adds what `other` knows. See [`Record::merge`].
	pub(crate) fn add(&mut self, other: &Record) -> Result<Merged, FileError> {
		self.update(UnixTime::default(), |record| Ok(record.merge(other)))
	}

	/// Changes the record, at a time when this node is alone with its keys; if that is not known, the time is 0. The
	/// change is durable when this returns. If this fails, the file may have it or not, and the record has not: what the
	/// change allows was not signed.
	pub(crate) fn update<R, E: From<FileError>>(
		&mut self,
		alone: UnixTime,
		change: impl FnOnce(&mut Record) -> Result<R, E>,
	) -> Result<R, E> {
		let mut changed = self.record.clone();
		let result = change(&mut changed)?;
		if changed == self.record {
			return Ok(result);
		}
		changed.alone = changed.alone.max(alone);
		let bytes = document::to_file(self.genesis, &changed).map_err(|cause| {
			let (action, path) = ("write", self.disk.path().to_owned());
			FileError::Io { action, path, source: io::Error::other(cause) }
		})?;
		let began = Instant::now();
		let written = self.disk.replace(&bytes);
		self.writes.time = self.writes.time.saturating_add(began.elapsed());
		match written {
			Ok(()) => {
				self.writes.done = self.writes.done.saturating_add(1);
				self.record = changed;
				Ok(result)
			},
			Err(error) => {
				self.writes.failed = self.writes.failed.saturating_add(1);
				Err(error.into())
			},
		}
	}
}

#[cfg(test)]
mod tests;
