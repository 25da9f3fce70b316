//! What shows that blocks are final, on disk. Later it may be gone: nodes forget most justifications.
//!
//! Each thing is a file of its own, written whole or not at all, and never changed.

use aitbc_bitcoin::Txid;
use aitbc_evidence::{Bundle, Finality, SetChange, MAX_LENGTH};
use aitbc_node_bitcoin::file::{self, FileError};
use aitbc_runtime::BlockNumber;
use codec::{DecodeAll, Encode};
use std::{
	fs, io,
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// The most bytes of a file: what a bundle may have.
const LIMIT: u64 = MAX_LENGTH as u64;

/// Why the archive could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
	/// The disk.
	#[error(transparent)]
	File(#[from] FileError),
	/// A folder.
	#[error("cannot use the folder {path}: {cause}; let this node write there")]
	Folder {
		/// The folder.
		path: PathBuf,
		/// What the system says.
		cause: io::Error,
	},
	/// What is in a file is not what was written.
	#[error("{0} is damaged; put it back from a copy, or remove it, and with it what it proves")]
	Damaged(PathBuf),
}

/// The folder.
#[derive(Clone, Debug)]
pub struct Archive {
	folder: PathBuf,
}

impl Archive {
	/// Opens the archive in `folder`, which is made if there is none.
	pub fn open(folder: PathBuf) -> Result<Self, ArchiveError> {
		for part in ["changes", "finality", "bundles", "funding"] {
			let path = folder.join(part);
			fs::create_dir_all(&path).map_err(|cause| ArchiveError::Folder { path, cause })?;
		}
		Ok(Self { folder })
	}

	/// The next block to look at for a change of the set.
	pub fn cursor(&self) -> Result<BlockNumber, ArchiveError> {
		Ok(self.read(&self.folder.join("cursor"))?.unwrap_or(1))
	}

	/// Goes on to `next`, once all changes before are written.
	pub fn set_cursor(&self, next: BlockNumber) -> Result<(), ArchiveError> {
		Ok(file::replace(&self.folder.join("cursor"), &next.encode())?)
	}

	/// How the set `set_id` gave way to the next, if it did.
	pub fn change(&self, set_id: u64) -> Result<Option<SetChange>, ArchiveError> {
		self.read(&self.path("changes", set_id))
	}

	/// Writes down how the set `set_id` gave way to the next.
	pub fn put_change(&self, set_id: u64, change: &SetChange) -> Result<(), ArchiveError> {
		Ok(file::replace(&self.path("changes", set_id), &change.encode())?)
	}

	/// How many sets gave way to another: they are counted from 0, without a gap.
	pub fn changes(&self) -> Result<u64, ArchiveError> {
		Ok(self.numbers("changes")?.max().map_or(0, |last| last.saturating_add(1)))
	}

	/// The numbers that files of a part have as names.
	fn numbers(&self, part: &str) -> Result<impl Iterator<Item = u64>, ArchiveError> {
		let path = self.folder.join(part);
		let entries = fs::read_dir(&path);
		let entries = entries.map_err(|cause| ArchiveError::Folder { path, cause })?;
		Ok(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()?.parse().ok()))
	}

	/// What shows that the block `height` is final, if that was written down.
	pub fn finality(&self, height: BlockNumber) -> Result<Option<Finality>, ArchiveError> {
		self.read(&self.path("finality", height.into()))
	}

	/// Whether there is what shows that the block `height` is final.
	pub fn has_finality(&self, height: BlockNumber) -> bool {
		self.path("finality", height.into()).exists()
	}

	/// Writes down what shows that the block `height` is final.
	pub fn put_finality(
		&self,
		height: BlockNumber,
		finality: &Finality,
	) -> Result<(), ArchiveError> {
		Ok(file::replace(&self.path("finality", height.into()), &finality.encode())?)
	}

	/// The bundle of the anchored block `height`, without the changes of the set: these it shares with the others.
	pub fn bundle(&self, height: BlockNumber) -> Result<Option<Bundle>, ArchiveError> {
		let path = self.path("bundles", height.into());
		let Some(bytes) = read_bytes(&path)? else { return Ok(None) };
		Bundle::from_bytes(&bytes).map(Some).map_err(|_| ArchiveError::Damaged(path))
	}

	/// The newest block that there is a bundle of.
	pub fn last_bundle(&self) -> Result<Option<u64>, ArchiveError> {
		Ok(self.numbers("bundles")?.max())
	}

	/// Whether the bundle of the anchored block `height` is complete.
	pub fn has_bundle(&self, height: BlockNumber) -> bool {
		self.path("bundles", height.into()).exists()
	}

	/// Writes the bundle of the anchored block `height` down, which must have no changes.
	pub fn put_bundle(&self, height: BlockNumber, bundle: &Bundle) -> Result<(), ArchiveError> {
		Ok(file::replace(&self.path("bundles", height.into()), &bundle.to_bytes())?)
	}

	/// The transaction with this id, without witnesses, if it was kept.
	pub fn funding(&self, txid: Txid) -> Result<Option<Vec<u8>>, ArchiveError> {
		let path = self.folder.join("funding").join(txid.to_string());
		Ok(read_bytes(&path)?.map(|bytes| bytes.to_vec()))
	}

	/// Keeps a transaction, without witnesses.
	pub fn put_funding(&self, txid: Txid, bytes: &[u8]) -> Result<(), ArchiveError> {
		Ok(file::replace(&self.folder.join("funding").join(txid.to_string()), bytes)?)
	}

	fn path(&self, part: &str, number: u64) -> PathBuf {
		self.folder.join(part).join(number.to_string())
	}

	fn read<T: DecodeAll>(&self, path: &Path) -> Result<Option<T>, ArchiveError> {
		let Some(bytes) = read_bytes(path)? else { return Ok(None) };
		let decoded = T::decode_all(&mut &bytes[..]);
		decoded.map(Some).map_err(|_| ArchiveError::Damaged(path.into()))
	}
}

/// The bytes of a file, if there is one.
fn read_bytes(path: &Path) -> Result<Option<Zeroizing<Vec<u8>>>, ArchiveError> {
	match file::read(path, LIMIT) {
		Ok(bytes) => Ok(Some(bytes)),
		Err(error) if error.is_missing() => Ok(None),
		Err(error) => Err(error.into()),
	}
}
