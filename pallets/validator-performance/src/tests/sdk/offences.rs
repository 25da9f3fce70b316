//! Offences on their way through the SDK's pallets.

use super::mock::*;
use crate::*;
use aitbc_core::Balance;
use frame_support::{assert_noop, assert_ok};
use pallet_babe::EquivocationOffence;
use sp_runtime::Perbill;
use sp_staking::offence::ReportOffence;

/// What one equivocation of six validators is slashed with: `(3 k / n)^2`.
const FRACTION: Perbill = Perbill::from_percent(25);

/// What that takes of a stake, in plancks.
const OWN: Balance = STAKE / 4;

/// Goes on to the second era, and to a block of it that no offender made: BABE refuses one whose author is disabled in
/// it.
fn run_to_offence() -> u32 {
	run_era(&[]);
	run_to(slot() + 1, &[1, 2, 3]);
	era()
}

/// Reports that `validator` made two blocks in `slot` of the present session.
fn report_equivocation(validator: AccountId, slot: u64) {
	let offence = EquivocationOffence {
		slot: slot.into(),
		session_index: Session::current_index(),
		validator_set_count: VALIDATORS.len() as u32,
		offender: (validator, ()),
	};
	assert_ok!(NamesOffences::<Runtime, Offences>::report_offence(vec![REPORTER], offence));
}

/// The one offence of `validator`.
fn only(validator: AccountId) -> SlashRecord<AccountId> {
	let history = ValidatorPerformance::slash_history(validator);
	let [record] = &history[..] else { panic!("one offence is remembered: {history:?}") };
	record.clone()
}

/// What an equivocation of `validator` in `era` looks like.
fn equivocation(era: u32, state: SlashState) -> SlashRecord<AccountId> {
	SlashRecord {
		offence: OffenceKind::BabeEquivocation,
		era,
		fraction: FRACTION,
		amount: SlashAmount { own: OWN, nominators: 0 },
		reporter: Some(REPORTER),
		state,
	}
}

#[test]
fn equivocations_should_be_remembered_when_they_are_reported() {
	on_chain(|| {
		let offence = run_to_offence();
		report_equivocation(2, slot());
		let until = offence + DEFERRAL + 1;
		assert_eq!(only(2), equivocation(offence, SlashState::Deferred { until }));
		let waiting = pallet_staking::UnappliedSlashes::<Runtime>::get(until);
		assert_eq!(waiting.len(), 1);
		assert_eq!((waiting[0].validator, waiting[0].own), (2, OWN));
	});
}

#[test]
fn nominators_should_be_in_the_amount_when_they_are_slashed_too() {
	on_chain(|| {
		run_to_offence();
		report_equivocation(1, slot());
		assert_eq!(only(1).amount, SlashAmount { own: OWN, nominators: OWN });
	});
}

#[test]
fn slashes_should_be_applied_when_nobody_cancels_them() {
	on_chain(|| {
		let offence = run_to_offence();
		report_equivocation(1, slot());
		let (before, nominator) = (stake(1), stake(NOMINATOR));
		for _ in 0..DEFERRAL {
			run_era(&[1]);
			assert!(matches!(only(1).state, SlashState::Deferred { .. }));
		}
		run_era(&[1]);

		let at = offence + DEFERRAL + 1;
		assert_eq!(era(), at);
		let after = stake(1);
		assert_eq!(after, before - OWN);
		assert_eq!(only(1).state, SlashState::Applied { at, before, after });
		assert_eq!(stake(NOMINATOR), nominator - OWN);
		assert!(ValidatorPerformance::slash_history(NOMINATOR).is_empty());
	});
}

