//! SHA-256 hashes of what people agreed on or delivered.

use serde::{de, Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::{convert::Infallible, fmt, fs, io, path::PathBuf, str::FromStr};

/// A 32-byte hash, written as `0x` and 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

/// Why a text is no hash.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no hash: write `0x` and 64 hexadecimal digits")]
pub struct ParseHashError(String);

impl Hash {
	/// The SHA-256 hash of `bytes`.
	pub fn of(bytes: &[u8]) -> Self {
		Self(Sha256::digest(bytes).into())
	}
}

impl FromStr for Hash {
	type Err = ParseHashError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let mut hash = [0; 32];
		let digits = text.strip_prefix("0x").ok_or_else(|| ParseHashError(text.to_owned()))?;
		hex::decode_to_slice(digits, &mut hash).map_err(|_| ParseHashError(text.to_owned()))?;
		Ok(Self(hash))
	}
}

impl fmt::Display for Hash {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "0x{}", hex::encode(self.0))
	}
}

impl Serialize for Hash {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

impl<'de> Deserialize<'de> for Hash {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
	}
}

/// A hash, or the file whose bytes it is the SHA-256 of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HashOrFile {
	/// The hash itself.
	Hash(Hash),
	/// The path of the file.
	File(PathBuf),
}

/// Why a file could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error(
	"cannot read `{}` to hash it: {source}; give a readable file, or the hash itself as `0x` and \
	 64 hexadecimal digits",
	path.display()
)]
pub struct FileError {
	/// The path of the file.
	pub path: PathBuf,
	/// What the system says.
	pub source: io::Error,
}

impl FromStr for HashOrFile {
	type Err = Infallible;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		Ok(text.parse().map_or_else(|_| Self::File(text.into()), Self::Hash))
	}
}

impl HashOrFile {
	/// The hash, for which a file is read.
	pub fn hash(self) -> Result<Hash, FileError> {
		match self {
			Self::Hash(hash) => Ok(hash),
			Self::File(path) => match fs::read(&path) {
				Ok(bytes) => Ok(Hash::of(&bytes)),
				Err(source) => Err(FileError { path, source }),
			},
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	/// From FIPS 180-2, appendix B.1.
	const ABC: &str = "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

	#[test]
	fn hashes_should_survive_being_read_and_shown() {
		let hash: Hash = ABC.parse().expect("it is a hash");
		assert_eq!(hash, Hash::of(b"abc"));
		assert_eq!(hash.to_string(), ABC);
	}

	#[test]
	fn hashes_should_fail_to_parse_when_malformed() {
		for text in ["", "0x", "ba78", &ABC[2..], &ABC[..64], &format!("{ABC}00")] {
			assert_eq!(text.parse::<Hash>(), Err(ParseHashError(text.into())));
		}
	}

	#[test]
	fn files_should_be_hashed_byte_by_byte() {
		let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		file.write_all(b"abc").expect("a temporary file can be written");
		let argument: HashOrFile = file.path().display().to_string().parse().expect("infallible");

		assert_eq!(argument.hash().expect("the file is readable"), Hash::of(b"abc"));
	}

	#[test]
	fn missing_files_should_be_named() {
		let argument: HashOrFile = "/nowhere/terms.txt".parse().expect("infallible");
		let error = argument.hash().expect_err("there is no such file").to_string();
		assert!(error.contains("/nowhere/terms.txt"), "{error}");
	}
}
