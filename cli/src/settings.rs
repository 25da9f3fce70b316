//! What somebody sets once: profiles, each with a node's address and whatever else commands take.
//!
//! A profile stands for environment variables. So an option counts more than a variable, a variable more than
//! the profile, and the profile more than the default.

use serde::{Deserialize, Serialize};
use std::{
	collections::BTreeMap,
	env,
	ffi::OsString,
	fs,
	io::{self, ErrorKind, Write},
	path::{Path, PathBuf},
};

/// The environment variable that stands for `--profile`.
pub const PROFILE: &str = "AITBC_PROFILE";

/// The profiles that there are from the start, and their node. There are no public networks yet.
const BUILT_IN: [(&str, Option<&str>); 3] =
	[("dev", Some("ws://127.0.0.1:9944")), ("staging", None), ("prod", None)];

/// The profile that counts when nobody has chosen.
const FIRST: &str = "dev";

/// What a profile can set.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Key {
	/// The address of a node's RPC
	Url,
	/// The key that signs
	From,
	/// How data is written
	Output,
	/// The folder of the keys
	Keys,
	/// How long to wait
	Timeout,
}

impl Key {
	/// All of them.
	pub const ALL: [Self; 5] = [Self::Url, Self::From, Self::Output, Self::Keys, Self::Timeout];

	/// The environment variable that it stands for.
	pub const fn variable(self) -> &'static str {
		match self {
			Self::Url => "AITBC_URL",
			Self::From => "AITBC_FROM",
			Self::Output => "AITBC_OUTPUT",
			Self::Keys => "AITBC_KEYS",
			Self::Timeout => "AITBC_TIMEOUT",
		}
	}

	/// Its name on the command line.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Url => "url",
			Self::From => "from",
			Self::Output => "output",
			Self::Keys => "keys",
			Self::Timeout => "timeout",
		}
	}
}

/// What a profile sets.
pub type Profile = BTreeMap<Key, String>;

/// All profiles, and which one counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
	/// The one that counts unless `--profile` says otherwise.
	pub profile: String,
	/// What each of them sets.
	pub profiles: BTreeMap<String, Profile>,
}

/// Why settings can't be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Nobody knows where they would be.
	#[error("there is no folder for settings: set XDG_CONFIG_HOME or HOME to an absolute path")]
	NoFolder,
	/// The file can't be used.
	#[error("cannot {action} the settings in {path}: {source}; see who owns the file", path = path.display())]
	File {
		/// What was tried.
		action: &'static str,
		/// The file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// The file is none of settings.
	#[error(
		"{path} has no settings: {source}; put it right, or remove it to begin anew",
		path = path.display()
	)]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What the parser says.
		source: serde_json::Error,
	},
	/// There is no such profile.
	#[error("there is no profile `{0}`; see `aitbc env list`, or make it with `aitbc env switch {0} --node URL`")]
	NoProfile(String),
	/// A profile without a node.
	#[error("nobody knows a node of `{0}`: say one with `aitbc env switch {0} --node URL`")]
	NoNode(String),
	/// A name that can't be one.
	#[error("`{0}` is no name for a profile: use 1 to 32 letters, digits, `-` and `_`")]
	BadName(String),
	/// A value that can't be one.
	#[error(
		"`{value}` is no value for `{}`: {reason}; set another one with `aitbc config set {} VALUE`",
		key.name(),
		key.name()
	)]
	BadValue {
		/// Of what.
		key: Key,
		/// The value.
		value: String,
		/// Why not.
		reason: String,
	},
	/// A value that is not set.
	#[error("the profile `{profile}` does not set `{}`: set it with `aitbc config set {} VALUE`", key.name(), key.name())]
	NotSet {
		/// The profile.
		profile: String,
		/// What of it.
		key: Key,
	},
}

impl Error {
	/// Whether the command line asks for something that makes no sense.
	pub fn is_usage(&self) -> bool {
		matches!(
			self,
			Self::NoProfile(_) | Self::NoNode(_) | Self::BadName(_) | Self::BadValue { .. }
		)
	}
}

impl Default for Settings {
	fn default() -> Self {
		let profiles = BUILT_IN.into_iter().map(|(name, url)| {
			let node = url.map(|url| (Key::Url, url.to_owned()));
			(name.to_owned(), node.into_iter().collect())
		});
		Self { profile: FIRST.into(), profiles: profiles.collect() }
	}
}

impl Settings {
	/// Reads them; those of the start if there is no file.
	pub fn load() -> Result<Self, Error> {
		Self::load_from(&path()?)
	}

	/// Writes them, completely or not at all.
	pub fn store(&self) -> Result<PathBuf, Error> {
		let path = path()?;
		self.store_to(&path)?;
		Ok(path)
	}

	/// Reads the file at `path`.
	pub fn load_from(path: &Path) -> Result<Self, Error> {
		match fs::read_to_string(path) {
			Ok(text) => serde_json::from_str(&text)
				.map_err(|source| Error::Malformed { path: path.into(), source }),
			Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
			Err(source) => Err(Error::File { action: "read", path: path.into(), source }),
		}
	}

