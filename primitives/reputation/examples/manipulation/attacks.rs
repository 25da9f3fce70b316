//! The attacks, each as rows of the table.
//!
//! An attacker does all its jobs in one block, because time only takes evidence away.

use crate::{
	agent::{Agent, Job},
	prices::{Cost, FEE_RATE},
	search::{Attempt, Way},
};
use aitbc_core::{money::AIT, time::DAYS, Balance, BlockNumber};
use aitbc_reputation::{PairEvidence, Rules};
use sp_arithmetic::Perbill;
use std::fmt;

/// How many accounts, or agents, an attacker has.
const SIZES: [u32; 3] = [1, 10, 100];

/// As many accounts as an attacker has where their number is not the point, and as many clients as
/// an honest agent had.
const MANY: u32 = 100;

/// From where an attacker raises its own lower bound, in percent.
const STARTS: [u32; 3] = [0, 30, 60];

/// By how much an attacker moves a lower bound.
const STEP: Perbill = Perbill::from_percent(10);

/// When everything begins, in active blocks.
const START: BlockNumber = 0;

/// What an attacker has.
#[derive(Clone, Copy)]
pub enum Size {
	/// Accounts that are clients.
	Accounts(u32),
	/// Agents, each of an owner of its own.
	Agents(u32),
}

impl Size {
	/// How many of them.
	fn number(self) -> u32 {
		match self {
			Self::Accounts(number) | Self::Agents(number) => number,
		}
	}
}

impl fmt::Display for Size {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Accounts(1) => write!(f, "1 account"),
			Self::Accounts(number) => write!(f, "{number} accounts"),
			Self::Agents(1) => write!(f, "1 agent"),
			Self::Agents(number) => write!(f, "{number} agents"),
		}
	}
}

/// A row of the table.
pub struct Row {
	/// What is tried.
	pub attack: String,
	/// With how many accounts or agents.
	pub size: Size,
	/// The lower bound before.
	pub from: Perbill,
	/// The lower bound after, or `None` when no price reaches the aim.
	pub to: Option<Perbill>,
	/// How many agents' lower bounds moved so for the cost, 0 when they moved for another reason.
	pub agents: u32,
	/// What it cost in all.
	pub cost: Cost,
}

impl Row {
	/// A row about one agent. Each of the attacker's accounts or agents needs its existential
	/// deposit.
	fn new(attack: impl Into<String>, size: Size, before: Perbill, way: Option<Way>) -> Self {
		let accounts = Cost::of_account().times(size.number());
		Self {
			attack: attack.into(),
			size,
			from: before,
			to: way.map(|way| way.agent.bound(way.at)),
			agents: 1,
			cost: way.map_or(Cost::default(), |way| way.cost + accounts),
		}
	}

	/// The same, when it was not the cost that moved the lower bound.
	fn for_free(self) -> Self {
		Self { agents: 0, ..self }
	}

	/// The same with something else to pay for.
	fn plus(mut self, cost: Cost) -> Self {
		self.cost = self.cost + cost;
		self
	}
}

/// Every attack.
pub fn all() -> Vec<Row> {
	[
		self_promotion(),
		rings(),
		holding(),
		bad_ratings(),
		traps(),
		unsolicited_work(),
		dust(),
		new_starts(),
		sales(),
	]
	.into_iter()
	.flatten()
	.collect()
}

/// An agent with a faultless history of many clients that brings it to `is_done` and hardly
/// further.
fn honest(is_done: &dyn Fn(&Agent) -> bool) -> Agent {
	history(&Job::done, is_done)
}

/// An agent with a history of equal jobs for many clients.
fn history(job: &dyn Fn(Balance) -> Job, is_done: &dyn Fn(&Agent) -> bool) -> Agent {
	let attempt = Attempt {
		agent: Agent::default(),
		now: START,
		job,
		cost: &|price| Cost::of_rivals_job(price, 0),
		is_done,
	};
	attempt.closest(MANY).expect("honest work reaches every score below one").agent
}

/// An honest agent with a lower bound of `bound`.
fn honest_at(bound: Perbill) -> Agent {
	if bound.is_zero() {
		return Agent::default();
	}
	honest(&|agent| agent.bound(START) >= bound)
}

