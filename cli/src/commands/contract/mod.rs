//! `aitbc contract`: work for money that waits in escrow.

mod create;
mod split;
mod status;
mod voucher;

use super::Context;
use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Bonds, ClaimKind, Contract, Page},
		Block, Call,
	},
	digest::HashOrFile,
	error::Error,
	keys::AccountName,
	output::{table, Report},
	terminal,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt;

/// What can be done with contracts.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Offer a contract to a provider, as its client
	///
	/// Work is paid for by milestones, by a stream (for time), or by a meter (for units that you sign
	/// for with `aitbc contract voucher sign`).
	Create(create::CreateArgs),

	/// Agree to a contract that is not funded yet, as the provider: your bond is held
	///
	/// Needed only where the contract asks for a bond. Until you start you may cancel.
	Accept(Expected),

	/// Put a contract's money in escrow, as its client: then the provider may start
	Fund(Expected),

	/// Say that you have seen the money and work, as the provider: a stream costs from here on
	///
	/// From here on you answer for every due with your bond, and cannot cancel any more.
	Start(Action),

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

	/// Agree that a submitted milestone be paid, as one of the contract's approvers
	///
	/// The last approval that it takes pays the provider.
	Approve(MilestoneAction),

	/// Pay what the provider has earned, as anybody: a submitted milestone when the client let the
	/// review period pass, or a stream's time
	Settle(SettleArgs),

	/// Return a milestone's money to the client, as the provider, or when its due has passed
	Refund(MilestoneAction),

	/// Put more money into a stream, as anybody
	///
	/// It is the client's own from then on. A paused stream goes on.
	TopUp {
		#[command(flatten)]
		target: Target,

		/// How much
		#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
		amount: Amount,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// End a stream or a meter: what is still held goes back to the client
	///
	/// Of a stream, a party may at any time, and it pays what was earned first. Of a meter, the
	/// provider may at any time; the client gives notice, and the provider has one review period to
	/// bring in a last voucher. Anybody may when the time is over.
	Stop(Action),

	/// Sign for units, and check what was signed
	#[command(subcommand)]
	Voucher(voucher::Command),

	/// Bill the units that the client has signed for, as the provider
	Redeem(voucher::RedeemArgs),

	/// Divide a milestone's money as both parties agree
	#[command(subcommand)]
	Split(split::Command),

	/// Ask for a ruling on submitted work, or on what a stream or a meter holds, as a party
	Dispute {
		#[command(flatten)]
		target: Target,

		/// Place of the milestone in the contract, counted from 0; a stream or a meter has none
		#[arg(long, value_name = "INDEX")]
		milestone: Option<u32>,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Close a contract on which nobody works, as a party to it; a funded one as its provider
	Cancel(Action),

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

/// A call that needs nothing but a contract.
#[derive(Debug, Args)]
pub struct Action {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A call that needs nothing but a milestone.
#[derive(Debug, Args)]
pub struct MilestoneAction {
	#[command(flatten)]
	milestone: Milestone,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A call that says which contract it means by the contract's sum.
#[derive(Debug, Args)]
pub struct Expected {
	#[command(flatten)]
	target: Target,

	/// Refuse any other sum than this [default: the contract's sum now]
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	expected: Option<Amount>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What was earned.
#[derive(Debug, Args)]
pub struct SettleArgs {
	#[command(flatten)]
	target: Target,

	/// Place of the milestone in the contract, counted from 0; a stream has none
	#[arg(long, value_name = "INDEX")]
	milestone: Option<u32>,

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
		Command::Accept(args) => accept(args, context).await,
		Command::Fund(args) => fund(args, context).await,
		Command::Start(action) => act(action, contracts::start, context).await,
		Command::Submit { milestone, evidence, transaction } => {
			let evidence = evidence.hash()?;
			let Milestone { target, milestone } = milestone;
			let call = contracts::submit(target.contract, milestone, evidence);
			context.send(&transaction, &call).await
		},
		Command::Release(action) => act_on(action, contracts::release, context).await,
		Command::Approve(action) => act_on(action, contracts::approve, context).await,
		Command::Settle(args) => settle(args, context).await,
		Command::Refund(action) => act_on(action, contracts::refund, context).await,
		Command::TopUp { target, amount, transaction } => {
			top_up(target.contract, amount, &transaction, context).await
		},
		Command::Stop(action) => act(action, contracts::stop, context).await,
		Command::Voucher(command) => voucher::run(command, context).await,
		Command::Redeem(args) => voucher::redeem(args, context).await,
		Command::Split(command) => split::run(command, context).await,
		Command::Dispute { target, milestone, transaction } => {
			context.send(&transaction, &contracts::dispute(target.contract, milestone)).await
		},
		Command::Cancel(action) => act(action, contracts::cancel, context).await,
		Command::Collect { target, kind, transaction } => {
			context.send(&transaction, &contracts::collect(target.contract, kind)).await
		},
		Command::Status { target } => status::run(target.contract, context).await,
		Command::List(args) => list(args, context).await,
	}
}

/// Sends the call that `make` makes of the contract.
async fn act<C: Call>(
	action: Action,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	context.send(&action.transaction, &make(action.target.contract)).await
}

/// Sends the call that `make` makes of the milestone.
async fn act_on<C: Call>(
	action: MilestoneAction,
	make: impl FnOnce(u64, u32) -> C,
	context: &Context,
) -> Result<(), Error> {
	let Milestone { target, milestone } = action.milestone;
	context.send(&action.transaction, &make(target.contract, milestone)).await
}

/// Reads a contract that must be there.
async fn found(block: &Block, contract: u64) -> Result<Contract, Error> {
	contracts::contract(block, contract).await?.ok_or(Error::ContractNotFound(contract))
}

async fn accept(args: Expected, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let contract = found(&chain.best().await?, args.target.contract).await?;
	let total = args.expected.unwrap_or(contract.total);
	let call = contracts::accept(contract.contract, contract.bonds, total);
	if contract.bonds.provider.0 == 0 {
		return context.send_to(&chain, &sender, &call).await;
	}
	let acceptance = Acceptance { bond: contract.bonds.provider };
	context.send_knowing(&chain, &sender, &call, acceptance).await
}

/// What accepting a contract takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Acceptance {
	/// What is held at risk.
	bond: Amount,
}

impl fmt::Display for Acceptance {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { bond } = self;
		write!(
			f,
			"accepting holds {bond} as your bond until the contract closes; once you have started, a \
			 due that you miss and a ruling can take from it"
		)
	}
}

async fn fund(args: Expected, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let contract = found(&chain.best().await?, args.target.contract).await?;
	let Bonds { client: bond, .. } = contract.bonds;
	let funding = Funding { escrow: args.expected.unwrap_or(contract.total), bond };
	let call = contracts::fund(contract.contract, funding.escrow);
	context.send_knowing(&chain, &sender, &call, funding).await
}

/// What funding a contract takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Funding {
	/// What is held for the provider.
	escrow: Amount,
	/// What is held at the client's own risk.
	#[serde(skip_serializing_if = "Amount::is_zero")]
	bond: Amount,
}

impl fmt::Display for Funding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { escrow, bond } = self;
		write!(f, "funding holds {escrow} in escrow, until it is paid out or comes back")?;
		if bond.is_zero() {
			return Ok(());
		}
		write!(f, ", and {bond} as your bond, until the contract closes")
	}
}

async fn settle(args: SettleArgs, context: &Context) -> Result<(), Error> {
	let contract = args.target.contract;
	match args.milestone {
		Some(milestone) => {
			context.send(&args.transaction, &contracts::settle(contract, milestone)).await
		},
		None => context.send(&args.transaction, &contracts::settle_stream(contract)).await,
	}
}

async fn top_up(
	contract: u64,
	amount: Amount,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let call = contracts::top_up(contract, amount);
	context.send_knowing(&chain, &sender, &call, TopUp { amount }).await
}

/// What topping a stream up takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct TopUp {
	/// What moves to the client's account, and is held there for the stream.
	amount: Amount,
}

impl fmt::Display for TopUp {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { amount } = self;
		write!(
			f,
			"{amount} become the client's, held for the stream; what the stream does not use goes \
			 back to the client"
		)
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
			[
				contract.contract.to_string(),
				contract.stage().to_string(),
				contract.total.to_string(),
				contract.payment.to_string(),
				contract.client.to_string(),
				contract.provider.to_string(),
			]
		});
		table(["contract", "state", "total", "pays", "client", "provider"], rows)
	}
}
