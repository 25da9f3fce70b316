//! `aitbc job submit`: makes a receipt, signs it, and files its hash.

use super::{
	found,
	working::{engaged, lease_of},
	Target,
};
use crate::{
	amount::Amount,
	chain::{
		contracts::{Contract, Milestone, Payment, State},
		market::{self, Job, Lease},
		network,
	},
	commands::{Context, Foreseen},
	decimal::PARTS,
	digest::{Hash, HashOrFile},
	error::Error,
	keys::SignerName,
	receipt::{self, AttestationArg},
	terminal,
	transaction::{Sent, TransactionArgs, Written},
};
use aitbc_core::{AgentId, ContractId, JobId, MilestoneIndex, ReceiptV1, WorkHash};
use clap::Args;
use serde::Serialize;
use std::{fmt, path::PathBuf};

/// What was done.
#[derive(Debug, Args)]
pub struct SubmitArgs {
	#[command(flatten)]
	target: Target,

	/// Place of the milestone in the job's plan, counted from 0 [default: the only one that is
	/// pending]
	#[arg(long, value_name = "INDEX")]
	milestone: Option<u32>,

	/// Hash of the result, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	result: HashOrFile,

	/// How many units were delivered [default: the milestone's share of the job's; of a stream or a
	/// meter those that are paid or earned]
	#[arg(long, value_name = "COUNT")]
	units: Option<u64>,

	/// When the work began, as an active block [default: when you started]
	#[arg(long, value_name = "BLOCK")]
	started: Option<u32>,

	/// When it ended, as an active block [default: now]
	#[arg(long, value_name = "BLOCK")]
	finished: Option<u32>,

	/// What backs the receipt: a kind (enclave, measurement, validation, other) and a hash or a
	/// file, as "measurement=log.txt"; may be repeated
	#[arg(long = "attestation", value_name = "KIND=HASH_OR_FILE")]
	attestations: Vec<AttestationArg>,

	/// Where to write the receipt [default: receipt-JOB-MILESTONE.json, or receipt-JOB-BLOCK.json]
	#[arg(long, value_name = "FILE")]
	receipt: Option<PathBuf>,

	/// The wallet's key, which signs the receipt [default: the sender's]
	#[arg(long, value_name = "KEY")]
	wallet_key: Option<SignerName>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Makes a receipt and files it.
pub async fn run(args: SubmitArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	let sender = context.sender(&args.transaction)?;
	let attestations = args.attestations.iter().cloned().map(AttestationArg::read);
	let attestations = attestations.collect::<Result<Vec<_>, _>>()?;
	let result = args.result.clone().hash()?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let id = args.target.job;
	let job = found(&block, id).await?;
	lease_of(&job)?;
	let (lease, contract) = engaged(&block, id).await?;
	let now = network::active_clock(&block).await?.now;
	let work = Delivered::new(&job, &lease, &contract, args.milestone)?;
	let started = args.started.or(contract.started).unwrap_or(now);
	let receipt = ReceiptV1 {
		genesis: chain.genesis_hash(),
		job: JobId(id),
		contract: ContractId(contract.contract),
		milestone: work.milestone.map(MilestoneIndex),
		provider: AgentId(lease.agent),
		wallet: lease.account.0.into(),
		client: contract.client.0.into(),
		unit: job.live.as_ref().map_or(aitbc_core::Unit::Request, |live| live.demand.unit.into()),
		units: args.units.unwrap_or(work.units),
		unit_price: work.unit_price.0,
		price: work.price.0,
		result: WorkHash(result.0.into()),
		started,
		finished: args.finished.unwrap_or(now.max(started)),
		attestations,
	};
	receipt::check(&receipt)?;
	let evidence = receipt::evidence(&receipt);
	let suffix = work.place.unwrap_or(receipt.finished);
	let path = args.receipt.unwrap_or_else(|| format!("receipt-{id}-{suffix}.json").into());
	let consequences = Filing { evidence, receipt: path.display().to_string() };
	terminal::note(&consequences);
	let call = market::submit_receipt(id, work.place, evidence);
	if args.transaction.dry_run {
		return match sender.send(&chain, &call).await? {
			Sent::DryRun(dry_run) => context.print(&Foreseen { dry_run, consequences }, None),
			sent => context.print_sent(sent),
		};
	}
	let key = match &args.wallet_key {
		Some(key) => key.unlock(&folder, &args.transaction.password)?,
		None => sender.unlock()?.clone(),
	};
	let signs = key.public_key().to_account_id();
	if signs != lease.account {
		let key = args.wallet_key.unwrap_or(args.transaction.from.clone()).to_string();
		return Err(Error::NotWalletKey { key, signs, wallet: lease.account });
	}
	receipt::sign(receipt, &key).write_file(&path)?;
	match sender.send(&chain, &call).await {
		Ok(Sent::Done { receipt: transaction, .. }) => {
			terminal::note(format!("give `{}` to the client", consequences.receipt));
			let written = Written {
				receipt: Some(consequences.receipt),
				evidence: Some(evidence),
				transactions: vec![transaction],
				..Written::default()
			};
			context.print(&written, None)
		},
		Ok(sent) => context.print_sent(sent),
		Err(error) => {
			if !error.may_have_effect() && std::fs::remove_file(&path).is_ok() {
				terminal::note(format!(
					"the receipt is not filed, and `{}` is removed",
					path.display()
				));
			}
			Err(error.into())
		},
	}
}

/// What is filed.
#[derive(Clone, Debug, Serialize)]
struct Filing {
	/// The receipt's hash.
	evidence: Hash,
	/// The file it is written to.
	receipt: String,
}

impl fmt::Display for Filing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { evidence, receipt } = self;
		write!(f, "the receipt goes to `{receipt}`, and its hash {evidence} to the chain")
	}
}

