//! How values are written as JSON.
//!
//! Whatever is 128 bits wide on chain, and every fraction, is a decimal string, because JSON readers
//! keep 53 bits. Ids and counts are numbers: the chain gives ids out one by one, each for a price, so
//! none ever reaches 2^53.

use aitbc_core::{Balance, Decimal};
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use sp_runtime::Perbill;

/// How many digits a share has behind the point.
const SHARE_DIGITS: usize = 9;

/// An amount of money, in plancks: `"1000000000000"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plancks(pub Balance);

impl Serialize for Plancks {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.collect_str(&self.0)
	}
}

impl<'de> Deserialize<'de> for Plancks {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		let digits = Some(&*text).filter(|text| is_number(text));
		digits.and_then(|digits| digits.parse().ok()).map(Self).ok_or_else(|| {
			D::Error::custom(
				"an amount is a string of decimal digits, in plancks, such as \"1000000000000\" for 1 AIT",
			)
		})
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
		let text = String::deserialize(deserializer)?;
		decimal(&text).map(Self).ok_or_else(|| {
			D::Error::custom("a decimal number is a string such as \"99.5\" or \"-0.25\"")
		})
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
