//! Tests of `progress`, up to the ruling. What it pays is tested in `paying`.

use crate::{mock::*, *};
use aitbc_core::{Balance, CaseId, Choice, Party, Round, Ruling};
use frame_support::{assert_noop, assert_ok, weights::Weight};
use sp_runtime::Perbill;

/// Checks that nothing is due at `until`, and that the step is due in the next block.
#[track_caller]
fn assert_due_after(id: CaseId, until: u32) {
	set_now(until);
	assert_noop!(try_progress(id), Error::<Test>::NothingDue);
	set_now(until + 1);
	reset_events();
	progress(id);
}

/// The event of a round that is not the last and that nobody judged.
fn failed(case: CaseId, round: Round, seated: u32) -> Event<Test> {
	Event::RoundFailed { case, round, seated, oversight_until: None }
}

/// The event of a jury of which nobody revealed anything.
fn dismissed(case: CaseId, forfeited: Balance) -> Event<Test> {
	Event::JuryDismissed { case, round: R0, forfeited, rewarded: 0 }
}

#[test]
fn progress_should_let_the_openers_claim_stand_when_the_respondent_is_silent() {
	for (trial, of) in [
		(Trial::claiming(7, 0), Party::Provider),
		(Trial::claiming(10, 3).by(Party::Provider), Party::Client),
		(Trial { value: 1, ..Trial::claiming(7, 0) }, Party::Provider),
	] {
		build_and_execute(|| {
			let id = trial.open();

			assert_due_after(id, START + SETTLEMENT);

			assert_eq!(last_cause(), RulingCause::Silence { of });
			let claim = u32::from(*trial.claims.of(trial.opener));
			let (slash, none) = (Perbill::from_percent(35), Perbill::zero());
			let (client_slash, provider_slash) = match of {
				Party::Client => (slash, none),
				Party::Provider => (none, slash),
			};
			let expected = Ruling { client_slash, provider_slash, ..ruling(10 * claim) };
			assert_eq!(last_ruling(), expected);
			ruled_and_closed(id, trial.value > 1);
			assert_nothing_left();
			assert_eq!(owned(CLIENT) + owned(PROVIDER), 2 * WEALTH - FILING_FEE);
			assert_eq!(owned(TREASURY), ED + FILING_FEE);
		});
	}
}

#[test]
fn progress_should_split_a_small_case_in_the_middle_when_it_was_defended() {
	build_and_execute(|| {
		let id = Trial { value: 1, ..Trial::claiming(9, 2) }.defend();
		assert_due_after(id, START + SETTLEMENT);
		assert_eq!(last_cause(), RulingCause::Undecided);
		assert_eq!(last_ruling(), ruling(55));
		assert_nothing_left();
	});
}

#[test]
fn progress_should_ask_for_a_jury_when_the_case_was_defended() {
	build_and_execute(|| {
		let id = Trial::default().defend();

		assert_due_after(id, START + SETTLEMENT);

		let evidence_until = START + SETTLEMENT + 1 + EVIDENCE;
		let (round, redrawn) = (R0, false);
		assert_eq!(state(id), CaseState::Drawing { round, redrawn, evidence_until });
		assert_eq!(Requests::get()[&(id, R0)], (SEATS, SEAT_STAKE));
		let (case, seats) = (id, SEATS);
		let requested = Event::JuryRequested { case, round, seats, redrawn, evidence_until };
		assert_eq!(events(), [requested]);
		wait(1_000);
		assert_noop!(try_progress(id), Error::<Test>::NothingDue);
	});
}

#[test]
fn progress_should_split_in_the_middle_when_no_jury_can_be_had() {
	build_and_execute(|| {
		let id = Trial::claiming(9, 2).defend();
		PoolIsOpen::set(&false);
		assert_due_after(id, START + SETTLEMENT);
		assert_eq!(last_cause(), RulingCause::Undecided);
		assert_eq!(last_ruling(), ruling(55));
		assert_eq!(events()[0], failed(id, R0, 0));
		pay_all(id);
		assert_nothing_left();
		assert_eq!(owned(PROVIDER), WEALTH);
	});
}

