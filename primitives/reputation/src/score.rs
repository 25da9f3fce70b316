//! Scores, the lower bound that makes them worth something, and levels.

use crate::{
	aggregate::{parts, share},
	PARTS,
};
use aitbc_core::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding};

/// The most observations that a lower bound is computed with, in parts per billion: 10^12 of them.
///
/// With that many the lower bound is within 10^-6 of the mean, and all products stay below 2^128.
const MAX_OBSERVATIONS: u128 = 1_000_000_000_000 * PARTS;

/// What the components of an agent's standing come to.
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
pub struct Score {
	/// The mean, from 0 (worst) to 1 (best), whatever the evidence; `None` without any. Not for
	/// whatever gives an advantage.
	pub mean: Option<Perbill>,
	/// [`lower_bound`] of the mean: 0 without evidence, and never above the mean.
	pub lower_bound: Perbill,
	/// How much evidence there is, in plancks of protocol fees that counted, decayed.
	pub evidence: Balance,
	/// The level of the lower bound.
	pub level: Level,
}

/// A coarse name for a lower bound.
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
pub enum Level {
	/// Below 0.3.
	#[default]
	#[codec(index = 0)]
	Beginner,
	/// From 0.3.
	#[codec(index = 1)]
	Intermediate,
	/// From 0.6.
	#[codec(index = 2)]
	Advanced,
	/// From 0.8.
	#[codec(index = 3)]
	Expert,
	/// From 0.9.
	#[codec(index = 4)]
	Master,
}

impl Level {
	/// The level of a lower bound.
	pub fn of(lower_bound: Perbill) -> Self {
		match lower_bound.deconstruct() {
			900_000_000.. => Self::Master,
			800_000_000.. => Self::Expert,
			600_000_000.. => Self::Advanced,
			300_000_000.. => Self::Intermediate,
			_ => Self::Beginner,
		}
	}
}

/// What a mean is worth at least, given how much evidence it is the mean of. Both amounts are in
/// plancks; a `unit` of 0 is taken for 1.
///
/// The lower end of the score interval of E. B. Wilson, "Probable inference, the law of succession,
/// and statistical inference", Journal of the American Statistical Association 22 (1927), 209-212,
/// at z = 2. With mean p and n = evidence / unit observations it is
///
/// ```text
/// (p n + 2 - 2 sqrt(p (1 - p) n + 1)) / (n + 4)
/// ```
///
/// which is 0 for n = 0, rises with p and with n, and tends to p. The formula is for yes and no.
/// Values between 0 and 1 with mean p have a variance of at most p (1 - p) (Bhatia and Davis, "A
/// better bound on the variance", American Mathematical Monthly 107 (2000), 353-357), so it errs on
/// the low side. Observations are counted in money and not drawn at random, hence z is a degree of
/// strictness and stands for no probability.
///
/// Every step is rounded so that the result is never above the exact bound; it is below it by less
/// than 3 parts per billion.
pub fn lower_bound(mean: Perbill, evidence: Balance, unit: Balance) -> Perbill {
	let p = parts(mean);
	let n = multiply_by_rational_with_rounding(evidence, PARTS, unit.max(1), Rounding::Down)
		.map_or(MAX_OBSERVATIONS, |n| n.min(MAX_OBSERVATIONS));

	// In squared parts per billion, at most 10^18 / 4 x 10^12 + 10^18: nothing here saturates.
	let variance = p.saturating_mul(PARTS.saturating_sub(p));
	let radicand =
		variance.saturating_mul(n).div_ceil(PARTS).saturating_add(PARTS.saturating_mul(PARTS));
	let floor = radicand.isqrt();
	let is_exact = floor.saturating_mul(floor) == radicand;
	let root = floor.saturating_add((!is_exact).into());

	// In parts per billion. By rounding alone the difference can fall below 0.
	let numerator = scaled(p.saturating_mul(n))
		.saturating_add(PARTS.saturating_mul(2))
		.saturating_sub(root.saturating_mul(2));
	let denominator = n.saturating_add(PARTS.saturating_mul(4));
	numerator.saturating_mul(PARTS).checked_div(denominator).map_or(Perbill::zero(), share)
}

/// A product of two numbers in parts per billion, in parts per billion, rounded down.
fn scaled(product: u128) -> u128 {
	product / PARTS
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	fn bound(mean: u32, observations: u128) -> u32 {
		lower_bound(Perbill::from_percent(mean), observations * AIT, AIT).deconstruct()
	}

	#[test]
	fn lower_bound_should_be_nothing_when_there_is_no_evidence() {
		for mean in [0, 1, 50, 99, 100] {
			assert_eq!(bound(mean, 0), 0);
		}
	}

	#[test]
	fn lower_bound_should_be_exact_when_the_mean_is_all_or_nothing() {
		assert_eq!(bound(100, 4), 500_000_000);
		assert_eq!(bound(100, 36), 900_000_000);
		assert_eq!(bound(0, 36), 0);
	}

	#[test]
	fn lower_bound_should_be_just_below_the_exact_value() {
		// From the formula, in a computation with 50 digits, rounded down.
		for (mean, observations, exact) in [
			(50, 1, 52_786_404),
			(50, 100, 401_941_932),
			(95, 10, 647_929_174),
			(20, 1_000_000, 199_201_200),
		] {
			let below = exact - i64::from(bound(mean, observations));
			assert!((0..3).contains(&below), "{mean} % of {observations}: {below} below");
		}
	}

	#[test]
	fn lower_bound_should_count_a_unit_of_nothing_as_one_planck() {
		let mean = Perbill::from_percent(90);
		assert_eq!(lower_bound(mean, 500, 0), lower_bound(mean, 500, 1));
	}

	#[test]
	fn lower_bound_should_stay_below_the_mean_when_the_evidence_is_absurd() {
		let mean = Perbill::from_percent(50);
		let bound = lower_bound(mean, Balance::MAX, 1);
		assert!(bound < mean);
		assert!(bound > Perbill::from_parts(499_998_000));
	}

	#[test]
	fn levels_should_begin_at_their_thresholds() {
		for (parts, level) in [
			(0, Level::Beginner),
			(299_999_999, Level::Beginner),
			(300_000_000, Level::Intermediate),
			(600_000_000, Level::Advanced),
			(800_000_000, Level::Expert),
			(899_999_999, Level::Expert),
			(900_000_000, Level::Master),
			(1_000_000_000, Level::Master),
		] {
			assert_eq!(Level::of(Perbill::from_parts(parts)), level);
		}
	}
}
