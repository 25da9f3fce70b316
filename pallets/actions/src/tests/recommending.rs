//! Tests of `recommend`, beside the guardrails and calls.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::Event as Logged;
use aitbc_core::{ActionId, AgentId, KindId, Parameter, Target};
use aitbc_telemetry::Series;
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{Perbill, Percent, TokenError};

#[test]
fn recommend_should_hold_the_deposit_and_wait_when_somebody_has_to_agree() {
	build_and_execute(|| {
		put_report(7, BOB, Series::FinalityLag);
		let recommended = Recommendation { report: Some(7), ..watched_by_lag(restart(ALICE)) };

		assert_ok!(try_recommend(SAGE, recommended.clone()));

		let action = action_of(SAGE, &recommended);
		assert_eq!(stored(FIRST), action);
		assert_eq!(NextActionId::<Test>::get(), SECOND);
		assert_eq!(agenda(), [(recommended.expires + 1, FIRST)]);
		assert_eq!((held(SAGE), free(SAGE)), (DEPOSIT, WEALTH - DEPOSIT - FEE));
		assert_eq!(free(TREASURY), ED + FEE);
		assert_eq!(OpenCount::<Test>::get(SAGE), 1);
		let hashes = [action.order.hash(), RATIONALE.0 .0, SEEN];
		assert_eq!(log(), [written_of(Logged::ActionRecommended, by(SAGE), FIRST, &hashes)]);
		assert_eq!(events(), [told(FIRST, &action)]);
		// Nothing has begun.
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		assert_eq!(Starts::<Test>::iter_keys().count(), 0);
		assert_eq!(AllBreakers::<Test>::get(), Breakers::default());
	});
}

#[test]
fn recommend_should_verify_at_once_when_nobody_has_to_agree() {
	build_and_execute(|| {
		let recommended = look(ALICE);
		assert_ok!(try_recommend(SAGE, recommended.clone()));
		let action = action_of(SAGE, &recommended);
		assert_eq!(stored(FIRST), Action { state: State::Verified, ..action.clone() });
		let hash = action.order.hash();
		let records = [
			written_of(Logged::ActionRecommended, by(SAGE), FIRST, &[hash, RATIONALE.0 .0]),
			written_of(Logged::ActionVerified, by(SAGE), FIRST, &[hash]),
		];
		assert_eq!(log(), records);
		assert_eq!(events(), [told(FIRST, &action), Event::ActionVerified { action: FIRST }]);
		assert_eq!((held(SAGE), free(SAGE)), (DEPOSIT, WEALTH - DEPOSIT - 2 * FEE));
		assert_ok!(try_claim(HAND, FIRST));
	});
}

#[test]
fn recommend_should_wait_for_a_simulation_when_the_kind_wants_one() {
	build_and_execute(|| {
		alter_kind(LOOK, |kind| kind.needs_simulation = true);
		reset();
		recommend(look(ALICE));
		assert_eq!(
			(stored(FIRST).simulation, stored(FIRST).state),
			(Simulation::Awaited, State::Proposed)
		);
		assert_eq!(logged(), [Logged::ActionRecommended]);
		assert_noop!(try_claim(HAND, FIRST), Error::<Test>::NotSimulated);
	});
}

