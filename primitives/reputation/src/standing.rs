//! Everything that is remembered about an agent, and the one rule by which work adds to it.

use crate::{aggregate::share, score::lower_bound, Aggregate, Component, Entry, Level, Outcome};
use crate::{ComponentWeights, PairEvidence, Rules, Score};
use aitbc_core::{Balance, BlockNumber};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// What is remembered about an agent: an aggregate for each component.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Standing {
	/// See [`Component::Completion`].
	completion: Aggregate,
	/// See [`Component::Quality`].
	quality: Aggregate,
	/// See [`Component::Timeliness`].
	timeliness: Aggregate,
	/// See [`Component::Disputes`].
	disputes: Aggregate,
	/// See [`Component::Feedback`].
	feedback: Aggregate,
}

impl Standing {
	/// Notes a settled work, and says what it counts for, in plancks.
	///
	/// This is all that a settled work does. Work that the agent never accepted, and work whose fee
	/// is below the minimum, counts for nothing and leaves standing and pair as they are. Otherwise
	/// completion, timeliness and disputes each get an entry that weighs what the pair has room
	/// for. An entry for a rating of the work, whenever it comes, must have that weight too, and
	/// `now` as the time since when it decays: see [`Standing::add`].
	pub fn note(
		&mut self,
		pair: &mut PairEvidence,
		work: &Outcome,
		rules: &Rules,
		now: BlockNumber,
	) -> Balance {
		if !work.accepted || work.fee < rules.min_fee {
			return 0;
		}
		let weight = pair.credit(work.fee, rules.pair_cap, now, rules.half_life);
		for (component, value) in work.values() {
			if let Some(value) = value {
				self.add(component, Entry { value, weight, since: now }, rules, now);
			}
		}
		weight
	}

	/// Adds an entry to one component: a rating of the work.
	pub fn add(&mut self, component: Component, entry: Entry, rules: &Rules, now: BlockNumber) {
		self.aggregate_mut(component).add(entry, now, rules.half_life);
	}

	/// Takes an entry out again that was added to a component. See [`Aggregate::remove`], and
	/// [`Entry::quartered`] when the agent changed its owner since.
	pub fn remove(&mut self, component: Component, entry: Entry, rules: &Rules, now: BlockNumber) {
		self.aggregate_mut(component).remove(entry, now, rules.half_life);
	}

	/// Leaves a quarter of the evidence in each component: the agent changed its owner.
	pub fn quarter(&mut self, rules: &Rules, now: BlockNumber) {
		for component in Component::ALL {
			self.aggregate_mut(component).quarter(now, rules.half_life);
		}
	}

	/// The score at `now`.
	///
	/// With W the weights and e and m the evidence and mean of each component, the evidence is
	/// Σ W e / Σ W and the mean is Σ W e m / Σ W e: a component counts by its weight and by its
	/// evidence. So one cheap rating is one cheap rating, even if it is the first.
	///
	/// As time passes and nothing is added the mean stays and the evidence falls, so the lower
	/// bound does not rise; by rounding, it may by one part per billion.
	pub fn score(&self, rules: &Rules, now: BlockNumber) -> Score {
		let evidence = self.evidence(rules, now);
		let mean = self.mean(&rules.weights, rules.half_life);
		let lower_bound =
			mean.map_or(Perbill::zero(), |mean| lower_bound(mean, evidence, rules.unit));
		Score { mean, lower_bound, evidence, level: Level::of(lower_bound) }
	}

	/// The aggregate of one component.
	pub fn aggregate(&self, component: Component) -> &Aggregate {
		match component {
			Component::Completion => &self.completion,
			Component::Quality => &self.quality,
			Component::Timeliness => &self.timeliness,
			Component::Disputes => &self.disputes,
			Component::Feedback => &self.feedback,
		}
	}

	/// Whether every component is one that the operations above can leave: for `try_state`.
	pub fn is_sound(&self) -> bool {
		Component::ALL.iter().all(|component| self.aggregate(*component).is_sound())
	}

