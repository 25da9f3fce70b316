//! `aitbc agent transfer`: how an agent changes its owner.

use super::{Action, Target};
use crate::{
	chain::agents::{self, TakeoverCost},
	commands::Context,
	error::Error,
	keys::AccountName,
	transaction::TransactionArgs,
};
use clap::Subcommand;
use std::fmt;

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
		Command::Accept(action) => accept(action, context).await,
	}
}

/// Becomes the owner of an agent.
async fn accept(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.agent;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let agent = agents::agent(&block, id).await?.ok_or(Error::AgentNotFound(id))?;
	let cost = agents::takeover_cost(&block, &agent).await?;
	context.send_knowing(&chain, &sender, &agents::accept_transfer(id), cost).await
}

impl fmt::Display for TakeoverCost {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { bond, deposit } = self;
		write!(
			f,
			"becoming the owner holds {bond} at risk and {deposit} for storage on your account, as the \
			 agent stands now: until you have it, its owner can change what is held for storage"
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::amount::Amount;

	#[test]
	fn takeover_should_say_what_will_be_held() {
		let cost = TakeoverCost { bond: Amount(100_000_000_000_000), deposit: Amount(1) };
		let text = cost.to_string();
		assert!(text.contains("100 AIT at risk and 1 planck for storage"), "{text}");
	}
}
