//! Tests of `Arbitration::open_case`.

use crate::{mock::*, *};
use aitbc_core::{Balance, CaseId, Party, Sides};
use aitbc_traits::Arbitration;
use frame_support::{assert_noop, assert_storage_noop};
use sp_runtime::{ArithmeticError, Perbill};

/// What a case takes in storage, in plancks. Counted by hand from the type of each field, so that a
/// change of the layout is noticed.
fn case_deposit() -> Balance {
	let subject = 1 + 8 + 4;
	let parties = 2 * 8 + 1;
	let claims = 2 * (1 + 1);
	let court = 1 + 2 * 16;
	let fact = 1;
	let ruled = 1 + 4 + (1 + fact) + (1 + 1) + (1 + 1 + 4) + 1 + (1 + 1);
	let voting = 1 + 1 + 1 + 3 * 4;
	let appealable = 1 + 1 + (1 + 4) + 2 + 2 * 4 + 2;
	let state = ruled.max(voting).max(appealable);
	let agent = 1 + 8;
	let (deposit, filing_fee) = (16, 16);
	let record =
		subject + parties + agent + 4 + 16 + claims + court + deposit + filing_fee + 2 * 4 + state;
	let index = 2 * (8 + 8 + 4) + (8 + 4);
	4 * 10 + 8 + record + index
}

/// What a round of so many seats takes in storage, in plancks.
fn round_deposit(seats: Balance) -> Balance {
	let stakes = 2 * (1 + 8 + 16 + 16);
	let member = 8 + 4 + (1 + 32);
	let record = 4 + stakes + (1 + seats * member) + (1 + 1 + 4);
	let index = seats * (8 + 8 + 4);
	(seats + 1) * 10 + 8 + 1 + record + index
}

#[test]
fn deposits_should_cover_what_is_stored() {
	build_and_execute(|| {
		assert_eq!(Disputes::case_deposit(false), case_deposit());
		assert_eq!(Disputes::case_deposit(true), case_deposit() + round_deposit(3));
		assert_eq!(Disputes::round_deposit(7), round_deposit(7));
		assert_eq!(Disputes::round_deposit(15), round_deposit(15));
		let item = 1 + 1 + (2 + 40) + 32 + 4 + 16;
		assert_eq!(Disputes::evidence_deposit(40), 10 + 8 + 4 + item);
		assert_eq!(Disputes::evidence_deposit(MAX_URI + 1), 10 + 8 + 4 + item + 60);
	});
}

#[test]
fn open_case_should_hold_the_courts_fee_when_the_case_is_worth_it() {
	for (opener, payer) in [(Party::Client, CLIENT), (Party::Provider, PROVIDER)] {
		build_and_execute(|| {
			let trial = Trial::claiming(8, 3).by(opener);

			let id = trial.open();

			let claim = tenths(*trial.claims.of(opener));
			let mut claims = Sides { client: None, provider: None };
			*claims.of_mut(opener) = Some(claim);
			let terms = CourtTerms { seat_fee: SEAT_FEE, seat_stake: SEAT_STAKE };
			let deposit = Disputes::case_deposit(true);
			let expected = Case {
				subject: trial.subject,
				parties: parties(),
				opener,
				agent: Some(AGENT),
				since: START,
				value: LEAST_VALUE,
				claims,
				court: Some(terms),
				deposit,
				filing_fee: FILING_FEE,
				evidence: Sides { client: 0, provider: 0 },
				state: CaseState::Settling { until: START + SETTLEMENT, offer: None },
			};
			assert_eq!(id, FIRST);
			assert_eq!(case(id), expected);
			assert_eq!(NextCaseId::<Test>::get(), CaseId(1));
			let mut record = RoundRecord::new(SEATS);
			record.stake(opener, Stake { payer, amount: COURT_FEE, deposit: 0 });
			assert_eq!(round(id, R0), record);
			for party in [CLIENT, PROVIDER] {
				assert_eq!(CasesByAccount::<Test>::get(party, id), 1);
			}
			assert_eq!(staked(payer), COURT_FEE);
			assert_eq!(held(HoldReason::Deposit, payer), deposit + FILING_FEE);
			assert_eq!(owned(payer), WEALTH);
			assert_eq!(owned(TREASURY), ED);
			assert_eq!(Disputes::open_cases_of(AGENT), 1);
			let opened = Event::CaseOpened {
				case: id,
				subject: trial.subject,
				parties: parties(),
				opener,
				agent: Some(AGENT),
				claim,
				value: LEAST_VALUE,
				court: Some(terms),
				settle_until: START + SETTLEMENT,
				stake: COURT_FEE,
				deposit,
				filing_fee: FILING_FEE,
			};
			assert_eq!(events(), [opened]);
		});
	}
}

