//! Tests of `OnJuryDrawn`.

use crate::{mock::*, *};
use aitbc_core::{CaseId, Party, Round};
use aitbc_traits::{JurorPool, OnJuryDrawn, Seated};
use frame_support::assert_storage_noop;
use std::collections::BTreeSet;

fn is_excluded(id: CaseId, juror: AccountId) -> bool {
	<Disputes as OnJuryDrawn<_>>::is_excluded(id, &juror)
}

/// The pool tells of a jury, whether it was asked for or not.
fn tell(id: CaseId, round: Round, jury: &[Seated<AccountId>]) -> Result<(), &'static str> {
	<Disputes as OnJuryDrawn<_>>::on_jury_drawn(id, round, jury.to_vec())
}

/// A case that waits for the jury of its first appeal.
fn appealed() -> CaseId {
	let id = Trial::default().judge([share(10); 3]);
	stake(id, BACKER, Party::Provider);
	stake(id, STRANGER, Party::Client);
	id
}

#[test]
fn on_jury_drawn_should_seat_the_jury_when_it_has_a_majority() {
	for jury in [&[(ANN, 1), (BEN, 1), (CAT, 1)][..], &[(BEN, 3)], &[(CAT, 1), (ANN, 1)]] {
		build_and_execute(|| {
			let id = Trial::default().draw();
			assert_eq!(Requests::get()[&(id, R0)], (SEATS, SEAT_STAKE));
			let requested = Now::get();
			wait(5);
			reset_events();

			draw(id, jury);

			let evidence_until = requested + EVIDENCE;
			let commit_until = evidence_until + COMMIT;
			let reveal_until = commit_until + REVEAL;
			let (round, redrawn) = (R0, false);
			let voting =
				CaseState::Voting { round, redrawn, evidence_until, commit_until, reveal_until };
			assert_eq!(state(id), voting);
			let members: Vec<_> = jury.iter().copied().map(JuryMember::new).collect();
			assert_eq!(crate::mock::round(id, R0).jury.into_inner(), members);
			for (juror, seats) in jury {
				assert_eq!(CasesByAccount::<Test>::get(juror, id), 1);
				assert_eq!(at_stake(*juror), u128::from(*seats) * SEAT_STAKE);
			}
			let (case, jury) = (id, jury.to_vec());
			let seated = Event::JurySeated { case, round, jury, commit_until, reveal_until };
			assert_eq!(events(), [seated]);
		});
	}
}

#[test]
fn on_jury_drawn_should_count_the_time_to_commit_from_the_draw_when_that_is_late() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		wait(EVIDENCE + 7);
		draw(id, &[(ANN, 3)]);
		let CaseState::Voting { commit_until, reveal_until, .. } = state(id) else {
			panic!("a jury sits")
		};
		assert_eq!(commit_until, Now::get() + COMMIT);
		assert_eq!(reveal_until, commit_until + REVEAL);
	});
}

#[test]
fn on_jury_drawn_should_end_with_the_default_split_when_the_first_jury_has_no_majority() {
	for jury in [&[][..], &[(ANN, 1)]] {
		build_and_execute(|| {
			let id = Trial::claiming(9, 2).draw();
			reset_events();

			draw(id, jury);

			assert_eq!(at_stake(ANN), 0);
			let cause = RulingCause::Undecided;
			let seated = jury.len() as u32;
			let oversight_until = None;
			let failed = Event::RoundFailed { case: id, round: R0, seated, oversight_until };
			let ruled = Event::CaseRuled {
				case: id,
				subject: case(id).subject,
				cause,
				ruling: ruling(55),
				loser: None,
				agent_slashed: 0,
			};
			assert_eq!(events(), [failed, ruled]);
			pay_all(id);
			assert_nothing_left();
			assert_eq!(owned(CLIENT), WEALTH - FILING_FEE);
			assert_eq!(owned(PROVIDER), WEALTH);
			assert_eq!(owned(ANN), WEALTH);
		});
	}
}

