use crate::{
	mock::{Agents, *},
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AccountId, AgentId};
use aitbc_traits::{AgentInspect, AgentStatus};
use codec::Encode;
use frame_support::{assert_ok, traits::Hooks};
use sp_keyring::Sr25519Keyring as Key;

/// The ids on a page, and where to go on.
fn ids(page: AgentPage<AccountId>) -> (Vec<u64>, Option<u64>) {
	(page.agents.iter().map(|info| info.agent.0).collect(), page.next.map(|id| id.0))
}

/// Puts `count` agents of Alice into storage, without what they cost.
fn put_agents(count: u64) {
	let agent = register(alice());
	let template = Agent { deposit: 0, bond: 0, ..record(agent) };
	for id in 1..count {
		crate::Agents::<Test>::insert(AgentId(id), template.clone());
		AgentsByOwner::<Test>::insert(alice(), AgentId(id), ());
	}
	NextAgentId::<Test>::put(AgentId(count));
}

#[test]
fn agent_should_tell_all_about_it_when_it_is_registered() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));

		let expected = AgentInfo {
			agent,
			owner: alice(),
			kind: AgentKind::AiModel,
			card_uri: URI.to_vec(),
			card_hash: hash(1),
			status: Lifecycle::Active,
			wallet: Some(charlie()),
			proposed_wallet: Some(dave()),
			wallet_nonce: WalletNonce(1),
			deposit: deposit_for(URI.len() as u32),
			bond: BOND,
			registered_at: 7,
		};
		assert_eq!(Agents::agent(agent), Some(expected));
		assert_eq!(Agents::agent(AgentId(1)), None);
	});
}

#[test]
fn agents_should_page_in_the_order_of_ids_when_there_are_gaps() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..7 {
			register(alice());
		}
		for gone in [0, 3, 4] {
			assert_ok!(Agents::deregister(signed(alice()), AgentId(gone)));
		}

		assert_eq!(ids(Agents::agents(None, 2)), (vec![1, 2], Some(2)));
		assert_eq!(ids(Agents::agents(Some(AgentId(2)), 2)), (vec![5, 6], None));
		assert_eq!(ids(Agents::agents(None, 0)), (vec![1], Some(1)));
		assert_eq!(ids(Agents::agents(None, 9)), (vec![1, 2, 5, 6], None));
	});
}

#[test]
fn agents_should_be_empty_when_there_is_nothing_after() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(ids(Agents::agents(None, 9)), (vec![], None));
		register(alice());
		for after in [0, 1, u64::MAX] {
			assert_eq!(ids(Agents::agents(Some(AgentId(after)), 9)), (vec![], None));
		}
	});
}

#[test]
fn agents_should_stop_looking_and_resume_when_a_gap_is_long() {
	ExtBuilder.build_and_execute(|| {
		let scan = u64::from(MAX_SCAN);
		let first = register(alice());
		NextAgentId::<Test>::put(AgentId(2 * scan + 5));
		let last = register(alice());

		let (agents, next) = ids(Agents::agents(None, 10));
		assert_eq!((agents, next), (vec![first.0], Some(scan - 1)));
		let (agents, next) = ids(Agents::agents(next.map(AgentId), 10));
		assert_eq!((agents, next), (vec![], Some(2 * scan - 1)));
		let (agents, next) = ids(Agents::agents(next.map(AgentId), 10));
		assert_eq!((agents, next), (vec![last.0], None));
	});
}

#[test]
fn pages_should_be_clamped_when_more_is_asked_for() {
	ExtBuilder.build().execute_with(|| {
		let page = u64::from(MAX_PAGE);
		put_agents(page + 1);

		let (agents, next) = ids(Agents::agents(None, u32::MAX));
		assert_eq!((agents, next), ((0..page).collect(), Some(page - 1)));
		let (agents, next) = ids(Agents::agents_of(&alice(), None, u32::MAX));
		assert_eq!((agents.len() as u64, next), (page, agents.last().copied()));
	});
}

#[test]
fn agents_of_should_give_each_agent_once_when_paged() {
	ExtBuilder.build_and_execute(|| {
		let mine: Vec<u64> = (0..5).map(|_| register(alice()).0).collect();
		register(bob());

		let (mut found, mut after) = (vec![], None);
		loop {
			let (agents, next) = ids(Agents::agents_of(&alice(), after, 2));
			assert!(agents.len() <= 2);
			found.extend(agents);
			let Some(next) = next else { break };
			after = Some(AgentId(next));
		}
		found.sort();
		assert_eq!(found, mine);
		assert_eq!(ids(Agents::agents_of(&dave(), None, 2)), (vec![], None));
	});
}

