//! `aitbc job submit`: makes a receipt, signs it, and files its hash.

use super::{working::engaged, Target};
use crate::{
	amount::Amount,
	chain::{
		contracts::{Contract, Milestone, Payment, State},
		market::{self, Lease, Live, Work},
		network, Chain,
	},
	commands::{contract::await_final, Context, Foreseen},
	decimal::portion,
	digest::{Hash, HashOrFile},
	error::Error,
	keys::SignerName,
	receipt::{self, AttestationArg},
	terminal,
	transaction::{self, Sent, TransactionArgs, Written},
};
use aitbc_core::{
	receipt::Attestation, AgentId, ContractId, JobId, MilestoneIndex, ReceiptV1, WorkHash,
};
use clap::Args;
use serde::Serialize;
use std::{fmt, fs, path::PathBuf};

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
	let documents = Documents::read(&args)?;
	let chain = context.connect().await?;
	let (receipt, place, contract) = draft(&args, documents, &chain).await?;
	let evidence = receipt::evidence(&receipt);
	let path = args.receipt.unwrap_or_else(|| {
		let suffix = place.unwrap_or(receipt.finished);
		format!("receipt-{}-{suffix}.json", args.target.job).into()
	});
	let filing = Filing { evidence, receipt: path.display().to_string() };
	terminal::note(&filing);
	let call = market::submit_receipt(args.target.job, place, evidence);
	if args.transaction.dry_run {
		return match sender.send(&chain, &call).await? {
			Sent::DryRun(dry_run) => {
				context.print(&Foreseen { dry_run, consequences: filing }, None)
			},
			sent => context.print_sent(sent),
		};
	}
	let (name, key) = match args.wallet_key {
		Some(name) => {
			let key = name.unlock(&folder, &args.transaction.password)?;
			(name, key)
		},
		None => (args.transaction.from.signer()?.clone(), sender.unlock()?.clone()),
	};
	let (signs, wallet) = (key.public_key().to_account_id(), receipt::wallet(&receipt));
	if signs != wallet {
		return Err(Error::NotWalletKey { key: name.to_string(), signs, wallet });
	}
	if contract.started.is_none() {
		await_final(&chain, &contract, context.timeout()).await?;
	}
	// The file comes first: whatever happens on the way, what the chain has the hash of is there.
	receipt::sign(receipt, &key).write_file(&path)?;
	match sender.send(&chain, &call).await {
		Ok(sent) => filed(sent, filing, context),
		Err(error) => {
			let may_be_filed =
				error.may_have_effect() || matches!(error, transaction::Error::Dropped { .. });
			if !may_be_filed && fs::remove_file(&path).is_ok() {
				let Filing { receipt, .. } = filing;
				terminal::note(format!("the receipt is not filed, and `{receipt}` is removed"));
			}
			Err(error.into())
		},
	}
}

/// Writes what became of a receipt that was sent.
fn filed(sent: Sent, filing: Filing, context: &Context) -> Result<(), Error> {
	let Sent::Done { receipt: transaction, .. } = sent else { return context.print_sent(sent) };
	let Filing { evidence, receipt } = filing;
	terminal::note(format!("give `{receipt}` to the client"));
	let written = Written {
		receipt: Some(receipt),
		evidence: Some(evidence),
		transactions: vec![transaction],
		..Written::default()
	};
	context.print(&written, None)
}

/// What a receipt has the hashes of.
struct Documents {
	result: Hash,
	attestations: Vec<Attestation>,
}

impl Documents {
	fn read(args: &SubmitArgs) -> Result<Self, Error> {
		let attestations = args.attestations.iter().cloned().map(AttestationArg::read);
		let attestations = attestations.collect::<Result<_, _>>()?;
		Ok(Self { result: args.result.clone().hash()?, attestations })
	}
}

