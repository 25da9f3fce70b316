//! `aitbc contract status`: where a contract stands, and who may do what next.

use crate::{
	amount::Amount,
	chain::{
		contracts::{
			self, ApproverSet, Bonds, Claim, Contract, Dispute, Meter, Milestone, Party, Payment,
			Phase, State, Stream,
		},
		network::{self, ActiveClock},
	},
	commands::{dispute, next, Context},
	error::Error,
	output::{fields, or_dash, table, Report},
};
use serde::Serialize;
use std::fmt;

/// Shows the contract with the id `contract`.
pub async fn run(contract: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let claims = contracts::claims(&block, contract).await?;
	let Some(open) = contracts::contract(&block, contract).await? else {
		if claims.is_empty() {
			return Err(Error::ContractNotFound(contract));
		}
		return context.print(&ClosedReport { contract, claims }, Some(block.id));
	};
	let clock = network::active_clock(&block).await?;
	let next = steps(&open, clock.now);
	context.print(&StatusReport { contract: open, claims, clock, next }, Some(block.id))
}

/// Who may take a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Who {
	Client,
	Provider,
	/// Client or provider.
	Party,
	/// One of the approvers that has not approved.
	Approver,
	/// Whoever signs for a meter's units.
	Signer,
	Anybody,
}

impl From<Party> for Who {
	fn from(party: Party) -> Self {
		match party {
			Party::Client => Self::Client,
			Party::Provider => Self::Provider,
		}
	}
}

impl fmt::Display for Who {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Client => "client",
			Self::Provider => "provider",
			Self::Party => "client or provider",
			Self::Approver => "an approver",
			Self::Signer => "who signs for units",
			Self::Anybody => "anybody",
		})
	}
}

/// Something that can be done next: the command is `aitbc contract <step>`.
type Step = next::Step<Who>;

/// What may be done with `contract` when the active clock shows `now`. A split can be offered for
/// every milestone that is pending or submitted, and is not named.
fn steps(contract: &Contract, now: u32) -> Vec<Step> {
	if contract.funded_since.is_none() {
		return unfunded_steps(contract, now);
	}
	let mut steps = match &contract.payment {
		Payment::Milestones(milestones) => {
			let steps = milestones.iter();
			steps.flat_map(|milestone| milestone_steps(contract, milestone, now)).collect()
		},
		Payment::Stream(stream) => stream_steps(contract, stream, now),
		Payment::Metered(meter) => meter_steps(contract, meter, now),
	};
	if contract.started.is_none() && contract.job.is_none() {
		let end = contract.payment.last_end().filter(|end| now <= *end);
		steps.extend(end.map(|end| Step::new(Who::Provider, "start", None).until(end)));
		steps.push(Step::new(Who::Provider, "cancel", None));
	}
	steps
}

fn unfunded_steps(contract: &Contract, now: u32) -> Vec<Step> {
	let earliest = contract.payment.first_end().unwrap_or(now);
	if earliest < now {
		return vec![Step::new(Who::Anybody, "cancel", None)];
	}
	let (is_bonded, is_accepted) = (!contract.bonds.provider.is_zero(), contract.accepted);
	let accept = (!is_accepted).then(|| Step::new(Who::Provider, "accept", None));
	let fund = Step::new(Who::Client, "fund", None).until(earliest);
	let fund = (is_accepted || !is_bonded).then_some(fund);
	let (first, second) = if is_bonded { (accept, fund) } else { (fund, accept) };
	let cancel = Step::new(Who::Party, "cancel", None);
	first.into_iter().chain(second).chain([cancel]).collect()
}