#[test]
fn agents_of_should_go_on_behind_its_place_when_the_last_one_left() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..5 {
			register(alice());
		}
		let (whole, _) = ids(Agents::agents_of(&alice(), None, 5));
		let (page, next) = ids(Agents::agents_of(&alice(), None, 2));
		assert_eq!(page, whole[..2]);
		let last = AgentId(next.expect("three more"));

		assert_ok!(Agents::deregister(signed(alice()), last));

		let (rest, next) = ids(Agents::agents_of(&alice(), Some(last), 5));
		assert_eq!((&rest[..], next), (&whole[2..], None));
	});
}

#[test]
fn registration_cost_should_name_what_register_takes() {
	ExtBuilder.build_and_execute(|| {
		for length in [3, 63, 64, MAX_URI] {
			let RegistrationCost { fee, bond, deposit } = Agents::registration_cost(length);
			assert_eq!((fee, bond, deposit), (FEE, BOND, deposit_for(length)));
			let (held_before, free_before) = (held(&bob()), free(&bob()));

			assert_ok!(Agents::register(
				signed(bob()),
				AgentKind::AiModel,
				uri_of(length),
				hash(1)
			));

			assert_eq!(held(&bob()), (held_before.0 + deposit, held_before.1 + bond));
			assert_eq!(free(&bob()), free_before - fee - bond - deposit);
		}
	});
}

#[test]
fn registration_cost_should_price_the_bound_when_the_length_is_beyond() {
	ExtBuilder.build_and_execute(|| {
		let at_bound = Agents::registration_cost(MAX_URI);
		assert_eq!(Agents::registration_cost(u32::MAX), at_bound);
	});
}

#[test]
fn wallet_payload_should_be_what_set_wallet_takes_when_signed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let deadline = Now::get() + 5;
		let expected = WalletPayload {
			domain: WALLET_DOMAIN,
			genesis_hash: System::block_hash(0),
			agent,
			owner: alice(),
			wallet: charlie(),
			nonce: WalletNonce(0),
			deadline,
		};

		let payload = Agents::wallet_payload(agent, &charlie(), deadline);

		assert_eq!(payload, Some(expected.encode()));
		let proof = Some(proof(agent, Key::Charlie, deadline));
		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), proof));
		assert_eq!(Agents::wallet_payload(AgentId(9), &charlie(), deadline), None);
	});
}

#[test]
fn agent_inspect_should_follow_the_agent_through_its_life() {
	ExtBuilder.build_and_execute(|| {
		type Registry = dyn Fn(AgentId) -> (Option<AgentStatus>, Option<AccountId>);
		let look: &Registry = &|agent| {
			(<Agents as AgentInspect<_>>::status(agent), <Agents as AgentInspect<_>>::owner(agent))
		};
		let agent = register(alice());
		assert_eq!(look(agent), (Some(AgentStatus::Registered), Some(alice())));
		assert_eq!(Agents::wallet(agent), None);
		give_wallet(alice(), agent, charlie());
		assert_ok!(Agents::activate(signed(alice()), agent));
		assert_eq!(look(agent), (Some(AgentStatus::Active), Some(alice())));
		assert_eq!(Agents::wallet(agent), Some(charlie()));
		assert_eq!(Agents::agent_of_wallet(&charlie()), Some(agent));
		assert_ok!(Agents::deactivate(signed(alice()), agent));
		assert_eq!(look(agent), (Some(AgentStatus::Inactive), Some(alice())));

		assert_ok!(Agents::deregister(signed(alice()), agent));

		let bond_until = Now::get() + DELAY;
		assert_eq!(look(agent), (Some(AgentStatus::Deregistering { bond_until }), Some(alice())));
		assert_eq!(Agents::wallet(agent), None);
		assert_eq!(Agents::agent_of_wallet(&charlie()), None);
		Now::set(&bond_until);
		assert_ok!(Agents::release_bond(signed(bob()), agent));
		assert_eq!(look(agent), (None, None));
	});
}

#[test]
fn view_functions_should_tell_status_and_bond_when_an_agent_leaves() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_eq!(Agents::agent_status(agent), Some(AgentStatus::Registered));
		assert_eq!(Agents::leaving_agent(agent), None);

		assert_ok!(Agents::deregister(signed(alice()), agent));

		let until = Now::get() + DELAY;
		let status = AgentStatus::Deregistering { bond_until: until };
		assert_eq!(Agents::agent_status(agent), Some(status));
		let leaving = LeavingAgent { owner: alice(), bond: BOND, until };
		assert_eq!(Agents::leaving_agent(agent), Some(leaving));
	});
}

#[test]
fn integrity_test_should_pass_when_the_configuration_is_sound() {
	ExtBuilder.build_and_execute(|| {
		<Agents as Hooks<u64>>::integrity_test();
	});
}