#[test]
fn progress_should_count_the_votes_when_all_have_revealed() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		let votes = [(ANN, share(10)), (BEN, share(9)), (CAT, share(2))];
		for (juror, choice) in votes {
			commit(id, juror, choice);
		}
		for (juror, choice) in votes {
			assert_noop!(try_progress(id), Error::<Test>::NothingDue);
			reveal(id, juror, choice);
		}
		reset_events();

		progress(id);

		let now = Now::get();
		let (appeal_until, until) = (now + APPEAL / 2, now + APPEAL);
		let (round, outcome, loser) = (R0, outcome(90), Some(Party::Provider));
		let judged =
			CaseState::Appealable { round, outcome, loser, appeal_until, until, appellant: None };
		assert_eq!(state(id), judged);
		assert_eq!(crate::mock::round(id, R0).outcome, Some(outcome));
		let (case, appeal_until) = (id, Some(appeal_until));
		let judged = Event::RoundJudged { case, round, outcome, loser, appeal_until, until };
		assert_eq!(events(), [judged]);
	});
}

#[test]
fn progress_should_count_the_votes_when_the_time_to_reveal_is_over() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		let end = Now::get() + COMMIT + REVEAL - 1;
		commit(id, ANN, share(10));
		commit(id, BEN, share(3));
		commit(id, CAT, share(3));
		reveal(id, BEN, share(3));
		reveal(id, CAT, share(3));
		assert_due_after(id, end);
		assert_eq!(round(id, R0).outcome, Some(outcome(30)));
	});
}

#[test]
fn progress_should_count_the_votes_when_those_that_are_left_were_denounced() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(1));
		assert_ok!(Disputes::denounce(signed(STRANGER), id, ANN, share(1), salt(ANN)));
		for juror in [BEN, CAT] {
			commit(id, juror, share(8));
		}
		for juror in [BEN, CAT] {
			reveal(id, juror, share(8));
		}
		progress(id);
		assert_eq!(round(id, R0).outcome, Some(outcome(80)));
	});
}

#[test]
fn progress_should_draw_another_jury_when_the_first_is_silent() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		let CaseState::Voting { evidence_until, reveal_until, .. } = state(id) else {
			panic!("a jury sits")
		};
		commit(id, ANN, share(10));

		assert_due_after(id, reveal_until);

		let (case, round, redrawn) = (id, R0, true);
		assert_eq!(state(id), CaseState::Drawing { round, redrawn, evidence_until });
		assert_eq!(crate::mock::round(id, R0).jury.len(), 0);
		assert_eq!(Requests::get()[&(id, R0)], (SEATS, SEAT_STAKE));
		for juror in [ANN, BEN, CAT] {
			assert_eq!(owned(juror), WEALTH - SEAT_STAKE / 2);
			assert_eq!(at_stake(juror), 0);
			assert_eq!(CasesByAccount::<Test>::get(juror, id), 0);
		}
		let forfeited = 3 * SEAT_STAKE / 2;
		assert_eq!(owned(TREASURY), ED + forfeited);
		let seats = SEATS;
		assert_eq!(
			events(),
			[
				dismissed(case, forfeited),
				Event::JuryRequested { case, round, seats, redrawn, evidence_until },
			]
		);
		// The second may commit from the next block on.
		draw(id, &[(BEN, 3)]);
		commit(id, BEN, share(10));
	});
}

#[test]
fn progress_should_end_with_the_default_split_when_two_juries_are_silent() {
	build_and_execute(|| {
		let id = Trial::claiming(9, 2).sit();
		wait(COMMIT + REVEAL);
		progress(id);
		draw(id, &[(ANN, 2)]);
		wait(COMMIT + REVEAL + 1);
		reset_events();

		progress(id);

		assert_eq!(last_cause(), RulingCause::Undecided);
		assert_eq!(last_ruling(), ruling(55));
		let forfeited = SEAT_STAKE;
		assert_eq!(events()[0], dismissed(id, forfeited));
		assert_eq!(events()[1], failed(id, R0, 2));
		assert!(matches!(events()[2..], [Event::CaseRuled { .. }]));
		pay_all(id);
		assert_nothing_left();
		assert_eq!(owned(PROVIDER), WEALTH);
		assert_eq!(owned(ANN), WEALTH - SEAT_STAKE / 2 - SEAT_STAKE);
	});
}

