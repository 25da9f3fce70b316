//! Tests of what rounds cost and pay, and of how a case closes.

use crate::{mock::*, *};
use aitbc_core::{Balance, CaseId, Choice, Party, Round, Sides};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

/// What a seat loses that is not coherent, in plancks.
const WRONG: Balance = SEAT_STAKE / 5;
/// What a seat loses that is silent, in plancks.
const SILENT: Balance = SEAT_STAKE / 2;

/// How much more than at the start `who` owns, or less.
fn gain(who: AccountId) -> i128 {
	owned(who) as i128 - WEALTH as i128
}

/// Waits for the end of the time to appeal, has the case ruled, and forgets the events.
fn end(id: CaseId) {
	end_appeal(id);
	reset_events();
}

/// The event of a round's pay, with what its sides paid, its seats lost, and its coherent seats got.
fn paid(id: CaseId, round: Round, sums: [Balance; 3]) -> Event<Test> {
	let [fee, forfeited, rewarded] = sums;
	Event::RoundPaid { case: id, round, fee, forfeited, rewarded, compensated: 0 }
}

#[test]
fn round_should_be_paid_by_the_loser_to_the_coherent_seats() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10), share(9), share(2)]);
		end(id);

		progress(id);

		let total = COURT_FEE + WRONG;
		let each = total / 2;
		assert_eq!(
			events(),
			[paid(id, R0, [COURT_FEE, WRONG, 2 * each]), Event::CaseClosed { case: id }]
		);
		assert_eq!(gain(ANN), each as i128);
		assert_eq!(gain(BEN), each as i128);
		assert_eq!(gain(CAT), -(WRONG as i128));
		assert_eq!(gain(PROVIDER), -(COURT_FEE as i128));
		assert_eq!(gain(CLIENT), -(FILING_FEE as i128));
		// What can't be divided by two.
		assert_eq!(total - 2 * each, 1);
		assert_eq!(owned(TREASURY), ED + FILING_FEE + 1);
		assert_nothing_left();
	});
}

#[test]
fn round_should_be_paid_by_half_by_each_side_when_nobody_lost() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(5); 3]);
		end(id);
		progress(id);
		assert_eq!(events()[0], paid(id, R0, [COURT_FEE, 0, COURT_FEE]));
		// The odd planck is the client's.
		assert_eq!(COURT_FEE % 2, 1);
		assert_eq!(gain(CLIENT), -((FILING_FEE + COURT_FEE / 2 + 1) as i128));
		assert_eq!(gain(PROVIDER), -((COURT_FEE / 2) as i128));
		assert_eq!(gain(ANN), SEAT_FEE as i128);
		assert_nothing_left();
	});
}

#[test]
fn round_should_take_more_for_silence_than_for_a_wrong_vote() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		draw(id, &[(ANN, 1), (BEN, 1), (CAT, 1)]);
		end_evidence(id);
		for juror in [ANN, BEN, CAT] {
			commit(id, juror, share(10));
		}
		reveal(id, ANN, share(10));
		reveal(id, BEN, share(10));
		wait(COMMIT + REVEAL);
		progress(id);
		end(id);
		progress(id);
		let each = (COURT_FEE + SILENT) / 2;
		assert_eq!(events()[0], paid(id, R0, [COURT_FEE, SILENT, 2 * each]));
		assert_eq!(gain(ANN), each as i128);
		assert_eq!(gain(BEN), each as i128);
		assert_eq!(gain(CAT), -(SILENT as i128));
		assert_nothing_left();
	});
}

#[test]
fn round_should_be_shared_by_seats_when_a_juror_has_several() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		draw(id, &[(ANN, 2), (BEN, 1)]);
		end_evidence(id);
		judge(id, &[share(10), share(10)]);
		end(id);
		progress(id);
		assert_eq!(gain(ANN), 2 * SEAT_FEE as i128);
		assert_eq!(gain(BEN), SEAT_FEE as i128);
	});
}

#[test]
fn round_should_be_the_treasurys_when_no_seat_is_coherent() {
	build_and_execute(|| {
		// The median is 50, and nobody said so.
		let id = Trial::default().draw();
		draw(id, &[(ANN, 1), (BEN, 1)]);
		end_evidence(id);
		judge(id, &[share(10), share(0)]);
		end(id);
		progress(id);
		assert_eq!(events()[0], paid(id, R0, [COURT_FEE, 2 * WRONG, 0]));
		assert_eq!(owned(TREASURY), ED + FILING_FEE + COURT_FEE + 2 * WRONG);
		assert_nothing_left();
	});
}

