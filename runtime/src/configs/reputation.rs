//! By which numbers work and ratings become a score.

use super::{
	money::StorageDeposit,
	parameters::{dynamic_params::reputation, ComponentWeight, PayablePriceOf, PeriodOf, PriceOf},
};
use crate::{weights, ActiveClock, Agents, Balances, Runtime, RuntimeHoldReason};
use aitbc_reputation::ComponentWeights;
use frame_support::traits::{ConstU32, Get};
use sp_runtime::Perbill;

/// Gives the governed weights of a score's components.
pub struct GovernedWeights;

impl Get<ComponentWeights> for GovernedWeights {
	fn get() -> ComponentWeights {
		ComponentWeights {
			completion: share(reputation::CompletionWeight::get()),
			quality: share(reputation::QualityWeight::get()),
			timeliness: share(reputation::TimelinessWeight::get()),
			disputes: share(reputation::DisputesWeight::get()),
			feedback: share(reputation::FeedbackWeight::get()),
		}
	}
}

/// How much a component counts.
fn share(weight: ComponentWeight) -> Perbill {
	Perbill::from_parts(weight.get())
}

impl pallet_reputation::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Agents = Agents;
	type Tags = Agents;
	type Clock = ActiveClock;
	type HalfLife = PeriodOf<reputation::HalfLife>;
	type EvidenceUnit = PriceOf<reputation::EvidenceUnit>;
	type PairCap = PriceOf<reputation::PairCap>;
	type MinFee = PayablePriceOf<reputation::MinFee>;
	type ComponentWeights = GovernedWeights;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<256>;
	type WeightInfo = weights::pallet_reputation::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::BenchmarkAgents;
}
