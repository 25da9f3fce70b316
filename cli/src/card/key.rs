//! Keys that sign agent cards.

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A public key that signs cards, as the chain keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKey {
	/// An Ed25519 key, as RFC 8032 encodes it.
	Ed25519([u8; 32]),
	/// A point of P-256, compressed as SEC 1 encodes it.
	P256([u8; 33]),
	/// A point of secp256k1, compressed as SEC 1 encodes it.
	Secp256k1([u8; 33]),
}

/// Why a text is no card key.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseKeyError {
	/// It does not say of which kind it is.
	#[error(
		"`{0}` is no card key: write `ed25519:`, `p256:` or `secp256k1:`, then `0x` and the key's \
		 hexadecimal digits"
	)]
	Kind(String),
	/// It has not the right number of digits.
	#[error(
		"`{text}` is no card key: after `{kind}:0x` there must be {digits} hexadecimal digits"
	)]
	Digits {
		/// The text.
		text: String,
		/// The kind that it names.
		kind: &'static str,
		/// How many digits such a key has.
		digits: usize,
	},
	/// The bytes are no point that can be a key.
	#[error("`{0}` is no card key: no point of the curve is encoded like that; copy it again")]
	Point(String),
}

impl CardKey {
	/// What kind of key it is.
	pub fn kind(&self) -> &'static str {
		match self {
			Self::Ed25519(_) => "ed25519",
			Self::P256(_) => "p256",
			Self::Secp256k1(_) => "secp256k1",
		}
	}

	/// Its bytes.
	pub fn bytes(&self) -> &[u8] {
		match self {
			Self::Ed25519(bytes) => bytes,
			Self::P256(bytes) | Self::Secp256k1(bytes) => bytes,
		}
	}

	/// Whether its bytes are a point that can verify something.
	pub fn is_valid(&self) -> bool {
		match self {
			Self::Ed25519(bytes) => {
				ed25519_dalek::VerifyingKey::from_bytes(bytes).is_ok_and(|key| !key.is_weak())
			},
			Self::P256(bytes) => p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).is_ok(),
			Self::Secp256k1(bytes) => k256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).is_ok(),
		}
	}
}

impl FromStr for CardKey {
	type Err = ParseKeyError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let unknown = || ParseKeyError::Kind(text.to_owned());
		let (kind, digits) = text.split_once(":0x").ok_or_else(unknown)?;
		let key = match kind {
			"ed25519" => Self::Ed25519(decode(text, "ed25519", digits)?),
			"p256" => Self::P256(decode(text, "p256", digits)?),
			"secp256k1" => Self::Secp256k1(decode(text, "secp256k1", digits)?),
			_ => return Err(unknown()),
		};
		if key.is_valid() {
			Ok(key)
		} else {
			Err(ParseKeyError::Point(text.to_owned()))
		}
	}
}

fn decode<const N: usize>(
	text: &str,
	kind: &'static str,
	digits: &str,
) -> Result<[u8; N], ParseKeyError> {
	let mut bytes = [0; N];
	match hex::decode_to_slice(digits, &mut bytes) {
		Ok(()) => Ok(bytes),
		Err(_) => Err(ParseKeyError::Digits { text: text.to_owned(), kind, digits: 2 * N }),
	}
}

/// In the form in which it is also read: `p256:0x02...`.
impl fmt::Display for CardKey {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{}:0x{}", self.kind(), hex::encode(self.bytes()))
	}
}

impl Serialize for CardKey {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	/// The base point of P-256, FIPS 186-4, section D.1.2.3.
	const P256: &str = "p256:0x036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";

	/// The base point of secp256k1, SEC 2, section 2.4.1.
	const SECP256K1: &str =
		"secp256k1:0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

	/// RFC 8032, section 7.1, test 1.
	const ED25519: &str =
		"ed25519:0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

	#[test]
	fn keys_should_survive_being_read_and_shown() {
		for text in [ED25519, P256, SECP256K1] {
			let key: CardKey = text.parse().expect("it is a key");
			assert_eq!(key.to_string(), text);
		}
	}

	#[test]
	fn keys_should_fail_to_parse_when_malformed() {
		for text in ["", "p256", "0x02", "rsa:0x02", "P256:0x02"] {
			assert_eq!(text.parse::<CardKey>(), Err(ParseKeyError::Kind(text.into())), "{text}");
		}
		for text in [&P256[..P256.len() - 2], "ed25519:0x", "p256:0xzz"] {
			let error = text.parse::<CardKey>().expect_err("it has too few digits");
			assert!(matches!(error, ParseKeyError::Digits { .. }), "{error}");
		}
	}

	#[test]
	fn keys_should_fail_to_parse_when_they_are_no_point() {
		let uncompressed = P256.replace(":0x03", ":0x04");
		let off_the_curve = format!("secp256k1:0x02{}", "ff".repeat(32));
		// The point of order one: any signature could be made to fit it.
		let weak = format!("ed25519:0x01{}", "00".repeat(31));
		for text in [uncompressed, off_the_curve, weak] {
			assert_eq!(text.parse::<CardKey>(), Err(ParseKeyError::Point(text)));
		}
	}
}