/// What a receipt says was delivered, where nothing else is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Delivered {
	/// The place of the milestone in the plan.
	place: Option<u32>,
	/// The same in the contract.
	milestone: Option<u32>,
	units: u64,
	unit_price: Amount,
	price: Amount,
}

impl Delivered {
	/// What was delivered for `job` under `contract`, at the milestone at `place` of the plan.
	fn new(
		job: &Job,
		lease: &Lease,
		contract: &Contract,
		place: Option<u32>,
	) -> Result<Self, Error> {
		let all = job.live.as_ref().map_or(0, |live| live.work.units);
		let total = contract.total.0;
		// What all units cost, of which those that are paid for are a part.
		let part = |price: u128| portion(all, price, total);
		let unit_price = |price: u128| Amount(price.checked_div(all.into()).unwrap_or(0));
		Ok(match &contract.payment {
			Payment::Milestones(milestones) => {
				let milestone = pending(job.job, lease, milestones, place)?;
				let place = lease.scope.place_of(milestone.milestone);
				Self {
					place,
					milestone: Some(milestone.milestone),
					units: portion(all, milestone.amount.0, lease.price.0),
					unit_price: unit_price(lease.price.0),
					price: milestone.amount,
				}
			},
			Payment::Stream(stream) => {
				let price = Amount(stream.paid.0.saturating_add(stream.earned.0));
				let units = part(price.0);
				let unit_price = unit_price(total);
				Self { place: None, milestone: None, units, unit_price, price }
			},
			Payment::Metered(meter) => Self {
				place: None,
				milestone: None,
				units: meter.billed,
				unit_price: meter.unit_price,
				price: meter.paid,
			},
		})
	}
}

/// The part of `units` that `price` is of `total`, rounded down.
fn portion(units: u64, price: u128, total: u128) -> u64 {
	// Shares of a billion are fine enough, and keep every product in bounds.
	let parts = u128::from(PARTS);
	let (price, total) =
		if total > u128::MAX / parts { (price / parts, total / parts) } else { (price, total) };
	let share = (price.min(total) * parts).checked_div(total).unwrap_or(0);
	let part = u128::from(units).saturating_mul(share) / parts;
	u64::try_from(part).unwrap_or(units)
}

/// The milestone that the plan has at `place`, or else the only one that is pending.
fn pending<'a>(
	job: u64,
	lease: &Lease,
	milestones: &'a [Milestone],
	place: Option<u32>,
) -> Result<&'a Milestone, Error> {
	if let Some(place) = place {
		let position = lease.scope.milestone_of(place);
		let milestone = milestones.iter().find(|one| Some(one.milestone) == position);
		return milestone.ok_or(Error::PlannedMilestoneNotFound { job, place });
	}
	let mut pending = milestones.iter().filter(|one| matches!(one.state, State::Pending { .. }));
	match (pending.next(), pending.next()) {
		(Some(only), None) => Ok(only),
		(None, _) => Err(Error::NothingPending(job)),
		(Some(_), Some(_)) => Err(Error::SeveralPending(job)),
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn units_should_follow_the_price() {
		assert_eq!(portion(100, 40, 100), 40);
		assert_eq!(portion(100, 100, 100), 100);
		assert_eq!(portion(10, 1, 3), 3);
		assert_eq!(portion(10, 1, 0), 0);
		assert_eq!(portion(u64::MAX, u128::MAX, u128::MAX), u64::MAX);
		assert_eq!(portion(100, u128::MAX / 2, u128::MAX), 49, "rounded down");
	}
}
