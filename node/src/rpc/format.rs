//! How values are written as JSON.
//!
//! Whatever is 128 bits wide on chain, every fraction, and every number of 64 bits that anybody may
//! choose is a decimal string, because JSON readers keep 53 bits. Ids and counts are numbers: the
//! chain gives ids out one by one, each for a price, so none ever reaches 2^53.

use aitbc_core::{Balance, Decimal};
use serde::{
	de::{Error, Unexpected, Visitor},
	Deserialize, Deserializer, Serialize, Serializer,
};
use sp_runtime::Perbill;
use std::{fmt, str::FromStr};

/// How many digits a share has behind the point.
const SHARE_DIGITS: usize = 9;

/// An amount of money, in plancks: `"1000000000000"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plancks(pub Balance);

impl Serialize for Plancks {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&self.0)
	}
}

impl<'de> Deserialize<'de> for Plancks {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let expected =
			"an amount in plancks: a string of decimal digits, such as \"1000000000000\" for \
		                1 AIT";
		read_text(deserializer, expected, number).map(Self)
	}
}

/// A number of 64 bits that anybody may choose, such as one of units: `"1000000"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity(pub u64);

impl Serialize for Quantity {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&self.0)
	}
}

impl<'de> Deserialize<'de> for Quantity {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let expected = "a quantity: a string of decimal digits, such as \"1000\", below 2^64";
		read_text(deserializer, expected, number).map(Self)
	}
}

/// A part of one, from 0 to 1: `"0.961538461"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share(pub Perbill);

impl Serialize for Share {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let (parts, one) = (self.0.deconstruct(), Perbill::one().deconstruct());
		serializer.collect_str(&format_args!("{}.{:0SHARE_DIGITS$}", parts / one, parts % one))
	}
}

impl<'de> Deserialize<'de> for Share {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let expected = "a share: a string from \"0\" to \"1\" with nine decimals at most, such as \
		                \"0.25\"";
		read_text(deserializer, expected, share).map(Self)
	}
}

/// A decimal number in its shortest form: `"99.77"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl Serialize for Number {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		let Decimal { value, decimals } = self.0;
		let decimals = usize::from(decimals);
		let digits = format!("{:0width$}", value.unsigned_abs(), width = decimals + 1);
		// There is at least one digit more than decimals, and all are ASCII.
		let (whole, fraction) = digits.split_at(digits.len() - decimals);
		let sign = if value < 0 { "-" } else { "" };
		let fraction = fraction.trim_end_matches('0');
		let point = if fraction.is_empty() { "" } else { "." };
		serializer.collect_str(&format_args!("{sign}{whole}{point}{fraction}"))
	}
}

impl<'de> Deserialize<'de> for Number {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let expected = "a decimal number: a string such as \"99.5\" or \"-0.25\"";
		read_text(deserializer, expected, decimal).map(Self)
	}
}

/// Bytes that anybody may have chosen: always in hexadecimal, and as text if they are UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Bytes {
	/// `0x` and two digits for each byte.
	pub hex: String,
	/// The text, or `None` if the bytes are not UTF-8.
	pub text: Option<String>,
}

impl From<Vec<u8>> for Bytes {
	fn from(bytes: Vec<u8>) -> Self {
		Self { hex: hexadecimal(&bytes), text: String::from_utf8(bytes).ok() }
	}
}

/// Bytes in hexadecimal, after `0x`.
pub fn hexadecimal(bytes: &[u8]) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Text that the chain keeps to ASCII: names, units, URIs.
pub fn ascii(bytes: Vec<u8>) -> String {
	String::from_utf8_lossy(&bytes).into_owned()
}

/// A URI, or `None` where the chain has an empty one for none.
pub fn optional_uri(bytes: Vec<u8>) -> Option<String> {
	Some(bytes).filter(|bytes| !bytes.is_empty()).map(ascii)
}

/// Reads a string with `read`; what it is, `expected` says to those who sent something else.
pub fn read_text<'de, D: Deserializer<'de>, T>(
	deserializer: D,
	expected: &'static str,
	read: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
	deserializer.deserialize_str(TextVisitor { expected, read })
}

/// See [`read_text`].
struct TextVisitor<T> {
	expected: &'static str,
	read: fn(&str) -> Option<T>,
}

impl<T> Visitor<'_> for TextVisitor<T> {
	type Value = T;

	fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.write_str(self.expected)
	}

	fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
		(self.read)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
	}
}

/// Reads a decimal number: digits, perhaps with a minus before and a point between them.
fn decimal(text: &str) -> Option<Decimal> {
	let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
	let (whole, fraction) = match digits.split_once('.') {
		Some((whole, fraction)) => (whole, Some(fraction)),
		None => (digits, None),
	};
	if !is_number(whole) || !fraction.is_none_or(is_number) {
		return None;
	}
	let fraction = fraction.unwrap_or_default();
	let value = format!("{sign}{whole}{fraction}").parse().ok()?;
	Some(Decimal { value, decimals: fraction.len().try_into().ok()? })
}

/// Reads a part of one. It has no more decimals than the chain keeps.
fn share(text: &str) -> Option<Perbill> {
	let Decimal { value, decimals } = decimal(text)?;
	let missing = SHARE_DIGITS.checked_sub(decimals.into())?;
	let parts = value.checked_mul(10_i128.checked_pow(missing.try_into().ok()?)?)?;
	let one = Perbill::one().deconstruct();
	u32::try_from(parts).ok().filter(|parts| *parts <= one).map(Perbill::from_parts)
}