fn milestone_steps(contract: &Contract, milestone: &Milestone, now: u32) -> Vec<Step> {
	let step = |who, step| Step::new(who, step, Some(milestone.milestone));
	// Work of a job begins and ends through the market.
	let own = |steps: Vec<Step>| if contract.job.is_none() { steps } else { Vec::new() };
	let release = step(Who::Client, "release");
	let mut steps = match &milestone.state {
		State::Pending { .. } if now <= milestone.due => {
			let submit = step(Who::Provider, "submit").until(milestone.due);
			let mut steps = own(vec![submit]);
			steps.push(release);
			steps.extend(own(vec![step(Who::Provider, "refund")]));
			steps
		},
		State::Pending { .. } => {
			let mut steps = own(vec![step(Who::Anybody, "refund")]);
			steps.push(release);
			steps
		},
		State::Submitted { submitted_at, .. } => {
			let reviewed = submitted_at.saturating_add(contract.review_period);
			let approve = contract.approvers.as_ref().map(|_| step(Who::Approver, "approve"));
			let mut steps = vec![release];
			steps.extend(approve);
			steps.extend(own(vec![step(Who::Provider, "refund")]));
			if now < reviewed {
				steps.push(step(Who::Client, "dispute").until(reviewed.saturating_sub(1)));
			}
			steps.push(step(Who::Anybody, "settle").from(reviewed, now));
			steps
		},
		State::Disputed { .. }
		| State::Released { .. }
		| State::Refunded { .. }
		| State::Ruled { .. }
		| State::Split { .. } => return Vec::new(),
	};
	if let Some(split) = milestone.state.split() {
		steps.push(step(split.by.other().into(), "split accept"));
		steps.push(step(split.by.into(), "split withdraw"));
	}
	steps
}

fn stream_steps(contract: &Contract, stream: &Stream, now: u32) -> Vec<Step> {
	let step = |who, step| Step::new(who, step, None);
	if stream.dispute.is_some() {
		return Vec::new();
	}
	let settle = (!stream.earned.is_zero()).then(|| step(Who::Anybody, "settle"));
	// What could still be earned is more than what is held for it.
	let left = stream.rate.0.saturating_mul(stream.until.saturating_sub(now).into());
	let is_short = stream.held.0.saturating_sub(stream.earned.0) < left;
	let top_up = is_short.then(|| step(Who::Anybody, "top-up").until(stream.until));
	let steps = settle.into_iter().chain(top_up);
	let last = stream.until.saturating_add(contract.review_period);
	let dispute = dispute_step(contract, stream.held, last, now);
	steps.chain(stops(contract, stream.until, now)).chain(dispute).collect()
}

fn meter_steps(contract: &Contract, meter: &Meter, now: u32) -> Vec<Step> {
	let step = |who, step| Step::new(who, step, None);
	let Some(until) = meter.vouchers_until else { return Vec::new() };
	if now > until {
		return vec![step(Who::Anybody, "stop")];
	}
	let dispute = dispute_step(contract, meter.held, until, now);
	let sign = step(Who::Signer, "voucher sign").until(meter.until);
	let sign = (now <= meter.until).then_some(sign);
	let redeem = step(Who::Provider, "redeem").until(until);
	let stops = match meter.phase {
		Phase::Running => stops(contract, until, now),
		// The client has given its notice.
		_ => {
			let provider = contract.job.is_none().then(|| step(Who::Provider, "stop"));
			provider.into_iter().chain([step(Who::Anybody, "stop").from(until + 1, now)]).collect()
		},
	};
	sign.into_iter().chain([redeem]).chain(stops).chain(dispute).collect()
}

/// Asking for a ruling on what a started stream or meter holds, up to `last`.
fn dispute_step(contract: &Contract, held: Amount, last: u32, now: u32) -> Option<Step> {
	let may = contract.started.is_some() && !held.is_zero() && now <= last;
	may.then(|| Step::new(Who::Client, "dispute", None).until(last))
}

/// Who may stop what goes on up to `until`.
fn stops(contract: &Contract, until: u32, now: u32) -> Vec<Step> {
	let anybody = Step::new(Who::Anybody, "stop", None).from(until.saturating_add(1), now);
	if now > until {
		return vec![anybody];
	}
	let who = if contract.job.is_none() { Who::Party } else { Who::Client };
	vec![Step::new(who, "stop", None), anybody]
}

/// A contract that is not closed.
#[derive(Serialize)]
struct StatusReport {
	#[serde(flatten)]
	contract: Contract,
	claims: Vec<Claim>,
	clock: ActiveClock,
	next: Vec<Step>,
}

impl Report for StatusReport {
	const KIND: &'static str = "contract.status";

