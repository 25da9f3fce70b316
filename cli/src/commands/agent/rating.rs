//! `aitbc agent rate`, `revoke-feedback`, `respond` and `erase-feedback`: having one's say.

use super::Target;
use crate::{
	amount::Amount,
	chain::{
		market::{self, PastLease},
		reputation::{self, Cursor, Rating},
		Block,
	},
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
use subxt::utils::AccountId32;

/// What is said about an agent.
#[derive(Debug, Args)]
pub struct RateArgs {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	work: WorkArgs,

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

/// For which work.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
struct WorkArgs {
	/// The settled contract that you both were in
	#[arg(long, value_name = "CONTRACT")]
	contract: Option<u64>,

	/// The job that you both had a part in
	#[arg(long, value_name = "JOB")]
	job: Option<u64>,
}

impl WorkArgs {
	/// The contract that is meant when `rater` rates `agent`.
	async fn contract(self, block: &Block, agent: u64, rater: AccountId32) -> Result<u64, Error> {
		let job = match (self.contract, self.job) {
			(Some(contract), _) => return Ok(contract),
			(None, Some(job)) => job,
			(None, None) => return Err(Error::Usage("name a contract or a job".to_owned())),
		};
		let known = market::job(block, job).await?.ok_or(Error::JobNotFound(job))?;
		let contract = contract_between(&known.past, agent, rater);
		contract.ok_or(Error::NothingToRate { job, agent })
	}
}

/// The last contract of a job that was with `agent`, or in which `rater` worked for `agent`.
fn contract_between(past: &[PastLease], agent: u64, rater: AccountId32) -> Option<u64> {
	let last = |is_theirs: &dyn Fn(&PastLease) -> bool| {
		past.iter().rev().find(|lease| is_theirs(lease)).map(|lease| lease.contract)
	};
	last(&|lease| lease.agent == agent).or_else(|| last(&|lease| lease.account == rater))
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
	let agent = args.target.agent;
	let contract = args.work.contract(&block, agent, sender.acts_for()).await?;
	let call = reputation::rate(agent, contract, rating);
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

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::market::Outcome;

	#[test]
	fn contract_should_be_the_last_one_between_the_two() {
		let [one, two, client] = [1, 2, 9].map(|byte| AccountId32([byte; 32]));
		let lease = |agent, account, contract| PastLease {
			agent,
			account,
			contract,
			outcome: Outcome::Partial,
			released: Amount(1),
			refunded: Amount(1),
		};
		let past = [lease(5, one, 10), lease(6, two, 11)];
		assert_eq!(contract_between(&past, 5, client), Some(10));
		assert_eq!(contract_between(&past, 6, client), Some(11));
		assert_eq!(contract_between(&past, 7, one), Some(10), "the provider rates the client");
		assert_eq!(contract_between(&past, 7, client), None);
	}
}