#[test]
fn recommend_should_end_at_once_and_hold_nothing_when_it_is_a_note() {
	build_and_execute(|| {
		let recommended = alert(ALICE);

		assert_ok!(try_recommend(SAGE, recommended.clone()));

		let source = source_of(SAGE, 0);
		let action = Action { source, ..action_of(SAGE, &recommended) };
		let over = Action { state: ended(Outcome::Noted), ..action.clone() };
		assert_eq!(stored(FIRST), over);
		assert_eq!(agenda(), [(START + KEPT, FIRST)]);
		assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - FEE));
		assert_eq!(OpenCount::<Test>::iter_keys().count(), 0);
		assert_eq!(UnderAction::<Test>::iter_keys().count(), 0);
		let hashes = [action.order.hash(), RATIONALE.0 .0];
		assert_eq!(log(), [written_of(Logged::ActionRecommended, by(SAGE), FIRST, &hashes)]);
		assert_eq!(events(), [told(FIRST, &action), told_end(FIRST, Outcome::Noted)]);
		// It counts for the limits of its kind.
		assert_eq!(Starts::<Test>::get(ALERT).into_inner(), [START]);
		let target = Target::Validator(ALICE);
		assert_eq!(Cooldowns::<Test>::get(ALERT, target), Some(START + 5));
		assert_noop!(try_recommend(SAGE, alert(ALICE)), Error::<Test>::CoolingDown);
		// No model is credited with it.
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn recommend_should_take_what_operators_recommend_for_their_own_targets() {
	build_and_execute(|| {
		assert_ok!(try_recommend(BOB, restart(BOB)));
		assert_ok!(try_recommend(SERVICE_OWNER, tune()));
		for (id, who) in [(FIRST, BOB), (SECOND, SERVICE_OWNER)] {
			let source = Source::Account { who: who.clone(), agent: None, deposit: DEPOSIT };
			assert_eq!(stored(id).source, source);
			assert_eq!((held(who.clone()), OpenCount::<Test>::get(who)), (DEPOSIT, 1));
		}
	});
}

#[test]
fn recommend_should_say_as_which_agent_when_the_wallet_is_of_one_that_is_admitted() {
	build_and_execute(|| {
		let of_agent = |id: Option<AgentId>| {
			let agent = id.map(|id| Recommender { id, owner: SAGE_OWNER });
			Source::Account { who: ALICE, agent, deposit: DEPOSIT }
		};
		// The operator's own wallet, too.
		alter_agent(ADVISOR, |agent| agent.wallet = Some(ALICE));
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		assert_ok!(try_recommend(ALICE, restart(BOB)));
		for id in [FIRST, SECOND] {
			assert_eq!(stored(id).source, of_agent(Some(ADVISOR)));
		}
		// It is the operator only while the agent may not recommend itself.
		alter_agent(ADVISOR, |agent| agent.status = AgentStatus::Suspended);
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		alter_agent(ADVISOR, |agent| agent.status = AgentStatus::Active);
		assert_ok!(Actions::set_recommender(root(), ADVISOR, false));
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		for id in [THIRD, ActionId(3)] {
			assert_eq!(stored(id).source, of_agent(None));
		}
	});
}

#[test]
fn recommend_should_fail_when_the_caller_may_not_recommend() {
	build_and_execute(|| {
		// No part in anything; an operator of another target; an executor; the admitted agent's owner.
		for who in [STRANGER, BOB, HAND, SAGE_OWNER, ANN] {
			assert_noop!(try_recommend(who, restart(ALICE)), Error::<Test>::NotRecommender);
		}
		assert_noop!(try_recommend(ALICE, set_level(1, 0)), Error::<Test>::NotRecommender);
		assert_noop!(try_recommend(ALICE, tune()), Error::<Test>::NotRecommender);
		// What an agent runs is its owner's, not its wallet's.
		assert_noop!(try_recommend(extra(20), tune()), Error::<Test>::NotRecommender);
	});
}

#[test]
fn recommend_should_fail_when_the_agent_is_not_active_or_not_admitted_any_more() {
	build_and_execute(|| {
		alter_agent(ADVISOR, |agent| agent.status = AgentStatus::Suspended);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::NotRecommender);
		alter_agent(ADVISOR, |agent| agent.status = AgentStatus::Active);
		assert_ok!(Actions::set_recommender(root(), ADVISOR, false));
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::NotRecommender);
		assert_ok!(Actions::set_recommender(root(), ADVISOR, true));
		alter_agent(ADVISOR, |agent| agent.wallet = Some(STRANGER));
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::NotRecommender);
		assert_ok!(try_recommend(STRANGER, restart(ALICE)));
	});
}

#[test]
fn recommend_should_fail_when_the_kind_is_not_for_such_targets() {
	build_and_execute(|| {
		let at = |target, recommended| Recommendation { target, ..recommended };
		for wrong in [
			at(Target::Network, restart(ALICE)),
			at(Target::Agent(SERVICE), restart(ALICE)),
			at(Target::Validator(ALICE), tune()),
			at(Target::Network, tune()),
			at(Target::Validator(ALICE), set_level(1, 0)),
			at(Target::Agent(SERVICE), set_level(1, 0)),
		] {
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::WrongTarget);
		}
	});
}

