//! Many weighed values in one record, which time empties.

use crate::{retained, PARTS};
use aitbc_core::{Balance, BlockNumber};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::num::NonZeroU128;
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// The most that an [`Aggregate`] weighs, in plancks: about 10^15 AIT, a million times the supply.
///
/// It keeps every sum of this crate below 2^123. What is beyond does not count.
pub const MAX_WEIGHT: Balance = 1 << 90;

/// A value and what it weighs: what an [`Aggregate`] takes in, and what a revocation takes out.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Entry {
	/// The value, from 0 (worst) to 1 (best).
	pub value: Perbill,
	/// What it weighed at `since`, in plancks. An entry of weight 0 counts nowhere.
	pub weight: Balance,
	/// When the weight began to decay, in active blocks: when the work was settled, whenever the
	/// value was given.
	pub since: BlockNumber,
}

impl Entry {
	/// The entry after the aggregate that has it was quartered `times`, for its revocation.
	///
	/// It keeps a weight, if only a planck, because it still counts as an entry.
	pub fn quartered(self, times: u32) -> Self {
		let share = 1u128.checked_shl(times.saturating_mul(2)).and_then(NonZeroU128::new);
		let weight = share.map_or(1, |share| self.weight.div_ceil(share.get()));
		Self { weight: weight.min(self.weight), ..self }
	}
}

/// How many values there were, what they weigh by now, and their mean.
///
/// Decay takes the same share from every entry, so it removes evidence and leaves the mean. Where
/// it must round, weights go up and sums go down: rounding never lifts the mean. Every operation
/// takes the same time, whatever the number of entries.
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
pub struct Aggregate {
	/// How many entries were added and not removed, however little they weigh by now.
	count: u64,
	/// What they weighed at `at`, in plancks, at most [`MAX_WEIGHT`].
	weight: Balance,
	/// The sum of value x weight at `at`, in plancks x parts per billion, at most `weight` x 10^9.
	sum: u128,
	/// When it was last brought up to date, in active blocks.
	at: BlockNumber,
}

impl Aggregate {
	/// Takes in `entry`, with what time has left of it. An entry of weight 0 changes nothing.
	pub fn add(&mut self, entry: Entry, now: BlockNumber, half_life: BlockNumber) {
		if entry.weight == 0 {
			return;
		}
		self.decay(now, half_life);
		let left = retained(self.at.saturating_sub(entry.since), half_life).floor(entry.weight);
		let weight = left.min(MAX_WEIGHT.saturating_sub(self.weight));
		// The weight stays within its bound, the sum within 10^9 times that, and no chain lives to
		// see 2^64 entries: nothing saturates.
		self.sum = self.sum.saturating_add(parts(entry.value).saturating_mul(weight));
		self.weight = self.weight.saturating_add(weight);
		self.count = self.count.saturating_add(1);
	}

	/// Takes out what is left of `entry`, which must have been added before and not removed since.
	///
	/// What stays is what the other entries would have come to, to some plancks of rounding. It
	/// can't take out more than there is, and when it takes out the last entry nothing stays. An
	/// entry of weight 0 changes nothing.
	pub fn remove(&mut self, entry: Entry, now: BlockNumber, half_life: BlockNumber) {
		if entry.weight == 0 {
			return;
		}
		self.decay(now, half_life);
		self.count = self.count.saturating_sub(1);
		if self.count == 0 {
			*self = Self { at: self.at, ..Self::default() };
			return;
		}
		let share = retained(self.at.saturating_sub(entry.since), half_life);
		let sum = parts(entry.value).saturating_mul(share.ceil(entry.weight));
		self.weight = self.weight.saturating_sub(share.floor(entry.weight));
		self.sum = self.sum.saturating_sub(sum).min(self.weight.saturating_mul(PARTS));
	}

	/// Leaves a quarter of the evidence, as a change of owner does, and the mean.
	pub fn quarter(&mut self, now: BlockNumber, half_life: BlockNumber) {
		self.decay(now, half_life);
		self.weight = self.weight.div_ceil(4);
		self.sum /= 4;
	}

	/// Brings the aggregate to `now`. Before its own time it changes nothing.
	pub fn decay(&mut self, now: BlockNumber, half_life: BlockNumber) {
		(self.weight, self.sum) = self.left(now, half_life);
		self.at = self.at.max(now);
	}

