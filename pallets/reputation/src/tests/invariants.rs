//! Random sequences of everything that can happen, by several actors.
//!
//! A failure prints the smallest sequence that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p pallet-reputation invariants`. `PROPTEST_CASES=1000000` before it asks
//! for a million cases.

use crate::{mock::*, *};
use aitbc_core::{money::AIT, AgentId, Balance, BlockNumber, FeedbackIndex, TagId, WorkId};
use aitbc_reputation::{retained, Component, Outcome};
use aitbc_traits::AgentInspect;
use frame_support::assert_ok;
use proptest::prelude::*;
use sp_runtime::traits::Dispatchable;
use std::collections::BTreeMap;

/// Those who pay, work, rate and answer.
const ACTORS: [AccountId; 5] = [CLIENT, OWNER, WALLET, HIRER_OWNER, HIRER_WALLET];

/// Which work, or which feedback, of those in storage a step means.
type Pick = usize;

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	Close { deal: Deal },
	Rate { work: Pick, side: Side, rating: Rating },
	RateWildly { author: AccountId, agent: AgentId, work: Pick, rating: Rating },
	Revoke { feedback: Pick },
	Respond { feedback: Pick, responder: AccountId },
	Erase { feedback: Pick, caller: Option<AccountId> },
	Prune { work: Pick },
	Transfer { agent: AgentId, to: AccountId },
	SetWallet { agent: AgentId, wallet: AccountId },
	Leave { agent: AgentId },
	Wait { blocks: BlockNumber },
	SetPrice { factor: Balance },
}

fn actor() -> impl Strategy<Value = AccountId> {
	proptest::sample::select(&ACTORS[..])
}

fn agent() -> impl Strategy<Value = AgentId> {
	prop_oneof![4 => Just(AGENT), 1 => Just(HIRER)]
}

fn worker() -> impl Strategy<Value = AccountId> {
	prop_oneof![6 => Just(WALLET), 2 => Just(HIRER_WALLET), 1 => actor()]
}

prop_compose! {
	fn deal()(
		client in actor(),
		provider in worker(),
		agent in prop_oneof![3 => Just(None), 1 => agent().prop_map(Some)],
		accepted in prop_oneof![9 => Just(true), 1 => Just(false)],
		fee in 0..60u128,
		released in 0..10_000u128,
		refunded in prop_oneof![Just(0), 1..10_000u128],
		in_time in 0..=100u128,
		missed in 0..=100u128,
	) -> Deal {
		let (released, refunded) = (40 * fee * AIT + released, refunded * AIT);
		Deal {
			client,
			provider,
			agent,
			accepted,
			fee: fee * AIT,
			released,
			refunded,
			on_time: released * in_time / 100,
			missed: refunded * missed / 100,
		}
	}
}

fn rating() -> impl Strategy<Value = Rating> {
	let tag = prop_oneof![6 => Just(ACCURACY), 4 => Just(COURTESY), 1 => (0..7u32).prop_map(TagId)];
	let about = prop_oneof![
		4 => Just(None),
		4 => Just(Some(TRANSLATION)),
		4 => Just(Some(SUMMARY)),
		1 => (0..7u32).prop_map(|about| Some(TagId(about))),
	];
	let value = prop_oneof![9 => 0..=30i128, 1 => -20..120i128];
	(tag, about, value).prop_map(|(tag, about, value)| Rating { tag, about, ..rated(value) })
}

fn side() -> impl Strategy<Value = Side> {
	prop_oneof![3 => Just(Side::Client), 1 => Just(Side::Provider)]
}