#[test]
fn round_should_pay_those_who_refused_when_the_jury_did() {
	build_and_execute(|| {
		let id = Trial::default().judge([Choice::Refuse, share(5), Choice::Refuse]);
		end(id);
		progress(id);
		assert_eq!(gain(BEN), -(WRONG as i128));
		assert_eq!(gain(ANN), ((COURT_FEE + WRONG) / 2) as i128);
		assert_eq!(gain(CAT), gain(ANN));
	});
}

#[test]
fn round_should_take_from_who_refused_when_the_jury_did_not() {
	build_and_execute(|| {
		let id = Trial::default().judge([Choice::Refuse, share(10), share(10)]);
		end(id);
		progress(id);
		assert_eq!(gain(ANN), -(WRONG as i128));
	});
}

#[test]
fn rounds_should_be_measured_by_the_final_outcome_when_they_are_overturned() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10), share(10), share(0)]);
		stake(id, BACKER, Party::Provider);
		stake(id, CLIENT, Party::Client);
		seat(id, 7);
		judge(id, &[share(0); 7]);
		end(id);

		progress(id);

		let total = COURT_FEE + 2 * WRONG;
		assert_eq!(events(), [paid(id, R0, [COURT_FEE, 2 * WRONG, total])]);
		assert_eq!(Rounds::<Test>::get(id, R0), None);
		assert!(matches!(state(id), CaseState::Ruled { next: R1, last: Some(R1), .. }));
		assert_eq!(at_stake(ANN), SEAT_STAKE, "only the second round's is left");
		assert_eq!(CasesByAccount::<Test>::get(ANN, id), 1);
		reset_events();

		progress(id);

		let fee = 7 * SEAT_FEE;
		assert_eq!(events(), [paid(id, R1, [fee, 0, fee]), Event::CaseClosed { case: id }]);
		assert_eq!(gain(ANN), SEAT_FEE as i128 - WRONG as i128);
		assert_eq!(gain(CAT), (SEAT_FEE + total) as i128);
		assert_eq!(gain(CLIENT), -((FILING_FEE + COURT_FEE + fee) as i128));
		assert_eq!(gain(BACKER), 0, "twice the fee returned");
		assert_eq!(gain(PROVIDER), 0);
		assert_nothing_left();
	});
}

#[test]
fn appellant_should_compensate_the_other_party_when_it_loses_again() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		stake(id, PROVIDER, Party::Provider);
		stake(id, BACKER, Party::Client);
		seat(id, 7);
		judge(id, &[share(10); 7]);
		end(id);
		progress(id);
		reset_events();

		progress(id);

		let fee = 7 * SEAT_FEE;
		let (case, round) = (id, R1);
		let paid =
			Event::RoundPaid { case, round, fee, forfeited: 0, rewarded: fee, compensated: fee };
		assert_eq!(events(), [paid, Event::CaseClosed { case }]);
		assert_eq!(gain(BACKER), 0, "its stake returned");
		assert_eq!(gain(PROVIDER), -((COURT_FEE + 2 * fee) as i128));
		assert_eq!(gain(CLIENT), fee as i128 - FILING_FEE as i128);
		assert_nothing_left();
	});
}

#[test]
fn appellant_should_lose_as_much_when_it_staked_for_both_sides() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		stake(id, BACKER, Party::Provider);
		stake(id, BACKER, Party::Client);
		seat(id, 7);
		judge(id, &[share(10); 7]);
		end(id);
		pay_all(id);
		assert_eq!(gain(BACKER), -((2 * 7 * SEAT_FEE) as i128));
		assert_eq!(gain(CLIENT), (7 * SEAT_FEE) as i128 - FILING_FEE as i128);
		assert_nothing_left();
	});
}

#[test]
fn appellant_should_pay_half_when_nobody_loses() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal(id, Party::Provider);
		seat(id, 7);
		judge(id, &[share(5); 7]);
		end(id);
		pay_all(id);
		let half = (COURT_FEE / 2 + 7 * SEAT_FEE / 2) as i128;
		assert_eq!(gain(PROVIDER), -half);
		// The odd planck of each round is the client's.
		assert_eq!(gain(CLIENT), -half - 2 - FILING_FEE as i128);
		assert_nothing_left();
	});
}

#[test]
fn three_rounds_should_be_paid_one_at_a_time() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal_to_the_end(id, Party::Provider, share(10));
		end(id);
		for (round, seats) in [(R0, 3), (R1, 7), (R2, 15)] {
			assert_eq!(Disputes::case(id).unwrap().next.unwrap().step, Step::PayRound(round));
			progress(id);
			assert_eq!(gain(*JURORS.end()) > 0, seats == 15);
		}
		assert_noop!(try_progress(id), Error::<Test>::CaseNotFound);
		assert_eq!(gain(ANN), 3 * SEAT_FEE as i128);
		assert_nothing_left();
	});
}

