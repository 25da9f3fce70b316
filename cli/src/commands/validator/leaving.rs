//! Leaving: no candidate any more, then no session keys, then no bond.

use crate::{
	amount::Amount,
	chain::{
		accounts::{self, HoldReason},
		session,
		staking::{self, eras::EraMoment},
		ChainCall,
	},
	commands::{
		staking::{Known, StakingError},
		Context,
	},
	error::Error,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;

/// Who leaves.
#[derive(Debug, Args)]
pub struct RemoveArgs {
	/// Begin to take the whole bond back as well
	#[arg(long)]
	unbond: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A step on the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
enum Leaving {
	/// It stands for no election any more.
	Candidacy {
		/// Until when it validates, if it does now: its node and its keys are needed as long.
		validates_until: EraMoment,
		/// What stays bonded.
		bonded: Amount,
		/// What begins to leave, if that was asked for.
		unbonds: Option<Amount>,
		/// From when on that, or what leaves later, can be withdrawn at the earliest.
		free_from: EraMoment,
	},
	/// Its keys are forgotten.
	Keys {
		/// What was held for them.
		deposit: Amount,
	},
}

impl fmt::Display for Leaving {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Candidacy { validates_until, bonded, unbonds, free_from } => {
				write!(
					f,
					"it stands for no election any more; if it validates now, it does so until \
					 {validates_until}: keep its node running, and run this again then to forget its \
					 session keys. "
				)?;
				match unbonds {
					Some(amount) => write!(
						f,
						"{amount} leave its bond, can be slashed for what has happened, and be \
						 withdrawn from {free_from}, with `aitbc validator unstake --withdraw`"
					),
					None => write!(
						f,
						"{bonded} stay bonded: `aitbc validator unstake --all` takes them back, now \
						 from {free_from}"
					),
				}
			},
			Self::Keys { deposit } => {
				write!(f, "its session keys are forgotten; {deposit} that are held for them return")
			},
		}
	}
}

/// Does the next step that can be done.
pub async fn remove(args: RemoveArgs, context: &Context) -> Result<(), Error> {
	let known = Known::read(&args.transaction, context).await?;
	let (calls, leaving) = next(&known, args.unbond).await?;
	let call = known.block.all_of(calls)?;
	context.send_knowing(&known.chain, &known.sender, &call, leaving).await
}

async fn next(known: &Known<'_>, unbond: bool) -> Result<(Vec<ChainCall>, Leaving), Error> {
	let (stash, block, clock) = (known.stash, &known.block, &known.clock);
	let staker = known.staker.as_ref();
	let active = staker.map_or(Amount(0), |staker| staker.active);
	let validates = staker.is_some_and(staking::Staker::validates);
	let unbonds = Some(active).filter(|active| unbond && !active.is_zero());
	if validates || unbonds.is_some() {
		let total = staker.map_or(active, |staker| staker.total);
		let call = match unbonds {
			// Taking all back ends the candidacy as well.
			Some(_) => staking::unbond(total),
			None => staking::chill(),
		};
		let leaving = Leaving::Candidacy {
			validates_until: clock.moment(clock.next_election()),
			bonded: active,
			unbonds,
			free_from: clock.unbonded(),
		};
		return Ok((vec![call], leaving));
	}
	let nothing = |reason: String| StakingError::NothingToRemove { account: stash, reason };
	let queued = session::queued_keys(block, stash).await?;
	if queued.is_some() || session::is_active(block, stash).await? {
		let until = clock.moment(clock.next_election());
		return Err(nothing(format!(
			"it is no candidate any more, and validates until {until} at the latest; run this again then"
		))
		.into());
	}
	if session::next_keys(block, stash).await?.is_some() {
		let held = accounts::balance(block, &stash).await?.held;
		let holds = accounts::holds(block, &stash, held).await?;
		let deposit = holds.iter().find(|hold| hold.reason == HoldReason::SessionKeys);
		let deposit = deposit.map_or(Amount(0), |hold| hold.amount);
		return Ok((vec![session::purge_keys()], Leaving::Keys { deposit }));
	}
	let money = match staker {
		None => "and has nothing bonded".to_owned(),
		Some(staker) => format!(
			"and has {} bonded, of which {} leave; see `aitbc validator unstake --help`",
			staker.total,
			staker.leaving()
		),
	};
	Err(nothing(format!("it is no candidate, has no session keys, {money}")).into())
}

#[cfg(test)]
mod tests {
	use super::*;

	fn candidacy(unbonds: Option<Amount>) -> String {
		let validates_until = EraMoment { era: 8, blocks: 30 };
		let free_from = EraMoment { era: 10, blocks: 150 };
		let bonded = Amount(aitbc_core::money::AIT);
		Leaving::Candidacy { validates_until, bonded, unbonds, free_from }.to_string()
	}

	#[test]
	fn leaving_should_say_how_long_the_node_is_needed_and_what_becomes_of_the_bond() {
		let text = candidacy(None);
		for words in ["until era 8", "1 AIT stay bonded", "unstake --all", "from era 10"] {
			assert!(text.contains(words), "{words}: {text}");
		}
		let text = candidacy(Some(Amount(aitbc_core::money::AIT)));
		assert!(text.contains("1 AIT leave its bond") && text.contains("--withdraw"), "{text}");
	}
}
