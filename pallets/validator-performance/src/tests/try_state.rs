//! Each invariant, broken once.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use sp_runtime::DispatchError;

/// The era at whose beginning slashes for [`ERA`] are applied.
const UNTIL: u32 = ERA + DEFERRAL + 1;

/// Sets up two eras, slots, and a slash that waits; lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		for (alice, bob) in [((20, 5), (9, 0)), ((20, 0), (20, 20))] {
			report(Era::get(), &[CAROL], 10);
			let_count(ALICE, alice.0, alice.1);
			let_count(BOB, bob.0, bob.1);
			Active::set(&vec![ALICE, BOB, CAROL, DAVE]);
			end_era();
		}
		let_count(ALICE, 3, 1);
		assert_eq!(ValidatorPerformance::do_try_state(), Ok(()));

		corrupt();

		assert_eq!(ValidatorPerformance::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes how a validator did, behind the pallet's back.
fn alter(era: u32, validator: AccountId, change: impl FnOnce(&mut Performance)) {
	Performances::<Test>::mutate(era, validator, |performance| {
		change(performance.as_mut().expect("the era is kept"))
	});
}

#[test]
fn try_state_should_notice_when_nothing_is_counted() {
	assert_noticed("nothing is counted", || {
		Counts::<Test>::insert(BOB, SlotCount::default());
	});
}

#[test]
fn try_state_should_notice_when_a_count_is_impossible() {
	assert_noticed("more slots were missed than assigned", || {
		Counts::<Test>::insert(BOB, SlotCount { assigned: 1, missed: 2 });
	});
}

#[test]
fn try_state_should_notice_when_too_many_are_counted() {
	assert_noticed("too many are counted", || {
		MaxValidators::set(&4);
		for validator in 1..=5 {
			Counts::<Test>::insert(validator, SlotCount::FILLED);
		}
	});
}

#[test]
fn try_state_should_notice_when_no_era_was_closed() {
	assert_noticed("no era was closed", LastClosed::<Test>::kill);
}

#[test]
fn try_state_should_notice_when_an_open_era_is_kept() {
	assert_noticed("an era that was not closed is kept", || LastClosed::<Test>::put(ERA));
}

#[test]
fn try_state_should_notice_when_an_era_is_kept_for_too_long() {
	assert_noticed("an era is kept for too long", || {
		LastClosed::<Test>::put(ERA + HISTORY_DEPTH);
	});
}

#[test]
fn try_state_should_notice_when_an_era_has_too_many_validators() {
	assert_noticed("an era has too many validators", || MaxValidators::set(&3));
}

#[test]
fn try_state_should_notice_when_slots_of_an_era_are_impossible() {
	assert_noticed("more slots were missed than assigned", || {
		alter(ERA, ALICE, |performance| performance.slots.missed = 21);
	});
}

#[test]
fn try_state_should_notice_when_less_is_due_than_counted() {
	assert_noticed("less is due than staking counted", || {
		alter(ERA, ALICE, |performance| performance.points.before = 401);
	});
}

#[test]
fn try_state_should_notice_when_more_is_paid_than_due() {
	assert_noticed("more is paid than due", || {
		alter(ERA, ALICE, |performance| performance.points.after = 401);
	});
}

#[test]
fn try_state_should_notice_when_a_silent_validator_filled_slots() {
	assert_noticed("who filled a slot was called silent", || {
		alter(ERA, ALICE, |performance| {
			performance.consequence = Consequence::Silent { chilled: false };
		});
	});
}

#[test]
fn try_state_should_notice_when_a_silent_validator_is_paid() {
	assert_noticed("who was silent is paid", || {
		alter(ERA, ALICE, |performance| {
			performance.slots.missed = 20;
			performance.consequence = Consequence::Silent { chilled: false };
		});
	});
}

#[test]
fn try_state_should_notice_when_other_slots_were_carried_over() {
	assert_noticed("other slots were carried over than left over", || {
		alter(ERA + 1, ALICE, |performance| performance.carried = SlotCount::FILLED);
	});
}

#[test]
fn try_state_should_notice_when_there_are_too_many_points() {
	assert_noticed("all have more points together than there are", || {
		let mut points = EraRewardPoints::get();
		points.entry(ERA + 1).or_default().0 = 399;
		EraRewardPoints::set(&points);
	});
}

#[test]
fn try_state_should_notice_when_points_changed_after_the_era() {
	assert_noticed("a validator has other points than settled", || {
		let mut points = EraRewardPoints::get();
		points.entry(ERA + 1).or_default().1.insert(ALICE, 399);
		EraRewardPoints::set(&points);
	});
}

#[test]
fn try_state_should_notice_when_a_history_is_empty() {
	assert_noticed("a history is empty", || {
		SlashHistory::<Test>::mutate(CAROL, |history| history.clear());
	});
}

#[test]
fn try_state_should_notice_when_a_slash_is_overdue() {
	assert_noticed("a slash is overdue", || {
		SlashHistory::<Test>::mutate(CAROL, |history| {
			history[0].state = SlashState::Deferred { until: Era::get() };
		});
	});
}

#[test]
fn try_state_should_notice_when_a_slash_is_not_listed() {
	assert_noticed("a slash that waits is not listed", || {
		DueSlashes::<Test>::remove(UNTIL, CAROL);
	});
}

#[test]
fn try_state_should_notice_when_a_list_is_overdue() {
	assert_noticed("a list of slashes is overdue", || {
		DueSlashes::<Test>::insert(Era::get(), CAROL, ());
	});
}

#[test]
fn try_state_should_notice_when_a_kind_was_left() {
	assert_noticed("an offence is being reported for ever", || {
		Reporting::<Test>::put(UNKNOWN_KIND);
	});
}