#[test]
fn recommend_should_fail_when_the_target_is_not_there() {
	build_and_execute(|| {
		assert_noop!(try_recommend(SAGE, restart(STRANGER)), Error::<Test>::TargetNotFound);
		set_stake(ALICE, 0);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), Error::<Test>::TargetNotFound);
		assert_noop!(try_recommend(ALICE, restart(ALICE)), Error::<Test>::TargetNotFound);
		let nobody = Recommendation { target: Target::Agent(NOBODY), ..tune() };
		assert_noop!(try_recommend(SAGE, nobody), Error::<Test>::TargetNotFound);
		alter_agent(SERVICE, |agent| agent.status = AgentStatus::Deregistering { bond_until: 9 });
		assert_noop!(try_recommend(SAGE, tune()), Error::<Test>::TargetNotFound);
	});
}

#[test]
fn recommend_should_fail_when_the_kind_is_done_in_another_way() {
	build_and_execute(|| {
		let level = || Proposal::Call(Box::new(set_level_call(1)));
		let as_ = |proposal, recommended| Recommendation { proposal, ..recommended };
		for wrong in [
			as_(Proposal::Note, look(ALICE)),
			as_(level(), look(ALICE)),
			as_(command(Vec::new()), alert(ALICE)),
			as_(level(), alert(ALICE)),
			as_(Proposal::Note, set_level(1, 0)),
			as_(command(Vec::new()), set_level(1, 0)),
		] {
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::WrongProposal);
		}
	});
}

/// Recommends a restart with its parameters changed.
fn restart_with(change: impl FnOnce(&mut Vec<Parameter>)) -> Recommended {
	let mut parameters = restart_parameters();
	change(&mut parameters);
	Recommendation { proposal: command(parameters), ..restart(ALICE) }
}

#[test]
fn recommend_should_fail_when_parameters_are_missing_or_too_many() {
	build_and_execute(|| {
		let fewer = restart_with(|parameters| drop(parameters.pop()));
		let none = restart_with(Vec::clear);
		let more = restart_with(|parameters| parameters.push(Parameter::Flag(false)));
		let one = Recommendation { proposal: command(vec![Parameter::Flag(true)]), ..look(ALICE) };
		for wrong in [fewer, none, more, one] {
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::WrongParameterCount);
		}
	});
}

#[test]
fn recommend_should_fail_when_a_parameter_is_of_another_type() {
	build_and_execute(|| {
		let [name, number, flag] =
			[Parameter::Word(word("node")), Parameter::Integer(1), Parameter::Flag(true)];
		for (place, parameter) in
			[(0, &number), (0, &flag), (1, &name), (1, &flag), (2, &name), (2, &number)]
		{
			let wrong = restart_with(|parameters| parameters[place] = parameter.clone());
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::WrongParameterType);
		}
	});
}

#[test]
fn recommend_should_fail_when_a_parameter_is_out_of_its_bounds() {
	build_and_execute(|| {
		for number in [i64::MIN, -2, 61, i64::MAX] {
			let wrong = restart_with(|parameters| parameters[1] = Parameter::Integer(number));
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::ParameterOutOfBounds);
		}
		for name in ["nod", "nodes", "sshd"] {
			let wrong = restart_with(|parameters| parameters[0] = Parameter::Word(word(name)));
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::ParameterOutOfBounds);
		}
	});
}

#[test]
fn recommend_should_take_parameters_when_they_are_just_within_their_bounds() {
	build_and_execute(|| {
		for number in [-1, 60] {
			recommend(restart_with(|parameters| parameters[1] = Parameter::Integer(number)));
		}
		recommend(restart_with(|parameters| parameters[0] = Parameter::Word(word("proxy"))));
		recommend(restart_with(|parameters| parameters[2] = Parameter::Flag(false)));
	});
}

