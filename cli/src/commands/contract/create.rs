//! `aitbc contract create`: opens a contract, and funds it if asked to.

use super::Funding;
use crate::{
	amount::{Amount, ParseAmountError},
	chain::{contracts, network, Block, Chain},
	commands::{Context, Foreseen},
	digest::HashOrFile,
	error::Error,
	keys::AccountName,
	terminal,
	time::{Due, ParseTimeError, Period},
	transaction::{self, Receipt, Sender, Sent, TransactionArgs, Wait, Written},
};
use aitbc_core::time::DAYS;
use clap::Args;
use serde::Serialize;
use std::{fmt, str::FromStr};

/// A contract to be offered.
#[derive(Debug, Args)]
pub struct CreateArgs {
	/// Who shall work: an address, a key's name, or a development key such as //Bob
	#[arg(long, value_name = "ACCOUNT")]
	provider: AccountName,

	/// Hash of what you agreed on, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	terms: HashOrFile,

	/// What is paid for, as "AMOUNT@DUE": due at an active block (1200) or from now on (+20, +2h)
	#[arg(
		long = "milestone",
		value_name = "AMOUNT@DUE",
		required = true,
		allow_hyphen_values = true
	)]
	milestones: Vec<MilestoneArg>,

	/// How long you may look at submitted work [default: a day, on development networks as much
	/// shorter as all their periods]
	#[arg(long, value_name = "TIME")]
	review: Option<Period>,

	/// Put the money in escrow as well
	#[arg(long)]
	fund: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// An amount and when its work is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MilestoneArg {
	amount: Amount,
	due: Due,
}

/// Why a text is no milestone.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum ParseMilestoneError {
	#[error("`{0}` is no milestone: write an amount and its due as `5 AIT@+2h`")]
	NoDue(String),
	#[error(transparent)]
	Amount(#[from] ParseAmountError),
	#[error(transparent)]
	Due(#[from] ParseTimeError),
}

impl FromStr for MilestoneArg {
	type Err = ParseMilestoneError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (amount, due) =
			text.split_once('@').ok_or_else(|| ParseMilestoneError::NoDue(text.to_owned()))?;
		Ok(Self { amount: amount.parse()?, due: due.trim().parse()? })
	}
}

/// Opens the contract that `args` describe.
pub async fn run(args: CreateArgs, context: &Context) -> Result<(), Error> {
	if args.fund && args.transaction.wait == Wait::None {
		return Err(Error::FundWithoutWait);
	}
	let terms = args.terms.hash()?;
	let provider = args.provider.resolve(&context.keys()?)?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let now = network::active_clock(&block).await?.now;
	let review = review_period(&block, args.review).await?;
	let milestones: Vec<_> =
		args.milestones.iter().map(|one| (one.amount, one.due.after(now))).collect();
	let call = contracts::open(provider, terms, &milestones, review);
	let total = milestones.iter().fold(0, |sum: u128, (amount, _)| sum.saturating_add(amount.0));
	let funding = args.fund.then_some(Funding { escrow: Amount(total) });
	let deposit = contracts::deposit_for(&block, milestones.len()).await?;
	let consequences = Opening { deposit, funding };
	terminal::note(consequences);

	let (receipt, events) = match sender.send(&chain, &call).await? {
		Sent::DryRun(dry_run) => {
			if args.fund {
				terminal::note("funding would follow, once the contract has its id");
			}
			return context.print(&Foreseen { dry_run, consequences }, None);
		},
		Sent::Done { receipt, events } => (receipt, events),
	};
	let contract = events.and_then(|events| events.opened_contract());
	let mut written = Written { contract, transactions: vec![receipt], ..Written::default() };
	if let Some(Funding { escrow }) = funding {
		let contract = contract.ok_or(Error::NoContractId)?;
		written.transactions.extend(fund(contract, escrow, &sender, &chain).await?);
	}
	context.print(&written, None)
}

/// Funds `contract`, which is open from now on whatever happens, so that every error names it.
async fn fund(
	contract: u64,
	escrow: Amount,
	sender: &Sender<'_>,
	chain: &Chain,
) -> Result<Option<Receipt>, Error> {
	terminal::note(format!("contract {contract} is open"));
	let call = contracts::fund(contract, escrow);
	let sent = terminal::unless_ended(sender.send(chain, &call)).await;
	match sent.unwrap_or(Err(transaction::Error::InterruptedBefore)) {
		Ok(Sent::Done { receipt, .. }) => Ok(Some(receipt)),
		Ok(Sent::DryRun(_)) => Ok(None),
		Err(source) => Err(Error::NotFunded { contract, source }),
	}
}

/// What opening a contract takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Opening {
	/// What is held for storage.
	deposit: Amount,
	/// What funding it takes, if that follows.
	#[serde(flatten)]
	funding: Option<Funding>,
}

impl fmt::Display for Opening {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "opening holds {} for storage until the contract closes", self.deposit)?;
		self.funding.map_or(Ok(()), |funding| write!(f, "; {funding}"))
	}
}

/// The review period that was asked for, or this network's day.
async fn review_period(block: &Block, asked: Option<Period>) -> Result<u32, Error> {
	match asked {
		Some(Period(blocks)) => Ok(blocks),
		None => Ok(network::scaled(block, DAYS).await?),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	#[test]
	fn milestones_should_be_an_amount_and_a_due() {
		for text in ["2.5 AIT@+20", "2.5AIT @ +20"] {
			let milestone: MilestoneArg = text.parse().expect("it is well formed");
			assert_eq!(milestone.amount, Amount(5 * AIT / 2));
			assert_eq!(milestone.due.after(100), 120);
		}
	}

	#[test]
	fn opening_should_say_what_is_held_and_until_when() {
		let deposit = Amount(AIT / 2);
		let opening = Opening { deposit, funding: None };
		assert_eq!(
			opening.to_string(),
			"opening holds 0.5 AIT for storage until the contract closes"
		);
		let funded = Opening { funding: Some(Funding { escrow: Amount(AIT) }), ..opening };
		assert!(funded.to_string().contains("closes; funding holds 1 AIT in escrow"), "{funded}");
	}

	#[test]
	fn milestones_should_say_which_part_is_malformed() {
		use ParseMilestoneError::*;
		assert!(matches!("5 AIT".parse::<MilestoneArg>(), Err(NoDue(_))));
		assert!(matches!("5@+20".parse::<MilestoneArg>(), Err(Amount(_))));
		assert!(matches!("5 AIT@soon".parse::<MilestoneArg>(), Err(Due(_))));
	}
}