	fn text(&self) -> String {
		let contract = &self.contract;
		let clock = if self.clock.paused { ", standing still" } else { "" };
		let mut rows = vec![("contract", contract.contract.to_string())];
		rows.extend(contract.job.map(|job| ("job", job.to_string())));
		rows.extend([
			("state", state_of(contract)),
			("client", contract.client.to_string()),
			("provider", provider_text(contract)),
			("terms", contract.terms.to_string()),
			("total", contract.total.to_string()),
			("fee", format!("{} of what is released", contract.fee_rate)),
			("review", format!("{} active blocks", contract.review_period)),
		]);
		rows.extend(contract.approvers.as_ref().map(|set| ("approvers", approvers_text(set))));
		rows.extend(bonds_text(contract.bonds, contract.bonds_held).map(|text| ("bonds", text)));
		rows.push(("deposit", contract.deposit.to_string()));
		rows.push(("active clock", format!("{}{clock}", self.clock.now)));
		let head = fields(rows);
		let payment = match &contract.payment {
			Payment::Milestones(milestones) => milestones_text(milestones, &contract.approvers),
			Payment::Stream(stream) => stream_text(stream),
			Payment::Metered(meter) => meter_text(meter),
		};
		let cases = dispute::cases_text(contract);
		[head, payment, next::text(&self.next), cases, claims_text(&self.claims)]
			.into_iter()
			.filter(|part| !part.is_empty())
			.collect::<Vec<_>>()
			.join("\n\n")
	}
}

fn state_of(contract: &Contract) -> String {
	let provider = match (contract.started, contract.accepted) {
		(Some(at), _) => format!(", started at {at}"),
		(None, true) => ", accepted".to_owned(),
		(None, false) => String::new(),
	};
	match contract.funded_since {
		Some(since) => format!("funded since active block {since}{provider}"),
		None => format!("open, not funded{provider}"),
	}
}

/// Who works, and which agent answers for it.
fn provider_text(contract: &Contract) -> String {
	match contract.agent {
		Some(agent) => format!("{}, for agent {agent}", contract.provider),
		None => contract.provider.to_string(),
	}
}

fn approvers_text(set: &ApproverSet) -> String {
	let accounts: Vec<_> = set.accounts.iter().map(ToString::to_string).collect();
	format!("{} of {}: {}", set.threshold, accounts.len(), accounts.join(", "))
}

/// What the parties have at risk, if they have anything.
fn bonds_text(agreed: Bonds, held: Bonds) -> Option<String> {
	let party = |party: Party, agreed: Amount, held: Amount| {
		(!agreed.is_zero()).then(|| format!("{agreed} of the {party}, of which {held} are held"))
	};
	let bonds = [
		party(Party::Client, agreed.client, held.client),
		party(Party::Provider, agreed.provider, held.provider),
	];
	let bonds: Vec<_> = bonds.into_iter().flatten().collect();
	(!bonds.is_empty()).then(|| bonds.join("; "))
}

/// A contract that is closed and still owes something.
#[derive(Serialize)]
struct ClosedReport {
	contract: u64,
	claims: Vec<Claim>,
}

impl Report for ClosedReport {
	const KIND: &'static str = "contract.closed";

	fn text(&self) -> String {
		let head = fields([
			("contract", self.contract.to_string()),
			(
				"state",
				"closed; what could not be paid out waits for `aitbc contract collect`".into(),
			),
		]);
		format!("{head}\n\n{}", claims_text(&self.claims))
	}
}

fn milestones_text(milestones: &[Milestone], approvers: &Option<ApproverSet>) -> String {
	let threshold = approvers.as_ref().map(|set| set.threshold);
	let rows = milestones.iter().map(|one| {
		[
			one.milestone.to_string(),
			one.amount.to_string(),
			one.due.to_string(),
			state_text(&one.state, threshold),
		]
	});
	table(["milestone", "amount", "due", "state"], rows)
}

