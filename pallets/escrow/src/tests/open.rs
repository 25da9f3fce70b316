//! Tests of `open`.

use crate::{mock::*, *};
use aitbc_core::{
	Agreement, Approvers, Balance, Bonds, ContractId, MeterTerms, PaymentTerms, StreamTerms,
};
use frame_support::{assert_noop, assert_ok, BoundedVec};
use sp_runtime::{ArithmeticError, Perbill, TokenError};

/// Opens what `deal` says, and expects it stored with this payment, and this deposit held.
#[track_caller]
fn assert_opens(deal: Deal, payment: Payment<Test>, deposit: Balance) {
	build_and_execute(|| {
		assert_ok!(deal.try_open());

		let agreement = deal.agreement;
		let fee_rate = Perbill::from_parts(25_000_000);
		let record = Contract {
			client: CLIENT,
			provider: PROVIDER,
			agent: Some(AGENT),
			job: None,
			terms: terms(),
			review_period: REVIEW,
			approvers: agreement.approvers.clone().map(|approvers| ApproverSet {
				accounts: BoundedVec::truncate_from(approvers.accounts),
				threshold: approvers.threshold,
			}),
			bonds: agreement.bonds,
			fee_rate,
			deposit,
			state: ContractState::Open { accepted: false, payment },
		};
		assert_eq!(Contracts::<Test>::get(FIRST), Some(record));
		assert!(ContractsByParty::<Test>::contains_key(CLIENT, FIRST));
		assert!(ContractsByParty::<Test>::contains_key(PROVIDER, FIRST));
		assert_eq!(NextContractId::<Test>::get(), ContractId(1));
		assert_eq!(OpenWork::<Test>::get(AGENT), 0);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit);
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(held(HoldReason::Bond, CLIENT), 0);
		assert_eq!(held(HoldReason::Bond, PROVIDER), 0);
		assert_eq!(free(CLIENT), WEALTH - deposit);
		let opened = Event::ContractOpened {
			contract: FIRST,
			job: None,
			client: CLIENT,
			provider: PROVIDER,
			agent: Some(AGENT),
			agreement,
			fee_rate,
			deposit,
		};
		assert_eq!(events(), [opened]);
	});
}

#[test]
fn open_should_store_the_contract_and_hold_its_deposit_when_the_terms_are_sound() {
	let terms = vec![MilestoneTerms { amount: AMOUNT, due: DUE }; 2];
	let payment = Payment::Milestones(BoundedVec::truncate_from(terms));
	assert_opens(Deal::of(2), payment, deposit_of(2));
}

#[test]
fn open_should_store_the_contract_when_it_has_approvers_and_bonds() {
	let terms = vec![MilestoneTerms { amount: AMOUNT, due: DUE }; 2];
	let payment = Payment::Milestones(BoundedVec::truncate_from(terms));
	let deal = Deal::of(2).approved_by(2).bonded();
	assert_opens(deal, payment, deposit_of(2) + APPROVERS_DEPOSIT);
}

#[test]
fn open_should_store_the_contract_when_it_is_a_stream() {
	assert_opens(Deal::stream(), Payment::Stream(stream_terms()), stream_deposit());
}

#[test]
fn open_should_store_the_contract_when_it_is_a_meter() {
	assert_opens(Deal::metered().bonded(), Payment::Metered(meter_terms()), meter_deposit());
}

#[test]
fn open_should_give_out_ids_in_order_when_called_again() {
	build_and_execute(|| {
		assert_eq!(Deal::default().open(), ContractId(0));
		assert_eq!(Deal::default().open(), ContractId(1));
		assert_eq!(held(HoldReason::Deposit, CLIENT), 2 * deposit_of(1));
	});
}

#[test]
fn open_should_never_give_an_id_out_again_when_its_contract_is_gone() {
	build_and_execute(|| {
		let closed = Deal::default().open();
		assert_ok!(Escrow::cancel(signed(CLIENT), closed));

		assert_eq!(Deal::default().open(), ContractId(1));
	});
}

#[test]
fn open_should_keep_the_fee_rate_when_governance_changes_it_later() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		FeeRate::set(&Perbill::from_percent(50));

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(TREASURY), ED + FEE);
	});
}

#[test]
fn open_should_take_the_rebate_off_the_fee_rate_when_the_provider_has_earned_one() {
	build_and_execute(|| {
		Rebate::set(&Perbill::from_percent(40));
		assert_eq!(record(Deal::default().open()).fee_rate, Perbill::from_parts(15_000_000));

		// 2.5 % of a billionth is rounded up to a billionth.
		Rebate::set(&Perbill::from_parts(999_999_999));
		assert_eq!(record(Deal::default().open()).fee_rate, Perbill::from_parts(1));

		Rebate::set(&Perbill::one());
		assert_eq!(record(Deal::default().open()).fee_rate, Perbill::zero());
	});
}

