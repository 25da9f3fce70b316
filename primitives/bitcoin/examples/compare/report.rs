//! The table of what was compared.

use std::{fmt::Display, process::ExitCode};

/// How many cases of one row are shown that differ.
const SHOWN: usize = 5;

/// What was compared so far. Each row is printed at once.
#[derive(Default)]
pub struct Report {
	compared: usize,
	disagreements: usize,
}

impl Report {
	/// Begins a part of the table.
	pub fn title(&self, title: &str) {
		println!("\n{title}\n     {:<64} {:<34} this crate", "case", "Core");
	}

	/// Compares what both say of one case.
	pub fn compare(&mut self, case: &str, core: impl Display, ours: impl Display) {
		let (core, ours) = (core.to_string(), ours.to_string());
		self.count(core == ours);
		let mark = if core == ours { "ok" } else { "DIFF" };
		println!("{mark:<4} {case:<64} {core:<34} {ours}");
	}

	/// The same of one whose words are too long for a row.
	pub fn compare_long(&mut self, case: &str, core: impl Display, ours: impl Display) {
		let (core, ours) = (core.to_string(), ours.to_string());
		self.count(core == ours);
		if core == ours {
			println!("ok   {case:<64} the same");
		} else {
			println!("DIFF {case}\n     Core: {core}\n     ours: {ours}");
		}
	}

	/// Compares what both say of many cases, in one row. The first that differ are shown.
	pub fn compare_all(
		&mut self,
		case: &str,
		pairs: impl IntoIterator<Item = (String, String, String)>,
	) {
		let (mut all, mut same) = (0, 0);
		for (name, core, ours) in pairs {
			all += 1;
			self.count(core == ours);
			if core == ours {
				same += 1;
			} else if all - same <= SHOWN {
				println!("DIFF {case}: {name}\n     Core: {core}\n     ours: {ours}");
			}
		}
		// A comparison of nothing would agree.
		assert!(all > 0, "there is no case of: {case}");
		let mark = if same == all { "ok" } else { "DIFF" };
		println!("{mark:<4} {case:<64} {same} of {all} the same");
	}

	/// Shows a case in which this crate refuses on purpose what Core takes.
	pub fn stricter(&mut self, case: &str, core: &str, ours: &str) {
		let is_stricter = core == ACCEPTED && ours != ACCEPTED;
		self.count(is_stricter);
		let mark = if is_stricter { "*" } else { "DIFF" };
		println!("{mark:<4} {case:<64} {core:<34} {ours}");
	}

	fn count(&mut self, agrees: bool) {
		self.compared += 1;
		self.disagreements += usize::from(!agrees);
	}

	/// Sums up.
	pub fn end(self) -> ExitCode {
		let Self { compared, disagreements } = self;
		println!("\n{compared} cases, {disagreements} disagreements (*: stricter on purpose)");
		if disagreements == 0 {
			ExitCode::SUCCESS
		} else {
			ExitCode::FAILURE
		}
	}
}

/// What both sides say of what holds.
pub const ACCEPTED: &str = "accepted";

/// What both sides say of what does not hold, where Core gives no reason.
pub const REFUSED: &str = "refused";

/// Whether something holds, in a word.
pub fn word<T, E>(verdict: &Result<T, E>) -> String {
	if verdict.is_ok() { ACCEPTED } else { REFUSED }.to_owned()
}
