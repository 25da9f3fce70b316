//! Tests of what becomes a claim, and of `collect`.

use crate::{mock::*, *};
use aitbc_core::{Balance, JobId};
use frame_support::{assert_noop, assert_ok};

/// An existential deposit that nothing of a test reaches.
const HIGH_ED: Balance = 500_000;

/// A job with a bid, of a client and a bidder who own nothing but what is held for it, and could not
/// be credited with that any more.
fn uncreditable() -> JobId {
	// The offer takes no deposit, so that the bond is all that is held on the bidder.
	BytePrice::set(&0);
	offer(PROVIDER);
	BytePrice::set(&1);
	let job = Posting::default().post();
	place(job, PROVIDER, PRICE);
	for who in [CLIENT, wallet(PROVIDER)] {
		keep_only(who, 50);
	}
	ExistentialDeposit::set(&HIGH_ED);
	job
}

fn lend(who: AccountId) {
	assert_ok!(Balances::transfer_allow_death(signed(BANK), who, HIGH_ED));
}

#[test]
fn cancel_should_open_claims_when_returning_the_money_would_turn_it_to_dust() {
	build_and_execute(|| {
		let job = uncreditable();
		let (bond, deposit) = (bond_held(wallet(PROVIDER)), deposit_held(CLIENT));
		reset_events();

		assert_ok!(Market::cancel(signed(CLIENT), job));

		assert!(!Jobs::<Test>::contains_key(job));
		assert_eq!(Market::claims(&wallet(PROVIDER)), [(ClaimKind::Bond, bond)]);
		assert_eq!(Market::claims(&CLIENT), [(ClaimKind::Deposit, deposit)]);
		assert_eq!((bond_held(wallet(PROVIDER)), deposit_held(CLIENT)), (bond, deposit));
		assert_eq!((free(wallet(PROVIDER)), free(CLIENT)), (50, 50));
		let opened = |account, kind, amount| Event::ClaimOpened { account, kind, amount };
		let released = Event::BidReleased {
			job,
			agent: PROVIDER,
			account: wallet(PROVIDER),
			bond,
			cause: BidEnd::JobEnded,
		};
		assert_eq!(
			events(),
			[
				opened(wallet(PROVIDER), ClaimKind::Bond, bond),
				released,
				opened(CLIENT, ClaimKind::Deposit, deposit),
				Event::JobCancelled { job },
			]
		);
	});
}

#[test]
fn expire_should_add_to_a_claim_that_waits() {
	build_and_execute(|| {
		let first = Posting::default().post();
		let second = Posting::default().post();
		keep_only(CLIENT, 50);
		ExistentialDeposit::set(&HIGH_ED);
		wait(51);
		for (job, times) in [(first, 1), (second, 2)] {
			assert_ok!(Market::expire(signed(STRANGER), job));
			let amount = times * deposits(2).total();
			assert_eq!(Market::claims(&CLIENT), [(ClaimKind::Deposit, amount)]);
		}
	});
}

#[test]
fn withdrawals_should_open_claims_as_well() {
	build_and_execute(|| {
		let job = uncreditable();
		assert_ok!(Market::withdraw_bid(by(PROVIDER), job));
		assert_eq!(Market::claims(&wallet(PROVIDER)).len(), 1);
		// A deposit of zero needs no claim.
		assert_ok!(Market::withdraw_offer(by(PROVIDER), OFFER));
		assert_eq!(Market::claims(&wallet(PROVIDER)).len(), 1);
		let offer = Market::offer_deposit();
		ExistentialDeposit::set(&ED);
		assert_ok!(Market::create_offer(by(RIVAL), offer_terms()));
		keep_only(wallet(RIVAL), 50);
		ExistentialDeposit::set(&HIGH_ED);
		assert_ok!(Market::withdraw_offer(by(RIVAL), aitbc_core::OfferId(1)));
		assert_eq!(Market::claims(&wallet(RIVAL)), [(ClaimKind::Deposit, offer)]);
	});
}

#[test]
fn settlements_should_open_claims_and_never_fail() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		let offer = Offers::<Test>::iter_keys().max().expect("there are two");
		assert_ok!(Market::withdraw_offer(by(RIVAL), offer));
		start(job);
		for place in 0..3 {
			submit(job, place);
		}
		for who in [CLIENT, wallet(RIVAL)] {
			keep_only(who, 5);
		}
		ExistentialDeposit::set(&HIGH_ED);
		let contract = contract(job);
		for milestone in 0..3 {
			assert_ok!(MockEscrow::release(contract, milestone));
		}
		assert_eq!(Market::claims(&wallet(RIVAL)), [(ClaimKind::Bond, PRICE / 10)]);
		assert_eq!(settled(job).outcome, JobOutcome::Completed);
		assert_eq!(Market::claims(&CLIENT), [(ClaimKind::Deposit, deposits(2).job)]);
		wait(RETENTION);
		assert_ok!(Market::forget(signed(STRANGER), job));
		assert_eq!(Market::claims(&CLIENT), [(ClaimKind::Deposit, deposits(2).total())]);
	});
}

#[test]
fn collect_should_release_the_whole_claim_when_the_account_can_be_credited() {
	build_and_execute(|| {
		let job = uncreditable();
		let bond = bond_held(wallet(PROVIDER));
		assert_ok!(Market::cancel(signed(CLIENT), job));
		for who in [CLIENT, wallet(PROVIDER)] {
			lend(who);
		}
		reset_events();

		assert_ok!(Market::collect(signed(STRANGER), wallet(PROVIDER), ClaimKind::Bond));
		assert_ok!(Market::collect(signed(STRANGER), CLIENT, ClaimKind::Deposit));

		assert_eq!(Claims::<Test>::iter().count(), 0);
		assert_eq!((bond_held(wallet(PROVIDER)), deposit_held(CLIENT)), (0, 0));
		assert_eq!(free(wallet(PROVIDER)), 50 + HIGH_ED + bond);
		let collected = Event::ClaimCollected {
			account: wallet(PROVIDER),
			kind: ClaimKind::Bond,
			amount: bond,
		};
		assert_eq!(events()[0], collected);
	});
}

#[test]
fn collect_should_fail_when_there_is_no_such_claim() {
	build_and_execute(|| {
		let job = uncreditable();
		assert_ok!(Market::cancel(signed(CLIENT), job));
		assert_noop!(
			Market::collect(signed(STRANGER), CLIENT, ClaimKind::Bond),
			Error::<Test>::ClaimNotFound
		);
	});
}

#[test]
fn collect_should_fail_when_the_account_still_can_not_be_credited() {
	build_and_execute(|| {
		let job = uncreditable();
		assert_ok!(Market::cancel(signed(CLIENT), job));
		assert_noop!(
			Market::collect(signed(CLIENT), CLIENT, ClaimKind::Deposit),
			Error::<Test>::PayeeNotCreditable
		);
	});
}
