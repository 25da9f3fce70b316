//! The canonical form of JSON, RFC 8785.
//!
//! It is written here rather than by a crate: the maintained one would turn on a feature of
//! serde_json that compiles the node's whole stack anew. Numbers are formatted by ryu-js, which
//! follows ECMAScript as RFC 8785 asks.

use super::json::Json;

impl Json {
	/// The canonical form.
	pub fn canonical(&self) -> String {
		let mut text = String::new();
		write_value(&mut text, self);
		text
	}
}

fn write_value(text: &mut String, value: &Json) {
	match value {
		Json::Null => text.push_str("null"),
		Json::Bool(value) => text.push_str(if *value { "true" } else { "false" }),
		// Section 3.2.2.3: as ECMAScript writes it.
		Json::Number(number) => text.push_str(ryu_js::Buffer::new().format_finite(*number)),
		Json::Text(value) => write_string(text, value),
		Json::List(items) => write_list(text, items),
		Json::Object(members) => write_object(text, members),
	}
}

/// Section 3.2.2.2: serde_json escapes exactly what ECMAScript's `JSON.stringify` does.
fn write_string(text: &mut String, value: &str) {
	text.push_str(&serde_json::Value::from(value).to_string());
}

fn write_list(text: &mut String, items: &[Json]) {
	text.push('[');
	for (index, item) in items.iter().enumerate() {
		if index > 0 {
			text.push(',');
		}
		write_value(text, item);
	}
	text.push(']');
}

/// Section 3.2.3: members are sorted by the UTF-16 code units of their names.
fn write_object(text: &mut String, members: &[(String, Json)]) {
	let mut members: Vec<_> = members.iter().collect();
	members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
	text.push('{');
	for (index, (name, value)) in members.into_iter().enumerate() {
		if index > 0 {
			text.push(',');
		}
		write_string(text, name);
		text.push(':');
		write_value(text, value);
	}
	text.push('}');
}

#[cfg(test)]
mod tests {
	use super::*;

	fn canonical_of(json: &str) -> String {
		Json::parse(json.as_bytes()).expect("the test's JSON is well formed").canonical()
	}

	/// RFC 8785, section 3.2.2: the sample.
	const SAMPLE: &str = r#"{
		"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
		"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
		"literals": [null, true, false]
	}"#;

	/// RFC 8785, section 3.2.4: the sample's canonical form in UTF-8.
	const SAMPLE_BYTES: &str = "\
		7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333\
		333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a\
		22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d";

	/// RFC 8785, section 3.2.3: the sample's canonical form.
	#[test]
	fn canonical_form_should_be_the_samples_of_the_rfc() {
		let expected = concat!(
			r#"{"literals":[null,true,false],"#,
			r#""numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
			r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
		);
		assert_eq!(canonical_of(SAMPLE), expected);
	}

	#[test]
	fn canonical_form_should_be_the_bytes_of_the_rfc() {
		assert_eq!(hex::encode(canonical_of(SAMPLE)), SAMPLE_BYTES);
	}

	/// RFC 8785, section 3.2.3: the test of sorting.
	#[test]
	fn members_should_be_sorted_by_utf16_code_units() {
		let sample = r#"{
			"\u20ac": "Euro Sign", "\r": "Carriage Return",
			"\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
			"\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
			"\u00f6": "Latin Small Letter O With Diaeresis"
		}"#;
		let sorted = [
			"Carriage Return",
			"One",
			"Control",
			"Latin Small Letter O With Diaeresis",
			"Euro Sign",
			"Emoji: Grinning Face",
			"Hebrew Letter Dalet With Dagesh",
		];
		let json = canonical_of(sample);
		let places = sorted.map(|value| json.find(value).expect("the member is there"));
		assert!(places.is_sorted(), "{json}");
	}

	/// RFC 8785, section 3.2.2.2: what has an escape of its own, what has a general one, and what
	/// has none.
	#[test]
	fn strings_should_be_escaped_as_ecmascript_does() {
		let escapes = "\u{8}\t\n\u{c}\r\"\\";
		assert_eq!(Json::Text(escapes.into()).canonical(), r#""\b\t\n\f\r\"\\""#);
		let general = "\u{0}\u{b}\u{1f}";
		assert_eq!(Json::Text(general.into()).canonical(), r#""\u0000\u000b\u001f""#);
		let plain = "/\u{7f}\u{80}\u{2028}\u{2029}é😀";
		assert_eq!(Json::Text(plain.into()).canonical(), format!("\"{plain}\""));
	}

	/// RFC 8785, appendix B: doubles, by their bits, and their canonical form. The two rows that
	/// must fail, NaN and Infinity, cannot be written in JSON.
	#[test]
	fn numbers_should_be_formatted_as_ecmascript_does() {
		for (bits, expected) in [
			(0x0000000000000000u64, "0"),
			(0x8000000000000000, "0"),
			(0x0000000000000001, "5e-324"),
			(0x8000000000000001, "-5e-324"),
			(0x7fefffffffffffff, "1.7976931348623157e+308"),
			(0xffefffffffffffff, "-1.7976931348623157e+308"),
			(0x4340000000000000, "9007199254740992"),
			(0xc340000000000000, "-9007199254740992"),
			(0x4430000000000000, "295147905179352830000"),
			(0x44b52d02c7e14af5, "9.999999999999997e+22"),
			(0x44b52d02c7e14af6, "1e+23"),
			(0x44b52d02c7e14af7, "1.0000000000000001e+23"),
			(0x444b1ae4d6e2ef4e, "999999999999999700000"),
			(0x444b1ae4d6e2ef4f, "999999999999999900000"),
			(0x444b1ae4d6e2ef50, "1e+21"),
			(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
			(0x3eb0c6f7a0b5ed8d, "0.000001"),
			(0x41b3de4355555553, "333333333.3333332"),
			(0x41b3de4355555554, "333333333.33333325"),
			(0x41b3de4355555555, "333333333.3333333"),
			(0x41b3de4355555556, "333333333.3333334"),
			(0x41b3de4355555557, "333333333.33333343"),
			(0xbecbf647612f3696, "-0.0000033333333333333333"),
			(0x43143ff3c1cb0959, "1424953923781206.2"),
		] {
			let double = f64::from_bits(bits);
			assert_eq!(canonical_of(&format!("{double:e}")), expected, "{bits:016x}");
		}
	}

	/// Two layouts of one value have one canonical form, and reading that form changes nothing.
	#[test]
	fn canonical_form_should_be_its_own_canonical_form() {
		let once = canonical_of(SAMPLE);
		assert_eq!(canonical_of(&once), once);
		assert_eq!(canonical_of("{\"b\" : [ ],\n\"a\":1.0}"), r#"{"a":1,"b":[]}"#);
	}
}
