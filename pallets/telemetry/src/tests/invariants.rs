//! Random sequences of everything that can happen, by several reporters over windows and eras, under a
//! staking that comes and goes, a governance that judges at random, and a pot and a treasury that are
//! filled and drained.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-telemetry invariants` runs a million.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_core::Balance;
use aitbc_telemetry::{Digest, Series};
use codec::Encode;
use frame_support::{assert_ok, traits::fungible::Inspect};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use sp_runtime::{traits::Dispatchable, transaction_validity::InvalidTransaction, DispatchError};
use std::{
	collections::BTreeMap,
	hash::{BuildHasher, RandomState},
};

/// How many sequences are run unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 300;

/// Those who may become reporters.
const ACTORS: [AccountId; 5] = [ALICE, BOB, CAROL, DAVE, 5];

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	SetKey {
		who: AccountId,
		worker: AccountId,
	},
	RemoveKey {
		who: AccountId,
	},
	Commit {
		who: AccountId,
		lag: u32,
		sees: [Option<i64>; SHARED],
	},
	Reveal {
		who: AccountId,
		lag: u32,
	},
	/// Everybody sees the same in the present window, commits to it and reveals it.
	Measure,
	Report {
		who: AccountId,
		series: Series,
		ago: u32,
	},
	Judge {
		back: u64,
		is_right: bool,
	},
	Claim {
		who: AccountId,
		back: u32,
	},
	Blocks {
		count: u32,
	},
	BeginEras {
		count: u32,
	},
	SetStake {
		who: AccountId,
		stake: Balance,
	},
	SetPenalties {
		miss: Balance,
		spam: Balance,
	},
	FillPot {
		amount: Balance,
	},
	Drain {
		who: AccountId,
	},
	Lend {
		who: AccountId,
	},
}

fn actor() -> impl Strategy<Value = AccountId> {
	proptest::sample::select(&ACTORS[..])
}

/// What a reporter sees: mostly what all see.
fn sight() -> impl Strategy<Value = [Option<i64>; SHARED]> {
	let shared =
		|| prop_oneof![8 => Just(Some(10)), 2 => (0..30i64).prop_map(Some), 1 => Just(None)];
	[shared(), shared(), shared()]
}

fn step() -> impl Strategy<Value = Step> {
	let series = proptest::sample::select(
		&[Series::Height, Series::FinalityLag, Series::FinalityLag, Series::Cpu][..],
	);
	let stake = prop_oneof![1 => Just(0), 4 => 1..100u128, 1 => Just(Balance::MAX / 4)];
	let penalty = || prop_oneof![Just(0), Just(5), Just(MISS), Just(SPAM), Just(DEPOSIT)];
	let some = || proptest::sample::select(&[ALICE, BOB, CAROL, DAVE, 5, TREASURY][..]);
	prop_oneof![
		6 => (actor(), prop_oneof![8 => Just(0), 1 => 1..6u64]).prop_map(|(who, other)| {
			Step::SetKey { who, worker: if other == 0 { who } else { other } }
		}),
		3 => actor().prop_map(|who| Step::RemoveKey { who }),
		16 => (actor(), prop_oneof![12 => Just(1), 1 => 0..4u32], sight())
			.prop_map(|(who, lag, sees)| Step::Commit { who, lag, sees }),
		14 => (actor(), prop_oneof![12 => Just(2), 1 => 0..4u32])
			.prop_map(|(who, lag)| Step::Reveal { who, lag }),
		3 => Just(Step::Measure),
		8 => (actor(), series, prop_oneof![12 => Just(0), 1 => 0..3u32])
			.prop_map(|(who, series, ago)| Step::Report { who, series, ago }),
		3 => (0..6u64, any::<bool>()).prop_map(|(back, is_right)| Step::Judge { back, is_right }),
		4 => (actor(), 0..4u32).prop_map(|(who, back)| Step::Claim { who, back }),
		16 => prop_oneof![3 => 1..WINDOW, 3 => Just(WINDOW)]
			.prop_map(|count| Step::Blocks { count }),
		3 => prop_oneof![6 => Just(1), 1 => 2..5u32].prop_map(|count| Step::BeginEras { count }),
		2 => (actor(), stake).prop_map(|(who, stake)| Step::SetStake { who, stake }),
		1 => (penalty(), penalty()).prop_map(|(miss, spam)| Step::SetPenalties { miss, spam }),
		2 => (0..2 * ERA_POT).prop_map(|amount| Step::FillPot { amount }),
		1 => some().prop_map(|who| Step::Drain { who }),
		2 => some().prop_map(|who| Step::Lend { who }),
	]
}

