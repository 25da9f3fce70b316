//! `aitbc contract split`: dividing a milestone's money as both parties agree.

use super::{found, Milestone, MilestoneAction};
use crate::{
	amount::Amount,
	chain::contracts,
	commands::{payout::Payout, Context},
	error::Error,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};

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
	let mut milestones = contract.payment.milestones().iter();
	let milestone = milestones.find(|milestone| milestone.milestone == index);
	let offered = milestone.and_then(|milestone| milestone.state.split());
	let share = args.expected.or(offered.map(|split| split.provider_share));
	let no_split = Error::NoSplit { contract: target.contract, milestone: index };
	let provider_share = share.ok_or(no_split)?;
	let call = contracts::accept_split(target.contract, index, provider_share);
	match Payout::of_split(&contract, index, provider_share) {
		Some(payout) => context.send_knowing(&chain, &sender, &call, payout).await,
		// The chain says what is wrong.
		None => context.send_to(&chain, &sender, &call).await,
	}
}
