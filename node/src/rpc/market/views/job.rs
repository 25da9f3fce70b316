//! Jobs, who has them, and what was shown for the work.

use super::money::JobDeposits;
use crate::rpc::{
	accounts::Accounts,
	format::{Plancks, Quantity},
	market::terms::{resource::Requirements, work::Work},
};
use aitbc_core::{
	AgentId, ContractId, ContractOutcome, EvidenceHash, JobId, OfferId, TagId, TermsHash, Unit,
};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_market::types as chain;
use serde::Serialize;

/// A job.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
	job: JobId,
	record: Record,
}

/// What the chain knows of a job; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Record {
	/// It has not ended.
	Live(Box<LiveJob>),
	/// It ended, and is not forgotten.
	Settled(SettledJob),
}

/// A job that has not ended.
#[derive(Clone, Debug, Serialize)]
struct LiveJob {
	client: String,
	work: Work,
	demand: Demand,
	deposits: JobDeposits,
	past: Vec<PastLease>,
	receipts: Vec<WorkReceipt>,
	state: State,
	stage: Stage,
	/// Null if nobody may report anything now.
	reportable: Option<&'static str>,
	bids: u32,
}

/// Whom the client looks for.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Demand {
	capability: TagId,
	unit: Unit,
	requirements: Requirements,
	price_limit: Plancks,
	max_backups: u32,
}

/// Where a job stands, by what the market knows; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "type")]
enum State {
	/// It waits for bids, and for its client's decision.
	Bidding { until: BlockNumber, assign_by: BlockNumber },
	/// Somebody does it.
	Assigned { lease: Lease, start_by: BlockNumber },
	/// It goes on to a backup. Only within a call.
	Reassigning { lease: Lease, cause: &'static str },
}

/// How far a job has come, by what market and escrow know together; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Stage {
	/// It waits for bids, and for its client's decision.
	Bidding,
	/// Its provider has not started.
	Assigned,
	/// Its provider is at work.
	Running { since: BlockNumber },
	/// Submitted work awaits review, or a dispute its ruling.
	UnderReview,
}

/// Who does a job now.
#[derive(Clone, Debug, Serialize)]
struct Lease {
	agent: AgentId,
	account: String,
	offer: OfferId,
	contract: ContractId,
	price: Plancks,
	scope: Scope,
	units: Quantity,
	since: BlockNumber,
}

/// What of a job is to be done; `type` says which of these it is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
enum Scope {
	/// These milestones of the plan.
	Milestones { milestones: Vec<u32> },
	/// So much time.
	Stream { blocks: BlockNumber },
	/// So many units.
	Metered { units: Quantity },
}

/// Who had a job, and what became of it.
#[derive(Clone, Debug, Serialize)]
struct PastLease {
	agent: AgentId,
	account: String,
	contract: ContractId,
	outcome: &'static str,
	released: Plancks,
	refunded: Plancks,
}

/// What a provider showed for its work.
#[derive(Clone, Copy, Debug, Serialize)]
struct WorkReceipt {
	contract: ContractId,
	/// Null for a stream or a meter.
	milestone: Option<u32>,
	evidence: EvidenceHash,
}

/// What is kept of a job that ended.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SettledJob {
	client: String,
	specification: TermsHash,
	leases: Vec<PastLease>,
	receipts: Vec<WorkReceipt>,
	outcome: &'static str,
	settled_at: BlockNumber,
	deposit: Plancks,
}

/// A receipt that a provider filed, and all that the chain has to say about it.
#[derive(Clone, Debug, Serialize)]
pub struct ReceiptEntry {
	#[serde(flatten)]
	receipt: WorkReceipt,
	agent: AgentId,
	account: String,
	client: String,
}

impl Job {
	/// Shows `info`, its accounts as `accounts` writes them.
	pub fn new(info: chain::JobInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::JobInfo { job, record } = info;
		let record = match record {
			chain::JobRecord::Live { job, stage, reportable, bids } => {
				Record::Live(Box::new(LiveJob {
					client: accounts.show(&job.client),
					work: Work::new(job.work, accounts),
					demand: job.demand.into(),
					deposits: job.deposits.into(),
					past: PastLease::all(job.past, accounts),
					receipts: receipts(job.receipts),
					state: State::new(job.state, accounts),
					stage: stage.into(),
					reportable: reportable.map(cause_name),
					bids,
				}))
			},
			chain::JobRecord::Settled(settled) => {
				Record::Settled(SettledJob::new(settled, accounts))
			},
		};
		Self { job, record }
	}
}

