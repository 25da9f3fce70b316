//! `aitbc account faucet`: money to try a network with.

use crate::{
	amount::Amount,
	chain::{accounts, Chain},
	commands::Context,
	error::Error,
	keys::{AccountName, PasswordArgs, SenderName, SignerName},
	transaction::{OfflineArgs, TransactionArgs, Wait},
};
use aitbc_core::money::AIT;
use clap::Args;
use subxt::utils::AccountId32;

/// Who pays on a development network, where everybody knows everybody's secret.
const DEVELOPMENT_PAYER: &str = "//Ferdie";

/// Who pays on a network for tests whose genesis has a faucet: everybody knows its secret, and its operator gives
/// it little at a time.
const PAYER: &str = "//Faucet";

/// The most for one call, so that nobody takes all of it by mistake.
const MOST: u128 = 1_000 * AIT;

/// Money to be had.
#[derive(Debug, Args)]
pub struct FaucetArgs {
	/// Who gets it: an address, a key's name, or a development key such as //Bob
	to: AccountName,

	/// How much, at most 1,000 AIT
	#[arg(default_value = "100 AIT", value_parser = parse_share)]
	amount: Amount,

	/// Show the decoded call, and send nothing
	#[arg(long)]
	dry_run: bool,

	/// How far to follow the transaction
	#[arg(long, value_name = "HOW_FAR", default_value = "finalized")]
	wait: Wait,
}

/// Why nothing comes.
#[derive(Debug, thiserror::Error)]
pub enum FaucetError {
	/// The network has no faucet.
	#[error(
		"this network has no faucet: only development networks have one, and networks for tests whose \
		 operator fills `{PAYER}`; ask somebody who has AIT"
	)]
	NoFaucet,
	/// The faucet is empty.
	#[error("the faucet has {left} left, and {asked} was asked for: ask for less, or its operator to fill it")]
	Empty {
		/// What it can give.
		left: Amount,
		/// What was wanted.
		asked: Amount,
	},
}

/// Takes an amount that a faucet gives.
fn parse_share(text: &str) -> Result<Amount, String> {
	match text.parse::<Amount>() {
		Ok(amount @ Amount(1..=MOST)) => Ok(amount),
		Ok(_) => Err(format!("a faucet gives more than nothing and at most {}", Amount(MOST))),
		Err(error) => Err(error.to_string()),
	}
}

/// Has the faucet pay.
pub async fn run(args: FaucetArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let to = args.to.resolve(&folder)?;
	let chain = context.connect().await?;
	let from = SignerName::Development(payer(&chain).await?.into());
	ensure_filled(&chain, &from.account(&folder)?, args.amount).await?;
	let transaction = TransactionArgs {
		from: SenderName::Signer(from),
		password: PasswordArgs { password_file: None },
		on_behalf_of: None,
		dry_run: args.dry_run,
		// It costs whoever asks nothing.
		yes: true,
		wait: args.wait,
		offline: OfflineArgs::default(),
	};
	let sender = context.sender(&transaction)?;
	context.send_to(&chain, &sender, &accounts::transfer(to, args.amount)).await
}

/// Who pays on `chain`.
async fn payer(chain: &Chain) -> Result<&'static str, Error> {
	let kind: serde_json::Value = chain.request("system_chainType").await?;
	let is_development = ["Development", "Local"].iter().any(|name| kind == **name);
	Ok(if is_development { DEVELOPMENT_PAYER } else { PAYER })
}

/// Checks that the faucet's account is there, and can pay `amount`.
async fn ensure_filled(chain: &Chain, payer: &AccountId32, amount: Amount) -> Result<(), Error> {
	let balance = accounts::balance(&chain.best().await?, payer).await?;
	if balance.total == Amount(0) {
		return Err(FaucetError::NoFaucet.into());
	}
	if balance.transferable.0 < amount.0 {
		let left = balance.transferable;
		return Err(FaucetError::Empty { left, asked: amount }.into());
	}
	Ok(())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn shares_should_be_above_zero_and_limited() {
		assert_eq!(parse_share("100 AIT"), Ok(Amount(100 * AIT)));
		assert_eq!(parse_share("1000 AIT"), Ok(Amount(MOST)));
		for text in ["0 AIT", "1000.1 AIT", "much"] {
			assert!(parse_share(text).is_err(), "{text}");
		}
	}
}
