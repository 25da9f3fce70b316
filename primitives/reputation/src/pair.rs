//! What one client's money can say about one agent, at most.

use crate::retained;
use aitbc_core::{Balance, BlockNumber};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, Rounding};

/// What one client has paid in fees on the work of one owner's agents, decayed.
///
/// The pair is of owners, in this order: all agents of the same owner share it, on either side.
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
pub struct PairEvidence {
	/// What was left at `at` of the fees paid, in plancks, rounded up.
	paid: Balance,
	/// When the last fee was paid, in active blocks.
	at: BlockNumber,
}

impl PairEvidence {
	/// Notes a fee that was paid at `now`, in plancks, and says for how much of it the pair has
	/// room.
	///
	/// The fees F that a pair has paid count for W(F) = cap x F / (F + cap), and a fee for what it
	/// adds to that. Hence:
	///
	/// - A fee never counts for more than itself, and the first ones count for nearly that much.
	/// - Splitting a fee gains nothing: what the parts add up to is the same W.
	/// - What a pair counts for stays below `cap` at any time. After decay by d its contributions
	///   are at most d x W(F), and since W is concave with W(0) = 0 that is at most W(d x F), the
	///   point from which the next fee adds. Rounding `paid` up keeps that true; an aggregate that
	///   rounds its weight up may show up to one planck more for each time it was touched.
	pub fn credit(
		&mut self,
		fee: Balance,
		cap: Balance,
		now: BlockNumber,
		half_life: BlockNumber,
	) -> Balance {
		let before = self.paid(now, half_life);
		// Fees are paid out of a supply that is far below 2^128, so nothing saturates.
		let after = before.saturating_add(fee);
		*self = Self { paid: after, at: self.at.max(now) };
		counted(after, cap).saturating_sub(counted(before, cap))
	}

	/// What `now` leaves of the fees paid, in plancks, rounded up.
	pub fn paid(&self, now: BlockNumber, half_life: BlockNumber) -> Balance {
		retained(now.saturating_sub(self.at), half_life).ceil(self.paid)
	}
}

/// What fees of `paid` plancks in all count for, in plancks: `cap` x `paid` / (`paid` + `cap`),
/// rounded down. Never more than either.
fn counted(paid: Balance, cap: Balance) -> Balance {
	// `None` only when both are 0.
	multiply_by_rational_with_rounding(cap, paid, paid.saturating_add(cap), Rounding::Down)
		.unwrap_or(0)
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	const HALF_LIFE: BlockNumber = 1_000;
	const CAP: Balance = 25 * AIT;

	#[test]
	fn credit_should_fall_off_when_a_pair_pays_more_and_more() {
		let mut pair = PairEvidence::default();
		let counts = [25, 50, 75].map(|fee| pair.credit(fee * AIT, CAP, 0, HALF_LIFE));
		// W is 12.5 at 25, 18.75 at 75 and 21.4 at 150.
		assert_eq!(counts, [12_500_000_000_000, 6_250_000_000_000, 2_678_571_428_571]);
	}

	#[test]
	fn credit_should_come_to_the_same_when_a_fee_is_split() {
		let mut whole = PairEvidence::default();
		let at_once = whole.credit(10_000, 25_000, 5, HALF_LIFE);
		let mut split = PairEvidence::default();
		let in_parts: Balance = (0..10_000).map(|_| split.credit(1, 25_000, 5, HALF_LIFE)).sum();
		assert_eq!(in_parts, at_once);
		assert_eq!(split, whole);
	}

	#[test]
	fn credit_should_leave_room_again_when_time_passes() {
		let mut pair = PairEvidence::default();
		pair.credit(CAP, CAP, 0, HALF_LIFE);
		assert_eq!(pair.paid(HALF_LIFE, HALF_LIFE), CAP / 2);
		let mut saturated = pair;
		let soon = saturated.credit(AIT, CAP, 0, HALF_LIFE);
		let later = pair.credit(AIT, CAP, 2 * HALF_LIFE, HALF_LIFE);
		assert!(soon < later && later < AIT);
	}

	#[test]
	fn credit_should_be_nothing_when_the_fee_or_the_cap_is_nothing() {
		let mut pair = PairEvidence::default();
		assert_eq!(pair.credit(0, CAP, 0, HALF_LIFE), 0);
		assert_eq!(pair.credit(AIT, 0, 0, HALF_LIFE), 0);
		assert_eq!(PairEvidence::default().credit(0, 0, 0, HALF_LIFE), 0);
	}

	#[test]
	fn credit_should_keep_below_the_cap_when_amounts_are_absurd() {
		let mut pair = PairEvidence::default();
		assert!(pair.credit(Balance::MAX, CAP, 0, HALF_LIFE) <= CAP);
		assert_eq!(pair.credit(Balance::MAX, CAP, 0, HALF_LIFE), 0);
		assert!(PairEvidence::default().credit(AIT, Balance::MAX, 0, HALF_LIFE) <= AIT);
	}
}
