//! Tests of forfeiting a stake.

use crate::{
	mock::{Jurors, *},
	*,
};
use frame_support::{assert_noop, assert_ok};

#[test]
fn forfeit_should_pay_from_the_bond_and_queue_the_smaller_weight() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		begin_epoch();
		reset_events();

		assert_ok!(forfeit(JUROR, 200));

		let expected = (BOND - 200, 100, None);
		let after = juror(JUROR);
		assert_eq!((after.bond, after.locked, after.leaving), expected);
		assert_eq!((held(JUROR), free(JUROR)), (BOND - 200, WEALTH - BOND));
		assert_eq!(free(TREASURY), ED + 200);
		let forfeited = Event::StakeForfeited { juror: JUROR, amount: 200, to: TREASURY };
		assert_eq!(events(), [forfeited]);
		// What was at stake counted no more already, so that nothing changes.
		assert_eq!(Jurors::latest_weight(&after), (BOND - 300) / 2);
		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), (BOND - 300) / 2);
	});
}

#[test]
fn forfeit_should_take_the_weight_when_too_little_stays_bonded() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		seated(1);
		assert_ok!(forfeit(JUROR, 1));
		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), 0);
		assert_eq!(juror(JUROR).bond, MIN_BOND - 1);
	});
}

#[test]
fn forfeit_should_take_what_stays_before_what_is_leaving() {
	build_and_execute(|| {
		jurors(&[(JUROR, 3 * MIN_BOND)]);
		assert_eq!(draw(CASE, 5, 500), [(JUROR, 5)]);
		assert_ok!(Jurors::unbond(signed(JUROR), 2 * MIN_BOND));
		assert_ok!(forfeit(JUROR, MIN_BOND));
		let leaving = |who| juror(who).leaving.map(|leaving| leaving.amount);
		assert_eq!((juror(JUROR).staying(), leaving(JUROR)), (0, Some(2 * MIN_BOND)));
		assert_ok!(forfeit(JUROR, MIN_BOND));
		assert_eq!((juror(JUROR).staying(), leaving(JUROR)), (0, Some(MIN_BOND)));
		assert_eq!(juror(JUROR).locked, 500);
		unlock(JUROR, 500);
		wait_epochs(DELAY);
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
		assert!(!crate::Jurors::<Test>::contains_key(JUROR));
	});
}

#[test]
fn forfeit_should_pass_when_the_juror_froze_its_money() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		freeze_all(JUROR);
		assert_ok!(forfeit(JUROR, 300));
	});
}

#[test]
fn forfeit_should_do_nothing_when_the_amount_is_zero() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		reset_events();
		assert_ok!(forfeit(JUROR, 0));
		assert_eq!(events(), []);
	});
}

#[test]
fn forfeit_should_fail_when_less_is_at_stake() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_noop!(forfeit(JUROR, 1), Error::<Test>::StakeTooSmall);
		seated(3);
		assert_noop!(forfeit(JUROR, 301), Error::<Test>::StakeTooSmall);
	});
}

#[test]
fn forfeit_should_fail_when_the_account_is_no_juror() {
	build_and_execute(|| {
		assert_noop!(forfeit(STRANGER, 1), Error::<Test>::JurorNotFound);
	});
}

#[test]
fn forfeit_should_fail_when_the_payee_can_not_take_the_money() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		seated(3);
		drain(TREASURY);
		assert_noop!(forfeit(JUROR, ED - 1), Error::<Test>::PayeeNotCreditable);
		// Dust must find a treasury.
		assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, ED));
		assert_ok!(forfeit(JUROR, ED - 1));
	});
}
