//! What is remembered of offences, and what becomes of the slashes.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use frame_support::weights::Weight;
use sp_runtime::Perbill;
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler, ReportOffence},
	OnStakingUpdate,
};

/// The era at whose beginning slashes for [`ERA`] are applied.
const UNTIL: u32 = ERA + DEFERRAL + 1;

/// An equivocation in [`ERA`] that a tenth of the stake is slashed for.
fn equivocation(state: SlashState) -> SlashRecord<AccountId> {
	SlashRecord {
		offence: OffenceKind::BabeEquivocation,
		era: ERA,
		fraction: Perbill::from_percent(10),
		amount: SlashAmount { own: 100, nominators: 200 },
		reporter: Some(REPORTER),
		state,
	}
}

/// The same, without a slash.
fn not_taken() -> SlashRecord<AccountId> {
	SlashRecord { amount: SlashAmount::default(), ..equivocation(SlashState::NotTaken) }
}

/// What is told of [`equivocation`].
fn recorded(validator: AccountId) -> Event<Test> {
	Event::OffenceRecorded {
		validator,
		offence: OffenceKind::BabeEquivocation,
		era: ERA,
		fraction: Perbill::from_percent(10),
		amount: SlashAmount { own: 100, nominators: 200 },
		until: Some(UNTIL),
	}
}

/// How far the slashes of `validator` have come.
fn states(validator: AccountId) -> Vec<SlashState> {
	history(validator).into_iter().map(|record| record.state).collect()
}

#[test]
fn offences_should_be_remembered_when_they_are_reported() {
	build_and_execute(|| {
		report(ERA, &[BOB, DAVE], 10);
		let deferred = equivocation(SlashState::Deferred { until: UNTIL });
		for offender in [BOB, DAVE] {
			assert_eq!(history(offender), std::slice::from_ref(&deferred));
		}
		assert_eq!(history(ALICE), []);
		assert_eq!(events(), [recorded(BOB), recorded(DAVE)]);
		assert!(DueSlashes::<Test>::contains_key(UNTIL, BOB));
	});
}

#[test]
fn kinds_should_be_those_that_were_reported() {
	build_and_execute(|| {
		for (kind, known) in [
			(*b"babe:equivocatio", OffenceKind::BabeEquivocation),
			(*b"grandpa:equivoca", OffenceKind::GrandpaEquivocation),
			(*b"aitbc:silent-era", OffenceKind::Silence),
			(UNKNOWN_KIND, OffenceKind::Other(UNKNOWN_KIND)),
		] {
			assert_eq!(OffenceKind::from(kind), known);
		}
		let fraction = Perbill::one();
		let misdeed = Misdeed::<false> { era: ERA, offenders: vec![BOB], fraction };
		assert_eq!(Named::report_offence(Vec::new(), misdeed), Ok(()));
		assert_eq!(history(BOB)[0].offence, OffenceKind::Other(UNKNOWN_KIND));
		assert_eq!(history(BOB)[0].reporter, None);
		assert!(!Reporting::<Test>::exists());
	});
}

#[test]
fn kinds_should_be_unknown_when_nobody_names_them() {
	build_and_execute(|| {
		let fraction = Perbill::one();
		let misdeed = Misdeed::<true> { era: ERA, offenders: vec![BOB], fraction };
		assert_eq!(Reports::report_offence(Vec::new(), misdeed), Ok(()));
		assert_eq!(history(BOB)[0].offence, OffenceKind::Unknown);
	});
}

#[test]
fn reports_should_be_known_when_they_are_known_to_who_hears_them() {
	type Reported = Misdeed<true>;
	let is_known = <Named as ReportOffence<AccountId, (AccountId, ()), Reported>>::is_known_offence;
	assert!(is_known(&[], &0));
	assert!(!is_known(&[(BOB, ())], &0));
}

#[test]
fn offences_should_be_remembered_when_there_is_nothing_to_slash() {
	build_and_execute(|| {
		Stakes::set(&Default::default());
		report(ERA, &[BOB], 10);
		assert_eq!(history(BOB), [not_taken()]);
		assert_eq!(DueSlashes::<Test>::iter().count(), 0);
		let told = Event::OffenceRecorded {
			validator: BOB,
			offence: OffenceKind::BabeEquivocation,
			era: ERA,
			fraction: Perbill::from_percent(10),
			amount: SlashAmount::default(),
			until: None,
		};
		assert_eq!(events(), [told]);
	});
}

