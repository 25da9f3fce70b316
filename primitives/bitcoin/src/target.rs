//! Targets of the proof of work, their compact form, and the work that they stand for.

use crate::hash::BlockHash;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use primitive_types::U256;
use scale_info::TypeInfo;

/// The bit of a compact form's mantissa that is its sign.
const SIGN: u32 = 0x0080_0000;

/// A target in the compact form that headers have: an exponent of base 256 in the highest byte, and a mantissa
/// with a sign in the others.
#[derive(
	Clone,
	Copy,
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
pub struct Bits(pub u32);

impl Bits {
	/// The target of this compact form: Core `src/arith_uint256.cpp` `arith_uint256::SetCompact`.
	///
	/// Forms that no proof of work can have are refused as in Core `src/pow.cpp` `DeriveTarget`: zero, negative,
	/// more than 256 bits. Several forms have the same target.
	pub fn target(self) -> Result<Target, BitsError> {
		let [exponent, high, middle, low] = self.0.to_be_bytes();
		let mantissa = [low, middle, high & 0x7f].into_iter().enumerate();
		let mut bytes = [0; 32];
		for (above, byte) in mantissa.filter(|(_, byte)| *byte != 0) {
			// What has no place below is shifted out before Core looks for zero and the sign.
			let place = usize::from(exponent).saturating_add(above).checked_sub(3);
			let Some(place) = place else { continue };
			*bytes.get_mut(place).ok_or(BitsError::Overflow)? = byte;
		}
		let target = Target::new(U256::from_little_endian(&bytes)).ok_or(BitsError::Zero)?;
		match self.0 & SIGN {
			0 => Ok(target),
			_ => Err(BitsError::Negative),
		}
	}

	/// Checks that `hash` does not exceed the target, and that the target does not exceed `limit`: Core
	/// `src/pow.cpp` `CheckProofOfWork`. Gives the target.
	pub fn check(self, hash: BlockHash, limit: Target) -> Result<Target, ProofOfWorkError> {
		let target = self.target().map_err(|error| ProofOfWorkError::NoTarget(self, error))?;
		if target > limit {
			return Err(ProofOfWorkError::TargetAboveLimit { found: self, limit: limit.to_bits() });
		}
		match target.is_met_by(hash) {
			true => Ok(target),
			false => Err(ProofOfWorkError::HashAboveTarget { hash, bits: self }),
		}
	}
}

impl fmt::Display for Bits {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:08x}", self.0)
	}
}

impl fmt::Debug for Bits {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:08x}", self.0)
	}
}

/// Why a compact form is no target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BitsError {
	/// It is zero, which no hash meets.
	Zero,
	/// It is below zero.
	Negative,
	/// It has more than 256 bits.
	Overflow,
}

impl fmt::Display for BitsError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(match self {
			Self::Zero => "it is zero",
			Self::Negative => "it is negative",
			Self::Overflow => "it has more than 256 bits",
		})
	}
}

impl core::error::Error for BitsError {}

/// Why a header has no proof of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofOfWorkError {
	/// Its bits are no target.
	NoTarget(Bits, BitsError),
	/// Its target is easier than the network ever allows.
	TargetAboveLimit {
		/// The header's bits.
		found: Bits,
		/// The network's easiest.
		limit: Bits,
	},
	/// Its hash does not meet its target.
	HashAboveTarget {
		/// The hash.
		hash: BlockHash,
		/// The header's bits.
		bits: Bits,
	},
}

impl fmt::Display for ProofOfWorkError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::NoTarget(bits, error) => write!(f, "the bits {bits} are no target: {error}"),
			Self::TargetAboveLimit { found, limit } => {
				write!(f, "the bits {found} are easier than the network's limit {limit}")
			},
			Self::HashAboveTarget { hash, bits } => {
				write!(f, "the hash {hash} is above the target of the bits {bits}")
			},
		}
	}
}

impl core::error::Error for ProofOfWorkError {}

/// The highest value that a block's hash may have, read as a number with the lowest byte first. Never zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target(U256);

impl Target {
	/// The target of this value. `None` if it is zero.
	pub fn new(value: U256) -> Option<Self> {
		(!value.is_zero()).then_some(Self(value))
	}

	/// A network's limit, of which none is zero.
	pub(crate) const fn limit(value: U256) -> Self {
		Self(value)
	}

	/// Its value.
	pub const fn value(self) -> U256 {
		self.0
	}

	/// Whether a block with this hash has the work that the target asks for.
	pub fn is_met_by(self, hash: BlockHash) -> bool {
		U256::from_little_endian(&hash.0) <= self.0
	}

	/// Its compact form, without the bytes that do not fit in it: Core `src/arith_uint256.cpp`
	/// `arith_uint256::GetCompact`.
	pub fn to_bits(self) -> Bits {
		let bytes = self.0.to_little_endian();
		// One more byte than there are, if the highest has the bit that is the mantissa's sign.
		let last = bytes.iter().rposition(|byte| *byte != 0).unwrap_or_default();
		let has_sign = bytes.get(last).is_some_and(|byte| byte & 0x80 != 0);
		let exponent = last.saturating_add(1).saturating_add(usize::from(has_sign));
		let at = |below: usize| {
			let place = exponent.checked_sub(below);
			place.and_then(|place| bytes.get(place)).copied().unwrap_or_default()
		};
		let exponent = u8::try_from(exponent).unwrap_or(u8::MAX);
		Bits(u32::from_be_bytes([exponent, at(1), at(2), at(3)]))
	}

	/// How many hashes it takes on average to meet it: Core `src/chain.cpp` `GetBlockProof`.
	pub fn work(self) -> Work {
		// 2^256 / (target + 1), which has no room, is (2^256 - target - 1) / (target + 1) + 1.
		let next = self.0.checked_add(U256::one());
		let quotient = next.and_then(|next| (!self.0).checked_div(next));
		Work(quotient.unwrap_or_default().saturating_add(U256::one()))
	}

	/// The target times `numerator` / `denominator`, rounded down, and at most `limit`.
	pub(crate) fn scale(self, numerator: u32, denominator: u32, limit: Self) -> Self {
		// What retargets is below 2^224 and the numerator below 2^23: it saturates for none. A target that
		// became zero would be one that no hash meets; the smallest is kept instead.
		let scaled = self.0.saturating_mul(numerator.into()).checked_div(denominator.into());
		Self(scaled.unwrap_or(limit.0).clamp(U256::one(), limit.0))
	}
}

/// Work: the number of hashes that a chain took on average. The chain with the most is the best.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
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
pub struct Work(pub U256);

impl Work {
	/// The work of both. `None` past 2^256, which all of Bitcoin is far from.
	pub fn checked_add(self, other: Self) -> Option<Self> {
		self.0.checked_add(other.0).map(Self)
	}
}

impl fmt::Display for Work {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		self.0.fmt(f)
	}
}