/// An honest agent with so much evidence, in AIT.
fn honest_with(evidence: u32) -> Agent {
	honest(&|agent| agent.score(START).evidence >= Balance::from(evidence) * AIT)
}

/// The cheapest way to bring an own agent to a lower bound with an own client on each account.
fn raise(agent: Agent, to: Perbill, accounts: u32, now: BlockNumber) -> Option<Way> {
	raise_by(&Job::done, agent, to, accounts, now)
}

/// The same with another kind of job.
fn raise_by(
	job: &dyn Fn(Balance) -> Job,
	agent: Agent,
	to: Perbill,
	clients: u32,
	now: BlockNumber,
) -> Option<Way> {
	let is_done = |agent: &Agent| agent.bound(now) >= to;
	Attempt { agent, now, job, cost: &Cost::of_own_job, is_done: &is_done }.cheapest(clients)
}

/// The cheapest way to bring a rival down by a step.
fn sink(
	rival: Agent,
	accounts: u32,
	job: &dyn Fn(Balance) -> Job,
	cost: &dyn Fn(Balance) -> Cost,
) -> Option<Way> {
	let aim = rival.bound(START) - STEP;
	let is_done = |agent: &Agent| agent.bound(START) <= aim;
	Attempt { agent: rival, now: START, job, cost, is_done: &is_done }.cheapest(accounts)
}

/// Own clients hire the own agent and praise it.
fn self_promotion() -> Vec<Row> {
	let mut rows = Vec::new();
	for start in STARTS.map(Perbill::from_percent) {
		let agent = honest_at(start);
		for accounts in SIZES {
			let before = agent.bound(START);
			let way = raise(agent, before + STEP, accounts, START);
			let row = Row::new("praise the own agent", Size::Accounts(accounts), before, way);
			rows.push(if start.is_zero() { row.plus(Cost::of_registration()) } else { row });
		}
	}
	rows
}

/// Own agents of different owners, each of which hires others and is hired by them, both sides of
/// each job praising the other. They are alike, so one is played and its cost multiplied.
fn rings() -> Vec<Row> {
	let mut rows = Vec::new();
	for start in STARTS.map(Perbill::from_percent) {
		let agent = honest_at(start);
		for agents in SIZES {
			let before = agent.bound(START);
			// Nobody hires itself.
			let way = raise_by(&Job::mutual, agent, before + STEP, agents - 1, START)
				.map(|way| Way { cost: way.cost.times(agents), ..way });
			let name = "praise one another in a ring";
			let row = Row { agents, ..Row::new(name, Size::Agents(agents), before, way) };
			let registrations = Cost::of_registration().times(agents);
			rows.push(if start.is_zero() { row.plus(registrations) } else { row });
		}
	}
	rows
}

/// Own praise against a month of decay.
fn holding() -> Vec<Row> {
	let month = 30 * DAYS;
	let levels = [30, 60, 90].map(Perbill::from_percent);
	let rows = levels.map(|level| {
		let agent = honest_at(level);
		let way = raise(agent, level, MANY, month);
		Row::new("praise, to make up for 30 days", Size::Accounts(MANY), agent.bound(month), way)
	});
	rows.into()
}

/// Own clients hire a rival, pay for good work and give it the worst rating.
fn bad_ratings() -> Vec<Row> {
	let mut rows = Vec::new();
	for evidence in [20, 100, 1_000] {
		let rival = honest_with(evidence);
		for accounts in SIZES {
			let job = |price| Job::done(price).rated(Perbill::zero());
			let way = sink(rival, accounts, &job, &|price| Cost::of_rivals_job(price, 0));
			let name = format!("rate a rival 0 that has {evidence} AIT of evidence");
			rows.push(Row::new(name, Size::Accounts(accounts), rival.bound(START), way));
		}
	}
	rows
}

/// Own clients offer a rival contracts of which it can do a small part only, and it accepts.
fn traps() -> Vec<Row> {
	let rival = honest_with(100);
	let rows = SIZES.map(|accounts| {
		let job = |price| Job::mostly_missed(price, 24 * price).rated(Perbill::zero());
		let cost = |price| Cost::of_rivals_job(price, 24 * price);
		let way = sink(rival, accounts, &job, &cost);
		let name = "have a rival with 100 AIT accept work and miss 96 % of it";
		Row::new(name, Size::Accounts(accounts), rival.bound(START), way)
	});
	rows.into()
}

