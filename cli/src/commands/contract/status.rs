//! `aitbc contract status`: where a contract stands, and who may do what next.

use crate::{
	chain::{
		contracts::{self, Claim, Contract, Milestone, State},
		network::{self, ActiveClock},
	},
	commands::Context,
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
	Anybody,
}

impl fmt::Display for Who {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Client => "client",
			Self::Provider => "provider",
			Self::Party => "client or provider",
			Self::Anybody => "anybody",
		})
	}
}

/// Something that can be done next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Step {
	who: Who,
	/// The command, `aitbc contract <step>`.
	step: &'static str,
	#[serde(skip_serializing_if = "Option::is_none")]
	milestone: Option<u32>,
	/// The first active block at which it can be done, if that is still to come.
	#[serde(skip_serializing_if = "Option::is_none")]
	from: Option<u32>,
	/// The last active block at which it can be done.
	#[serde(skip_serializing_if = "Option::is_none")]
	until: Option<u32>,
}

impl Step {
	fn new(who: Who, step: &'static str, milestone: Option<u32>) -> Self {
		Self { who, step, milestone, from: None, until: None }
	}

	fn from(self, block: u32) -> Self {
		Self { from: Some(block), ..self }
	}

	fn until(self, block: u32) -> Self {
		Self { until: Some(block), ..self }
	}
}

/// What may be done with `contract` when the active clock shows `now`.
fn steps(contract: &Contract, now: u32) -> Vec<Step> {
	if contract.funded_since.is_none() {
		return unfunded_steps(contract, now);
	}
	let steps = contract.milestones.iter();
	steps.flat_map(|milestone| milestone_steps(milestone, contract.review_period, now)).collect()
}

fn unfunded_steps(contract: &Contract, now: u32) -> Vec<Step> {
	let earliest = contract.milestones.iter().map(|milestone| milestone.due).min().unwrap_or(now);
	if earliest < now {
		return vec![Step::new(Who::Anybody, "cancel", None)];
	}
	vec![
		Step::new(Who::Client, "fund", None).until(earliest),
		Step::new(Who::Party, "cancel", None),
	]
}

fn milestone_steps(milestone: &Milestone, review_period: u32, now: u32) -> Vec<Step> {
	let index = Some(milestone.milestone);
	match milestone.state {
		State::Pending if now <= milestone.due => vec![
			Step::new(Who::Provider, "submit", index).until(milestone.due),
			Step::new(Who::Client, "release", index),
			Step::new(Who::Provider, "refund", index),
		],
		State::Pending => {
			vec![Step::new(Who::Anybody, "refund", index), Step::new(Who::Client, "release", index)]
		},
		State::Submitted { submitted_at, .. } => {
			let settle = Step::new(Who::Anybody, "settle", index);
			let reviewed = submitted_at.saturating_add(review_period);
			vec![
				Step::new(Who::Client, "release", index),
				Step::new(Who::Provider, "refund", index),
				if now < reviewed { settle.from(reviewed) } else { settle },
			]
		},
		State::Released { .. } | State::Refunded { .. } => Vec::new(),
	}
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
		let state = match contract.funded_since {
			Some(since) => format!("funded since active block {since}"),
			None => "open, not funded".to_owned(),
		};
		let clock = if self.clock.paused { ", standing still" } else { "" };
		let head = fields([
			("contract", contract.contract.to_string()),
			("state", state),
			("client", contract.client.to_string()),
			("provider", contract.provider.to_string()),
			("terms", contract.terms.to_string()),
			("total", contract.total.to_string()),
			("fee", format!("{} of what is released", contract.fee_rate)),
			("review", format!("{} active blocks", contract.review_period)),
			("deposit", contract.deposit.to_string()),
			("active clock", format!("{}{clock}", self.clock.now)),
		]);
		let milestones = contract.milestones.iter().map(|one| {
			[
				one.milestone.to_string(),
				one.amount.to_string(),
				one.due.to_string(),
				state_text(&one.state),
			]
		});
		let milestones = table(["milestone", "amount", "due", "state"], milestones);
		[head, milestones, steps_text(&self.next), claims_text(&self.claims)]
			.into_iter()
			.filter(|part| !part.is_empty())
			.collect::<Vec<_>>()
			.join("\n\n")
	}
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

