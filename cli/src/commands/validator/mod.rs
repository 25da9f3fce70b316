//! `aitbc validator`: who makes and finalizes blocks, and how one of them is run.

mod history;
mod joining;
mod keys;
mod leaving;
mod listing;
mod slashing;
mod waiting;

use super::{
	staking::{bonding, payouts},
	Context,
};
use crate::error::Error;
use clap::Subcommand;

/// What can be done about validators.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List the validators of the session, with their stakes and points in the active era
	List,

	/// Make a validator of your node and your stash, or finish what was begun: keys, bond, candidacy
	Onboard(Box<joining::OnboardArgs>),

	/// Bond and become a candidate, when the session keys are set; or change the commission
	Add(joining::AddArgs),

	/// Leave, step by step: be no candidate any more, then forget the session keys
	Remove(leaving::RemoveArgs),

	/// Change the session keys without missing a slot
	Rotate(keys::RotateArgs),

	/// Propose to slash a validator, or not to
	#[command(subcommand)]
	Slash(slashing::Command),

	/// Put more at stake
	Stake(bonding::StakeArgs),

	/// Take a stake back, or what has waited
	Unstake(bonding::UnstakeArgs),

	/// Show what a validator and its nominators earned, or have it paid, once or era after era
	Rewards(payouts::RewardsArgs),

	/// Show how a validator did its slots, and what it was slashed for
	History(history::HistoryArgs),
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List => listing::run(context).await,
		Command::Onboard(args) => joining::onboard(*args, context).await,
		Command::Add(args) => joining::add(args, context).await,
		Command::Remove(args) => leaving::remove(args, context).await,
		Command::Rotate(args) => keys::rotate(args, context).await,
		Command::Slash(command) => slashing::run(command, context).await,
		Command::Stake(args) => bonding::stake(args, context).await,
		Command::Unstake(args) => bonding::unstake(args, context).await,
		Command::Rewards(args) => payouts::of_validator(args, context).await,
		Command::History(args) => history::run(args, context).await,
	}
}
