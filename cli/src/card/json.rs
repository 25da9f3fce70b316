//! JSON that has one meaning only: what RFC 8785 asks of its input, I-JSON (RFC 7493).
//!
//! serde_json alone would not do: it keeps the last of two members with one name, and with its
//! arbitrary precision it takes an object with a certain member for a number. So the structure is
//! read here, and serde_json reads the strings and the numbers in it.

use serde_json::Value;
use std::{collections::HashSet, fmt};

/// How deep lists and objects may be nested, as in serde_json.
const MAX_DEPTH: usize = 128;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
	/// Nothing.
	Null,
	/// True or false.
	Bool(bool),
	/// A finite number.
	Number(f64),
	/// Text.
	Text(String),
	/// Values in their order.
	List(Vec<Json>),
	/// Members, of which no two have the same name, in the order they were read.
	Object(Vec<(String, Json)>),
}

/// Where in a text something is; both count from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
	/// The line.
	pub line: usize,
	/// The character in the line.
	pub column: usize,
}

impl fmt::Display for Place {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "line {}, column {}", self.line, self.column)
	}
}

/// Why a text is no JSON with one meaning.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
	/// It is not encoded in UTF-8.
	#[error("it is no UTF-8 from byte {0} on; save it as UTF-8")]
	Encoding(usize),
	/// Something else stands where the grammar asks for this.
	#[error("{place}: it should go on with {expected}; correct it there")]
	Malformed {
		/// Where.
		place: Place,
		/// What should be there.
		expected: &'static str,
	},
	/// A string or a number is malformed.
	#[error("{place}: {reason}; correct it there")]
	Token {
		/// Where it begins.
		place: Place,
		/// What serde_json says.
		reason: String,
	},
	/// Two members of an object have the same name, so that readers differ on which one counts.
	#[error("{place}: a second member is called `{name}`; remove one of them")]
	Duplicate {
		/// Where the second begins.
		place: Place,
		/// The name.
		name: String,
	},
	/// No double is that great.
	#[error("{place}: the number `{number}` is beyond a double's range; write it as a string")]
	Number {
		/// Where it is.
		place: Place,
		/// The number as written.
		number: String,
	},
	/// Text has a code point that Unicode keeps from being a character.
	#[error("{place}: the text has the noncharacter U+{code:04X}; remove it")]
	Noncharacter {
		/// Where the text begins.
		place: Place,
		/// The code point.
		code: u32,
	},
	/// Lists and objects are nested too deeply.
	#[error("{0}: lists and objects are nested more than {MAX_DEPTH} deep; make it flatter")]
	Depth(Place),
}

impl Json {
	/// Reads one value from `bytes`, and nothing after it.
	pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
		let text =
			std::str::from_utf8(bytes).map_err(|error| Error::Encoding(error.valid_up_to()))?;
		let mut reader = Reader { text, at: 0 };
		let value = reader.value(0)?;
		reader.skip_space();
		if reader.rest().is_empty() {
			Ok(value)
		} else {
			Err(reader.missing("the end"))
		}
	}

	/// The member `name`, if this is an object that has it.
	pub fn member(&self, name: &str) -> Option<&Self> {
		let Self::Object(members) = self else { return None };
		members.iter().find(|(one, _)| one == name).map(|(_, value)| value)
	}

	/// The same value for serde_json.
	pub fn to_value(&self) -> Value {
		match self {
			Self::Null => Value::Null,
			Self::Bool(value) => (*value).into(),
			// Written as in the canonical form, so that 1 stays 1 rather than 1.0.
			Self::Number(_) => serde_json::from_str(&self.canonical()).unwrap_or_default(),
			Self::Text(text) => text.as_str().into(),
			Self::List(items) => items.iter().map(Self::to_value).collect(),
			Self::Object(members) => {
				members.iter().map(|(name, value)| (name.clone(), value.to_value())).collect()
			},
		}
	}

	/// The same without the members and items that hold nothing, or nothing if this does not either.
	pub fn without_empty(&self) -> Option<Self> {
		match self {
			Self::Null => None,
			Self::Text(text) => (!text.is_empty()).then(|| self.clone()),
			Self::List(items) => {
				let items: Vec<_> = items.iter().filter_map(Self::without_empty).collect();
				(!items.is_empty()).then_some(Self::List(items))
			},
			Self::Object(members) => {
				let members: Vec<_> = members
					.iter()
					.filter_map(|(name, value)| Some((name.clone(), value.without_empty()?)))
					.collect();
				(!members.is_empty()).then_some(Self::Object(members))
			},
			Self::Bool(_) | Self::Number(_) => Some(self.clone()),
		}
	}

	/// The text, if this is one.
	pub fn as_text(&self) -> Option<&str> {
		match self {
			Self::Text(text) => Some(text),
			_ => None,
		}
	}
}

