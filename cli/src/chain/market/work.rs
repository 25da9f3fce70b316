//! What clients want done, how it is paid for, and how far it has come.

use super::{generated, types, Requirements, Unit};
use crate::{amount::Amount, decimal::Share, digest::Hash};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::{
	aitbc_core::{
		contract::ContractOutcome,
		ids::{TagId, TermsHash},
	},
	bounded_collections::bounded_vec::BoundedVec,
	sp_arithmetic::per_things::Perbill,
};

/// A milestone as planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedMilestone {
	/// What share of the price it pays.
	pub share: Share,
	/// How long after the latest start its work is due, in active blocks.
	pub due_after: u32,
}

/// How a job pays, without saying how much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Plan {
	/// For parts of the work.
	#[serde(rename = "milestones")]
	Milestones(Vec<PlannedMilestone>),
	/// For time: so many active blocks.
	#[serde(rename = "stream_blocks")]
	Stream(u32),
	/// For units that the client has signed for.
	#[serde(rename = "meter")]
	Metered {
		/// For how many active blocks after the latest start the client signs.
		blocks: u32,
		/// Whose signature counts.
		signer: AccountId32,
	},
}

impl Plan {
	/// What a price is for, in words that follow it.
	pub fn per(&self, unit: Unit) -> String {
		match self {
			Self::Milestones(_) => " in all".to_owned(),
			Self::Stream(_) => " for each active block".to_owned(),
			Self::Metered { .. } => format!(" for each {unit}"),
		}
	}

	/// What all of a job of `units` costs at `price`: what the client has to put in.
	pub fn cost(&self, units: u64, price: Amount) -> Amount {
		// What is more than a balance the chain refuses.
		Amount(match self {
			Self::Milestones(_) => price.0,
			Self::Stream(blocks) => price.0.saturating_mul((*blocks).into()),
			Self::Metered { .. } => price.0.saturating_mul(units.into()),
		})
	}
}

/// What is to be done, and how it is paid for.
#[derive(Clone, Debug, Serialize)]
pub struct Work {
	/// Where to read what is to be done.
	pub specification: String,
	/// What it must hash to there.
	pub specification_hash: Hash,
	/// How much of it.
	pub units: u64,
	/// How it is paid for.
	#[serde(flatten)]
	pub plan: Plan,
	/// How long a provider may take to start, in active blocks.
	pub start_within: u32,
	/// How long the client may look at submitted work, in active blocks.
	pub review_period: u32,
}

/// Whom a client looks for.
#[derive(Clone, Debug, Serialize)]
pub struct Demand {
	/// What the provider must offer: the id of a tag.
	pub capability: u32,
	/// What is counted.
	pub unit: Unit,
	/// What else the provider must have.
	pub requirements: Requirements,
	/// The most that a bid may ask.
	pub price_limit: Amount,
	/// How many other bids stay as backups.
	pub max_backups: u32,
}

/// How long a job waits for bids, and for its client's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Window {
	/// The last active block at which bids are taken.
	pub bids_until: u32,
	/// The last active block at which the client may assign the job.
	pub assign_by: u32,
}

/// What is held on a client for the storage of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Deposits {
	/// Comes back when the job ends.
	pub job: Amount,
	/// Comes back when what is kept of the settled job is forgotten.
	pub record: Amount,
}

impl Deposits {
	/// Both together.
	pub fn total(&self) -> Amount {
		Amount(self.job.0.saturating_add(self.record.0))
	}
}

/// What of a job somebody does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Scope {
	/// These milestones of the plan; their places here are those of the contract's milestones.
	#[serde(rename = "plan_milestones")]
	Milestones(Vec<u32>),
	/// So many active blocks.
	#[serde(rename = "stream_blocks")]
	Stream(u32),
	/// So many units.
	#[serde(rename = "metered_units")]
	Metered(u64),
}

impl Scope {
	/// Where the contract has the milestone that the plan has at `place`.
	pub fn milestone_of(&self, place: u32) -> Option<u32> {
		let Self::Milestones(places) = self else { return None };
		let position = places.iter().position(|one| *one == place)?;
		u32::try_from(position).ok()
	}

	/// Where the plan has the milestone that the contract has at `milestone`.
	pub fn place_of(&self, milestone: u32) -> Option<u32> {
		let Self::Milestones(places) = self else { return None };
		places.get(milestone as usize).copied()
	}
}

