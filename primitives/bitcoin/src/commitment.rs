//! How a Bitcoin transaction commits to a payload: in the open, or inside a Taproot output.

use crate::{
	payload::{Payload, PayloadError, PAYLOAD_LENGTH},
	transaction::Output,
};
use alloc::vec::Vec;
use bitcoin_hashes::{sha256, Hash, HashEngine};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, ops::Add};
use k256::{
	elliptic_curve::{
		ops::MulByGenerator,
		point::{AffineCoordinates, DecompressPoint},
		subtle::Choice,
		Group, PrimeField,
	},
	AffinePoint, ProjectivePoint, Scalar,
};
use scale_info::TypeInfo;

/// What the script of an OP_RETURN output begins with: OP_RETURN, OP_PUSHDATA1, 80. A shorter push has no room
/// for 80 bytes, and longer ones are not minimal (BIP 62).
pub const OP_RETURN_PREFIX: [u8; 3] = [0x6a, 0x4c, 80];

/// What a Taproot output's script begins with: OP_1, and a push of 32 bytes (BIP 341).
pub const TAPROOT_PREFIX: [u8; 2] = [0x51, 32];

/// The version of a leaf whose script is that of BIP 342.
const LEAF_VERSION: u8 = 0xc0;

/// How many bytes the script of an OP_RETURN output has.
pub const OP_RETURN_LENGTH: usize = 83;

/// The script of an output that carries a payload in the open, and of the leaf that a Taproot output commits to.
pub fn op_return_script(payload: &Payload) -> [u8; OP_RETURN_LENGTH] {
	let mut script = [0; OP_RETURN_LENGTH];
	let bytes = OP_RETURN_PREFIX.into_iter().chain(payload.to_bytes());
	script.iter_mut().zip(bytes).for_each(|(to, byte)| *to = byte);
	script
}

/// Reads the payload of an output's script. `None` if the script is not exactly OP_RETURN, OP_PUSHDATA1, 80 and
/// 80 bytes: other ways to push the same bytes are not recognised.
pub fn read_op_return(script: &[u8]) -> Option<Result<Payload, PayloadError>> {
	let bytes = script.strip_prefix(&OP_RETURN_PREFIX)?;
	(bytes.len() == PAYLOAD_LENGTH).then(|| Payload::from_bytes(bytes))
}

/// A hash with a tag: BIP 340.
fn tagged_hash(tag: &str, parts: &[&[u8]]) -> [u8; 32] {
	let tag = sha256::Hash::hash(tag.as_bytes()).to_byte_array();
	let mut engine = sha256::Hash::engine();
	engine.input(&tag);
	engine.input(&tag);
	parts.iter().for_each(|part| engine.input(part));
	sha256::Hash::from_engine(engine).to_byte_array()
}

/// The key of a Taproot output before it commits to anything: the x coordinate of a point of secp256k1, with its
/// highest byte first, whose y is even (BIP 340).
///
/// Not all 32 bytes are one. Who knows its private key can spend the output.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct InternalKey(pub [u8; 32]);

impl InternalKey {
	/// The key of an output whose only leaf has the hash `leaf`: BIP 341 `taproot_tweak_pubkey`. `None` if this is
	/// no key, or, which nobody has ever seen, if the hash is not below the order or the sum is no point.
	pub(crate) fn tweak(&self, leaf: [u8; 32]) -> Option<[u8; 32]> {
		let internal = AffinePoint::decompress(&self.0.into(), Choice::from(0)).into_option()?;
		let tweak = tagged_hash("TapTweak", &[&self.0, &leaf]);
		let tweak = Scalar::from_repr(tweak.into()).into_option()?;
		let output = ProjectivePoint::mul_by_generator(&tweak).add(&internal);
		(!bool::from(output.is_identity())).then(|| output.to_affine().x().into())
	}
}

/// The hash of a leaf with a script of less than 253 bytes: BIP 341 `tapleaf_hash`.
pub(crate) fn leaf_hash(script: &[u8]) -> Option<[u8; 32]> {
	let length = u8::try_from(script.len()).ok().filter(|length| *length < 0xfd)?;
	Some(tagged_hash("TapLeaf", &[&[LEAF_VERSION, length], script]))
}

/// How a transaction commits to a payload.
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
pub enum Commitment {
	/// By an OP_RETURN output that carries it.
	#[codec(index = 0)]
	OpReturn,
	/// By a Taproot output with one leaf, whose script is that of the OP_RETURN output. It fails whenever it is
	/// run, so the output is spent by its key only.
	#[codec(index = 1)]
	Taproot {
		/// The key that is tweaked with the leaf.
		internal_key: InternalKey,
	},
}

impl Commitment {
	/// The script of an output that commits to `payload`. Fails if the internal key is none.
	pub fn script(&self, payload: &Payload) -> Result<Vec<u8>, CommitmentError> {
		let op_return = op_return_script(payload);
		match self {
			Self::OpReturn => Ok(op_return.to_vec()),
			Self::Taproot { internal_key } => {
				let key = leaf_hash(&op_return).and_then(|leaf| internal_key.tweak(leaf));
				let key = key.ok_or(CommitmentError::InvalidInternalKey)?;
				Ok(TAPROOT_PREFIX.into_iter().chain(key).collect())
			},
		}
	}

	/// Checks that one of these outputs commits to `payload` in this way. Gives the first that does, from 0.
	pub fn verify(&self, payload: &Payload, outputs: &[Output]) -> Result<u32, CommitmentError> {
		let script = self.script(payload)?;
		let index = outputs.iter().position(|output| output.script == script);
		index.and_then(|index| index.try_into().ok()).ok_or(CommitmentError::NotCommitted)
	}

	/// How these outputs commit to `payload`, if they do: in the open, or by one of these internal keys.
	pub fn find(payload: &Payload, outputs: &[Output], keys: &[InternalKey]) -> Option<Self> {
		let taproot = keys.iter().map(|key| Self::Taproot { internal_key: *key });
		let mut ways = core::iter::once(Self::OpReturn).chain(taproot);
		ways.find(|way| way.verify(payload, outputs).is_ok())
	}
}

/// Why outputs do not commit to a payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommitmentError {
	/// The internal key is no point of the curve.
	InvalidInternalKey,
	/// No output has the script.
	NotCommitted,
}

impl fmt::Display for CommitmentError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::InvalidInternalKey => "the internal key is no key",
			Self::NotCommitted => "no output commits to the payload",
		})
	}
}

impl core::error::Error for CommitmentError {}