/// A text, and how much of it has been read.
struct Reader<'a> {
	text: &'a str,
	/// In bytes, always between two characters.
	at: usize,
}

impl<'a> Reader<'a> {
	fn rest(&self) -> &'a str {
		self.text.get(self.at..).unwrap_or_default()
	}

	/// Where the byte `at` is.
	fn place(&self, at: usize) -> Place {
		let before = self.text.get(..at).unwrap_or(self.text);
		let line = before.rsplit('\n').next().unwrap_or_default();
		Place { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
	}

	/// Says that `expected` should stand here.
	fn missing(&self, expected: &'static str) -> Error {
		Error::Malformed { place: self.place(self.at), expected }
	}

	/// RFC 8259, section 2: what may stand between tokens.
	fn skip_space(&mut self) {
		let rest = self.rest();
		self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
	}

	/// Reads `token`, if it is the next.
	fn take(&mut self, token: &str) -> bool {
		self.skip_space();
		let found = self.rest().starts_with(token);
		if found {
			self.at += token.len();
		}
		found
	}

	/// Reads a value that `depth` lists and objects hold.
	fn value(&mut self, depth: usize) -> Result<Json, Error> {
		self.skip_space();
		if depth > MAX_DEPTH {
			return Err(Error::Depth(self.place(self.at)));
		}
		match self.rest().chars().next() {
			Some('{') => self.object(depth),
			Some('[') => self.list(depth),
			Some('"') => self.string().map(Json::Text),
			Some('-' | '0'..='9') => self.number(),
			_ if self.take("null") => Ok(Json::Null),
			_ if self.take("true") => Ok(Json::Bool(true)),
			_ if self.take("false") => Ok(Json::Bool(false)),
			_ => Err(self.missing("a value")),
		}
	}

	fn list(&mut self, depth: usize) -> Result<Json, Error> {
		let mut items = Vec::new();
		if self.take("[") && self.take("]") {
			return Ok(Json::List(items));
		}
		loop {
			items.push(self.value(depth + 1)?);
			if self.take("]") {
				return Ok(Json::List(items));
			}
			if !self.take(",") {
				return Err(self.missing("`,` or `]`"));
			}
		}
	}

	fn object(&mut self, depth: usize) -> Result<Json, Error> {
		let (mut members, mut names) = (Vec::new(), HashSet::new());
		if self.take("{") && self.take("}") {
			return Ok(Json::Object(members));
		}
		loop {
			self.skip_space();
			let start = self.at;
			let name = self.string()?;
			// RFC 7493, section 2.3: names are compared with their escapes resolved.
			if !names.insert(name.clone()) {
				return Err(Error::Duplicate { place: self.place(start), name });
			}
			if !self.take(":") {
				return Err(self.missing("`:`"));
			}
			members.push((name, self.value(depth + 1)?));
			if self.take("}") {
				return Ok(Json::Object(members));
			}
			if !self.take(",") {
				return Err(self.missing("`,` or `}`"));
			}
		}
	}

	fn string(&mut self) -> Result<String, Error> {
		let place = self.place(self.at);
		let text: String = match string_length(self.rest()) {
			Some(length) => self.token(length)?,
			None => return Err(self.missing("a string in quotes")),
		};
		// RFC 7493, section 2.1. serde_json refuses the lone surrogates that it also names.
		match text.chars().find(|one| is_noncharacter(*one)) {
			Some(one) => Err(Error::Noncharacter { place, code: one.into() }),
			None => Ok(text),
		}
	}

	fn number(&mut self) -> Result<Json, Error> {
		let (place, rest) = (self.place(self.at), self.rest());
		let end = rest.find(|one: char| !matches!(one, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
		let length = end.unwrap_or(rest.len());
		let _: serde_json::Number = self.token(length)?;
		// RFC 8785, section 3.2.2.3: every number is a double. The standard library rounds to the
		// nearest one, as ECMAScript does.
		let number = rest.get(..length).unwrap_or_default();
		match number.parse() {
			Ok(double) if f64::is_finite(double) => Ok(Json::Number(double)),
			_ => Err(Error::Number { place, number: number.to_owned() }),
		}
	}

	/// Lets serde_json read the next `length` bytes.
	fn token<T: serde::de::DeserializeOwned>(&mut self, length: usize) -> Result<T, Error> {
		let place = self.place(self.at);
		let token = self.rest().get(..length).unwrap_or_default();
		self.at += token.len();
		serde_json::from_str(token).map_err(|error| {
			// serde_json counts its line and column within the token.
			let reason = error.to_string();
			let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
			Error::Token { place, reason }
		})
	}
}

/// The length in bytes of the string that `text` begins with, its quotes included.
fn string_length(text: &str) -> Option<usize> {
	let mut characters = text.char_indices();
	characters.next().filter(|(_, quote)| *quote == '"')?;
	while let Some((at, one)) = characters.next() {
		match one {
			'"' => return Some(at + 1),
			'\\' => characters.next()?,
			_ => continue,
		};
	}
	None
}

/// The Unicode Standard, section 23.7: the last two code points of each plane, and 32 more.
fn is_noncharacter(one: char) -> bool {
	let code = u32::from(one);
	code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn parse(text: &str) -> Result<Json, Error> {
		Json::parse(text.as_bytes())
	}

	#[test]
	fn json_should_be_read_with_every_kind_of_value() {
		let text = " { \"a\" : [ null, true , false, -1.5e1, \"\\u0041\\n\" ],\r\n\t\"b\":{} } ";
		let list = vec![
			Json::Null,
			Json::Bool(true),
			Json::Bool(false),
			Json::Number(-15.0),
			Json::Text("A\n".into()),
		];
		let members = vec![("a".into(), Json::List(list)), ("b".into(), Json::Object(Vec::new()))];
		assert_eq!(parse(text), Ok(Json::Object(members)));
		assert_eq!(parse("[]"), Ok(Json::List(Vec::new())));
	}

	#[test]
	fn json_should_be_refused_where_the_grammar_is_broken() {
		for (text, column, expected) in [
			("", 1, "a value"),
			("{", 2, "a string in quotes"),
			("{a:1}", 2, "a string in quotes"),
			("{\"a\":1,}", 8, "a string in quotes"),
			("{\"a\" 1}", 6, "`:`"),
			("{\"a\":1 \"b\":2}", 8, "`,` or `}`"),
			("[1,]", 4, "a value"),
			("[1 2]", 4, "`,` or `]`"),
			("[1", 3, "`,` or `]`"),
			("nul", 1, "a value"),
			("nulls", 5, "the end"),
			("{} {}", 4, "the end"),
			("\u{feff}{}", 1, "a value"),
			("\"open", 1, "a string in quotes"),
			("\"open\\", 1, "a string in quotes"),
		] {
			let place = Place { line: 1, column };
			assert_eq!(parse(text), Err(Error::Malformed { place, expected }), "{text}");
		}
	}

	#[test]
	fn tokens_should_be_refused_when_malformed() {
		for text in
			["01", "1.", "-", "1e", "1-2", "+1", ".5", "NaN", "\"\t\"", "\"\\x\"", "\"\\u12\""]
		{
			let error = parse(text).expect_err(text);
			assert!(matches!(error, Error::Token { .. } | Error::Malformed { .. }), "{error}");
		}
		assert!(matches!(parse("\"\\ud800\""), Err(Error::Token { .. })), "a lone surrogate");
	}

	#[test]
	fn members_should_be_refused_when_two_have_one_name() {
		let place = Place { line: 2, column: 2 };
		assert_eq!(
			parse("{\"a\":1,\n \"\\u0061\":2}"),
			Err(Error::Duplicate { place, name: "a".into() })
		);
		assert!(parse(r#"{"a":{"a":1},"b":[{"a":1},{"a":1}]}"#).is_ok(), "each object has its own");
	}

	#[test]
	fn numbers_should_be_the_nearest_double_or_be_refused() {
		assert_eq!(parse("333333333.33333329"), Ok(Json::Number(333333333.3333333)));
		assert_eq!(parse("1e-400"), Ok(Json::Number(0.0)));
		let place = Place { line: 1, column: 2 };
		assert_eq!(parse("[1e400]"), Err(Error::Number { place, number: "1e400".into() }));
	}

	#[test]
	fn text_should_be_refused_when_it_has_noncharacters_or_is_no_utf8() {
		for code in [0xfdd0, 0xfdef, 0xfffe, 0xffff, 0x1fffe, 0x10ffff] {
			let one = char::from_u32(code).expect("it is a scalar value");
			assert!(
				matches!(parse(&format!("\"{one}\"")), Err(Error::Noncharacter { code: found, .. }) if found == code)
			);
		}
		assert!(parse("\"\u{fffd}\u{fdcf}\u{fdf0}\u{10000}\"").is_ok());
		assert_eq!(Json::parse(b"\"\xff\""), Err(Error::Encoding(1)));
	}

	#[test]
	fn nesting_should_be_bounded() {
		let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
		assert!(parse(&nested(MAX_DEPTH)).is_ok());
		assert!(matches!(parse(&nested(MAX_DEPTH + 2)), Err(Error::Depth(_))));
		assert!(matches!(parse(&"[".repeat(1_000_000)), Err(Error::Depth(_))));
	}

	/// serde_json with arbitrary precision takes this object for the number 1.
	#[test]
	fn objects_should_stay_objects_whatever_their_members_are_called() {
		let name = "$serde_json::private::Number";
		let expected = Json::Object(vec![(name.into(), Json::Text("1".into()))]);
		assert_eq!(parse(&format!("{{\"{name}\":\"1\"}}")), Ok(expected));
	}
}