fn step() -> impl Strategy<Value = Step> {
	let pick = 0..50usize;
	prop_oneof![
		12 => deal().prop_map(|deal| Step::Close { deal }),
		12 => (pick.clone(), side(), rating())
			.prop_map(|(work, side, rating)| Step::Rate { work, side, rating }),
		2 => (actor(), agent(), pick.clone(), rating())
			.prop_map(|(author, agent, work, rating)| Step::RateWildly { author, agent, work, rating }),
		3 => pick.clone().prop_map(|feedback| Step::Revoke { feedback }),
		3 => (pick.clone(), actor())
			.prop_map(|(feedback, responder)| Step::Respond { feedback, responder }),
		4 => (pick.clone(), prop::option::of(actor()))
			.prop_map(|(feedback, caller)| Step::Erase { feedback, caller }),
		2 => pick.prop_map(|work| Step::Prune { work }),
		2 => (agent(), actor()).prop_map(|(agent, to)| Step::Transfer { agent, to }),
		3 => (agent(), worker()).prop_map(|(agent, wallet)| Step::SetWallet { agent, wallet }),
		1 => Just(Step::Leave { agent: HIRER }),
		6 => prop_oneof![9 => 1..2_000u32, 1 => Just(RETENTION)]
			.prop_map(|blocks| Step::Wait { blocks }),
		1 => (0..5u128).prop_map(|factor| Step::SetPrice { factor }),
	]
}

/// Work that counted, as the pallet told of it.
struct Counted {
	owners: (AccountId, AccountId),
	provider_agent: AgentAt,
	outcome: Outcome,
	weight: Balance,
	at: BlockNumber,
}

/// The feedback in storage that `pick` means.
fn feedback(pick: Pick) -> Option<(AgentId, AccountId, FeedbackIndex)> {
	let mut keys: Vec<_> = Feedback::<Test>::iter_keys().collect();
	keys.sort();
	keys.get(pick % keys.len().max(1)).copied()
}

/// The settled work in storage that `pick` means.
fn work(pick: Pick) -> Option<WorkId> {
	let mut keys: Vec<_> = SettledWork::<Test>::iter_keys().collect();
	keys.sort();
	keys.get(pick % keys.len().max(1)).copied()
}

/// The call of a step and who makes it, or `None` if the step is no call, or nothing to call it on
/// is there.
fn call_of(step: &Step) -> Option<(AccountId, Call<Test>)> {
	match step.clone() {
		Step::Rate { work: pick, side, rating } => {
			let work = work(pick)?;
			let settled = SettledWork::<Test>::get(work)?;
			let agent = settled.rated_by(side)?.agent;
			let author = match side {
				Side::Client => settled.client,
				Side::Provider => settled.provider,
			};
			Some((author, Call::rate { agent, work, rating }))
		},
		Step::RateWildly { author, agent, work: pick, rating } => {
			Some((author, Call::rate { agent, work: work(pick)?, rating }))
		},
		Step::Revoke { feedback: pick } => {
			let (agent, author, index) = feedback(pick)?;
			Some((author, Call::revoke { agent, index }))
		},
		Step::Respond { feedback: pick, responder } => {
			let (agent, author, index) = feedback(pick)?;
			let call = Call::respond { agent, author, index, uri: URI.to_vec(), hash: hash(2) };
			Some((responder, call))
		},
		Step::Erase { feedback: pick, caller } => {
			let (agent, author, index) = feedback(pick)?;
			Some((caller.unwrap_or(author), Call::erase { agent, author, index }))
		},
		Step::Prune { work: pick } => Some((STRANGER, Call::prune { work: work(pick)? })),
		_ => None,
	}
}

/// Makes `call` as a transaction does: what fails leaves nothing behind.
fn dispatch(who: AccountId, call: Call<Test>) -> bool {
	RuntimeCall::from(call).dispatch(signed(who)).is_ok()
}

/// Lets something happen that is no call of the pallet.
fn disturb(step: &Step) {
	match step.clone() {
		Step::Close { deal } if deal.client != deal.provider => {
			deal.close();
		},
		Step::Transfer { agent, to } if MockAgents::owner(agent).is_some() => transfer(agent, to),
		// The rules of the registry: a wallet is one agent's, and not its owner.
		Step::SetWallet { agent, wallet } => {
			let is_free = MockAgents::agent_of_wallet(&wallet).is_none();
			match MockAgents::owner(agent) {
				Some(owner) if is_free && owner != wallet => {
					set_agent(agent, owner, Some(wallet));
				},
				_ => (),
			}
		},
		Step::Leave { agent } => remove_agent(agent),
		Step::Wait { blocks } => wait(blocks),
		Step::SetPrice { factor } => PriceFactor::set(&factor),
		_ => (),
	}
}

