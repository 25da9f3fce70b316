//! What is scored, and the numbers by which it is scored.

use aitbc_core::{money::AIT, time::DAYS, Balance, BlockNumber};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_arithmetic::Perbill;

/// One aspect under which an agent is judged.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Component {
	/// How much of the work it was paid for.
	#[codec(index = 0)]
	Completion,
	/// How good the work was, by ratings.
	#[codec(index = 1)]
	Quality,
	/// How much of the work was in by its due block.
	#[codec(index = 2)]
	Timeliness,
	/// How much of the work was not lost in a dispute.
	#[codec(index = 3)]
	Disputes,
	/// Whatever else ratings say.
	#[codec(index = 4)]
	Feedback,
}

impl Component {
	/// Every component, in the order of its index.
	pub const ALL: [Self; 5] =
		[Self::Completion, Self::Quality, Self::Timeliness, Self::Disputes, Self::Feedback];
}

/// How much each component counts. Only the ratios matter: the weights need not sum to one.
///
/// When all are 0 nothing is scored, and every agent is at the lower bound of 0.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ComponentWeights {
	/// The weight of [`Component::Completion`].
	pub completion: Perbill,
	/// The weight of [`Component::Quality`].
	pub quality: Perbill,
	/// The weight of [`Component::Timeliness`].
	pub timeliness: Perbill,
	/// The weight of [`Component::Disputes`].
	pub disputes: Perbill,
	/// The weight of [`Component::Feedback`].
	pub feedback: Perbill,
}

impl ComponentWeights {
	/// The weight of `component`.
	pub fn of(&self, component: Component) -> Perbill {
		match component {
			Component::Completion => self.completion,
			Component::Quality => self.quality,
			Component::Timeliness => self.timeliness,
			Component::Disputes => self.disputes,
			Component::Feedback => self.feedback,
		}
	}

	/// The sum of all weights, in parts per billion, at most five billion.
	pub(crate) fn sum(&self) -> u128 {
		Component::ALL.iter().map(|one| u128::from(self.of(*one).deconstruct())).sum()
	}
}

impl Default for ComponentWeights {
	/// What production networks begin with.
	fn default() -> Self {
		Self {
			completion: Perbill::from_percent(30),
			quality: Perbill::from_percent(25),
			timeliness: Perbill::from_percent(20),
			disputes: Perbill::from_percent(15),
			feedback: Perbill::from_percent(10),
		}
	}
}

/// The numbers by which work becomes a score. All are governed.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Rules {
	/// In how many active blocks evidence halves. 0 is taken for 1.
	///
	/// A change applies to the time since each record was last touched, too. What a revocation
	/// takes out is computed by the new half-life from the start, so it can be more or less than is
	/// left.
	pub half_life: BlockNumber,
	/// How much evidence counts as one observation in the lower bound, in plancks. 0 is taken for
	/// 1.
	pub unit: Balance,
	/// What all that one pair of owners pays can count for at most, in plancks.
	pub pair_cap: Balance,
	/// The least fee of a work that counts, in plancks.
	pub min_fee: Balance,
	/// How much each component counts.
	pub weights: ComponentWeights,
}

impl Default for Rules {
	/// What production networks begin with.
	fn default() -> Self {
		Self {
			half_life: 30 * DAYS,
			unit: 10 * AIT,
			pair_cap: 25 * AIT,
			min_fee: AIT,
			weights: ComponentWeights::default(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rules_should_begin_with_the_documented_values() {
		let rules = Rules::default();
		assert_eq!(rules.half_life, 864_000);
		assert_eq!(rules.unit, 10 * AIT);
		assert_eq!(rules.pair_cap, 25 * AIT);
		assert_eq!(rules.min_fee, AIT);
		assert_eq!(rules.weights.sum(), crate::PARTS);
	}

	#[test]
	fn components_should_each_have_their_weight() {
		let weights = ComponentWeights::default();
		let percents = Component::ALL.map(|component| weights.of(component).deconstruct());
		assert_eq!(percents.map(|parts| parts / 10_000_000), [30, 25, 20, 15, 10]);
	}
}
