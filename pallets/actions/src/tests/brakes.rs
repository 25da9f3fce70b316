//! Tests of `bind_executor` and `set_brake`.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged, Subject};
use aitbc_core::{AgentId, AgentKind, Target};
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchError, DispatchResult, TokenError};

fn bind_executor(
	origin: RuntimeOrigin,
	target: Target<AccountId>,
	executor: Option<AgentId>,
) -> DispatchResult {
	Actions::bind_executor(origin, target, executor)
}

/// Each target, its operator's origin, who that is, and what the log calls it.
fn targets() -> [(Target<AccountId>, RuntimeOrigin, Actor, Subject); 3] {
	[
		(Target::Network, root(), Actor::Governance, Subject::Network),
		(Target::Validator(ALICE), signed(ALICE), by(ALICE), Subject::Validator(ALICE.into())),
		(
			Target::Agent(SERVICE),
			signed(SERVICE_OWNER),
			by(SERVICE_OWNER),
			Subject::Agent(SERVICE.0),
		),
	]
}

#[test]
fn bind_executor_should_change_it_when_the_operator_says_so() {
	build_and_execute(|| {
		let (bound, released) = (Logged::ExecutorBound, Logged::ExecutorReleased);
		for (target, origin, actor, subject) in targets() {
			// Another, none, and one again. The log says who left, too.
			for (executor, event, agent) in [
				(Some(OTHER_EXECUTOR), bound, OTHER_EXECUTOR),
				(None, released, OTHER_EXECUTOR),
				(Some(EXECUTOR), bound, EXECUTOR),
			] {
				reset();
				assert_ok!(bind_executor(origin.clone(), target.clone(), executor));
				assert_eq!(Executors::<Test>::get(&target), executor);
				assert_eq!(
					log(),
					[written(event, actor, &[subject, Subject::Agent(agent.0)], &[])]
				);
				let target = target.clone();
				assert_eq!(events(), [Event::ExecutorBound { target, executor }]);
			}
		}
		assert_eq!((free(ALICE), free(SERVICE_OWNER)), (WEALTH - 3 * FEE, WEALTH - 3 * FEE));
	});
}

#[test]
fn bind_executor_should_fail_when_it_is_so_already() {
	build_and_execute(|| {
		for (target, origin, ..) in targets() {
			let bind = |executor| bind_executor(origin.clone(), target.clone(), executor);
			assert_noop!(bind(Some(EXECUTOR)), Error::<Test>::Unchanged);
			assert_ok!(bind(None));
			assert_noop!(bind(None), Error::<Test>::Unchanged);
		}
	});
}

#[test]
fn bind_executor_should_fail_when_it_cant_be_written_down_or_paid() {
	build_and_execute(|| {
		let bind = |executor| bind_executor(signed(ALICE), Target::Validator(ALICE), executor);
		LogIsFull::set(&true);
		assert_noop!(bind(None), LOG_FULL);
		assert_noop!(bind(Some(OTHER_EXECUTOR)), LOG_FULL);
		LogIsFull::set(&false);
		keep_free(ALICE, FEE + ED - 1);
		assert_noop!(bind(None), TokenError::NotExpendable);
	});
}

#[test]
fn operators_calls_should_fail_when_somebody_else_makes_them() {
	build_and_execute(|| {
		let (of_alice, of_agent) = (Target::Validator(ALICE), Target::Agent(SERVICE));
		for (who, target) in [
			(BOB, &of_alice),
			(STRANGER, &of_alice),
			// The executor, its owner and the agent's wallet are not the operator.
			(HAND, &of_alice),
			(extra(20), &of_agent),
			(ALICE, &of_agent),
		] {
			let origin = || signed(who.clone());
			for executor in [Some(EXECUTOR), None] {
				let bound = || bind_executor(origin(), target.clone(), executor);
				assert_noop!(bound(), Error::<Test>::NotOperator);
			}
			for is_on in [true, false] {
				let braked = || Actions::set_brake(origin(), target.clone(), is_on);
				assert_noop!(braked(), Error::<Test>::NotOperator);
			}
		}
	});
}

#[test]
fn operators_calls_should_fail_when_the_origin_is_not_the_targets() {
	build_and_execute(|| {
		let bad = DispatchError::BadOrigin;
		for (target, origin) in [
			(Target::Network, signed(ALICE)),
			(Target::Network, RuntimeOrigin::none()),
			(Target::Validator(ALICE), root()),
			(Target::Agent(SERVICE), root()),
			(Target::Validator(ALICE), Origin::Verified(RESTART).into()),
			(Target::Network, Origin::Verified(RESTART).into()),
		] {
			assert_noop!(bind_executor(origin.clone(), target.clone(), None), bad);
			assert_noop!(Actions::set_brake(origin, target, true), bad);
		}
	});
}