	/// The weighted evidence at `now`, in plancks, rounded down; 0 when all weights are 0.
	fn evidence(&self, rules: &Rules, now: BlockNumber) -> Balance {
		let mut sum = 0u128;
		for component in Component::ALL {
			let evidence = self.aggregate(component).evidence(now, rules.half_life);
			let weight = u128::from(rules.weights.of(component).deconstruct());
			// At most 2^90 x 2^30 for each of the five, so the sum is below 2^123.
			sum = sum.saturating_add(weight.saturating_mul(evidence));
		}
		sum.checked_div(rules.weights.sum()).unwrap_or(0)
	}

	/// The weighted mean, rounded down. It depends on the entries and not on the time of reading.
	fn mean(&self, weights: &ComponentWeights, half_life: BlockNumber) -> Option<Perbill> {
		// Components are up to date as of different times; the latest of these makes them
		// comparable and, unlike the present, does not round anew at each reading.
		let at = Component::ALL.iter().map(|component| self.aggregate(*component).at()).max()?;
		let (mut sum, mut total) = (0u128, 0u128);
		for component in Component::ALL {
			let (weight, values) = self.aggregate(component).left(at, half_life);
			// A sum of values is below 2^120, so five of them stay below 2^123.
			sum = sum.saturating_add(weights.of(component).mul_floor(values));
			total = total.saturating_add(weights.of(component).mul_ceil(weight));
		}
		sum.checked_div(total).map(share)
	}

