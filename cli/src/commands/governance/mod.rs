//! `aitbc governance`: how the network changes itself, by referenda.

mod committee;
mod enacting;
mod error;
mod freeing;
mod naming;
pub mod proposing;
mod status;
mod voting;

pub use error::GovernanceError;

use super::Context;
use crate::error::Error;
use clap::Subcommand;

/// What can be done about referenda.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show the tracks: what each may decide, what it takes, and how long
	Tracks,

	/// Show the referenda, or one of them, and what waits to be enacted
	Status(status::StatusArgs),

	/// Propose to change something, and pay for its decision
	#[command(subcommand)]
	Propose(Box<proposing::Command>),

	/// Pay for the decision of a referendum that somebody proposed
	Deposit(proposing::DepositArgs),

	/// Vote on a referendum
	Vote(voting::VoteArgs),

	/// Take a vote back
	Unvote(voting::UnvoteArgs),

	/// Have somebody else vote with your money
	Delegate(voting::DelegateArgs),

	/// Take your votes back from whom you gave them to
	Undelegate(voting::UndelegateArgs),

	/// Show what somebody votes, and what that locks until when
	Votes(freeing::VotesArgs),

	/// Free the money of votes on referenda that have ended
	Unlock(freeing::UnlockArgs),

	/// Have deposits returned that can be
	Refund(freeing::RefundArgs),

	/// Put a call on the fast track, as a member of the technical committee
	Whitelist(committee::WhitelistArgs),

	/// Bring about what was decided: new code, a payment, a call that was whitelisted late
	#[command(subcommand)]
	Enact(enacting::Command),
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Tracks => status::tracks(context).await,
		Command::Status(args) => status::run(args, context).await,
		Command::Propose(command) => proposing::run(*command, context).await,
		Command::Deposit(args) => proposing::deposit(args, context).await,
		Command::Vote(args) => voting::vote(args, context).await,
		Command::Unvote(args) => voting::unvote(args, context).await,
		Command::Delegate(args) => voting::delegate(args, context).await,
		Command::Undelegate(args) => voting::undelegate(args, context).await,
		Command::Votes(args) => freeing::votes(args, context).await,
		Command::Unlock(args) => freeing::unlock(args, context).await,
		Command::Refund(args) => freeing::refund(args, context).await,
		Command::Whitelist(args) => committee::whitelist(args, context).await,
		Command::Enact(command) => enacting::run(command, context).await,
	}
}
