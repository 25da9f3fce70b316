//! Random sequences of everything that can happen: blocks, headers, reorganizations, proofs, claims, pauses.
//!
//! A failure prints its seed, the smallest sequence that fails, and how to replay it.
//! `PROPTEST_CASES=1000000 cargo test --release -p pallet-bitcoin-anchor invariants` runs a million.

use crate::{
	mock::{Anchor, *},
	*,
};
use aitbc_bitcoin::{BlockHash, InclusionProof, Payload};
use aitbc_core::{Balance, BlockNumber};
use frame_support::assert_ok;
use proptest::{
	collection::vec,
	prelude::*,
	test_runner::{Config as ProptestConfig, RngSeed, TestRunner},
};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet},
	hash::{BuildHasher, RandomState},
};

/// How many sequences are run unless PROPTEST_CASES says otherwise.
const SEQUENCES: u32 = 1_000;

/// What can happen.
#[derive(Clone, Debug)]
enum Step {
	Pass { blocks: u32 },
	Pause { blocks: u32 },
	Mine { count: u32 },
	MineAnchor { newest: usize, seed: u8, is_forged: bool },
	Reorganize { displaced: u32, appended: u32 },
	Forget { depth: u32 },
	Prove { which: usize, is_swapped: bool },
	Anchor { newest: usize, seed: u8 },
	Claim { which: usize, seed: Option<u8> },
	Register { seed: u8, who: AccountId },
	Deregister { seed: u8, who: AccountId },
	SetPeriod { period: BlockNumber },
	SetTimeout { timeout: BlockNumber },
	FillLog { is_full: bool },
}

fn step() -> impl Strategy<Value = Step> {
	let seed = || 1..4u8;
	let who = || ANCHORER..=OTHER;
	prop_oneof![
		12 => (1..3u32).prop_map(|blocks| Step::Pass { blocks }),
		4 => (5..30u32).prop_map(|blocks| Step::Pass { blocks }),
		1 => (1..30u32).prop_map(|blocks| Step::Pause { blocks }),
		8 => prop_oneof![1..CONFIRMED + 2, 1..FINAL].prop_map(|count| Step::Mine { count }),
		4 => (0..4usize, seed(), prop::bool::weighted(0.2))
			.prop_map(|(newest, seed, is_forged)| Step::MineAnchor { newest, seed, is_forged }),
		6 => prop_oneof![(1..FINAL, 0..FINAL), (2..FINAL - CONFIRMED, 0..2u32)]
			.prop_map(|(displaced, appended)| Step::Reorganize { displaced, appended }),
		1 => (FINAL..20).prop_map(|depth| Step::Forget { depth }),
		6 => (0..6usize, prop::bool::weighted(0.1))
			.prop_map(|(which, is_swapped)| Step::Prove { which, is_swapped }),
		6 => (0..3usize, seed()).prop_map(|(newest, seed)| Step::Anchor { newest, seed }),
		6 => (0..4usize, prop::option::weighted(0.3, seed()))
			.prop_map(|(which, seed)| Step::Claim { which, seed }),
		3 => (seed(), who()).prop_map(|(seed, who)| Step::Register { seed, who }),
		1 => (seed(), who()).prop_map(|(seed, who)| Step::Deregister { seed, who }),
		1 => (0..30u32).prop_map(|period| Step::SetPeriod { period }),
		1 => (1..200u32).prop_map(|timeout| Step::SetTimeout { timeout }),
		1 => any::<bool>().prop_map(|is_full| Step::FillLog { is_full }),
	]
}

/// An anchor that was mined once.
struct Mined {
	payload: Payload,
	block: BlockHash,
	proof: InclusionProof,
}

/// What the test knows, apart from what the pallet stores.
#[derive(Default)]
struct Ledger {
	/// Anchors that were mined, the last one first.
	mined: Vec<Mined>,
	/// Tasks that were final once.
	finals: BTreeMap<BlockNumber, Inclusion>,
	/// Tasks that were paid.
	paid: BTreeSet<BlockNumber>,
	/// The state that the events tell of, of tasks that are not forgotten.
	told: BTreeMap<BlockNumber, &'static str>,
	/// How many events of the present block were read.
	read: usize,
	/// What events told of at all.
	seen: BTreeSet<&'static str>,
}

/// What some of the sequences must come to: else they prove little.
const REACHED: [&str; 10] = [
	"confirmed",
	"covered",
	"due",
	"final",
	"forgotten",
	"included",
	"lost",
	"missed",
	"paid",
	"unconfirmed",
];

