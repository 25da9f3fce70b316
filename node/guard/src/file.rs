//! The folder of the guard file: one process at a time, and a file that is there whole or not at all.

use fs4::{FileExt, TryLockError};
use std::{
	fs::{self, DirBuilder, File, Permissions},
	io::{self, Read, Write},
	os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
	path::{Path, PathBuf},
};

/// What may be done with the file: read and write, by its owner. What it holds is no secret, but whoever can change
/// it can have the validator slashed.
const MODE: u32 = 0o600;

/// The most bytes that are read. A key has 7 kB, so there is room for a thousand.
const LIMIT: u64 = 8 << 20;

/// The name of the file that is locked as long as somebody uses the folder.
const LOCK: &str = "lock";

/// Why a file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
	/// The operating system refuses.
	#[error("cannot {action} {path}: {source}")]
	Io {
		/// What was tried, such as `read`.
		action: &'static str,
		/// The file or folder.
		path: PathBuf,
		/// Why.
		source: io::Error,
	},
	/// Another process uses the folder.
	#[error("another process uses the guard file in {path}: stop that node first")]
	InUse {
		/// The folder.
		path: PathBuf,
	},
	/// It is longer than a guard file can be.
	#[error("{path} has more than {LIMIT} bytes, so it is no guard file")]
	TooLong {
		/// The file.
		path: PathBuf,
	},
}

impl FileError {
	/// Says that `action` failed on `path`.
	fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
		let path = path.to_owned();
		move |source| Self::Io { action, path, source }
	}
}

/// Where a guard file is kept. Only one is in use at a time.
pub(crate) trait Disk: Send {
	/// The file, if there is one.
	fn read(&self) -> Result<Option<Vec<u8>>, FileError>;

	/// Writes the file in place of the one that is there. It is durable when this returns. If this fails or is
	/// interrupted, either is there, and whole.
	fn replace(&mut self, bytes: &[u8]) -> Result<(), FileError>;

	/// The file's name for messages.
	fn path(&self) -> &Path;
}

/// A folder that this process has locked.
#[derive(Debug)]
pub(crate) struct Folder {
	path: PathBuf,
	lock: File,
}

impl Folder {
	/// Locks `folder`, which is made if it is not there, to use its file `name`.
	pub(crate) fn lock(folder: &Path, name: &str) -> Result<Self, FileError> {
		let mut builder = DirBuilder::new();
		let made = builder.mode(0o700).recursive(true).create(folder);
		made.map_err(FileError::io("make the folder", folder))?;
		sync_folder_of(folder)?;
		let path = folder.join(LOCK);
		let mut options = File::options();
		let options = options.read(true).append(true).create(true).mode(MODE);
		let lock = options.open(&path).map_err(FileError::io("open", &path))?;
		match FileExt::try_lock(&lock) {
			Ok(()) => Ok(Self { path: folder.join(name), lock }),
			Err(TryLockError::WouldBlock) => Err(FileError::InUse { path: folder.into() }),
			Err(TryLockError::Error(source)) => Err(FileError::io("lock", &path)(source)),
		}
	}
}

impl Drop for Folder {
	/// Closing the file would not do while a program that is about to be started has it open too.
	fn drop(&mut self) {
		let _ = FileExt::unlock(&self.lock);
	}
}

impl Disk for Folder {
	fn read(&self) -> Result<Option<Vec<u8>>, FileError> {
		read(&self.path)
	}

	/// The new file is synced before it gets the name, and the folder after: Linux `rename(2)` and `fsync(2)`. So
	/// no write is ever torn, and a file that can't be read was damaged later: that has to be told from one that was
	/// never finished, since only what the latter says may be given up.
	fn replace(&mut self, bytes: &[u8]) -> Result<(), FileError> {
		let temporary = self.path.with_extension("new");
		let written = write(&temporary, bytes);
		written.map_err(FileError::io("write", &temporary))?;
		fs::rename(&temporary, &self.path).map_err(FileError::io("replace", &self.path))?;
		sync_folder_of(&self.path)
	}

	fn path(&self) -> &Path {
		&self.path
	}
}

