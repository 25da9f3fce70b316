//! How surprising a point is: evidence that adds up, and the score that is made of it.

use crate::fixed::{self, ONE};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// How much speaks for an anomaly, from 0 on, in units of 2^-16. Evidence of detectors adds up.
///
/// Evidence of 1 is what a point brings that lies a twentieth of its series' scale away from all that
/// was seen, or an event that one point in a thousand (2^10) brings.
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
pub struct Evidence(u32);

impl Evidence {
	/// Nothing speaks for an anomaly.
	pub const NONE: Self = Self(0);

	/// Evidence in units of 2^-16.
	pub const fn from_parts(parts: u32) -> Self {
		Self(parts)
	}

	/// This evidence in units of 2^-16.
	pub const fn parts(self) -> u32 {
		self.0
	}

	/// Both together.
	pub fn and(self, other: Self) -> Self {
		Self(self.0.saturating_add(other.0))
	}

	/// This evidence, shared among `many`; with none, all of it.
	pub fn shared_by(self, many: u32) -> Self {
		Self(self.0.checked_div(many).unwrap_or(self.0))
	}
}

/// How anomalous a point is, from 0 to 1, in units of 1/65535.
///
/// It is e / (1 + e) of the evidence e, so one half is where evidence reaches 1.
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
pub struct Score(u16);

impl Score {
	/// Not anomalous at all.
	pub const ZERO: Self = Self(0);

	/// As anomalous as can be.
	pub const ONE: Self = Self(u16::MAX);

	/// From here on a point is worth an alarm: evidence of one half. It is near the threshold that is
	/// best for the half of NAB that is at hand, for which see docs/anomaly-detection.md.
	pub const ALARM: Self = Self(u16::MAX / 3);

	/// A score of so many parts of 65535.
	pub const fn from_parts(parts: u16) -> Self {
		Self(parts)
	}

	/// This score in parts of 65535.
	pub const fn parts(self) -> u16 {
		self.0
	}
}

impl From<Evidence> for Score {
	fn from(evidence: Evidence) -> Self {
		let evidence = u64::from(evidence.0);
		let share = evidence.saturating_mul(u16::MAX.into());
		let whole = evidence.saturating_add(ONE.into());
		Self(fixed::to_u16(share.checked_div(whole).unwrap_or_default()))
	}
}

impl fmt::Display for Score {
	/// Writes six decimals, which tell all scores apart.
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let millionths =
			u64::from(self.0).saturating_mul(1_000_000).checked_div(u16::MAX.into()).unwrap_or(0);
		let whole = millionths.checked_div(1_000_000).unwrap_or_default();
		write!(f, "{whole}.{:06}", millionths.checked_rem(1_000_000).unwrap_or_default())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn score_should_be_one_half_when_evidence_is_one() {
		assert_eq!(Score::from(Evidence::NONE), Score::ZERO);
		assert_eq!(Score::from(Evidence::from_parts(ONE)).parts(), u16::MAX / 2);
		assert_eq!(Score::from(Evidence::from_parts(u32::MAX)).parts(), 65_534);
	}

	#[test]
	fn score_should_be_printed_with_six_decimals() {
		assert_eq!(Score::ZERO.to_string(), "0.000000");
		assert_eq!(Score::ONE.to_string(), "1.000000");
		assert_eq!(Score::from_parts(1).to_string(), "0.000015");
	}
}