#[test]
fn open_should_fail_when_the_provider_is_the_client() {
	build_and_execute(|| {
		let deal = Deal::default().between(CLIENT, CLIENT);
		assert_noop!(deal.try_open(), Error::<Test>::ProviderIsClient);
	});
}

#[test]
fn open_should_fail_when_the_provider_does_not_exist() {
	build_and_execute(|| {
		let deal = Deal::default().between(CLIENT, AccountId::new([99; 32]));
		assert_noop!(deal.try_open(), Error::<Test>::ProviderNotFound);
	});
}

#[test]
fn open_should_fail_when_there_is_no_milestone() {
	build_and_execute(|| {
		assert_noop!(Deal::of(0).try_open(), Error::<Test>::NoMilestones);
	});
}

#[test]
fn open_should_take_ten_milestones_and_fail_when_there_is_an_eleventh() {
	build_and_execute(|| {
		assert_noop!(Deal::of(11).try_open(), Error::<Test>::TooManyMilestones);
		assert_ok!(Deal::of(10).try_open());
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(10));
	});
}

#[test]
fn open_should_fail_when_a_milestone_pays_nothing() {
	build_and_execute(|| {
		assert_noop!(Deal::paying(&[AMOUNT, 0]).try_open(), Error::<Test>::AmountZero);
	});
}

#[test]
fn open_should_fail_when_a_milestone_net_of_its_fee_is_below_the_existential_deposit() {
	build_and_execute(|| {
		// The fee on 10 is 0.25, rounded up to one, which leaves 9.
		assert_noop!(Deal::paying(&[AMOUNT, 10]).try_open(), Error::<Test>::AmountTooSmall);
		assert_ok!(Deal::paying(&[AMOUNT, 11]).try_open());
	});
}

#[test]
fn open_should_fail_when_the_sum_is_no_balance() {
	build_and_execute(|| {
		assert_noop!(Deal::paying(&[u128::MAX, 11]).try_open(), ArithmeticError::Overflow);
	});
}

#[test]
fn open_should_fail_when_a_milestone_is_not_due_in_the_future() {
	build_and_execute(|| {
		for due in [START - 1, START] {
			assert_noop!(Deal::due(&[DUE, due]).try_open(), Error::<Test>::DueNotInFuture);
		}
		assert_ok!(Deal::due(&[DUE, START + 1]).try_open());
	});
}

#[test]
fn open_should_fail_when_a_milestone_is_due_too_far_ahead() {
	build_and_execute(|| {
		let latest = START + MaxDuration::get();
		assert_noop!(Deal::due(&[DUE, latest + 1]).try_open(), Error::<Test>::DueTooFar);
		assert_ok!(Deal::due(&[DUE, latest]).try_open());
	});
}

#[test]
fn open_should_fail_when_the_review_period_is_too_short() {
	build_and_execute(|| {
		let deal = |review_period| Deal::default().reviewed(review_period);
		let shortest = MinReviewPeriod::get();
		assert_noop!(deal(shortest - 1).try_open(), Error::<Test>::ReviewPeriodTooShort);
		assert_ok!(deal(shortest).try_open());
	});
}

#[test]
fn open_should_fail_when_the_review_period_is_too_long() {
	build_and_execute(|| {
		let deal = |review_period| Deal::default().reviewed(review_period);
		let longest = MaxReviewPeriod::get();
		assert_noop!(deal(longest + 1).try_open(), Error::<Test>::ReviewPeriodTooLong);
		assert_ok!(deal(longest).try_open());
	});
}

#[test]
fn open_should_fail_when_the_client_can_not_pay_the_deposit() {
	build_and_execute(|| {
		drain(CLIENT);
		assert_noop!(Deal::default().try_open(), TokenError::FundsUnavailable);
	});
}

/// See `keeping_total`: without its check the client would lose its last 5 plancks to dust here.
#[test]
fn open_should_fail_when_holding_the_deposit_would_turn_money_to_dust() {
	build_and_execute(|| {
		System::inc_providers(&CLIENT);
		let spare = free(CLIENT) - deposit_of(1) - 5;
		assert_ok!(Balances::transfer_allow_death(signed(CLIENT), BANK, spare));
		assert_noop!(Deal::default().try_open(), TokenError::FundsUnavailable);
	});
}

#[test]
fn open_should_fail_when_all_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		NextContractId::<Test>::put(ContractId(u64::MAX));
		assert_noop!(Deal::default().try_open(), ArithmeticError::Overflow);
	});
}

/// A stream at this rate, of this amount.
fn stream_of(rate: Balance, amount: Balance) -> Deal {
	Deal::with(PaymentTerms::Stream(StreamTerms { rate, amount, until: DUE }))
}

