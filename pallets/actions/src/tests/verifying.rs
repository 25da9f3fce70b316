//! Tests of `approve`, `force_approve`, `veto` and `declare_spam`.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged};
use aitbc_core::ActionId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchResult, TokenError};

fn veto(who: AccountId, id: ActionId) -> DispatchResult {
	Actions::veto(signed(who), id, REASON)
}

fn declare_spam(who: AccountId, id: ActionId) -> DispatchResult {
	Actions::declare_spam(signed(who), id)
}

fn force_approve(id: ActionId) -> DispatchResult {
	Actions::force_approve(root(), id, hash_of(id))
}

/// No action has this id.
const NO_ACTION: ActionId = ActionId(99);

#[test]
fn approve_should_count_when_more_are_needed() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		let before = stored(id);
		reset();

		assert_ok!(try_approve(ANN, id));

		let after = Action { approvals: accounts([ANN]), ..before };
		assert_eq!(stored(id), after);
		assert_eq!(log(), [written_of(Logged::ActionApproved, by(ANN), id, &[hash_of(id)])]);
		assert_eq!(events(), [Event::ActionApproved { action: id, who: Some(ANN) }]);
		assert_eq!((held(ANN), free(ANN)), (0, WEALTH - FEE));
		assert_eq!(held(SAGE), DEPOSIT);
	});
}

#[test]
fn approve_should_verify_when_it_is_the_last_one_needed() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(try_approve(ANN, id));
		let (before, agenda_before) = (stored(id), agenda());
		reset();

		assert_ok!(try_approve(BEN, id));

		let approvals = accounts([ANN, BEN]);
		assert_eq!(stored(id), Action { approvals, state: State::Verified, ..before });
		assert_eq!(agenda(), agenda_before);
		let records = [Logged::ActionApproved, Logged::ActionVerified]
			.map(|event| written_of(event, by(BEN), id, &[hash_of(id)]));
		assert_eq!(log(), records);
		let approved = Event::ActionApproved { action: id, who: Some(BEN) };
		assert_eq!(events(), [approved, Event::ActionVerified { action: id }]);
		assert_eq!(free(BEN), WEALTH - 2 * FEE);
	});
}

#[test]
fn approve_should_count_on_when_the_action_is_verified() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		reset();
		assert_ok!(try_approve(CLEO, id));
		assert_eq!(stored(id).approvals, accounts([ANN, BEN, CLEO]));
		assert_eq!(logged(), [Logged::ActionApproved]);
		assert_eq!(events(), [Event::ActionApproved { action: id, who: Some(CLEO) }]);
	});
}

#[test]
fn approve_should_take_the_operator_when_the_kind_asks_it() {
	build_and_execute(|| {
		let id = recommend(tune());
		// An approver's is heard, and is not the operator's.
		assert_ok!(try_approve(ANN, id));
		assert_eq!(stored(id).state, State::Proposed);
		assert_ok!(try_approve(SERVICE_OWNER, id));
		assert_eq!(stored(id).state, State::Verified);
		assert_eq!(stored(id).approvals, accounts([ANN, SERVICE_OWNER]));
	});
}

#[test]
fn approve_should_fail_when_the_operator_is_not_asked() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_noop!(try_approve(ALICE, id), Error::<Test>::NotApprover);
	});
}

#[test]
fn approve_should_fail_when_the_caller_recommended_it() {
	build_and_execute(|| {
		assert_ok!(Actions::set_approvers(root(), accounts([ANN, BEN, ALICE])));
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		assert_noop!(try_approve(ALICE, FIRST), Error::<Test>::OwnRecommendation);
		// It is one of those who may when another recommended it, for its own target too.
		let id = recommend(restart(ALICE));
		assert_ok!(try_approve(ALICE, id));
		assert_eq!(stored(id).approvals, accounts([ALICE]));
	});
}

