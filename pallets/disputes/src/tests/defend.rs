//! Tests of `defend`.

use crate::{mock::*, *};
use aitbc_core::Party;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

#[test]
fn defend_should_stake_the_courts_fee_when_the_respondent_files_its_claim() {
	for (opener, by, respondent) in
		[(Party::Client, Party::Provider, PROVIDER), (Party::Provider, Party::Client, CLIENT)]
	{
		build_and_execute(|| {
			let id = Trial::default().by(opener).open();
			let (mut expected, mut record) = (case(id), round(id, R0));
			set_now(START + SETTLEMENT);
			reset_events();

			assert_ok!(Disputes::defend(signed(respondent), id, tenths(4)));

			*expected.claims.of_mut(by) = Some(tenths(4));
			assert_eq!(case(id), expected);
			record.stake(by, Stake { payer: respondent, amount: COURT_FEE, deposit: 0 });
			assert_eq!(round(id, R0), record);
			assert_eq!(staked(respondent), COURT_FEE);
			let (claim, stake) = (tenths(4), COURT_FEE);
			assert_eq!(events(), [Event::CaseDefended { case: id, claim, stake }]);
		});
	}
}

#[test]
fn defend_should_stake_nothing_when_there_is_no_court() {
	build_and_execute(|| {
		let id = Trial::small().open();
		reset_events();
		assert_ok!(Disputes::defend(signed(PROVIDER), id, tenths(4)));
		assert_eq!(case(id).claims.provider, Some(tenths(4)));
		assert_eq!(staked(PROVIDER), 0);
		let claim = tenths(4);
		assert_eq!(events(), [Event::CaseDefended { case: id, claim, stake: 0 }]);
	});
}

#[test]
fn defend_should_settle_in_the_middle_when_it_leaves_the_opener_what_it_claims() {
	for (trial, percent) in [
		(Trial::claiming(10, 10), 100),
		(Trial::claiming(7, 7), 70),
		(Trial::claiming(3, 8), 55),
		(Trial::claiming(4, 4).by(Party::Provider), 40),
		(Trial::claiming(2, 4).by(Party::Provider), 30),
		(Trial { value: 1, ..Trial::claiming(7, 9) }, 80),
	] {
		build_and_execute(|| {
			let id = trial.open();
			let respondent = *parties().of(trial.opener.other());
			let claim = tenths(*trial.claims.of(trial.opener.other()));
			reset_events();

			assert_ok!(Disputes::defend(signed(respondent), id, claim));

			assert_eq!(events()[0], Event::CaseDefended { case: id, claim, stake: 0 });
			ruled_and_closed(id, trial.value > 1);
			assert_eq!(last_cause(), RulingCause::Settlement);
			assert_eq!(last_ruling(), ruling(percent));
			assert_nothing_left();
			assert_eq!((owned(CLIENT), owned(PROVIDER)), (WEALTH, WEALTH));
			assert_eq!(Slashes::get(), []);
		});
	}
}

#[test]
fn defend_should_need_no_money_when_it_concedes() {
	build_and_execute(|| {
		let id = Trial::default().open();
		leave(PROVIDER, ED);
		assert_ok!(Disputes::defend(signed(PROVIDER), id, tenths(10)));
		assert_nothing_left();
	});
}

#[test]
fn defend_should_leave_an_offer_when_one_stands() {
	build_and_execute(|| {
		let id = Trial::default().open();
		assert_ok!(Disputes::offer(signed(CLIENT), id, Default::default()));
		let before = state(id);
		assert_ok!(Disputes::defend(signed(PROVIDER), id, tenths(0)));
		assert_eq!(state(id), before);
	});
}

#[test]
fn defend_should_cost_what_it_did_at_the_start_when_the_price_changes() {
	build_and_execute(|| {
		let id = Trial::default().open();
		SeatFee::set(&1);
		assert_ok!(Disputes::defend(signed(PROVIDER), id, tenths(0)));
		assert_eq!(staked(PROVIDER), COURT_FEE);
	});
}

#[test]
fn defend_should_fail_when_the_caller_is_not_the_respondent() {
	build_and_execute(|| {
		let id = Trial::default().open();
		let defend = |who| Disputes::defend(signed(who), id, tenths(0));
		assert_noop!(defend(CLIENT), Error::<Test>::NotRespondent);
		assert_noop!(defend(STRANGER), Error::<Test>::NotParty);
	});
}

#[test]
fn defend_should_fail_when_the_claim_is_filed() {
	build_and_execute(|| {
		let id = Trial::default().defend();
		let again = || Disputes::defend(signed(PROVIDER), id, tenths(1));
		assert_noop!(again(), Error::<Test>::AlreadyDefended);
	});
}

#[test]
fn defend_should_fail_when_the_time_to_settle_is_over() {
	build_and_execute(|| {
		let id = Trial::default().open();
		let defend = |id| Disputes::defend(signed(PROVIDER), id, tenths(0));
		set_now(START + SETTLEMENT + 1);
		assert_noop!(defend(id), Error::<Test>::SettlementOver);
		progress(id);
		assert_noop!(defend(id), Error::<Test>::CaseNotFound);
		let ruled = ruled();
		assert_noop!(defend(ruled), Error::<Test>::AlreadyRuled);
	});
}

#[test]
fn defend_should_fail_when_the_fee_can_not_be_held() {
	build_and_execute(|| {
		let id = Trial::default().open();
		leave(PROVIDER, COURT_FEE + ED - 1);
		let defend = || Disputes::defend(signed(PROVIDER), id, tenths(0));
		assert_noop!(defend(), TokenError::FundsUnavailable);
	});
}
