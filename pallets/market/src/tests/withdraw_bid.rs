//! Tests of `withdraw_bid`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn withdraw_bid_should_take_it_off_the_list_and_return_the_bond() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		let bond = place(job, RIVAL, PRICE).bond;
		let before = free(wallet(RIVAL));
		reset_events();

		assert_ok!(Market::withdraw_bid(by(RIVAL), job));

		assert_eq!(bidders(job), [PROVIDER]);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
		assert_eq!(free(wallet(RIVAL)), before + bond);
		assert_eq!(Market::open_bids_of(&wallet(RIVAL)), 0);
		let released = Event::BidReleased {
			job,
			agent: RIVAL,
			account: wallet(RIVAL),
			bond,
			cause: BidEnd::Withdrawn,
		};
		assert_eq!(events(), [released]);
	});
}

#[test]
fn withdraw_bid_should_pass_after_the_window_and_leave_no_empty_list() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		wait(200);
		assert_ok!(Market::withdraw_bid(by(PROVIDER), job));
		assert!(!Bids::<Test>::contains_key(job));
	});
}

#[test]
fn withdraw_bid_should_pass_when_it_stays_as_a_backup() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE), (THIRD, PRICE)]);
		assert_ok!(Market::withdraw_bid(by(RIVAL), job));
		assert_eq!(bidders(job), [THIRD]);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
	});
}

#[test]
fn withdraw_bid_should_be_the_accounts_whatever_became_of_its_agent() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		Registry::set(&Default::default());
		assert_ok!(Market::withdraw_bid(by(PROVIDER), job));
		assert_eq!(bond_held(wallet(PROVIDER)), 0);
	});
}

#[test]
fn withdraw_bid_should_fail_when_the_caller_has_none() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		for caller in [wallet(RIVAL), owner(PROVIDER), CLIENT] {
			assert_noop!(Market::withdraw_bid(signed(caller), job), Error::<Test>::BidNotFound);
		}
		award(job, PROVIDER);
		assert_noop!(Market::withdraw_bid(by(PROVIDER), job), Error::<Test>::BidNotFound);
	});
}
