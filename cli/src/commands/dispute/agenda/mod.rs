//! What can be done about a case: by whom, by when, and what becomes of it otherwise.

use crate::{
	chain::{
		contracts::Party,
		disputes::{Ballot, Case, Role, State},
	},
	output::{or_dash, table},
	time::Period,
};
use serde::Serialize;
use std::fmt;

/// Who can do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
	Client,
	Provider,
	/// Client or provider.
	Party,
	/// A member of the jury.
	Juror,
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
			Self::Juror => "a juror",
			Self::Anybody => "anybody",
		})
	}
}

/// What becomes of a case, or of somebody's money, when something is left undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Otherwise {
	/// The opener's claim stands, and who is silent is slashed as by a ruling.
	OpenersClaimStands,
	/// The claim of who appealed stands.
	AppellantsClaimStands,
	/// What the jury came to stands.
	OutcomeStands,
	/// The seats lose what silence costs.
	SilenceIsSlashed,
	/// Nothing moves.
	NothingMoves,
}

impl Otherwise {
	/// Whether it is bad for who could do something about it, whatever that is.
	fn is_harmful(self) -> bool {
		match self {
			Self::OpenersClaimStands | Self::AppellantsClaimStands | Self::SilenceIsSlashed => true,
			Self::OutcomeStands | Self::NothingMoves => false,
		}
	}
}

impl fmt::Display for Otherwise {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::OpenersClaimStands => "the opener's claim stands; bonds are slashed",
			Self::AppellantsClaimStands => "the claim of who appealed stands",
			Self::OutcomeStands => "the outcome stands",
			Self::SilenceIsSlashed => "silence is slashed",
			Self::NothingMoves => "nothing moves",
		})
	}
}

/// Something that can be done. Blocks are active blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
	/// Who can.
	pub who: Who,
	/// The command: `aitbc dispute <step>`.
	pub step: &'static str,
	/// The first block at which it can be done, if that is still to come.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub from: Option<u32>,
	/// The last block at which it can be done.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub until: Option<u32>,
	/// What happens if nobody does it.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub otherwise: Option<Otherwise>,
}

impl Task {
	/// Something that can be done at any time, and costs nothing to leave.
	fn new(who: impl Into<Who>, step: &'static str) -> Self {
		Self { who: who.into(), step, from: None, until: None, otherwise: None }
	}

	/// From `block` on, unless that has come by `now`.
	fn from(self, block: u32, now: u32) -> Self {
		Self { from: Some(block).filter(|block| now < *block), ..self }
	}

	/// Up to `block`.
	fn until(self, block: u32) -> Self {
		Self { until: Some(block), ..self }
	}

	/// With what happens otherwise.
	fn otherwise(self, otherwise: Otherwise) -> Self {
		Self { otherwise: Some(otherwise), ..self }
	}

	/// Whether leaving it harms who can do it.
	pub fn is_required(&self) -> bool {
		self.otherwise.is_some_and(Otherwise::is_harmful)
	}

	/// Its place: first what must be done now, by its deadline; then what may be done now; then what
	/// is to come, by when it can be begun.
	fn urgency(&self) -> (u8, u32) {
		match (self.from, self.until) {
			(None, Some(until)) if self.is_required() => (0, until),
			(None, until) => (1, until.unwrap_or(u32::MAX)),
			(Some(from), _) => (2, from),
		}
	}

	/// When it can be done, with the time that is left at `now`.
	pub fn when(&self, now: u32) -> String {
		let left = |block: u32| Period(block.saturating_sub(now));
		match (self.from, self.until) {
			(Some(from), Some(until)) => {
				format!("active blocks {from} to {until}, begins in {}", left(from))
			},
			(Some(from), None) => format!("from active block {from}, in {}", left(from)),
			(None, Some(until)) => format!("until active block {until}, {} left", left(until)),
			(None, None) => "now".to_owned(),
		}
	}
}

/// How urgent the first of `tasks` is, which are in their order.
pub fn urgency(tasks: &[Task]) -> (u8, u32) {
	tasks.first().map_or((3, 0), Task::urgency)
}

/// The tasks for people, at `now`.
pub fn text(tasks: &[Task], now: u32) -> String {
	let rows = tasks.iter().map(|task| {
		[task.step.to_owned(), task.who.to_string(), task.when(now), or_dash(task.otherwise)]
	});
	table(["next", "by", "when", "otherwise"], rows)
}

/// A case at a point of time.
#[derive(Clone, Copy)]
pub struct Agenda<'a> {
	/// The case, with its present round.
	pub case: &'a Case,
	/// What the active clock shows.
	pub now: u32,
}

