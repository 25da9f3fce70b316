//! Accounts and the keys that sign for them.
//!
//! A key lives in one encrypted file of the key folder, or is a public development key that
//! anybody derives from its name. Nothing here prints a secret.

mod file;
mod folder;
mod name;
mod password;
mod phrase;

pub use file::{KeyFile, Secret, SecretScalar};
pub use folder::{data_folder, KeyFolder};
#[cfg(test)]
pub use name::development_key;
pub use name::{AccountName, KeyName, SenderName, SignerName};
pub use password::{ask_secret, Password, PasswordArgs};
pub use phrase::{Phrase, WordCount};

use crate::terminal;
use std::{
	fs, io,
	path::{Path, PathBuf},
};
use subxt::utils::AccountId32;
use subxt_signer::polkadot_js_compat;
use zeroize::Zeroizing;

/// Reads a file that holds a secret, and warns if others can read it too.
pub fn read_secret(path: &Path) -> Result<Zeroizing<String>, Error> {
	warn_if_exposed(path);
	fs::read_to_string(path)
		.map(Zeroizing::new)
		.map_err(|source| Error::Unreadable { path: path.to_owned(), source })
}

/// Warns if the file at `path` is one that other users of this machine can read or write.
fn warn_if_exposed(path: &Path) {
	if let Some(mode) = exposed_mode(path) {
		let path = path.display();
		terminal::warn(format!(
			"other users of this machine can get at `{path}` (mode {mode:o}): `chmod 600 {path}`"
		));
	}
}

/// The permissions of the file at `path`, if they give others than its owner any.
#[cfg(unix)]
fn exposed_mode(path: &Path) -> Option<u32> {
	use std::os::unix::fs::PermissionsExt;
	let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
	let mode = metadata.permissions().mode() & 0o777;
	(mode & 0o077 != 0).then_some(mode)
}

/// Where permissions are no modes, nothing is known about them.
#[cfg(not(unix))]
fn exposed_mode(_: &Path) -> Option<u32> {
	None
}

/// What can go wrong with keys, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Neither an environment variable nor a home says where keys are kept.
	#[error("no key folder: `HOME` is not set; name a folder with `--keys` or `AITBC_KEYS`")]
	NoFolder,
	/// A file or folder could not be read or written.
	#[error(
		"cannot {action} `{path}`: {source}; check that it exists and whose it is",
		path = path.display()
	)]
	Io {
		/// What was tried, as a verb.
		action: &'static str,
		/// On which path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// A file that an argument names cannot be read.
	#[error("cannot read `{path}`: {source}; name a file that you can read", path = path.display())]
	Unreadable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// A key of this name exists, and is never overwritten.
	#[error(
		"there is a key `{name}` already, in `{path}`; choose another name",
		path = path.display()
	)]
	Exists {
		/// Its name.
		name: KeyName,
		/// Its file.
		path: PathBuf,
	},
	/// There is no key of this name.
	#[error(
		"no key `{name}` in `{folder}`; {advice}`aitbc account list` shows those there are, `aitbc \
		 account new {name}` makes it",
		folder = folder.display(),
		advice = advice(&name.to_string())
	)]
	KeyNotFound {
		/// The name.
		name: KeyName,
		/// The key folder.
		folder: PathBuf,
	},
	/// A name stands for no account.
	#[error(
		"unknown account `{name}`: no key of that name is in `{folder}`, and as an address it is \
		 wrong ({reason}); {advice}`aitbc account list` shows your keys",
		folder = folder.display(),
		advice = advice(name)
	)]
	UnknownAccount {
		/// The name.
		name: String,
		/// The key folder.
		folder: PathBuf,
		/// Why it is no address.
		reason: String,
	},
	/// Money would go to the account that it comes from.
	#[error(
		"sender and receiver are the same account, {0}: nothing would move but the fee; name \
		 another receiver"
	)]
	SameAccount(AccountId32),
	/// An account has nothing that it could send away.
	#[error("{account} has nothing to send: {reason}; see `aitbc account balance {account}`")]
	NothingToSend {
		/// The account.
		account: AccountId32,
		/// What became of what it has.
		reason: String,
	},
	/// A key's file is damaged, or was never one.
	#[error("`{path}` is no key file: {reason}; restore it from a backup", path = path.display())]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		reason: String,
	},
	/// The password does not open the file, or the file is damaged.
	#[error(
		"cannot decrypt `{path}`: the password is wrong, or the file is damaged; try again",
		path = path.display()
	)]
	Decrypt {
		/// The file.
		path: PathBuf,
	},
	/// A password is needed, and nobody can be asked for it.
	#[error(
		"no password: standard input is no terminal to ask on; give `--password-file` or \
		 `AITBC_PASSWORD`"
	)]
	NoPassword,
	/// The password is empty.
	#[error("the password is empty, which would leave the key unprotected; give another")]
	EmptyPassword,
	/// The two entries of a new password differ.
	#[error("the two passwords differ; try again")]
	PasswordMismatch,
	/// A recovery phrase is none.
	#[error("this is no recovery phrase: {0}; give its 12 to 24 words in their order")]
	Phrase(String),
	/// A development key cannot be derived.
	#[error("`{uri}` is no development key: {reason}; write it as `//Alice`")]
	Development {
		/// What was asked for.
		uri: String,
		/// What is wrong with it.
		reason: String,
	},
	/// An account was to sign whose key is not known.
	#[error(
		"`{0}` is an address, which cannot sign: name a key of the key folder, or `//Alice`; or write \
		 the transaction to a file with `--offline FILE`, and sign it where the key is"
	)]
	CannotSign(AccountId32),
	/// The system gives no randomness.
	#[error("the system gives no random numbers: {0}; no key was made")]
	Random(getrandom::Error),
	/// The encryption failed.
	#[error("cannot encrypt the key: {0}; nothing was written")]
	Encrypt(String),
}

