//! Random sequences of everything that can happen, by several actors, under a court that rules at
//! random and a controller.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-escrow invariants` runs a million.

mod ends;
mod ledger;
mod steps;

use crate::mock::*;
use aitbc_core::Balance;
use ends::{client_ends_all, collect_all, provider_ends_all, stranger_ends_all};
use frame_support::{assert_ok, hypothetically, traits::fungible::Inspect};
use ledger::Ledger;
use proptest::{
	collection::vec,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use std::hash::{BuildHasher, RandomState};
use steps::{open, step, take, Step};

/// Those who open contracts and work for one another.
const ACTORS: [AccountId; 3] = [CLIENT, PROVIDER, STRANGER];

/// Every account of the mock that can own anything.
const ACCOUNTS: [AccountId; 5] = [CLIENT, PROVIDER, STRANGER, TREASURY, BANK];

/// Checks what must hold after every step.
fn check(issuance: Balance) {
	assert_ok!(Escrow::do_try_state());
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	let wealth: Balance = ACCOUNTS.iter().map(Balances::total_balance).sum();
	assert_eq!(wealth, issuance, "money is where no account is");
}

/// Lets `offers` and `steps` happen, and then everything end in each of three ways.
fn play(offers: &[Step], steps: &[Step]) {
	new_test_ext().execute_with(|| {
		// Dust and fees must find a treasury, else they are burnt or waived.
		assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, 100_000));
		let issuance = Balances::total_issuance();
		let mut ledger = Ledger::default();
		// Begin with work under way, else most sequences would not get that far.
		let begin = offers.iter().flat_map(|offer| [offer.clone(), Step::accept(), Step::fund()]);
		for step in begin.chain(steps.iter().cloned()) {
			take(&step, &mut ledger);
			check(issuance);
		}
		for end in [client_ends_all, provider_ends_all, stranger_ends_all] {
			hypothetically!({
				let mut ledger = ledger.clone();
				end(&mut ledger);
				check(issuance);
				collect_all(&mut ledger);
				check(issuance);
				ledger.check_heard();
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
fn contracts_should_conserve_money_and_find_an_end_whatever_happens() {
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
		let sequences = (vec(open(), 0..4), vec(step(), 1..100));
		let outcome = TestRunner::new(config).run(&sequences, |(offers, steps)| {
			play(&offers, &steps);
			Ok(())
		});
		outcome.map_err(|error| {
			format!(
				"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
				 cargo test --release -p pallet-escrow invariants"
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
