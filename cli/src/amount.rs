//! Amounts of money as people write and read them, exact to the planck.

use aitbc_core::{
	money::{AIT, DECIMALS, MICRO_AIT, MILLI_AIT},
	Balance,
};
use serde::{de, Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, str::FromStr};

/// An amount in plancks, 10^-12 AIT.
///
/// It is read with a unit, as `12.5 AIT`, `3 mAIT`, `5 uAIT` or `100 planck`, and shown with one.
/// In JSON it is the number of plancks as a decimal string, since JSON's numbers are too small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub Balance);

impl Amount {
	/// Whether it is nothing.
	pub fn is_zero(&self) -> bool {
		self.0 == 0
	}
}

/// A unit, with every spelling of it and how many plancks it holds.
struct Unit {
	/// The first is the one that is shown.
	spellings: &'static [&'static str],
	plancks: Balance,
	/// How many decimals an amount in this unit can have.
	decimals: usize,
}

/// From the greatest to the least.
const UNITS: [Unit; 4] = [
	Unit { spellings: &["AIT"], plancks: AIT, decimals: DECIMALS as usize },
	Unit { spellings: &["mAIT"], plancks: MILLI_AIT, decimals: 9 },
	// Both signs that a keyboard may give for micro: U+00B5 and U+03BC.
	Unit { spellings: &["uAIT", "\u{b5}AIT", "\u{3bc}AIT"], plancks: MICRO_AIT, decimals: 6 },
	Unit { spellings: &["planck", "plancks"], plancks: 1, decimals: 0 },
];

/// What people write between digits to read long numbers better, or before decimals.
const SEPARATORS: [char; 7] = [',', '_', '\'', ' ', '\u{2019}', '\u{a0}', '\u{202f}'];

/// Why a text is no amount.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseAmountError {
	/// It does not begin with a decimal number.
	#[error("`{0}` is no amount: write a number and a unit, such as `12.5 AIT`")]
	NoNumber(String),
	/// It is less than nothing.
	#[error("`{text}` is negative, and there is no such amount: write `{positive}`")]
	Negative {
		/// The text.
		text: String,
		/// The text without its sign.
		positive: String,
	},
	/// It is an option that the command does not have, where an amount belongs.
	#[error("`{0}` is no amount, and no option of this command: see `--help`")]
	UnknownOption(String),
	/// Its digits do not stand together.
	#[error("`{text}` has `{separator}` between its digits: write {advice}")]
	Separated {
		/// The text.
		text: String,
		/// What stands between the digits.
		separator: char,
		/// How to write it.
		advice: String,
	},
	/// It is a bare number.
	#[error("`{0}` has no unit: write `{0} AIT`, or mAIT, uAIT or planck")]
	NoUnit(String),
	/// Its unit is not known.
	#[error("`{unit}` is no unit of money: use AIT, mAIT, uAIT or planck")]
	UnknownUnit {
		/// What stands where a unit should.
		unit: String,
	},
	/// It has a fraction of a planck.
	#[error("`{text}` is finer than a planck: {unit} has at most {decimals} decimals")]
	TooFine {
		/// The text.
		text: String,
		/// The unit it names.
		unit: &'static str,
		/// How many decimals the unit has.
		decimals: usize,
	},
	/// It is more than a balance can hold.
	#[error("`{0}` is more money than an account can hold")]
	TooMuch(String),
}

impl FromStr for Amount {
	type Err = ParseAmountError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let text = text.trim();
		if text.starts_with("--") {
			return Err(ParseAmountError::UnknownOption(text.to_owned()));
		}
		if let Some(positive) = text.strip_prefix('-') {
			let positive = positive.trim_start().to_owned();
			return Err(ParseAmountError::Negative { text: text.to_owned(), positive });
		}
		let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
		let (number, unit) = text.split_at(end);
		if let Some(separator) = separator_of(number, unit) {
			let advice = advice(text);
			return Err(ParseAmountError::Separated { text: text.to_owned(), separator, advice });
		}
		let (whole, fraction) =
			split_number(number).ok_or_else(|| ParseAmountError::NoNumber(text.to_owned()))?;
		let unit = find_unit(text, unit.trim_start())?;
		let fraction = fraction.trim_end_matches('0');
		if fraction.len() > unit.decimals {
			return Err(ParseAmountError::TooFine {
				text: text.to_owned(),
				unit: unit.name(),
				decimals: unit.decimals,
			});
		}
		let plancks = format!("{whole}{fraction:0<width$}", width = unit.decimals);
		// Nothing but digits is left, so that only their number can be at fault.
		plancks.parse().map(Self).map_err(|_| ParseAmountError::TooMuch(text.to_owned()))
	}
}

