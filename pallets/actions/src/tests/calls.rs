//! Tests of actions that are calls: recommending them, and `perform`.

use crate::{
	mock::{machine, Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged};
use aitbc_core::{ActionId, KindId, RiskClass, Target};
use frame_support::{
	assert_noop, assert_ok,
	dispatch::{DispatchResult, GetDispatchInfo},
	weights::Weight,
};
use sp_runtime::{DispatchError, TokenError};

fn perform(who: AccountId, id: ActionId, call: RuntimeCall) -> DispatchResult {
	Actions::perform(signed(who), id, Box::new(call))
}

/// A kind of calls of the machine.
const OTHER: KindId = KindId(20);

/// Lists a kind whose action is the call of this index.
fn list_call(pallet: u8, call: u8) {
	let kind = Kind {
		performer: Performer::Chain { pallet, call },
		targets: Targets::Network,
		..plain("other-call")
	};
	assert_ok!(Actions::set_kind(root(), OTHER, kind));
}

/// Recommends a call as [`OTHER`].
fn other_call(call: impl Into<RuntimeCall>) -> Recommended {
	recommendation(OTHER, Target::Network, Proposal::Call(Box::new(call.into())))
}

#[test]
fn recommend_should_try_the_call_and_undo_it_when_it_works() {
	build_and_execute(|| {
		let recommended = set_level(7, 3);
		assert_ok!(try_recommend(SAGE, recommended.clone()));
		assert_eq!(stored(FIRST), action_of(SAGE, &recommended));
		assert_eq!(machine_level(), (0, None));
		assert_eq!(stored(FIRST).terms.class, RiskClass::High);
	});
}

#[test]
fn recommend_should_fail_when_the_call_would() {
	build_and_execute(|| {
		assert_noop!(try_recommend(SAGE, set_level(101, 3)), Error::<Test>::CallWouldFail);
		list_call(3, 1);
		let broken = other_call(machine::Call::break_down {});
		assert_noop!(try_recommend(SAGE, broken), Error::<Test>::CallWouldFail);
		assert_eq!(machine_level(), (0, None));
	});
}

#[test]
fn recommend_should_fail_when_what_reverses_it_would() {
	build_and_execute(|| {
		assert_noop!(try_recommend(SAGE, set_level(7, 101)), Error::<Test>::CallWouldFail);
		assert_eq!(machine_level(), (0, None));
	});
}

#[test]
fn recommend_should_fail_when_it_is_another_call_than_the_kinds() {
	build_and_execute(|| {
		let as_ = |call: RuntimeCall| Proposal::Call(Box::new(call));
		let remark = || RuntimeCall::from(frame_system::Call::remark { remark: vec![] });
		let ponder = || RuntimeCall::from(machine::Call::ponder { thoughts: vec![] });
		for wrong in [
			Recommendation { proposal: as_(remark()), ..set_level(7, 3) },
			Recommendation { proposal: as_(ponder()), ..set_level(7, 3) },
			Recommendation { rollback: Some(as_(ponder())), ..set_level(7, 3) },
		] {
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::CallNotAllowed);
		}
	});
}

#[test]
fn recommend_should_fail_when_the_call_cant_be_an_action_whatever_the_catalogue_says() {
	build_and_execute(|| {
		list_call(3, 3);
		let melting = other_call(machine::Call::melt {});
		assert_noop!(try_recommend(SAGE, melting), Error::<Test>::CallNotAllowed);
		list_call(0, 0);
		let remark = other_call(frame_system::Call::remark { remark: vec![] });
		assert_noop!(try_recommend(SAGE, remark), Error::<Test>::CallNotAllowed);
		list_call(2, 5);
		let unkill = other_call(Call::set_kill_switch { is_on: false });
		assert_noop!(try_recommend(SAGE, unkill), Error::<Test>::CallNotAllowed);
		assert_eq!(machine_level(), (0, None));
	});
}

