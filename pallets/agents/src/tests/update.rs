use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, AgentKind};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, TokenError};

/// Updates an agent whose URI has `from` bytes to one with `to` bytes, and checks that nothing but
/// the card and the deposit moves.
fn update_should_move_the_difference(from: u32, to: u32) {
	ExtBuilder.build_and_execute(|| {
		let agent = AgentId(0);
		let origin = signed(alice());
		assert_ok!(Agents::register(origin, AgentKind::Broker, uri_of(from), hash(1)));
		let before = record(agent);
		let deposit = deposit_for(to);

		let events = events_of(|| Agents::update(signed(alice()), agent, uri_of(to), hash(2)));

		let card = card(&uri_of(to), 2);
		assert_eq!(record(agent), Agent { card: card.clone(), deposit, ..before });
		assert_eq!(held(&alice()), (deposit, BOND));
		assert_eq!(free(&alice()), ENDOWMENT - deposit - BOND - FEE);
		assert_eq!(events, [Event::CardUpdated { agent, card, deposit }]);
	});
}

#[test]
fn update_should_hold_more_when_the_uri_grows() {
	update_should_move_the_difference(10, MAX_URI);
}

#[test]
fn update_should_give_back_when_the_uri_shrinks() {
	update_should_move_the_difference(MAX_URI, 10);
}

#[test]
fn update_should_move_no_deposit_when_the_length_stays() {
	update_should_move_the_difference(33, 33);
}

#[test]
fn update_should_take_todays_price_when_the_price_of_storage_changed() {
	ExtBuilder.build_and_execute(|| {
		let (stale, updated) = (register(alice()), register(alice()));
		PriceFactor::set(&3);
		let deposit = deposit_for(URI.len() as u32);

		assert_ok!(Agents::update(signed(alice()), updated, URI.to_vec(), hash(2)));

		assert_eq!((record(stale).deposit, record(updated).deposit), (deposit, 3 * deposit));
		assert_eq!(held(&alice()).0, 4 * deposit);
	});
}

#[test]
fn update_should_keep_wallet_and_status_when_the_agent_works() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);

		assert_ok!(Agents::update(signed(alice()), agent, URI.to_vec(), hash(2)));

		assert_eq!(record(agent), Agent { card: card(URI, 2), ..before });
		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
	});
}

#[test]
fn update_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::update(signed(alice()), agent, URI.to_vec(), hash(2));
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}

#[test]
fn update_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			let call = Agents::update(signed(caller), agent, URI.to_vec(), hash(2));
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		let call = Agents::update(RuntimeOrigin::root(), agent, URI.to_vec(), hash(2));
		assert_noop!(call, BadOrigin);
	});
}

#[test]
fn update_should_fail_when_the_uri_is_refused() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());

		for (uri, error) in [
			(vec![], Error::<Test>::UriEmpty),
			(uri_of(MAX_URI + 1), Error::<Test>::UriTooLong),
			(b"no scheme".to_vec(), Error::<Test>::UriMalformed),
		] {
			assert_noop!(Agents::update(signed(alice()), agent, uri, hash(2)), error);
		}
	});
}

#[test]
fn update_should_fail_when_the_owner_cannot_pay_the_difference() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let all = Balances::transfer_all(signed(alice()), bob(), true);
		assert_ok!(all);

		let call = Agents::update(signed(alice()), agent, uri_of(MAX_URI), hash(2));
		assert_noop!(call, TokenError::FundsUnavailable);
	});
}
