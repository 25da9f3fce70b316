//! Exponential decay by half-life, in integers, so that every node computes the same bits.

use aitbc_core::BlockNumber;
use core::num::{NonZeroU128, NonZeroU32};

/// The low half of 128 bits, as a mask.
const LOW_64: u128 = (1 << 64) - 1;

/// The low bits of the elapsed fraction of a half-life, those that [`ROOTS`] does not cover.
const LOW_32: u128 = (1 << 32) - 1;

/// 2^-(1/2), 2^-(1/4), ... 2^-(1/2^32), in units of 2^-64, rounded down.
///
/// Each is the square root of the one before, beginning with that of one half, taken in integers of
/// 400 bits. A test proves each of them from the one before.
const ROOTS: [u64; 32] = [
	0xb504_f333_f9de_6484,
	0xd744_fcca_d69d_6af4,
	0xeac0_c6e7_dd24_392e,
	0xf525_7d15_2486_cc2c,
	0xfa83_b2db_722a_033a,
	0xfd3e_0c0c_f486_c174,
	0xfe9e_115c_7b8f_884b,
	0xff4e_cb59_511e_c8a5,
	0xffa7_5652_1c8d_aed1,
	0xffd3_a751_c0f7_e10b,
	0xffe9_d2b2_f7db_2755,
	0xfff4_e91b_ff1b_8c3d,
	0xfffa_747e_a004_0664,
	0xfffd_3a3b_7814_eb53,
	0xfffe_9d1c_c60d_dab1,
	0xffff_4e8e_2587_9bfa,
	0xffff_a747_0363_f451,
	0xffff_d3a3_7dda_0313,
	0xffff_e9d1_bdf7_03ae,
	0xffff_f4e8_debe_025e,
	0xffff_fa74_6f4f_a150,
	0xffff_fd3a_37a3_f8b0,
	0xffff_fe9d_1bd1_065a,
	0xffff_ff4e_8de8_45ad,
	0xffff_ffa7_46f4_1376,
	0xffff_ffd3_a37a_05e3,
	0xffff_ffe9_d1bd_01fb,
	0xffff_fff4_e8de_80c0,
	0xffff_fffa_746f_4050,
	0xffff_fffd_3a37_a024,
	0xffff_fffe_9d1b_d011,
	0xffff_ffff_4e8d_e808,
];

/// The natural logarithm of 2, in units of 2^-64, rounded down.
const LN_2: u128 = 0xb172_17f7_d1cf_79ab;

/// What time leaves of an amount, as a share of it from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retained(
	/// In units of 2^-64, at most 2^64.
	u128,
);

impl Retained {
	/// All of it.
	pub const WHOLE: Self = Self(1 << 64);

	/// What is left of `amount`, in its unit, rounded down. Never more than `amount`.
	pub fn floor(self, amount: u128) -> u128 {
		self.product(amount).0
	}

	/// What is left of `amount`, in its unit, rounded up. Never more than `amount`.
	pub fn ceil(self, amount: u128) -> u128 {
		let (whole, has_rest) = self.product(amount);
		whole.saturating_add(has_rest.into())
	}

	/// The whole part of what is left of `amount`, and whether there is more than that.
	fn product(self, amount: u128) -> (u128, bool) {
		// A half is below 2^64 and the share at most 2^64, so no product reaches 2^128. The sum is
		// at most `amount`, since the share is at most one.
		let high = (amount >> 64).saturating_mul(self.0);
		let low = (amount & LOW_64).saturating_mul(self.0);
		(high.saturating_add(low >> 64), low & LOW_64 != 0)
	}
}

/// What `elapsed` blocks leave of an amount that loses half of itself every `half_life` blocks.
///
/// A half-life of 0 is taken for 1. Whole half-lives halve exactly; after 65 nothing is left.
/// The share is below 2^-(elapsed / half_life) by less than 2^-57 and above it by less than 2^-63,
/// it never rises with `elapsed`, and so two steps of time leave what one step of both leaves, to
/// 2^-55. At most 33 multiplications.
pub fn retained(elapsed: BlockNumber, half_life: BlockNumber) -> Retained {
	let half_life = NonZeroU32::new(half_life).unwrap_or(NonZeroU32::MIN);
	let halvings = elapsed / half_life;
	let rest = elapsed % half_life;
	// The fraction of a half-life, in units of 2^-64. It is below one, so it has at most 64 bits.
	let fraction = (u128::from(rest) << 64) / NonZeroU128::from(half_life);

	let mut share = Retained::WHOLE;
	for (root, bit) in ROOTS.iter().zip((32..64).rev()) {
		if fraction & (1 << bit) != 0 {
			share = Retained(share.floor((*root).into()));
		}
	}
	// For the rest x of the exponent, below 2^-32, 2^-x is 1 - x ln 2, to 2^-65.
	let low = fraction & LOW_32;
	let loss = LN_2.saturating_mul(low) >> 64;
	share = Retained(share.floor(Retained::WHOLE.0.saturating_sub(loss)));

	Retained(share.0.checked_shr(halvings).unwrap_or(0))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn roots_should_each_be_the_root_of_the_one_before() {
		let mut before = 1u128 << 63;
		for root in ROOTS.map(u128::from) {
			assert!(root * root < (before + 1) << 64, "{root:x} is too large");
			assert!((root + 1) * (root + 1) > before << 64, "{root:x} is too small");
			before = root;
		}
	}

	#[test]
	fn ln_2_should_agree_with_the_standard_library() {
		assert!((LN_2 as f64 / 2f64.powi(64) - core::f64::consts::LN_2).abs() < 1e-15);
	}

	#[test]
	fn retained_should_halve_exactly_when_whole_half_lives_elapse() {
		for half_life in [1, 3, 864_000] {
			assert_eq!(retained(0, half_life), Retained::WHOLE);
			assert_eq!(retained(half_life, half_life), Retained(1 << 63));
			assert_eq!(retained(64 * half_life, half_life), Retained(1));
			assert_eq!(retained(65 * half_life, half_life), Retained(0));
		}
		assert_eq!(retained(BlockNumber::MAX, 1), Retained(0));
		assert_eq!(retained(BlockNumber::MAX, BlockNumber::MAX), Retained(1 << 63));
	}

	#[test]
	fn retained_should_take_a_half_life_of_zero_for_one() {
		assert_eq!(retained(3, 0), retained(3, 1));
	}

	#[test]
	fn retained_should_keep_its_golden_values() {
		// 2^64 x 2^-(1/half-life), from a computation with 60 digits.
		for (half_life, exact) in [(3, 0xcb2f_f529_eb71_e415), (864_000, 0xffff_f28a_591a_58ea)] {
			let share = retained(1, half_life).0;
			assert!(share.abs_diff(exact) < 128, "half-life {half_life}: {share:x}");
		}
	}

	#[test]
	fn rounding_should_be_as_named_when_the_amount_is_odd() {
		let half = retained(1, 1);
		assert_eq!((half.floor(7), half.ceil(7)), (3, 4));
		assert_eq!((half.floor(8), half.ceil(8)), (4, 4));
		assert_eq!(Retained::WHOLE.floor(u128::MAX), u128::MAX);
		assert_eq!(Retained::WHOLE.ceil(u128::MAX), u128::MAX);
		assert_eq!(half.floor(u128::MAX), u128::MAX / 2);
		assert_eq!(half.ceil(u128::MAX), u128::MAX / 2 + 1);
	}
}
