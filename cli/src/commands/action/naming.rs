//! How people name kinds, targets, models and parameters, and how these are told to them.

use crate::{
	chain::actions::{Kind, Parameter, Target},
	error::Error,
	keys::{AccountName, KeyFolder},
};
use aitbc_core::Word;
use serde_json::Value;
use std::{fmt, str::FromStr};

/// A kind, by its name or its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KindName {
	/// Its id.
	Id(u16),
	/// Its name.
	Name(String),
}

impl FromStr for KindName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		if let Ok(id) = text.parse() {
			return Ok(Self::Id(id));
		}
		word(text).map(Self::Name)
	}
}

impl fmt::Display for KindName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Id(id) => id.fmt(f),
			Self::Name(name) => f.pad(name),
		}
	}
}

impl KindName {
	/// Whether it is this one.
	pub fn is_of(&self, kind: &Kind) -> bool {
		match self {
			Self::Id(id) => kind.kind == *id,
			Self::Name(name) => kind.name == *name,
		}
	}
}

/// A target: `network`, `agent:7`, or a validator's stash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetName {
	/// The network as a whole.
	Network,
	/// A validator.
	Validator(AccountName),
	/// An agent.
	Agent(u64),
}

impl FromStr for TargetName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		if text == "network" {
			return Ok(Self::Network);
		}
		if let Some(number) = text.strip_prefix("agent:") {
			let number = number.parse();
			return number.map(Self::Agent).map_err(|_| format!("`{text}` is no agent's id"));
		}
		let name = text.strip_prefix("validator:").unwrap_or(text);
		name.parse().map(Self::Validator).map_err(|error| format!("{error}"))
	}
}

impl TargetName {
	/// The target, whose stash may be a key's name.
	pub fn resolve(&self, keys: &KeyFolder) -> Result<Target, Error> {
		Ok(match self {
			Self::Network => Target::Network,
			Self::Agent(agent) => Target::Agent(*agent),
			Self::Validator(name) => Target::Validator(name.resolve(keys)?),
		})
	}
}

/// A model with its version: `watcher@3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelName {
	/// What it is called.
	pub name: String,
	/// Its version.
	pub version: u32,
}

impl FromStr for ModelName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let expected = || format!("`{text}` is no model: write a name and a version, `watcher@3`");
		let (name, version) = text.split_once('@').ok_or_else(expected)?;
		let version = version.parse().map_err(|_| expected())?;
		Ok(Self { name: word(name)?, version })
	}
}

/// A parameter that somebody sets: `service=node`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
	name: String,
	value: String,
}

impl FromStr for Setting {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let (name, value) =
			text.split_once('=').ok_or_else(|| format!("`{text}` has no `=`: write NAME=VALUE"))?;
		Ok(Self { name: name.to_owned(), value: value.to_owned() })
	}
}

/// A word, as the chain takes it.
fn word(text: &str) -> Result<String, String> {
	let expected = || {
		format!(
			"`{text}` is no name: it has 1 to 32 lower-case letters, digits, `.`, `_` and `-`, and \
			 begins with a letter or a digit"
		)
	};
	Word::new(text.as_bytes()).map(|word| word.to_string()).ok_or_else(expected)
}

/// The parameters of `kind` in the order of its rules, as `settings` say. Nothing for a kind that is only
/// written down.
pub fn parameters(kind: &Kind, settings: &[Setting]) -> Result<Option<Vec<Parameter>>, Error> {
	let refuse = |reason: String| Error::BadParameters { kind: kind.name.clone(), reason };
	let rules = &kind.performer.parameters;
	for (place, setting) in settings.iter().enumerate() {
		if !rules.iter().any(|rule| rule.name == setting.name) {
			return Err(refuse(format!("it has no parameter `{}`", setting.name)));
		}
		if settings.iter().take(place).any(|other| other.name == setting.name) {
			return Err(refuse(format!("`{}` is set twice", setting.name)));
		}
	}
	match kind.performer.by.as_str() {
		"nobody" => return Ok(None),
		"executor" => {},
		_ => return Err(Error::NotACommand(kind.name.clone())),
	}
	let set = rules.iter().map(|rule| {
		let setting = settings.iter().find(|setting| setting.name == rule.name);
		let value = setting.ok_or_else(|| format!("`{}` is missing", rule.name))?;
		parameter(&rule.bounds, &value.value).map_err(|reason| format!("`{}` {reason}", rule.name))
	});
	let set: Result<Vec<_>, String> = set.collect();
	set.map(Some).map_err(refuse)
}

/// The parameter that `text` says, within `bounds`.
fn parameter(bounds: &Value, text: &str) -> Result<Parameter, String> {
	match bounds["type"].as_str() {
		Some("integer") => {
			let (least, greatest) = (plain(&bounds["least"]), plain(&bounds["greatest"]));
			let expected = || format!("is a number from {least} to {greatest}, and not `{text}`");
			let number: i64 = text.parse().map_err(|_| expected())?;
			let is_within = least.parse().is_ok_and(|least: i64| least <= number)
				&& greatest.parse().is_ok_and(|greatest: i64| number <= greatest);
			if is_within {
				Ok(Parameter::Integer(number))
			} else {
				Err(expected())
			}
		},
		Some("flag") => match text {
			"yes" | "true" => Ok(Parameter::Flag(true)),
			"no" | "false" => Ok(Parameter::Flag(false)),
			_ => Err(format!("is `yes` or `no`, and not `{text}`")),
		},
		_ => {
			let words: Vec<_> =
				bounds["words"].as_array().into_iter().flatten().map(plain).collect();
			if words.iter().any(|word| word == text) {
				Ok(Parameter::Word(text.to_owned()))
			} else {
				Err(format!("is {}, and not `{text}`", words.join(" or ")))
			}
		},
	}
}

