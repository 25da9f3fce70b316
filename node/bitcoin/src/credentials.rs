//! How this node shows Bitcoin Core who it is.
//!
//! Never on the command line, which every user of the machine can read.

use crate::file::{self, FileError};
use base64::{engine::general_purpose::STANDARD, Engine};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// How many bytes the file may have. Core's cookie has 75.
const LIMIT: u64 = 4096;

/// Where user and password of Bitcoin Core are. They are read for each request, and kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
	/// Core's cookie, `user:password` in one line. Core writes a new one at each start (`src/rpc/request.cpp`
	/// `GenerateAuthCookie`), and says itself who may read it (`-rpccookieperms`).
	Cookie(PathBuf),
	/// A file of two lines, the user and the password, that nobody else may read.
	File(PathBuf),
}

impl Credentials {
	/// The file.
	pub fn path(&self) -> &Path {
		match self {
			Self::Cookie(path) | Self::File(path) => path,
		}
	}

	/// What the header `Authorization` of a request says: RFC 7617.
	pub(crate) fn header(&self) -> Result<Zeroizing<String>, CredentialsError> {
		let malformed = || CredentialsError::Malformed {
			path: self.path().into(),
			expected: match self {
				Self::Cookie(_) => "one line, USER:PASSWORD, as Bitcoin Core writes it",
				Self::File(_) => "two lines, the user and the password",
			},
		};
		let bytes = match self {
			Self::Cookie(path) => file::read(path, LIMIT)?,
			Self::File(path) => file::read_private(path, LIMIT)?,
		};
		let text = std::str::from_utf8(&bytes).map_err(|_| malformed())?;
		let text = text.strip_suffix('\n').unwrap_or(text);
		let (user, password) = match self {
			Self::Cookie(_) => text.split_once(':'),
			Self::File(_) => text.split_once('\n'),
		}
		.ok_or_else(malformed)?;
		let is_line = |text: &str| !text.is_empty() && !text.contains(char::is_control);
		if !is_line(user) || !is_line(password) || user.contains(':') {
			return Err(malformed());
		}
		let pair = Zeroizing::new(format!("{user}:{password}"));
		Ok(Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes()))))
	}
}

/// Why there are no user and password.
#[derive(Debug, thiserror::Error)]
pub enum CredentialsError {
	/// The file can't be read.
	#[error(transparent)]
	File(#[from] FileError),
	/// The file has something else. What it has is not shown: it may be a password.
	#[error("{path} does not have {expected}; write it anew")]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What it should have.
		expected: &'static str,
	},
}

impl CredentialsError {
	/// Whether it may be right later: Core removes its cookie when it stops, and writes one when it starts.
	pub fn is_transient(&self) -> bool {
		matches!(self, Self::File(error) if error.is_missing())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, os::unix::fs::PermissionsExt};

	/// The header that a file with this text makes.
	fn header(text: &str, make: fn(PathBuf) -> Credentials) -> Result<String, CredentialsError> {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file");
		file::create(&path, text.as_bytes()).unwrap();
		make(path).header().map(|header| header.to_string())
	}

	#[test]
	fn header_should_be_basic_when_the_file_is_well_formed() {
		// RFC 7617, section 2.
		let expected = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
		assert_eq!(header("Aladdin:open sesame", Credentials::Cookie).unwrap(), expected);
		assert_eq!(header("Aladdin\nopen sesame\n", Credentials::File).unwrap(), expected);
		assert_eq!(header("Aladdin\nopen sesame", Credentials::File).unwrap(), expected);
	}

	#[test]
	fn header_should_be_none_and_show_nothing_when_the_file_is_malformed() {
		for text in ["", "hunter2", "hunter2\n", "a\nhunter2\nc", "\nhunter2", "a:b\nhunter2"] {
			let error = header(text, Credentials::File).unwrap_err();
			assert!(matches!(error, CredentialsError::Malformed { .. }), "{text:?}: {error}");
			assert!(!format!("{error} {error:?}").contains("hunter2"));
			assert!(!error.is_transient());
		}
		assert!(header("cookie", Credentials::Cookie).is_err());
	}

	#[test]
	fn header_should_be_none_when_others_may_read_the_password() {
		let folder = tempfile::tempdir().unwrap();
		let path = folder.path().join("file");
		file::create(&path, b"user\npassword\n").unwrap();
		fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
		let error = Credentials::File(path).header().unwrap_err();
		assert!(error.to_string().contains("chmod 600"), "{error}");
	}

	#[test]
	fn header_should_be_none_for_now_when_core_has_no_cookie() {
		let folder = tempfile::tempdir().unwrap();
		let error = Credentials::Cookie(folder.path().join(".cookie")).header().unwrap_err();
		assert!(error.is_transient());
	}
}
