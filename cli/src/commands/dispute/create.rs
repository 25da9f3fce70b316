//! `aitbc dispute create`, and what else opens a case: it says beforehand what that costs.

use crate::{
	amount::Amount,
	chain::{
		contracts,
		disputes::{self, Court},
		network, Call, Chain,
	},
	commands::{Context, Foreseen},
	error::Error,
	quantity::Tenths,
	terminal,
	transaction::{Sender, Sent, TransactionArgs, Written},
};
use clap::Args;
use serde::Serialize;
use std::fmt::{self, Display};

/// What is disputed.
#[derive(Debug, Args)]
pub struct CreateArgs {
	/// Id of the contract
	contract: u64,

	/// Place of the milestone in the contract, counted from 0; a stream or a meter has none
	#[arg(long, value_name = "INDEX")]
	milestone: Option<u32>,

	/// The client's share that you say is right, in tenths from 0 to 10
	#[arg(long, value_name = "TENTHS")]
	claim: Tenths,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Opens a case.
pub async fn run(args: CreateArgs, context: &Context) -> Result<(), Error> {
	let CreateArgs { contract: id, milestone, claim, transaction } = args;
	let sender = context.sender(&transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let contract = contracts::contract(&block, id).await?;
	let value = contract.and_then(|contract| contract.payment.disputable(milestone));
	let call = contracts::dispute(id, milestone, claim);
	// Where there is nothing to dispute, the chain says so.
	let foreseen = match value {
		Some(value) => {
			let now = network::active_clock(&block).await?.now;
			Some(Opening::new(value, claim, &disputes::court(&block).await?, now))
		},
		None => None,
	};
	open(&chain, &sender, &call, foreseen, context).await
}

/// Sends `call`, which opens a case. `foreseen` says before that what it takes, if that is known.
pub async fn open(
	chain: &Chain,
	sender: &Sender<'_>,
	call: &impl Call,
	foreseen: Option<impl Serialize + Display>,
	context: &Context,
) -> Result<(), Error> {
	if let Some(foreseen) = &foreseen {
		terminal::note(foreseen);
	}
	match sender.send(chain, call).await? {
		Sent::DryRun(dry_run) => match foreseen {
			Some(consequences) => context.print(&Foreseen { dry_run, consequences }, None),
			None => context.print(&dry_run, None),
		},
		Sent::Done { receipt, events } => {
			let case = events.and_then(|events| events.opened_case());
			if let Some(case) = case {
				terminal::note(format!("`aitbc dispute status {case}` says what comes next"));
			}
			context
				.print(&Written { case, transactions: vec![receipt], ..Written::default() }, None)
		},
	}
}

/// What opening a case takes, and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Opening {
	/// What is at stake.
	pub value: Amount,
	/// What the opener says is the client's.
	claim: Tenths,
	/// What is held for opening it, and lost unless the parties settle.
	filing_fee: Amount,
	/// What is held as the opener's stake in the court's fee; nothing, if the case is too small for a
	/// court.
	stake: Amount,
	/// What is held for storage.
	deposit: Amount,
	/// The least value of a case that has a court.
	court_from: Amount,
	/// Whether this one has.
	has_court: bool,
	/// About the last active block at which the other party may settle or defend.
	settle_until: u32,
	/// About the last active block of the jury's votes, if it comes to that and the jury is drawn by
	/// the end of evidence.
	votes_until: Option<u32>,
}

impl Opening {
	/// Of a case of `value` when the active clock shows `now`.
	pub fn new(value: Amount, claim: Tenths, court: &Court, now: u32) -> Self {
		let has_court = court.takes(value);
		let settle_until = now.saturating_add(court.settlement_period);
		let periods = [court.evidence_period, court.commit_period, court.reveal_period];
		let votes_until = periods.into_iter().fold(settle_until, u32::saturating_add);
		Self {
			value,
			claim,
			filing_fee: court.filing_fee,
			stake: if has_court { court.fee } else { Amount(0) },
			deposit: court.deposit_for(value),
			court_from: court.least_value,
			has_court,
			settle_until,
			votes_until: has_court.then_some(votes_until),
		}
	}
}

impl fmt::Display for Opening {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { value, claim, filing_fee, stake, deposit, court_from, .. } = self;
		write!(
			f,
			"opening a case about {value} holds {filing_fee} as its fee, which returns only if you two \
			 settle, and {deposit} for storage"
		)?;
		if self.has_court {
			write!(f, " and {stake} as your stake in the court's fee")?;
		}
		write!(
			f,
			"; the other party may settle or defend until about active block {}, else your claim of \
			 {claim} for the client stands, and its silence is slashed like a ruling; ",
			self.settle_until
		)?;
		match self.votes_until {
			Some(votes_until) => write!(
				f,
				"if it defends, a jury votes until about active block {votes_until}, and who is further \
				 from its ruling pays its fee, and a part of its bond, if it has one; if neither is nearer, \
				 each side pays a half"
			),
			None => write!(
				f,
				"it is too small for a court, which takes {court_from}: if you do not settle, the middle of \
				 both claims applies"
			),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain::disputes::CourtTerms, decimal::Share};
	use aitbc_core::money::AIT;

	fn court() -> Court {
		Court {
			filing_fee: Amount(AIT),
			deposit: Amount(2 * AIT),
			terms: CourtTerms { seat_fee: Amount(5 * AIT), seat_stake: Amount(100 * AIT) },
			seats: vec![3, 7, 15, 31],
			fee: Amount(15 * AIT),
			least_value: Amount(75 * AIT),
			incoherent_slash: Share(200_000_000),
			silence_slash: Share(500_000_000),
			settlement_period: 20,
			evidence_period: 60,
			commit_period: 40,
			reveal_period: 40,
			appeal_period: 40,
			oversight_period: 140,
		}
	}

	#[test]
	fn opening_should_stake_the_fee_when_the_case_has_a_court() {
		let opening = Opening::new(Amount(75 * AIT), Tenths::ALL, &court(), 100);
		assert_eq!((opening.stake, opening.deposit), (Amount(15 * AIT), Amount(2 * AIT)));
		assert_eq!((opening.settle_until, opening.votes_until), (120, Some(260)));
		let text = opening.to_string();
		for words in [
			"holds 1 AIT as its fee, which returns only if you two settle",
			"15 AIT as your stake",
			"votes until about active block 260",
			"each side pays a half",
		] {
			assert!(text.contains(words), "{text}");
		}
	}

	#[test]
	fn opening_should_say_when_the_case_is_too_small_for_a_court() {
		let opening = Opening::new(Amount(75 * AIT - 1), Tenths::NONE, &court(), 100);
		assert!(opening.stake.is_zero() && opening.votes_until.is_none());
		assert!(opening.deposit < Amount(2 * AIT), "no round is stored");
		assert!(opening.to_string().contains("too small for a court, which takes 75 AIT"));
	}
}
