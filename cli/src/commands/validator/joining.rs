//! Becoming a validator: session keys, a bond, and the candidacy.
//!
//! What is missing of the three is sent as one transaction, of which all has an effect or nothing. So a
//! flow that broke off is finished by the same command.

use super::{keys::Operator, waiting};
use crate::{
	amount::Amount,
	chain::{
		network,
		session::{self, Keys},
		staking::{
			self,
			eras::{self, EraMoment},
			Limits, Payee, Role,
		},
		Block, ChainCall,
	},
	commands::{
		staking::{bonding::ensure_free, Known, StakingError},
		Context,
	},
	decimal::Share,
	error::Error,
	output::{fields, table, Report},
	quantity::Percent,
	terminal,
	transaction::{Receipt, Sent, TransactionArgs, Wait},
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// On which terms somebody validates.
#[derive(Debug, Args)]
pub struct Terms {
	/// How much is to be bonded in all [default: what is bonded, or the least that is needed]
	#[arg(long, value_name = "AMOUNT")]
	bond: Option<Amount>,

	/// Share of what nominators earn [default: as it is, or the least that is allowed]
	#[arg(long, value_name = "PERCENT")]
	commission: Option<Percent>,

	/// Have rewards bonded as well, if nothing is bonded yet [default: they are paid to the stash]
	#[arg(long)]
	compound: bool,

	/// Wait until it validates, which takes an era or two
	#[arg(long)]
	wait_active: bool,
}

/// What makes a validator.
#[derive(Debug, Args)]
pub struct OnboardArgs {
	#[command(flatten)]
	operator: Operator,

	#[command(flatten)]
	terms: Terms,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What makes a candidate.
#[derive(Debug, Args)]
pub struct AddArgs {
	#[command(flatten)]
	terms: Terms,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
	/// It was done before.
	Done,
	/// It is done by what is sent.
	Missing,
}

/// A step on the way to validating.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Step {
	step: &'static str,
	state: State,
	detail: String,
}

/// What is missing, and what it comes to.
struct Plan {
	steps: Vec<Step>,
	/// The calls, without that for keys.
	calls: Vec<ChainCall>,
	validates_from: EraMoment,
}

/// What was found and sent.
#[derive(Serialize)]
struct JoinReport {
	stash: AccountId32,
	/// Its session keys. None if they are still to be made.
	keys: Option<Keys>,
	steps: Vec<Step>,
	/// The first era in which it can validate, if it is elected.
	validates_from: EraMoment,
	/// Whether it validates now.
	is_active: bool,
	transactions: Vec<Receipt>,
}

/// Does all that is missing.
pub async fn onboard(args: OnboardArgs, context: &Context) -> Result<(), Error> {
	let known = Known::read(&args.transaction, context).await?;
	ensure_waitable(&args.terms, &args.transaction)?;
	let node = args.operator.connect(&known.chain, context).await?;
	let set = session::next_keys(&known.block, known.stash).await?;
	let present = match set {
		Some(keys) if args.operator.has(&node, &keys).await? => Some(keys),
		_ => None,
	};
	let detail = match (set, present) {
		(_, Some(_)) => "set, and this node has them",
		(Some(_), None) => "others are set, which this node does not have: it makes new ones",
		(None, None) => "the node makes them",
	};
	let mut plan = plan(&known, &args.terms).await?;
	plan.steps.insert(0, step("session-keys", present.is_some(), detail));
	if present.is_some() || args.transaction.dry_run {
		return send(&known, present, plan, Vec::new(), &args.terms, &args.transaction, context)
			.await;
	}
	let new = args.operator.make(&node, known.stash).await?;
	let (keys, calls) = (new.keys, vec![session::set_keys(new)]);
	send(&known, Some(keys), plan, calls, &args.terms, &args.transaction, context).await
}

/// Bonds and validates with keys that are set.
pub async fn add(args: AddArgs, context: &Context) -> Result<(), Error> {
	let known = Known::read(&args.transaction, context).await?;
	ensure_waitable(&args.terms, &args.transaction)?;
	let keys = session::next_keys(&known.block, known.stash).await?;
	let keys = keys.ok_or(StakingError::NoKeys(known.stash))?;
	let mut plan = plan(&known, &args.terms).await?;
	plan.steps.insert(0, step("session-keys", true, "set"));
	send(&known, Some(keys), plan, Vec::new(), &args.terms, &args.transaction, context).await
}

/// Refuses to wait for what depends on a transaction that nobody waits for.
fn ensure_waitable(terms: &Terms, args: &TransactionArgs) -> Result<(), Error> {
	if terms.wait_active && args.wait == Wait::None {
		return Err(StakingError::WithoutWait.into());
	}
	Ok(())
}

fn step(step: &'static str, is_done: bool, detail: impl Into<String>) -> Step {
	let state = if is_done { State::Done } else { State::Missing };
	Step { step, state, detail: detail.into() }
}

/// Finds out what bond and candidacy still need.
async fn plan(known: &Known<'_>, terms: &Terms) -> Result<Plan, Error> {
	let limits = staking::limits(&known.block).await?;
	let mut calls = Vec::new();
	let mut steps = vec![bond(known, terms, &limits, &mut calls).await?];
	steps.push(candidacy(known, terms, &limits, &mut calls));
	let validates_from = known.clock.moment(known.clock.next_election());
	Ok(Plan { steps, calls, validates_from })
}

/// Adds to `calls` what brings the bond to what it must be.
async fn bond(
	known: &Known<'_>,
	terms: &Terms,
	limits: &Limits,
	calls: &mut Vec<ChainCall>,
) -> Result<Step, Error> {
	let least = limits.validator_bond;
	let active = known.staker.as_ref().map_or(Amount(0), |staker| staker.active);
	let wanted = terms.bond.unwrap_or(active.max(least));
	if wanted < least {
		let role = "a validator";
		return Err(StakingError::BondTooSmall { wanted, role, least }.into());
	}
	let missing = Amount(wanted.0.saturating_sub(active.0));
	if missing.is_zero() {
		return Ok(step("bond", true, format!("{active} are bonded")));
	}
	ensure_free(&known.block, known.stash, missing).await?;
	let payee = if terms.compound { Payee::Bond } else { Payee::Stash };
	calls.push(match known.staker {
		None => staking::bond(missing, payee),
		Some(_) => staking::bond_extra(missing),
	});
	let eras = known.clock.bonding;
	Ok(step(
		"bond",
		false,
		format!("{missing} are put at risk; to leave, they wait for {eras} eras"),
	))
}

/// Adds to `calls` what makes a candidate on these terms.
fn candidacy(
	known: &Known<'_>,
	terms: &Terms,
	limits: &Limits,
	calls: &mut Vec<ChainCall>,
) -> Step {
	let role = known.staker.as_ref().map(|staker| &staker.role);
	let (present, blocked) = match role {
		Some(Role::Validator { commission_share, blocked }) => (Some(*commission_share), *blocked),
		_ => (None, false),
	};
	let wanted = terms.commission.map(|Percent(share)| share);
	let commission: Share = wanted.or(present).unwrap_or(limits.min_commission);
	let detail = format!("candidate, with a commission of {}", Percent(commission));
	if present == Some(commission) {
		return step("candidacy", true, detail);
	}
	calls.push(staking::validate(commission, blocked));
	let nominates = matches!(role, Some(Role::Nominator { .. }));
	let loss = if nominates { ", which ends what it nominates" } else { "" };
	step("candidacy", false, format!("{detail}{loss}"))
}

/// What joining takes, for people who are about to confirm it.
#[derive(Serialize)]
struct Joining<'a> {
	steps: &'a [Step],
	validates_from: EraMoment,
}

