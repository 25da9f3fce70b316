//! Decimal numbers that are no money: ratings, performance, shares.

use serde::{Serialize, Serializer};
use sp_core::U256;
use std::{fmt, str::FromStr};

/// The most decimals that the chain takes, as ERC-8004 has them.
const MAX_DECIMALS: u8 = 18;

/// How many parts make a whole.
pub const PARTS: u32 = 1_000_000_000;

/// A signed decimal number: `value` / 10^`decimals`.
///
/// It is read and shown as `-12.5`, and is a string in JSON, whose numbers are too small for it.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
	/// The digits.
	pub value: i128,
	/// How many of them stand behind the point.
	pub decimals: u8,
}

impl Decimal {
	/// Its digits with `decimals` of them behind the point, as far as a number holds them.
	pub fn rescaled(self, decimals: u8) -> i128 {
		let factor = |count: u8| 10i128.saturating_pow(count.into());
		match decimals.checked_sub(self.decimals) {
			Some(missing) => self.value.saturating_mul(factor(missing)),
			None => self.value / factor(self.decimals.saturating_sub(decimals)),
		}
	}
}

/// Why a text is no decimal number.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseDecimalError {
	/// It has something else than a sign, digits and a point between digits.
	#[error("`{0}` is no decimal number: write it as `92`, `99.5` or `-1`")]
	Malformed(String),
	/// It is longer than the chain takes.
	#[error("`{0}` is too long: a number has at most {MAX_DECIMALS} decimals and 38 digits")]
	TooLong(String),
}

impl FromStr for Decimal {
	type Err = ParseDecimalError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let malformed = || ParseDecimalError::Malformed(text.to_owned());
		let too_long = || ParseDecimalError::TooLong(text.to_owned());
		let number = text.strip_prefix('-').unwrap_or(text);
		let (whole, fraction) = match number.split_once('.') {
			Some((_, "")) => return Err(malformed()),
			Some(parts) => parts,
			None => (number, ""),
		};
		let is_digits = |part: &str| part.chars().all(|digit| digit.is_ascii_digit());
		if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
			return Err(malformed());
		}
		let decimals = u8::try_from(fraction.len()).ok().filter(|count| *count <= MAX_DECIMALS);
		let sign = if number.len() < text.len() { "-" } else { "" };
		let value = format!("{sign}{whole}{fraction}").parse().map_err(|_| too_long())?;
		Ok(Self { value, decimals: decimals.ok_or_else(too_long)? })
	}
}

/// Shows every digit that counts.
impl fmt::Display for Decimal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let width = usize::from(self.decimals);
		let digits = format!("{:0width$}", self.value.unsigned_abs(), width = width + 1);
		let (whole, fraction) = digits.split_at(digits.len() - width);
		let sign = if self.value < 0 { "-" } else { "" };
		f.pad(&match fraction.trim_end_matches('0') {
			"" => format!("{sign}{whole}"),
			fraction => format!("{sign}{whole}.{fraction}"),
		})
	}
}

impl Serialize for Decimal {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(self)
	}
}

/// A share of a whole, from 0 to 1, as the chain computes with it: in parts per billion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub u32);

impl Share {
	/// The share of `amount`, rounded down.
	pub fn floor_of(self, amount: u128) -> u128 {
		let (whole, rest) = self.of(amount);
		whole.saturating_add(rest / u128::from(PARTS))
	}

	/// The share of `amount`, rounded up.
	pub fn ceil_of(self, amount: u128) -> u128 {
		let (whole, rest) = self.of(amount);
		whole.saturating_add(rest.div_ceil(PARTS.into()))
	}

	/// The share of the whole billions in `amount`, and that of the rest in parts per billion.
	fn of(self, amount: u128) -> (u128, u128) {
		let (parts, share) = (u128::from(PARTS), u128::from(self.0));
		((amount / parts).saturating_mul(share), (amount % parts).saturating_mul(share))
	}

	/// The share to four decimals, for tables.
	pub fn short(self) -> String {
		// Rounded down, as the chain rounds whatever gives an advantage.
		Decimal { value: (self.0 / (PARTS / 10_000)).into(), decimals: 4 }.to_string()
	}
}

