use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

/// Activates an agent with a wallet that stands at `status`.
fn activate_should_make_active(status: Lifecycle) {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		give_wallet(alice(), agent, charlie());
		let before = Agent { status, ..record(agent) };
		crate::Agents::<Test>::insert(agent, before.clone());

		let events = events_of(|| Agents::activate(signed(alice()), agent));

		let standing = Standing { live_until: Now::get() + PERIOD, ..Default::default() };
		assert_eq!(record(agent), Agent { status: Lifecycle::Active, standing, ..before });
		assert_eq!(events, [Event::AgentActivated { agent, standing }]);
	});
}

#[test]
fn activate_should_make_active_when_the_agent_is_registered() {
	activate_should_make_active(Lifecycle::Registered);
}

#[test]
fn activate_should_make_active_when_the_agent_is_inactive() {
	activate_should_make_active(Lifecycle::Inactive);
}

#[test]
fn activate_should_fail_when_the_agent_is_active() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		assert_noop!(Agents::activate(signed(alice()), agent), Error::<Test>::AlreadyActive);
	});
}

#[test]
fn activate_should_fail_when_the_agent_has_no_wallet() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_noop!(Agents::activate(signed(alice()), agent), Error::<Test>::NoWallet);

		assert_ok!(Agents::set_wallet(signed(alice()), agent, charlie(), None));
		assert_noop!(Agents::activate(signed(alice()), agent), Error::<Test>::NoWallet);
	});
}

#[test]
fn activate_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			assert_noop!(Agents::activate(signed(caller), agent), Error::<Test>::NotOwner);
		}
		assert_noop!(Agents::activate(RuntimeOrigin::root(), agent), BadOrigin);
	});
}

#[test]
fn activate_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::activate(signed(alice()), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
