//! How a job pays, whatever it will cost, and what of it a lease covers.

use super::MAX_MILESTONES;
use aitbc_core::{
	Balance, BlockNumber, MeterTerms, MilestoneIndex, MilestoneTerms, PaymentTerms, StreamTerms,
};
use aitbc_traits::Remainder;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::{traits::SaturatedConversion, Perbill};

/// The place of a milestone in its job's plan, counted from zero. A contract that takes over what an
/// earlier one left counts its own milestones anew.
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
pub struct PlanIndex(pub u32);

/// A milestone as planned.
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
pub struct MilestonePlan {
	/// What share of the price it pays. Not zero.
	pub share: Perbill,
	/// How long after the latest start its work is due, in active blocks.
	pub due_after: BlockNumber,
}

/// How a job pays, without saying how much.
///
/// A *price* is in all for milestones, for each active block for a stream, for each unit for a meter.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum PaymentPlan<AccountId> {
	/// For parts of the work. The shares sum to exactly one.
	#[codec(index = 0)]
	Milestones(BoundedVec<MilestonePlan, ConstU32<MAX_MILESTONES>>),
	/// For time.
	#[codec(index = 1)]
	Stream {
		/// For how many active blocks.
		blocks: BlockNumber,
	},
	/// For units that the client has signed for, at most the job's.
	#[codec(index = 2)]
	Metered {
		/// For how many active blocks after the latest start the client signs.
		blocks: BlockNumber,
		/// Whose signature counts: the client's, or that of a key that it lets sign for it.
		signer: AccountId,
	},
}

/// What of a job is to be done: all of it, or what an earlier lease left.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Scope {
	/// These milestones of the plan, which are those of the contract in the same order.
	#[codec(index = 0)]
	Milestones(BoundedVec<PlanIndex, ConstU32<MAX_MILESTONES>>),
	/// So much time.
	#[codec(index = 1)]
	Stream {
		/// How many active blocks are paid for.
		blocks: BlockNumber,
	},
	/// So many units.
	#[codec(index = 2)]
	Metered {
		/// How many units can be billed.
		units: u64,
	},
}

impl<AccountId> PaymentPlan<AccountId> {
	/// All of a job of `units`.
	pub fn whole(&self, units: u64) -> Scope {
		match self {
			Self::Milestones(plan) => {
				let places = (0..).map(PlanIndex).take(plan.len()).collect();
				// Both lists have the same bound.
				Scope::Milestones(BoundedVec::truncate_from(places))
			},
			Self::Stream { blocks } => Scope::Stream { blocks: *blocks },
			Self::Metered { .. } => Scope::Metered { units },
		}
	}

	/// What `scope` costs at `price`, in plancks: what the client has to put in.
	///
	/// `None` when that is no balance, or when `scope` is of another plan.
	pub fn cost(&self, scope: &Scope, price: Balance) -> Option<Balance> {
		match (self, scope) {
			(Self::Milestones(plan), Scope::Milestones(places)) => {
				chosen(plan, places, price)?.into_iter().try_fold(0, Balance::checked_add)
			},
			(Self::Stream { .. }, Scope::Stream { blocks }) => price.checked_mul((*blocks).into()),
			(Self::Metered { .. }, Scope::Metered { units }) => price.checked_mul((*units).into()),
			_ => None,
		}
	}

	/// The least that `scope` at `price` pays at once, in plancks: its smallest milestone, or all of
	/// a stream or a meter. `None` as for [`PaymentPlan::cost`].
	pub fn smallest_payment(&self, scope: &Scope, price: Balance) -> Option<Balance> {
		match (self, scope) {
			(Self::Milestones(plan), Scope::Milestones(places)) => {
				chosen(plan, places, price)?.into_iter().min()
			},
			_ => self.cost(scope, price),
		}
	}

	/// How long after the latest start the last due block lies, or the time ends, in active blocks.
	pub fn duration(&self) -> BlockNumber {
		match self {
			Self::Milestones(plan) => plan.iter().map(|one| one.due_after).max().unwrap_or(0),
			Self::Stream { blocks } | Self::Metered { blocks, .. } => *blocks,
		}
	}
}

