//! The OpenRPC document, and the part of JSON Schema that it uses.

use serde_json::{json, Map, Value};
use std::{fs, path::Path};

/// Whether a text has a form.
type Form = fn(&str) -> bool;

/// The patterns that the document may use, and what they mean.
const PATTERNS: [(&str, Form); 8] = [
	("^0x[0-9a-f]{64}$", |text| is_hex(text) && text.len() == 66),
	("^0x([0-9a-f]{2})*$", is_hex),
	("^0x[0-9a-f]{40}$", |text| is_hex(text) && text.len() == 42),
	("^[0-9a-f]{64}$", |text| text.len() == 64 && is_hex(&format!("0x{text}"))),
	("^[0-9]+$", is_number),
	(
		"^[01]\\.[0-9]{9}$",
		|text| matches!(text.split_once('.'), Some(("0" | "1", places)) if places.len() == 9 && is_number(places)),
	),
	("^-?[0-9]+(\\.[0-9]+)?$", |text| {
		let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
		is_number(whole.trim_start_matches('-')) && is_number(fraction)
	}),
	("^[0-9]+\\.[0-9]+$", |text| {
		text.split_once('.').is_some_and(|(major, minor)| is_number(major) && is_number(minor))
	}),
];

/// What the file `name` beside the document says.
pub fn page(name: &str) -> String {
	let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rpc").join(name);
	fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The document.
pub struct Document(Value);

impl Document {
	/// Reads it.
	pub fn read() -> Self {
		Self(serde_json::from_str(&page("openrpc.json")).expect("the document is JSON"))
	}

	/// Its methods that ask about a block.
	pub fn methods(&self) -> Vec<Method<'_>> {
		self.all_methods().filter(|method| method.parameters().contains(&"at")).collect()
	}

	/// Its methods that ask the node about itself.
	pub fn local_methods(&self) -> Vec<Method<'_>> {
		self.all_methods().filter(|method| !method.parameters().contains(&"at")).collect()
	}

	fn all_methods(&self) -> impl Iterator<Item = Method<'_>> {
		let methods = self.0["methods"].as_array().expect("the document has methods");
		methods.iter().map(|json| Method { document: self, json })
	}

	/// Its methods with a parameter of this name.
	pub fn methods_with(&self, parameter: &str) -> Vec<Method<'_>> {
		let mut methods = self.methods();
		methods.retain(|method| method.parameters().contains(&parameter));
		methods
	}

	/// What `json` refers to, or itself.
	fn resolve<'a>(&'a self, json: &'a Value) -> &'a Value {
		let Some(reference) = json.get("$ref").and_then(Value::as_str) else { return json };
		let pointer = reference.strip_prefix('#').expect("references stay in the document");
		self.0.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"))
	}

	/// Says why `value` does not fit `schema`. `place` names the value.
	pub fn check(&self, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
		let schema = self.resolve(schema);
		let keywords = schema.as_object().ok_or("a schema is an object")?;
		for (keyword, content) in keywords {
			self.check_keyword(keyword, content, keywords, value, place)?;
		}
		Ok(())
	}

	fn check_keyword(
		&self,
		keyword: &str,
		content: &Value,
		schema: &Map<String, Value>,
		value: &Value,
		place: &str,
	) -> Result<(), String> {
		let fails = |why: String| Err(format!("{place}: {why}: {value}"));
		match keyword {
			"description" | "title" => Ok(()),
			"type" if !has_type(content, value) => fails(format!("is no {content}")),
			"const" if content != value => fails(format!("is not {content}")),
			"enum" if !content.as_array().is_some_and(|all| all.contains(value)) => {
				fails(format!("is none of {content}"))
			},
			"minimum" if value.as_i64().is_some_and(|value| Some(value) < content.as_i64()) => {
				fails(format!("is below {content}"))
			},
			"maximum" if value.as_u64().is_some_and(|value| Some(value) > content.as_u64()) => {
				fails(format!("is above {content}"))
			},
			"type" | "const" | "enum" | "minimum" | "maximum" => Ok(()),
			"pattern" => {
				let (_, form) = PATTERNS
					.iter()
					.find(|(pattern, _)| content == pattern)
					.ok_or_else(|| format!("{content} is no known pattern"))?;
				let fits = value.as_str().is_none_or(form);
				if fits {
					Ok(())
				} else {
					fails(format!("does not match {content}"))
				}
			},
			"items" => {
				let items = value.as_array().into_iter().flatten().enumerate();
				items.into_iter().try_for_each(|(index, item)| {
					self.check(content, item, &format!("{place}[{index}]"))
				})
			},
			"required" => {
				let mut names = content.as_array().into_iter().flatten().filter_map(Value::as_str);
				let missing = names.find(|name| value.is_object() && value.get(name).is_none());
				missing.map_or(Ok(()), |name| fails(format!("has no {name}")))
			},
			"properties" => {
				let members = value.as_object().into_iter().flatten();
				members.into_iter().try_for_each(|(name, member)| match content.get(name) {
					Some(schema) => self.check(schema, member, &format!("{place}.{name}")),
					None => Ok(()),
				})
			},
			"additionalProperties" => {
				assert_eq!(content, &json!(false), "only false is known");
				let known = &schema["properties"];
				let mut names = value.as_object().into_iter().flatten().map(|(name, _)| name);
				let extra = names.find(|name| known.get(name.as_str()).is_none());
				extra.map_or(Ok(()), |name| fails(format!("has {name}")))
			},
			"oneOf" => {
				let choices = content.as_array().ok_or("oneOf is a list")?;
				let fitting =
					choices.iter().filter(|choice| self.check(choice, value, place).is_ok());
				match fitting.count() {
					1 => Ok(()),
					count => fails(format!("fits {count} of {}", choices.len())),
				}
			},
			other => Err(format!("{other} is no known keyword")),
		}
	}
}