#[test]
fn recommend_should_keep_how_it_is_reversed_when_it_can_be() {
	build_and_execute(|| {
		let recommended = reconfigure(ALICE);
		let id = recommend(recommended.clone());
		assert_eq!(stored(id), action_of(SAGE, &recommended));
		let version = listed(RESTORE).version;
		let reversal = Some(Reversal { kind: RESTORE, version });
		assert_eq!(stored(id).terms.reversible_by, reversal);
		assert!(stored(id).order.rollback.is_some());
	});
}

#[test]
fn recommend_should_fail_when_it_does_not_say_how_it_is_reversed_though_it_can_be() {
	build_and_execute(|| {
		let without = Recommendation { rollback: None, ..reconfigure(ALICE) };
		assert_noop!(try_recommend(SAGE, without), Error::<Test>::WrongRollback);
		let with = Recommendation { rollback: Some(command(Vec::new())), ..restart(ALICE) };
		assert_noop!(try_recommend(SAGE, with), Error::<Test>::WrongRollback);
	});
}

#[test]
fn recommend_should_fail_when_what_reverses_it_could_not_be_recommended() {
	build_and_execute(|| {
		let back = |rollback| Recommendation { rollback: Some(rollback), ..reconfigure(ALICE) };
		assert_noop!(try_recommend(SAGE, back(Proposal::Note)), Error::<Test>::WrongProposal);
		let one = command(vec![Parameter::Flag(true)]);
		assert_noop!(try_recommend(SAGE, back(one)), Error::<Test>::WrongParameterCount);
		assert_ok!(Actions::remove_kind(root(), RESTORE));
		assert_noop!(try_recommend(SAGE, reconfigure(ALICE)), Error::<Test>::KindNotFound);
	});
}

#[test]
fn recommend_should_fail_when_what_reverses_it_is_not_fit_any_more() {
	build_and_execute(|| {
		let fit = listed(RESTORE).kind;
		let list = |kind| {
			assert_ok!(Actions::set_kind(root(), RESTORE, kind));
		};
		// Nobody would do it.
		list(Kind { performer: Performer::Nobody, ..unasked("restore") });
		let noted = Recommendation { rollback: Some(Proposal::Note), ..reconfigure(ALICE) };
		assert_noop!(try_recommend(SAGE, noted), Error::<Test>::UnsoundReversal);
		// It would be done to something else.
		list(Kind { targets: Targets::Agents, ..fit.clone() });
		assert_noop!(try_recommend(SAGE, reconfigure(ALICE)), Error::<Test>::UnsoundReversal);
		list(fit);
		assert_ok!(try_recommend(SAGE, reconfigure(ALICE)));
	});
}

#[test]
fn recommend_should_fail_when_the_rationale_cant_be_read_anywhere() {
	build_and_execute(|| {
		let at = |uri: &[u8]| {
			let rationale = Rationale { uri: uri.to_vec(), hash: RATIONALE };
			Recommendation { rationale, ..restart(ALICE) }
		};
		let long = [b"https://", &[b'a'; MAX_URI as usize][..]].concat();
		for uri in [&b""[..], b"why.json", b"/why.json", b"https:", b"a:b c", &long] {
			assert_noop!(try_recommend(SAGE, at(uri)), Error::<Test>::BadUri);
		}
		let longest = &long[..MAX_URI as usize];
		assert_ok!(try_recommend(SAGE, at(longest)));
		assert_eq!(stored(FIRST).idea.expect("there is one").rationale.uri.into_inner(), longest);
	});
}

#[test]
fn recommend_should_fail_when_the_report_is_not_there() {
	build_and_execute(|| {
		put_report(7, ALICE, Series::Cpu);
		let by_report = |report| Recommendation { report: Some(report), ..restart(ALICE) };
		assert_noop!(try_recommend(SAGE, by_report(8)), Error::<Test>::ReportNotFound);
		assert_ok!(try_recommend(SAGE, by_report(7)));
	});
}

#[test]
fn recommend_should_fail_when_the_report_is_of_what_only_another_node_can_see() {
	build_and_execute(|| {
		let by_report =
			|report, recommended| Recommendation { report: Some(report), ..recommended };
		let own = Series::ALL.into_iter().filter(|series| !Series::SHARED.contains(series));
		for series in own {
			put_report(7, BOB, series);
			let wrong = by_report(7, alert(ALICE));
			assert_noop!(try_recommend(SAGE, wrong), Error::<Test>::WrongReport);
		}
		// What is not a validator has no node of its own.
		for recommended in [restart(BOB), tune(), set_level(1, 0)] {
			assert_ok!(try_recommend(SAGE, by_report(7, recommended)));
		}
	});
}