#[test]
fn progress_should_let_the_outcome_before_stand_when_two_later_juries_are_silent() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal(id, Party::Provider);
		for _ in 0..2 {
			draw(id, &[(ANN, 7)]);
			end_evidence(id);
			wait(COMMIT + REVEAL + 1);
			progress(id);
		}
		assert_eq!(last_cause(), RulingCause::Jury);
		assert_eq!(last_ruling().client, Perbill::one());
		pay_all(id);
		assert_nothing_left();
		// The provider pays the first round only.
		assert_eq!(owned(PROVIDER), WEALTH - COURT_FEE);
	});
}

#[test]
fn progress_should_dismiss_a_jury_when_those_who_were_not_denounced_are_silent() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		draw(id, &[(ANN, 1), (BEN, 1)]);
		end_evidence(id);
		commit(id, ANN, share(1));
		assert_ok!(Disputes::denounce(signed(STRANGER), id, ANN, share(1), salt(ANN)));
		wait(COMMIT + REVEAL);
		reset_events();
		progress(id);
		// Of what Ann lost, the denouncer has a part.
		let forfeited = 2 * (SEAT_STAKE / 2) - 200;
		assert_eq!(events()[0], dismissed(id, forfeited));
		assert_eq!(owned(ANN), WEALTH - SEAT_STAKE / 2);
		assert_eq!(owned(BEN), WEALTH - SEAT_STAKE / 2);
	});
}

#[test]
fn progress_should_rule_when_nobody_appeals_in_the_first_half() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10), share(9), share(9)]);
		assert_due_after(id, Now::get() + APPEAL / 2);
		assert_eq!(last_cause(), RulingCause::Jury);
		assert_eq!(last_ruling().client, Perbill::from_percent(90));
	});
}

#[test]
fn progress_should_rule_as_the_appellant_claims_when_it_alone_staked() {
	build_and_execute(|| {
		let id = Trial::claiming(10, 2).judge([share(10), share(9), share(9)]);
		let judged = Now::get();
		stake(id, BACKER, Party::Provider);

		assert_due_after(id, judged + APPEAL);

		let ruled = CaseState::Ruled {
			client_share: Perbill::from_percent(20),
			cause: RulingCause::Silence { of: Party::Client },
			loser: Some(Party::Client),
			measure: Some(outcome(90)),
			next: R0,
			last: Some(R1),
		};
		assert_eq!(state(id), ruled);
		assert_eq!(last_ruling(), ruling(20));
		assert_eq!(Slashes::get(), []);
		pay_all(id);
		assert_nothing_left();
		// The client pays the round that it won, to jurors who are measured by its outcome.
		assert_eq!(owned(CLIENT), WEALTH - FILING_FEE - COURT_FEE);
		assert_eq!(owned(BACKER), WEALTH);
		assert_eq!(owned(ANN), WEALTH + COURT_FEE / 3);
	});
}

#[test]
fn progress_should_give_governance_its_time_when_it_was_the_last_instance() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal_to_the_end(id, Party::Provider, share(10));
		assert_due_after(id, Now::get() + OVERSIGHT);
		assert_eq!(last_cause(), RulingCause::Jury);
	});
}

#[test]
fn progress_should_give_governance_its_time_when_the_last_instance_fails() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal(id, Party::Provider);
		seat(id, 7);
		judge(id, &[share(10); 7]);
		appeal(id, Party::Provider);
		reset_events();

		draw(id, &[]);

		let until = Now::get() + OVERSIGHT;
		let overseen = CaseState::Overseen { round: R2, outcome: Some(outcome(100)), until };
		assert_eq!(state(id), overseen);
		let (case, round, seated, oversight_until) = (id, R2, 0, Some(until));
		assert_eq!(events(), [Event::RoundFailed { case, round, seated, oversight_until }]);
		assert_due_after(id, until);
		assert_eq!(last_cause(), RulingCause::Jury);
		assert_eq!(last_ruling().client, Perbill::one());
		pay_all(id);
		assert_nothing_left();
	});
}

