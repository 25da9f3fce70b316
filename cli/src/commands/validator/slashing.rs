//! Slashes that voters decide about.

use crate::{
	chain::{
		governance::calls::{self, TrackName},
		performance,
		staking::eras::{self, EraClock},
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

	/// The era in which it did what it is slashed for; a slash for it must not have been due yet
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
			let clock = eras::clock(&context.connect().await?.best().await?).await?;
			ensure_in_time(&clock, args.era)?;
			say_when(clock.slash_applied(args.era));
			let call = calls::manual_slash(validator, args.era, fraction);
			propose(TrackName::Slashing, call, &args.terms, context).await
		},
	}
}

/// Checks that a slash for `era` may still be applied.
fn ensure_in_time(clock: &EraClock, era: u32) -> Result<(), StakingError> {
	if era > clock.planned {
		return Err(StakingError::TooEarlyToSlash { era, planned: clock.planned });
	}
	match clock.can_slash_for(era) {
		true => Ok(()),
		false => Err(StakingError::TooLateToSlash { era, applied_in: clock.slash_applied(era) }),
	}
}

/// Tells by when voters have to have decided.
fn say_when(applied_in: u32) {
	terminal::note(format!("it is applied at the beginning of era {applied_in}: vote in time"));
}

async fn cancel(args: CancelArgs, context: &Context) -> Result<(), Error> {
	let validator = args.validator.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let applied_in = eras::clock(&block).await?.slash_applied(args.era);
	let waiting = performance::waiting(&block, validator).await?;
	if !waiting.iter().any(|one| one.applied_in == applied_in) {
		return Err(StakingError::SlashNotFound { validator, era: args.era }.into());
	}
	say_when(applied_in);
	// Of what voters ordered, too, which is in no history. By their places in staking, other slashes could be meant
	// once voters have cancelled some.
	let call = performance::cancel_slash(validator, args.era);
	propose(TrackName::Slashing, call, &args.terms, context).await
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::staking::eras::tests::clock;

	#[test]
	fn slash_should_be_refused_when_the_era_in_which_it_is_applied_has_begun() {
		let clock = clock();
		assert!(ensure_in_time(&clock, 6).is_ok() && ensure_in_time(&clock, 7).is_ok());
		let early = ensure_in_time(&clock, 8).expect_err("nobody validates for it yet");
		assert!(early.to_string().contains("up to 7"), "{early}");
		let late = ensure_in_time(&clock, 5).expect_err("it is applied in era 7");
		assert!(late.to_string().contains("era 7, which has begun"), "{late}");
	}
}
