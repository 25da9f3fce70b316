use crate::{
	mock::{Agents, *},
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AccountId, AgentId, AgentKind, TagId};
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
		offer(agent, INFERENCE);
		let (key, value) = (b"key".to_vec(), b"value".to_vec());
		assert_ok!(Agents::set_metadata(signed(alice()), agent, key, value));
		assert_ok!(Agents::add_card_key(signed(alice()), agent, CardKey::Ed25519([9; 32])));
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
		LowerBounds::set(&vec![(agent, percent(12))]);
		assert_ok!(Agents::refresh(signed(bob()), agent));

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
			attachments: CAPABILITY_DEPOSIT + KEY_DEPOSIT + metadata_deposit_for(b"key", b"value"),
			capabilities: 1,
			metadata_entries: 1,
			card_keys: vec![CardKey::Ed25519([9; 32])],
			is_live: true,
			live_until: Now::get() + PERIOD,
			lower_bound: percent(12),
			offered_to: Some(bob()),
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
		assert_eq!(<Agents as AgentInspect<_>>::kind(agent), Some(AgentKind::AiModel));
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
		assert_eq!(<Agents as AgentInspect<_>>::kind(agent), None);
		assert_eq!(Agents::wallet(agent), None);
		assert_eq!(Agents::agent_of_wallet(&charlie()), None);
		Now::set(&bond_until);
		assert_ok!(Agents::release_bond(signed(bob()), agent));
		assert_eq!(look(agent), (None, None));
	});
}

#[test]
fn agent_should_not_be_live_when_its_heartbeat_ran_out_or_it_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let is_live = || Agents::agent(agent).expect("it is registered").is_live;
		assert!(is_live());
		Now::set(&(Now::get() + PERIOD + 1));
		assert!(!is_live());
		assert_ok!(Agents::heartbeat(signed(charlie()), agent));
		assert!(is_live());
		assert_ok!(Agents::deactivate(signed(alice()), agent));
		assert!(!is_live());
		assert!(!Agents::is_live(AgentId(9)));
	});
}

#[test]
fn capabilities_should_tell_all_that_an_agent_offers() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_eq!(Agents::capabilities(agent), []);
		assert_ok!(Agents::set_capability(signed(alice()), agent, INFERENCE, terms()));
		offer(agent, FORECAST);

		let mut capabilities = Agents::capabilities(agent);

		capabilities.sort_by_key(|info| info.tag);
		let deposit = CAPABILITY_DEPOSIT;
		let first = CapabilityInfo { tag: INFERENCE, terms: terms(), deposit };
		assert_eq!(capabilities[0], first);
		assert_eq!((capabilities.len(), capabilities[1].tag), (2, FORECAST));
	});
}

#[test]
fn agents_by_capability_should_page_through_the_rows() {
	ExtBuilder.build_and_execute(|| {
		for _ in 0..8 {
			offer(free_agent(alice()), INFERENCE);
		}
		let page = |from: Option<u32>, limit| {
			let page = Agents::agents_by_capability(INFERENCE, from.map(RowPlace), limit);
			let ids: Vec<u64> = page.rows.iter().map(|row| row.agent.0).collect();
			(ids, page.next.map(|place| place.0))
		};

		assert_eq!(page(None, 5), (vec![0, 1, 2, 3, 4], Some(5)));
		assert_eq!(page(Some(5), 5), (vec![5, 6, 7], None));
		assert_eq!(page(Some(2), 0), (vec![2], Some(3)));
		assert_eq!(page(Some(3), 5), (vec![3, 4, 5, 6, 7], None));
		for beyond in [8, 9, u32::MAX] {
			assert_eq!(page(Some(beyond), 5), (vec![], None));
		}
		let first = row(AgentId(0), INFERENCE).expect("it is active");
		assert_eq!(Agents::agents_by_capability(INFERENCE, None, 1).rows, [first]);
		let nothing = RowPage { rows: vec![], next: None };
		assert_eq!(Agents::agents_by_capability(TagId(9), None, 5), nothing);
	});
}

#[test]
fn metadata_should_tell_what_was_set() {
	ExtBuilder.build_and_execute(|| {
		let (agent, other) = (register(alice()), register(alice()));
		let entry = |key: &[u8], value: &[u8]| (key.to_vec(), value.to_vec());
		let entries = [entry(b"first", b"1"), entry(b"second", &[0xff, 0])];
		for (key, value) in entries.clone() {
			assert_ok!(Agents::set_metadata(signed(alice()), agent, key, value));
		}

		let mut metadata = Agents::metadata(agent);

		metadata.sort();
		assert_eq!(metadata, entries);
		let value = |agent, key: &[u8]| Agents::metadata_value(agent, key.to_vec());
		assert_eq!(value(agent, b"second"), Some(vec![0xff, 0]));
		assert_eq!(value(agent, b"third"), None);
		assert_eq!(value(agent, &[b'k'; 33]), None);
		assert_eq!((value(other, b"first"), Agents::metadata(other)), (None, vec![]));
	});
}

#[test]
fn tags_should_page_in_the_order_of_ids() {
	ExtBuilder.build_and_execute(|| {
		create_tag("fourth");
		let page = |after: Option<u32>, limit| {
			let page = Agents::tags(after.map(TagId), limit);
			let ids: Vec<u32> = page.tags.iter().map(|info| info.tag.0).collect();
			(ids, page.next.map(|tag| tag.0))
		};

		assert_eq!(page(None, 2), (vec![0, 1], Some(1)));
		assert_eq!(page(Some(1), 2), (vec![2, 3], None));
		assert_eq!(page(None, 0), (vec![0], Some(0)));
		assert_eq!(page(None, u32::MAX), (vec![0, 1, 2, 3], None));
		for after in [3, 4, u32::MAX] {
			assert_eq!(page(Some(after), 2), (vec![], None));
		}
	});
}

#[test]
fn tag_by_name_should_tell_what_the_tag_is() {
	ExtBuilder.build_and_execute(|| {
		offer(working_agent(), INFERENCE);
		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		let expected = TagInfo {
			tag: INFERENCE,
			name: b"inference".to_vec(),
			unit: b"requests/min".to_vec(),
			rule: aitbc_core::TagRule { is_retired: true, ..rule(0, 1_000) },
			rows: 1,
		};
		assert_eq!(Agents::tag_by_name(b"inference".to_vec()), Some(expected.clone()));
		assert_eq!(Agents::tag(INFERENCE), Some(expected));
		for name in [&b"Inference"[..], b"", &[b'n'; 33]] {
			assert_eq!(Agents::tag_by_name(name.to_vec()), None);
		}
		assert_eq!(Agents::tag(TagId(9)), None);
	});
}

#[test]
fn deposits_should_be_named_before_they_are_taken() {
	ExtBuilder.build_and_execute(|| {
		assert_eq!(Agents::capability_deposit(), CAPABILITY_DEPOSIT);
		assert_eq!(Agents::card_key_deposit(), KEY_DEPOSIT);
		for (key, value) in [(1, 0), (7, 99), (32, 1_024)] {
			let expected = metadata_deposit_for(&vec![0; key], &vec![0; value]);
			assert_eq!(Agents::metadata_deposit(key as u32, value as u32), expected);
		}
		let most = Agents::metadata_deposit(32, 1_024);
		assert_eq!(Agents::metadata_deposit(u32::MAX, u32::MAX), most);
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
