//! Accounts and the keys that sign for them.
//!
//! A key lives in one encrypted file of the key folder, or is a public development key that
//! anybody derives from its name. Nothing here prints a secret.

mod file;
mod folder;
mod name;
mod password;
mod phrase;

pub use file::{KeyFile, Secret};
pub use folder::KeyFolder;
pub use name::{AccountName, KeyName, SignerName};
pub use password::{ask_secret, Password, PasswordArgs};
pub use phrase::{Phrase, WordCount};

use std::{
	fs, io,
	path::{Path, PathBuf},
};
use subxt_signer::polkadot_js_compat;
use zeroize::Zeroizing;

/// Reads a file that holds a secret.
pub fn read_secret(path: &Path) -> Result<Zeroizing<String>, Error> {
	fs::read_to_string(path).map(Zeroizing::new).map_err(Error::io("read", path))
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
		"no key `{name}` in `{folder}`; `aitbc account list` shows those there are, `aitbc \
		 account new {name}` makes it",
		folder = folder.display()
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
		 wrong ({reason}); see `aitbc account list`",
		folder = folder.display()
	)]
	UnknownAccount {
		/// The name.
		name: String,
		/// The key folder.
		folder: PathBuf,
		/// Why it is no address.
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
	/// The system gives no randomness.
	#[error("the system gives no random numbers: {0}; no key was made")]
	Random(getrandom::Error),
	/// The encryption failed.
	#[error("cannot encrypt the key: {0}; nothing was written")]
	Encrypt(String),
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
			Self::Io { .. } | Self::Random(_) | Self::Encrypt(_) | Self::Malformed { .. } => false,
			Self::NoFolder
			| Self::Exists { .. }
			| Self::KeyNotFound { .. }
			| Self::UnknownAccount { .. }
			| Self::Decrypt { .. }
			| Self::NoPassword
			| Self::EmptyPassword
			| Self::PasswordMismatch
			| Self::Phrase(_)
			| Self::Development { .. } => true,
		}
	}
}