#[test]
fn approve_should_fail_when_the_callers_agent_recommended_it() {
	build_and_execute(|| {
		let approvers = accounts([ANN, SAGE_OWNER, SAGE, SERVICE_OWNER]);
		assert_ok!(Actions::set_approvers(root(), approvers));
		let id = recommend(restart(ALICE));
		// Neither its owner nor its wallet may.
		for who in [SAGE_OWNER, SAGE] {
			assert_noop!(try_approve(who, id), Error::<Test>::OwnRecommendation);
		}
		// Who owns another agent may.
		assert_ok!(try_approve(SERVICE_OWNER, id));
		// It is their idea whoever has the agent and its wallet since, and even when it left.
		let changes: [fn(); 3] = [
			|| alter_agent(ADVISOR, |agent| agent.owner = ANN),
			|| alter_agent(ADVISOR, |agent| agent.wallet = Some(extra(1))),
			|| remove_agent(ADVISOR),
		];
		for change in changes {
			change();
			for who in [SAGE_OWNER, SAGE] {
				assert_noop!(try_approve(who, id), Error::<Test>::OwnRecommendation);
			}
		}
		assert_ok!(try_approve(ANN, id));
		assert_eq!(stored(id).state, State::Verified);
	});
}

#[test]
fn approve_should_take_approvers_with_agents_when_the_chain_had_the_idea() {
	build_and_execute(|| {
		let parameters = restart_parameters().try_into().expect("there are few");
		let series = aitbc_telemetry::Series::Cpu;
		let reflex = Some(Reflex { kind: RESTART, parameters });
		assert_ok!(Actions::set_reflex(root(), series, reflex));
		assert_ok!(Actions::set_approvers(root(), accounts([SAGE_OWNER, ALICE])));
		notice(0, ALICE, series);
		// Who reports it has no idea.
		for who in [SAGE_OWNER, ALICE] {
			assert_ok!(try_approve(who, FIRST));
		}
		assert_eq!(stored(FIRST).state, State::Verified);
	});
}

#[test]
fn approve_should_take_the_operators_own_recommendation_when_the_kind_asks_it() {
	build_and_execute(|| {
		assert_ok!(try_recommend(SERVICE_OWNER, tune()));
		assert_ok!(try_approve(SERVICE_OWNER, FIRST));
		assert_eq!(stored(FIRST).state, State::Verified);
		// That of its agent, too; and that it is an approver changes nothing.
		alter_agent(ADVISOR, |agent| agent.owner = SERVICE_OWNER);
		assert_ok!(Actions::set_approvers(root(), accounts([SERVICE_OWNER])));
		let id = recommend(tune());
		assert_ok!(try_approve(SERVICE_OWNER, id));
		assert_eq!(stored(id).state, State::Verified);
		claim(id);
	});
}

#[test]
fn approve_should_fail_when_the_caller_is_not_one_of_those_who_may() {
	build_and_execute(|| {
		let (id, of_agent) = (recommend(restart(ALICE)), recommend(tune()));
		for who in [STRANGER, SAGE, HAND, BOB, TREASURY] {
			assert_noop!(try_approve(who.clone(), id), Error::<Test>::NotApprover);
			assert_noop!(try_approve(who, of_agent), Error::<Test>::NotApprover);
		}
	});
}

#[test]
fn approve_should_fail_when_there_is_no_such_action() {
	build_and_execute(|| {
		assert_noop!(
			Actions::approve(signed(ANN), NO_ACTION, [0; 32]),
			Error::<Test>::ActionNotFound
		);
		assert_noop!(
			Actions::force_approve(root(), NO_ACTION, [0; 32]),
			Error::<Test>::ActionNotFound
		);
		assert_noop!(veto(ANN, NO_ACTION), Error::<Test>::ActionNotFound);
		assert_noop!(declare_spam(ANN, NO_ACTION), Error::<Test>::ActionNotFound);
	});
}

#[test]
fn approvals_and_vetoes_should_fail_when_the_action_waits_for_nothing() {
	build_and_execute(|| {
		let ids = [
			recommend(alert(CAROL)),
			done(tune()),
			running(restart(ALICE)),
			done(watched_by_lag(restart(BOB))),
		];
		for id in ids {
			assert_noop!(try_approve(CLEO, id), Error::<Test>::NotWaiting);
			assert_noop!(force_approve(id), Error::<Test>::NotWaiting);
			assert_noop!(veto(CLEO, id), Error::<Test>::NotWaiting);
			assert_noop!(Actions::veto(root(), id, REASON), Error::<Test>::NotWaiting);
			assert_noop!(declare_spam(CLEO, id), Error::<Test>::NotWaiting);
		}
	});
}

#[test]
fn approve_should_fail_when_the_kill_switch_is_on() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(Actions::set_kill_switch(root(), true));
		assert_noop!(try_approve(ANN, id), Error::<Test>::KillSwitchOn);
		assert_noop!(force_approve(id), Error::<Test>::KillSwitchOn);
		// To stop something works all the same.
		assert_ok!(declare_spam(ANN, id));
		assert_ok!(veto(ANN, id));
	});
}

