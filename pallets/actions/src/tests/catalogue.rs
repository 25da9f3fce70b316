//! Tests of what governance decides: kinds, approvers, recommenders, reflexes, and the kill switch.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::{Actor, Event as Logged, Subject};
use aitbc_core::{AgentId, KindId, Parameter, RiskClass};
use aitbc_telemetry::Series;
use codec::Encode;
use frame_support::{assert_noop, assert_ok};
use sp_io::hashing::blake2_256;
use sp_runtime::DispatchResult;

fn set_kind(id: KindId, kind: Kind) -> DispatchResult {
	Actions::set_kind(root(), id, kind)
}

/// Which kind has this name.
fn named(name: &str) -> Option<KindId> {
	KindNames::<Test>::get(word(name))
}

/// What governance did to a kind.
fn of_kind(event: Logged, id: KindId, hashes: &[[u8; 32]]) -> Written {
	written(event, Actor::Governance, &[Subject::ActionKind(id.0)], hashes)
}

/// What governance did to the network.
fn of_network(event: Logged, hashes: &[[u8; 32]]) -> Written {
	written(event, Actor::Governance, &[Subject::Network], hashes)
}

#[test]
fn set_kind_should_list_it_when_it_is_new() {
	build_and_execute(|| {
		let (version, count) = (CatalogueVersion::<Test>::get(), Catalogue::<Test>::count());
		let (id, kind) = (KindId(20), plain("scale"));

		assert_ok!(set_kind(id, kind.clone()));

		assert_eq!(listed(id), Listed { version: version + 1, kind: kind.clone() });
		assert_eq!(CatalogueVersion::<Test>::get(), version + 1);
		assert_eq!(Catalogue::<Test>::count(), count + 1);
		assert_eq!(named("scale"), Some(id));
		assert_eq!(log(), [of_kind(Logged::KindSet, id, &[blake2_256(&kind.encode())])]);
		assert_eq!(events(), [Event::KindSet { id, version: version + 1, kind }]);
	});
}

#[test]
fn set_kind_should_replace_it_when_there_is_one() {
	build_and_execute(|| {
		let (version, count) = (CatalogueVersion::<Test>::get(), Catalogue::<Test>::count());
		running(restart(ALICE));
		let starts = Starts::<Test>::get(RESTART);
		assert_eq!(starts.len(), 1);
		let kind = Kind { class: RiskClass::High, ..plain("reboot") };

		assert_ok!(set_kind(RESTART, kind.clone()));

		assert_eq!(listed(RESTART), Listed { version: version + 1, kind });
		assert_eq!(Catalogue::<Test>::count(), count);
		assert_eq!((named("restart"), named("reboot")), (None, Some(RESTART)));
		// Else a kind that is changed could begin more often than it may.
		assert_eq!(Starts::<Test>::get(RESTART), starts);
	});
}

#[test]
fn set_kind_should_keep_the_name_when_it_stays() {
	build_and_execute(|| {
		let version = listed(RESTART).version;
		assert_ok!(set_kind(RESTART, plain("restart")));
		assert_eq!(named("restart"), Some(RESTART));
		assert!(listed(RESTART).version > version);
	});
}

/// Kinds that don't hold together, and what is wrong with each.
fn unsound_kinds() -> Vec<(&'static str, Kind)> {
	let ok = || plain("scale");
	let rate = |count, period| Kind { rate_limit: RateLimit { count, period }, ..ok() };
	let asks = |verification| Kind { verification, ..ok() };
	let takes = |bounds| Kind {
		performer: commanded(vec![ParameterRule { name: word("size"), bounds }]),
		..ok()
	};
	let note = || Kind { performer: Performer::Nobody, ..unasked("scale") };
	let level = Performer::Chain { pallet: 3, call: 0 };
	let call = || Kind { performer: level.clone(), targets: Targets::Network, ..ok() };
	let words = vec![word("a"), word("b"), word("a")].try_into().expect("there are few");
	let flag = ParameterRule { name: word("size"), bounds: ParameterBounds::Flag };
	vec![
		("no period", rate(1, 0)),
		("no start", rate(0, 1)),
		("too many starts", rate(MAX_KIND_STARTS + 1, 1)),
		("no time to live", Kind { time_to_live: 0, ..ok() }),
		("no lease", Kind { lease: 0, ..ok() }),
		("no watch", Kind { watch: 0, ..ok() }),
		("a risk that nobody looks at", asks(Verification::Nobody)),
		(
			"an operator of the network",
			Kind { targets: Targets::Network, ..asks(Verification::Operator) },
		),
		("no approver", asks(Verification::Approvers(0))),
		("too many approvers", asks(Verification::Approvers(MAX_APPROVERS + 1))),
		("a note that is approved", Kind { verification: Verification::Approvers(1), ..note() }),
		("a note that is simulated", Kind { needs_simulation: true, ..note() }),
		("a note that is reversed", Kind { reversible_by: Some(RESTORE), ..note() }),
		("a note of risk", Kind { class: RiskClass::Low, ..note() }),
		("no number", takes(ParameterBounds::Integer { least: 1, greatest: 0 })),
		("no word", takes(ParameterBounds::Word(Default::default()))),
		("a word twice", takes(ParameterBounds::Word(words))),
		("a parameter twice", Kind { performer: commanded(vec![flag.clone(), flag]), ..ok() }),
		("a call for validators", Kind { targets: Targets::Validators, ..call() }),
		("a call for agents", Kind { targets: Targets::Agents, ..call() }),
		("a call that somebody simulates", Kind { needs_simulation: true, ..call() }),
	]
}

