//! One entry of the allow-list: a program, and what may be said to it.
//!
//! There is no shell. Every argument is filled in and handed to the program as it is, so that no
//! value can become two arguments, or a command. A word begins with a letter or digit, and a number
//! that may be negative does not stand first, so that no value can become an option either.

use super::{
	exposure::{self, Exposed},
	order::{Order, Parameter, ParseTargetError, Target},
	template::{ParseTemplateError, Template},
};
use serde::Deserialize;
use std::{
	collections::BTreeMap,
	fmt, fs, io,
	ops::RangeInclusive,
	os::unix::fs::PermissionsExt,
	path::{Path, PathBuf},
	time::Duration,
};

/// The most parameters of a command.
const MAX_PARAMETERS: usize = 16;

/// The most bytes of a word.
const MAX_WORD_LENGTH: usize = 32;

/// How long a command may take, in seconds.
const TIME_LIMITS: RangeInclusive<u64> = 1..=3_600;

/// A command as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
	/// The kind of the chain's catalogue.
	pub kind: String,
	target: String,
	program: PathBuf,
	arguments: Vec<String>,
	time_limit: String,
	simulate: Option<Vec<String>>,
	#[serde(default)]
	parameters: BTreeMap<String, BoundsEntry>,
}

/// What a parameter may be, as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BoundsEntry {
	words: Option<Vec<String>>,
	least: Option<i64>,
	greatest: Option<i64>,
	flag: Option<Vec<String>>,
}

/// A command that the list permits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
	/// The kind of the chain's catalogue.
	pub kind: String,
	/// What it may be done to.
	pub target: Target,
	program: PathBuf,
	arguments: Vec<Template>,
	simulate: Option<Vec<Template>>,
	time_limit: Duration,
	parameters: BTreeMap<String, Bounds>,
}

/// What a parameter may be.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bounds {
	/// Exactly these.
	Words(Vec<String>),
	/// From the least to the greatest.
	Range(RangeInclusive<i64>),
	/// Yes or no.
	Flag {
		/// What stands for yes.
		yes: String,
		/// What stands for no.
		no: String,
	},
}

/// A program with everything that it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
	/// Its absolute path.
	pub program: PathBuf,
	/// Its arguments, without its own name.
	pub arguments: Vec<String>,
	/// Its arguments if it is only to say what it would do.
	pub simulate: Option<Vec<String>>,
	/// How long it may take.
	pub time_limit: Duration,
}

/// Why an order is not carried out: what the chain asks for is not on the list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
	/// No command is listed for it.
	#[error(
		"no command is listed for {kind:?} of {target}; add a `[[command]]` if this machine is to do \
		 it"
	)]
	NotListed {
		/// The kind.
		kind: String,
		/// The target.
		target: Target,
	},
	/// A value is needed that the order does not have.
	#[error("the order has no parameter `{name}`, which the listed command needs")]
	MissingParameter {
		/// Its name.
		name: String,
	},
	/// The order has a value for which the command has no place.
	#[error("the order has a parameter {name:?}, which the listed command does not take")]
	UnknownParameter {
		/// Its name.
		name: String,
	},
	/// The order has two values for one parameter.
	#[error("the order has the parameter {name:?} twice")]
	Repeated {
		/// Its name.
		name: String,
	},
	/// A value is of another type than the list says.
	#[error("the order's parameter `{name}` is not {expected}, as the list says that it is")]
	WrongType {
		/// The parameter's name.
		name: String,
		/// What the list says, such as "a number".
		expected: &'static str,
	},
	/// A number is out of the listed bounds.
	#[error(
		"the order's parameter `{name}` is {value}, and the list permits {least} to {greatest}"
	)]
	OutOfBounds {
		/// The parameter's name.
		name: String,
		/// Its value.
		value: i64,
		/// The least that is permitted.
		least: i64,
		/// The greatest that is permitted.
		greatest: i64,
	},
	/// A word is none of the listed ones.
	#[error("the order's parameter `{name}` is {word:?}, which is none of the listed words")]
	NotAWord {
		/// The parameter's name.
		name: String,
		/// Its value.
		word: String,
	},
}