#[test]
fn second_reports_should_be_remembered_when_they_are_slashed_more() {
	on_chain(|| {
		let (offence, at) = (run_to_offence(), slot());
		report_equivocation(2, at);
		// Two in one slot: each is slashed with (3 * 2 / 6)^2, all of it.
		report_equivocation(3, at);
		let until = offence + DEFERRAL + 1;
		let rest = SlashRecord {
			fraction: Perbill::one(),
			amount: SlashAmount { own: STAKE - OWN, nominators: 0 },
			..equivocation(offence, SlashState::Deferred { until })
		};
		let first = equivocation(offence, SlashState::Deferred { until });
		assert_eq!(ValidatorPerformance::slash_history(2), [first, rest]);
		for _ in 0..=DEFERRAL {
			run_era(&[2, 3]);
		}
		// Both were silent together in the eras after, which is an offence of its own.
		let states: Vec<_> = ValidatorPerformance::slash_history(2)
			.into_iter()
			.filter(|record| record.offence == OffenceKind::BabeEquivocation)
			.map(|record| record.state)
			.collect();
		let at = until;
		let applied = [
			SlashState::Applied { at, before: STAKE, after: STAKE - OWN },
			SlashState::Applied { at, before: STAKE - OWN, after: 0 },
		];
		assert_eq!(states, applied);
	});
}

#[test]
fn slashes_should_not_be_applied_when_root_cancels_them() {
	on_chain(|| {
		let offence = run_to_offence();
		report_equivocation(2, slot());
		let until = offence + DEFERRAL + 1;
		run_era(&[2]);

		assert_ok!(ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), 2, offence));
		assert!(!pallet_staking::UnappliedSlashes::<Runtime>::contains_key(until));
		let cancelled = SlashState::Cancelled { until, at: era(), by: CancelledBy::Root };
		assert_eq!(only(2).state, cancelled);
		assert_noop!(
			ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), 2, offence),
			Error::<Runtime>::SlashNotFound
		);

		run_era(&[2]);
		run_era(&[2]);
		assert_eq!((era(), stake(2)), (until, STAKE));
		assert_eq!(only(2).state, cancelled);
	});
}

#[test]
fn cancellations_should_be_seen_when_they_are_made_in_staking_itself() {
	on_chain(|| {
		let offence = run_to_offence();
		report_equivocation(1, slot());
		report_equivocation(2, slot() - 1);
		let until = offence + DEFERRAL + 1;
		assert_ok!(Staking::cancel_deferred_slash(RuntimeOrigin::root(), until, vec![0]));
		for _ in 0..=DEFERRAL {
			run_era(&[1, 2]);
		}
		let by = CancelledBy::StakingAdmin;
		assert_eq!(only(1).state, SlashState::Cancelled { until, at: until - 1, by });
		assert_eq!(stake(1), STAKE);
		let applied = SlashState::Applied { at: until, before: STAKE, after: STAKE - OWN };
		assert_eq!(only(2).state, applied);
	});
}

#[test]
fn offences_should_be_remembered_when_they_come_too_late_to_be_slashed() {
	on_chain(|| {
		run_era(&[]);
		let (offence, session) = (era(), Session::current_index());
		while era() < offence + BONDING {
			run_era(&[]);
		}
		let late = EquivocationOffence {
			slot: 1.into(),
			session_index: session,
			validator_set_count: VALIDATORS.len() as u32,
			offender: (2, ()),
		};
		assert_ok!(NamesOffences::<Runtime, Offences>::report_offence(vec![REPORTER], late));
		let record = SlashRecord {
			amount: SlashAmount::default(),
			..equivocation(offence, SlashState::NotTaken)
		};
		assert_eq!(only(2), record);
	});
}

#[test]
fn silence_should_be_slashed_and_nobody_chilled_when_half_of_all_are_silent() {
	on_chain(|| {
		run_era(&[]);
		let offence = era();
		run_era(&[4, 5, 6]);
		let fraction = Perbill::from_percent(7);
		let until = offence + DEFERRAL + 1;
		for validator in [4, 5, 6] {
			let silent = performance(offence, validator);
			assert_eq!(silent.consequence, Consequence::Silent { chilled: false });
			assert_eq!(
				only(validator),
				SlashRecord {
					offence: OffenceKind::Silence,
					era: offence,
					fraction,
					amount: SlashAmount { own: fraction * STAKE, nominators: 0 },
					reporter: None,
					state: SlashState::Deferred { until },
				}
			);
		}
		assert!(Session::disabled_validators().is_empty(), "they can come back at once");
		assert_eq!(pallet_staking::Validators::<Runtime>::count(), 6);
	});
}
