//! `aitbc job status`: how far a job has come, and who may do what next.

use super::found;
use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Contract, Milestone, Payment, Phase, State},
		market::{FiledReceipt, Job, Lease, Live, PastLease, Plan, Scope, Stage, Window},
		network::{self, ActiveClock},
		parameters, tags,
	},
	commands::{dispute, next, offer::requirement_rows, Context},
	error::Error,
	output::{fields, or_dash, table, Report},
	quantity::Percent,
};
use serde::Serialize;
use std::fmt;

/// Shows the job with the id `id`.
pub async fn run(id: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let job = found(&block, id).await?;
	let clock = network::active_clock(&block).await?;
	let escrow = match job.lease() {
		Some(lease) => contracts::contract(&block, lease.contract).await?,
		None => None,
	};
	let capability_name = match &job.live {
		Some(live) => tags::tag(&block, live.demand.capability).await?.map(|tag| tag.name),
		None => None,
	};
	let retention = parameters::retention_period(&block).await?;
	let next = steps(&job, escrow.as_ref(), retention, clock.now);
	let report = StatusReport { job, capability_name, escrow, clock, next };
	context.print(&report, Some(block.id))
}

/// Who may take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Who {
	Client,
	Provider,
	/// An agent's wallet that may bid, or has.
	Bidder,
	/// Whoever signs for a meter's units.
	Signer,
	Anybody,
}

impl fmt::Display for Who {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Client => "client",
			Self::Provider => "provider",
			Self::Bidder => "a bidder",
			Self::Signer => "who signs for units",
			Self::Anybody => "anybody",
		})
	}
}

/// Something that can be done next: the command is `aitbc <step>`. A milestone is one of the job's
/// plan.
type Step = next::Step<Who>;

fn step(who: Who, step: &'static str) -> Step {
	Step::new(who, step, None)
}

/// What may be done with `job`, whose contract is `escrow`, when the active clock shows `now` and what
/// is kept of settled jobs stays for `retention`.
fn steps(job: &Job, escrow: Option<&Contract>, retention: u32, now: u32) -> Vec<Step> {
	match (&job.stage, &job.live) {
		(Stage::Settled { settled_at, .. }, _) => {
			let from = settled_at.saturating_add(retention);
			vec![step(Who::Anybody, "job forget").from(from, now)]
		},
		(Stage::Bidding { window }, Some(live)) => bidding_steps(*window, live, now),
		(stage, Some(live)) => match (&live.lease, escrow) {
			(Some(lease), Some(contract)) => lease_steps(stage, live, lease, contract, now),
			_ => Vec::new(),
		},
		(_, None) => Vec::new(),
	}
}

fn bidding_steps(window: Window, live: &Live, now: u32) -> Vec<Step> {
	let Window { bids_until, assign_by } = window;
	let mut steps = Vec::new();
	if now <= bids_until {
		steps.push(step(Who::Bidder, "job bid").until(bids_until));
	}
	if now <= assign_by && live.bids > 0 {
		steps.push(step(Who::Client, "job assign").until(assign_by));
	}
	steps.push(step(Who::Client, "job cancel"));
	if live.bids > 0 {
		steps.push(step(Who::Bidder, "job withdraw-bid"));
	}
	steps.push(step(Who::Anybody, "job expire").from(assign_by.saturating_add(1), now));
	steps
}

fn lease_steps(
	stage: &Stage,
	live: &Live,
	lease: &Lease,
	contract: &Contract,
	now: u32,
) -> Vec<Step> {
	let mut steps = Vec::new();
	if let Stage::Assigned { start_by } = stage {
		let start = step(Who::Provider, "job start");
		steps.push(if now <= *start_by { start.until(*start_by) } else { start });
	}
	match &contract.payment {
		Payment::Milestones(milestones) => {
			let of = |one| milestone_steps(lease, one, contract.review_period, now);
			steps.extend(milestones.iter().flat_map(of));
		},
		payment => steps.extend(open_ended_steps(payment, now)),
	}
	if !matches!(stage, Stage::UnderReview) {
		steps.push(step(Who::Provider, "job give-up"));
		steps.extend(report_step(stage, live, contract, now));
	}
	if live.bids > 0 {
		steps.push(step(Who::Bidder, "job withdraw-bid"));
	}
	steps
}