#[test]
fn bind_executor_should_fail_when_the_agent_carries_nothing_out() {
	build_and_execute(|| {
		let bound = |agent| bind_executor(signed(ALICE), Target::Validator(ALICE), Some(agent));
		for agent in [NOBODY, ADVISOR, SERVICE] {
			assert_noop!(bound(agent), Error::<Test>::NotAnExecutor);
		}
		for status in [
			AgentStatus::Registered,
			AgentStatus::Inactive,
			AgentStatus::Suspended,
			AgentStatus::Deregistering { bond_until: 9 },
		] {
			alter_agent(OTHER_EXECUTOR, |agent| agent.status = status);
			assert_noop!(bound(OTHER_EXECUTOR), Error::<Test>::NotAnExecutor);
		}
	});
}

#[test]
fn operators_calls_should_fail_when_the_target_is_not_there() {
	build_and_execute(|| {
		let target = || Target::Validator(STRANGER);
		let bound = || bind_executor(signed(STRANGER), target(), Some(EXECUTOR));
		assert_noop!(bound(), Error::<Test>::TargetNotFound);
		let braked = || Actions::set_brake(signed(STRANGER), target(), true);
		assert_noop!(braked(), Error::<Test>::TargetNotFound);
	});
}

#[test]
fn operators_calls_should_undo_when_the_target_left() {
	build_and_execute(|| {
		let target = || Target::Validator(ALICE);
		assert_ok!(Actions::set_brake(signed(ALICE), target(), true));
		set_stake(ALICE, 0);
		assert_ok!(Actions::set_brake(signed(ALICE), target(), false));
		assert_ok!(bind_executor(signed(ALICE), target(), None));
		assert!(!Brakes::<Test>::contains_key(target()));
		assert_eq!(Executors::<Test>::get(target()), None);
	});
}

#[test]
fn operators_calls_should_clear_by_anybody_when_the_agent_left() {
	build_and_execute(|| {
		let target = || Target::Agent(SERVICE);
		assert_ok!(Actions::set_brake(signed(SERVICE_OWNER), target(), true));
		remove_agent(SERVICE);
		reset();

		assert_ok!(bind_executor(signed(STRANGER), target(), None));
		assert_ok!(Actions::set_brake(signed(BOB), target(), false));

		assert_eq!(Executors::<Test>::get(target()), None);
		assert!(!Brakes::<Test>::contains_key(target()));
		let (of_service, of_executor) = (Subject::Agent(SERVICE.0), Subject::Agent(EXECUTOR.0));
		let records = [
			written(Logged::ExecutorReleased, by(STRANGER), &[of_service, of_executor], &[]),
			written(Logged::BrakeOff, by(BOB), &[of_service], &[]),
		];
		assert_eq!(log(), records);
		let expected = [
			Event::ExecutorBound { target: target(), executor: None },
			Event::BrakeSet { target: target(), is_on: false },
		];
		assert_eq!(events(), expected);
		assert_eq!((free(STRANGER), free(BOB)), (WEALTH - FEE, WEALTH - FEE));
		// There is nothing left to clear.
		assert_noop!(bind_executor(signed(STRANGER), target(), None), Error::<Test>::Unchanged);
		let braked = || Actions::set_brake(signed(STRANGER), target(), false);
		assert_noop!(braked(), Error::<Test>::Unchanged);
	});
}

#[test]
fn operators_calls_should_set_nothing_when_the_agent_left() {
	build_and_execute(|| {
		let target = || Target::Agent(SERVICE);
		remove_agent(SERVICE);
		for who in [SERVICE_OWNER, STRANGER] {
			let bound = || bind_executor(signed(who.clone()), target(), Some(OTHER_EXECUTOR));
			assert_noop!(bound(), Error::<Test>::NotOperator);
			let braked = || Actions::set_brake(signed(who.clone()), target(), true);
			assert_noop!(braked(), Error::<Test>::NotOperator);
		}
		// Governance does not operate it either.
		assert_noop!(bind_executor(root(), target(), None), DispatchError::BadOrigin);
	});
}

