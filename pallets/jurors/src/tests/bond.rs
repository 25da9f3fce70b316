//! Tests of `bond`.

use crate::{
	mock::{Jurors, *},
	tree::CAPACITY,
	*,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, Perbill, TokenError};

#[test]
fn bond_should_make_a_juror_without_weight_when_the_account_is_none() {
	build_and_execute(|| {
		assert_ok!(Jurors::bond(signed(JUROR), BOND));

		let change = QueuePosition(0);
		let expected = Juror { bond: BOND, change: Some(change), ..Juror::new(SlotIndex(0)) };
		assert_eq!(juror(JUROR), expected);
		assert_eq!(Slots::<Test>::get(SlotIndex(0)), Some(Slot::Taken(JUROR)));
		assert_eq!(SlotUse::<Test>::get(), SlotTable { used: 1, vacant: 0, next_vacant: None });
		assert_eq!(changes(JUROR), [(BOND / 2, START + DELAY)]);
		assert_eq!((held(JUROR), free(JUROR)), (BOND, WEALTH - BOND));
		assert_eq!(Nodes::<Test>::iter().count(), 0);
		let bonded = Event::JurorBonded { juror: JUROR, amount: BOND, bond: BOND };
		assert_eq!(events(), [queued(BOND / 2, START + DELAY), bonded]);
	});
}

#[test]
fn bond_should_add_to_the_bond_when_the_account_is_a_juror() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		reset_events();

		assert_ok!(Jurors::bond(signed(JUROR), 1));

		assert_eq!(juror(JUROR).bond, BOND + 1);
		assert_eq!(weight(JUROR), BOND / 2);
		assert_eq!(held(JUROR), BOND + 1);
		let bonded = Event::JurorBonded { juror: JUROR, amount: 1, bond: BOND + 1 };
		assert_eq!(events(), [bonded]);
	});
}

#[test]
fn bond_should_weigh_the_reputation_of_the_agent_that_works_under_the_account() {
	build_and_execute(|| {
		for (who, percent, weight) in [(JUROR, 0, 1_000), (OTHER, 25, 1_500), (THIRD, 100, 3_000)] {
			set_reputation(who, Perbill::from_percent(percent));
			join(who, BOND);
			assert_eq!(changes(who), [(weight, START + DELAY)]);
		}
	});
}

#[test]
fn bond_should_round_the_weight_down() {
	build_and_execute(|| {
		set_reputation(JUROR, Perbill::from_percent(50));
		join(JUROR, 1_001);
		assert_eq!(changes(JUROR), [(500 + 500, START + DELAY)]);
	});
}

#[test]
fn bond_should_fail_when_the_amount_is_zero() {
	build_and_execute(|| {
		assert_noop!(Jurors::bond(signed(JUROR), 0), Error::<Test>::AmountZero);
		join(JUROR, BOND);
		assert_noop!(Jurors::bond(signed(JUROR), 0), Error::<Test>::AmountZero);
	});
}

#[test]
fn bond_should_fail_when_it_is_below_the_least_bond() {
	build_and_execute(|| {
		assert_noop!(Jurors::bond(signed(JUROR), MIN_BOND - 1), Error::<Test>::BondTooSmall);
		assert_ok!(Jurors::bond(signed(JUROR), MIN_BOND));
	});
}

#[test]
fn bond_should_fail_when_what_is_not_leaving_stays_below_the_least_bond() {
	build_and_execute(|| {
		join(JUROR, BOND);
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		assert_noop!(Jurors::bond(signed(JUROR), MIN_BOND - 1), Error::<Test>::BondTooSmall);
		assert_ok!(Jurors::bond(signed(JUROR), MIN_BOND));
		assert_eq!(juror(JUROR).staying(), MIN_BOND);
		assert_eq!(changes(JUROR), [(MIN_BOND / 2, START + DELAY)]);
	});
}

#[test]
fn bond_should_bring_the_weight_back_when_a_bond_fell_below_the_least_by_what_was_forfeited() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		seated(3);
		assert_ok!(forfeit(JUROR, 3 * STAKE));
		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), 0);
		assert_noop!(Jurors::bond(signed(JUROR), 299), Error::<Test>::BondTooSmall);

		assert_ok!(Jurors::bond(signed(JUROR), 300));

		wait_epochs(DELAY);
		assert_eq!(weight(JUROR), MIN_BOND / 2);
	});
}

#[test]
fn bond_should_fail_when_there_are_as_many_jurors_as_slots() {
	new_test_ext().execute_with(|| {
		join(OTHER, BOND);
		SlotUse::<Test>::put(SlotTable { used: CAPACITY, vacant: 0, next_vacant: None });
		assert_noop!(Jurors::bond(signed(JUROR), BOND), Error::<Test>::TooManyJurors);
		assert_ok!(Jurors::bond(signed(OTHER), BOND));
	});
}

#[test]
fn bond_should_take_the_slot_that_became_vacant_last() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND), (THIRD, BOND)]);
		for who in [OTHER, JUROR] {
			assert_ok!(Jurors::unbond(signed(who), BOND));
		}
		wait_epochs(DELAY);
		for who in [OTHER, JUROR] {
			assert_ok!(Jurors::withdraw(signed(STRANGER), who));
		}
		join(STRANGER, BOND);
		join(OTHER, BOND);
		join(JUROR, BOND);
		let slots = [STRANGER, OTHER, THIRD, JUROR].map(|who| juror(who).slot.0);
		assert_eq!(slots, [0, 1, 2, 3]);
		assert_eq!(SlotUse::<Test>::get(), SlotTable { used: 4, vacant: 0, next_vacant: None });
	});
}

#[test]
fn bond_should_fail_when_the_money_is_not_there() {
	build_and_execute(|| {
		// An account keeps the existential deposit beside what is held.
		assert_noop!(Jurors::bond(signed(JUROR), WEALTH - ED + 1), TokenError::FundsUnavailable);
		assert_ok!(Jurors::bond(signed(JUROR), WEALTH - ED));
		assert_noop!(Jurors::bond(signed(JUROR), u128::MAX), ArithmeticError::Overflow);
	});
}

/// See `keeping_total`: without its check the juror would lose its last 5 plancks to dust here.
#[test]
fn bond_should_fail_when_holding_it_would_turn_money_to_dust() {
	build_and_execute(|| {
		System::inc_providers(&JUROR);
		assert_ok!(Balances::transfer_allow_death(signed(JUROR), BANK, WEALTH - BOND - 5));
		assert_noop!(Jurors::bond(signed(JUROR), BOND), TokenError::FundsUnavailable);
	});
}
