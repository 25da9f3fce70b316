//! Tests of `unbond`.

use crate::{
	mock::{Jurors, *},
	*,
};
use frame_support::{assert_noop, assert_ok};

#[test]
fn unbond_should_let_the_money_leave_the_weight_three_epochs_on() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		let epoch = CurrentEpoch::get();
		reset_events();

		assert_ok!(Jurors::unbond(signed(JUROR), 500));

		let leaving = Leaving { amount: 500, behind: Some(QueuePosition(1)) };
		assert_eq!(juror(JUROR).leaving, Some(leaving));
		assert_eq!(juror(JUROR).bond, BOND);
		assert_eq!(held(JUROR), BOND);
		assert_eq!(changes(JUROR), [(750, epoch + DELAY)]);
		let unbonded = Event::JurorUnbonded { juror: JUROR, amount: 500, leaving: 500 };
		assert_eq!(events(), [queued(750, epoch + DELAY), unbonded]);
		wait_epochs(DELAY - 1);
		assert_eq!(weight(JUROR), 1_000);
		wait_epochs(1);
		assert_eq!(weight(JUROR), 750);
	});
}

#[test]
fn unbond_should_add_up_when_something_is_leaving_already() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), 500));
		begin_epoch();
		reset_events();

		assert_ok!(Jurors::unbond(signed(JUROR), 200));

		let leaving = Leaving { amount: 700, behind: Some(QueuePosition(2)) };
		assert_eq!(juror(JUROR).leaving, Some(leaving));
		let unbonded = Event::JurorUnbonded { juror: JUROR, amount: 200, leaving: 700 };
		assert_eq!(events(), [queued(650, CurrentEpoch::get() + DELAY), unbonded]);
	});
}

#[test]
fn unbond_should_wait_for_no_change_when_no_weight_counts_the_money() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		MinBond::set(&(2 * MIN_BOND));
		assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));
		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), 0);

		assert_ok!(Jurors::unbond(signed(JUROR), MIN_BOND));

		let leaving = Leaving { amount: MIN_BOND, behind: None };
		assert_eq!(juror(JUROR).leaving, Some(leaving));
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
	});
}

#[test]
fn unbond_should_wait_for_the_last_change_when_that_takes_the_money_out_of_the_weight() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		MinBond::set(&(2 * MIN_BOND));
		assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));
		let last = juror(JUROR).change;
		begin_epoch();

		assert_ok!(Jurors::unbond(signed(JUROR), MIN_BOND));

		assert_eq!(juror(JUROR).leaving, Some(Leaving { amount: MIN_BOND, behind: last }));
		assert_eq!(changes(JUROR).len(), 1);
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::StillCounted);
	});
}

#[test]
fn unbond_should_pass_when_the_juror_has_a_seat() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		assert_eq!(juror(JUROR).staying(), 0);
		assert_eq!(juror(JUROR).locked, 300);
	});
}

#[test]
fn unbond_should_fail_when_the_account_is_no_juror() {
	build_and_execute(|| {
		assert_noop!(Jurors::unbond(signed(JUROR), 1), Error::<Test>::JurorNotFound);
	});
}

#[test]
fn unbond_should_fail_when_the_amount_is_zero() {
	build_and_execute(|| {
		join(JUROR, BOND);
		assert_noop!(Jurors::unbond(signed(JUROR), 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn unbond_should_fail_when_less_is_bonded() {
	build_and_execute(|| {
		join(JUROR, BOND);
		assert_noop!(Jurors::unbond(signed(JUROR), BOND + 1), Error::<Test>::BondExceeded);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		assert_noop!(Jurors::unbond(signed(JUROR), 1), Error::<Test>::BondExceeded);
	});
}

#[test]
fn unbond_should_fail_when_too_little_would_stay() {
	build_and_execute(|| {
		join(JUROR, BOND);
		for amount in [BOND - 1, BOND - MIN_BOND + 1] {
			assert_noop!(Jurors::unbond(signed(JUROR), amount), Error::<Test>::RemainderTooSmall);
		}
		assert_ok!(Jurors::unbond(signed(JUROR), BOND - MIN_BOND));
		assert_noop!(Jurors::unbond(signed(JUROR), 1), Error::<Test>::RemainderTooSmall);
		assert_ok!(Jurors::unbond(signed(JUROR), MIN_BOND));
	});
}
