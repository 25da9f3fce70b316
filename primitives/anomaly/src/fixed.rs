//! Integer maths that the detectors share.

/// One, in units of 2^-16.
pub(crate) const ONE: u32 = 1 << 16;

/// 2^-(1/2), 2^-(1/4), ... 2^-(1/2^16), in units of 2^-31, rounded down.
const ROOTS: [u64; 16] = [
	0x5a82_7999,
	0x6ba2_7e65,
	0x7560_6373,
	0x7a92_be8a,
	0x7d41_d96d,
	0x7e9f_0606,
	0x7f4f_08ae,
	0x7fa7_65ac,
	0x7fd3_ab29,
	0x7fe9_d3a8,
	0x7ff4_e959,
	0x7ffa_748d,
	0x7ffd_3a3f,
	0x7ffe_9d1d,
	0x7fff_4e8e,
	0x7fff_a747,
];

/// The binary logarithm in units of 2^-16, rounded down; of 0 it is 0.
pub(crate) fn log2(x: u64) -> u32 {
	let Some(whole) = x.checked_ilog2() else { return 0 };
	// Squaring a number in [1, 2), here in units of 2^-31, doubles its logarithm: what leaves the
	// interval is the logarithm's next bit.
	let mut mantissa = x.wrapping_shl(63u32.saturating_sub(whole)) >> 32;
	let mut bits = whole;
	for _ in 0..16 {
		mantissa = mantissa.saturating_mul(mantissa) >> 31;
		let carry = u32::from(mantissa >= 1 << 32);
		mantissa = mantissa.wrapping_shr(carry);
		bits = (bits << 1) | carry;
	}
	bits
}

/// Two to the power of minus `x`, both in units of 2^-16.
pub(crate) fn exp2_minus(x: u32) -> u32 {
	let mut power = 1u64 << 31;
	for (root, place) in ROOTS.iter().zip((0..16u32).rev()) {
		if x.wrapping_shr(place) & 1 == 1 {
			power = power.saturating_mul(*root) >> 31;
		}
	}
	let whole = x >> 16;
	u32::try_from((power >> 15).checked_shr(whole).unwrap_or_default()).unwrap_or(ONE)
}

/// The low 16 bits where `x` has no more, else all ones.
pub(crate) fn to_u16(x: u64) -> u16 {
	u16::try_from(x).unwrap_or(u16::MAX)
}

/// `x`, or the nearest there is.
pub(crate) fn to_u32(x: u64) -> u32 {
	u32::try_from(x).unwrap_or(u32::MAX)
}

/// `x`, or the nearest there is.
pub(crate) fn to_i64(x: i128) -> i64 {
	i64::try_from(x).unwrap_or(if x < 0 { i64::MIN } else { i64::MAX })
}

/// `sum` divided by `count`, rounded towards zero; 0 without a count.
pub(crate) fn mean(sum: i128, count: usize) -> i64 {
	let count = i128::try_from(count).unwrap_or(i128::MAX);
	to_i64(sum.checked_div(count).unwrap_or_default())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn log2_should_be_within_one_unit_of_the_true_one() {
		for shift in 0..64 {
			for offset in [0u64, 1, 12_345, 999_999_999] {
				let x = (1u64 << shift).saturating_add(offset);
				let exact = (x as f64).log2() * f64::from(ONE);
				assert!((f64::from(log2(x)) - exact).abs() <= 1.5, "{x}");
			}
		}
		assert_eq!(log2(0), 0);
		assert_eq!(log2(1), 0);
		assert_eq!(log2(u64::MAX), (64 << 16) - 1);
	}

	#[test]
	fn exp2_minus_should_be_within_one_unit_of_the_true_one() {
		for x in (0..20 * ONE).step_by(97) {
			let exact = (-f64::from(x) / f64::from(ONE)).exp2() * f64::from(ONE);
			assert!((f64::from(exp2_minus(x)) - exact).abs() <= 1.0, "{x}");
		}
		assert_eq!(exp2_minus(0), ONE);
		assert_eq!(exp2_minus(u32::MAX), 0);
	}
}