/// What the test knows, apart from what the pallet stores.
#[derive(Default)]
struct Ledger {
	/// What each committed to.
	digests: BTreeMap<(Window, AccountId), Digest>,
	/// What each era shares, and has paid.
	eras: BTreeMap<EraIndex, (Balance, Balance)>,
	/// What each has paid in penalties.
	penalties: BTreeMap<AccountId, Balance>,
	/// How many digests each has committed to, revealed and missed.
	counts: BTreeMap<AccountId, (u64, u64, u64)>,
}

impl Ledger {
	/// Notes what the pallet says that it did, and forgets the events.
	fn note(&mut self) {
		for event in events() {
			match event {
				Event::DigestCommitted { reporter, .. } => self.count(reporter).0 += 1,
				Event::DigestRevealed { reporter, .. } => self.count(reporter).1 += 1,
				Event::DigestMissed { reporter, penalty, .. } => {
					self.count(reporter).2 += 1;
					*self.penalties.entry(reporter).or_default() += penalty;
				},
				Event::ReportDismissed { reporter, penalty, .. } => {
					*self.penalties.entry(reporter).or_default() += penalty;
				},
				Event::EraClosed { era, pot, .. } => {
					assert!(pot <= ERA_POT);
					assert_eq!(self.eras.insert(era, (pot, 0)), None, "{era} was closed twice");
				},
				Event::RewardPaid { era, amount, .. } => {
					let (pot, paid) = self.eras.get_mut(&era).expect("the era is closed");
					*paid += amount;
					assert!(paid <= pot, "{era} has paid more than it shares");
				},
				Event::EraExpired { era, unclaimed } => {
					let (pot, paid) = self.eras[&era];
					assert_eq!(unclaimed, pot - paid);
				},
				Event::FeedSettled { feed, points, .. } => {
					assert!(points <= feed.reporters);
					assert!(points == 0 || feed.reporters >= 3);
				},
				_ => (),
			}
		}
		reset_events();
	}

	fn count(&mut self, who: AccountId) -> &mut (u64, u64, u64) {
		self.counts.entry(who).or_default()
	}
}

/// Gives a worker's call to the pool and, whatever that says, to a block. Both must say the same.
fn submit(call: &Call<Test>) -> bool {
	match authorize(call) {
		Ok(validity) => {
			assert!((1..=u64::from(WINDOW)).contains(&validity.longevity));
			assert_ok!(force(call));
			true
		},
		Err(InvalidTransaction::Custom(code)) => {
			let before = sp_io::storage::root(sp_core::storage::StateVersion::V1);
			let Err(DispatchError::Module(error)) = force(call) else {
				panic!("{call:?} was refused with {code} and made all the same")
			};
			assert_eq!(error.error, [code, 0, 0, 0]);
			assert_eq!(sp_io::storage::root(sp_core::storage::StateVersion::V1), before);
			false
		},
		Err(other) => panic!("{other:?}"),
	}
}

