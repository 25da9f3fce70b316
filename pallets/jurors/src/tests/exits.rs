//! Every way in which a bond may come to be held, and the way out of it.

use crate::{
	mock::{Jurors, *},
	*,
};
use frame_support::assert_ok;

/// Takes [`JUROR`] out of the pool, by a stranger as far as that can be, and expects it to own this
/// much then.
#[track_caller]
fn assert_leaves_with(wealth: u128) {
	if juror(JUROR).staying() > 0 {
		assert_ok!(Jurors::unbond(signed(JUROR), juror(JUROR).staying()));
	}
	wait_epochs(DELAY);
	assert_ok!(Jurors::withdraw(signed(STRANGER), JUROR));
	assert!(!crate::Jurors::<Test>::contains_key(JUROR));
	assert_eq!((held(JUROR), free(JUROR)), (0, wealth));
	assert_eq!(Jurors::total_weight(), 0);
	assert_eq!(Nodes::<Test>::iter().count(), 0);
	assert_eq!(ChangeQueue::<Test>::iter().count(), 0);
}

#[test]
fn bond_should_come_back_when_it_never_counted() {
	build_and_execute(|| {
		join(JUROR, BOND);
		assert_leaves_with(WEALTH);
	});
}

#[test]
fn bond_should_come_back_when_it_counted() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_leaves_with(WEALTH);
	});
}

#[test]
fn bond_should_come_back_when_a_stake_was_unlocked() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		unlock(JUROR, 300);
		assert_leaves_with(WEALTH);
	});
}

#[test]
fn bond_should_come_back_when_a_part_was_forfeited() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		seated(3);
		assert_ok!(forfeit(JUROR, 200));
		unlock(JUROR, 100);
		assert_leaves_with(WEALTH - 200);
	});
}

#[test]
fn bond_should_come_back_when_the_least_bond_rose() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		MinBond::set(&(100 * BOND));
		assert_leaves_with(WEALTH);
	});
}

#[test]
fn bond_should_come_back_when_the_juror_froze_its_money() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		freeze_all(JUROR);
		assert_leaves_with(WEALTH);
	});
}

#[test]
fn bond_should_come_back_when_the_juror_takes_it_out_twice() {
	build_and_execute(|| {
		jurors(&[(JUROR, 3 * BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		wait_epochs(1);
		join(JUROR, BOND);
		wait_epochs(1);
		assert_leaves_with(WEALTH);
	});
}

#[test]
fn bond_should_come_back_when_it_was_withdrawn_in_parts() {
	build_and_execute(|| {
		jurors(&[(JUROR, 2 * BOND)]);
		seated(2);
		assert_ok!(Jurors::unbond(signed(JUROR), 2 * BOND));
		wait_epochs(DELAY);
		assert_ok!(Jurors::withdraw(signed(STRANGER), JUROR));
		assert_eq!(held(JUROR), 2 * STAKE);
		unlock(JUROR, 2 * STAKE);
		assert_leaves_with(WEALTH);
	});
}
