//! Validators that fill no slot.

use crate::{
	mock::{ValidatorPerformance, *},
	offence::{slash_fraction, Silence, SILENCE},
	*,
};
use sp_runtime::Perbill;
use sp_staking::offence::Offence;
use std::collections::BTreeSet;

/// Lets `silent` of `count` validators fill none of their slots, the first ones, and ends the era. Returns which were
/// chilled.
fn end_era_of(count: u64, silent: u64) -> BTreeSet<AccountId> {
	let before = validators(count).into_iter().collect::<BTreeSet<_>>();
	for validator in &before {
		let missed = if *validator <= silent { 20 } else { 0 };
		let_count(*validator, 20, missed);
	}
	end_era();
	&before - &Candidates::get()
}

/// Whether silent validators were reported, and how many.
fn reported() -> Option<usize> {
	Silences::get().first().map(|(.., offenders)| offenders.len())
}

#[test]
fn one_should_be_chilled_when_it_is_silent() {
	build_and_execute(|| {
		assert_eq!(end_era_of(4, 1), [1].into());
		assert_eq!(performance(ERA, 1).consequence, Consequence::Silent { chilled: true });
		assert_eq!(pay(ERA, 1), 0);
		assert_eq!(reported(), None);
	});
}

#[test]
fn nobody_should_be_chilled_when_they_fill_a_single_slot() {
	build_and_execute(|| {
		let_count(ALICE, 1_000, 999);
		end_era();
		assert_eq!(performance(ERA, ALICE).consequence, Consequence::Nothing);
		assert!(Candidates::get().contains(&ALICE));
	});
}

#[test]
fn nobody_should_be_silent_when_a_slot_is_missing() {
	build_and_execute(|| {
		let_count(ALICE, MIN_SLOTS - 1, MIN_SLOTS - 1);
		let_count(BOB, MIN_SLOTS, MIN_SLOTS);
		end_era();
		assert!(!performance(ERA, ALICE).is_silent());
		assert!(performance(ERA, BOB).is_silent());
	});
}

#[test]
fn nobody_should_be_silent_without_slots_when_no_least_number_is_set() {
	build_and_execute(|| {
		MinSlots::set(&0);
		end_era();
		assert_eq!(performance(ERA, ALICE).consequence, Consequence::CarriedOver);
	});
}

#[test]
fn nobody_should_be_chilled_when_more_than_a_third_are_silent() {
	for (validators, silent, chilled) in
		[(3, 1, 0), (3, 2, 0), (4, 1, 1), (4, 2, 0), (7, 2, 2), (7, 3, 0), (10, 3, 3), (10, 4, 0)]
	{
		build_and_execute(|| {
			assert_eq!(end_era_of(validators, silent).len(), chilled, "{silent} of {validators}");
			let count = (1..=silent).filter(|validator| performance(ERA, *validator).is_silent());
			assert_eq!(count.count() as u64, silent, "all of them lose the reward");
		});
	}
}

#[test]
fn as_many_as_may_be_byzantine_should_be_chilled_when_a_third_are_silent() {
	for (validators, silent, chilled) in [(6, 2, 1), (9, 3, 2), (30, 10, 9), (31, 10, 10)] {
		build_and_execute(|| {
			assert_eq!(end_era_of(validators, silent).len(), chilled, "{silent} of {validators}");
		});
	}
}

#[test]
fn candidates_should_stay_when_the_next_election_needs_them() {
	for (minimum, chilled) in [(10, 0), (9, 1), (8, 2), (7, 3), (1, 3), (11, 0)] {
		build_and_execute(|| {
			Minimum::set(&minimum);
			assert_eq!(end_era_of(10, 3).len(), chilled, "{minimum} are needed");
		});
	}
}

#[test]
fn others_should_be_chilled_when_a_silent_one_is_no_candidate() {
	build_and_execute(|| {
		for validator in validators(6) {
			let_count(validator, 20, if validator <= 2 { 20 } else { 0 });
		}
		// One may be chilled, and the one that missed more is none any more.
		let_count(1, 21, 21);
		Candidates::set(&(2..=9).collect());
		end_era();
		assert_eq!(performance(ERA, 1).consequence, Consequence::Silent { chilled: false });
		assert_eq!(performance(ERA, 2).consequence, Consequence::Silent { chilled: true });
	});
}

