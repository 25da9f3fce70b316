//! `aitbc dispute appeal`: stakes for a side in the next round.

use super::{found, DisputeError, Target};
use crate::{
	amount::Amount,
	chain::{
		contracts::Party,
		disputes::{self, Case, Court, State},
	},
	commands::Context,
	error::Error,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// For whom to stake.
#[derive(Debug, Args)]
pub struct AppealArgs {
	#[command(flatten)]
	target: Target,

	/// For which side [default: yours]
	#[arg(long)]
	side: Option<Party>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Stakes for a side.
pub async fn run(args: AppealArgs, context: &Context) -> Result<(), Error> {
	let id = args.target.case;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let case = found(&block, id).await?;
	let account = sender.acts_for();
	let side = args.side.or_else(|| case.party(&account));
	let side = side.ok_or(DisputeError::NoSide { case: id, account })?;
	let call = disputes::appeal(id, side);
	match Appealing::new(&case, side, &account, &disputes::court(&block).await?) {
		Some(appealing) => context.send_knowing(&chain, &sender, &call, appealing).await,
		// The chain says what is wrong.
		None => context.send_to(&chain, &sender, &call).await,
	}
}

/// What an appeal costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AppealCost {
	/// The round that it leads to.
	pub round: u8,
	/// How many seats its jury has.
	pub seats: u32,
	/// What that costs who loses, and what is staked against an appeal.
	pub fee: Amount,
}

impl AppealCost {
	/// Of the next appeal against `case`, if there may be one.
	pub fn next(case: &Case, court: &Court) -> Option<Self> {
		let State::Appealable { round, .. } = case.state else { return None };
		let round = round.saturating_add(1);
		let seats = court.seats_of(round)?;
		Some(Self { round, seats, fee: case.court?.fee(seats) })
	}

	/// What is staked by who appeals.
	pub fn double(&self) -> Amount {
		Amount(self.fee.0.saturating_mul(2))
	}
}

/// What staking for a side takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Appealing {
	/// For which side.
	side: Party,
	/// Whether somebody else is the party.
	is_backer: bool,
	/// The round that it is for.
	round: u8,
	/// How many seats its jury has.
	seats: u32,
	/// What is held as the stake: twice the round's fee of who appeals, the fee of the other side.
	stake: Amount,
	/// What is held for storage.
	#[serde(skip_serializing_if = "Amount::is_zero")]
	deposit: Amount,
	/// The last active block at which the other side can stake; nothing, if that has been done.
	#[serde(skip_serializing_if = "Option::is_none")]
	other_until: Option<u32>,
}

impl Appealing {
	/// Of `account` for `side` of `case`, if somebody may now.
	fn new(case: &Case, side: Party, account: &AccountId32, court: &Court) -> Option<Self> {
		let State::Appealable { until, appellant, .. } = case.state else { return None };
		let cost = AppealCost::next(case, court)?;
		let AppealCost { round, seats, fee } = cost;
		let is_backer = case.party(account) != Some(side);
		let (stake, deposit, other_until) = match appellant {
			Some(_) => (fee, Amount(0), None),
			None => (cost.double(), disputes::round_deposit(seats), Some(until)),
		};
		Some(Self { side, is_backer, round, seats, stake, deposit, other_until })
	}
}

impl fmt::Display for Appealing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { side, is_backer, round, seats, stake, deposit, other_until } = self;
		let other = side.other();
		write!(f, "this stakes {stake} for the {side} in round {round}, with a jury of {seats}")?;
		if !deposit.is_zero() {
			write!(f, ", and holds {deposit} for storage")?;
		}
		f.write_str(
			"; the stake is lost if that side loses, and else returns; if neither is nearer to the ruling, \
			 each side pays a half of the jury's fee",
		)?;
		match (other_until, is_backer) {
			(Some(until), _) => write!(
				f,
				"; half of a lost stake is the {other}'s; if nobody stakes for the {other} by active block \
				 {until}, the {side}'s claim stands"
			),
			(None, false) => f.write_str(
				"; if the other side loses, half of its double stake comes to you as well",
			),
			(None, true) => write!(
				f,
				"; as you are not the {side}, you get back what you stake and no more: if the other side \
				 loses, half of its double stake is the {side}'s"
			),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn appealing_should_say_what_becomes_of_the_stake() {
		let first = Appealing {
			side: Party::Provider,
			is_backer: false,
			round: 1,
			seats: 7,
			stake: Amount(70),
			deposit: Amount(1),
			other_until: Some(200),
		};
		let text = first.to_string();
		for words in [
			"stakes 70 planck for the provider in round 1",
			"each side pays a half",
			"half of a lost stake is the client's",
			"client by active block 200",
		] {
			assert!(text.contains(words), "{text}");
		}
		let second = Appealing {
			side: Party::Client,
			stake: Amount(35),
			deposit: Amount(0),
			other_until: None,
			..first
		};
		let text = second.to_string();
		assert!(text.contains("half of its double stake comes to you"), "{text}");
		assert!(!text.contains("storage"), "{text}");
		let text = Appealing { is_backer: true, ..second }.to_string();
		assert!(text.contains("half of its double stake is the client's"), "{text}");
	}
}