/// A status by its name.
fn name(status: &Status) -> &'static str {
	match status {
		Status::Due { .. } => "due",
		Status::Included(_) => "included",
		Status::Confirmed(_) => "confirmed",
		Status::Final { is_paid: false, .. } => "final",
		Status::Final { .. } => "paid",
		Status::Covered { .. } => "covered",
		Status::Missed => "missed",
	}
}

impl Ledger {
	/// Reads what events tell since the last time.
	fn read_events(&mut self) {
		let events = events();
		for event in &events[self.read.min(events.len())..] {
			let (height, told) = match event {
				Event::TaskMade { payload } => (payload.height, "due"),
				Event::AnchorIncluded { height, .. } => (*height, "included"),
				Event::AnchorConfirmed { height } => (*height, "confirmed"),
				Event::AnchorUnconfirmed { height } => (*height, "unconfirmed"),
				Event::AnchorFinal { height, .. } => (*height, "final"),
				Event::AnchorLost { height, .. } => (*height, "lost"),
				Event::TaskCovered { height, .. } => (*height, "covered"),
				Event::TaskMissed { height } => (*height, "missed"),
				Event::TaskForgotten { height } => (*height, "forgotten"),
				Event::RewardPaid { height, .. } => (*height, "paid"),
				_ => continue,
			};
			self.seen.insert(told);
			match told {
				"forgotten" => self.told.remove(&height),
				"unconfirmed" => self.told.insert(height, "included"),
				"lost" => self.told.insert(height, "due"),
				state => self.told.insert(height, state),
			};
		}
		self.read = events.len();
	}

	/// Ends the present block, and begins the next.
	fn next_block(&mut self) {
		self.read_events();
		let weight = next_block();
		assert!(weight.all_lte(Anchor::most_hook_weight()));
		self.read = 0;
		self.read_events();
	}

	/// The task at this place of the list, from its end.
	fn newest(place: usize) -> Option<BlockNumber> {
		Heights::<Test>::get().iter().rev().nth(place).copied()
	}

	/// Lets `step` happen. It may fail, as it may in life.
	fn take(&mut self, step: &Step) {
		match *step {
			Step::Pass { blocks } => (0..blocks).for_each(|_| self.next_block()),
			Step::Pause { blocks } => (0..blocks).for_each(|_| {
				Paused::set(&(Paused::get() + 1));
				self.next_block();
			}),
			Step::Mine { count } => mine(count),
			Step::MineAnchor { newest, seed, is_forged } => self.mine(newest, seed, is_forged),
			Step::Reorganize { displaced, appended } => {
				// No deeper than the light client allows.
				let most = (FINAL - 1).min(Best::get().len() as u32 - 1);
				reorganize(displaced.min(most), appended);
			},
			Step::Forget { depth } => {
				let oldest = (Best::get().len() as u32).saturating_sub(depth);
				OldestHeight::set(&oldest.max(OldestHeight::get()));
			},
			Step::Prove { which, is_swapped } => self.prove(which, is_swapped),
			Step::Anchor { newest, seed } => {
				self.mine(newest, seed, false);
				self.prove(0, false);
			},
			Step::Claim { which, seed } => {
				let Some((height, inclusion)) = self.finals.iter().rev().nth(which) else { return };
				let is_own = |seed: &u8| funding(*seed).txid() == inclusion.funded_by.txid;
				let own = (1..4).find(is_own).expect("nobody else pays for anchors");
				self.claim(*height, seed.unwrap_or(own));
			},
			Step::Register { seed, who } => {
				let _ = Anchor::register(signed(who), key_hash(seed), signature(seed, who));
			},
			Step::Deregister { seed, who } => {
				let _ = Anchor::deregister(signed(who), key_hash(seed));
			},
			Step::SetPeriod { period } => Period::set(&period),
			Step::SetTimeout { timeout } => Timeout::set(&timeout),
			Step::FillLog { is_full } => LogIsFull::set(&is_full),
		}
	}

	/// Has the payload of a task mined, or a forged one.
	fn mine(&mut self, newest: usize, seed: u8, is_forged: bool) {
		let Some(height) = Self::newest(newest) else { return };
		let mut payload = payload(height);
		payload.block_hash[0] ^= u8::from(is_forged);
		let (block, proof) = mine_anchor(anchor(seed, &payload));
		self.mined.insert(0, Mined { payload, block, proof });
	}