/// What somebody probably means who names an account or a key `name` that there is not.
fn advice(name: &str) -> String {
	name::development_account(name)
		.map_or_else(String::new, |meant| format!("the development account is `{meant}`, and "))
}

impl Error {
	/// Says that `action` failed on `path`.
	fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
		let path = path.into();
		move |source| Self::Io { action, path, source }
	}

	/// Says why the file at `path` could not be decrypted.
	fn decrypt(path: PathBuf, error: polkadot_js_compat::Error) -> Self {
		use polkadot_js_compat::Error as Compat;
		match error {
			Compat::Secretbox(_) => Self::Decrypt { path },
			error => Self::Malformed { path, reason: error.to_string().to_lowercase() },
		}
	}

	/// Whether it was the arguments, rather than the machine, that were at fault.
	pub fn is_usage(&self) -> bool {
		match self {
			Self::Io { .. }
			| Self::Random(_)
			| Self::Encrypt(_)
			| Self::Malformed { .. }
			| Self::NothingToSend { .. } => false,
			Self::NoFolder
			| Self::Unreadable { .. }
			| Self::Exists { .. }
			| Self::KeyNotFound { .. }
			| Self::UnknownAccount { .. }
			| Self::SameAccount(_)
			| Self::Decrypt { .. }
			| Self::CannotSign(_)
			| Self::NoPassword
			| Self::EmptyPassword
			| Self::PasswordMismatch
			| Self::Phrase(_)
			| Self::Development { .. } => true,
		}
	}
}

#[cfg(all(test, unix))]
mod tests {
	use super::*;
	use std::os::unix::fs::PermissionsExt;

	#[test]
	fn files_should_count_as_exposed_when_others_have_any_right() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let path = file.path();
		for (mode, exposed) in
			[(0o600, None), (0o400, None), (0o644, Some(0o644)), (0o602, Some(0o602))]
		{
			let permissions = fs::Permissions::from_mode(mode);
			fs::set_permissions(path, permissions).expect("the file is ours");
			assert_eq!(exposed_mode(path), exposed, "{mode:o}");
		}
		assert_eq!(exposed_mode(Path::new("/nowhere")), None);
		assert_eq!(exposed_mode(Path::new("/dev/null")), None, "it is no file");
	}
}
