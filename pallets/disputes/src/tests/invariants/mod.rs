//! Random sequences of everything that can happen, by several actors, with jurors whom the pool draws
//! at random or does not find.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-disputes invariants` runs a million.

mod ends;
mod steps;

use crate::{mock::*, *};
use aitbc_core::Balance;
use ends::{nobody_judges, seats_are_silent, seats_vote};
use frame_support::{assert_ok, hypothetically, traits::fungible::Inspect};
use proptest::{
	collection::vec,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use std::{
	collections::BTreeSet,
	hash::{BuildHasher, RandomState},
};
use steps::{open, step, take, Step};

/// Those who open cases against one another, and stake for others.
const ACTORS: [AccountId; 4] = [CLIENT, PROVIDER, STRANGER, BACKER];

/// Every account of the mock that can own anything.
fn accounts() -> impl Iterator<Item = AccountId> {
	ACTORS.into_iter().chain([TREASURY, BANK]).chain(JURORS)
}

/// Checks what must hold after every step.
fn check(issuance: Balance) {
	assert_ok!(Disputes::do_try_state());
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	let wealth: Balance = accounts().map(|who| Balances::total_balance(&who)).sum();
	assert_eq!(wealth, issuance, "money is where no account is");
	assert!(!IsOverdrawn::get(), "more was unlocked than was at stake");
	let ruled: Vec<_> = Rulings::get().into_iter().map(|(_, case, _)| case).collect();
	let once: BTreeSet<_> = ruled.iter().copied().collect();
	assert_eq!(once.len(), ruled.len(), "a case was ruled twice");
	for (id, case) in Cases::<Test>::iter() {
		let is_ruled = matches!(case.state, CaseState::Ruled { .. });
		assert_eq!(once.contains(&id), is_ruled, "told too early or too late");
	}
}

/// Lets `cases` be opened and `steps` happen, and then every case end in each of three ways.
fn play(cases: &[Step], steps: &[Step]) {
	new_test_ext().execute_with(|| {
		// Dust and fees must find a treasury, else they are burnt or stay.
		assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, 100_000));
		let issuance = Balances::total_issuance();
		for step in cases.iter().chain(steps) {
			take(step);
			check(issuance);
		}
		for end in [nobody_judges, seats_are_silent, seats_vote] {
			hypothetically!({
				end();
				check(issuance);
				assert_nothing_left();
				let opened = NextCaseId::<Test>::get().0;
				assert_eq!(Rulings::get().len() as u64, opened, "a case was not ruled");
			});
		}
	});
}

/// The seed in PROPTEST_RNG_SEED.
fn given_seed() -> Option<u64> {
	std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok())
}

/// Each core plays its part of the sequences, from a fresh seed of its own. When the seed is given, one
/// core plays them all from there, as the one did that failed.
#[test]
fn cases_should_conserve_money_and_find_an_end_whatever_happens() {
	let cores = || std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
	let (cores, first) = match given_seed() {
		Some(seed) => (1, seed),
		None => (cores(), RandomState::new().hash_one(0)),
	};
	let cases = ProptestConfig::default().cases.div_ceil(cores);
	let part = |seed| {
		let config = ProptestConfig {
			cases,
			failure_persistence: None,
			rng_seed: RngSeed::Fixed(seed),
			..Default::default()
		};
		let sequences = (vec(open(), 1..3), vec(step(), 1..80));
		let outcome = TestRunner::new(config).run(&sequences, |(cases, steps)| {
			play(&cases, &steps);
			Ok(())
		});
		outcome.map_err(|error| {
			format!(
				"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
				 cargo test --release -p pallet-disputes invariants"
			)
		})
	};
	std::thread::scope(|scope| {
		let seeds = (0..cores).map(|core| first.wrapping_add(core.into()));
		let parts: Vec<_> = seeds.map(|seed| scope.spawn(move || part(seed))).collect();
		for part in parts {
			if let Err(failure) = part.join().expect("a failure is caught") {
				panic!("{failure}");
			}
		}
	});
}