/// The part of `of` that `part` is of `whole`, rounded down; nothing of nothing.
pub fn portion(of: u128, part: u128, whole: u128) -> u128 {
	let product = U256::from(of).saturating_mul(U256::from(part));
	let quotient = product.checked_div(U256::from(whole)).unwrap_or_default();
	u128::try_from(quotient).unwrap_or(u128::MAX)
}

/// Shows every digit that counts: `0.873421004`.
impl fmt::Display for Share {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		Decimal { value: self.0.into(), decimals: 9 }.fmt(f)
	}
}

/// With all nine decimals: `0.500000000`.
impl Serialize for Share {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&format_args!("{}.{:09}", self.0 / PARTS, self.0 % PARTS))
	}
}

/// Equal numbers are equal in every form: 5 is 5.0.
impl PartialEq for Decimal {
	fn eq(&self, other: &Self) -> bool {
		self.to_string() == other.to_string()
	}
}

impl Eq for Decimal {}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn decimals_should_survive_being_read_and_shown() {
		for (text, value, decimals) in [
			("0", 0, 0),
			("92", 92, 0),
			("99.5", 995, 1),
			("-0.05", -5, 2),
			("-12", -12, 0),
			("0.000000000000000001", 1, 18),
		] {
			let decimal: Decimal = text.parse().expect("it is a number");
			assert_eq!((decimal.value, decimal.decimals), (value, decimals), "{text}");
			assert_eq!(decimal.to_string(), text);
		}
		assert_eq!(Decimal { value: 100_000_000_000_000_000_000, decimals: 18 }.to_string(), "100");
		assert_eq!("5".parse::<Decimal>(), "5.00".parse());
	}

	#[test]
	fn decimals_should_fail_to_parse_when_malformed() {
		use ParseDecimalError::*;
		for text in ["", "-", ".5", "5.", "1.2.3", "+1", "1e3", "--1", "1,5", "ten", "- 1"] {
			assert_eq!(text.parse::<Decimal>(), Err(Malformed(text.into())), "{text}");
		}
		for text in ["0.0000000000000000001", &"9".repeat(40)] {
			assert_eq!(text.parse::<Decimal>(), Err(TooLong(text.into())), "{text}");
		}
	}

	#[test]
	fn shares_should_be_shown_from_zero_to_one() {
		for (parts, long, short) in [
			(0, "0", "0"),
			(1, "0.000000001", "0"),
			(873_456_789, "0.873456789", "0.8734"),
			(999_999_999, "0.999999999", "0.9999"),
			(PARTS, "1", "1"),
		] {
			assert_eq!(
				(Share(parts).to_string(), Share(parts).short()),
				(long.into(), short.into())
			);
		}
	}

	#[test]
	fn shares_of_amounts_should_be_rounded_as_is_asked() {
		let share = Share(25_000_000);
		for (amount, floor, ceil) in [
			(0, 0, 0),
			(1, 0, 1),
			(40, 1, 1),
			(41, 1, 2),
			(10u128.pow(12), 25 * 10u128.pow(9), 25 * 10u128.pow(9)),
		] {
			assert_eq!((share.floor_of(amount), share.ceil_of(amount)), (floor, ceil), "{amount}");
		}
		assert_eq!(Share(PARTS).floor_of(u128::MAX), u128::MAX);
		assert_eq!(Share(PARTS).ceil_of(u128::MAX), u128::MAX);
	}

	#[test]
	fn portions_should_be_rounded_down() {
		for (of, part, whole, portioned) in [
			(100, 40, 100, 40),
			(10, 1, 3, 3),
			(10, 1, 0, 0),
			(u128::MAX, u128::MAX, u128::MAX, u128::MAX),
			(100, u128::MAX / 2, u128::MAX, 49),
			(u128::MAX, 2, 1, u128::MAX),
		] {
			assert_eq!(portion(of, part, whole), portioned, "{of} x {part} / {whole}");
		}
	}
}