fn milestone_steps(lease: &Lease, milestone: &Milestone, review: u32, now: u32) -> Vec<Step> {
	let place = lease.scope.place_of(milestone.milestone);
	let step = |who, name| Step::new(who, name, place);
	match &milestone.state {
		State::Pending { .. } if now <= milestone.due => {
			vec![step(Who::Provider, "job submit").until(milestone.due)]
		},
		State::Submitted { submitted_at, .. } => vec![
			step(Who::Client, "job accept"),
			step(Who::Anybody, "job complete").from(submitted_at.saturating_add(review), now),
		],
		_ => Vec::new(),
	}
}

/// What may be done with a stream or a meter.
fn open_ended_steps(payment: &Payment, now: u32) -> Vec<Step> {
	let stops = |until: u32| {
		let client = (now <= until).then(|| step(Who::Client, "contract stop"));
		let anybody = step(Who::Anybody, "contract stop").from(until.saturating_add(1), now);
		client.into_iter().chain([anybody])
	};
	match payment {
		Payment::Milestones(_) => Vec::new(),
		Payment::Stream(stream) if stream.dispute.is_some() => Vec::new(),
		Payment::Stream(stream) => {
			let complete = (!stream.earned.is_zero()).then(|| step(Who::Anybody, "job complete"));
			let submit = stream.settled_at.map(|_| step(Who::Provider, "job submit"));
			submit.into_iter().chain(complete).chain(stops(stream.until)).collect()
		},
		Payment::Metered(meter) => {
			let Some(until) = meter.vouchers_until else { return Vec::new() };
			if now > until {
				return vec![step(Who::Anybody, "contract stop")];
			}
			let sign = (now <= meter.until)
				.then(|| step(Who::Signer, "contract voucher sign").until(meter.until));
			let redeem = step(Who::Provider, "contract redeem").until(until);
			let client =
				matches!(meter.phase, Phase::Running).then(|| step(Who::Client, "contract stop"));
			let anybody = step(Who::Anybody, "contract stop").from(until.saturating_add(1), now);
			sign.into_iter().chain([redeem]).chain(client).chain([anybody]).collect()
		},
	}
}

/// Reporting a provider that failed, or from when on it can be reported if it does nothing.
fn report_step(stage: &Stage, live: &Live, contract: &Contract, now: u32) -> Option<Step> {
	let report = step(Who::Anybody, "job report");
	if live.reportable.is_some() {
		return Some(report);
	}
	let last = match stage {
		Stage::Assigned { start_by } => Some(*start_by),
		_ => {
			let pending = contract.payment.milestones().iter();
			let pending = pending.filter(|one| matches!(one.state, State::Pending { .. }));
			pending.map(|one| one.due).min()
		},
	};
	last.map(|last| report.from(last.saturating_add(1), now))
}

/// How far `job` has come, in a word or two.
pub fn state_of(job: &Job) -> String {
	match &job.stage {
		Stage::Settled { outcome, .. } => format!("{}, {outcome}", job.stage),
		Stage::Bidding { window } => format!("{} until {}", job.stage, window.bids_until),
		stage => stage.to_string(),
	}
}

#[derive(Serialize)]
struct StatusReport {
	#[serde(flatten)]
	job: Job,
	#[serde(skip_serializing_if = "Option::is_none")]
	capability_name: Option<String>,
	/// The contract that holds the money, as `contract status` shows it.
	escrow: Option<Contract>,
	clock: ActiveClock,
	next: Vec<Step>,
}

impl Report for StatusReport {
	const KIND: &'static str = "job.status";

