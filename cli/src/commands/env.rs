//! `aitbc env`: which network commands talk to.

use super::Context;
use crate::{
	error::Error,
	output::{or_dash, table, Report},
	settings::{self, Key, Settings},
	terminal,
};
use clap::{Args, Subcommand};
use serde::Serialize;

/// What can be done with environments.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List the profiles, and which one counts
	List,

	/// Take another profile from now on
	Switch(SwitchArgs),
}

/// The profile to take.
#[derive(Debug, Args)]
pub struct SwitchArgs {
	/// Its name, such as dev, staging or prod; a new one is made with --node
	name: String,

	/// The address of its node from now on
	#[arg(long = "node", value_name = "URL", value_parser = crate::args::parse_url)]
	node: Option<String>,
}

/// Does what `command` says.
pub fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List => context.print(&Profiles::of(&Settings::load()?), None),
		Command::Switch(args) => switch(args, context),
	}
}

fn switch(args: SwitchArgs, context: &Context) -> Result<(), Error> {
	let SwitchArgs { name, node } = args;
	settings::check_name(&name)?;
	let mut settings = Settings::load()?;
	if let Some(node) = node {
		settings.profiles.entry(name.clone()).or_default().insert(Key::Url, node);
	}
	if !settings.of(&name)?.contains_key(&Key::Url) {
		return Err(settings::Error::NoNode(name).into());
	}
	settings.profile = name;
	let path = settings.store()?;
	terminal::note(format!("written to {}", path.display()));
	context.print(&Profiles::of(&settings), None)
}

/// The profiles.
#[derive(Serialize)]
struct Profiles {
	/// Which one counts.
	current: String,
	profiles: Vec<Listed>,
}

/// A profile.
#[derive(Serialize)]
struct Listed {
	name: String,
	url: Option<String>,
	from: Option<String>,
}

impl Profiles {
	fn of(settings: &Settings) -> Self {
		let listed = settings.profiles.iter().map(|(name, profile)| Listed {
			name: name.clone(),
			url: profile.get(&Key::Url).cloned(),
			from: profile.get(&Key::From).cloned(),
		});
		Self { current: settings.profile.clone(), profiles: listed.collect() }
	}
}

impl Report for Profiles {
	const KIND: &'static str = "env.list";

	fn text(&self) -> String {
		let rows = self.profiles.iter().map(|profile| {
			let mark = if profile.name == self.current { "*" } else { "" };
			let Listed { name, url, from } = profile;
			[mark.into(), name.clone(), or_dash(url.as_ref()), or_dash(from.as_ref())]
		});
		table(["", "profile", "node", "signs"], rows)
	}
}
