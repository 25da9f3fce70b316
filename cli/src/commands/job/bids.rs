//! `aitbc job bid`, `bids` and `assign`: who would do a job, and who gets it.

use super::{
	found,
	hiring::{contract_deposit, Engagement},
	Target,
};
use crate::{
	amount::Amount,
	chain::market::{self, Bid, BidTerms, RankedBid},
	commands::{offer::scored, Context},
	error::Error,
	output::{fields, table, Report},
	terminal,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::{cmp::Reverse, fmt};

/// A bid for a job.
#[derive(Debug, Args)]
pub struct BidArgs {
	#[command(flatten)]
	target: Target,

	/// Id of the offer whose resource, SLA and capacity you would use
	#[arg(long, value_name = "OFFER")]
	offer: u64,

	/// What you ask: in all for milestones, for each active block of a stream, for each unit of a
	/// meter
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	price: Amount,

	/// What you put at risk [default: the least that a bid of this price must have]
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	bond: Option<Amount>,

	/// Stay with your bond when another gets the job, and take over when that one fails
	#[arg(long)]
	backup: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Who gets the job.
#[derive(Debug, Args)]
pub struct AssignArgs {
	#[command(flatten)]
	target: Target,

	/// Id of the agent whose bid you take; `aitbc job bids` ranks them
	#[arg(long, value_name = "AGENT")]
	agent: u64,

	/// Refuse any other price than this [default: the one that its bid asks now]
	#[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
	expected: Option<Amount>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Bids for a job.
pub async fn bid(args: BidArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let job = args.target.job;
	let bond = match args.bond {
		Some(bond) => bond,
		None => {
			let bond = market::bid_bond(&block, job, args.price).await?;
			bond.ok_or(Error::JobNotFound(job))?
		},
	};
	let call =
		market::bid(job, BidTerms { offer: args.offer, price: args.price, bond }, args.backup);
	let consequences = Bidding { bond, backup: args.backup };
	context.send_knowing(&chain, &sender, &call, consequences).await
}

/// What bidding takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Bidding {
	/// What is held at risk.
	bond: Amount,
	/// Whether it stays held when another gets the job.
	backup: bool,
}

impl fmt::Display for Bidding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { bond, backup } = self;
		let until = match backup {
			true => "the job ends or you withdraw the bid",
			false => "another gets the job, or you withdraw the bid",
		};
		write!(
			f,
			"bidding holds {bond} as your bond until {until}; if you get the job, until it ends, and \
			 once you have started a due that you miss takes from it"
		)
	}
}

/// Shows the bids, best first.
pub async fn list(job: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let known = found(&block, job).await?;
	let bids = market::rank_bids(&block, job).await?;
	let is_assigned = known.lease().is_some() || known.is_settled();
	let is_empty = bids.is_empty();
	context.print(&BidsReport { job, is_assigned, bids }, Some(block.id))?;
	if is_empty {
		terminal::note(match is_assigned {
			true => "nobody stays as a backup",
			false => "nobody has bid yet",
		});
	}
	Ok(())
}

#[derive(Serialize)]
struct BidsReport {
	job: u64,
	/// Whether somebody has got it, so that these are its backups.
	is_assigned: bool,
	bids: Vec<RankedBid>,
}

impl Report for BidsReport {
	const KIND: &'static str = "job.bids";

