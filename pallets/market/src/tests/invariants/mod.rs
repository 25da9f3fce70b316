//! Random sequences of everything that can happen, by several actors, on market and escrow.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-market invariants` runs a million.

mod books;
mod ends;
mod steps;

use crate::{mock::*, *};
use aitbc_core::{AgentId, Balance};
use books::{Books, Seen};
use codec::Encode;
use ends::{clean_up, clients_end_all, providers_end_all, stranger_ends_all};
use frame_support::{
	assert_ok,
	traits::{fungible::Mutate, GetCallName},
};
use proptest::{
	collection::vec,
	sample::select,
	strategy::{Strategy, ValueTree},
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use std::{
	collections::BTreeSet,
	hash::{BuildHasher, RandomState},
};
use steps::{begin, posting, round, step, take, Step};

/// The agents that make offers and bids one by one; the others only come in crowds.
const PROVIDERS: [AgentId; 4] = [PROVIDER, RIVAL, THIRD, FOURTH];

/// Those who post jobs. The last one is an agent's wallet, and so has jobs that are its own.
const CLIENTS: [AccountId; 3] = [CLIENT, STRANGER, wallet(FOURTH)];

/// What happens, from the start to the end.
#[derive(Clone, Debug)]
struct Sequence {
	/// What a byte in storage costs at first, in plancks.
	byte_price: Balance,
	/// The jobs that are assigned at first, and the bids for each.
	begun: Vec<(Posting, Step)>,
	steps: Vec<Step>,
	end: End,
}

/// Who ends every job at last.
#[derive(Clone, Copy, Debug)]
enum End {
	Clients,
	Providers,
	Stranger,
}

fn sequences() -> impl Strategy<Value = Sequence> {
	let begun = vec((posting(), round()), 0..4);
	let end = select(vec![End::Clients, End::Providers, End::Stranger]);
	(0..3u128, begun, vec(step(), 1..64), end)
		.prop_map(|(byte_price, begun, steps, end)| Sequence { byte_price, begun, steps, end })
}

/// Lets a sequence happen, and says what was seen of it.
fn play(Sequence { byte_price, begun, steps, end }: &Sequence) -> Seen {
	new_test_ext_with(PROVIDERS.len() as u64).execute_with(|| {
		// Dust, fees and slashes must find a treasury; the bank must never run dry.
		assert_ok!(Balances::mint_into(&TREASURY, WEALTH));
		assert_ok!(Balances::mint_into(&BANK, 1_000 * WEALTH));
		BytePrice::set(byte_price);
		let mut books = Books::open();
		let offers = PROVIDERS.map(|agent| Step::CreateOffer { agent, terms: offer_terms() });
		// Begin with work under way, else most sequences would not get that far.
		let jobs = begun.iter().flat_map(|(posting, bids)| begin(posting, bids));
		for step in offers.into_iter().chain(jobs).chain(steps.iter().cloned()) {
			take(&step, &mut books);
			books.check();
		}
		books.end_by(match end {
			End::Clients => clients_end_all,
			End::Providers => providers_end_all,
			End::Stranger => stranger_ends_all,
		});
		books.check();
		clean_up(&mut books.seen);
		books.seen
	})
}

/// The seed in PROPTEST_RNG_SEED.
fn given_seed() -> Option<u64> {
	std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok())
}

fn config(seed: u64) -> ProptestConfig {
	ProptestConfig {
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(seed),
		..Default::default()
	}
}

/// Each core plays its part of the sequences, from a fresh seed of its own. When the seed is given, one
/// core plays them all from there, as the one did that failed.
#[test]
fn jobs_should_conserve_money_and_find_an_end_whatever_happens() {
	let cores = || std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
	let (cores, first) = match given_seed() {
		Some(seed) => (1, seed),
		None => (cores(), RandomState::new().hash_one(0)),
	};
	let cases = ProptestConfig::default().cases.div_ceil(cores);
	let part = |seed| {
		let config = ProptestConfig { cases, ..config(seed) };
		let outcome = TestRunner::new(config).run(&sequences(), |sequence| {
			play(&sequence);
			Ok(())
		});
		outcome.map_err(|error| {
			format!(
				"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
				 cargo test --release -p pallet-market invariants"
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

/// The codec indices of an enum's variants, of which `last` is the last.
fn up_to(last: impl Encode) -> BTreeSet<u8> {
	(0..=last.encode()[0]).collect()
}

/// The same few sequences in each run: what they never come to, a million hardly would.
#[test]
fn sequences_should_come_to_everything_that_can_happen() {
	let mut runner = TestRunner::new(config(4));
	let mut seen = Seen::default();
	for _ in 0..300 {
		let sequence = sequences().new_tree(&mut runner).expect("nothing is filtered").current();
		seen.add(play(&sequence));
	}
	let calls = Call::<Test>::get_call_names();
	assert_eq!(seen.calls, calls.iter().copied().collect());
	assert_eq!(seen.bid_ends, up_to(BidEnd::JobEnded));
	assert_eq!(seen.lease_ends, up_to(LeaseEnd::DueMissed));
	assert_eq!(seen.outcomes, up_to(JobOutcome::Refunded));
	assert_eq!(seen.claims, up_to(ClaimKind::Bond));
	assert_eq!(seen.taken_over, ["give_up", "report"].into());
	assert_eq!(seen.most_leases as u32, MAX_LEASES);
}
