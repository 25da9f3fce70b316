//! What holds whatever happens, on random input.
//!
//! A failure prints the smallest input that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p aitbc-reputation invariants`. `PROPTEST_CASES=1000000` before it asks
//! for a million cases.

use crate::{aggregate::MAX_WEIGHT, *};
use aitbc_core::{money::AIT, Balance, BlockNumber};
use proptest::{collection::vec, prelude::*};
use sp_arithmetic::Perbill;

const HALF_LIFE: BlockNumber = 864_000;

/// Times that meet every part of a half-life, and some that are very long.
fn time() -> impl Strategy<Value = BlockNumber> {
	prop_oneof![Just(0), 0..100u32, 0..4 * HALF_LIFE, any::<BlockNumber>()]
}

fn half_life() -> impl Strategy<Value = BlockNumber> {
	prop_oneof![0..10u32, Just(HALF_LIFE), any::<BlockNumber>()]
}

/// From dust to more than there is.
fn amount() -> impl Strategy<Value = Balance> {
	prop_oneof![0..1_000u128, AIT..1_000 * AIT, 0..MAX_WEIGHT]
}

/// A fee that somebody could pay.
fn fee() -> impl Strategy<Value = Balance> {
	prop_oneof![0..1_000u128, AIT..10 * AIT, AIT..10_000 * AIT]
}

fn value() -> impl Strategy<Value = Perbill> {
	prop_oneof![Just(0), Just(1_000_000_000), 0..=1_000_000_000u32].prop_map(Perbill::from_parts)
}

fn work() -> impl Strategy<Value = Outcome> {
	let money = || prop_oneof![Just(0), 0..100_000 * AIT];
	(any::<bool>(), fee(), money(), money(), [0..=4u128, 0..=4, 0..=4]).prop_map(
		|(accepted, fee, released, refunded, quarters)| Outcome {
			accepted,
			fee,
			released: released.max(fee),
			refunded,
			on_time: released * quarters[0] / 4,
			missed: refunded * quarters[1] / 4,
			disputed_lost: refunded * quarters[2] / 4,
		},
	)
}

fn component() -> impl Strategy<Value = Component> {
	proptest::sample::select(&Component::ALL[..])
}

/// What can happen to an agent.
#[derive(Clone, Debug)]
enum Step {
	Settle { client: usize, work: Outcome },
	Rate { component: Component, value: Perbill, late: BlockNumber },
	Revoke { place: usize },
	Sell,
	Wait { blocks: BlockNumber },
}

fn step() -> impl Strategy<Value = Step> {
	prop_oneof![
		4 => (0..3usize, work()).prop_map(|(client, work)| Step::Settle { client, work }),
		4 => (component(), value(), 0..HALF_LIFE)
			.prop_map(|(component, value, late)| Step::Rate { component, value, late }),
		2 => (0..8usize).prop_map(|place| Step::Revoke { place }),
		1 => Just(Step::Sell),
		4 => (0..HALF_LIFE).prop_map(|blocks| Step::Wait { blocks }),
	]
}

/// An agent in the course of random steps.
struct Life {
	rules: Rules,
	now: BlockNumber,
	standing: Standing,
	pairs: [PairEvidence; 3],
	/// The ratings that are not revoked, and how often the agent was sold when they came.
	ratings: Vec<(Component, Entry, u32)>,
	sold: u32,
	/// What the last work counted for, which a rating weighs.
	weight: Balance,
}

impl Life {
	fn new() -> Self {
		Self {
			rules: Rules::default(),
			now: 1_000_000,
			standing: Standing::default(),
			pairs: Default::default(),
			ratings: Vec::new(),
			sold: 0,
			weight: AIT,
		}
	}

	fn take(&mut self, step: &Step) {
		let Self { rules, now, standing, .. } = self;
		match step {
			Step::Settle { client, work } => {
				let weight = standing.note(&mut self.pairs[*client], work, rules, *now);
				assert!(weight <= work.fee && weight <= rules.pair_cap);
				self.weight = weight;
			},
			Step::Rate { component, value, late } => {
				let entry = Entry { value: *value, weight: self.weight, since: *now - late };
				standing.add(*component, entry, rules, *now);
				self.ratings.push((*component, entry, self.sold));
			},
			Step::Revoke { place } if *place < self.ratings.len() => {
				let (component, entry, sold) = self.ratings.swap_remove(*place);
				standing.remove(component, entry.quartered(self.sold - sold), rules, *now);
			},
			Step::Revoke { .. } => (),
			Step::Sell => {
				standing.quarter(rules, *now);
				self.sold += 1;
			},
			Step::Wait { blocks } => *now += blocks,
		}
	}
}

