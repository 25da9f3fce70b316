//! Whether somebody else can change a file that this program relies on.

use std::{
	fs, io,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
};

/// The permissions of group and others to write.
const OTHERS_WRITE: u32 = 0o022;
/// The permission that lets only the owner of a file in a folder rename or delete it.
const STICKY: u32 = 0o1000;

/// A file or folder that others than its owner can write to.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
	"others than its owner can write to `{path}` (mode {mode:o}), and so decide what is done here; \
	 `chmod go-w {path}`",
	path = path.display()
)]
pub struct Exposed {
	/// Its path.
	pub path: PathBuf,
	/// Its permissions.
	pub mode: u32,
}

/// What lets others than its owner change the file at `path`, or put another in its place: the file,
/// or a folder above it. A folder in which only owners may rename, such as `/tmp`, does not.
pub fn find(path: &Path) -> io::Result<Option<Exposed>> {
	let real = path.canonicalize()?;
	// A link on the way could lie in another folder than what it leads to.
	for path in real.ancestors().chain(path.ancestors().filter(|path| path.is_absolute())) {
		let metadata = fs::metadata(path)?;
		let mode = metadata.permissions().mode() & 0o7777;
		let is_kept = metadata.is_dir() && mode & STICKY != 0;
		if mode & OTHERS_WRITE != 0 && !is_kept {
			return Ok(Some(Exposed { path: path.to_owned(), mode: mode & 0o777 }));
		}
	}
	Ok(None)
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::os::unix::fs::symlink;

	fn set_mode(path: &Path, mode: u32) {
		fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is ours");
	}

	/// A folder with one file in it.
	fn file() -> (tempfile::TempDir, PathBuf) {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("file");
		fs::write(&path, "").expect("the folder is ours");
		(folder, path)
	}

	#[test]
	fn files_should_count_as_exposed_when_others_can_write() {
		let (_folder, path) = file();
		for (mode, exposed) in
			[(0o600, false), (0o755, false), (0o620, true), (0o602, true), (0o777, true)]
		{
			set_mode(&path, mode);
			let expected = exposed.then(|| Exposed { path: path.clone(), mode });
			assert_eq!(find(&path).expect("it is there"), expected, "{mode:o}");
		}
	}

	#[test]
	fn files_should_count_as_exposed_when_others_can_replace_them() {
		let (folder, path) = file();
		for (mode, exposed) in [(0o755, false), (0o775, true), (0o757, true), (0o1777, false)] {
			set_mode(folder.path(), mode);
			let found = find(&path).expect("it is there").map(|exposed| exposed.path);
			assert_eq!(found, exposed.then(|| folder.path().to_owned()), "{mode:o}");
		}
	}

	#[test]
	fn files_should_count_as_exposed_when_others_can_replace_a_link_to_them() {
		let (_folder, path) = file();
		let links = tempfile::tempdir().expect("a temporary folder can be made");
		let link = links.path().join("link");
		symlink(&path, &link).expect("the folder is ours");
		assert_eq!(find(&link).expect("it leads to a file"), None);

		set_mode(links.path(), 0o775);
		let exposed = find(&link).expect("it leads to a file").expect("the link can be replaced");
		assert_eq!(exposed.path, links.path());
		let message = exposed.to_string();
		assert!(message.contains("(mode 775)") && message.contains("chmod go-w"), "{message}");
	}

	#[test]
	fn missing_files_should_be_an_error() {
		assert!(find(Path::new("/nowhere/file")).is_err());
	}
}
