//! Checks of what others signed, step by step.

use crate::output::table;
use serde::Serialize;
use std::fmt;

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
	/// It holds.
	Ok,
	/// It does not hold.
	Failed,
	/// There was nothing to check, or nothing to check it against.
	Skipped,
}

impl fmt::Display for Outcome {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Ok => "ok",
			Self::Failed => "failed",
			Self::Skipped => "skipped",
		})
	}
}

/// A step of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
	/// What was checked.
	pub step: &'static str,
	/// How it ended.
	#[serde(rename = "result")]
	pub outcome: Outcome,
	/// What was found, and what to do about it if it failed.
	pub detail: String,
}

impl Step {
	/// A step that holds.
	pub fn ok(step: &'static str, detail: impl Into<String>) -> Self {
		Self { step, outcome: Outcome::Ok, detail: detail.into() }
	}

	/// A step that does not hold.
	pub fn failed(step: &'static str, detail: impl Into<String>) -> Self {
		Self { step, outcome: Outcome::Failed, detail: detail.into() }
	}

	/// A step that was not taken.
	pub fn skipped(step: &'static str, detail: impl Into<String>) -> Self {
		Self { step, outcome: Outcome::Skipped, detail: detail.into() }
	}
}

/// All steps of a check, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
	/// The steps.
	pub steps: Vec<Step>,
}

impl Checked {
	/// What `steps` found.
	pub fn new(steps: Vec<Step>) -> Self {
		Self { steps }
	}

	/// The steps that failed, if some did.
	pub fn failed(&self) -> Option<String> {
		let failed = self.steps.iter().filter(|step| step.outcome == Outcome::Failed);
		let failed: Vec<_> = failed.map(|step| step.step).collect();
		(!failed.is_empty()).then(|| failed.join(", "))
	}

	/// The steps for people.
	pub fn text(&self) -> String {
		let rows = self.steps.iter();
		let rows = rows.map(|one| [one.step.into(), one.outcome.to_string(), one.detail.clone()]);
		table(["step", "result", "detail"], rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn checks_should_name_what_failed() {
		let steps = vec![Step::ok("form", ""), Step::failed("hash", ""), Step::skipped("unit", "")];
		assert_eq!(Checked::new(steps.clone()).failed().as_deref(), Some("hash"));
		assert_eq!(Checked::new(steps[..1].to_vec()).failed(), None);
	}
}