/// Wilson's lower bound in floating point.
fn reference_bound(mean: Perbill, observations: f64) -> f64 {
	let (p, n) = (f64::from(mean.deconstruct()) / 1e9, observations);
	(p * n + 2.0 - 2.0 * (p * (1.0 - p) * n + 1.0).sqrt()) / (n + 4.0)
}

/// A part in a billion.
fn epsilon() -> Perbill {
	Perbill::from_parts(1)
}

proptest! {
	#[test]
	fn retained_should_never_grow_an_amount(
		amount in any::<u128>(),
		elapsed in time(),
		half_life in half_life(),
	) {
		let share = retained(elapsed, half_life);
		prop_assert!(share.floor(amount) <= share.ceil(amount));
		prop_assert!(share.ceil(amount) <= amount);
	}

	#[test]
	fn retained_should_never_rise_with_time(
		elapsed in time(),
		more in time(),
		half_life in half_life(),
	) {
		let later = retained(elapsed.saturating_add(more), half_life);
		prop_assert!(later <= retained(elapsed, half_life));
		prop_assert!(retained(elapsed.saturating_add(1), half_life) <= retained(elapsed, half_life));
	}

	#[test]
	fn retained_should_compose_within_its_bound(
		first in time(),
		second in time(),
		half_life in half_life(),
	) {
		// A share of 2^64 is the share itself.
		let one = 1u128 << 64;
		let stepwise = retained(second, half_life).floor(retained(first, half_life).floor(one));
		let at_once = retained(first.saturating_add(second), half_life).floor(one);
		if first.checked_add(second).is_some() {
			prop_assert!(stepwise.abs_diff(at_once) < 1 << 9);
		}
	}

	#[test]
	fn retained_should_agree_with_floating_point(elapsed in time(), half_life in half_life()) {
		let share = retained(elapsed, half_life).floor(1 << 64) as f64 / 2f64.powi(64);
		let reference = 2f64.powf(-f64::from(elapsed) / f64::from(half_life.max(1)));
		prop_assert!((share - reference).abs() < 1e-15, "{share} {reference}");
	}

	#[test]
	fn aggregates_should_keep_their_mean_from_rising_when_time_passes(
		entries in vec((value(), amount(), 0..HALF_LIFE), 1..10),
		waits in vec(time(), 1..5),
		half_life in half_life(),
	) {
		let mut aggregate = Aggregate::default();
		let mut now = 0u32;
		for (value, weight, wait) in entries {
			now += wait;
			aggregate.add(Entry { value, weight, since: now }, now, half_life);
		}
		for wait in waits {
			let before = aggregate;
			now = now.saturating_add(wait);
			aggregate.decay(now, half_life);
			prop_assert!(aggregate.is_sound());
			prop_assert!(aggregate.mean() <= before.mean());
			let (evidence, former) =
				(aggregate.evidence(now, half_life), before.evidence(before.at(), half_life));
			prop_assert!(evidence <= former);
			let mut quartered = aggregate;
			quartered.quarter(now, half_life);
			prop_assert!(quartered.is_sound());
			prop_assert!(quartered.mean() <= aggregate.mean());
			prop_assert!(quartered.evidence(now, half_life) == evidence.div_ceil(4));
		}
	}

	#[test]
	fn aggregates_should_come_to_the_same_when_an_entry_is_added_and_removed(
		others in vec((value(), AIT..100 * AIT), 1..10),
		(value, weight) in (value(), AIT..100 * AIT),
		place in 0..10usize,
		waits in vec(0..HALF_LIFE / 10, 11),
	) {
		let (mut with, mut without) = (Aggregate::default(), Aggregate::default());
		let mut now = 0;
		let mut passing = None;
		for (index, ((other, other_weight), wait)) in others.into_iter().zip(&waits).enumerate() {
			now += wait;
			if index == place {
				let entry = Entry { value, weight, since: now };
				with.add(entry, now, HALF_LIFE);
				passing = Some(entry);
			}
			let entry = Entry { value: other, weight: other_weight, since: now };
			with.add(entry, now, HALF_LIFE);
			without.add(entry, now, HALF_LIFE);
		}
		now += waits[10];
		if let Some(entry) = passing {
			with.remove(entry, now, HALF_LIFE);
		}
		let (evidence, expected) = (with.evidence(now, HALF_LIFE), without.evidence(now, HALF_LIFE));
		prop_assert!(with.is_sound());
		prop_assert_eq!(with.count(), without.count());
		prop_assert!(evidence.abs_diff(expected) < 50, "{evidence} {expected}");
		let (mean, expected) = (with.mean().unwrap(), without.mean().unwrap());
		prop_assert!(mean <= expected + epsilon() && expected <= mean + epsilon());
	}

	#[test]
	fn pairs_should_never_count_for_more_than_their_cap_or_a_fee_for_more_than_itself(
		payments in vec((fee(), 0..2 * HALF_LIFE), 1..50),
		cap in AIT..100 * AIT,
	) {
		let mut pair = PairEvidence::default();
		let mut counts = Aggregate::default();
		let mut now = 0;
		for (step, (fee, wait)) in (1..).zip(payments) {
			now += wait;
			let weight = pair.credit(fee, cap, now, HALF_LIFE);
			prop_assert!(weight <= fee);
			counts.add(Entry { value: Perbill::one(), weight, since: now }, now, HALF_LIFE);
			prop_assert!(counts.evidence(now, HALF_LIFE) <= cap + step);
		}
	}

	#[test]
	fn pairs_should_count_for_the_same_when_a_fee_is_split(
		before in fee(),
		parts in vec(fee(), 1..50),
		cap in AIT..100 * AIT,
	) {
		let mut split = PairEvidence::default();
		split.credit(before, cap, 0, HALF_LIFE);
		let mut whole = split;
		let in_parts: Balance =
			parts.iter().map(|fee| split.credit(*fee, cap, 5, HALF_LIFE)).sum();
		prop_assert_eq!(in_parts, whole.credit(parts.iter().sum(), cap, 5, HALF_LIFE));
	}

	#[test]
	fn lower_bounds_should_be_just_below_floating_point_and_below_the_mean(
		mean in value(),
		evidence in prop_oneof![0..1_000 * AIT, 0..1_000_000_000_000 * AIT],
	) {
		let bound = lower_bound(mean, evidence, 10 * AIT);
		prop_assert!(bound <= mean);
		let bound = f64::from(bound.deconstruct()) / 1e9;
		let reference = reference_bound(mean, evidence as f64 / (10 * AIT) as f64);
		prop_assert!(bound < reference + 1e-11 && reference < bound + 4e-9, "{bound} {reference}");
	}

	#[test]
	fn lower_bounds_should_rise_with_mean_and_evidence(
		mean in value(),
		better in value(),
		evidence in amount(),
		more in amount(),
		unit in prop_oneof![Just(10 * AIT), amount()],
	) {
		let bound = lower_bound(mean, evidence, unit);
		prop_assert!(bound <= lower_bound(mean, evidence + more, unit) + epsilon());
		prop_assert!(bound <= lower_bound(mean.max(better), evidence, unit) + epsilon());
	}

	#[test]
	fn outcomes_should_weigh_failure_down_and_success_up(
		work in work(),
		more in 0..100_000 * AIT,
	) {
		let worse = Outcome { refunded: work.refunded + more, missed: work.missed + more, ..work };
		prop_assert!(worse.completion() <= work.completion() || work.completion().is_none());
		prop_assert!(worse.timeliness() <= work.timeliness() || work.timeliness().is_none());
		let better =
			Outcome { released: work.released + more, on_time: work.on_time + more, ..work };
		prop_assert!(better.completion() >= work.completion());
		prop_assert!(better.timeliness() >= work.timeliness());
		prop_assert!(better.disputes() >= work.disputes());
	}

	#[test]
	fn standings_should_stay_sound_whatever_happens(steps in vec(step(), 1..60), wait in time()) {
		let mut life = Life::new();
		for step in &steps {
			life.take(step);
			let Life { standing, rules, now, .. } = &life;
			prop_assert!(standing.is_sound(), "{step:?}");
			let score = standing.score(rules, *now);
			prop_assert!(score.lower_bound <= score.mean.unwrap_or(Perbill::zero()));
			prop_assert!(score.evidence > 0 || score.lower_bound.is_zero());
			prop_assert_eq!(score.level, Level::of(score.lower_bound));

			let later = standing.score(rules, now.saturating_add(wait));
			prop_assert_eq!(later.mean, score.mean);
			prop_assert!(later.evidence <= score.evidence);
			prop_assert!(later.lower_bound <= score.lower_bound + epsilon());
		}
	}

	#[test]
	fn standings_should_not_gain_from_fees_that_buy_nothing_good(
		steps in vec(step(), 1..30),
		fee in AIT..1_000 * AIT,
	) {
		let mut life = Life::new();
		steps.iter().for_each(|step| life.take(step));
		let Life { mut standing, rules, now, .. } = life;
		let before = standing.score(&rules, now);
		// Paid for without being done: nothing in time, all lost in a dispute.
		let bad = Outcome {
			accepted: true,
			fee,
			released: fee,
			refunded: u128::MAX / 2,
			missed: u128::MAX / 2,
			disputed_lost: u128::MAX / 2,
			on_time: 0,
		};
		standing.note(&mut PairEvidence::default(), &bad, &rules, now);
		let after = standing.score(&rules, now);
		prop_assert!(before.mean.is_none() || after.mean <= before.mean);
		prop_assert!(after.lower_bound <= before.lower_bound + epsilon());
	}
}
