//! Random sequences of everything that can happen, beside a second account of it.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-validator-performance invariants` runs a million.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use aitbc_core::Balance;
use frame_support::assert_ok;
use proptest::{
	collection::vec,
	prelude::*,
	sample::{select, subsequence},
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use sp_consensus_babe::AuthorityIndex;
use sp_runtime::Perbill;
use std::{
	collections::{BTreeMap, BTreeSet},
	hash::{BuildHasher, RandomState},
};

/// How many sequences are run unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 2_000;

/// Those who may validate.
const EVERYBODY: [AccountId; 7] = [1, 2, 3, 4, 5, 6, 7];

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	/// A block, after so many slots without one.
	Block {
		skipped: u64,
		author: AuthorityIndex,
	},
	/// An epoch begins after so many slots, with its first block.
	Epoch {
		skipped: u64,
	},
	/// An era begins, with these validators.
	Era {
		next: Vec<AccountId>,
	},
	Disable(Vec<AuthorityIndex>),
	Report {
		age: u32,
		offenders: Vec<AccountId>,
		percent: u32,
	},
	Cancel {
		age: u32,
		validator: AccountId,
	},
	/// A slash is cancelled in staking itself.
	Drop {
		age: u32,
		place: usize,
	},
	/// Somebody has no stake any more.
	Drain(AccountId),
	SetGrace(u32),
	SetMinSlots(u32),
	SetMinimum(u32),
	Rejoin(AccountId),
}

fn step() -> impl Strategy<Value = Step> {
	let who = || select(EVERYBODY.to_vec());
	let some = |least| subsequence(EVERYBODY.to_vec(), least..=EVERYBODY.len());
	let skipped = || prop_oneof![6 => Just(0u64), 4 => 1..6u64, 1 => 6..20u64];
	prop_oneof![
		60 => (skipped(), 0..8u32).prop_map(|(skipped, author)| Step::Block { skipped, author }),
		4 => skipped().prop_map(|skipped| Step::Epoch { skipped }),
		10 => some(1).prop_map(|next| Step::Era { next }),
		3 => vec(0..7u32, 0..3).prop_map(Step::Disable),
		4 => (0..6u32, some(1), 1..=100u32)
			.prop_map(|(age, offenders, percent)| Step::Report { age, offenders, percent }),
		2 => (0..4u32, who()).prop_map(|(age, validator)| Step::Cancel { age, validator }),
		2 => (0..4u32, 0..4usize).prop_map(|(age, place)| Step::Drop { age, place }),
		1 => who().prop_map(Step::Drain),
		1 => (0..=100u32).prop_map(Step::SetGrace),
		1 => (0..12u32).prop_map(Step::SetMinSlots),
		1 => (0..8u32).prop_map(Step::SetMinimum),
		2 => who().prop_map(Step::Rejoin),
	]
}

/// What the test knows, apart from what the pallet stores.
#[derive(Default)]
struct Account {
	/// The slots of the present era.
	slots: BTreeMap<AccountId, SlotCount>,
	/// The slot of the last block.
	last: Option<u64>,
	/// What was taken from each by slashes, in plancks.
	taken: BTreeMap<AccountId, Balance>,
	/// The slashes that ended, by validator and place in its history: how they did.
	settled: BTreeMap<(AccountId, usize), SlashState>,
}

impl Account {
	/// Counts a slot of the validator at this place, if it may make blocks.
	fn count(&mut self, place: AuthorityIndex, slot: SlotCount) {
		let Some(validator) = Active::get().get(place as usize).copied() else { return };
		if !Disabled::get().contains(&place) {
			let slots = self.slots.entry(validator).or_default();
			*slots = slots.plus(slot);
		}
	}

	/// Makes a block of `slot`, and counts it and what was skipped before it.
	fn make(&mut self, slot: u64, author: AuthorityIndex) {
		let skipped = self.last.map_or(0, |last| slot - last - 1);
		for missed in slot - skipped..slot {
			if skipped <= MAX_SKIPPED.into() && missed >= EpochStart::get() {
				self.count(secondary(missed), SlotCount::MISSED);
			}
		}
		self.count(author, SlotCount::FILLED);
		self.last = Some(slot);
		block(slot, author);
	}

	/// Ends the era, and checks what came of it.
	fn end_era(&mut self, next: Vec<AccountId>) {
		let era = Era::get();
		let before = Neighbours::get(era);
		let (active, candidates) = (Active::get(), Candidates::get());
		ValidatorPerformance::close_era();

		let after = Neighbours::get(era);
		let slots = std::mem::take(&mut self.slots);
		let missed: u32 = slots.values().map(|slots| slots.missed).sum();
		assert_eq!(after.total, before.total + PER_BLOCK * missed);
		assert_eq!(
			Performances::<Test>::iter_key_prefix(era).collect::<BTreeSet<_>>(),
			active.iter().chain(slots.keys()).copied().collect::<BTreeSet<_>>(),
		);
		for (validator, performance) in Performances::<Test>::iter_prefix(era) {
			let slots = slots.get(&validator).copied().unwrap_or_default();
			assert_eq!(performance.slots, slots);
			let own = |points: &Points<_>| points.individual.get(&validator).copied();
			let (before, after) =
				(own(&before).unwrap_or_default(), own(&after).unwrap_or_default());
			assert_eq!((performance.points.before, performance.points.after), (before, after));
			assert!(after >= before || performance.is_silent(), "only the silent lose points");
			if slots.missed == 0 && !performance.is_silent() {
				assert_eq!(performance.points.factor(), Perbill::one());
				assert_eq!(after, before, "who misses nothing keeps what it earned");
			}
		}
		assert_chills_bounded(era, active.len(), &candidates);
		begin_era_of(next);
	}