/// Shows `jobs`.
pub fn all(jobs: Vec<chain::JobInfo<AccountId>>, accounts: &Accounts) -> Vec<Job> {
	jobs.into_iter().map(|info| Job::new(info, accounts)).collect()
}

impl State {
	fn new(state: chain::JobState<AccountId>, accounts: &Accounts) -> Self {
		match state {
			chain::JobState::Bidding(chain::BiddingWindow { until, assign_by }) => {
				Self::Bidding { until, assign_by }
			},
			chain::JobState::Assigned { lease, start_by } => {
				Self::Assigned { lease: Lease::new(lease, accounts), start_by }
			},
			chain::JobState::Reassigning { lease, cause } => {
				Self::Reassigning { lease: Lease::new(lease, accounts), cause: cause_name(cause) }
			},
		}
	}
}

impl Lease {
	fn new(lease: chain::Lease<AccountId>, accounts: &Accounts) -> Self {
		let chain::Lease { agent, account, offer, contract, price, scope, units, since } = lease;
		Self {
			agent,
			account: accounts.show(&account),
			offer,
			contract,
			price: Plancks(price),
			scope: scope.into(),
			units: Quantity(units),
			since,
		}
	}
}

impl PastLease {
	fn all(
		leases: impl IntoIterator<Item = chain::PastLease<AccountId>>,
		accounts: &Accounts,
	) -> Vec<Self> {
		leases.into_iter().map(|lease| Self::new(lease, accounts)).collect()
	}

	fn new(lease: chain::PastLease<AccountId>, accounts: &Accounts) -> Self {
		let chain::PastLease { agent, account, contract, outcome, released, refunded } = lease;
		Self {
			agent,
			account: accounts.show(&account),
			contract,
			outcome: contract_outcome_name(outcome),
			released: Plancks(released),
			refunded: Plancks(refunded),
		}
	}
}

impl SettledJob {
	fn new(settled: chain::SettledJob<AccountId>, accounts: &Accounts) -> Self {
		Self {
			client: accounts.show(&settled.client),
			specification: settled.specification,
			leases: PastLease::all(settled.leases, accounts),
			receipts: receipts(settled.receipts),
			outcome: job_outcome_name(settled.outcome),
			settled_at: settled.settled_at,
			deposit: Plancks(settled.deposit),
		}
	}
}

impl ReceiptEntry {
	/// Shows `entry`, its accounts as `accounts` writes them.
	pub fn new(entry: chain::ReceiptEntry<AccountId>, accounts: &Accounts) -> Self {
		let chain::ReceiptEntry { receipt, agent, account, client } = entry;
		Self {
			receipt: receipt.into(),
			agent,
			account: accounts.show(&account),
			client: accounts.show(&client),
		}
	}
}

impl From<chain::Demand> for Demand {
	fn from(demand: chain::Demand) -> Self {
		let chain::Demand { capability, unit, requirements, price_limit, max_backups } = demand;
		Self {
			capability,
			unit,
			requirements: requirements.into(),
			price_limit: Plancks(price_limit),
			max_backups,
		}
	}
}

impl From<chain::JobStage> for Stage {
	fn from(stage: chain::JobStage) -> Self {
		match stage {
			chain::JobStage::Bidding => Self::Bidding,
			chain::JobStage::Assigned => Self::Assigned,
			chain::JobStage::Running { since } => Self::Running { since },
			chain::JobStage::UnderReview => Self::UnderReview,
		}
	}
}

impl From<chain::Scope> for Scope {
	fn from(scope: chain::Scope) -> Self {
		match scope {
			chain::Scope::Milestones(places) => {
				Self::Milestones { milestones: places.into_iter().map(|place| place.0).collect() }
			},
			chain::Scope::Stream { blocks } => Self::Stream { blocks },
			chain::Scope::Metered { units } => Self::Metered { units: Quantity(units) },
		}
	}
}

impl From<chain::WorkReceipt> for WorkReceipt {
	fn from(receipt: chain::WorkReceipt) -> Self {
		let chain::WorkReceipt { contract, milestone, evidence } = receipt;
		Self { contract, milestone: milestone.map(|milestone| milestone.0), evidence }
	}
}

fn receipts(receipts: impl IntoIterator<Item = chain::WorkReceipt>) -> Vec<WorkReceipt> {
	receipts.into_iter().map(Into::into).collect()
}

