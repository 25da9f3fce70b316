//! Bringing about what was decided, for which somebody has to send something.

use super::{naming::CallText, GovernanceError};
use crate::{
	amount::Amount,
	chain::governance::{
		blake2_256, calls,
		treasury::{self, Spend},
	},
	commands::Context,
	digest::Hash,
	error::Error,
	terminal,
	transaction::TransactionArgs,
};
use clap::Subcommand;
use serde::Serialize;
use std::{fmt, fs, path::PathBuf};
use subxt::utils::AccountId32;

/// What can be brought about.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Bring the code that was decided on
	Upgrade {
		/// The Wasm
		file: PathBuf,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Have the treasury pay what was decided
	Spend {
		/// The payment's number; see `aitbc governance status`
		payment: u32,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Have a call dispatched that voters decided on before the technical committee whitelisted it
	Whitelisted {
		/// The call, as `governance propose call` takes it
		call: CallText,

		#[command(flatten)]
		transaction: TransactionArgs,
	},
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Upgrade { file, transaction } => upgrade(file, &transaction, context).await,
		Command::Spend { payment, transaction } => spend(payment, &transaction, context).await,
		Command::Whitelisted { call, transaction } => {
			let sender = context.sender(&transaction)?;
			let chain = context.connect().await?;
			let block = chain.best().await?;
			let call = call.write(&block)?;
			let inner = block.read_call(call.bytes());
			let inner = inner.ok_or_else(|| GovernanceError::NotACall(call.full_name()))?;
			let call = block.all_of(vec![calls::dispatch_whitelisted(inner)])?;
			context.send_to(&chain, &sender, &call).await
		},
	}
}

async fn upgrade(
	path: PathBuf,
	transaction: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let code = match fs::read(&path) {
		Ok(code) => code,
		Err(source) => return Err(GovernanceError::Unreadable { path, source }.into()),
	};
	let sender = context.sender(transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let decided = treasury::upgrade(&block).await?.ok_or(GovernanceError::NoUpgrade)?;
	let (own, wanted) = (Hash(blake2_256(&code)), decided.code_hash);
	if own != wanted {
		return Err(GovernanceError::OtherCode { path, own, wanted }.into());
	}
	terminal::note(format!("the code is the one that was decided on, {own}"));
	let call = block.all_of(vec![calls::apply_authorized_upgrade(code)])?;
	context.send_to(&chain, &sender, &call).await
}

/// What a payment brings.
#[derive(Clone, Copy, Debug, Serialize)]
struct Paying {
	to: AccountId32,
	amount: Amount,
}

impl fmt::Display for Paying {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "the treasury pays {} to {}", self.amount, self.to)
	}
}

async fn spend(index: u32, transaction: &TransactionArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let spends = treasury::spends(&block).await?;
	let spend = spends.iter().find(|spend| spend.index == index);
	let spend = spend.ok_or(GovernanceError::SpendNotFound(index))?;
	if let Some(reason) = why_not(spend, block.id.number) {
		return Err(GovernanceError::NotPayable { index, amount: spend.amount, reason }.into());
	}
	let call = block.all_of(vec![calls::payout(index)])?;
	let paying = Paying { to: spend.to, amount: spend.amount };
	context.send_knowing(&chain, &sender, &call, paying).await
}

/// Why a payment can't be made in block `now`, if it can't.
fn why_not(spend: &Spend, now: u64) -> Option<String> {
	match spend {
		Spend { is_paid: true, .. } => Some("it was made".to_owned()),
		Spend { from, .. } if now < u64::from(*from) => {
			Some(format!("it can be from block {from} on"))
		},
		Spend { until, .. } if now >= u64::from(*until) => {
			Some(format!("it had to be before block {until}; propose it again"))
		},
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn payments_should_be_made_in_their_time_and_once() {
		let (to, amount) = (AccountId32([1; 32]), Amount(5));
		let spend = Spend { index: 0, to, amount, from: 10, until: 20, is_paid: false };
		assert_eq!([10, 19].map(|now| why_not(&spend, now)), [None, None]);
		for (spend, now, words) in [
			(spend, 9, "from block 10 on"),
			(spend, 20, "before block 20"),
			(Spend { is_paid: true, ..spend }, 15, "it was made"),
		] {
			let reason = why_not(&spend, now).expect("it can't be made");
			assert!(reason.contains(words), "{reason}");
		}
	}
}