/// Lets `step` happen, and notes what counted by it.
fn take(step: &Step, counted: &mut Vec<Counted>) {
	reset_events();
	match call_of(step) {
		Some((who, call)) => {
			dispatch(who, call);
		},
		None => disturb(step),
	}
	counted.extend(events().into_iter().filter_map(|event| match event {
		Event::WorkCounted {
			client_owner,
			provider_owner,
			provider_agent,
			outcome,
			weight,
			at,
			..
		} => {
			let owners = (client_owner, provider_owner);
			Some(Counted { owners, provider_agent, outcome, weight, at })
		},
		_ => None,
	}));
}

/// Checks the components that the chain itself knows of, and the counters, against the work.
fn check_known(counted: &[Counted]) {
	let mut components = BTreeMap::<(AgentId, u8), Rebuilt>::new();
	let mut counters = BTreeMap::<AgentId, Counters>::new();
	for Counted { provider_agent, outcome, weight, at, .. } in counted {
		let agent = provider_agent.agent;
		let quarterings = record(agent).generation.since(provider_agent.generation);
		for (component, value) in outcome.values() {
			if let Some(value) = value {
				let rebuilt = components.entry((agent, component as u8)).or_default();
				rebuilt.add(value, *weight, *at, quarterings);
			}
		}
		counters.entry(agent).or_default().count(outcome);
	}
	for agent in [AGENT, HIRER] {
		for one in [Component::Completion, Component::Timeliness, Component::Disputes] {
			let (evidence, mean) = component(agent, one);
			let rebuilt = components.get(&(agent, one as u8)).copied().unwrap_or_default();
			rebuilt.assert_close(evidence, mean, "a component");
		}
		let expected = counters.get(&agent).copied().unwrap_or_default();
		assert_eq!(record(agent).counters, expected);
	}
}

/// Checks that no fee counted for more than it was, and no pair for more than the cap.
fn check_caps(counted: &[Counted]) {
	let mut pairs = BTreeMap::<_, Balance>::new();
	for Counted { owners, outcome, weight, at, .. } in counted {
		assert!(owners.0 != owners.1, "somebody paid for its own evidence");
		assert!(outcome.accepted && outcome.fee >= MinFee::get());
		assert!((1..=outcome.fee).contains(weight));
		*pairs.entry(owners).or_default() += retained(Now::get() - at, HALF_LIFE).floor(*weight);
	}
	assert!(pairs.values().all(|sum| *sum <= PairCap::get()), "{pairs:?}");
}

/// Gives back every deposit, and frees all storage that can be freed.
fn end_all() {
	wait(RETENTION);
	for (agent, author, index) in Feedback::<Test>::iter_keys().collect::<Vec<_>>() {
		assert!(dispatch(author, Call::erase { agent, author, index }));
	}
	for work in SettledWork::<Test>::iter_keys().collect::<Vec<_>>() {
		assert!(dispatch(STRANGER, Call::prune { work }));
	}
	assert_eq!(Responses::<Test>::iter().count(), 0);
	assert_eq!(Summaries::<Test>::iter().count(), 0);
	for who in CLIENT..=BANK {
		assert_eq!((held(who), free(who)), (0, WEALTH));
	}
}

proptest! {
	#[test]
	fn evidence_should_be_what_was_paid_and_said_whatever_happens(
		deals in prop::collection::vec(deal(), 0..6),
		steps in prop::collection::vec(step(), 1..100),
	) {
		new_test_ext().execute_with(|| {
			let issuance = Balances::total_issuance();
			let mut counted = vec![];
			let deals = deals.into_iter().map(|deal| Step::Close { deal });
			for step in deals.chain(steps) {
				take(&step, &mut counted);
				assert_ok!(Reputation::do_try_state());
				assert_rebuilds();
				check_known(&counted);
				check_caps(&counted);
				assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
			}
			end_all();
			assert_ok!(Reputation::do_try_state());
			assert_rebuilds();
		});
	}
}
