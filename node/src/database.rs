//! A chain's database before it is opened: whether it is there, and whether it is free.

use crate::file::{make_folder, FileError};
use fs4::{FileExt, TryLockError};
use sc_service::{config::DatabaseSource, Configuration, Error as ServiceError};
use std::{
	fs::{self, File, OpenOptions},
	io,
	path::{Path, PathBuf},
};

/// The file that ParityDB locks as long as a process has the database open.
const LOCK: &str = "lock";

/// The file that ParityDB writes when it begins a database.
const METADATA: &str = "metadata";

/// Why a database cannot be worked on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Another process has it open.
	#[error(
		"a node is running on this database ({path}); stop it first, or pass another --base-path"
	)]
	InUse {
		/// The database's folder.
		path: PathBuf,
	},
	/// There is none.
	#[error("there is no database at {path}; {hint}")]
	Missing {
		/// Where it was looked for.
		path: PathBuf,
		/// Where it may be instead.
		hint: String,
	},
	/// The operating system refuses.
	#[error(transparent)]
	File(#[from] FileError),
}

impl From<Error> for ServiceError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

impl From<Error> for sc_cli::Error {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

/// Checks that the database of `config` can be opened, and makes its folder if there is none.
///
/// The SDK does the same and refuses as well, but its errors leave out the path.
pub fn prepare(config: &Configuration) -> Result<(), Error> {
	let Some(path) = config.database.path() else { return Ok(()) };
	make_folder(path, "pass a --base-path where you may write")?;
	lock(&config.database).map(drop)
}

/// Checks that the database of `config` is there and can be opened.
pub fn ensure_exists(config: &Configuration) -> Result<(), Error> {
	let Some(path) = config.database.path() else { return Ok(()) };
	if !is_database(path) {
		let hint = hint(config.base_path.path(), &config.data_path, path);
		return Err(Error::Missing { path: path.into(), hint });
	}
	lock(&config.database).map(drop)
}

/// Keeps other processes from opening `database` as long as the answer is kept, if it exists.
pub fn lock(database: &DatabaseSource) -> Result<Option<File>, Error> {
	let Some(path) = database.path() else { return Ok(None) };
	let unusable = |cause: io::Error| FileError {
		action: "lock the database",
		path: path.into(),
		cause: cause.to_string(),
		remedy: "check who owns its files",
	};
	let file = match OpenOptions::new().read(true).write(true).open(path.join(LOCK)) {
		Ok(file) => file,
		Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
		Err(cause) => return Err(unusable(cause).into()),
	};
	match FileExt::try_lock(&file) {
		Ok(()) => Ok(Some(file)),
		Err(TryLockError::WouldBlock) => Err(Error::InUse { path: path.into() }),
		Err(TryLockError::Error(cause)) => Err(unusable(cause).into()),
	}
}

fn is_database(path: &Path) -> bool {
	path.join(METADATA).is_file()
}

/// Says where the database at `path` may be instead. `base` is what `--base-path` gives, `data`
/// the chain's folder in it.
fn hint(base: &Path, data: &Path, path: &Path) -> String {
	let outer = path.strip_prefix(base).ok().and_then(|inside| {
		let mut folders = base.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
		folders.find(|folder| is_database(&folder.join(inside)))
	});
	if let Some(outer) = outer {
		return format!("did you mean --base-path {}?", outer.display());
	}
	let others = path.strip_prefix(data).map(|inside| siblings(data, inside)).unwrap_or_default();
	if others.is_empty() {
		return "pass the --chain and --base-path of the node whose database it is (with --dev \
		        alone, a node keeps none)"
			.into();
	}
	format!("did you mean the chain {}, which has one in {}?", others.join(" or "), base.display())
}

/// The chains whose folders stand beside `data` and have a database at `inside`.
fn siblings(data: &Path, inside: &Path) -> Vec<String> {
	let Some(Ok(folders)) = data.parent().map(fs::read_dir) else { return Vec::new() };
	let mut chains: Vec<_> = folders
		.filter_map(Result::ok)
		.filter(|folder| is_database(&folder.path().join(inside)))
		.map(|folder| format!("`{}`", folder.file_name().to_string_lossy()))
		.collect();
	chains.sort_unstable();
	chains
}

#[cfg(test)]
mod tests {
	use super::*;
	use tempfile::TempDir;

	/// A `--base-path` with databases of the chains `chains`.
	fn base_with(chains: &[&str]) -> TempDir {
		let base = tempfile::tempdir().expect("a temporary folder can be made");
		for chain in chains {
			let database = database_of(base.path(), chain);
			fs::create_dir_all(&database).expect("the folder is writable");
			for file in [LOCK, METADATA] {
				File::create(database.join(file)).expect("the folder is writable");
			}
		}
		base
	}

	fn data_of(base: &Path, chain: &str) -> PathBuf {
		base.join("chains").join(chain)
	}

	fn database_of(base: &Path, chain: &str) -> PathBuf {
		data_of(base, chain).join("paritydb/full")
	}

	fn hint_at(base: &Path, chain: &str) -> String {
		hint(base, &data_of(base, chain), &database_of(base, chain))
	}

	#[test]
	fn lock_should_fail_when_another_holds_it() {
		let base = base_with(&["dev"]);
		let path = database_of(base.path(), "dev");
		let database = DatabaseSource::ParityDb { path: path.clone() };

		let held = lock(&database).expect("nobody holds it");
		let error = lock(&database).expect_err("it is held").to_string();
		drop(held);

		assert!(error.contains("a node is running on this database"), "{error}");
		assert!(error.contains(&*path.to_string_lossy()), "{error}");
		assert!(lock(&database).is_ok_and(|lock| lock.is_some()));
	}

	#[test]
	fn lock_should_leave_nothing_behind_when_there_is_no_database() {
		let base = base_with(&[]);
		let database = DatabaseSource::ParityDb { path: database_of(base.path(), "dev") };

		assert!(lock(&database).is_ok_and(|lock| lock.is_none()));
		assert!(fs::read_dir(base.path()).is_ok_and(|mut entries| entries.next().is_none()));
	}

	#[test]
	fn hint_should_name_the_chains_that_have_a_database() {
		let base = base_with(&["local", "dev"]);

		let hint = hint_at(base.path(), "testnet");

		assert!(hint.contains("the chain `dev` or `local`"), "{hint}");
	}

	#[test]
	fn hint_should_name_the_base_path_when_a_folder_inside_it_was_given() {
		let base = base_with(&["dev"]);

		let hint = hint_at(&data_of(base.path(), "dev"), "dev");

		assert_eq!(hint, format!("did you mean --base-path {}?", base.path().display()));
	}

	#[test]
	fn hint_should_name_the_options_when_there_is_no_database_around() {
		let base = base_with(&[]);

		let hint = hint_at(base.path(), "dev");

		assert!(hint.contains("--chain and --base-path"), "{hint}");
	}
}
