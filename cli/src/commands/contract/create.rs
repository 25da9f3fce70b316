//! `aitbc contract create`: opens a contract, and funds it if asked to.

use super::Funding;
use crate::{
	amount::{Amount, ParseAmountError},
	chain::{
		accounts,
		contracts::{self, Agreement, Approvers, Bonds, PaymentTerms},
		network, Block, Chain,
	},
	commands::{Context, Foreseen},
	digest::HashOrFile,
	error::Error,
	keys::{AccountName, KeyFolder},
	terminal,
	time::{Due, ParseTimeError, Period},
	transaction::{Receipt, Sender, Sent, TransactionArgs, Written},
};
use aitbc_core::{money::EXISTENTIAL_DEPOSIT, time::DAYS};
use clap::{ArgGroup, Args};
use serde::Serialize;
use std::{fmt, str::FromStr};
use subxt::utils::AccountId32;

/// A contract to be offered.
#[derive(Debug, Args)]
pub struct CreateArgs {
	/// Who shall work: an address, a key's name, or a development key such as //Bob
	#[arg(long, value_name = "ACCOUNT")]
	provider: AccountName,

	/// Hash of what you agreed on, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	terms: HashOrFile,

	#[command(flatten)]
	payment: PaymentArgs,

	/// How long you may look at submitted work, and the provider may bring in a last voucher
	/// [default: a day, on development networks as much shorter as all their periods]
	#[arg(long, value_name = "TIME")]
	review: Option<Period>,

	/// An account that may release milestones in your place, for each that may
	#[arg(
		long = "approver",
		value_name = "ACCOUNT",
		requires = "milestones",
		conflicts_with_all = ["stream", "meter"]
	)]
	approvers: Vec<AccountName>,

	/// How many of the approvers it takes [default: all]
	#[arg(long, value_name = "COUNT", requires = "approvers")]
	threshold: Option<u32>,

	/// What the provider has at risk: it has to accept before you can fund
	#[arg(long, value_name = "AMOUNT", default_value = "0 AIT", allow_hyphen_values = true)]
	bond: Amount,

	/// What you have at risk yourself, held with the money
	#[arg(long, value_name = "AMOUNT", default_value = "0 AIT", allow_hyphen_values = true)]
	client_bond: Amount,

	/// Put the money in escrow as well
	#[arg(long)]
	fund: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// How the work is paid for.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("payment").required(true).args(["milestones", "stream", "meter"]))]
struct PaymentArgs {
	/// What is paid for, as "AMOUNT@DUE": due at an active block (1200) or from now on (+20, +2h)
	#[arg(long = "milestone", value_name = "AMOUNT@DUE", allow_hyphen_values = true)]
	milestones: Vec<AmountAndDue>,

	/// Pay for time, as "RATE@END": so much for each active block from the start up to the end
	#[arg(long, value_name = "RATE@END", allow_hyphen_values = true)]
	stream: Option<AmountAndDue>,

	/// What to put into the stream at first [default: what it costs up to its end]
	#[arg(
		long,
		value_name = "AMOUNT",
		requires = "stream",
		conflicts_with_all = ["milestones", "meter"],
		allow_hyphen_values = true
	)]
	amount: Option<Amount>,

	/// Pay for units that you sign for, as "PRICE@END": so much for each, signed for up to the end
	#[arg(long, value_name = "PRICE@END", requires = "units", allow_hyphen_values = true)]
	meter: Option<AmountAndDue>,

	/// The most units that can be billed
	#[arg(
		long,
		value_name = "COUNT",
		requires = "meter",
		conflicts_with_all = ["milestones", "stream"]
	)]
	units: Option<u64>,

	/// Whose signature makes a voucher [default: your own]
	#[arg(
		long,
		value_name = "ACCOUNT",
		requires = "meter",
		conflicts_with_all = ["milestones", "stream"]
	)]
	signer: Option<AccountName>,
}

/// An amount and when its work is due, or its time ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct AmountAndDue {
	amount: Amount,
	due: Due,
}

