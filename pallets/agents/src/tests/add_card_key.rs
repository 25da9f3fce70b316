use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use hex_literal::hex;
use sp_runtime::{traits::BadOrigin, TokenError};

/// The public key of RFC 8037, appendix A.2.
const EDWARDS: CardKey =
	CardKey::Ed25519(hex!("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

/// The public key of RFC 7515, appendix A.3, compressed: its y coordinate is odd.
const NIST: CardKey =
	CardKey::P256(hex!("037fcdce2770f6c45d4183cbee6fdb4b7b580733357be9ef13bacf6e3c7bd15445"));

/// The base point of secp256k1, compressed: SEC 2, section 2.4.1.
const KOBLITZ: CardKey =
	CardKey::Secp256k1(hex!("0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"));

#[test]
fn add_card_key_should_hold_its_deposit_when_it_is_new() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);

		let events = events_of(|| Agents::add_card_key(signed(alice()), agent, EDWARDS));

		let deposit = KEY_DEPOSIT;
		let enrolled = EnrolledKey { key: EDWARDS, deposit };
		assert_eq!(CardKeys::<Test>::get(agent).into_inner(), [enrolled]);
		assert_eq!(record(agent), Agent { attachments: deposit, ..before.clone() });
		assert_eq!(held(&alice()), (before.deposit + deposit, BOND));
		assert_eq!(events, [Event::CardKeyAdded { agent, key: EDWARDS, deposit }]);
	});
}

#[test]
fn add_card_key_should_keep_the_order_when_keys_of_all_kinds_are_added() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		for key in [NIST, EDWARDS, KOBLITZ] {
			assert_ok!(Agents::add_card_key(signed(alice()), agent, key));
		}

		let info = Agents::agent(agent).expect("the agent is registered");
		assert_eq!(info.card_keys, [NIST, EDWARDS, KOBLITZ]);
		assert_eq!(info.attachments, 3 * KEY_DEPOSIT);
	});
}

#[test]
fn add_card_key_should_take_a_key_when_another_agent_has_it() {
	ExtBuilder.build_and_execute(|| {
		for owner in [alice(), bob()] {
			let agent = register(owner.clone());
			assert_ok!(Agents::add_card_key(signed(owner), agent, EDWARDS));
		}
	});
}

#[test]
fn add_card_key_should_fail_when_the_key_is_malformed() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for prefix in [0, 1, 4, 0xff] {
			let mut key = [7; 33];
			key[0] = prefix;
			for key in [CardKey::P256(key), CardKey::Secp256k1(key)] {
				let call = Agents::add_card_key(signed(alice()), agent, key);
				assert_noop!(call, Error::<Test>::CardKeyMalformed);
			}
		}
	});
}

#[test]
fn add_card_key_should_fail_when_the_agent_has_the_key() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::add_card_key(signed(alice()), agent, NIST));

		let call = Agents::add_card_key(signed(alice()), agent, NIST);
		assert_noop!(call, Error::<Test>::CardKeyEnrolled);
	});
}

#[test]
fn add_card_key_should_tell_keys_of_different_curves_apart() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::add_card_key(signed(alice()), agent, CardKey::P256([2; 33])));
		assert_ok!(Agents::add_card_key(signed(alice()), agent, CardKey::Secp256k1([2; 33])));
	});
}

#[test]
fn add_card_key_should_fail_when_the_agent_has_the_most_there_may_be() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		for number in 0..4 {
			let key = CardKey::Ed25519([number; 32]);
			assert_ok!(Agents::add_card_key(signed(alice()), agent, key));
		}

		let call = Agents::add_card_key(signed(alice()), agent, NIST);
		assert_noop!(call, Error::<Test>::TooManyCardKeys);
	});
}

#[test]
fn add_card_key_should_fail_when_the_owner_cannot_pay() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(Balances::transfer_all(signed(alice()), bob(), true));

		let call = Agents::add_card_key(signed(alice()), agent, NIST);
		assert_noop!(call, TokenError::FundsUnavailable);
	});
}

#[test]
fn add_card_key_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			let call = Agents::add_card_key(signed(caller), agent, NIST);
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		assert_noop!(Agents::add_card_key(RuntimeOrigin::root(), agent, NIST), BadOrigin);
	});
}

#[test]
fn add_card_key_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::add_card_key(signed(alice()), agent, NIST);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