#[test]
fn recommend_should_take_anybodys_report_when_the_series_is_shared() {
	build_and_execute(|| {
		MaxOpen::set(&1_000);
		for (report, series) in (0..).zip(Series::SHARED) {
			put_report(report, BOB, series);
			let id = recommend(Recommendation { report: Some(report), ..restart(ALICE) });
			assert_eq!(stored(id).report, Some(report));
		}
	});
}

#[test]
fn recommend_should_fail_when_it_can_be_reversed_and_names_no_series() {
	build_and_execute(|| {
		for recommended in [reconfigure(ALICE), set_level(1, 0)] {
			let without = Recommendation { series: None, ..recommended };
			assert_noop!(try_recommend(SAGE, without), Error::<Test>::SeriesNeeded);
		}
	});
}

#[test]
fn recommend_should_fail_when_nobody_can_judge_the_series() {
	build_and_execute(|| {
		let by_series = |series| Recommendation { series: Some(series), ..restart(ALICE) };
		let judged = [Series::FinalityLag, Series::BlockTime];
		for series in Series::ALL.into_iter().filter(|series| !judged.contains(series)) {
			assert_noop!(try_recommend(SAGE, by_series(series)), Error::<Test>::SeriesNotJudged);
		}
		for series in judged {
			assert_ok!(try_recommend(SAGE, by_series(series)));
		}
	});
}

#[test]
fn recommend_should_fail_when_it_expires_in_the_past_or_too_far_ahead() {
	build_and_execute(|| {
		let until = |expires| Recommendation { expires, ..restart(ALICE) };
		for expires in [0, START - 1, START + 31, u32::MAX] {
			assert_noop!(try_recommend(SAGE, until(expires)), Error::<Test>::BadExpiry);
		}
		for expires in [START, START + 30] {
			assert_ok!(try_recommend(SAGE, until(expires)));
		}
		assert_eq!(agenda(), [(START + 1, FIRST), (START + 31, SECOND)]);
	});
}

#[test]
fn recommend_should_fail_when_the_caller_has_as_many_open_as_it_may() {
	build_and_execute(|| {
		for _ in 0..MAX_OPEN {
			recommend(restart(ALICE));
		}
		assert_eq!(held(SAGE), u128::from(MAX_OPEN) * DEPOSIT);
		for one_more in [restart(BOB), alert(BOB), set_level(1, 0)] {
			assert_noop!(try_recommend(SAGE, one_more), Error::<Test>::TooManyOpen);
		}
		// Another account has its own count.
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		assert_ok!(Actions::veto(signed(ANN), FIRST, REASON));
		assert_ok!(try_recommend(SAGE, restart(BOB)));
	});
}

#[test]
fn recommend_should_not_count_notes_as_open() {
	build_and_execute(|| {
		without_cooldown(ALERT);
		for _ in 0..=MAX_OPEN {
			recommend(alert(ALICE));
		}
		assert_eq!(OpenCount::<Test>::get(SAGE), 0);
	});
}

#[test]
fn recommend_should_fail_when_the_deposit_or_the_fee_cant_be_paid() {
	build_and_execute(|| {
		keep_free(SAGE, DEPOSIT + FEE + ED - 1);
		// What is held is not there for the fee.
		assert_noop!(try_recommend(SAGE, restart(ALICE)), TokenError::Frozen);
		keep_free(SAGE, DEPOSIT + ED - 1);
		assert_noop!(try_recommend(SAGE, restart(ALICE)), TokenError::FundsUnavailable);
		keep_free(SAGE, FEE + ED - 1);
		// The account has to stay alive.
		assert_noop!(try_recommend(SAGE, alert(ALICE)), TokenError::NotExpendable);
	});
}

#[test]
fn recommend_should_work_when_the_money_is_just_enough() {
	build_and_execute(|| {
		keep_free(SAGE, DEPOSIT + FEE + ED);
		recommend(restart(ALICE));
		assert_eq!((held(SAGE), free(SAGE)), (DEPOSIT, ED));
	});
}

