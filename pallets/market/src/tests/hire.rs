//! Tests of `hire`.

use crate::{
	mock::{escrow::HoldReason as EscrowHold, *},
	*,
};
use aitbc_core::{Balance, ContractId, JobId, OfferId};
use aitbc_traits::AgentStatus;
use frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResult, traits::fungible::InspectHold,
};
use sp_runtime::{ArithmeticError, DispatchError, TokenError};

/// What [`UNITS`] cost by the usual offer.
const HIRE_PRICE: Balance = UNIT_PRICE * UNITS as Balance;

fn hire_for(work: WorkTerms<AccountId, Vec<u8>>, price: Balance) -> DispatchResult {
	Market::hire(signed(CLIENT), OFFER, work, price)
}

fn hire() -> DispatchResult {
	hire_for(work(), HIRE_PRICE)
}

#[test]
fn hire_should_post_and_assign_in_one_when_all_is_sound() {
	build_and_execute(|| {
		offer(PROVIDER);
		let (client, provider) = (free(CLIENT), free(wallet(PROVIDER)));
		reset_events();

		assert_ok!(hire());

		let deposits = deposits(0);
		let work = work().map_uri(|uri| UriOf::<Test>::try_from(uri).expect("short enough"));
		let demand = Demand { price_limit: HIRE_PRICE, max_backups: 0, ..demand() };
		let lease = Lease {
			agent: PROVIDER,
			account: wallet(PROVIDER),
			offer: OFFER,
			contract: ContractId(0),
			price: HIRE_PRICE,
			scope: work.whole(),
			units: UNITS,
			since: START,
		};
		let start_by = START + START_WITHIN;
		let record = Job {
			client: CLIENT,
			work: work.clone(),
			demand: demand.clone(),
			deposits,
			past: Default::default(),
			receipts: Default::default(),
			state: JobState::Assigned { lease: lease.clone(), start_by },
		};
		assert_eq!(live(JOB), record);
		let bond = HIRE_PRICE / 10;
		let escrowed = |reason: EscrowHold, who| Balances::balance_on_hold(&reason.into(), &who);
		assert_eq!(escrowed(EscrowHold::Bond, wallet(PROVIDER)), bond);
		assert_eq!(free(wallet(PROVIDER)), provider - bond);
		assert_eq!(escrowed(EscrowHold::Money, CLIENT), HIRE_PRICE);
		assert_eq!(deposit_held(CLIENT), deposits.total());
		assert_eq!(free(CLIENT), client - HIRE_PRICE - escrow::DEPOSIT - deposits.total());
		assert_eq!(in_use(PROVIDER), UNITS);
		assert_eq!(OpenJobs::<Test>::iter().count(), 0);
		assert!(JobsByParty::<Test>::contains_key(CLIENT, JOB));
		assert!(JobsByParty::<Test>::contains_key(wallet(PROVIDER), JOB));
		assert_eq!(counted(), Counters { posted: 1, assigned: 1, ..Default::default() });
		let posted =
			Event::JobPosted { job: JOB, client: CLIENT, work, demand, bidding: None, deposits };
		assert_eq!(events(), [posted, Event::JobAssigned { job: JOB, lease, bond, start_by }]);
	});
}

#[test]
fn hire_should_pay_as_was_quoted() {
	build_and_execute(|| {
		offer(PROVIDER);
		// In all; for each of 100 blocks; for each unit. A block costs what 1,000 units cost over 99.
		for (payment, price, total) in [
			(milestones(&[(100, 10)]), 10_000, 10_000),
			(STREAM, 100, 10_000),
			(PaymentPlan::Stream { blocks: 99 }, 101, 9_999),
			(METER, 10, 10_000),
		] {
			let work = work_paid_by(payment);
			let quote = Market::quote(OFFER, work.clone()).expect("the offer is there");
			let bond = Balance::div_ceil(total, 10);
			assert_eq!((quote.price, quote.total, quote.bond), (price, total, bond));
			let before = free(CLIENT);
			let job = NextJobId::<Test>::get();
			assert_ok!(hire_for(work, price));
			let spent = total + escrow::DEPOSIT + quote.deposits.total();
			assert_eq!(free(CLIENT), before - spent);
			give_up(job);
		}
	});
}

#[test]
fn hire_should_fail_when_the_work_is_not_sound() {
	build_and_execute(|| {
		offer(PROVIDER);
		let mut bad = work();
		bad.specification.uri = vec![];
		assert_noop!(hire_for(bad, HIRE_PRICE), Error::<Test>::UriEmpty);
		let bad = WorkTerms { units: 0, ..work() };
		assert_noop!(hire_for(bad, 0), Error::<Test>::UnitsZero);
		let bad = WorkTerms { review_period: 0, ..work() };
		assert_noop!(hire_for(bad, HIRE_PRICE), Error::<Test>::ReviewPeriodTooShort);
	});
}

#[test]
fn hire_should_fail_when_there_is_no_such_offer() {
	build_and_execute(|| {
		assert_noop!(hire(), Error::<Test>::OfferNotFound);
	});
}

/// What has a retired tag keeps it, and nothing new gets it.
#[test]
fn hire_should_fail_when_the_offers_tag_was_retired_since() {
	build_and_execute(|| {
		offer(PROVIDER);
		retire_tag();
		assert_noop!(hire(), Error::<Test>::TagRetired);
	});
}