	/// Checks that slashes end once, and that what is remembered of them is what was taken.
	fn check_slashes(&mut self) {
		let mut taken = BTreeMap::<AccountId, Balance>::new();
		for validator in EVERYBODY {
			for (place, record) in history(validator).into_iter().enumerate() {
				if let SlashState::Applied { before, after, .. } = record.state {
					*taken.entry(validator).or_default() += before - after;
				}
				if matches!(record.state, SlashState::Deferred { .. }) {
					assert!(!self.settled.contains_key(&(validator, place)), "it waits again");
					continue;
				}
				let state = record.state;
				let known = self.settled.entry((validator, place)).or_insert(state.clone());
				assert_eq!(*known, state, "a slash ends once");
			}
		}
		self.taken = taken;
	}
}

/// Checks that no more candidates were chilled than could be spared, and only silent ones.
fn assert_chills_bounded(era: u32, active: usize, before: &BTreeSet<AccountId>) {
	let after = Candidates::get();
	let chilled: BTreeSet<_> = before - &after;
	let silent = Performances::<Test>::iter_prefix(era).filter(|(_, done)| done.is_silent());
	let silent: BTreeSet<_> = silent.map(|(validator, _)| validator).collect();
	assert!(chilled.is_subset(&silent));
	assert!(chilled.len() <= active.saturating_sub(1) / 3);
	assert!(chilled.is_empty() || after.len() >= Minimum::get() as usize);
	assert!(chilled.is_empty() || 3 * silent.len() <= active);
}

/// Begins an era with these validators.
fn begin_era_of(next: Vec<AccountId>) {
	begin_era();
	Active::set(&next);
}

/// Lets `step` happen.
fn take(step: &Step, account: &mut Account) {
	let at = |age: &u32| Era::get().saturating_sub(*age);
	match step {
		Step::Block { skipped, author } => {
			let slot = account.last.map_or(FIRST_SLOT, |last| last + 1) + skipped;
			let end = EpochStart::get() + EpochLength::get();
			if slot < end {
				account.make(slot, *author);
			}
		},
		Step::Epoch { skipped } => {
			let slot = account.last.map_or(FIRST_SLOT, |last| last + 1) + skipped;
			// Some of what was skipped is of the epoch before.
			begin_epoch(slot - skipped / 2);
			account.make(slot, 0);
		},
		Step::Era { next } => {
			account.end_era(next.clone());
		},
		Step::Disable(places) => Disabled::set(places),
		Step::Report { age, offenders, percent } => {
			let known: Vec<_> = offenders.iter().map(|who| history(*who).len()).collect();
			report(at(age), offenders, *percent);
			for (offender, known) in offenders.iter().zip(known) {
				assert!(history(*offender).len() <= known + 1);
			}
		},
		Step::Cancel { age, validator } => {
			let waits = |record: SlashRecord<_>| {
				record.era == at(age) && matches!(record.state, SlashState::Deferred { .. })
			};
			let has_slash = Neighbours::waiting(Neighbours::due(at(age)))
				.iter()
				.any(|slash| slash.validator == *validator);
			let cancel =
				ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), *validator, at(age));
			assert_eq!(cancel.is_ok(), has_slash);
			assert!(cancel.is_err() || !history(*validator).into_iter().any(waits));
		},
		Step::Drop { age, place } => {
			let mut all = Waiting::get();
			let waiting = all.entry(Neighbours::due(at(age))).or_default();
			if *place < waiting.len() {
				waiting.remove(*place);
			}
			Waiting::set(&all);
		},
		Step::Drain(validator) => {
			let mut stakes = Stakes::get();
			stakes.remove(validator);
			Stakes::set(&stakes);
		},
		Step::SetGrace(percent) => Grace::set(&Perbill::from_percent(*percent)),
		Step::SetMinSlots(slots) => MinSlots::set(slots),
		Step::SetMinimum(minimum) => Minimum::set(minimum),
		Step::Rejoin(validator) => {
			let mut candidates = Candidates::get();
			candidates.insert(*validator);
			Candidates::set(&candidates);
		},
	}
}

/// Lets `steps` happen, and then every slash end.
fn play(steps: &[Step]) {
	new_test_ext().execute_with(|| {
		MaxSlashes::set(&1_000);
		validators(EVERYBODY.len() as u64);
		let mut account = Account::default();
		let wait = (0..=DEFERRAL).map(|_| Step::Era { next: vec![1, 2, 3, 4] });
		for step in steps.iter().cloned().chain(wait) {
			take(&step, &mut account);
			assert_ok!(ValidatorPerformance::do_try_state());
			account.check_slashes();
		}
		assert_eq!(DueSlashes::<Test>::iter().count(), 0);
		for (validator, stake) in Stakes::get() {
			let taken = account.taken.get(&validator).copied().unwrap_or_default();
			assert!(
				stake == 0 || stake + taken == STAKE,
				"{validator} lost what is not remembered"
			);
		}
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
fn slots_points_and_slashes_should_add_up_whatever_happens() {
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
			 cargo test --release -p pallet-validator-performance invariants"
		);
	}
}
