//! Tests of unlocking a stake.

use crate::{
	mock::{Jurors, *},
	*,
};

#[test]
fn unlock_should_give_the_stake_back_to_the_bond_and_queue_the_larger_weight() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		begin_epoch();
		let epoch = CurrentEpoch::get();
		reset_events();

		unlock(JUROR, 100);

		assert_eq!((juror(JUROR).locked, juror(JUROR).bond), (200, BOND));
		let reduced = ((BOND - 300) / 2, epoch - 1 + DELAY);
		assert_eq!(changes(JUROR), [reduced, ((BOND - 200) / 2, epoch + DELAY)]);
		let unlocked = Event::StakeUnlocked { juror: JUROR, amount: 100 };
		assert_eq!(events(), [queued((BOND - 200) / 2, epoch + DELAY), unlocked]);
	});
}

#[test]
fn unlock_should_stop_at_what_is_at_stake() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		reset_events();
		unlock(JUROR, u128::MAX);
		assert_eq!(juror(JUROR).locked, 0);
		let unlocked = Event::StakeUnlocked { juror: JUROR, amount: 300 };
		assert_eq!(events(), [queued(BOND / 2, CurrentEpoch::get() + DELAY), unlocked]);
	});
}

#[test]
fn unlock_should_do_nothing_when_nothing_is_at_stake() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		let before = juror(JUROR);
		reset_events();
		unlock(JUROR, 100);
		unlock(STRANGER, 100);
		assert_eq!(juror(JUROR), before);
		assert_eq!(events(), []);
		assert_eq!(Jurors::juror_count(), 1);
	});
}