#[test]
fn round_should_pay_what_is_due_now_when_the_shares_change() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		assert_ok!(Disputes::denounce(signed(STRANGER), id, ANN, share(10), salt(ANN)));
		let reward = 200;
		commit(id, BEN, share(10));
		commit(id, CAT, share(10));
		reveal(id, BEN, share(10));
		reveal(id, CAT, share(10));
		progress(id);
		end(id);
		// Less than the denouncer got.
		SilenceSlash::set(&Perbill::from_percent(10));
		progress(id);
		assert_eq!(gain(ANN), -reward);
		assert_nothing_left();
	});
}

#[test]
fn case_should_return_deposits_when_it_closes() {
	build_and_execute(|| {
		let id = Trial::default().open();
		for who in [CLIENT, PROVIDER, PROVIDER] {
			let kind = EvidenceKind::Statement;
			let uri = URI.to_vec();
			assert_ok!(Disputes::submit_evidence(signed(who), id, kind, uri, document()));
		}
		wait(SETTLEMENT + 1);
		assert_eq!(case(id).evidence, Sides { client: 1, provider: 2 });
		reset_events();
		progress(id);
		ruled_and_closed(id, true);
		assert_nothing_left();
		assert_eq!(gain(CLIENT), -(FILING_FEE as i128));
		assert_eq!(gain(PROVIDER), 0);
	});
}

#[test]
fn filing_fee_should_return_when_the_treasury_can_not_take_it() {
	build_and_execute(|| {
		let id = Trial::small().open();
		drain(TREASURY);
		ExistentialDeposit::set(&(FILING_FEE + 1));
		wait(SETTLEMENT + 1);
		progress(id);
		assert_nothing_left();
		assert_eq!((gain(CLIENT), owned(TREASURY)), (0, 0));
	});
}

#[test]
fn payment_should_stay_with_the_payer_when_the_treasury_can_not_take_it() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10), share(10), share(2)]);
		end(id);
		// The odd planck is less than an account needs to exist.
		drain(TREASURY);
		progress(id);
		let each = (COURT_FEE + WRONG) / 2;
		assert_eq!(gain(CAT), 1 - WRONG as i128);
		assert_eq!(events()[0], paid(id, R0, [COURT_FEE, WRONG - 1, 2 * each]));
		assert_nothing_left();
	});
}

#[test]
fn payment_should_go_on_when_the_payer_froze_its_money() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		for who in [CLIENT, PROVIDER, ANN] {
			freeze_all(who);
		}
		end(id);
		progress(id);
		assert_eq!(gain(PROVIDER), -(COURT_FEE as i128));
		assert_nothing_left();
	});
}

#[test]
fn return_should_sweep_the_accounts_dust_when_it_owns_less_than_it_needs() {
	build_and_execute(|| {
		let id = Trial::small().open();
		leave_dust(CLIENT, ED - 1);
		wait(SETTLEMENT + 1);
		progress(id);
		assert_nothing_left();
		assert_eq!(owned(CLIENT), Disputes::case_deposit(false));
		assert_eq!(owned(TREASURY), ED + FILING_FEE + ED - 1);
	});
}

#[test]
fn return_should_go_to_the_treasury_when_it_is_dust_itself() {
	build_and_execute(|| {
		let id = Trial::small().open();
		let deposit = Disputes::case_deposit(false);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, 100_000));
		leave_dust(CLIENT, 5);
		wait(SETTLEMENT + 1);
		ExistentialDeposit::set(&(deposit + 1));
		progress(id);
		assert_nothing_left();
		assert_eq!(owned(CLIENT), 0);
		assert_eq!(owned(TREASURY), ED + FILING_FEE + 100_000 + deposit + 5);
	});
}

#[test]
fn return_should_be_burnt_when_nobody_can_take_the_dust() {
	new_test_ext().execute_with(|| {
		let id = Trial::small().open();
		let deposit = Disputes::case_deposit(false);
		leave_dust(CLIENT, 0);
		wait(SETTLEMENT + 1);
		drain(TREASURY);
		let issuance = Balances::total_issuance();
		ExistentialDeposit::set(&(deposit + 1));
		progress(id);
		assert_nothing_left();
		assert_eq!(owned(CLIENT) + owned(TREASURY), 0);
		assert_eq!(Balances::total_issuance(), issuance - deposit - FILING_FEE);
		assert_ok!(Disputes::do_try_state());
	});
}
