//! `aitbc job start`, `accept` and `complete`: from the lease to the money.

use super::{found, Target};
use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Contract, Milestone, Payment, State},
		market::{self, Job, Lease},
		Block, Chain,
	},
	commands::Context,
	error::Error,
	terminal::Spinner,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;

/// Which job to start.
#[derive(Debug, Args)]
pub struct StartArgs {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which work to pay.
#[derive(Debug, Args)]
pub struct MilestoneArgs {
	#[command(flatten)]
	target: Target,

	/// Place of the milestone in the job's plan, counted from 0 [default: the one that is submitted]
	#[arg(long, value_name = "INDEX")]
	milestone: Option<u32>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Starts, once nothing can take the money back any more.
pub async fn start(args: StartArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let id = args.target.job;
	let job = found(&chain.best().await?, id).await?;
	let contract = lease_of(&job)?.contract;
	if !args.transaction.dry_run {
		let timeout = context.timeout();
		let waited = tokio::time::timeout(timeout.0, await_final(&chain, id, contract)).await;
		waited.map_err(|_| Error::NotFinal { job: id, contract, timeout })??;
	}
	context.send_to(&chain, &sender, &market::start_job(id)).await
}

/// Waits until a finalized block has the contract's money.
async fn await_final(chain: &Chain, job: u64, contract: u64) -> Result<(), Error> {
	let mut heads = chain.finalized_heads().await?;
	let mut spinner = None;
	loop {
		let funded = contracts::contract(&chain.finalized().await?, contract).await?;
		if funded.is_some_and(|one| one.job == Some(job) && one.funded_since.is_some()) {
			return Ok(());
		}
		spinner.get_or_insert_with(|| {
			Spinner::start(format!(
				"waiting until the block is final that funded contract {contract}"
			))
		});
		heads.next().await?;
	}
}

/// Pays submitted work.
pub async fn accept(args: MilestoneArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let id = args.target.job;
	let (lease, contract) = engaged(&chain.best().await?, id).await?;
	let milestone = chosen(id, &lease, &contract, args.milestone)?;
	let fee = fee_on(milestone.amount, contract.fee_share);
	let consequences = Acceptance { amount: milestone.amount, fee };
	let call = contracts::release(contract.contract, milestone.milestone);
	context.send_knowing(&chain, &sender, &call, consequences).await
}

/// The protocol's share of `amount`, rounded up as the chain does.
fn fee_on(amount: Amount, share: crate::decimal::Share) -> Amount {
	let parts = u128::from(crate::decimal::PARTS);
	let (whole, rest) = (amount.0 / parts, amount.0 % parts);
	let share = u128::from(share.0);
	Amount(whole.saturating_mul(share).saturating_add((rest * share).div_ceil(parts)))
}

/// What accepting work takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Acceptance {
	/// What goes to the provider, the fee included.
	amount: Amount,
	/// What of it is the protocol's.
	fee: Amount,
}

impl fmt::Display for Acceptance {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { amount, fee } = self;
		write!(f, "accepting pays {amount} out of escrow for good, {fee} of it as fee")
	}
}

/// Has earned work paid.
pub async fn complete(args: MilestoneArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let id = args.target.job;
	let (lease, contract) = engaged(&chain.best().await?, id).await?;
	match &contract.payment {
		Payment::Milestones(_) => {
			let milestone = chosen(id, &lease, &contract, args.milestone)?;
			let call = contracts::settle(contract.contract, milestone.milestone);
			context.send_to(&chain, &sender, &call).await
		},
		Payment::Stream(_) => {
			context.send_to(&chain, &sender, &contracts::settle_stream(contract.contract)).await
		},
		Payment::Metered(_) => Err(Error::PaidByVouchers { job: id, contract: contract.contract }),
	}
}

/// Who does the job.
pub fn lease_of(job: &Job) -> Result<&Lease, Error> {
	if job.is_settled() {
		return Err(Error::JobSettled(job.job));
	}
	job.lease().ok_or(Error::JobNotAssigned(job.job))
}

/// Who does the job, and the contract that pays for it.
pub async fn engaged(block: &Block, id: u64) -> Result<(Lease, Contract), Error> {
	let job = found(block, id).await?;
	let lease = lease_of(&job)?.clone();
	let contract = contracts::contract(block, lease.contract).await?;
	let contract = contract.ok_or(Error::ContractNotFound(lease.contract))?;
	Ok((lease, contract))
}

/// The milestone that the plan has at `place`, or else the only one that is submitted.
fn chosen(
	job: u64,
	lease: &Lease,
	contract: &Contract,
	place: Option<u32>,
) -> Result<Milestone, Error> {
	let milestones = match &contract.payment {
		Payment::Milestones(milestones) => milestones,
		Payment::Stream(_) => return Err(Error::PaidByTime { job, contract: contract.contract }),
		Payment::Metered(_) => {
			return Err(Error::PaidByVouchers { job, contract: contract.contract })
		},
	};
	if let Some(place) = place {
		let position = lease.scope.milestone_of(place);
		let milestone = milestones.iter().find(|one| Some(one.milestone) == position);
		return milestone.cloned().ok_or(Error::PlannedMilestoneNotFound { job, place });
	}
	let mut submitted =
		milestones.iter().filter(|one| matches!(one.state, State::Submitted { .. }));
	match (submitted.next(), submitted.next()) {
		(Some(only), None) => Ok(only.clone()),
		(None, _) => Err(Error::NothingSubmitted(job)),
		(Some(_), Some(_)) => Err(Error::SeveralSubmitted(job)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::decimal::Share;

	#[test]
	fn fees_should_be_rounded_up() {
		let share = Share(25_000_000);
		for (amount, fee) in [(0, 0), (1, 1), (40, 1), (41, 2), (1_000_000_000_000, 25_000_000_000)]
		{
			assert_eq!(fee_on(Amount(amount), share), Amount(fee), "{amount}");
		}
		assert_eq!(fee_on(Amount(u128::MAX), Share(1_000_000_000)), Amount(u128::MAX));
	}
}