	/// Writes the file at `path`.
	pub fn store_to(&self, path: &Path) -> Result<(), Error> {
		let failed = |source| Error::File { action: "write", path: path.into(), source };
		let folder = path.parent().unwrap_or(Path::new("."));
		fs::create_dir_all(folder).map_err(failed)?;
		let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
		let text = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
		writeln!(file, "{text}").map_err(failed)?;
		file.persist(path).map_err(|error| failed(error.error))?;
		Ok(())
	}

	/// The profile with this name.
	pub fn of(&self, name: &str) -> Result<&Profile, Error> {
		self.profiles.get(name).ok_or_else(|| Error::NoProfile(name.into()))
	}
}

/// Whether a profile can have this name.
pub fn check_name(name: &str) -> Result<(), Error> {
	let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
	let is_name = (1..=32).contains(&name.len()) && name.chars().all(is_allowed);
	if is_name && !name.starts_with('-') {
		return Ok(());
	}
	Err(Error::BadName(name.into()))
}

/// Sets the environment variables that the chosen profile stands for, unless they are set. The profile is that
/// of `arguments`, of the environment, or of the settings. `check` says which values commands take.
///
/// Called before the program has a second thread: what others read of the environment must not change under
/// them.
pub fn apply(
	arguments: impl Iterator<Item = OsString>,
	check: impl Fn(Key, &str) -> Result<(), Error>,
) -> Result<(), Error> {
	let asked = profile_in(arguments).or_else(|| env::var(PROFILE).ok());
	let settings = match (Settings::load(), &asked) {
		// Where settings can't be, there are none.
		(Err(Error::NoFolder), None) => return Ok(()),
		(settings, _) => settings?,
	};
	let name = asked.unwrap_or_else(|| settings.profile.clone());
	let profile = settings.of(&name)?.iter();
	let unset: Vec<_> = profile.filter(|(key, _)| env::var_os(key.variable()).is_none()).collect();
	unset.iter().try_for_each(|(key, value)| check(**key, value))?;
	for (key, value) in unset {
		env::set_var(key.variable(), value);
	}
	Ok(())
}

/// The value of `--profile` among `arguments`.
fn profile_in(arguments: impl Iterator<Item = OsString>) -> Option<String> {
	let arguments: Vec<_> = arguments.map(|one| one.to_string_lossy().into_owned()).collect();
	let own = arguments.iter().take_while(|argument| *argument != "--");
	let next = arguments.iter().skip(1).map(String::as_str).chain([""]);
	let asked =
		own.zip(next).filter_map(|(argument, next)| match argument.strip_prefix("--profile")? {
			"" => Some(next.to_owned()),
			rest => rest.strip_prefix('=').map(str::to_owned),
		});
	asked.last()
}

/// Where the settings are: `aitbc/config.json` in the XDG configuration folder.
fn path() -> Result<PathBuf, Error> {
	let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
	let folder = absolute("XDG_CONFIG_HOME").or_else(|| Some(absolute("HOME")?.join(".config")));
	Ok(folder.ok_or(Error::NoFolder)?.join("aitbc").join("config.json"))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn settings_should_be_what_was_written() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("deep").join("config.json");
		assert_eq!(Settings::load_from(&path).expect("there is none"), Settings::default());
		let mut settings = Settings { profile: "mine".into(), ..Settings::default() };
		let profile = Profile::from([(Key::Url, "wss://node.example".into())]);
		settings.profiles.insert("mine".into(), profile);

		settings.store_to(&path).expect("the folder is writable");

		assert_eq!(Settings::load_from(&path).expect("it was written"), settings);
	}

	#[test]
	fn settings_should_name_the_file_when_it_has_none() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("config.json");
		for text in ["", "{}", r#"{ "profile": "dev", "profiles": {}, "theme": "dark" }"#] {
			fs::write(&path, text).expect("the folder is writable");
			let error = Settings::load_from(&path).expect_err("it is malformed").to_string();
			assert!(error.contains(&*path.to_string_lossy()), "{error}");
		}
	}

	#[test]
	fn profile_should_be_the_last_one_that_is_asked_for() {
		let asked = |text: &str| profile_in(text.split(' ').map(OsString::from));
		assert_eq!(asked("aitbc node status"), None);
		assert_eq!(asked("aitbc --profile dev node status --profile=prod"), Some("prod".into()));
		assert_eq!(asked("aitbc tag show -- --profile dev"), None);
		assert_eq!(asked("aitbc --profiles dev"), None);
	}

	#[test]
	fn names_should_be_short_and_plain() {
		for name in ["dev", "my-net_2"] {
			assert!(check_name(name).is_ok(), "{name}");
		}
		for name in ["", "-x", "my net", "../up", &"a".repeat(33)] {
			assert!(check_name(name).is_err(), "{name}");
		}
	}
}