/// What is wrong with a command of the list.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
	/// A kind is not written as the catalogue's are.
	#[error("{0:?} is no kind; {rule}", rule = word_rule())]
	Kind(String),
	/// The target is none.
	#[error(transparent)]
	Target(#[from] ParseTargetError),
	/// The program is to be looked for.
	#[error("the program `{path}` is no absolute path; write it from `/` on", path = .0.display())]
	RelativeProgram(PathBuf),
	/// The program is not there.
	#[error("cannot look at the program `{path}`: {source}; name one that is there", path = path.display())]
	NoProgram {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// The program is none.
	#[error("`{path}` is no program; name a file that may be executed", path = .0.display())]
	NotExecutable(PathBuf),
	/// Others can change the program.
	#[error(transparent)]
	Exposed(#[from] Exposed),
	/// The time limit is none.
	#[error("`{0}` is no time limit; write one from `1s` to `1h`, such as `90s` or `5m`")]
	TimeLimit(String),
	/// An argument is malformed.
	#[error(transparent)]
	Template(#[from] ParseTemplateError),
	/// There are too many parameters.
	#[error("it has {0} parameters; {MAX_PARAMETERS} are the most")]
	TooManyParameters(usize),
	/// A parameter's name is none.
	#[error("{0:?} is no name for a parameter; {rule}", rule = word_rule())]
	ParameterName(String),
	/// A parameter has no bounds, or has several.
	#[error(
		"the parameter `{0}` must have one of `words`, `least` with `greatest`, and `flag`, and only \
		 one"
	)]
	Bounds(String),
	/// A parameter can have no value.
	#[error("the parameter `{0}` has no words; list those that are permitted")]
	NoWords(String),
	/// A parameter permits a word that is none.
	#[error("the parameter `{name}` permits {word:?}, which is no word; {rule}", rule = word_rule())]
	Word {
		/// The parameter's name.
		name: String,
		/// What is no word.
		word: String,
	},
	/// A parameter can have no value.
	#[error(
		"the parameter `{name}` is at least {least}, and so not at most {greatest}; swap them"
	)]
	EmptyRange {
		/// The parameter's name.
		name: String,
		/// The least value.
		least: i64,
		/// The greatest value.
		greatest: i64,
	},
	/// A flag has too few texts or too many, or one that is no argument.
	#[error(
		"the flag `{0}` needs two texts, for yes and for no, that are not empty and have no zero byte; \
		 write them as `[\"--force\", \"--no-force\"]`"
	)]
	FlagText(String),
	/// An argument has a place for a parameter that there is not.
	#[error(
		"`{{{0}}}` stands for no parameter; declare it, or write `{{{{` and `}}}}` for braces"
	)]
	Undeclared(String),
	/// A parameter would change nothing.
	#[error("no argument has a place for the parameter `{0}`; write `{{{0}}}` where it belongs")]
	Unused(String),
	/// A number could be taken for an option.
	#[error(
		"`{{{0}}}` may be negative and begins an argument, so that it could be taken for an option; \
		 write something before it, as in `--by={{{0}}}`"
	)]
	NegativeFirst(String),
}

/// What [`is_word`] asks for, in words.
fn word_rule() -> String {
	format!(
		"write 1 to {MAX_WORD_LENGTH} of `a` to `z`, `0` to `9`, `.`, `_` and `-`, a letter or digit \
		 first"
	)
}

/// Whether a text is harmless in any place: see [`word_rule`].
fn is_word(text: &str) -> bool {
	let is_plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
	(1..=MAX_WORD_LENGTH).contains(&text.len())
		&& text.as_bytes().first().is_some_and(is_plain)
		&& text.bytes().all(|byte| is_plain(&byte) || b"._-".contains(&byte))
}