impl fmt::Display for Joining<'_> {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for Step { step, state, detail } in self.steps {
			let state = if *state == State::Done { "done" } else { "missing" };
			writeln!(f, "{step}, {state}: {detail}")?;
		}
		write!(f, "if elected, it validates from {}", self.validates_from)
	}
}

/// Sends what is missing, and tells from when on the stash validates.
async fn send(
	known: &Known<'_>,
	keys: Option<Keys>,
	plan: Plan,
	mut calls: Vec<ChainCall>,
	terms: &Terms,
	args: &TransactionArgs,
	context: &Context,
) -> Result<(), Error> {
	let Plan { steps, calls: rest, validates_from } = plan;
	calls.extend(rest);
	let joining = Joining { steps: &steps, validates_from };
	terminal::note(&joining);
	note_competition(&known.block, &keys).await?;
	let mut transactions = Vec::new();
	if !calls.is_empty() {
		let call = known.block.all_of(calls)?;
		match known.sender.send(&known.chain, &call).await? {
			Sent::DryRun(dry_run) => return context.print_foreseen(dry_run, joining),
			Sent::Done { receipt, .. } => transactions.push(receipt),
		}
	}
	if terms.wait_active && !args.sends_nothing() {
		waiting::until_active(known.stash, validates_from.era, context).await?;
	}
	let block = known.chain.best().await?;
	let clock = eras::clock(&block).await?;
	let report = JoinReport {
		stash: known.stash,
		keys,
		steps,
		validates_from: clock.moment(validates_from.era),
		is_active: session::is_active(&block, known.stash).await?,
		transactions,
	};
	context.print(&report, Some(block.id))
}