/// The receipt that `args` describe, the place of its milestone in the plan, and its contract.
async fn draft(
	args: &SubmitArgs,
	documents: Documents,
	chain: &Chain,
) -> Result<(ReceiptV1, Option<u32>, Contract), Error> {
	let block = chain.best().await?;
	let id = args.target.job;
	let (job, lease, contract) = engaged(&block, id).await?;
	let Live { work, demand, .. } = job.live.ok_or(Error::JobSettled(id))?;
	let now = network::active_clock(&block).await?.now;
	let work = Delivered::new(id, &work, &lease, &contract, args.milestone)?;
	let started = args.started.or(contract.started).unwrap_or(now);
	let receipt = ReceiptV1 {
		genesis: chain.genesis_hash(),
		job: JobId(id),
		contract: ContractId(contract.contract),
		milestone: work.milestone.map(MilestoneIndex),
		provider: AgentId(lease.agent),
		wallet: lease.account.0.into(),
		client: contract.client.0.into(),
		unit: demand.unit.into(),
		units: args.units.unwrap_or(work.units),
		unit_price: work.unit_price.0,
		price: work.price.0,
		result: WorkHash(documents.result.0.into()),
		started,
		finished: args.finished.unwrap_or(now.max(started)),
		attestations: documents.attestations,
	};
	receipt::check(&receipt)?;
	Ok((receipt, work.place, contract))
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
	/// What was delivered for the job `id` under `contract`, at the milestone at `place` of the plan.
	fn new(
		id: u64,
		work: &Work,
		lease: &Lease,
		contract: &Contract,
		place: Option<u32>,
	) -> Result<Self, Error> {
		// What all units cost, of which those that are paid for are a part.
		let all = work.units;
		let cost = work.plan.cost(all, lease.price).0;
		let units = |price: Amount| {
			let units = portion(all.into(), price.0, cost);
			u64::try_from(units).unwrap_or(u64::MAX)
		};
		let unit_price = Amount(cost.checked_div(all.into()).unwrap_or(0));
		Ok(match &contract.payment {
			Payment::Milestones(milestones) => {
				let milestone = pending(id, lease, milestones, place)?;
				let price = milestone.amount;
				let place = lease.scope.place_of(milestone.milestone);
				let milestone = Some(milestone.milestone);
				Self { place, milestone, units: units(price), unit_price, price }
			},
			Payment::Stream(stream) => {
				let price = Amount(stream.paid.0.saturating_add(stream.earned.0));
				Self { place: None, milestone: None, units: units(price), unit_price, price }
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
	use crate::{
		chain::{
			contracts::{Meter, Phase, Stream},
			market::{Plan, PlannedMilestone, Scope},
		},
		decimal::Share,
	};
	use subxt::utils::AccountId32;

	/// Ten units by `plan`, of which somebody at `price` does `scope`.
	fn delivered(
		plan: Plan,
		price: u128,
		scope: Scope,
		payment: Payment,
	) -> Result<Delivered, Error> {
		let work = Work {
			specification: "ipfs://work".into(),
			specification_hash: Hash([0; 32]),
			units: 10,
			plan,
			start_within: 10,
			review_period: 20,
		};
		let lease = Lease {
			agent: 3,
			account: AccountId32([2; 32]),
			offer: 4,
			contract: 9,
			price: Amount(price),
			scope,
			units: 10,
			since: 1,
		};
		Delivered::new(7, &work, &lease, &Contract::of(payment), None)
	}

	#[test]
	fn milestones_should_deliver_their_share_of_the_units() {
		let half = PlannedMilestone { share: Share(500_000_000), due_after: 5 };
		let state = State::Pending { split: None };
		// What an earlier lease left: the second half of the plan.
		let left = Milestone { milestone: 0, amount: Amount(50), due: 9, state };
		let plan = Plan::Milestones(vec![half; 2]);
		let payment = Payment::Milestones(vec![left]);
		let delivered = delivered(plan, 100, Scope::Milestones(vec![1]), payment);
		let expected = Delivered {
			place: Some(1),
			milestone: Some(0),
			units: 5,
			unit_price: Amount(10),
			price: Amount(50),
		};
		assert_eq!(delivered.ok(), Some(expected));
	}

	#[test]
	fn streams_should_deliver_what_was_paid_or_earned() {
		let stream = Stream {
			rate: Amount(4),
			until: 99,
			held: Amount(100),
			earned: Amount(20),
			paid: Amount(40),
			fee: Amount(1),
			settled_at: Some(1),
			runs_out_at: None,
			paused_since: None,
			dispute: None,
		};
		// Fifty blocks at 4 are ten units at 20, whatever is held by now.
		let delivered =
			delivered(Plan::Stream(50), 4, Scope::Stream(50), Payment::Stream(stream)).ok();
		let (unit_price, price) = (Amount(20), Amount(60));
		let expected = Delivered { place: None, milestone: None, units: 3, unit_price, price };
		assert_eq!(delivered, Some(expected));
	}

	#[test]
	fn meters_should_deliver_what_was_billed() {
		let signer = AccountId32([1; 32]);
		let meter = Meter {
			unit_price: Amount(7),
			units: 10,
			until: 99,
			signer,
			held: Amount(56),
			billed: 2,
			paid: Amount(14),
			fee: Amount(1),
			sequence: 2,
			phase: Phase::Running,
			vouchers_until: Some(119),
		};
		let plan = Plan::Metered { blocks: 50, signer };
		let delivered = delivered(plan, 7, Scope::Metered(10), Payment::Metered(meter)).ok();
		let (unit_price, price) = (Amount(7), Amount(14));
		let expected = Delivered { place: None, milestone: None, units: 2, unit_price, price };
		assert_eq!(delivered, Some(expected));
	}
}