#[test]
fn offences_should_be_remembered_once_when_a_later_report_has_them_too() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		report(ERA, &[BOB, DAVE], 10);
		assert_eq!(history(BOB).len(), 1);
		assert_eq!(history(DAVE).len(), 1);
	});
}

#[test]
fn offences_should_be_remembered_again_when_they_are_slashed_more() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		report(ERA, &[BOB, DAVE], 40);
		let [first, second] = &history(BOB)[..] else { panic!("both are remembered") };
		assert_eq!(first.amount.own, 100);
		assert_eq!(second.amount.own, 300, "what is above the first slash");
		assert_eq!(second.fraction, Perbill::from_percent(40));
	});
}

#[test]
fn offences_should_be_remembered_again_when_a_slash_waits() {
	build_and_execute(|| {
		let stakes = Stakes::get();
		Stakes::set(&Default::default());
		report(ERA, &[BOB], 30);
		Stakes::set(&stakes);
		report(ERA, &[BOB], 10);
		let deferred = equivocation(SlashState::Deferred { until: UNTIL });
		assert_eq!(history(BOB)[1..], [deferred]);
	});
}

#[test]
fn offences_should_be_remembered_when_they_come_too_late_to_be_slashed() {
	build_and_execute(|| {
		Era::set(&UNTIL);
		report(ERA, &[BOB], 10);
		assert_eq!(history(BOB), [not_taken()]);
	});
}

#[test]
fn offences_should_pass_when_they_are_too_old_to_be_slashed() {
	build_and_execute(|| {
		report(KEPT_FROM / SESSIONS_PER_ERA - 1, &[BOB], 10);
		assert_eq!(history(BOB), []);
		assert_eq!(events(), []);
	});
}

#[test]
fn handling_should_weigh_what_slashing_does_and_more() {
	build_and_execute(|| {
		let details = [BOB, DAVE].map(|validator| OffenceDetails {
			offender: (validator, ()),
			reporters: vec![REPORTER],
		});
		let fractions = [Perbill::one(); 2];
		let handle = RecordsOffences::<Test, Slasher>::on_offence;
		let recording = <() as WeightInfo>::record_offences(2);
		assert_ne!(recording, Weight::zero());
		assert_eq!(handle(&details, &fractions, ERA * SESSIONS_PER_ERA), SLASHING + recording);
		assert_eq!(handle(&details, &fractions, 0), SLASHING);
	});
}

#[test]
fn the_oldest_settled_offence_should_go_when_there_are_too_many() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		Highest::set(&[((ERA - 1, BOB), Perbill::one())].into());
		report(ERA - 1, &[BOB], 10);
		report(ERA, &[BOB], 30);
		let eras = || history(BOB).iter().map(|record| (record.era, record.fraction)).collect();
		let percent = Perbill::from_percent;
		let before: Vec<_> = eras();
		assert_eq!(before, [(ERA, percent(10)), (ERA - 1, percent(10)), (ERA, percent(30))]);
		report(ERA, &[BOB], 50);
		let after: Vec<_> = eras();
		assert_eq!(after, [(ERA, percent(10)), (ERA, percent(30)), (ERA, percent(50))]);
	});
}

#[test]
fn the_oldest_offence_should_go_when_all_slashes_wait() {
	build_and_execute(|| {
		for percent in [10, 20, 30, 40] {
			report(ERA, &[BOB], percent);
		}
		let fractions: Vec<_> = history(BOB).iter().map(|record| record.fraction).collect();
		assert_eq!(fractions, [20, 30, 40].map(Perbill::from_percent));
		while Era::get() < UNTIL {
			end_era();
		}
		// The first slash was applied too, though it is forgotten; each takes its place in turn.
		assert_eq!(Neighbours::stake(&BOB), STAKE - 400);
	});
}