#[test]
fn approve_should_fail_when_the_kind_changed_or_left() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		alter_kind(RESTART, |_| {});
		assert_noop!(try_approve(ANN, id), Error::<Test>::KindChanged);
		assert_noop!(force_approve(id), Error::<Test>::KindChanged);
		assert_ok!(Actions::remove_kind(root(), RESTART));
		assert_noop!(try_approve(ANN, id), Error::<Test>::KindNotFound);
		assert_noop!(force_approve(id), Error::<Test>::KindNotFound);
	});
}

#[test]
fn approve_should_fail_when_a_simulation_is_missing() {
	build_and_execute(|| {
		let id = recommend(replace(ALICE));
		assert_noop!(try_approve(ANN, id), Error::<Test>::NotSimulated);
		assert_noop!(force_approve(id), Error::<Test>::NotSimulated);
	});
}

#[test]
fn approve_should_fail_when_it_cant_be_written_down_or_paid() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(try_approve(ANN, id));
		LogIsFull::set(&true);
		assert_noop!(try_approve(BEN, id), LOG_FULL);
		assert_noop!(force_approve(id), LOG_FULL);
		assert_noop!(veto(BEN, id), LOG_FULL);
		assert_noop!(declare_spam(BEN, id), LOG_FULL);
		LogIsFull::set(&false);
		// The last approval has two records, and either all of it happens or nothing.
		keep_free(BEN, 2 * FEE + ED - 1);
		assert_noop!(try_approve(BEN, id), TokenError::NotExpendable);
	});
}

#[test]
fn approve_should_make_room_when_approvers_came_and_went() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		alter_action(id, |action| {
			let former = (1..=16).map(extra).collect::<Vec<_>>();
			action.approvals = former.try_into().expect("as many as fit");
		});
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_ok!(try_approve(ANN, id));
		assert_eq!(stored(id).approvals, accounts([ANN]));
		assert_ok!(try_approve(BEN, id));
		assert_eq!(stored(id).state, State::Verified);
	});
}

#[test]
fn approve_should_take_as_many_approvers_as_there_can_be() {
	build_and_execute(|| {
		alter_kind(RESTART, |kind| kind.verification = Verification::Approvers(MAX_APPROVERS));
		let all: Vec<_> = (1..=16).map(extra).collect();
		let set = AccountSet::try_from(all.clone()).expect("as many as fit");
		assert_ok!(Actions::set_approvers(root(), set.clone()));
		let id = recommend(restart(ALICE));
		for who in all {
			assert_eq!(stored(id).state, State::Proposed);
			assert_ok!(try_approve(who, id));
		}
		assert_eq!((stored(id).state, stored(id).approvals), (State::Verified, set));
	});
}

#[test]
fn approve_should_have_room_for_the_operator_when_all_approvers_approved() {
	build_and_execute(|| {
		let all: Vec<_> = (1..=16).map(extra).collect();
		let set = AccountSet::try_from(all.clone()).expect("as many as fit");
		assert_ok!(Actions::set_approvers(root(), set));
		let id = recommend(tune());
		for who in all {
			assert_ok!(try_approve(who, id));
		}
		assert_ok!(try_approve(SERVICE_OWNER, id));
		assert_eq!(stored(id).state, State::Verified);
	});
}

#[test]
fn approve_should_keep_the_operators_approval_when_it_makes_room() {
	build_and_execute(|| {
		let id = recommend(tune());
		assert_ok!(try_approve(SERVICE_OWNER, id));
		for number in 1..=15 {
			assert_ok!(Actions::set_approvers(root(), accounts([extra(number)])));
			assert_ok!(try_approve(extra(number), id));
		}
		assert_ok!(Actions::set_approvers(root(), accounts([ANN])));
		assert_ok!(try_approve(ANN, id));
		assert_eq!(stored(id).approvals, accounts([SERVICE_OWNER, ANN]));
		claim(id);
	});
}

#[test]
fn force_approve_should_verify_when_governance_says_so() {
	build_and_execute(|| {
		for recommended in [restart(ALICE), tune(), set_level(1, 0)] {
			let id = recommend(recommended);
			let before = stored(id);
			reset();

			assert_ok!(force_approve(id));

			assert_eq!(stored(id), Action { is_forced: true, state: State::Verified, ..before });
			let records = [Logged::ActionApproved, Logged::ActionVerified]
				.map(|event| written_of(event, Actor::Governance, id, &[hash_of(id)]));
			assert_eq!(log(), records);
			let approved = Event::ActionApproved { action: id, who: None };
			assert_eq!(events(), [approved, Event::ActionVerified { action: id }]);
		}
	});
}