/// Who does a job now.
#[derive(Clone, Debug, Serialize)]
pub struct Lease {
	/// The agent.
	pub agent: u64,
	/// The wallet under which it works and is paid.
	pub account: AccountId32,
	/// The offer whose capacity it uses.
	pub offer: u64,
	/// The escrow contract that holds the money.
	pub contract: u64,
	/// What it costs, as its bid said.
	pub price: Amount,
	/// What it does of the job.
	pub scope: Scope,
	/// How many units of the offer's capacity it takes.
	pub units: u64,
	/// When it began, in active blocks.
	pub since: u32,
}

/// How a contract ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
	/// It was never funded.
	Cancelled,
	/// The provider was paid all that was put in.
	Completed,
	/// The provider was paid a part, the client got back the rest.
	Partial,
	/// The client got back everything.
	Refunded,
}

impl fmt::Display for Outcome {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Cancelled => "cancelled",
			Self::Completed => "completed",
			Self::Partial => "partial",
			Self::Refunded => "refunded",
		})
	}
}

/// Who had a job, and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct PastLease {
	/// The agent.
	pub agent: u64,
	/// The wallet under which it worked.
	pub account: AccountId32,
	/// The escrow contract, which is closed.
	pub contract: u64,
	/// How the contract ended.
	pub outcome: Outcome,
	/// What the client paid for it, the fee included.
	pub released: Amount,
	/// What went back to the client.
	pub refunded: Amount,
}

/// What a provider showed for its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FiledReceipt {
	/// The contract under which it worked.
	pub contract: u64,
	/// Which of the contract's milestones.
	pub milestone: Option<u32>,
	/// The receipt's hash.
	pub evidence: Hash,
}

/// What a provider failed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
	/// It did not start in time.
	StartMissed,
	/// It did not submit a milestone in time.
	DueMissed,
}

impl fmt::Display for Failure {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::StartMissed => "its latest start passed without a start",
			Self::DueMissed => "a due passed without a submission",
		})
	}
}

/// How far a job has come.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Stage {
	/// It waits for bids, and for its client's decision.
	Bidding {
		/// For how long.
		#[serde(flatten)]
		window: Window,
	},
	/// Its provider has not started.
	Assigned {
		/// From the active block after this on, anybody may report that it has not.
		start_by: u32,
	},
	/// Its provider is at work.
	Running {
		/// Since when, in active blocks.
		since: u32,
	},
	/// Submitted work awaits its client's review, or a dispute its ruling.
	UnderReview,
	/// It ended.
	Settled {
		/// How.
		outcome: Outcome,
		/// What the client paid in all, fees included.
		paid: Amount,
		/// When, in active blocks.
		settled_at: u32,
		/// What is held on the client until what is kept of it is forgotten.
		deposit: Amount,
	},
}

impl fmt::Display for Stage {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Bidding { .. } => "bidding",
			Self::Assigned { .. } => "assigned",
			Self::Running { .. } => "running",
			Self::UnderReview => "under-review",
			Self::Settled { .. } => "settled",
		})
	}
}

/// A job that has not ended.
#[derive(Clone, Debug, Serialize)]
pub struct Live {
	/// What is to be done.
	#[serde(flatten)]
	pub work: Work,
	/// Whom the client looks for.
	#[serde(flatten)]
	pub demand: Demand,
	/// What is held on the client for storage.
	pub deposits: Deposits,
	/// Who does it now.
	pub lease: Option<Lease>,
	/// What anybody may report now.
	pub reportable: Option<Failure>,
	/// How many bids it has, or backups once it is assigned.
	pub bids: u32,
}

impl Live {
	/// A job of ten units for tests, that pays at most 30 by `plan` and waits for bids.
	#[cfg(test)]
	pub fn of(plan: Plan) -> Self {
		use super::{Resource, Sla};

		let work = Work {
			specification: "ipfs://work".into(),
			specification_hash: Hash([0; 32]),
			units: 10,
			plan,
			start_within: 10,
			review_period: 20,
		};
		let sla = Sla { latency_ms: u32::MAX, availability: Share(0) };
		let min_reputation = Share(0);
		let demand = Demand {
			capability: 1,
			unit: Unit::Hour,
			requirements: Requirements { resource: Resource::default(), sla, min_reputation },
			price_limit: Amount(30),
			max_backups: 1,
		};
		let deposits = Deposits { job: Amount(1), record: Amount(2) };
		Self { work, demand, deposits, lease: None, reportable: None, bids: 0 }
	}
}

