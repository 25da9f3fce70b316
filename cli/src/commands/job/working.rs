//! `aitbc job start`, `accept` and `complete`: from the lease to the money.

use super::{found, Target};
use crate::{
	chain::{
		contracts::{self, Contract, Payment, State},
		market::{self, Job, Lease},
		network, parameters, Block, Call,
	},
	commands::{
		contract::await_final,
		payout::{Failing, Payout},
		Context,
	},
	error::Error,
	transaction::TransactionArgs,
};
use clap::Args;

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
	let (_, _, contract) = engaged(&chain.best().await?, id).await?;
	if !args.transaction.sends_nothing() {
		await_final(&chain, &contract, context.timeout()).await?;
	}
	context.send_to(&chain, &sender, &market::start_job(id)).await
}

/// Pays submitted work.
pub async fn accept(args: MilestoneArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let id = args.target.job;
	let (_, lease, contract) = engaged(&chain.best().await?, id).await?;
	let milestone = chosen(id, &lease, &contract, args.milestone)?;
	let call = contracts::release(contract.contract, milestone);
	match Payout::of_release(&contract, milestone) {
		Some(payout) => context.send_knowing(&chain, &sender, &call, payout).await,
		None => context.send_to(&chain, &sender, &call).await,
	}
}

/// Has earned work paid.
pub async fn complete(args: MilestoneArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let id = args.target.job;
	let (_, lease, contract) = engaged(&block, id).await?;
	if let Payment::Stream(_) = &contract.payment {
		let now = network::active_clock(&block).await?.now;
		let call = contracts::settle_stream(contract.contract);
		return match Payout::of_stream(&contract, now) {
			Some(payout) => context.send_knowing(&chain, &sender, &call, payout).await,
			None => context.send_to(&chain, &sender, &call).await,
		};
	}
	let milestone = chosen(id, &lease, &contract, args.milestone)?;
	let call = contracts::settle(contract.contract, milestone);
	match Payout::of_release(&contract, milestone) {
		Some(payout) => context.send_knowing(&chain, &sender, &call, payout).await,
		None => context.send_to(&chain, &sender, &call).await,
	}
}

/// Ends a lease because its provider failed, with the call that `make` makes of the job's id.
pub async fn fail<C: Call>(
	job: u64,
	args: &TransactionArgs,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let (known, _, contract) = engaged(&block, job).await?;
	let backups = known.live.map_or(0, |live| live.bids);
	let now = network::active_clock(&block).await?.now;
	let slash = parameters::missed_slash(&block).await?;
	let call = make(job);
	match Failing::new(&contract, backups, slash, now) {
		Some(failing) => context.send_knowing(&chain, &sender, &call, failing).await,
		None => context.send_to(&chain, &sender, &call).await,
	}
}

/// Who does the job.
fn lease_of(job: &Job) -> Result<&Lease, Error> {
	if job.is_settled() {
		return Err(Error::JobSettled(job.job));
	}
	job.lease().ok_or(Error::JobNotAssigned(job.job))
}

/// A job that somebody does, who that is, and the contract that pays for it.
pub async fn engaged(block: &Block, id: u64) -> Result<(Job, Lease, Contract), Error> {
	let job = found(block, id).await?;
	let lease = lease_of(&job)?.clone();
	let contract = contracts::contract(block, lease.contract).await?;
	let contract = contract.ok_or(Error::ContractNotFound(lease.contract))?;
	Ok((job, lease, contract))
}

/// Where the contract has the milestone that the plan has at `place`, or else the only one that is
/// submitted.
fn chosen(job: u64, lease: &Lease, contract: &Contract, place: Option<u32>) -> Result<u32, Error> {
	let milestones = match &contract.payment {
		Payment::Milestones(milestones) => milestones,
		Payment::Stream(_) => return Err(Error::PaidByTime { job, contract: contract.contract }),
		Payment::Metered(_) => {
			return Err(Error::PaidByVouchers { job, contract: contract.contract })
		},
	};
	if let Some(place) = place {
		let milestone = lease.scope.milestone_of(place);
		return milestone.ok_or(Error::PlannedMilestoneNotFound { job, place });
	}
	let mut submitted =
		milestones.iter().filter(|one| matches!(one.state, State::Submitted { .. }));
	match (submitted.next(), submitted.next()) {
		(Some(only), None) => Ok(only.milestone),
		(None, _) => Err(Error::NothingSubmitted(job)),
		(Some(_), Some(_)) => Err(Error::SeveralSubmitted(job)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		amount::Amount,
		chain::{contracts::Milestone, market::Scope},
		digest::Hash,
	};
	use subxt::utils::AccountId32;

	/// Of a job whose provider does the milestones 1 and 2 of the plan, those submitted that are said
	/// to be: the one to pay when the user names `place`.
	fn paid(is_submitted: [bool; 2], place: Option<u32>) -> Result<u32, String> {
		let state = |is_submitted| match is_submitted {
			false => State::Pending { split: None },
			true => State::Submitted {
				submitted_at: 5,
				evidence: Hash([4; 32]),
				approved_by: Vec::new(),
				split: None,
			},
		};
		let milestones = (0..).zip(is_submitted).map(|(milestone, is_submitted)| Milestone {
			milestone,
			amount: Amount(1),
			due: 9,
			state: state(is_submitted),
		});
		let lease = Lease {
			agent: 3,
			account: AccountId32([2; 32]),
			offer: 4,
			contract: 9,
			price: Amount(3),
			scope: Scope::Milestones(vec![1, 2]),
			units: 1,
			since: 1,
		};
		let contract = Contract::of(Payment::Milestones(milestones.collect()));
		chosen(7, &lease, &contract, place).map_err(|error| error.to_string())
	}

	#[test]
	fn milestones_should_be_named_by_their_place_in_the_plan() {
		assert_eq!(paid([true, true], Some(2)), Ok(1));
		let none = paid([true, true], Some(0)).expect_err("an earlier lease concluded it");
		assert!(none.contains("who has job 7 does no milestone 0"), "{none}");
	}

	#[test]
	fn only_submitted_milestone_should_need_no_name() {
		assert_eq!(paid([false, true], None), Ok(1));
		let several = paid([true, true], None).expect_err("there are two");
		assert!(several.contains("name one with `--milestone`"), "{several}");
		let none = paid([false, false], None).expect_err("there is none");
		assert!(none.contains("nothing of job 7 is submitted"), "{none}");
	}
}
