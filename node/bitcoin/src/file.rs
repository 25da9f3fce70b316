//! Files that only their owner may read, and that are there whole or not at all.

use std::{
	fs::{self, File},
	io::{self, Read, Write},
	os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt},
	path::{Path, PathBuf},
};
use zeroize::Zeroizing;

/// What may be done with a file of a secret: read and write, by its owner.
const PRIVATE: u32 = 0o600;

/// Why a file can't be read or written.
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
	/// Others than its owner may read or write it.
	#[error("others may use {path}, its mode is {mode:o}; run: chmod 600 {path}")]
	Exposed {
		/// The file.
		path: PathBuf,
		/// What may be done with it.
		mode: u32,
	},
	/// It belongs to another user, who can change what may be done with it.
	#[error("{path} belongs to another user; run: chown {user} {path}")]
	Foreign {
		/// The file.
		path: PathBuf,
		/// The number of the user that this process runs as.
		user: u32,
	},
	/// It is longer than what belongs there can be.
	#[error("{path} has more than {limit} bytes, so it is another file than it should be")]
	TooLong {
		/// The file.
		path: PathBuf,
		/// How many it may have.
		limit: u64,
	},
}

impl FileError {
	/// Says that `action` failed on `path`.
	fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
		let path = path.to_owned();
		move |source| Self::Io { action, path, source }
	}

	/// Whether it says that there is no such file.
	pub fn is_missing(&self) -> bool {
		matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
	}

	/// Whether the file is there already, and was to be new.
	pub fn is_taken(&self) -> bool {
		matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::AlreadyExists)
	}
}

/// Reads a file of at most `limit` bytes.
pub fn read(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
	let file = File::open(path).map_err(FileError::io("read", path))?;
	read_all(file, path, limit)
}

/// Reads a file of at most `limit` bytes that belongs to this user, and that nobody else may use.
pub fn read_private(path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
	let file = File::open(path).map_err(FileError::io("read", path))?;
	// Of the open file, and not of what has its name by now.
	let metadata = file.metadata().map_err(FileError::io("read", path))?;
	let user = rustix::process::geteuid().as_raw();
	let mode = metadata.permissions().mode() & 0o777;
	if mode & 0o077 != 0 {
		return Err(FileError::Exposed { path: path.into(), mode });
	}
	if metadata.uid() != user {
		return Err(FileError::Foreign { path: path.into(), user });
	}
	read_all(file, path, limit)
}

fn read_all(file: File, path: &Path, limit: u64) -> Result<Zeroizing<Vec<u8>>, FileError> {
	let mut bytes = Zeroizing::new(Vec::new());
	let mut bounded = file.take(limit.saturating_add(1));
	bounded.read_to_end(&mut bytes).map_err(FileError::io("read", path))?;
	match u64::try_from(bytes.len()) {
		Ok(length) if length <= limit => Ok(bytes),
		_ => Err(FileError::TooLong { path: path.into(), limit }),
	}
}

/// Writes a file that must not be there yet. It is durable and whole when this returns.
pub fn create(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
	let temporary = beside(path, &format!("{}.new", std::process::id()));
	write(&temporary, bytes)?;
	// A link fails if the name is taken, where a rename would overwrite.
	let linked = fs::hard_link(&temporary, path).map_err(FileError::io("create", path));
	let removed = fs::remove_file(&temporary).map_err(FileError::io("remove", &temporary));
	linked.and(removed)?;
	sync_folder_of(path)
}

/// Writes a file in place of the one that is there, if one is. It is durable when this returns; a crash before
/// leaves the former.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
	let temporary = beside(path, "new");
	write(&temporary, bytes)?;
	fs::rename(&temporary, path).map_err(FileError::io("replace", path))?;
	sync_folder_of(path)
}

/// Removes a file, if there is one.
pub fn remove(path: &Path) -> Result<(), FileError> {
	match fs::remove_file(path).map_err(FileError::io("remove", path)) {
		Err(error) if !error.is_missing() => Err(error),
		_ => Ok(()),
	}
}

/// Makes a folder that only its owner may use, unless there is one.
pub fn make_folder(path: &Path) -> Result<(), FileError> {
	let mut builder = fs::DirBuilder::new();
	std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
	builder.recursive(true).create(path).map_err(FileError::io("make the folder", path))
}

/// Opens a file to lock it, and makes it if there is none.
pub(crate) fn open_lock(path: &Path) -> Result<File, FileError> {
	let mut options = File::options();
	let options = options.read(true).append(true).create(true).mode(PRIVATE);
	options.open(path).map_err(FileError::io("open", path))
}

/// Says that a file can't be locked.
pub(crate) fn not_locked(path: &Path, source: io::Error) -> FileError {
	FileError::io("lock", path)(source)
}

/// The path of a file that becomes another one when it is whole.
fn beside(path: &Path, suffix: &str) -> PathBuf {
	let mut name = path.as_os_str().to_owned();
	name.push(".");
	name.push(suffix);
	name.into()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
	let mut options = File::options();
	let options = options.write(true).create(true).truncate(true).mode(PRIVATE);
	let mut file = options.open(path).map_err(FileError::io("write", path))?;
	// One that is there from before keeps the mode that it had.
	let private = fs::Permissions::from_mode(PRIVATE);
	file.set_permissions(private)
		.and_then(|()| file.write_all(bytes))
		.and_then(|()| file.sync_all())
		.map_err(FileError::io("write", path))
}

/// Sees that the names in the folder of `path` last: Linux `fsync(2)`.
fn sync_folder_of(path: &Path) -> Result<(), FileError> {
	let folder = match path.parent() {
		Some(folder) if !folder.as_os_str().is_empty() => folder,
		_ => Path::new("."),
	};
	let synced = File::open(folder).and_then(|folder| folder.sync_all());
	synced.map_err(FileError::io("write the folder", folder))
}

#[cfg(test)]
mod tests {
	use super::*;

	fn mode(path: &Path) -> u32 {
		fs::metadata(path).unwrap().permissions().mode() & 0o777
	}

	#[test]
	fn replace_should_leave_one_private_file_when_one_was_there() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file");
		fs::write(&path, b"former").unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();

		replace(&path, b"new").unwrap();

		assert_eq!(read_private(&path, 3).unwrap().as_slice(), b"new");
		assert_eq!(mode(&path), 0o600);
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
	}

	#[test]
	fn create_should_refuse_when_the_file_is_there() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file");
		create(&path, b"first").unwrap();

		let error = create(&path, b"second").unwrap_err();

		assert!(error.is_taken(), "{error}");
		assert_eq!(read(&path, 5).unwrap().as_slice(), b"first");
		assert_eq!(mode(&path), 0o600);
		assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
	}

	#[test]
	fn read_private_should_refuse_when_others_may_use_the_file() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file");
		for (mode, is_exposed) in [(0o600, false), (0o400, false), (0o640, true), (0o602, true)] {
			create(&path, b"secret").unwrap();
			fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
			let read = read_private(&path, 100);
			assert_eq!(matches!(read, Err(FileError::Exposed { .. })), is_exposed, "{mode:o}");
			remove(&path).unwrap();
		}
	}

	#[test]
	fn read_should_refuse_when_the_file_is_longer() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file");
		create(&path, &[0; 9]).unwrap();
		assert!(matches!(read(&path, 8), Err(FileError::TooLong { limit: 8, .. })));
		assert_eq!(read(&path, 9).unwrap().len(), 9);
	}
}
