//! `aitbc agent metadata`: what an owner says about an agent beside its card.

use super::{Attachment, Target};
use crate::{
	chain::agents::{self, Metadata},
	commands::Context,
	digest::FileError,
	error::Error,
	output::{table, Report},
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::{fs, path::PathBuf, str::FromStr};

/// What can be done with an agent's metadata.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List an agent's metadata
	List {
		#[command(flatten)]
		target: Target,
	},

	/// Say something about an agent, as its owner; replaces what it said under the same key
	Set {
		#[command(flatten)]
		target: Target,

		/// What it is about
		#[arg(long)]
		key: String,

		#[command(flatten)]
		value: ValueArgs,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Say nothing about it any more, as the owner: the deposit comes back
	Remove {
		#[command(flatten)]
		target: Target,

		/// What it is about
		#[arg(long)]
		key: String,

		#[command(flatten)]
		transaction: TransactionArgs,
	},
}

/// What the metadata says.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct ValueArgs {
	/// What it says, as text
	#[arg(long, value_name = "TEXT")]
	value: Option<String>,

	/// What it says, as the bytes of a file
	#[arg(long, value_name = "FILE")]
	value_file: Option<PathBuf>,
}

impl ValueArgs {
	fn read(self) -> Result<Vec<u8>, Error> {
		match (self.value, self.value_file) {
			(Some(text), _) => Ok(text.into_bytes()),
			(None, path) => {
				let path = path.unwrap_or_default();
				Ok(fs::read(&path).map_err(|source| FileError { path, source })?)
			},
		}
	}
}

/// An entry, written as `KEY=VALUE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
	/// What it is about.
	pub key: String,
	/// What it says.
	pub value: String,
}

/// Why a text is no entry.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no metadata: write it as `KEY=VALUE`")]
pub struct ParseEntryError(String);

impl FromStr for Entry {
	type Err = ParseEntryError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		match text.split_once('=') {
			Some((key, value)) if !key.is_empty() => {
				Ok(Self { key: key.to_owned(), value: value.to_owned() })
			},
			_ => Err(ParseEntryError(text.to_owned())),
		}
	}
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List { target } => list(target.agent, context).await,
		Command::Set { target, key, value, transaction } => {
			set(target.agent, &key, value.read()?, &transaction, context).await
		},
		Command::Remove { target, key, transaction } => {
			context.send(&transaction, &agents::remove_metadata(target.agent, &key)).await
		},
	}
}

async fn set(
	agent: u64,
	key: &str,
	value: Vec<u8>,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let deposit = agents::metadata_deposit(&chain.best().await?, key, &value).await?;
	let deposit = Attachment { what: "metadata entry", deposit };
	let call = agents::set_metadata(agent, key, value);
	context.send_knowing(&chain, &sender, &call, deposit).await
}

async fn list(agent: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	agents::agent(&block, agent).await?.ok_or(Error::AgentNotFound(agent))?;
	let metadata = agents::metadata(&block, agent).await?;
	context.print(&ListReport { agent, metadata }, Some(block.id))
}

#[derive(Serialize)]
struct ListReport {
	agent: u64,
	metadata: Vec<Metadata>,
}

impl Report for ListReport {
	const KIND: &'static str = "agent.metadata";

	fn text(&self) -> String {
		metadata_text(&self.metadata)
	}
}

/// Metadata for people.
pub fn metadata_text(metadata: &[Metadata]) -> String {
	let rows = metadata.iter().map(|entry| [entry.key.clone(), entry.shown().to_owned()]);
	table(["metadata", "value"], rows)
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn entries_should_be_split_at_the_first_sign() {
		let entry = |key: &str, value: &str| Entry { key: key.into(), value: value.into() };
		assert_eq!("region=eu".parse(), Ok(entry("region", "eu")));
		assert_eq!("query=a=b".parse(), Ok(entry("query", "a=b")));
		assert_eq!("empty=".parse(), Ok(entry("empty", "")));
		for text in ["", "region", "=eu"] {
			assert_eq!(text.parse::<Entry>(), Err(ParseEntryError(text.into())));
		}
	}
}
