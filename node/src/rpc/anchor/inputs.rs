//! What clients send with a question about anchors.

use crate::workers::bitcoin::Wanted;
use serde::Deserialize;

/// The hash of a compressed public key: 40 hexadecimal digits, with `0x` or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PubkeyHash(pub pallet_bitcoin_anchor::PubkeyHash);

impl TryFrom<String> for PubkeyHash {
	type Error = &'static str;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		let mut hash = [0; 20];
		hex::decode_to_slice(text.strip_prefix("0x").unwrap_or(&text), &mut hash)
			.map_err(|_| "the hash of a key has 40 hexadecimal digits")?;
		Ok(Self(pallet_bitcoin_anchor::PubkeyHash(hash)))
	}
}

/// The id of a transaction of Bitcoin, as Bitcoin Core prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Txid(pub aitbc_bitcoin::Txid);

impl TryFrom<String> for Txid {
	type Error = aitbc_bitcoin::NotAHash;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		text.parse().map(Self)
	}
}

/// What a bundle is to show: `{ "type": "record", "record": 3 }`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", deny_unknown_fields)]
pub enum Claim {
	/// That it is a block of this chain.
	Block {},
	/// That the audit log had a record before the block.
	Record {
		/// Its id.
		record: u64,
	},
	/// What the block's state has under a key.
	Storage {
		/// The key, as it is in the state, in hexadecimal digits after `0x`.
		key: StorageKey,
	},
}

impl From<Claim> for Wanted {
	fn from(claim: Claim) -> Self {
		match claim {
			Claim::Block {} => Self::Block,
			Claim::Record { record } => Self::Record(record),
			Claim::Storage { key } => Self::Storage(key.0),
		}
	}
}

/// A key of the state.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct StorageKey(Vec<u8>);

impl TryFrom<String> for StorageKey {
	type Error = &'static str;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		let digits = text.strip_prefix("0x").ok_or("a key begins with 0x")?;
		hex::decode(digits).map(Self).map_err(|_| "a key has hexadecimal digits after 0x")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json};

	#[test]
	fn key_hash_should_be_read_with_and_without_its_prefix() {
		for prefix in ["", "0x"] {
			let PubkeyHash(hash) =
				from_value(json!(format!("{prefix}{}", "ab".repeat(20)))).expect("it is one");
			assert_eq!(hash.0, [0xab; 20]);
		}
		let error = from_value::<PubkeyHash>(json!("ab")).expect_err("it is none");
		assert!(error.to_string().contains("40 hexadecimal digits"), "{error}");
	}
}