/// Reads decimal digits, without the sign that [`str::parse`] would take.
pub fn number<N: FromStr>(digits: &str) -> Option<N> {
	Some(digits).filter(|digits| is_number(digits))?.parse().ok()
}

/// Whether `text` consists of decimal digits, of one at least.
fn is_number(text: &str) -> bool {
	!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value};

	#[test]
	fn plancks_should_be_decimal_strings() {
		for amount in [0, 1_000_000_000_000, Balance::MAX] {
			let json = to_value(Plancks(amount)).expect("an amount is JSON");
			assert_eq!(json, json!(amount.to_string()));
			assert_eq!(from_value::<Plancks>(json).expect("it is an amount"), Plancks(amount));
		}
	}

	#[test]
	fn plancks_should_refuse_everything_else() {
		let above = format!("{}0", Balance::MAX);
		for json in [json!(1), json!(""), json!("+1"), json!("1.0"), json!("1 AIT"), json!(above)] {
			assert!(from_value::<Plancks>(json.clone()).is_err(), "{json}");
		}
	}

	#[test]
	fn errors_should_say_what_is_expected_in_place_of_what() {
		for (json, found) in [(json!(10), "invalid type"), (json!("1 AIT"), "string \"1 AIT\"")] {
			let error = from_value::<Plancks>(json).expect_err("it is no amount").to_string();
			assert!(error.contains(found), "{error}");
			assert!(error.contains("expected an amount in plancks: a string"), "{error}");
		}
	}

	#[test]
	fn quantities_should_be_decimal_strings() {
		for quantity in [0, 1_000, u64::MAX] {
			let json = to_value(Quantity(quantity)).expect("a quantity is JSON");
			assert_eq!(json, json!(quantity.to_string()));
			let read = from_value::<Quantity>(json).expect("it is a quantity");
			assert_eq!(read, Quantity(quantity));
		}
	}

	#[test]
	fn quantities_should_refuse_everything_else() {
		for json in [json!(1), json!(""), json!("-1"), json!("1.0"), json!("18446744073709551616")]
		{
			assert!(from_value::<Quantity>(json.clone()).is_err(), "{json}");
		}
	}

	#[test]
	fn shares_should_have_nine_places() {
		for (parts, text) in [
			(0, "0.000000000"),
			(1, "0.000000001"),
			(961_538_461, "0.961538461"),
			(1_000_000_000, "1.000000000"),
		] {
			let json = to_value(Share(Perbill::from_parts(parts))).expect("a share is JSON");
			assert_eq!(json, json!(text));
		}
	}

	#[test]
	fn shares_should_be_read_with_nine_places_at_most() {
		for (text, parts) in [
			("0", 0),
			("1", 1_000_000_000),
			("1.0", 1_000_000_000),
			("0.25", 250_000_000),
			("0.000000001", 1),
		] {
			let share = from_value::<Share>(json!(text)).expect("it is a share");
			assert_eq!(share, Share(Perbill::from_parts(parts)), "{text}");
		}
	}

	#[test]
	fn shares_should_refuse_everything_else() {
		for text in ["", "-0.1", "1.000000001", "2", "0.0000000001", "50%", "1/2", ".5"] {
			assert!(from_value::<Share>(json!(text)).is_err(), "{text}");
		}
		assert!(from_value::<Share>(json!(0.5)).is_err());
	}

	#[test]
	fn numbers_should_be_written_in_their_shortest_form() {
		for (value, decimals, text) in [
			(0, 0, "0"),
			(0, 18, "0"),
			(9_977, 2, "99.77"),
			(50, 1, "5"),
			(-5, 1, "-0.5"),
			(-1_200, 2, "-12"),
			(1, 18, "0.000000000000000001"),
			(i128::MIN, 0, "-170141183460469231731687303715884105728"),
		] {
			let json = to_value(Number(Decimal { value, decimals })).expect("a number is JSON");
			assert_eq!(json, json!(text));
		}
		let longest = Decimal { value: 7, decimals: u8::MAX };
		let json = to_value(Number(longest)).expect("a number is JSON");
		assert_eq!(json.as_str().map(str::len), Some(257));
	}

	#[test]
	fn numbers_should_be_read_digit_by_digit() {
		for (text, value, decimals) in
			[("0", 0, 0), ("99.50", 9_950, 2), ("-0.25", -25, 2), ("007", 7, 0)]
		{
			let number = from_value::<Number>(json!(text)).expect("it is a number");
			assert_eq!(number, Number(Decimal { value, decimals }), "{text}");
		}
	}

	#[test]
	fn numbers_should_refuse_everything_else() {
		let long = format!("0.{}", "0".repeat(256));
		let large = "9".repeat(40);
		for text in ["", "-", ".", "1.", ".5", "+1", "1e3", "1,5", "--1", "1.-5", &long, &large] {
			assert!(from_value::<Number>(json!(text)).is_err(), "{text}");
		}
		assert!(from_value::<Number>(json!(1.5)).is_err());
	}

	#[test]
	fn bytes_should_be_hexadecimal_and_text_if_they_are_text() {
		for (bytes, json) in [
			(b"".to_vec(), json!({ "hex": "0x", "text": "" })),
			("0xü".into(), json!({ "hex": "0x3078c3bc", "text": "0xü" })),
			(vec![0xff, 0], json!({ "hex": "0xff00", "text": null })),
		] {
			assert_eq!(to_value(Bytes::from(bytes)).expect("bytes are JSON"), json);
		}
	}

	#[test]
	fn uris_should_be_absent_when_they_are_empty() {
		assert_eq!(optional_uri(Vec::new()), None);
		assert_eq!(optional_uri(b"ar:1".to_vec()).as_deref(), Some("ar:1"));
	}
}
