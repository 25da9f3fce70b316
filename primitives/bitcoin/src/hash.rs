//! Hashes. Bitcoin computes with their bytes in one order, which is kept here, and writes them in the other.

use bitcoin_hashes::{sha256d, Hash};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// SHA-256 of SHA-256 of `bytes`: Core `src/hash.h` `CHash256`.
pub(crate) fn double_sha256(bytes: &[u8]) -> [u8; 32] {
	sha256d::Hash::hash(bytes).to_byte_array()
}

fn write_reversed(bytes: &[u8; 32], f: &mut fmt::Formatter<'_>) -> fmt::Result {
	bytes.iter().rev().try_for_each(|byte| write!(f, "{byte:02x}"))
}

fn read_reversed(text: &str) -> Result<[u8; 32], NotAHash> {
	// No `from_str_radix`: it takes a sign.
	let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
	let (pairs, rest) = text.as_bytes().as_chunks::<2>();
	let mut bytes = [0; 32];
	if pairs.len() != bytes.len() || !rest.is_empty() {
		return Err(NotAHash);
	}
	for (byte, [high, low]) in bytes.iter_mut().rev().zip(pairs) {
		let (high, low) = digit(*high).zip(digit(*low)).ok_or(NotAHash)?;
		*byte = (high << 4) | low;
	}
	Ok(bytes)
}

/// Why a text is no hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAHash;

impl fmt::Display for NotAHash {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("no hash: it has 64 hexadecimal digits")
	}
}

impl core::error::Error for NotAHash {}

/// A hash of its own kind, whose text is reversed.
macro_rules! reversed_hash {
	($(#[$documentation:meta])* $name:ident) => {
		$(#[$documentation])*
		#[derive(
			Clone,
			Copy,
			Default,
			PartialEq,
			Eq,
			PartialOrd,
			Ord,
			Hash,
			Encode,
			Decode,
			DecodeWithMemTracking,
			MaxEncodedLen,
			TypeInfo,
		)]
		pub struct $name(pub [u8; 32]);

		impl fmt::Display for $name {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				write_reversed(&self.0, f)
			}
		}

		impl fmt::Debug for $name {
			fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
				write_reversed(&self.0, f)
			}
		}

		impl FromStr for $name {
			type Err = NotAHash;

			fn from_str(text: &str) -> Result<Self, NotAHash> {
				read_reversed(text).map(Self)
			}
		}
	};
}

reversed_hash! {
	/// The hash of a block's header: SHA-256 twice of its 80 bytes, in the order in which they are computed.
	///
	/// As text it is reversed, as Bitcoin Core prints it.
	BlockHash
}

reversed_hash! {
	/// The id of a transaction: SHA-256 twice of its bytes without witnesses (BIP 141), in the order in which
	/// they are computed.
	///
	/// As text it is reversed, as Bitcoin Core prints it.
	Txid
}

reversed_hash! {
	/// A node of the Merkle tree over a block's transactions: an id of one, or SHA-256 twice of two nodes.
	///
	/// As text it is reversed, as Bitcoin Core prints it.
	MerkleNode
}

impl From<Txid> for MerkleNode {
	fn from(txid: Txid) -> Self {
		Self(txid.0)
	}
}
