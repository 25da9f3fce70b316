//! Slashes that voters decide about.

use crate::{
	chain::{
		governance::calls::{self, TrackName},
		performance::{self, Fate},
		staking::eras,
	},
	commands::{
		governance::proposing::{propose, Terms},
		staking::StakingError,
		Context,
	},
	error::Error,
	keys::AccountName,
	quantity::Percent,
	terminal,
};
use clap::{Args, Subcommand};

/// What can be proposed about slashes. The slashing track decides.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Propose to cancel the slashes of a validator that wait for offences of an era
	Cancel(CancelArgs),

	/// Propose to slash a validator and its nominators
	Force(ForceArgs),
}

/// Which slashes.
#[derive(Debug, Args)]
pub struct CancelArgs {
	/// The validator's stash: an address, a key's name, or a development key such as //Alice
	validator: AccountName,

	/// The era of the offence; see `aitbc validator history`
	#[arg(long)]
	era: u32,

	#[command(flatten)]
	terms: Terms,
}

/// Who is slashed, and how much.
#[derive(Debug, Args)]
pub struct ForceArgs {
	/// The validator's stash: an address, a key's name, or a development key such as //Alice
	validator: AccountName,

	/// The era in which it did what it is slashed for
	#[arg(long)]
	era: u32,

	/// The share of what was at stake then
	#[arg(long, value_name = "PERCENT")]
	fraction: Percent,

	#[command(flatten)]
	terms: Terms,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Cancel(args) => cancel(args, context).await,
		Command::Force(args) => {
			let validator = args.validator.resolve(&context.keys()?)?;
			let Percent(fraction) = args.fraction;
			let call = calls::manual_slash(validator, args.era, fraction);
			propose(TrackName::Slashing, call, &args.terms, context).await
		},
	}
}

async fn cancel(args: CancelArgs, context: &Context) -> Result<(), Error> {
	let validator = args.validator.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let applied_in = eras::clock(&block).await?.slash_applied(args.era);
	let waiting = performance::waiting(&block, validator).await?;
	let waiting = waiting.iter().filter(|one| one.applied_in == applied_in);
	let places: Vec<_> = waiting.map(|one| one.place).collect();
	if places.is_empty() {
		return Err(StakingError::SlashNotFound { validator, era: args.era }.into());
	}
	terminal::note(format!("it is applied at the beginning of era {applied_in}: vote in time"));
	let slashes = performance::slashes(&block, validator).await?;
	let is_known = slashes
		.iter()
		.any(|slash| slash.era == args.era && matches!(slash.fate, Fate::Deferred { .. }));
	// What voters ordered is in no history, and has to be cancelled where it waits.
	let call = match is_known {
		true => performance::cancel_slash(validator, args.era),
		false => performance::cancel_waiting(applied_in, places),
	};
	propose(TrackName::Slashing, call, &args.terms, context).await
}
