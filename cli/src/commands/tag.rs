//! `aitbc tag`: the tag registry, which says what capabilities and ratings are about.

use super::{Context, Limit};
use crate::{
	chain::{
		tags::{self, Page, Tag},
		Block,
	},
	error::Error,
	output::{fields, table, Report},
	terminal,
};
use clap::{Args, Subcommand};
use std::{convert::Infallible, fmt, str::FromStr};

/// What can be asked about tags.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List the tags
	List(ListArgs),

	/// Show what a tag is for, and on which scale its values lie
	Show {
		/// Name or id of the tag
		tag: TagName,
	},
}

/// Which tags to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Go on after this tag's id
	#[arg(long, value_name = "TAG")]
	after: Option<u32>,

	#[command(flatten)]
	limit: Limit,
}

/// A tag, as people name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagName {
	/// By its id.
	Id(u32),
	/// By its name, which begins with a letter.
	Name(String),
}

impl FromStr for TagName {
	type Err = Infallible;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		Ok(text.parse().map_or_else(|_| Self::Name(text.to_owned()), Self::Id))
	}
}

impl fmt::Display for TagName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Id(id) => id.fmt(f),
			Self::Name(name) => name.fmt(f),
		}
	}
}

impl TagName {
	/// The tag that is meant.
	pub async fn find(&self, block: &Block) -> Result<Tag, Error> {
		let tag = match self {
			Self::Id(id) => tags::tag(block, *id).await?,
			Self::Name(name) => tags::tag_by_name(block, name).await?,
		};
		tag.ok_or_else(|| Error::TagNotFound(self.to_string()))
	}
}

/// The id of the tag that `name` means, if it is given.
pub async fn id_of(name: Option<&TagName>, block: &Block) -> Result<Option<u32>, Error> {
	match name {
		Some(name) => Ok(Some(name.find(block).await?.tag)),
		None => Ok(None),
	}
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List(args) => list(args, context).await,
		Command::Show { tag } => {
			let block = context.connect().await?.best().await?;
			context.print(&tag.find(&block).await?, Some(block.id))
		},
	}
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let page = tags::tags(&block, args.after, args.limit.limit).await?;
	context.print(&page, Some(block.id))?;
	if let Some(next) = page.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

impl Report for Page {
	const KIND: &'static str = "tag.list";

	fn text(&self) -> String {
		let rows = self.tags.iter().map(|tag| {
			[
				tag.tag.to_string(),
				tag.name.clone(),
				if tag.retired {
					format!("{}, retired", tag.purpose)
				} else {
					tag.purpose.to_string()
				},
				format!("{} to {}", tag.min, tag.max),
				tag.unit.clone(),
				tag.agents.to_string(),
			]
		});
		table(["tag", "name", "purpose", "scale", "unit", "agents"], rows)
	}
}

impl Report for Tag {
	const KIND: &'static str = "tag.show";

	fn text(&self) -> String {
		fields([
			("tag", self.tag.to_string()),
			("name", self.name.clone()),
			("purpose", self.purpose.to_string()),
			("unit", self.unit.clone()),
			("least value", self.min.to_string()),
			("greatest value", self.max.to_string()),
			("retired", if self.retired { "yes" } else { "no" }.to_owned()),
			("offered by", format!("{} active agents", self.agents)),
		])
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn tags_should_be_named_by_id_or_name() {
		for (text, name) in [
			("7", TagName::Id(7)),
			("gpu.hours", TagName::Name("gpu.hours".into())),
			("4294967296", TagName::Name("4294967296".into())),
		] {
			assert_eq!(text.parse(), Ok(name));
		}
	}
}
