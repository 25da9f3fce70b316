//! Integer maths that the modules share.

use aitbc_anomaly::Value;

/// One, in millionths.
pub(crate) const ONE: i128 = 1_000_000;

/// `numerator` divided by `denominator`, to the nearest, halves away from zero. Nothing if it is divided
/// by nothing.
pub(crate) fn rounded(numerator: i128, denominator: i128) -> Option<i128> {
	let (size, by) = (numerator.unsigned_abs(), denominator.unsigned_abs());
	let quotient = size.checked_div(by)?;
	let rest = size.checked_rem(by)?;
	let is_up = rest >= by.saturating_sub(rest);
	let quotient = i128::try_from(quotient).unwrap_or(i128::MAX).saturating_add(is_up.into());
	let is_negative = (numerator < 0) != (denominator < 0);
	Some(if is_negative { quotient.saturating_neg() } else { quotient })
}

/// A value of so many millionths; saturates.
pub(crate) fn value(millionths: i128) -> Value {
	let nearest = if millionths < 0 { i64::MIN } else { i64::MAX };
	Value::from_millionths(i64::try_from(millionths).unwrap_or(nearest))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn quotient_should_be_the_nearest_and_halves_away_from_zero() {
		for (numerator, denominator, expected) in [
			(0, 7, 0),
			(5, 2, 3),
			(-5, 2, -3),
			(5, -2, -3),
			(4, 3, 1),
			(-5, 3, -2),
			(1, 3, 0),
			(2, 3, 1),
			(i128::MAX, 1, i128::MAX),
			(i128::MAX, 2, 1 << 126),
			(i128::MIN, i128::MIN, 1),
			(i128::MIN, 1, -i128::MAX),
		] {
			assert_eq!(
				rounded(numerator, denominator),
				Some(expected),
				"{numerator}/{denominator}"
			);
		}
		assert_eq!(rounded(1, 0), None);
	}

	#[test]
	fn value_should_saturate_when_there_are_more_millionths() {
		assert_eq!(value(i128::MAX).millionths(), Value::LIMIT);
		assert_eq!(value(i128::MIN).millionths(), -Value::LIMIT);
		assert_eq!(value(-7).millionths(), -7);
	}
}
