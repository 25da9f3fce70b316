use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn deactivate_should_make_inactive_when_the_agent_is_active() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);
		BusyAgents::set(&vec![agent]);

		let events = events_of(|| Agents::deactivate(signed(alice()), agent));

		assert_eq!(record(agent), Agent { status: Lifecycle::Inactive, ..before });
		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
		assert_eq!(events, [Event::AgentDeactivated { agent }]);
	});
}

#[test]
fn deactivate_should_fail_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let (registered, inactive) = (register(alice()), working_agent());
		assert_ok!(Agents::deactivate(signed(alice()), inactive));

		for agent in [registered, inactive] {
			assert_noop!(Agents::deactivate(signed(alice()), agent), Error::<Test>::NotActive);
		}
	});
}

#[test]
fn deactivate_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			assert_noop!(Agents::deactivate(signed(caller), agent), Error::<Test>::NotOwner);
		}
		assert_noop!(Agents::deactivate(RuntimeOrigin::root(), agent), BadOrigin);
	});
}

#[test]
fn deactivate_should_be_open_to_anybody_when_the_agent_is_silent_for_a_whole_period() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let silent_from = record(agent).standing.live_until + HeartbeatPeriod::get();

		Now::set(&silent_from);
		assert_noop!(Agents::deactivate(signed(bob()), agent), Error::<Test>::NotOwner);
		Now::set(&(silent_from + 1));
		let events = events_of(|| Agents::deactivate(signed(bob()), agent));

		assert_eq!(record(agent).status, Lifecycle::Inactive);
		assert_eq!(events, [Event::AgentDeactivated { agent }]);
		assert_noop!(Agents::deactivate(signed(bob()), agent), Error::<Test>::NotOwner);
	});
}

#[test]
fn deactivate_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::deactivate(signed(alice()), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