	/// The mean of the values by weight, rounded down, or `None` when nothing weighs anything.
	pub fn mean(&self) -> Option<Perbill> {
		self.sum.checked_div(self.weight).map(share)
	}

	/// What the entries weigh at `now`, in plancks, rounded up.
	pub fn evidence(&self, now: BlockNumber, half_life: BlockNumber) -> Balance {
		self.left(now, half_life).0
	}

	/// How many entries were added and not removed, however little they weigh by now.
	pub fn count(&self) -> u64 {
		self.count
	}

	/// When the aggregate was last brought up to date, in active blocks.
	pub fn at(&self) -> BlockNumber {
		self.at
	}

	/// Whether the aggregate is one that the operations above can leave: for `try_state`.
	pub fn is_sound(&self) -> bool {
		let is_empty = self.weight == 0 && self.sum == 0;
		self.weight <= MAX_WEIGHT
			&& self.sum <= self.weight.saturating_mul(PARTS)
			&& (self.count > 0 || is_empty)
	}

	/// What `now` leaves of the weight, rounded up, and of the sum, rounded down.
	pub(crate) fn left(&self, now: BlockNumber, half_life: BlockNumber) -> (Balance, u128) {
		let share = retained(now.saturating_sub(self.at), half_life);
		(share.ceil(self.weight), share.floor(self.sum))
	}
}

/// A share in parts per billion.
pub(crate) fn parts(share: Perbill) -> u128 {
	share.deconstruct().into()
}