/// Splits a decimal number at its point. Both sides of a point need a digit.
fn split_number(number: &str) -> Option<(&str, &str)> {
	let (whole, fraction) = match number.split_once('.') {
		Some((_, fraction)) if fraction.is_empty() || fraction.contains('.') => return None,
		Some(parts) => parts,
		None => (number, ""),
	};
	(!whole.is_empty()).then_some((whole, fraction))
}

/// What separates the digits of `number` from more of them in `rest`, if something does.
fn separator_of(number: &str, rest: &str) -> Option<char> {
	let mut characters = rest.chars();
	let separator = characters.next().filter(|character| SEPARATORS.contains(character))?;
	let goes_on = characters.next().is_some_and(|next| next.is_ascii_digit());
	(!number.is_empty() && goes_on).then_some(separator)
}

/// How to write `text`, whose digits are separated. A single comma may stand for the decimal point,
/// and must where no three digits follow it.
fn advice(text: &str) -> String {
	let is_of_number =
		|c: char| c.is_ascii_digit() || c == '.' || c.is_whitespace() || SEPARATORS.contains(&c);
	let end = text.find(|c| !is_of_number(c)).unwrap_or(text.len());
	let (number, unit) = text.split_at(end);
	let unit = find_unit(text, unit).map_or("AIT", Unit::name);
	let number = number.trim_end();
	let together: String = number.chars().filter(|c| !SEPARATORS.contains(c)).collect();
	match number.split_once(',') {
		Some((whole, rest)) if rest.chars().all(|c| c.is_ascii_digit()) => match rest.len() {
			3 => format!("`{together} {unit}`, or `{whole}.{rest} {unit}` with a decimal point"),
			_ => format!("`{whole}.{rest} {unit}` with a decimal point"),
		},
		_ => format!("`{together} {unit}`"),
	}
}

fn find_unit(text: &str, unit: &str) -> Result<&'static Unit, ParseAmountError> {
	if unit.is_empty() {
		return Err(ParseAmountError::NoUnit(text.to_owned()));
	}
	UNITS
		.iter()
		.find(|known| known.spellings.contains(&unit))
		.ok_or_else(|| ParseAmountError::UnknownUnit { unit: unit.to_owned() })
}

impl Unit {
	fn name(&self) -> &'static str {
		self.spellings.first().copied().unwrap_or_default()
	}
}

/// Shows every digit that counts: in AIT from a thousandth of one up, and below that in the
/// greatest unit that the amount holds.
impl fmt::Display for Amount {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let [ait, _, micro, planck] = &UNITS;
		let unit = match self.0 {
			0 | MILLI_AIT.. => ait,
			MICRO_AIT.. => micro,
			_ => planck,
		};
		let (whole, rest) = (self.0 / unit.plancks, self.0 % unit.plancks);
		let digits = format!("{rest:0width$}", width = unit.decimals);
		let text = match digits.trim_end_matches('0') {
			"" => format!("{whole} {}", unit.name()),
			fraction => format!("{whole}.{fraction} {}", unit.name()),
		};
		f.pad(&text)
	}
}

impl Serialize for Amount {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&self.0)
	}
}

impl<'de> Deserialize<'de> for Amount {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		String::deserialize(deserializer)?.parse().map(Self).map_err(de::Error::custom)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use proptest::prelude::*;

	fn parse(text: &str) -> Result<Balance, ParseAmountError> {
		text.parse().map(|Amount(plancks)| plancks)
	}

	#[test]
	fn amounts_should_parse_in_every_unit() {
		for (text, plancks) in [
			("12.5 AIT", 12_500_000_000_000),
			("12.5AIT", 12_500_000_000_000),
			("  1   AIT ", AIT),
			("0 AIT", 0),
			("0.000000000001 AIT", 1),
			("1.500000000000000000 AIT", 1_500_000_000_000),
			("3 mAIT", 3 * MILLI_AIT),
			("5uAIT", 5 * MICRO_AIT),
			("5\u{b5}AIT", 5 * MICRO_AIT),
			("5 \u{3bc}AIT", 5 * MICRO_AIT),
			("100 planck", 100),
			("1 plancks", 1),
			("340282366920938463463374607431768211455 planck", Balance::MAX),
		] {
			assert_eq!(parse(text), Ok(plancks), "{text}");
		}
	}