/// A meter of so many units at this price.
fn meter_of(unit_price: Balance, units: u64) -> Deal {
	Deal::with(PaymentTerms::Metered(MeterTerms { unit_price, units, ..meter_terms() }))
}

#[test]
fn open_should_fail_when_a_stream_costs_or_has_nothing() {
	build_and_execute(|| {
		assert_noop!(stream_of(0, POT).try_open(), Error::<Test>::RateZero);
		assert_noop!(stream_of(RATE, 0).try_open(), Error::<Test>::AmountZero);
		// Net of its fee of one.
		assert_noop!(stream_of(RATE, 10).try_open(), Error::<Test>::AmountTooSmall);
		assert_ok!(stream_of(1, 11).try_open());
	});
}

#[test]
fn open_should_fail_when_a_meter_costs_or_has_nothing() {
	build_and_execute(|| {
		assert_noop!(meter_of(0, UNITS).try_open(), Error::<Test>::UnitPriceZero);
		assert_noop!(meter_of(PRICE, 0).try_open(), Error::<Test>::UnitsZero);
		assert_noop!(meter_of(1, 10).try_open(), Error::<Test>::AmountTooSmall);
		assert_noop!(meter_of(u128::MAX, 2).try_open(), ArithmeticError::Overflow);
		assert_ok!(meter_of(1, 11).try_open());
	});
}

#[test]
fn open_should_fail_when_a_stream_or_a_meter_does_not_end_in_the_future_or_ends_too_late() {
	build_and_execute(|| {
		let latest = START + MaxDuration::get();
		let stream =
			|until| Deal::with(PaymentTerms::Stream(StreamTerms { until, ..stream_terms() }));
		let meter =
			|until| Deal::with(PaymentTerms::Metered(MeterTerms { until, ..meter_terms() }));
		for deal in [&stream as &dyn Fn(u32) -> Deal, &meter] {
			assert_noop!(deal(START).try_open(), Error::<Test>::DueNotInFuture);
			assert_noop!(deal(latest + 1).try_open(), Error::<Test>::DueTooFar);
			assert_ok!(deal(START + 1).try_open());
			assert_ok!(deal(latest).try_open());
		}
	});
}

/// With these approvers.
fn approved_by(accounts: &[AccountId], threshold: u32) -> Deal {
	let approvers = Some(Approvers { accounts: accounts.to_vec(), threshold });
	let deal = Deal::default();
	Deal { agreement: Agreement { approvers, ..deal.agreement }, ..deal }
}

#[test]
fn open_should_fail_when_the_approvers_are_none_or_too_many() {
	build_and_execute(|| {
		let many: Vec<_> = (100..109).map(|seed| AccountId::new([seed; 32])).collect();
		assert_noop!(approved_by(&[], 1).try_open(), Error::<Test>::NoApprovers);
		assert_noop!(approved_by(&many, 1).try_open(), Error::<Test>::TooManyApprovers);
		assert_ok!(approved_by(&many[..8], 8).try_open());
	});
}

#[test]
fn open_should_fail_when_no_approver_or_more_than_all_would_be_needed() {
	build_and_execute(|| {
		for threshold in [0, 4] {
			let deal = approved_by(&APPROVERS, threshold);
			assert_noop!(deal.try_open(), Error::<Test>::ThresholdInvalid);
		}
		assert_ok!(approved_by(&APPROVERS, 1).try_open());
		assert_ok!(approved_by(&APPROVERS, 3).try_open());
	});
}

#[test]
fn open_should_fail_when_an_approver_is_there_twice() {
	build_and_execute(|| {
		let [first, second, _] = APPROVERS;
		let deal = approved_by(&[first.clone(), second, first], 2);
		assert_noop!(deal.try_open(), Error::<Test>::DuplicateApprover);
	});
}

#[test]
fn open_should_fail_when_an_approver_is_a_party() {
	build_and_execute(|| {
		for party in [CLIENT, PROVIDER] {
			let deal = approved_by(&[STRANGER, party], 1);
			assert_noop!(deal.try_open(), Error::<Test>::ApproverIsParty);
		}
	});
}

#[test]
fn open_should_fail_when_there_are_approvers_but_no_milestones() {
	build_and_execute(|| {
		for deal in [Deal::stream(), Deal::metered()] {
			assert_noop!(deal.approved_by(1).try_open(), Error::<Test>::ApproversNotUsable);
		}
	});
}

#[test]
fn open_should_hold_no_bond_when_the_parties_could_not_even_pay_it() {
	build_and_execute(|| {
		let bonds = Bonds { client: u128::MAX, provider: u128::MAX };
		let deal = Deal::default();
		let deal = Deal { agreement: Agreement { bonds, ..deal.agreement }, ..deal };
		let contract = deal.open();
		assert_noop!(deal.try_accept(contract), TokenError::FundsUnavailable);
	});
}