/// A JSON value without quotes.
pub fn plain(value: &Value) -> String {
	value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A target, in words.
pub fn target_in_words(target: &Value) -> String {
	match target["type"].as_str() {
		Some("validator") => plain(&target["account"]),
		Some("agent") => format!("agent {}", plain(&target["agent"])),
		_ => "the network".to_owned(),
	}
}

/// What is done, in words.
pub fn work_in_words(work: &Value) -> String {
	match work["type"].as_str() {
		Some("command") => {
			let given = work["parameters"].as_array().into_iter().flatten();
			let given: Vec<_> = given.map(|one| plain(&one["value"])).collect();
			if given.is_empty() {
				"its command".to_owned()
			} else {
				given.join(", ")
			}
		},
		Some("call") => format!("the call {}", plain(&work["bytes"])),
		_ => "nothing but a note".to_owned(),
	}
}

/// Who put an action on the chain, in words.
pub fn source_in_words(source: &Value) -> String {
	match source["type"].as_str() {
		Some("account") => plain(&source["account"]),
		Some("rollback") => {
			format!("the chain, because action {} made things worse", plain(&source["action"]))
		},
		_ => "the chain, because of a report".to_owned(),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json};

	fn kind(performer: &Value) -> Kind {
		from_value(json!({
			"kind": 1, "version": 1, "name": "restart-service", "class": "low",
			"performer": performer, "targets": "validators",
			"verification": { "type": "operator" }, "rateLimit": { "count": 1, "period": 1 },
			"cooldown": 1, "blastRadius": "0.1", "timeToLive": 1, "lease": 1, "watch": 1,
			"needsSimulation": false, "reversibleBy": null,
		}))
		.expect("it is a kind")
	}

	fn restart() -> Kind {
		kind(&json!({ "type": "executor", "parameters": [
			{ "name": "service", "bounds": { "type": "word", "words": ["node", "monitor"] } },
			{ "name": "delay", "bounds": { "type": "integer", "least": "0", "greatest": "60" } },
			{ "name": "force", "bounds": { "type": "flag" } },
		] }))
	}

	fn settings(texts: &[&str]) -> Vec<Setting> {
		texts.iter().map(|text| text.parse().expect("it has a `=`")).collect()
	}

	#[test]
	fn parameters_should_be_in_the_order_of_the_rules() {
		let set = parameters(&restart(), &settings(&["force=no", "delay=60", "service=node"]));
		let expected =
			vec![Parameter::Word("node".into()), Parameter::Integer(60), Parameter::Flag(false)];
		assert_eq!(set.expect("they are right"), Some(expected));
		let note = kind(&json!({ "type": "nobody" }));
		assert_eq!(parameters(&note, &[]).expect("it has none"), None);
	}

	#[test]
	fn parameters_should_be_refused_with_what_is_right_when_they_are_wrong() {
		for (given, words) in [
			(&["service=node", "delay=1"][..], "`force` is missing"),
			(&["service=nginx", "delay=1", "force=no"], "`service` is node or monitor"),
			(&["service=node; reboot", "delay=1", "force=no"], "and not `node; reboot`"),
			(&["service=node", "delay=61", "force=no"], "`delay` is a number from 0 to 60"),
			(&["service=node", "delay=x", "force=no"], "and not `x`"),
			(&["service=node", "delay=1", "force=maybe"], "`force` is `yes` or `no`"),
			(&["service=node", "speed=1"], "it has no parameter `speed`"),
			(&["service=node", "service=node"], "`service` is set twice"),
		] {
			let error = parameters(&restart(), &settings(given)).expect_err("they are wrong");
			assert!(error.to_string().contains(words), "{given:?}: {error}");
		}
		let call = kind(&json!({ "type": "chain", "pallet": 1, "call": 2 }));
		let error = parameters(&call, &[]).expect_err("it is a call");
		assert!(error.to_string().contains("restart-service"), "{error}");
	}

	#[test]
	fn names_should_be_read() {
		assert_eq!("7".parse(), Ok(KindName::Id(7)));
		assert_eq!("prune".parse(), Ok(KindName::Name("prune".into())));
		assert_eq!("network".parse(), Ok(TargetName::Network));
		assert_eq!("agent:7".parse(), Ok(TargetName::Agent(7)));
		let model = ModelName { name: "watcher".into(), version: 3 };
		assert_eq!("watcher@3".parse(), Ok(model));
		for text in ["watcher", "watcher@x", "Watcher@1", "@1"] {
			assert!(text.parse::<ModelName>().is_err(), "{text}");
		}
		assert!("--x".parse::<KindName>().is_err());
		assert!("agent:x".parse::<TargetName>().is_err());
		assert!("service".parse::<Setting>().is_err());
	}
}