#[test]
fn force_approve_should_be_the_only_way_when_the_kind_asks_governance() {
	build_and_execute(|| {
		alter_kind(RESTART, |kind| kind.verification = Verification::Governance);
		let id = recommend(restart(ALICE));
		for who in [ANN, BEN, CLEO] {
			assert_ok!(try_approve(who, id));
		}
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotVerified);
		assert_ok!(force_approve(id));
		claim(id);
	});
}

#[test]
fn force_approve_should_fail_when_governance_did_so_before() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(force_approve(id));
		assert_noop!(force_approve(id), Error::<Test>::AlreadySaid);
		assert_ok!(try_approve(ANN, id));
	});
}

#[test]
fn force_approve_should_fail_when_the_hash_is_another_or_the_time_is_over() {
	build_and_execute(|| {
		let id = recommend(Recommendation { expires: START, ..restart(ALICE) });
		let other = hash_of(recommend(restart(BOB)));
		assert_noop!(Actions::force_approve(root(), id, other), Error::<Test>::HashMismatch);
		skip_blocks(1);
		assert_noop!(force_approve(id), Error::<Test>::Expired);
	});
}

#[test]
fn veto_should_end_the_action_and_return_the_deposit_when_it_waits() {
	build_and_execute(|| {
		// An approver, the operator, and who recommended it.
		for (who, recommended) in [
			(ANN, restart(ALICE)),
			(ALICE, restart(ALICE)),
			(SERVICE_OWNER, tune()),
			(SAGE, tune()),
		] {
			let id = recommend(recommended);
			let mut after = stored(id);
			after.source = source_of(SAGE, 0);
			after.state = ended(Outcome::Vetoed);
			let before = free(who.clone()) + held(who.clone());
			reset();

			assert_ok!(veto(who.clone(), id));

			assert_eq!(stored(id), after);
			assert_eq!((held(SAGE), OpenCount::<Test>::get(SAGE)), (0, 0));
			assert_eq!(free(who.clone()), before - FEE);
			let record = written_of(Logged::ActionVetoed, by(who.clone()), id, &[REASON.0 .0]);
			assert_eq!(log(), [record]);
			let vetoed = Event::ActionVetoed { action: id, who: Some(who), reason: REASON };
			assert_eq!(events(), [vetoed, told_return(id, Outcome::Vetoed)]);
		}
		assert_eq!(OpenCount::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn veto_should_end_the_action_when_it_is_verified() {
	build_and_execute(|| {
		let id = verified(restart(ALICE));
		assert_ok!(veto(CLEO, id));
		assert_eq!(outcome(id), Outcome::Vetoed);
		assert_noop!(try_claim(HAND, id), Error::<Test>::NotWaiting);
	});
}

#[test]
fn veto_should_be_free_when_governance_says_so() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		reset();
		assert_ok!(Actions::veto(root(), id, REASON));
		assert_eq!(outcome(id), Outcome::Vetoed);
		let record = written_of(Logged::ActionVetoed, Actor::Governance, id, &[REASON.0 .0]);
		assert_eq!(log(), [record]);
		let vetoed = Event::ActionVetoed { action: id, who: None, reason: REASON };
		assert_eq!(events(), [vetoed, told_return(id, Outcome::Vetoed)]);
		assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - FEE));
	});
}

#[test]
fn veto_should_fail_when_the_caller_has_no_say() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		for who in [STRANGER, BOB, HAND, SAGE_OWNER] {
			assert_noop!(veto(who, id), Error::<Test>::NotApprover);
		}
	});
}

#[test]
fn veto_should_work_when_the_kind_left_and_the_time_is_over() {
	build_and_execute(|| {
		let id = recommend(Recommendation { expires: START, ..restart(ALICE) });
		assert_ok!(Actions::remove_kind(root(), RESTART));
		skip_blocks(5);
		assert_ok!(veto(ANN, id));
		assert_eq!(held(SAGE), 0);
	});
}

