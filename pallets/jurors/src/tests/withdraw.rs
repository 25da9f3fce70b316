//! Tests of `withdraw`.

use crate::{
	mock::{Jurors, *},
	*,
};
use frame_support::{assert_noop, assert_ok};

#[test]
fn withdraw_should_give_the_money_back_when_the_weight_counts_it_no_more() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), 500));
		wait_epochs(DELAY);
		reset_events();

		assert_ok!(Jurors::withdraw(signed(STRANGER), JUROR));

		let expected = Juror { bond: 1_500, weight: 750, ..Juror::new(SlotIndex(0)) };
		assert_eq!(juror(JUROR), expected);
		assert_eq!((held(JUROR), free(JUROR)), (1_500, WEALTH - 1_500));
		let withdrawn = Event::BondWithdrawn { juror: JUROR, amount: 500, is_gone: false };
		assert_eq!(events(), [withdrawn]);
	});
}

#[test]
fn withdraw_should_remove_the_juror_when_nothing_is_left_of_it() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		wait_epochs(DELAY);
		reset_events();

		assert_ok!(Jurors::withdraw(signed(STRANGER), JUROR));

		assert!(!crate::Jurors::<Test>::contains_key(JUROR));
		assert_eq!(Slots::<Test>::get(SlotIndex(0)), Some(Slot::Vacant { next: None }));
		assert_eq!(juror(OTHER).slot, SlotIndex(1));
		let table = SlotTable { used: 2, vacant: 1, next_vacant: Some(SlotIndex(0)) };
		assert_eq!(SlotUse::<Test>::get(), table);
		assert_eq!((held(JUROR), free(JUROR)), (0, WEALTH));
		assert_eq!(Jurors::total_weight(), BOND / 2);
		let withdrawn = Event::BondWithdrawn { juror: JUROR, amount: BOND, is_gone: true };
		assert_eq!(events(), [withdrawn]);
	});
}

#[test]
fn withdraw_should_give_back_what_is_not_at_stake_when_the_rest_is() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		wait_epochs(DELAY);

		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));

		assert_eq!(held(JUROR), 300);
		assert_eq!(juror(JUROR).leaving.map(|leaving| leaving.amount), Some(300));
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::BondLocked);
		unlock(JUROR, 300);
		reset_events();
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
		let withdrawn = Event::BondWithdrawn { juror: JUROR, amount: 300, is_gone: true };
		assert_eq!(events(), [withdrawn]);
	});
}

#[test]
fn withdraw_should_remove_the_juror_when_it_lost_its_whole_bond() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		assert_eq!(draw(CASE, 1, MIN_BOND), [(JUROR, 1)]);
		assert_ok!(forfeit(JUROR, MIN_BOND));
		assert_eq!(juror(JUROR).bond, 0);
		assert_noop!(Jurors::withdraw(signed(STRANGER), JUROR), Error::<Test>::StillCounted);
		wait_epochs(DELAY);
		reset_events();

		assert_ok!(Jurors::withdraw(signed(STRANGER), JUROR));

		assert!(!crate::Jurors::<Test>::contains_key(JUROR));
		let withdrawn = Event::BondWithdrawn { juror: JUROR, amount: 0, is_gone: true };
		assert_eq!(events(), [withdrawn]);
	});
}

/// What left first may go while the rest, which was forfeited since, still weighs.
#[test]
fn withdraw_should_keep_the_juror_when_its_weight_outlives_its_bond() {
	build_and_execute(|| {
		jurors(&[(JUROR, 2 * MIN_BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), MIN_BOND));
		assert_eq!(draw(CASE, 1, MIN_BOND), [(JUROR, 1)]);
		assert_ok!(forfeit(JUROR, MIN_BOND));
		reset_events();

		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));

		let withdrawn = Event::BondWithdrawn { juror: JUROR, amount: MIN_BOND, is_gone: false };
		assert_eq!(events(), [withdrawn]);
		assert_eq!((juror(JUROR).bond, weight(JUROR)), (0, MIN_BOND / 2));
		assert_eq!(draw(CASE, 1, STAKE), [], "a weight without a bond gets no seat");
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
		assert!(!crate::Jurors::<Test>::contains_key(JUROR));
	});
}

#[test]
fn withdraw_should_fail_when_the_account_is_no_juror() {
	build_and_execute(|| {
		let none = Error::<Test>::JurorNotFound;
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), none);
	});
}

#[test]
fn withdraw_should_fail_when_nothing_is_leaving() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::NothingLeaving);
	});
}

#[test]
fn withdraw_should_fail_when_the_weight_still_counts_the_money() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		wait_epochs(DELAY - 1);
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::StillCounted);
		begin_epoch();
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::StillCounted);
		poll();
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
	});
}

#[test]
fn withdraw_should_fail_when_more_is_leaving_since_and_still_counts() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), 500));
		begin_epoch();
		assert_ok!(Jurors::unbond(signed(JUROR), 100));
		wait_epochs(DELAY - 1);
		assert_eq!(weight(JUROR), 750);
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::StillCounted);
		wait_epochs(1);
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
		assert_eq!(held(JUROR), BOND - 600);
	});
}

#[test]
fn withdraw_should_not_wait_for_changes_that_came_later() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), 500));
		wait_epochs(DELAY - 1);
		set_reputation(JUROR, sp_runtime::Perbill::from_percent(10));
		assert_ok!(Jurors::refresh(signed(STRANGER), JUROR));
		wait_epochs(1);
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
		assert_eq!(held(JUROR), BOND - 500);
	});
}

#[test]
fn withdraw_should_fail_when_the_account_can_not_take_the_money() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		assert_ok!(Jurors::unbond(signed(JUROR), MIN_BOND));
		wait_epochs(DELAY);
		keep_only_holds(JUROR);
		ExistentialDeposit::set(&(MIN_BOND + 1));
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::PayeeNotCreditable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), JUROR, MIN_BOND + 1));
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
	});
}