	fn text(&self) -> String {
		let job = &self.job;
		let clock = if self.clock.paused { ", standing still" } else { "" };
		let mut rows = vec![
			("job", job.job.to_string()),
			("state", stage_text(&job.stage)),
			("client", job.client.to_string()),
		];
		if let Some(live) = &job.live {
			rows.extend(live_rows(live, self.capability_name.as_deref()));
		}
		rows.push(("active clock", format!("{}{clock}", self.clock.now)));
		let requirements = job.live.as_ref().map(|live| &live.demand.requirements);
		let requirements = requirements.map_or_else(Vec::new, requirement_rows);
		let requirements = requirements
			.into_iter()
			.map(|(name, text)| [name.to_owned(), text])
			.collect::<Vec<_>>();
		let parts = [
			fields(rows),
			titled(["required", "at least"], requirements),
			job.live.as_ref().map_or_else(String::new, |live| self.plan_text(live)),
			titled(
				["past agent", "contract", "ended", "paid", "refunded"],
				job.past.iter().map(past_row).collect(),
			),
			titled(
				["receipt of contract", "milestone", "evidence"],
				job.receipts.iter().map(receipt_row).collect(),
			),
			next::text(&self.next),
			self.escrow.as_ref().map_or_else(String::new, |escrow| self.dispute_text(escrow)),
		];
		let parts = parts.into_iter().filter(|part| !part.is_empty());
		parts.collect::<Vec<_>>().join("\n\n")
	}
}

impl StatusReport {
	/// How the client can ask for a ruling, and where the cases are that decide about the job.
	fn dispute_text(&self, escrow: &Contract) -> String {
		let id = escrow.contract;
		let disputable = escrow.payment.milestones().iter().filter_map(|one| match one.state {
			State::Submitted { submitted_at, .. } => {
				let last = submitted_at.saturating_add(escrow.review_period).saturating_sub(1);
				let index = one.milestone;
				(self.clock.now <= last).then(|| {
					format!(
						"the client may ask for a ruling until active block {last}: `aitbc dispute \
						 create {id} --milestone {index} --claim TENTHS`"
					)
				})
			},
			_ => None,
		});
		let cases = Some(dispute::cases_text(escrow)).filter(|text| !text.is_empty());
		disputable.chain(cases).collect::<Vec<_>>().join("\n")
	}

	/// The milestones of the plan, with what became of those that somebody does.
	fn plan_text(&self, live: &Live) -> String {
		let Plan::Milestones(plan) = &live.work.plan else { return String::new() };
		let milestones = self.escrow.as_ref().map(|contract| contract.payment.milestones());
		let of = |place: u32| {
			let lease = live.lease.as_ref()?;
			let index = lease.scope.milestone_of(place)?;
			milestones?.iter().find(|one| one.milestone == index)
		};
		let rows = plan.iter().zip(0..).map(|(planned, place)| {
			let found = of(place);
			let due = || format!("{} after the start", planned.due_after);
			let concluded = if live.lease.is_some() { "of an earlier lease" } else { "-" };
			[
				place.to_string(),
				Percent(planned.share).to_string(),
				or_dash(found.map(|one| one.amount)),
				found.map_or_else(due, |one| one.due.to_string()),
				found.map_or_else(|| concluded.to_owned(), |one| one.state.to_string()),
			]
		});
		table(["milestone", "share", "amount", "due", "state"], rows)
	}
}

/// A table, or nothing without rows.
fn titled<const N: usize>(titles: [&str; N], rows: Vec<[String; N]>) -> String {
	if rows.is_empty() {
		return String::new();
	}
	table(titles, rows)
}

fn past_row(past: &PastLease) -> [String; 5] {
	[
		past.agent.to_string(),
		past.contract.to_string(),
		past.outcome.to_string(),
		past.released.to_string(),
		past.refunded.to_string(),
	]
}

fn receipt_row(receipt: &FiledReceipt) -> [String; 3] {
	[receipt.contract.to_string(), or_dash(receipt.milestone), receipt.evidence.to_string()]
}

fn stage_text(stage: &Stage) -> String {
	match stage {
		Stage::Bidding { window: Window { bids_until, assign_by } } => {
			format!("{stage} until active block {bids_until}, to be assigned until {assign_by}")
		},
		Stage::Assigned { start_by } => format!("{stage}, to be started until {start_by}"),
		Stage::Running { since } => format!("{stage} since active block {since}"),
		Stage::UnderReview => format!("{stage}: submitted work awaits the client"),
		Stage::Settled { outcome, paid, settled_at, deposit } => format!(
			"{stage} at active block {settled_at}, {outcome}: {paid} paid, and {deposit} held for \
			 storage until it is forgotten"
		),
	}
}

