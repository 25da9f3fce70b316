//! `aitbc contract`: work for money that waits in escrow.

mod create;
mod payout;
mod status;

use super::Context;
use crate::{
	amount::Amount,
	chain::contracts::{self, ClaimKind, Page},
	digest::HashOrFile,
	error::Error,
	keys::AccountName,
	output::{table, Report},
	terminal,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use payout::Payee;
use serde::Serialize;
use std::fmt;

/// What can be done with contracts.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Offer a contract to a provider, as its client
	Create(create::CreateArgs),

	/// Put a contract's money in escrow, as its client: then the provider may start
	Fund {
		#[command(flatten)]
		target: Target,

		/// Refuse any other sum than this [default: the contract's sum now]
		#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
		expected: Option<Amount>,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Say that a milestone's work is done, as the provider
	Submit {
		#[command(flatten)]
		milestone: Milestone,

		/// Hash of what is shown for it, or the file to hash with SHA-256
		#[arg(long, value_name = "HASH_OR_FILE")]
		evidence: HashOrFile,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Pay a milestone to the provider, as the client
	Release(MilestoneAction),

	/// Pay a submitted milestone to the provider, when the client let the review period pass
	Settle(MilestoneAction),

	/// Return a milestone's money to the client, as the provider, or when its due has passed
	Refund(MilestoneAction),

	/// Close a contract that is not funded, as a party to it
	Cancel {
		#[command(flatten)]
		target: Target,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Pay out money that its owner's account could not take before
	Collect {
		#[command(flatten)]
		target: Target,

		/// What the money is
		#[arg(long)]
		kind: ClaimKind,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Show a contract, and who may do what next
	Status {
		#[command(flatten)]
		target: Target,
	},

	/// List the contracts of an account
	List(ListArgs),
}

/// Which contract.
#[derive(Clone, Copy, Debug, Args)]
pub struct Target {
	/// Id of the contract
	contract: u64,
}

/// Which milestone.
#[derive(Clone, Copy, Debug, Args)]
pub struct Milestone {
	#[command(flatten)]
	target: Target,

	/// Place of the milestone in the contract, counted from 0
	#[arg(long, value_name = "INDEX")]
	milestone: u32,
}

/// A call that needs nothing but a milestone.
#[derive(Debug, Args)]
pub struct MilestoneAction {
	#[command(flatten)]
	milestone: Milestone,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Whose contracts to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Client or provider: an address, a key's name, or a development key such as //Alice
	account: AccountName,

	/// Go on where the last page ended: the contract that it named. Pages follow the order of
	/// storage, and the contracts of each page their ids
	#[arg(long, value_name = "CONTRACT")]
	after: Option<u64>,

	/// How many at most
	#[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
	limit: u32,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Create(args) => create::run(args, context).await,
		Command::Fund { target, expected, transaction } => {
			fund(target, expected, &transaction, context).await
		},
		Command::Submit { milestone, evidence, transaction } => {
			let evidence = evidence.hash()?;
			let Milestone { target, milestone } = milestone;
			let call = contracts::submit(target.contract, milestone, evidence);
			context.send(&transaction, &call).await
		},
		Command::Release(action) => {
			payout::run(action, Payee::Provider, contracts::release, context).await
		},
		Command::Settle(action) => {
			payout::run(action, Payee::Provider, contracts::settle, context).await
		},
		Command::Refund(action) => {
			payout::run(action, Payee::Client, contracts::refund, context).await
		},
		Command::Cancel { target, transaction } => {
			context.send(&transaction, &contracts::cancel(target.contract)).await
		},
		Command::Collect { target, kind, transaction } => {
			context.send(&transaction, &contracts::collect(target.contract, kind)).await
		},
		Command::Status { target } => status::run(target.contract, context).await,
		Command::List(args) => list(args, context).await,
	}
}

async fn fund(
	target: Target,
	expected: Option<Amount>,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let expected = match expected {
		Some(expected) => expected,
		None => {
			let contract = contracts::contract(&chain.best().await?, target.contract).await?;
			contract.ok_or(Error::ContractNotFound(target.contract))?.total
		},
	};
	let call = contracts::fund(target.contract, expected);
	context.send_knowing(&chain, &sender, &call, Funding { escrow: expected }).await
}

/// What funding a contract takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Funding {
	/// What is held for the provider.
	escrow: Amount,
}

impl fmt::Display for Funding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { escrow } = self;
		write!(f, "funding holds {escrow} in escrow, until each milestone is released or refunded")
	}
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let account = args.account.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let page = contracts::contracts_of(&block, account, args.after, args.limit).await?;
	context.print(&page, Some(block.id))?;
	if let Some(next) = page.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

impl Report for Page {
	const KIND: &'static str = "contract.list";

	fn text(&self) -> String {
		let rows = self.contracts.iter().map(|contract| {
			let state = if contract.funded_since.is_some() { "funded" } else { "open" };
			[
				contract.contract.to_string(),
				state.to_owned(),
				contract.total.to_string(),
				contract.milestones.len().to_string(),
				contract.client.to_string(),
				contract.provider.to_string(),
			]
		});
		table(["contract", "state", "total", "milestones", "client", "provider"], rows)
	}
}
