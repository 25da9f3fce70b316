//! `aitbc contract split`: dividing a milestone's money as both parties agree.

use super::{found, Milestone, MilestoneAction};
use crate::{
	amount::Amount, chain::contracts, commands::Context, error::Error, transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt;

/// What can be done about dividing a milestone's money.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Offer to divide it; an earlier offer, by whom it was, is gone
	Offer {
		#[command(flatten)]
		milestone: Milestone,

		/// What the provider shall get, the fee included; the rest goes back to the client
		#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
		provider_share: Amount,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Accept the other party's offer, which divides the money for good
	Accept(AcceptArgs),

	/// Take your own offer back
	Withdraw(MilestoneAction),
}

/// Which offer to accept.
#[derive(Debug, Args)]
pub struct AcceptArgs {
	#[command(flatten)]
	milestone: Milestone,

	/// Refuse any other share of the provider than this [default: the one that is on offer now]
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	expected: Option<Amount>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Offer { milestone, provider_share, transaction } => {
			let Milestone { target, milestone } = milestone;
			let call = contracts::offer_split(target.contract, milestone, provider_share);
			context.send(&transaction, &call).await
		},
		Command::Accept(args) => accept(args, context).await,
		Command::Withdraw(action) => {
			let Milestone { target, milestone } = action.milestone;
			let call = contracts::withdraw_split(target.contract, milestone);
			context.send(&action.transaction, &call).await
		},
	}
}

async fn accept(args: AcceptArgs, context: &Context) -> Result<(), Error> {
	let Milestone { target, milestone: index } = args.milestone;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let contract = found(&chain.best().await?, target.contract).await?;
	let milestones = contract.payment.milestones().iter();
	let milestone = milestones.clone().find(|milestone| milestone.milestone == index);
	let offered = milestone.and_then(|milestone| milestone.state.split());
	let share = args.expected.or(offered.map(|split| split.provider_share));
	let no_split = Error::NoSplit { contract: target.contract, milestone: index };
	let provider_share = share.ok_or(no_split)?;
	let amount = milestone.map_or(0, |milestone| milestone.amount.0);
	let division =
		Division { provider_share, client_share: Amount(amount.saturating_sub(provider_share.0)) };
	let call = contracts::accept_split(target.contract, index, provider_share);
	context.send_knowing(&chain, &sender, &call, division).await
}

/// Where a milestone's money goes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Division {
	/// To the provider, the fee included.
	provider_share: Amount,
	/// Back to the client.
	client_share: Amount,
}

impl fmt::Display for Division {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { provider_share, client_share } = self;
		write!(
			f,
			"{provider_share} go to the provider, less the fee, and {client_share} back to the client"
		)
	}
}