	fn text(&self) -> String {
		let rows = self.bids.iter().zip(1..).map(|(ranked, rank): (_, u32)| {
			let (fit, Bid { agent, terms, stays_as_backup, .. }) = (ranked.fit, &ranked.bid);
			let yes = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
			[
				rank.to_string(),
				agent.to_string(),
				terms.price.to_string(),
				terms.bond.to_string(),
				terms.offer.to_string(),
				yes(*stays_as_backup),
				yes(ranked.is_available),
				ranked.score.short(),
				fit.resource.short(),
				fit.performance.short(),
				fit.cost.short(),
				fit.availability.short(),
				fit.bond.short(),
				ranked.reputation.short(),
			]
		});
		let titles = [
			"rank",
			"agent",
			"price",
			"at risk",
			"offer",
			"backup",
			"available",
			"score",
			"resource",
			"performance",
			"cost",
			"availability",
			"bond",
			"reputation",
		];
		let what = if self.is_assigned { "backups" } else { "bids" };
		let head = fields([("job", self.job.to_string()), (what, self.bids.len().to_string())]);
		if self.bids.is_empty() {
			return head;
		}
		format!("{head}\n\n{}", scored(table(titles, rows)))
	}
}

/// Gives the job to a bidder.
pub async fn assign(args: AssignArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let id = args.target.job;
	let job = found(&block, id).await?;
	let live = job.live.as_ref().ok_or(Error::JobSettled(id))?;
	let bids = market::bids(&block, id).await?;
	let bid = bids.iter().find(|bid| bid.agent == args.agent);
	let bid = bid.ok_or(Error::BidNotFound { job: id, agent: args.agent })?;
	let terms = BidTerms { price: args.expected.unwrap_or(bid.terms.price), ..bid.terms };
	let consequences = Engagement {
		agent: args.agent,
		price: terms.price,
		per: live.work.plan.per(live.demand.unit),
		escrow: live.work.plan.cost(live.work.units, terms.price),
		provider_bond: terms.bond,
		deposits: None,
		escrow_deposit: contract_deposit(&block, &live.work, terms.price, terms.bond).await?,
		backups: backups(&bids, args.agent, live.demand.max_backups),
	};
	let call = market::assign(id, args.agent, terms);
	context.send_knowing(&chain, &sender, &call, consequences).await
}

/// The agents that stay as backups when `agent` gets the job, in the order of their turns: those that
/// ask for no more, the dearest first.
fn backups(bids: &[Bid], agent: u64, most: u32) -> Vec<u64> {
	let winner = bids.iter().find(|bid| bid.agent == agent);
	let most_asked = winner.map_or(Amount(0), |winner| winner.terms.price);
	let stays = |bid: &&Bid| bid.stays_as_backup && bid.agent != agent;
	let mut staying: Vec<_> =
		bids.iter().filter(stays).filter(|bid| bid.terms.price <= most_asked).collect();
	staying.sort_by_key(|bid| (Reverse(bid.terms.price), bid.at));
	staying.iter().map(|bid| bid.agent).take(most as usize).collect()
}

#[cfg(test)]
mod tests {
	use super::*;
	use subxt::utils::AccountId32;

	fn bid(agent: u64, price: u128, at: u32, stays_as_backup: bool) -> Bid {
		let terms = BidTerms { offer: agent, price: Amount(price), bond: Amount(1) };
		Bid { agent, account: AccountId32([1; 32]), terms, stays_as_backup, at }
	}

	#[test]
	fn backups_should_be_those_that_stay_and_ask_for_no_more_dearest_first() {
		let bids = [
			bid(1, 5, 1, true),
			bid(2, 9, 1, true),
			bid(3, 7, 3, true),
			bid(4, 7, 2, true),
			bid(5, 1, 1, false),
		];
		assert_eq!(backups(&bids, 2, 3), [4, 3, 1]);
		assert_eq!(backups(&bids, 2, 1), [4]);
		assert_eq!(backups(&bids, 4, 2), [3, 1]);
		assert!(backups(&bids, 5, 2).is_empty());
		assert!(backups(&bids, 2, 0).is_empty());
	}

	#[test]
	fn bidding_should_say_how_long_the_bond_is_held() {
		let bidding = |backup| Bidding { bond: Amount(1), backup }.to_string();
		assert!(bidding(true).contains("until the job ends or you withdraw"));
		assert!(bidding(false).contains("until another gets the job"));
	}
}
