//! What the end of an era makes of slots and points.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use aitbc_core::Balance;
use frame_support::assert_storage_noop;
use sp_runtime::Perbill;

/// A count of slots.
fn count(assigned: u32, missed: u32) -> SlotCount {
	SlotCount { assigned, missed }
}

/// Lets Alice, Bob, Carol and Dave have had these slots in the present era.
fn let_all_count(slots: [(u32, u32); 4]) {
	for (validator, (assigned, missed)) in [ALICE, BOB, CAROL, DAVE].into_iter().zip(slots) {
		let_count(validator, assigned, missed);
	}
}

/// What each is paid for `era`.
fn pays(era: u32) -> [Balance; 4] {
	[ALICE, BOB, CAROL, DAVE].map(|validator| pay(era, validator))
}

#[test]
fn rewards_should_be_whole_when_nobody_missed_a_slot() {
	build_and_execute(|| {
		let_all_count([(20, 0), (30, 0), (25, 0), (25, 0)]);
		let before = EraRewardPoints::get();
		assert_eq!(end_era(), (PAYOUT, 0), "what staking pays is none of this pallet's business");
		assert_eq!(EraRewardPoints::get(), before);
		assert_eq!(pays(ERA), [200_000, 300_000, 250_000, 250_000]);
		let alice = performance(ERA, ALICE);
		assert_eq!(
			alice,
			Performance {
				slots: count(20, 0),
				carried: count(0, 0),
				points: PointsChange { before: 400, due: 400, after: 400 },
				consequence: Consequence::Nothing,
			}
		);
		assert_eq!(alice.points.factor(), Perbill::one());
	});
}

#[test]
fn rewards_should_be_times_the_uptime_when_slots_were_missed() {
	build_and_execute(|| {
		Grace::set(&Perbill::zero());
		let_all_count([(25, 0), (25, 5), (25, 0), (25, 20)]);
		end_era();
		assert_eq!(pays(ERA), [250_000, 200_000, 250_000, 50_000]);
		let bob = performance(ERA, BOB);
		assert_eq!(bob.points, PointsChange { before: 400, due: 500, after: 400 });
		assert_eq!(bob.points.factor(), Perbill::from_percent(80));
		assert_eq!(bob.slots.uptime(), Perbill::from_percent(80));
	});
}

#[test]
fn others_should_gain_nothing_when_a_validator_misses_slots() {
	let pays_when_dave_misses = |missed| {
		let mut others = [0; 3];
		build_and_execute(|| {
			let_all_count([(25, 0), (25, 0), (25, 0), (25, missed)]);
			end_era();
			others.copy_from_slice(&pays(ERA)[..3]);
		});
		others
	};
	for missed in [0, 1, 12, 25] {
		assert_eq!(pays_when_dave_misses(missed), [250_000; 3]);
	}
}

#[test]
fn slots_should_be_forgiven_when_they_are_within_the_grace() {
	build_and_execute(|| {
		// A tenth of the slots: 2 of 29, and 3 of 30.
		let_all_count([(29, 2), (30, 3), (30, 4), (9, 1)]);
		end_era();
		let after = |validator| performance(ERA, validator).points;
		assert_eq!(after(ALICE), PointsChange { before: 540, due: 580, after: 580 });
		assert_eq!(after(BOB), PointsChange { before: 540, due: 600, after: 600 });
		assert_eq!(after(CAROL), PointsChange { before: 520, due: 600, after: 580 });
		assert_eq!(after(DAVE), PointsChange { before: 160, due: 180, after: 160 });
		assert_eq!(Neighbours::get(ERA).total, 580 + 600 + 600 + 180);
	});
}

#[test]
fn nothing_should_be_forgiven_when_no_slot_was_filled() {
	build_and_execute(|| {
		let_all_count([(20, 0), (20, 0), (20, 0), (20, 20)]);
		MinSlots::set(&100);
		end_era();
		let dave = performance(ERA, DAVE);
		assert_eq!(dave.points, PointsChange { before: 0, due: 400, after: 0 });
		assert_eq!(dave.consequence, Consequence::CarriedOver);
		assert_eq!(dave.points.factor(), Perbill::zero());
	});
}

#[test]
fn silent_validators_should_get_nothing_when_staking_has_points_for_them() {
	build_and_execute(|| {
		let_all_count([(20, 0), (20, 0), (20, 0), (10, 10)]);
		// The first block of an era: staking takes its author for the validator at that place in the era before.
		let_earn(DAVE, PER_BLOCK);
		end_era();
		let dave = performance(ERA, DAVE);
		assert_eq!(dave.points, PointsChange { before: 20, due: 220, after: 0 });
		assert_eq!(pay(ERA, DAVE), 0);
	});
}