	/// The aggregate of one component, to change it.
	fn aggregate_mut(&mut self, component: Component) -> &mut Aggregate {
		match component {
			Component::Completion => &mut self.completion,
			Component::Quality => &mut self.quality,
			Component::Timeliness => &mut self.timeliness,
			Component::Disputes => &mut self.disputes,
			Component::Feedback => &mut self.feedback,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	fn rules() -> Rules {
		Rules::default()
	}

	/// Work for a fee of so many AIT, all of it done in time.
	fn done(fee: Balance) -> Outcome {
		let released = 40 * fee * AIT;
		Outcome {
			accepted: true,
			fee: fee * AIT,
			released,
			on_time: released,
			..Default::default()
		}
	}

	/// A standing after one work, and what the work counted for.
	fn after(work: Outcome) -> (Standing, Balance) {
		let mut standing = Standing::default();
		let weight = standing.note(&mut PairEvidence::default(), &work, &rules(), 0);
		(standing, weight)
	}

	fn entry(percent: u32, weight: Balance) -> Entry {
		Entry { value: Perbill::from_percent(percent), weight, since: 0 }
	}

	#[test]
	fn score_should_be_nothing_when_there_is_no_evidence() {
		let score = Standing::default().score(&rules(), 1_000);
		assert_eq!(
			score,
			Score { mean: None, lower_bound: Perbill::zero(), evidence: 0, level: Level::Beginner }
		);
	}

	#[test]
	fn note_should_add_what_the_chain_knows_when_work_is_settled() {
		let (standing, weight) = after(done(25));
		assert_eq!(weight, 12_500_000_000_000, "half the cap, at as much as the cap");
		for component in [Component::Completion, Component::Timeliness, Component::Disputes] {
			let aggregate = standing.aggregate(component);
			assert_eq!(aggregate.mean(), Some(Perbill::one()));
			assert_eq!(aggregate.evidence(0, rules().half_life), weight);
		}
		for component in [Component::Quality, Component::Feedback] {
			assert_eq!(*standing.aggregate(component), Aggregate::default());
		}
		// Completion, timeliness and disputes weigh 0.65 together.
		assert_eq!(standing.score(&rules(), 0).evidence, 8_125_000_000_000);
	}

	#[test]
	fn note_should_change_nothing_when_the_fee_is_too_small_or_the_work_was_not_accepted() {
		let dust = Outcome { fee: AIT - 1, ..done(1) };
		let unasked = Outcome { accepted: false, ..done(1_000) };
		for work in [dust, unasked] {
			let mut pair = PairEvidence::default();
			let mut standing = Standing::default();
			assert_eq!(standing.note(&mut pair, &work, &rules(), 7), 0);
			assert_eq!((standing, pair), Default::default());
		}
	}

	#[test]
	fn note_should_count_for_nothing_when_all_was_refunded() {
		let refunded = Outcome { accepted: true, refunded: AIT, missed: AIT, ..Default::default() };
		let mut standing = Standing::default();
		let lenient = Rules { min_fee: 0, ..rules() };
		assert_eq!(standing.note(&mut PairEvidence::default(), &refunded, &lenient, 7), 0);
		assert_eq!(standing, Standing::default());
	}

	#[test]
	fn score_should_be_the_mean_of_all_components_when_they_weigh_alike() {
		let (mut standing, weight) = after(done(25));
		standing.add(Component::Quality, entry(60, weight), &rules(), 0);
		standing.add(Component::Feedback, entry(0, weight), &rules(), 0);
		let score = standing.score(&rules(), 0);
		// .30 + .25 x .6 + .20 + .15 + .10 x 0.
		assert_eq!(score.mean, Some(Perbill::from_percent(80)));
		assert_eq!(score.evidence, weight);
	}

	#[test]
	fn score_should_hardly_move_when_the_first_rating_is_small() {
		let mut standing = Standing::default();
		for _ in 0..100 {
			standing.note(&mut PairEvidence::default(), &done(10), &rules(), 0);
		}
		let before = standing.score(&rules(), 0).lower_bound;
		standing.add(Component::Feedback, entry(0, AIT), &rules(), 0);
		let after = standing.score(&rules(), 0).lower_bound;
		assert!(after < before);
		assert!(before - after < Perbill::from_parts(1_000_000), "{before:?} {after:?}");
	}

	#[test]
	fn score_should_be_as_before_when_a_rating_is_revoked() {
		let (mut standing, weight) = after(done(10));
		let before = standing.score(&rules(), 500);
		standing.add(Component::Quality, entry(0, weight), &rules(), 100);
		standing.remove(Component::Quality, entry(0, weight), &rules(), 500);
		assert_eq!(standing.score(&rules(), 500), before);
	}

	#[test]
	fn quarter_should_leave_the_mean_and_a_quarter_of_the_evidence() {
		let (mut standing, weight) = after(done(10));
		standing.add(Component::Quality, entry(50, weight), &rules(), 0);
		let before = standing.score(&rules(), 0);
		standing.quarter(&rules(), 0);
		let after = standing.score(&rules(), 0);
		assert!(before.evidence.abs_diff(4 * after.evidence) < 8);
		assert!(after.lower_bound < before.lower_bound);
		let (mean, mean_before) = (after.mean.unwrap(), before.mean.unwrap());
		assert!(mean <= mean_before && mean_before - mean < Perbill::from_parts(2));
	}

	#[test]
	fn score_should_be_nothing_when_all_weights_are_nothing() {
		let zero = Perbill::zero();
		let weights = ComponentWeights {
			completion: zero,
			quality: zero,
			timeliness: zero,
			disputes: zero,
			feedback: zero,
		};
		let (standing, _) = after(done(10));
		let score = standing.score(&Rules { weights, ..rules() }, 0);
		assert_eq!(score, Standing::default().score(&rules(), 0));
	}

	#[test]
	fn score_should_be_the_same_when_all_weights_are_scaled() {
		let (mut standing, weight) = after(done(10));
		standing.add(Component::Feedback, entry(50, weight), &rules(), 0);
		let percent = Perbill::from_percent;
		let halved = ComponentWeights {
			completion: percent(15),
			quality: Perbill::from_parts(125_000_000),
			timeliness: percent(10),
			disputes: Perbill::from_parts(75_000_000),
			feedback: percent(5),
		};
		let score = standing.score(&Rules { weights: halved, ..rules() }, 0);
		assert_eq!(score, standing.score(&rules(), 0));
	}
}