/// Lets `step` happen. It may fail, as it may in life.
fn take(step: &Step, ledger: &mut Ledger) {
	let present = Telemetry::present_window();
	match *step {
		Step::SetKey { who, worker } => {
			let held_before = held(who);
			let outcome = Telemetry::set_worker_key(signed(who), key(worker), proof(worker, who));
			assert!(outcome.is_err() || held(who) == held_before.max(DEPOSIT));
		},
		Step::RemoveKey { who } => {
			let owned = Balances::total_balance(&who);
			if Telemetry::remove_worker_key(signed(who)).is_ok() {
				assert_eq!((held(who), free(who)), (0, owned));
			}
		},
		Step::Commit { who, lag, sees } => {
			let digest = digest_of(present.wrapping_sub(lag), sees);
			let worker_key = Workers::<Test>::get(who).map(|worker| worker.key);
			// The worker's key may be that of another now.
			let signer = ACTORS.into_iter().find(|one| Some(key(*one)) == worker_key);
			let signer = signer.unwrap_or(who);
			let commitment = commitment(who, &digest);
			let statement = Statement::Commits(digest.window, &commitment);
			let call = Call::commit {
				key: key(signer),
				window: digest.window,
				commitment,
				signature: sign(signer, &statement),
			};
			if submit(&call) {
				ledger.digests.insert((digest.window, who), digest);
			}
		},
		Step::Reveal { who, lag } => {
			let window = present.wrapping_sub(lag);
			let digest = ledger.digests.get(&(window, who)).copied();
			submit(&reveal_call(who, &digest.unwrap_or_else(|| digest_of(window, [None; 3]))));
		},
		Step::Measure => {
			let sees = [Some(10); SHARED];
			next_window();
			for who in ACTORS {
				take(&Step::Commit { who, lag: 1, sees }, ledger);
			}
			next_window();
			for who in ACTORS {
				take(&Step::Reveal { who, lag: 2 }, ledger);
			}
		},
		Step::Report { who, series, ago } => {
			submit(&report_call(who, present - ago, alarm(series)));
		},
		Step::Judge { back, is_right } => {
			let ReportId(next) = ReportIds::<Test>::get().next;
			let id = ReportId(next.saturating_sub(back));
			let _ = Telemetry::judge_report(RuntimeOrigin::root(), id, is_right);
		},
		Step::Claim { who, back } => {
			let era = Era::get() - back;
			let before = free(who);
			if Telemetry::claim(signed(STRANGER), era, who).is_ok() {
				let Some(Event::RewardPaid { amount, .. }) = events().pop() else { panic!() };
				assert_eq!(free(who), before + amount);
			}
		},
		Step::Blocks { count } => (0..count).for_each(|_| {
			next_block();
		}),
		Step::BeginEras { count } => Era::set(&(Era::get() + count)),
		Step::SetStake { who, stake } => set_stake(who, stake),
		Step::SetPenalties { miss, spam } => {
			MissPenalty::set(&miss);
			SpamPenalty::set(&spam);
		},
		Step::FillPot { amount } => pay(Telemetry::pot_account(), amount),
		Step::Drain { who } => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: false };
			let _ = RuntimeCall::from(call).dispatch(signed(who));
		},
		Step::Lend { who } => pay(who, 10 * DEPOSIT),
	}
}

/// Pays `who` out of the bank, if it can take it.
fn pay(who: AccountId, value: Balance) {
	let call = pallet_balances::Call::transfer_allow_death { dest: who, value };
	let _ = RuntimeCall::from(call).dispatch(signed(BANK));
}

/// Checks what must hold after every step.
fn check(issuance: Balance, ledger: &mut Ledger) {
	ledger.note();
	assert_ok!(Telemetry::do_try_state());
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	for who in ACTORS {
		let (committed, revealed, missed) = *ledger.count(who);
		let record = record(who);
		assert_eq!(
			(record.committed, record.revealed, record.missed),
			(committed, revealed, missed)
		);
	}
	let aside = SetAside::<Test>::get();
	let open = ledger.eras.iter().filter(|(era, _)| Eras::<Test>::contains_key(**era));
	assert_eq!(aside, open.map(|(_, (pot, paid))| pot - paid).sum::<Balance>());
}

