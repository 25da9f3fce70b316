//! The folder in which keys are kept, one file for each.

use super::{Error, KeyFile, KeyName};
use std::{
	env, fs,
	io::{ErrorKind, Write},
	path::{Path, PathBuf},
};
use subxt::utils::AccountId32;

/// What the names of key files end in.
const EXTENSION: &str = "json";

/// A key's name, and its file if that is readable.
pub type Listed = (KeyName, Result<KeyFile, Error>);

/// A folder of encrypted keys.
#[derive(Clone, Debug)]
pub struct KeyFolder(PathBuf);

impl KeyFolder {
	/// The folder at `path`, or the user's own: `aitbc/keys` in the XDG data folder.
	pub fn new(path: Option<PathBuf>) -> Result<Self, Error> {
		path.or_else(|| Some(data_folder()?.join("aitbc").join("keys")))
			.map(Self)
			.ok_or(Error::NoFolder)
	}

	/// Where the key `name` is kept, or would be.
	pub fn path_of(&self, name: &KeyName) -> PathBuf {
		self.0.join(format!("{name}.{EXTENSION}"))
	}

	/// Reads the key `name`, which stays encrypted.
	pub fn load(&self, name: &KeyName) -> Result<KeyFile, Error> {
		let path = self.path_of(name);
		match fs::read_to_string(&path) {
			Ok(json) => KeyFile::parse(&path, &json),
			Err(error) if error.kind() == ErrorKind::NotFound => {
				Err(Error::KeyNotFound { name: name.clone(), folder: self.0.clone() })
			},
			Err(error) => Err(Error::io("read", path)(error)),
		}
	}

	/// Warns if others than its owner can read the file of the key `name`.
	pub fn warn_if_exposed(&self, name: &KeyName) {
		super::warn_if_exposed(&self.path_of(name));
	}

	/// The account of the key `name`, which is not an address for `reason`.
	pub fn account(&self, name: &str, reason: &str) -> Result<AccountId32, Error> {
		let key = name.parse().ok().map(|name| self.load(&name));
		match key {
			None | Some(Err(Error::KeyNotFound { .. })) => Err(Error::UnknownAccount {
				name: name.to_owned(),
				folder: self.0.clone(),
				reason: reason.to_owned(),
			}),
			Some(key) => Ok(key?.address()),
		}
	}

	/// Every key in the folder by its name, read or not readable. A missing folder has none.
	pub fn list(&self) -> Result<Vec<Listed>, Error> {
		let entries = match fs::read_dir(&self.0) {
			Ok(entries) => entries,
			Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
			Err(error) => return Err(Error::io("read", &self.0)(error)),
		};
		let mut names = Vec::new();
		for entry in entries {
			let path = entry.map_err(Error::io("read", &self.0))?.path();
			names.extend(name_of(&path));
		}
		names.sort();
		Ok(names.into_iter().map(|name| (name.clone(), self.load(&name))).collect())
	}

	/// Fails if there is a key `name` already.
	pub fn ensure_free(&self, name: &KeyName) -> Result<(), Error> {
		let path = self.path_of(name);
		if path.exists() {
			return Err(Error::Exists { name: name.clone(), path });
		}
		Ok(())
	}

	/// Writes a new key for its owner's eyes only, completely or not at all, and over nothing.
	pub fn store(&self, name: &KeyName, key: &KeyFile) -> Result<PathBuf, Error> {
		make_private_folder(&self.0).map_err(Error::io("make the folder", &self.0))?;
		let path = self.path_of(name);
		// A temporary file is readable by its owner only, and stays so under its final name.
		let mut file =
			tempfile::NamedTempFile::new_in(&self.0).map_err(Error::io("write to", &self.0))?;
		file.write_all(key.to_json().as_bytes()).map_err(Error::io("write", &path))?;
		file.as_file().sync_all().map_err(Error::io("write", &path))?;
		match file.persist_noclobber(&path) {
			Ok(_) => Ok(path),
			Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
				Err(Error::Exists { name: name.clone(), path })
			},
			Err(error) => Err(Error::io("write", path)(error.error)),
		}
	}
}

/// The name of the key in the file at `path`, if it is one.
fn name_of(path: &Path) -> Option<KeyName> {
	if path.extension()? != EXTENSION {
		return None;
	}
	path.file_stem()?.to_str()?.parse().ok()
}

/// Where programs of this user keep data, as the XDG base directory specification says.
pub fn data_folder() -> Option<PathBuf> {
	let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
	absolute("XDG_DATA_HOME").or_else(|| Some(absolute("HOME")?.join(".local").join("share")))
}

/// Makes a folder, and those above it, that only this user can enter.
fn make_private_folder(path: &Path) -> std::io::Result<()> {
	let mut builder = fs::DirBuilder::new();
	#[cfg(unix)]
	std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
	builder.recursive(true).create(path)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::keys::{Password, Phrase, Secret};
	use subxt_signer::DEV_PHRASE;

	fn key(name: &KeyName) -> KeyFile {
		let phrase = Phrase::parse(DEV_PHRASE).expect("it is a phrase");
		let secret = Secret::from_phrase(&phrase).expect("it has a key");
		let password = Password::new("open".to_owned().into()).expect("it is not empty");
		KeyFile::encrypt(name, &secret, &password).expect("it encrypts")
	}

	fn folder() -> (tempfile::TempDir, KeyFolder) {
		let parent = tempfile::tempdir().expect("a temporary folder can be made");
		let folder = KeyFolder::new(Some(parent.path().join("keys"))).expect("it has a path");
		(parent, folder)
	}

	#[test]
	fn keys_should_be_stored_once_and_listed() {
		let (_parent, folder) = folder();
		let name: KeyName = "agent".parse().expect("it is a name");
		let key = key(&name);

		assert!(folder.list().expect("a missing folder is empty").is_empty());
		let path = folder.store(&name, &key).expect("the folder is writable");
		assert!(matches!(folder.store(&name, &key), Err(Error::Exists { .. })));
		assert!(matches!(folder.ensure_free(&name), Err(Error::Exists { .. })));

		fs::write(path.with_file_name("notes.txt"), "").expect("the folder is writable");
		let names: Vec<_> =
			folder.list().expect("it is readable").into_iter().map(|(name, _)| name).collect();
		assert_eq!(names, std::slice::from_ref(&name));
		assert_eq!(folder.load(&name).expect("it is there").address(), key.address());
		assert_eq!(folder.account("agent", "").expect("it is there"), key.address());
	}

	#[cfg(unix)]
	#[test]
	fn keys_should_be_readable_by_their_owner_only() {
		use std::os::unix::fs::PermissionsExt;
		let (_parent, folder) = folder();
		let name = "agent".parse().expect("it is a name");
		let path = folder.store(&name, &key(&name)).expect("the folder is writable");

		let mode =
			|path: &Path| fs::metadata(path).expect("it exists").permissions().mode() & 0o777;
		assert_eq!(mode(&path), 0o600);
		assert_eq!(mode(&folder.0), 0o700);
	}

	#[test]
	fn missing_keys_should_be_named() {
		let (_parent, folder) = folder();
		let name = "nobody".parse().expect("it is a name");
		assert!(matches!(folder.load(&name), Err(Error::KeyNotFound { .. })));
		for name in ["nobody", "5Grwva!"] {
			let error = folder.account(name, "bad checksum").expect_err("there is no such key");
			assert!(error.to_string().contains(name), "{error}");
			assert!(error.to_string().contains("bad checksum"), "{error}");
		}
	}
}
