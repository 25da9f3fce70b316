//! What is measured: a value, and when.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::{fmt, str::FromStr};
use scale_info::TypeInfo;

/// How many units of [`Value`] make one of what is measured.
const UNITS_PER_ONE: u64 = 1_000_000;

/// The decimal places that a [`Value`] has.
const DECIMAL_PLACES: i32 = 6;

/// Digits that are read of a number; those after them can't change a [`Value`] that is in bounds.
const MAX_DIGITS: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// A measured value, in millionths of whatever the series is measured in.
///
/// From -[`Value::LIMIT`] to [`Value::LIMIT`], about 1.15e12 of what is measured: enough for the bytes
/// of a disk, and differences of three values fit their 64 bits. What is beyond saturates. A series
/// whose values are below a thousandth should be measured in a smaller unit.
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
pub struct Value(i64);

impl Value {
	/// The greatest value, in millionths.
	pub const LIMIT: i64 = 1 << 60;

	/// A value of so many millionths, at most [`Value::LIMIT`] from zero.
	pub fn from_millionths(millionths: i64) -> Self {
		Self(millionths.clamp(-Self::LIMIT, Self::LIMIT))
	}

	/// A value of so many of what is measured, at most [`Value::LIMIT`] from zero.
	pub fn from_integer(ones: i64) -> Self {
		Self::from_millionths(ones.saturating_mul(1_000_000))
	}

	/// This value in millionths.
	pub fn millionths(self) -> i64 {
		// What was decoded may be out of bounds.
		self.0.clamp(-Self::LIMIT, Self::LIMIT)
	}
}

impl fmt::Display for Value {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let sign = if self.0 < 0 { "-" } else { "" };
		let parts = self.millionths().unsigned_abs();
		let whole = parts.checked_div(UNITS_PER_ONE).unwrap_or_default();
		let rest = parts.checked_rem(UNITS_PER_ONE).unwrap_or_default();
		write!(f, "{sign}{whole}.{rest:06}")
	}
}

/// Why a text is no [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseValueError;

impl fmt::Display for ParseValueError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str("not a decimal number")
	}
}

impl core::error::Error for ParseValueError {}

impl FromStr for Value {
	type Err = ParseValueError;

	/// Reads a decimal number as Prometheus and CSV files write it: `-12`, `0.25`, `1.5e+06`.
	///
	/// Rounds to the nearest millionth, halves away from zero, and saturates. Infinities and NaN are no
	/// numbers here.
	fn from_str(text: &str) -> Result<Self, ParseValueError> {
		let (negative, unsigned) = match text.as_bytes().first() {
			Some(b'-') => (true, text.get(1..)),
			Some(b'+') => (false, text.get(1..)),
			_ => (false, Some(text)),
		};
		let unsigned = unsigned.ok_or(ParseValueError)?;
		let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
			Some((mantissa, exponent)) => {
				(mantissa, exponent.parse::<i16>().map_err(|_| ParseValueError)?)
			},
			None => (unsigned, 0),
		};
		let (digits, places) = significant_digits(mantissa)?;
		let power = DECIMAL_PLACES.saturating_add(i32::from(exponent)).saturating_sub(places);
		let size = i64::try_from(scaled(digits, power)).unwrap_or(i64::MAX);
		Ok(Self::from_millionths(if negative { size.saturating_neg() } else { size }))
	}
}

/// The digits of a decimal without sign and exponent, and how many of them are after its point.
///
/// The number of places is negative where digits before the point were left out.
fn significant_digits(mantissa: &str) -> Result<(u128, i32), ParseValueError> {
	let mut digits = 0u128;
	let mut places = 0i32;
	let (mut after_point, mut any) = (false, false);
	for byte in mantissa.bytes() {
		match byte {
			b'.' if !after_point => after_point = true,
			b'0'..=b'9' => {
				any = true;
				if digits < MAX_DIGITS {
					let digit = u128::from(byte.saturating_sub(b'0'));
					digits = digits.saturating_mul(10).saturating_add(digit);
					places = places.saturating_add(i32::from(after_point));
				} else {
					places = places.saturating_sub(i32::from(!after_point));
				}
			},
			_ => return Err(ParseValueError),
		}
	}
	any.then_some((digits, places)).ok_or(ParseValueError)
}

/// `digits` times ten to the `power`, rounded to the nearest, halves up; saturates.
fn scaled(digits: u128, power: i32) -> u128 {
	let factor = 10u128.checked_pow(power.unsigned_abs());
	match (power < 0, factor) {
		(false, Some(factor)) => digits.saturating_mul(factor),
		(false, None) if digits == 0 => 0,
		(false, None) => u128::MAX,
		(true, None) => 0,
		(true, Some(divisor)) => {
			let half = divisor >> 1;
			digits.saturating_add(half).checked_div(divisor).unwrap_or_default()
		},
	}
}

/// A time, in seconds since the Unix epoch.
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
pub struct Timestamp(pub u64);

/// One measurement of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Point {
	/// What was measured.
	pub value: Value,
	/// When. Without it, nothing is expected of hours and weekdays.
	pub at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
	use super::*;

	fn millionths(text: &str) -> i64 {
		text.parse::<Value>().unwrap().millionths()
	}

	#[test]
	fn value_should_be_read_when_it_is_a_decimal() {
		for (text, expected) in [
			("0", 0),
			("-0.0", 0),
			("12", 12_000_000),
			("+12.", 12_000_000),
			(".5", 500_000),
			("-0.25", -250_000),
			("0.0000015", 2),
			("-0.0000015", -2),
			("0.00000049", 0),
			("1.5e+06", 1_500_000_000_000),
			("1e-6", 1),
			("25E-1", 2_500_000),
			("18.324918539200002", 18_324_919),
			("0.00000000000000000000000000000000000000000000001e41", 1),
			("100000000000000000000000000000000000000000000000e-40", 10_000_000_000_000),
		] {
			assert_eq!(millionths(text), expected, "{text}");
		}
	}

	#[test]
	fn value_should_saturate_when_the_decimal_is_out_of_bounds() {
		for text in ["1e13", "1e300", "9e9999", "99999999999999999999999999999999999999999999"] {
			assert_eq!(millionths(text), Value::LIMIT, "{text}");
		}
		assert_eq!(millionths("-1e13"), -Value::LIMIT);
		assert_eq!(millionths("0e9999"), 0);
		assert_eq!(millionths("1e-9999"), 0);
	}

	#[test]
	fn value_should_be_refused_when_the_text_is_no_decimal() {
		for text in
			["", "-", ".", "NaN", "inf", "1.2.3", "1e", "1e1.5", "0x10", " 1", "--1", "1,5", "é"]
		{
			assert_eq!(text.parse::<Value>(), Err(ParseValueError), "{text}");
		}
	}

	#[test]
	fn value_should_be_printed_as_it_is_read() {
		for text in ["0.000000", "-0.250000", "1152921504606.846976", "12.000001"] {
			assert_eq!(text.parse::<Value>().map(|value| format!("{value}")), Ok(text.into()));
		}
	}
}
