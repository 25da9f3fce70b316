//! Versions of what agents offer.

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A version, read as `2` or `2.1` and shown as `2.0` or `2.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
	/// Goes up with changes that break.
	pub major: u16,
	/// Goes up with changes that do not.
	pub minor: u16,
}

/// Why a text is no version.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version: write it as `2` or `2.1`, each number up to 65535")]
pub struct ParseVersionError(String);

impl FromStr for Version {
	type Err = ParseVersionError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
		let number = |part: &str| {
			let is_plain = part.chars().all(|digit| digit.is_ascii_digit());
			part.parse().ok().filter(|_| is_plain)
		};
		match (number(major), number(minor)) {
			(Some(major), Some(minor)) => Ok(Self { major, minor }),
			_ => Err(ParseVersionError(text.to_owned())),
		}
	}
}

impl fmt::Display for Version {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(&format!("{}.{}", self.major, self.minor))
	}
}

impl Serialize for Version {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn versions_should_be_one_number_or_two() {
		for (text, major, minor, shown) in [("2", 2, 0, "2.0"), ("0.65535", 0, 65_535, "0.65535")] {
			let version: Version = text.parse().expect("it is a version");
			assert_eq!((version, version.to_string()), (Version { major, minor }, shown.into()));
		}
		for text in ["", "1.", ".1", "1.2.3", "v1", "65536", "-1", "+1", "1.x"] {
			assert_eq!(text.parse::<Version>(), Err(ParseVersionError(text.into())), "{text}");
		}
	}
}
