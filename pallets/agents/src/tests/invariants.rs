//! What holds after any sequence of calls.

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AccountId, AgentId, AgentKind, Decimal, TagId, TagUse};
use frame_support::{
	assert_ok,
	pallet_prelude::{DispatchResult, DispatchResultWithPostInfo},
};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use sp_keyring::Sr25519Keyring as Key;
use std::hash::{BuildHasher, RandomState};

/// Who plays: enough for several active agents, each with a wallet of its own, few enough to meet as
/// owner, wallet, recipient and stranger.
const ACTORS: [Key; 12] = [
	Key::Alice,
	Key::Bob,
	Key::Charlie,
	Key::Dave,
	Key::Eve,
	Key::Ferdie,
	Key::AliceStash,
	Key::BobStash,
	Key::CharlieStash,
	Key::DaveStash,
	Key::EveStash,
	Key::FerdieStash,
];

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
	Heartbeat,
	Refresh,
	SetCapability,
	RemoveCapability,
	SetMetadata,
	RemoveMetadata,
	AddCardKey,
	RemoveCardKey,
	OfferTransfer,
	AcceptTransfer,
	Suspend,
	Reinstate,
	CreateTag,
	RetireTag,
	PassTime,
	ChangePrices,
	ChangeReputation,
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
		4 => Just(Act::Register),
		2 => Just(Act::Update),
		3 => Just(Act::Propose),
		6 => Just(Act::Prove),
		4 => Just(Act::Accept),
		1 => Just(Act::RemoveWallet),
		8 => Just(Act::Activate),
		4 => Just(Act::Deactivate),
		1 => Just(Act::Deregister),
		2 => Just(Act::ReleaseBond),
		2 => Just(Act::Heartbeat),
		2 => Just(Act::Refresh),
		10 => Just(Act::SetCapability),
		2 => Just(Act::RemoveCapability),
		3 => Just(Act::SetMetadata),
		1 => Just(Act::RemoveMetadata),
		2 => Just(Act::AddCardKey),
		1 => Just(Act::RemoveCardKey),
		2 => Just(Act::OfferTransfer),
		3 => Just(Act::AcceptTransfer),
		1 => Just(Act::Suspend),
		1 => Just(Act::Reinstate),
		1 => Just(Act::CreateTag),
		1 => Just(Act::RetireTag),
		2 => Just(Act::PassTime),
		1 => Just(Act::ChangePrices),
		1 => Just(Act::ChangeReputation),
		1 => Just(Act::ToggleWork),
	]
}

fn step() -> impl Strategy<Value = Step> {
	let key = || prop::sample::select(&ACTORS[..]);
	let stranger = prop::option::weighted(0.1, key());
	(act(), 0..20_usize, stranger, key(), 0..=MAX_URI + 8)
		.prop_map(|(act, place, stranger, key, number)| Step { act, place, stranger, key, number })
}

/// Whether `act` can do something to `agent`, so that most steps succeed.
fn is_for(act: Act, agent: AgentId, record: &Agent<Test>) -> bool {
	let has_wallet = Wallets::<Test>::contains_key(agent);
	match act {
		Act::Accept => ProposedWallets::<Test>::contains_key(agent),
		Act::AcceptTransfer => OfferedTransfers::<Test>::contains_key(agent),
		Act::RemoveWallet => has_wallet,
		Act::Activate => has_wallet && record.status != Lifecycle::Active,
		Act::Heartbeat | Act::Refresh | Act::Deactivate => record.status == Lifecycle::Active,
		Act::Reinstate => record.status == Lifecycle::Suspended,
		Act::RemoveCapability => record.capabilities > 0,
		Act::RemoveMetadata => record.metadata_entries > 0,
		Act::RemoveCardKey => CardKeys::<Test>::contains_key(agent),
		_ => true,
	}
}

/// The agent that `step` is about: leaving for `ReleaseBond`, registered for the rest.
fn agent_of(step: &Step) -> AgentId {
	let mut ids: Vec<AgentId> = match step.act {
		Act::ReleaseBond => LeavingAgents::<Test>::iter_keys().collect(),
		act => crate::Agents::<Test>::iter()
			.filter(|(agent, record)| is_for(act, *agent, record))
			.map(|(agent, _)| agent)
			.collect(),
	};
	ids.sort();
	ids.get(step.place % (ids.len() + 1)).copied().unwrap_or(AgentId(step.place as u64))
}

/// Who acts in `step`: the stranger, or else the account that may.
fn actor_of(step: &Step, agent: AgentId) -> AccountId {
	let may_act = match step.act {
		Act::Register => Some(step.key.to_account_id()),
		Act::Accept => ProposedWallets::<Test>::get(agent),
		Act::AcceptTransfer => OfferedTransfers::<Test>::get(agent),
		Act::Heartbeat => Wallets::<Test>::get(agent),
		_ => crate::Agents::<Test>::get(agent).map(|record| record.owner),
	};
	let stranger = step.stranger.map(Key::to_account_id);
	stranger.or(may_act).unwrap_or(step.key.to_account_id())
}

