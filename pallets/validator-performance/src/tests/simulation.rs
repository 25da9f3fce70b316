//! A thousand eras with the odds of BABE: what chance alone does, and what faults do.
//!
//! `cargo test -p pallet-validator-performance simulation -- --nocapture` prints the README's figures. Every run has
//! the same ones; `SIMULATION_SEED` asks for others.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use frame_support::traits::Hooks;
use sp_runtime::Perbill;

/// How many eras are simulated.
const ERAS: u32 = 1_000;
/// How many slots an era has for each validator: as on a development network with four, where chance has most to say.
const SHORT: u64 = 15;
/// The same, as on a production network with a hundred.
const LONG: u64 = 288;
/// The chance that a slot has no primary author: `1 - c` of BABE.
const NO_PRIMARY: f64 = 0.75;

/// SplitMix64, which needs no more than a seed.
struct Generator(u64);

impl Generator {
	/// The generator of one simulation.
	fn new(simulation: u64) -> Self {
		let seed = std::env::var("SIMULATION_SEED").ok().and_then(|seed| seed.parse().ok());
		Self(seed.unwrap_or(1u64) ^ simulation << 32)
	}

	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		mixed ^ (mixed >> 31)
	}

	/// True with this probability.
	fn happens(&mut self, probability: f64) -> bool {
		((self.next() >> 11) as f64) < probability * (1u64 << 53) as f64
	}

	/// A number below `bound`.
	fn below(&mut self, bound: usize) -> usize {
		(self.next() % bound as u64) as usize
	}
}

/// Who misbehaves: always the first validator.
#[derive(Clone, Copy)]
enum Fault {
	/// Nobody.
	None,
	/// It misses a slot with this probability.
	Misses(f64),
	/// When it is primary author, it leaves out the block before if that is a secondary one.
	LeavesOut,
}

/// A block: its author, and whether that was a primary one.
type Made = (usize, bool);

/// Who makes the blocks of an era, slot by slot.
fn era_of(
	validators: usize,
	slots: u64,
	fault: Fault,
	random: &mut Generator,
) -> Vec<Option<Made>> {
	// 1 - (1 - c)^(1/n)
	let primary = 1.0 - NO_PRIMARY.powf(1.0 / validators as f64);
	let first = EpochStart::get();
	let epoch = Neighbours::epoch();
	let mut made: Vec<Option<Made>> = Vec::new();
	for slot in first..first + slots * validators as u64 {
		let is_up = match fault {
			Fault::Misses(probability) => !random.happens(probability),
			_ => true,
		};
		let winners: Vec<usize> = (0..validators)
			.filter(|_| random.happens(primary))
			.filter(|v| is_up || *v != 0)
			.collect();
		let block = match winners.len() {
			0 => {
				let secondary = epoch.secondary_author(slot.into()).expect("there is one") as usize;
				(is_up || secondary != 0).then_some((secondary, false))
			},
			count => Some((winners[random.below(count)], true)),
		};
		if let (Fault::LeavesOut, Some((0, true)), Some(before)) = (fault, block, made.last_mut()) {
			*before = before.filter(|(author, is_primary)| *is_primary || *author == 0);
		}
		made.push(block);
	}
	made
}

/// What was seen of all eras, and what an average would have made of it.
#[derive(Default)]
struct Seen {
	/// The slots of the first validator, and of the others.
	slots: [SlotCount; 2],
	/// The points of the first validator, and of the others: due, and paid.
	points: [(u64, u64); 2],
	/// How many eras of a validator there were.
	count: u64,
	/// In how many a validator lost any of its due.
	reduced: u64,
	/// In how many it was called silent, and in which era first.
	silent: u64,
	first_silent: Option<u32>,
	/// In how many of them it made less than the average, and less than nine tenths of it.
	below: u64,
	far_below: u64,
	/// What an average would have taken, in parts of a reward.
	lost: f64,
}

impl Seen {
	/// What is due to the first validator or the others, and paid, as a share.
	fn factor(&self, who: usize) -> f64 {
		let (due, paid) = self.points[who];
		paid as f64 / due as f64
	}

	fn uptime(&self, who: usize) -> f64 {
		f64::from(self.slots[who].filled()) / f64::from(self.slots[who].assigned)
	}

	/// Looks at an era that has just ended.
	fn look_at(&mut self, era: u32, authored: &[u32]) {
		let average = authored.iter().sum::<u32>() as f64 / authored.len() as f64;
		for (validator, authored) in (1u64..).zip(authored) {
			let performance = performance(era, validator);
			let who = usize::from(validator != 1);
			self.slots[who] = self.slots[who].plus(performance.slots);
			self.points[who].0 += u64::from(performance.points.due);
			self.points[who].1 += u64::from(performance.points.after);
			self.count += 1;
			self.reduced += u64::from(performance.points.after < performance.points.due);
			if performance.is_silent() {
				self.silent += 1;
				self.first_silent.get_or_insert(era - ERA + 1);
			}
			let share = f64::from(*authored) / average;
			self.below += u64::from(share < 1.0);
			self.far_below += u64::from(share < 0.9);
			self.lost += 1.0 - share.min(1.0);
		}
	}
}