#[test]
fn set_kind_should_fail_when_it_does_not_hold_together() {
	build_and_execute(|| {
		for (flaw, kind) in unsound_kinds() {
			assert!(!kind.is_sound(), "{flaw}");
			assert_noop!(set_kind(KindId(20), kind.clone()), Error::<Test>::UnsoundKind);
			assert_noop!(set_kind(RESTART, kind), Error::<Test>::UnsoundKind);
		}
	});
}

#[test]
fn set_kind_should_take_it_when_it_is_just_within_its_bounds() {
	build_and_execute(|| {
		let ok = || plain("scale");
		let level = Performer::Chain { pallet: 3, call: 0 };
		let number = |least, greatest| ParameterBounds::Integer { least, greatest };
		let takes = |bounds| commanded(vec![ParameterRule { name: word("size"), bounds }]);
		let most = RateLimit { count: MAX_KIND_STARTS, period: u32::MAX };
		let shortest = Kind { time_to_live: 1, lease: 1, watch: 1, cooldown: 0, ..ok() };
		for kind in [
			Kind { rate_limit: RateLimit { count: 1, period: 1 }, ..shortest },
			Kind { rate_limit: most, cooldown: u32::MAX, lease: u32::MAX, ..ok() },
			Kind { verification: Verification::Approvers(1), ..ok() },
			Kind { verification: Verification::Approvers(MAX_APPROVERS), ..ok() },
			Kind { verification: Verification::Operator, ..ok() },
			Kind { performer: takes(number(5, 5)), ..ok() },
			Kind { performer: takes(number(i64::MIN, i64::MAX)), ..ok() },
			Kind { performer: level.clone(), targets: Targets::Network, ..ok() },
			Kind { performer: Performer::Nobody, targets: Targets::Network, ..unasked("scale") },
			Kind { needs_simulation: true, ..unasked("scale") },
		] {
			assert_ok!(set_kind(KindId(20), kind.clone()));
			assert_eq!(listed(KindId(20)).kind, kind);
		}
	});
}

#[test]
fn set_kind_should_fail_when_nothing_fit_reverses_it() {
	build_and_execute(|| {
		let by = |reversal| Kind { reversible_by: Some(reversal), ..plain("scale") };
		let id = KindId(20);
		// It isn't there, has other targets, can be reversed itself, or is only written down.
		for reversal in [NO_KIND, TUNE, SET_LEVEL, RECONFIGURE, ALERT] {
			assert_noop!(set_kind(id, by(reversal)), Error::<Test>::UnsoundReversal);
		}
		assert_noop!(
			set_kind(RESTART, Kind { name: word("restart"), ..by(RESTART) }),
			Error::<Test>::UnsoundReversal
		);
		assert_ok!(set_kind(id, by(RESTORE)));
	});
}

#[test]
fn set_kind_should_fail_when_another_has_the_name() {
	build_and_execute(|| {
		assert_noop!(set_kind(KindId(20), plain("restart")), Error::<Test>::NameTaken);
		assert_noop!(set_kind(RESTORE, plain("restart")), Error::<Test>::NameTaken);
		assert_ok!(Actions::remove_kind(root(), RESTART));
		assert_ok!(set_kind(KindId(20), plain("restart")));
	});
}

