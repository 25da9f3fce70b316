//! What clients send with a question about Bitcoin.

use serde::Deserialize;

/// The hash of a block of Bitcoin, as Bitcoin Core prints it: 64 hexadecimal digits, which begin with zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct BlockHash(pub aitbc_bitcoin::BlockHash);

impl TryFrom<String> for BlockHash {
	type Error = aitbc_bitcoin::NotAHash;

	fn try_from(text: String) -> Result<Self, Self::Error> {
		text.parse().map(Self)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json};

	#[test]
	fn hash_should_be_read_as_bitcoin_core_prints_it() {
		let text = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
		let BlockHash(hash) = from_value(json!(text)).expect("it is one");
		assert_eq!(hash, aitbc_bitcoin::Network::Mainnet.genesis().hash());
	}

	#[test]
	fn hash_should_be_refused_when_it_is_none() {
		for text in ["", "0x00", "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26"]
		{
			assert!(from_value::<BlockHash>(json!(text)).is_err(), "{text}");
		}
	}
}