/// A number of equal jobs, all for one client, that do not count.
fn in_vain(agent: Agent, jobs: u32, job: Job, cost: Cost) -> Way {
	let mut after = agent;
	let mut pair = PairEvidence::default();
	for _ in 0..jobs {
		after.serve(&mut pair, &job, START);
	}
	assert!(after == agent, "work that does not count changed what the chain remembers");
	Way { agent: after, cost: cost.times(jobs), at: START }
}

/// A contract that the rival never accepted, part of it paid unasked, the rest missed.
fn unsolicited_work() -> Vec<Row> {
	let rival = honest_with(100);
	let (price, missed) = (40 * AIT, 100_000 * AIT);
	let job = Job::mostly_missed(price, missed).rated(Perbill::zero()).unasked();
	let way = in_vain(rival, 1, job, Cost::of_rivals_job(price, missed));
	let name = "pay a rival 40 of 100,040 AIT for work it never accepted";
	vec![Row::new(name, Size::Accounts(1), rival.bound(START), Some(way))]
}

/// A thousand jobs whose fees are below the minimum.
fn dust() -> Vec<Row> {
	let agent = honest_at(Perbill::from_percent(30));
	let rival = honest_with(100);
	let least = FEE_RATE.saturating_reciprocal_mul_floor(Rules::default().min_fee);
	let mut rows = Vec::new();
	for (price, words) in [(AIT, "1 AIT"), (least - AIT, "39 AIT")] {
		let way = in_vain(agent, 1_000, Job::done(price), Cost::of_own_job(price));
		let name = format!("praise the own agent in 1,000 jobs of {words}");
		rows.push(Row::new(name, Size::Accounts(1), agent.bound(START), Some(way)));
	}
	let job = Job::done(AIT).rated(Perbill::zero());
	let way = in_vain(rival, 1_000, job, Cost::of_rivals_job(AIT, 0));
	let name = "rate a rival 0 in 1,000 jobs of 1 AIT";
	rows.push(Row::new(name, Size::Accounts(1), rival.bound(START), Some(way)));
	rows
}

/// A bad history, 100 AIT of evidence for a fifth of the work and the ratings, and what to do about
/// it: register anew, or go on.
fn new_starts() -> Vec<Row> {
	let bad_job =
		|price: Balance| Job::mostly_missed(price, 4 * price).rated(Perbill::from_percent(20));
	let bad = history(&bad_job, &|agent| agent.score(START).evidence >= 100 * AIT);
	let size = Size::Accounts(MANY);
	let anew = Way { agent: Agent::default(), cost: Cost::of_registration(), at: START };
	let name = "after a bad history: register anew";
	let mut rows = vec![Row::new(name, Size::Agents(1), bad.bound(START), Some(anew)).for_free()];
	for aim in [30, 60].map(Perbill::from_percent) {
		let way = raise(Agent::default(), aim, MANY, START);
		let row = Row::new("register anew and praise the new agent", size, Perbill::zero(), way);
		rows.push(row.plus(Cost::of_registration()));
		for (days, words) in [(0, "now"), (60, "after 60 days")] {
			let now = days * DAYS;
			let name = format!("keep the bad history and praise it away {words}");
			rows.push(Row::new(name, size, bad.bound(now), raise(bad, aim, MANY, now)));
		}
	}
	rows
}

/// An agent changes hands, and the buyer brings it back to where it was.
fn sales() -> Vec<Row> {
	let mut rows = Vec::new();
	for level in [60, 80, 90].map(Perbill::from_percent) {
		let agent = honest_at(level);
		let sold = agent.sold(START);
		let sale = Way { agent: sold, cost: Cost::default(), at: START };
		let before = agent.bound(START);
		rows.push(Row::new("sell an agent", Size::Agents(1), before, Some(sale)).for_free());
		let way = raise(sold, level, MANY, START);
		let name = "bring a bought agent back";
		rows.push(Row::new(name, Size::Accounts(MANY), sold.bound(START), way));
	}
	rows
}
