//! `aitbc agent transfer`: how an agent changes its owner.

use super::{Action, Target};
use crate::{
	chain::agents, commands::Context, error::Error, keys::AccountName, transaction::TransactionArgs,
};
use clap::Subcommand;

/// What can be done to give an agent away.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Offer an agent to somebody, as its owner
	Offer {
		#[command(flatten)]
		target: Target,

		/// Who may become its owner; replaces an earlier offer
		#[arg(long, value_name = "ACCOUNT")]
		to: AccountName,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Take the offer back, as the owner
	Withdraw(Action),

	/// Become the owner of an agent that is offered to you: its bond and deposits are held on you,
	/// its wallet and card keys are gone, and three quarters of its evidence
	Accept(Action),
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Offer { target, to, transaction } => {
			let to = to.resolve(&context.keys()?)?;
			context.send(&transaction, &agents::offer_transfer(target.agent, Some(to))).await
		},
		Command::Withdraw(action) => {
			super::act(action, |agent| agents::offer_transfer(agent, None), context).await
		},
		Command::Accept(action) => super::act(action, agents::accept_transfer, context).await,
	}
}