/// Why a text is no amount with a due.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum ParseAmountAndDueError {
	#[error("`{0}` has no due: write an amount and its due as `5 AIT@+2h`")]
	NoDue(String),
	#[error(transparent)]
	Amount(#[from] ParseAmountError),
	#[error(transparent)]
	Due(#[from] ParseTimeError),
}

impl FromStr for AmountAndDue {
	type Err = ParseAmountAndDueError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let (amount, due) =
			text.split_once('@').ok_or_else(|| ParseAmountAndDueError::NoDue(text.to_owned()))?;
		Ok(Self { amount: amount.parse()?, due: due.trim().parse()? })
	}
}

impl PaymentArgs {
	/// How the contract pays, which `client` opens when the active clock shows `now`.
	fn terms(
		&self,
		now: u32,
		client: AccountId32,
		folder: &KeyFolder,
	) -> Result<PaymentTerms, Error> {
		if let Some(AmountAndDue { amount: rate, due }) = self.stream {
			let until = due.after(now);
			let all = rate.0.saturating_mul(until.saturating_sub(now).into());
			return Ok(PaymentTerms::Stream {
				rate,
				amount: self.amount.unwrap_or(Amount(all)),
				until,
			});
		}
		if let Some(AmountAndDue { amount: unit_price, due }) = self.meter {
			let signer = self.signer.as_ref().map(|signer| signer.resolve(folder)).transpose()?;
			return Ok(PaymentTerms::Metered {
				unit_price,
				units: self.units.unwrap_or_default(),
				until: due.after(now),
				signer: signer.unwrap_or(client),
			});
		}
		let milestones = self.milestones.iter().map(|one| (one.amount, one.due.after(now)));
		Ok(PaymentTerms::Milestones(milestones.collect()))
	}
}

/// Opens the contract that `args` describe.
pub async fn run(args: CreateArgs, context: &Context) -> Result<(), Error> {
	if args.fund && args.transaction.is_never_seen() {
		return Err(Error::FundWithoutWait);
	}
	if args.fund && args.bond.0 > 0 {
		return Err(Error::FundBeforeAccepted);
	}
	let terms = args.terms.hash()?;
	let folder = context.keys()?;
	let provider = args.provider.resolve(&folder)?;
	let accounts = args.approvers.iter().map(|approver| approver.resolve(&folder));
	let accounts = accounts.collect::<Result<Vec<_>, _>>()?;
	let all = u32::try_from(accounts.len()).unwrap_or(u32::MAX);
	let threshold = args.threshold.unwrap_or(all);
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let now = network::active_clock(&block).await?.now;
	let agreement = Agreement {
		terms,
		payment: args.payment.terms(now, sender.acts_for(), &folder)?,
		review_period: review_period(&block, args.review).await?,
		approvers: (!accounts.is_empty()).then_some(Approvers { accounts, threshold }),
		bonds: Bonds { client: args.client_bond, provider: args.bond },
	};
	let call = contracts::open(provider, &agreement);
	let funding = Funding { escrow: agreement.payment.total(), bond: args.client_bond };
	let deposit = contracts::deposit_for(&block, &agreement).await?;
	let consequences = Opening { deposit, funding: args.fund.then_some(funding) };
	terminal::note(consequences);
	if args.fund {
		ensure_funds(&block, sender.acts_for(), consequences.held()).await?;
	}

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
	if let Some(Funding { escrow, .. }) = consequences.funding {
		let contract = contract.ok_or(Error::NoContractId)?;
		written.transactions.extend(fund(contract, escrow, &sender, &chain).await?);
	}
	context.print(&written, None)
}

