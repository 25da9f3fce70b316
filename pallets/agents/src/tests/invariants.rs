//! What holds after any sequence of calls, and proof that each check of it can fail.

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AccountId, AgentId};
use frame_support::{assert_ok, traits::fungible::MutateHold};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::DispatchResult;
use std::hash::{BuildHasher, RandomState};

/// Who plays: enough to meet as owner, wallet and stranger, few enough to meet often.
const ACTORS: [Key; 6] = [Key::Alice, Key::Bob, Key::Charlie, Key::Dave, Key::Eve, Key::Ferdie];

/// A kind of step in a random sequence. Whether it succeeds is not its business.
#[derive(Clone, Copy, Debug)]
enum Act {
	Register,
	Update,
	Propose,
	Prove,
	Accept,
	RemoveWallet,
	Activate,
	Deactivate,
	Deregister,
	ReleaseBond,
	PassTime,
	ChangePrices,
	ToggleWork,
}

/// One step: what happens, to which agent, with which account and number.
#[derive(Clone, Copy, Debug)]
struct Step {
	act: Act,
	/// Where in the list of agents that `act` is for, or beyond it: then no such agent.
	place: usize,
	/// Who acts, if not the one who may.
	stranger: Option<Key>,
	key: Key,
	number: u32,
}

fn act() -> impl Strategy<Value = Act> {
	prop_oneof![
		3 => Just(Act::Register),
		2 => Just(Act::Update),
		3 => Just(Act::Propose),
		3 => Just(Act::Prove),
		4 => Just(Act::Accept),
		1 => Just(Act::RemoveWallet),
		4 => Just(Act::Activate),
		2 => Just(Act::Deactivate),
		1 => Just(Act::Deregister),
		2 => Just(Act::ReleaseBond),
		2 => Just(Act::PassTime),
		1 => Just(Act::ChangePrices),
		1 => Just(Act::ToggleWork),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let key = || prop::sample::select(&ACTORS[..]);
	let stranger = prop::option::weighted(0.2, key());
	(act(), 0..5_usize, stranger, key(), 0..=MAX_URI + 8)
		.prop_map(|(act, place, stranger, key, number)| Step { act, place, stranger, key, number })
}

/// The agent that `step` is about: leaving for `ReleaseBond`, registered for the rest.
fn agent_of(step: &Step) -> AgentId {
	let mut ids: Vec<AgentId> = match step.act {
		Act::ReleaseBond => LeavingAgents::<Test>::iter_keys().collect(),
		_ => crate::Agents::<Test>::iter_keys().collect(),
	};
	ids.sort();
	ids.get(step.place % (ids.len() + 1)).copied().unwrap_or(AgentId(step.place as u64))
}

/// Who acts in `step`: the stranger, or else the account that may.
fn actor_of(step: &Step, agent: AgentId) -> AccountId {
	let may_act = match step.act {
		Act::Register => Some(step.key.to_account_id()),
		Act::Accept => ProposedWallets::<Test>::get(agent),
		_ => crate::Agents::<Test>::get(agent).map(|record| record.owner),
	};
	let stranger = step.stranger.map(Key::to_account_id);
	stranger.or(may_act).unwrap_or(step.key.to_account_id())
}

/// Does `step`, whether it succeeds or not.
fn perform(step: Step) -> DispatchResult {
	let agent = agent_of(&step);
	let origin = signed(actor_of(&step, agent));
	let Step { act, key, number, .. } = step;
	let wallet = key.to_account_id();
	match act {
		Act::Register => Agents::register(origin, AgentKind::Executor, uri_of(number), hash(1)),
		Act::Update => Agents::update(origin, agent, uri_of(number), hash(2)),
		Act::Propose => Agents::set_wallet(origin, agent, wallet, None),
		Act::Prove => {
			let deadline = Now::get().saturating_add(number).saturating_sub(9);
			let payload = Agents::wallet_payload(agent, &wallet, deadline).unwrap_or_default();
			let proof = proof_over(&payload, key, deadline);
			Agents::set_wallet(origin, agent, wallet, Some(proof))
		},
		Act::Accept => Agents::accept_wallet(origin, agent),
		Act::RemoveWallet => Agents::remove_wallet(origin, agent),
		Act::Activate => Agents::activate(origin, agent),
		Act::Deactivate => Agents::deactivate(origin, agent),
		Act::Deregister => Agents::deregister(origin, agent),
		Act::ReleaseBond => Agents::release_bond(origin, agent),
		Act::PassTime => {
			Now::set(&Now::get().saturating_add(DELAY / 2));
			Ok(())
		},
		Act::ChangePrices => {
			PriceFactor::set(&u128::from(number % 4));
			AgentBond::set(&(BOND * u128::from(number % 3)));
			Ok(())
		},
		Act::ToggleWork => {
			let is_busy = !BusyWallets::get().is_empty();
			BusyWallets::set(&if is_busy { vec![] } else { vec![wallet] });
			Ok(())
		},
	}
}

/// Lets every agent go and every bond be released, so that nothing must be left.
fn let_all_go() {
	BusyWallets::set(&vec![]);
	let registered: Vec<(AgentId, AccountId)> =
		crate::Agents::<Test>::iter().map(|(agent, record)| (agent, record.owner)).collect();
	for (agent, owner) in registered {
		assert_ok!(Agents::deregister(signed(owner), agent));
	}
	Now::set(&Now::get().saturating_add(DELAY));
	for agent in LeavingAgents::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(Agents::release_bond(signed(bob()), agent));
	}
	for owner in ACTORS.map(Key::to_account_id) {
		assert_eq!(held(&owner), (0, 0));
	}
	assert_eq!(Wallets::<Test>::iter().count(), 0);
	assert_eq!(AgentOfWallet::<Test>::iter().count(), 0);
	assert_eq!(ProposedWallets::<Test>::iter().count(), 0);
}