/// Leaves out what a call weighed.
fn bare(result: DispatchResultWithPostInfo) -> DispatchResult {
	result.map(|_| ()).map_err(|error| error.error)
}

/// Does `step`, whether it succeeds or not.
fn perform(step: Step) -> DispatchResult {
	let agent = agent_of(&step);
	let origin = signed(actor_of(&step, agent));
	let admin = match step.stranger {
		Some(_) => origin.clone(),
		None => RuntimeOrigin::root(),
	};
	let Step { act, key, number, .. } = step;
	let wallet = key.to_account_id();
	let tag = TagId(number % 7 % 5);
	let metadata_key = vec![b'a'; number as usize % 4];
	let card_key = CardKey::P256([number as u8 % 4; 33]);
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
		Act::RemoveWallet => bare(Agents::remove_wallet(origin, agent)),
		Act::Activate => bare(Agents::activate(origin, agent)),
		Act::Deactivate => bare(Agents::deactivate(origin, agent)),
		Act::Deregister => bare(Agents::deregister(origin, agent)),
		Act::ReleaseBond => Agents::release_bond(origin, agent),
		Act::Heartbeat => bare(Agents::heartbeat(origin, agent)),
		Act::Refresh => bare(Agents::refresh(origin, agent)),
		Act::SetCapability => {
			let performance = Decimal { value: i128::from(number) - 3, decimals: number as u8 % 3 };
			let terms = CapabilityTerms { performance, capacity: number % 29, ..terms() };
			Agents::set_capability(origin, agent, tag, terms)
		},
		Act::RemoveCapability => Agents::remove_capability(origin, agent, tag),
		Act::SetMetadata => {
			Agents::set_metadata(origin, agent, metadata_key, vec![7; 5 * number as usize])
		},
		Act::RemoveMetadata => Agents::remove_metadata(origin, agent, metadata_key),
		Act::AddCardKey => Agents::add_card_key(origin, agent, card_key),
		Act::RemoveCardKey => Agents::remove_card_key(origin, agent, card_key),
		Act::OfferTransfer => {
			Agents::offer_transfer(origin, agent, (number % 5 > 0).then_some(wallet))
		},
		Act::AcceptTransfer => bare(Agents::accept_transfer(origin, agent)),
		Act::Suspend => bare(Agents::suspend(admin, agent)),
		Act::Reinstate => Agents::reinstate(admin, agent),
		Act::CreateTag => {
			let (name, max) = (format!("tag-{}", number % 9), Decimal::whole(number.into()));
			let min = Decimal::whole(-9);
			Agents::create_tag(admin, name.into(), vec![], TagUse::Capability, min, max)
		},
		// The first tag stays, so that its pages fill.
		Act::RetireTag => Agents::retire_tag(admin, TagId(1 + number % 5)),
		Act::PassTime => {
			let step = if number % 2 == 0 { DELAY / 2 } else { PERIOD / 2 };
			Now::set(&Now::get().saturating_add(step));
			Ok(())
		},
		Act::ChangePrices => {
			PriceFactor::set(&u128::from(number % 4));
			AgentBond::set(&(BOND * u128::from(number % 3)));
			Ok(())
		},
		Act::ChangeReputation => {
			LowerBounds::set(&vec![(agent, percent(number % 101))]);
			Ok(())
		},
		Act::ToggleWork => {
			let is_busy = !BusyAgents::get().is_empty();
			BusyAgents::set(&if is_busy { vec![] } else { vec![agent] });
			Ok(())
		},
	}
}

/// Puts a few agents onto several pages of the index, so that rows move from the first step on.
fn begin() {
	RowsPerPage::set(2);
	for key in &ACTORS[..7] {
		let agent = free_agent(key.to_account_id());
		offer(agent, INFERENCE);
		offer(agent, FORECAST);
	}
}

/// Lets every agent go and every bond be released, so that nothing must be left.
fn let_all_go() {
	BusyAgents::set(&vec![]);
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
	assert_eq!(OfferedTransfers::<Test>::iter().count(), 0);
	assert_eq!(Capabilities::<Test>::iter().count(), 0);
	assert_eq!(CapabilityPages::<Test>::iter().count(), 0);
	assert_eq!(CapabilityCounts::<Test>::iter().count(), 0);
	assert_eq!(Metadata::<Test>::iter().count(), 0);
	assert_eq!(CardKeys::<Test>::iter().count(), 0);
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
	let cases = config.cases;
	let outcome = TestRunner::new(config).run(&vec(step(), 1..120), |steps| {
		ExtBuilder.build_and_execute(|| {
			begin();
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
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
			 cargo test --release -p pallet-agents invariants"
		);
	}
}
