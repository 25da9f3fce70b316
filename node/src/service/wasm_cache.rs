//! A folder for what the runtime was compiled to, so that later starts need not compile it.

use crate::file::{make_folder, FileError};
use std::{
	fs, io,
	os::unix::fs::{MetadataExt, PermissionsExt},
	path::{Path, PathBuf},
};

/// What to do if the folder can't be used.
const REMEDY: &str = "name another folder with --wasm-cache, or leave the option out";

/// Who else may write: the group, and everybody.
const OTHERS_WRITE: u32 = 0o022;

/// Makes the folder unless it is there, and gives its full path. Fails if anybody but this user can write there: the
/// node runs what it finds.
pub fn prepare(path: &Path) -> Result<PathBuf, FileError> {
	let unusable = |cause: String| FileError {
		action: "keep the compiled runtime in",
		path: path.into(),
		cause,
		remedy: REMEDY,
	};
	let failed = |error: io::Error| unusable(error.to_string());
	if !path.exists() {
		make_folder(path, REMEDY)?;
		fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(failed)?;
	}
	let found = fs::metadata(path).map_err(failed)?;
	if !found.is_dir() {
		return Err(unusable("it is no folder".into()));
	}
	if found.mode() & OTHERS_WRITE != 0 {
		return Err(unusable("others may write there, and so choose what this node runs".into()));
	}
	path.canonicalize().map_err(failed)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn folder_should_be_made_for_this_user_alone() {
		let place = tempfile::tempdir().expect("a temporary folder can be made");
		let path = place.path().join("a/b");

		let made = prepare(&path).expect("it can be made");

		assert!(made.is_absolute());
		assert_eq!(fs::metadata(&made).expect("it is there").mode() & 0o777, 0o700);
		assert!(prepare(&path).is_ok());
	}

	#[test]
	fn folder_should_be_refused_when_others_may_write_there() {
		let place = tempfile::tempdir().expect("a temporary folder can be made");
		for mode in [0o770, 0o702] {
			let permissions = fs::Permissions::from_mode(mode);
			fs::set_permissions(place.path(), permissions).expect("it is our own");

			let error = prepare(place.path()).expect_err("others may write there");

			assert!(error.to_string().contains("--wasm-cache"), "{error}");
		}
	}

	#[test]
	fn file_should_be_refused() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		assert!(prepare(file.path()).expect_err("it is a file").to_string().contains("no folder"));
	}
}