/// A share from parts per billion; more than all is all.
pub(crate) fn share(parts: u128) -> Perbill {
	u32::try_from(parts).map_or(Perbill::one(), Perbill::from_parts)
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	const HALF_LIFE: BlockNumber = 1_000;

	fn entry(percent: u32, weight: Balance, since: BlockNumber) -> Entry {
		Entry { value: Perbill::from_percent(percent), weight, since }
	}

	fn aggregate(entries: &[Entry]) -> Aggregate {
		let mut aggregate = Aggregate::default();
		for entry in entries {
			aggregate.add(*entry, entry.since, HALF_LIFE);
		}
		aggregate
	}

	#[test]
	fn mean_should_weigh_values_by_their_weight() {
		let aggregate = aggregate(&[entry(100, 3 * AIT, 0), entry(20, AIT, 0)]);
		assert_eq!(aggregate.mean(), Some(Perbill::from_percent(80)));
		assert_eq!(aggregate.count(), 2);
		assert_eq!(aggregate.evidence(0, HALF_LIFE), 4 * AIT);
	}

	#[test]
	fn mean_should_be_none_when_nothing_was_added() {
		assert_eq!(Aggregate::default().mean(), None);
		assert_eq!(Aggregate::default().evidence(7, HALF_LIFE), 0);
	}

	#[test]
	fn mean_should_stay_and_evidence_halve_when_a_half_life_elapses() {
		let aggregate = aggregate(&[entry(100, 3 * AIT, 0), entry(20, AIT, 0)]);
		let mut later = aggregate;
		later.decay(HALF_LIFE, HALF_LIFE);
		assert_eq!(later.mean(), aggregate.mean());
		assert_eq!(later.evidence(HALF_LIFE, HALF_LIFE), 2 * AIT);
		assert_eq!(aggregate.evidence(HALF_LIFE, HALF_LIFE), 2 * AIT);
	}

	#[test]
	fn new_entries_should_outweigh_old_ones_when_time_has_passed() {
		let aggregate = aggregate(&[entry(0, AIT, 0), entry(100, AIT, HALF_LIFE)]);
		let two_thirds = Perbill::from_parts(666_666_666);
		assert_eq!(aggregate.mean(), Some(two_thirds));
	}

	#[test]
	fn add_should_decay_the_entry_when_it_comes_late() {
		let mut late = aggregate(&[entry(100, AIT, 0)]);
		late.add(entry(0, AIT, 0), HALF_LIFE, HALF_LIFE);
		assert_eq!(late.mean(), Some(Perbill::from_percent(50)));
		assert_eq!(late.evidence(HALF_LIFE, HALF_LIFE), AIT);
	}

	#[test]
	fn add_should_change_nothing_when_the_entry_weighs_nothing() {
		let mut same = aggregate(&[entry(50, AIT, 0)]);
		let before = same;
		same.add(entry(100, 0, 9), 9, HALF_LIFE);
		same.remove(entry(100, 0, 9), 9, HALF_LIFE);
		assert_eq!(same, before);
	}

	#[test]
	fn add_should_keep_the_bounds_when_the_weight_is_absurd() {
		let mut full = aggregate(&[entry(50, AIT, 0)]);
		full.add(entry(100, Balance::MAX, 0), 0, HALF_LIFE);
		full.add(entry(100, Balance::MAX, 0), 0, HALF_LIFE);
		assert_eq!(full.evidence(0, HALF_LIFE), MAX_WEIGHT);
		assert!(full.is_sound());
	}

	#[test]
	fn remove_should_undo_add_when_time_has_passed_in_between() {
		let mut aggregate = aggregate(&[entry(90, 5 * AIT, 0), entry(10, 8 * AIT, 300)]);
		aggregate.decay(777, HALF_LIFE);
		aggregate.remove(entry(10, 8 * AIT, 300), 1_000, HALF_LIFE);
		let mut other = self::aggregate(&[entry(90, 5 * AIT, 0)]);
		other.decay(1_000, HALF_LIFE);
		assert_eq!(aggregate.count(), 1);
		assert!(aggregate.weight.abs_diff(other.weight) < 8);
		assert!(aggregate.mean() <= other.mean());
		assert!(aggregate.mean() >= Some(Perbill::from_parts(899_999_998)));
	}

	#[test]
	fn remove_should_leave_nothing_when_it_takes_the_last_entry() {
		let mut empty = aggregate(&[entry(70, 3, 0)]);
		empty.remove(entry(70, 3, 0), 5_001, HALF_LIFE);
		assert_eq!(empty, Aggregate { at: 5_001, ..Default::default() });
	}

	#[test]
	fn remove_should_take_no_more_than_there_is() {
		let mut aggregate = aggregate(&[entry(100, AIT, 0), entry(100, AIT, 0)]);
		aggregate.remove(entry(0, 5 * AIT, 0), 0, HALF_LIFE);
		assert!(aggregate.is_sound());
		assert_eq!(aggregate.mean(), None);
		assert_eq!(aggregate.evidence(0, HALF_LIFE), 0);
	}

	#[test]
	fn quarter_should_leave_the_mean_and_a_quarter_of_the_evidence() {
		let mut aggregate = aggregate(&[entry(80, 8 * AIT, 0)]);
		aggregate.quarter(HALF_LIFE, HALF_LIFE);
		assert_eq!(aggregate.mean(), Some(Perbill::from_percent(80)));
		assert_eq!(aggregate.evidence(HALF_LIFE, HALF_LIFE), AIT);
		assert_eq!(aggregate.count(), 1);
	}

	#[test]
	fn remove_should_take_a_quarter_when_the_aggregate_was_quartered_since() {
		let (stays, goes) = (entry(100, 4 * AIT, 0), entry(0, 4 * AIT, 0));
		let mut aggregate = aggregate(&[stays, goes]);
		aggregate.quarter(0, HALF_LIFE);
		aggregate.remove(goes.quartered(1), 0, HALF_LIFE);
		assert_eq!(aggregate.mean(), Some(Perbill::one()));
		assert_eq!(aggregate.evidence(0, HALF_LIFE), AIT);
	}

	#[test]
	fn quartered_should_keep_a_weight_unless_there_was_none() {
		assert_eq!(entry(1, 17, 0).quartered(0).weight, 17);
		assert_eq!(entry(1, 17, 0).quartered(2).weight, 2);
		assert_eq!(entry(1, Balance::MAX, 0).quartered(u32::MAX).weight, 1);
		assert_eq!(entry(1, 0, 0).quartered(64).weight, 0);
	}

	#[test]
	fn decay_should_change_nothing_when_time_stands_still_or_goes_back() {
		let mut same = aggregate(&[entry(80, 8 * AIT, 500)]);
		let before = same;
		same.decay(500, HALF_LIFE);
		same.decay(3, HALF_LIFE);
		assert_eq!(same, before);
	}

	#[test]
	fn aggregates_should_be_unsound_when_their_sums_do_not_fit() {
		let sound = aggregate(&[entry(100, AIT, 0)]);
		assert!(sound.is_sound());
		assert!(!Aggregate { count: 0, ..sound }.is_sound());
		assert!(!Aggregate { sum: sound.sum + 1, ..sound }.is_sound());
		assert!(!Aggregate { weight: MAX_WEIGHT + 1, ..sound }.is_sound());
	}
}
