//! Tests of `refresh`.

use crate::{
	mock::{Jurors, *},
	*,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

#[test]
fn refresh_should_queue_the_weight_that_a_new_reputation_makes() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		let epoch = CurrentEpoch::get();
		set_reputation(JUROR, Perbill::from_percent(30));
		reset_events();

		assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));

		assert_eq!(weight(JUROR), 1_000);
		assert_eq!(changes(JUROR), [(1_600, epoch + DELAY)]);
		let due = Epoch(epoch + DELAY);
		assert_eq!(events(), [Event::WeightQueued { juror: JUROR, weight: 1_600, due }]);
		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), 1_600);
	});
}

#[test]
fn refresh_should_take_the_weight_of_a_juror_that_has_too_little_by_now() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		MinBond::set(&(BOND + 1));
		assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));
		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), 0);
		assert_eq!(Nodes::<Test>::iter().count(), 0);
	});
}

#[test]
fn refresh_should_fail_when_the_account_is_no_juror() {
	build_and_execute(|| {
		let none = Error::<Test>::JurorNotFound;
		assert_noop!(Jurors::refresh(signed(STRANGER), JUROR), none);
	});
}

#[test]
fn refresh_should_fail_when_the_weight_is_right_or_will_be() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_noop!(Jurors::refresh(signed(STRANGER), JUROR), Error::<Test>::WeightUnchanged);
		set_reputation(JUROR, Perbill::from_percent(30));
		assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));
		assert_noop!(Jurors::refresh(signed(STRANGER), JUROR), Error::<Test>::WeightUnchanged);
		begin_epoch();
		assert_noop!(Jurors::refresh(signed(STRANGER), JUROR), Error::<Test>::WeightUnchanged);
	});
}

/// Else whoever refreshes somebody's weight in every epoch could keep it from ever being applied.
#[test]
fn refresh_should_not_put_off_a_change_that_waits() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND - MIN_BOND));
		for percent in 1..=DELAY as u32 {
			begin_epoch();
			set_reputation(JUROR, Perbill::from_percent(percent));
			assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));
		}
		poll();
		assert_eq!(weight(JUROR), MIN_BOND / 2);
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
	});
}
