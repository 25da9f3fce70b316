//! Tests of `appeal`.

use crate::{mock::*, *};
use aitbc_core::{Balance, CaseId, Choice, Party};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::TokenError;

/// What the jury of the first appeal costs, in plancks.
const FEE: Balance = 7 * SEAT_FEE;

fn try_appeal(who: AccountId, side: Party) -> DispatchResult {
	Disputes::appeal(signed(who), FIRST, side)
}

/// A case that the provider lost in the first round.
fn lost() -> CaseId {
	Trial::default().judge([share(10), share(9), share(9)])
}

#[test]
fn appeal_should_stake_twice_the_fee_when_the_loser_appeals() {
	build_and_execute(|| {
		let id = lost();
		let now = Now::get();
		let CaseState::Appealable { outcome, loser, .. } = state(id) else {
			panic!("it is judged")
		};
		set_now(now + APPEAL / 2);
		reset_events();

		assert_ok!(try_appeal(BACKER, Party::Provider));

		let appealed = CaseState::Appealable {
			round: R0,
			outcome,
			loser,
			appeal_until: now + APPEAL / 2,
			until: now + APPEAL,
			appellant: Some(Party::Provider),
		};
		assert_eq!(state(id), appealed);
		let deposit = Disputes::round_deposit(7);
		let mut record = RoundRecord::new(7);
		record.stake(Party::Provider, Stake { payer: BACKER, amount: 2 * FEE, deposit });
		assert_eq!(round(id, R1), record);
		assert_eq!(staked(BACKER), 2 * FEE);
		assert_eq!(held(HoldReason::Deposit, BACKER), deposit);
		let (side, by, amount) = (Party::Provider, BACKER, 2 * FEE);
		let staked = Event::SideStaked { case: id, round: R1, side, by, amount, deposit };
		assert_eq!(events(), [staked]);
	});
}

#[test]
fn appeal_should_begin_the_round_when_the_other_side_stakes() {
	build_and_execute(|| {
		let id = lost();
		stake(id, PROVIDER, Party::Provider);
		wait(APPEAL);
		let evidence_until = Now::get() + EVIDENCE;
		let mut record = round(id, R1);
		reset_events();

		assert_ok!(try_appeal(STRANGER, Party::Client));

		let (round, redrawn) = (R1, false);
		assert_eq!(state(id), CaseState::Drawing { round, redrawn, evidence_until });
		record.stake(Party::Client, Stake { payer: STRANGER, amount: FEE, deposit: 0 });
		assert_eq!(crate::mock::round(id, R1), record);
		assert_eq!(staked(STRANGER), FEE);
		assert_eq!(Requests::get()[&(id, R1)], (7, SEAT_STAKE));
		let (side, by, amount, deposit) = (Party::Client, STRANGER, FEE, 0);
		assert_eq!(
			events(),
			[
				Event::SideStaked { case: id, round, side, by, amount, deposit },
				Event::JuryRequested { case: id, round, seats: 7, redrawn, evidence_until },
			]
		);
	});
}

#[test]
fn appeal_should_let_the_outcome_stand_when_no_jury_can_be_had() {
	build_and_execute(|| {
		let id = lost();
		stake(id, PROVIDER, Party::Provider);
		PoolIsOpen::set(&false);
		reset_events();

		assert_ok!(try_appeal(STRANGER, Party::Client));

		let cause = RulingCause::Jury;
		assert!(matches!(state(id), CaseState::Ruled { cause: found, .. } if found == cause));
		assert_eq!(
			events()[1],
			Event::RoundFailed { case: id, round: R1, seated: 0, oversight_until: None }
		);
		assert!(matches!(events()[2], Event::CaseRuled { .. }));
		pay_all(id);
		assert_nothing_left();
		assert_eq!(owned(STRANGER), WEALTH);
		assert_eq!(owned(PROVIDER), WEALTH - COURT_FEE);
	});
}

#[test]
fn appeal_should_be_open_to_either_side_when_nobody_lost() {
	for side in [Party::Client, Party::Provider] {
		build_and_execute(|| {
			let id = Trial::default().judge([Choice::Refuse; 3]);
			assert!(matches!(state(id), CaseState::Appealable { loser: None, .. }));
			assert_ok!(try_appeal(BACKER, side));
			assert_ok!(try_appeal(BACKER, side.other()));
			assert_eq!(staked(BACKER), 3 * FEE);
		});
	}
}

#[test]
fn appeal_should_cost_a_seat_what_it_did_at_the_start_when_the_price_changes() {
	build_and_execute(|| {
		let id = lost();
		SeatFee::set(&1);
		appeal(id, Party::Provider);
		assert_eq!(staked(PROVIDER), COURT_FEE + 2 * FEE);
		assert_eq!(staked(CLIENT), COURT_FEE + FEE);
	});
}

#[test]
fn appeal_should_fail_when_the_side_did_not_lose_or_has_staked() {
	build_and_execute(|| {
		let id = lost();
		assert_noop!(try_appeal(CLIENT, Party::Client), Error::<Test>::NotLoser);
		stake(id, PROVIDER, Party::Provider);
		assert_noop!(try_appeal(BACKER, Party::Provider), Error::<Test>::AlreadyStaked);
	});
}

#[test]
fn appeal_should_fail_when_its_time_is_over() {
	build_and_execute(|| {
		let id = lost();
		let judged = Now::get();
		set_now(judged + APPEAL / 2 + 1);
		assert_noop!(try_appeal(PROVIDER, Party::Provider), Error::<Test>::AppealOver);
		set_now(judged + APPEAL / 2);
		stake(id, PROVIDER, Party::Provider);
		set_now(judged + APPEAL + 1);
		assert_noop!(try_appeal(CLIENT, Party::Client), Error::<Test>::AppealOver);
	});
}

#[test]
fn appeal_should_fail_when_it_was_the_last_instance() {
	build_and_execute(|| {
		let id = lost();
		appeal_to_the_end(id, Party::Provider, share(10));
		assert_noop!(try_appeal(PROVIDER, Party::Provider), Error::<Test>::LastInstance);
	});
}

#[test]
fn appeal_should_fail_when_there_is_no_outcome() {
	build_and_execute(|| {
		let appeal = || try_appeal(CLIENT, Party::Client);
		assert_noop!(appeal(), Error::<Test>::CaseNotFound);
		let id = Trial::default().defend();
		assert_noop!(appeal(), Error::<Test>::NotAppealable);
		wait(SETTLEMENT + 1);
		progress(id);
		assert_noop!(appeal(), Error::<Test>::NotAppealable);
		seat(id, SEATS);
		assert_noop!(appeal(), Error::<Test>::NotAppealable);
		judge(id, &[share(10); 3]);
		end_appeal(id);
		assert_noop!(appeal(), Error::<Test>::AlreadyRuled);
	});
}

#[test]
fn appeal_should_fail_when_the_money_can_not_be_held() {
	build_and_execute(|| {
		let id = lost();
		let deposit = Disputes::round_deposit(7);
		for too_little in [2 * FEE + ED - 1, 2 * FEE + deposit + ED - 1] {
			leave(BACKER, too_little);
			assert_noop!(try_appeal(BACKER, Party::Provider), TokenError::FundsUnavailable);
			assert_ok!(Balances::transfer_allow_death(signed(BANK), BACKER, deposit));
		}
		stake(id, PROVIDER, Party::Provider);
		leave(BACKER, FEE + ED - 1);
		assert_noop!(try_appeal(BACKER, Party::Client), TokenError::FundsUnavailable);
	});
}