	/// Proves one of the last anchors, for its own task or for another. That must hold if, and only if, the task
	/// is due, the payload is its own, and the block is in the best chain.
	fn prove(&mut self, which: usize, is_swapped: bool) {
		let Some(Mined { payload, block, proof }) = self.mined.get(which) else { return };
		let height = match is_swapped {
			true => Self::newest(0).unwrap_or_default(),
			false => payload.height,
		};
		use aitbc_traits::BitcoinHeaderChain;
		let task = Tasks::<Test>::get(height);
		let is_due = task.is_some_and(|task| {
			matches!(task.status, Status::Due { .. }) && task.payload == *payload
		});
		let holds = is_due && Bitcoin::find(*block).is_some();
		assert_eq!(prove(height, *block, proof.clone()).is_ok(), holds);
	}

	/// Claims, and checks who was paid.
	fn claim(&mut self, height: BlockNumber, seed: u8) {
		let before = [ANCHORER, OTHER].map(free);
		let claimed = claim(height, seed);
		let paid = [ANCHORER, OTHER].map(free);
		let gained: Balance = paid.iter().sum::<Balance>() - before.iter().sum::<Balance>();
		if claimed.is_err() {
			assert_eq!(gained, 0);
			return;
		}
		assert!(self.paid.insert(height), "{height} was paid twice");
		let inclusion = self.finals.get(&height).expect("only what is final is paid");
		assert_eq!(inclusion.funded_by.txid, funding(seed).txid());
		let owner = Anchorers::<Test>::get(key_hash(seed)).expect("it is registered").account;
		let place = (owner - ANCHORER) as usize;
		assert_eq!((gained, paid[place] - before[place]), (REWARD, REWARD));
	}

	/// Checks what must hold after every step.
	fn check(&mut self, issued: Balance) {
		assert_ok!(Anchor::do_try_state());
		assert_eq!(Balances::total_issuance(), issued);
		self.read_events();
		let stored: BTreeMap<_, _> =
			Tasks::<Test>::iter().map(|(height, task)| (height, name(&task.status))).collect();
		assert_eq!(self.told, stored, "events tell another story");
		for (height, task) in Tasks::<Test>::iter() {
			let known = self.finals.get(&height).copied();
			match task.status {
				Status::Final { inclusion, is_paid, .. } => {
					assert_eq!(known.unwrap_or(inclusion), inclusion, "{height} changed");
					assert_eq!(is_paid, self.paid.contains(&height));
					self.finals.insert(height, inclusion);
				},
				_ => assert_eq!(known, None, "{height} is not final any more"),
			}
		}
	}
}

/// Lets `steps` happen, and says what events told of.
fn play(steps: &[Step]) -> BTreeSet<&'static str> {
	new_test_ext().execute_with(|| {
		let issued = Balances::total_issuance();
		let mut ledger = Ledger::default();
		register(1, ANCHORER);
		for step in steps {
			ledger.take(step);
			ledger.check(issued);
		}
		// Every deposit finds its way out.
		for seed in 1..4 {
			if let Some(anchorer) = Anchorers::<Test>::get(key_hash(seed)) {
				assert_ok!(Anchor::deregister(signed(anchorer.account), key_hash(seed)));
			}
		}
		assert_eq!((held(ANCHORER), held(OTHER)), (0, 0));
		ledger.check(issued);
		ledger.seen
	})
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
fn tasks_should_move_as_events_tell_and_be_paid_once_whatever_happens() {
	let (seed, cases) = (seed(), sequences());
	let config = ProptestConfig {
		cases,
		failure_persistence: None,
		rng_seed: RngSeed::Fixed(seed),
		..Default::default()
	};
	let reached = RefCell::new(BTreeMap::<_, u32>::new());
	let outcome = TestRunner::new(config).run(&vec(step(), 1..80), |steps| {
		for told in play(&steps) {
			*reached.borrow_mut().entry(told).or_default() += 1;
		}
		Ok(())
	});
	if let Err(error) = outcome {
		panic!(
			"{error}\nto replay: PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases} \
			 cargo test --release -p pallet-bitcoin-anchor invariants"
		);
	}
	let reached = reached.into_inner();
	println!("sequences, of {cases}, that reached each state: {reached:?}");
	if cases >= SEQUENCES {
		assert_eq!(reached.into_keys().collect::<Vec<_>>(), REACHED, "PROPTEST_RNG_SEED={seed}");
	}
}
