//! `aitbc contract`: work for money that waits in escrow.

mod create;
mod payout;
mod split;
mod status;
mod voucher;

use super::{
	dispute,
	returning::{self, Returns},
	Context,
};
use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Bonds, ClaimKind, Contract, Page},
		Block, Call, Chain,
	},
	digest::HashOrFile,
	error::Error,
	keys::AccountName,
	output::{table, Report},
	terminal::{self, Spinner},
	transaction::{Timeout, TransactionArgs},
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
	Create(Box<create::CreateArgs>),

	/// Agree to a contract that is not funded yet, as the provider: your bond is held
	///
	/// Needed only where the contract asks for a bond. Until you start you may cancel.
	Accept(Expected),

	/// Put a contract's money in escrow, as its client: then the provider may start
	Fund(Expected),

	/// Say that you work, as the provider, once the block is final that funded the contract
	///
	/// From here on you answer for every due with your bond, a stream costs, and you cannot cancel any
	/// more.
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

	/// Ask for a ruling on submitted work, or on what a stream or a meter holds, as the client: the
	/// same as `aitbc dispute create`
	Dispute(dispute::CreateArgs),

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
		Command::Create(args) => create::run(*args, context).await,
		Command::Accept(args) => accept(args, context).await,
		Command::Fund(args) => fund(args, context).await,
		Command::Start(Action { target, transaction }) => {
			let call = contracts::start(target.contract);
			start(target.contract, &transaction, &call, context).await
		},
		Command::Submit { milestone, evidence, transaction } => {
			let evidence = evidence.hash()?;
			let Milestone { target, milestone } = milestone;
			let call = contracts::submit(target.contract, milestone, evidence);
			start(target.contract, &transaction, &call, context).await
		},
		Command::Release(action) => payout::release(action, context).await,
		Command::Approve(action) => payout::approve(action, context).await,
		Command::Settle(args) => payout::settle(args, context).await,
		Command::Refund(action) => payout::refund(action, context).await,
		Command::TopUp { target, amount, transaction } => {
			top_up(target.contract, amount, &transaction, context).await
		},
		Command::Stop(action) => payout::stop(action, context).await,
		Command::Voucher(command) => voucher::run(command, context).await,
		Command::Redeem(args) => voucher::redeem(args, context).await,
		Command::Split(command) => split::run(command, context).await,
		Command::Dispute(args) => dispute::create(args, context).await,
		Command::Cancel(action) => cancel(action, context).await,
		Command::Collect { target, kind, transaction } => {
			context.send(&transaction, &contracts::collect(target.contract, kind)).await
		},
		Command::Status { target } => status::run(target.contract, context).await,
		Command::List(args) => list(args, context).await,
	}
}

/// Reads a contract that must be there.
async fn found(block: &Block, contract: u64) -> Result<Contract, Error> {
	contracts::contract(block, contract).await?.ok_or(Error::ContractNotFound(contract))
}

/// Sends `call`, with which the provider starts if it has not, once nothing can take the money back
/// any more.
async fn start(
	contract: u64,
	args: &TransactionArgs,
	call: &impl Call,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let contract = found(&chain.best().await?, contract).await?;
	// Of a contract that is not funded, the chain says so.
	let is_waiting = contract.funded_since.is_some() && contract.started.is_none();
	if is_waiting && !args.sends_nothing() {
		await_final(&chain, &contract, context.timeout()).await?;
	}
	context.send_to(&chain, &sender, call).await
}

/// Waits until a finalized block has the money of `contract`, for `timeout` at most.
pub async fn await_final(
	chain: &Chain,
	contract: &Contract,
	timeout: Timeout,
) -> Result<(), Error> {
	let not_final = Error::NotFinal { contract: contract.contract, timeout };
	let waited = tokio::time::timeout(timeout.0, funded_for_good(chain, contract)).await;
	waited.unwrap_or(Err(not_final))
}

async fn funded_for_good(chain: &Chain, contract: &Contract) -> Result<(), Error> {
	let id = contract.contract;
	let mut heads = chain.finalized_heads().await?;
	let mut spinner = None;
	loop {
		let known = contracts::contract(&chain.finalized().await?, id).await?;
		if known.is_some_and(|known| known.is_funded_as(contract)) {
			return Ok(());
		}
		spinner.get_or_insert_with(|| {
			Spinner::start(format!("waiting until the block is final that funded contract {id}"))
		});
		heads.next().await?;
	}
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

async fn cancel(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.contract;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let contract = found(&chain.best().await?, id).await?;
	let returns = Returns::of_contract(&contract);
	returning::send(&chain, &sender, &contracts::cancel(id), returns, context).await
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