#[test]
fn set_kind_should_fail_when_the_catalogue_is_full() {
	build_and_execute(|| {
		let free = MAX_KINDS - Catalogue::<Test>::count();
		let numbered = |number: u32| (KindId(100 + number as u16), plain(&format!("n{number}")));
		for number in 0..free {
			let (id, kind) = numbered(number);
			assert_ok!(set_kind(id, kind));
		}
		assert_eq!(Catalogue::<Test>::count(), MAX_KINDS);
		let (id, kind) = numbered(free);
		assert_noop!(set_kind(id, kind.clone()), Error::<Test>::CatalogueFull);
		// One in the place of another finds room.
		assert_ok!(set_kind(RESTART, plain("reboot")));
		assert_ok!(Actions::remove_kind(root(), TUNE));
		assert_ok!(set_kind(id, kind));
	});
}

#[test]
fn what_governance_decides_should_fail_when_it_cant_be_written_down() {
	build_and_execute(|| {
		LogIsFull::set(&true);
		assert_noop!(set_kind(KindId(20), plain("scale")), LOG_FULL);
		assert_noop!(Actions::remove_kind(root(), RESTART), LOG_FULL);
		assert_noop!(Actions::set_approvers(root(), accounts([ANN])), LOG_FULL);
		assert_noop!(Actions::set_recommender(root(), SERVICE, true), LOG_FULL);
		assert_noop!(Actions::set_recommender(root(), ADVISOR, false), LOG_FULL);
		let tied = reflex(LOOK, Vec::new());
		assert_noop!(Actions::set_reflex(root(), Series::Cpu, tied), LOG_FULL);
		assert_noop!(Actions::set_kill_switch(root(), true), LOG_FULL);
	});
}

#[test]
fn remove_kind_should_take_it_out_when_it_is_there() {
	build_and_execute(|| {
		running(restart(ALICE));
		let (version, count) = (CatalogueVersion::<Test>::get(), Catalogue::<Test>::count());
		reset();

		assert_ok!(Actions::remove_kind(root(), RESTART));

		assert_eq!(Catalogue::<Test>::get(RESTART), None);
		assert_eq!(Catalogue::<Test>::count(), count - 1);
		assert_eq!(CatalogueVersion::<Test>::get(), version);
		assert_eq!(named("restart"), None);
		assert_eq!(Starts::<Test>::iter_keys().count(), 0);
		assert_eq!(log(), [of_kind(Logged::KindRemoved, RESTART, &[])]);
		assert_eq!(events(), [Event::KindRemoved { id: RESTART }]);
	});
}

#[test]
fn remove_kind_should_fail_when_it_is_not_there() {
	build_and_execute(|| {
		assert_noop!(Actions::remove_kind(root(), NO_KIND), Error::<Test>::KindNotFound);
	});
}

#[test]
fn set_approvers_should_replace_all_when_each_is_there_once() {
	build_and_execute(|| {
		for approvers in [accounts([CLEO, STRANGER]), accounts([])] {
			reset();
			assert_ok!(Actions::set_approvers(root(), approvers.clone()));
			assert_eq!(Approvers::<Test>::get(), approvers);
			let hash = blake2_256(&approvers.encode());
			assert_eq!(log(), [of_network(Logged::ApproversSet, &[hash])]);
			assert_eq!(events(), [Event::ApproversSet { approvers }]);
		}
	});
}

#[test]
fn set_approvers_should_fail_when_one_is_there_twice() {
	build_and_execute(|| {
		let twice = accounts([ANN, BEN, ANN]);
		assert_noop!(Actions::set_approvers(root(), twice), Error::<Test>::Twice);
	});
}

#[test]
fn set_recommender_should_admit_and_dismiss_when_that_is_a_change() {
	build_and_execute(|| {
		let (admitted, dismissed) = (Logged::RecommenderAdmitted, Logged::RecommenderDismissed);
		for (is_admitted, expected, event) in
			[(true, vec![ADVISOR, SERVICE], admitted), (false, vec![ADVISOR], dismissed)]
		{
			reset();
			assert_ok!(Actions::set_recommender(root(), SERVICE, is_admitted));
			assert_eq!(Recommenders::<Test>::get().into_inner(), expected);
			let subject = Subject::Agent(SERVICE.0);
			assert_eq!(log(), [written(event, Actor::Governance, &[subject], &[])]);
			assert_eq!(events(), [Event::RecommenderSet { agent: SERVICE, is_admitted }]);
		}
	});
}

