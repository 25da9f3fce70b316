//! Slots and epochs of BABE.

use super::mock::*;
use crate::*;

/// The slots of `validator` in the present era.
fn slots(validator: AccountId) -> SlotCount {
	Counts::<Runtime>::get(validator).unwrap_or_default()
}

/// All slots of the present era.
fn counted() -> SlotCount {
	Counts::<Runtime>::iter_values().fold(SlotCount::default(), SlotCount::plus)
}

#[test]
fn authors_should_be_counted_when_they_make_blocks() {
	on_chain(|| {
		let first = Session::validators()[0];
		assert_eq!(slots(first), SlotCount::FILLED);
		let (index, author) = secondary(slot() + 1);
		let before = slots(author).assigned;
		block(slot() + 1, index);
		assert_eq!(slots(author), SlotCount { assigned: before + 1, missed: 0 });
	});
}

#[test]
fn secondary_authors_should_be_blamed_when_nobody_fills_their_slots() {
	on_chain(|| {
		let (_, absent) = secondary(slot() + 1);
		let before = slots(absent);
		let (index, author) = secondary(slot() + 2);
		block(slot() + 2, index);
		let expected = before.plus(SlotCount::MISSED);
		let expected = if author == absent { expected.plus(SlotCount::FILLED) } else { expected };
		assert_eq!(slots(absent), expected);
	});
}

#[test]
fn slots_should_be_the_new_epochs_when_a_block_changes_the_epoch() {
	on_chain(|| {
		// The election of era 1 turns the order of validators around, so places mean others than before.
		run_era(&[]);
		run_to(next_epoch() - 4, &[]);
		assert!(slot() < next_epoch() - 2, "slots of both epochs are skipped");
		let old = counted();
		let first = next_epoch();
		let (_, absent) = secondary(first);
		let (index, author) = secondary(first + 1);
		let before = (slots(absent), slots(author));

		block(first + 1, index);

		assert_eq!(*Babe::current_epoch_start(), first, "the epoch has changed");
		assert_eq!(Session::validators()[index as usize], author);
		assert_eq!(counted(), old.plus(SlotCount { assigned: 2, missed: 1 }));
		match author == absent {
			true => {
				let expected = SlotCount { assigned: 2, missed: 1 };
				assert_eq!(slots(author), before.1.plus(expected));
			},
			false => {
				assert_eq!(slots(absent), before.0.plus(SlotCount::MISSED));
				assert_eq!(slots(author), before.1.plus(SlotCount::FILLED));
			},
		}
	});
}

#[test]
fn slots_should_be_the_new_eras_when_a_block_begins_one() {
	on_chain(|| {
		run_era(&[]);
		let closed = era() - 1;
		assert_eq!(counted(), SlotCount::FILLED, "the block itself");
		let all = Performances::<Runtime>::iter_prefix_values(closed)
			.fold(SlotCount::default(), |all, performance| all.plus(performance.slots));
		assert_eq!(all, SlotCount { assigned: 2 * EPOCH as u32, missed: 0 });
	});
}

#[test]
fn nobody_should_be_blamed_when_an_epoch_passes_without_a_block() {
	on_chain(|| {
		let old = counted();
		let (index, _) = secondary(next_epoch() + 3);
		// BABE takes the announced validators and randomness for the first epoch that has a block.
		block(next_epoch() + 2 * EPOCH + 3, index);
		assert_eq!(counted(), old.plus(SlotCount::FILLED));
	});
}

#[test]
fn slots_should_not_count_when_their_author_is_disabled() {
	on_chain(|| {
		let (index, disabled) = secondary(slot() + 1);
		let before = slots(disabled);
		assert!(Session::disable_index(index));
		let next = (slot() + 2..).find(|slot| secondary(*slot).1 != disabled);
		let next = next.expect("others have slots");
		block(next, secondary(next).0);
		assert_eq!(slots(disabled), before);
	});
}

#[test]
fn secondary_authors_should_not_be_blamed_when_babe_has_none() {
	on_chain(|| {
		pallet_babe::EpochConfig::<Runtime>::mutate(|config| {
			let config = config.as_mut().expect("genesis sets it");
			config.allowed_slots = sp_consensus_babe::AllowedSlots::PrimarySlots;
		});
		let old = counted();
		block(slot() + 5, 0);
		assert_eq!(counted(), old.plus(SlotCount::FILLED));
	});
}