/// The state of a milestone, which so many approvers can release.
fn state_text(state: &State, threshold: Option<u32>) -> String {
	let punctuality = |on_time: bool| if on_time { "on time" } else { "late" };
	let text = match state {
		State::Submitted { submitted_at, approved_by, .. } => {
			let approvals = threshold
				.map(|threshold| format!(", {} of {threshold} approvals", approved_by.len()));
			format!("{state} at {submitted_at}{}", approvals.unwrap_or_default())
		},
		State::Disputed { dispute, .. } => dispute_text(*dispute),
		State::Released { fee, on_time } => {
			format!("{state} {}, {fee} of it as fee", punctuality(*on_time))
		},
		State::Refunded { missed: true } => format!("{state}, its due missed"),
		State::Refunded { missed: false } => format!("{state}, its due not missed"),
		State::Ruled { released, fee } => {
			format!("{state}: {released} released, {fee} of it as fee")
		},
		State::Split { released, fee, on_time } => {
			format!("{state} {}: {released} released, {fee} of it as fee", punctuality(*on_time))
		},
		State::Pending { .. } => state.to_string(),
	};
	match state.split() {
		Some(split) => {
			format!("{text}; the {} offers {} for the provider", split.by, split.provider_share)
		},
		None => text,
	}
}

fn dispute_text(dispute: Dispute) -> String {
	let Dispute { case, since } = dispute;
	format!("disputed at {since}, case {case}")
}

fn stream_text(stream: &Stream) -> String {
	let at = |block: Option<u32>| block.map(|block| format!("active block {block}"));
	let state = match (stream.dispute, stream.settled_at, stream.paused_since) {
		(Some(dispute), ..) => dispute_text(dispute),
		(None, None, _) => "not started".to_owned(),
		(None, Some(_), Some(since)) => format!("paused: its money ran out at {since}"),
		(None, Some(_), None) => "running".to_owned(),
	};
	fields([
		("stream", state),
		("rate", format!("{} for each active block", stream.rate)),
		("until", format!("active block {}", stream.until)),
		("held", format!("{}, of which {} are earned", stream.held, stream.earned)),
		("paid", format!("{}, {} of it as fee", stream.paid, stream.fee)),
		("settled up to", or_dash(at(stream.settled_at))),
		("runs out", or_dash(at(stream.runs_out_at))),
	])
}

fn meter_text(meter: &Meter) -> String {
	let state = match meter.phase {
		Phase::Running => "running".to_owned(),
		Phase::Stopping { since } => format!("stopping: the client gave notice at {since}"),
		Phase::Disputed { dispute } => dispute_text(dispute),
	};
	let until = meter.vouchers_until.map(|block| format!("active block {block}"));
	fields([
		("meter", state),
		("unit price", meter.unit_price.to_string()),
		("units", format!("{} of {} billed", meter.billed, meter.units)),
		("held", meter.held.to_string()),
		("paid", format!("{}, {} of it as fee", meter.paid, meter.fee)),
		("signer", meter.signer.to_string()),
		("signs until", format!("active block {}", meter.until)),
		("vouchers until", or_dash(until)),
		("last sequence", meter.sequence.to_string()),
	])
}

