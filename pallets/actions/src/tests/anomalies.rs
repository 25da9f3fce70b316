//! Tests of what reports of anomalies lead to.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged};
use aitbc_core::{KindId, Parameter, Target, Work};
use aitbc_telemetry::Series;
use aitbc_traits::OnAnomaly;
use frame_support::{assert_ok, assert_storage_noop};
use sp_runtime::DispatchError;

/// Ties this to a series.
fn tie(series: Series, kind: KindId, parameters: Vec<Parameter>) {
	let parameters = parameters.try_into().expect("there are few");
	assert_ok!(Actions::set_reflex(root(), series, Some(Reflex { kind, parameters })));
	reset();
}

/// The action that a report leads to now.
fn reflexive(kind: KindId, work: Work, report: u64, series: Option<Series>) -> ActionOf<Test> {
	let Listed { version, kind: Kind { class, cooldown, lease, watch, .. } } = listed(kind);
	Action {
		source: Source::Anomaly,
		order: Order {
			kind,
			version,
			target: Target::Validator(ALICE),
			work,
			rollback: None,
			series,
		},
		terms: Terms { class, cooldown, lease, watch, reversible_by: None },
		idea: None,
		report: Some(report),
		expires: now() + 30,
		simulation: Simulation::NotNeeded,
		approvals: Default::default(),
		is_forced: false,
		spam: Default::default(),
		state: State::Proposed,
	}
}

/// Expects that a report of the processor leads to nothing, for this reason.
#[track_caller]
fn assert_blocked(reason: impl Into<DispatchError>) {
	reset();
	let next = NextActionId::<Test>::get();
	notice(9, ALICE, Series::Cpu);
	assert_eq!(NextActionId::<Test>::get(), next);
	assert_eq!(log(), []);
	assert_eq!(events(), [Event::ReflexBlocked { report: 9, reason: reason.into() }]);
}

