//! Objects whose member `type` says what the other members are.
//!
//! They are written by serde. Reading them with serde's own tagged enums fails on numbers when
//! serde_json keeps arbitrary precision, which another crate of the build may ask for.

use serde::{
	de::{DeserializeOwned, Error},
	Deserialize, Deserializer,
};
use serde_json::{from_value, Map, Value};

/// Such an object, as a client sent it.
pub struct Variant {
	kind: String,
	members: Map<String, Value>,
}

impl Variant {
	/// Reads one.
	pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let mut members = Map::<String, Value>::deserialize(deserializer)?;
		match members.remove("type") {
			Some(Value::String(kind)) => Ok(Self { kind, members }),
			Some(other) => Err(D::Error::custom(format!("`type` is a string, and not {other}"))),
			None => Err(D::Error::missing_field("type")),
		}
	}

	/// What `type` says.
	pub fn kind(&self) -> &str {
		&self.kind
	}

	/// The other members.
	pub fn members<T: DeserializeOwned, E: Error>(self) -> Result<T, E> {
		from_value(Value::Object(self.members)).map_err(E::custom)
	}

	/// The error of a `type` that is none of `expected`.
	pub fn unknown<E: Error>(&self, expected: &'static [&'static str]) -> E {
		E::unknown_variant(&self.kind, expected)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, Error as JsonError};

	#[derive(Debug, PartialEq, Eq, Deserialize)]
	#[serde(deny_unknown_fields)]
	struct Square {
		side: u64,
	}

	fn square(json: &str) -> Result<Square, JsonError> {
		let variant = Variant::read(&mut serde_json::Deserializer::from_str(json))?;
		match variant.kind() {
			"square" => variant.members(),
			_ => Err(variant.unknown(&["square"])),
		}
	}

	#[test]
	fn variants_should_be_read_by_their_type() {
		for json in [r#"{"type":"square","side":7}"#, r#"{"side":7,"type":"square"}"#] {
			assert_eq!(square(json).expect("it is a square"), Square { side: 7 });
		}
	}

	#[test]
	fn variants_should_be_refused_with_the_reason() {
		for (json, reason) in [
			(json!({ "side": 7 }), "missing field `type`"),
			(json!({ "type": 7, "side": 7 }), "`type` is a string"),
			(json!({ "type": "circle", "side": 7 }), "unknown variant `circle`"),
			(json!({ "type": "square" }), "missing field `side`"),
			(json!({ "type": "square", "side": 7, "area": 49 }), "unknown field `area`"),
			(json!({ "type": "square", "side": -7 }), "invalid"),
			(json!([]), "map"),
		] {
			let error = square(&json.to_string()).expect_err("it is no square").to_string();
			assert!(error.contains(reason), "{json}: {error}");
		}
	}
}