#[test]
fn slashes_should_be_applied_when_they_are_due() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		report(ERA, &[BOB], 40);
		while Era::get() < UNTIL - 1 {
			end_era();
		}
		let until = UNTIL;
		assert_eq!(states(BOB), [SlashState::Deferred { until }, SlashState::Deferred { until }]);
		forget_events();
		end_era();
		assert_eq!(
			states(BOB),
			[
				SlashState::Applied { at: UNTIL, before: 1_000, after: 900 },
				SlashState::Applied { at: UNTIL, before: 900, after: 600 },
			]
		);
		let applied =
			|before, after| Event::SlashApplied { validator: BOB, era: ERA, before, after };
		assert_eq!(events()[1..], [applied(1_000, 900), applied(900, 600)]);
		assert_eq!(DueSlashes::<Test>::iter().count(), 0);
	});
}

#[test]
fn slashes_should_be_applied_to_what_is_left_when_there_is_less() {
	build_and_execute(|| {
		report(ERA, &[BOB], 40);
		while Era::get() < UNTIL - 1 {
			end_era();
		}
		Stakes::set(&[(BOB, 150)].into());
		end_era();
		assert_eq!(states(BOB), [SlashState::Applied { at: UNTIL, before: 150, after: 0 }]);
	});
}

#[test]
fn slashes_should_be_applied_to_nothing_when_nothing_is_left() {
	build_and_execute(|| {
		report(ERA, &[BOB], 40);
		Stakes::set(&Default::default());
		while Era::get() < UNTIL {
			end_era();
		}
		assert_eq!(states(BOB), [SlashState::Applied { at: UNTIL, before: 0, after: 0 }]);
	});
}

#[test]
fn slashes_should_be_applied_when_they_take_from_nominators_only() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		Waiting::set(&[(UNTIL, vec![(BOB, 0, 200)])].into());
		SlashHistory::<Test>::mutate(BOB, |history| history[0].amount.own = 0);
		while Era::get() < UNTIL {
			end_era();
		}
		assert_eq!(states(BOB), [SlashState::Applied { at: UNTIL, before: 1_000, after: 1_000 }]);
	});
}

#[test]
fn slashes_should_be_cancelled_when_staking_does_not_have_them_any_more() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		report(ERA, &[BOB, DAVE], 40);
		// Bob's second one is gone.
		Waiting::set(&[(UNTIL, vec![(BOB, 100, 200), (DAVE, 400, 800)])].into());
		while Era::get() < UNTIL {
			end_era();
		}
		let by = CancelledBy::StakingAdmin;
		assert_eq!(
			states(BOB),
			[
				SlashState::Applied { at: UNTIL, before: 1_000, after: 900 },
				SlashState::Cancelled { until: UNTIL, at: UNTIL - 1, by: by.clone() },
			]
		);
		assert_eq!(states(DAVE), [SlashState::Applied { at: UNTIL, before: 1_000, after: 600 }]);
		let amount = SlashAmount { own: 300, nominators: 600 };
		let told = Event::SlashCancelled { validator: BOB, era: ERA, amount, by };
		assert_eq!(events().into_iter().filter(|event| *event == told).count(), 1);
	});
}

#[test]
fn one_slash_should_be_cancelled_when_one_of_two_equals_is_gone() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		report(ERA, &[BOB], 20);
		Waiting::set(&[(UNTIL, vec![(BOB, 100, 200)])].into());
		while Era::get() < UNTIL {
			end_era();
		}
		let cancelled = |state: &SlashState| matches!(state, SlashState::Cancelled { .. });
		let applied = |state: &SlashState| matches!(state, SlashState::Applied { .. });
		assert_eq!(states(BOB).iter().filter(|state| cancelled(state)).count(), 1);
		assert_eq!(states(BOB).iter().filter(|state| applied(state)).count(), 1);
	});
}

#[test]
fn slashes_of_others_should_leave_no_trace() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		let before = history(BOB);
		ValidatorPerformance::on_slash(&ALICE, 0, &Default::default(), 7);
		// Bob is slashed as a nominator, for another era than the one that is due.
		ValidatorPerformance::on_slash(&BOB, 0, &Default::default(), 7);
		assert_eq!(history(BOB), before);
		assert!(!SlashHistory::<Test>::contains_key(ALICE));
	});
}
