use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn refresh_should_follow_the_reputation_only_when_anybody_asks() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		LowerBounds::set(&vec![(agent, percent(90))]);
		assert_ok!(Agents::heartbeat(signed(charlie()), agent));
		offer(agent, INFERENCE);
		offer(agent, FORECAST);
		let before = record(agent);
		Now::set(&(Now::get() + 7));
		LowerBounds::set(&vec![(agent, percent(20))]);

		let events = events_of(|| Agents::refresh(signed(bob()), agent));

		let lower_bound = percent(20);
		let standing = Standing { lower_bound, ..before.standing };
		assert_eq!(record(agent), Agent { standing, ..before });
		for tag in [INFERENCE, FORECAST] {
			assert_eq!(row(agent, tag).map(|row| row.standing), Some(standing));
		}
		assert_eq!(events, [Event::AgentRefreshed { agent, lower_bound }]);
	});
}

#[test]
fn refresh_should_not_make_live_when_the_heartbeat_was_missed() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		Now::set(&(Now::get() + PERIOD + 1));

		assert_ok!(Agents::refresh(signed(bob()), agent));

		assert!(!Agents::is_live(agent));
	});
}

#[test]
fn refresh_should_fail_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let (registered, inactive) = (register(alice()), working_agent());
		assert_ok!(Agents::deactivate(signed(alice()), inactive));

		for agent in [registered, inactive] {
			assert_noop!(Agents::refresh(signed(bob()), agent), Error::<Test>::NotActive);
		}
	});
}

#[test]
fn refresh_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			assert_noop!(Agents::refresh(signed(bob()), agent), Error::<Test>::AgentNotFound);
		}
	});
}

#[test]
fn refresh_should_fail_when_the_origin_is_not_signed() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
			assert_noop!(Agents::refresh(origin, agent), BadOrigin);
		}
	});
}
