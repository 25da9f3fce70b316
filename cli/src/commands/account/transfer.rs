//! `aitbc account transfer`: money from one account to another.

use super::payer;
use crate::{
	amount::{Amount, ParseAmountError},
	chain::{
		accounts::{self, Balance, Hold},
		Chain,
	},
	commands::Context,
	error::Error,
	keys::{self, AccountName},
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// Money to be sent.
#[derive(Debug, Args)]
pub struct TransferArgs {
	/// Who gets it: an address, a key's name, or a development key such as //Bob
	to: AccountName,

	/// How much, such as "12.5 AIT"
	#[arg(required_unless_present = "all", allow_hyphen_values = true, value_parser = parse_sum)]
	amount: Option<Amount>,

	/// Send everything that is neither held nor frozen; ends the sender's account if nothing is
	#[arg(long, conflicts_with = "amount")]
	all: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Why a text is no sum that can be sent.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum ParseSumError {
	#[error(transparent)]
	Amount(#[from] ParseAmountError),
	#[error("a transfer of nothing would only cost the fee: name an amount above zero")]
	Zero,
}

/// Takes an amount above zero.
fn parse_sum(text: &str) -> Result<Amount, ParseSumError> {
	match text.parse()? {
		Amount(0) => Err(ParseSumError::Zero),
		amount => Ok(amount),
	}
}

/// Sends money.
pub async fn run(args: TransferArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let (to, from) = (args.to.resolve(&folder)?, payer(&args.transaction, &folder)?);
	if to == from {
		return Err(keys::Error::SameAccount(to).into());
	}
	match args.amount {
		Some(amount) => context.send(&args.transaction, &accounts::transfer(to, amount)).await,
		None => send_all(from, to, &args.transaction, context).await,
	}
}

/// Sends all that can be sent, and says beforehand what stays.
async fn send_all(
	from: AccountId32,
	to: AccountId32,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let call = accounts::transfer_all(to);
	// A proxy pays the fee itself.
	let fee = match args.on_behalf_of {
		Some(_) => Amount(0),
		None => fee_of(&chain, &from, to).await?,
	};
	let block = chain.best().await?;
	let balance = accounts::balance(&block, &from).await?;
	let holds = accounts::holds(&block, &from, balance.held).await?;
	let parting = Parting::new(to, balance, fee, holds);
	if parting.amount == Amount(0) {
		let reason = format!(
			"{} is free, of which {} has to stay and {fee} is the fee",
			balance.free,
			Amount(balance.free.0.saturating_sub(balance.expendable.0))
		);
		return Err(keys::Error::NothingToSend { account: from, reason }.into());
	}
	context.send_knowing(&chain, &sender, &call, parting).await
}

/// What sending everything from `from` to `to` costs now.
async fn fee_of(chain: &Chain, from: &AccountId32, to: AccountId32) -> Result<Amount, Error> {
	let (block, nonce) = (chain.signing_block().await?, chain.next_nonce(from).await?);
	Ok(block.fee(&accounts::transfer_all(to), from, nonce).await?)
}

/// What goes when everything is sent, and what stays.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Parting {
	to: AccountId32,
	/// What goes, as far as the fee is known beforehand.
	amount: Amount,
	/// What stays free, because it is frozen or the account has to go on existing.
	stays_free: Amount,
	/// What stays held.
	stays_held: Vec<Hold>,
}

impl Parting {
	/// Of `balance` with these `holds`, once `fee` is paid.
	fn new(to: AccountId32, balance: Balance, fee: Amount, stays_held: Vec<Hold>) -> Self {
		let left = balance.free.0.saturating_sub(fee.0);
		let amount = balance.expendable.0.saturating_sub(fee.0);
		let stays_free = Amount(left.saturating_sub(amount));
		Self { to, amount: Amount(amount), stays_free, stays_held }
	}
}

impl fmt::Display for Parting {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { to, amount, stays_free, stays_held } = self;
		write!(f, "about {amount} goes to {to}; ")?;
		if stays_held.is_empty() && *stays_free == Amount(0) {
			return f.write_str("nothing stays, and the sender's account ends");
		}
		let held = stays_held.iter().map(|hold| {
			let Hold { reason, amount } = hold;
			format!("{amount} held for {reason} ({})", reason.meaning())
		});
		let free = (*stays_free > Amount(0)).then(|| {
			format!("{stays_free} free, which is frozen or the least that the account must keep")
		});
		let stays: Vec<_> = held.chain(free).collect();
		write!(f, "this stays: {}", stays.join(", "))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::accounts::HoldReason;
	use aitbc_core::money::AIT;

	const BOB: AccountId32 = AccountId32([2; 32]);

	fn balance(free: u128, held: u128, expendable: u128) -> Balance {
		Balance {
			total: Amount(free + held),
			free: Amount(free),
			held: Amount(held),
			frozen: Amount(0),
			transferable: Amount(0),
			expendable: Amount(expendable),
			nonce: 0,
		}
	}

	#[test]
	fn sums_should_be_above_zero() {
		assert_eq!(parse_sum("1 AIT"), Ok(Amount(AIT)));
		for text in ["0 AIT", "0.000 mAIT", "0 planck"] {
			assert_eq!(parse_sum(text), Err(ParseSumError::Zero), "{text}");
		}
		assert!(matches!(parse_sum("-5 AIT"), Err(ParseSumError::Amount(_))));
	}

	#[test]
	fn parting_should_say_that_nothing_stays_when_the_account_ends() {
		let parting = Parting::new(BOB, balance(10 * AIT, 0, 10 * AIT), Amount(AIT), Vec::new());
		assert_eq!((parting.amount, parting.stays_free), (Amount(9 * AIT), Amount(0)));
		let text = parting.to_string();
		assert!(
			text.starts_with("about 9 AIT goes to ") && text.contains("account ends"),
			"{text}"
		);
	}

	#[test]
	fn parting_should_name_what_stays_and_why() {
		let bond = Hold { reason: HoldReason::AgentBond, amount: Amount(100 * AIT) };
		let kept = AIT / 100;
		let balance = balance(10 * AIT, 100 * AIT, 10 * AIT - kept);
		let parting = Parting::new(BOB, balance, Amount(AIT), vec![bond]);
		assert_eq!((parting.amount, parting.stays_free), (Amount(9 * AIT - kept), Amount(kept)));
		let text = parting.to_string();
		assert!(text.contains("100 AIT held for Agents.Bond (at risk for its agents"), "{text}");
		assert!(text
			.ends_with("0.01 AIT free, which is frozen or the least that the account must keep"));
	}

	#[test]
	fn parting_should_send_nothing_when_the_fee_takes_all() {
		let parting = Parting::new(BOB, balance(AIT, 0, AIT), Amount(2 * AIT), Vec::new());
		assert_eq!(parting.amount, Amount(0));
	}
}