#[test]
fn who_missed_most_should_be_chilled_when_not_all_can_be() {
	for most in [1, 2] {
		build_and_execute(|| {
			for validator in validators(6) {
				let_count(validator, 20, if validator <= 2 { 20 } else { 0 });
			}
			let_count(most, 21, 21);
			end_era();
			assert!(!Candidates::get().contains(&most));
			assert_eq!(Candidates::get().len(), 5);
		});
	}
}

#[test]
fn lots_should_decide_when_all_missed_as_much() {
	let mut chilled = BTreeSet::new();
	for randomness in 0..32 {
		build_and_execute(|| {
			Randomness::set(&[randomness; 32]);
			chilled.extend(end_era_of(6, 2));
		});
	}
	assert_eq!(chilled, [1, 2].into(), "no account is safe");
}

#[test]
fn silence_should_not_be_reported_when_it_may_be_chance() {
	for (validators, silent, is_reported) in [
		(4, 1, false),
		(4, 2, true),
		(10, 2, false),
		(10, 3, true),
		(50, 6, false),
		(50, 7, true),
		(100, 11, false),
		(100, 12, true),
	] {
		build_and_execute(|| {
			end_era_of(validators, silent);
			let expected = is_reported.then_some(silent as usize);
			assert_eq!(reported(), expected, "{silent} of {validators}");
		});
	}
}

#[test]
fn silence_should_be_slashed_when_it_is_reported() {
	build_and_execute(|| {
		end_era_of(10, 3);
		// 3 x (3 - 2) / 10 x 7 %
		let fraction = Perbill::from_rational(21u32, 1_000);
		let amount = SlashAmount { own: 21, nominators: 42 };
		let until = ERA + DEFERRAL + 1;
		let mut order = Silences::get().remove(0).3;
		let recorded = order.iter().map(|validator| Event::OffenceRecorded {
			validator: *validator,
			offence: OffenceKind::Silence,
			era: ERA,
			fraction,
			amount,
			until: Some(until),
		});
		let told = order.iter().map(|validator| Event::Silent {
			validator: *validator,
			era: ERA,
			missed: 20,
			chilled: true,
		});
		let reported = Event::SilenceReported { era: ERA, silent: 3, validators: 10, fraction };
		let closed =
			Event::EraClosed { era: ERA, validators: 10, assigned: 200, missed: 60, silent: 3 };
		let expected: Vec<_> = told.chain(recorded).chain([reported, closed]).collect();
		assert_eq!(events(), expected);

		order.sort();
		assert_eq!(order, [1, 2, 3]);
		let record = SlashRecord {
			offence: OffenceKind::Silence,
			era: ERA,
			fraction,
			amount,
			reporter: None,
			state: SlashState::Deferred { until },
		};
		assert_eq!(ValidatorPerformance::slash_history(1), [record]);
	});
}

#[test]
fn silence_should_be_slashed_and_nobody_chilled_when_more_than_a_third_are_silent() {
	build_and_execute(|| {
		assert_eq!(end_era_of(10, 10), BTreeSet::new());
		assert_eq!(reported(), Some(10));
		assert_eq!(history(1)[0].fraction, Perbill::from_percent(7));
	});
}

/// The figures for 50 are those of pallet-im-online's own tests.
#[test]
fn slashes_of_silence_should_be_those_of_im_online() {
	for (silent, validators, billionths) in [
		(0, 50, 0),
		(1, 50, 0),
		(5, 50, 0),
		(6, 50, 0),
		(7, 50, 4_200_000),
		(17, 50, 46_200_000),
		(50, 50, 70_000_000),
		(13, 30, 63_000_000),
		(14, 30, 70_000_000),
		(2, 4, 52_500_000),
		(1, 1, 0),
		(0, 0, 0),
		(u32::MAX, u32::MAX, 70_000_000),
	] {
		let expected = Perbill::from_parts(billionths);
		assert_eq!(slash_fraction(silent, validators), expected, "{silent} of {validators}");
	}
}

#[test]
fn silence_should_be_one_offence_of_its_era() {
	let silence = Silence { era: 7, session: 23, validators: 50, offenders: vec![1, 2, 3] };
	assert_eq!(<Silence<u64> as Offence<u64>>::ID, SILENCE);
	assert_eq!(silence.offenders(), [1, 2, 3]);
	assert_eq!(silence.session_index(), 23);
	assert_eq!(silence.validator_set_count(), 50);
	assert_eq!(silence.slot(), 7);
	assert_eq!(silence.slash_fraction(7), Perbill::from_parts(4_200_000));
}