/// What is known of a job until it ends.
fn live_rows(live: &Live, capability: Option<&str>) -> Vec<(&'static str, String)> {
	let (work, demand) = (&live.work, &live.demand);
	let per = work.plan.per(demand.unit);
	let id = || demand.capability.to_string();
	let pays = match &work.plan {
		Plan::Milestones(plan) if plan.len() == 1 => "by one milestone".to_owned(),
		Plan::Milestones(plan) => format!("by {} milestones", plan.len()),
		Plan::Stream(blocks) => format!("by a stream of {blocks} active blocks"),
		Plan::Metered { signer, .. } => format!("by a meter that {signer} signs for"),
	};
	let deposits: Amount = live.deposits.total();
	let mut rows = vec![
		("specification", work.specification.clone()),
		("its hash", work.specification_hash.to_string()),
		("capability", capability.map_or_else(id, str::to_owned)),
		("units", demand.unit.count(work.units)),
		("pays", pays),
		("price", format!("at most {}{per}", demand.price_limit)),
		("start", format!("within {} active blocks", work.start_within)),
		("review", format!("{} active blocks", work.review_period)),
		("deposits", deposits.to_string()),
	];
	match &live.lease {
		None => rows.push(("bids", live.bids.to_string())),
		Some(lease) => {
			let scope = match &lease.scope {
				Scope::Milestones(places) => {
					let places: Vec<_> = places.iter().map(ToString::to_string).collect();
					format!("milestones {}", places.join(", "))
				},
				Scope::Stream(blocks) => format!("{blocks} active blocks"),
				Scope::Metered(units) => demand.unit.count(*units),
			};
			rows.extend([
				("agent", format!("{} by offer {}", lease.agent, lease.offer)),
				("provider", lease.account.to_string()),
				("agreed on", format!("{}{per}", lease.price)),
				("does", scope),
				("contract", lease.contract.to_string()),
				("backups", live.bids.to_string()),
			]);
		},
	}
	rows.extend(live.reportable.map(|failure| ("failed", failure.to_string())));
	rows
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{
			contracts::Stream,
			market::{Failure, Outcome, PlannedMilestone},
		},
		decimal::Share,
		digest::Hash,
	};
	use subxt::utils::AccountId32;

	const DUE: u32 = 100;
	const REVIEW: u32 = 20;
	const RETENTION: u32 = 1_000;

	fn live(bids: u32) -> Live {
		let share = Share(500_000_000);
		let plan = vec![PlannedMilestone { share, due_after: 50 }; 2];
		Live { bids, ..Live::of(Plan::Milestones(plan)) }
	}

	fn job(stage: Stage, live: Option<Live>) -> Job {
		let client = AccountId32([1; 32]);
		Job { job: 7, client, stage, live, past: Vec::new(), receipts: Vec::new() }
	}

	/// A job whose provider has the second milestone of the plan left, and its contract.
	fn leased(stage: Stage, payment: Payment) -> (Job, Contract) {
		let lease = Lease {
			agent: 3,
			account: AccountId32([2; 32]),
			offer: 4,
			contract: 9,
			price: Amount(10),
			scope: Scope::Milestones(vec![1]),
			units: 1,
			since: 1,
		};
		let contract = Contract { job: Some(7), ..Contract::of(payment) };
		(job(stage, Some(Live { lease: Some(lease), ..live(0) })), contract)
	}

	fn milestone(state: State) -> Payment {
		Payment::Milestones(vec![Milestone { milestone: 0, amount: Amount(5), due: DUE, state }])
	}

	const PENDING: State = State::Pending { split: None };

	/// Who may do what, at which milestone of the plan.
	fn who_may(
		job: &Job,
		escrow: Option<&Contract>,
		now: u32,
	) -> Vec<(Who, &'static str, Option<u32>)> {
		let steps = steps(job, escrow, RETENTION, now).into_iter();
		steps
			.filter(|step| step.from.is_none())
			.map(|one| (one.who, one.step, one.milestone))
			.collect()
	}

	#[test]
	fn posted_job_should_be_bid_for_assigned_and_left_to_expire() {
		let window = Window { bids_until: 10, assign_by: 20 };
		let posted = |bids| job(Stage::Bidding { window }, Some(live(bids)));
		let [bid, assign] = [(Who::Bidder, "job bid", None), (Who::Client, "job assign", None)];
		let [cancel, expire] =
			[(Who::Client, "job cancel", None), (Who::Anybody, "job expire", None)];
		let withdraw = (Who::Bidder, "job withdraw-bid", None);
		assert_eq!(who_may(&posted(0), None, 10), [bid, cancel]);
		assert_eq!(who_may(&posted(1), None, 10), [bid, assign, cancel, withdraw]);
		assert_eq!(who_may(&posted(1), None, 20), [assign, cancel, withdraw]);
		assert_eq!(who_may(&posted(1), None, 21), [cancel, withdraw, expire]);
	}

	#[test]
	fn assigned_job_should_be_started_or_reported() {
		let (mut job, contract) = leased(Stage::Assigned { start_by: 10 }, milestone(PENDING));
		let contract = Contract { started: None, ..contract };
		let start = (Who::Provider, "job start", None);
		let submit = (Who::Provider, "job submit", Some(1));
		let give_up = (Who::Provider, "job give-up", None);
		assert_eq!(who_may(&job, Some(&contract), 10), [start, submit, give_up]);
		if let Some(live) = &mut job.live {
			live.reportable = Some(Failure::StartMissed);
		}
		let report = (Who::Anybody, "job report", None);
		assert_eq!(who_may(&job, Some(&contract), 11), [start, submit, give_up, report]);
	}

	#[test]
	fn submitted_work_should_be_accepted_or_completed_after_the_review_period() {
		let state = State::Submitted {
			submitted_at: 50,
			evidence: Hash([4; 32]),
			approved_by: Vec::new(),
			split: None,
		};
		let (job, contract) = leased(Stage::UnderReview, milestone(state));
		let accept = (Who::Client, "job accept", Some(1));
		let complete = (Who::Anybody, "job complete", Some(1));
		assert_eq!(who_may(&job, Some(&contract), 50 + REVIEW - 1), [accept]);
		assert_eq!(who_may(&job, Some(&contract), 50 + REVIEW), [accept, complete]);
	}

	#[test]
	fn running_job_should_be_reported_once_a_due_has_passed() {
		let (job, contract) = leased(Stage::Running { since: 1 }, milestone(PENDING));
		let report = steps(&job, Some(&contract), RETENTION, DUE).into_iter();
		let report = report.filter(|one| one.step == "job report").map(|one| one.from);
		assert_eq!(report.collect::<Vec<_>>(), [Some(DUE + 1)]);
	}

	#[test]
	fn stream_should_be_settled_by_anybody_and_stopped_by_its_client() {
		let stream = Stream {
			rate: Amount(1),
			until: DUE,
			held: Amount(50),
			earned: Amount(1),
			paid: Amount(0),
			fee: Amount(0),
			settled_at: Some(1),
			runs_out_at: None,
			paused_since: None,
			dispute: None,
		};
		let (job, contract) = leased(Stage::Running { since: 1 }, Payment::Stream(stream));
		assert_eq!(
			who_may(&job, Some(&contract), 2),
			[
				(Who::Provider, "job submit", None),
				(Who::Anybody, "job complete", None),
				(Who::Client, "contract stop", None),
				(Who::Provider, "job give-up", None),
			]
		);
	}

	#[test]
	fn settled_job_should_be_forgotten_after_its_time() {
		let outcome = Outcome::Completed;
		let (paid, deposit) = (Amount(5), Amount(1));
		let settled = job(Stage::Settled { outcome, paid, settled_at: 10, deposit }, None);
		let forget = |now| steps(&settled, None, RETENTION, now).remove(0).from;
		assert_eq!(forget(1_009), Some(1_010));
		assert_eq!(forget(1_010), None);
		assert_eq!(state_of(&settled), "settled, completed");
	}
}