	#[test]
	fn amounts_should_fail_to_parse_when_malformed() {
		use ParseAmountError::*;
		for text in ["", "AIT", "+1 AIT", ".5 AIT", "1. AIT", "1.2.3 AIT", "abc", ",5 AIT"] {
			assert_eq!(parse(text), Err(NoNumber(text.into())), "{text}");
		}
		assert_eq!(parse("12"), Err(NoUnit("12".into())));
		for unit in ["ait", "MAIT", "DOT", "e3 AIT", ", AIT"] {
			let unknown = UnknownUnit { unit: unit.into() };
			assert_eq!(parse(&format!("1{unit}")), Err(unknown), "{unit}");
		}
		assert!(matches!(parse("0.5 planck"), Err(TooFine { decimals: 0, .. })));
		assert!(matches!(parse("0.0000000000001 AIT"), Err(TooFine { decimals: 12, .. })));
		let most = "340282366920938463463374607431768211456 planck";
		assert_eq!(parse(most), Err(TooMuch(most.into())));
	}

	#[test]
	fn amounts_should_say_what_to_write_when_their_digits_are_separated() {
		for (text, advice) in [
			("1,000 AIT", "`1000 AIT`, or `1.000 AIT` with a decimal point"),
			("1,5 AIT", "`1.5 AIT` with a decimal point"),
			("1,000,000 AIT", "`1000000 AIT`"),
			("1,000.50 mAIT", "`1000.50 mAIT`"),
			("1 000 AIT", "`1000 AIT`"),
			("1_000AIT", "`1000 AIT`"),
			("1'000 planck", "`1000 planck`"),
			("1,000", "`1000 AIT`, or `1.000 AIT` with a decimal point"),
		] {
			let error = parse(text).expect_err("its digits are separated").to_string();
			assert!(error.ends_with(&format!("between its digits: write {advice}")), "{error}");
		}
	}

	#[test]
	fn amounts_should_say_what_to_write_when_they_are_negative() {
		for text in ["-5 AIT", "- 5 AIT"] {
			let error = parse(text).expect_err("it is negative").to_string();
			assert!(error.contains("is negative") && error.ends_with("write `5 AIT`"), "{error}");
		}
		assert_eq!(parse("--al"), Err(ParseAmountError::UnknownOption("--al".into())));
	}

	#[test]
	fn amounts_should_show_the_unit_that_fits() {
		for (plancks, text) in [
			(0, "0 AIT"),
			(1, "1 planck"),
			(999_999, "999999 planck"),
			(1_000_000, "1 uAIT"),
			(12_345_678, "12.345678 uAIT"),
			(MILLI_AIT, "0.001 AIT"),
			(12 * AIT + AIT / 2, "12.5 AIT"),
			(1_000_000 * AIT + 1, "1000000.000000000001 AIT"),
		] {
			assert_eq!(Amount(plancks).to_string(), text);
		}
	}

	#[test]
	fn amounts_should_be_strings_of_plancks_in_json() {
		let json = serde_json::to_string(&Amount(Balance::MAX)).expect("an amount is JSON");
		assert_eq!(json, "\"340282366920938463463374607431768211455\"");
	}

	proptest! {
		#[test]
		fn amounts_should_survive_being_shown_and_read(plancks: Balance) {
			prop_assert_eq!(parse(&Amount(plancks).to_string()), Ok(plancks));
		}

		#[test]
		fn small_amounts_should_survive_being_shown_and_read(plancks in 0..(2 * AIT)) {
			prop_assert_eq!(parse(&Amount(plancks).to_string()), Ok(plancks));
		}

		#[test]
		fn decimals_should_mean_what_they_say(whole in 0u64.., fraction in 0u64..1_000_000_000_000) {
			let expected = Balance::from(whole) * AIT + Balance::from(fraction);
			prop_assert_eq!(parse(&format!("{whole}.{fraction:012} AIT")), Ok(expected));
		}

		#[test]
		fn any_text_should_parse_or_fail_without_panic(text: String) {
			let _ = parse(&text);
		}
	}
}
