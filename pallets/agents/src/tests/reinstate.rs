use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

/// An agent of Alice that offers a capability and is suspended.
fn suspended_agent() -> AgentId {
	let agent = working_agent();
	offer(agent, INFERENCE);
	assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));
	agent
}

#[test]
fn reinstate_should_make_inactive_when_the_agent_is_suspended() {
	ExtBuilder.build_and_execute(|| {
		let agent = suspended_agent();
		let before = record(agent);

		let events = events_of(|| Agents::reinstate(RuntimeOrigin::root(), agent));

		assert_eq!(record(agent), Agent { status: Lifecycle::Inactive, ..before });
		assert_eq!(row(agent, INFERENCE), None);
		assert_eq!(events, [Event::AgentReinstated { agent }]);
	});
}

#[test]
fn reinstated_agents_should_be_activated_by_their_owners() {
	ExtBuilder.build_and_execute(|| {
		let agent = suspended_agent();
		assert_ok!(Agents::reinstate(RuntimeOrigin::root(), agent));

		assert_ok!(Agents::activate(signed(alice()), agent));

		assert!(row(agent, INFERENCE).is_some());
	});
}

#[test]
fn reinstate_should_fail_when_the_agent_is_not_suspended() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		let call = Agents::reinstate(RuntimeOrigin::root(), agent);
		assert_noop!(call, Error::<Test>::NotSuspended);
	});
}

#[test]
fn reinstate_should_fail_when_the_origin_is_not_the_administration() {
	ExtBuilder.build_and_execute(|| {
		let agent = suspended_agent();

		for origin in [signed(alice()), signed(bob()), RuntimeOrigin::none()] {
			assert_noop!(Agents::reinstate(origin, agent), BadOrigin);
		}
	});
}

#[test]
fn reinstate_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = suspended_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::reinstate(RuntimeOrigin::root(), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
