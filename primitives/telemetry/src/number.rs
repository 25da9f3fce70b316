//! The numbers of a Prometheus page.

/// Digits that are read of a number; those after them are below its millionths, or it saturates anyway.
const MAX_DIGITS: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// The decimal places that are kept.
const DECIMAL_PLACES: i32 = 6;

/// What a page says of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Number {
	/// So many millionths. What is beyond their 128 bits saturates.
	Finite(i128),
	/// Infinite, or not a number.
	NotFinite,
}

/// Reads a number as Go's `ParseFloat` does, which the format's description names. Those in base 16
/// and with underscores, which no exporter writes, are none here.
///
/// Unlike [`aitbc_anomaly::Value`] it reaches beyond 10^12, where the bytes of a disk are.
pub(crate) fn parse(text: &str) -> Option<Number> {
	let (is_negative, unsigned) = match text.as_bytes().first()? {
		b'-' => (true, text.get(1..)?),
		b'+' => (false, text.get(1..)?),
		_ => (false, text),
	};
	if ["inf", "infinity", "nan"].iter().any(|name| unsigned.eq_ignore_ascii_case(name)) {
		// Go knows no sign of what is not a number; it does no harm.
		return Some(Number::NotFinite);
	}
	let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
		Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)?),
		None => (unsigned, 0),
	};
	let (digits, places) = significant_digits(mantissa)?;
	let power = DECIMAL_PLACES.saturating_add(exponent).saturating_sub(places);
	let millionths = i128::try_from(scaled(digits, power)).unwrap_or(i128::MAX);
	Some(Number::Finite(if is_negative { millionths.saturating_neg() } else { millionths }))
}

/// A signed power of ten; one beyond the 32 bits saturates.
fn parse_exponent(text: &str) -> Option<i32> {
	let (is_negative, digits) = match text.as_bytes().first()? {
		b'-' => (true, text.get(1..)?),
		b'+' => (false, text.get(1..)?),
		_ => (false, text),
	};
	if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
		return None;
	}
	let size = digits.parse::<i32>().unwrap_or(i32::MAX);
	Some(if is_negative { size.saturating_neg() } else { size })
}

/// The digits of a decimal without sign and exponent, and how many of them are after its point.
///
/// The number of places is negative where digits before the point were left out.
fn significant_digits(mantissa: &str) -> Option<(u128, i32)> {
	let (mut digits, mut places) = (0u128, 0i32);
	let (mut is_after_point, mut any) = (false, false);
	for byte in mantissa.bytes() {
		match byte {
			b'.' if !is_after_point => is_after_point = true,
			b'0'..=b'9' => {
				any = true;
				if digits < MAX_DIGITS {
					let digit = u128::from(byte.saturating_sub(b'0'));
					digits = digits.saturating_mul(10).saturating_add(digit);
					places = places.saturating_add(is_after_point.into());
				} else {
					places = places.saturating_sub((!is_after_point).into());
				}
			},
			_ => return None,
		}
	}
	any.then_some((digits, places))
}

/// `digits` times ten to the `power`, rounded to the nearest, halves up; saturates.
fn scaled(digits: u128, power: i32) -> u128 {
	match (power < 0, 10u128.checked_pow(power.unsigned_abs())) {
		(false, Some(factor)) => digits.saturating_mul(factor),
		(false, None) if digits == 0 => 0,
		(false, None) => u128::MAX,
		(true, None) => 0,
		(true, Some(divisor)) => {
			digits.saturating_add(divisor >> 1).checked_div(divisor).unwrap_or_default()
		},
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn number_should_be_read_when_it_is_a_decimal() {
		for (text, expected) in [
			("0", 0),
			("-0.0", 0),
			("+12.", 12_000_000),
			(".5", 500_000),
			("-0.25", -250_000),
			("0.0000015", 2),
			("-0.0000015", -2),
			("0.00000049", 0),
			("1.5e+06", 1_500_000_000_000),
			("25E-1", 2_500_000),
			("4398046511104", 4_398_046_511_104_000_000),
			("4.398046511104e+12", 4_398_046_511_104_000_000),
			("18446744073709551615", 18_446_744_073_709_551_615_000_000),
			("1e30", i128::pow(10, 36)),
			("1e300", i128::MAX),
			("-1e300", -i128::MAX),
			("1e99999999999999999999", i128::MAX),
			("0e99999999999999999999", 0),
			("1e-99999999999999999999", 0),
			("100000000000000000000000000000000000000000000000e-40", 10_000_000_000_000),
		] {
			assert_eq!(parse(text), Some(Number::Finite(expected)), "{text}");
		}
	}

	#[test]
	fn number_should_be_known_as_not_finite() {
		for text in ["NaN", "+Inf", "-Inf", "inf", "Infinity", "-infinity"] {
			assert_eq!(parse(text), Some(Number::NotFinite), "{text}");
		}
	}

	#[test]
	fn number_should_be_refused_when_it_is_none() {
		for text in [
			"", "-", "+", ".", "e5", "1e", "1e+", "1e1.5", "1.2.3", "0x10", "1_000", "--1", "1,5",
			"é", "-é", "1e--5", "in", " 1", "1e5e5",
		] {
			assert_eq!(parse(text), None, "{text}");
		}
	}
}
