//! Random sequences of everything that can happen, by several actors, under a court that excludes,
//! forfeits and unlocks at random, and with blocks that are short of weight.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-jurors invariants` runs a million.

use crate::{
	mock::{Jurors, *},
	*,
};
use aitbc_core::{Balance, CaseId};
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, MutateFreeze},
	weights::Weight,
};
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use sp_runtime::{traits::Dispatchable, Perbill};
use std::{
	collections::BTreeMap,
	hash::{BuildHasher, RandomState},
};

/// How many sequences are run unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 2_000;

/// Those who may become jurors.
const ACTORS: [AccountId; 4] = [JUROR, OTHER, THIRD, STRANGER];

/// Every account of the mock that can own anything.
const ACCOUNTS: [AccountId; 6] = [JUROR, OTHER, THIRD, STRANGER, TREASURY, BANK];

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	Call { caller: AccountId, call: Act },
	Request { case: u64, seats: u32, stake: Balance },
	Forfeit { who: AccountId, amount: Balance },
	Unlock { who: AccountId, amount: Balance },
	Poll { draws: u64 },
	BeginEpoch,
	Exclude { case: u64, who: AccountId },
	SetReputation { who: AccountId, percent: u32 },
	SetMinBond { least: Balance },
	SetExistentialDeposit { least: Balance },
	Freeze { who: AccountId },
	Thaw { who: AccountId },
	Drain { who: AccountId },
	Lend { who: AccountId },
}

/// A call.
#[derive(Clone, Debug)]
enum Act {
	Bond(Balance),
	Unbond(Balance),
	UnbondAll,
	Withdraw(AccountId),
	Refresh(AccountId),
}

fn one_of<V: Clone + std::fmt::Debug + 'static>(values: &'static [V]) -> impl Strategy<Value = V> {
	proptest::sample::select(values)
}

fn actor() -> impl Strategy<Value = AccountId> {
	one_of(&ACTORS)
}

fn call() -> impl Strategy<Value = Step> {
	let amount = || prop_oneof![8 => 1..3 * BOND, 1 => Just(0), 1 => Just(WEALTH)];
	let act = prop_oneof![
		6 => amount().prop_map(Act::Bond),
		3 => amount().prop_map(Act::Unbond),
		2 => Just(Act::UnbondAll),
		5 => actor().prop_map(Act::Withdraw),
		3 => actor().prop_map(Act::Refresh),
	];
	(actor(), act).prop_map(|(caller, call)| Step::Call { caller, call })
}

fn step() -> impl Strategy<Value = Step> {
	let stake = prop_oneof![4 => 0..300u128, 2 => 300..2 * BOND, 1 => Just(Balance::MAX)];
	let seats = prop_oneof![6 => 1..6u32, 1 => 0..=MAX_SEATS + 1];
	let taken = || prop_oneof![6 => 0..600u128, 1 => 0..4 * BOND];
	prop_oneof![
		20 => call(),
		8 => (0..6u64, seats, stake)
			.prop_map(|(case, seats, stake)| Step::Request { case, seats, stake }),
		4 => (actor(), taken()).prop_map(|(who, amount)| Step::Forfeit { who, amount }),
		4 => (actor(), taken()).prop_map(|(who, amount)| Step::Unlock { who, amount }),
		8 => prop_oneof![3 => Just(1_000), 2 => 0..3u64].prop_map(|draws| Step::Poll { draws }),
		14 => Just(Step::BeginEpoch),
		1 => (0..6u64, actor()).prop_map(|(case, who)| Step::Exclude { case, who }),
		2 => (actor(), 0..=100u32).prop_map(|(who, percent)| Step::SetReputation { who, percent }),
		1 => one_of(&[MIN_BOND, MIN_BOND, 2 * MIN_BOND, ED])
			.prop_map(|least| Step::SetMinBond { least }),
		1 => one_of(&[ED, ED, 500]).prop_map(|least| Step::SetExistentialDeposit { least }),
		1 => actor().prop_map(|who| Step::Freeze { who }),
		1 => actor().prop_map(|who| Step::Thaw { who }),
		1 => actor().prop_map(|who| Step::Drain { who }),
		2 => actor().prop_map(|who| Step::Lend { who }),
	]
}

/// What the test knows of the jurors, apart from what the pallet stores.
#[derive(Default)]
struct Ledger {
	/// What each has bonded, and what of that is at stake.
	bonds: BTreeMap<AccountId, (Balance, Balance)>,
	/// Juror -> epoch -> the weight that was asked for last in that epoch, or before it.
	asked: BTreeMap<AccountId, BTreeMap<u64, Balance>>,
	/// The juries that wait, in order: the case, the seats, the stake of each, and the epoch.
	waiting: Vec<(CaseId, u32, Balance, u64)>,
	/// How many juries were drawn.
	drawn: usize,
	/// The last epoch in which everything that was due was done.
	served: u64,
}