#[test]
fn on_jury_drawn_should_let_the_outcome_before_stand_when_a_later_jury_has_no_majority() {
	build_and_execute(|| {
		let id = appealed();
		let jury: Vec<_> = JURORS.take(3).map(|juror| (juror, 1)).collect();

		draw(id, &jury);

		let ruled = CaseState::Ruled {
			client_share: sp_runtime::Perbill::one(),
			cause: RulingCause::Jury,
			loser: Some(Party::Provider),
			measure: Some(outcome(100)),
			next: R0,
			last: Some(R1),
		};
		assert_eq!(state(id), ruled);
		pay_all(id);
		assert_nothing_left();
		// Only the first round is paid: what was staked for the second returns.
		assert_eq!(owned(PROVIDER), WEALTH - COURT_FEE);
		assert_eq!(owned(BACKER), WEALTH);
		assert_eq!(owned(STRANGER), WEALTH);
		assert_eq!(owned(ANN), WEALTH + COURT_FEE / 3);
	});
}

#[test]
fn on_jury_drawn_should_let_the_jury_go_when_it_has_too_many_seats() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		draw(id, &[(ANN, 2), (BEN, 2)]);
		assert!(matches!(state(id), CaseState::Ruled { cause: RulingCause::Undecided, .. }));
		assert_eq!(at_stake(ANN) + at_stake(BEN), 0);
	});
}

#[test]
fn on_jury_drawn_should_change_nothing_when_no_such_jury_was_asked_for() {
	build_and_execute(|| {
		let jury = [(ANN, 3)];
		let refused = |id, round| {
			assert_storage_noop!(assert!(tell(id, round, &jury).is_err()));
		};
		refused(FIRST, R0);
		refused(Trial::default().open(), R0);
		refused(Trial::small().open(), R0);
		let waiting = appealed();
		refused(waiting, R0);
		refused(waiting, R2);
		assert!(matches!(state(waiting), CaseState::Drawing { round: R1, .. }));
	});
}

#[test]
fn is_excluded_should_name_the_parties_and_those_close_to_them() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		Conflicts::set(&BTreeSet::from([(CLIENT, ANN, 0), (PROVIDER, BEN, 0), (CAT, CLIENT, 0)]));
		for juror in [CLIENT, PROVIDER, ANN, BEN] {
			assert!(is_excluded(id, juror), "{juror}");
		}
		for juror in [CAT, STRANGER, BACKER] {
			assert!(!is_excluded(id, juror), "{juror}");
		}
	});
}

#[test]
fn is_excluded_should_not_name_who_came_close_after_the_case_was_opened() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		let late = [(CLIENT, ANN, START), (PROVIDER, BEN, START + 1)];
		Conflicts::set(&BTreeSet::from(late));
		assert!(!is_excluded(id, ANN) && !is_excluded(id, BEN));
		Conflicts::set(&BTreeSet::from([(CLIENT, ANN, START - 1)]));
		assert!(is_excluded(id, ANN));
	});
}

#[test]
fn is_excluded_should_name_who_staked_in_any_round() {
	build_and_execute(|| {
		let id = appealed();
		assert!(is_excluded(id, BACKER));
		assert!(is_excluded(id, STRANGER));
		seat(id, 7);
		judge(id, &[share(10); 7]);
		assert!(is_excluded(id, BACKER));
		assert!(!is_excluded(id, ANN));
	});
}

#[test]
fn is_excluded_should_name_everybody_when_there_is_no_case() {
	build_and_execute(|| assert!(is_excluded(FIRST, ANN)));
}

#[test]
fn weights_should_count_whom_it_asks_and_tells() {
	type W = <Test as Config>::WeightInfo;
	let exclusion = W::is_excluded().saturating_add(CONFLICTS_WEIGHT.saturating_mul(2));
	assert_eq!(<Disputes as OnJuryDrawn<AccountId>>::exclusion_weight(), exclusion);
	let weight = || <Disputes as OnJuryDrawn<AccountId>>::weight(15);
	let weight = new_test_ext().execute_with(weight);
	let expected = W::on_jury_drawn(15)
		.saturating_add(<Requests as JurorPool<_>>::unlock_weight().saturating_mul(15))
		.saturating_add(W::rule())
		.saturating_add(RULING_WEIGHT)
		.saturating_add(SLASH_WEIGHT);
	assert_eq!(weight, expected);
}