#[test]
fn recommend_should_fail_when_the_call_is_too_long() {
	build_and_execute(|| {
		list_call(3, 2);
		// Two indices, and two bytes that say how long the thoughts are.
		let most = aitbc_core::action::MAX_CALL as usize - 4;
		let ponder = |length| other_call(machine::Call::ponder { thoughts: vec![0; length] });
		assert_noop!(try_recommend(SAGE, ponder(most + 1)), Error::<Test>::CallTooLong);
		assert_ok!(try_recommend(SAGE, ponder(most)));
	});
}

#[test]
fn recommend_should_weigh_the_calls_that_it_tries() {
	let weight = |recommendation: Recommended| {
		let call = Call::<Test>::recommend { recommendation: Box::new(recommendation) };
		call.get_dispatch_info().call_weight
	};
	new_test_ext().execute_with(|| {
		let own = <Test as Config>::WeightInfo::recommend() + GROWTH_WEIGHT * 3;
		assert_eq!(weight(restart(ALICE)), own);
		assert_eq!(weight(alert(ALICE)), own);
		assert_eq!(weight(set_level(1, 0)), own + LEVEL_WEIGHT + LEVEL_WEIGHT);
		let without = Recommendation { rollback: None, ..set_level(1, 0) };
		assert_eq!(weight(without), own + LEVEL_WEIGHT);
		let call = Box::new(set_level_call(1));
		let performed = Call::<Test>::perform { action: FIRST, call };
		let own = <Test as Config>::WeightInfo::perform() + GROWTH_WEIGHT * 7;
		let expected: Weight = own + LEVEL_WEIGHT;
		assert_eq!(performed.get_dispatch_info().call_weight, expected);
	});
}

#[test]
fn perform_should_dispatch_the_call_when_all_agree() {
	build_and_execute(|| {
		list_call(3, 0);
		let id = verified(other_call(set_level_call(7)));
		let before = stored(id);
		reset();

		assert_ok!(perform(STRANGER, id, set_level_call(7)));

		assert_eq!(machine_level(), (7, Some(OTHER)));
		let source = source_of(SAGE, 0);
		let state = ended(Outcome::Unjudged);
		assert_eq!(stored(id), Action { source, state, ..before });
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		assert_eq!(ValidatorsUnderAction::<Test>::get(), 0);
		assert_eq!(RunningCount::<Test>::iter_keys().count(), 0);
		assert_eq!(Starts::<Test>::get(OTHER).into_inner(), [START]);
		assert_eq!(Cooldowns::<Test>::get(OTHER, Target::Network), Some(START + 5));
		assert_eq!(free(STRANGER), WEALTH - FEE);
		let records = [
			written_of(Logged::ActionSucceeded, by(STRANGER), id, &[]),
			written_of(Logged::ActionUnjudged, Actor::Chain, id, &[]),
		];
		assert_eq!(log(), records);
		let performed = Event::ActionPerformed { action: id, result: Ok(()) };
		assert_eq!(events(), [performed, told_return(id, Outcome::Unjudged)]);
		let expected = TrackRecord { unjudged: 1, ..Default::default() };
		assert_eq!(record_of(OTHER), Some(expected));
	});
}

#[test]
fn perform_should_say_that_it_is_verified_when_an_approver_came_back() {
	build_and_execute(|| {
		let id = recommend(set_level(7, 3));
		assert_ok!(try_approve(ANN, id));
		assert_ok!(Actions::set_approvers(root(), accounts([BEN])));
		assert_ok!(try_approve(BEN, id));
		assert_eq!(stored(id).state, State::Proposed);
		assert_ok!(Actions::set_approvers(root(), accounts([ANN, BEN])));
		reset();

		assert_ok!(perform(STRANGER, id, set_level_call(7)));

		let records = [
			written_of(Logged::ActionVerified, by(STRANGER), id, &[hash_of(id)]),
			written_of(Logged::ActionSucceeded, by(STRANGER), id, &[]),
		];
		assert_eq!(log(), records);
		let performed = Event::ActionPerformed { action: id, result: Ok(()) };
		assert_eq!(events(), [Event::ActionVerified { action: id }, performed]);
		assert_eq!(free(STRANGER), WEALTH - 2 * FEE);
	});
}

