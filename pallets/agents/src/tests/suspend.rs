use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use aitbc_traits::{AgentInspect, AgentStatus};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn suspend_should_take_the_rows_away_when_the_agent_is_active() {
	ExtBuilder.build_and_execute(|| {
		let (agent, other) = (working_agent(), free_agent(alice()));
		for agent in [agent, other] {
			offer(agent, INFERENCE);
		}
		let before = record(agent);
		BusyAgents::set(&vec![agent]);

		let events = events_of(|| Agents::suspend(RuntimeOrigin::root(), agent));

		assert_eq!(record(agent), Agent { status: Lifecycle::Suspended, ..before });
		assert_eq!(<Agents as AgentInspect<_>>::status(agent), Some(AgentStatus::Suspended));
		assert_eq!(pages(INFERENCE), [[other.0]]);
		assert_eq!(Wallets::<Test>::get(agent), Some(charlie()));
		assert_eq!(events, [Event::AgentSuspended { agent }]);
	});
}

#[test]
fn suspend_should_work_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let (registered, inactive) = (register(alice()), working_agent());
		assert_ok!(Agents::deactivate(signed(alice()), inactive));

		for agent in [registered, inactive] {
			assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));
			assert_eq!(record(agent).status, Lifecycle::Suspended);
		}
	});
}

#[test]
fn suspended_agents_should_neither_be_activated_nor_deactivated() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));

		assert_noop!(Agents::activate(signed(alice()), agent), Error::<Test>::AgentSuspended);
		assert_noop!(Agents::deactivate(signed(alice()), agent), Error::<Test>::NotActive);
		assert_noop!(Agents::refresh(signed(alice()), agent), Error::<Test>::NotActive);
	});
}

#[test]
fn suspended_agents_should_stay_suspended_when_the_wallet_goes() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));

		assert_ok!(Agents::remove_wallet(signed(charlie()), agent));

		assert_eq!(record(agent).status, Lifecycle::Suspended);
	});
}

#[test]
fn suspended_agents_should_leave_with_the_bond_at_risk() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));

		assert_ok!(Agents::deregister(signed(alice()), agent));

		assert_eq!(held(&alice()), (0, BOND));
		let leaving = LeavingAgents::<Test>::get(agent).expect("it has just left");
		assert_eq!(leaving.until, Now::get() + DELAY);
	});
}

#[test]
fn suspended_agents_should_say_more_without_a_row() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));

		offer(agent, INFERENCE);

		assert_eq!(row(agent, INFERENCE), None);
	});
}

#[test]
fn suspend_should_fail_when_the_agent_is_suspended() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));

		let call = Agents::suspend(RuntimeOrigin::root(), agent);
		assert_noop!(call, Error::<Test>::AgentSuspended);
	});
}

#[test]
fn suspend_should_fail_when_the_origin_is_not_the_administration() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for origin in [signed(alice()), signed(bob()), RuntimeOrigin::none()] {
			assert_noop!(Agents::suspend(origin, agent), BadOrigin);
		}
	});
}

#[test]
fn suspend_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::suspend(RuntimeOrigin::root(), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
