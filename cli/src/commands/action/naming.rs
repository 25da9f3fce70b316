//! How people name kinds, targets, models and parameters, and how these are told to them.

use crate::{
	chain::{
		actions::{Action, Kind, Parameter, Proposal, Target},
		Block, ChainCall,
	},
	error::Error,
	keys::{AccountName, KeyFolder},
};
use aitbc_core::Word;
use serde_json::Value;
use std::{fmt, iter::repeat, str::FromStr};

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

/// A call of the chain: `pause:Market.post`, `unpause:Market.post`, or the bytes of any as hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallName {
	/// To pause this call of this pallet.
	Pause(String, String),
	/// To let it go on.
	Unpause(String, String),
	/// The call that encodes so.
	Bytes(Vec<u8>),
}

impl FromStr for CallName {
	type Err = String;

	fn from_str(text: &str) -> Result<Self, String> {
		let expected = || {
			format!(
				"`{text}` is no call: write `pause:PALLET.CALL`, `unpause:PALLET.CALL`, or the \
				 bytes of a call as `0x` and hexadecimal digits"
			)
		};
		if let Some(digits) = text.strip_prefix("0x") {
			return hex::decode(digits).map(Self::Bytes).map_err(|_| expected());
		}
		let (what, name) = text.split_once(':').ok_or_else(expected)?;
		let (pallet, call) = name.split_once('.').ok_or_else(expected)?;
		let names = (pallet.to_owned(), call.to_owned());
		match what {
			_ if pallet.is_empty() || call.is_empty() => Err(expected()),
			"pause" => Ok(Self::Pause(names.0, names.1)),
			"unpause" => Ok(Self::Unpause(names.0, names.1)),
			_ => Err(expected()),
		}
	}
}

impl fmt::Display for CallName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Pause(pallet, call) => write!(f, "pause:{pallet}.{call}"),
			Self::Unpause(pallet, call) => write!(f, "unpause:{pallet}.{call}"),
			Self::Bytes(bytes) => write!(f, "0x{}", hex::encode(bytes)),
		}
	}
}

impl CallName {
	/// The call, as the runtime of `block` has it.
	pub fn write(&self, block: &Block) -> Result<ChainCall, Error> {
		let written = match self {
			Self::Pause(pallet, call) | Self::Unpause(pallet, call)
				if !block.has_call(pallet, call) =>
			{
				// The chain would pause it all the same, and nothing would stop.
				return Err(Error::UnknownCall(format!("{pallet}.{call}")));
			},
			Self::Pause(pallet, call) => Some(ChainCall::pause(pallet, call)),
			Self::Unpause(pallet, call) => Some(ChainCall::unpause(pallet, call)),
			Self::Bytes(bytes) => block.read_call(bytes),
		};
		written.ok_or_else(|| Error::UnknownCall(self.to_string()))
	}

	/// What undoes it, if that follows from what it is.
	pub fn reverse(&self) -> Option<Self> {
		match self.clone() {
			Self::Pause(pallet, call) => Some(Self::Unpause(pallet, call)),
			Self::Unpause(pallet, call) => Some(Self::Pause(pallet, call)),
			Self::Bytes(_) => None,
		}
	}
}

/// What `kind` is recommended to do, as `settings` or `call` say.
pub fn proposal(
	kind: &Kind,
	settings: &[Setting],
	call: Option<&CallName>,
	block: &Block,
) -> Result<Proposal, Error> {
	let refuse = |reason: &str| {
		Err(Error::BadParameters { kind: kind.name.clone(), reason: reason.to_owned() })
	};
	match (kind.performer.by.as_str(), call) {
		("chain", None) => refuse("it is a call of the chain; say which by `--call`"),
		("chain", Some(_)) if !settings.is_empty() => refuse("a call has no parameters to set"),
		("chain", Some(call)) => Ok(Proposal::Call(Box::new(call.write(block)?))),
		(_, Some(_)) => refuse("it is no call of the chain"),
		(_, None) => Ok(parameters(kind, settings)?.map_or(Proposal::Note, Proposal::Command)),
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
fn parameters(kind: &Kind, settings: &[Setting]) -> Result<Option<Vec<Parameter>>, Error> {
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
	if kind.performer.by == "nobody" {
		return Ok(None);
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

/// The kind of `action` as it was when that was recommended, if the catalogue still has it so.
fn kind_of<'a>(action: &Action, kinds: &'a [Kind]) -> Option<&'a Kind> {
	kinds.iter().find(|kind| (kind.kind, kind.version) == (action.kind, action.version))
}

/// The kind of an action, in words: its name, or its number where the catalogue has it no more.
pub fn kind_in_words(action: &Action, kinds: &[Kind]) -> String {
	kind_of(action, kinds).map_or_else(
		|| {
			format!(
				"kind {}, version {}, which is not in the catalogue any more",
				action.kind, action.version
			)
		},
		|kind| kind.name.clone(),
	)
}

/// The bytes of the call that is done, if one is.
pub fn call_of(work: &Value) -> Option<Vec<u8>> {
	let digits = work["bytes"].as_str().filter(|_| work["type"] == "call")?;
	hex::decode(digits.strip_prefix("0x")?).ok()
}

/// What an action does, in words.
pub struct InWords {
	/// Its kind.
	pub kind: String,
	/// What it is done to.
	target: String,
	/// What is done.
	pub does: String,
	/// What is done if things get worse.
	pub if_worse: Option<String>,
}

impl fmt::Display for InWords {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} on {}: {}", self.kind, self.target, self.does)?;
		match &self.if_worse {
			Some(rollback) => write!(f, "; if it makes things worse: {rollback}"),
			None => Ok(()),
		}
	}
}