/// A job that is not forgotten.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
	/// Its id.
	pub job: u64,
	/// Who pays.
	pub client: AccountId32,
	/// How far it has come.
	#[serde(flatten)]
	pub stage: Stage,
	/// What is known only until it ends.
	#[serde(flatten)]
	pub live: Option<Live>,
	/// Who had it, in their order.
	pub past: Vec<PastLease>,
	/// What they showed for their work.
	pub receipts: Vec<FiledReceipt>,
}

impl Job {
	/// Who does it now, if anybody does.
	pub fn lease(&self) -> Option<&Lease> {
		self.live.as_ref()?.lease.as_ref()
	}

	/// Whether somebody had it and it ended.
	pub fn is_settled(&self) -> bool {
		matches!(self.stage, Stage::Settled { .. })
	}
}

/// Some jobs, and where the list goes on.
#[derive(Clone, Debug, Serialize)]
pub struct JobPage {
	/// The jobs, by their ids.
	pub jobs: Vec<Job>,
	/// Where the list goes on, if there are more: the last one in the order of storage.
	pub next: Option<u64>,
}

impl From<&Work> for generated::job::WorkTerms<AccountId32, Vec<u8>> {
	fn from(work: &Work) -> Self {
		Self {
			specification: generated::job::Specification {
				uri: work.specification.clone().into_bytes(),
				hash: TermsHash(work.specification_hash.0.into()),
			},
			units: work.units,
			payment: (&work.plan).into(),
			start_within: work.start_within,
			review_period: work.review_period,
		}
	}
}

impl From<&Plan> for generated::plan::PaymentPlan<AccountId32> {
	fn from(plan: &Plan) -> Self {
		match plan {
			Plan::Milestones(list) => {
				let list = list.iter().map(|one| generated::plan::MilestonePlan {
					share: Perbill(one.share.0),
					due_after: one.due_after,
				});
				Self::Milestones(BoundedVec(list.collect()))
			},
			Plan::Stream(blocks) => Self::Stream { blocks: *blocks },
			Plan::Metered { blocks, signer } => Self::Metered { blocks: *blocks, signer: *signer },
		}
	}
}

impl From<generated::plan::PaymentPlan<AccountId32>> for Plan {
	fn from(plan: generated::plan::PaymentPlan<AccountId32>) -> Self {
		use generated::plan::PaymentPlan as Generated;
		match plan {
			Generated::Milestones(list) => {
				let list = list.0.into_iter().map(|one| PlannedMilestone {
					share: Share(one.share.0),
					due_after: one.due_after,
				});
				Self::Milestones(list.collect())
			},
			Generated::Stream { blocks } => Self::Stream(blocks),
			Generated::Metered { blocks, signer } => Self::Metered { blocks, signer },
		}
	}
}

impl From<generated::job::WorkTerms<AccountId32, Vec<u8>>> for Work {
	fn from(work: generated::job::WorkTerms<AccountId32, Vec<u8>>) -> Self {
		Self {
			specification: String::from_utf8_lossy(&work.specification.uri).into_owned(),
			specification_hash: Hash(work.specification.hash.0 .0),
			units: work.units,
			plan: work.payment.into(),
			start_within: work.start_within,
			review_period: work.review_period,
		}
	}
}

impl From<&Demand> for generated::job::Demand {
	fn from(demand: &Demand) -> Self {
		Self {
			capability: TagId(demand.capability),
			unit: demand.unit.into(),
			requirements: (&demand.requirements).into(),
			price_limit: demand.price_limit.0,
			max_backups: demand.max_backups,
		}
	}
}

impl From<generated::job::Demand> for Demand {
	fn from(demand: generated::job::Demand) -> Self {
		Self {
			capability: demand.capability.0,
			unit: demand.unit.into(),
			requirements: demand.requirements.into(),
			price_limit: Amount(demand.price_limit),
			max_backups: demand.max_backups,
		}
	}
}

impl From<generated::job::JobDeposits> for Deposits {
	fn from(deposits: generated::job::JobDeposits) -> Self {
		Self { job: Amount(deposits.job), record: Amount(deposits.record) }
	}
}

impl From<generated::plan::Scope> for Scope {
	fn from(scope: generated::plan::Scope) -> Self {
		use generated::plan::Scope as Generated;
		match scope {
			Generated::Milestones(list) => {
				Self::Milestones(list.0.into_iter().map(|place| place.0).collect())
			},
			Generated::Stream { blocks } => Self::Stream(blocks),
			Generated::Metered { units } => Self::Metered(units),
		}
	}
}

impl From<generated::job::Lease<AccountId32>> for Lease {
	fn from(lease: generated::job::Lease<AccountId32>) -> Self {
		Self {
			agent: lease.agent.0,
			account: lease.account,
			offer: lease.offer.0,
			contract: lease.contract.0,
			price: Amount(lease.price),
			scope: lease.scope.into(),
			units: lease.units,
			since: lease.since,
		}
	}
}

