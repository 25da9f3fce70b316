use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, TagId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn remove_capability_should_give_its_deposit_back_when_it_is_set() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, FORECAST);
		let before = record(agent);
		offer(agent, INFERENCE);
		PriceFactor::set(&7);

		let events = events_of(|| Agents::remove_capability(signed(alice()), agent, INFERENCE));

		assert_eq!(Capabilities::<Test>::get(agent, INFERENCE), None);
		assert_eq!(record(agent), before);
		assert_eq!(held(&alice()), (before.deposit + CAPABILITY_DEPOSIT, BOND));
		assert_eq!((pages(INFERENCE), pages(FORECAST)), (vec![], vec![vec![agent.0]]));
		assert_eq!(events, [Event::CapabilityRemoved { agent, tag: INFERENCE }]);
	});
}

#[test]
fn remove_capability_should_work_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let before = record(agent);
		offer(agent, INFERENCE);

		assert_ok!(Agents::remove_capability(signed(alice()), agent, INFERENCE));

		assert_eq!(record(agent), before);
	});
}

#[test]
fn remove_capability_should_work_when_the_tag_was_retired() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		assert_ok!(Agents::remove_capability(signed(alice()), agent, INFERENCE));

		let call = Agents::set_capability(signed(alice()), agent, INFERENCE, terms());
		assert_noop!(call, Error::<Test>::TagRetired);
	});
}

#[test]
fn remove_capability_should_fail_when_the_agent_does_not_offer_the_tag() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);

		for tag in [FORECAST, TagId(9)] {
			let call = Agents::remove_capability(signed(alice()), agent, tag);
			assert_noop!(call, Error::<Test>::CapabilityNotFound);
		}
	});
}

#[test]
fn remove_capability_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);

		for caller in [bob(), charlie()] {
			let call = Agents::remove_capability(signed(caller), agent, INFERENCE);
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		let call = Agents::remove_capability(RuntimeOrigin::root(), agent, INFERENCE);
		assert_noop!(call, BadOrigin);
	});
}

#[test]
fn remove_capability_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		offer(gone, INFERENCE);
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::remove_capability(signed(alice()), agent, INFERENCE);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
