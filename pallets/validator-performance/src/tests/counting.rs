//! Who is counted for which slot.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use frame_support::weights::Weight;
use sp_consensus_babe::AuthorityIndex;

/// The secondary authors of the first slots: blake2b-256 of the randomness and the slot, modulo four. Calculated with
/// another implementation of the hash.
const SECONDARY: [AuthorityIndex; 12] = [1, 1, 1, 2, 2, 3, 1, 2, 1, 3, 1, 2];

/// A count of slots.
fn count(assigned: u32, missed: u32) -> SlotCount {
	SlotCount { assigned, missed }
}

/// The slots of Alice, Bob, Carol and Dave.
fn all() -> [SlotCount; 4] {
	[ALICE, BOB, CAROL, DAVE].map(slots)
}

/// The total of all counts.
fn total() -> SlotCount {
	Counts::<Test>::iter_values().fold(SlotCount::default(), SlotCount::plus)
}

#[test]
fn secondary_authors_should_be_those_of_babe() {
	build_and_execute(|| {
		let drawn: Vec<_> = (FIRST_SLOT..).take(SECONDARY.len()).map(secondary).collect();
		assert_eq!(drawn, SECONDARY);
		for (validators, drawn) in [
			(1, [0, 0, 0, 0, 0, 0]),
			(3, [2, 1, 2, 1, 0, 0]),
			(100, [17, 85, 69, 78, 50, 67]),
			(500, [117, 85, 469, 178, 50, 267]),
		] {
			Active::set(&(1..=validators).collect());
			assert_eq!([0, 1, 2, 3, 4, 5].map(|place| secondary(FIRST_SLOT + place)), drawn);
		}
		Active::set(&Vec::new());
		assert_eq!(Neighbours::epoch().secondary_author(FIRST_SLOT.into()), None);
	});
}

#[test]
fn authors_should_have_filled_a_slot_when_they_make_a_block() {
	build_and_execute(|| {
		block(FIRST_SLOT, 0);
		block(FIRST_SLOT + 1, 0);
		block(FIRST_SLOT + 2, 1);
		assert_eq!(all(), [count(2, 0), count(1, 0), count(0, 0), count(0, 0)]);
		assert_eq!(LastSlot::<Test>::get(), Some((FIRST_SLOT + 2).into()));
	});
}

#[test]
fn secondary_authors_should_have_missed_slots_when_nobody_filled_them() {
	build_and_execute(|| {
		block(FIRST_SLOT, 0);
		block(FIRST_SLOT + 7, 3);
		assert_eq!(all(), [count(1, 0), count(3, 3), count(2, 2), count(2, 1)]);
	});
}

#[test]
fn nobody_should_have_missed_a_slot_when_there_was_no_block_before() {
	build_and_execute(|| {
		block(FIRST_SLOT + 5, 2);
		assert_eq!(all(), [count(0, 0), count(0, 0), count(1, 0), count(0, 0)]);
	});
}

#[test]
fn nothing_should_be_counted_when_the_block_has_no_slot() {
	build_and_execute(|| {
		PresentBlock::set(&None);
		assert_eq!(ValidatorPerformance::count_slots(), 0);
		assert_eq!((total(), LastSlot::<Test>::get()), (count(0, 0), None));
	});
}

#[test]
fn skipped_slots_should_count_when_there_are_as_many_as_are_looked_at() {
	build_and_execute(|| {
		block(FIRST_SLOT, 0);
		block(FIRST_SLOT + 1 + u64::from(MAX_SKIPPED), 0);
		assert_eq!(total(), count(2 + MAX_SKIPPED, MAX_SKIPPED));
	});
}

#[test]
fn nobody_should_have_missed_a_slot_when_more_were_skipped() {
	build_and_execute(|| {
		block(FIRST_SLOT, 0);
		block(FIRST_SLOT + 2 + u64::from(MAX_SKIPPED), 0);
		assert_eq!(total(), count(2, 0));
		// What comes after counts again.
		block(FIRST_SLOT + 4 + u64::from(MAX_SKIPPED), 0);
		assert_eq!(total(), count(4, 1));
	});
}

#[test]
fn skipped_slots_should_not_count_when_they_are_of_the_epoch_before() {
	build_and_execute(|| {
		block(FIRST_SLOT + 96, 0);
		begin_epoch(FIRST_SLOT + 100);
		// Two slots of the new epoch are skipped, and three of the old one.
		block(FIRST_SLOT + 102, 0);
		assert_eq!(total(), count(4, 2));
		let missed = [FIRST_SLOT + 100, FIRST_SLOT + 101].map(secondary);
		for (place, slots) in (0u32..).zip(all()) {
			let expected = missed.iter().filter(|author| **author == place).count();
			assert_eq!(slots.missed as usize, expected);
		}
	});
}

#[test]
fn skipped_slots_should_not_count_when_too_many_were_skipped_over_two_epochs() {
	build_and_execute(|| {
		block(FIRST_SLOT + 92, 0);
		begin_epoch(FIRST_SLOT + 100);
		// Seven of the old epoch, and two of the new one: nine, one more than are looked at.
		block(FIRST_SLOT + 102, 0);
		assert_eq!(total(), count(2, 0));
	});
}

#[test]
fn slots_should_not_count_when_their_validator_is_disabled() {
	build_and_execute(|| {
		Disabled::set(&vec![2]);
		block(FIRST_SLOT, 0);
		block(FIRST_SLOT + 7, 0);
		assert_eq!(all(), [count(2, 0), count(3, 3), count(0, 0), count(1, 1)]);
		Disabled::set(&Vec::new());
		block(FIRST_SLOT + 12, 0);
		assert_eq!(slots(CAROL), count(1, 1), "the last of the slots is hers");
	});
}

#[test]
fn skipped_slots_should_not_count_when_there_are_no_secondary_authors() {
	build_and_execute(|| {
		HasSecondaryAuthors::set(&false);
		block(FIRST_SLOT, 0);
		block(FIRST_SLOT + 5, 1);
		assert_eq!(all(), [count(1, 0), count(1, 0), count(0, 0), count(0, 0)]);
	});
}

#[test]
fn nobody_should_be_counted_when_the_author_is_no_validator() {
	build_and_execute(|| {
		block(FIRST_SLOT, 4);
		assert_eq!(total(), count(0, 0));
	});
}

/// The epoch would change in the same block, after the slots were counted: places would be taken for those of the old
/// validators.
#[test]
#[cfg_attr(debug_assertions, should_panic(expected = "slots are counted before the epoch changes"))]
fn nothing_should_be_counted_when_the_epoch_has_not_changed_yet() {
	build_and_execute(|| {
		block(FIRST_SLOT + 99, 0);
		block(FIRST_SLOT + 100, 0);
		assert_eq!(total(), count(1, 0));
	});
}

#[test]
fn blocks_should_weigh_more_when_slots_were_skipped() {
	build_and_execute(|| {
		let one = <() as WeightInfo>::count_skipped(1);
		let whole = <() as WeightInfo>::count_block();
		assert_eq!(block(FIRST_SLOT, 0), whole);
		assert_eq!(block(FIRST_SLOT + 4, 0), whole + one.saturating_mul(3));
		assert_eq!(block(FIRST_SLOT + 40, 0), whole + one.saturating_mul(0));
		assert_ne!(one, Weight::zero());
	});
}
