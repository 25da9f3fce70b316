//! Arguments with places for parameters: `--percent={percent}`.

use std::collections::BTreeMap;

/// An argument of a command. `{name}` stands for a parameter, `{{` and `}}` for braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

/// A part of an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
	/// What stays as it is.
	Text(String),
	/// The place of the parameter of this name.
	Place(String),
}

/// Why a text is no template.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseTemplateError {
	/// A brace has no partner.
	#[error(
		"a brace in `{0}` has no partner; write `{{name}}` for a parameter, `{{{{` for a brace"
	)]
	Brace(String),
	/// No program can be given a zero byte.
	#[error("{0:?} has a zero byte, which no argument can have; take it out")]
	Zero(String),
}

impl Template {
	/// Reads an argument as the allow-list has it.
	pub fn parse(text: &str) -> Result<Self, ParseTemplateError> {
		if text.contains('\0') {
			return Err(ParseTemplateError::Zero(text.to_owned()));
		}
		let mut pieces = Vec::new();
		let (mut plain, mut rest) = (String::new(), text);
		while let Some(place) = rest.find(['{', '}']) {
			let (before, from) = rest.split_at(place);
			plain.push_str(before);
			if let Some(after) = from.strip_prefix("{{") {
				plain.push('{');
				rest = after;
			} else if let Some(after) = from.strip_prefix("}}") {
				plain.push('}');
				rest = after;
			} else {
				let inside = from.strip_prefix('{').and_then(|inside| inside.split_once('}'));
				let (name, after) =
					inside.ok_or_else(|| ParseTemplateError::Brace(text.to_owned()))?;
				pieces.push(Piece::Text(std::mem::take(&mut plain)));
				pieces.push(Piece::Place(name.to_owned()));
				rest = after;
			}
		}
		plain.push_str(rest);
		pieces.push(Piece::Text(plain));
		pieces.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
		Ok(Self(pieces))
	}

	/// The names of the parameters in it.
	pub fn names(&self) -> impl Iterator<Item = &str> {
		self.0.iter().filter_map(|piece| match piece {
			Piece::Place(name) => Some(name.as_str()),
			Piece::Text(_) => None,
		})
	}

	/// The parameter that it begins with.
	pub fn first(&self) -> Option<&str> {
		match self.0.first() {
			Some(Piece::Place(name)) => Some(name),
			_ => None,
		}
	}

	/// The argument with `values` in their places. Fails with the name of a value that is missing.
	pub fn fill(&self, values: &BTreeMap<&str, String>) -> Result<String, String> {
		let mut argument = String::new();
		for piece in &self.0 {
			argument.push_str(match piece {
				Piece::Text(text) => text,
				Piece::Place(name) => values.get(name.as_str()).ok_or_else(|| name.clone())?,
			});
		}
		Ok(argument)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn fill(text: &str) -> String {
		let template = Template::parse(text).expect("it is a template");
		let values = BTreeMap::from([("a", "1".to_owned()), ("b-c", "{a}".to_owned())]);
		template.fill(&values).expect("it has no other parameters")
	}

	#[test]
	fn templates_should_be_filled_once() {
		for (template, filled) in [
			("", ""),
			("plain; $(text)", "plain; $(text)"),
			("{a}", "1"),
			("--x={a}{a}.service", "--x=11.service"),
			("{b-c}", "{a}"),
			("{{a}}", "{a}"),
			("{{{a}}}", "{1}"),
			("}}{{ü", "}{ü"),
		] {
			assert_eq!(fill(template), filled, "{template}");
		}
	}

	#[test]
	fn templates_should_tell_their_parameters() {
		let template = Template::parse("{a}-{{b}}-{c}{a}").expect("it is a template");
		assert_eq!(template.names().collect::<Vec<_>>(), ["a", "c", "a"]);
		assert_eq!(template.first(), Some("a"));
		for text in ["", "-{a}", "{{a}}"] {
			assert_eq!(Template::parse(text).expect("it is a template").first(), None, "{text}");
		}
	}

	#[test]
	fn templates_should_name_a_missing_value() {
		let template = Template::parse("{a}{d}").expect("it is a template");
		let values = BTreeMap::from([("a", "1".to_owned())]);
		assert_eq!(template.fill(&values), Err("d".to_owned()));
	}

	#[test]
	fn templates_should_fail_to_parse_when_malformed() {
		for text in ["{", "}", "{a", "a}", "{{a}", "{a}}"] {
			assert_eq!(
				Template::parse(text),
				Err(ParseTemplateError::Brace(text.into())),
				"{text}"
			);
		}
		let zero = Template::parse("a\0b").expect_err("no argument can have it");
		assert_eq!(
			zero.to_string(),
			r#""a\0b" has a zero byte, which no argument can have; take it out"#
		);
	}
}
