//! The file that remembers what was signed, so that nothing is signed twice.

use crate::{
	file::{self, FileError},
	state::{State, StateError},
};
use aitbc_bitcoin::Network;
use bitcoin::hashes::{sha256, Hash};
use codec::{DecodeAll, Encode};
use fs4::{FileExt, TryLockError};
use std::{
	fs::File,
	path::{Path, PathBuf},
};

/// What the file begins with: a name, and the version of what follows.
const MAGIC: [u8; 8] = *b"AITBANC\x01";

/// How many bytes of the file are its checksum.
const CHECKSUM: usize = 32;

/// How many bytes the file may have: more than [`State::check`] allows for.
const LIMIT: u64 = 256 << 20;

/// The file's name in its folder.
const FILE: &str = "anchors";

/// The name of the file that is locked as long as somebody has the journal open.
const LOCK: &str = "lock";

/// What must be durable before anything is sent.
pub trait Store {
	/// Makes `state` durable. It is when this returns; if it fails, the former or this one is.
	fn save(&mut self, state: &State) -> Result<(), JournalError>;
}

/// A folder with the journal, which nobody else has open.
#[derive(Debug)]
pub struct Journal {
	path: PathBuf,
	lock: File,
}

impl Drop for Journal {
	/// Closing the file would not do while a program that is about to be started has it open too.
	fn drop(&mut self) {
		let _ = FileExt::unlock(&self.lock);
	}
}

impl Journal {
	/// Opens the journal in `folder`, which is made if it is not there, and reads what it has. It is of one network and
	/// of one script.
	///
	/// A journal that can't be read is never begun anew: what is in it may have been sent.
	pub fn open(
		folder: &Path,
		network: Network,
		script: &[u8],
	) -> Result<(Self, State), JournalError> {
		file::make_folder(folder)?;
		let lock_path = folder.join(LOCK);
		let lock = file::open_lock(&lock_path)?;
		match FileExt::try_lock(&lock) {
			Ok(()) => {},
			Err(TryLockError::WouldBlock) => {
				return Err(JournalError::InUse { path: folder.into() });
			},
			Err(TryLockError::Error(source)) => {
				return Err(file::not_locked(&lock_path, source).into());
			},
		}
		let journal = Self { path: folder.join(FILE), lock };
		let state = match file::read_private(&journal.path, LIMIT) {
			Ok(bytes) => journal.read(&bytes)?,
			Err(error) if error.is_missing() => State::new(network, script.into()),
			Err(error) => return Err(error.into()),
		};
		if state.network != network || state.script != script {
			return Err(JournalError::OfAnother { path: journal.path.clone() });
		}
		Ok((journal, state))
	}

	fn read(&self, bytes: &[u8]) -> Result<State, JournalError> {
		let broken = |cause: String| JournalError::Broken { path: self.path.clone(), cause };
		decode(bytes).map_err(broken)
	}
}

impl Store for Journal {
	fn save(&mut self, state: &State) -> Result<(), JournalError> {
		// What could not be read again must not be written.
		state.check().map_err(|cause| JournalError::Refused { path: self.path.clone(), cause })?;
		file::replace(&self.path, &encode(state)).map_err(Into::into)
	}
}

/// The bytes of the file.
pub(crate) fn encode(state: &State) -> Vec<u8> {
	let mut bytes = MAGIC.to_vec();
	state.encode_to(&mut bytes);
	let checksum = sha256::Hash::hash(&bytes);
	bytes.extend(checksum.as_byte_array());
	bytes
}

/// Reads exactly what [`encode`] wrote, or says why not.
pub(crate) fn decode(bytes: &[u8]) -> Result<State, String> {
	let split = bytes.len().checked_sub(CHECKSUM).and_then(|at| bytes.split_at_checked(at));
	let (body, checksum) = split.ok_or("it is too short")?;
	let encoded = match body.split_first_chunk::<8>() {
		Some((&MAGIC, encoded)) => encoded,
		Some((other, _)) if other.starts_with(b"AITBANC") => {
			return Err("it was written by another version".into());
		},
		_ => return Err("it is none of a journal".into()),
	};
	if sha256::Hash::hash(body).as_byte_array() != checksum {
		return Err("its checksum is wrong".into());
	}
	let state = State::decode_all(&mut &encoded[..]).map_err(|error| error.to_string())?;
	state.check().map_err(|error| error.to_string())?;
	match state.encode() == encoded {
		true => Ok(state),
		false => Err("it is not written as it should be".into()),
	}
}

/// Why the journal can't be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
	/// The operating system refuses.
	#[error(transparent)]
	File(#[from] FileError),
	/// Another process has it open.
	#[error("another node uses the journal in {path}; stop it first, or give each a folder")]
	InUse {
		/// The folder.
		path: PathBuf,
	},
	/// It is another file, or was changed.
	#[error(
		"the journal {path} can't be read: {cause}. It remembers which Bitcoin transactions were signed: restore it from \
		 a backup. Without one, wait until none of them is in the mempool, and only then remove it"
	)]
	Broken {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		cause: String,
	},
	/// It was made with another key or for another network.
	#[error("the journal {path} is of another wallet or network; give each a folder of its own")]
	OfAnother {
		/// The file.
		path: PathBuf,
	},
	/// What should be written could not be read again. A mistake of this program.
	#[error("the journal {path} was not written: {cause}; please report this")]
	Refused {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		cause: StateError,
	},
}

impl JournalError {
	/// Whether it may be right later: another node may be about to end.
	pub const fn is_transient(&self) -> bool {
		matches!(self, Self::InUse { .. })
	}
}

#[cfg(test)]
mod tests;
