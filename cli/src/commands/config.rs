//! `aitbc config`: what the profiles set.

use super::Context;
use crate::{
	args::parse_url,
	error::Error,
	keys::SignerName,
	output::{fields, print_line, table, Format, Report},
	settings::{self, Key, Profile, Settings},
	terminal,
	transaction::Timeout,
};
use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use std::path::PathBuf;

/// What can be done with settings. All but `export` and `import` are about the profile that counts.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Print one setting
	Get {
		/// Which one
		key: Key,
	},

	/// Set one, or take it back
	Set {
		/// Which one
		key: Key,

		/// Its value; nothing takes it back
		value: Option<String>,
	},

	/// Show what the profile sets, and the environment variable of each
	View,

	/// Write all profiles to a file, to keep or to hand on; there are no secrets in it
	Export {
		/// The file
		file: PathBuf,
	},

	/// Take all profiles from such a file instead of those that are there
	Import {
		/// The file
		file: PathBuf,
	},
}

/// Does what `command` says.
pub fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Get { key } => {
			let settings = Settings::load()?;
			let name = context.profile(&settings);
			let value = settings.of(&name)?.get(&key);
			let missing = || settings::Error::NotSet { profile: name.clone(), key };
			let value = value.cloned().ok_or_else(missing)?;
			context.print(&Value { profile: name, key, value }, None)
		},
		Command::Set { key, value } => set(key, value, context),
		Command::View => {
			let settings = Settings::load()?;
			let name = context.profile(&settings);
			let view = View { settings: settings.of(&name)?.clone(), profile: name };
			context.print(&view, None)
		},
		Command::Export { file } => {
			Settings::load()?.store_to(&file)?;
			Ok(print_line(&file.display().to_string())?)
		},
		Command::Import { file } => {
			// A file that is not there has nothing to take over.
			std::fs::metadata(&file).map_err(|source| settings::Error::File {
				action: "read",
				path: file.clone(),
				source,
			})?;
			let settings = Settings::load_from(&file)?;
			check(&settings)?;
			let path = settings.store()?;
			Ok(print_line(&path.display().to_string())?)
		},
	}
}

fn set(key: Key, value: Option<String>, context: &Context) -> Result<(), Error> {
	let mut settings = Settings::load()?;
	let name = context.profile(&settings);
	let mut profile = settings.of(&name)?.clone();
	match value {
		Some(value) => {
			check_value(key, &value)?;
			profile.insert(key, value);
		},
		None => {
			profile.remove(&key);
		},
	}
	settings.profiles.insert(name.clone(), profile.clone());
	let path = settings.store()?;
	terminal::note(format!("written to {}", path.display()));
	context.print(&View { profile: name, settings: profile }, None)
}

/// Checks what others have written.
fn check(settings: &Settings) -> Result<(), settings::Error> {
	settings.of(&settings.profile)?;
	for (name, profile) in &settings.profiles {
		settings::check_name(name)?;
		profile.iter().try_for_each(|(key, value)| check_value(*key, value))?;
	}
	Ok(())
}

/// Checks that commands will take `value`.
pub fn check_value(key: Key, value: &str) -> Result<(), settings::Error> {
	let checked = match key {
		Key::Url => parse_url(value).map(drop),
		Key::From => value.parse::<SignerName>().map(drop).map_err(|error| error.to_string()),
		Key::Output => Format::from_str(value, true).map(drop),
		Key::Timeout => value.parse::<Timeout>().map(drop).map_err(|error| error.to_string()),
		Key::Keys if value.is_empty() => Err("it is empty".into()),
		Key::Keys => Ok(()),
	};
	checked.map_err(|reason| settings::Error::BadValue { key, value: value.into(), reason })
}

/// One setting.
#[derive(Serialize)]
struct Value {
	profile: String,
	key: Key,
	value: String,
}

impl Report for Value {
	const KIND: &'static str = "config.get";

	fn text(&self) -> String {
		fields([(self.key.name(), self.value.clone())])
	}
}

/// What a profile sets.
#[derive(Serialize)]
struct View {
	profile: String,
	settings: Profile,
}

impl Report for View {
	const KIND: &'static str = "config.view";

	fn text(&self) -> String {
		let rows = Key::ALL.into_iter().map(|key| {
			let value = self.settings.get(&key).cloned().unwrap_or_else(|| "-".into());
			[key.name().to_owned(), value, key.variable().to_owned()]
		});
		format!("profile {}\n{}", self.profile, table(["setting", "value", "variable"], rows))
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn values_should_be_what_commands_take() {
		for (key, good, bad) in [
			(Key::Url, "wss://node.example", "http://node.example"),
			(Key::From, "//Alice", "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY"),
			(Key::Output, "json", "yaml"),
			(Key::Timeout, "90s", "soon"),
			(Key::Keys, "/home/me/keys", ""),
		] {
			assert!(check_value(key, good).is_ok(), "{good}");
			assert!(check_value(key, bad).is_err(), "{bad}");
		}
	}

	#[test]
	fn imports_should_be_refused_when_they_make_no_sense() {
		let profile = |value: &str| Profile::from([(Key::Url, value.to_owned())]);
		let mut settings = Settings::default();
		assert!(check(&settings).is_ok());
		settings.profiles.insert("mine".into(), profile("node.example"));
		assert!(matches!(check(&settings), Err(settings::Error::BadValue { key: Key::Url, .. })));
		settings.profiles.insert("mine".into(), profile("wss://node.example"));
		settings.profile = "theirs".into();
		assert!(matches!(check(&settings), Err(settings::Error::NoProfile(_))));
	}
}
