//! The terms of the job market.

use super::{
	money::StorageDeposit,
	parameters::{
		dynamic_params::{escrow, market},
		PayablePriceOf, PeriodOf, ShareOf,
	},
};
use crate::{
	adapters::JobNews, weights, ActiveClock, Agents, Balances, Escrow, Reputation, Runtime,
	RuntimeHoldReason, Staking,
};
use frame_support::traits::{ConstU32, Get};

/// Gives the era in which things happen: the active one, 0 before there is any.
pub struct ActiveEra;

impl Get<u32> for ActiveEra {
	fn get() -> u32 {
		Staking::active_era().map_or(0, |era| era.index)
	}
}

impl pallet_market::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	type Agents = Agents;
	type Tags = Agents;
	type Reputation = Reputation;
	type Escrow = Escrow;
	type OnJobSettled = JobNews;
	type Era = ActiveEra;
	type BondRate = ShareOf<market::BondRate>;
	type MinBond = PayablePriceOf<market::MinBond>;
	type MaxBiddingPeriod = PeriodOf<market::MaxBiddingPeriod>;
	type MaxDuration = PeriodOf<escrow::MaxDuration>;
	type MinReviewPeriod = PeriodOf<escrow::MinReviewPeriod>;
	type MaxReviewPeriod = PeriodOf<escrow::MaxReviewPeriod>;
	type RetentionPeriod = PeriodOf<market::RetentionPeriod>;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<256>;
	type EraHistory = ConstU32<84>;
	type WeightInfo = weights::pallet_market::WeightInfo<Runtime>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = crate::adapters::BenchmarkAgents;
}