fn claims_text(claims: &[Claim]) -> String {
	if claims.is_empty() {
		return String::new();
	}
	let rows = claims
		.iter()
		.map(|claim| [claim.kind.to_string(), claim.amount.to_string(), claim.payee.to_string()]);
	table(["claim", "amount", "of"], rows)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain::contracts::Split, digest::Hash};
	use subxt::utils::AccountId32;

	const DUE: u32 = 100;
	const REVIEW: u32 = 20;

	const PENDING: State = State::Pending { split: None };

	/// A contract that is funded and started, or neither.
	fn paid_by(payment: Payment, funded_since: Option<u32>) -> Contract {
		Contract {
			funded_since,
			accepted: funded_since.is_some(),
			started: funded_since,
			..Contract::of(payment)
		}
	}

	fn contract(funded_since: Option<u32>, state: State) -> Contract {
		let milestone = Milestone { milestone: 0, amount: Amount(1), due: DUE, state };
		paid_by(Payment::Milestones(vec![milestone]), funded_since)
	}

	fn submitted() -> State {
		State::Submitted {
			submitted_at: 50,
			evidence: Hash([4; 32]),
			approved_by: vec![AccountId32([5; 32])],
			split: None,
		}
	}

	fn stream(held: u128, earned: u128) -> Stream {
		Stream {
			rate: Amount(10),
			until: DUE,
			held: Amount(held),
			earned: Amount(earned),
			paid: Amount(0),
			fee: Amount(0),
			settled_at: Some(1),
			runs_out_at: None,
			paused_since: None,
			dispute: None,
		}
	}

	fn meter(phase: Phase, vouchers_until: u32) -> Meter {
		Meter {
			unit_price: Amount(1),
			units: 10,
			until: DUE,
			signer: AccountId32([1; 32]),
			held: Amount(10),
			billed: 0,
			paid: Amount(0),
			fee: Amount(0),
			sequence: 0,
			phase,
			vouchers_until: Some(vouchers_until),
		}
	}

	/// Who may do what, without when.
	fn who_may(contract: &Contract, now: u32) -> Vec<(Who, &'static str)> {
		steps(contract, now).into_iter().map(|step| (step.who, step.step)).collect()
	}

	#[test]
	fn unfunded_contract_should_be_funded_or_cancelled_until_due() {
		let contract = contract(None, PENDING);
		assert_eq!(
			who_may(&contract, DUE),
			[(Who::Client, "fund"), (Who::Provider, "accept"), (Who::Party, "cancel")]
		);
		assert_eq!(who_may(&contract, DUE + 1), [(Who::Anybody, "cancel")]);
	}

	#[test]
	fn bonded_contract_should_be_accepted_before_it_is_funded() {
		let bonds = Bonds { provider: Amount(1), ..Bonds::default() };
		let mut contract = Contract { bonds, ..contract(None, PENDING) };
		assert_eq!(who_may(&contract, 1), [(Who::Provider, "accept"), (Who::Party, "cancel")]);
		contract.accepted = true;
		assert_eq!(who_may(&contract, 1), [(Who::Client, "fund"), (Who::Party, "cancel")]);
	}

	#[test]
	fn funded_contract_should_be_started_or_cancelled_by_its_provider() {
		let contract = Contract { started: None, ..contract(Some(1), PENDING) };
		let own = [(Who::Provider, "start"), (Who::Provider, "cancel")];
		assert_eq!(who_may(&contract, DUE)[3..], own);
		assert_eq!(who_may(&contract, DUE + 1)[2..], own[1..]);
		let of_job = Contract { job: Some(1), ..contract };
		assert_eq!(who_may(&of_job, DUE), [(Who::Client, "release")], "the rest is the market's");
	}

	#[test]
	fn pending_milestone_should_be_submitted_until_due_and_refunded_after() {
		let contract = contract(Some(1), PENDING);
		assert_eq!(
			who_may(&contract, DUE),
			[(Who::Provider, "submit"), (Who::Client, "release"), (Who::Provider, "refund")]
		);
		assert_eq!(
			who_may(&contract, DUE + 1),
			[(Who::Anybody, "refund"), (Who::Client, "release")]
		);
	}

	#[test]
	fn submitted_milestone_should_be_settled_after_the_review_period() {
		let contract = contract(Some(1), submitted());
		let settle = |now| steps(&contract, now).into_iter().find(|step| step.step == "settle");

		let early = settle(50 + REVIEW - 1).expect("it is shown beforehand");
		assert_eq!((early.who, early.from), (Who::Anybody, Some(50 + REVIEW)));
		assert_eq!(settle(50 + REVIEW).expect("it is shown").from, None);
	}

	#[test]
	fn submitted_milestone_should_be_disputed_in_the_review_period() {
		let contract = contract(Some(1), submitted());
		let dispute = |now| steps(&contract, now).into_iter().find(|step| step.step == "dispute");

		let last = 50 + REVIEW - 1;
		let step = dispute(last).expect("it can be disputed");
		assert_eq!((step.who, step.until), (Who::Client, Some(last)));
		assert_eq!(dispute(last + 1), None);
	}

	#[test]
	fn disputed_milestone_should_point_to_its_case() {
		let dispute = Dispute { case: 3, since: 60 };
		let state = State::Disputed { submitted_at: 50, evidence: Hash([4; 32]), dispute };
		assert_eq!(state_text(&state, None), "disputed at 60, case 3");
		let contract = contract(Some(1), state);
		assert!(steps(&contract, 61).is_empty());
		let text = dispute::cases_text(&contract);
		assert!(text.contains("`aitbc dispute status 3`"), "{text}");
	}

	#[test]
	fn submitted_milestone_should_be_approved_where_there_are_approvers() {
		let approvers = ApproverSet { accounts: vec![AccountId32([5; 32])], threshold: 2 };
		let contract = Contract { approvers: Some(approvers), ..contract(Some(1), submitted()) };
		assert_eq!(who_may(&contract, 51)[1], (Who::Approver, "approve"));
		assert_eq!(state_text(&submitted(), Some(2)), "submitted at 50, 1 of 2 approvals");
	}

	#[test]
	fn offered_split_should_be_accepted_by_the_other_party() {
		let split = Some(Split { by: Party::Client, provider_share: Amount(6) });
		let contract = contract(Some(1), State::Pending { split });
		let last = [(Who::Provider, "split accept"), (Who::Client, "split withdraw")];
		assert_eq!(who_may(&contract, 1)[3..], last);
		let text = state_text(&State::Pending { split }, None);
		assert_eq!(text, "pending; the client offers 6 planck for the provider");
	}

	#[test]
	fn concluded_milestone_should_have_no_next_step() {
		let (fee, released) = (Amount(1), Amount(2));
		for state in [
			State::Released { fee, on_time: true },
			State::Refunded { missed: false },
			State::Ruled { released, fee },
			State::Split { released, fee, on_time: true },
		] {
			assert!(steps(&contract(Some(1), state), 1).is_empty());
		}
	}

	#[test]
	fn concluded_milestone_should_say_whether_its_due_was_kept() {
		let released = |on_time| state_text(&State::Released { fee: Amount(1), on_time }, None);
		assert_eq!(released(true), "released on time, 1 planck of it as fee");
		assert_eq!(released(false), "released late, 1 planck of it as fee");
		let refunded = |missed| state_text(&State::Refunded { missed }, None);
		assert_eq!(refunded(true), "refunded, its due missed");
		assert_eq!(refunded(false), "refunded, its due not missed");
	}

	#[test]
	fn stream_should_be_topped_up_while_it_can_use_more() {
		let stop = [(Who::Party, "stop"), (Who::Anybody, "stop"), (Who::Client, "dispute")];
		let short = paid_by(Payment::Stream(stream(100, 10)), Some(1));
		let [settle, top_up] = [(Who::Anybody, "settle"), (Who::Anybody, "top-up")];
		assert_eq!(who_may(&short, 50), [&[settle, top_up], &stop[..]].concat());
		let full = paid_by(Payment::Stream(stream(500, 0)), Some(1));
		assert_eq!(who_may(&full, 50), stop);
		assert_eq!(who_may(&full, DUE + 1), stop[1..]);
		assert_eq!(who_may(&full, DUE + REVIEW + 1), stop[1..2]);
	}

	#[test]
	fn meter_should_be_redeemed_until_its_notice_is_over() {
		let [sign, redeem] = [(Who::Signer, "voucher sign"), (Who::Provider, "redeem")];
		let running = paid_by(Payment::Metered(meter(Phase::Running, DUE + REVIEW)), Some(1));
		let stops = [(Who::Party, "stop"), (Who::Anybody, "stop"), (Who::Client, "dispute")];
		assert_eq!(who_may(&running, DUE), [&[sign, redeem], &stops[..]].concat());
		assert_eq!(who_may(&running, DUE + 1), [&[redeem], &stops[..]].concat());
		let stopping = meter(Phase::Stopping { since: 50 }, 50 + REVIEW);
		let stopping = paid_by(Payment::Metered(stopping), Some(1));
		let last = [(Who::Provider, "stop"), (Who::Anybody, "stop"), (Who::Client, "dispute")];
		assert_eq!(who_may(&stopping, 51), [&[sign, redeem], &last[..]].concat());
		assert_eq!(who_may(&stopping, 51 + REVIEW), last[1..2]);
	}
}
