//! `aitbc job create` and `hire`: from a wish to a job, open to bids or assigned at once.

use super::work::WorkArgs;
use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Agreement, Bonds, PaymentTerms},
		market::{self, Demand, Deposits, Plan, Unit, Window, Work},
		network, Block,
	},
	commands::{offer::RequirementArgs, tag::TagName, Context, Foreseen},
	error::Error,
	terminal,
	time::Due,
	transaction::{Sent, TransactionArgs, Written},
};
use aitbc_core::{market::MAX_BACKUPS, time::HOURS};
use clap::Args;
use serde::Serialize;
use std::fmt;

/// A job to be posted.
#[derive(Debug, Args)]
pub struct CreateArgs {
	/// What the provider must offer: name or id of a tag
	#[arg(long, value_name = "TAG")]
	capability: TagName,

	/// What is counted
	#[arg(long)]
	unit: Unit,

	#[command(flatten)]
	work: WorkArgs,

	/// The most that a bid may ask: in all for milestones, for each active block of a stream, for
	/// each unit of a meter
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	max_price: Amount,

	/// The last active block at which bids are taken (1200), or from now on (+2h) [default: in an
	/// hour, on development networks as much earlier as all their periods, and at least 20 blocks]
	#[arg(long, value_name = "DUE")]
	bids_until: Option<Due>,

	/// The last active block at which you may assign it [default: twice as long as bids are taken]
	#[arg(long, value_name = "DUE")]
	assign_by: Option<Due>,

	/// How many other bids stay as backups, that take over when a provider fails: three at most
	#[arg(
		long,
		value_name = "COUNT",
		default_value_t = 1,
		value_parser = clap::value_parser!(u32).range(..=i64::from(MAX_BACKUPS))
	)]
	backups: u32,

	#[command(flatten)]
	requirements: RequirementArgs,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Work for the provider of an offer.
#[derive(Debug, Args)]
pub struct HireArgs {
	/// Id of the offer
	offer: u64,

	#[command(flatten)]
	work: WorkArgs,

	/// Refuse any other price than this: in all for milestones, for each active block of a stream,
	/// for each unit of a meter [default: the offer's price for the work now]
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	expected: Option<Amount>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// How long bids are taken at least where nothing is said, in active blocks.
const SHORTEST_BIDDING: u32 = 20;

/// Posts the job that `args` describe.
pub async fn create(args: CreateArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let now = network::active_clock(&block).await?.now;
	let work = args.work.work(&block, sender.acts_for(), &folder).await?;
	let bids_until = match args.bids_until {
		Some(due) => due.after(now),
		None => now.saturating_add(network::scaled(&block, HOURS).await?.max(SHORTEST_BIDDING)),
	};
	let assign_by = match args.assign_by {
		Some(due) => due.after(now),
		None => bids_until.saturating_add(bids_until.saturating_sub(now)),
	};
	let demand = Demand {
		capability: args.capability.find(&block).await?.tag,
		unit: args.unit,
		requirements: args.requirements.requirements()?,
		price_limit: args.max_price,
		max_backups: args.backups,
	};
	let deposits = market::job_deposits(&block, &work, args.backups).await?;
	let consequences = Posting { deposits };
	terminal::note(consequences);
	let call = market::post(&work, &demand, Window { bids_until, assign_by });
	match sender.send(&chain, &call).await? {
		Sent::DryRun(dry_run) => context.print(&Foreseen { dry_run, consequences }, None),
		Sent::Done { receipt, events } => {
			let job = events.and_then(|events| events.posted_job());
			let transactions = vec![receipt];
			context.print(&Written { job, transactions, ..Written::default() }, None)
		},
	}
}

/// What posting a job takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Posting {
	/// What is held for storage.
	deposits: Deposits,
}

impl fmt::Display for Posting {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Deposits { job, record } = self.deposits;
		write!(
			f,
			"posting holds {job} for storage until the job ends, and {record} until what is kept of it \
			 is forgotten"
		)
	}
}

