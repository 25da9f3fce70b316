//! `aitbc economics`: staking for others, what it earns, and what money does on this chain.

mod figures;

use super::{
	staking::{bonding, payouts},
	Context,
};
use crate::error::Error;
use clap::Subcommand;

/// What can be done with money beside sending it.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Stake for validators, or for other ones
	Stake(bonding::NominateArgs),

	/// Take a stake back, or what has waited
	Unstake(bonding::UnstakeArgs),

	/// Show what a nominator earned
	Rewards(payouts::NominatorArgs),

	/// Have what a nominator earned paid
	Claim(payouts::ClaimArgs),

	/// Show what transactions cost now
	GasPrice,

	/// Show how much money there is, what is staked, and what that earns
	Stats,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Stake(args) => bonding::nominate(args, context).await,
		Command::Unstake(args) => bonding::unstake(args, context).await,
		Command::Rewards(args) => payouts::of_nominator(args, context).await,
		Command::Claim(args) => payouts::claim(args, context).await,
		Command::GasPrice => figures::gas_price(context).await,
		Command::Stats => figures::stats(context).await,
	}
}