/// What `action` does, with the names that `kinds` have for parameters, and as `block` explains calls.
pub fn in_words(action: &Action, kinds: &[Kind], block: &Block) -> InWords {
	let explain = |work, kind| {
		let call = call_of(work).and_then(|bytes| block.explain_call(&bytes));
		call.map_or_else(|| given_in_words(work, kind), |call| call.to_string())
	};
	let kind = kind_of(action, kinds);
	let reversal = kind.and_then(|kind| kind.reversible_by);
	let reversal = kinds.iter().find(|other| Some(other.kind) == reversal);
	InWords {
		kind: kind_in_words(action, kinds),
		target: target_in_words(&action.target),
		does: explain(&action.work, kind),
		if_worse: action.rollback.as_ref().map(|work| explain(work, reversal)),
	}
}

/// What is done, in words, with the names that its kind has for parameters.
fn given_in_words(work: &Value, kind: Option<&Kind>) -> String {
	match work["type"].as_str() {
		Some("command") => {
			let given = work["parameters"].as_array().into_iter().flatten();
			let rules = kind.map_or(&[][..], |kind| &kind.performer.parameters);
			let names = rules.iter().map(|rule| Some(rule.name.as_str())).chain(repeat(None));
			let given: Vec<_> = given
				.zip(names)
				.map(|(one, name)| match name {
					Some(name) => format!("{name}={}", plain(&one["value"])),
					None => plain(&one["value"]),
				})
				.collect();
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
		Some("account") => match source["agent"].as_u64() {
			Some(agent) => format!("agent {agent}, by {}", plain(&source["account"])),
			None => format!("its operator, {}", plain(&source["account"])),
		},
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
	}

	#[test]
	fn work_should_be_told_with_the_names_that_its_kind_has_for_parameters() {
		let work = json!({ "type": "command", "parameters": [
			{ "type": "word", "value": "node" },
			{ "type": "integer", "value": "5" },
			{ "type": "flag", "value": true },
		] });
		assert_eq!(given_in_words(&work, Some(&restart())), "service=node, delay=5, force=true");
		assert_eq!(given_in_words(&work, None), "node, 5, true");
		let nothing = json!({ "type": "command", "parameters": [] });
		assert_eq!(given_in_words(&nothing, None), "its command");
		assert_eq!(given_in_words(&json!({ "type": "note" }), None), "nothing but a note");
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

	#[test]
	fn calls_should_be_read_and_reversed() {
		let names = || ("Market".to_owned(), "post".to_owned());
		let pause = CallName::Pause(names().0, names().1);
		let unpause = CallName::Unpause(names().0, names().1);
		assert_eq!("pause:Market.post".parse(), Ok(pause.clone()));
		assert_eq!("unpause:Market.post".parse(), Ok(unpause.clone()));
		assert_eq!((pause.reverse(), unpause.reverse()), (Some(unpause), Some(pause)));
		let bytes = CallName::Bytes(vec![0x3d, 0]);
		assert_eq!("0x3d00".parse(), Ok(bytes.clone()));
		assert_eq!(bytes.reverse(), None);
		for text in
			["Market.post", "pause:Market", "pause:.post", "pause:Market.", "stop:a.b", "0x1"]
		{
			let error = text.parse::<CallName>().expect_err("it is none");
			assert!(error.contains("pause:PALLET.CALL"), "{error}");
		}
	}
}
