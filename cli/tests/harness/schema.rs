//! The shape of JSON, without what differs from run to run.

use serde_json::{Map, Value};

/// Replaces every value but `schema` and `kind` by what it is. Lists keep the shapes of their
/// elements, each once.
pub fn schema(json: &Value) -> Value {
	match json {
		Value::Null => "nothing".into(),
		Value::Bool(_) => "bool".into(),
		Value::Number(_) => "number".into(),
		Value::String(text) => kind_of(text).into(),
		Value::Array(items) => {
			let mut shapes: Vec<Value> = Vec::new();
			for shape in items.iter().map(schema) {
				if !shapes.contains(&shape) {
					shapes.push(shape);
				}
			}
			shapes.into()
		},
		Value::Object(members) => {
			let members = members.iter().map(|(name, value)| {
				let is_literal =
					matches!(name.as_str(), "schema" | "kind" | "state" | "who" | "step");
				(name.clone(), if is_literal { value.clone() } else { schema(value) })
			});
			Value::Object(members.collect::<Map<_, _>>())
		},
	}
}

fn kind_of(text: &str) -> &'static str {
	let is_hex = |digits: &str| digits.chars().all(|digit| digit.is_ascii_hexdigit());
	match text.strip_prefix("0x") {
		Some(digits) if digits.len() == 64 && is_hex(digits) => "hash",
		Some(digits) if is_hex(digits) => "bytes",
		_ if !text.is_empty() && text.chars().all(|digit| digit.is_ascii_digit()) => "plancks",
		_ if text.len() == 48 && text.starts_with('5') => "account",
		_ => "text",
	}
}
