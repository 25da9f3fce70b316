//! Tests of `withdraw_offer`.

use crate::{mock::*, *};
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};

#[test]
fn withdraw_offer_should_remove_it_and_return_the_deposit() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		reset_events();

		assert_ok!(Market::withdraw_offer(by(PROVIDER), offer));

		assert_eq!(Offers::<Test>::iter().count(), 0);
		assert_eq!(OffersByAgent::<Test>::iter().count(), 0);
		assert_eq!(OffersByTag::<Test>::iter().count(), 0);
		assert_eq!(deposit_held(wallet(PROVIDER)), 0);
		assert_eq!(free(wallet(PROVIDER)), WEALTH);
		let withdrawn = Event::OfferWithdrawn {
			offer,
			account: wallet(PROVIDER),
			deposit: Market::offer_deposit(),
		};
		assert_eq!(events(), [withdrawn]);
	});
}

#[test]
fn withdraw_offer_should_return_what_was_held_when_the_price_of_storage_changed() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		BytePrice::set(&5);
		assert_ok!(Market::withdraw_offer(by(PROVIDER), offer));
		assert_eq!(free(wallet(PROVIDER)), WEALTH);
	});
}

#[test]
fn withdraw_offer_should_be_open_to_anybody_when_the_agent_left() {
	build_and_execute(|| {
		let (first, second) = (offer(PROVIDER), offer(PROVIDER));
		let status = AgentStatus::Deregistering { bond_until: 1_000 };
		alter_agent(PROVIDER, |agent| agent.status = status);
		assert_ok!(Market::withdraw_offer(signed(STRANGER), first));
		let mut registry = Registry::get();
		registry.remove(&PROVIDER);
		Registry::set(&registry);
		assert_ok!(Market::withdraw_offer(signed(STRANGER), second));
		assert_eq!(free(wallet(PROVIDER)), WEALTH);
	});
}

#[test]
fn withdraw_offer_should_be_open_to_anybody_when_the_agent_has_another_wallet_or_none() {
	for other in [None, Some(STRANGER)] {
		build_and_execute(|| {
			let offer = offer(PROVIDER);
			alter_agent(PROVIDER, |agent| agent.wallet = other);
			assert_ok!(Market::withdraw_offer(signed(BANK), offer));
			assert_eq!(free(wallet(PROVIDER)), WEALTH);
		});
	}
}

#[test]
fn withdraw_offer_should_be_the_accounts_alone_when_the_agent_may_come_back() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		for status in [AgentStatus::Inactive, AgentStatus::Suspended] {
			alter_agent(PROVIDER, |agent| agent.status = status);
			assert_noop!(
				Market::withdraw_offer(signed(STRANGER), offer),
				Error::<Test>::NotOfferAccount
			);
		}
		assert_ok!(Market::withdraw_offer(by(PROVIDER), offer));
	});
}

#[test]
fn withdraw_offer_should_fail_when_there_is_no_such_offer() {
	build_and_execute(|| {
		assert_noop!(Market::withdraw_offer(by(PROVIDER), OFFER), Error::<Test>::OfferNotFound);
	});
}

#[test]
fn withdraw_offer_should_fail_when_the_caller_did_not_make_it() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		for caller in [wallet(RIVAL), owner(PROVIDER)] {
			assert_noop!(
				Market::withdraw_offer(signed(caller), offer),
				Error::<Test>::NotOfferAccount
			);
		}
	});
}

#[test]
fn withdraw_offer_should_fail_when_somebody_works_by_it() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		assert_noop!(Market::withdraw_offer(by(PROVIDER), OFFER), Error::<Test>::OfferInUse);
		alter_agent(PROVIDER, |agent| agent.wallet = None);
		assert_noop!(Market::withdraw_offer(signed(STRANGER), OFFER), Error::<Test>::OfferInUse);
		give_up(job);
		assert_ok!(Market::withdraw_offer(signed(STRANGER), OFFER));
	});
}

#[test]
fn withdraw_offer_should_pass_when_only_bids_are_by_it() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		assert_ok!(Market::withdraw_offer(by(PROVIDER), OFFER));
		assert_eq!(bidders(job), [PROVIDER]);
	});
}
