//! Who may do what next, and when.

use crate::output::{or_dash, table};
use serde::Serialize;
use std::fmt::Display;

/// Something that can be done next by a `Who`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step<Who> {
	/// Who may.
	pub who: Who,
	/// The command, behind its noun where all steps have one noun.
	pub step: &'static str,
	/// Which milestone.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub milestone: Option<u32>,
	/// The first active block at which it can be done, if that is still to come.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub from: Option<u32>,
	/// The last active block at which it can be done.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub until: Option<u32>,
}

impl<Who> Step<Who> {
	/// Something that can be done at any time.
	pub fn new(who: Who, step: &'static str, milestone: Option<u32>) -> Self {
		Self { who, step, milestone, from: None, until: None }
	}

	/// From `block` on, unless that has come by `now`.
	pub fn from(self, block: u32, now: u32) -> Self {
		Self { from: Some(block).filter(|block| now < *block), ..self }
	}

	/// Up to `block`.
	pub fn until(self, block: u32) -> Self {
		Self { until: Some(block), ..self }
	}
}

/// The steps for people.
pub fn text<Who: Display>(steps: &[Step<Who>]) -> String {
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