/// A method of the document.
pub struct Method<'a> {
	document: &'a Document,
	json: &'a Value,
}

impl<'a> Method<'a> {
	/// Its name.
	pub fn name(&self) -> &'a str {
		self.json["name"].as_str().expect("a method has a name")
	}

	/// The names of its parameters, in order.
	pub fn parameters(&self) -> Vec<&'a str> {
		self.descriptors().map(|parameter| parameter["name"].as_str().expect("a name")).collect()
	}

	/// The names of its parameters but for `at`, in order; those that can be left out with a `?`.
	pub fn signature(&self) -> String {
		let names = self.descriptors().map(|parameter| {
			let name = parameter["name"].as_str().expect("a name");
			let mark = if parameter["required"] == json!(true) { "" } else { "?" };
			format!("{name}{mark}")
		});
		names.filter(|name| name != "at?").collect::<Vec<_>>().join(", ")
	}

	/// The names of its parameters that are accounts.
	pub fn accounts(&self) -> Vec<&'a str> {
		let account = json!({ "$ref": "#/components/schemas/Account" });
		let accounts = self.descriptors().filter(|parameter| parameter["schema"] == account);
		accounts.map(|parameter| parameter["name"].as_str().expect("a name")).collect()
	}

	/// The names and values of its example's parameters, in order.
	pub fn example(&self) -> Vec<(&'a str, &'a Value)> {
		let pairs = self.json["examples"][0]["params"].as_array().expect("there is an example");
		pairs.iter().map(|pair| (pair["name"].as_str().expect("a name"), &pair["value"])).collect()
	}

	/// Its example's parameters as a JSON object.
	pub fn example_by_name(&self) -> Map<String, Value> {
		let pairs = self.example().into_iter();
		pairs.map(|(name, value)| (name.to_owned(), value.clone())).collect()
	}

	/// Whether the node answers it to its operator only.
	pub fn is_unsafe(&self) -> bool {
		let refusal = json!({ "$ref": "#/components/errors/Unsafe" });
		self.json["errors"].as_array().is_some_and(|errors| errors.contains(&refusal))
	}

	/// The answer of its example.
	pub fn example_answer(&self) -> &'a Value {
		&self.json["examples"][0]["result"]["value"]
	}

	/// Whether `page` shows its example, with the same parameters and the same answer.
	pub fn is_shown_on(&self, page: &str) -> bool {
		let question = format!("```sh\nask {} '", self.name());
		let by_place: Value = self.example().into_iter().map(|(_, value)| value.clone()).collect();
		let asked = [by_place, Value::Object(self.example_by_name())];
		page.split(&question).skip(1).any(|shown| {
			let (params, rest) = shown.split_once("'\n```\n\n```json\n").unwrap_or_default();
			let (answer, _) = rest.split_once("\n```").unwrap_or_default();
			let read = |text| serde_json::from_str::<Value>(text).ok();
			read(params).is_some_and(|params| asked.contains(&params))
				&& read(answer).as_ref() == Some(self.example_answer())
		})
	}

	/// Says why `answer` is not what the document promises.
	pub fn check_answer(&self, answer: &Value) -> Result<(), String> {
		self.document.check(&self.json["result"]["schema"], answer, self.name())
	}

	/// Says why the parameters of the example are not what the document promises.
	pub fn check_example_parameters(&self) -> Result<(), String> {
		let example = self.example();
		for (index, parameter) in self.descriptors().enumerate() {
			let name = parameter["name"].as_str().ok_or("a parameter has a name")?;
			match example.get(index) {
				Some((given, value)) if *given == name => {
					self.document.check(&parameter["schema"], value, name)?;
				},
				None if parameter["required"] != json!(true) => {},
				given => return Err(format!("{name} is expected, and there is {given:?}")),
			}
		}
		Ok(())
	}

	fn descriptors(&self) -> impl Iterator<Item = &'a Value> {
		let parameters = self.json["params"].as_array().expect("a method has parameters");
		let document = self.document;
		parameters.iter().map(move |parameter| document.resolve(parameter))
	}
}