/// Lets all that is open come to an end, everybody leave, and expects nothing to be left over.
fn end_all(issuance: Balance, ledger: &mut Ledger) {
	for who in ACTORS.into_iter().chain([TREASURY]) {
		pay(who, ED);
	}
	for _ in 0..=KEPT_REPORTS {
		next_window();
		check(issuance, ledger);
	}
	// More than one block's may be forgotten.
	for _ in 0..WINDOW {
		next_block();
	}
	assert_eq!(Reports::<Test>::iter().count() + Alarms::<Test>::iter().count(), 0);
	assert_eq!(Commitments::<Test>::iter().count() + Revealed::<Test>::iter().count(), 0);
	for who in ACTORS.into_iter().filter(|who| Workers::<Test>::contains_key(who)) {
		assert_ok!(Telemetry::remove_worker_key(signed(who)));
		check(issuance, ledger);
	}
	assert_eq!(KeyOwners::<Test>::iter().count(), 0);
	for who in frame_system::Account::<Test>::iter_keys() {
		assert_eq!(held(who), 0, "{who}");
	}
	Era::set(&(Era::get() + 1));
	next_window();
	check(issuance, ledger);
	for (era, who) in Points::<Test>::iter_keys().collect::<Vec<_>>() {
		assert_ok!(Telemetry::claim(signed(STRANGER), era, who));
		check(issuance, ledger);
	}
	Era::set(&(Era::get() + CLAIM_ERAS + 1));
	while EraSpan::<Test>::get().is_some_and(|span| span.oldest + CLAIM_ERAS < Era::get()) {
		next_window();
		check(issuance, ledger);
	}
	enter(Telemetry::present_window() + KEPT_FEEDS);
	assert_eq!(Eras::<Test>::iter().count() + Points::<Test>::iter().count(), 0);
	assert_eq!((SetAside::<Test>::get(), Feeds::<Test>::iter().count()), (0, 0));
}

/// Lets `steps` happen, and then everything end.
fn play(steps: &[Step]) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		let mut ledger = Ledger::default();
		// Begin with reporters, else most sequences would have none.
		set_keys(&[ALICE, BOB, CAROL]);
		for step in steps {
			take(step, &mut ledger);
			check(issuance, &mut ledger);
		}
		end_all(issuance, &mut ledger);
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
fn reporters_should_keep_their_money_and_earn_no_more_than_the_pot_whatever_happens() {
	let (seed, cases) = (seed(), sequences());
	let config = ProptestConfig {
		cases,
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(seed),
		..Default::default()
	};
	let outcome = TestRunner::new(config).run(&vec(step(), 1..120), |steps| {
		play(&steps);
		Ok(())
	});
	if let Err(error) = outcome {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
			 cargo test --release -p pallet-telemetry invariants"
		);
	}
}

/// The control of the test above: its sequences come as far as settled windows, points, claims,
/// confirmed and dismissed reports, and expired eras.
#[test]
fn sequences_should_reach_all_that_can_happen() {
	let mut seen = std::collections::BTreeSet::new();
	let config = ProptestConfig {
		cases: 40,
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(1),
		..Default::default()
	};
	let seen_cell = std::cell::RefCell::new(&mut seen);
	let outcome = TestRunner::new(config).run(&vec(step(), 100..120), |steps| {
		new_test_ext().execute_with(|| {
			set_keys(&[ALICE, BOB, CAROL]);
			let mut ledger = Ledger::default();
			for step in &steps {
				take(step, &mut ledger);
				for event in events() {
					seen_cell.borrow_mut().insert(event.encode()[0]);
				}
				ledger.note();
			}
		});
		Ok(())
	});
	assert_ok!(outcome);
	assert_eq!(Vec::from_iter(seen), Vec::from_iter(0..12u8));
}