#[test]
fn open_case_should_do_without_a_court_when_it_would_cost_too_much() {
	build_and_execute(|| {
		let id = Trial::small().open();
		assert_eq!(case(id).court, None);
		assert_eq!(Rounds::<Test>::iter().count(), 0);
		assert_eq!(staked(CLIENT), 0);
		let deposit = Disputes::case_deposit(false);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit + FILING_FEE);
		MaxCost::set(&Perbill::zero());
		let trial = Trial { value: Balance::MAX, ..Trial::default() };
		assert_eq!(case(trial.open()).court, None);
	});
}

#[test]
fn open_case_should_number_cases_in_order() {
	build_and_execute(|| {
		assert_eq!(Trial::default().open(), CaseId(0));
		assert_eq!(Trial::small().by(Party::Provider).open(), CaseId(1));
		assert_eq!(staked(CLIENT), COURT_FEE);
		assert_eq!(staked(PROVIDER), 0);
	});
}

#[test]
fn open_case_should_keep_the_terms_when_they_change() {
	build_and_execute(|| {
		let id = Trial::default().open();
		SeatFee::set(&(SEAT_FEE + 1));
		SeatStake::set(&1);
		let terms = CourtTerms { seat_fee: SEAT_FEE, seat_stake: SEAT_STAKE };
		assert_eq!(case(id).court, Some(terms));
	});
}

#[test]
fn open_case_should_hold_no_filing_fee_when_there_is_none() {
	build_and_execute(|| {
		FilingFee::set(&0);
		let id = Trial::default().open();
		assert_eq!(case(id).filing_fee, 0);
		assert_eq!(held(HoldReason::Deposit, CLIENT), Disputes::case_deposit(true));
		wait(SETTLEMENT + 1);
		progress(id);
		assert_eq!(owned(TREASURY), ED);
		assert_nothing_left();
	});
}

#[test]
fn open_case_should_keep_the_filing_fee_when_the_price_changes() {
	build_and_execute(|| {
		let id = Trial::default().open();
		FilingFee::set(&1);
		wait(SETTLEMENT + 1);
		progress(id);
		assert_eq!(owned(TREASURY), ED + FILING_FEE);
		assert_nothing_left();
	});
}

#[test]
fn open_case_should_count_no_case_when_no_agent_answers() {
	build_and_execute(|| {
		let id = Trial { agent: None, ..Trial::default() }.judge([share(10); 3]);
		assert_eq!(CasesByAgent::<Test>::iter().count(), 0);
		end_appeal(id);
		assert_eq!(Slashes::get(), []);
	});
}

#[test]
fn open_cases_of_should_count_each_case_until_it_is_ruled() {
	build_and_execute(|| {
		let (settled, judged) = (Trial::small().open(), Trial::default().judge([share(10); 3]));
		assert_eq!(Disputes::open_cases_of(AGENT), 2);
		set_now(Now::get().max(START + SETTLEMENT + 1));
		progress(settled);
		assert_eq!(Disputes::open_cases_of(AGENT), 1);
		end_appeal(judged);
		assert_eq!(Disputes::open_cases_of(AGENT), 0);
		assert_eq!(CasesByAgent::<Test>::iter().count(), 0);
		assert!(Cases::<Test>::contains_key(judged), "its round is not paid");
	});
}

#[test]
fn open_case_should_fail_and_change_nothing_when_the_opener_can_not_pay() {
	let deposit = new_test_ext().execute_with(|| Disputes::case_deposit(true));
	let needed = FILING_FEE + COURT_FEE + deposit + ED;
	for missing in [1, COURT_FEE + 1, COURT_FEE + deposit + 1] {
		build_and_execute(|| {
			leave(CLIENT, needed - missing);
			assert_storage_noop!(assert!(
				Trial::default().try_open().is_err(),
				"{missing} missing"
			));
		});
	}
	build_and_execute(|| {
		leave(CLIENT, needed);
		Trial::default().open();
		assert_eq!(free(CLIENT), ED);
	});
}

#[test]
fn open_case_should_fail_when_no_id_is_left() {
	build_and_execute(|| {
		NextCaseId::<Test>::put(CaseId(u64::MAX));
		assert_noop!(Trial::default().try_open(), ArithmeticError::Overflow);
	});
}

#[test]
fn open_case_should_weigh_what_was_measured() {
	let weight = <Disputes as Arbitration<AccountId>>::weight();
	assert_eq!(weight, <() as WeightInfo>::open_case());
}