/// Reads a file, if it is there.
pub(crate) fn read(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
	let file = match File::open(path) {
		Ok(file) => file,
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
		Err(error) => return Err(FileError::io("read", path)(error)),
	};
	let mut bytes = Vec::new();
	let mut bounded = file.take(LIMIT.saturating_add(1));
	bounded.read_to_end(&mut bytes).map_err(FileError::io("read", path))?;
	match u64::try_from(bytes.len()) {
		Ok(length) if length <= LIMIT => Ok(Some(bytes)),
		_ => Err(FileError::TooLong { path: path.into() }),
	}
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
	let mut options = File::options();
	let mut file = options.write(true).create(true).truncate(true).mode(MODE).open(path)?;
	// One that a crash has left keeps the mode that it had.
	file.set_permissions(Permissions::from_mode(MODE))?;
	file.write_all(bytes)?;
	file.sync_all()
}

/// Sees that the names in the folder of `path` last.
fn sync_folder_of(path: &Path) -> Result<(), FileError> {
	let folder = match path.parent() {
		Some(folder) if !folder.as_os_str().is_empty() => folder,
		_ => Path::new("."),
	};
	let synced = File::open(folder).and_then(|folder| folder.sync_all());
	synced.map_err(FileError::io("sync the folder", folder))
}

/// The paths of the files in `folder` that end like `extension`, in order. None, if there is no folder.
pub(crate) fn list(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, FileError> {
	let entries = match fs::read_dir(folder) {
		Ok(entries) => entries,
		Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
		Err(error) => return Err(FileError::io("read", folder)(error)),
	};
	let mut paths = Vec::new();
	for entry in entries {
		let path = entry.map_err(FileError::io("read", folder))?.path();
		if path.extension().is_some_and(|found| found == extension) {
			paths.push(path);
		}
	}
	paths.sort();
	Ok(paths)
}

#[cfg(test)]
pub(crate) mod memory;

#[cfg(test)]
mod tests {
	use super::*;

	fn names(folder: &Path) -> Vec<String> {
		let entries = fs::read_dir(folder).unwrap();
		let mut names: Vec<_> =
			entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
		names.sort();
		names
	}

	#[test]
	fn file_should_be_none_when_none_was_written() {
		let folder = tempfile::tempdir().unwrap();

		let disk = Folder::lock(&folder.path().join("new"), "file.guard").unwrap();

		assert_eq!(disk.read().unwrap(), None);
	}

	#[test]
	fn replace_should_leave_one_private_file_when_one_was_there() {
		let folder = tempfile::tempdir().unwrap();
		let mut disk = Folder::lock(folder.path(), "file.guard").unwrap();
		disk.replace(b"former").unwrap();
		// What a crash before the rename leaves.
		fs::write(folder.path().join("file.new"), b"half of a longer").unwrap();

		disk.replace(b"new").unwrap();

		assert_eq!(disk.read().unwrap().as_deref(), Some(&b"new"[..]));
		assert_eq!(names(folder.path()), ["file.guard", "lock"]);
		let mode = fs::metadata(disk.path()).unwrap().permissions().mode();
		assert_eq!(mode & 0o777, 0o600);
	}

	#[test]
	fn read_should_give_the_former_file_when_the_new_one_was_not_finished() {
		let folder = tempfile::tempdir().unwrap();
		let mut disk = Folder::lock(folder.path(), "file.guard").unwrap();
		disk.replace(b"former").unwrap();

		fs::write(folder.path().join("file.new"), b"ne").unwrap();

		assert_eq!(disk.read().unwrap().as_deref(), Some(&b"former"[..]));
	}

	#[test]
	fn lock_should_fail_when_the_folder_is_in_use() {
		let folder = tempfile::tempdir().unwrap();
		let first = Folder::lock(folder.path(), "file.guard").unwrap();

		let second = Folder::lock(folder.path(), "other.guard");

		assert!(matches!(second, Err(FileError::InUse { .. })), "{second:?}");
		drop(first);
		Folder::lock(folder.path(), "file.guard").unwrap();
	}

	#[test]
	fn read_should_fail_when_the_file_is_too_long() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file.guard");
		let length = usize::try_from(LIMIT).unwrap();

		fs::write(&path, vec![0; length]).unwrap();
		assert_eq!(read(&path).unwrap().map(|bytes| bytes.len()), Some(length));

		fs::write(&path, vec![0; length + 1]).unwrap();
		assert!(matches!(read(&path), Err(FileError::TooLong { .. })));
	}
}