fn state_text(state: &State) -> String {
	match state {
		State::Submitted { submitted_at, .. } => format!("{state} at {submitted_at}"),
		State::Released { fee, on_time } => {
			let when = if *on_time { "on time" } else { "late" };
			format!("{state} {when}, {fee} of it as fee")
		},
		State::Refunded { missed: true } => format!("{state}, its due missed"),
		State::Refunded { missed: false } => format!("{state}, its due not missed"),
		State::Pending => state.to_string(),
	}
}

fn steps_text(steps: &[Step]) -> String {
	let rows = steps.iter().map(|step| {
		let when = match (step.from, step.until) {
			(Some(from), _) => format!("from active block {from}"),
			(None, Some(until)) => format!("until active block {until}"),
			(None, None) => "now".to_owned(),
		};
		[step.step.to_owned(), or_dash(step.milestone), step.who.to_string(), when]
	});
	table(["next", "milestone", "by", "when"], rows)
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
	use crate::{amount::Amount, decimal::Share, digest::Hash};
	use subxt::utils::AccountId32;

	const DUE: u32 = 100;
	const REVIEW: u32 = 20;

	fn contract(funded_since: Option<u32>, state: State) -> Contract {
		let milestone = Milestone { milestone: 0, amount: Amount(1), due: DUE, state };
		Contract {
			contract: 7,
			client: AccountId32([1; 32]),
			provider: AccountId32([2; 32]),
			terms: Hash([3; 32]),
			total: Amount(1),
			deposit: Amount(1),
			fee_rate: "2.5 %".into(),
			fee_share: Share(25_000_000),
			review_period: REVIEW,
			funded_since,
			milestones: vec![milestone],
		}
	}

	/// Who may do what, without when.
	fn who_may(contract: &Contract, now: u32) -> Vec<(Who, &'static str)> {
		steps(contract, now).into_iter().map(|step| (step.who, step.step)).collect()
	}

	#[test]
	fn unfunded_contract_should_be_funded_or_cancelled_until_due() {
		let contract = contract(None, State::Pending);
		assert_eq!(who_may(&contract, DUE), [(Who::Client, "fund"), (Who::Party, "cancel")]);
		assert_eq!(who_may(&contract, DUE + 1), [(Who::Anybody, "cancel")]);
	}

	#[test]
	fn pending_milestone_should_be_submitted_until_due_and_refunded_after() {
		let contract = contract(Some(1), State::Pending);
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
		let state = State::Submitted { submitted_at: 50, evidence: Hash([4; 32]) };
		let contract = contract(Some(1), state);
		let settle = |now| steps(&contract, now).into_iter().find(|step| step.step == "settle");

		let early = settle(50 + REVIEW - 1).expect("it is shown beforehand");
		assert_eq!((early.who, early.from), (Who::Anybody, Some(50 + REVIEW)));
		assert_eq!(settle(50 + REVIEW).expect("it is shown").from, None);
	}

	#[test]
	fn concluded_milestone_should_have_no_next_step() {
		let released = State::Released { fee: Amount(1), on_time: true };
		for state in [released, State::Refunded { missed: false }] {
			assert!(steps(&contract(Some(1), state), 1).is_empty());
		}
	}

	#[test]
	fn concluded_milestone_should_say_whether_its_due_was_kept() {
		let released = |on_time| state_text(&State::Released { fee: Amount(1), on_time });
		assert_eq!(released(true), "released on time, 1 planck of it as fee");
		assert_eq!(released(false), "released late, 1 planck of it as fee");
		let refunded = |missed| state_text(&State::Refunded { missed });
		assert_eq!(refunded(true), "refunded, its due missed");
		assert_eq!(refunded(false), "refunded, its due not missed");
	}
}