impl<AccountId: Clone> PaymentPlan<AccountId> {
	/// How a contract pays for `scope` at `price` that starts at `start_by` at the latest, in active
	/// blocks. `None` as for [`PaymentPlan::cost`].
	pub fn payment(
		&self,
		scope: &Scope,
		price: Balance,
		start_by: BlockNumber,
	) -> Option<PaymentTerms<AccountId>> {
		// Durations are bounded when a job is posted, so no due block saturates for ages.
		let payment = match (self, scope) {
			(Self::Milestones(plan), Scope::Milestones(places)) => {
				let amounts = chosen(plan, places, price)?;
				let dues = places.iter().map(|place| plan.get(place.position()));
				let milestones = amounts.into_iter().zip(dues).map(|(amount, planned)| {
					let due = start_by.saturating_add(planned?.due_after);
					Some(MilestoneTerms { amount, due })
				});
				PaymentTerms::Milestones(milestones.collect::<Option<_>>()?)
			},
			(Self::Stream { .. }, Scope::Stream { blocks }) => PaymentTerms::Stream(StreamTerms {
				rate: price,
				amount: self.cost(scope, price)?,
				until: start_by.saturating_add(*blocks),
			}),
			(Self::Metered { blocks, signer }, Scope::Metered { units }) => {
				PaymentTerms::Metered(MeterTerms {
					unit_price: price,
					units: *units,
					until: start_by.saturating_add(*blocks),
					signer: signer.clone(),
				})
			},
			_ => return None,
		};
		Some(payment)
	}
}

/// What the milestones of `plan` at `places` pay at `price`.
///
/// Each pays its share rounded down. When they are all of the plan, the last one pays what is left as
/// well, so that they pay exactly the price. When they are what an earlier lease left they pay no more
/// than what came back for them, whatever was rounded, as long as the price is not higher.
fn chosen(plan: &[MilestonePlan], places: &[PlanIndex], price: Balance) -> Option<Vec<Balance>> {
	let amount = |place: &PlanIndex| Some(plan.get(place.position())?.share.mul_floor(price));
	let mut amounts = places.iter().map(amount).collect::<Option<Vec<_>>>()?;
	if places.len() == plan.len() {
		let sum = amounts.iter().try_fold(0, |sum: Balance, amount| sum.checked_add(*amount))?;
		let last = amounts.last_mut()?;
		*last = last.checked_add(price.checked_sub(sum)?)?;
	}
	Some(amounts)
}

impl PlanIndex {
	/// The index as a position in a list.
	fn position(self) -> usize {
		self.0.saturated_into()
	}
}

impl Scope {
	/// Where the contract has the milestone that the plan has at `place`.
	pub fn milestone_of(&self, place: PlanIndex) -> Option<MilestoneIndex> {
		let Self::Milestones(places) = self else { return None };
		let position = places.iter().position(|one| *one == place)?;
		Some(MilestoneIndex(position.saturated_into()))
	}

	/// How many units of an offer's capacity this takes, of a job of `units`.
	pub fn occupied(&self, units: u64) -> u64 {
		match self {
			Self::Milestones(_) | Self::Stream { .. } => units,
			Self::Metered { units } => *units,
		}
	}

	/// What is left of this after a contract at `price` left `remainder`, or `None` if nothing is.
	pub fn rest(&self, remainder: &Remainder, price: Balance) -> Option<Self> {
		match self {
			Self::Milestones(places) => {
				let left = |one: &MilestoneIndex| {
					let position: usize = one.0.saturated_into();
					places.get(position).copied()
				};
				let left = remainder.milestones.iter().filter_map(left).collect::<Vec<_>>();
				// The contract has no more milestones than this.
				(!left.is_empty()).then(|| Self::Milestones(BoundedVec::truncate_from(left)))
			},
			Self::Stream { blocks } => {
				// What was topped up buys no more time than the client asked for.
				let paid: BlockNumber = remainder.amount.checked_div(price)?.saturated_into();
				let left = paid.min(*blocks);
				(left > 0).then_some(Self::Stream { blocks: left })
			},
			Self::Metered { units } => {
				let left = remainder.units.min(*units);
				(left > 0).then_some(Self::Metered { units: left })
			},
		}
	}
}