impl Ledger {
	/// What `who` has bonded, and what of that is at stake.
	fn bond(&mut self, who: AccountId) -> &mut (Balance, Balance) {
		self.bonds.entry(who).or_default()
	}

	/// Notes which juries were drawn since the last time, and checks each.
	fn note_draws(&mut self) {
		for (case, round, jury) in Heard::get().split_off(self.drawn) {
			assert_eq!(round, FIRST);
			let (expected, wanted, stake, epoch) = self.waiting.remove(0);
			assert_eq!(case, expected, "juries are drawn in order");
			assert!(CurrentEpoch::get() >= epoch + DELAY, "a jury was drawn too early");
			assert!(jury.iter().map(|(_, seats)| seats).sum::<u32>() <= wanted);
			for (who, seats) in jury {
				assert!(!Excluded::get().contains(&(case, who)), "{who} is excluded");
				let (bond, locked) = self.bond(who);
				*locked += stake * Balance::from(seats);
				assert!(locked <= bond, "{who} has more at stake than it has");
			}
			self.drawn += 1;
		}
	}

	/// Notes which weights are asked for by now, and checks that each weight in the tree was asked
	/// for three epochs ago or earlier: the last one of these if nothing is left over.
	fn note_weights(&mut self) {
		let now = CurrentEpoch::get();
		for who in ACTORS {
			let asked = self.asked.entry(who).or_default();
			let Some(juror) = crate::Jurors::<Test>::get(who) else {
				asked.clear();
				continue;
			};
			asked.insert(now, Jurors::latest_weight(&juror));
			let mut decided = asked.range(..=now - DELAY).map(|(_, weight)| *weight);
			if self.served == now {
				assert_eq!(juror.weight, decided.next_back().unwrap_or(0), "{who} at {now}");
			} else {
				let is_old = juror.weight == 0 || decided.any(|weight| weight == juror.weight);
				assert!(is_old, "{who} has a weight at {now} that came later");
			}
		}
	}

	/// Checks that the pallet has the bonds and stakes that were noted.
	fn check_bonds(&self) {
		for who in ACTORS {
			let stored = crate::Jurors::<Test>::get(who);
			let noted = self.bonds.get(&who).copied().unwrap_or_default();
			assert_eq!(stored.map_or((0, 0), |juror| (juror.bond, juror.locked)), noted, "{who}");
			assert_eq!(held(who), noted.0, "{who}");
		}
	}
}

/// What everybody owns, held money included.
fn owned() -> BTreeMap<AccountId, Balance> {
	ACCOUNTS.into_iter().map(|who| (who, Balances::total_balance(&who))).collect()
}

/// Makes a call, and notes what it must do to the bond. It must move no money from one account to
/// another.
fn make(caller: AccountId, act: &Act, ledger: &mut Ledger) -> bool {
	let staying = crate::Jurors::<Test>::get(caller).map_or(0, |juror| juror.staying());
	let call = match *act {
		Act::Bond(amount) => Call::<Test>::bond { amount },
		Act::Unbond(amount) => Call::unbond { amount },
		Act::UnbondAll => Call::unbond { amount: staying },
		Act::Withdraw(account) => Call::withdraw { account },
		Act::Refresh(account) => Call::refresh { account },
	};
	let before = owned();
	let leaving = |who: AccountId| {
		crate::Jurors::<Test>::get(who)
			.and_then(|juror| juror.leaving)
			.map_or(0, |leaving| leaving.amount)
	};
	let left = match act {
		Act::Withdraw(account) => leaving(*account),
		_ => 0,
	};
	if RuntimeCall::from(call).dispatch(signed(caller)).is_err() {
		return false;
	}
	assert_eq!(owned(), before, "{act:?} moved money");
	match *act {
		Act::Bond(amount) => ledger.bond(caller).0 += amount,
		Act::Withdraw(account) => {
			let (bond, locked) = ledger.bond(account);
			*bond -= left.min(*bond - *locked);
		},
		_ => (),
	}
	true
}