/// The seed in PROPTEST_RNG_SEED, or a fresh one.
fn seed() -> u64 {
	let given = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
	given.unwrap_or_else(|| RandomState::new().hash_one(0))
}

#[test]
fn invariants_should_hold_after_any_sequence_of_calls() {
	let seed = seed();
	let config = ProptestConfig {
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(seed),
		..Default::default()
	};
	let outcome = TestRunner::new(config).run(&vec(step(), 1..80), |steps| {
		ExtBuilder.build_and_execute(|| {
			let issuance = Balances::total_issuance();
			for step in steps {
				let _ = frame_support::storage::with_storage_layer(|| perform(step));
				assert_ok!(Agents::do_try_state());
				assert_no_stray_holds();
				assert_eq!(Balances::total_issuance(), issuance);
			}
			let_all_go();
		});
		Ok(())
	});
	if let Err(error) = outcome {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} cargo test -p pallet-agents invariants"
		);
	}
}

/// Breaks the registry by `corrupt` and expects the check that says `message` to notice.
fn assert_noticed(message: &'static str, corrupt: impl FnOnce(AgentId)) {
	ExtBuilder.build().execute_with(|| {
		let agent = working_agent();
		assert_ok!(Agents::do_try_state());
		corrupt(agent);
		assert_eq!(Agents::do_try_state(), Err(message.into()));
	});
}

#[test]
fn try_state_should_fail_when_an_id_was_not_given_out() {
	let message = "an agent's id is not below the next id";
	assert_noticed(message, NextAgentId::<Test>::put);
	assert_noticed(message, |agent| {
		let leaving = LeavingAgent { owner: alice(), bond: 0, until: 0 };
		LeavingAgents::<Test>::insert(AgentId(agent.0 + 1), leaving);
	});
}

#[test]
fn try_state_should_fail_when_an_agent_is_registered_and_leaving() {
	assert_noticed("an agent is registered and leaving", |agent| {
		let leaving = LeavingAgent { owner: alice(), bond: 0, until: 0 };
		LeavingAgents::<Test>::insert(agent, leaving);
	});
}

#[test]
fn try_state_should_fail_when_the_owner_index_is_incomplete() {
	assert_noticed("an agent is missing in its owner's index", |agent| {
		AgentsByOwner::<Test>::remove(alice(), agent);
	});
}

#[test]
fn try_state_should_fail_when_the_owner_index_is_stale() {
	assert_noticed("an owner's index has a stale agent", |agent| {
		AgentsByOwner::<Test>::insert(bob(), agent, ());
	});
}

#[test]
fn try_state_should_fail_when_a_wallet_is_of_nobody() {
	assert_noticed("a wallet is of no registered agent", |agent| {
		Wallets::<Test>::insert(AgentId(agent.0 + 1), dave());
	});
}

#[test]
fn try_state_should_fail_when_a_wallet_leads_elsewhere() {
	let message = "a wallet does not lead back to its agent";
	assert_noticed(message, |_| AgentOfWallet::<Test>::remove(charlie()));
	assert_noticed(message, |agent| {
		AgentOfWallet::<Test>::insert(charlie(), AgentId(agent.0 + 1));
	});
}

#[test]
fn try_state_should_fail_when_an_account_leads_to_an_agent_that_it_does_not_serve() {
	assert_noticed("an account leads to a stale agent", |agent| {
		AgentOfWallet::<Test>::insert(dave(), agent);
	});
}

#[test]
fn try_state_should_fail_when_a_wallet_is_the_owner() {
	let message = "an agent's wallet is its owner";
	assert_noticed(message, |agent| ProposedWallets::<Test>::insert(agent, alice()));
	assert_noticed(message, |agent| {
		Wallets::<Test>::insert(agent, alice());
		AgentOfWallet::<Test>::remove(charlie());
		AgentOfWallet::<Test>::insert(alice(), agent);
	});
}

#[test]
fn try_state_should_fail_when_an_active_agent_has_no_wallet() {
	assert_noticed("an active agent has no wallet", |agent| {
		Wallets::<Test>::remove(agent);
		AgentOfWallet::<Test>::remove(charlie());
	});
}

#[test]
fn try_state_should_fail_when_a_proposal_is_for_nobody() {
	assert_noticed("a wallet is proposed for no registered agent", |agent| {
		ProposedWallets::<Test>::insert(AgentId(agent.0 + 1), dave());
	});
}

#[test]
fn try_state_should_fail_when_a_deposit_is_not_held() {
	let message = "the deposit on hold differs from the sum over the owner's agents";
	assert_noticed(message, |agent| {
		let more = Agent { deposit: record(agent).deposit + 1, ..record(agent) };
		crate::Agents::<Test>::insert(agent, more);
	});
	assert_noticed(message, |_| {
		assert_ok!(Balances::hold(&HoldReason::Deposit.into(), &alice(), 1));
	});
}

#[test]
fn try_state_should_fail_when_a_bond_is_not_held() {
	let message = "the bond on hold differs from the sum over the owner's agents";
	assert_noticed(message, |agent| {
		let less = Agent { bond: record(agent).bond - 1, ..record(agent) };
		crate::Agents::<Test>::insert(agent, less);
	});
	assert_noticed(message, |agent| {
		assert_ok!(Agents::deregister(signed(alice()), agent));
		let leaving = LeavingAgent { owner: alice(), bond: BOND + 1, until: 0 };
		LeavingAgents::<Test>::insert(agent, leaving);
	});
}