impl TryFrom<Entry> for Command {
	type Error = CommandError;

	fn try_from(entry: Entry) -> Result<Self, Self::Error> {
		if !is_word(&entry.kind) {
			return Err(CommandError::Kind(entry.kind));
		}
		let target = entry.target.parse()?;
		check_program(&entry.program)?;
		let time_limit =
			parse_time_limit(&entry.time_limit).ok_or(CommandError::TimeLimit(entry.time_limit))?;
		if entry.parameters.len() > MAX_PARAMETERS {
			return Err(CommandError::TooManyParameters(entry.parameters.len()));
		}
		let bounds = entry.parameters.into_iter().map(|(name, entry)| {
			let bounds = Bounds::read(&name, entry)?;
			Ok((name, bounds))
		});
		let parse = |arguments: Vec<String>| -> Result<Vec<_>, _> {
			arguments.iter().map(|argument| Template::parse(argument)).collect()
		};
		let command = Self {
			kind: entry.kind,
			target,
			program: entry.program,
			parameters: bounds.collect::<Result<_, CommandError>>()?,
			arguments: parse(entry.arguments)?,
			simulate: entry.simulate.map(parse).transpose()?,
			time_limit,
		};
		command.check_places()?;
		Ok(command)
	}
}

impl Command {
	/// Checks that arguments and parameters fit together.
	fn check_places(&self) -> Result<(), CommandError> {
		for template in self.arguments.iter().chain(self.simulate.iter().flatten()) {
			if let Some(name) = template.names().find(|name| !self.parameters.contains_key(*name)) {
				return Err(CommandError::Undeclared(name.to_owned()));
			}
			let first = template.first().filter(|name| self.may_be_negative(name));
			if let Some(name) = first {
				return Err(CommandError::NegativeFirst(name.to_owned()));
			}
		}
		let is_used = |name: &str| {
			self.arguments.iter().any(|template| template.names().any(|used| used == name))
		};
		match self.parameters.keys().find(|name| !is_used(name)) {
			Some(name) => Err(CommandError::Unused(name.clone())),
			None => Ok(()),
		}
	}

	fn may_be_negative(&self, name: &str) -> bool {
		matches!(self.parameters.get(name), Some(Bounds::Range(range)) if *range.start() < 0)
	}

	/// The program with the order's values, if they are within their bounds. Kind and target are
	/// taken to be this command's.
	pub fn prepare(&self, order: &Order) -> Result<Prepared, Refusal> {
		let mut values = BTreeMap::new();
		for (name, value) in &order.parameters {
			let bounds = self.parameters.get(name);
			let bounds = bounds.ok_or_else(|| Refusal::UnknownParameter { name: name.clone() })?;
			if values.insert(name.as_str(), bounds.text(name, value)?).is_some() {
				return Err(Refusal::Repeated { name: name.clone() });
			}
		}
		let is_missing = |name: &&String| !values.contains_key(name.as_str());
		if let Some(name) = self.parameters.keys().find(is_missing) {
			return Err(Refusal::MissingParameter { name: name.clone() });
		}
		let fill = |templates: &Vec<Template>| -> Result<Vec<_>, _> {
			let filled: Result<_, _> =
				templates.iter().map(|template| template.fill(&values)).collect();
			filled.map_err(|name| Refusal::MissingParameter { name })
		};
		Ok(Prepared {
			program: self.program.clone(),
			arguments: fill(&self.arguments)?,
			simulate: self.simulate.as_ref().map(fill).transpose()?,
			time_limit: self.time_limit,
		})
	}
}

