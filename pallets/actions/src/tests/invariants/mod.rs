//! Random sequences of everything that can happen: recommendations, approvals and claims by whoever may and
//! whoever may not, a governance that changes its mind, validators and executors that come and go, a feed
//! that goes up and down, and blocks whose hooks find no room.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-actions invariants` runs a million.

mod ledger;
mod steps;

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::Event as Logged;
use codec::Encode;
use frame_support::assert_ok;
use ledger::{sorted, Before, Ledger};
use proptest::{
	collection::vec,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use std::{
	collections::BTreeSet,
	hash::{BuildHasher, RandomState},
};
use steps::{act, befall, decide, step, Step};

/// How many sequences are run unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 300;

/// Everybody who does something.
const ACTORS: [AccountId; 12] = [
	SAGE,
	SAGE_OWNER,
	ALICE,
	BOB,
	CAROL,
	ANN,
	BEN,
	CLEO,
	HAND,
	OTHER_HAND,
	SERVICE_OWNER,
	STRANGER,
];

/// Lets `step` happen, and checks what must hold after it.
fn take(step: &Step, ledger: &mut Ledger) {
	reset();
	let before = Before::take();
	if act(step).or_else(|| decide(step)).is_none() {
		befall(step);
	}
	let is_transfer = matches!(step, Step::Drain { .. } | Step::Lend { .. });
	ledger.note(&before, is_transfer);
	ledger.check_kept(&before);
	assert_ok!(Actions::do_try_state());
}

/// Lets time pass, and expects all to come to an end, and nothing to be left over but what was learned.
fn end_all(ledger: &mut Ledger) {
	// A rollback may follow a watch that follows a lease that follows the longest wait.
	for _ in 0..(30 + 10 + 8 + 30 + KEPT + 100) / 4 {
		take(&Step::Blocks { count: 4, is_polled: true }, ledger);
	}
	assert!(ledger.deposits.is_empty());
	assert_eq!(
		crate::Actions::<Test>::iter_keys().count() + Agenda::<Test>::iter_keys().count(),
		0
	);
	assert_eq!(ledger.ended.len() as u64, NextActionId::<Test>::get().0);
	assert_eq!(
		OpenCount::<Test>::iter_keys().count() + RunningCount::<Test>::iter_keys().count(),
		0
	);
	assert_eq!(
		UnderAction::<Test>::iter_keys().count() + Cooldowns::<Test>::iter_keys().count(),
		0
	);
	assert_eq!(ValidatorsUnderAction::<Test>::get(), 0);
	for who in frame_system::Account::<Test>::iter_keys() {
		assert_eq!(held(who.clone()), 0, "{who:?}");
	}
	for scope in Scope::ALL {
		assert!(!matches!(position(scope), Position::Open { .. }), "{scope:?} stays open");
	}
}

/// Lets `steps` happen, and has `look` see what was said of each.
fn take_all(steps: &[Step], ledger: &mut Ledger, mut look: impl FnMut()) {
	// Else no breaker closes in so few blocks.
	BreakerPeriod::set(&5);
	Recoveries::set(&1);
	for step in steps {
		take(step, ledger);
		look();
	}
}

/// Lets `steps` happen, and then everything end.
fn play(steps: &[Step]) {
	build_and_execute(|| {
		let mut ledger = Ledger::default();
		take_all(steps, &mut ledger, || {});
		end_all(&mut ledger);
	});
}

/// The seed in PROPTEST_RNG_SEED, or a fresh one.
fn seed() -> u64 {
	let given = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
	given.unwrap_or_else(|| RandomState::new().hash_one(0))
}

/// The count in PROPTEST_CASES, or [`SEQUENCES`].
fn sequences() -> u32 {
	let given = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
	given.unwrap_or(SEQUENCES)
}

#[test]
fn actions_should_begin_only_as_they_may_and_all_end_whatever_happens() {
	let (seed, cases) = (seed(), sequences());
	let config = ProptestConfig {
		cases,
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(seed),
		..Default::default()
	};
	let outcome = TestRunner::new(config).run(&vec(step(), 1..150), |steps| {
		play(&steps);
		Ok(())
	});
	if let Err(error) = outcome {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
			 cargo test --release -p pallet-actions invariants"
		);
	}
}

/// The control of the test above: its sequences come as far as every event, every outcome, every record, and
/// rollbacks that begin.
#[test]
fn sequences_should_reach_all_that_can_happen() {
	let config = ProptestConfig {
		cases: 120,
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(1),
		..Default::default()
	};
	let (mut kinds, mut outcomes, mut records) =
		(BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
	let mut rollbacks = 0;
	let seen = std::cell::RefCell::new((&mut kinds, &mut outcomes, &mut records, &mut rollbacks));
	let outcome = TestRunner::new(config).run(&vec(step(), 120..150), |steps| {
		new_test_ext().execute_with(|| {
			take_all(&steps, &mut Ledger::default(), || {
				let mut seen = seen.borrow_mut();
				seen.2.extend(sorted(logged()));
				for event in events() {
					seen.0.insert(event.encode()[0]);
					if let Event::ActionEnded { outcome, .. } = event {
						seen.1.insert(outcome.encode()[0]);
					}
					if let Event::ActionClaimed { action, .. } = event {
						*seen.3 += u32::from(stored(action).is_rollback());
					}
				}
			});
		});
		Ok(())
	});
	assert_ok!(outcome);
	assert_eq!(Vec::from_iter(kinds), Vec::from_iter(0..22u8));
	assert_eq!(Vec::from_iter(outcomes), Vec::from_iter(0..11u8));
	let of_others = [Logged::CaseRuled, Logged::AnchorFinal];
	let own = Logged::ALL.into_iter().filter(|event| !of_others.contains(event));
	assert_eq!(Vec::from_iter(records), sorted(own.collect()));
	assert!(rollbacks > 0);
}