#[test]
fn closing_should_change_nothing_when_the_era_was_closed() {
	build_and_execute(|| {
		let_all_count([(25, 0), (25, 5), (25, 0), (10, 10)]);
		ValidatorPerformance::close_era();
		assert_storage_noop!(ValidatorPerformance::close_era());
	});
}

#[test]
fn closing_should_tell_what_it_found() {
	build_and_execute(|| {
		let_all_count([(25, 0), (25, 5), (25, 0), (10, 10)]);
		end_era();
		assert_eq!(
			events(),
			[
				Event::Silent { validator: DAVE, era: ERA, missed: 10, chilled: true },
				Event::EraClosed { era: ERA, validators: 4, assigned: 85, missed: 15, silent: 1 },
			]
		);
		assert_eq!(LastClosed::<Test>::get(), Some(ERA));
		assert_eq!(Counts::<Test>::iter().count(), 0);
	});
}

#[test]
fn slots_should_be_carried_over_when_they_are_too_few() {
	build_and_execute(|| {
		let_all_count([(9, 0), (9, 9), (10, 0), (0, 0)]);
		Counts::<Test>::remove(DAVE);
		end_era();
		for (validator, consequence) in [
			(ALICE, Consequence::CarriedOver),
			(BOB, Consequence::CarriedOver),
			(CAROL, Consequence::Nothing),
			(DAVE, Consequence::CarriedOver),
		] {
			assert_eq!(performance(ERA, validator).consequence, consequence);
		}

		let_all_count([(5, 0), (1, 1), (5, 0), (5, 5)]);
		end_era();
		let second = |validator| {
			let performance = performance(ERA + 1, validator);
			(performance.carried, performance.consequence)
		};
		assert_eq!(second(ALICE), (count(9, 0), Consequence::Nothing));
		assert_eq!(second(BOB), (count(9, 9), Consequence::Silent { chilled: true }));
		assert_eq!(second(CAROL), (count(0, 0), Consequence::CarriedOver));
		assert_eq!(second(DAVE), (count(0, 0), Consequence::CarriedOver));

		let_all_count([(4, 4), (9, 9), (5, 5), (4, 4)]);
		end_era();
		let third = |validator| performance(ERA + 2, validator);
		assert_eq!(third(ALICE).carried, count(0, 0), "what was judged does not count again");
		assert_eq!(third(BOB).consequence, Consequence::CarriedOver);
		assert_eq!(third(CAROL).judged(), count(10, 5));
		assert_eq!(third(CAROL).consequence, Consequence::Nothing, "it filled five");
		assert_eq!(third(DAVE).judged(), count(9, 9));
	});
}

#[test]
fn slots_should_be_carried_through_when_an_era_has_none() {
	build_and_execute(|| {
		let_count(DAVE, 9, 9);
		end_era();
		end_era();
		let_count(DAVE, 1, 1);
		end_era();
		let dave = performance(ERA + 2, DAVE);
		assert_eq!(dave.judged(), count(10, 10));
		assert!(dave.is_silent());
	});
}

#[test]
fn slots_should_not_be_carried_over_when_the_validator_was_not_elected_in_between() {
	build_and_execute(|| {
		let_count(DAVE, 9, 9);
		end_era();
		Active::set(&vec![ALICE, BOB, CAROL]);
		end_era();
		Active::set(&vec![ALICE, BOB, CAROL, DAVE]);
		let_count(DAVE, 1, 1);
		end_era();
		assert_eq!(performance(ERA + 2, DAVE).judged(), count(1, 1));
	});
}

#[test]
fn slots_should_count_when_their_validator_left_before_the_era_ended() {
	build_and_execute(|| {
		let_count(DAVE, 20, 5);
		Active::set(&vec![ALICE, BOB, CAROL]);
		end_era();
		assert_eq!(performance(ERA, DAVE).slots, count(20, 5));
		let closed =
			Event::EraClosed { era: ERA, validators: 3, assigned: 20, missed: 5, silent: 0 };
		assert_eq!(events(), [closed]);
	});
}

#[test]
fn eras_should_be_forgotten_when_they_are_too_old() {
	build_and_execute(|| {
		for _ in 0..HISTORY_DEPTH + 2 {
			let_all_count([(20, 0), (20, 0), (20, 0), (20, 0)]);
			end_era();
		}
		let kept = |era| Performances::<Test>::iter_prefix(era).count();
		assert_eq!(kept(ERA), 0);
		assert_eq!(kept(ERA + 1), 0);
		for era in ERA + 2..ERA + 2 + HISTORY_DEPTH {
			assert_eq!(kept(era), 4);
		}
	});
}