#[test]
fn perform_should_end_the_action_and_undo_the_call_when_it_fails() {
	build_and_execute(|| {
		let id = verified(set_level(7, 3));
		MostLevel::set(&6);
		reset();

		assert_ok!(perform(STRANGER, id, set_level_call(7)));

		assert_eq!(machine_level(), (0, None));
		assert_eq!(stored(id).state, ended(Outcome::Failed));
		assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		assert_eq!(log(), [written_of(Logged::ActionFailed, by(STRANGER), id, &[])]);
		let result = Err(machine::Error::<Test>::TooHigh.into());
		let performed = Event::ActionPerformed { action: id, result };
		assert_eq!(events(), [performed, told_return(id, Outcome::Failed)]);
		let high = breaker(Scope::Class(RiskClass::High));
		assert_eq!((high.failures, breaker(Scope::All).failures), (1, 1));
		let expected = TrackRecord { failed: 1, ..Default::default() };
		assert_eq!(record_of(SET_LEVEL), Some(expected));
	});
}

#[test]
fn perform_should_let_the_series_be_watched_when_one_is_named() {
	build_and_execute(|| {
		see(7);
		let id = verified(set_level(7, 3));
		reset();
		assert_ok!(perform(STRANGER, id, set_level_call(7)));
		let baseline = Baseline { series: aitbc_telemetry::Series::FinalityLag, reading: seen() };
		let state = State::Watching { until: START + 8, baseline, window: WINDOW + 1 };
		assert_eq!(stored(id).state, state);
		assert_eq!(logged(), [Logged::ActionSucceeded]);
		assert_eq!(UnderAction::<Test>::get(Target::Network), Some(id));
		assert_eq!(held(SAGE), DEPOSIT);
		assert_noop!(try_recommend(SAGE, set_level(7, 3)), Error::<Test>::TargetBusy);
	});
}

#[test]
fn perform_should_reverse_the_call_when_it_made_things_worse() {
	build_and_execute(|| {
		see(50);
		let id = verified(set_level(7, 3));
		assert_ok!(perform(STRANGER, id, set_level_call(7)));
		see(80);
		pass_blocks(8);
		assert_eq!(outcome(id), Outcome::Worse);
		assert!(matches!(position(Scope::Class(RiskClass::High)), Position::Open { .. }));
		assert_eq!(
			(stored(SECOND).order.kind, stored(SECOND).state),
			(RESET_LEVEL, State::Verified)
		);
		let other = || perform(STRANGER, SECOND, set_level_call(7));
		assert_noop!(other(), Error::<Test>::CallNotAllowed);
		assert_ok!(perform(BOB, SECOND, set_level_call(3)));
		assert_eq!(machine_level(), (3, Some(RESET_LEVEL)));
	});
}

#[test]
fn perform_should_fail_when_it_is_another_call_than_the_one_that_was_approved() {
	build_and_execute(|| {
		let id = verified(set_level(7, 3));
		for call in [
			set_level_call(8),
			// What reverses it is another.
			set_level_call(3),
			machine::Call::break_down {}.into(),
			frame_system::Call::remark { remark: vec![] }.into(),
		] {
			assert_noop!(perform(STRANGER, id, call), Error::<Test>::CallNotAllowed);
		}
	});
}

#[test]
fn perform_should_fail_when_the_runtime_does_not_allow_the_call_any_more() {
	build_and_execute(|| {
		let id = verified(set_level(7, 3));
		LevelIsOperable::set(&false);
		let performed = || perform(STRANGER, id, set_level_call(7));
		assert_noop!(performed(), Error::<Test>::CallNotAllowed);
	});
}