impl Agenda<'_> {
	/// What can be done, by whomever, most urgent first.
	pub fn all(&self) -> Vec<Task> {
		let mut tasks = self.of_party(Party::Client);
		for task in self.of_party(Party::Provider) {
			let same = |one: &&mut Task| Task { who: task.who, ..**one } == task;
			match tasks.iter_mut().find(same) {
				Some(one) => one.who = Who::Party,
				None => tasks.push(task),
			}
		}
		for task in self.of_jury() {
			if !tasks.contains(&task) {
				tasks.push(task);
			}
		}
		self.in_order(tasks)
	}

	/// What an account can do that takes part as `roles` say, most urgent first.
	pub fn of(&self, roles: &[Role]) -> Vec<Task> {
		let tasks = roles.iter().flat_map(|role| match *role {
			Role::Party { side } => self.of_party(side),
			Role::Juror { round, ballot, .. } => self.of_juror(round, ballot).into_iter().collect(),
		});
		self.in_order(tasks.collect())
	}

	/// `tasks` and what anybody can do, most urgent first.
	fn in_order(&self, mut tasks: Vec<Task>) -> Vec<Task> {
		tasks.extend(self.of_anybody());
		tasks.sort_by_key(Task::urgency);
		tasks
	}

	fn of_party(&self, side: Party) -> Vec<Task> {
		let now = self.now;
		let task = |step| Task::new(side, step);
		match self.case.state {
			State::Settling { until, offer } if now <= until => {
				let is_silent = self.case.opener != side && self.case.claims.of(side).is_none();
				let defend = task("defend").until(until).otherwise(Otherwise::OpenersClaimStands);
				let is_offered = offer.is_some_and(|offer| offer.by != side);
				let accept = is_offered.then(|| task("accept").until(until));
				// Without a court nobody reads it.
				let evidence = self.case.court.map(|_| task("evidence"));
				let steps = is_silent.then_some(defend).into_iter().chain(accept);
				steps.chain([task("offer").until(until)]).chain(evidence).collect()
			},
			State::Drawing { evidence_until, .. } | State::Voting { evidence_until, .. }
				if now <= evidence_until =>
			{
				vec![task("evidence").until(evidence_until)]
			},
			State::Appealable { loser, appeal_until, until, appellant, .. } => {
				let appeal = match appellant {
					None => {
						let may = now <= appeal_until && loser.is_none_or(|loser| loser == side);
						let appeal = task("appeal").until(appeal_until);
						may.then(|| appeal.otherwise(Otherwise::OutcomeStands))
					},
					Some(appellant) => {
						let may = now <= until && appellant != side;
						let appeal = task("appeal").until(until);
						may.then(|| appeal.otherwise(Otherwise::AppellantsClaimStands))
					},
				};
				appeal.into_iter().collect()
			},
			_ => Vec::new(),
		}
	}

	fn of_jury(&self) -> Vec<Task> {
		let State::Voting { round, .. } = self.case.state else { return Vec::new() };
		let jury = self.case.round(round).map_or(&[][..], |round| &round.jury);
		jury.iter().filter_map(|member| self.of_juror(round, member.ballot)).collect()
	}

	/// What a member of the jury of `round` has to do that has done what `ballot` says.
	fn of_juror(&self, round: u8, ballot: Ballot) -> Option<Task> {
		let now = self.now;
		let State::Voting { round: present, evidence_until, commit_until, reveal_until, .. } =
			self.case.state
		else {
			return None;
		};
		let task = |step| Task::new(Who::Juror, step).otherwise(Otherwise::SilenceIsSlashed);
		match ballot {
			_ if round != present => None,
			Ballot::Awaited if now <= commit_until => {
				let commit = task("commit").from(evidence_until.saturating_add(1), now);
				Some(commit.until(commit_until))
			},
			Ballot::Committed { .. } if now <= reveal_until => {
				let reveal = task("reveal").until(reveal_until);
				Some(match self.case.secret_until(now) {
					Some(last) => reveal.from(last.saturating_add(1), now),
					None => reveal,
				})
			},
			_ => None,
		}
	}

	fn of_anybody(&self) -> Vec<Task> {
		let now = self.now;
		let decide = match self.case.state {
			State::Settling { until, .. } if now <= until => {
				let decide = Task::new(Who::Anybody, "decide").until(until);
				Some(decide).filter(|_| self.case.subject.has_facts())
			},
			_ => None,
		};
		let resolve = self.case.due.map(|due| {
			let resolve = Task::new(Who::Anybody, "resolve").from(due.from, now);
			resolve.otherwise(Otherwise::NothingMoves)
		});
		decide.into_iter().chain(resolve).collect()
	}
}

#[cfg(test)]
mod tests;
