//! The header of a Bitcoin block.

use crate::{
	hash::{double_sha256, BlockHash, MerkleNode},
	target::Bits,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// How many bytes a header has.
pub const HEADER_LENGTH: usize = 80;

/// A block's header: Core `src/primitives/block.h` `CBlockHeader`.
///
/// Its fields have fixed lengths and their lowest byte first, so its SCALE encoding is Bitcoin's own: the
/// 80 bytes whose hash is the block's.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Header {
	/// The version, which also carries signals (BIP 9).
	pub version: i32,
	/// The hash of the block before.
	pub previous: BlockHash,
	/// The root of the tree over the ids of the block's transactions.
	pub merkle_root: MerkleNode,
	/// When the miner says that it was mined, in seconds since 1970.
	pub time: u32,
	/// The target that the hash must not exceed.
	pub bits: Bits,
	/// What miners change to find such a hash.
	pub nonce: u32,
}

impl Header {
	/// Reads a header. Every 80 bytes are one; whether its rules hold is for
	/// [`ChainedHeader::next`](crate::ChainedHeader::next) to say.
	pub fn from_bytes(bytes: &[u8; HEADER_LENGTH]) -> Self {
		Self {
			version: i32::from_le_bytes(field(bytes, 0)),
			previous: BlockHash(field(bytes, 4)),
			merkle_root: MerkleNode(field(bytes, 36)),
			time: u32::from_le_bytes(field(bytes, 68)),
			bits: Bits(u32::from_le_bytes(field(bytes, 72))),
			nonce: u32::from_le_bytes(field(bytes, 76)),
		}
	}

	/// The bytes that it is read from.
	pub fn to_bytes(&self) -> [u8; HEADER_LENGTH] {
		let fields = (self.version.to_le_bytes().into_iter())
			.chain(self.previous.0)
			.chain(self.merkle_root.0)
			.chain(self.time.to_le_bytes())
			.chain(self.bits.0.to_le_bytes())
			.chain(self.nonce.to_le_bytes());
		let mut bytes = [0; HEADER_LENGTH];
		bytes.iter_mut().zip(fields).for_each(|(byte, field)| *byte = field);
		bytes
	}

	/// The hash of the block: Core `src/primitives/block.cpp` `CBlockHeader::GetHash`.
	pub fn hash(&self) -> BlockHash {
		BlockHash(double_sha256(&self.to_bytes()))
	}
}

/// `N` bytes of a header from the place `start` on. Each field lies within; there are no bytes to default.
fn field<const N: usize>(bytes: &[u8; HEADER_LENGTH], start: usize) -> [u8; N] {
	core::array::from_fn(|offset| {
		bytes.get(start.saturating_add(offset)).copied().unwrap_or_default()
	})
}