#[test]
fn declare_spam_should_count_when_fewer_say_so_than_have_to() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		let before = stored(id);
		reset();

		assert_ok!(declare_spam(ANN, id));

		assert_eq!(stored(id), Action { spam: accounts([ANN]), ..before });
		assert_eq!(log(), [written_of(Logged::ActionSpam, by(ANN), id, &[])]);
		assert_eq!(events(), [Event::SpamDeclared { action: id, who: ANN }]);
		assert_eq!(held(SAGE), DEPOSIT);
		// It may be approved all the same.
		approve(id);
		assert_eq!(stored(id).state, State::Verified);
	});
}

#[test]
fn declare_spam_should_take_the_deposit_when_enough_say_so() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(declare_spam(ANN, id));
		let treasury = free(TREASURY);
		reset();

		assert_ok!(declare_spam(BEN, id));

		assert_eq!(outcome(id), Outcome::Spam);
		assert_eq!(stored(id).source, source_of(SAGE, 0));
		assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - DEPOSIT - FEE));
		assert_eq!(free(TREASURY), treasury + DEPOSIT + FEE);
		assert_eq!(OpenCount::<Test>::get(SAGE), 0);
		assert_eq!(log(), [written_of(Logged::ActionSpam, by(BEN), id, &[])]);
		let declared = Event::SpamDeclared { action: id, who: BEN };
		assert_eq!(events(), [declared, told_end(id, Outcome::Spam)]);
	});
}

#[test]
fn declare_spam_should_want_more_than_half_when_the_kind_asks_no_approvers() {
	build_and_execute(|| {
		// The operator, governance, nobody, and a kind that left.
		let ids = [recommend(tune()), recommend(replace(ALICE)), recommend(look(BOB))];
		let gone = recommend(restart(CAROL));
		assert_ok!(Actions::remove_kind(root(), RESTART));
		for id in ids.into_iter().chain([gone]) {
			assert_ok!(declare_spam(ANN, id));
			assert!(stored(id).state.is_waiting());
			assert_ok!(declare_spam(BEN, id));
			assert_eq!(outcome(id), Outcome::Spam);
		}
		assert_ok!(Actions::set_approvers(root(), accounts([ANN, BEN, CLEO, STRANGER])));
		let id = recommend(tune());
		assert_ok!(declare_spam(ANN, id));
		assert_ok!(declare_spam(BEN, id));
		assert!(stored(id).state.is_waiting());
		assert_ok!(declare_spam(CLEO, id));
		assert_eq!(outcome(id), Outcome::Spam);
	});
}

#[test]
fn declare_spam_should_be_enough_when_the_only_approver_says_so() {
	build_and_execute(|| {
		assert_ok!(Actions::set_approvers(root(), accounts([ANN])));
		let id = recommend(tune());
		assert_ok!(declare_spam(ANN, id));
		assert_eq!(outcome(id), Outcome::Spam);
	});
}

#[test]
fn declare_spam_should_not_count_former_approvers() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		assert_ok!(declare_spam(ANN, id));
		assert_ok!(Actions::set_approvers(root(), accounts([BEN, CLEO])));
		assert_ok!(declare_spam(BEN, id));
		assert!(stored(id).state.is_waiting());
		assert_ok!(declare_spam(CLEO, id));
		assert_eq!(outcome(id), Outcome::Spam);
	});
}

#[test]
fn declare_spam_should_fail_when_the_caller_may_not_or_did_so_before() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		for who in [STRANGER, ALICE, SAGE, HAND] {
			assert_noop!(declare_spam(who, id), Error::<Test>::NotApprover);
		}
		assert_ok!(declare_spam(ANN, id));
		assert_noop!(declare_spam(ANN, id), Error::<Test>::AlreadySaid);
	});
}

#[test]
fn declare_spam_should_end_what_is_the_chains_too() {
	build_and_execute(|| {
		let reflex = Reflex {
			kind: RESTART,
			parameters: restart_parameters().try_into().expect("there are few"),
		};
		let series = aitbc_telemetry::Series::Cpu;
		assert_ok!(Actions::set_reflex(root(), series, Some(reflex)));
		notice(0, ALICE, series);
		assert_ok!(declare_spam(ANN, FIRST));
		reset();
		assert_ok!(declare_spam(BEN, FIRST));
		assert_eq!(outcome(FIRST), Outcome::Spam);
		let declared = Event::SpamDeclared { action: FIRST, who: BEN };
		assert_eq!(events(), [declared, told_end(FIRST, Outcome::Spam)]);
	});
}