/// Says what has to be beaten where all seats are taken, and that keys are still to be made.
async fn note_competition(block: &Block, keys: &Option<Keys>) -> Result<(), Error> {
	if keys.is_none() {
		terminal::note(
			"without `--dry-run` the node makes the session keys, which are set as well",
		);
	}
	let era = network::active_era(block).await?.unwrap_or_default();
	let elected = network::validators_in_era(block, era).await?;
	let seats = staking::limits(block).await?.validators;
	if u32::try_from(elected.len()).is_ok_and(|count| count < seats) {
		return Ok(());
	}
	if let Some(least) = elected.iter().map(|one| one.total_stake).min() {
		terminal::note(format!(
			"all {seats} seats are taken: to be elected takes more than {least} at stake, \
			 nominations counted, or a referendum for more seats"
		));
	}
	Ok(())
}

impl Report for JoinReport {
	const KIND: &'static str = "validator.join";

	fn text(&self) -> String {
		let standing = match (self.is_active, self.validates_from.blocks) {
			(true, _) => "now".to_owned(),
			(false, _) => format!("from {}, if it is elected", self.validates_from),
		};
		let mut head = vec![("stash", self.stash.to_string())];
		head.extend(self.keys.map(|keys| ("session keys", keys.digits())));
		head.push(("validates", standing));
		let rows = self.steps.iter().map(|one| {
			let state = match one.state {
				State::Done => "was done",
				State::Missing if self.transactions.is_empty() => "missing",
				State::Missing => "done now",
			};
			[one.step.to_owned(), state.to_owned(), one.detail.clone()]
		});
		let steps = table(["step", "state", "detail"], rows);
		let receipts = self.transactions.iter().map(|receipt| receipt.text([]));
		[fields(head), steps].into_iter().chain(receipts).collect::<Vec<_>>().join("\n\n")
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn report(is_active: bool) -> JoinReport {
		JoinReport {
			stash: AccountId32([1; 32]),
			keys: None,
			steps: vec![step("bond", true, "1000 AIT are bonded"), step("candidacy", false, "5 %")],
			validates_from: EraMoment { era: 8, blocks: 30 },
			is_active,
			transactions: Vec::new(),
		}
	}

	#[test]
	fn steps_should_be_told_apart_when_some_were_done_before() {
		let text = report(false).text();
		for words in ["was done", "missing", "from era 8, in about 1 min 30 s, if it is elected"] {
			assert!(text.contains(words), "{words}: {text}");
		}
		assert!(report(true).text().contains("now"), "{}", report(true).text());
	}

	#[test]
	fn joining_should_be_told_step_by_step_before_it_is_confirmed() {
		let JoinReport { steps, validates_from, .. } = report(false);
		let text = Joining { steps: &steps, validates_from }.to_string();
		assert_eq!(
			text.lines().collect::<Vec<_>>(),
			[
				"bond, done: 1000 AIT are bonded",
				"candidacy, missing: 5 %",
				"if elected, it validates from era 8, in about 1 min 30 s",
			]
		);
	}
}
