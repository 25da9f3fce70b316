//! The terms that escrow contracts may have, where their fee and their slashes go, and who decides
//! where the parties can't agree.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	parameters::{dynamic_params::escrow, MostFee, PeriodOf, ShareOf},
};
use crate::{
	adapters::{ContractNews, ReputationRebate},
	weights, ActiveClock, Agents, Balances, Disputes, Runtime, RuntimeHoldReason, Signature,
};
use frame_support::traits::ConstU32;

impl pallet_escrow::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	type Agents = Agents;
	type Arbitration = Disputes;
	type Rebate = ReputationRebate;
	type OnContractClosed = ContractNews;
	type Signature = Signature;
	type FeeReceiver = TreasuryAccount;
	type FeeRate = ShareOf<escrow::Fee, MostFee>;
	type MissedSlash = ShareOf<escrow::MissedSlash>;
	type SlashToOtherParty = ShareOf<escrow::SlashToOtherParty>;
	type MinReviewPeriod = PeriodOf<escrow::MinReviewPeriod>;
	type MaxReviewPeriod = PeriodOf<escrow::MaxReviewPeriod>;
	type MaxDuration = PeriodOf<escrow::MaxDuration>;
	type MaxMilestones = ConstU32<10>;
	type MaxApprovers = ConstU32<8>;
	type StorageDeposit = StorageDeposit;
	type WeightInfo = weights::pallet_escrow::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::BenchmarkAgents;
}
