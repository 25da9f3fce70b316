use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AccountId, AgentId, BlockNumber};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

/// Lets `caller` send a heartbeat of an agent with two capabilities, whose reputation has changed.
fn heartbeat_should_renew_the_standing(caller: AccountId) {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		offer(agent, FORECAST);
		let before = record(agent);
		Now::set(&(Now::get() + 7));
		LowerBounds::set(&vec![(agent, percent(40))]);

		let events = events_of(|| Agents::heartbeat(signed(caller), agent));

		let standing = Standing { live_until: Now::get() + PERIOD, lower_bound: percent(40) };
		assert_eq!(record(agent), Agent { standing, ..before });
		for tag in [INFERENCE, FORECAST] {
			assert_eq!(row(agent, tag).map(|row| row.standing), Some(standing));
		}
		assert_eq!(events, [Event::HeartbeatReceived { agent, standing }]);
	});
}

#[test]
fn heartbeat_should_renew_the_standing_when_the_owner_sends_it() {
	heartbeat_should_renew_the_standing(alice());
}

#[test]
fn heartbeat_should_renew_the_standing_when_the_wallet_sends_it() {
	heartbeat_should_renew_the_standing(charlie());
}

#[test]
fn heartbeat_should_make_live_again_when_it_was_missed() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert!(Agents::is_live(agent));
		Now::set(&(Now::get() + PERIOD));
		assert!(Agents::is_live(agent));
		Now::set(&(Now::get() + 1));
		assert!(!Agents::is_live(agent));

		assert_ok!(Agents::heartbeat(signed(charlie()), agent));

		assert!(Agents::is_live(agent));
	});
}

#[test]
fn heartbeat_should_follow_the_period_when_governance_changed_it() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		HeartbeatPeriod::set(&9);

		assert_ok!(Agents::heartbeat(signed(charlie()), agent));

		assert_eq!(record(agent).standing.live_until, Now::get() + 9);
	});
}

#[test]
fn heartbeat_should_leave_other_rows_alone() {
	ExtBuilder.build_and_execute(|| {
		let agents = [(); 4].map(|()| free_agent(alice()));
		agents.iter().for_each(|agent| offer(*agent, INFERENCE));
		let before: Vec<_> = agents.iter().map(|agent| row(*agent, INFERENCE)).collect();
		Now::set(&(Now::get() + 1));

		assert_ok!(Agents::heartbeat(signed(alice()), agents[1]));

		for (place, agent) in agents.into_iter().enumerate() {
			assert_eq!(row(agent, INFERENCE) == before[place], place != 1);
		}
	});
}

#[test]
fn heartbeat_should_work_when_the_clock_is_near_its_end() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		Now::set(&(BlockNumber::MAX - 1));

		assert_ok!(Agents::heartbeat(signed(charlie()), agent));

		assert_eq!(record(agent).standing.live_until, BlockNumber::MAX);
	});
}

#[test]
fn heartbeat_should_fail_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let (registered, inactive) = (register(alice()), working_agent());
		assert_ok!(Agents::deactivate(signed(alice()), inactive));
		let suspended = free_agent(alice());
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), suspended));

		for agent in [registered, inactive, suspended] {
			assert_noop!(Agents::heartbeat(signed(alice()), agent), Error::<Test>::NotActive);
		}
	});
}

#[test]
fn heartbeat_should_fail_when_the_caller_is_neither_owner_nor_wallet() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));

		for caller in [bob(), dave()] {
			let call = Agents::heartbeat(signed(caller), agent);
			assert_noop!(call, Error::<Test>::NotOwnerNorWallet);
		}
		assert_noop!(Agents::heartbeat(RuntimeOrigin::root(), agent), BadOrigin);
	});
}

#[test]
fn heartbeat_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::heartbeat(signed(alice()), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}
