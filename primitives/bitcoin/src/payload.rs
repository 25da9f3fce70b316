//! What an anchor says: 80 bytes in a Bitcoin transaction.

use crate::network::Network;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// How many bytes a payload has: as many as an OP_RETURN output carried by default for years
/// (`MAX_OP_RETURN_RELAY` in Core `src/policy/policy.h` before version 30).
pub const PAYLOAD_LENGTH: usize = 80;

/// What a payload begins with.
pub const MAGIC: [u8; 4] = *b"AITB";

/// The version that is written and read.
pub const VERSION: u8 = 1;

/// A block of this chain that Bitcoin is told of. What its fields mean is for whoever makes it to say: here
/// they are only written and read.
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
pub struct Payload {
	/// The Bitcoin network that it is for.
	pub network: Network,
	/// The number of the GRANDPA set that finalizes the block.
	pub set_id: u32,
	/// The block's number.
	pub height: u32,
	/// The block's hash.
	pub block_hash: [u8; 32],
	/// The root of the audit log as of the block before, or zeros if the block carries none.
	pub audit_root: [u8; 32],
}

impl Payload {
	/// A payload for a GRANDPA set, whose number GRANDPA keeps as a `u64`.
	pub fn new(
		network: Network,
		set_id: u64,
		height: u32,
		block_hash: [u8; 32],
		audit_root: [u8; 32],
	) -> Result<Self, SetIdTooLarge> {
		let set_id = u32::try_from(set_id).map_err(|_| SetIdTooLarge(set_id))?;
		Ok(Self { network, set_id, height, block_hash, audit_root })
	}

	/// Its 80 bytes.
	pub fn to_bytes(&self) -> [u8; PAYLOAD_LENGTH] {
		let fields = (MAGIC.into_iter())
			.chain([VERSION, self.network.id()])
			.chain(self.set_id.to_le_bytes())
			.chain(self.height.to_le_bytes())
			.chain(self.block_hash)
			.chain(self.audit_root);
		// The last two are reserved, and zero.
		let mut bytes = [0; PAYLOAD_LENGTH];
		bytes.iter_mut().zip(fields).for_each(|(byte, field)| *byte = field);
		bytes
	}

	/// Reads a payload from exactly its 80 bytes. What it gives has the same [`Self::to_bytes`].
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, PayloadError> {
		let wrong_length = PayloadError::WrongLength { found: bytes.len() };
		if bytes.len() != PAYLOAD_LENGTH {
			return Err(wrong_length);
		}
		let mut rest = bytes;
		let magic: [u8; 4] = field(&mut rest).ok_or(wrong_length)?;
		let [version, network] = field(&mut rest).ok_or(wrong_length)?;
		let set_id = u32::from_le_bytes(field(&mut rest).ok_or(wrong_length)?);
		let height = u32::from_le_bytes(field(&mut rest).ok_or(wrong_length)?);
		let block_hash = field(&mut rest).ok_or(wrong_length)?;
		let audit_root = field(&mut rest).ok_or(wrong_length)?;
		if magic != MAGIC {
			return Err(PayloadError::WrongMagic(magic));
		}
		if version != VERSION {
			return Err(PayloadError::UnknownVersion(version));
		}
		let network = Network::from_id(network).ok_or(PayloadError::UnknownNetwork(network))?;
		if rest.iter().any(|byte| *byte != 0) {
			return Err(PayloadError::ReservedNotZero);
		}
		Ok(Self { network, set_id, height, block_hash, audit_root })
	}
}

/// Takes the first `N` bytes of `rest`, if it has as many.
fn field<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
	let (first, others) = rest.split_first_chunk()?;
	*rest = others;
	Some(*first)
}

/// The number of a GRANDPA set, which has no room in a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetIdTooLarge(pub u64);

impl fmt::Display for SetIdTooLarge {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "the GRANDPA set id {} has no room in four bytes", self.0)
	}
}

impl core::error::Error for SetIdTooLarge {}

/// Why bytes are no payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayloadError {
	/// There are not 80.
	WrongLength {
		/// How many there are.
		found: usize,
	},
	/// They do not begin as a payload does. They may be somebody else's.
	WrongMagic([u8; 4]),
	/// They are of a version that is not known here.
	UnknownVersion(u8),
	/// They are for a network that is not known here.
	UnknownNetwork(u8),
	/// The last two are not zero.
	ReservedNotZero,
}

impl fmt::Display for PayloadError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::WrongLength { found } => {
				write!(f, "a payload has {PAYLOAD_LENGTH} bytes and not {found}")
			},
			Self::WrongMagic(found) => write!(f, "a payload does not begin with {found:02x?}"),
			Self::UnknownVersion(found) => write!(f, "the payload's version {found} is unknown"),
			Self::UnknownNetwork(found) => write!(f, "the payload's network {found} is unknown"),
			Self::ReservedNotZero => f.write_str("the payload's reserved bytes are not zero"),
		}
	}
}

impl core::error::Error for PayloadError {}