/// Simulates eras with this many validators. The minimum slots and the grace are those of the chain.
fn simulate(validators: u64, slots: u64, eras: u32, fault: Fault) -> Seen {
	let mut random = Generator::new(validators);
	let mut seen = Seen::default();
	new_test_ext().execute_with(|| {
		MinSlots::set(&30);
		MaxSkipped::set(&64);
		Grace::set(&Perbill::from_percent(2));
		EpochLength::set(&(slots * validators));
		mock::validators(validators);
		for era in ERA..ERA + eras {
			let mut authored = vec![0; validators as usize];
			let start = EpochStart::get();
			for (slot, made) in
				(start..).zip(era_of(validators as usize, slots, fault, &mut random))
			{
				let Some((author, _)) = made else { continue };
				authored[author] += 1;
				PresentBlock::set(&Some((slot.into(), author as u32)));
				ValidatorPerformance::on_initialize(slot);
			}
			for (validator, authored) in (1..).zip(&authored) {
				let_earn(validator, authored * PER_BLOCK);
			}
			end_era();
			seen.look_at(era, &authored);
			begin_epoch(start + slots * validators);
			EraRewardPoints::set(&Default::default());
			System::reset_events();
		}
	});
	seen
}

/// Parts of a hundred.
fn percent(part: u64, whole: u64) -> f64 {
	100.0 * part as f64 / whole as f64
}

/// What the uptime of a validator comes to that misses each slot with a probability of `missing`.
///
/// When it is there, it fills one slot of `n`, as all do. When it is not, it is seen to miss those in which it is
/// secondary author and nobody else primary: one of `n` times `(1 - c)^((n - 1) / n)`.
fn expected(validators: u64, missing: f64) -> f64 {
	let others = (validators - 1) as f64 / validators as f64;
	let seen = missing * NO_PRIMARY.powf(others);
	(1.0 - missing) / (1.0 - missing + seen)
}

#[test]
fn simulation_should_punish_nobody_when_all_are_perfect() {
	println!(
		"validators | slots | missed | reward cut | silent | below average | below 90 % | average cut"
	);
	for (validators, slots, eras) in
		[(4, SHORT, ERAS), (10, SHORT, ERAS), (100, SHORT, ERAS), (10, LONG, ERAS / 20)]
	{
		let seen = simulate(validators, slots, eras, Fault::None);
		let missed = seen.slots[0].missed + seen.slots[1].missed;
		println!(
			"{validators:10} | {slots:5} | {missed:6} | {:10} | {:6} | {:11.1} % | {:8.1} % | {:9.1} %",
			seen.reduced,
			seen.silent,
			percent(seen.below, seen.count),
			percent(seen.far_below, seen.count),
			100.0 * seen.lost / seen.count as f64,
		);
		assert_eq!((missed, seen.reduced, seen.silent), (0, 0, 0));
		assert_eq!((seen.factor(0), seen.factor(1)), (1.0, 1.0));
		assert_eq!(seen.count, u64::from(eras) * validators);
		assert!(seen.below > seen.count / 3, "an average would have punished many");
	}
}

#[test]
fn simulation_should_find_the_uptime_when_one_misses_slots() {
	println!("validators | missing | expected | uptime | factor | others | first silent in era");
	for validators in [4, 10, 100] {
		for missing in [0.1, 0.5, 1.0] {
			let eras = if validators < 100 { ERAS } else { ERAS / 10 };
			let seen = simulate(validators, SHORT, eras, Fault::Misses(missing));
			let expected = expected(validators, missing);
			println!(
				"{validators:10} | {:5} % | {expected:8.3} | {:6.3} | {:6.3} | {:6.3} | {:?}",
				100.0 * missing,
				seen.uptime(0),
				seen.factor(0),
				seen.factor(1),
				seen.first_silent,
			);
			// Ten standard deviations of the share of so many slots at least.
			let margin = 5.0 / f64::from(seen.slots[0].assigned).sqrt();
			assert!((seen.uptime(0) - expected).abs() < margin, "{}", seen.uptime(0));
			assert!((seen.factor(0) - expected).abs() < margin, "{}", seen.factor(0));
			assert_eq!((seen.uptime(1), seen.factor(1)), (1.0, 1.0), "nobody else pays for it");
			assert_eq!(seen.silent > 0, missing == 1.0);
		}
	}
}

#[test]
fn simulation_should_find_what_others_lose_when_one_leaves_out_their_blocks() {
	println!("validators | of the others' slots left out");
	for (validators, eras) in [(4, ERAS), (10, ERAS), (100, ERAS / 10)] {
		let seen = simulate(validators, SHORT, eras, Fault::LeavesOut);
		let left_out = 1.0 - seen.uptime(1);
		println!("{validators:10} | {:.2} %", 100.0 * left_out);
		// It is primary author alone, or drawn among several, as often as anybody; the block before is a secondary one
		// with a probability of 1 - c, and another's.
		let others = (validators - 1) as f64 / validators as f64;
		let expected = (1.0 - NO_PRIMARY) * NO_PRIMARY * others / (validators - 1) as f64;
		assert!((left_out - expected).abs() < expected / 5.0, "{left_out} instead of {expected}");
	}
}