impl Bounds {
	/// Reads what the parameter `name` may be.
	fn read(name: &str, entry: BoundsEntry) -> Result<Self, CommandError> {
		if !is_word(name) {
			return Err(CommandError::ParameterName(name.to_owned()));
		}
		let name = name.to_owned();
		match entry {
			BoundsEntry { words: Some(words), least: None, greatest: None, flag: None } => {
				if words.is_empty() {
					return Err(CommandError::NoWords(name));
				}
				match words.iter().find(|word| !is_word(word)) {
					Some(word) => Err(CommandError::Word { name, word: word.clone() }),
					None => Ok(Self::Words(words)),
				}
			},
			BoundsEntry {
				words: None,
				least: Some(least),
				greatest: Some(greatest),
				flag: None,
			} => {
				if least > greatest {
					return Err(CommandError::EmptyRange { name, least, greatest });
				}
				Ok(Self::Range(least..=greatest))
			},
			BoundsEntry { words: None, least: None, greatest: None, flag: Some(texts) } => {
				let is_argument = |text: &String| !text.is_empty() && !text.contains('\0');
				match <[String; 2]>::try_from(texts) {
					Ok(texts) if texts.iter().all(is_argument) => {
						let [yes, no] = texts;
						Ok(Self::Flag { yes, no })
					},
					_ => Err(CommandError::FlagText(name)),
				}
			},
			_ => Err(CommandError::Bounds(name)),
		}
	}

	/// What stands for `value` in an argument.
	fn text(&self, name: &str, value: &Parameter) -> Result<String, Refusal> {
		let name = name.to_owned();
		match (self, value) {
			(Self::Words(words), Parameter::Word(word)) if words.contains(word) => Ok(word.clone()),
			(Self::Words(_), Parameter::Word(word)) => {
				Err(Refusal::NotAWord { name, word: word.clone() })
			},
			(Self::Range(range), Parameter::Integer(value)) if range.contains(value) => {
				Ok(value.to_string())
			},
			(Self::Range(range), Parameter::Integer(value)) => Err(Refusal::OutOfBounds {
				name,
				value: *value,
				least: *range.start(),
				greatest: *range.end(),
			}),
			(Self::Flag { yes, no }, Parameter::Flag(value)) => {
				Ok(if *value { yes } else { no }.clone())
			},
			(Self::Words(_), _) => Err(Refusal::WrongType { name, expected: "a word" }),
			(Self::Range(_), _) => Err(Refusal::WrongType { name, expected: "a number" }),
			(Self::Flag { .. }, _) => Err(Refusal::WrongType { name, expected: "a flag" }),
		}
	}
}

/// Checks that a program is there, and that nobody else decides what it does.
fn check_program(path: &Path) -> Result<(), CommandError> {
	if !path.is_absolute() {
		return Err(CommandError::RelativeProgram(path.to_owned()));
	}
	let no_program = |source| CommandError::NoProgram { path: path.to_owned(), source };
	let metadata = fs::metadata(path).map_err(no_program)?;
	if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 {
		return Err(CommandError::NotExecutable(path.to_owned()));
	}
	match exposure::find(path).map_err(no_program)? {
		Some(exposed) => Err(exposed.into()),
		None => Ok(()),
	}
}

/// Reads seconds, minutes or hours: `90s`, `5m`, `1h`.
fn parse_time_limit(text: &str) -> Option<Duration> {
	let units = [('s', 1), ('m', 60), ('h', 3_600)];
	let (count, unit) =
		units.into_iter().find_map(|(unit, length)| Some((text.strip_suffix(unit)?, length)))?;
	let seconds = count.parse::<u64>().ok()?.checked_mul(unit)?;
	TIME_LIMITS.contains(&seconds).then(|| Duration::from_secs(seconds))
}

impl Prepared {
	/// The program with what makes it only say what it would do, if the list has that.
	pub fn simulation(&self) -> Option<Self> {
		let arguments = self.simulate.clone()?;
		Some(Self { arguments, simulate: None, ..self.clone() })
	}
}

/// The program and its arguments, each in quotation marks: nothing that a shell should read.
impl fmt::Display for Prepared {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{:?}", self.program)?;
		self.arguments.iter().try_for_each(|argument| write!(f, " {argument:?}"))
	}
}

#[cfg(test)]
mod tests;