#[test]
fn hire_should_fail_when_the_price_is_not_the_one_that_the_client_saw() {
	build_and_execute(|| {
		offer(PROVIDER);
		for price in [HIRE_PRICE - 1, HIRE_PRICE + 1] {
			assert_noop!(hire_for(work(), price), Error::<Test>::PriceChanged);
		}
		// The unit price is that of a meter alone.
		assert_noop!(hire_for(work(), UNIT_PRICE), Error::<Test>::PriceChanged);
	});
}

#[test]
fn hire_should_fail_when_the_offer_takes_no_job_of_that_size() {
	build_and_execute(|| {
		offer(PROVIDER);
		for units in [9, 2_001] {
			let work = WorkTerms { units, ..work() };
			assert_noop!(
				hire_for(work, UNIT_PRICE * Balance::from(units)),
				Error::<Test>::UnitsOutOfRange
			);
		}
	});
}

#[test]
fn hire_should_fail_when_the_price_pays_for_nothing() {
	build_and_execute(|| {
		offer_with(PROVIDER, OfferTerms { price: 1, ..offer_terms() });
		let small = |payment| WorkTerms { units: 40, ..work_paid_by(payment) };
		let plan = milestones(&[(50, 20), (30, 40), (20, 60)]);
		assert_noop!(hire_for(small(plan), 40), Error::<Test>::PriceTooLow);
		assert_noop!(hire_for(small(STREAM), 0), Error::<Test>::PriceZero);
	});
}

#[test]
fn hire_should_fail_when_it_would_cost_more_than_there_can_be() {
	build_and_execute(|| {
		offer_with(PROVIDER, OfferTerms { price: u128::MAX, ..offer_terms() });
		for payment in [milestones(&[(100, 1)]), STREAM] {
			assert_noop!(hire_for(work_paid_by(payment), u128::MAX), ArithmeticError::Overflow);
		}
		assert_noop!(hire_for(work_paid_by(METER), u128::MAX), ArithmeticError::Overflow);
		assert_eq!(Market::quote(OFFER, work()), None);
	});
}

#[test]
fn hire_should_fail_when_the_provider_is_not_there() {
	build_and_execute(|| {
		offer(PROVIDER);
		assert_ok!(Market::pause_offer(by(PROVIDER), OFFER));
		assert_noop!(hire(), Error::<Test>::OfferNotOpen);
		assert_ok!(Market::resume_offer(by(PROVIDER), OFFER));
		alter_agent(PROVIDER, |agent| agent.status = AgentStatus::Inactive);
		assert_noop!(hire(), Error::<Test>::AgentNotActive);
		alter_agent(PROVIDER, |agent| agent.wallet = Some(STRANGER));
		assert_noop!(hire(), Error::<Test>::WalletChanged);
	});
}

#[test]
fn hire_should_fail_when_the_client_is_wallet_or_owner() {
	build_and_execute(|| {
		offer(PROVIDER);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), owner(PROVIDER), 50_000));
		for client in [wallet(PROVIDER), owner(PROVIDER)] {
			assert_noop!(
				Market::hire(signed(client), OFFER, work(), HIRE_PRICE),
				Error::<Test>::OwnJob
			);
		}
	});
}

#[test]
fn hire_should_fail_when_the_capacity_is_in_use() {
	build_and_execute(|| {
		offer(PROVIDER);
		assert_ok!(hire());
		assert_ok!(hire());
		assert_noop!(hire(), Error::<Test>::OfferExhausted);
		let rest = WorkTerms { units: CAPACITY - 2 * UNITS, ..work() };
		assert_ok!(hire_for(rest, 5_000));
		assert_eq!(in_use(PROVIDER), CAPACITY);
	});
}

#[test]
fn hire_should_fail_and_change_nothing_when_somebody_can_not_pay() {
	build_and_execute(|| {
		offer(PROVIDER);
		let enough = deposits(0).total() + HIRE_PRICE + escrow::DEPOSIT + ED;
		keep_only(CLIENT, enough - 1);
		assert_noop!(hire(), TokenError::FundsUnavailable);
		keep_only(CLIENT, deposits(0).total() + ED - 1);
		assert_noop!(hire(), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), CLIENT, enough));
		keep_only(wallet(PROVIDER), HIRE_PRICE / 10 + ED - 1);
		assert_noop!(hire(), TokenError::FundsUnavailable);
	});
}

#[test]
fn hire_should_fail_and_change_nothing_when_the_escrow_refuses() {
	build_and_execute(|| {
		offer(PROVIDER);
		MockEscrow::refuse(wallet(PROVIDER));
		assert_noop!(hire(), DispatchError::Other("refused"));
	});
}

#[test]
fn hire_should_fail_when_all_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		offer(PROVIDER);
		NextJobId::<Test>::put(JobId(u64::MAX));
		assert_noop!(hire(), ArithmeticError::Overflow);
	});
}

#[test]
fn hire_should_end_with_a_refund_when_the_provider_gives_up() {
	build_and_execute(|| {
		assert_eq!(offer(PROVIDER), OfferId(0));
		let before = free(CLIENT);
		assert_ok!(hire());
		give_up(JOB);
		assert_eq!(settled(JOB).outcome, JobOutcome::Refunded);
		assert_eq!(free(CLIENT), before - deposits(0).record);
	});
}
