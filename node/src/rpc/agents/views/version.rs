//! Versions of capabilities: `"1.2"`.

use crate::rpc::format::{number, read_text};
use pallet_agents::types::CapabilityVersion;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The version of a capability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(CapabilityVersion);

impl From<CapabilityVersion> for Version {
	fn from(version: CapabilityVersion) -> Self {
		Self(version)
	}
}

impl From<Version> for CapabilityVersion {
	fn from(Version(version): Version) -> Self {
		version
	}
}

impl Serialize for Version {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let CapabilityVersion { major, minor } = self.0;
		serializer.collect_str(&format_args!("{major}.{minor}"))
	}
}

impl<'de> Deserialize<'de> for Version {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let expected = "a version: a string of two numbers up to 65535, such as \"1.2\"";
		read_text(deserializer, expected, version).map(Self)
	}
}

fn version(text: &str) -> Option<CapabilityVersion> {
	let (major, minor) = text.split_once('.')?;
	Some(CapabilityVersion { major: number(major)?, minor: number(minor)? })
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value};

	#[test]
	fn versions_should_be_two_numbers_in_a_string() {
		let version = Version(CapabilityVersion { major: 1, minor: u16::MAX });

		let json = to_value(version).expect("a version is JSON");

		assert_eq!(json, json!("1.65535"));
		assert_eq!(from_value::<Version>(json).expect("it is a version"), version);
	}

	#[test]
	fn versions_should_refuse_everything_else() {
		for text in ["", "1", "1.", ".2", "1.2.3", "+1.2", "1.-2", "1.65536", "v1.2"] {
			assert!(from_value::<Version>(json!(text)).is_err(), "{text}");
		}
		assert!(from_value::<Version>(json!(1.2)).is_err());
	}
}
