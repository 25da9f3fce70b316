use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const FIRST: CardKey = CardKey::Ed25519([1; 32]);
const SECOND: CardKey = CardKey::P256([2; 33]);

/// An agent of Alice with two card keys.
fn signing_agent() -> AgentId {
	let agent = working_agent();
	for key in [FIRST, SECOND] {
		assert_ok!(Agents::add_card_key(signed(alice()), agent, key));
	}
	agent
}

#[test]
fn remove_card_key_should_give_its_deposit_back_when_it_is_added() {
	ExtBuilder.build_and_execute(|| {
		let agent = signing_agent();
		let before = record(agent);
		PriceFactor::set(&7);

		let events = events_of(|| Agents::remove_card_key(signed(alice()), agent, FIRST));

		let rest = EnrolledKey { key: SECOND, deposit: KEY_DEPOSIT };
		assert_eq!(CardKeys::<Test>::get(agent).into_inner(), [rest]);
		assert_eq!(record(agent), Agent { attachments: KEY_DEPOSIT, ..before.clone() });
		assert_eq!(held(&alice()), (before.deposit + KEY_DEPOSIT, BOND));
		assert_eq!(events, [Event::CardKeyRemoved { agent, key: FIRST }]);
	});
}

#[test]
fn remove_card_key_should_leave_nothing_when_it_is_the_last() {
	ExtBuilder.build_and_execute(|| {
		let agent = signing_agent();
		for key in [SECOND, FIRST] {
			assert_ok!(Agents::remove_card_key(signed(alice()), agent, key));
		}

		assert!(!CardKeys::<Test>::contains_key(agent));
		assert_eq!(record(agent).attachments, 0);
	});
}

#[test]
fn remove_card_key_should_fail_when_the_agent_does_not_have_it() {
	ExtBuilder.build_and_execute(|| {
		let agent = signing_agent();

		for key in [CardKey::Ed25519([2; 32]), CardKey::Secp256k1([2; 33]), CardKey::P256([0; 33])]
		{
			let call = Agents::remove_card_key(signed(alice()), agent, key);
			assert_noop!(call, Error::<Test>::CardKeyNotFound);
		}
	});
}

#[test]
fn remove_card_key_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = signing_agent();

		for caller in [bob(), charlie()] {
			let call = Agents::remove_card_key(signed(caller), agent, FIRST);
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		assert_noop!(Agents::remove_card_key(RuntimeOrigin::root(), agent, FIRST), BadOrigin);
	});
}

#[test]
fn remove_card_key_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = signing_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::remove_card_key(signed(alice()), agent, FIRST);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