/// Lets `step` happen. It may fail, as it may in life.
fn take(step: &Step, ledger: &mut Ledger) {
	let (who, call) = match *step {
		Step::Call { caller, ref call } => {
			make(caller, call, ledger);
			return;
		},
		Step::Request { case, seats, stake } => {
			if request(CaseId(case), FIRST, seats, stake).is_ok() {
				ledger.waiting.push((CaseId(case), seats, stake, CurrentEpoch::get()));
			}
			return;
		},
		Step::Forfeit { who, amount } => {
			let mut before = owned();
			if forfeit(who, amount).is_ok() {
				let (bond, locked) = ledger.bond(who);
				*bond -= amount;
				*locked -= amount;
				*before.get_mut(&who).expect("a known account") -= amount;
				*before.get_mut(&TREASURY).expect("a known account") += amount;
			}
			// What keeps less than the existential deposit is swept into the treasury.
			let swept = Balances::total_balance(&who) == 0;
			assert!(swept || owned() == before, "a forfeit moved other money");
			return;
		},
		Step::Unlock { who, amount } => {
			unlock(who, amount);
			let (_, locked) = ledger.bond(who);
			*locked -= amount.min(*locked);
			return;
		},
		Step::Poll { draws } => return serve(draws, ledger),
		Step::BeginEpoch => return begin_epoch(),
		Step::Exclude { case, who } => return exclude(CaseId(case), who),
		Step::SetReputation { who, percent } => {
			return set_reputation(who, Perbill::from_percent(percent))
		},
		Step::SetMinBond { least } => return MinBond::set(&least),
		Step::SetExistentialDeposit { least } => return ExistentialDeposit::set(&least),
		Step::Freeze { who } => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
			return;
		},
		Step::Thaw { who } => {
			let _ = Balances::thaw(&(), &who);
			return;
		},
		Step::Drain { who } => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: false };
			(who, call)
		},
		Step::Lend { who } => {
			let call = pallet_balances::Call::transfer_allow_death { dest: who, value: 100_000 };
			(BANK, call)
		},
	};
	let _ = RuntimeCall::from(call).dispatch(signed(who));
}

/// Runs the hook of a block that has weight for this many of the largest draws.
fn serve(draws: u64, ledger: &mut Ledger) {
	let limit = <()>::service() + Jurors::draw_weight(MAX_SEATS).saturating_mul(draws);
	assert!(poll_with(limit).all_lte(limit));
	if draws == 1_000 {
		ledger.served = CurrentEpoch::get();
	}
}

/// Checks what must hold after every step.
fn check(issuance: Balance, ledger: &mut Ledger) {
	assert_ok!(Jurors::do_try_state());
	ledger.note_draws();
	ledger.note_weights();
	ledger.check_bonds();
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	assert_eq!(owned().values().sum::<Balance>(), issuance, "money is where no account is");
}

/// Unlocks all that is at stake, lets everybody leave, and expects nothing to be left over.
fn end_all(issuance: Balance, ledger: &mut Ledger) {
	ExistentialDeposit::set(&ED);
	for who in ACCOUNTS {
		assert_ok!(Balances::transfer_allow_death(signed(BANK), who, ED));
	}
	for _ in 0..DELAY {
		begin_epoch();
		serve(1_000, ledger);
		check(issuance, ledger);
	}
	assert!(ledger.waiting.is_empty(), "a jury was never drawn");
	let present = || ACTORS.into_iter().filter(|who| crate::Jurors::<Test>::contains_key(who));
	for who in present() {
		take(&Step::Unlock { who, amount: Balance::MAX }, ledger);
		if juror(who).staying() > 0 {
			assert!(make(who, &Act::UnbondAll, ledger), "{who} can't leave: {:?}", juror(who));
		}
		check(issuance, ledger);
	}
	for _ in 0..DELAY {
		begin_epoch();
		serve(1_000, ledger);
		check(issuance, ledger);
	}
	for who in present() {
		assert!(make(BANK, &Act::Withdraw(who), ledger), "{who} is stuck: {:?}", juror(who));
		check(issuance, ledger);
	}
	assert_eq!(crate::Jurors::<Test>::iter().count(), 0);
	assert_eq!(Nodes::<Test>::iter().count(), 0);
	assert_eq!(ChangeQueue::<Test>::iter().count() + DrawQueue::<Test>::iter().count(), 0);
	assert_eq!(Jurors::juror_count(), 0);
}

/// Lets `steps` happen, and then everything end.
fn play(steps: &[Step]) {
	new_test_ext().execute_with(|| {
		ServiceWeight::set(&Weight::MAX);
		// Dust must find a treasury, else it is burnt.
		assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, 100_000));
		let issuance = Balances::total_issuance();
		let mut ledger = Ledger::default();
		// Begin with jurors, else most sequences would draw nobody.
		for who in [JUROR, OTHER] {
			assert!(make(who, &Act::Bond(2 * BOND), &mut ledger));
		}
		check(issuance, &mut ledger);
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
fn jurors_should_keep_their_money_and_weigh_what_was_settled_before_whatever_happens() {
	let (seed, cases) = (seed(), sequences());
	let config = ProptestConfig {
		cases,
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(seed),
		..Default::default()
	};
	let outcome = TestRunner::new(config).run(&vec(step(), 1..60), |steps| {
		play(&steps);
		Ok(())
	});
	if let Err(error) = outcome {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
			 cargo test --release -p pallet-jurors invariants"
		);
	}
}