/// Checks that `account` can have `held` on hold, so that no contract is opened that it can't fund.
async fn ensure_funds(block: &Block, account: AccountId32, held: Amount) -> Result<(), Error> {
	let free = accounts::balance(block, &account).await?.free;
	let needed = held.0.saturating_add(EXISTENTIAL_DEPOSIT);
	if free.0 < needed {
		return Err(Error::NotFundable { held, account, free });
	}
	Ok(())
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
	match sender.send_next(chain, &call).await {
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

impl Opening {
	/// All that is held in the end.
	fn held(&self) -> Amount {
		let funding =
			self.funding.map_or(0, |Funding { escrow, bond }| escrow.0.saturating_add(bond.0));
		Amount(self.deposit.0.saturating_add(funding))
	}
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
	use clap::Parser;

	const CLIENT: AccountId32 = AccountId32([1; 32]);

	#[derive(Debug, Parser)]
	struct Line {
		#[command(flatten)]
		payment: PaymentArgs,
	}

	/// What the arguments in `line` agree on at the active block 100.
	fn terms(line: &[&str]) -> PaymentTerms {
		let line = Line::try_parse_from([&["aitbc"], line].concat()).expect("it is well formed");
		let folder = KeyFolder::new(Some("/nowhere".into())).expect("a folder is named");
		line.payment.terms(100, CLIENT, &folder).expect("it names no unknown account")
	}

	#[test]
	fn opening_should_hold_the_deposit_and_what_funding_takes() {
		let funding = Funding { escrow: Amount(100), bond: Amount(10) };
		let opening = Opening { deposit: Amount(1), funding: Some(funding) };
		assert_eq!(opening.held(), Amount(111));
		assert_eq!(Opening { funding: None, ..opening }.held(), Amount(1));
	}

	#[test]
	fn milestones_should_be_an_amount_and_a_due() {
		for text in ["2.5 AIT@+20", "2.5AIT @ +20"] {
			let milestone: AmountAndDue = text.parse().expect("it is well formed");
			assert_eq!(milestone.amount, Amount(5 * AIT / 2));
			assert_eq!(milestone.due.after(100), 120);
		}
	}

	#[test]
	fn streams_should_be_funded_up_to_their_end_when_nothing_else_is_said() {
		let [rate, until] = [Amount(AIT / 10), Amount(2 * AIT)];
		let stream = ["--stream", "0.1 AIT@+20"];
		assert_eq!(terms(&stream), PaymentTerms::Stream { rate, amount: until, until: 120 });
		let amount = Amount(AIT);
		let stream = terms(&[&stream[..], &["--amount", "1 AIT"]].concat());
		assert_eq!(stream, PaymentTerms::Stream { rate, amount, until: 120 });
	}

	#[test]
	fn meters_should_be_signed_for_by_the_client_when_nobody_else_is_named() {
		let meter = |signer| PaymentTerms::Metered {
			unit_price: Amount(1_000_000),
			units: 7,
			until: 120,
			signer,
		};
		let line = ["--meter", "1 uAIT@+20", "--units", "7"];
		assert_eq!(terms(&line), meter(CLIENT));
		let PaymentTerms::Metered { signer, .. } =
			terms(&[&line[..], &["--signer", "//Bob"]].concat())
		else {
			panic!("it is a meter");
		};
		assert_ne!(signer, CLIENT);
	}

	#[test]
	fn work_should_be_paid_for_in_one_way() {
		for line in [
			&[][..],
			&["--milestone", "1 AIT@+20", "--stream", "1 AIT@+20"],
			&["--meter", "1 AIT@+20"],
			&["--milestone", "1 AIT@+20", "--units", "7"],
			&["--milestone", "1 AIT@+20", "--amount", "1 AIT"],
		] {
			let refused = Line::try_parse_from([&["aitbc"], line].concat());
			assert!(refused.is_err(), "{line:?}");
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
		let funding = Funding { escrow: Amount(AIT), bond: Amount(0) };
		let funded = Opening { funding: Some(funding), ..opening };
		assert!(funded.to_string().contains("closes; funding holds 1 AIT in escrow"), "{funded}");
		let funding = Funding { bond: Amount(AIT), ..funding };
		assert!(funding.to_string().ends_with("and 1 AIT as your bond, until the contract closes"));
	}

	#[test]
	fn milestones_should_say_which_part_is_malformed() {
		use ParseAmountAndDueError::*;
		assert!(matches!("5 AIT".parse::<AmountAndDue>(), Err(NoDue(_))));
		assert!(matches!("5@+20".parse::<AmountAndDue>(), Err(Amount(_))));
		assert!(matches!("5 AIT@soon".parse::<AmountAndDue>(), Err(Due(_))));
	}
}