/// Hires the provider of an offer.
pub async fn hire(args: HireArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let offer = market::offer(&block, args.offer).await?;
	let offer = offer.ok_or(Error::OfferNotFound(args.offer))?;
	let work = args.work.work(&block, sender.acts_for(), &folder).await?;
	let quote = market::quote(&block, offer.offer, &work).await?;
	let quote = quote.ok_or(Error::OfferNotFound(args.offer))?;
	let price = args.expected.unwrap_or(quote.price);
	let consequences = Engagement {
		price,
		per: work.plan.per(offer.terms.unit),
		agent: offer.agent,
		escrow: work.plan.cost(work.units, price),
		provider_bond: quote.bond,
		deposits: Some(quote.deposits),
		escrow_deposit: contract_deposit(&block, &work, price, quote.bond).await?,
		backups: Vec::new(),
	};
	terminal::note(&consequences);
	match sender.send(&chain, &market::hire(offer.offer, &work, price)).await? {
		Sent::DryRun(dry_run) => context.print(&Foreseen { dry_run, consequences }, None),
		Sent::Done { receipt, events } => {
			let (job, contract) = match &events {
				Some(events) => (events.posted_job(), events.opened_contract()),
				None => (None, None),
			};
			let transactions = vec![receipt];
			context.print(&Written { job, contract, transactions, ..Written::default() }, None)
		},
	}
}

/// What it takes to give somebody a job.
#[derive(Clone, Debug, Serialize)]
pub struct Engagement {
	/// Who gets it.
	pub agent: u64,
	/// What it asks.
	pub price: Amount,
	/// What for.
	#[serde(skip)]
	pub per: String,
	/// What is held on the client in escrow.
	pub escrow: Amount,
	/// What the provider has at risk.
	pub provider_bond: Amount,
	/// What the market holds for storage, if it does so now.
	#[serde(flatten)]
	pub deposits: Option<Deposits>,
	/// What the escrow holds for storage.
	pub escrow_deposit: Amount,
	/// The agents that stay as backups, in the order of their turns.
	pub backups: Vec<u64>,
}

impl fmt::Display for Engagement {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { agent, price, per, escrow, provider_bond, .. } = self;
		let market = self.deposits.map_or(0, |deposits| deposits.total().0);
		let deposits = Amount(market.saturating_add(self.escrow_deposit.0));
		write!(
			f,
			"agent {agent} gets the job for {price}{per}: {escrow} of yours are held in escrow until \
			 they are paid out or come back, and {deposits} for storage; it has {provider_bond} at risk"
		)?;
		match self.backups.as_slice() {
			[] => write!(f, "; nobody stays as a backup"),
			[backup] => write!(f, "; agent {backup} stays as a backup"),
			backups => {
				let backups: Vec<_> = backups.iter().map(ToString::to_string).collect();
				write!(f, "; agents {} stay as backups", backups.join(", "))
			},
		}
	}
}

/// What the escrow will hold for the storage of a job's contract: its size goes by how it pays, and
/// not by how much.
pub async fn contract_deposit(
	block: &Block,
	work: &Work,
	price: Amount,
	bond: Amount,
) -> Result<Amount, Error> {
	let payment = match &work.plan {
		Plan::Milestones(plan) => PaymentTerms::Milestones(vec![(price, 0); plan.len()]),
		Plan::Stream(_) => PaymentTerms::Stream { rate: price, amount: price, until: 0 },
		Plan::Metered { signer, .. } => PaymentTerms::Metered {
			unit_price: price,
			units: work.units,
			until: 0,
			signer: *signer,
		},
	};
	let agreement = Agreement {
		terms: work.specification_hash,
		payment,
		review_period: work.review_period,
		approvers: None,
		bonds: Bonds { provider: bond, ..Bonds::default() },
	};
	Ok(contracts::deposit_for(block, &agreement).await?)
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	#[test]
	fn engagements_should_say_what_is_held_and_who_takes_over() {
		let ait = |count| Amount(count * AIT);
		let engagement = Engagement {
			agent: 7,
			price: ait(100),
			per: " in all".into(),
			escrow: ait(100),
			provider_bond: ait(10),
			deposits: Some(Deposits { job: ait(1), record: ait(2) }),
			escrow_deposit: ait(3),
			backups: vec![8, 9],
		};
		assert_eq!(
			engagement.to_string(),
			"agent 7 gets the job for 100 AIT in all: 100 AIT of yours are held in escrow until they \
			 are paid out or come back, and 6 AIT for storage; it has 10 AIT at risk; agents 8, 9 stay \
			 as backups"
		);
		let one = Engagement { backups: vec![8], ..engagement.clone() };
		assert!(one.to_string().ends_with("; agent 8 stays as a backup"), "{one}");
		let alone = Engagement { backups: Vec::new(), deposits: None, ..engagement };
		assert!(alone.to_string().contains("3 AIT for storage"), "{alone}");
		assert!(alone.to_string().ends_with("; nobody stays as a backup"), "{alone}");
	}
}