/// Whether `value` is of `types`, one name or several.
fn has_type(types: &Value, value: &Value) -> bool {
	let is = |name: &Value| match name.as_str() {
		Some("null") => value.is_null(),
		Some("boolean") => value.is_boolean(),
		Some("integer") => value.is_i64() || value.is_u64(),
		Some("string") => value.is_string(),
		Some("array") => value.is_array(),
		Some("object") => value.is_object(),
		_ => panic!("{name} is no known type"),
	};
	types.as_array().map_or_else(|| is(types), |names| names.iter().any(is))
}

fn is_hex(text: &str) -> bool {
	let is_digit = |digit: u8| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit);
	text.strip_prefix("0x")
		.is_some_and(|digits| digits.len() % 2 == 0 && digits.bytes().all(is_digit))
}

fn is_number(text: &str) -> bool {
	!text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit())
}

#[test]
fn check_should_find_what_does_not_fit() {
	let document = Document(json!({ "components": { "schemas": { "Id": {
		"type": "integer", "minimum": 0, "maximum": 9
	} } } }));
	let schema = json!({
		"type": "object",
		"required": ["id"],
		"properties": {
			"id": { "$ref": "#/components/schemas/Id" },
			"list": { "type": ["array", "null"], "items": { "pattern": "^[0-9]+$" } },
			"state": { "oneOf": [{ "const": "a" }, { "enum": ["b", "c"] }] },
		},
		"additionalProperties": false,
	});
	let check = |value: Value| document.check(&schema, &value, "it");

	for fitting in [
		json!({ "id": 0 }),
		json!({ "id": 9, "list": null }),
		json!({ "id": 1, "list": ["12"], "state": "c" }),
	] {
		assert_eq!(check(fitting), Ok(()));
	}
	for (value, place) in [
		(json!([]), "it: is no"),
		(json!({}), "it: has no id"),
		(json!({ "id": "1" }), "it.id: is no"),
		(json!({ "id": -1 }), "it.id: is below"),
		(json!({ "id": 10 }), "it.id: is above"),
		(json!({ "id": 1, "more": 1 }), "it: has more"),
		(json!({ "id": 1, "list": ["1", "x"] }), "it.list[1]: does not match"),
		(json!({ "id": 1, "state": "d" }), "it.state: fits 0 of 2"),
	] {
		let reason = check(value).expect_err("it does not fit");
		assert!(reason.starts_with(place), "{reason}");
	}
}

#[test]
fn patterns_should_tell_forms_apart() {
	let hash = format!("0x{}", "0a".repeat(32));
	for (pattern, good, bad) in [
		(0, &*hash, "0x0a"),
		(1, "0x", "0xA0"),
		(2, &hash[..42], "0x0a"),
		(3, &hash[2..], &hash[..64]),
		(4, "12", "1.2"),
		(5, "0.961538461", "0.96"),
		(6, "-99.5", "-.5"),
		(7, "1.2", "1"),
	] {
		let (_, form): (&str, Form) = PATTERNS[pattern];
		assert!(form(good) && !form(bad), "{}", PATTERNS[pattern].0);
	}
}