#[test]
fn operators_calls_should_clear_by_the_owner_only_while_the_agent_is_leaving() {
	build_and_execute(|| {
		let target = || Target::Agent(SERVICE);
		assert_ok!(Actions::set_brake(signed(SERVICE_OWNER), target(), true));
		alter_agent(SERVICE, |agent| agent.status = AgentStatus::Deregistering { bond_until: 9 });
		let bound = |who| bind_executor(signed(who), target(), None);
		let braked = |who| Actions::set_brake(signed(who), target(), false);
		assert_noop!(bound(STRANGER), Error::<Test>::NotOperator);
		assert_noop!(braked(STRANGER), Error::<Test>::NotOperator);
		assert_ok!(bound(SERVICE_OWNER));
		assert_ok!(braked(SERVICE_OWNER));
	});
}

#[test]
fn bind_executor_should_let_the_new_one_claim_what_waits() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		bind(ALICE, OTHER_EXECUTOR);
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotBound);
		assert_ok!(try_claim(OTHER_HAND, id));
	});
}

#[test]
fn bind_executor_should_follow_the_agent_when_it_has_a_new_owner() {
	build_and_execute(|| {
		let target = || Target::Agent(SERVICE);
		alter_agent(SERVICE, |agent| agent.owner = STRANGER);
		let bound = || bind_executor(signed(SERVICE_OWNER), target(), None);
		assert_noop!(bound(), Error::<Test>::NotOperator);
		assert_ok!(bind_executor(signed(STRANGER), target(), None));
	});
}

#[test]
fn set_brake_should_turn_it_when_that_is_a_change() {
	build_and_execute(|| {
		for (target, origin, actor, subject) in targets() {
			for (is_on, event) in [(true, Logged::BrakeOn), (false, Logged::BrakeOff)] {
				reset();
				assert_ok!(Actions::set_brake(origin.clone(), target.clone(), is_on));
				assert_eq!(Brakes::<Test>::contains_key(&target), is_on);
				assert_eq!(log(), [written(event, actor, &[subject], &[])]);
				let target = target.clone();
				assert_eq!(events(), [Event::BrakeSet { target, is_on }]);
			}
		}
		assert_eq!((free(ALICE), free(TREASURY)), (WEALTH - 2 * FEE, ED + 4 * FEE));
		assert_eq!(Brakes::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn set_brake_should_fail_when_it_is_so_already() {
	build_and_execute(|| {
		for (target, origin, ..) in targets() {
			let set = |is_on| Actions::set_brake(origin.clone(), target.clone(), is_on);
			assert_noop!(set(false), Error::<Test>::Unchanged);
			assert_ok!(set(true));
			assert_noop!(set(true), Error::<Test>::Unchanged);
		}
	});
}

#[test]
fn set_brake_should_stop_the_target_of_its_operator_only() {
	build_and_execute(|| {
		let ids = [verified(restart(ALICE)), verified(restart(BOB)), verified(tune())];
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), true));
		assert_noop!(try_claim(HAND, ids[0]), Error::<Test>::BrakeOn);
		claim(ids[1]);
		claim(ids[2]);
		// That of the network is of the network as a target, not of all that is in it.
		assert_ok!(Actions::set_brake(root(), Target::Network, true));
		assert_noop!(try_recommend(SAGE, set_level(1, 0)), Error::<Test>::BrakeOn);
		assert_ok!(try_recommend(SAGE, restart(CAROL)));
	});
}

#[test]
fn set_brake_should_leave_approvals_and_what_runs_alone() {
	build_and_execute(|| {
		let (waits, runs) = (recommend(restart(ALICE)), running(reconfigure(ALICE)));
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), true));
		approve(waits);
		report(runs, Verdict::Failed);
		assert_noop!(try_claim(HAND, waits), Error::<Test>::BrakeOn);
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), false));
		claim(waits);
	});
}

#[test]
fn set_brake_should_fail_when_it_cant_be_written_down_or_paid() {
	build_and_execute(|| {
		let braked = |is_on| Actions::set_brake(signed(ALICE), Target::Validator(ALICE), is_on);
		LogIsFull::set(&true);
		assert_noop!(braked(true), LOG_FULL);
		LogIsFull::set(&false);
		keep_free(ALICE, FEE + ED - 1);
		assert_noop!(braked(true), TokenError::NotExpendable);
	});
}

#[test]
fn bind_executor_should_take_agents_of_the_same_owner() {
	build_and_execute(|| {
		let own = AgentId(7);
		put_agent(own, AgentKind::Executor, ALICE, extra(1));
		bind(ALICE, own);
		let id = verified(restart(ALICE));
		assert_ok!(try_claim(extra(1), id));
	});
}