#[test]
fn progress_should_give_governance_its_time_when_the_only_instance_fails() {
	build_and_execute(|| {
		MaxAppeals::set(&0);
		let id = Trial::claiming(9, 2).draw();
		draw(id, &[]);
		assert!(matches!(state(id), CaseState::Overseen { round: R0, outcome: None, .. }));
		end_appeal(id);
		assert_eq!(last_ruling(), ruling(55));
		pay_all(id);
		assert_nothing_left();
	});
}

#[test]
fn progress_should_share_what_the_silent_lose_when_too_few_revealed() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		wait(COMMIT);
		reveal(id, ANN, share(10));
		wait(REVEAL);
		reset_events();

		progress(id);

		let forfeited = 2 * (SEAT_STAKE / 2);
		let (case, round, rewarded) = (id, R0, forfeited);
		assert_eq!(events()[0], Event::JuryDismissed { case, round, forfeited, rewarded });
		assert!(matches!(state(id), CaseState::Drawing { redrawn: true, .. }));
		assert_eq!(owned(ANN), WEALTH + forfeited);
		assert_eq!(at_stake(ANN), 0);
		assert_eq!(owned(BEN), WEALTH - SEAT_STAKE / 2);
	});
}

#[test]
fn progress_should_need_more_than_half_of_the_seats_and_not_of_the_members() {
	for (jury, is_judged) in [(&[(ANN, 2), (BEN, 1)][..], true), (&[(ANN, 1), (BEN, 2)], false)] {
		build_and_execute(|| {
			let id = Trial::default().draw();
			draw(id, jury);
			end_evidence(id);
			commit(id, ANN, share(10));
			wait(COMMIT);
			reveal(id, ANN, share(10));
			wait(REVEAL);
			progress(id);
			assert_eq!(matches!(state(id), CaseState::Appealable { .. }), is_judged);
		});
	}
}

#[test]
fn progress_should_leave_two_blocks_to_appeal_when_the_period_is_shorter() {
	build_and_execute(|| {
		AppealPeriod::set(&1);
		let id = Trial::default().judge([share(10); 3]);
		let now = Now::get();
		let CaseState::Appealable { appeal_until, until, .. } = state(id) else {
			panic!("it is judged")
		};
		assert_eq!((appeal_until, until), (now + 1, now + 2));
	});
}

#[test]
fn progress_should_cost_what_the_step_weighs() {
	type W = <Test as Config>::WeightInfo;
	build_and_execute(|| {
		let step = |id, expected: Weight| {
			let weight = try_progress(id).expect("it is due").actual_weight;
			assert_eq!(weight, Some(expected));
			assert!(expected.all_lte(Disputes::progress_weight()));
		};
		let small = Trial::small().open();
		let id = Trial::default().defend();
		wait(SETTLEMENT + 1);
		step(small, Disputes::unheard_weight(0));
		step(id, Disputes::end_settlement_weight());
		seat(id, SEATS);
		for juror in [ANN, BEN, CAT] {
			commit(id, juror, share(10));
		}
		for juror in [ANN, BEN, CAT] {
			reveal(id, juror, share(10));
		}
		step(id, W::judge());
		wait(APPEAL);
		step(id, Disputes::end_appeal_weight());
		step(id, Disputes::pay_weight(3).saturating_add(W::close(0)));
		let silent = Trial::default().sit();
		wait(COMMIT + REVEAL);
		step(silent, Disputes::dismiss_weight(3));
	});
}

#[test]
fn progress_should_rule_by_the_default_split_when_the_jury_refused() {
	build_and_execute(|| {
		let id = Trial::claiming(9, 2).judge([Choice::Refuse, Choice::Refuse, share(9)]);
		end_appeal(id);
		let CaseState::Ruled { loser, measure, .. } = state(id) else { panic!("it is ruled") };
		assert_eq!((loser, measure), (None, Some(Outcome::Refused)));
		assert_eq!(last_ruling(), ruling(55));
		assert_eq!(Slashes::get(), []);
	});
}

#[test]
fn progress_should_fail_when_there_is_no_case() {
	build_and_execute(|| {
		assert_noop!(try_progress(FIRST), Error::<Test>::CaseNotFound);
	});
}