#[test]
fn recommend_should_fail_before_it_is_written_down_when_the_deposit_cant_be_paid() {
	build_and_execute(|| {
		// Else the log would refuse first.
		LogIsFull::set(&true);
		keep_free(SAGE, DEPOSIT + ED - 1);
		let dearer = TokenError::FundsUnavailable;
		assert_noop!(try_recommend(SAGE, restart(ALICE)), dearer);
		// A note has none.
		assert_noop!(try_recommend(SAGE, alert(ALICE)), LOG_FULL);
	});
}

#[test]
fn recommend_should_fail_when_only_one_of_two_records_can_be_paid() {
	build_and_execute(|| {
		keep_free(SAGE, DEPOSIT + 2 * FEE + ED - 1);
		assert_noop!(try_recommend(SAGE, look(ALICE)), TokenError::Frozen);
		// One is enough where somebody has to agree.
		assert_ok!(try_recommend(SAGE, restart(ALICE)));
	});
}

#[test]
fn recommend_should_fail_when_it_cant_be_written_down() {
	build_and_execute(|| {
		LogIsFull::set(&true);
		for recommended in [restart(ALICE), alert(ALICE), look(ALICE), set_level(1, 0)] {
			assert_noop!(try_recommend(SAGE, recommended), LOG_FULL);
		}
	});
}

#[test]
fn recommend_should_hold_what_it_costs_now_and_return_that_when_the_price_changes() {
	build_and_execute(|| {
		Deposit::set(&(3 * DEPOSIT));
		recommend(restart(ALICE));
		Deposit::set(&DEPOSIT);
		recommend(restart(BOB));
		assert_eq!(held(SAGE), 4 * DEPOSIT);
		reset();
		assert_ok!(Actions::veto(root(), FIRST, REASON));
		assert_eq!(held(SAGE), DEPOSIT);
		let returned = 3 * DEPOSIT;
		let expected = Event::ActionEnded { action: FIRST, outcome: Outcome::Vetoed, returned };
		assert_eq!(events().pop(), Some(expected));
	});
}

#[test]
fn recommend_should_keep_what_was_said_of_the_idea() {
	build_and_execute(|| {
		let model = Model { name: word("v1.2_3-rc"), version: u32::MAX };
		let confidence = Percent::from_percent(100);
		let recommended = Recommendation { model, confidence, ..restart(ALICE) };
		let id = recommend(recommended.clone());
		assert_eq!(stored(id).idea, Some(idea_of(&recommended)));
	});
}

#[test]
fn recommend_should_give_each_its_own_id_when_all_are_the_same() {
	build_and_execute(|| {
		let ids = [recommend(restart(ALICE)), recommend(restart(ALICE))];
		assert_eq!(ids, [FIRST, SECOND]);
		assert_eq!(hash_of(FIRST), hash_of(SECOND));
	});
}

#[test]
fn recommend_should_fail_when_ids_are_used_up() {
	build_and_execute(|| {
		NextActionId::<Test>::put(ActionId(u64::MAX));
		let overflow = sp_runtime::ArithmeticError::Overflow;
		assert_noop!(try_recommend(SAGE, restart(ALICE)), overflow);
	});
}

#[test]
fn recommend_should_keep_the_terms_of_now_when_the_kind_changes_later() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		let before = stored(id);
		alter_kind(RESTART, |kind| {
			kind.lease = 1;
			kind.blast_radius = Perbill::zero();
		});
		assert_eq!(stored(id), before);
		let version = listed(RESTART).version;
		assert_eq!(stored(recommend(restart(ALICE))).order.version, version);
		assert_ne!(hash_of(FIRST), hash_of(SECOND));
	});
}

#[test]
fn recommend_should_fail_when_the_kind_is_not_in_the_catalogue() {
	build_and_execute(|| {
		for kind in [NO_KIND, KindId(0), KindId(u16::MAX)] {
			let unlisted = Recommendation { kind, ..restart(ALICE) };
			assert_noop!(try_recommend(SAGE, unlisted), Error::<Test>::KindNotFound);
		}
	});
}
