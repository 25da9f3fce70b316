use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{
	assert_noop, assert_ok,
	traits::fungible::{InspectFreeze, MutateFreeze},
};
use sp_runtime::traits::BadOrigin;

/// An agent of Alice that has just left.
fn leaving_agent() -> AgentId {
	let agent = working_agent();
	assert_ok!(Agents::deregister(signed(alice()), agent));
	agent
}

#[test]
fn release_bond_should_give_the_bond_to_the_owner_when_anybody_asks_in_time() {
	ExtBuilder.build_and_execute(|| {
		let agent = leaving_agent();
		Now::set(&(Now::get() + DELAY));

		let events = events_of(|| Agents::release_bond(signed(bob()), agent));

		assert_eq!(LeavingAgents::<Test>::get(agent), None);
		assert_eq!(held(&alice()), (0, 0));
		assert_eq!(free(&alice()), ENDOWMENT - FEE);
		assert_eq!(free(&bob()), ENDOWMENT);
		assert_eq!(events, [Event::BondReleased { agent, owner: alice(), bond: BOND }]);
	});
}

#[test]
fn release_bond_should_leave_other_bonds_of_the_owner_alone() {
	ExtBuilder.build_and_execute(|| {
		let agent = leaving_agent();
		let stayer = register(alice());
		Now::set(&(Now::get() + DELAY));

		assert_ok!(Agents::release_bond(signed(alice()), agent));

		assert_eq!(held(&alice()), (record(stayer).deposit, BOND));
	});
}

#[test]
fn release_bond_should_work_when_the_owner_froze_all_it_has() {
	ExtBuilder.build_and_execute(|| {
		let agent = leaving_agent();
		assert_ok!(Balances::set_freeze(&(), &alice(), ENDOWMENT));
		Now::set(&(Now::get() + DELAY));

		assert_ok!(Agents::release_bond(signed(bob()), agent));

		assert_eq!(held(&alice()), (0, 0));
		assert_eq!(Balances::balance_frozen(&(), &alice()), ENDOWMENT);
	});
}

#[test]
fn release_bond_should_fail_when_the_delay_has_not_elapsed() {
	ExtBuilder.build_and_execute(|| {
		let agent = leaving_agent();
		Now::set(&(Now::get() + DELAY - 1));

		let call = Agents::release_bond(signed(alice()), agent);
		assert_noop!(call, Error::<Test>::BondReleaseDelayNotElapsed);
	});
}

#[test]
fn release_bond_should_fail_when_business_with_the_agent_is_open() {
	ExtBuilder.build_and_execute(|| {
		let agent = leaving_agent();
		Now::set(&(Now::get() + DELAY));
		BusyAgents::set(&vec![agent]);
		assert_noop!(Agents::release_bond(signed(alice()), agent), Error::<Test>::WorkOpen);

		BusyAgents::set(&vec![]);
		assert_ok!(Agents::release_bond(signed(alice()), agent));
	});
}

#[test]
fn release_bond_should_fail_when_the_agent_is_not_leaving() {
	ExtBuilder.build_and_execute(|| {
		let gone = leaving_agent();
		let registered = register(alice());
		Now::set(&(Now::get() + DELAY));
		assert_ok!(Agents::release_bond(signed(alice()), gone));

		for agent in [gone, registered, AgentId(9)] {
			let call = Agents::release_bond(signed(alice()), agent);
			assert_noop!(call, Error::<Test>::AgentNotLeaving);
		}
	});
}

#[test]
fn release_bond_should_fail_when_the_origin_is_not_signed() {
	ExtBuilder.build_and_execute(|| {
		let agent = leaving_agent();
		Now::set(&(Now::get() + DELAY));

		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Agents::release_bond(origin, agent), BadOrigin);
		}
	});
}
