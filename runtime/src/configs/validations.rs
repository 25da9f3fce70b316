//! The terms on which validators answer.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	origins::ValidationsAdmin,
	parameters::{dynamic_params::validations, PayablePriceOf, PeriodOf, ShareOf},
};
use crate::{weights, ActiveClock, Agents, Balances, Disputes, Runtime, RuntimeHoldReason};
use frame_support::traits::ConstU32;

impl pallet_validations::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	type Agents = Agents;
	type Tags = Agents;
	type Arbitration = Disputes;
	type AdminOrigin = ValidationsAdmin;
	type SlashReceiver = TreasuryAccount;
	type ChallengerShare = ShareOf<validations::ChallengerShare>;
	type Bond = PayablePriceOf<validations::Bond>;
	type ChallengePeriod = PeriodOf<validations::ChallengePeriod>;
	type MaxResponseTime = PeriodOf<validations::MaxResponseTime>;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<256>;
	type WeightInfo = weights::pallet_validations::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::BenchmarkAgents;
}
