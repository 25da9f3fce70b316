//! Who is elected, what staking earns, and where slashes go.

use super::{money::ToTreasury, origins::StakingAdmin};
use crate::{
	AccountId, Balance, Balances, Runtime, RuntimeEvent, RuntimeHoldReason, Session, Staking,
	Timestamp, ValidatorPerformance, VoterList,
};
use frame_election_provider_support::{
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain, SequentialPhragmen, VoteWeight,
};
use frame_support::{
	derive_impl, parameter_types,
	traits::{ConstBool, ConstU32},
};
use pallet_network_parameters::{BondingEras, SessionsPerEra, SlashDeferEras};
use pallet_validator_performance::ClosesEra;
use sp_runtime::{curve::PiecewiseLinear, Perbill};

/// Nominations that one nominator may make.
pub const MAX_NOMINATIONS: u32 = 16;

pallet_staking_reward_curve::build! {
	const REWARD_CURVE: PiecewiseLinear<'static> = curve!(
		min_inflation: 0_025_000,
		max_inflation: 0_050_000,
		ideal_stake: 0_500_000,
		falloff: 0_050_000,
		max_piece_count: 40,
		test_precision: 0_005_000,
	);
}

/// How many bags the voter list sorts nominators into.
const BAGS: usize = 128;

/// The upper bounds of the voter list's bags, in votes. A bag's bound is a quarter above the one
/// before, so that two voters in one bag differ by at most a quarter.
const BAG_THRESHOLDS: [VoteWeight; BAGS] = bag_thresholds();

/// Counts down from the greatest vote weight, which the last bag must hold.
const fn bag_thresholds() -> [VoteWeight; BAGS] {
	let mut thresholds = [0; BAGS];
	let mut bound = VoteWeight::MAX;
	let mut bag = BAGS;
	while bag > 0 {
		bag = bag.saturating_sub(1);
		thresholds[bag] = bound;
		bound = (bound / 5).saturating_mul(4);
	}
	thresholds
}

parameter_types! {
	pub const RewardCurve: &'static PiecewiseLinear<'static> = &REWARD_CURVE;
	pub const BagThresholds: &'static [VoteWeight] = &BAG_THRESHOLDS;
	/// The snapshot that an election takes: 2,000 voters, 500 targets.
	pub ElectionLimits: ElectionBounds =
		ElectionBoundsBuilder::default().voters_count(2_000.into()).targets_count(500.into()).build();
}

/// Elects on chain, at the session before an era ends.
pub struct OnChainPhragmen;

impl onchain::Config for OnChainPhragmen {
	type Sort = ConstBool<true>;
	type System = Runtime;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type MaxBackersPerWinner = ConstU32<2_000>;
	type MaxWinnersPerPage = super::consensus::MaxAuthorities;
	type DataProvider = Staking;
	type WeightInfo = frame_election_provider_support::weights::SubstrateWeight<Runtime>;
	type Bounds = ElectionLimits;
}

#[derive_impl(pallet_staking::config_preludes::TestDefaultConfig)]
impl pallet_staking::Config for Runtime {
	type OldCurrency = Balances;
	type Currency = Balances;
	type CurrencyBalance = Balance;
	type RuntimeHoldReason = RuntimeHoldReason;
	type UnixTime = Timestamp;
	type CurrencyToVote = sp_staking::currency_to_vote::U128CurrencyToVote;
	type ElectionProvider = onchain::OnChainExecution<OnChainPhragmen>;
	type GenesisElectionProvider = Self::ElectionProvider;
	type NominationsQuota = pallet_staking::FixedNominationsQuota<MAX_NOMINATIONS>;
	type HistoryDepth = ConstU32<84>;
	type RewardRemainder = ToTreasury;
	type RuntimeEvent = RuntimeEvent;
	type Slash = ToTreasury;
	type Reward = ();
	type SessionsPerEra = SessionsPerEra<Runtime>;
	type BondingDuration = BondingEras<Runtime>;
	type SlashDeferDuration = SlashDeferEras<Runtime>;
	type AdminOrigin = StakingAdmin;
	type SessionInterface = Self;
	type EraPayout = ClosesEra<Runtime, pallet_staking::ConvertCurve<RewardCurve>>;
	type NextNewSession = Session;
	type MaxExposurePageSize = ConstU32<64>;
	type MaxValidatorSet = super::consensus::MaxAuthorities;
	type VoterList = VoterList;
	type TargetList = pallet_staking::UseValidatorsMap<Self>;
	type MaxUnlockingChunks = ConstU32<32>;
	type MaxControllersInDeprecationBatch = ConstU32<1_000>;
	type EventListeners = ValidatorPerformance;
	type Filter = frame_support::traits::Nothing;
	type BenchmarkingConfig = BenchmarkingConfig;
	type WeightInfo = pallet_staking::weights::SubstrateWeight<Runtime>;
}

/// How large a staking system staking's own benchmarks build.
pub struct BenchmarkingConfig;

impl pallet_staking::BenchmarkingConfig for BenchmarkingConfig {
	type MaxNominators = ConstU32<1_000>;
	type MaxValidators = ConstU32<500>;
}

/// The list of nominators by stake, from which an election takes the greatest.
impl pallet_bags_list::Config<pallet_bags_list::Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ScoreProvider = Staking;
	type BagThresholds = BagThresholds;
	type MaxAutoRebagPerBlock = ConstU32<0>;
	type Score = VoteWeight;
	type WeightInfo = pallet_bags_list::weights::SubstrateWeight<Runtime>;
}

impl crate::genesis_commission::Config for Runtime {}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn bag_thresholds_should_rise_to_the_greatest_vote() {
		assert!(BAG_THRESHOLDS.is_sorted_by(|low, high| low < high));
		assert_eq!(BAG_THRESHOLDS.last(), Some(&VoteWeight::MAX));
		// The least bond that may nominate, 10 AIT, must not fall far below the first bag.
		assert!(BAG_THRESHOLDS[0] < 10_000_000_000_000, "{}", BAG_THRESHOLDS[0]);
	}
}
