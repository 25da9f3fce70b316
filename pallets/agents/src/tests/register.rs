use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{money::EXISTENTIAL_DEPOSIT, AgentId, AgentKind, Balance};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, ArithmeticError, DispatchResult, TokenError};

fn register_uri(uri: &[u8]) -> DispatchResult {
	Agents::register(signed(alice()), AgentKind::AiModel, uri.to_vec(), hash(1))
}

#[test]
fn register_should_store_the_agent_and_take_its_cost_when_the_card_is_valid() {
	ExtBuilder.build_and_execute(|| {
		let deposit = deposit_for(URI.len() as u32);

		let events = events_of(|| {
			let origin = signed(alice());
			Agents::register(origin, AgentKind::Oracle, URI.to_vec(), hash(9))
		});

		let agent = AgentId(0);
		let expected = Agent {
			owner: alice(),
			kind: AgentKind::Oracle,
			card: card(URI, 9),
			status: Lifecycle::Registered,
			deposit,
			bond: BOND,
			wallet_nonce: WalletNonce(0),
			registered_at: 7,
			attachments: 0,
			capabilities: 0,
			metadata_entries: 0,
			standing: Standing::default(),
		};
		assert_eq!(record(agent), expected);
		assert!(AgentsByOwner::<Test>::contains_key(alice(), agent));
		assert_eq!(NextAgentId::<Test>::get(), AgentId(1));
		assert_eq!(held(&alice()), (deposit, BOND));
		assert_eq!(free(&alice()), ENDOWMENT - deposit - BOND - FEE);
		assert_eq!(free(&Treasury::get()), EXISTENTIAL_DEPOSIT + FEE);
		let (owner, kind, card) = (alice(), AgentKind::Oracle, card(URI, 9));
		let event =
			Event::AgentRegistered { agent, owner, kind, card, deposit, bond: BOND, fee: FEE };
		assert_eq!(events, [event]);
	});
}

#[test]
fn register_should_count_ids_up_when_others_are_registered_or_gone() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(register(alice()), AgentId(0));
		assert_eq!(register(bob()), AgentId(1));
		assert_ok!(Agents::deregister(signed(bob()), AgentId(1)));
		assert_eq!(register(alice()), AgentId(2));
		assert_eq!(held(&alice()), (2 * deposit_for(URI.len() as u32), 2 * BOND));
	});
}

#[test]
fn register_should_take_a_uri_of_any_scheme_when_its_form_is_right() {
	ExtBuilder.build_and_execute(|| {
		for uri in [
			b"a:b".as_slice(),
			b"ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/card.json",
			b"https://[2001:db8::7]:8443/a%20b;v=1?q=~x&r='(y)'*+,#frag-_.!$@",
			b"urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
			b"coap+tcp-x.y9:z",
			&uri_of(MAX_URI),
		] {
			assert_ok!(register_uri(uri));
		}
	});
}

#[test]
fn register_should_fail_when_the_uri_is_empty() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(register_uri(b""), Error::<Test>::UriEmpty);
	});
}

#[test]
fn register_should_fail_when_the_uri_is_too_long() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(register_uri(&uri_of(MAX_URI + 1)), Error::<Test>::UriTooLong);
	});
}

#[test]
fn register_should_fail_when_the_uri_is_malformed() {
	ExtBuilder.build_and_execute(|| {
		for uri in [
			b"agents.example/card.json".as_slice(),
			b"/card.json",
			b"https:",
			b":card",
			b"7up:card",
			b"-a:card",
			b"ht tp://agents.example",
			b"https://agents.example/my card",
			b"https://agents.example/\n",
			b"https://agents.example/\0",
			b"https://agents.example/\x7f",
			b"https://agents.example/<card>",
			b"https://agents.example/{card}",
			b"https://agents.example/a\\b",
			b"https://agents.example/\"",
			b"https://agents.example/`",
			b"https://agents.example/^|",
			"https://аgents.example/".as_bytes(),
			&[0xff; 8],
		] {
			assert_noop!(register_uri(uri), Error::<Test>::UriMalformed);
		}
	});
}

#[test]
fn register_should_fail_when_the_owner_cannot_pay() {
	ExtBuilder.build_and_execute(|| {
		let cost = Agents::registration_cost(URI.len() as u32);
		let enough = cost.deposit + cost.bond + cost.fee + EXISTENTIAL_DEPOSIT;
		let set_free = |amount: Balance| {
			assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), alice(), amount));
		};

		for too_little in [EXISTENTIAL_DEPOSIT, cost.fee + EXISTENTIAL_DEPOSIT, enough - 1] {
			set_free(too_little);
			assert_noop!(register_uri(URI), TokenError::FundsUnavailable);
		}
		set_free(enough);
		assert_ok!(register_uri(URI));
	});
}

#[test]
fn register_should_fail_when_all_ids_are_used_up() {
	ExtBuilder.build_and_execute(|| {
		NextAgentId::<Test>::put(AgentId(u64::MAX));

		assert_noop!(register_uri(URI), ArithmeticError::Overflow);
	});
}

#[test]
fn register_should_fail_when_the_origin_is_not_signed() {
	ExtBuilder.build_and_execute(|| {
		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			let call = Agents::register(origin, AgentKind::AiModel, URI.to_vec(), hash(1));
			assert_noop!(call, BadOrigin);
		}
	});
}

#[test]
fn registered_agents_should_keep_their_bond_when_the_bond_asked_changes() {
	ExtBuilder.build_and_execute(|| {
		let before = register(alice());
		AgentBond::set(&(3 * BOND));
		RegistrationFee::set(&0);
		let after = register(alice());

		assert_eq!((record(before).bond, record(after).bond), (BOND, 3 * BOND));
		assert_eq!(held(&alice()).1, 4 * BOND);
	});
}