#[test]
fn perform_should_fail_when_an_executor_has_to_do_it() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		let performed = || perform(HAND, id, set_level_call(7));
		assert_noop!(performed(), Error::<Test>::WrongProposal);
	});
}

#[test]
fn claim_should_fail_when_the_chain_has_to_do_it() {
	build_and_execute(|| {
		let id = verified(set_level(7, 3));
		assert_noop!(try_claim(HAND, id), Error::<Test>::WrongProposal);
	});
}

#[test]
fn perform_should_fail_when_the_action_is_not_there_or_waits_for_nothing() {
	build_and_execute(|| {
		list_call(3, 0);
		let performed = |id| perform(STRANGER, id, set_level_call(7));
		assert_noop!(performed(ActionId(99)), Error::<Test>::ActionNotFound);
		let id = verified(other_call(set_level_call(7)));
		assert_ok!(performed(id));
		assert_noop!(performed(id), Error::<Test>::NotWaiting);
		let id = verified(set_level(7, 3));
		assert_ok!(performed(id));
		assert_noop!(performed(id), Error::<Test>::NotWaiting);
	});
}

#[test]
fn perform_should_fail_when_a_guardrail_holds_it_back() {
	build_and_execute(|| {
		let id = recommend(set_level(7, 3));
		let performed = || perform(STRANGER, id, set_level_call(7));
		assert_noop!(performed(), Error::<Test>::NotVerified);
		approve(id);
		assert_ok!(Actions::set_kill_switch(root(), true));
		assert_noop!(performed(), Error::<Test>::KillSwitchOn);
		assert_ok!(Actions::set_kill_switch(root(), false));
		assert_ok!(Actions::set_brake(root(), Target::Network, true));
		assert_noop!(performed(), Error::<Test>::BrakeOn);
		assert_ok!(Actions::set_brake(root(), Target::Network, false));
		let scope = Scope::Class(RiskClass::High);
		set_position(scope, OPEN);
		assert_noop!(performed(), Error::<Test>::BreakerOpen);
		set_position(scope, Position::Closed);
		Cooldowns::<Test>::insert(SET_LEVEL, Target::Network, 1_000);
		assert_noop!(performed(), Error::<Test>::CoolingDown);
		Cooldowns::<Test>::remove(SET_LEVEL, Target::Network);
		skip_blocks(21);
		assert_noop!(performed(), Error::<Test>::Expired);
	});
}

#[test]
fn perform_should_change_nothing_when_it_cant_be_written_down_or_paid() {
	build_and_execute(|| {
		let id = verified(set_level(7, 3));
		let performed = || perform(STRANGER, id, set_level_call(7));
		LogIsFull::set(&true);
		assert_noop!(performed(), LOG_FULL);
		LogIsFull::set(&false);
		keep_free(STRANGER, FEE + ED - 1);
		assert_noop!(performed(), TokenError::NotExpendable);
		assert_eq!(machine_level(), (0, None));
	});
}

#[test]
fn calls_of_actions_should_fail_when_nobody_verified_them() {
	build_and_execute(|| {
		for origin in [root(), signed(ANN), RuntimeOrigin::none()] {
			let set = mock_set_level(origin);
			assert_eq!(set, Err(DispatchError::BadOrigin));
		}
		assert_ok!(mock_set_level(Origin::Verified(SET_LEVEL).into()));
	});
}

fn mock_set_level(origin: RuntimeOrigin) -> DispatchResult {
	machine::Pallet::<Test>::set_level(origin, 5)
}

#[test]
fn kinds_of_calls_should_be_dispatched_with_an_origin_of_their_own() {
	build_and_execute(|| {
		list_call(3, 0);
		let id = verified(other_call(set_level_call(9)));
		assert_ok!(perform(STRANGER, id, set_level_call(9)));
		assert_eq!(machine_level(), (9, Some(OTHER)));
	});
}