#[test]
fn set_recommender_should_fail_when_it_changes_nothing() {
	build_and_execute(|| {
		let set = |agent, is_admitted| Actions::set_recommender(root(), agent, is_admitted);
		assert_noop!(set(ADVISOR, true), Error::<Test>::Unchanged);
		assert_noop!(set(SERVICE, false), Error::<Test>::Unchanged);
	});
}

#[test]
fn set_recommender_should_fail_when_there_are_as_many_as_can_be() {
	build_and_execute(|| {
		let admit = |number: u32| {
			Actions::set_recommender(root(), AgentId(1_000 + u64::from(number)), true)
		};
		for number in 1..MAX_RECOMMENDERS {
			assert_ok!(admit(number));
		}
		assert_noop!(admit(MAX_RECOMMENDERS), Error::<Test>::TooManyRecommenders);
		assert_ok!(Actions::set_recommender(root(), ADVISOR, false));
		assert_ok!(admit(MAX_RECOMMENDERS));
	});
}

/// A reflex with these parameters.
fn reflex(kind: KindId, parameters: Vec<Parameter>) -> Option<Reflex> {
	Some(Reflex { kind, parameters: parameters.try_into().expect("there are few") })
}

#[test]
fn set_reflex_should_tie_and_untie_when_the_kind_is_for_validators() {
	build_and_execute(|| {
		let series = Series::Cpu;
		for reflex in [reflex(RESTART, restart_parameters()), reflex(ALERT, Vec::new()), None, None]
		{
			reset();
			assert_ok!(Actions::set_reflex(root(), series, reflex.clone()));
			assert_eq!(Reflexes::<Test>::get(series), reflex);
			let hash = blake2_256(&(series, &reflex).encode());
			assert_eq!(log(), [of_network(Logged::ReflexSet, &[hash])]);
			assert_eq!(events(), [Event::ReflexSet { series, reflex }]);
		}
		assert_eq!(Reflexes::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn set_reflex_should_fail_when_the_kind_is_not_one_for_it() {
	build_and_execute(|| {
		let set =
			|kind, parameters| Actions::set_reflex(root(), Series::Cpu, reflex(kind, parameters));
		assert_noop!(set(NO_KIND, Vec::new()), Error::<Test>::KindNotFound);
		assert_noop!(set(TUNE, Vec::new()), Error::<Test>::WrongTarget);
		assert_noop!(set(RESET_LEVEL, Vec::new()), Error::<Test>::WrongTarget);
		assert_noop!(set(RECONFIGURE, Vec::new()), Error::<Test>::WrongRollback);
	});
}

#[test]
fn set_reflex_should_fail_when_the_parameters_are_not_the_kinds() {
	build_and_execute(|| {
		let set =
			|kind, parameters| Actions::set_reflex(root(), Series::Cpu, reflex(kind, parameters));
		let one = || vec![Parameter::Flag(true)];
		assert_noop!(set(ALERT, one()), Error::<Test>::WrongParameterCount);
		assert_noop!(set(LOOK, one()), Error::<Test>::WrongParameterCount);
		assert_noop!(set(RESTART, one()), Error::<Test>::WrongParameterCount);
		let mut parameters = restart_parameters();
		parameters[1] = Parameter::Integer(61);
		assert_noop!(set(RESTART, parameters.clone()), Error::<Test>::ParameterOutOfBounds);
		parameters[1] = Parameter::Flag(true);
		assert_noop!(set(RESTART, parameters), Error::<Test>::WrongParameterType);
	});
}

#[test]
fn set_kill_switch_should_turn_it_when_that_is_a_change() {
	build_and_execute(|| {
		for (is_on, event) in [(true, Logged::KillSwitchOn), (false, Logged::KillSwitchOff)] {
			reset();
			assert_ok!(Actions::set_kill_switch(root(), is_on));
			assert_eq!(KillSwitch::<Test>::get(), is_on);
			assert_eq!(log(), [of_network(event, &[])]);
			assert_eq!(events(), [Event::KillSwitchSet { is_on }]);
		}
	});
}

#[test]
fn set_kill_switch_should_fail_when_it_is_so_already() {
	build_and_execute(|| {
		assert_noop!(Actions::set_kill_switch(root(), false), Error::<Test>::Unchanged);
		assert_ok!(Actions::set_kill_switch(root(), true));
		assert_noop!(Actions::set_kill_switch(root(), true), Error::<Test>::Unchanged);
	});
}
