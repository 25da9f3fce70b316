//! Tests of what counts when: juries wait for randomness that is not known yet, and weights for the
//! draws that they must not influence.

use crate::{
	mock::{Jurors, *},
	*,
};
use aitbc_core::CaseId;
use frame_support::assert_ok;

/// How many juries were drawn.
fn drawn() -> usize {
	Heard::get().len()
}

#[test]
fn juries_should_be_drawn_in_the_first_block_of_the_third_epoch_and_not_before() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		for _ in 0..DELAY - 1 {
			poll();
			begin_epoch();
			poll();
			assert_eq!(drawn(), 0);
		}
		begin_epoch();
		assert_eq!(drawn(), 0);
		poll();
		assert_eq!(drawn(), 1);
		wait_epochs(DELAY);
		assert_eq!(drawn(), 1);
	});
}

#[test]
fn weights_should_change_in_the_third_epoch_and_not_before() {
	build_and_execute(|| {
		join(JUROR, BOND);
		for _ in 0..DELAY - 1 {
			poll();
			begin_epoch();
			poll();
			assert_eq!(weight(JUROR), 0);
		}
		begin_epoch();
		assert_eq!(weight(JUROR), 0);
		reset_events();
		poll();
		assert_eq!(weight(JUROR), BOND / 2);
		assert_eq!(events(), [Event::WeightChanged { juror: JUROR, weight: BOND / 2 }]);
		assert_eq!(juror(JUROR).change, None);
	});
}

#[test]
fn weights_should_not_count_for_a_jury_that_was_asked_for_in_the_same_epoch_or_before() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(request(CASE, FIRST, 31, 1));
		join(OTHER, 100 * BOND);
		assert_ok!(request(CaseId(8), FIRST, 31, 1));
		begin_epoch();
		join(THIRD, 100 * BOND);
		wait_epochs(DELAY - 1);
		for (_, _, jury) in Heard::get() {
			assert_eq!(jury, [(JUROR, 31)]);
		}
		assert_eq!(drawn(), 2);
		assert_eq!(weight(OTHER), 100 * BOND / 2, "applied after the draws");
	});
}

#[test]
fn weights_should_count_for_a_jury_that_was_asked_for_an_epoch_later() {
	build_and_execute(|| {
		join(JUROR, BOND);
		begin_epoch();
		assert_eq!(draw(CASE, 3, STAKE), [(JUROR, 3)]);
	});
}

#[test]
fn changes_should_replace_one_another_when_they_are_asked_for_in_one_epoch() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		let due = CurrentEpoch::get() + DELAY;
		for _ in 0..3 {
			join(JUROR, BOND);
			join(OTHER, BOND);
		}
		assert_eq!(changes(JUROR), [(2 * BOND, due)]);
		assert_eq!(ChangeQueueEnds::<Test>::get().len(), 2);
		assert_ok!(Jurors::unbond(signed(JUROR), 3 * BOND));
		assert_eq!(changes(JUROR), [(BOND / 2, due)]);
	});
}

/// Else a juror could let a change wait until it knows the randomness, and then choose between the
/// weight with it and the weight without it.
#[test]
fn changes_should_not_be_called_off_when_another_is_asked_for_in_a_later_epoch() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		join(JUROR, BOND);
		begin_epoch();
		assert_ok!(Jurors::unbond(signed(JUROR), 3 * BOND / 2 - BOND / 2));
		begin_epoch();
		join(JUROR, 4 * BOND);
		let now = CurrentEpoch::get();
		assert_eq!(changes(JUROR), [(BOND, now + 1), (BOND / 2, now + 2), (5 * BOND / 2, now + 3)]);
		let mut weights = vec![];
		for _ in 0..DELAY {
			wait_epochs(1);
			weights.push(weight(JUROR));
		}
		assert_eq!(weights, [BOND, BOND / 2, 5 * BOND / 2]);
	});
}

/// Else whoever leaves at the right time could shift the line under a point that is known.
#[test]
fn slots_should_stay_where_they_are_when_a_juror_leaves() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND), (THIRD, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		wait_epochs(DELAY);
		let found = |point| Jurors::tree().find(point);
		let before: Vec<_> = (0..BOND).map(found).collect();
		assert_ok!(Jurors::withdraw(signed(STRANGER), JUROR));
		join(STRANGER, BOND);
		let after: Vec<_> = (0..BOND).map(found).collect();
		assert_eq!(before, after);
	});
}

#[test]
fn weights_should_wait_for_the_draws_when_those_come_late() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(request(CASE, FIRST, 31, 1));
		join(OTHER, 100 * BOND);
		wait_epochs(DELAY - 1);
		// No block has room for a draw for two epochs.
		for _ in 0..2 {
			begin_epoch();
			poll_with(<()>::service() + <()>::apply().saturating_mul(10));
			assert_eq!((drawn(), weight(OTHER)), (0, 0));
		}
		poll();
		assert_eq!(Heard::get(), [(CASE, FIRST, vec![(JUROR, 31)])]);
		assert_eq!(weight(OTHER), 100 * BOND / 2);
	});
}

#[test]
fn stakes_should_count_in_the_weight_until_three_epochs_after_the_draw() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		wait_epochs(DELAY - 1);
		assert_eq!(weight(JUROR), BOND / 2);
		wait_epochs(1);
		assert_eq!(weight(JUROR), (BOND - 300) / 2);
	});
}
