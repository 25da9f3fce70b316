//! `aitbc dispute`: what two parties do that cannot agree, and the jurors who decide.

mod agenda;
mod appeal;
mod create;
mod error;
mod lists;
mod resolve;
mod settling;
mod status;
mod voting;

pub use create::{open, run as create, CreateArgs, Opening};
pub use error::Error as DisputeError;

use super::Context;
use crate::{
	chain::{
		contracts::Contract,
		disputes::{self, Case, EvidenceKind},
		Block,
	},
	digest::HashOrFile,
	error::Error,
	quantity::{Percent, Tenths},
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What can be done with disputes.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Ask for a ruling on submitted work, or on what a stream or a meter holds, as the client
	///
	/// The money then waits for the ruling. The provider may settle with you, or file its own claim;
	/// else yours stands. Who is further from the ruling pays for the court.
	Create(CreateArgs),

	/// Offer to settle, as a party: an earlier offer, by whom it was, is gone
	Offer {
		#[command(flatten)]
		target: Target,

		/// What the client shall get: a percentage, such as 30%; the rest is the provider's
		#[arg(long, value_name = "SHARE")]
		client: Percent,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Accept the other party's offer to settle: the case is ruled so, for good
	Accept(settling::AcceptArgs),

	/// File your claim, as the party that did not open the case; without it the opener's claim stands
	///
	/// A claim that gives the opener what it asks for, or more, settles the case at once, for nothing.
	Defend {
		#[command(flatten)]
		target: Target,

		/// The client's share that you say is right, in tenths from 0 to 10
		#[arg(long, value_name = "TENTHS")]
		claim: Tenths,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Show the jury something, as a party: the chain has its hash, and where to read it
	Evidence(EvidenceArgs),

	/// Have the chain rule by what it knows itself, as anybody, while the parties may settle
	///
	/// It knows when the provider showed nothing. With the receipt that the provider filed it also knows
	/// whether that is for other work.
	Decide {
		#[command(flatten)]
		target: Target,

		/// The receipt that the provider filed, as a file
		#[arg(long, value_name = "FILE")]
		receipt: Option<PathBuf>,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Commit to your vote, as a juror: it stays secret until you reveal it
	///
	/// What hides it is made from your key, so that you need nothing else to reveal it.
	Commit(voting::CommitArgs),

	/// Reveal the vote that you committed to, as a juror
	///
	/// Needs no more than the key that committed: the vote is found by trying all there are. It is shown
	/// to nobody before the block that opened the votes is final.
	Reveal(voting::RevealArgs),

	/// Show the vote of a juror that became known too early, as anybody: it is void, and you get a part
	/// of what the juror loses
	Denounce(voting::DenounceArgs),

	/// Stake for a side in the next round: as who appeals, or against an appeal
	///
	/// The side that lost has the first half of the time, and the other side until its end.
	Appeal(appeal::AppealArgs),

	/// Show a case and who may do what by when, or all that you have to do
	Status(status::StatusArgs),

	/// Take every step of a case that is due and needs nobody's word, as anybody: it pays those who
	/// are owed
	Resolve {
		#[command(flatten)]
		target: Target,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// List the cases of an account, as a party or as a juror
	List(lists::ListArgs),
}

/// Which case.
#[derive(Clone, Copy, Debug, Args)]
pub struct Target {
	/// Id of the case
	case: u64,
}

/// What a party shows.
#[derive(Debug, Args)]
pub struct EvidenceArgs {
	#[command(flatten)]
	target: Target,

	/// What it is
	#[arg(long)]
	kind: EvidenceKind,

	/// Where the jurors can read it
	#[arg(long, value_name = "URI")]
	uri: String,

	/// Hash of the document, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	document: HashOrFile,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Create(args) => create(args, context).await,
		Command::Offer { target, client, transaction } => {
			settling::offer(target.case, client, &transaction, context).await
		},
		Command::Accept(args) => settling::accept(args, context).await,
		Command::Defend { target, claim, transaction } => {
			settling::defend(target.case, claim, &transaction, context).await
		},
		Command::Evidence(args) => settling::evidence(args, context).await,
		Command::Decide { target, receipt, transaction } => {
			settling::decide(target.case, receipt.as_deref(), &transaction, context).await
		},
		Command::Commit(args) => voting::commit(args, context).await,
		Command::Reveal(args) => voting::reveal(args, context).await,
		Command::Denounce(args) => voting::denounce(args, context).await,
		Command::Appeal(args) => appeal::run(args, context).await,
		Command::Status(args) => status::run(args, context).await,
		Command::Resolve { target, transaction } => {
			resolve::run(target.case, &transaction, context).await
		},
		Command::List(args) => lists::run(args, context).await,
	}
}

/// Points to the cases that decide about some of what `contract` pays for.
pub fn cases_text(contract: &Contract) -> String {
	let disputes = contract.payment.disputes();
	let cases = disputes.iter().map(|dispute| case_text(dispute.case));
	cases.collect::<Vec<_>>().join("\n")
}

/// Points to the case that decides.
pub fn case_text(case: u64) -> String {
	format!("case {case} decides: `aitbc dispute status {case}` says who may do what by when")
}

/// Reads a case that must be there.
async fn found(block: &Block, case: u64) -> Result<Case, Error> {
	Ok(disputes::case(block, case).await?.ok_or(DisputeError::CaseNotFound(case))?)
}
