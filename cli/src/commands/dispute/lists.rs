//! `aitbc dispute list` and `status --mine`: the cases of an account, and what it has to do.

use super::agenda::{self, Agenda, Task};
use crate::{
	chain::{
		disputes::{self, Involvement, Page},
		network::{self, ActiveClock},
	},
	commands::{Context, Limit},
	error::Error,
	keys::AccountName,
	output::{or_dash, table, Report},
	terminal,
};
use clap::Args;
use serde::Serialize;
use subxt::utils::AccountId32;

/// How many cases of one account are looked at for what it has to do.
const MAX_CASES: u32 = 1_000;

/// Whose cases to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	/// Party or juror: an address, a key's name, or a development key such as //Alice
	account: AccountName,

	/// Go on where the last page ended: the case that it named. Pages follow the order of storage,
	/// and the cases of each page their ids
	#[arg(long, value_name = "CASE")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Lists cases.
pub async fn run(args: ListArgs, context: &Context) -> Result<(), Error> {
	let account = args.account.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let page = disputes::cases_of(&block, account, args.after, args.limit.limit).await?;
	context.print(&page, Some(block.id))?;
	if let Some(next) = page.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

impl Report for Page {
	const KIND: &'static str = "dispute.list";

	fn text(&self) -> String {
		let rows = self.cases.iter().map(|one| {
			let case = &one.case;
			[
				case.case.to_string(),
				case.state.to_string(),
				roles_text(one),
				case.value.to_string(),
				case.subject.to_string(),
				case.opener.to_string(),
			]
		});
		table(["case", "state", "you are", "value", "about", "opened by"], rows)
	}
}

/// As what an account takes part.
fn roles_text(one: &Involvement) -> String {
	let roles: Vec<_> = one.roles.iter().map(ToString::to_string).collect();
	roles.join(", ")
}

/// Shows what `account` has to do in all its cases.
pub async fn mine(account: &AccountName, context: &Context) -> Result<(), Error> {
	let account = account.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let clock = network::active_clock(&block).await?;
	let page = disputes::cases_of(&block, account, None, MAX_CASES).await?;
	let is_partial = page.next.is_some();
	let report = MineReport::new(account, page.cases, clock);
	context.print(&report, Some(block.id))?;
	if report.cases.is_empty() {
		terminal::note("the account takes part in no case");
	}
	if report.can_reveal() {
		terminal::note(
			"`aitbc dispute reveal` takes a vote once the block that opened the votes is final, which \
			 takes some seconds more",
		);
	}
	if is_partial {
		terminal::warn(format!(
			"these are the tasks of the first {MAX_CASES} cases in the order of storage, and there are \
			 more; see `aitbc dispute list`"
		));
	}
	Ok(())
}

/// A case, and what an account has to do in it.
#[derive(Clone, Debug, Serialize)]
struct Mine {
	#[serde(flatten)]
	involvement: Involvement,
	/// Most urgent first.
	next: Vec<Task>,
}

#[derive(Serialize)]
struct MineReport {
	account: AccountId32,
	clock: ActiveClock,
	/// Most urgent first.
	cases: Vec<Mine>,
}

impl MineReport {
	fn new(account: AccountId32, cases: Vec<Involvement>, clock: ActiveClock) -> Self {
		let cases = cases.into_iter().map(|involvement| {
			let agenda = Agenda { case: &involvement.case, now: clock.now };
			let next = agenda.of(&involvement.roles);
			Mine { involvement, next }
		});
		let mut cases: Vec<_> = cases.collect();
		cases.sort_by_key(|one| (agenda::urgency(&one.next), one.involvement.case.case));
		Self { account, clock, cases }
	}

	/// Whether a vote can be revealed, as the best block has it.
	fn can_reveal(&self) -> bool {
		let mut tasks = self.cases.iter().flat_map(|one| &one.next);
		tasks.any(|task| task.step == "reveal" && task.from.is_none())
	}
}

impl Report for MineReport {
	const KIND: &'static str = "dispute.mine";

	fn text(&self) -> String {
		let now = self.clock.now;
		let rows = self.cases.iter().flat_map(|one| {
			let Involvement { case, .. } = &one.involvement;
			let (id, state) = (case.case.to_string(), case.state.to_string());
			let mut head = [id, state, roles_text(&one.involvement)];
			if one.next.is_empty() {
				let [id, state, roles] = head;
				return vec![[id, state, roles, "wait".into(), "-".into(), "-".into()]];
			}
			let rows = one.next.iter().map(|task| {
				// The case is named once.
				let [id, state, roles] = std::mem::take(&mut head);
				[id, state, roles, task.step.into(), task.when(now), or_dash(task.otherwise)]
			});
			rows.collect()
		});
		let tasks = table(["case", "state", "you are", "do", "when", "otherwise"], rows);
		let paused =
			if self.clock.paused { ", standing still: no deadline comes nearer" } else { "" };
		format!("{tasks}\n\nactive block {now}{paused}")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		amount::Amount,
		chain::{
			contracts::Party,
			disputes::{Ballot, Case, CourtTerms, Member, Role, Round, Sides, State, Subject},
		},
		quantity::Tenths,
	};

	const ACCOUNT: AccountId32 = AccountId32([5; 32]);

	fn case(id: u64, state: State) -> Case {
		let amount = Amount(1);
		Case {
			case: id,
			subject: Subject::Milestone { contract: 3, milestone: 0 },
			client: AccountId32([1; 32]),
			provider: ACCOUNT,
			opener: Party::Client,
			agent: None,
			since: 1,
			value: amount,
			claims: Sides { client: Some(Tenths::ALL), provider: None },
			court: Some(CourtTerms { seat_fee: amount, seat_stake: amount }),
			deposit: amount,
			filing_fee: amount,
			filed: Sides::default(),
			state,
			rounds: Vec::new(),
			due: None,
		}
	}

	fn settling(id: u64, until: u32) -> Involvement {
		let roles = vec![Role::Party { side: Party::Provider }];
		Involvement { case: case(id, State::Settling { until, offer: None }), roles }
	}

	fn drawing(id: u64) -> Involvement {
		let state = State::Drawing { round: 0, redrawn: false, evidence_until: 10 };
		Involvement { case: case(id, state), roles: vec![Role::Party { side: Party::Provider }] }
	}

	fn judging(id: u64, commit_until: u32) -> Involvement {
		let state = State::Voting {
			round: 0,
			redrawn: false,
			evidence_until: 10,
			commit_until,
			reveal_until: commit_until + 40,
		};
		let ballot = Ballot::Awaited;
		let round = Round {
			round: 0,
			seats: 3,
			stakes: Sides::default(),
			jury: vec![Member { juror: ACCOUNT, seats: 1, ballot }],
			outcome: None,
		};
		let case = Case { rounds: vec![round], ..case(id, state) };
		Involvement { case, roles: vec![Role::Juror { round: 0, seats: 1, ballot }] }
	}

	fn report(cases: Vec<Involvement>) -> MineReport {
		MineReport::new(ACCOUNT, cases, ActiveClock { now: 50, paused: false })
	}

	#[test]
	fn cases_should_be_ordered_by_what_must_be_done_soonest_in_whatever_role() {
		let cases = vec![drawing(1), settling(2, 90), judging(3, 80), settling(4, 70), drawing(0)];
		let order = report(cases).cases.into_iter().map(|one| one.involvement.case.case);
		assert_eq!(order.collect::<Vec<_>>(), [4, 3, 2, 0, 1]);
	}

	#[test]
	fn each_task_should_have_a_row_and_each_case_be_named_once() {
		let text = report(vec![settling(2, 90), drawing(1)]).text();
		let rows: Vec<_> = text.lines().collect();
		assert!(rows[1].starts_with(" 2 ") && rows[1].contains("defend"), "{text}");
		assert!(rows[1].contains("until active block 90, 2 min left"), "{text}");
		assert!(rows[1].contains("the opener's claim stands"), "{text}");
		assert!(!rows[2].contains(" 2  ") && rows[2].contains("offer"), "{text}");
		assert!(text.contains("wait"), "{text}");
		assert!(text.ends_with("active block 50"), "{text}");
	}
}