impl From<ContractOutcome> for Outcome {
	fn from(outcome: ContractOutcome) -> Self {
		match outcome {
			ContractOutcome::Cancelled => Self::Cancelled,
			ContractOutcome::Completed => Self::Completed,
			ContractOutcome::Partial => Self::Partial,
			ContractOutcome::Refunded => Self::Refunded,
		}
	}
}

impl From<generated::record::JobOutcome> for Outcome {
	fn from(outcome: generated::record::JobOutcome) -> Self {
		use generated::record::JobOutcome as Generated;
		match outcome {
			Generated::Completed => Self::Completed,
			Generated::Partial => Self::Partial,
			Generated::Refunded => Self::Refunded,
		}
	}
}

impl From<generated::record::PastLease<AccountId32>> for PastLease {
	fn from(past: generated::record::PastLease<AccountId32>) -> Self {
		Self {
			agent: past.agent.0,
			account: past.account,
			contract: past.contract.0,
			outcome: past.outcome.into(),
			released: Amount(past.released),
			refunded: Amount(past.refunded),
		}
	}
}

impl From<generated::record::WorkReceipt> for FiledReceipt {
	fn from(receipt: generated::record::WorkReceipt) -> Self {
		Self {
			contract: receipt.contract.0,
			milestone: receipt.milestone.map(|milestone| milestone.0),
			evidence: Hash(receipt.evidence.0 .0),
		}
	}
}

impl From<generated::info::JobInfo<AccountId32>> for Job {
	fn from(info: generated::info::JobInfo<AccountId32>) -> Self {
		use generated::info::JobRecord;
		let id = info.job.0;
		match info.record {
			JobRecord::Live { job, stage, reportable, bids } => {
				Self::live(id, job, stage, reportable, bids)
			},
			JobRecord::Settled(settled) => Self::settled(id, settled),
		}
	}
}

impl Job {
	fn live(
		id: u64,
		job: generated::job::Job<AccountId32, Vec<u8>>,
		stage: generated::info::JobStage,
		reportable: Option<generated::job::LeaseEnd>,
		bids: u32,
	) -> Self {
		use generated::{info::JobStage, job::JobState, job::LeaseEnd};
		let reportable = reportable.and_then(|end| match end {
			LeaseEnd::StartMissed => Some(Failure::StartMissed),
			LeaseEnd::DueMissed => Some(Failure::DueMissed),
			LeaseEnd::Closed | LeaseEnd::GivenUp => None,
		});
		let (lease, stage) = match (job.state, stage) {
			(JobState::Bidding(window), _) => {
				let window = Window { bids_until: window.until, assign_by: window.assign_by };
				(None, Stage::Bidding { window })
			},
			(JobState::Assigned { lease, .. }, JobStage::Running { since }) => {
				(Some(lease), Stage::Running { since })
			},
			(JobState::Assigned { lease, .. }, JobStage::UnderReview) => {
				(Some(lease), Stage::UnderReview)
			},
			(JobState::Assigned { lease, start_by }, _) => {
				(Some(lease), Stage::Assigned { start_by })
			},
			// Only within a call, so that nobody ever reads it.
			(JobState::Reassigning { lease, .. }, _) => (Some(lease), Stage::UnderReview),
		};
		let live = Live {
			work: job.work.into(),
			demand: job.demand.into(),
			deposits: job.deposits.into(),
			lease: lease.map(Lease::from),
			reportable,
			bids,
		};
		Self {
			job: id,
			client: job.client,
			stage,
			live: Some(live),
			past: job.past.0.into_iter().map(PastLease::from).collect(),
			receipts: job.receipts.0.into_iter().map(FiledReceipt::from).collect(),
		}
	}

	fn settled(id: u64, settled: generated::record::SettledJob<AccountId32>) -> Self {
		let past: Vec<_> = settled.leases.0.into_iter().map(PastLease::from).collect();
		let paid = past.iter().fold(0, |sum: u128, one| sum.saturating_add(one.released.0));
		let stage = Stage::Settled {
			outcome: settled.outcome.into(),
			paid: Amount(paid),
			settled_at: settled.settled_at,
			deposit: Amount(settled.deposit),
		};
		Self {
			job: id,
			client: settled.client,
			stage,
			live: None,
			past,
			receipts: settled.receipts.0.into_iter().map(FiledReceipt::from).collect(),
		}
	}
}
