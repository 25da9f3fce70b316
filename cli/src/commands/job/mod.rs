//! `aitbc job`: work that clients post, and that providers bid for and do.

mod bids;
mod counters;
mod ending;
mod hiring;
mod lists;
mod matching;
mod receipt;
mod record;
mod status;
mod submit;
mod work;
mod working;

use super::Context;
use crate::{
	amount::Amount,
	chain::{
		market::{self, ClaimKind, Job},
		Block,
	},
	error::Error,
	keys::AccountName,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt;

/// What can be done with jobs.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Post a job and take bids for it, as its client
	///
	/// Nothing but deposits is held until you assign it. Say how it is paid: by milestones, by a stream
	/// (for time), or by a meter (for units that you sign for with `aitbc contract voucher sign`).
	Create(Box<hiring::CreateArgs>),

	/// List the jobs of an account, or those that wait for bids of a capability
	List(lists::ListArgs),

	/// Show how far a job has come, and who may do what next
	Status {
		#[command(flatten)]
		target: Target,
	},

	/// Find the offers that meet what a job asks for, best first
	///
	/// Needs no key. Shows what each score is made of.
	Match(matching::MatchArgs),

	/// Bid for a job by one of your agent's offers, as its wallet: your bond is held
	///
	/// A later bid takes the place of yours. It binds nobody, and you may withdraw it at any time.
	Bid(bids::BidArgs),

	/// Show the bids for a job, best first, with what each score is made of
	Bids {
		#[command(flatten)]
		target: Target,
	},

	/// Take your bid back, also when it stayed as a backup: its bond is released
	WithdrawBid(Action),

	/// Give a job to a bidder, as its client: all of the money for it is held in escrow
	Assign(bids::AssignArgs),

	/// Hire the provider of an offer at the offer's price, without bidding
	Hire(Box<hiring::HireArgs>),

	/// Say that you start, as the provider, once the block is final that funded the escrow
	///
	/// From here on a due that you miss costs you a part of your bond, and a stream counts.
	Start(working::StartArgs),

	/// Make and sign a receipt for your work, and file it, as the provider
	///
	/// The receipt is a file for the client; the chain has its hash. Of a milestone it starts the
	/// client's review. Of a stream or a meter it says what was done so far.
	Submit(submit::SubmitArgs),

	/// Pay submitted work, as the client
	Accept(working::MilestoneArgs),

	/// Have work paid that is earned, as anybody: submitted, and its review period over; or a
	/// stream's time
	Complete(working::MilestoneArgs),

	/// Take back a job that nobody has, as its client: every bond and deposit comes back
	Cancel(Action),

	/// Say that you cannot do what is left, as the provider: it goes to the first backup, or back
	///
	/// What is done stays paid. Before you have started it costs you nothing but the job.
	GiveUp(Action),

	/// Report that a provider missed its start or a due, as anybody: the job goes to the first
	/// backup, or back
	Report(Action),

	/// End a job that nobody got in time, as anybody: every bond and deposit comes back
	Expire(Action),

	/// Receipts: listing, showing and checking them
	#[command(subcommand)]
	Receipt(receipt::Command),

	/// Show how many jobs were posted, assigned, completed and so on, era by era
	Counters(counters::CountersArgs),

	/// Remove what is kept of a settled job after its time, as anybody: the deposit comes back
	Forget(Action),

	/// Release an account's own money that could not be released before, as anybody
	Collect {
		/// Whose money: an address, a key's name, or a development key such as //Alice
		account: AccountName,

		/// What the money is
		#[arg(long)]
		kind: ClaimKind,

		#[command(flatten)]
		transaction: TransactionArgs,
	},
}

/// Which job.
#[derive(Clone, Copy, Debug, Args)]
pub struct Target {
	/// Id of the job
	job: u64,
}

/// A call that needs nothing but the job's id.
#[derive(Debug, Args)]
pub struct Action {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Create(args) => hiring::create(*args, context).await,
		Command::List(args) => lists::run(args, context).await,
		Command::Status { target } => status::run(target.job, context).await,
		Command::Match(args) => matching::run(args, context).await,
		Command::Bid(args) => bids::bid(args, context).await,
		Command::Bids { target } => bids::list(target.job, context).await,
		Command::WithdrawBid(action) => ending::withdraw_bid(action, context).await,
		Command::Assign(args) => bids::assign(args, context).await,
		Command::Hire(args) => hiring::hire(*args, context).await,
		Command::Start(args) => working::start(args, context).await,
		Command::Submit(args) => submit::run(args, context).await,
		Command::Accept(args) => working::accept(args, context).await,
		Command::Complete(args) => working::complete(args, context).await,
		Command::Cancel(action) => ending::end_bidding(action, market::cancel_job, context).await,
		Command::GiveUp(Action { target, transaction }) => {
			working::fail(target.job, &transaction, market::give_up, context).await
		},
		Command::Report(Action { target, transaction }) => {
			working::fail(target.job, &transaction, market::report, context).await
		},
		Command::Expire(action) => ending::end_bidding(action, market::expire, context).await,
		Command::Receipt(command) => receipt::run(command, context).await,
		Command::Counters(args) => counters::run(&args, context).await,
		Command::Forget(action) => ending::forget(action, context).await,
		Command::Collect { account, kind, transaction } => {
			collect(&account, kind, &transaction, context).await
		},
	}
}

async fn collect(
	account: &AccountName,
	kind: ClaimKind,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let account = account.resolve(&context.keys()?)?;
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let claims = market::claims(&chain.best().await?, account).await?;
	let claim = claims.iter().find(|(one, _)| *one == kind);
	let release = Release { amount: claim.map_or(Amount(0), |(_, amount)| *amount) };
	context.send_knowing(&chain, &sender, &market::collect_own(account, kind), release).await
}

/// What collecting does.
#[derive(Clone, Copy, Debug, Serialize)]
struct Release {
	/// What is released to its owner.
	amount: Amount,
}

impl fmt::Display for Release {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} are released to their owner", self.amount)
	}
}

/// Reads a job that must be there.
async fn found(block: &Block, job: u64) -> Result<Job, Error> {
	market::job(block, job).await?.ok_or(Error::JobNotFound(job))
}
