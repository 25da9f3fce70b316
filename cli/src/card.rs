//! The hash of an agent card: SHA-256 of its canonical JSON (RFC 8785) without `signatures`.
//!
//! The canonical form is written here rather than by a crate: the maintained one would turn on a
//! feature of serde_json that compiles the node's whole stack anew. Numbers are formatted by
//! ryu-js, which follows ECMAScript as RFC 8785 asks.

use crate::digest::Hash;
use serde_json::{Map, Number, Value};
use std::{fs, io, path::Path};

/// The member of a card that its hash does not cover, so that signing does not change the hash.
const SIGNATURES: &str = "signatures";

/// Why a card has no hash.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The file could not be read.
	#[error(
		"cannot read the agent card `{path}`: {source}; give a readable file, or `--card-hash`"
	)]
	Read {
		/// The path of the file.
		path: String,
		/// What the system says.
		source: io::Error,
	},
	/// The file is no JSON.
	#[error("the agent card `{path}` is no JSON: {source}; correct the file")]
	Json {
		/// The path of the file.
		path: String,
		/// What is wrong, and where.
		source: serde_json::Error,
	},
	/// The file's JSON is no object.
	#[error("the agent card `{path}` is JSON but no object; a card starts with `{{`")]
	NoObject {
		/// The path of the file.
		path: String,
	},
	/// A number is beyond what a double can hold.
	#[error(
		"the agent card's number `{0}` is beyond what RFC 8785 can express; write it as a string"
	)]
	Number(String),
}

/// The hash of the card in the file at `path`.
pub fn hash_file(path: &Path) -> Result<Hash, Error> {
	let name = || path.display().to_string();
	let text = fs::read(path).map_err(|source| Error::Read { path: name(), source })?;
	let card =
		serde_json::from_slice(&text).map_err(|source| Error::Json { path: name(), source })?;
	let Value::Object(mut members) = card else {
		return Err(Error::NoObject { path: name() });
	};
	members.remove(SIGNATURES);
	Ok(Hash::of(canonical(&Value::Object(members))?.as_bytes()))
}

/// Writes `value` in the canonical form of RFC 8785.
fn canonical(value: &Value) -> Result<String, Error> {
	let mut json = String::new();
	write_value(&mut json, value)?;
	Ok(json)
}

fn write_value(json: &mut String, value: &Value) -> Result<(), Error> {
	match value {
		Value::Null => json.push_str("null"),
		Value::Bool(value) => json.push_str(if *value { "true" } else { "false" }),
		Value::Number(number) => write_number(json, number)?,
		Value::String(text) => write_string(json, text),
		Value::Array(items) => write_array(json, items)?,
		Value::Object(members) => write_object(json, members)?,
	}
	Ok(())
}

/// Section 3.2.2.3: every number is a double, written as ECMAScript does.
fn write_number(json: &mut String, number: &Number) -> Result<(), Error> {
	let double = number
		.as_f64()
		.filter(|double| double.is_finite())
		.ok_or_else(|| Error::Number(number.to_string()))?;
	json.push_str(ryu_js::Buffer::new().format_finite(double));
	Ok(())
}

/// Section 3.2.2.2: serde_json escapes exactly what ECMAScript's `JSON.stringify` does.
fn write_string(json: &mut String, text: &str) {
	json.push_str(&Value::String(text.to_owned()).to_string());
}

fn write_array(json: &mut String, items: &[Value]) -> Result<(), Error> {
	json.push('[');
	for (index, item) in items.iter().enumerate() {
		if index > 0 {
			json.push(',');
		}
		write_value(json, item)?;
	}
	json.push(']');
	Ok(())
}

/// Section 3.2.3: members are sorted by the UTF-16 code units of their names.
fn write_object(json: &mut String, members: &Map<String, Value>) -> Result<(), Error> {
	let mut members: Vec<_> = members.iter().collect();
	members.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
	json.push('{');
	for (index, (name, value)) in members.into_iter().enumerate() {
		if index > 0 {
			json.push(',');
		}
		write_string(json, name);
		json.push(':');
		write_value(json, value)?;
	}
	json.push('}');
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::io::Write;

	fn canonical_of(json: &str) -> String {
		canonical(&serde_json::from_str(json).expect("the test's JSON is well formed"))
			.expect("the test's JSON has a canonical form")
	}

	fn file_with(json: &str) -> tempfile::NamedTempFile {
		let mut file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		file.write_all(json.as_bytes()).expect("a temporary file can be written");
		file
	}

	/// RFC 8785, sections 3.2.2 and 3.2.3: the sample and its canonical form.
	#[test]
	fn canonical_form_should_be_the_samples_of_the_rfc() {
		let sample = r#"{
			"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
			"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
			"literals": [null, true, false]
		}"#;
		let expected = concat!(
			r#"{"literals":[null,true,false],"#,
			r#""numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#,
			r#""string":"€$\u000f\nA'B\"\\\\\"/"}"#
		);
		assert_eq!(canonical_of(sample), expected);
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

	/// RFC 8785, appendix B: doubles, by their bits, and their canonical form.
	#[test]
	fn numbers_should_be_formatted_as_ecmascript_does() {
		for (bits, expected) in [
			(0x0000000000000000u64, "0"),
			(0x8000000000000000, "0"),
			(0x0000000000000001, "5e-324"),
			(0x7fefffffffffffff, "1.7976931348623157e+308"),
			(0x4340000000000000, "9007199254740992"),
			(0x4430000000000000, "295147905179352830000"),
			(0x44b52d02c7e14af5, "9.999999999999997e+22"),
			(0x44b52d02c7e14af6, "1e+23"),
			(0x444b1ae4d6e2ef4e, "999999999999999700000"),
			(0x444b1ae4d6e2ef50, "1e+21"),
			(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
			(0x3eb0c6f7a0b5ed8d, "0.000001"),
			(0x41b3de4355555553, "333333333.3333332"),
			(0x41b3de4355555556, "333333333.3333334"),
			(0x41b3de4355555557, "333333333.33333343"),
			(0xbecbf647612f3696, "-0.0000033333333333333333"),
		] {
			let double = f64::from_bits(bits);
			assert_eq!(canonical_of(&format!("{double:e}")), expected, "{bits:016x}");
		}
	}

	#[test]
	fn numbers_should_be_refused_when_no_double_holds_them() {
		let huge = serde_json::from_str("1e400").expect("JSON sets no bound");
		assert!(matches!(canonical(&huge), Err(Error::Number(_))));
	}

	#[test]
	fn card_hash_should_not_depend_on_layout_or_signatures() {
		let plain = file_with(r#"{"name":"a","skills":[{"id":1.0}]}"#);
		let signed = file_with(
			"{ \"skills\": [ { \"id\": 1 } ],\n \"signatures\": [{}],\n \"name\": \"\\u0061\" }",
		);
		let other = file_with(r#"{"name":"b","skills":[{"id":1}]}"#);

		let hash = |file: &tempfile::NamedTempFile| hash_file(file.path()).expect("it is a card");

		assert_eq!(hash(&plain), Hash::of(br#"{"name":"a","skills":[{"id":1}]}"#));
		assert_eq!(hash(&plain), hash(&signed));
		assert_ne!(hash(&plain), hash(&other));
	}

	#[test]
	fn card_hash_should_fail_when_the_file_is_no_card() {
		assert!(matches!(hash_file(Path::new("/nowhere")), Err(Error::Read { .. })));
		assert!(matches!(hash_file(file_with("{").path()), Err(Error::Json { .. })));
		assert!(matches!(hash_file(file_with("[]").path()), Err(Error::NoObject { .. })));
	}
}