fn cause_name(cause: chain::LeaseEnd) -> &'static str {
	match cause {
		chain::LeaseEnd::Closed => "closed",
		chain::LeaseEnd::GivenUp => "givenUp",
		chain::LeaseEnd::StartMissed => "startMissed",
		chain::LeaseEnd::DueMissed => "dueMissed",
	}
}

fn job_outcome_name(outcome: chain::JobOutcome) -> &'static str {
	match outcome {
		chain::JobOutcome::Completed => "completed",
		chain::JobOutcome::Partial => "partial",
		chain::JobOutcome::Refunded => "refunded",
	}
}

fn contract_outcome_name(outcome: ContractOutcome) -> &'static str {
	match outcome {
		ContractOutcome::Cancelled => "cancelled",
		ContractOutcome::Completed => "completed",
		ContractOutcome::Partial => "partial",
		ContractOutcome::Refunded => "refunded",
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::rpc::market::terms::work::tests::{work, work_json};
	use aitbc_core::{Hash, MilestoneIndex};
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::{Alice, Bob};
	use sp_runtime::BoundedVec;

	const ALICE: &str = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	const BOB: &str = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

	fn json_of(record: chain::JobRecord<AccountId>) -> Value {
		let info = chain::JobInfo { job: JobId(5), record };
		let json = to_value(all(vec![info], &Accounts::with_prefix(42))).expect("it is JSON");
		assert_eq!(json[0]["job"], json!(5));
		json[0]["record"].clone()
	}

	/// A job in this state, at this stage.
	fn live(state: chain::JobState<AccountId>, stage: chain::JobStage) -> Value {
		json_of(chain::JobRecord::Live {
			job: chain::Job {
				client: Alice.to_account_id(),
				work: work(chain::PaymentPlan::Stream { blocks: 60 }),
				demand: chain::Demand {
					capability: TagId(1),
					unit: Unit::Request,
					requirements: chain::Requirements::default(),
					price_limit: 100,
					max_backups: 2,
				},
				deposits: chain::JobDeposits { job: 4, record: 5 },
				past: BoundedVec::truncate_from(vec![past()]),
				receipts: BoundedVec::truncate_from(vec![receipt(None)]),
				state,
			},
			stage,
			reportable: Some(chain::LeaseEnd::StartMissed),
			bids: 3,
		})
	}

	fn past() -> chain::PastLease<AccountId> {
		chain::PastLease {
			agent: AgentId(7),
			account: Bob.to_account_id(),
			contract: ContractId(8),
			outcome: ContractOutcome::Partial,
			released: 20,
			refunded: 10,
		}
	}

	fn past_json() -> Value {
		json!({
			"agent": 7,
			"account": BOB,
			"contract": 8,
			"outcome": "partial",
			"released": "20",
			"refunded": "10",
		})
	}

	fn receipt(milestone: Option<MilestoneIndex>) -> chain::WorkReceipt {
		let evidence = EvidenceHash(Hash::repeat_byte(2));
		chain::WorkReceipt { contract: ContractId(8), milestone, evidence }
	}

	fn receipt_json(milestone: Option<u32>) -> Value {
		let evidence = format!("0x{}", "02".repeat(32));
		json!({ "contract": 8, "milestone": milestone, "evidence": evidence })
	}

	fn lease(scope: chain::Scope) -> chain::Lease<AccountId> {
		chain::Lease {
			agent: AgentId(7),
			account: Bob.to_account_id(),
			offer: OfferId(3),
			contract: ContractId(9),
			price: 30,
			scope,
			units: 10,
			since: 11,
		}
	}

	fn lease_json(scope: Value) -> Value {
		json!({
			"agent": 7,
			"account": BOB,
			"offer": 3,
			"contract": 9,
			"price": "30",
			"scope": scope,
			"units": "10",
			"since": 11,
		})
	}

	fn assigned(scope: chain::Scope) -> chain::JobState<AccountId> {
		chain::JobState::Assigned { lease: lease(scope), start_by: 12 }
	}

	#[test]
	fn live_jobs_should_keep_their_golden_form() {
		let window = chain::BiddingWindow { until: 40, assign_by: 50 };
		assert_eq!(
			live(chain::JobState::Bidding(window), chain::JobStage::Bidding),
			json!({
				"type": "live",
				"client": ALICE,
				"work": work_json(json!({ "type": "stream", "blocks": 60 })),
				"demand": {
					"capability": 1,
					"unit": "request",
					"requirements": Requirements::default(),
					"priceLimit": "100",
					"maxBackups": 2,
				},
				"deposits": { "job": "4", "record": "5" },
				"past": [past_json()],
				"receipts": [receipt_json(None)],
				"state": { "type": "bidding", "until": 40, "assignBy": 50 },
				"stage": { "type": "bidding" },
				"reportable": "startMissed",
				"bids": 3,
			})
		);
	}

	#[test]
	fn states_and_scopes_should_keep_their_golden_form() {
		let places = vec![chain::PlanIndex(0), chain::PlanIndex(2)];
		for (scope, json) in [
			(
				chain::Scope::Milestones(BoundedVec::truncate_from(places)),
				json!({ "type": "milestones", "milestones": [0, 2] }),
			),
			(chain::Scope::Stream { blocks: 4 }, json!({ "type": "stream", "blocks": 4 })),
			(chain::Scope::Metered { units: 6 }, json!({ "type": "metered", "units": "6" })),
		] {
			let state = live(assigned(scope), chain::JobStage::Assigned)["state"].take();
			let json = json!({ "type": "assigned", "lease": lease_json(json), "startBy": 12 });
			assert_eq!(state, json);
		}
		let state = chain::JobState::Reassigning {
			lease: lease(chain::Scope::Stream { blocks: 4 }),
			cause: chain::LeaseEnd::GivenUp,
		};
		let lease = lease_json(json!({ "type": "stream", "blocks": 4 }));
		assert_eq!(
			live(state, chain::JobStage::Assigned)["state"],
			json!({ "type": "reassigning", "lease": lease, "cause": "givenUp" })
		);
	}

	#[test]
	fn stages_should_keep_their_golden_form() {
		for (stage, json) in [
			(chain::JobStage::Assigned, json!({ "type": "assigned" })),
			(chain::JobStage::Running { since: 9 }, json!({ "type": "running", "since": 9 })),
			(chain::JobStage::UnderReview, json!({ "type": "underReview" })),
		] {
			let state = assigned(chain::Scope::Stream { blocks: 4 });
			assert_eq!(live(state, stage)["stage"], json);
		}
	}

	#[test]
	fn settled_jobs_should_keep_their_golden_form() {
		let settled = chain::SettledJob {
			client: Alice.to_account_id(),
			specification: TermsHash(Hash::repeat_byte(1)),
			leases: BoundedVec::truncate_from(vec![past()]),
			receipts: BoundedVec::truncate_from(vec![receipt(Some(MilestoneIndex(1)))]),
			outcome: chain::JobOutcome::Completed,
			settled_at: 77,
			deposit: 5,
		};

		assert_eq!(
			json_of(chain::JobRecord::Settled(settled)),
			json!({
				"type": "settled",
				"client": ALICE,
				"specification": format!("0x{}", "01".repeat(32)),
				"leases": [past_json()],
				"receipts": [receipt_json(Some(1))],
				"outcome": "completed",
				"settledAt": 77,
				"deposit": "5",
			})
		);
	}

	#[test]
	fn receipts_should_keep_their_golden_form() {
		let entry = chain::ReceiptEntry {
			receipt: receipt(Some(MilestoneIndex(1))),
			agent: AgentId(7),
			account: Bob.to_account_id(),
			client: Alice.to_account_id(),
		};

		assert_eq!(
			to_value(ReceiptEntry::new(entry, &Accounts::with_prefix(42))).expect("it is JSON"),
			json!({
				"contract": 8,
				"milestone": 1,
				"evidence": format!("0x{}", "02".repeat(32)),
				"agent": 7,
				"account": BOB,
				"client": ALICE,
			})
		);
	}

	#[test]
	fn names_of_causes_and_outcomes_should_keep_their_golden_form() {
		use chain::LeaseEnd::*;
		assert_eq!(
			[Closed, GivenUp, StartMissed, DueMissed].map(cause_name),
			["closed", "givenUp", "startMissed", "dueMissed"]
		);
		use chain::JobOutcome;
		assert_eq!(
			[JobOutcome::Completed, JobOutcome::Partial, JobOutcome::Refunded]
				.map(job_outcome_name),
			["completed", "partial", "refunded"]
		);
		use ContractOutcome::*;
		assert_eq!(
			[Cancelled, Completed, Partial, Refunded].map(contract_outcome_name),
			["cancelled", "completed", "partial", "refunded"]
		);
	}
}
