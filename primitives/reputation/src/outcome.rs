//! What a piece of settled work says about the agent that did it.

use crate::{
	aggregate::{parts, share},
	Component, PARTS,
};
use aitbc_core::Balance;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Perbill, Rounding};

/// The balance sheet of a settled work, as far as it says something about the agent. In plancks.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Outcome {
	/// Whether the agent accepted the work: bid for it, or submitted a part of it.
	///
	/// Anybody can open a contract with anybody, pay a small part of it unasked and let the rest
	/// pass its due block. What an agent never accepted says nothing about it.
	pub accepted: bool,
	/// The protocol fee that was really paid, after any rebate. At most `released`.
	pub fee: Balance,
	/// What was paid for the work, the fee included.
	pub released: Balance,
	/// What went back to the client, for whatever reason.
	pub refunded: Balance,
	/// The part of `released` whose work was in by its due block.
	pub on_time: Balance,
	/// The part of `refunded` whose due block passed without the work.
	pub missed: Balance,
	/// The part of `refunded` that a ruling gave back to the client.
	pub disputed_lost: Balance,
}

impl Outcome {
	/// How much of the work was paid for: `released` / (`released` + `refunded`), rounded down.
	/// `None` when there was no money in it.
	pub fn completion(&self) -> Option<Perbill> {
		ratio(self.released, self.total(), Rounding::Down)
	}

	/// How much of the work was in by its due block: `on_time` / (`released` + `missed`), rounded
	/// down. Work that was handed back before its due block is neither in time nor late. `None`
	/// when nothing was released or missed.
	pub fn timeliness(&self) -> Option<Perbill> {
		ratio(self.on_time, self.released.saturating_add(self.missed), Rounding::Down)
	}

	/// How much of the work was not lost in a dispute: 1 - `disputed_lost` / (`released` +
	/// `refunded`), rounded down. `None` when there was no money in it.
	pub fn disputes(&self) -> Option<Perbill> {
		let lost = ratio(self.disputed_lost, self.total(), Rounding::Up)?;
		Some(share(PARTS.saturating_sub(parts(lost))))
	}

	/// The values of the components that the chain itself knows of. Quality and feedback are for
	/// people to give.
	pub fn values(&self) -> [(Component, Option<Perbill>); 3] {
		[
			(Component::Completion, self.completion()),
			(Component::Timeliness, self.timeliness()),
			(Component::Disputes, self.disputes()),
		]
	}

	/// All money that was in the work. The supply bounds it, so it does not saturate.
	fn total(&self) -> Balance {
		self.released.saturating_add(self.refunded)
	}
}

/// `part` as a share of `whole`, at most 1, or `None` when `whole` is 0.
fn ratio(part: Balance, whole: Balance, rounding: Rounding) -> Option<Perbill> {
	multiply_by_rational_with_rounding(PARTS, part.min(whole), whole, rounding).map(share)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn percents(outcome: Outcome) -> [Option<u32>; 3] {
		outcome.values().map(|(_, value)| value.map(|value| value.deconstruct() / 10_000_000))
	}

	#[test]
	fn values_should_be_one_when_all_work_is_done_in_time() {
		let done = Outcome { released: 300, on_time: 300, ..Default::default() };
		assert_eq!(percents(done), [Some(100); 3]);
	}

	#[test]
	fn timeliness_should_fall_when_work_is_late_or_missed() {
		let late = Outcome { released: 300, on_time: 150, ..Default::default() };
		assert_eq!(percents(late), [Some(100), Some(50), Some(100)]);
		let missed = Outcome { refunded: 100, missed: 100, ..late };
		assert_eq!(percents(missed), [Some(75), Some(37), Some(100)]);
	}

	#[test]
	fn timeliness_should_stay_when_work_is_handed_back_before_its_due_block() {
		let handed_back =
			Outcome { released: 300, on_time: 300, refunded: 100, ..Default::default() };
		assert_eq!(percents(handed_back), [Some(75), Some(100), Some(100)]);
	}

	#[test]
	fn disputes_should_fall_by_the_part_that_a_ruling_gave_back() {
		let ruled = Outcome {
			released: 60,
			on_time: 60,
			refunded: 40,
			disputed_lost: 30,
			..Default::default()
		};
		assert_eq!(percents(ruled), [Some(60), Some(100), Some(70)]);
	}

	#[test]
	fn values_should_be_none_when_there_was_no_money() {
		assert_eq!(percents(Outcome::default()), [None; 3]);
	}

	#[test]
	fn timeliness_should_be_none_when_all_was_handed_back_in_time() {
		let handed_back = Outcome { refunded: 100, ..Default::default() };
		assert_eq!(percents(handed_back), [Some(0), None, Some(100)]);
	}

	#[test]
	fn values_should_be_within_bounds_when_the_sheet_does_not_add_up() {
		let absurd = Outcome {
			released: 1,
			on_time: Balance::MAX,
			disputed_lost: Balance::MAX,
			..Default::default()
		};
		assert_eq!(percents(absurd), [Some(100), Some(100), Some(0)]);
	}
}
