use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use aitbc_traits::{OnAgentTransferred, ReputationInspect, WorkInspect};
use frame_support::{
	assert_ok,
	dispatch::GetDispatchInfo,
	pallet_prelude::{DispatchResultWithPostInfo, Weight},
};
use std::collections::BTreeSet;

const AGENT: AgentId = AgentId(0);

/// What `call` declares to weigh.
fn declared(call: Call<Test>) -> Weight {
	call.get_dispatch_info().call_weight
}

/// What a call really weighed.
fn actual(result: DispatchResultWithPostInfo) -> Option<Weight> {
	result.expect("the call succeeds").actual_weight
}

#[test]
fn calls_should_declare_the_most_that_they_can_weigh() {
	let most = MAX_CAPABILITIES;
	let (work, reputation) = (MockWork::weight(), MockReputation::weight());
	for (call, weight) in [
		(Call::remove_wallet { agent: AGENT }, <()>::remove_wallet(most)),
		(Call::activate { agent: AGENT }, <()>::activate(most) + reputation),
		(Call::deactivate { agent: AGENT }, <()>::deactivate(most)),
		(Call::deregister { agent: AGENT }, <()>::deregister(most, MAX_ENTRIES) + work),
		(Call::heartbeat { agent: AGENT }, <()>::heartbeat(most) + reputation),
		(Call::refresh { agent: AGENT }, <()>::refresh(most) + reputation),
		(
			Call::set_metadata { agent: AGENT, key: vec![1; 9], value: vec![2; 77] },
			<()>::set_metadata(77),
		),
		(
			Call::accept_transfer { agent: AGENT },
			<()>::accept_transfer(most) + work + MockListener::weight(),
		),
		(Call::suspend { agent: AGENT }, <()>::suspend(most)),
	] {
		assert_eq!(declared(call.clone()), weight, "{call:?}");
	}
}

#[test]
fn calls_should_give_back_what_an_agent_with_few_capabilities_does_not_weigh() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		offer(agent, FORECAST);
		assert_ok!(Agents::set_metadata(signed(alice()), agent, b"key".to_vec(), vec![]));
		let (work, reputation) = (MockWork::weight(), MockReputation::weight());
		let owner = || signed(alice());

		let weight = actual(Agents::heartbeat(owner(), agent));
		assert_eq!(weight, Some(<()>::heartbeat(2) + reputation));
		let weight = actual(Agents::refresh(owner(), agent));
		assert_eq!(weight, Some(<()>::refresh(2) + reputation));
		assert_eq!(actual(Agents::deactivate(owner(), agent)), Some(<()>::deactivate(2)));
		let weight = actual(Agents::activate(owner(), agent));
		assert_eq!(weight, Some(<()>::activate(2) + reputation));
		let weight = actual(Agents::suspend(RuntimeOrigin::root(), agent));
		assert_eq!(weight, Some(<()>::suspend(2)));
		assert_ok!(Agents::reinstate(RuntimeOrigin::root(), agent));
		let weight = actual(Agents::suspend(RuntimeOrigin::root(), agent));
		assert_eq!(weight, Some(<()>::suspend(0)), "it has no rows");
		assert_ok!(Agents::reinstate(RuntimeOrigin::root(), agent));
		assert_ok!(Agents::activate(owner(), agent));
		assert_eq!(actual(Agents::remove_wallet(owner(), agent)), Some(<()>::remove_wallet(2)));
		give_wallet(alice(), agent, charlie());
		assert_eq!(actual(Agents::remove_wallet(owner(), agent)), Some(<()>::remove_wallet(0)));
		assert_ok!(Agents::offer_transfer(owner(), agent, Some(bob())));
		let weight = actual(Agents::accept_transfer(signed(bob()), agent));
		assert_eq!(weight, Some(<()>::accept_transfer(0) + work + MockListener::weight()));
		let weight = actual(Agents::deregister(signed(bob()), agent));
		assert_eq!(weight, Some(<()>::deregister(2, 1) + work));
	});
}

#[test]
fn test_weights_should_tell_calls_apart() {
	let weights = [
		<()>::register(1),
		<()>::update(1),
		<()>::set_wallet_with_proof(),
		<()>::set_wallet_without_proof(),
		<()>::accept_wallet(),
		<()>::remove_wallet(1),
		<()>::activate(1),
		<()>::deactivate(1),
		<()>::deregister(1, 1),
		<()>::release_bond(),
		<()>::heartbeat(1),
		<()>::refresh(1),
		<()>::set_capability(),
		<()>::remove_capability(),
		<()>::set_metadata(1),
		<()>::remove_metadata(),
		<()>::add_card_key(),
		<()>::remove_card_key(),
		<()>::offer_transfer(),
		<()>::accept_transfer(1),
		<()>::suspend(1),
		<()>::reinstate(),
		<()>::create_tag(),
		<()>::retire_tag(),
	];
	let distinct: BTreeSet<_> = weights.iter().map(Weight::ref_time).collect();
	assert_eq!(distinct.len(), weights.len());
}