#[test]
fn report_should_lead_to_what_is_tied_to_its_series() {
	build_and_execute(|| {
		tie(Series::FinalityLag, RESTART, restart_parameters());

		notice(9, ALICE, Series::FinalityLag);

		let work = Work::Command(restart_parameters().try_into().expect("there are few"));
		let action = reflexive(RESTART, work, 9, Some(Series::FinalityLag));
		assert_eq!(stored(FIRST), action);
		assert_eq!(agenda(), [(now() + 31, FIRST)]);
		// The chain holds nothing, and nobody pays.
		assert_eq!((held(ALICE), free(ALICE)), (0, WEALTH));
		assert_eq!(OpenCount::<Test>::iter_keys().count(), 0);
		let hashes = [action.order.hash(), SEEN];
		assert_eq!(log(), [written_of(Logged::ActionRecommended, Actor::Chain, FIRST, &hashes)]);
		assert_eq!(events(), [told(FIRST, &action)]);
		approve(FIRST);
		claim(FIRST);
		report(FIRST, Verdict::Failed);
		assert_eq!(outcome(FIRST), Outcome::Failed);
		// No model had the idea.
		assert_eq!(TrackRecords::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn report_should_name_no_series_when_nobody_can_judge_it() {
	build_and_execute(|| {
		tie(Series::Cpu, LOOK, Vec::new());
		notice(9, ALICE, Series::Cpu);
		let action = reflexive(LOOK, Work::Command(Default::default()), 9, None);
		assert_eq!(stored(FIRST), Action { state: State::Verified, ..action.clone() });
		let (hash, evidence) = (action.order.hash(), SEEN);
		let records = [
			written_of(Logged::ActionRecommended, Actor::Chain, FIRST, &[hash, evidence]),
			written_of(Logged::ActionVerified, Actor::Chain, FIRST, &[hash]),
		];
		assert_eq!(log(), records);
		assert_eq!(events(), [told(FIRST, &action), Event::ActionVerified { action: FIRST }]);
		claim(FIRST);
	});
}

#[test]
fn report_should_be_noted_when_that_is_tied_to_its_series() {
	build_and_execute(|| {
		tie(Series::Cpu, ALERT, Vec::new());
		notice(9, ALICE, Series::Cpu);
		let action = reflexive(ALERT, Work::Note, 9, None);
		assert_eq!(stored(FIRST), Action { state: ended(Outcome::Noted), ..action.clone() });
		assert_eq!(events(), [told(FIRST, &action), told_end(FIRST, Outcome::Noted)]);
		assert_blocked(Error::<Test>::CoolingDown);
	});
}

#[test]
fn report_should_be_noted_when_the_validator_is_under_action() {
	build_and_execute(|| {
		tie(Series::Cpu, ALERT, Vec::new());
		running(restart(ALICE));
		let breakers = AllBreakers::<Test>::get();
		notice(9, ALICE, Series::Cpu);
		assert_eq!(outcome(SECOND), Outcome::Noted);
		// What the validator itself reports doesn't count for others.
		assert_eq!(AllBreakers::<Test>::get(), breakers);
	});
}

#[test]
fn report_should_wait_for_a_simulation_when_the_kind_wants_one() {
	build_and_execute(|| {
		tie(Series::Cpu, REPLACE, Vec::new());
		notice(9, ALICE, Series::Cpu);
		assert_eq!(stored(FIRST).simulation, Simulation::Awaited);
	});
}

#[test]
fn report_should_lead_to_nothing_when_nothing_is_tied_to_its_series() {
	build_and_execute(|| {
		tie(Series::Cpu, LOOK, Vec::new());
		assert_storage_noop!(notice(9, ALICE, Series::Peers));
		assert_ok!(Actions::set_reflex(root(), Series::Cpu, None));
		assert_storage_noop!(notice(9, ALICE, Series::Cpu));
	});
}

#[test]
fn report_should_lead_to_nothing_when_all_is_stopped() {
	build_and_execute(|| {
		tie(Series::Cpu, LOOK, Vec::new());
		assert_ok!(Actions::set_kill_switch(root(), true));
		assert_blocked(Error::<Test>::KillSwitchOn);
		assert_ok!(Actions::set_kill_switch(root(), false));
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), true));
		assert_blocked(Error::<Test>::BrakeOn);
		assert_ok!(Actions::set_brake(signed(ALICE), Target::Validator(ALICE), false));
		set_position(Scope::All, OPEN);
		assert_blocked(Error::<Test>::BreakerOpen);
		set_position(Scope::All, Position::Closed);
		set_stake(ALICE, 0);
		assert_blocked(Error::<Test>::TargetNotFound);
	});
}

#[test]
fn report_should_lead_to_nothing_when_there_is_no_room() {
	build_and_execute(|| {
		tie(Series::Cpu, LOOK, Vec::new());
		let other = running(restart(ALICE));
		assert_blocked(Error::<Test>::TargetBusy);
		report(other, Verdict::Succeeded);
		done(look(ALICE));
		assert_blocked(Error::<Test>::CoolingDown);
		alter_kind(LOOK, |kind| kind.rate_limit = RateLimit { count: 1, period: 100 });
		pass_blocks(5);
		assert_blocked(Error::<Test>::RateLimited);
		alter_kind(LOOK, |kind| {
			kind.rate_limit.count = 2;
			kind.blast_radius = sp_runtime::Perbill::zero();
		});
		running(restart(BOB));
		assert_blocked(Error::<Test>::BlastRadius);
	});
}

#[test]
fn report_should_lead_to_nothing_when_the_kind_changed_since() {
	build_and_execute(|| {
		tie(Series::Cpu, LOOK, Vec::new());
		alter_kind(LOOK, |kind| kind.performer = commanded(restart_rules()));
		assert_blocked(Error::<Test>::WrongParameterCount);
		alter_kind(LOOK, |kind| {
			kind.performer = commanded(Vec::new());
			kind.reversible_by = Some(RESTORE);
		});
		assert_blocked(Error::<Test>::WrongRollback);
		alter_kind(LOOK, |kind| {
			kind.reversible_by = None;
			kind.targets = Targets::Agents;
		});
		assert_blocked(Error::<Test>::WrongTarget);
		assert_ok!(Actions::remove_kind(root(), LOOK));
		assert_blocked(Error::<Test>::KindNotFound);
	});
}

#[test]
fn report_should_lead_to_nothing_when_nothing_can_be_written_down() {
	build_and_execute(|| {
		tie(Series::Cpu, LOOK, Vec::new());
		LogIsFull::set(&true);
		assert_blocked(LOG_FULL);
	});
}

#[test]
fn report_should_weigh_what_was_measured() {
	let weight = <Actions as OnAnomaly<AccountId>>::weight();
	assert_eq!(weight, <() as WeightInfo>::on_anomaly() + GROWTH_WEIGHT * 3);
}
