//! `aitbc agent rate`, `revoke-feedback`, `respond` and `erase-feedback`: having one's say.

use super::Target;
use crate::{
	amount::Amount,
	chain::reputation::{self, Cursor, Rating},
	commands::{
		tag::{self, TagName},
		Context, Foreseen,
	},
	decimal::Decimal,
	digest::HashOrFile,
	error::Error,
	keys::AccountName,
	terminal,
	transaction::{Sent, TransactionArgs, Written},
};
use clap::Args;
use serde::Serialize;
use std::fmt;

/// What is said about an agent.
#[derive(Debug, Args)]
pub struct RateArgs {
	#[command(flatten)]
	target: Target,

	/// The settled contract that you both were in
	#[arg(long, value_name = "CONTRACT")]
	contract: u64,

	/// What is measured: name or id of a tag for quality or feedback
	#[arg(long)]
	tag: TagName,

	/// The value, on the tag's scale
	#[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
	value: Decimal,

	/// With which of the agent's capabilities: name or id of its tag
	#[arg(long, value_name = "TAG")]
	about: Option<TagName>,

	/// Where the agent was reached
	#[arg(long, value_name = "TEXT")]
	endpoint: Option<String>,

	/// Where a document says more
	#[arg(long, requires = "document")]
	uri: Option<String>,

	/// Hash of that document, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE", requires = "uri")]
	document: Option<HashOrFile>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which feedback to take back.
#[derive(Debug, Args)]
pub struct RevokeArgs {
	#[command(flatten)]
	target: Target,

	/// The number of it among what you said about the agent
	#[arg(long)]
	index: u64,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which feedback to answer, with what.
#[derive(Debug, Args)]
pub struct RespondArgs {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	feedback: FeedbackName,

	/// Where your answer can be read
	#[arg(long, value_name = "URI")]
	uri: String,

	/// Hash of your answer, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	document: HashOrFile,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which feedback to remove.
#[derive(Debug, Args)]
pub struct EraseArgs {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	feedback: FeedbackName,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Names feedback on an agent.
#[derive(Clone, Debug, Args)]
pub struct FeedbackName {
	/// Who gave it
	#[arg(long, value_name = "ACCOUNT")]
	author: AccountName,

	/// The number of it among what its author said about the agent
	#[arg(long)]
	index: u64,
}

impl FeedbackName {
	fn resolve(&self, context: &Context) -> Result<Cursor, Error> {
		Ok(Cursor { author: self.author.resolve(&context.keys()?)?, index: self.index })
	}
}

/// Rates an agent.
pub async fn rate(args: RateArgs, context: &Context) -> Result<(), Error> {
	let hash = args.document.map(HashOrFile::hash).transpose()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let rating = Rating {
		tag: args.tag.find(&block).await?.tag,
		about: tag::id_of(args.about.as_ref(), &block).await?,
		value: args.value,
		endpoint: args.endpoint,
		document: args.uri.zip(hash),
	};
	let deposit = reputation::feedback_deposit(&block, &rating).await?;
	let consequences = Opinion { what: "rating", deposit };
	terminal::note(consequences);
	let call = reputation::rate(args.target.agent, args.contract, rating);
	match sender.send(&chain, &call).await? {
		Sent::DryRun(dry_run) => context.print(&Foreseen { dry_run, consequences }, None),
		Sent::Done { receipt, events } => {
			let feedback = events.and_then(|events| events.given_feedback());
			let transactions = vec![receipt];
			context.print(&Written { feedback, transactions, ..Written::default() }, None)
		},
	}
}

/// What saying something for all to read takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Opinion {
	/// What is done, in words.
	#[serde(skip)]
	what: &'static str,
	/// What is held for storage.
	deposit: Amount,
}

impl fmt::Display for Opinion {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { what, deposit } = self;
		write!(f, "{what} holds {deposit} for storage until the feedback is erased")
	}
}

/// Takes feedback back.
pub async fn revoke(args: &RevokeArgs, context: &Context) -> Result<(), Error> {
	context.send(&args.transaction, &reputation::revoke(args.target.agent, args.index)).await
}

/// Answers feedback.
pub async fn respond(args: RespondArgs, context: &Context) -> Result<(), Error> {
	let (hash, feedback) = (args.document.hash()?, args.feedback.resolve(context)?);
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let deposit = reputation::response_deposit(&chain.best().await?, &args.uri).await?;
	let call = reputation::respond(args.target.agent, feedback, &args.uri, hash);
	let consequences = Opinion { what: "answering", deposit };
	context.send_knowing(&chain, &sender, &call, consequences).await
}

/// Removes feedback.
pub async fn erase(args: EraseArgs, context: &Context) -> Result<(), Error> {
	let feedback = args.feedback.resolve(context)?;
	context.send(&args.transaction, &reputation::erase(args.target.agent, feedback)).await
}
